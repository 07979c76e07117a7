//! `claim.submit`: a seller shows a code or a receipt. One thing sold is paid once, whoever reports
//! it and how often.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{ClaimSubmit, Evidence};
use crate::entity::{Code, Participant, Product, Receipt, Unit, UnitIndex};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome};
use crate::ruleset::RuleSet;

use super::points::{self, Line};
use super::{Context, evidence};

mod by_code;
mod by_receipt;
mod credit;

/// Everything that one claim is judged by.
struct Desk<'a> {
    context: &'a Context,
    facts: &'a Facts,
    rules: &'a RuleSet,
}

/// What a claim shows for a unit: the kind of evidence and its reference.
#[derive(Clone, Copy)]
struct Shown<'a> {
    kind: &'a str,
    reference: &'a str,
}

pub(super) fn needs(
    claim: &ClaimSubmit,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    points::credit_needs(context.actor, keys);
    let product = match &claim.evidence {
        Evidence::Code { code, product } => {
            keys.insert(FactKey::of::<Code>(code));
            keys.insert(FactKey::of::<Unit>(evidence::code_key(code)));
            match facts.see::<Code>(code) {
                Seen::Known(known) => Some(known.product),
                Seen::Absent | Seen::Unknown => product.clone(),
            }
        }
        Evidence::Receipt { key, product, .. } => {
            keys.insert(FactKey::of::<Receipt>(key));
            if let Seen::Known(receipt) = facts.see::<Receipt>(key) {
                keys.extend(receipt.units.iter().map(FactKey::of::<Unit>));
            }
            product.clone()
        }
    };
    if let Some(product) = product {
        points::seller_needs(&product, context.actor, context.occurred_ms, facts, keys);
        let index_id = evidence::index_id(context.actor, &product);
        if let Seen::Known(index) = facts.see::<UnitIndex>(&index_id) {
            keys.extend(
                index
                    .units
                    .iter()
                    .map(|unit| FactKey::of::<Unit>(&unit.key)),
            );
        }
        keys.insert(FactKey::of::<UnitIndex>(index_id));
        keys.insert(FactKey::of::<Product>(product));
    }
}

pub(super) fn decide(
    claim: &ClaimSubmit,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Outcome, Overflow> {
    let desk = Desk {
        context,
        facts,
        rules,
    };
    if !may_claim(&desk) {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    match &claim.evidence {
        Evidence::Code { code, product } => by_code::decide(&desk, code, product.as_deref()),
        Evidence::Receipt { key, product, .. } => {
            by_receipt::decide(&desk, key, product.as_deref())
        }
    }
}

/// Those who sell may claim; buyers and the office may not.
fn may_claim(desk: &Desk<'_>) -> bool {
    match desk
        .facts
        .see::<Participant>(&desk.context.actor.to_string())
    {
        Seen::Known(person) => matches!(person.role.as_str(), "seller" | "cashier" | "owner"),
        Seen::Absent => false,
        Seen::Unknown => true,
    }
}

fn already(claimed_by_actor: bool, at_ms: Option<i64>) -> Outcome {
    let mut because = Because::new("already_claimed").with("by_you", claimed_by_actor);
    if let Some(at_ms) = at_ms {
        because = because.with("at_ms", at_ms);
    }
    Outcome::rejected(because)
}

fn line(
    context: &Context,
    state: &'static str,
    product: Option<&str>,
    unit: Option<&str>,
) -> Line<'static> {
    Line {
        kind: "claim",
        participant: context.actor,
        role: "seller",
        state,
        subject: product.map(str::to_owned),
        unit: unit.map(str::to_owned),
    }
}
