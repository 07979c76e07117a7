//! Money off a line.

use super::Discount;
use super::bounds::Bounded;
use super::condition::Spot;
use super::run::{Asked, Run};
use super::share;
use super::value::Why;
use super::why::Reason;
use crate::amount::{self, Overflow};
use crate::outcome::Because;

impl Run<'_, '_> {
    /// A discount cannot wait: what is not known is noted, once for each rule.
    pub(super) fn note_discount(&mut self, asked: Asked<'_>, reason: &'static str) {
        self.reasons.waits(asked.place);
        if self.noted.insert((asked.place, reason)) {
            self.notes
                .push(Because::new(reason).with("rule", asked.rule.id.clone()));
        }
    }

    /// Takes a discount off a line, within what is left of it and within the rule's limits.
    pub(super) fn discount(
        &mut self,
        asked: Asked<'_>,
        spot: Spot<'_>,
        value: i64,
        rate_bp: i64,
    ) -> Result<(), Overflow> {
        let Asked { place, rule, .. } = asked;
        let line = spot.line.number;
        let taken = self.discounted.get(&line).copied().unwrap_or(0);
        let value = value.min(spot.part.amount_minor.saturating_sub(taken).max(0));
        if value == 0 {
            self.reasons.note(place, Reason::Nothing(Why::BelowStep));
            return Ok(());
        }
        let scene = self.scene;
        let bounded = self.given.of_rule(place, rule, Bounded::of(value), scene)?;
        let whom = share::counting(scene.principal(asked.side));
        let bounded = self.given.of_person(place, rule, &whom, bounded, scene)?;
        if let Some(reason) = bounded.waits.first() {
            self.note_discount(asked, reason);
            return Ok(());
        }
        if let Some(spent) = bounded.spent {
            self.reasons.note(place, Reason::Spent(spent));
            return Ok(());
        }
        self.given.count(place, &bounded, bounded.value)?;
        self.reasons.gave(place);
        self.discounted
            .insert(line, amount::sum([taken, bounded.value])?);
        self.discounts.push(Discount {
            rule: rule.id.clone(),
            line,
            rate_bp,
            amount_minor: bounded.value,
        });
        Ok(())
    }
}
