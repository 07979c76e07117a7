//! How the outbox opens: what its file lacks comes from the journal beside it, and a file that cannot
//! be read is set aside and made anew from the journal. Nothing is deleted.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use carrot_sync::outbox::STATES;
use carrot_wire::{CommandBody, Envelope, Verdict, crypto};
use uuid::Uuid;

use crate::answers;
use crate::db::{Db, FileLimits, Store};
use crate::error::{ClientError, Result};
use crate::folder::set_aside;
use crate::journal::{Found, JOURNAL_FILE, Journal, PhotoHead, Record};
use crate::keys::Keys;
use crate::outbox::{
    NOTE_CERTIFICATE, NOTE_LAST_HASH, NOTE_LAST_SEQ, NOTE_TRUST, Outbox, set_note,
};
use crate::remembered::{NOTE_PIN_COUNT_LOST, knows_pin_counts};
use crate::sealed::Sealed;

/// Signed commands by number.
type Signed = BTreeMap<i64, (CommandBody, Envelope)>;

/// Note: how many commands of the journal could not be taken over.
const NOTE_LEFT_BEHIND: &str = "left_behind";
/// Up to this size the whole file is looked through at each opening; above it, what waits.
const LOOKED_THROUGH_BYTES_MAX: u64 = 16 * 1024 * 1024;

impl Outbox {
    /// Opens a membership's outbox with its journal. Errors `newer_schema`, and `outbox_unreadable`
    /// when the journal cannot replace it either.
    pub async fn open(dir: &Path, keys: &Keys, limits: FileLimits, now_ms: i64) -> Result<Self> {
        let (journal, found) = Journal::open(dir, &keys.database)?;
        let db = match open_sound(dir, keys, limits).await {
            Err(ClientError::OutboxUnreadable(why)) if found.certificate().is_some() => {
                tracing::error!(
                    why,
                    "the outbox cannot be read; it is made anew from its journal"
                );
                set_aside(dir, Store::Outbox.file(), now_ms)?;
                if found.damaged {
                    keep_copy(dir, now_ms)?;
                }
                Db::open_within(Store::Outbox, dir, &keys.database, limits).await?
            }
            opened => opened?,
        };
        let outbox = Self::new(db, journal);
        let left = outbox.adopt(&found, keys, now_ms).await?;
        if left > 0 {
            tracing::error!(
                left,
                "commands of the journal do not follow the outbox's newest one; a copy is kept"
            );
            keep_copy(dir, now_ms)?;
            outbox.count_left_behind(left).await?;
        }
        if let Err(error) = outbox.level_photos().await {
            tracing::warn!(%error, "photos could not be brought level with their copies");
        }
        if left > 0 || found.damaged || !found.existed || outbox.lacks_in(&found).await? {
            outbox.rewrite_journal().await?;
        }
        Ok(outbox)
    }

    /// How many commands were found in the journal, over all openings, that could not be taken over;
    /// they are in copies of the journal beside it.
    pub async fn left_behind(&self) -> Result<u64> {
        let text = self.note(NOTE_LEFT_BEHIND).await?;
        Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    async fn count_left_behind(&self, more: u64) -> Result<()> {
        let all = self.left_behind().await?.saturating_add(more);
        self.set_notes(&[(NOTE_LEFT_BEHIND, Some(all.to_string()))])
            .await
    }

    /// Takes over from the journal what the file lacks: the certificate, and commands that follow the
    /// newest one, with their answers. Answers how many commands beyond the newest one are left behind.
    async fn adopt(&self, found: &Found, keys: &Keys, now_ms: i64) -> Result<u64> {
        let lost = match self.note(NOTE_CERTIFICATE).await? {
            Some(_) => None,
            None => found.certificate(),
        };
        let last_seq = self.last_seq().await?;
        let last_hash = self.note(NOTE_LAST_HASH).await?.unwrap_or_default();
        let (commands, unsigned) = found.commands(keys);
        let beyond = commands.keys().filter(|seq| **seq > last_seq).count();
        let followers = followers(commands, last_seq, last_hash);
        let left = beyond.saturating_sub(followers.len());
        let left = u64::try_from(left.saturating_add(unsigned)).unwrap_or(u64::MAX);
        let mut write = self.write().await?;
        self.remember(&mut write, found).await?;
        if let Some(text) = lost {
            set_note(&mut write, NOTE_CERTIFICATE, Some(text)).await?;
            set_note(&mut write, NOTE_TRUST, found.trust()).await?;
            if !knows_pin_counts(found) {
                set_note(&mut write, NOTE_PIN_COUNT_LOST, Some("1")).await?;
            }
        }
        for (body, envelope) in &followers {
            let hash = crypto::chain_hash(&envelope.bytes);
            let sealed = Sealed {
                body,
                envelope,
                chain_hash: &hash,
                shown: None,
            };
            self.add(&mut write, sealed).await?;
        }
        let ids: Vec<_> = followers.iter().map(|(body, _)| body.command_id).collect();
        let verdicts = found.verdicts(&ids);
        answers::store(&mut write, &verdicts, now_ms).await?;
        write.commit().await.map_err(crate::outbox::failed)?;
        if !ids.is_empty() {
            tracing::warn!(count = ids.len(), "commands came back from the journal");
        }
        Ok(left)
    }

    /// Photos that wait are in the file and beside it; what either lacks comes from the other, and what
    /// the server has is not kept beside.
    async fn level_photos(&self) -> Result<()> {
        let rows: Vec<(String, bool)> =
            sqlx::query_as("SELECT sha256, uploaded = 0 AND bytes IS NOT NULL FROM photo")
                .fetch_all(self.db().reader())
                .await
                .map_err(crate::outbox::failed)?;
        let rows: BTreeMap<String, bool> = rows.into_iter().collect();
        let kept = self.journal().photos().await?;
        for sha256 in &kept {
            match rows.get(sha256) {
                Some(true) => {}
                Some(false) => self.journal().drop_photo(sha256).await,
                None => self.take_photo_back(sha256).await?,
            }
        }
        for (sha256, _) in rows.iter().filter(|(_, waits)| **waits) {
            if !kept.contains(sha256) {
                self.keep_photo_beside(sha256).await?;
            }
        }
        Ok(())
    }

    async fn take_photo_back(&self, sha256: &str) -> Result<()> {
        let Some((head, bytes)) = self.journal().kept_photo(sha256).await? else {
            tracing::error!(
                sha256,
                "a photo beside the outbox does not open; it is left as it is"
            );
            return Ok(());
        };
        let mut write = self.write().await?;
        sqlx::query(
            "INSERT OR IGNORE INTO photo (sha256, mime, size, bytes, created_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(sha256)
        .bind(head.mime)
        .bind(i64::try_from(bytes.len()).unwrap_or(i64::MAX))
        .bind(bytes)
        .bind(head.created_ms)
        .execute(&mut *write)
        .await
        .map_err(crate::outbox::failed)?;
        write.commit().await.map_err(crate::outbox::failed)
    }

    async fn keep_photo_beside(&self, sha256: &str) -> Result<()> {
        let (mime, created_ms, bytes): (String, i64, Vec<u8>) =
            sqlx::query_as("SELECT mime, created_ms, bytes FROM photo WHERE sha256 = ?1")
                .bind(sha256)
                .fetch_one(self.db().reader())
                .await
                .map_err(crate::outbox::failed)?;
        let head = PhotoHead { mime, created_ms };
        self.journal().keep_photo(sha256, &head, &bytes).await;
        Ok(())
    }

    async fn last_seq(&self) -> Result<i64> {
        let text = self.note(NOTE_LAST_SEQ).await?;
        let damaged = |_| ClientError::OutboxUnreadable(NOTE_LAST_SEQ.to_owned());
        text.map_or(Ok(0), |text| text.parse().map_err(damaged))
    }

    /// True when the journal lacks a command or the certificate that the file has.
    async fn lacks_in(&self, found: &Found) -> Result<bool> {
        let mut newest = 0;
        for record in &found.records {
            if let Record::Command(envelope) = record {
                newest = envelope.body().map_or(newest, |body| body.device_seq);
            }
        }
        let held = self.note(NOTE_CERTIFICATE).await?;
        Ok(newest < self.last_seq().await?
            || held.as_deref() != found.certificate()
            || self.remembers_more_than(found).await?)
    }

    /// Writes the journal anew from what the file holds.
    pub(crate) async fn rewrite_journal(&self) -> Result<()> {
        let records = async {
            let certificate = self.note(NOTE_CERTIFICATE).await?;
            let mut records: Vec<Record> =
                certificate.map(Record::Certificate).into_iter().collect();
            let trust = self.note(NOTE_TRUST).await?;
            records.extend(trust.map(Record::Trust));
            records.extend(self.remembered().await?);
            for row in self.rows(&STATES, i64::MAX).await? {
                records.push(Record::Command(row.envelope));
                records.extend(row.verdict.map(Record::Verdict));
            }
            Ok(records)
        };
        self.journal().rewrite(records).await
    }

    /// Writes the journal anew when most of it is no longer needed or something is missing in it.
    pub(crate) async fn keep_journal_short(&self) -> Result<()> {
        let live: i64 = sqlx::query_scalar("SELECT count(*) FROM command")
            .fetch_one(self.db().reader())
            .await
            .map_err(crate::outbox::failed)?;
        // A command and its answer.
        let live = usize::try_from(live)
            .unwrap_or(usize::MAX)
            .saturating_mul(2);
        if self.journal().wants_rewriting(live).await {
            self.rewrite_journal().await?;
        }
        Ok(())
    }
}

impl Found {
    fn certificate(&self) -> Option<&str> {
        self.records.iter().rev().find_map(|record| match record {
            Record::Certificate(text) => Some(text.as_str()),
            _ => None,
        })
    }

    fn trust(&self) -> Option<&str> {
        self.records.iter().rev().find_map(|record| match record {
            Record::Trust(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The newest answer to each of these commands: a server that was set back answers anew.
    fn verdicts(&self, commands: &[Uuid]) -> Vec<Verdict> {
        let mut newest = BTreeMap::new();
        for record in &self.records {
            if let Record::Verdict(verdict) = record
                && commands.contains(&verdict.command_id)
            {
                newest.insert(verdict.device_seq, verdict.clone());
            }
        }
        newest.into_values().collect()
    }

    /// The commands that this device signed, by number, and how many others there are: the last one
    /// written under a number is the one that was confirmed.
    fn commands(&self, keys: &Keys) -> (Signed, usize) {
        let (mut commands, mut unsigned) = (Signed::new(), 0_usize);
        for record in &self.records {
            match record {
                Record::Command(envelope) => {
                    if envelope.verify(&keys.signing.verifying_key()).is_ok()
                        && let Ok(body) = envelope.body()
                    {
                        commands.insert(body.device_seq, (body, envelope.clone()));
                    } else {
                        unsigned = unsigned.saturating_add(1);
                    }
                }
                Record::Void(id) => commands.retain(|_, (body, _)| body.command_id != *id),
                Record::Certificate(_)
                | Record::Trust(_)
                | Record::Note { .. }
                | Record::Verdict(_) => {}
            }
        }
        (commands, unsigned)
    }
}

/// The commands that go on from the newest known one, link by link. With nothing known all are taken:
/// where a record in between is lost the server says what it misses.
fn followers(commands: Signed, last_seq: i64, last_hash: String) -> Vec<(CommandBody, Envelope)> {
    let known = last_seq > 0;
    let (mut seq, mut hash) = (last_seq, last_hash);
    let mut taken = Vec::new();
    for (body, envelope) in commands.into_values() {
        if body.device_seq <= last_seq {
            continue;
        }
        let follows = body.device_seq == seq.saturating_add(1) && body.prev_hash == hash;
        if known && !follows {
            break;
        }
        (seq, hash) = (body.device_seq, crypto::chain_hash(&envelope.bytes));
        taken.push((body, envelope));
    }
    taken
}

/// A journal with damage of its own, or with commands that were not taken over, is kept beside before
/// it is written anew.
fn keep_copy(dir: &Path, now_ms: i64) -> Result<()> {
    let copy = dir.join(format!("{JOURNAL_FILE}.damaged-{now_ms}"));
    std::fs::copy(dir.join(JOURNAL_FILE), &copy)?;
    // On the disk before the journal itself goes. A file is flushed through a handle that may write.
    File::options().append(true).open(copy)?.sync_all()?;
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
    Ok(())
}

/// Opens the file and looks through it: damage that is found now can be mended, later it stops work.
async fn open_sound(dir: &Path, keys: &Keys, limits: FileLimits) -> Result<Db> {
    let path = dir.join(Store::Outbox.file());
    let bytes = std::fs::metadata(&path).map_or(0, |found| found.len());
    let db = Db::open_within(Store::Outbox, dir, &keys.database, limits).await?;
    let looked = db.look_through(bytes <= LOOKED_THROUGH_BYTES_MAX).await;
    if looked.is_err() {
        db.close().await;
    }
    looked.map(|()| db)
}
