//! The filter of used typed codes, by programme: built from the database, kept in memory, renewed by
//! the server's clock when enough has changed. Devices fetch it in the background as advice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use carrot_wire::burnt::{BURNT_CODES_MAX, Burnt};
use carrot_wire::crypto;
use uuid::Uuid;

use crate::db;
use crate::error::Result;
use crate::store::Store;

/// A change smaller than one of so many waits for [`RENEW_MS`].
const SHARE_OF_CHANGE: i64 = 100;
/// How long a small change may wait, milliseconds.
const RENEW_MS: i64 = 3_600_000;

/// A filter as it is sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Built {
    /// The filter; see `carrot_wire::burnt`.
    pub bytes: Vec<u8>,
    /// Its version: the hash of the bytes in hex.
    pub tag: String,
    /// Used codes when it was built.
    pub used: i64,
    /// When it was built, UTC milliseconds.
    pub at_ms: i64,
}

impl Built {
    fn of(salt: [u8; 16], codes: &[String], at_ms: i64) -> Self {
        let burnt = Burnt::of(salt, codes.iter().map(String::as_str));
        let bytes = burnt.to_bytes();
        Self {
            tag: crypto::hash(&[&bytes]),
            bytes,
            used: i64::try_from(codes.len()).unwrap_or(i64::MAX),
            at_ms,
        }
    }

    /// Whether so many used codes make a new one worth sending.
    fn is_stale(&self, used: i64, now_ms: i64) -> bool {
        let changed = used.saturating_sub(self.used).saturating_abs();
        let much = changed.saturating_mul(SHARE_OF_CHANGE) >= self.used.max(1);
        changed > 0 && (much || now_ms.saturating_sub(self.at_ms) >= RENEW_MS)
    }
}

/// The newest filter of each programme.
#[derive(Debug, Default)]
pub struct Kept {
    built: Mutex<HashMap<Uuid, Arc<Built>>>,
    /// One at a time reads all codes.
    building: tokio::sync::Mutex<()>,
}

impl Kept {
    fn get(&self, programme: Uuid) -> Option<Arc<Built>> {
        let built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        built.get(&programme).cloned()
    }

    fn put(&self, programme: Uuid, fresh: Arc<Built>) {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        built.insert(programme, fresh);
    }
}

impl Store {
    /// The programme's filter; built now when there is none, or when enough has changed since.
    pub async fn burnt(&self, programme: Uuid, now_ms: i64) -> Result<Arc<Built>> {
        let _alone = self.burnt.building.lock().await;
        let used = self.used_codes(programme).await?;
        if let Some(built) = self.burnt.get(programme)
            && !built.is_stale(used, now_ms)
        {
            return Ok(built);
        }
        let codes: Vec<String> = db::query_scalar(
            "SELECT id FROM entity WHERE programme_id = ? AND kind = 'code' \
             AND json_extract(body, '$.status') = 'claimed' LIMIT ?",
        )
        .bind(programme.to_string())
        .bind(i64::try_from(BURNT_CODES_MAX).unwrap_or(i64::MAX))
        .fetch_all(self.reads(programme))
        .await?;
        let built = Arc::new(Built::of(self.random()?, &codes, now_ms));
        self.burnt.put(programme, Arc::clone(&built));
        tracing::debug!(%programme, codes = built.used, "built the filter of used codes");
        Ok(built)
    }

    /// The filter as it stands, without a look at the codes when there is one: what a device fetches.
    pub async fn burnt_for_device(&self, programme: Uuid) -> Result<Arc<Built>> {
        match self.burnt.get(programme) {
            Some(built) => Ok(built),
            None => self.burnt(programme, self.now_ms()).await,
        }
    }

    async fn used_codes(&self, programme: Uuid) -> Result<i64> {
        let count = db::query_scalar(
            "SELECT COUNT(*) FROM (SELECT 1 FROM entity WHERE programme_id = ? AND kind = 'code' \
             AND json_extract(body, '$.status') = 'claimed' LIMIT ?) AS used",
        );
        let count = count
            .bind(programme.to_string())
            .bind(i64::try_from(BURNT_CODES_MAX).unwrap_or(i64::MAX))
            .fetch_one(self.reads(programme))
            .await?;
        Ok(count)
    }

    /// The clock's part: filters that devices asked for are renewed before the next one asks.
    pub(crate) async fn follow_burnt(&self, programme: Uuid, now_ms: i64) -> Result<()> {
        if self.burnt.get(programme).is_some() {
            self.burnt(programme, now_ms).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Built;

    fn built(used: usize) -> Built {
        let codes: Vec<String> = (0..used).map(|n| format!("C{n}")).collect();
        Built::of(crate::secrets::random_bytes().unwrap(), &codes, 1_000)
    }

    #[test]
    fn a_large_change_is_told_at_once_and_a_small_one_within_the_hour() {
        let built = built(1_000);
        assert!(!built.is_stale(1_000, i64::MAX), "nothing changed");
        assert!(!built.is_stale(1_009, 2_000));
        assert!(built.is_stale(1_010, 2_000) && built.is_stale(990, 2_000));
        assert!(built.is_stale(1_001, 1_000 + 3_600_000));
    }

    #[test]
    fn the_first_code_is_told_at_once_and_versions_differ() {
        assert!(built(0).is_stale(1, 1_001));
        assert_ne!(built(3).tag, built(3).tag, "the salt is new each time");
    }
}
