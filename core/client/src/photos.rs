//! Photos: kept in the outbox's file, uploaded after the command that names them, released only when
//! the server has both.

use std::collections::BTreeSet;

use carrot_sync::flight::uploads::{Effect, End, Event, Flight};
use carrot_wire::crypto;
use carrot_wire::envelope::Attachment;
use carrot_wire::limits::BLOB_BYTES_MAX;
use carrot_wire::planted::{self, Bug};

use crate::error::{ClientError, Result};
use crate::line::Line;
use crate::membership::Membership;
use crate::outbox::failed;
use crate::push::confused;
use crate::transport::Method;

/// How long a photo stays after the server has it and its commands are settled, milliseconds: people
/// look at what they have just sent.
const KEPT_MS: i64 = 7 * 24 * 3_600_000;

impl Membership {
    /// Keeps a photo for a command to come. The same bytes are kept once. Errors `photo_too_large`.
    pub async fn put_photo(&self, bytes: Vec<u8>, mime: &str) -> Result<Attachment> {
        if bytes.len() > BLOB_BYTES_MAX {
            let detail = format!("a photo has {} bytes", bytes.len());
            return Err(ClientError::call("photo_too_large", detail));
        }
        let attachment = Attachment {
            sha256: crypto::hash(&[&bytes]),
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            mime: mime.to_owned(),
        };
        let mut write = self.outbox.write().await?;
        sqlx::query(
            "INSERT INTO photo (sha256, mime, size, bytes, created_ms) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes",
        )
        .bind(&attachment.sha256)
        .bind(mime)
        .bind(i64::try_from(bytes.len()).unwrap_or(i64::MAX))
        .bind(bytes)
        .bind(self.clock.now_ms())
        .execute(&mut *write)
        .await
        .map_err(failed)?;
        write.commit().await.map_err(failed)?;
        Ok(attachment)
    }

    /// A photo that is still on this device.
    pub async fn photo(&self, sha256: &str) -> Result<Option<Vec<u8>>> {
        let found: Option<Option<Vec<u8>>> =
            sqlx::query_scalar("SELECT bytes FROM photo WHERE sha256 = ?1")
                .bind(sha256)
                .fetch_optional(self.outbox.db().reader())
                .await
                .map_err(failed)?;
        Ok(found.flatten())
    }

    /// Refuses a command that names a photo which is neither here nor known to be at the server.
    pub(crate) async fn refuse_without_photos(&self, attachments: &[Attachment]) -> Result<()> {
        let named: BTreeSet<&str> = attachments.iter().map(|one| one.sha256.as_str()).collect();
        for sha256 in named {
            let found: Option<i64> = sqlx::query_scalar(
                "SELECT 1 FROM photo WHERE sha256 = ?1 AND (bytes IS NOT NULL OR uploaded = 1)",
            )
            .bind(sha256)
            .fetch_optional(self.outbox.db().reader())
            .await
            .map_err(failed)?;
            if found.is_none() {
                let detail = format!("no photo {sha256:.16}");
                return Err(ClientError::call("photo_missing", detail));
            }
        }
        Ok(())
    }

    /// Photos of commands that the server has, which are still to be brought: hash and media type.
    async fn due_photos(&self) -> Result<Vec<(String, String)>> {
        sqlx::query_as(
            "SELECT sha256, mime FROM photo WHERE uploaded = 0 AND bytes IS NOT NULL AND EXISTS \
             (SELECT 1 FROM attachment JOIN command USING (device_seq) WHERE attachment.sha256 = \
             photo.sha256 AND command.state IN ('accepted', 'reflected', 'parked')) \
             ORDER BY created_ms",
        )
        .fetch_all(self.outbox.db().reader())
        .await
        .map_err(failed)
    }

    /// True when photos are to be brought.
    pub(crate) async fn photos_due(&self) -> Result<bool> {
        Ok(!self.due_photos().await?.is_empty())
    }

    /// Brings the photos of commands that the server has, and releases what it has kept for a while:
    /// carries out the flight of [`carrot_sync::flight::uploads`].
    pub(crate) async fn upload_photos(&self) -> Result<End> {
        let (mut flight, mut due, mut error) = (Flight::new(), Vec::new(), None);
        let mut effect = flight.step(Event::Done);
        loop {
            let done = match effect {
                Effect::Look => {
                    due = self.due_photos().await?;
                    effect = flight.step(Event::Due(due.len()));
                    continue;
                }
                Effect::Ask(at) => has_blob(&self.line, hash_at(&due, at)?)
                    .await
                    .map(Event::Asked),
                Effect::Send(at) => self.upload(&due, at).await.map(|()| Event::Done),
                Effect::Note(at) => {
                    self.set_uploaded(hash_at(&due, at)?).await?;
                    Ok(Event::Done)
                }
                Effect::Skip(at) => {
                    tracing::warn!(?error, at, "the server does not take a photo");
                    Ok(Event::Done)
                }
                Effect::Release => self.release_photos().await.map(|()| Event::Done),
                Effect::End(End::Failed) => return Err(error.unwrap_or_else(confused)),
                Effect::End(End::Confused) => return Err(confused()),
                Effect::End(end) => return Ok(end),
            };
            effect = match done {
                Ok(event) => flight.step(event),
                Err(failed) => {
                    let next = flight.step(Event::Failed(failed.failure()));
                    error = Some(failed);
                    next
                }
            };
        }
    }

    async fn upload(&self, due: &[(String, String)], at: usize) -> Result<()> {
        let (sha256, mime) = due.get(at).ok_or_else(confused)?;
        let Some(bytes) = self.photo(sha256).await? else {
            return Ok(());
        };
        let path = format!("/v1/blobs/{sha256}");
        self.line
            .authorised(Method::Put, &path, mime, bytes)
            .await
            .map(|_| ())
    }

    async fn set_uploaded(&self, sha256: &str) -> Result<()> {
        let mut write = self.outbox.write().await?;
        sqlx::query("UPDATE photo SET uploaded = 1 WHERE sha256 = ?1")
            .bind(sha256)
            .execute(&mut *write)
            .await
            .map_err(failed)?;
        write.commit().await.map_err(failed)
    }

    async fn release_photos(&self) -> Result<()> {
        let mut write = self.outbox.write().await?;
        sqlx::query(
            "UPDATE photo SET bytes = NULL WHERE uploaded = 1 AND bytes IS NOT NULL \
             AND created_ms < ?1 AND NOT EXISTS (SELECT 1 FROM attachment JOIN command USING \
             (device_seq) WHERE attachment.sha256 = photo.sha256 AND (command.state NOT IN \
             ('accepted', 'reflected') OR coalesce(command.settled_ms, ?1) >= ?1))",
        )
        .bind(match planted::is(Bug::PhotoReleased) {
            true => i64::MAX,
            false => self.clock.now_ms().saturating_sub(KEPT_MS),
        })
        .execute(&mut *write)
        .await
        .map_err(failed)?;
        write.commit().await.map_err(failed)
    }
}

fn hash_at(due: &[(String, String)], at: usize) -> Result<&str> {
    due.get(at)
        .map(|(sha256, _)| sha256.as_str())
        .ok_or_else(confused)
}

async fn has_blob(line: &Line, sha256: &str) -> Result<bool> {
    let path = format!("/v1/blobs/{sha256}");
    match line
        .authorised(Method::Head, &path, "application/octet-stream", Vec::new())
        .await
    {
        Ok(_) => Ok(true),
        Err(ClientError::Refused { status: 404, .. }) => Ok(planted::is(Bug::PhotoReleased)),
        Err(error) => Err(error),
    }
}
