//! What a batch will ask for, read with a few statements before it is asked. What was not foreseen is
//! read when it is needed; nothing here decides anything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use carrot_rules::entity::EntityKind;
use carrot_rules::outcome::AwardKey;
use carrot_rules::{Account, Scope, Unit};
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

    /// Reads things ahead, and of units which of their credits are taken.
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
        let rows: Vec<Asked> = db::query_as(
            // Each by its key: a join would leave it to the database to read the whole table.
            "SELECT asked.key, (SELECT body FROM entity WHERE entity.programme_id = ?1
               AND entity.kind = asked.value ->> 0 AND entity.id = asked.value ->> 1),
               (SELECT group_concat(seen.scope, ' ') FROM entity_scope AS seen
                WHERE seen.programme_id = ?1 AND seen.kind = asked.value ->> 0
                AND seen.id = asked.value ->> 1),
               CASE asked.value ->> 0 WHEN ?3 THEN
                 (SELECT group_concat(purpose || char(31) || role || char(31) || command_id, char(30))
                  FROM award_key WHERE award_key.programme_id = ?1
                  AND award_key.unit = asked.value ->> 1) END
             FROM json_each(?2) AS asked",
        )
        .bind(programme)
        .bind(names)
        .bind(EntityKind::Unit.as_str())
        .fetch_all(self.conn())
        .await?;
        let mut found: BTreeMap<i64, _> = rows
            .into_iter()
            .map(|(number, body, scopes, awards)| (number, (body, scopes, awards)))
            .collect();
        for (number, key) in (0..).zip(asked) {
            let (body, scopes, awards) = found.remove(&number).unwrap_or_default();
            self.batch.things.note(key.clone(), read(body, scopes)?);
            if key.0 == EntityKind::Unit {
                self.note_awards(&key.1, awards.as_deref())?;
            }
        }
        Ok(())
    }

    /// Notes which credits of a unit are taken.
    fn note_awards(&mut self, unit: &str, taken: Option<&str>) -> Result<()> {
        for row in taken.iter().flat_map(|taken| taken.split(BETWEEN_ROWS)) {
            let fields: Vec<&str> = row.split(BETWEEN_FIELDS).collect();
            let &[purpose, role, command] = fields.as_slice() else {
                return Err(Error::Damaged(format!("a credit of {unit}")));
            };
            let key = AwardKey {
                unit: unit.to_owned(),
                purpose: purpose.to_owned(),
                role: role.to_owned(),
            };
            let taken = Known {
                value: Some(uuid(command)?),
                unsent: false,
            };
            self.batch.awards.note(key, taken);
        }
        self.batch.award_units.insert(unit.to_owned());
        Ok(())
    }

    /// Reads ahead what is recorded about commands (whether they came before, what they booked and
    /// whether a line of history is theirs), and where these accounts, these feeds and the chain stand.
    pub(crate) async fn foresee_books(
        &mut self,
        commands: &[Uuid],
        accounts: &[Account],
        scopes: &[Scope],
    ) -> Result<()> {
        let accounts: BTreeMap<String, Account> = accounts
            .iter()
            .map(|account| (account.to_string(), *account))
            .collect();
        let scopes: BTreeMap<String, Scope> = scopes
            .iter()
            .map(|scope| (scope.to_string(), *scope))
            .collect();
        let names = serde_json::to_string(&accounts.keys().collect::<Vec<_>>())?;
        let feeds = serde_json::to_string(&scopes.keys().collect::<Vec<_>>())?;
        let (programme, asked) = (self.key(), serde_json::to_string(commands)?);
        let found: Vec<Found> = db::query_as(BOOKS)
            .bind(programme)
            .bind(asked)
            .bind(names)
            .bind(Unit::Points.text())
            .bind(feeds)
            .fetch_all(self.conn())
            .await?;
        for row in found {
            let name = row.1.as_str();
            match row.0.as_str() {
                "command" => self.note_command(&row)?,
                "balance" => {
                    let known = Known {
                        value: row.2,
                        unsent: false,
                    };
                    if let Some(account) = accounts.get(name) {
                        self.batch.balances.note((*account, Unit::Points), known);
                    }
                }
                "chain" => {
                    self.note_chain(row.2, row.3, name)?;
                }
                _ => {
                    if let (Some(scope), (Some(epoch), Some(digest))) =
                        (scopes.get(name), (row.4, row.5))
                    {
                        self.note_head(*scope, row.2, epoch, digest);
                    }
                }
            }
        }
        Ok(())
    }

    fn note_command(&mut self, (_, id, recorded, booked, line, shown): &Found) -> Result<()> {
        let command = uuid(id)?;
        self.batch.recorded.note(command, *recorded > 0);
        self.batch.booked.note(command, *booked);
        // The first at or after where its lines would be.
        let own = |found: &String| {
            found
                .strip_prefix(id)
                .is_some_and(|rest| rest.starts_with(':'))
        };
        if !line.iter().chain(shown).any(own) {
            self.batch.lineless.insert(id.clone());
        }
        Ok(())
    }
}

/// A thing that was asked for: its number, its body, its scopes and what is taken of it.
type Asked = (i64, Option<String>, Option<String>, Option<String>);

/// A row of [`BOOKS`]: what it is about, its name, and what is known.
type Found = (String, String, i64, i64, Option<String>, Option<String>);

/// Everything by its key. A range of ids would leave it to the database to read all lines of history;
/// the first one along the key tells as much.
const BOOKS: &str = "SELECT 'command', asked.atom,
      (SELECT COUNT(*) FROM command WHERE programme_id = ?1 AND command_id = asked.atom),
      (SELECT COUNT(*) FROM transfer WHERE programme_id = ?1 AND command_id = asked.atom),
      (SELECT id FROM entity WHERE programme_id = ?1 AND kind = 'activity'
         AND id >= asked.atom || ':' ORDER BY id LIMIT 1),
      (SELECT id FROM entity_scope WHERE programme_id = ?1 AND kind = 'activity'
         AND id >= asked.atom || ':' ORDER BY id LIMIT 1)
    FROM json_each(?2) AS asked
    UNION ALL SELECT 'balance', asked.atom,
      COALESCE((SELECT amount FROM balance WHERE programme_id = ?1 AND account = asked.atom
        AND unit = ?4), 0), 0, NULL, NULL
    FROM json_each(?3) AS asked
    UNION ALL SELECT 'chain', hash, seq, recorded_ms, NULL, NULL
    FROM chain WHERE programme_id = ?1
    UNION ALL SELECT 'scope', asked.atom,
      COALESCE((SELECT seq FROM scope WHERE programme_id = ?1 AND scope = asked.atom), 0), 0,
      (SELECT epoch FROM scope WHERE programme_id = ?1 AND scope = asked.atom),
      (SELECT digest FROM scope WHERE programme_id = ?1 AND scope = asked.atom)
    FROM json_each(?5) AS asked";

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
