//! Tallies and the ladders that stand on them.

use std::collections::BTreeSet;

use super::bounds::{DAYS_MAX, LADDERS_MAX, TALLIES_MAX, TIER_STEPS_MAX};
use super::codes::{COUNTS_NOTHING, TIERS_NOT_ASCENDING, TIERS_START_LATE};
use super::impossible::Seed;
use super::problem::Place;
use super::{Look, conditions, effects, rules};
use crate::amount::AMOUNT_SIZE_MAX;
use crate::ruleset::{Counted, Ladder, Subject, Tally, Trigger};

/// Checks every tally and every ladder.
pub(super) fn check(look: &mut Look<'_>) {
    let set = look.set;
    let place = Place::ROOT.key("tallies");
    if look.length(&place, set.tallies.len(), (0, TALLIES_MAX)) {
        let mut ids = BTreeSet::new();
        for (index, tally) in set.tallies.iter().enumerate() {
            let place = place.at(index);
            look.id(&place.key("id"), &tally.id, true, &mut ids);
            counted(look, tally, &place);
        }
    }
    let place = Place::ROOT.key("ladders");
    if look.length(&place, set.ladders.len(), (0, LADDERS_MAX)) {
        let mut ids = BTreeSet::new();
        for (index, found) in set.ladders.iter().enumerate() {
            let place = place.at(index);
            look.id(&place.key("id"), &found.id, false, &mut ids);
            ladder(look, found, &place);
        }
    }
}

fn counted(look: &mut Look<'_>, tally: &Tally, place: &Place<'_>) {
    rules::trigger(look, &tally.on, &place.key("on"));
    rules::window(look, tally.within, &place.key("within"));
    let seed = Seed {
        trigger: &tally.on,
        currency: None,
        referred: false,
    };
    conditions::check(look, &tally.when, &place.key("when"), &seed);
    let lines = effects::has_lines(&tally.on);
    let nothing = match tally.counts {
        Counted::Times => None,
        Counted::Pieces | Counted::AmountMinor if !lines => {
            Some("Events of this trigger have no lines to count.")
        }
        Counted::Pieces | Counted::AmountMinor => None,
        Counted::Value if matches!(tally.on, Trigger::Event(_)) => None,
        Counted::Value => Some("Only measured events have a value."),
        Counted::Points => match tally.subject {
            Subject::Buyer | Subject::Seller | Subject::Actor => None,
            Subject::Outlet | Subject::Partner | Subject::Programme => {
                Some("Points are counted for persons only.")
            }
        },
    };
    if let Some(detail) = nothing {
        look.report
            .say(&COUNTS_NOTHING, &place.key("counts"), detail);
    }
    if nobody(tally) {
        let detail = "Events of this trigger have no such subject.";
        look.report
            .say(&COUNTS_NOTHING, &place.key("subject"), detail);
    }
}

/// True when events of the tally's trigger, as they are recorded, never have its subject.
fn nobody(tally: &Tally) -> bool {
    match tally.subject {
        Subject::Buyer | Subject::Programme => false,
        Subject::Seller => tally.on != Trigger::Sale,
        Subject::Actor => matches!(
            tally.on,
            Trigger::Payment | Trigger::Quiet { .. } | Trigger::Anniversary { .. }
        ),
        Subject::Outlet | Subject::Partner => !conditions::has_outlet(&tally.on),
    }
}

fn ladder(look: &mut Look<'_>, ladder: &Ladder, place: &Place<'_>) {
    look.tally(&place.key("tally"), &ladder.tally);
    look.range(&place.key("grace_days"), ladder.grace_days, (0, DAYS_MAX));
    let steps = place.key("steps");
    if !look.length(&steps, ladder.steps.len(), (1, TIER_STEPS_MAX)) {
        return;
    }
    let mut codes = BTreeSet::new();
    let mut before: Option<i64> = None;
    for (index, step) in ladder.steps.iter().enumerate() {
        let place = steps.at(index);
        look.id(&place.key("code"), &step.code, false, &mut codes);
        look.title(&place.key("title"), &step.title);
        let from = place.key("from");
        look.range(&from, step.from, (0, AMOUNT_SIZE_MAX));
        if before.is_none() && step.from != 0 {
            let detail = format!("The first step begins at {}, not at 0.", step.from);
            look.report.say(&TIERS_START_LATE, &from, detail);
        }
        if let Some(before) = before.filter(|before| *before >= step.from) {
            let detail = format!(
                "This step begins at {}, the one below it at {before}.",
                step.from
            );
            look.report.say(&TIERS_NOT_ASCENDING, &from, detail);
        }
        before = Some(step.from);
    }
}
