//! A write transaction: things written with their visibility, and what it touched.

use std::collections::BTreeMap;
use std::sync::Arc;

use carrot_rules::entity::{Entity, EntityKind};
use carrot_rules::{Scope, Upsert};
use carrot_wire::entropy::Entropy;
use carrot_wire::pull::Change;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::batch::{Batch, Mark, ShownRow, Thing};
use super::compiled::CompiledRules;
use super::probe::{self, Probe, StorePoint};
use crate::db::{self, Conn};
use crate::error::{Error, Result};
use crate::hints::Hints;
use crate::keys::Keys;
use crate::secrets;

/// What a transaction has of its store.
pub(super) struct Lent {
    pub(super) keys: Arc<Keys>,
    pub(super) compiled: Arc<CompiledRules>,
    pub(super) entropy: Arc<dyn Entropy>,
    pub(super) probe: Probe,
    pub(super) hints: Hints,
}

/// A write transaction in one programme. Dropped without [`Tx::commit`] it changes nothing.
pub struct Tx {
    inner: Conn,
    pub(super) programme: Uuid,
    now_ms: i64,
    keys: Arc<Keys>,
    pub(super) compiled: Arc<CompiledRules>,
    entropy: Arc<dyn Entropy>,
    probe: Probe,
    /// What was read and written and the database does not have.
    pub(super) batch: Batch,
    /// True while everything is held back until the commit.
    pub(super) batching: bool,
    /// Where each open savepoint began: what is held back, and how much news there was.
    marks: Vec<(Mark, usize)>,
    /// The newest number in each scope that was appended to since the last [`Tx::take_touched`].
    pub(super) touched: BTreeMap<Scope, i64>,
    /// Each append since the beginning, in order, for who waits for news.
    pub(super) news: Vec<(Scope, i64)>,
    hints: Hints,
    /// The programme's short code, once somebody asked for it.
    pub(super) code: Option<String>,
}

impl Tx {
    pub(super) fn new(inner: Conn, programme: Uuid, now_ms: i64, lent: Lent) -> Self {
        Self {
            inner,
            programme,
            now_ms,
            keys: lent.keys,
            compiled: lent.compiled,
            entropy: lent.entropy,
            probe: lent.probe,
            batch: Batch::default(),
            batching: false,
            marks: Vec::new(),
            touched: BTreeMap::new(),
            news: Vec::new(),
            hints: lent.hints,
            code: None,
        }
    }

    /// Makes everything since the beginning durable, all or nothing.
    pub async fn commit(mut self) -> Result<()> {
        self.flush().await?;
        let news = std::mem::take(&mut self.news).into_iter().collect();
        self.hints
            .tell_others(&mut self.inner, self.programme, &news)
            .await?;
        self.tell(StorePoint::Commit)?;
        self.inner.commit().await?;
        self.hints.tell(self.programme, &news);
        Ok(())
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

    /// Tells whoever looks on at the store where it is.
    pub(crate) fn tell(&self, point: StorePoint) -> Result<()> {
        probe::tell(&self.probe, point)
    }

    /// Random bytes for ids and secrets. Errors when there are none to be had.
    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N]> {
        secrets::drawn(self.entropy.as_ref())
    }

    /// A random secret as text.
    pub(crate) fn random_text(&self) -> Result<String> {
        secrets::random_text(self.entropy.as_ref())
    }

    /// The server's signing keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The connection, for statements of modules that keep tables of their own.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.inner
    }

    pub(super) fn key(&self) -> String {
        self.programme.to_string()
    }

    /// From here on everything written is held back until the commit. Only for code that reads and
    /// writes through this type alone: statements on [`Tx::conn`] do not see what is held back.
    pub(crate) fn hold_back(&mut self) {
        self.batching = true;
    }

    /// True while what is written is held back.
    pub(crate) fn holds_back(&self) -> bool {
        self.batching
    }

    /// Sends what was written, unless everything is held back.
    pub(super) async fn settle(&mut self) -> Result<()> {
        if self.batching {
            return Ok(());
        }
        self.flush().await
    }

    /// Opens a savepoint; savepoints nest.
    pub(crate) async fn savepoint(&mut self) -> Result<()> {
        self.marks.push((self.batch.mark(), self.news.len()));
        if !self.batching {
            db::query("SAVEPOINT step").execute(self.conn()).await?;
        }
        Ok(())
    }

    /// Closes the innermost savepoint and keeps what was done since.
    pub(crate) async fn release(&mut self) -> Result<()> {
        self.marks.pop();
        if !self.batching {
            db::query("RELEASE step").execute(self.conn()).await?;
        }
        Ok(())
    }

    /// Closes the innermost savepoint and undoes what was done since.
    pub(crate) async fn undo(&mut self) -> Result<()> {
        self.touched.clear();
        if let Some((_, news)) = self.marks.last() {
            self.news.truncate(*news);
        }
        if self.batching {
            if let Some((mark, _)) = self.marks.pop() {
                self.batch.undo(mark);
            }
            return Ok(());
        }
        self.batch = Batch::default();
        db::query("ROLLBACK TO step").execute(self.conn()).await?;
        self.release().await
    }

    /// How many savepoints are open.
    pub(crate) fn depth(&self) -> usize {
        self.marks.len()
    }

    /// Undoes every savepoint that was opened since this many were: a fault may have left some open.
    pub(crate) async fn undo_to(&mut self, depth: usize) -> Result<()> {
        while self.depth() > depth {
            self.undo().await?;
        }
        Ok(())
    }

    /// The newest number of each scope appended to since the last call.
    pub(crate) fn take_touched(&mut self) -> BTreeMap<Scope, i64> {
        std::mem::take(&mut self.touched)
    }

    /// Writes a thing and shows it: one change per scope that sees it now or saw it before. A member
    /// who becomes visible to an outlet brings along the balances that its terminals display, a lease
    /// that moves to one what is left of it.
    pub async fn put_entity(&mut self, upsert: &Upsert) -> Result<()> {
        let known = self.thing(upsert.kind, &upsert.id).await?;
        let mut scopes = known.scopes;
        let mut fresh = Vec::new();
        for scope in &upsert.scopes {
            if !scopes.contains(scope) {
                scopes.push(*scope);
                fresh.push(*scope);
            }
        }
        if !fresh.is_empty() && scopes.len() > 1 {
            scopes.sort_by_cached_key(Scope::to_string);
        }
        for scope in &fresh {
            self.batch.shown.push(ShownRow {
                kind: upsert.kind,
                id: upsert.id.clone(),
                scope: scope.to_string(),
            });
        }
        let body: Arc<str> = serde_json::to_string(&upsert.body)?.into();
        let thing = Thing {
            body: Some(Arc::clone(&body)),
            unsent: true,
            scopes: scopes.clone(),
        };
        self.batch
            .things
            .set((upsert.kind, upsert.id.clone()), thing);
        if !scopes.is_empty() {
            let text: Arc<str> = shown_text(upsert, &body)?.into();
            for scope in scopes {
                self.append_text(scope, Arc::clone(&text)).await?;
            }
        }
        match upsert.kind {
            EntityKind::Member => self.show_member(&upsert.id, &fresh).await?,
            EntityKind::Lease if known.body.is_some() => {
                self.show_moved(&upsert.id, &fresh).await?;
            }
            _ => {}
        }
        self.settle().await
    }

    /// Shows a member's balances to the outlets that did not know the member before.
    async fn show_member(&mut self, id: &str, fresh: &[Scope]) -> Result<()> {
        let member: Uuid = id
            .parse()
            .map_err(|_| Error::Damaged("a member's id is not a UUID".to_owned()))?;
        for scope in fresh {
            if matches!(scope, Scope::Outlet(_)) {
                self.show_balances(member, *scope).await?;
            }
        }
        Ok(())
    }

    /// Writes a typed thing; see [`Tx::put_entity`].
    pub async fn put<T: Entity>(&mut self, id: &str, thing: &T, scopes: &[Scope]) -> Result<()> {
        self.put_entity(&Upsert::of(id, thing, scopes)).await
    }

    /// The scopes that a thing is visible in, in their order.
    pub async fn scopes_of(&mut self, kind: EntityKind, id: &str) -> Result<Vec<Scope>> {
        Ok(self.thing(kind, id).await?.scopes)
    }

    /// True when the thing is visible in the scope.
    pub async fn is_visible(&mut self, kind: EntityKind, id: &str, scope: Scope) -> Result<bool> {
        Ok(self.scopes_of(kind, id).await?.contains(&scope))
    }

    /// The thing's body as this transaction sees it.
    pub async fn body(&mut self, kind: EntityKind, id: &str) -> Result<Option<Value>> {
        let text = self.body_text(kind, id).await?;
        Ok(text.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// The JSON of the thing's body as this transaction sees it.
    pub(crate) async fn body_text(
        &mut self,
        kind: EntityKind,
        id: &str,
    ) -> Result<Option<Arc<str>>> {
        Ok(self.thing(kind, id).await?.body)
    }

    /// The thing as this transaction sees it.
    pub async fn entity<T: Entity + DeserializeOwned>(&mut self, id: &str) -> Result<Option<T>> {
        let text = self.body_text(T::KIND, id).await?;
        Ok(text.as_deref().map(serde_json::from_str).transpose()?)
    }
}

/// The text of the change that shows a thing, around a body that is text already.
fn shown_text(upsert: &Upsert, body: &str) -> Result<String> {
    let frame = serde_json::to_string(&Change::entity(upsert.kind, &upsert.id, Value::Null))?;
    match frame.strip_suffix("null}") {
        Some(head) => Ok(format!("{head}{body}}}")),
        None => Err(Error::Damaged(
            "a change does not end with its body".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use carrot_rules::entity::Programme;
    use carrot_rules::ruleset::RuleSet;

    use super::*;
    use crate::hints::News;
    use crate::store::{NewProgramme, Store};

    #[test]
    fn a_change_reads_as_its_own_kind_writes_it() {
        let body = serde_json::json!({"a": "null}", "b": [1, {"c": null}], "quote": "\"\\"});
        let upsert = Upsert {
            kind: EntityKind::Product,
            id: "null}\"".to_owned(),
            body: body.clone(),
            scopes: Vec::new(),
        };
        let change = Change::entity(upsert.kind, &upsert.id, body.clone());
        let whole = serde_json::to_string(&change).unwrap();
        let text = serde_json::to_string(&body).unwrap();
        assert_eq!(shown_text(&upsert, &text).unwrap(), whole);
    }

    const PROGRAMME: Uuid = Uuid::from_u128(1);

    async fn store(folder: &tempfile::TempDir) -> (Store, RuleSet) {
        let store = Store::open(folder.path()).await.unwrap();
        let id = PROGRAMME;
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
            ..RuleSet::default()
        };
        let new = NewProgramme {
            programme,
            rules: rules.clone(),
            offline_budget_points: 1,
        };
        store.create_programme(new).await.unwrap();
        (store, rules)
    }

    #[tokio::test]
    async fn what_is_undone_is_no_news() {
        let folder = tempfile::tempdir().unwrap();
        let (store, rules) = store(&folder).await;
        let scope = Scope::Programme(PROGRAMME);
        for hold_back in [false, true] {
            let mut line = store.hints().open(PROGRAMME).unwrap();
            let mut tx = store.begin(PROGRAMME).await.unwrap();
            if hold_back {
                tx.hold_back();
            }
            tx.put("first", &rules, &[scope]).await.unwrap();
            tx.savepoint().await.unwrap();
            tx.put("second", &rules, &[scope]).await.unwrap();
            tx.undo().await.unwrap();
            assert!(line.news.try_recv().is_err(), "told before it was certain");
            tx.commit().await.unwrap();
            let high = store.heads(PROGRAMME, &[scope]).await.unwrap()[&scope];
            let News::Hint { hint, .. } = line.news.try_recv().unwrap() else {
                panic!("missed");
            };
            assert_eq!((hint.scope, hint.high), (scope, high));
            assert!(line.news.try_recv().is_err(), "once for each scope");
        }
    }

    #[tokio::test]
    async fn what_is_undone_leaves_no_hole_in_a_feed() {
        let folder = tempfile::tempdir().unwrap();
        let (store, rules) = store(&folder).await;
        let id = PROGRAMME;
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
