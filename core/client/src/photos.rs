//! Photos: kept in the outbox's file, uploaded after the command that names them, released only when
//! the server has both.

use std::collections::BTreeSet;

use carrot_sync::flight::uploads::{Due, Effect, End, Event, Flight, deferral};
use carrot_wire::blob::{self, PartReply};
use carrot_wire::crypto;
use carrot_wire::envelope::Attachment;
use carrot_wire::limits::BLOB_BYTES_MAX;
use carrot_wire::planted::{self, Bug};

use crate::error::{ClientError, Result};
use crate::journal::PhotoHead;
use crate::membership::Membership;
use crate::outbox::{Write, failed};
use crate::push::confused;
use crate::transport::{Answer, Method};

/// How long a photo stays after the server has it and its commands are settled, milliseconds: people
/// look at what they have just sent.
const KEPT_MS: i64 = 7 * 24 * 3_600_000;

/// The media type of a call without a body.
const OCTETS: &str = "application/octet-stream";

/// A photo that is to be brought.
#[derive(Debug, Clone)]
pub(crate) struct DuePhoto {
    pub(crate) sha256: String,
    mime: String,
    pub(crate) facts: Due,
}

/// What a flight carries: the list, and the bytes of the photo that it is at.
#[derive(Default)]
struct Cargo {
    due: Vec<DuePhoto>,
    held: Option<(usize, Vec<u8>)>,
}

impl Cargo {
    fn photo(&self, at: usize) -> Result<&DuePhoto> {
        self.due.get(at).ok_or_else(confused)
    }
}

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
        let head = PhotoHead {
            mime: mime.to_owned(),
            created_ms: self.clock.now_ms(),
        };
        // Beside the outbox first: a photo that only the copy has is taken over at the next start.
        self.outbox
            .journal()
            .keep_photo(&attachment.sha256, &head, &bytes)
            .await;
        let mut write = self.outbox.write().await?;
        sqlx::query(
            "INSERT INTO photo (sha256, mime, size, bytes, created_ms) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes",
        )
        .bind(&attachment.sha256)
        .bind(mime)
        .bind(i64::try_from(bytes.len()).unwrap_or(i64::MAX))
        .bind(bytes)
        .bind(head.created_ms)
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

    /// Photos of commands that the server has, which are still to be brought, the oldest first.
    pub(crate) async fn due_photos(&self) -> Result<Vec<DuePhoto>> {
        let anyway = self.wanted_anyway().await?;
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT sha256, mime, size FROM photo WHERE uploaded = 0 AND bytes IS NOT NULL AND \
             EXISTS (SELECT 1 FROM attachment JOIN command USING (device_seq) WHERE \
             attachment.sha256 = photo.sha256 AND command.state IN ('accepted', 'reflected', \
             'parked')) ORDER BY created_ms",
        )
        .fetch_all(self.outbox.db().reader())
        .await
        .map_err(failed)?;
        let photo = |(sha256, mime, size): (String, String, i64)| DuePhoto {
            facts: Due {
                bytes: size.unsigned_abs(),
                anyway: anyway.contains(&sha256),
            },
            sha256,
            mime,
        };
        Ok(rows.into_iter().map(photo).collect())
    }

    /// True when photos are to be brought now.
    pub(crate) async fn photos_due(&self) -> Result<bool> {
        let surroundings = self.surroundings();
        let due = self.due_photos().await?;
        Ok(due
            .iter()
            .any(|photo| deferral(photo.facts, surroundings).is_none()))
    }

    /// Brings the photos of commands that the server has, and releases what it has kept for a while:
    /// carries out the flight of [`carrot_sync::flight::uploads`].
    pub(crate) async fn upload_photos(&self) -> Result<End> {
        let mut flight = Flight::new(self.surroundings());
        let (mut cargo, mut error) = (Cargo::default(), None);
        let mut effect = flight.step(Event::Done);
        loop {
            let done = match effect {
                Effect::Look => {
                    cargo.due = self.due_photos().await?;
                    let facts: Vec<Due> = cargo.due.iter().map(|photo| photo.facts).collect();
                    effect = flight.step(Event::Due(&facts));
                    continue;
                }
                Effect::Ask(at) => self.has_blob(cargo.photo(at)?).await.map(Event::Asked),
                Effect::Send(at) => self.send_whole(&mut cargo, at).await.map(|()| Event::Done),
                Effect::AskOffset(at) => self.ask_offset(cargo.photo(at)?).await,
                Effect::SendPart { at, offset, bytes } => {
                    self.send_part(&mut cargo, at, offset, bytes).await
                }
                Effect::Note(at) => {
                    self.set_uploaded(&cargo.photo(at)?.sha256).await?;
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

    async fn has_blob(&self, photo: &DuePhoto) -> Result<bool> {
        let path = blob::path(&photo.sha256);
        match self
            .line
            .authorised(Method::Head, &path, OCTETS, Vec::new())
            .await
        {
            Ok(_) => Ok(true),
            Err(ClientError::Refused { status: 404, .. }) => Ok(planted::is(Bug::PhotoReleased)),
            Err(error) => Err(error),
        }
    }

    async fn send_whole(&self, cargo: &mut Cargo, at: usize) -> Result<()> {
        let bytes = self.loaded(cargo, at).await?.to_vec();
        let photo = cargo.photo(at)?;
        let path = blob::path(&photo.sha256);
        self.line
            .authorised(Method::Put, &path, &photo.mime, bytes)
            .await
            .map(|_| ())
    }

    async fn ask_offset(&self, photo: &DuePhoto) -> Result<Event<'static>> {
        let path = blob::progress_path(&photo.sha256);
        let answer = self
            .line
            .authorised(Method::Get, &path, OCTETS, Vec::new())
            .await?;
        self.stands(&photo.sha256, &answer)
    }

    async fn send_part(
        &self,
        cargo: &mut Cargo,
        at: usize,
        offset: u64,
        bytes: u64,
    ) -> Result<Event<'static>> {
        let whole = self.loaded(cargo, at).await?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let to = from.saturating_add(usize::try_from(bytes).unwrap_or(usize::MAX));
        let part = whole.get(from..to).ok_or_else(confused)?.to_vec();
        let photo = cargo.photo(at)?;
        let path = blob::part_path(&photo.sha256, offset, photo.facts.bytes);
        let answer = self
            .line
            .authorised(Method::Put, &path, &photo.mime, part)
            .await?;
        self.stands(&photo.sha256, &answer)
    }

    /// Reads where the server stands, and tells the screens.
    fn stands(&self, sha256: &str, answer: &Answer) -> Result<Event<'static>> {
        let said: PartReply = serde_json::from_slice(&answer.body)
            .map_err(|error| ClientError::Protocol(error.to_string()))?;
        self.note_progress(sha256, said.offset);
        Ok(Event::Stands {
            offset: said.offset,
            complete: said.complete,
        })
    }

    /// The bytes of a photo, read once for all its parts.
    async fn loaded<'a>(&self, cargo: &'a mut Cargo, at: usize) -> Result<&'a [u8]> {
        if cargo.held.as_ref().is_none_or(|(held, _)| *held != at) {
            let sha256 = cargo.photo(at)?.sha256.clone();
            let bytes = self.photo(&sha256).await?.ok_or_else(confused)?;
            cargo.held = Some((at, bytes));
        }
        let held = cargo.held.as_ref();
        held.map(|(_, bytes)| bytes.as_slice()).ok_or_else(confused)
    }

    async fn set_uploaded(&self, sha256: &str) -> Result<()> {
        let mut write = self.outbox.write().await?;
        sqlx::query("UPDATE photo SET uploaded = 1 WHERE sha256 = ?1")
            .bind(sha256)
            .execute(&mut *write)
            .await
            .map_err(failed)?;
        self.forget_wish(&mut write, sha256).await?;
        write.commit().await.map_err(failed)?;
        self.outbox.journal().drop_photo(sha256).await;
        self.forget_progress(sha256);
        Ok(())
    }

    /// The server was set back: whether it still has the photos that it once took is asked again. Those
    /// that it has do not go twice.
    pub(crate) async fn doubt_photos(write: &mut Write) -> Result<()> {
        sqlx::query("UPDATE photo SET uploaded = 0 WHERE uploaded = 1 AND bytes IS NOT NULL")
            .execute(&mut **write)
            .await
            .map_err(failed)?;
        Ok(())
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
            false => self.now_ms().saturating_sub(KEPT_MS),
        })
        .execute(&mut *write)
        .await
        .map_err(failed)?;
        write.commit().await.map_err(failed)
    }
}
