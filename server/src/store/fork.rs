//! What a device signed beside its recorded history: two copies of it went on with one key. The
//! commands are kept as they came, so that a person can see what each copy says it did.

use sqlx::FromRow;
use uuid::Uuid;

use super::programme::uuid;
use super::{Store, Tx};
use crate::db;
use crate::error::Result;

/// The most commands beside its history that are kept of one device.
pub(crate) const FORKED_COMMANDS_MAX: i64 = 500;

/// A command that is not in its device's recorded history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkedCommand {
    /// The device.
    pub device: Uuid,
    /// The chain's link to it: SHA-256 of its bytes.
    pub link: String,
    /// Its number on the device.
    pub device_seq: i64,
    /// Its id.
    pub command_id: Uuid,
    /// Its kind by name, as it came.
    pub kind: String,
    /// What it says was handed over, points; zero for anything but a redemption.
    pub points: i64,
    /// The envelope as JSON; its signed bytes are inside as they came.
    pub envelope: String,
    /// When it came, UTC milliseconds.
    pub received_ms: i64,
}

#[derive(FromRow)]
struct Row {
    device_id: String,
    link: String,
    device_seq: i64,
    command_id: String,
    kind: String,
    points: i64,
    envelope: String,
    received_ms: i64,
}

impl Tx {
    /// How many commands beside its history are kept of a device.
    pub(crate) async fn forked_count(&mut self, device: Uuid) -> Result<i64> {
        let programme = self.key();
        Ok(db::query_scalar(
            "SELECT COUNT(*) FROM forked_command WHERE programme_id = ? AND device_id = ?",
        )
        .bind(programme)
        .bind(device.to_string())
        .fetch_one(self.conn())
        .await?)
    }

    /// Keeps a command that is not in its device's history; one that is kept already stays as it is.
    pub(crate) async fn keep_forked(&mut self, forked: &ForkedCommand) -> Result<()> {
        let programme = self.key();
        db::query(
            "INSERT INTO forked_command (programme_id, device_id, link, device_seq, command_id, kind, points, envelope, received_ms)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(programme)
        .bind(forked.device.to_string())
        .bind(&forked.link)
        .bind(forked.device_seq)
        .bind(forked.command_id.to_string())
        .bind(&forked.kind)
        .bind(forked.points)
        .bind(&forked.envelope)
        .bind(forked.received_ms)
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// What is recorded of a device from a number on, the oldest first, at most `limit`: envelope, when
    /// it was recorded (UTC milliseconds) and its answer's code.
    pub(crate) async fn recorded_from(
        &self,
        programme: Uuid,
        device: Uuid,
        from_seq: i64,
        limit: i64,
    ) -> Result<Vec<(String, i64, String)>> {
        Ok(db::query_as(
            "SELECT envelope, recorded_ms, code FROM command
             WHERE programme_id = ? AND device_id = ? AND device_seq >= ? ORDER BY device_seq LIMIT ?",
        )
        .bind(programme.to_string())
        .bind(device.to_string())
        .bind(from_seq)
        .bind(limit)
        .fetch_all(self.reads(programme))
        .await?)
    }

    /// What the devices of a programme signed beside their histories, by device and number.
    pub async fn forked(&self, programme: Uuid) -> Result<Vec<ForkedCommand>> {
        let rows: Vec<Row> = db::query_as(
            "SELECT device_id, link, device_seq, command_id, kind, points, envelope, received_ms
             FROM forked_command WHERE programme_id = ? ORDER BY device_id, device_seq, link",
        )
        .bind(programme.to_string())
        .fetch_all(self.reads(programme))
        .await?;
        let forked = |row: Row| {
            Ok(ForkedCommand {
                device: uuid(&row.device_id)?,
                link: row.link,
                device_seq: row.device_seq,
                command_id: uuid(&row.command_id)?,
                kind: row.kind,
                points: row.points,
                envelope: row.envelope,
                received_ms: row.received_ms,
            })
        };
        rows.into_iter().map(forked).collect()
    }
}
