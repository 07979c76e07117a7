//! Conditions leaf by leaf: lists, ranges and names. What cannot hold together is `impossible`'s.

use super::bounds::{CONDITION_DEPTH_MAX, PARTS_MAX, VALUES_MAX};
use super::codes::{NUMBER_OUT_OF_RANGE, PART_NEVER_MATCHES, TOO_DEEP};
use super::effects::has_lines;
use super::impossible::{self, Seed};
use super::problem::{Place, shown};
use super::{Catalogue, Look, Problem};
use crate::ruleset::{Number, Predicate, TextField, Trigger};

/// What first reports a sale.
const EVIDENCE: [&str; 3] = ["till", "code", "receipt"];

/// Checks a condition on events of a trigger.
pub(super) fn check(look: &mut Look<'_>, when: &Predicate, place: &Place<'_>, seed: &Seed<'_>) {
    if depth(when) > CONDITION_DEPTH_MAX {
        let detail = format!("A condition is at most {CONDITION_DEPTH_MAX} deep.");
        let problem = Problem::new(&TOO_DEEP, place.pointer(), detail);
        look.report
            .push(problem.with("depth_max", CONDITION_DEPTH_MAX));
        return;
    }
    leaves(look, when, place);
    impossible::check(look, when, place, seed);
}

/// How deep a condition is. Counts with a list of its own, so that no depth can exhaust the stack.
fn depth(when: &Predicate) -> usize {
    let mut deepest = 0;
    let mut open = vec![(when, 1)];
    while let Some((part, depth)) = open.pop() {
        deepest = deepest.max(depth);
        match part {
            Predicate::All(parts) | Predicate::Any(parts) => {
                open.extend(parts.iter().map(|part| (part, depth + 1)));
            }
            Predicate::Not(part) => open.push((part, depth + 1)),
            _ => {}
        }
    }
    deepest
}

fn leaves(look: &mut Look<'_>, part: &Predicate, place: &Place<'_>) {
    let catalogue = look.catalogue;
    match part {
        Predicate::All(parts) => list(look, parts, &place.key("all")),
        Predicate::Any(parts) => list(look, parts, &place.key("any")),
        Predicate::Not(part) => leaves(look, part, &place.key("not")),
        Predicate::Is { field, values } => {
            let place = place.key("is");
            is(look, *field, values, &place.key("in"));
        }
        Predicate::Between { number, from, to } => {
            between(look, number, (*from, *to), &place.key("between"));
        }
        Predicate::Lesson(code) => {
            look.known(
                &place.key("lesson"),
                "lesson",
                code,
                catalogue.lessons.as_ref(),
            );
        }
        Predicate::Tier { ladder, at_least } => {
            let place = place.key("tier");
            tier(look, ladder, at_least, &place);
        }
        Predicate::Absent(_) | Predicate::Referred(_) => {}
    }
}

fn list(look: &mut Look<'_>, parts: &[Predicate], place: &Place<'_>) {
    if look.length(place, parts.len(), (0, PARTS_MAX)) {
        for (index, part) in parts.iter().enumerate() {
            leaves(look, part, &place.at(index));
        }
    }
}

fn is(look: &mut Look<'_>, field: TextField, values: &[String], place: &Place<'_>) {
    if !look.length(place, values.len(), (1, VALUES_MAX)) {
        return;
    }
    if field == TextField::Currency {
        for (index, code) in values.iter().enumerate() {
            look.currency(&place.at(index), code);
        }
        return;
    }
    let unknown = unknown(look.catalogue, field, values);
    if let Some((index, value)) = unknown {
        look.unknown(&place.at(index), field.name(), value);
    }
}

/// The first value that nothing has, where that is known.
fn unknown<'v>(
    catalogue: &Catalogue,
    field: TextField,
    values: &'v [String],
) -> Option<(usize, &'v str)> {
    let mut named = values.iter().map(String::as_str).enumerate();
    if field == TextField::Evidence {
        return named.find(|(_, value)| !EVIDENCE.contains(value));
    }
    let names = match field {
        TextField::Product => &catalogue.products,
        TextField::Brand => &catalogue.brands,
        TextField::Category => &catalogue.categories,
        TextField::Outlet => &catalogue.outlets,
        TextField::Partner => &catalogue.partners,
        TextField::Country => &catalogue.countries,
        TextField::City => &catalogue.cities,
        TextField::Role => &catalogue.roles,
        TextField::Segment => &catalogue.segments,
        TextField::Currency | TextField::Evidence => &None,
    };
    let names = names.as_ref()?;
    named.find(|(_, value)| !names.contains(*value))
}

/// A number as sentences name it.
pub(super) fn number_name(number: &Number) -> String {
    match number {
        Number::QuantityMicro => "quantity_micro".to_owned(),
        Number::AmountMinor => "amount_minor".to_owned(),
        Number::BasketMinor => "basket_minor".to_owned(),
        Number::Value => "value".to_owned(),
        Number::Weekday => "weekday".to_owned(),
        Number::Minute => "minute".to_owned(),
        Number::Tally(id) => format!("the tally {}", shown(id)),
    }
}

fn between(
    look: &mut Look<'_>,
    number: &Number,
    (from, to): (Option<i64>, Option<i64>),
    place: &Place<'_>,
) {
    if let Number::Tally(id) = number {
        let place = place.key("number");
        look.tally(&place.key("tally"), id);
    }
    let (Number::Weekday | Number::Minute) = number else {
        return;
    };
    let (first, end) = super::bands::domain(number);
    let end = end.unwrap_or(i64::MAX);
    for (key, bound, range) in [
        ("from", from, (first, end - 1)),
        ("to", to, (first + 1, end)),
    ] {
        if let Some(bound) = bound.filter(|bound| !(range.0..=range.1).contains(bound)) {
            let detail = format!(
                "`{key}` of {} is {bound}, not between {} and {}.",
                number_name(number),
                range.0,
                range.1
            );
            let problem = Problem::new(&NUMBER_OUT_OF_RANGE, place.key(key).pointer(), detail)
                .with("value", bound)
                .with("min", range.0)
                .with("max", range.1);
            look.report.push(problem);
        }
    }
}

fn tier(look: &mut Look<'_>, ladder: &str, at_least: &str, place: &Place<'_>) {
    match look.names.ladders.get(ladder) {
        None => look.unknown(&place.key("ladder"), "ladder", ladder),
        Some(found) if found.steps.iter().all(|step| step.code != at_least) => {
            look.unknown(&place.key("at_least"), "step", at_least);
        }
        Some(_) => {}
    }
}

/// Checks a number that bands read.
pub(super) fn number(look: &mut Look<'_>, trigger: &Trigger, number: &Number, place: &Place<'_>) {
    if let Number::Tally(id) = number {
        look.tally(&place.key("tally"), id);
    }
    if never_has_number(trigger, number) {
        let name = number_name(number);
        let detail = format!("Events of this trigger have no {name}: it counts as 0, in one band.");
        look.report.say(&PART_NEVER_MATCHES, place, detail);
    }
}

/// True when no event of this trigger has a value in this field.
pub(super) fn never_has(trigger: &Trigger, field: TextField) -> bool {
    match field {
        TextField::Product | TextField::Brand | TextField::Category => !has_lines(trigger),
        TextField::Currency => !has_lines(trigger),
        TextField::Outlet | TextField::Partner | TextField::Country | TextField::City => {
            !has_outlet(trigger)
        }
        TextField::Evidence => *trigger != Trigger::Sale,
        TextField::Role | TextField::Segment => false,
    }
}

/// True when events of this trigger can happen at an outlet.
pub(super) fn has_outlet(trigger: &Trigger) -> bool {
    matches!(
        trigger,
        Trigger::Sale | Trigger::Payment | Trigger::Event(_)
    )
}

/// True when events of this trigger do not have this number: it counts as 0.
pub(super) fn never_has_number(trigger: &Trigger, number: &Number) -> bool {
    match number {
        Number::QuantityMicro | Number::AmountMinor | Number::BasketMinor => !has_lines(trigger),
        Number::Value => !matches!(trigger, Trigger::Event(_)),
        Number::Weekday | Number::Minute | Number::Tally(_) => false,
    }
}
