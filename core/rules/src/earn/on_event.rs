//! The rules with an effect on the event as a whole, once for each side.

use std::collections::BTreeSet;

use super::condition::{Spot, Truth, holds};
use super::run::{Asked, Run, Winners, holds_at};
use super::scene::Side;
use super::steps::Step;
use super::value::{self, Value, Why};
use super::why::{Reason, about_line};
use super::{levels, share};
use crate::amount::Overflow;
use crate::outcome::WHOLE_EVENT;
use crate::ruleset::Effect;

impl<'s> Run<'s, '_> {
    /// Everything that the event as a whole earns on a side.
    pub(super) fn event(&mut self, side: Side) -> Result<(), Overflow> {
        let mut spots = Vec::new();
        let mut candidates = BTreeSet::new();
        let scene = self.scene;
        for line in &scene.lines {
            if let Some(part) = line.open(side, scene)? {
                spots.push(Spot { side, line, part });
                candidates.extend(self.candidates(line));
            }
        }
        let candidates: Vec<u32> = candidates.into_iter().collect();
        let mut winners = Winners::new();
        for place in &candidates {
            let Some(asked) = self.asked(*place, side) else {
                continue;
            };
            if asked.rule.effect.of_line() || !self.in_force(asked) {
                continue;
            }
            if let Some(group) = &asked.rule.group
                && !winners.contains_key(&(group.clone(), false))
            {
                let winner = self.best_of_event(group, &candidates, &spots, side)?;
                winners.insert((group.clone(), false), winner);
            }
            self.rule_on_event(asked, &spots, &winners)?;
        }
        Ok(())
    }

    fn best_of_event(
        &self,
        group: &str,
        candidates: &[u32],
        spots: &[Spot<'_>],
        side: Side,
    ) -> Result<Option<u32>, Overflow> {
        let mut best: Option<(i64, u32)> = None;
        for place in candidates {
            let Some(asked) = self.asked(*place, side) else {
                continue;
            };
            let rule = asked.rule;
            let competes = rule.group.as_deref() == Some(group)
                && !rule.effect.of_line()
                && holds_at(rule, self.scene.event.at_ms);
            if !competes {
                continue;
            }
            if let Found::Gives(value, _, None) = self.of_event(asked, spots)?
                && best.is_none_or(|(most, _)| value > most)
            {
                best = Some((value, *place));
            }
        }
        Ok(best.map(|(_, place)| place))
    }

    fn rule_on_event(
        &mut self,
        asked: Asked<'_>,
        spots: &[Spot<'_>],
        winners: &Winners,
    ) -> Result<(), Overflow> {
        let (value, steps) = match self.of_event(asked, spots)? {
            Found::Gives(value, steps, wait) => {
                if let Some(reason) = wait {
                    self.wait(asked, reason);
                }
                (value, steps)
            }
            Found::Nothing(why) => {
                self.reasons.note(asked.place, Reason::Nothing(why));
                return Ok(());
            }
            Found::Unknown(reason) => {
                self.wait(asked, reason);
                return Ok(());
            }
            Found::NotMet => {
                let scene = self.scene;
                for spot in spots
                    .iter()
                    .filter(|spot| about_line(asked.rule, spot.line, scene))
                {
                    let reason = Reason::NotMet(spot.line.number, asked.side);
                    self.reasons.note(asked.place, reason);
                }
                return Ok(());
            }
        };
        if self.beaten(asked, winners) {
            return Ok(());
        }
        match &asked.rule.effect {
            Effect::Levels { shares_bp, .. } => levels::give(self, asked, value, steps, shares_bp),
            _ => share::give(self, asked, WHOLE_EVENT, value, steps),
        }
    }

    /// What a rule on the event comes to before any bound, with the steps that lead there.
    fn of_event(&self, asked: Asked<'_>, spots: &[Spot<'_>]) -> Result<Found, Overflow> {
        let cond = self.scene.index.cond(asked.place);
        let (mut met, mut unknown) = (Vec::new(), None);
        for spot in spots {
            match holds(cond, *spot, self.scene)? {
                Truth::True => met.push(*spot),
                Truth::False => {}
                Truth::Unknown(reason) => unknown = unknown.or(Some(reason)),
            }
        }
        let effect = match &asked.rule.effect {
            Effect::Levels { of, .. } => of.as_ref(),
            effect => effect,
        };
        if met.is_empty() {
            return Ok(unknown.map_or(Found::NotMet, Found::Unknown));
        }
        if effect.of_line() {
            return levels::of_lines(effect, asked.place, (&met, unknown), self.scene);
        }
        Ok(match value::of_event(effect, self.scene)? {
            Value::Gives(value, op) => {
                let step = Step {
                    op,
                    rule: Some(asked.place),
                    line: WHOLE_EVENT,
                    inner: false,
                    points: value,
                };
                Found::Gives(value, vec![step], None)
            }
            Value::Nothing(why) => Found::Nothing(why),
            Value::Unknown(reason) => Found::Unknown(reason),
        })
    }
}

/// What a rule on the event comes to.
pub(crate) enum Found {
    /// So much, by these steps; and what is not known of other lines, if anything.
    Gives(i64, Vec<Step>, Option<&'static str>),
    Nothing(Why),
    Unknown(&'static str),
    NotMet,
}
