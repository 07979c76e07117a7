//! The server's countersignatures of this device's chain: checked, kept, and named by the commands that
//! are made after them.

use carrot_sync::flight::push::CODE_FORKED;
use carrot_sync::outbox::{Notarised, notarised};
use carrot_wire::crypto;
use carrot_wire::notary::{AfterHead, Countersigned};

use crate::clock::Clock;
use crate::error::{ClientError, Result};
use crate::membership::Membership;
use crate::outbox::{self, NOTE_LAST_HASH, NOTE_LAST_SEQ, Outbox, Write};

/// The schema from which on countersignatures are kept.
pub(crate) const NOTARY_SCHEMA: u32 = 4;

/// The newest countersignature of this device's chain, and when it was received.
#[derive(Debug, Clone)]
pub(crate) struct Newest {
    signed: Countersigned,
    boot_id: String,
    since_boot_ms: i64,
}

impl Newest {
    /// What a command made now says about it.
    pub(crate) fn named(&self, clock: &dyn Clock) -> AfterHead {
        let same_start = self.boot_id == clock.boot_id();
        let passed_ms = clock.since_boot_ms().saturating_sub(self.since_boot_ms);
        self.signed.named(same_start.then_some(passed_ms.max(0)))
    }
}

impl Outbox {
    /// The newest countersignature; none before the first.
    pub(crate) async fn newest_countersigned(&self) -> Result<Option<Newest>> {
        if self.db().version() < NOTARY_SCHEMA {
            return Ok(None);
        }
        let found: Option<(String, String, i64)> = sqlx::query_as(
            "SELECT signed, boot_id, since_boot_ms FROM countersigned \
             ORDER BY server_ms DESC, last_seq DESC LIMIT 1",
        )
        .fetch_optional(self.db().reader())
        .await
        .map_err(outbox::failed)?;
        let Some((signed, boot_id, since_boot_ms)) = found else {
            return Ok(None);
        };
        Ok(Some(Newest {
            signed: serde_json::from_str(&signed)?,
            boot_id,
            since_boot_ms,
        }))
    }

    /// All countersignatures that are kept, oldest first.
    pub async fn countersigned(&self) -> Result<Vec<Countersigned>> {
        if self.db().version() < NOTARY_SCHEMA {
            return Ok(Vec::new());
        }
        let texts: Vec<String> =
            sqlx::query_scalar("SELECT signed FROM countersigned ORDER BY server_ms, last_seq")
                .fetch_all(self.db().reader())
                .await
                .map_err(outbox::failed)?;
        texts
            .iter()
            .map(|text| Ok(serde_json::from_str(text)?))
            .collect()
    }

    /// The chain's link to a command of this device, as far as it is kept: zero is the beginning.
    async fn link_to(&self, seq: i64) -> Result<Option<String>> {
        if seq == 0 {
            return Ok(Some(String::new()));
        }
        if self.note(NOTE_LAST_SEQ).await? == Some(seq.to_string()) {
            return self.note(NOTE_LAST_HASH).await;
        }
        let bytes: Option<String> =
            sqlx::query_scalar("SELECT bytes FROM command WHERE device_seq = ?1")
                .bind(seq)
                .fetch_optional(self.db().reader())
                .await
                .map_err(outbox::failed)?;
        Ok(bytes.map(|bytes| crypto::chain_hash(&bytes)))
    }
}

/// Keeps one. Of those of one head the first bounds the commands before it best and the newest proves
/// most about the ones after it; those in between, which no command has named, are not needed.
async fn keep(write: &mut Write, newest: &Newest, is_end: bool) -> Result<()> {
    let head = &newest.signed.head;
    if is_end {
        sqlx::query(
            "DELETE FROM countersigned WHERE last_seq = ?1 AND server_ms > \
             (SELECT min(server_ms) FROM countersigned WHERE last_seq = ?1)",
        )
        .bind(head.last_seq)
        .execute(&mut **write)
        .await
        .map_err(outbox::failed)?;
    }
    sqlx::query(
        "INSERT OR REPLACE INTO countersigned (last_seq, server_ms, signed, boot_id, since_boot_ms) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(head.last_seq)
    .bind(head.server_ms)
    .bind(serde_json::to_string(&newest.signed)?)
    .bind(newest.boot_id.clone())
    .bind(newest.since_boot_ms)
    .execute(&mut **write)
    .await
    .map_err(outbox::failed)?;
    Ok(())
}

/// The highest number under a countersigned head; without countersignatures, all.
pub(crate) async fn covered(write: &mut Write, version: u32) -> Result<i64> {
    if version < NOTARY_SCHEMA {
        return Ok(i64::MAX);
    }
    sqlx::query_scalar("SELECT coalesce(max(last_seq), 0) FROM countersigned")
        .fetch_one(&mut **write)
        .await
        .map_err(outbox::failed)
}

/// What forgets everything before a number: with the commands go the countersignatures before the one
/// that the first command left names.
pub(crate) fn pruning(version: u32) -> &'static [&'static str] {
    const STATEMENTS: [&str; 3] = [
        "DELETE FROM attachment WHERE device_seq < ?1",
        "DELETE FROM command WHERE device_seq < ?1",
        "DELETE FROM countersigned WHERE last_seq < (SELECT min(device_seq - 1, \
         coalesce(json_extract(bytes, '$.time.after.seq'), device_seq - 1)) FROM command \
         WHERE device_seq >= ?1 ORDER BY device_seq LIMIT 1)",
    ];
    if version < NOTARY_SCHEMA {
        STATEMENTS.split_at(2).0
    } else {
        &STATEMENTS
    }
}

impl Membership {
    /// Takes a countersignature over after checking it. One of another chain than this device's stops
    /// the queue: a copy of this device has been at work. The caller holds the view, so that no command
    /// is made meanwhile.
    pub(crate) async fn take_countersigned(&self, signed: Option<&Countersigned>) -> Result<()> {
        let Some(signed) = signed else { return Ok(()) };
        if self.outbox.db().version() < NOTARY_SCHEMA {
            return Ok(());
        }
        let trusted = self.trust();
        if !trusted.iter().any(|key| crypto::key_id(key) == signed.kid) {
            // Of a key that the next pull brings.
            return Ok(());
        }
        let head = signed
            .verify(&trusted)
            .map_err(|error| ClientError::Protocol(format!("countersignature: {error}")))?;
        if head.device_id != self.device_id() || head.programme_id != self.programme_id() {
            let detail = "the countersignature is of another device";
            return Err(ClientError::Protocol(detail.to_owned()));
        }
        let (_, highest, _) = self.outbox.span().await?;
        let link = self.outbox.link_to(head.last_seq).await?;
        match notarised(head, highest, link.as_deref()) {
            Notarised::Mine => {}
            // Beyond this device's own history: the comparison of numbers says what that means.
            Notarised::Beyond => return Ok(()),
            Notarised::Other => return self.stop(CODE_FORKED).await,
        }
        let newest = Newest {
            signed: signed.clone(),
            boot_id: self.clock.boot_id(),
            since_boot_ms: self.clock.since_boot_ms(),
        };
        let mut write = self.outbox.write().await?;
        keep(&mut write, &newest, head.last_seq == highest).await?;
        write.commit().await.map_err(outbox::failed)?;
        self.set_newest_countersigned(newest);
        Ok(())
    }
}
