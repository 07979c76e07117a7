//! Rules that never win in their group, because an earlier one always gives at least as much.

use std::collections::BTreeMap;

use super::codes::SHADOWED;
use super::problem::{Place, shown};
use super::{Look, Problem};
use crate::ruleset::{Effect, Predicate, Rate, Rule, Share, Trigger, Who};

/// How many earlier rules of one group and condition a rule is compared with.
const EARLIER_MAX: usize = 8;

/// What rules must have in common to be compared: group, trigger, beneficiaries, condition.
type Key<'a> = (&'a str, &'a Trigger, Vec<(Who, i64)>, String);

/// Warns about each rule that an earlier one makes superfluous.
pub(super) fn check(look: &mut Look<'_>) {
    let set = look.set;
    let rules = Place::ROOT.key("rules");
    let mut earlier: BTreeMap<Key<'_>, Vec<&Rule>> = BTreeMap::new();
    for (index, rule) in set.rules.iter().enumerate() {
        let Some(group) = rule.group.as_deref() else {
            continue;
        };
        let to = |share: &Share| (share.who, share.share_bp);
        let to: Vec<(Who, i64)> = rule.to.iter().map(to).collect();
        let key = |when: &Predicate| {
            let when = serde_json::to_string(when).unwrap_or_default();
            (group, &rule.trigger, to.clone(), when)
        };
        let same = key(&rule.when);
        // A condition that always holds is weaker than every other.
        let always = key(&Predicate::default());
        let candidates = [&same, &always]
            .into_iter()
            .filter_map(|key| earlier.get(key))
            .flatten();
        let winner = candidates
            .copied()
            .find(|before| covers(before, rule) && gives_more(&before.effect, &rule.effect));
        if let Some(before) = winner {
            let detail = format!(
                "The earlier rule {} of the group always gives at least as much.",
                shown(&before.id)
            );
            let problem = Problem::new(&SHADOWED, rules.at(index).pointer(), detail);
            look.report
                .push(problem.with("rule", before.id.chars().take(64).collect::<String>()));
            continue;
        }
        let known = earlier.entry(same).or_default();
        if known.len() < EARLIER_MAX {
            known.push(rule);
        }
    }
}

/// True when a rule is in force whenever the other is.
fn covers(one: &Rule, other: &Rule) -> bool {
    let starts = |rule: &Rule| rule.starts_ms.unwrap_or(i64::MIN);
    let ends = |rule: &Rule| rule.ends_ms.unwrap_or(i64::MAX);
    starts(one) <= starts(other) && ends(one) >= ends(other)
}

/// True when an effect comes to at least as much as another, whatever the event.
fn gives_more(one: &Effect, other: &Effect) -> bool {
    match (one, other) {
        (Effect::PerUnit { points: a }, Effect::PerUnit { points: b })
        | (Effect::Fixed { points: a }, Effect::Fixed { points: b })
        | (Effect::Multiply { rate_bp: a }, Effect::Multiply { rate_bp: b }) => a >= b,
        (
            Effect::PerAmount {
                currency: c,
                step_minor: s,
                points: a,
            },
            Effect::PerAmount {
                currency: d,
                step_minor: t,
                points: b,
            },
        ) => c == d && s <= t && *s > 0 && a >= b,
        (Effect::PerMeasure { step: s, points: a }, Effect::PerMeasure { step: t, points: b }) => {
            s <= t && *s > 0 && a >= b
        }
        (
            Effect::Every {
                tally: c,
                nth: s,
                points: a,
            },
            Effect::Every {
                tally: d,
                nth: t,
                points: b,
            },
        ) => c == d && s == t && a >= b,
        (
            Effect::Percent {
                currency: c,
                rate: Rate::Flat(a),
                gives: g,
            },
            Effect::Percent {
                currency: d,
                rate: Rate::Flat(b),
                gives: h,
            },
        ) => c == d && g == h && a >= b,
        _ => false,
    }
}
