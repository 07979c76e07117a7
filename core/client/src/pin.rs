//! Cashiers' PINs, checked without a network. Each try is counted and committed before it is looked
//! at, so that pulling the plug gives no free tries.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordVerifier};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::Row as _;
use uuid::Uuid;

use carrot_wire::crypto;

use crate::clock::Clock;
use crate::error::{ClientError, Result};
use crate::journal::Wait;
use crate::membership::Membership;
use crate::outbox::{Write, failed};
use crate::remembered::pin_record;

/// So many wrong PINs, then a pause of so many milliseconds.
const PAUSES: [(u32, i64); 3] = [(5, 60_000), (10, 15 * 60_000), (15, 15 * 60_000)];
/// So many wrong PINs, then only a new PIN helps.
const WRONG_MAX: u32 = 20;

/// What is remembered about wrong PINs of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Tries {
    wrong: u32,
    locked_until_ms: i64,
    boot_id: String,
    locked_until_boot_ms: i64,
}

impl Tries {
    /// How long to wait, milliseconds. Within one start of the program the clock that cannot be set
    /// decides; after a restart the wall clock, and never for longer than the whole pause.
    fn wait_ms(&self, clock: &dyn Clock) -> i64 {
        let pause = pause_after(self.wrong).unwrap_or(0);
        let left = if self.boot_id == clock.boot_id() {
            self.locked_until_boot_ms
                .saturating_sub(clock.since_boot_ms())
        } else {
            self.locked_until_ms.saturating_sub(clock.now_ms())
        };
        left.clamp(0, pause)
    }

    /// One more try, as it counts until it proves right.
    fn counted(&self, clock: &dyn Clock) -> Self {
        let wrong = self.wrong.saturating_add(1);
        let pause = pause_after(wrong).unwrap_or(0);
        Self {
            wrong,
            locked_until_ms: clock.now_ms().saturating_add(pause),
            boot_id: clock.boot_id(),
            locked_until_boot_ms: clock.since_boot_ms().saturating_add(pause),
        }
    }
}

fn pause_after(wrong: u32) -> Option<i64> {
    PAUSES
        .iter()
        .find(|(count, _)| *count == wrong)
        .map(|(_, ms)| *ms)
}

/// Tries before the next pause.
fn left(wrong: u32) -> u32 {
    let steps = PAUSES.iter().map(|(count, _)| *count).chain([WRONG_MAX]);
    steps
        .into_iter()
        .find(|count| *count > wrong)
        .map_or(0, |count| count - wrong)
}

impl Membership {
    /// Checks a cashier's PIN. Errors: `not_a_cashier`, `wrong_pin` with the tries left,
    /// `pin_locked` with the time to wait, or with `manager` when only a new PIN helps,
    /// `pin_count_lost` until the server was reached when the count went with a damaged file.
    pub async fn check_pin(&self, participant: Uuid, pin: &str) -> Result<()> {
        let certificate = self.certificate();
        let grant = certificate
            .cashiers
            .iter()
            .find(|one| one.participant == participant);
        let (Some(grant), Some(key)) = (grant, &certificate.pin_key) else {
            let detail = "this terminal does not know this person as a cashier";
            return Err(ClientError::call("not_a_cashier", detail));
        };
        let text = keyed(key, pin)
            .ok_or_else(|| ClientError::Protocol("the certificate's PIN key".to_owned()))?;
        self.refuse_uncounted().await?;
        // A new PIN starts a new count.
        let verifier = crypto::hash(&[grant.pin_hash.as_bytes()]);
        let tries = self.count_try(participant, &verifier).await?;
        let hash = grant.pin_hash.clone();
        let fits = tokio::task::spawn_blocking(move || fits(&text, &hash))
            .await
            .map_err(|error| ClientError::Storage(error.to_string()))?;
        if fits {
            return self.forget_tries(participant).await;
        }
        let wait_ms = tries.wait_ms(self.clock.as_ref());
        let manager = tries.wrong >= WRONG_MAX;
        if wait_ms > 0 || manager {
            return Err(ClientError::PinLocked { wait_ms, manager });
        }
        Err(ClientError::WrongPin {
            left: left(tries.wrong),
        })
    }

    async fn count_try(&self, participant: Uuid, verifier: &str) -> Result<Tries> {
        let mut write = self.outbox.write().await?;
        let found = sqlx::query("SELECT * FROM pin_try WHERE participant = ?1 AND verifier = ?2")
            .bind(participant.to_string())
            .bind(verifier)
            .fetch_optional(&mut *write)
            .await
            .map_err(failed)?;
        let before = match found {
            None => Tries::default(),
            Some(row) => Tries {
                wrong: row.try_get("wrong").map_err(failed)?,
                locked_until_ms: row.try_get("locked_until_ms").map_err(failed)?,
                boot_id: row.try_get("boot_id").map_err(failed)?,
                locked_until_boot_ms: row.try_get("locked_until_boot_ms").map_err(failed)?,
            },
        };
        let clock = self.clock.as_ref();
        let wait_ms = before.wait_ms(clock);
        let manager = before.wrong >= WRONG_MAX;
        if wait_ms > 0 || manager {
            return Err(ClientError::PinLocked { wait_ms, manager });
        }
        let tries = before.counted(clock);
        sqlx::query(
            "INSERT OR REPLACE INTO pin_try (participant, verifier, wrong, locked_until_ms, \
             boot_id, locked_until_boot_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(participant.to_string())
        .bind(verifier)
        .bind(tries.wrong)
        .bind(tries.locked_until_ms)
        .bind(&tries.boot_id)
        .bind(tries.locked_until_boot_ms)
        .execute(&mut *write)
        .await
        .map_err(failed)?;
        self.commit_counts(write).await?;
        Ok(tries)
    }

    async fn forget_tries(&self, participant: Uuid) -> Result<()> {
        let mut write = self.outbox.write().await?;
        sqlx::query("DELETE FROM pin_try WHERE participant = ?1")
            .bind(participant.to_string())
            .execute(&mut *write)
            .await
            .map_err(failed)?;
        self.commit_counts(write).await
    }

    /// Commits the counts, and writes them to the journal at the same time: a file that is lost gives no
    /// free tries.
    async fn commit_counts(&self, mut write: Write) -> Result<()> {
        let record = [pin_record(&mut write).await?];
        let (_, committed) = tokio::join!(
            self.outbox.journal().append(&record, Wait::Durable),
            write.commit()
        );
        committed.map_err(failed)
    }
}

/// Hex of HMAC-SHA256 of a text; none when the key is not hex.
pub(crate) fn keyed(key_hex: &str, text: &str) -> Option<String> {
    let key = hex::decode(key_hex).ok()?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).ok()?;
    mac.update(text.as_bytes());
    Some(hex::encode(mac.finalize().into_bytes()))
}

/// True when the text fits the verifier; its parameters are in it.
fn fits(text: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|parsed| {
        Argon2::default()
            .verify_password(text.as_bytes(), &parsed)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_count_down_to_each_pause() {
        let counts: Vec<u32> = [0, 1, 4, 5, 9, 10, 14, 15, 19, 20].map(left).to_vec();
        assert_eq!(counts, [5, 4, 1, 5, 1, 5, 1, 5, 1, 0]);
    }
}
