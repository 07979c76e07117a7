//! Credits that happen at most once: who took them.

use carrot_rules::outcome::AwardKey;
use uuid::Uuid;

use super::batch::Known;
use super::tx::Tx;
use crate::db;
use crate::error::Result;

impl Tx {
    /// Gives a credit back for another time.
    pub(crate) async fn free_award(&mut self, key: &AwardKey) -> Result<()> {
        let free = Known {
            value: None,
            unsent: true,
        };
        self.batch.awards.set(key.clone(), free);
        self.settle().await
    }

    /// Takes a credit for a command; false when somebody has it.
    pub(crate) async fn take_award(&mut self, key: &AwardKey, command_id: Uuid) -> Result<bool> {
        if self.award_taken(key).await? {
            return Ok(false);
        }
        let taken = Known {
            value: Some(command_id),
            unsent: true,
        };
        self.batch.awards.set(key.clone(), taken);
        self.settle().await?;
        Ok(true)
    }

    async fn award_taken(&mut self, key: &AwardKey) -> Result<bool> {
        if let Some(known) = self.batch.awards.get(key) {
            return Ok(known.value.is_some());
        }
        if self.batch.award_units.contains(&key.unit) {
            return Ok(false);
        }
        let programme = self.key();
        let found: Option<i64> = db::query_scalar(
            "SELECT 1 FROM award_key WHERE programme_id = ? AND unit = ? AND purpose = ? AND role = ?",
        )
        .bind(programme)
        .bind(&key.unit)
        .bind(&key.purpose)
        .bind(&key.role)
        .fetch_optional(self.conn())
        .await?;
        Ok(found.is_some())
    }
}
