//! Recorded commands: their bytes, their verdicts, and the device's place in its own sequence.

use carrot_wire::{Envelope, Verdict, crypto};
use sqlx::FromRow;
use uuid::Uuid;

use super::batch::{CommandRecord, Place};
use super::programme::{uuid, uuid_or_none};
use super::{Device, Store, Tx};
use crate::db::{self, Conn};
use crate::error::{Error, Result};

/// The device column of commands that people gave on the console.
const CONSOLE: &str = "console";

/// A command about to be recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Kind by name, as it came.
    pub kind: String,
    /// Who acted.
    pub actor: Uuid,
    /// Where.
    pub outlet: Option<Uuid>,
    /// Hash of the signed bytes.
    pub payload_hash: String,
    /// The envelope as JSON; its signed bytes are inside as they came.
    pub envelope: String,
    /// When it happened, UTC milliseconds.
    pub occurred_ms: i64,
    /// False when another command has its id already.
    pub id_is_new: bool,
}

/// A recorded command as lists show it.
#[derive(Debug, Clone)]
pub struct CommandRow {
    /// Id; none when it came under an id that was taken.
    pub command_id: Option<Uuid>,
    /// Device, or `console`.
    pub device: String,
    /// Sequence on the device.
    pub device_seq: i64,
    /// Kind by name.
    pub kind: String,
    /// Who acted.
    pub actor: Uuid,
    /// Where.
    pub outlet: Option<Uuid>,
    /// The verdict.
    pub verdict: Verdict,
    /// The envelope as JSON.
    pub envelope: String,
    /// When it happened, UTC milliseconds.
    pub occurred_ms: i64,
    /// When it was recorded, UTC milliseconds.
    pub recorded_ms: i64,
}

#[derive(FromRow)]
struct Row {
    command_id: Option<String>,
    device_id: String,
    device_seq: i64,
    kind: String,
    actor_id: String,
    outlet_id: Option<String>,
    verdict: String,
    envelope: String,
    occurred_ms: i64,
    recorded_ms: i64,
}

impl Row {
    fn command(self) -> Result<CommandRow> {
        Ok(CommandRow {
            command_id: uuid_or_none(self.command_id)?,
            device: self.device_id,
            device_seq: self.device_seq,
            kind: self.kind,
            actor: uuid(&self.actor_id)?,
            outlet: uuid_or_none(self.outlet_id)?,
            verdict: serde_json::from_str(&self.verdict)?,
            envelope: self.envelope,
            occurred_ms: self.occurred_ms,
            recorded_ms: self.recorded_ms,
        })
    }
}

impl Tx {
    /// The payload hash and verdict recorded for a device's sequence number.
    pub(crate) async fn recorded(
        &mut self,
        device: Uuid,
        seq: i64,
    ) -> Result<Option<(String, Verdict)>> {
        let (programme, name) = (self.key(), device.to_string());
        let mut unsent = self.batch.commands.iter();
        if let Some(row) = unsent.find(|row| row.seq == seq && row.device == name) {
            let verdict = serde_json::from_str(&row.verdict)?;
            return Ok(Some((row.payload_hash.clone(), verdict)));
        }
        let found: Option<(String, String)> = db::query_as(
            "SELECT payload_hash, verdict FROM command WHERE programme_id = ? AND device_id = ? AND device_seq = ?",
        )
        .bind(programme)
        .bind(name)
        .bind(seq)
        .fetch_optional(self.conn())
        .await?;
        found
            .map(|(hash, verdict)| Ok((hash, serde_json::from_str(&verdict)?)))
            .transpose()
    }

    /// The chain's link to the command recorded under a device's sequence number.
    pub(crate) async fn recorded_link(&mut self, device: Uuid, seq: i64) -> Result<Option<String>> {
        let programme = self.key();
        recorded_link(self.conn(), &programme, &device.to_string(), seq).await
    }

    /// True when a command with this id was recorded, from whichever device.
    pub(crate) async fn command_exists(&mut self, command_id: Uuid) -> Result<bool> {
        if let Some(known) = self.batch.recorded.get(&command_id) {
            return Ok(*known);
        }
        let programme = self.key();
        let found: Option<i64> =
            db::query_scalar("SELECT 1 FROM command WHERE programme_id = ? AND command_id = ?")
                .bind(programme)
                .bind(command_id.to_string())
                .fetch_optional(self.conn())
                .await?;
        Ok(found.is_some())
    }

    /// Records a device's next command with its verdict and moves the device on.
    pub(crate) async fn record_command(
        &mut self,
        device: &mut Device,
        command: &Recorded,
        verdict: &Verdict,
        chain_hash: String,
    ) -> Result<()> {
        self.insert_command(&device.id.to_string(), command, verdict)?;
        let place = Place {
            seq: verdict.device_seq,
            hash: chain_hash.clone(),
        };
        self.batch.places.set(device.id, place);
        self.settle().await?;
        device.last_seq = verdict.device_seq;
        device.last_hash = chain_hash;
        Ok(())
    }

    /// Records a command given on the console; its sequence is in the verdict.
    pub(crate) async fn record_console_command(
        &mut self,
        command: &Recorded,
        verdict: &Verdict,
    ) -> Result<()> {
        self.insert_command(CONSOLE, command, verdict)?;
        self.settle().await
    }

    /// The console's next sequence number in this programme.
    pub(crate) async fn next_console_seq(&mut self) -> Result<i64> {
        let programme = self.key();
        Ok(db::query_scalar(
            "SELECT COALESCE(MAX(device_seq), 0) + 1 FROM command WHERE programme_id = ? AND device_id = ?",
        )
        .bind(programme)
        .bind(CONSOLE)
        .fetch_one(self.conn())
        .await?)
    }

    fn insert_command(
        &mut self,
        device: &str,
        command: &Recorded,
        verdict: &Verdict,
    ) -> Result<()> {
        let class = serde_json::to_value(verdict.class)?;
        let class = class
            .as_str()
            .ok_or_else(|| Error::Damaged("a verdict's class".to_owned()))?;
        if command.id_is_new {
            self.batch.recorded.set(verdict.command_id, true);
        }
        self.batch.commands.push(CommandRecord {
            device: device.to_owned(),
            seq: verdict.device_seq,
            id: command.id_is_new.then(|| verdict.command_id.to_string()),
            kind: command.kind.clone(),
            actor: command.actor.to_string(),
            outlet: command.outlet.map(|id| id.to_string()),
            payload_hash: command.payload_hash.clone(),
            envelope: command.envelope.clone(),
            class: class.to_owned(),
            code: verdict.code.clone(),
            verdict: serde_json::to_string(verdict)?,
            occurred_ms: command.occurred_ms,
        });
        Ok(())
    }
}

/// The chain's link to a recorded command.
async fn recorded_link(
    conn: &mut Conn,
    programme: &str,
    device: &str,
    seq: i64,
) -> Result<Option<String>> {
    let envelope: Option<String> = db::query_scalar(
        "SELECT envelope FROM command WHERE programme_id = ? AND device_id = ? AND device_seq = ?",
    )
    .bind(programme)
    .bind(device)
    .bind(seq)
    .fetch_optional(conn)
    .await?;
    let Some(envelope) = envelope else {
        return Ok(None);
    };
    let envelope: Envelope = serde_json::from_str(&envelope)?;
    Ok(Some(crypto::chain_hash(&envelope.bytes)))
}

impl Store {
    /// The chain's link to the command recorded under a device's sequence number.
    pub(crate) async fn recorded_link(
        &self,
        programme: Uuid,
        device: Uuid,
        seq: i64,
    ) -> Result<Option<String>> {
        let mut conn = self.reads(programme).acquire().await?;
        recorded_link(&mut conn, &programme.to_string(), &device.to_string(), seq).await
    }

    /// Commands that wait for a person, the newest first; at most `limit`.
    pub async fn parked(&self, programme: Uuid, limit: i64) -> Result<Vec<CommandRow>> {
        let rows: Vec<Row> = db::query_as(
            "SELECT * FROM command WHERE programme_id = ? AND class = 'parked'
             ORDER BY recorded_ms DESC, device_id, device_seq DESC LIMIT ?",
        )
        .bind(programme.to_string())
        .bind(limit)
        .fetch_all(self.reads(programme))
        .await?;
        rows.into_iter().map(Row::command).collect()
    }

    /// A recorded command by its id.
    pub async fn command(&self, programme: Uuid, command_id: Uuid) -> Result<Option<CommandRow>> {
        let row: Option<Row> =
            db::query_as("SELECT * FROM command WHERE programme_id = ? AND command_id = ?")
                .bind(programme.to_string())
                .bind(command_id.to_string())
                .fetch_optional(self.reads(programme))
                .await?;
        row.map(Row::command).transpose()
    }
}
