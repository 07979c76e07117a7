//! `event.record`: something measured that rules reward. What a manager records for somebody counts
//! at once; what people record for themselves waits until somebody has looked at it.

use std::collections::BTreeSet;

use crate::amount::{AMOUNT_SIZE_MAX, Overflow};
use crate::command::{EVENT_NAME_CHARS_MAX, EventRecord};
use crate::earn::{Event, Party};
use crate::entity::{AwardNote, MeasuredEvent, Participant, Review};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};
use crate::ruleset::{RuleSet, Trigger};
use crate::scope::Scope;

use super::pay::{About, Desk};
use super::{Context, earning};

/// The command's context at the event's own instant: that is what rules and lots go by.
fn at_event(record: &EventRecord, context: &Context) -> Context {
    let mut context = context.clone();
    context.occurred_ms = record.at_ms.unwrap_or(context.occurred_ms);
    context
}

fn event(record: &EventRecord, context: &Context) -> Event {
    Event {
        trigger: Trigger::Event(record.name.clone()),
        at_ms: context.occurred_ms,
        outlet: context.outlet,
        actor: Party::Known(context.actor),
        buyer: Party::Known(record.participant),
        seller: Party::Nobody,
        currency: String::new(),
        evidence: String::new(),
        value: record.value,
        lines: Vec::new(),
    }
}

pub(super) fn needs(
    record: &EventRecord,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Participant>(record.participant.to_string()));
    keys.insert(FactKey::of::<MeasuredEvent>(record.event_id.to_string()));
    if let Some(rules) = facts.rules()
        && is_measured(&record.name, &rules)
    {
        let context = at_event(record, context);
        earning::needs(&event(record, &context), &context, facts, keys);
    }
}

fn is_measured(name: &str, rules: &RuleSet) -> bool {
    let mut rules = rules.rules.iter();
    rules.any(|rule| matches!(&rule.trigger, Trigger::Event(known) if known == name))
}

pub(super) fn decide(record: &EventRecord, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    if let Some(because) = wrong(record, desk) {
        return Ok(Outcome::rejected(because));
    }
    let limits = &desk.rules.limits;
    let context = &at_event(record, desk.context);
    if context.now_ms.saturating_sub(context.occurred_ms) > limits.fact_age_ms_max {
        return Ok(Outcome::parked(Because::new("too_late")));
    }
    let desk = Desk { context, ..desk };
    let event = event(record, context);
    let mut earning = earning::work_out(&event, desk)?;
    if earning::points(&earning.awards)? > limits.sale_points_max {
        return Ok(Outcome::parked(Because::new("above_limit")));
    }
    let by_themself = record.participant == context.actor;
    let mut waiting = Vec::new();
    if by_themself {
        for award in &mut earning.awards {
            award.pending.push(Because::new("awaits_review"));
        }
        // Limits count at once; what else is counted of somebody's own word waits like its points.
        let all = std::mem::take(&mut earning.tallies).into_iter();
        (earning.tallies, waiting) = all.partition(earning::of_limit);
    }
    let mut outcome = Outcome::accepted();
    let measured = MeasuredEvent {
        name: record.name.clone(),
        value: record.value,
        participant: record.participant,
        recorded_by: context.actor,
        at_ms: context.occurred_ms,
        waiting,
    };
    let own = [Scope::Participant(record.participant)];
    let id = record.event_id.to_string();
    outcome.upserts.push(Upsert::of(id, &measured, &own));
    let about = About {
        kind: "event",
        subject: Some(record.name.clone()),
        ..About::default()
    };
    let notes = earning::book(&mut outcome, desk, &event, &earning, &about)?;
    if by_themself {
        let reviews = notes
            .iter()
            .filter_map(|note| review(note, record, context));
        outcome.upserts.extend(reviews);
    }
    Ok(outcome)
}

fn wrong(record: &EventRecord, desk: Desk<'_>) -> Option<Because> {
    let (context, facts) = (desk.context, desk.facts);
    let at_ms = record.at_ms.unwrap_or(context.occurred_ms);
    let size = -AMOUNT_SIZE_MAX..=AMOUNT_SIZE_MAX;
    if record.name.chars().count() > EVENT_NAME_CHARS_MAX || at_ms > context.now_ms || at_ms < 0 {
        return Some(Because::new("bad_input"));
    }
    if !size.contains(&record.value) {
        return Some(Because::new("bad_amount"));
    }
    if !is_measured(&record.name, desk.rules) {
        return Some(Because::new("event_unknown").with("name", record.name.clone()));
    }
    let id = record.event_id.to_string();
    if matches!(facts.see::<MeasuredEvent>(&id), Seen::Known(_)) {
        return Some(Because::new("already_recorded"));
    }
    if facts.see::<Participant>(&record.participant.to_string()) == Seen::Absent {
        return Some(Because::new("unknown_member"));
    }
    let manages = match facts.see::<Participant>(&context.actor.to_string()) {
        Seen::Known(person) => person.role == "manager",
        Seen::Absent | Seen::Unknown => false,
    };
    (record.participant != context.actor && !manages).then(|| Because::new("not_permitted"))
}

/// What a person looks at before one of the awards holds; a shop's own pot has nobody to ask for it.
fn review(note: &AwardNote, record: &EventRecord, context: &Context) -> Option<Upsert> {
    let review = Review {
        id: format!("event:{}", note.activity),
        kind: "event".to_owned(),
        subject: record.event_id.to_string(),
        participant: note.to.participant().unwrap_or(context.actor),
        outlet: context.outlet,
        points: note.points,
        activity: note.activity.clone(),
        also: Vec::new(),
        photos: Vec::new(),
        because: Vec::new(),
        status: "open".to_owned(),
        decided_by: None,
        reason: String::new(),
        at_ms: context.occurred_ms,
        device: None,
    };
    note.promised
        .then(|| Upsert::of(review.id.clone(), &review, &[]))
}
