//! From an event to the books: asks the rules, books what they give, counts what is counted. Sales,
//! claims and every other event go this way.

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

use crate::amount::{self, Overflow};
use crate::earn::{self, EarnedAward, Earning, Event, TallyMove, tally_key};
use crate::entity::{AwardNote, Tallied};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Outcome, Upsert};
use crate::ruleset::{Trigger, WINDOW_DAYS_MAX, Who};
use crate::scope::Scope;

use super::pay::{self, About, Desk};
use super::{Context, latest};

/// Days for which values are kept: the longest window, the longest grace, and how late facts arrive.
const DAYS_KEPT: i64 = WINDOW_DAYS_MAX + earn::GRACE_DAYS_MAX + 40;

/// What an event's earning, booking and counting depend on.
pub(super) fn needs(event: &Event, context: &Context, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    let Some(index) = facts.rules() else { return };
    earn::needs(event, &index, facts, keys);
    if keys.iter().any(|key| !facts.has(key)) {
        return;
    }
    // Numbers alone: the steps are written when it is decided.
    if let Ok(brief) = earn::brief(event, &index, facts) {
        let people = brief
            .gains
            .iter()
            .map(|gain| (gain.who, gain.person.known()));
        let to = people.filter_map(|(who, person)| pay::beneficiary(who, person, context));
        pay::needs(context, to, keys);
        let counted = brief.tallies.iter();
        keys.extend(counted.map(|counted| FactKey::of::<Tallied>(key_of(counted))));
    }
}

/// True when a move counts for a limit.
pub(super) fn of_limit(counted: &TallyMove) -> bool {
    counted.tally.starts_with("limit/")
}

/// The id of what a move adds to.
pub(super) fn key_of(counted: &TallyMove) -> String {
    tally_key(&counted.tally, &counted.subject)
}

/// Lets a side wait as a whole: what one of its rules could not ask may change what the others give
/// (the best of a group, what is left of a limit). A member whom only the server can find changes
/// nothing for others.
fn let_sides_wait(earning: &mut Earning, of_sale: bool) {
    let side = |award: &EarnedAward| of_sale && !matches!(award.who, Who::Buyer | Who::Referrer);
    for seller in [false, true] {
        let own = || earning.awards.iter().filter(|award| side(award) == seller);
        let mut reasons = own().flat_map(|award| &award.pending);
        let unknown = reasons.find(|because| because.code != "server_resolves_member");
        let Some(because) = unknown.cloned() else {
            continue;
        };
        for award in earning
            .awards
            .iter_mut()
            .filter(|award| side(award) == seller)
        {
            if award.pending.is_empty() {
                award.pending.push(because.clone());
            }
        }
    }
}

/// What follows from an event. Each step about a line names its product, for whoever reads it later.
pub(super) fn work_out(event: &Event, desk: Desk<'_>) -> Result<Earning, Overflow> {
    let mut earning = earn::earn(event, desk.rules, desk.facts)?;
    let_sides_wait(&mut earning, event.trigger == Trigger::Sale);
    for step in earning
        .awards
        .iter_mut()
        .flat_map(|award| &mut award.derivation)
    {
        let line = usize::try_from(step.line)
            .ok()
            .and_then(|line| event.lines.get(line));
        if let Some(product) = line.and_then(|line| line.product.as_ref()) {
            step.params
                .insert("product".to_owned(), Value::from(product.as_str()));
        }
    }
    Ok(earning)
}

/// Points of all awards.
pub(super) fn points(awards: &[EarnedAward]) -> Result<i64, Overflow> {
    amount::sum(awards.iter().map(|award| award.points))
}

/// Books everything that an event earned, and counts it. Answers what is to be remembered of the
/// awards, in their order.
pub(super) fn book(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    event: &Event,
    earning: &Earning,
    about: &About<'_>,
) -> Result<Vec<AwardNote>, Overflow> {
    let mut notes = Vec::new();
    for award in &earning.awards {
        notes.extend(pay::pay(outcome, desk, award, about)?);
    }
    for because in &earning.notes {
        if !outcome.pending.contains(because) {
            outcome.pending.push(because.clone());
        }
    }
    outcome.discounts.extend(earning.discounts.iter().cloned());
    outcome.why_not.extend(earning.why_not.iter().cloned());
    count(outcome, desk.facts, event.outlet, &earning.tallies)?;
    Ok(notes)
}

/// Writes what the event adds to each tally; where it is not known what stands there, only the server
/// counts.
pub(super) fn count(
    outcome: &mut Outcome,
    facts: &Facts,
    outlet: Option<Uuid>,
    moves: &[TallyMove],
) -> Result<(), Overflow> {
    for counted in moves {
        let key = key_of(counted);
        let mut tallied = match latest::see::<Tallied>(outcome, facts, &key) {
            Seen::Known(tallied) => tallied,
            Seen::Absent => Tallied::default(),
            Seen::Unknown => continue,
        };
        tallied.add(counted.day, counted.value)?;
        let scopes = watchers(&counted.subject, outlet);
        outcome.upserts.retain(|upsert| upsert.id != key);
        outcome.upserts.push(Upsert::of(key, &tallied, &scopes));
    }
    Ok(())
}

/// Who gets to see what is counted for a subject: the person, and the outlet where it happened, whose
/// till asks the same rules next time; or the outlet that it is.
fn watchers(subject: &str, outlet: Option<Uuid>) -> Vec<Scope> {
    let Ok(id) = Uuid::parse_str(subject) else {
        return Vec::new();
    };
    let here = outlet.map(Scope::Outlet);
    let person = (outlet != Some(id)).then_some(Scope::Participant(id));
    person.into_iter().chain(here).collect()
}

impl Tallied {
    /// Adds to a day. Days that no window can reach any more are forgotten; what was ever counted
    /// stays.
    pub(crate) fn add(&mut self, day: i64, value: i64) -> Result<(), Overflow> {
        let now = match self.days.binary_search_by_key(&day, |(day, _)| *day) {
            Ok(place) => match self.days.get_mut(place) {
                Some(known) => {
                    known.1 = amount::sum([known.1, value])?;
                    known.1
                }
                None => value,
            },
            Err(place) => {
                self.days.insert(place, (day, value));
                value
            }
        };
        self.ever = amount::sum([self.ever, value])?;
        let newest = self.days.last().map_or(day, |(day, _)| *day);
        let oldest = self.days.first().map_or(day, |(day, _)| *day);
        // Looking through all days is spared where nothing can be forgotten.
        if now == 0 || oldest <= newest.saturating_sub(DAYS_KEPT) {
            self.days
                .retain(|(day, value)| *value != 0 && *day > newest.saturating_sub(DAYS_KEPT));
        }
        Ok(())
    }
}
