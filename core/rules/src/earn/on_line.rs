//! The rules with an effect on lines: each line of a side, the price list first.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use super::bounds::Bounded;
use super::condition::{Spot, Truth, holds};
use super::line::Line;
use super::purse::{Addition, Payee};
use super::run::{Asked, Run, Winners, holds_at};
use super::scene::Side;
use super::steps::{Op, Step};
use super::value::{self, Value};
use super::why::{Reason, about_line};
use super::{Terms, share};
use crate::amount::{self, Overflow};
use crate::ruleset::{Effect, Rule, Who};

impl Run<'_, '_> {
    /// Everything that a line earns on a side.
    pub(super) fn line(&mut self, side: Side, line: &Line) -> Result<(), Overflow> {
        let Some(part) = line.open(side, self.scene)? else {
            return Ok(());
        };
        let spot = Spot { side, line, part };
        self.price_list(spot)?;
        let candidates = self.candidates(line);
        let mut winners = Winners::new();
        for place in &candidates {
            let Some(asked) = self.asked(*place, side) else {
                continue;
            };
            if !asked.rule.effect.of_line() || !self.in_force(asked) {
                continue;
            }
            if let Some(group) = &asked.rule.group {
                let key = (group.clone(), asked.rule.effect.is_discount());
                if let Entry::Vacant(place) = winners.entry(key) {
                    let winner = self.best_of_line(place.key(), &candidates, spot)?;
                    place.insert(winner);
                }
            }
            self.rule_on_line(asked, spot, &winners)?;
        }
        Ok(())
    }

    fn price_list(&mut self, spot: Spot<'_>) -> Result<(), Overflow> {
        let Some(points) = spot
            .line
            .goods
            .points
            .as_ref()
            .filter(|_| self.scene.is_sale())
        else {
            return Ok(());
        };
        let (who, each) = match spot.side {
            Side::Buyer => (Who::Buyer, points.buyer_points),
            Side::Seller | Side::Only => (Who::Seller, points.seller_points),
        };
        let quantity_micro = spot.part.quantity_micro;
        let value = amount::per_unit(each.max(0), quantity_micro)?;
        if value == 0 {
            return Ok(());
        }
        let bounded = self.given.of_money(None, Bounded::of(value), self.scene);
        if let Some(spent) = bounded.spent {
            self.reasons.price_list(spent);
            return Ok(());
        }
        self.reasons.price_list_gave();
        self.given.award(bounded.value, None, self.scene)?;
        self.purse.add(Addition {
            payee: Payee::of(who, self.scene.principal(spot.side)),
            terms: Terms::default(),
            rule: None,
            line: spot.line.number,
            inner: Vec::new(),
            value,
            op: Op::PerUnit {
                each,
                quantity_micro,
            },
            caps: bounded.caps,
            waits: &bounded.waits,
        })
    }

    /// What the line has earned so far for whom a multiplying rule pays.
    fn base(&self, rule: &Rule, line: i64) -> Result<i64, Overflow> {
        if !matches!(rule.effect, Effect::Multiply { .. }) {
            return Ok(0);
        }
        let whos: BTreeSet<Who> = rule.to.iter().map(|share| share.who).collect();
        let mut earned = whos.into_iter().map(|who| self.purse.earned(line, who));
        earned.try_fold(0, |sum, points| amount::sum([sum, points?]))
    }

    /// The rule of a group that gives most on a line.
    fn best_of_line(
        &self,
        (group, discount): &(String, bool),
        candidates: &[u32],
        spot: Spot<'_>,
    ) -> Result<Option<u32>, Overflow> {
        let mut best: Option<(i64, u32)> = None;
        for place in candidates {
            let Some(asked) = self.asked(*place, spot.side) else {
                continue;
            };
            let rule = asked.rule;
            let competes = rule.group.as_ref() == Some(group)
                && rule.effect.of_line()
                && rule.effect.is_discount() == *discount
                && holds_at(rule, self.scene.event.at_ms);
            let cond = self.scene.index.cond(*place);
            if !competes || holds(cond, spot, self.scene)? != Truth::True {
                continue;
            }
            let base = self.base(rule, spot.line.number)?;
            if let Value::Gives(value, _) = value::of_line(&rule.effect, spot, base, self.scene)?
                && best.is_none_or(|(most, _)| value > most)
            {
                best = Some((value, *place));
            }
        }
        Ok(best.map(|(_, place)| place))
    }

    fn rule_on_line(
        &mut self,
        asked: Asked<'_>,
        spot: Spot<'_>,
        winners: &Winners,
    ) -> Result<(), Overflow> {
        let Asked { place, rule, side } = asked;
        match holds(self.scene.index.cond(place), spot, self.scene)? {
            Truth::True => {}
            Truth::False => {
                if about_line(rule, spot.line, self.scene) {
                    let reason = Reason::NotMet(spot.line.number, side);
                    self.reasons.note(place, reason);
                }
                return Ok(());
            }
            Truth::Unknown(reason) => {
                self.wait(asked, reason);
                return Ok(());
            }
        }
        let base = self.base(rule, spot.line.number)?;
        let (value, op) = match value::of_line(&rule.effect, spot, base, self.scene)? {
            Value::Gives(value, op) => (value, op),
            Value::Nothing(why) => {
                self.reasons.note(place, Reason::Nothing(why));
                return Ok(());
            }
            Value::Unknown(reason) => {
                self.wait(asked, reason);
                return Ok(());
            }
        };
        if self.beaten(asked, winners) {
            return Ok(());
        }
        if let Op::Discount { rate_bp } = op {
            return self.discount(asked, spot, value, rate_bp);
        }
        let step = Step {
            op,
            rule: Some(place),
            line: spot.line.number,
            inner: false,
            points: value,
        };
        share::give(self, asked, spot.line.number, value, vec![step])
    }
}
