//! What a queue that is made anew from its journal must not have forgotten besides its commands: which
//! vouchers this phone answered with, the instant up to which this terminal told all that it did, and how
//! many wrong PINs there were. Where the journal has lost that count too, no PIN is looked at until the
//! server was reached.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{ClientError, Result};
use crate::journal::{Found, Record};
use crate::membership::Membership;
use crate::outbox::{Outbox, Write, failed, set_note};

/// Note: what this phone answered with which voucher.
pub(crate) const NOTE_ANSWERS: &str = "voucher_answers";
/// Note: up to when this terminal has told the server all that it did, UTC milliseconds.
pub(crate) const NOTE_TOLD: &str = "told_ms";
/// Note: the count of wrong PINs was lost with the file, and the server was not reached since.
pub(crate) const NOTE_PIN_COUNT_LOST: &str = "pin_count_lost";
/// What the journal calls the counts of wrong PINs; in the outbox they are a table.
const PIN_TRIES: &str = "pin_tries";
/// The notes that the journal holds too.
const REMEMBERED: [&str; 2] = [NOTE_ANSWERS, NOTE_TOLD];

/// How many wrong PINs of one person there were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub(crate) struct PinCount {
    participant: String,
    verifier: String,
    wrong: u32,
    locked_until_ms: i64,
    boot_id: String,
    locked_until_boot_ms: i64,
}

/// Every count in a fixed order.
const COUNTS: &str = "SELECT participant, verifier, wrong, locked_until_ms, boot_id, \
                      locked_until_boot_ms FROM pin_try ORDER BY participant";

/// The journal's record of the counts as a transaction leaves them.
pub(crate) async fn pin_record(write: &mut Write) -> Result<Record> {
    let counts: Vec<PinCount> = sqlx::query_as(COUNTS)
        .fetch_all(&mut **write)
        .await
        .map_err(failed)?;
    recorded(&counts)
}

fn recorded(counts: &[PinCount]) -> Result<Record> {
    Ok(Record::Note {
        name: PIN_TRIES.to_owned(),
        value: serde_json::to_string(counts)?,
    })
}

/// True when the journal knows the counts, be it that there are none.
pub(crate) fn knows_pin_counts(found: &Found) -> bool {
    !found.damaged && last(found, PIN_TRIES).is_some()
}

/// Vouchers by id, each with the challenge that it answered and the answer.
pub(crate) type Answers = BTreeMap<Uuid, (String, String)>;

/// The journal's record of a note; none for a note that is in the file alone.
pub(crate) fn record(name: &str, value: Option<&str>) -> Option<Record> {
    let value = value.filter(|_| REMEMBERED.contains(&name))?.to_owned();
    let name = name.to_owned();
    Some(Record::Note { name, value })
}

fn last<'a>(found: &'a Found, wanted: &str) -> Option<&'a str> {
    found.records.iter().rev().find_map(|record| match record {
        Record::Note { name, value } if name == wanted => Some(value.as_str()),
        _ => None,
    })
}

/// What both say, so that nothing is forgotten that either knows. A text that does not read is like none.
fn merged(name: &str, held: Option<&str>, journal: Option<&str>) -> Result<Option<String>> {
    if name == NOTE_TOLD {
        let read = |text: Option<&str>| text.and_then(|text| text.parse::<i64>().ok());
        return Ok(read(held).max(read(journal)).map(|ms| ms.to_string()));
    }
    let read = |text: Option<&str>| -> Option<Answers> { serde_json::from_str(text?).ok() };
    Ok(match (read(held), read(journal)) {
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => Some(serde_json::to_string(&one)?),
        (Some(held), Some(mut all)) => {
            all.extend(held);
            Some(serde_json::to_string(&all)?)
        }
    })
}

impl Outbox {
    /// Takes over what the journal remembers and the file does not.
    pub(crate) async fn remember(&self, write: &mut Write, found: &Found) -> Result<()> {
        for name in REMEMBERED {
            let held = self.note(name).await?;
            let known = merged(name, held.as_deref(), last(found, name))?;
            if known.is_some() && known != held {
                set_note(write, name, known.as_deref()).await?;
            }
        }
        let counts: Option<Vec<PinCount>> =
            last(found, PIN_TRIES).and_then(|text| serde_json::from_str(text).ok());
        for count in counts.unwrap_or_default() {
            // The higher count of the same PIN holds; of another PIN the file knows better.
            sqlx::query(
                "INSERT INTO pin_try (participant, verifier, wrong, locked_until_ms, boot_id, \
                 locked_until_boot_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT (participant) DO UPDATE SET wrong = excluded.wrong, \
                 locked_until_ms = excluded.locked_until_ms, boot_id = excluded.boot_id, \
                 locked_until_boot_ms = excluded.locked_until_boot_ms \
                 WHERE verifier = excluded.verifier AND wrong < excluded.wrong",
            )
            .bind(count.participant)
            .bind(count.verifier)
            .bind(count.wrong)
            .bind(count.locked_until_ms)
            .bind(count.boot_id)
            .bind(count.locked_until_boot_ms)
            .execute(&mut **write)
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    async fn pin_counts(&self) -> Result<Record> {
        let counts: Vec<PinCount> = sqlx::query_as(COUNTS)
            .fetch_all(self.db().reader())
            .await
            .map_err(failed)?;
        recorded(&counts)
    }

    /// The notes that the journal holds too.
    pub(crate) async fn remembered(&self) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for name in REMEMBERED {
            records.extend(record(name, self.note(name).await?.as_deref()));
        }
        records.push(self.pin_counts().await?);
        Ok(records)
    }

    /// True when the journal lacks what the file remembers.
    pub(crate) async fn remembers_more_than(&self, found: &Found) -> Result<bool> {
        for name in REMEMBERED {
            let held = self.note(name).await?;
            if held.is_some() && held.as_deref() != last(found, name) {
                return Ok(true);
            }
        }
        let held = self.pin_counts().await?;
        Ok(!matches!(held, Record::Note { value, .. } if last(found, PIN_TRIES) == Some(&value)))
    }
}

impl Membership {
    /// Refuses to look at a PIN while nobody knows how many wrong ones there were. Error
    /// `pin_count_lost`.
    pub(crate) async fn refuse_uncounted(&self) -> Result<()> {
        if self.outbox.note(NOTE_PIN_COUNT_LOST).await?.is_none() {
            return Ok(());
        }
        let detail = "the count of wrong PINs was in a damaged file; reach the server first";
        Err(ClientError::call("pin_count_lost", detail))
    }
}
