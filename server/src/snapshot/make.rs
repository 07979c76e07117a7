//! Making a snapshot: everything is read within one view of the database, counted first because the
//! number of rows stands in front of them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use carrot_rules::Scope;
use carrot_wire::snapshot::{SNAPSHOT_SCHEMA, SnapshotHead};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::files::{self, Found};
use crate::error::{Error, Result};
use crate::store::{Store, count_state, feed_head, state_of};

/// Bytes are hashed on their way into the file.
struct Hashing {
    file: BufWriter<File>,
    digest: Sha256,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write_all(bytes)?;
        self.digest.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Writes the snapshot of a scope as it is now into its folder.
pub(super) async fn make(
    store: &Store,
    programme: Uuid,
    scope: Scope,
    folder: &Path,
) -> Result<Found> {
    std::fs::create_dir_all(folder)?;
    let mut read = store.reads(programme).begin().await?;
    let unknown = || Error::refused("not_found", "nothing has happened in this scope");
    let head = feed_head(&mut read, programme, scope)
        .await?
        .ok_or_else(unknown)?;
    let last = count_state(&mut read, programme, scope).await?;
    let first = SnapshotHead {
        schema: SNAPSHOT_SCHEMA,
        scope,
        epoch: head.epoch.clone(),
        seq: head.seq,
        rows: i64::try_from(last.len()).unwrap_or(i64::MAX),
        digest: head.digest,
    };
    // A name of its own: another server may be making the same one.
    let begun = folder.join(format!("{}.part", store.random_text()?));
    let sink = Hashing {
        file: BufWriter::new(File::create(&begun)?),
        digest: Sha256::new(),
    };
    let mut packed = GzEncoder::new(sink, Compression::default());
    writeln!(packed, "{}", serde_json::to_string(&first)?)?;
    let rows = state_of(&mut read, programme, scope, &last, |text| {
        Ok(writeln!(packed, "{text}")?)
    });
    let rows = rows.await;
    drop(read);
    let finished = rows.and_then(|rows| {
        if rows != first.rows {
            let detail = format!("feed {scope} has {rows} rows and {} items", first.rows);
            return Err(Error::Damaged(detail));
        }
        let mut sink = packed.finish()?;
        sink.flush()?;
        Ok(hex::encode(sink.digest.finalize()))
    });
    match finished {
        Ok(hash) => {
            let path = folder.join(files::name(&first.epoch, first.seq, &hash));
            std::fs::rename(&begun, &path)?;
            Ok(Found {
                path,
                epoch: first.epoch,
                seq: first.seq,
                hash,
            })
        }
        Err(error) => {
            let _ = std::fs::remove_file(&begun);
            Err(error)
        }
    }
}
