//! What screens read: the confirmed base with the pending commands on top.
//!
//! The overlay is rebuilt from pending commands only, and lazily: a writer takes it away before it
//! changes a file and puts a new one back, or leaves it to the next reader.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use carrot_rules::decide::{Context, ProofCheck};
use carrot_rules::entity::{Allowance, Entity, EntityKind, Lease};
use carrot_rules::fresh::fresh;
use carrot_rules::index::Index;
use carrot_rules::made::made;
use carrot_rules::ruleset::Limits;
use carrot_rules::{Account, Command, FactKey, Outcome, Scope};
use carrot_sync::outbox::{STATES, State};
use carrot_sync::projection::settle;
use carrot_sync::{Booked, Loaded, Overlay, Pending, Sight, Step, step};
use carrot_wire::{CommandBody, proof};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::RwLockReadGuard;
use uuid::Uuid;

use crate::cache::Cache;
use crate::error::Result;
use crate::membership::Membership;
use crate::outbox::Row;

/// Nothing pending.
pub(crate) static NOTHING: Overlay = Overlay {
    entities: BTreeMap::new(),
    balances: BTreeMap::new(),
    exposure_points: 0,
    allowance_points: 0,
};

/// Things are read in pages of this many.
const PAGE_ROWS: i64 = 5_000;

/// The pending commands' effects, while they are valid.
#[derive(Debug, Default)]
pub struct View {
    pub(crate) overlay: Option<Overlay>,
    pub(crate) cursors: BTreeMap<Scope, i64>,
    pub(crate) synced: bool,
    /// What the next command follows, while it is known here.
    pub(crate) tail: Option<Tail>,
}

/// The newest command of this device, and how many more may wait.
#[derive(Debug, Clone)]
pub(crate) struct Tail {
    /// Its number; zero before the first.
    pub(crate) seq: i64,
    /// The link to it; empty before the first.
    pub(crate) hash: String,
    /// Commands that may be added before those that wait are counted again.
    pub(crate) room: u64,
}

impl View {
    fn overlay(&self) -> &Overlay {
        self.overlay.as_ref().unwrap_or(&NOTHING)
    }
}

/// A person's points. None where this device is not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Balances {
    /// Spendable points that the server has confirmed.
    pub confirmed_active: Option<i64>,
    /// Points that wait for a condition, confirmed.
    pub confirmed_pending: Option<i64>,
    /// The same with the commands that wait on this device.
    pub view_active: Option<i64>,
    /// The same with the commands that wait on this device.
    pub view_pending: Option<i64>,
    /// Points that are held for a purchase elsewhere, confirmed.
    pub reserved: Option<i64>,
    /// What may be spent now: the smaller of confirmed and view, never below zero.
    pub spendable: Option<i64>,
}

/// A terminal's lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeaseView {
    /// The lease as confirmed.
    pub lease: Lease,
    /// Escrow that is still free and may be used now, points.
    pub left_points: i64,
    /// Points redeemed under it, or given back of it, that the base does not show yet.
    pub exposure_points: i64,
    /// Escrow that is still free, whether it may be used now or not, points: what can be given back.
    pub free_points: i64,
    /// True when the terminal must sync before it redeems again.
    pub stale: bool,
    /// When less of it may be used, if there is no exchange before, UTC milliseconds; none when it is
    /// stale.
    pub shrinks_ms: Option<i64>,
}

/// What this terminal may hand over without a network and without a lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllowanceView {
    /// The allowance as confirmed.
    pub allowance: Allowance,
    /// What may still be handed over now, points.
    pub left_points: i64,
    /// Points handed over under it that the base does not show yet.
    pub exposure_points: i64,
    /// True when the terminal must sync before it hands over anything more.
    pub stale: bool,
}

impl Membership {
    /// A thing with the pending commands on top.
    pub async fn thing<T: Entity + DeserializeOwned>(&self, id: &str) -> Result<Option<T>> {
        let view = self.reading().await?;
        let key = (T::KIND, id.to_owned());
        if let Some(written) = view.overlay().entities.get(&key)
            && self.shows(&view, &written.scopes)
        {
            return Ok(serde_json::from_value(written.body.clone()).ok());
        }
        let body = self.cache()?.entity(T::KIND, id).await?;
        Ok(body.and_then(|body| serde_json::from_value(body).ok()))
    }

    /// The rule set as it was compiled here; none before the first sync.
    pub async fn rules(&self) -> Result<Option<Arc<Index>>> {
        self.cache()?.rules().await
    }

    /// All things of a kind with the pending commands on top, by id. What a newer version wrote and
    /// this one cannot read is left out.
    pub async fn things<T: Entity + DeserializeOwned>(&self) -> Result<Vec<(String, T)>> {
        let view = self.reading().await?;
        let cache = self.cache()?;
        let mut bodies: BTreeMap<String, Value> = BTreeMap::new();
        loop {
            let after = bodies.keys().next_back().cloned().unwrap_or_default();
            let page = cache.entities(T::KIND, &after, PAGE_ROWS).await?;
            let last = page.len() < usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
            bodies.extend(page);
            if last {
                break;
            }
        }
        for ((_, id), written) in of_kind(view.overlay(), T::KIND) {
            if self.shows(&view, &written.scopes) {
                bodies.insert(id.clone(), written.body.clone());
            }
        }
        let read = |(id, body)| Some((id, serde_json::from_value(body).ok()?));
        Ok(bodies.into_iter().filter_map(read).collect())
    }

    /// A thing as the server has confirmed it.
    pub async fn base_thing<T: Entity + DeserializeOwned>(&self, id: &str) -> Result<Option<T>> {
        let body = self.cache()?.entity(T::KIND, id).await?;
        Ok(body.and_then(|body| serde_json::from_value(body).ok()))
    }

    /// A person's points.
    pub async fn balances(&self, participant: Uuid) -> Result<Balances> {
        let view = self.reading().await?;
        let (active, pending) = (Account::active(participant), Account::pending(participant));
        let confirmed_active = self.confirmed(&view, active).await?;
        let confirmed_pending = self.confirmed(&view, pending).await?;
        let reserved = self
            .confirmed(&view, Account::reserved(participant))
            .await?;
        let moved = |account| view.overlay().balances.get(&account).copied().unwrap_or(0);
        let with = |base: Option<i64>, account| {
            base.map(|points: i64| points.saturating_add(moved(account)))
        };
        let view_active = with(confirmed_active, active);
        let spendable = confirmed_active.zip(view_active);
        Ok(Balances {
            confirmed_active,
            confirmed_pending,
            view_active,
            view_pending: with(confirmed_pending, pending),
            reserved,
            spendable: spendable.map(|(confirmed, view)| confirmed.min(view).max(0)),
        })
    }

    /// This terminal's lease, if it has one.
    pub async fn lease(&self) -> Result<Option<LeaseView>> {
        let view = self.reading().await?;
        let id = self.device_id();
        let Some(lease) = self.base_thing::<Lease>(&id.to_string()).await? else {
            return Ok(None);
        };
        let escrow = self
            .confirmed(&view, Account::Lease(id))
            .await?
            .unwrap_or(0);
        let exposure_points = view.overlay().exposure_points;
        let limits = self
            .rules()
            .await?
            .map_or_else(Limits::default, |rules| rules.limits.clone());
        let synced_ms = self.after_head().map(|after| after.server_ms);
        let fresh = fresh(&lease, &limits, synced_ms, self.now_ms());
        let held_back = fresh.held_back(lease.granted_points);
        let free_points = escrow.saturating_sub(exposure_points).max(0);
        let left_points = free_points.saturating_sub(held_back);
        let open = lease.frozen_ms.is_none() && lease.written_off_ms.is_none();
        Ok(Some(LeaseView {
            left_points: if open { left_points.max(0) } else { 0 },
            shrinks_ms: fresh.shrinks_ms,
            exposure_points,
            free_points: if open { free_points } else { 0 },
            stale: self.now_ms() >= lease.stale_ms,
            lease,
        }))
    }

    /// What this terminal may hand over without a lease; none where nobody allowed it.
    pub async fn allowance(&self) -> Result<Option<AllowanceView>> {
        let view = self.reading().await?;
        let id = self.device_id().to_string();
        let known = self.base_thing::<Allowance>(&id).await?;
        let Some(allowance) = known.filter(|known| known.off_ms.is_none()) else {
            return Ok(None);
        };
        let exposure_points = view.overlay().allowance_points;
        let limits = self
            .rules()
            .await?
            .map_or_else(Limits::default, |rules| rules.limits.clone());
        let since_ms = self.after_head().map_or(i64::MIN, |after| after.server_ms);
        let stale = self.now_ms() >= since_ms.saturating_add(limits.lease_fresh_ms);
        let left_points = allowance.left_points().saturating_sub(exposure_points);
        Ok(Some(AllowanceView {
            left_points: if stale { 0 } else { left_points.max(0) },
            exposure_points,
            stale,
            allowance,
        }))
    }

    /// Points redeemed under the lease that the base does not show yet.
    pub(crate) async fn exposure_points(&self) -> Result<i64> {
        Ok(self.reading().await?.overlay().exposure_points)
    }

    async fn confirmed(&self, view: &View, account: Account) -> Result<Option<i64>> {
        let known = self.cache()?.balance(account).await?;
        Ok(known.or_else(|| self.sight(view.synced).empty_balance(account)))
    }

    /// True when this device will be told of a thing with these scopes.
    fn shows(&self, view: &View, scopes: &[Scope]) -> bool {
        let certificate = self.certificate();
        scopes.iter().any(|scope| {
            view.cursors.contains_key(scope)
                || match scope {
                    Scope::Programme(id) => *id == certificate.programme_id,
                    Scope::Outlet(id) => certificate.outlet_id == Some(*id),
                    Scope::Participant(id) => certificate.participant_id == Some(*id),
                }
        })
    }

    /// The view for reading, with a valid overlay.
    pub(crate) async fn reading(&self) -> Result<RwLockReadGuard<'_, View>> {
        loop {
            let view = self.view.read().await;
            if view.overlay.is_some() {
                return Ok(view);
            }
            drop(view);
            let mut view = self.view.write().await;
            if view.overlay.is_none() {
                self.rebuild(&mut view).await?;
            }
        }
    }

    /// Makes the overlay anew from the pending commands.
    pub(crate) async fn rebuild(&self, view: &mut View) -> Result<()> {
        let cache = self.cache()?;
        view.tail = None;
        view.cursors = cache.cursors().await?;
        view.synced = cache.synced().await?;
        let sight = self.sight(view.synced);
        let mut overlay = Overlay::default();
        let mut loaded = Loaded::default();
        let forgot = self.forgot.load(Ordering::Relaxed);
        let states: Vec<State> = STATES
            .into_iter()
            .filter(|state| state.overlaid() || (forgot && *state == State::Reflected))
            .collect();
        for row in self.outbox.rows(&states, i64::MAX).await? {
            let Some(pending) = self.pending_of(&row) else {
                continue;
            };
            // A base that is not whole yet holds no scope that it could show the effect in.
            let reflected =
                |booked: &Booked| view.synced && booked.reflected(&view.cursors, &sight);
            if pending.booked.as_ref().is_some_and(reflected) {
                continue;
            }
            let known = Known {
                cache: &cache,
                overlay: &overlay,
                sight: &sight,
            };
            let kept = match view.synced {
                true => None,
                false => self.outbox.shown(row.device_seq).await?,
            };
            let outcome = match kept {
                // Over a base that is lost nothing can be decided: what was shown shows on.
                Some(upserts) => Outcome {
                    upserts,
                    ..Outcome::accepted()
                },
                None => {
                    known
                        .decide(&pending.command, &pending.context, &mut loaded)
                        .await?
                }
            };
            settle(&pending, &outcome, &view.cursors, &sight, &mut overlay);
        }
        view.overlay = Some(overlay);
        Ok(())
    }

    /// A row as the projection sees it; none for a kind that this version does not know.
    pub(crate) fn pending_of(&self, row: &Row) -> Option<Pending> {
        let body = row.envelope.body().ok()?;
        let command = body.command().ok()?;
        let accepted = matches!(row.state, State::Accepted | State::Reflected);
        Some(Pending {
            device_seq: row.device_seq,
            context: self.context_of(&body, &command),
            command,
            booked: row.verdict.as_ref().filter(|_| accepted).map(Booked::of),
        })
    }

    /// Who, where and when of a command of this device. It is decided as of when it was made: whether it
    /// comes too late is the server's to say, by a clock that nobody here can turn.
    pub(crate) fn context_of(&self, body: &CommandBody, command: &Command) -> Context {
        let now_ms = body.time.estimated_ms();
        let made = made(body.said(true), now_ms);
        Context {
            command_id: body.command_id,
            device: body.device_id,
            actor: body.actor_id,
            programme: body.programme_id,
            outlet: body.outlet_id,
            occurred_ms: made.at_ms,
            now_ms,
            made,
            proof: self.proof_of(command, body.said(true).estimated_ms),
            exposure_points: 0,
            address: carrot_rules::entity::Guess::default(),
        }
    }

    fn proof_of(&self, command: &Command, at_ms: i64) -> ProofCheck {
        proof::of(command, &self.entry.programme_code, &self.trust(), at_ms).proof
    }
}

fn of_kind(
    overlay: &Overlay,
    kind: EntityKind,
) -> impl Iterator<Item = (&(EntityKind, String), &carrot_sync::Written)> {
    overlay
        .entities
        .range((kind, String::new())..)
        .take_while(move |((found, _), _)| *found == kind)
}

/// What a decision reads here.
pub(crate) struct Known<'a> {
    pub(crate) cache: &'a Cache,
    pub(crate) overlay: &'a Overlay,
    pub(crate) sight: &'a Sight,
}

impl Known<'_> {
    /// Decides a command, loading what it asks for.
    pub(crate) async fn decide(
        &self,
        command: &Command,
        context: &Context,
        loaded: &mut Loaded,
    ) -> Result<Outcome> {
        if let Some(rules) = self.cache.rules().await? {
            loaded.rules(rules);
        }
        loop {
            let keys = match step(command, context, self.overlay, loaded, self.sight) {
                Step::Decided(outcome) => return Ok(*outcome),
                Step::Load(keys) => keys,
            };
            let mut things = Vec::new();
            for key in keys {
                match key {
                    FactKey::Entity(kind, id) => things.push((kind, id)),
                    FactKey::Balance(account) => {
                        loaded.balance(account, self.cache.balance(account).await?);
                    }
                    FactKey::Lot(..) => {}
                }
            }
            for ((kind, id), body) in self.cache.entities_of(things).await? {
                let body = match body {
                    Some(body) => Some(body),
                    None => self.cache.owner_of(kind, &id).await?,
                };
                loaded.entity(kind, &id, body);
            }
        }
    }
}
