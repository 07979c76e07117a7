//! People's names leave a device that nobody has heard of for a month. The outbox is never touched.

use crate::error::Result;
use crate::membership::Membership;
use crate::outbox::NOTE_SYNCED;

/// How long after its last exchange a device keeps people's names, milliseconds.
pub const PERSONAL_KEPT_MS: i64 = 30 * 24 * 3_600_000;

impl Membership {
    /// Forgets people's names when the last exchange is longer ago than [`PERSONAL_KEPT_MS`].
    pub(crate) async fn forget_people_when_old(&self) -> Result<()> {
        let synced = self.outbox.note(NOTE_SYNCED).await?;
        let synced_ms: Option<i64> = synced.and_then(|text| text.parse().ok());
        let is_old =
            synced_ms.is_some_and(|ms| self.now_ms().saturating_sub(ms) >= PERSONAL_KEPT_MS);
        if let (true, Ok(cache)) = (is_old, self.cache()) {
            cache.forget_people().await?;
        }
        Ok(())
    }
}
