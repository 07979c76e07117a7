//! Awards while an event is worked out: per beneficiary and terms, with the running points of each
//! line and the steps that led there.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::brief::Gain;
use super::scene::Scene;
use super::steps::{Op, Step};
use super::{EarnedAward, Party, Terms};
use crate::amount::{self, Overflow};
use crate::outcome::Because;
use crate::ruleset::Who;

/// A beneficiary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Payee {
    pub who: Who,
    /// Level of recommendation, from 1; zero for everybody else.
    pub level: u8,
    /// The person; nobody for the outlet's pot.
    pub person: Party,
}

impl Payee {
    pub fn of(who: Who, person: Party) -> Self {
        Self {
            who,
            level: 0,
            person,
        }
    }
}

/// An award in the making.
#[derive(Debug)]
struct Draft {
    payee: Payee,
    terms: Terms,
    /// The rule that gave first; -1 for the price list.
    first_rule: i64,
    lines: BTreeMap<i64, i64>,
    steps: Vec<Step>,
    waits: BTreeSet<&'static str>,
}

impl Draft {
    fn points(&self) -> Result<i64, Overflow> {
        amount::sum(self.lines.values().copied())
    }

    /// What each step changed of its line, added up by rule.
    fn by_rule(&self) -> Vec<(Option<u32>, i64)> {
        let mut running: Vec<(i64, i64)> = Vec::new();
        let mut sums: Vec<(Option<u32>, i64)> = Vec::new();
        for step in self.steps.iter().filter(|step| !step.inner) {
            let before = entry(&mut running, step.line);
            let change = step.points.saturating_sub(*before);
            *before = step.points;
            let sum = entry(&mut sums, step.rule);
            *sum = sum.saturating_add(change);
        }
        sums
    }
}

/// The number kept under a key; a short list is searched faster than a map.
fn entry<K: PartialEq>(list: &mut Vec<(K, i64)>, key: K) -> &mut i64 {
    let place = list.iter().position(|(known, _)| *known == key);
    let place = place.unwrap_or_else(|| {
        list.push((key, 0));
        list.len() - 1
    });
    &mut list[place].1
}

/// All awards of an event.
#[derive(Debug, Default)]
pub(crate) struct Purse {
    drafts: Vec<Draft>,
}

/// Something to add to an award.
pub(crate) struct Addition<'a> {
    pub payee: Payee,
    pub terms: Terms,
    pub rule: Option<u32>,
    pub line: i64,
    /// Steps that lead to a value that is shared out.
    pub inner: Vec<Step>,
    /// What is added, by which operation.
    pub value: i64,
    pub op: Op,
    /// What is cut off again.
    pub caps: Vec<Op>,
    pub waits: &'a [&'static str],
}

impl Purse {
    fn draft(&mut self, payee: Payee, terms: &Terms, rule: i64) -> &mut Draft {
        let same = |draft: &Draft| draft.payee == payee && draft.terms == *terms;
        let place = self.drafts.iter().position(same).unwrap_or_else(|| {
            self.drafts.push(Draft {
                payee,
                terms: terms.clone(),
                first_rule: rule,
                lines: BTreeMap::new(),
                steps: Vec::new(),
                waits: BTreeSet::new(),
            });
            self.drafts.len() - 1
        });
        let draft = &mut self.drafts[place];
        draft.first_rule = draft.first_rule.min(rule);
        draft
    }

    /// What a line has earned so far for one part in the event.
    pub fn earned(&self, line: i64, who: Who) -> Result<i64, Overflow> {
        let of_who = self.drafts.iter().filter(|draft| {
            draft.payee.who == who && (who != Who::Referrer || draft.payee.level == 1)
        });
        amount::sum(of_who.filter_map(|draft| draft.lines.get(&line).copied()))
    }

    /// Adds to an award.
    pub fn add(&mut self, addition: Addition<'_>) -> Result<(), Overflow> {
        let Addition {
            payee,
            terms,
            rule,
            line,
            inner,
            value,
            op,
            caps,
            waits,
        } = addition;
        let first_rule = rule.map_or(-1, i64::from);
        let draft = self.draft(payee, &terms, first_rule);
        draft.waits.extend(waits);
        if payee.person == Party::Unresolved {
            draft.waits.insert("server_resolves_member");
        }
        draft.steps.extend(inner);
        let mut running = draft.lines.get(&line).copied().unwrap_or(0);
        let op = match op {
            // The base lies wholly in this award: the line itself is multiplied.
            Op::Boost { base, rate_bp } if base == running => Op::Multiplier { rate_bp },
            other => other,
        };
        running = amount::sum([running, value])?;
        let step = |op, points| Step {
            op,
            rule,
            line,
            inner: false,
            points,
        };
        draft.steps.push(step(op, running));
        for cap in caps {
            if let Op::Capped { cut, .. } = &cap {
                running = amount::sum([running, -cut])?;
            }
            draft.steps.push(step(cap, running));
        }
        draft.lines.insert(line, running);
        draft.points()?;
        Ok(())
    }

    /// Lets the default award of a beneficiary wait.
    pub fn wait(&mut self, payee: Payee, reason: &'static str) {
        let draft = self.draft(payee, &Terms::default(), -1);
        draft.waits.insert(reason);
        if payee.person == Party::Unresolved {
            draft.waits.insert("server_resolves_member");
        }
    }

    /// Points of one person in all.
    pub fn points_of(&self, person: Uuid) -> Result<i64, Overflow> {
        let own = self
            .drafts
            .iter()
            .filter(|draft| draft.payee.person == Party::Known(person));
        own.map(Draft::points)
            .try_fold(0, |sum, points| amount::sum([sum, points?]))
    }

    /// All steps, in no order that means anything.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.drafts.iter().flat_map(|draft| &draft.steps)
    }

    /// The awards as numbers, with what each rule gave of them.
    pub fn gains(&self) -> Result<Vec<Gain>, Overflow> {
        let mut gains = Vec::with_capacity(self.drafts.len());
        for draft in &self.drafts {
            let points = draft.points()?;
            if points != 0 {
                gains.push(Gain {
                    who: draft.payee.who,
                    person: draft.payee.person,
                    budget: draft.terms.budget,
                    points,
                    by_rule: draft.by_rule(),
                });
            }
        }
        Ok(gains)
    }

    /// The awards, in their order.
    pub fn awards(mut self, scene: &Scene<'_>) -> Result<Vec<EarnedAward>, Overflow> {
        self.drafts.sort_by_key(|draft| {
            let Payee { who, level, person } = draft.payee;
            let default = draft.terms == Terms::default();
            (who, level, person.known(), !default, draft.first_rule)
        });
        let mut awards = Vec::with_capacity(self.drafts.len());
        for draft in self.drafts {
            let points = draft.points()?;
            if points == 0 && draft.waits.is_empty() {
                continue;
            }
            awards.push(EarnedAward {
                who: draft.payee.who,
                level: draft.payee.level,
                participant: draft.payee.person.known(),
                points,
                terms: draft.terms,
                pending: draft.waits.into_iter().map(Because::new).collect(),
                derivation: draft
                    .steps
                    .iter()
                    .map(|step| step.derivation(scene))
                    .collect(),
            });
        }
        Ok(awards)
    }
}
