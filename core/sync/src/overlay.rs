//! The overlay: what pending commands add to the confirmed facts, effect by effect.
//!
//! Lease escrow is not part of it. A lease's balance is always the confirmed one, and every
//! redemption under it that is not yet reflected counts in full as exposure, and so does what was given
//! back of it; counting its predicted loss as well would take the same points twice.

use std::collections::BTreeMap;

use carrot_rules::command::{Cover, RewardRedeem};
use carrot_rules::entity::EntityKind;
use carrot_rules::{Account, Class, Command, Outcome, Scope};
use carrot_wire::Verdict;
use serde_json::Value;

use crate::projection::Sight;

/// A thing as pending commands leave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The whole thing.
    pub body: Value,
    /// The scopes that will show it; a device shows it only when it holds one of them.
    pub scopes: Vec<Scope>,
}

/// What pending commands add to the confirmed facts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overlay {
    /// Things written.
    pub entities: BTreeMap<(EntityKind, String), Written>,
    /// Net change per account, points.
    pub balances: BTreeMap<Account, i64>,
    /// Points redeemed under a lease, or given back of it, and not yet reflected.
    pub exposure_points: i64,
    /// Points redeemed under the allowance and not yet reflected.
    pub allowance_points: i64,
}

/// What the server said about an accepted command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Booked {
    /// Net points booked, per account.
    pub deltas: BTreeMap<Account, i64>,
    /// The number of each touched scope that shows the effect.
    pub scope_seqs: BTreeMap<Scope, i64>,
}

impl Booked {
    /// Reads a verdict. Accounts and scopes that this version cannot name are left out: nothing on
    /// this device shows them.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Self {
        let named = |(account, points): (&String, &i64)| Some((account.parse().ok()?, *points));
        let numbered = |(scope, seq): (&String, &i64)| Some((scope.parse().ok()?, *seq));
        Self {
            deltas: verdict.booked.iter().filter_map(named).collect(),
            scope_seqs: verdict.scope_seqs.iter().filter_map(numbered).collect(),
        }
    }

    /// True when the cursor of every touched scope that the device holds has passed the effect. One that
    /// is its own and of which nothing came yet, as after a till's move, has passed nothing.
    #[must_use]
    pub fn reflected(&self, cursors: &BTreeMap<Scope, i64>, sight: &Sight) -> bool {
        let passed = |(scope, seq): (&Scope, &i64)| match cursors.get(scope) {
            Some(cursor) => cursor >= seq,
            None => !sight.is_own(scope),
        };
        self.scope_seqs.iter().all(passed)
    }

    /// True when the device's base already shows this scope's part of the effect.
    fn passed(&self, scope: &Scope, cursors: &BTreeMap<Scope, i64>) -> bool {
        match (self.scope_seqs.get(scope), cursors.get(scope)) {
            (Some(seq), Some(cursor)) => cursor >= seq,
            _ => false,
        }
    }
}

impl Overlay {
    /// Adds the predicted effects of a command that the server has not answered.
    pub fn apply(&mut self, outcome: &Outcome) {
        if outcome.class != Class::Accepted {
            return;
        }
        for upsert in &outcome.upserts {
            self.write(upsert.kind, &upsert.id, &upsert.body, &upsert.scopes);
        }
        for (account, points) in outcome.deltas() {
            self.add(account, points);
        }
    }

    /// Adds the effects of an accepted command: the points that the server booked, and the things
    /// as predicted, each only until its own scope has been pulled far enough.
    pub fn apply_booked(
        &mut self,
        outcome: &Outcome,
        booked: &Booked,
        cursors: &BTreeMap<Scope, i64>,
        sight: &Sight,
    ) {
        if outcome.class == Class::Accepted {
            for upsert in &outcome.upserts {
                if !upsert
                    .scopes
                    .iter()
                    .any(|scope| booked.passed(scope, cursors))
                {
                    self.write(upsert.kind, &upsert.id, &upsert.body, &upsert.scopes);
                }
            }
        }
        for (account, points) in &booked.deltas {
            let shown = sight.scope_of(*account);
            if !shown.is_some_and(|scope| booked.passed(&scope, cursors)) {
                self.add(*account, *points);
            }
        }
    }

    /// Counts what a command redeems without a network.
    pub fn expose(&mut self, command: &Command) {
        let sum = match is_allowed(command) {
            true => &mut self.allowance_points,
            false => &mut self.exposure_points,
        };
        *sum = sum.saturating_add(exposed_points(command));
    }

    /// What counts against a command: its own kind of exposure.
    #[must_use]
    pub fn exposure_to(&self, command: &Command) -> i64 {
        match is_allowed(command) {
            true => self.allowance_points,
            false => self.exposure_points,
        }
    }

    fn write(&mut self, kind: EntityKind, id: &str, body: &Value, scopes: &[Scope]) {
        let written = Written {
            body: body.clone(),
            scopes: scopes.to_vec(),
        };
        self.entities.insert((kind, id.to_owned()), written);
    }

    fn add(&mut self, account: Account, points: i64) {
        let sum = self.balances.entry(account).or_insert(0);
        *sum = sum.saturating_add(points);
    }
}

/// True for a redemption under the allowance.
fn is_allowed(command: &Command) -> bool {
    matches!(command, Command::RewardRedeem(redeem) if redeem.cover == Cover::Allowance)
}

/// Points that one command redeems under a lease or an allowance, or gives back of it; zero for all others.
#[must_use]
pub fn exposed_points(command: &Command) -> i64 {
    match command {
        Command::RewardRedeem(RewardRedeem {
            cover: Cover::Lease { .. } | Cover::Allowance,
            cost_points,
            ..
        }) => (*cost_points).max(0),
        Command::LeaseReturn(back) => back.points.max(0),
        _ => 0,
    }
}

/// Points that these commands, none of them reflected yet, redeem under a lease or give back of it: what
/// the device may not hand over any more.
#[must_use]
pub fn exposure<'a>(pending: impl IntoIterator<Item = &'a Command>) -> i64 {
    pending
        .into_iter()
        .map(exposed_points)
        .fold(0, i64::saturating_add)
}
