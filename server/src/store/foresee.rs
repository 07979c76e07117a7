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

/// What stands between the fields of a row in a list of rows, and between its rows.
const BETWEEN_FIELDS: char = '\u{1f}';
const BETWEEN_ROWS: char = '\u{1e}';

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
            // Each by its key: a join would leave it to the database to read the whole table.
            "SELECT asked.key, (SELECT body FROM entity WHERE entity.programme_id = ?1
               AND entity.kind = asked.value ->> 0 AND entity.id = asked.value ->> 1),
               (SELECT group_concat(seen.scope, ' ') FROM entity_scope AS seen
                WHERE seen.programme_id = ?1 AND seen.kind = asked.value ->> 0
                AND seen.id = asked.value ->> 1)
             FROM json_each(?2) AS asked",
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
        let found: Vec<(String, i64, i64, i64)> = db::query_as(
            "SELECT asked.atom,
               (SELECT COUNT(*) FROM command WHERE programme_id = ?1 AND command_id = asked.atom),
               (SELECT COUNT(*) FROM transfer WHERE programme_id = ?1 AND command_id = asked.atom),
               (SELECT COUNT(*) FROM entity WHERE programme_id = ?1 AND kind = 'activity'
                  AND id >= asked.atom || ':' AND id < asked.atom || ';')
               + (SELECT COUNT(*) FROM entity_scope WHERE programme_id = ?1 AND kind = 'activity'
                  AND id >= asked.atom || ':' AND id < asked.atom || ';')
             FROM json_each(?2) AS asked",
        )
        .bind(programme)
        .bind(asked)
        .fetch_all(self.conn())
        .await?;
        for (id, recorded, booked, lines) in found {
            let command = uuid(&id)?;
            self.batch.recorded.note(command, recorded > 0);
            self.batch.booked.note(command, booked);
            if lines == 0 {
                self.batch.lineless.insert(id);
            }
        }
        Ok(())
    }

    /// Reads ahead which credits of these units are taken.
    pub(crate) async fn foresee_awards(&mut self, units: &BTreeSet<String>) -> Result<()> {
        if units.is_empty() {
            return Ok(());
        }
        let (programme, asked) = (self.key(), serde_json::to_string(units)?);
        let rows: Vec<(String, Option<String>)> = db::query_as(
            "SELECT asked.atom, (SELECT group_concat(purpose || char(31) || role || char(31)
               || command_id, char(30)) FROM award_key WHERE programme_id = ?1 AND unit = asked.atom)
             FROM json_each(?2) AS asked",
        )
        .bind(programme)
        .bind(asked)
        .fetch_all(self.conn())
        .await?;
        for (unit, taken) in rows {
            for row in taken.iter().flat_map(|taken| taken.split(BETWEEN_ROWS)) {
                let fields: Vec<&str> = row.split(BETWEEN_FIELDS).collect();
                let &[purpose, role, command] = fields.as_slice() else {
                    return Err(Error::Damaged(format!("a credit of {unit}")));
                };
                let key = AwardKey {
                    unit: unit.clone(),
                    purpose: purpose.to_owned(),
                    role: role.to_owned(),
                };
                let taken = Known {
                    value: Some(uuid(command)?),
                    unsent: false,
                };
                self.batch.awards.note(key, taken);
            }
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
