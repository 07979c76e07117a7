//! `claim.submit`: a seller shows a code or a receipt. One thing sold is paid once, whoever reports
//! it and how often.

use std::collections::BTreeSet;

use crate::amount::{Overflow, QUANTITY_ONE_MICRO};
use crate::command::{ClaimSubmit, Evidence};
use crate::entity::{
    Beneficiary, Code, Participant, PhotoSeen, Product, Receipt, ReceiptPolicy, Series, Unit,
    UnitIndex,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::index::Index;
use crate::outcome::{Because, Outcome};

use super::pay::{self, About, Line};
use super::{Context, earning, evidence, guess, policy, policy_confirm, sell_in};

mod by_code;
mod by_photo;
mod by_receipt;
mod by_statement;
mod by_unit;
mod checked;
mod credit;
mod place;

pub(super) use checked::{Sold, credit_needs, credit_sold};
pub(super) use credit::PROMPT_MS;
use place::Placed;

/// Everything that one claim is judged by.
struct Desk<'a> {
    context: &'a Context,
    facts: &'a Facts,
    rules: &'a Index,
    /// What a fiscal service knows of the goods; none where only people speak.
    sold: Option<&'a Sold>,
    /// How many pieces one symbol stands for; none where it is what the unit says.
    pieces: Option<i64>,
}

impl<'a> Desk<'a> {
    /// What its awards are booked by.
    fn pay(&self) -> pay::Desk<'a> {
        pay::Desk {
            context: self.context,
            facts: self.facts,
            rules: self.rules,
        }
    }
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
    pay::needs(context, [Beneficiary::Participant(context.actor)], keys);
    let product = match &claim.evidence {
        Evidence::Code { code, product } => {
            keys.insert(FactKey::of::<Code>(code));
            keys.insert(FactKey::of::<Unit>(evidence::code_key(code)));
            guess::needs(code, context, keys);
            match facts.see::<Code>(code) {
                Seen::Known(known) => {
                    keys.insert(FactKey::of::<Series>(&known.series));
                    Some(known.product)
                }
                Seen::Absent | Seen::Unknown => product.clone(),
            }
        }
        Evidence::Receipt { key, product, .. } => {
            keys.insert(FactKey::of::<ReceiptPolicy>(crate::entity::ONLY));
            keys.insert(FactKey::of::<Receipt>(key));
            if let Seen::Known(receipt) = facts.see::<Receipt>(key) {
                by_receipt::unit_needs(&receipt, facts, keys);
            }
            product.clone()
        }
        Evidence::Statement { product, .. } => Some(product.clone()),
        Evidence::Photo(photo) => {
            keys.insert(FactKey::of::<PhotoSeen>(&photo.likeness));
            Some(photo.product.clone())
        }
        Evidence::Unit { shown, product } => {
            by_unit::needs(shown, product.as_deref(), (context, facts), keys)
        }
    };
    if let Some(product) = product {
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
        keys.insert(FactKey::of::<Product>(&product));
        policy::needs(context, keys);
        policy::product_needs(&product, context, facts, keys);
        sell_in::needs(&product, context, keys);
        place_needs(claim, &product, context, facts, keys);
        if keys.iter().all(|key| facts.has(key)) {
            // How many pieces it is about does not change what is asked.
            let kind = claim.evidence.kind();
            let event = credit::event(context, &product, kind, QUANTITY_ONE_MICRO);
            earning::needs(&event, context, facts, keys);
        }
    }
}

/// What the unit that the claim links to, or the piece that the till reported, brings with it.
fn place_needs(
    claim: &ClaimSubmit,
    product: &str,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    let Some(rules) = facts.rules() else { return };
    let desk = Desk {
        context,
        facts,
        rules: &rules,
        sold: None,
        pieces: None,
    };
    let kind = claim.evidence.kind();
    if let Some(unit) = place::own_unit(&desk, product, kind)
        && let Seen::Known(unit) = facts.see::<Unit>(&unit)
    {
        policy_confirm::needs(&unit, facts, keys);
    }
    match &claim.evidence {
        Evidence::Code { code, .. } => by_code::placed(&desk, code, product).needs(keys),
        Evidence::Receipt { key, .. } => {
            if let Seen::Known(receipt) = facts.see::<Receipt>(key)
                && let Some(unit) = by_receipt::on_receipt(&desk, &receipt, product)
            {
                Placed::on_unit(&desk, product, &unit).needs(keys);
            }
            Placed::new(&desk, product, kind).needs(keys);
        }
        Evidence::Statement { .. } | Evidence::Photo(_) => {
            Placed::new(&desk, product, kind).needs(keys);
        }
        Evidence::Unit { shown, .. } => by_unit::place_needs(&desk, shown, product, keys),
    }
}

pub(super) fn decide(
    claim: &ClaimSubmit,
    context: &Context,
    facts: &Facts,
    rules: &Index,
) -> Result<Outcome, Overflow> {
    let desk = Desk {
        context,
        facts,
        rules,
        sold: None,
        pieces: None,
    };
    if !may_claim(&desk) {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    match &claim.evidence {
        Evidence::Code { code, product } => {
            let outcome = by_code::decide(&desk, code, product.as_deref())?;
            Ok(guess::judged(outcome, code, context, facts, &rules.limits))
        }
        Evidence::Receipt {
            key,
            product,
            total_minor,
            fiscal,
        } => by_receipt::decide(
            &desk,
            key,
            product.as_deref(),
            fiscal.as_ref().map(|shown| (shown, *total_minor)),
        ),
        Evidence::Statement { product, photo } => {
            let claim = claim.claim_id.to_string();
            by_statement::decide(&desk, &claim, product, photo.as_deref())
        }
        Evidence::Photo(photo) => by_photo::decide(&desk, &claim.claim_id.to_string(), photo),
        Evidence::Unit { shown, product } => {
            let text = by_unit::text_of(shown);
            let outcome = if guess::is_canary(&text, facts) {
                Outcome::rejected(Because::new("code_unknown"))
            } else {
                by_unit::decide(&desk, shown, product.as_deref())?
            };
            Ok(guess::judged(outcome, &text, context, facts, &rules.limits))
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

/// What a claim's line of history is about.
fn about(product: Option<&str>, unit: Option<&str>) -> About<'static> {
    About {
        kind: "claim",
        subject: product.map(str::to_owned),
        unit: unit.map(str::to_owned),
        ..About::default()
    }
}

/// Writes a line of history of a claim that books nothing.
fn note(
    outcome: &mut Outcome,
    desk: &Desk<'_>,
    state: &str,
    because: Vec<Because>,
    about: About<'_>,
) {
    let actor = Beneficiary::Participant(desk.context.actor);
    let line = Line {
        role: "seller",
        state,
        subject: about.subject,
        unit: about.unit,
        because,
        ..Line::about(about.kind, actor, 0)
    };
    pay::record(outcome, desk.context, line);
}
