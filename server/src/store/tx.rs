//! A write transaction: things written with their visibility, and what it touched.

use std::collections::BTreeMap;
use std::sync::Arc;

use carrot_rules::entity::{Entity, EntityKind};
use carrot_rules::{Scope, Upsert};
use carrot_wire::pull::Change;
use serde::de::DeserializeOwned;
use sqlx::{Sqlite, SqliteConnection, Transaction};
use uuid::Uuid;

use super::feed::Head;
use super::read;
use crate::error::{Error, Result};
use crate::keys::Keys;

/// A write transaction in one programme. Dropped without [`Tx::commit`] it changes nothing.
pub struct Tx {
    inner: Transaction<'static, Sqlite>,
    pub(super) programme: Uuid,
    now_ms: i64,
    keys: Arc<Keys>,
    /// Where each scope's feed stands, as far as this transaction has looked.
    pub(super) heads: BTreeMap<Scope, Head>,
    /// The newest number in each scope that was appended to since the last [`Tx::take_touched`].
    pub(super) touched: BTreeMap<Scope, i64>,
}

impl Tx {
    pub(super) fn new(
        inner: Transaction<'static, Sqlite>,
        programme: Uuid,
        now_ms: i64,
        keys: Arc<Keys>,
    ) -> Self {
        Self {
            inner,
            programme,
            now_ms,
            keys,
            heads: BTreeMap::new(),
            touched: BTreeMap::new(),
        }
    }

    /// Makes everything since the beginning durable, all or nothing.
    pub async fn commit(self) -> Result<()> {
        Ok(self.inner.commit().await?)
    }

    /// The programme it writes in.
    #[must_use]
    pub fn programme(&self) -> Uuid {
        self.programme
    }

    /// The instant of the transaction, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// The server's signing keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The connection, for statements of modules that keep tables of their own.
    pub fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }

    pub(super) fn key(&self) -> String {
        self.programme.to_string()
    }

    /// Opens a savepoint; savepoints nest.
    pub(crate) async fn savepoint(&mut self) -> Result<()> {
        sqlx::query("SAVEPOINT step").execute(self.conn()).await?;
        Ok(())
    }

    /// Closes the innermost savepoint and keeps what was done since.
    pub(crate) async fn release(&mut self) -> Result<()> {
        sqlx::query("RELEASE step").execute(self.conn()).await?;
        Ok(())
    }

    /// Closes the innermost savepoint and undoes what was done since.
    pub(crate) async fn undo(&mut self) -> Result<()> {
        sqlx::query("ROLLBACK TO step").execute(self.conn()).await?;
        self.heads.clear();
        self.touched.clear();
        self.release().await
    }

    /// The newest number of each scope appended to since the last call.
    pub(crate) fn take_touched(&mut self) -> BTreeMap<Scope, i64> {
        std::mem::take(&mut self.touched)
    }

    /// Writes a thing and shows it: one change per scope that sees it now or saw it before. A member
    /// who becomes visible to an outlet brings along the balances that its terminals display.
    pub async fn put_entity(&mut self, upsert: &Upsert) -> Result<()> {
        let (programme, kind) = (self.key(), upsert.kind.as_str());
        let now_ms = self.now_ms;
        sqlx::query(
            "INSERT INTO entity (programme_id, kind, id, body, updated_ms) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (programme_id, kind, id)
             DO UPDATE SET body = excluded.body, updated_ms = excluded.updated_ms",
        )
        .bind(&programme)
        .bind(kind)
        .bind(&upsert.id)
        .bind(serde_json::to_string(&upsert.body)?)
        .bind(now_ms)
        .execute(self.conn())
        .await?;
        let mut fresh = Vec::new();
        for scope in &upsert.scopes {
            if self.remember(kind, &upsert.id, *scope).await? {
                fresh.push(*scope);
            }
        }
        let change = Change::entity(upsert.kind, &upsert.id, upsert.body.clone());
        for scope in self.scopes_of(upsert.kind, &upsert.id).await? {
            self.append(scope, &change).await?;
        }
        if upsert.kind == EntityKind::Member {
            let member: Uuid = upsert
                .id
                .parse()
                .map_err(|_| Error::Damaged("a member's id is not a UUID".to_owned()))?;
            for scope in fresh
                .into_iter()
                .filter(|scope| matches!(scope, Scope::Outlet(_)))
            {
                self.show_balances(member, scope).await?;
            }
        }
        Ok(())
    }

    /// Writes a typed thing; see [`Tx::put_entity`].
    pub async fn put<T: Entity>(&mut self, id: &str, thing: &T, scopes: &[Scope]) -> Result<()> {
        self.put_entity(&Upsert::of(id, thing, scopes)).await
    }

    async fn remember(&mut self, kind: &str, id: &str, scope: Scope) -> Result<bool> {
        let programme = self.key();
        let done = sqlx::query(
            "INSERT INTO entity_scope (programme_id, kind, id, scope) VALUES (?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(programme)
        .bind(kind)
        .bind(id)
        .bind(scope.to_string())
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// The scopes that a thing is visible in, in their order.
    pub async fn scopes_of(&mut self, kind: EntityKind, id: &str) -> Result<Vec<Scope>> {
        let programme = self.key();
        let texts: Vec<String> = sqlx::query_scalar(
            "SELECT scope FROM entity_scope WHERE programme_id = ? AND kind = ? AND id = ? ORDER BY scope",
        )
        .bind(programme)
        .bind(kind.as_str())
        .bind(id)
        .fetch_all(self.conn())
        .await?;
        texts
            .iter()
            .map(|text| {
                text.parse()
                    .map_err(|_| Error::Damaged(format!("scope {text}")))
            })
            .collect()
    }

    /// True when the thing is visible in the scope.
    pub async fn is_visible(&mut self, kind: EntityKind, id: &str, scope: Scope) -> Result<bool> {
        let programme = self.key();
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM entity_scope WHERE programme_id = ? AND kind = ? AND id = ? AND scope = ?",
        )
        .bind(programme)
        .bind(kind.as_str())
        .bind(id)
        .bind(scope.to_string())
        .fetch_optional(self.conn())
        .await?;
        Ok(found.is_some())
    }

    /// The thing's body as this transaction sees it.
    pub async fn body(&mut self, kind: EntityKind, id: &str) -> Result<Option<serde_json::Value>> {
        let programme = self.key();
        read::body(self.conn(), &programme, kind, id).await
    }

    /// The thing as this transaction sees it.
    pub async fn entity<T: Entity + DeserializeOwned>(&mut self, id: &str) -> Result<Option<T>> {
        let body = self.body(T::KIND, id).await?;
        Ok(body.map(serde_json::from_value).transpose()?)
    }
}

#[cfg(test)]
mod tests {
    use carrot_rules::entity::Programme;
    use carrot_rules::ruleset::{Limits, RuleSet};

    use super::*;
    use crate::store::{NewProgramme, Store};

    #[tokio::test]
    async fn what_is_undone_leaves_no_hole_in_a_feed() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let id = Uuid::from_u128(1);
        let programme = Programme {
            id,
            code: "undo".to_owned(),
            name: "Undo".to_owned(),
            points_word: BTreeMap::new(),
            theme: BTreeMap::new(),
            currency: "DKK".to_owned(),
            time_zone: "UTC".to_owned(),
        };
        let rules = RuleSet {
            version: 1,
            per_amount: Vec::new(),
            multipliers: Vec::new(),
            limits: Limits::default(),
        };
        let new = NewProgramme {
            programme,
            rules: rules.clone(),
            offline_budget_points: 1,
        };
        store.create_programme(new).await.unwrap();
        let mut tx = store.begin(id).await.unwrap();
        let all = [Scope::Programme(id)];
        tx.put("first", &rules, &all).await.unwrap();
        tx.savepoint().await.unwrap();
        tx.put("second", &rules, &all).await.unwrap();
        tx.undo().await.unwrap();
        tx.put("third", &rules, &all).await.unwrap();
        tx.commit().await.unwrap();
        let report = store.verify_books().await.unwrap();
        assert!(report.holds(), "{:?}", report.faults);
        assert!(
            store
                .entity::<RuleSet>(id, "second")
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            store
                .entity::<RuleSet>(id, "third")
                .await
                .unwrap()
                .is_some()
        );
    }
}
