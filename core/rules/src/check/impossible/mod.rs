//! Conditions that can never hold, found on the typed tree.
//!
//! Parts that must hold together narrow down what each field and number can be; an alternative starts
//! from what its surroundings leave. What is found is certain, what is not found may still be
//! impossible. Each part is looked at twice at most; comparing values draws on a fixed allowance.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{NEVER_MATCHES, PART_NEVER_MATCHES};
use super::conditions::{never_has, never_has_number, number_name};
use super::problem::{Place, shown};
use super::{Look, Problem};
use crate::ruleset::{Number, Predicate, TextField, Trigger};

mod frame;

use frame::Frame;

/// What holds besides a condition.
pub(super) struct Seed<'a> {
    /// The trigger of the rule or tally.
    pub(super) trigger: &'a Trigger,
    /// The currency that the effect is for.
    pub(super) currency: Option<&'a str>,
    /// Only whoever recommended the buyer is paid.
    pub(super) referred: bool,
}

/// Why a part cannot hold, and where that shows.
struct Clash {
    pointer: String,
    why: String,
}

/// Says when a condition can never hold.
pub(super) fn check(look: &mut Look<'_>, when: &Predicate, place: &Place<'_>, seed: &Seed<'_>) {
    let mut around = Frame::default();
    if let Some(currency) = seed.currency {
        let text = around.texts.entry(TextField::Currency).or_default();
        text.allowed = Some(BTreeSet::from([currency]));
    }
    around.referred = seed.referred.then_some(true);
    let mut looking = Looking {
        look,
        trigger: seed.trigger,
    };
    if let Err(clash) = looking.whole((when, true), place, &around) {
        let mut problem = Problem::new(&NEVER_MATCHES, clash.pointer, clash.why);
        problem.detail.push_str(" So the condition never holds.");
        look.report.push(problem);
    }
}

struct Looking<'l, 's, 'x> {
    look: &'l mut Look<'s>,
    trigger: &'x Trigger,
}

/// A part and whether it has to hold or to fail.
type Part<'a> = (&'a Predicate, bool);

impl<'a> Looking<'_, '_, '_> {
    /// Everything that must hold together, then the alternatives among it.
    fn whole(
        &mut self,
        part: Part<'a>,
        place: &Place<'_>,
        around: &Frame<'_, 'a>,
    ) -> Result<(), Clash> {
        let mut frame = Frame {
            parent: Some(around),
            ..Frame::default()
        };
        self.leaves(part, place, &mut frame)?;
        self.choices(part, place, &frame)
    }

    fn leaves(
        &mut self,
        (part, holds): Part<'a>,
        place: &Place<'_>,
        frame: &mut Frame<'_, 'a>,
    ) -> Result<(), Clash> {
        let clash = |why: Option<String>, place: &Place<'_>| {
            why.map_or(Ok(()), |why| {
                Err(Clash {
                    pointer: place.pointer(),
                    why,
                })
            })
        };
        match part {
            Predicate::All(parts) if holds => {
                let place = place.key("all");
                siblings(parts, &place)?;
                self.each(parts, true, &place, frame)
            }
            Predicate::Any(parts) if !holds => self.each(parts, false, &place.key("any"), frame),
            Predicate::Not(part) => self.leaves((part, !holds), &place.key("not"), frame),
            Predicate::All(_) | Predicate::Any(_) => Ok(()),
            Predicate::Is { field, values } => {
                clash(self.is(*field, values, holds, frame), &place.key("is"))
            }
            Predicate::Absent(field) => clash(self.absent(*field, holds, frame), place),
            Predicate::Between { number, from, to } => clash(
                self.between(number, (*from, *to), holds, frame),
                &place.key("between"),
            ),
            Predicate::Lesson(code) => clash(lesson(code, holds, frame), place),
            Predicate::Tier { ladder, at_least } => {
                clash(self.tier(ladder, at_least, holds, frame), place)
            }
            Predicate::Referred(yes) => clash(referred(*yes == holds, frame), place),
        }
    }

    fn each(
        &mut self,
        parts: &'a [Predicate],
        holds: bool,
        place: &Place<'_>,
        frame: &mut Frame<'_, 'a>,
    ) -> Result<(), Clash> {
        for (index, part) in parts.iter().enumerate() {
            self.leaves((part, holds), &place.at(index), frame)?;
        }
        Ok(())
    }

    fn choices(
        &mut self,
        (part, holds): Part<'a>,
        place: &Place<'_>,
        frame: &Frame<'_, 'a>,
    ) -> Result<(), Clash> {
        let (key, parts) = match part {
            Predicate::All(parts) => ("all", parts),
            Predicate::Any(parts) => ("any", parts),
            Predicate::Not(part) => return self.choices((part, !holds), &place.key("not"), frame),
            _ => return Ok(()),
        };
        let place = place.key(key);
        if matches!(part, Predicate::Any(_)) == holds {
            return self.alternatives(parts, holds, &place, frame);
        }
        for (index, part) in parts.iter().enumerate() {
            self.choices((part, holds), &place.at(index), frame)?;
        }
        Ok(())
    }

    fn alternatives(
        &mut self,
        parts: &'a [Predicate],
        holds: bool,
        place: &Place<'_>,
        frame: &Frame<'_, 'a>,
    ) -> Result<(), Clash> {
        let mut clashes = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            clashes.extend(self.whole((part, holds), &place.at(index), frame).err());
        }
        if clashes.len() == parts.len() {
            let why = match clashes.as_slice() {
                [] => "A list without alternatives does not hold.".to_owned(),
                [clash, ..] => format!("No alternative can hold; of the first: {}", clash.why),
            };
            return Err(Clash {
                pointer: place.pointer(),
                why,
            });
        }
        for clash in clashes {
            let problem = Problem::new(&PART_NEVER_MATCHES, clash.pointer, clash.why);
            self.look.report.push(problem);
        }
        Ok(())
    }

    /// Takes comparisons from the allowance; false when it is used up.
    fn spend(&mut self, comparisons: usize) -> bool {
        let left = u64::try_from(comparisons)
            .ok()
            .and_then(|spent| self.look.work.checked_sub(spent));
        self.look.work = left.unwrap_or(0);
        left.is_some()
    }

    fn is(
        &mut self,
        field: TextField,
        values: &'a [String],
        holds: bool,
        frame: &mut Frame<'_, 'a>,
    ) -> Option<String> {
        let name = field.name();
        if holds && never_has(self.trigger, field) {
            return Some(format!("Events of this trigger never have a {name}."));
        }
        if holds && frame.is_absent(field) {
            return Some(format!(
                "The {name} must be one of some values and absent as well."
            ));
        }
        if values.is_empty() || !self.spend(values.len() * frame.depth()) {
            return None;
        }
        let left: BTreeSet<&'a str> = if holds {
            values
                .iter()
                .map(String::as_str)
                .filter(|value| frame.leaves(field, value))
                .collect()
        } else {
            let excluded = &mut frame.texts.entry(field).or_default().excluded;
            excluded.extend(values.iter().map(String::as_str));
            let allowed = frame.allowed(field).map_or(0, BTreeSet::len);
            if allowed == 0 || !self.spend(allowed * frame.depth()) {
                return None;
            }
            let allowed = frame.allowed(field)?;
            allowed
                .iter()
                .copied()
                .filter(|value| frame.leaves(field, value))
                .collect()
        };
        if left.is_empty() {
            return Some(format!(
                "Other parts leave the {name} none of the values that this one allows."
            ));
        }
        let text = frame.texts.entry(field).or_default();
        text.allowed = Some(left);
        if holds {
            text.absent = Some(false);
        }
        None
    }

    fn absent(
        &mut self,
        field: TextField,
        holds: bool,
        frame: &mut Frame<'_, 'a>,
    ) -> Option<String> {
        let name = field.name();
        let clash = if holds {
            frame.is_present(field)
        } else {
            frame.is_absent(field) || never_has(self.trigger, field)
        };
        if clash {
            return Some(format!(
                "The {name} would have to be there and absent as well."
            ));
        }
        frame.texts.entry(field).or_default().absent = Some(holds);
        None
    }

    fn between(
        &mut self,
        number: &'a Number,
        (from, to): (Option<i64>, Option<i64>),
        holds: bool,
        frame: &mut Frame<'_, 'a>,
    ) -> Option<String> {
        let name = number_name(number);
        let zero = never_has_number(self.trigger, number);
        let (low, high) = if zero { (0, 1) } else { frame.interval(number) };
        let (from, to) = (from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX));
        let left = match holds {
            true if from >= to => return Some(format!("Nothing is from {from} and below {to}.")),
            true => (low.max(from), high.min(to)),
            // Outside: above, below, or on either side of what is left out.
            false if from <= low => (low.max(to), high),
            false if to >= high => (low, high.min(from)),
            false => (low, high),
        };
        if left.0 >= left.1 {
            if zero {
                return Some(format!(
                    "Events of this trigger have no {name}: it counts as 0."
                ));
            }
            return Some(format!(
                "Other parts leave {name} no value that this one allows."
            ));
        }
        frame.numbers.insert(number, left);
        None
    }

    fn tier(
        &mut self,
        ladder: &'a str,
        at_least: &str,
        holds: bool,
        frame: &mut Frame<'_, 'a>,
    ) -> Option<String> {
        let steps = &self.look.names.ladders.get(ladder)?.steps;
        let step = steps.iter().position(|step| step.code == at_least)?;
        let (low, high) = frame.tier(ladder).unwrap_or((0, steps.len()));
        let left = if holds {
            (low.max(step), high)
        } else {
            (low, high.min(step))
        };
        if left.0 >= left.1 {
            return Some(format!(
                "Other parts leave no step of {} that this one allows.",
                shown(ladder)
            ));
        }
        frame.tiers.insert(ladder, left);
        None
    }
}

fn lesson<'a>(code: &'a str, holds: bool, frame: &mut Frame<'_, 'a>) -> Option<String> {
    let before = frame.around().find_map(|frame| frame.lessons.get(code));
    if before.is_some_and(|before| *before != holds) {
        return Some(format!(
            "The lesson {} would have to be passed and not passed.",
            shown(code)
        ));
    }
    frame.lessons.insert(code, holds);
    None
}

fn referred(yes: bool, frame: &mut Frame<'_, '_>) -> Option<String> {
    let before = frame.around().find_map(|frame| frame.referred);
    if before.is_some_and(|before| before != yes) {
        return Some(
            "The buyer would have to be recommended by somebody and by nobody.".to_owned(),
        );
    }
    frame.referred = Some(yes);
    None
}

/// A part and the same part negated, beside each other, where the part is more than a leaf.
fn siblings(parts: &[Predicate], place: &Place<'_>) -> Result<(), Clash> {
    let compound = |part: &Predicate| matches!(part, Predicate::All(_) | Predicate::Any(_));
    let text = |part: &Predicate| serde_json::to_string(part).unwrap_or_default();
    let negated: BTreeMap<String, usize> = parts
        .iter()
        .enumerate()
        .filter_map(|(index, part)| match part {
            Predicate::Not(part) if compound(part) => Some((text(part), index)),
            _ => None,
        })
        .collect();
    if negated.is_empty() {
        return Ok(());
    }
    let clash = parts
        .iter()
        .filter(|part| compound(part))
        .find_map(|part| negated.get(&text(part)));
    clash.map_or(Ok(()), |index| {
        Err(Clash {
            pointer: place.at(*index).pointer(),
            why: "A part beside this one is the same without `not`.".to_owned(),
        })
    })
}
