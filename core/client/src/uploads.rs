//! Photos on their way as screens show them: how far each has come, what it waits for, and a person's
//! word that it goes now.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use carrot_sync::flight::uploads::{Surroundings, deferral};
use serde::Serialize;

use crate::device::Device;
use crate::error::{ClientError, Result};
use crate::membership::Membership;
use crate::outbox::{failed, set_note};

/// Note: hashes of the photos that a person wants sent whatever it costs, as a JSON list.
const NOTE_ANYWAY: &str = "send_anyway";
/// The most photos that are listed.
const LISTED_MAX: i64 = 200;

/// A photo that the server does not have yet, as screens see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Upload {
    /// SHA-256, hex.
    pub sha256: String,
    /// Its size, bytes.
    pub bytes: u64,
    /// How much of it the server had when it last said so, bytes.
    pub sent_bytes: u64,
    /// Why it is not sent now: `upload_command` (its command goes first), `upload_metered` or
    /// `upload_battery_low`; none when it goes with the next exchange.
    pub waits_for: Option<&'static str>,
}

impl Device {
    /// Says where the device is, as far as the host can tell. What waited for it goes on by itself.
    pub fn set_surroundings(&self, surroundings: Surroundings) {
        *self
            .shared
            .surroundings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = surroundings;
        for membership in self.memberships() {
            membership.bump();
            membership.nudge.notify_one();
        }
    }
}

impl Membership {
    /// Where the device is, as its host last said.
    pub(crate) fn surroundings(&self) -> Surroundings {
        *self
            .surroundings
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn note_progress(&self, sha256: &str, bytes: u64) {
        self.progress
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(sha256.to_owned(), bytes);
        self.bump();
    }

    pub(crate) fn forget_progress(&self, sha256: &str) {
        self.progress
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(sha256);
    }

    /// Photos of commands that the server does not have yet, the oldest first.
    pub async fn uploads(&self) -> Result<Vec<Upload>> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT sha256, size FROM photo WHERE uploaded = 0 AND bytes IS NOT NULL AND EXISTS \
             (SELECT 1 FROM attachment JOIN command USING (device_seq) WHERE attachment.sha256 = \
             photo.sha256 AND command.state <> 'rejected') ORDER BY created_ms LIMIT ?1",
        )
        .bind(LISTED_MAX)
        .fetch_all(self.outbox.db().reader())
        .await
        .map_err(failed)?;
        let (due, surroundings) = (self.due_photos().await?, self.surroundings());
        let progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        let upload = |(sha256, size): (String, i64)| Upload {
            bytes: size.unsigned_abs(),
            sent_bytes: progress.get(&sha256).copied().unwrap_or(0),
            waits_for: match due.iter().find(|photo| photo.sha256 == sha256) {
                None => Some("upload_command"),
                Some(photo) => deferral(photo.facts, surroundings).map(|why| why.code()),
            },
            sha256,
        };
        Ok(rows.into_iter().map(upload).collect())
    }

    /// A person wants this photo sent now, whatever the network costs. Errors `photo_missing`.
    pub async fn send_now(&self, sha256: &str) -> Result<()> {
        if self.photo(sha256).await?.is_none() {
            let detail = format!("no photo {sha256:.16}");
            return Err(ClientError::call("photo_missing", detail));
        }
        let mut write = self.outbox.write().await?;
        let mut anyway = self.wanted_anyway().await?;
        anyway.insert(sha256.to_owned());
        let text = serde_json::to_string(&anyway)?;
        set_note(&mut write, NOTE_ANYWAY, Some(&text)).await?;
        write.commit().await.map_err(failed)?;
        self.bump();
        self.nudge.notify_one();
        Ok(())
    }

    /// Hashes of the photos that a person wants sent whatever it costs.
    pub(crate) async fn wanted_anyway(&self) -> Result<BTreeSet<String>> {
        let text = self.outbox.note(NOTE_ANYWAY).await?;
        // A text that does not read is like none: then the photo waits, and nothing is lost.
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    /// A photo that the server has is no longer wanted.
    pub(crate) async fn forget_wish(
        &self,
        write: &mut crate::outbox::Write,
        sha256: &str,
    ) -> Result<()> {
        let mut anyway = self.wanted_anyway().await?;
        if !anyway.remove(sha256) {
            return Ok(());
        }
        let text = match anyway.is_empty() {
            true => None,
            false => Some(serde_json::to_string(&anyway)?),
        };
        set_note(write, NOTE_ANYWAY, text.as_deref()).await
    }
}
