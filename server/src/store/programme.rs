//! Programmes, their settings and their secrets.

use carrot_rules::entity::{ONLY, Programme};
use carrot_rules::{Account, RuleSet, Scope, Transfer};
use uuid::Uuid;

use super::{Store, Tx};
use crate::db::{self, Conn};
use crate::error::{Error, Result};

const CONTACT_KEY: &str = "contact_key";
const PIN_KEY: &str = "pin_key";

/// What makes a programme.
#[derive(Debug, Clone)]
pub struct NewProgramme {
    /// The programme; its id and code must be new.
    pub programme: Programme,
    /// Its first rule set.
    pub rules: RuleSet,
    /// Points that all leases together may hold; zero or more.
    pub offline_budget_points: i64,
}

/// A programme's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeRow {
    /// Id.
    pub id: Uuid,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Keys of keyed hashes, hex of 32 bytes each.
#[derive(Clone, PartialEq, Eq)]
pub struct ProgrammeSecrets {
    /// Key of contact hashes.
    pub contact_key: String,
    /// Key under the PIN verifiers.
    pub pin_key: String,
}

impl Store {
    /// Makes a programme with its rules, its offline budget and fresh secrets. Refuses a code or an
    /// id that is taken (`programme_exists`) and a budget below zero (`bad_input`).
    pub async fn create_programme(&self, new: NewProgramme) -> Result<Uuid> {
        let id = new.programme.id;
        if new.offline_budget_points < 0 {
            return Err(Error::refused(
                "bad_input",
                "the offline budget is below zero",
            ));
        }
        let mut tx = self.begin(id).await?;
        tx.insert_programme(&new.programme).await?;
        tx.put_setting(CONTACT_KEY, &hex::encode(self.random::<32>()?))
            .await?;
        tx.put_setting(PIN_KEY, &hex::encode(self.random::<32>()?))
            .await?;
        tx.renew_epoch().await?;
        let all = [Scope::Programme(id)];
        tx.put(ONLY, &new.programme, &all).await?;
        tx.put(ONLY, &new.rules, &all).await?;
        tx.grant_offline_budget(new.offline_budget_points).await?;
        let detail = serde_json::json!({"code": new.programme.code, "offline_budget_points": new.offline_budget_points});
        tx.audit("server", "programme.create", &id.to_string(), &detail)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// All programmes, by code.
    pub async fn programmes(&self) -> Result<Vec<ProgrammeRow>> {
        let rows: Vec<(String, String, String)> =
            db::query_as("SELECT programme_id, code, name FROM programme ORDER BY code")
                .fetch_all(self.reads_all())
                .await?;
        rows.into_iter()
            .map(|(id, code, name)| {
                Ok(ProgrammeRow {
                    id: uuid(&id)?,
                    code,
                    name,
                })
            })
            .collect()
    }

    /// A setting's value.
    pub async fn setting(&self, programme: Uuid, name: &str) -> Result<Option<String>> {
        let mut conn = self.reads(programme).acquire().await?;
        setting(&mut conn, programme, name).await
    }

    /// The keys of the programme's keyed hashes.
    pub async fn secrets(&self, programme: Uuid) -> Result<ProgrammeSecrets> {
        let mut conn = self.reads(programme).acquire().await?;
        secrets(&mut conn, programme).await
    }
}

impl Tx {
    async fn insert_programme(&mut self, programme: &Programme) -> Result<()> {
        let now_ms = self.now_ms();
        let inserted = db::query(
            "INSERT INTO programme (programme_id, code, name, created_ms) VALUES (?, ?, ?, ?)",
        )
        .bind(programme.id.to_string())
        .bind(&programme.code)
        .bind(&programme.name)
        .bind(now_ms)
        .execute(self.conn())
        .await
        .map_err(Error::from);
        match inserted {
            Err(error) if error.is_unique_violation() => Err(Error::refused(
                "programme_exists",
                "this id or code is taken",
            )),
            other => other.map(|_| ()),
        }
    }

    /// Adds points to the budget that leases are granted from.
    pub async fn grant_offline_budget(&mut self, points: i64) -> Result<()> {
        let legs = [
            (Account::Issuance, -points),
            (Account::OfflineBudget, points),
        ];
        let cause = Uuid::from_bytes(self.random::<16>()?);
        let now_ms = self.now_ms();
        self.book(cause, now_ms, &Transfer::points("opening", &legs)?)
            .await
    }

    /// Sets a setting.
    pub async fn put_setting(&mut self, name: &str, value: &str) -> Result<()> {
        let programme = self.key();
        db::query(
            "INSERT INTO setting (programme_id, name, value) VALUES (?, ?, ?)
             ON CONFLICT (programme_id, name) DO UPDATE SET value = excluded.value",
        )
        .bind(programme)
        .bind(name)
        .bind(value)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The programme's short code.
    pub async fn programme_code(&mut self) -> Result<String> {
        if let Some(code) = &self.code {
            return Ok(code.clone());
        }
        let programme = self.programme();
        let code = programme_code(self.conn(), programme).await?;
        self.code = Some(code.clone());
        Ok(code)
    }
}

async fn setting(conn: &mut Conn, programme: Uuid, name: &str) -> Result<Option<String>> {
    Ok(
        db::query_scalar("SELECT value FROM setting WHERE programme_id = ? AND name = ?")
            .bind(programme.to_string())
            .bind(name)
            .fetch_optional(conn)
            .await?,
    )
}

/// The keys of the programme's keyed hashes, on a given connection.
pub(crate) async fn secrets(conn: &mut Conn, programme: Uuid) -> Result<ProgrammeSecrets> {
    let missing = || Error::Damaged("a programme without its keys".to_owned());
    Ok(ProgrammeSecrets {
        contact_key: setting(conn, programme, CONTACT_KEY)
            .await?
            .ok_or_else(missing)?,
        pin_key: setting(conn, programme, PIN_KEY)
            .await?
            .ok_or_else(missing)?,
    })
}

/// A programme's short code, on a given connection.
pub(crate) async fn programme_code(conn: &mut Conn, programme: Uuid) -> Result<String> {
    Ok(
        db::query_scalar("SELECT code FROM programme WHERE programme_id = ?")
            .bind(programme.to_string())
            .fetch_one(conn)
            .await?,
    )
}

/// A stored UUID.
pub(super) fn uuid(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| Error::Damaged(format!("not a UUID: {text}")))
}

/// A stored UUID that may be missing.
pub(super) fn uuid_or_none(text: Option<String>) -> Result<Option<Uuid>> {
    text.as_deref().map(uuid).transpose()
}
