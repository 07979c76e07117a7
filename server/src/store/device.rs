//! Devices, the one-time codes that make them, and their sessions.

use carrot_wire::crypto;
use carrot_wire::limits::TOKEN_AGE_MS_MAX;
use ed25519_dalek::VerifyingKey;
use sqlx::FromRow;
use uuid::Uuid;

use super::programme::{uuid, uuid_or_none};
use super::{Store, Tx};
use crate::db::{self, Conn};
use crate::error::{Error, Result};
use crate::vouchers;

/// How long a challenge may be answered, milliseconds.
const CHALLENGE_AGE_MS_MAX: i64 = 60_000;

/// What a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceRole {
    /// Stands on an outlet's counter.
    Terminal,
    /// Belongs to one person.
    Phone,
}

impl DeviceRole {
    /// The role's name on the wire and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Phone => "phone",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Terminal, Self::Phone]
            .into_iter()
            .find(|role| role.as_str() == name)
    }
}

/// A device as the server knows it.
#[derive(Debug, Clone)]
pub struct Device {
    /// Id.
    pub id: Uuid,
    /// Programme.
    pub programme: Uuid,
    /// Role.
    pub role: DeviceRole,
    /// Outlet of a terminal.
    pub outlet: Option<Uuid>,
    /// Person of a phone.
    pub participant: Option<Uuid>,
    /// Public key, base64url.
    pub public_key: String,
    /// What it calls itself.
    pub name: String,
    /// True when its commands no longer take effect.
    pub revoked: bool,
    /// Its last recorded command; zero before the first.
    pub last_seq: i64,
    /// Chain hash of that command; empty before the first.
    pub last_hash: String,
    /// Enrolled, UTC milliseconds.
    pub enrolled_ms: i64,
    /// Last heard of, UTC milliseconds.
    pub seen_ms: i64,
    /// The version of the server's keys that it last said it knows; none before its first pull.
    pub trust_version: Option<i64>,
    /// How many of its commands another stands for; they count no more should they come.
    pub replaced: i64,
}

impl Device {
    /// The device's public key.
    pub fn key(&self) -> Result<VerifyingKey> {
        crypto::public_key(&self.public_key)
            .map_err(|_| Error::Damaged(format!("public key of device {}", self.id)))
    }
}

/// A one-time code as the server keeps it; the secret itself is not stored.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// Programme.
    pub programme: Uuid,
    /// Hash of the secret.
    pub secret_hash: String,
    /// What it makes.
    pub role: DeviceRole,
    /// Outlet for a terminal.
    pub outlet: Option<Uuid>,
    /// Person for a phone.
    pub participant: Option<Uuid>,
    /// First instant at which it is too late, UTC milliseconds.
    pub expires_ms: i64,
    /// The device that used it.
    pub device: Option<Uuid>,
}

#[derive(FromRow)]
struct DeviceRow {
    programme_id: String,
    device_id: String,
    role: String,
    outlet_id: Option<String>,
    participant_id: Option<String>,
    public_key: String,
    name: String,
    status: String,
    last_seq: i64,
    last_hash: String,
    enrolled_ms: i64,
    seen_ms: i64,
    trust_version: Option<i64>,
    replaced: i64,
}

impl DeviceRow {
    fn device(self) -> Result<Device> {
        Ok(Device {
            id: uuid(&self.device_id)?,
            programme: uuid(&self.programme_id)?,
            role: role(&self.role)?,
            outlet: uuid_or_none(self.outlet_id)?,
            participant: uuid_or_none(self.participant_id)?,
            public_key: self.public_key,
            name: self.name,
            revoked: self.status == "revoked",
            last_seq: self.last_seq,
            last_hash: self.last_hash,
            enrolled_ms: self.enrolled_ms,
            seen_ms: self.seen_ms,
            trust_version: self.trust_version,
            replaced: self.replaced,
        })
    }
}

fn role(name: &str) -> Result<DeviceRole> {
    DeviceRole::from_name(name).ok_or_else(|| Error::Damaged(format!("device role {name}")))
}

/// The hash under which a secret is kept.
fn secret_hash(secret: &str) -> String {
    crypto::hash(&[secret.as_bytes()])
}

/// A device by id, on a given connection.
pub(crate) async fn device(conn: &mut Conn, id: Uuid) -> Result<Option<Device>> {
    let row: Option<DeviceRow> = db::query_as("SELECT * FROM device WHERE device_id = ?")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(DeviceRow::device).transpose()
}

impl Store {
    /// A device by id.
    pub async fn device(&self, id: Uuid) -> Result<Option<Device>> {
        let mut conn = self.reads_all().acquire().await?;
        device(&mut conn, id).await
    }

    /// All devices of a programme, the newest first.
    pub async fn devices(&self, programme: Uuid) -> Result<Vec<Device>> {
        let rows: Vec<DeviceRow> = db::query_as(
            "SELECT * FROM device WHERE programme_id = ? ORDER BY enrolled_ms DESC, device_id",
        )
        .bind(programme.to_string())
        .fetch_all(self.reads(programme))
        .await?;
        rows.into_iter().map(DeviceRow::device).collect()
    }

    /// The device that holds an access token which is still valid.
    pub async fn device_by_token(&self, token: &str) -> Result<Option<Device>> {
        let row: Option<DeviceRow> = db::query_as(
            "SELECT device.* FROM token JOIN device USING (programme_id, device_id)
             WHERE token_hash = ? AND until_ms > ?",
        )
        .bind(secret_hash(token))
        .bind(self.now_ms())
        .fetch_optional(self.reads_all())
        .await?;
        row.map(DeviceRow::device).transpose()
    }

    /// The one-time code that a secret belongs to.
    pub async fn enrolment(&self, secret: &str) -> Result<Option<Enrolment>> {
        #[derive(FromRow)]
        struct Row {
            programme_id: String,
            secret_hash: String,
            role: String,
            outlet_id: Option<String>,
            participant_id: Option<String>,
            expires_ms: i64,
            device_id: Option<String>,
        }
        let row: Option<Row> = db::query_as("SELECT * FROM enrolment WHERE secret_hash = ?")
            .bind(secret_hash(secret))
            .fetch_optional(self.reads_all())
            .await?;
        row.map(|row| {
            Ok(Enrolment {
                programme: uuid(&row.programme_id)?,
                secret_hash: row.secret_hash,
                role: role(&row.role)?,
                outlet: uuid_or_none(row.outlet_id)?,
                participant: uuid_or_none(row.participant_id)?,
                expires_ms: row.expires_ms,
                device: uuid_or_none(row.device_id)?,
            })
        })
        .transpose()
    }
}

impl Tx {
    /// A device by id, as this transaction sees it.
    pub async fn device(&mut self, id: Uuid) -> Result<Option<Device>> {
        let found = device(self.conn(), id).await?;
        Ok(found.filter(|device| device.programme == self.programme()))
    }

    /// True when the person has a phone with this public key (base64url) whose rights stand, or, with
    /// an instant in UTC milliseconds, stood until after it.
    pub async fn has_phone(
        &mut self,
        participant: Uuid,
        public_key: &str,
        until_ms: Option<i64>,
    ) -> Result<bool> {
        let programme = self.key();
        let found: Option<(String, String)> = db::query_as(
            "SELECT device_id, status FROM device WHERE programme_id = ? AND participant_id = ?
             AND role = 'phone' AND public_key = ? ORDER BY status LIMIT 1",
        )
        .bind(programme.clone())
        .bind(participant.to_string())
        .bind(public_key)
        .fetch_optional(self.conn())
        .await?;
        match (found, until_ms) {
            (None, _) => Ok(false),
            (Some((_, status)), _) if status == "active" => Ok(true),
            (Some(_), None) => Ok(false),
            (Some((device, _)), Some(until_ms)) => {
                let revoked_ms: Option<i64> = db::query_scalar(
                    "SELECT MIN(at_ms) FROM audit WHERE programme_id = ? AND subject = ?
                     AND action = 'device.revoke'",
                )
                .bind(programme)
                .bind(device)
                .fetch_one(self.conn())
                .await?;
                Ok(revoked_ms.is_some_and(|revoked_ms| until_ms < revoked_ms))
            }
        }
    }

    /// Notes a one-time code by its secret's hash. `expires_ms` is UTC milliseconds.
    pub(crate) async fn insert_enrolment(
        &mut self,
        secret: &str,
        role: DeviceRole,
        outlet: Option<Uuid>,
        participant: Option<Uuid>,
        expires_ms: i64,
    ) -> Result<()> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        db::query(
            "INSERT INTO enrolment (programme_id, secret_hash, role, outlet_id, participant_id, created_ms, expires_ms)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(programme)
        .bind(secret_hash(secret))
        .bind(role.as_str())
        .bind(outlet.map(|id| id.to_string()))
        .bind(participant.map(|id| id.to_string()))
        .bind(now_ms)
        .bind(expires_ms)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Uses a one-time code for a device; false when another device was quicker.
    pub(crate) async fn use_enrolment(&mut self, secret_hash: &str, device: Uuid) -> Result<bool> {
        let now_ms = self.now_ms();
        let done = db::query(
            "UPDATE enrolment SET used_ms = ?, device_id = ? WHERE secret_hash = ? AND used_ms IS NULL",
        )
        .bind(now_ms)
        .bind(device.to_string())
        .bind(secret_hash)
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Adds a device.
    pub async fn insert_device(&mut self, device: &Device) -> Result<()> {
        db::query(
            "INSERT INTO device (programme_id, device_id, role, outlet_id, participant_id, public_key, name, status, last_seq, last_hash, enrolled_ms, seen_ms)
             VALUES (?, ?, ?, ?, ?, ?, ?, 'active', 0, '', ?, ?)",
        )
        .bind(device.programme.to_string())
        .bind(device.id.to_string())
        .bind(device.role.as_str())
        .bind(device.outlet.map(|id| id.to_string()))
        .bind(device.participant.map(|id| id.to_string()))
        .bind(&device.public_key)
        .bind(&device.name)
        .bind(device.enrolled_ms)
        .bind(device.enrolled_ms)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Takes a device's rights away for good: what it signed and nobody accepted yet will be parked,
    /// and it gets nothing more. Refuses `device_unknown`.
    pub async fn revoke_device(&mut self, id: Uuid, actor: &str) -> Result<()> {
        let programme = self.key();
        let done = db::query(
            "UPDATE device SET status = 'revoked' WHERE programme_id = ? AND device_id = ?",
        )
        .bind(programme)
        .bind(id.to_string())
        .execute(self.conn())
        .await?;
        if done.rows_affected() == 0 {
            return Err(Error::refused(
                "device_unknown",
                "no such device in this programme",
            ));
        }
        if let Some(device) = self.device(id).await? {
            vouchers::show_till(self, &device, None).await?;
        }
        self.audit(
            actor,
            "device.revoke",
            &id.to_string(),
            &serde_json::json!({}),
        )
        .await
    }

    /// Notes that a device was heard of.
    pub async fn touch_device(&mut self, id: Uuid) -> Result<()> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        db::query("UPDATE device SET seen_ms = ? WHERE programme_id = ? AND device_id = ?")
            .bind(now_ms)
            .bind(programme)
            .bind(id.to_string())
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Notes that a device pulled, and which version of the server's keys it knows.
    pub(crate) async fn hear_device(&mut self, id: Uuid, trust_version: i64) -> Result<()> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        db::query(
            "UPDATE device SET seen_ms = ?, trust_version = ? WHERE programme_id = ? AND device_id = ?",
        )
        .bind(now_ms)
        .bind(trust_version)
        .bind(programme)
        .bind(id.to_string())
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Notes a challenge for a device, and forgets those that ended.
    pub(crate) async fn insert_challenge(&mut self, device: Uuid, challenge: &str) -> Result<()> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        db::query("DELETE FROM challenge WHERE programme_id = ? AND until_ms <= ?")
            .bind(&programme)
            .bind(now_ms)
            .execute(self.conn())
            .await?;
        db::query(
            "INSERT INTO challenge (programme_id, challenge_hash, device_id, until_ms) VALUES (?, ?, ?, ?)",
        )
        .bind(&programme)
        .bind(secret_hash(challenge))
        .bind(device.to_string())
        .bind(now_ms.saturating_add(CHALLENGE_AGE_MS_MAX))
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Uses up a device's challenge; false when there was none or it ended.
    pub(crate) async fn take_challenge(&mut self, device: Uuid, challenge: &str) -> Result<bool> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        let done = db::query(
            "DELETE FROM challenge WHERE programme_id = ? AND challenge_hash = ? AND device_id = ? AND until_ms > ?",
        )
        .bind(programme)
        .bind(secret_hash(challenge))
        .bind(device.to_string())
        .bind(now_ms)
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Opens a session; answers when it ends, UTC milliseconds. Forgets sessions that ended.
    pub(crate) async fn insert_token(&mut self, device: Uuid, token: &str) -> Result<i64> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        db::query("DELETE FROM token WHERE programme_id = ? AND until_ms <= ?")
            .bind(&programme)
            .bind(now_ms)
            .execute(self.conn())
            .await?;
        let until_ms = now_ms.saturating_add(TOKEN_AGE_MS_MAX);
        db::query(
            "INSERT INTO token (programme_id, token_hash, device_id, until_ms) VALUES (?, ?, ?, ?)",
        )
        .bind(&programme)
        .bind(secret_hash(token))
        .bind(device.to_string())
        .bind(until_ms)
        .execute(self.conn())
        .await?;
        Ok(until_ms)
    }
}
