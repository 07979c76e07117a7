//! What takes long: making typed codes and writing them to a file. Both say how far they are, and both
//! stop at Ctrl-C: a making goes on later where it stopped, a half-written file is thrown away.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;
use carrot_rules::entity::Series;
use carrot_server::import::{CodeBytes, machine_bytes};
use carrot_server::series::{self, Made, Range, SeriesWish};
use carrot_server::store::ProgrammeRow;
use carrot_server::{Error, Store};

use super::{ACTOR, PartArgs, part};
use crate::server::{ProgrammeArgs, store};

/// How many codes are signed and written between two looks at Ctrl-C.
const EXPORT_CODES: i64 = 5_000;
/// The exit code of work that was stopped.
const STOPPED: u8 = 130;

/// True once somebody pressed Ctrl-C.
fn stop_at_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            heard.store(true, Ordering::Relaxed);
        }
    });
    stop
}

/// Makes a series, or goes on with one.
pub async fn make(args: &ProgrammeArgs, wish: &SeriesWish) -> anyhow::Result<ExitCode> {
    let (store, programme) = store::open_programme(args).await?;
    let stop = stop_at_signal();
    let mut go_on = |made: Made| {
        eprintln!("{} of {} codes", made.codes, made.wanted);
        !stop.load(Ordering::Relaxed)
    };
    let mut bytes = machine_bytes;
    let made = begin_and_fill(&store, &programme, (wish, &mut bytes), &mut go_on).await;
    store.close().await;
    let made = made?;
    if made.codes < made.wanted {
        println!(
            "{}: stopped at {} of {} codes; the same command goes on",
            wish.code, made.codes, made.wanted
        );
        return Ok(ExitCode::from(STOPPED));
    }
    println!("{}: {} codes", wish.code, made.codes);
    Ok(ExitCode::SUCCESS)
}

/// Makes the series' record, unless it is there just as wished, and what it lacks of codes.
pub(super) async fn begin_and_fill(
    store: &Store,
    programme: &ProgrammeRow,
    (wish, code_bytes): (&SeriesWish, CodeBytes<'_>),
    go_on: &mut (dyn FnMut(Made) -> bool + Send),
) -> anyhow::Result<Made> {
    let mut tx = store.begin(programme.id).await?;
    match series::begin(&mut tx, wish, ACTOR).await {
        Ok(_) => tx.commit().await?,
        Err(Error::Refused(refusal)) if refusal.code == "series_exists" => {
            let known = series::series(&mut tx, &wish.code).await?;
            if !is_as_wished(&known, wish) {
                return Err(refusal.into());
            }
            drop(tx);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(series::fill(store, programme.id, &wish.code, code_bytes, go_on).await?)
}

/// True when a making that was stopped goes on with this wish, rather than being another series.
fn is_as_wished(known: &Series, wish: &SeriesWish) -> bool {
    let above = known.levels.iter().skip(1);
    let levels: BTreeMap<_, _> = above
        .map(|level| (level.name.clone(), level.pieces))
        .collect();
    known.product == wish.product
        && known.kind == wish.kind
        && known.pieces == wish.pieces
        && known.serial_first == wish.serial_first
        && levels == wish.levels
}

/// Writes codes to a file.
pub async fn export(
    args: &ProgrammeArgs,
    code: &str,
    part_args: &PartArgs,
    out: &Path,
) -> anyhow::Result<ExitCode> {
    let (store, programme) = store::open_programme(args).await?;
    let mut tx = store.begin(programme.id).await?;
    let known = series::series(&mut tx, code).await?;
    drop(tx);
    let whole = Range {
        level: 0,
        first: 0,
        count: known.pieces,
    };
    let range = part(&known, part_args)?.unwrap_or(whole);
    let stop = stop_at_signal();
    let beside = out.with_extension("csv.part");
    let told = write(&store, &programme, (code, range), &beside, &mut |done| {
        eprintln!("{done} of {} codes", range.count);
        !stop.load(Ordering::Relaxed)
    })
    .await;
    store.close().await;
    if !matches!(told, Ok(true)) {
        std::fs::remove_file(&beside).ok();
    }
    if !told? {
        println!("stopped; nothing was kept");
        return Ok(ExitCode::from(STOPPED));
    }
    std::fs::rename(&beside, out).with_context(|| format!("writing {}", out.display()))?;
    println!("{}", out.display());
    Ok(ExitCode::SUCCESS)
}

/// Writes a range in parts; true when all of it is written.
pub(super) async fn write(
    store: &Store,
    programme: &ProgrammeRow,
    (code, range): (&str, Range),
    file: &Path,
    go_on: &mut (dyn FnMut(i64) -> bool + Send),
) -> anyhow::Result<bool> {
    let mut file = owners_file(file)?;
    let mut done = 0;
    while done < range.count {
        let some = Range {
            first: range.first.saturating_add(done),
            count: EXPORT_CODES.min(range.count - done),
            ..range
        };
        let mut tx = store.begin(programme.id).await?;
        let written = series::export(&mut tx, code, Some(some), ACTOR).await?;
        tx.commit().await?;
        // The header stands once.
        let rows = written
            .split(|byte| *byte == b'\n')
            .skip(usize::from(done > 0));
        for row in rows.filter(|row| !row.is_empty()) {
            file.write_all(row)?;
            file.write_all(b"\n")?;
        }
        done += some.count;
        if !go_on(done) && done < range.count {
            return Ok(false);
        }
    }
    file.sync_all()?;
    Ok(true)
}

/// An empty file that its owner alone may read: codes are worth money until they are claimed.
pub(super) fn owners_file(path: &Path) -> anyhow::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let opened = options.open(path);
    opened.with_context(|| format!("writing {}", path.display()))
}
