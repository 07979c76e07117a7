//! What a batch will ask for, read with a few statements before it is asked. What was not foreseen is
//! read when it is needed; nothing here decides anything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use carrot_rules::Scope;
use carrot_rules::entity::EntityKind;
use carrot_rules::outcome::AwardKey;
use uuid::Uuid;

use super::batch::{Key, Known, Thing};
use super::programme::uuid;
use super::tx::Tx;
use crate::db::{self, Conn};
use crate::error::{Error, Result};

impl Tx {
    /// A thing as this transaction sees it; one that does not exist has no body and may have scopes.
    pub(super) async fn thing(&mut self, kind: EntityKind, id: &str) -> Result<Thing> {
        let key = (kind, id.to_owned());
        if let Some(known) = self.batch.things.get(&key) {
            return Ok(known.clone());
        }
        if kind == EntityKind::Activity
            && let Some((command, _)) = id.split_once(':')
            && self.batch.lineless.contains(command)
        {
            return Ok(Thing::default());
        }
        let programme = self.key();
        let thing = load(self.conn(), &programme, kind, id).await?;
        if self.batching {
            self.batch.things.note(key, thing.clone());
        }
        Ok(thing)
    }

    /// True when a thing was read and not written since.
    pub(crate) fn is_as_read(&self, key: &Key) -> bool {
        let known = self.batch.things.get(key);
        known.is_some_and(|thing| !thing.unsent)
    }

    /// Reads things ahead.
    pub(crate) async fn foresee_things(&mut self, keys: &BTreeSet<Key>) -> Result<()> {
        let asked: Vec<&Key> = keys
            .iter()
            .filter(|key| self.batch.things.get(key).is_none())
            .collect();
        if asked.is_empty() {
            return Ok(());
        }
        let names: Vec<(&str, &str)> = asked
            .iter()
            .map(|(kind, id)| (kind.as_str(), id.as_str()))
            .collect();
        let (programme, names) = (self.key(), serde_json::to_string(&names)?);
        let rows: Vec<(i64, Option<String>, Option<String>)> = db::query_as(
            "SELECT asked.key, entity.body, (SELECT group_concat(seen.scope, ' ')
               FROM entity_scope AS seen WHERE seen.programme_id = ?1
               AND seen.kind = asked.value ->> 0 AND seen.id = asked.value ->> 1)
             FROM json_each(?2) AS asked LEFT JOIN entity ON entity.programme_id = ?1
               AND entity.kind = asked.value ->> 0 AND entity.id = asked.value ->> 1",
        )
        .bind(programme)
        .bind(names)
        .fetch_all(self.conn())
        .await?;
        let mut found: BTreeMap<i64, (Option<String>, Option<String>)> = rows
            .into_iter()
            .map(|(number, body, scopes)| (number, (body, scopes)))
            .collect();
        for (number, key) in (0..).zip(asked) {
            let (body, scopes) = found.remove(&number).unwrap_or_default();
            self.batch.things.note(key.clone(), read(body, scopes)?);
        }
        Ok(())
    }

    /// Reads ahead what is recorded about commands: whether they came before, what they booked and
    /// whether a line of history is theirs.
    pub(crate) async fn foresee_commands(&mut self, ids: &[Uuid]) -> Result<()> {
        let (programme, asked) = (self.key(), serde_json::to_string(ids)?);
        let known: Vec<String> = db::query_scalar(
            "SELECT asked.atom FROM json_each(?2) AS asked WHERE EXISTS (SELECT 1 FROM command
             WHERE programme_id = ?1 AND command_id = asked.atom)",
        )
        .bind(&programme)
        .bind(&asked)
        .fetch_all(self.conn())
        .await?;
        let booked: Vec<(String, i64)> = db::query_as(
            "SELECT asked.atom, (SELECT COUNT(*) FROM transfer
             WHERE programme_id = ?1 AND command_id = asked.atom) FROM json_each(?2) AS asked",
        )
        .bind(&programme)
        .bind(&asked)
        .fetch_all(self.conn())
        .await?;
        let lined: Vec<String> = db::query_scalar(
            "SELECT asked.atom FROM json_each(?2) AS asked WHERE EXISTS (SELECT 1 FROM entity
               WHERE programme_id = ?1 AND kind = 'activity'
               AND id >= asked.atom || ':' AND id < asked.atom || ';')
             OR EXISTS (SELECT 1 FROM entity_scope WHERE programme_id = ?1 AND kind = 'activity'
               AND id >= asked.atom || ':' AND id < asked.atom || ';')",
        )
        .bind(&programme)
        .bind(&asked)
        .fetch_all(self.conn())
        .await?;
        let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        let lined: BTreeSet<&str> = lined.iter().map(String::as_str).collect();
        for id in ids {
            let name = id.to_string();
            self.batch.recorded.note(*id, known.contains(&*name));
            if !lined.contains(&*name) {
                self.batch.lineless.insert(name);
            }
        }
        for (id, count) in booked {
            self.batch.booked.note(uuid(&id)?, count);
        }
        Ok(())
    }

    /// Reads ahead which credits of these units are taken.
    pub(crate) async fn foresee_awards(&mut self, units: &BTreeSet<String>) -> Result<()> {
        if units.is_empty() {
            return Ok(());
        }
        let (programme, asked) = (self.key(), serde_json::to_string(units)?);
        let rows: Vec<(String, String, String, String)> = db::query_as(
            "SELECT unit, purpose, role, command_id FROM json_each(?2) AS asked
             CROSS JOIN award_key ON programme_id = ?1 AND unit = asked.atom",
        )
        .bind(programme)
        .bind(asked)
        .fetch_all(self.conn())
        .await?;
        for (unit, purpose, role, command) in rows {
            let key = AwardKey {
                unit,
                purpose,
                role,
            };
            let taken = Known {
                value: Some(uuid(&command)?),
                unsent: false,
            };
            self.batch.awards.note(key, taken);
        }
        self.batch.award_units.extend(units.iter().cloned());
        Ok(())
    }
}

async fn load(conn: &mut Conn, programme: &str, kind: EntityKind, id: &str) -> Result<Thing> {
    let (body, scopes): (Option<String>, Option<String>) = db::query_as(
        "SELECT (SELECT body FROM entity WHERE programme_id = ?1 AND kind = ?2 AND id = ?3),
           (SELECT group_concat(scope, ' ') FROM entity_scope
            WHERE programme_id = ?1 AND kind = ?2 AND id = ?3)",
    )
    .bind(programme)
    .bind(kind.as_str())
    .bind(id)
    .fetch_one(conn)
    .await?;
    read(body, scopes)
}

fn read(body: Option<String>, scopes: Option<String>) -> Result<Thing> {
    let mut names: Vec<&str> = scopes.as_deref().unwrap_or_default().split(' ').collect();
    names.sort_unstable();
    let damaged = |name: &str| Error::Damaged(format!("scope {name}"));
    let scopes = names
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| name.parse().map_err(|_| damaged(name)))
        .collect::<Result<Vec<Scope>>>()?;
    Ok(Thing {
        body: body.map(Arc::from),
        unsent: false,
        scopes,
    })
}
