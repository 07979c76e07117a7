//! One pass over an event: sides, lines, rules in their order, and what each comes to.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::Given;
use super::line::Line;
use super::purse::{Payee, Purse};
use super::scene::{Scene, Side};
use super::value::Why;
use super::why::{Reason, Reasons};
use super::{Discount, Earning, TallyMove, Terms, tallies};
use crate::amount::Overflow;
use crate::facts::Seen;
use crate::outcome::Because;
use crate::ruleset::{Rule, Who};

/// Everything that grows while an event is worked out.
pub(crate) struct Run<'s, 'a> {
    pub scene: &'s Scene<'a>,
    pub purse: Purse,
    pub given: Given,
    pub reasons: Reasons,
    pub(super) discounts: Vec<Discount>,
    /// What has been taken off each line.
    pub(super) discounted: BTreeMap<i64, i64>,
    pub(super) notes: Vec<Because>,
    /// What has been noted about discounts.
    pub(super) noted: BTreeSet<(u32, &'static str)>,
}

/// A rule where it is looked at.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'s> {
    pub place: u32,
    pub rule: &'s Rule,
    pub side: Side,
}

/// Winners of groups on one line, or on the event.
pub(super) type Winners = BTreeMap<(String, bool), Option<u32>>;

/// The side that a rule pays.
pub(crate) fn side_of(rule: &Rule, scene: &Scene<'_>) -> Side {
    let first = rule.to.first().map(|share| share.who);
    match first {
        _ if !scene.is_sale() => Side::Only,
        Some(Who::Buyer | Who::Referrer) | None => Side::Buyer,
        Some(_) => Side::Seller,
    }
}

/// What an event earns.
pub(crate) fn run(scene: &Scene<'_>) -> Result<Earning, Overflow> {
    gathered(scene)?.close()
}

/// All that the rules give, before it is put into words.
pub(super) fn gathered<'s, 'a>(scene: &'s Scene<'a>) -> Result<Run<'s, 'a>, Overflow> {
    let mut run = Run {
        scene,
        purse: Purse::default(),
        given: Given::default(),
        reasons: Reasons::default(),
        discounts: Vec::new(),
        discounted: BTreeMap::new(),
        notes: Vec::new(),
        noted: BTreeSet::new(),
    };
    let products = scene.unknown_products.iter();
    run.notes
        .extend(products.map(|id| Because::new("unknown_product").with("product", id.clone())));
    for side in scene.sides() {
        for line in &scene.lines {
            run.line(*side, line)?;
        }
    }
    for side in scene.sides() {
        run.event(*side)?;
    }
    Ok(run)
}

impl<'s, 'a> Run<'s, 'a> {
    /// What the event adds to tallies and limits, in their order.
    pub(super) fn moves(&self) -> Result<Vec<TallyMove>, Overflow> {
        let scene = self.scene;
        let points_of = |subject: &str| {
            let person = uuid::Uuid::parse_str(subject).ok();
            person.map_or(Ok(0), |person| self.purse.points_of(person))
        };
        let mut moves = tallies::moves(scene, points_of)?;
        moves.extend(self.given.moves(scene));
        moves.retain(|counted| counted.value != 0);
        moves.sort();
        Ok(moves)
    }

    fn close(self) -> Result<Earning, Overflow> {
        let scene = self.scene;
        Ok(Earning {
            tallies: self.moves()?,
            why_not: self.reasons.told(scene)?,
            awards: self.purse.awards(scene)?,
            discounts: self.discounts,
            notes: self.notes,
        })
    }

    /// The rules that can match a line, in the order of the set.
    pub(super) fn candidates(&self, line: &Line) -> Vec<u32> {
        let mut found = Vec::new();
        if let Some(routes) = self.scene.index.routes(&self.scene.event.trigger) {
            let anywhere = matches!(self.scene.place, Seen::Unknown);
            routes.candidates(self.scene.filed(line), anywhere, &mut found);
        }
        found
    }

    pub(super) fn asked(&self, place: u32, side: Side) -> Option<Asked<'s>> {
        let rule = self.scene.index.set().rules.get(place as usize)?;
        (side_of(rule, self.scene) == side).then_some(Asked { place, rule, side })
    }

    /// True when the rule is in force; else why not is noted.
    pub(super) fn in_force(&mut self, asked: Asked<'_>) -> bool {
        let at_ms = self.scene.event.at_ms;
        let (starts, ends) = (asked.rule.starts_ms, asked.rule.ends_ms);
        match (starts, ends) {
            (Some(starts_ms), _) if at_ms < starts_ms => {
                self.reasons.note(asked.place, Reason::NotYet(starts_ms));
                false
            }
            (_, Some(ends_ms)) if ends_ms <= at_ms => {
                self.reasons.note(asked.place, Reason::Over(ends_ms));
                false
            }
            _ => true,
        }
    }

    /// True when another rule of the group gives more.
    pub(super) fn beaten(&mut self, asked: Asked<'_>, winners: &Winners) -> bool {
        let Some(group) = &asked.rule.group else {
            return false;
        };
        let key = (group.clone(), asked.rule.effect.is_discount());
        match winners.get(&key) {
            Some(Some(winner)) if *winner != asked.place => {
                self.reasons.note(asked.place, Reason::Better(*winner));
                true
            }
            // Where the group began nobody had anything to give.
            Some(None) => {
                self.reasons
                    .note(asked.place, Reason::Nothing(Why::BelowStep));
                true
            }
            _ => false,
        }
    }

    /// What a rule gives depends on what is not known here: the side's own award waits; a discount
    /// cannot wait and is noted.
    pub fn wait(&mut self, asked: Asked<'_>, reason: &'static str) {
        self.reasons.waits(asked.place);
        if asked.rule.effect.is_discount() {
            self.note_discount(asked, reason);
            return;
        }
        let who = match asked.side {
            Side::Buyer | Side::Only => Who::Buyer,
            Side::Seller => Who::Seller,
        };
        let person = self.scene.principal(asked.side);
        self.purse.wait(Payee::of(who, person), reason);
    }
}

/// True when a rule is in force at an instant.
pub(crate) fn holds_at(rule: &Rule, at_ms: i64) -> bool {
    rule.starts_ms.is_none_or(|starts_ms| starts_ms <= at_ms)
        && rule.ends_ms.is_none_or(|ends_ms| at_ms < ends_ms)
}

/// The terms on which a rule gives.
pub(crate) fn terms(rule: &Rule) -> Terms {
    Terms {
        funder: rule.funder,
        budget: rule.budget,
        credit: rule.credit,
        expires_days: rule.expires_days,
    }
}
