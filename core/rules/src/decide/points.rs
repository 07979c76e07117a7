//! From a product to points, with the arithmetic written down, and from points to the books.

use std::collections::BTreeSet;

use serde_json::json;
use uuid::Uuid;

use crate::amount::{self, Overflow};
use crate::entity::{Activity, LessonResult, Product};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Derivation, Outcome, Upsert, WHOLE_EVENT};
use crate::ruleset::{Effect, Predicate, RuleSet};
use crate::scope::Scope;

use super::Context;

/// Points with their arithmetic and what they still wait for.
#[derive(Debug, Clone, Default)]
pub(super) struct Earned {
    pub points: i64,
    pub derivation: Vec<Derivation>,
    pub pending: Vec<Because>,
}

fn step(
    step: &str,
    rule: &str,
    version: i64,
    points: i64,
    params: serde_json::Value,
) -> Derivation {
    let params = match params {
        serde_json::Value::Object(map) => map.into_iter().collect(),
        _ => Default::default(),
    };
    Derivation {
        step: step.to_owned(),
        rule: rule.to_owned(),
        version,
        line: WHOLE_EVENT,
        params,
        points,
    }
}

/// The id of a person's result in a lesson.
pub(super) fn lesson_result_id(participant: Uuid, lesson: &str) -> String {
    format!("{participant}:{lesson}")
}

/// What the seller's points on `product` depend on besides the product itself.
pub(super) fn seller_needs(
    product: &str,
    seller: Uuid,
    at_ms: i64,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    if let Seen::Known(rules) = facts.see::<RuleSet>(crate::entity::ONLY)
        && let Some(lesson) = multiplier(&rules, product, at_ms).and_then(|rule| rule.lesson)
    {
        keys.insert(FactKey::of::<LessonResult>(lesson_result_id(
            seller, &lesson,
        )));
    }
}

/// The buyer's points for `quantity_micro` of a product.
pub(super) fn buyer_points(product: &Product, quantity_micro: i64) -> Result<Earned, Overflow> {
    let points = amount::per_unit(product.buyer_points, quantity_micro)?;
    let params = json!({"product": product.id, "each": product.buyer_points, "quantity_micro": quantity_micro});
    let derivation = vec![step(
        "per_unit",
        "price_list",
        product.price_version,
        points,
        params,
    )];
    Ok(Earned {
        points,
        derivation,
        pending: Vec::new(),
    })
}

/// The buyer's points for an amount that names no product.
pub(super) fn amount_points(
    rules: &RuleSet,
    currency: &str,
    amount_minor: i64,
) -> Result<Option<Earned>, Overflow> {
    let found = rules.rules.iter().find_map(|rule| match &rule.effect {
        Effect::PerAmount {
            currency: of,
            step_minor,
            points,
        } if of == currency => Some((&rule.id, *step_minor, *points)),
        _ => None,
    });
    let Some((id, step_minor, each)) = found else {
        return Ok(None);
    };
    let points = amount::per_amount(each, step_minor, amount_minor)?;
    let params = json!({"amount_minor": amount_minor, "step_minor": step_minor, "each": each, "currency": currency});
    let derivation = vec![step("per_amount", id, rules.version, points, params)];
    Ok(Some(Earned {
        points,
        derivation,
        pending: Vec::new(),
    }))
}

/// The seller's points for `quantity_micro` of a product, campaign included.
pub(super) fn seller_points(
    product: &Product,
    seller: Uuid,
    quantity_micro: i64,
    at_ms: i64,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Earned, Overflow> {
    let mut points = amount::per_unit(product.seller_points, quantity_micro)?;
    let params = json!({"product": product.id, "each": product.seller_points, "quantity_micro": quantity_micro});
    let mut derivation = vec![step(
        "per_unit",
        "price_list",
        product.price_version,
        points,
        params,
    )];
    let mut pending = Vec::new();
    if let Some(rule) = multiplier(rules, &product.id, at_ms) {
        match lesson_passed(seller, rule.lesson.as_deref(), facts) {
            Some(true) => {
                points = amount::times_bp(points, rule.rate_bp)?;
                let params = json!({"rate_bp": rule.rate_bp});
                derivation.push(step("multiplier", &rule.id, rules.version, points, params));
            }
            Some(false) => {}
            None => pending.push(Because::new("server_checks_lesson")),
        }
    }
    Ok(Earned {
        points,
        derivation,
        pending,
    })
}

struct Found {
    id: String,
    rate_bp: i64,
    lesson: Option<String>,
}

fn multiplier(rules: &RuleSet, product: &str, at_ms: i64) -> Option<Found> {
    rules.rules.iter().find_map(|rule| {
        let (Effect::Multiply { rate_bp }, Predicate::All(parts)) = (&rule.effect, &rule.when)
        else {
            return None;
        };
        let of = |part: &Predicate| matches!(part, Predicate::Is { values, .. } if values.iter().any(|value| value == product));
        let lesson = parts.iter().find_map(|part| match part {
            Predicate::Lesson(code) => Some(code.clone()),
            _ => None,
        });
        let now = rule.starts_ms.is_none_or(|from| from <= at_ms)
            && rule.ends_ms.is_none_or(|to| at_ms < to);
        (now && parts.iter().any(of)).then(|| Found {
            id: rule.id.clone(),
            rate_bp: *rate_bp,
            lesson,
        })
    })
}

/// Whether the seller has passed the lesson that the rule asks for; none where nobody can tell.
fn lesson_passed(seller: Uuid, lesson: Option<&str>, facts: &Facts) -> Option<bool> {
    let Some(lesson) = lesson else {
        return Some(true);
    };
    match facts.see::<LessonResult>(&lesson_result_id(seller, lesson)) {
        Seen::Known(result) => Some(result.passed),
        Seen::Absent => Some(false),
        Seen::Unknown => None,
    }
}

/// Points for work, from a task or a lesson.
pub(super) fn fixed(kind: &str, rule: &str, version: i64, points: i64) -> Vec<Derivation> {
    vec![step(kind, rule, version, points, json!({}))]
}

/// Credits points to a person: into the pending pot while something is awaited. What the person owes
/// after an earlier reversal is taken from it first.
pub(super) fn credit(
    participant: Uuid,
    points: i64,
    waits: bool,
    facts: &Facts,
) -> Result<Transfer, Overflow> {
    if waits {
        let legs = [
            (Account::Issuance, -points),
            (Account::pending(participant), points),
        ];
        return Transfer::points("award", &legs);
    }
    let paid_back = paid_back(participant, points, facts);
    let legs = [
        (Account::Issuance, -points),
        (Account::Clawback(participant), paid_back),
        (Account::active(participant), points - paid_back),
    ];
    Transfer::points("award", &legs)
}

/// How much of `points` pays back what the person owes. Where that is not known, nothing: the
/// server knows, and its answer differs then.
pub(super) fn paid_back(participant: Uuid, points: i64, facts: &Facts) -> i64 {
    let owed = facts
        .balance(Account::Clawback(participant))
        .unwrap_or(0)
        .min(0);
    owed.saturating_neg().min(points.max(0))
}

/// What a credit to this person depends on.
pub(super) fn credit_needs(participant: Uuid, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::Balance(Account::Clawback(participant)));
}

/// A line of a person's history about this command.
pub(super) struct Line<'a> {
    pub kind: &'a str,
    pub participant: Uuid,
    pub role: &'a str,
    pub state: &'a str,
    pub subject: Option<String>,
    pub unit: Option<String>,
}

/// The id of the activity that a command makes for one role.
pub(super) fn activity_id(context: &Context, role: &str) -> String {
    format!("{}:{role}", context.command_id)
}

/// Writes a line of history into the outcome, visible to the person.
pub(super) fn record(
    outcome: &mut Outcome,
    context: &Context,
    line: Line<'_>,
    earned: &Earned,
) -> String {
    let id = activity_id(context, line.role);
    let activity = Activity {
        id: id.clone(),
        command_id: context.command_id,
        participant: line.participant,
        kind: line.kind.to_owned(),
        at_ms: context.occurred_ms,
        points: earned.points,
        state: line.state.to_owned(),
        subject: line.subject,
        outlet: context.outlet,
        unit: line.unit,
        because: earned.pending.clone(),
        derivation: earned.derivation.clone(),
    };
    outcome.upserts.push(Upsert::of(
        id.clone(),
        &activity,
        &[Scope::Participant(line.participant)],
    ));
    id
}
