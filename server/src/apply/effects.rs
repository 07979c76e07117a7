//! An outcome becomes writes, and the writes become a verdict.

use std::collections::BTreeMap;

use carrot_rules::entity::EntityKind;
use carrot_rules::{Account, Because, Class, Outcome, Scope};
use carrot_wire::planted::{self, Bug};
use carrot_wire::{Verdict, VerdictClass};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::Result;
use crate::store::Tx;

/// What a command did.
pub(super) struct Effect {
    class: VerdictClass,
    code: String,
    params: BTreeMap<String, Value>,
    booked: BTreeMap<Account, i64>,
    touched: BTreeMap<Scope, i64>,
}

impl Effect {
    /// No effect, with an answer.
    pub(super) fn none(class: VerdictClass, code: &str) -> Self {
        Self {
            class,
            code: code.to_owned(),
            params: BTreeMap::new(),
            booked: BTreeMap::new(),
            touched: BTreeMap::new(),
        }
    }

    /// The answer to the device. `predicted` is what it showed, per account.
    pub(super) fn verdict(
        self,
        device_seq: i64,
        command_id: Uuid,
        recorded_at_ms: i64,
        predicted: &BTreeMap<String, i64>,
    ) -> Verdict {
        let booked: BTreeMap<String, i64> = self
            .booked
            .iter()
            .map(|(account, net)| (account.to_string(), *net))
            .collect();
        let differs = !predicted.is_empty() && people(predicted) != people(&booked);
        let adjusted = differs && self.class == VerdictClass::Accepted && self.code == "ok";
        let scope_seqs = self
            .touched
            .iter()
            .map(|(scope, seq)| (scope.to_string(), *seq))
            .collect();
        Verdict {
            device_seq,
            command_id,
            class: self.class,
            code: if adjusted {
                "adjusted".to_owned()
            } else {
                self.code
            },
            params: self.params,
            scope_seqs,
            booked,
            recorded_at_ms,
        }
    }
}

/// Booked or predicted points as people count them: the sum of each person's accounts, without
/// zeros. Points that were shown as waiting and are spendable at once are no surprise.
fn people(points: &BTreeMap<String, i64>) -> BTreeMap<&str, i64> {
    let mut sums = BTreeMap::new();
    for (account, net) in points {
        let person = account.strip_prefix("participant:");
        if let Some((person, _pot)) = person.and_then(|rest| rest.split_once(':')) {
            *sums.entry(person).or_insert(0) += net;
        }
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

/// Writes what an outcome says. A credit that exists already turns the whole command into a
/// rejection without effects: somebody was first.
pub(super) async fn apply(
    tx: &mut Tx,
    command_id: Uuid,
    occurred_ms: i64,
    outcome: Outcome,
) -> Result<Effect> {
    let class = match outcome.class {
        Class::Accepted => VerdictClass::Accepted,
        Class::Rejected => VerdictClass::Rejected,
        Class::Parked => VerdictClass::Parked,
    };
    let mut effect = Effect::none(class, &outcome.code);
    effect.params = outcome.params.clone();
    for upsert in &outcome.noted {
        tx.put_entity(upsert).await?;
    }
    if class != VerdictClass::Accepted {
        return Ok(effect);
    }
    tx.take_touched();
    tx.savepoint().await?;
    if !write_keys(tx, command_id, &outcome).await? {
        tx.undo().await?;
        let because = Because::new("already_claimed");
        effect.class = VerdictClass::Rejected;
        effect.code = because.code;
        return Ok(effect);
    }
    for upsert in &outcome.upserts {
        if planted::is(Bug::UsesForgotten) && upsert.kind == EntityKind::VoucherUses {
            continue;
        }
        tx.put_entity(upsert).await?;
    }
    for transfer in &outcome.transfers {
        if planted::is(Bug::LossForgotten) && transfer.purpose == "lease_loss" {
            continue;
        }
        tx.book(command_id, occurred_ms, transfer).await?;
    }
    for due in &outcome.dues {
        tx.put_due(due).await?;
    }
    tx.release().await?;
    if !outcome.pending.is_empty() {
        effect
            .params
            .insert("because".to_owned(), json!(outcome.pending));
    }
    effect.booked = outcome.deltas();
    effect.booked.retain(|_, net| *net != 0);
    effect.touched = tx.take_touched();
    Ok(effect)
}

/// Frees and takes credits; false when one of them is taken already.
async fn write_keys(tx: &mut Tx, command_id: Uuid, outcome: &Outcome) -> Result<bool> {
    for key in &outcome.freed_keys {
        tx.free_award(key).await?;
    }
    for key in &outcome.award_keys {
        if !tx.take_award(key, command_id).await? {
            return Ok(false);
        }
    }
    Ok(true)
}
