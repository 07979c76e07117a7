//! Commands for which another stands: what an old identity of a till or phone could not send and its
//! new one issued anew.

use carrot_wire::envelope::Replaced;
use uuid::Uuid;

use super::Tx;
use crate::db;
use crate::error::Result;

impl Tx {
    /// True when another command stands for this one.
    pub(crate) async fn is_replaced(&mut self, command_id: Uuid) -> Result<bool> {
        let programme = self.key();
        let found: Option<i64> = db::query_scalar(
            "SELECT 1 FROM replaced_command WHERE programme_id = ? AND command_id = ?",
        )
        .bind(programme)
        .bind(command_id.to_string())
        .fetch_optional(self.conn())
        .await?;
        Ok(found.is_some())
    }

    /// Who sent a command that is recorded under this id in another device's history, and the class of
    /// its verdict.
    pub(crate) async fn recorded_class(
        &mut self,
        command_id: Uuid,
    ) -> Result<Option<(String, String)>> {
        let programme = self.key();
        Ok(db::query_as(
            "SELECT device_id, class FROM command WHERE programme_id = ? AND command_id = ?",
        )
        .bind(programme)
        .bind(command_id.to_string())
        .fetch_optional(self.conn())
        .await?)
    }

    /// Notes that a command stands for others: they count no more, should they come.
    pub(crate) async fn put_replaced(&mut self, by: Uuid, line: &[Replaced]) -> Result<()> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        for earlier in line {
            db::query(
                "INSERT INTO replaced_command (programme_id, command_id, device_id, by_command_id, recorded_ms)
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(programme.clone())
            .bind(earlier.command_id.to_string())
            .bind(earlier.device_id.to_string())
            .bind(by.to_string())
            .bind(now_ms)
            .execute(self.conn())
            .await?;
            db::query(
                "UPDATE device SET replaced = replaced + 1 WHERE programme_id = ? AND device_id = ?",
            )
            .bind(programme.clone())
            .bind(earlier.device_id.to_string())
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }
}
