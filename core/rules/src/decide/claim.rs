//! `claim.submit`: a seller shows a code or a receipt. One thing sold is paid once, whoever reports
//! it and how often.

use std::collections::BTreeSet;

use crate::amount::{Overflow, QUANTITY_ONE_MICRO};
use crate::command::{ClaimSubmit, Evidence};
use crate::entity::{Code, Participant, Product, Receipt, Review, Unit, UnitIndex};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Award, AwardKey, Because, Outcome, PotRole, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

use super::points::{self, Earned, Line};
use super::{Context, evidence};

pub(super) fn needs(
    claim: &ClaimSubmit,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
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
    match &claim.evidence {
        Evidence::Code { code, product } => {
            by_code(code, product.as_deref(), context, facts, rules)
        }
        Evidence::Receipt { key, product, .. } => {
            by_receipt(key, product.as_deref(), context, facts, rules)
        }
    }
}

fn already(claimed_by_actor: bool, at_ms: Option<i64>) -> Outcome {
    let mut because = Because::new("already_claimed").with("by_you", claimed_by_actor);
    if let Some(at_ms) = at_ms {
        because = because.with("at_ms", at_ms);
    }
    Outcome::rejected(because)
}

fn by_code(
    code: &str,
    shown: Option<&str>,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Outcome, Overflow> {
    let mut pending = Vec::new();
    let seen = facts.see::<Code>(code);
    let product = match &seen {
        Seen::Absent => return Ok(Outcome::rejected(Because::new("code_unknown"))),
        Seen::Known(known) if known.status == "void" => {
            return Ok(Outcome::rejected(Because::new("code_void")));
        }
        Seen::Known(known)
            if known.status == "claimed" && known.claimed_by == Some(context.actor) =>
        {
            return Ok(already_or_attach(code, context, facts, known));
        }
        Seen::Known(known) if known.status == "claimed" => {
            return Ok(already(false, known.claimed_ms));
        }
        Seen::Known(known) if shown.is_some_and(|shown| shown != known.product) => {
            return Ok(Outcome::rejected(Because::new("code_unknown")));
        }
        Seen::Known(known) => {
            if known.outlet.is_some() && known.outlet != context.outlet {
                pending.push(Because::new("code_of_other_outlet"));
            }
            Some(known.product.clone())
        }
        Seen::Unknown => {
            pending.push(Because::new("server_decides_code"));
            shown.map(str::to_owned)
        }
    };
    let Some(product_id) = product else {
        let mut outcome = Outcome::accepted();
        outcome.pending = pending.clone();
        let earned = Earned {
            pending,
            ..Earned::default()
        };
        points::record(
            &mut outcome,
            context,
            seller_line(context, "pending", None, None),
            &earned,
        );
        return Ok(outcome);
    };
    let index = evidence::index(facts, context.actor, &product_id);
    if let Some(unit) = evidence::unlinked(&index, context, "code") {
        let key = unit.key.clone();
        let mut outcome = attach(&key, &product_id, "code", code, context, facts);
        outcome
            .upserts
            .push(claimed_code(code, &product_id, &seen, context));
        return Ok(outcome);
    }
    let mut outcome = credit(
        &evidence::code_key(code),
        &product_id,
        ("code", code),
        pending,
        context,
        facts,
        rules,
    )?;
    outcome
        .upserts
        .push(claimed_code(code, &product_id, &seen, context));
    Ok(outcome)
}

/// The code is already this seller's: through the till's report (then this claim is one more proof),
/// or through an earlier claim (then it is a repetition).
fn already_or_attach(code: &str, context: &Context, facts: &Facts, known: &Code) -> Outcome {
    let key = evidence::code_key(code);
    match facts.see::<Unit>(&key) {
        Seen::Known(unit) if !unit.evidence.iter().any(|note| note.kind == "code") => {
            attach(&key, &known.product, "code", code, context, facts)
        }
        _ => already(true, known.claimed_ms),
    }
}

fn claimed_code(code: &str, product: &str, seen: &Seen<Code>, context: &Context) -> Upsert {
    let known = match seen {
        Seen::Known(known) => Some(known),
        Seen::Absent | Seen::Unknown => None,
    };
    let claimed = Code {
        series: known.map_or_else(String::new, |known| known.series.clone()),
        product: product.to_owned(),
        outlet: known.and_then(|known| known.outlet),
        status: "claimed".to_owned(),
        claimed_by: Some(context.actor),
        claimed_ms: Some(context.occurred_ms),
    };
    Upsert::of(code, &claimed, &[Scope::Participant(context.actor)])
}

fn by_receipt(
    key: &str,
    product: Option<&str>,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Outcome, Overflow> {
    let Some(product_id) = product else {
        return Ok(Outcome::rejected(Because::new("product_needed")));
    };
    let mut receipt = match facts.see::<Receipt>(key) {
        Seen::Known(Receipt {
            claimed_by: Some(by),
            ..
        }) => return Ok(already(by == context.actor, None)),
        Seen::Known(receipt) => receipt,
        Seen::Absent | Seen::Unknown => Receipt {
            sale: None,
            units: Vec::new(),
            claimed_by: None,
        },
    };
    receipt.claimed_by = Some(context.actor);
    let on_receipt = receipt
        .units
        .iter()
        .find_map(|unit| match facts.see::<Unit>(unit) {
            Seen::Known(unit) if unit.product.as_deref() == Some(product_id) => Some(unit.key),
            _ => None,
        });
    let index = evidence::index(facts, context.actor, product_id);
    let linked = on_receipt
        .or_else(|| evidence::unlinked(&index, context, "receipt").map(|unit| unit.key.clone()));
    let mut outcome = match linked {
        Some(unit) => attach(&unit, product_id, "receipt", key, context, facts),
        None => {
            let unit = evidence::receipt_unit_key(key, product_id);
            receipt.units.push(unit.clone());
            let pending = vec![Because::new("awaits_review")];
            credit(
                &unit,
                product_id,
                ("receipt", key),
                pending,
                context,
                facts,
                rules,
            )?
        }
    };
    outcome.upserts.push(Upsert::of(
        key,
        &receipt,
        &[Scope::Participant(context.actor)],
    ));
    Ok(outcome)
}

/// One more proof for a unit that is already paid: no points, and the reason says so.
fn attach(
    key: &str,
    product: &str,
    kind: &str,
    reference: &str,
    context: &Context,
    facts: &Facts,
) -> Outcome {
    let mut outcome = Outcome::accepted();
    outcome.code = "attached_to_existing".to_owned();
    if let Seen::Known(mut unit) = facts.see::<Unit>(key) {
        unit.evidence.push(evidence::note(context, kind, reference));
        outcome
            .upserts
            .push(Upsert::of(key, &unit, &[Scope::Participant(context.actor)]));
    }
    let index = evidence::reported(
        evidence::index(facts, context.actor, product),
        key,
        evidence::report(kind, reference),
    );
    let index_id = evidence::index_id(context.actor, product);
    outcome.upserts.push(Upsert::of(
        index_id,
        &index,
        &[Scope::Participant(context.actor)],
    ));
    let earned = Earned {
        pending: vec![Because::new("attached_to_existing")],
        ..Earned::default()
    };
    let line = seller_line(
        context,
        "active",
        Some(product.to_owned()),
        Some(key.to_owned()),
    );
    points::record(&mut outcome, context, line, &earned);
    outcome
}

/// A unit's first credit to this seller.
fn credit(
    key: &str,
    product_id: &str,
    (kind, reference): (&str, &str),
    mut pending: Vec<Because>,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Outcome, Overflow> {
    let product = match facts.see::<Product>(product_id) {
        Seen::Known(product) => product,
        Seen::Absent => {
            return Ok(Outcome::rejected(
                Because::new("unknown_product").with("product", product_id),
            ));
        }
        Seen::Unknown => {
            return Ok(Outcome::parked(
                Because::new("unknown_product").with("product", product_id),
            ));
        }
    };
    if let Seen::Known(person) = facts.see::<Participant>(&context.actor.to_string())
        && !context
            .outlet
            .is_some_and(|outlet| person.employed_at(outlet, context.occurred_ms))
    {
        pending.push(Because::new("not_employed_there"));
    }
    let mut earned = points::seller_points(
        &product,
        context.actor,
        QUANTITY_ONE_MICRO,
        context.occurred_ms,
        facts,
        rules,
    )?;
    earned.pending = pending;
    let review = earned
        .pending
        .iter()
        .any(|because| because.code != "server_decides_code");
    let state = if review {
        "review"
    } else if earned.pending.is_empty() {
        "active"
    } else {
        "pending"
    };
    let mut outcome = Outcome::accepted();
    let mut unit = evidence::new_unit(
        context,
        key,
        product_id,
        evidence::note(context, kind, reference),
    );
    unit.seller = Some(context.actor);
    let own = [Scope::Participant(context.actor)];
    outcome.upserts.push(Upsert::of(key, &unit, &own));
    let index = evidence::indexed(
        evidence::index(facts, context.actor, product_id),
        context,
        key,
        evidence::report(kind, reference),
        1,
    );
    outcome.upserts.push(Upsert::of(
        evidence::index_id(context.actor, product_id),
        &index,
        &own,
    ));
    let line = seller_line(
        context,
        state,
        Some(product_id.to_owned()),
        Some(key.to_owned()),
    );
    let activity = points::record(&mut outcome, context, line, &earned);
    if review {
        outcome.upserts.push(review_of(&activity, context, &earned));
    }
    outcome.award_keys.push(AwardKey {
        unit: key.to_owned(),
        purpose: "sale".to_owned(),
        role: "seller".to_owned(),
    });
    outcome.transfers.push(points::credit(
        context.actor,
        earned.points,
        !earned.pending.is_empty(),
    )?);
    outcome.pending = earned.pending.clone();
    outcome.awards.push(Award {
        participant: Some(context.actor),
        role: PotRole::Seller,
        points: earned.points,
        pending: earned.pending,
        derivation: earned.derivation,
    });
    Ok(outcome)
}

fn review_of(activity: &str, context: &Context, earned: &Earned) -> Upsert {
    let review = Review {
        id: format!("claim:{}", context.command_id),
        kind: "claim".to_owned(),
        subject: activity.to_owned(),
        participant: context.actor,
        outlet: context.outlet,
        points: earned.points,
        activity: activity.to_owned(),
        photos: Vec::new(),
        status: "open".to_owned(),
        decided_by: None,
        reason: String::new(),
        at_ms: context.occurred_ms,
    };
    Upsert::of(review.id.clone(), &review, &[])
}

fn seller_line(
    context: &Context,
    state: &'static str,
    subject: Option<String>,
    unit: Option<String>,
) -> Line<'static> {
    Line {
        kind: "claim",
        participant: context.actor,
        role: "seller",
        state,
        subject,
        unit,
    }
}
