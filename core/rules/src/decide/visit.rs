//! `visit.record`: a closed visit earns after somebody has looked at it.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{
    CHECKLIST_ITEMS_MAX, SHELF_COUNT_MAX, SHELF_ROWS_MAX, ShelfFace, VISIT_PHOTOS_MAX, VisitRecord,
};
use crate::entity::{Beneficiary, Participant, Review, Stop, Task, Visit};
use crate::facts::{FactKey, Facts, Seen};
use crate::index::Index;
use crate::outcome::{AwardKey, Because, Outcome, Upsert};
use crate::scope::Scope;

use super::Context;
use super::pay::{self, About, Desk};
use super::points;

const NOTE_CHARS_MAX: usize = 500;

pub(super) fn needs(visit: &VisitRecord, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Task>(&visit.task));
    pay::needs(context, [Beneficiary::Participant(context.actor)], keys);
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Visit>(visit.visit_id.to_string()));
    if let Some(stop) = &visit.stop {
        keys.insert(FactKey::of::<Stop>(stop));
    }
}

pub(super) fn decide(
    visit: &VisitRecord,
    context: &Context,
    facts: &Facts,
    rules: &Index,
) -> Result<Outcome, Overflow> {
    let Some(outlet) = context.outlet else {
        return Ok(Outcome::rejected(Because::new("outlet_needed")));
    };
    let task = match facts.see::<Task>(&visit.task) {
        Seen::Known(task) => task,
        Seen::Absent => return Ok(Outcome::rejected(Because::new("task_unknown"))),
        Seen::Unknown => return Ok(Outcome::parked(Because::new("task_unknown"))),
    };
    if let Some(because) = incomplete(visit, &task) {
        return Ok(Outcome::rejected(because));
    }
    if let Some(because) = not_theirs(visit, context, facts) {
        return Ok(Outcome::rejected(because));
    }
    let stop = match visit.stop.as_deref().map(|id| facts.see::<Stop>(id)) {
        Some(Seen::Known(stop)) => Some(stop),
        _ => None,
    };
    let mut outcome = Outcome::accepted();
    outcome.award_keys.push(AwardKey {
        unit: visit
            .stop
            .clone()
            .unwrap_or_else(|| visit.visit_id.to_string()),
        purpose: "visit".to_owned(),
        role: "worker".to_owned(),
    });
    let derivation = points::fixed("task", &task.code, rules.version, task.points);
    let why = (vec![Because::new("awaits_review")], derivation);
    let about = About {
        kind: "visit",
        subject: Some(task.code.clone()),
        ..About::default()
    };
    let desk = Desk {
        context,
        facts,
        rules,
    };
    let booked = pay::pay_work(&mut outcome, desk, task.points, why, &about)?;
    let activity = booked.map(|booked| booked.activity).unwrap_or_default();
    write(&mut outcome, visit, context, outlet, &task, stop, &activity);
    Ok(outcome)
}

/// Why this person may not record this visit, if there is a reason: it is there already, it is
/// somebody else's stop, or visits are not their work.
fn not_theirs(visit: &VisitRecord, context: &Context, facts: &Facts) -> Option<Because> {
    let works = match facts.see::<Participant>(&context.actor.to_string()) {
        Seen::Known(person) => matches!(person.role.as_str(), "merchandiser" | "manager"),
        Seen::Absent => false,
        Seen::Unknown => true,
    };
    if !works {
        return Some(Because::new("not_permitted"));
    }
    if let Seen::Known(_) = facts.see::<Visit>(&visit.visit_id.to_string()) {
        return Some(Because::new("stop_done"));
    }
    match visit.stop.as_deref().map(|id| facts.see::<Stop>(id)) {
        Some(Seen::Absent) => Some(Because::new("stop_unknown")),
        Some(Seen::Known(stop)) => {
            let theirs = stop.participant == context.actor
                && Some(stop.outlet) == context.outlet
                && stop.task == visit.task;
            match (theirs, stop.visit) {
                (false, _) => Some(Because::new("stop_unknown")),
                (true, Some(_)) => Some(Because::new("stop_done")),
                (true, None) => None,
            }
        }
        Some(Seen::Unknown) | None => None,
    }
}

fn incomplete(visit: &VisitRecord, task: &Task) -> Option<Because> {
    if visit.checklist.len() > CHECKLIST_ITEMS_MAX
        || visit.photos.len() > VISIT_PHOTOS_MAX
        || visit.note.chars().count() > NOTE_CHARS_MAX
        || !counted_well(&visit.shelf)
    {
        return Some(Because::new("bad_input"));
    }
    if task.photo_required && visit.photos.is_empty() {
        return Some(Because::new("visit_incomplete").with("missing", "photo"));
    }
    let answered = |code: &str| visit.checklist.iter().any(|answer| answer.item == code);
    let open = task
        .checklist
        .iter()
        .filter(|item| !answered(&item.code))
        .count();
    (open > 0).then(|| {
        Because::new("visit_incomplete")
            .with("missing", "checklist")
            .with("items", open)
    })
}

/// True for a shelf whose rows name each trade item once, with a count that can be.
fn counted_well(shelf: &[ShelfFace]) -> bool {
    let mut seen = BTreeSet::new();
    shelf.len() <= SHELF_ROWS_MAX
        && shelf.iter().all(|face| {
            (1..=SHELF_COUNT_MAX).contains(&face.count)
                && face.gtin.len() == 14
                && face.gtin.bytes().all(|digit| digit.is_ascii_digit())
                && seen.insert(face.gtin.as_str())
        })
}

fn write(
    outcome: &mut Outcome,
    visit: &VisitRecord,
    context: &Context,
    outlet: uuid::Uuid,
    task: &Task,
    stop: Option<Stop>,
    activity: &str,
) {
    let own = [Scope::Participant(context.actor)];
    let done = Visit {
        id: visit.visit_id,
        participant: context.actor,
        outlet,
        task: task.code.clone(),
        checked_in_ms: visit.checked_in_ms,
        closed_ms: context.occurred_ms,
        checklist: visit.checklist.clone(),
        photos: visit.photos.clone(),
        note: visit.note.clone(),
        status: "review".to_owned(),
        points: task.points,
        shelf: visit.shelf.clone(),
    };
    outcome
        .upserts
        .push(Upsert::of(visit.visit_id.to_string(), &done, &own));
    if let Some(mut stop) = stop {
        stop.visit = Some(visit.visit_id);
        outcome
            .upserts
            .push(Upsert::of(stop.id.clone(), &stop, &own));
    }
    let review = Review {
        id: format!("visit:{}", visit.visit_id),
        kind: "visit".to_owned(),
        subject: visit.visit_id.to_string(),
        participant: context.actor,
        outlet: Some(outlet),
        points: task.points,
        activity: activity.to_owned(),
        also: Vec::new(),
        photos: visit.photos.clone(),
        because: Vec::new(),
        status: "open".to_owned(),
        decided_by: None,
        reason: String::new(),
        at_ms: context.occurred_ms,
        device: None,
    };
    outcome
        .upserts
        .push(Upsert::of(review.id.clone(), &review, &[]));
}
