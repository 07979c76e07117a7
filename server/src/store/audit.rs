//! The audit log: who did what to what, append only.

use serde_json::Value;
use uuid::Uuid;

use super::{Store, Tx};
use crate::db;
use crate::error::Result;

/// One line of the audit log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLine {
    /// Number, from 1 per programme.
    pub id: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// A participant's id, `server`, or a device's id.
    pub actor: String,
    /// What, as `noun.verb`.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Particulars; never personal data.
    pub detail: Value,
}

impl Tx {
    /// Adds a line to the audit log.
    pub async fn audit(
        &mut self,
        actor: &str,
        action: &str,
        subject: &str,
        detail: &Value,
    ) -> Result<()> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        db::query(
            "INSERT INTO audit (programme_id, id, at_ms, actor, action, subject, detail)
             SELECT ?1, COALESCE(MAX(id), 0) + 1, ?2, ?3, ?4, ?5, ?6 FROM audit WHERE programme_id = ?1",
        )
        .bind(programme)
        .bind(now_ms)
        .bind(actor)
        .bind(action)
        .bind(subject)
        .bind(serde_json::to_string(detail)?)
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// The newest lines, newest first; at most `limit`.
    pub async fn audit_lines(&self, programme: Uuid, limit: i64) -> Result<Vec<AuditLine>> {
        let rows: Vec<(i64, i64, String, String, String, String)> = db::query_as(
            "SELECT id, at_ms, actor, action, subject, detail FROM audit WHERE programme_id = ?
             ORDER BY id DESC LIMIT ?",
        )
        .bind(programme.to_string())
        .bind(limit)
        .fetch_all(self.reads(programme))
        .await?;
        rows.into_iter()
            .map(|(id, at_ms, actor, action, subject, detail)| {
                let detail = serde_json::from_str(&detail)?;
                Ok(AuditLine {
                    id,
                    at_ms,
                    actor,
                    action,
                    subject,
                    detail,
                })
            })
            .collect()
    }
}
