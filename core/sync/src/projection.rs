//! The projection: pending commands decided again, in device order, over confirmed facts.
//!
//! The base is always an exact prefix of the server's history; a prediction is never stored there.
//! Reading the base is the driver's business, so a decision is a loop of steps: [`step`] either asks
//! for keys to load or returns the outcome.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use carrot_rules::decide::{Context, decide, needs};
use carrot_rules::entity::EntityKind;
use carrot_rules::index::Index;
use carrot_rules::outcome::Because;
use carrot_rules::{Account, Command, Fact, FactKey, Facts, Outcome, Scope};
use carrot_wire::planted::{self, Bug};
use serde_json::Value;
use uuid::Uuid;

use crate::overlay::{Booked, Overlay};

/// The most rounds of asking for facts before a decision is given up.
const ROUNDS_MAX: usize = 64;

/// What a device's scopes let it see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// The device; a terminal's lease has the same id.
    pub device: Uuid,
    /// A phone's own person; none on a terminal.
    pub participant: Option<Uuid>,
    /// A terminal's outlet.
    pub outlet: Option<Uuid>,
    /// True once the device has pulled everything at least once. Before, absence is not knowledge.
    pub synced: bool,
}

impl Sight {
    /// Whether a scope is this device's own: its person's, or its outlet's.
    #[must_use]
    pub fn is_own(&self, scope: &Scope) -> bool {
        match scope {
            Scope::Participant(id) => self.participant == Some(*id),
            Scope::Outlet(id) => self.participant.is_none() && self.outlet == Some(*id),
            _ => false,
        }
    }

    /// The balance of an account without entries, where the device would have been told of any.
    #[must_use]
    pub fn empty_balance(&self, account: Account) -> Option<i64> {
        let own = match account {
            Account::Participant(id, _) | Account::Clawback(id) => {
                self.is_own(&Scope::Participant(id))
            }
            Account::Lease(id) => self.participant.is_none() && id == self.device,
            Account::Outlet(id, _) => self.is_own(&Scope::Outlet(id)),
            _ => false,
        };
        (own && self.synced).then_some(0)
    }

    /// The scope that shows this device the account.
    #[must_use]
    pub fn scope_of(&self, account: Account) -> Option<Scope> {
        match (account, self.participant) {
            (Account::Participant(id, _) | Account::Clawback(id), Some(own)) if id == own => {
                Some(Scope::Participant(own))
            }
            (Account::Participant(..) | Account::Clawback(_) | Account::Lease(_), None) => {
                self.outlet.map(Scope::Outlet)
            }
            (Account::Outlet(id, _), None) if self.outlet == Some(id) => Some(Scope::Outlet(id)),
            _ => None,
        }
    }

    /// What absence from the base means for a thing.
    fn absent(&self, kind: EntityKind) -> Fact {
        let guessed = planted::is(Bug::UnknownGuessed);
        if guessed || self.synced && kind.complete_on_device(self.participant.is_some()) {
            Fact::Entity(None)
        } else {
            Fact::Unknown
        }
    }
}

/// Confirmed facts in memory.
pub trait Base {
    /// The confirmed thing, if the device has it.
    fn entity(&self, kind: EntityKind, id: &str) -> Option<Value>;
    /// The confirmed balance, if the device was told one.
    fn balance(&self, account: Account) -> Option<i64>;
}

/// The part of the base that was read so far; absences are remembered too.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    entities: BTreeMap<(EntityKind, String), Option<Value>>,
    balances: BTreeMap<Account, Option<i64>>,
    rules: Option<Arc<Index>>,
}

impl Loaded {
    /// Remembers a thing, or that the base has none.
    pub fn entity(&mut self, kind: EntityKind, id: &str, body: Option<Value>) {
        self.entities.insert((kind, id.to_owned()), body);
    }

    /// Remembers the base's rule set as it was compiled before.
    pub fn rules(&mut self, rules: Arc<Index>) {
        self.rules = Some(rules);
    }

    /// Remembers a balance, or that the base has none.
    pub fn balance(&mut self, account: Account, points: Option<i64>) {
        self.balances.insert(account, points);
    }

    fn fill(&mut self, keys: BTreeSet<FactKey>, base: &impl Base) {
        for key in keys {
            match key {
                FactKey::Entity(kind, id) => {
                    let body = base.entity(kind, &id);
                    self.entity(kind, &id, body);
                }
                FactKey::Balance(account) => self.balance(account, base.balance(account)),
                FactKey::Lot(..) => {}
            }
        }
    }
}

/// A command that the base does not fully show yet.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Its number on the device.
    pub device_seq: i64,
    /// The command.
    pub command: Command,
    /// Who, where and when; its exposure is filled in by the projection.
    pub context: Context,
    /// What the server booked, once it accepted.
    pub booked: Option<Booked>,
}

/// One step of a decision.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Load these keys of the base, then ask again.
    Load(BTreeSet<FactKey>),
    /// Decided.
    Decided(Box<Outcome>),
}

/// What the device knows about a key: the overlay first, then the base. None: not loaded yet.
#[must_use]
pub fn fact(key: &FactKey, overlay: &Overlay, loaded: &Loaded, sight: &Sight) -> Option<Fact> {
    match key {
        FactKey::Entity(kind, id) => {
            let named = (*kind, id.clone());
            // What an allowance lost by pending commands counts as their exposure, not twice.
            let written = overlay.entities.get(&named);
            if let Some(written) = written.filter(|_| *kind != EntityKind::Allowance) {
                return Some(Fact::Entity(Some(written.body.clone())));
            }
            if *kind == EntityKind::RuleSet
                && let Some(rules) = &loaded.rules
            {
                return Some(Fact::Rules(Arc::clone(rules)));
            }
            let known = loaded.entities.get(&named)?;
            Some(match known {
                Some(body) => Fact::Entity(Some(body.clone())),
                None => sight.absent(*kind),
            })
        }
        FactKey::Balance(account) => {
            let known = loaded.balances.get(account)?;
            let base = known.or_else(|| sight.empty_balance(*account));
            let pending = match account {
                Account::Lease(_) => 0,
                _ => overlay.balances.get(account).copied().unwrap_or(0),
            };
            Some(base.map_or(Fact::Unknown, |points| {
                Fact::Balance(points.saturating_add(pending))
            }))
        }
        // Which lots a balance is made of only the server knows.
        FactKey::Lot(..) => Some(Fact::Unknown),
    }
}

/// Decides a command over what is loaded, or says what to load first.
#[must_use]
pub fn step(
    command: &Command,
    context: &Context,
    overlay: &Overlay,
    loaded: &Loaded,
    sight: &Sight,
) -> Step {
    let mut context = context.clone();
    if !planted::is(Bug::LeaseAtTill) {
        context.exposure_points = overlay.exposure_to(command);
    }
    let mut facts = Facts::default();
    for _ in 0..ROUNDS_MAX {
        let keys = needs(command, &context, &facts);
        if keys.is_empty() {
            return Step::Decided(Box::new(decide(command, &context, &facts)));
        }
        let mut missing = BTreeSet::new();
        for key in keys {
            match fact(&key, overlay, loaded, sight) {
                Some(found) => facts.insert(key, found),
                None => {
                    missing.insert(key);
                }
            }
        }
        if !missing.is_empty() {
            return Step::Load(missing);
        }
    }
    Step::Decided(Box::new(Outcome::parked(Because::new("too_many_facts"))))
}

/// Puts a decided command onto the overlay.
pub fn settle(
    pending: &Pending,
    outcome: &Outcome,
    cursors: &BTreeMap<Scope, i64>,
    sight: &Sight,
    overlay: &mut Overlay,
) {
    match &pending.booked {
        Some(booked) => overlay.apply_booked(outcome, booked, cursors, sight),
        None => overlay.apply(outcome),
    }
    if planted::is(Bug::ExposureForgotten) {
        return;
    }
    overlay.expose(&pending.command);
}

/// The overlay of all pending commands, in device order, over a base in memory. Commands that the
/// base already shows leave nothing behind.
#[must_use]
pub fn project(
    pending: &[Pending],
    base: &impl Base,
    sight: &Sight,
    cursors: &BTreeMap<Scope, i64>,
) -> Overlay {
    let mut overlay = Overlay::default();
    let mut loaded = Loaded::default();
    for one in pending {
        if one
            .booked
            .as_ref()
            .is_some_and(|booked| sight.synced && booked.reflected(cursors, sight))
        {
            continue;
        }
        loop {
            match step(&one.command, &one.context, &overlay, &loaded, sight) {
                Step::Load(keys) => loaded.fill(keys, base),
                Step::Decided(outcome) => {
                    settle(one, &outcome, cursors, sight, &mut overlay);
                    break;
                }
            }
        }
    }
    overlay
}
