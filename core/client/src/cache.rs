//! The cache's file: per scope an exact prefix of the server's history.

use std::collections::BTreeMap;
use std::sync::Arc;

use carrot_rules::entity::{EntityKind, ONLY};
use carrot_rules::index::Index;
use carrot_rules::{Account, RuleSet, Scope};
use carrot_sync::{Cursor, pages::Verified, plan::Held};
use carrot_wire::pull::{Change, PersonName};
use serde_json::Value;
use sqlx::{Sqlite, Transaction};
use uuid::Uuid;

use crate::compact::META_LOOKED;
use crate::db::{Db, Store};
use crate::error::{ClientError, Result};
use crate::hand::Hand;
use crate::kept::{Changing, Kept, Key};

/// The cache.
#[derive(Debug, Clone)]
pub struct Cache {
    db: Db,
    kept: Kept,
    hand: Hand,
}

/// A write transaction of the cache.
pub type Write = Transaction<'static, Sqlite>;

/// The error of a statement on the cache.
pub fn failed(error: sqlx::Error) -> ClientError {
    Store::Cache.failed(&error)
}

impl Cache {
    /// Over an open file.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self {
            db,
            kept: Kept::default(),
            hand: Hand::default(),
        }
    }

    /// The base is about to change: nothing is answered from memory until this is dropped.
    pub fn changing(&self) -> Changing {
        self.kept.changing()
    }

    /// The file.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Closes every connection until the next use; true when none is open.
    pub async fn rest(&self) -> bool {
        self.hand.let_go();
        self.db.rest().await
    }

    /// One confirmed thing.
    pub async fn entity(&self, kind: EntityKind, id: &str) -> Result<Option<Value>> {
        let key = (kind, id.to_owned());
        if let Some(known) = self.kept.get(&key) {
            return Ok(known);
        }
        let since = self.kept.since();
        let mut reader = self.hand.take(self.db.reader()).await.map_err(failed)?;
        let body: Option<String> =
            sqlx::query_scalar("SELECT body FROM entity WHERE kind = ?1 AND id = ?2")
                .bind(kind.as_str())
                .bind(id)
                .fetch_optional(&mut *reader)
                .await
                .map_err(failed)?;
        self.hand.keep(self.db.reader(), reader);
        let body: Option<Value> = body.as_deref().map(serde_json::from_str).transpose()?;
        self.kept.keep(since, key, body.clone());
        Ok(body)
    }

    /// The confirmed rule set, compiled once for each version; none when there is none that reads.
    pub async fn rules(&self) -> Result<Option<Arc<Index>>> {
        if let Some(known) = self.kept.rules() {
            return Ok(Some(known));
        }
        let since = self.kept.since();
        let body = self.entity(EntityKind::RuleSet, ONLY).await?;
        let set = body.and_then(|body| serde_json::from_value::<RuleSet>(body).ok());
        let rules = set.map(|set| Arc::new(Index::new(set)));
        if let Some(rules) = &rules {
            self.kept.keep_rules(since, Arc::clone(rules));
        }
        Ok(rules)
    }

    /// Several confirmed things in one look into the file; absence is an answer too.
    pub async fn entities_of(&self, keys: Vec<Key>) -> Result<Vec<(Key, Option<Value>)>> {
        let mut found = Vec::with_capacity(keys.len());
        let mut missing = Vec::new();
        for key in keys {
            match self.kept.get(&key) {
                Some(known) => found.push((key, known)),
                None => missing.push(key),
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let since = self.kept.since();
        let asked: Vec<(&str, &str)> = missing
            .iter()
            .map(|(kind, id)| (kind.as_str(), id.as_str()))
            .collect();
        let mut reader = self.hand.take(self.db.reader()).await.map_err(failed)?;
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT asked.key, entity.body FROM json_each(?1) AS asked CROSS JOIN entity \
             ON entity.kind = asked.value ->> 0 AND entity.id = asked.value ->> 1",
        )
        .bind(serde_json::to_string(&asked)?)
        .fetch_all(&mut *reader)
        .await
        .map_err(failed)?;
        self.hand.keep(self.db.reader(), reader);
        let mut bodies: BTreeMap<i64, String> = rows.into_iter().collect();
        for (number, key) in (0..).zip(missing) {
            let body = bodies.remove(&number);
            let body: Option<Value> = body.as_deref().map(serde_json::from_str).transpose()?;
            self.kept.keep(since, key.clone(), body.clone());
            found.push((key, body));
        }
        Ok(found)
    }

    /// Whose contact or card this is, as a thing of that kind. A terminal is told the members that it
    /// has seen, each with the keyed hashes of its contacts, and not the programme's list of contacts.
    pub async fn owner_of(&self, kind: EntityKind, id: &str) -> Result<Option<Value>> {
        let field = match kind {
            EntityKind::Contact => "contacts",
            EntityKind::Card => "cards",
            _ => return Ok(None),
        };
        let bodies: Vec<String> = sqlx::query_scalar(
            "SELECT body FROM entity WHERE kind = 'member' AND instr(body, ?1) > 0",
        )
        .bind(id)
        .fetch_all(self.db.reader())
        .await
        .map_err(failed)?;
        for body in bodies {
            let member: Value = serde_json::from_str(&body)?;
            let listed = member.get(field).and_then(Value::as_array);
            if listed.is_some_and(|all| all.iter().any(|one| one.as_str() == Some(id))) {
                let person = member.get("participant").cloned();
                return Ok(person.map(|person| serde_json::json!({ "participant": person })));
            }
        }
        Ok(None)
    }

    /// Confirmed things of a kind in order of their ids, after one id, at most `limit`.
    pub async fn entities(
        &self,
        kind: EntityKind,
        after: &str,
        limit: i64,
    ) -> Result<Vec<(String, Value)>> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT id, body FROM entity WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )
        .bind(kind.as_str())
        .bind(after)
        .bind(limit)
        .fetch_all(self.db.reader())
        .await
        .map_err(failed)?;
        rows.into_iter()
            .map(|(id, body)| Ok((id, serde_json::from_str(&body)?)))
            .collect()
    }

    /// A confirmed balance, points.
    pub async fn balance(&self, account: Account) -> Result<Option<i64>> {
        sqlx::query_scalar("SELECT points FROM balance WHERE account = ?1 AND unit = 'points'")
            .bind(account.to_string())
            .fetch_optional(self.db.reader())
            .await
            .map_err(failed)
    }

    /// True once everything was pulled, until a scope begins anew.
    pub async fn synced(&self) -> Result<bool> {
        let found: Option<String> =
            sqlx::query_scalar("SELECT value FROM meta WHERE name = 'synced'")
                .fetch_optional(self.db.reader())
                .await
                .map_err(failed)?;
        Ok(found.is_some())
    }

    /// Until everything is pulled again, what is missing is unknown and not known to be absent.
    pub async fn forget_synced(write: &mut Write) -> Result<()> {
        sqlx::query("DELETE FROM meta WHERE name = 'synced'")
            .execute(&mut **write)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Notes that everything was pulled.
    pub async fn set_synced(&self) -> Result<()> {
        let mut write = self.db.write().await?;
        sqlx::query("INSERT OR IGNORE INTO meta (name, value) VALUES ('synced', '1')")
            .execute(&mut *write)
            .await
            .map_err(failed)?;
        write.commit().await.map_err(failed)
    }

    /// The numbers up to which each scope is known.
    pub async fn cursors(&self) -> Result<BTreeMap<Scope, i64>> {
        let rows: Vec<(String, i64)> = sqlx::query_as("SELECT id, cursor FROM scope")
            .fetch_all(self.db.reader())
            .await
            .map_err(failed)?;
        let read = |(id, cursor): (String, i64)| Some((id.parse().ok()?, cursor));
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// The history and the number up to which each scope is known, by its name.
    pub async fn stands(&self) -> Result<BTreeMap<String, (String, i64)>> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT id, epoch, cursor FROM scope")
                .fetch_all(self.db.reader())
                .await
                .map_err(failed)?;
        let named = |(id, epoch, cursor)| (id, (epoch, cursor));
        Ok(rows.into_iter().map(named).collect())
    }

    /// True when a scope does not reach where it stood before, as after a loss of power: the file
    /// does not wait for the disk. Of another history it may be the one before.
    pub async fn went_back(&self, before: &BTreeMap<String, (String, i64)>) -> Result<bool> {
        let now = self.stands().await?;
        let back = |(id, (epoch, cursor)): (&String, &(String, i64))| match now.get(id) {
            Some((same, reached)) => same != epoch || reached < cursor,
            None => true,
        };
        Ok(before.iter().any(back))
    }

    /// Every scope with its cursor.
    pub async fn scopes(&self) -> Result<Vec<Held>> {
        type Found = (String, String, i64, i64, String, bool);
        let rows: Vec<Found> = sqlx::query_as(
            "SELECT id, epoch, cursor, high, digest, suspect FROM scope ORDER BY id",
        )
        .fetch_all(self.db.reader())
        .await
        .map_err(failed)?;
        let read = |(id, epoch, after, high, digest, suspect): Found| {
            let cursor = Cursor {
                epoch,
                after,
                digest,
            };
            Some(Held {
                id: id.parse().ok()?,
                cursor,
                high,
                suspect,
            })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Applies a checked page within a transaction. One that begins a scope anew and does not bring all
    /// of it leaves the cache incomplete, also for the next start: until everything is pulled again,
    /// what is missing is unknown and not known to be absent.
    pub async fn apply(write: &mut Write, scope: Scope, page: &Verified, high: i64) -> Result<()> {
        if page.reset {
            Self::drop_scope(write, scope).await?;
            if page.cursor.after < high {
                Self::forget_synced(write).await?;
            }
        }
        let name = scope.to_string();
        for change in page.changes.iter().flatten() {
            apply_change(write, &name, change).await?;
        }
        sqlx::query(
            "INSERT OR REPLACE INTO scope (id, epoch, cursor, high, digest, suspect) \
             VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        )
        .bind(&name)
        .bind(&page.cursor.epoch)
        .bind(page.cursor.after)
        .bind(high)
        .bind(&page.cursor.digest)
        .execute(&mut **write)
        .await
        .map_err(failed)?;
        Ok(())
    }

    /// Drops everything of a scope within a transaction.
    pub async fn drop_scope(write: &mut Write, scope: Scope) -> Result<()> {
        for sql in [
            "DELETE FROM entity WHERE scope = ?1",
            "DELETE FROM balance WHERE scope = ?1",
            "DELETE FROM scope WHERE id = ?1",
        ] {
            sqlx::query(sql)
                .bind(scope.to_string())
                .execute(&mut **write)
                .await
                .map_err(failed)?;
        }
        // What comes anew may bring old lines again.
        sqlx::query("DELETE FROM meta WHERE name = ?1")
            .bind(META_LOOKED)
            .execute(&mut **write)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Asks for a scope from its beginning next time.
    pub async fn suspect(write: &mut Write, scope: Scope) -> Result<()> {
        sqlx::query("UPDATE scope SET suspect = 1 WHERE id = ?1")
            .bind(scope.to_string())
            .execute(&mut **write)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Stores how people are called, within a transaction.
    pub async fn name(write: &mut Write, people: &[PersonName]) -> Result<()> {
        for person in people {
            sqlx::query(
                "INSERT OR REPLACE INTO person (participant, name, language) VALUES (?1, ?2, ?3)",
            )
            .bind(person.participant.to_string())
            .bind(&person.name)
            .bind(&person.language)
            .execute(&mut **write)
            .await
            .map_err(failed)?;
        }
        Ok(())
    }

    /// Forgets how people are called; the next pull brings it again.
    pub async fn forget_people(&self) -> Result<()> {
        let mut write = self.db().write().await?;
        sqlx::query("DELETE FROM person")
            .execute(&mut *write)
            .await
            .map_err(failed)?;
        write.commit().await.map_err(failed)
    }

    /// How one person is called.
    pub async fn person(&self, participant: Uuid) -> Result<Option<String>> {
        sqlx::query_scalar("SELECT name FROM person WHERE participant = ?1")
            .bind(participant.to_string())
            .fetch_optional(self.db.reader())
            .await
            .map_err(failed)
    }

    /// How everybody known here is called.
    pub async fn people(&self) -> Result<Vec<PersonName>> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT participant, name, language FROM person ORDER BY name")
                .fetch_all(self.db.reader())
                .await
                .map_err(failed)?;
        let read = |(participant, name, language): (String, String, String)| {
            Some(PersonName {
                participant: Uuid::parse_str(&participant).ok()?,
                name,
                language,
            })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}

async fn apply_change(write: &mut Write, scope: &str, change: &Change) -> Result<()> {
    match change {
        Change::Entity { kind, id, body } => sqlx::query(
            "INSERT OR REPLACE INTO entity (kind, id, scope, body) VALUES (?1, ?2, ?3, ?4)",
        )
        .bind(kind)
        .bind(id)
        .bind(scope)
        .bind(serde_json::to_string(body)?),
        Change::Balance {
            account,
            unit,
            balance,
            ..
        } => sqlx::query(
            "INSERT OR REPLACE INTO balance (account, unit, scope, points) VALUES (?1, ?2, ?3, ?4)",
        )
        .bind(account)
        .bind(unit)
        .bind(scope)
        .bind(balance),
    }
    .execute(&mut **write)
    .await
    .map_err(failed)?;
    Ok(())
}
