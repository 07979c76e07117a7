//! Rules that a clock asks about: so many days without a purchase, so many days since joining. Each
//! has an item for the clock, which a purchase moves forward.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::Overflow;
use crate::earn::{Event, Party};
use crate::entity::{Participant, Purchases};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{AwardKey, Because, Due, Outcome, Upsert};
use crate::ruleset::{RuleSet, Trigger};

use super::pay::{About, Desk};
use super::{Context, due, earning};

const DAY_MS: i64 = 24 * 3_600_000;

/// The item for a silence.
pub const QUIET: &str = "quiet";
/// The item for a day that comes again and again.
pub const ANNIVERSARY: &str = "anniversary";

/// The lengths of time, days, that rules of a set ask about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lengths {
    /// Of silences.
    pub quiet: BTreeSet<i64>,
    /// Of membership.
    pub anniversary: BTreeSet<i64>,
}

impl Lengths {
    /// What a rule set asks about.
    #[must_use]
    pub fn of(rules: &RuleSet) -> Self {
        let mut lengths = Self::default();
        for rule in &rules.rules {
            match rule.trigger {
                Trigger::Quiet { days } if days > 0 => lengths.quiet.insert(days),
                Trigger::Anniversary { days } if days > 0 => lengths.anniversary.insert(days),
                _ => false,
            };
        }
        lengths
    }

    /// True when no rule asks about time.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quiet.is_empty() && self.anniversary.is_empty()
    }
}

/// The items of one person as they should stand: those of silences after the last purchase that were
/// not rewarded yet, and the next day of each anniversary. `now_ms` is the instant of asking.
#[must_use]
pub fn schedule(
    lengths: &Lengths,
    person: &Participant,
    purchases: &Purchases,
    now_ms: i64,
) -> Vec<Due> {
    let mut dues = Vec::new();
    if purchases.last_ms > 0 {
        let open = |days: &&i64| !purchases.quiet_days.contains(days);
        let silences = lengths.quiet.iter().filter(open);
        dues.extend(silences.map(|days| after(QUIET, person.id, *days, purchases.last_ms)));
    }
    if person.joined_ms > 0 {
        let of = |days: &i64| {
            let whole = now_ms.saturating_sub(person.joined_ms).max(0) / ms(*days);
            let last_ms = person
                .joined_ms
                .saturating_add(whole.saturating_mul(ms(*days)));
            after(ANNIVERSARY, person.id, *days, last_ms)
        };
        dues.extend(lengths.anniversary.iter().map(of));
    }
    dues
}

/// So many days in milliseconds; at least one.
fn ms(days: i64) -> i64 {
    days.max(1).saturating_mul(DAY_MS)
}

fn after(kind: &str, person: Uuid, days: i64, from_ms: i64) -> Due {
    let subject = format!("{person}:{days}");
    Due {
        key: format!("{kind}:{subject}"),
        at_ms: Some(from_ms.saturating_add(ms(days))),
        kind: kind.to_owned(),
        subject,
    }
}

/// What moving a buyer's silences forward depends on.
pub(super) fn purchase_needs(buyer: Uuid, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Purchases>(buyer.to_string()));
}

/// Somebody bought: every silence begins anew. A purchase that is reported late, after a newer one,
/// changes nothing.
pub(super) fn purchased(outcome: &mut Outcome, buyer: Uuid, desk: Desk<'_>) {
    let id = buyer.to_string();
    let at_ms = desk.context.occurred_ms;
    let known = match desk.facts.see::<Purchases>(&id) {
        Seen::Known(known) => known,
        Seen::Absent => Purchases::default(),
        Seen::Unknown => return,
    };
    if at_ms <= known.last_ms {
        return;
    }
    let now = Purchases {
        last_ms: at_ms,
        quiet_days: Vec::new(),
    };
    outcome.upserts.push(Upsert::of(id, &now, &[]));
    let silences = Lengths::of(desk.rules).quiet;
    let items = silences.into_iter();
    outcome
        .dues
        .extend(items.map(|days| after(QUIET, buyer, days, at_ms)));
}

/// Whom an item is about, and its days.
fn subject_of(subject: &str) -> Option<(Uuid, i64)> {
    let (person, days) = subject.split_once(':')?;
    let days = days.parse().ok().filter(|days| *days > 0)?;
    Some((Uuid::parse_str(person).ok()?, days))
}

/// The event at its own instant, however late the clock comes.
fn event(kind: &str, person: Uuid, days: i64, due_ms: i64) -> Event {
    let trigger = match kind {
        QUIET => Trigger::Quiet { days },
        _ => Trigger::Anniversary { days },
    };
    Event {
        trigger,
        at_ms: due_ms,
        outlet: None,
        actor: Party::Nobody,
        buyer: Party::Known(person),
        seller: Party::Nobody,
        currency: String::new(),
        evidence: String::new(),
        value: 0,
        lines: Vec::new(),
    }
}

fn at(context: &Context, at_ms: i64) -> Context {
    let mut context = context.clone();
    context.occurred_ms = at_ms;
    context
}

pub(super) fn needs(
    kind: &str,
    (subject, due_ms): (&str, i64),
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    let Some((person, days)) = subject_of(subject) else {
        return;
    };
    keys.insert(FactKey::of::<Participant>(person.to_string()));
    keys.insert(FactKey::of::<Purchases>(person.to_string()));
    let event = event(kind, person, days, due_ms);
    earning::needs(&event, &at(context, due_ms), facts, keys);
}

/// The clock says that the days have passed.
pub(super) fn decide(
    kind: &str,
    (subject, due_ms): (&str, i64),
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    let (context, facts, rules) = (desk.context, desk.facts, desk.rules);
    let Some((person, days)) = subject_of(subject) else {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    };
    let lengths = Lengths::of(rules);
    let asked = match kind {
        QUIET => lengths.quiet.contains(&days),
        _ => lengths.anniversary.contains(&days),
    };
    let Seen::Known(participant) = facts.see::<Participant>(&person.to_string()) else {
        return Ok(due::nothing());
    };
    if !asked {
        return Ok(due::nothing());
    }
    let mut outcome = Outcome::accepted();
    let mut purchases = match facts.see::<Purchases>(&person.to_string()) {
        Seen::Known(known) => known,
        Seen::Absent | Seen::Unknown => Purchases::default(),
    };
    let base_ms = match kind {
        QUIET => purchases.last_ms,
        _ => participant.joined_ms,
    };
    if !is_time(kind, (days, due_ms), base_ms, context.now_ms) {
        // Somebody bought meanwhile: the item is where that purchase put it, or is put there now.
        let right = schedule(&lengths, &participant, &purchases, context.now_ms);
        let same = |due: &Due| due.kind == kind && due.subject == subject;
        outcome.dues.extend(right.into_iter().filter(same));
        return Ok(outcome);
    }
    match kind {
        QUIET if purchases.quiet_days.contains(&days) => return Ok(due::nothing()),
        QUIET => {
            purchases.quiet_days.push(days);
            let id = person.to_string();
            outcome.upserts.push(Upsert::of(id, &purchases, &[]));
        }
        _ => outcome.dues.push(after(kind, person, days, due_ms)),
    }
    outcome.award_keys.push(AwardKey {
        unit: format!("{kind}:{subject}:{due_ms}"),
        purpose: "time".to_owned(),
        role: "buyer".to_owned(),
    });
    let desk = Desk {
        context: &at(context, due_ms),
        ..desk
    };
    let about = About {
        kind,
        ..About::default()
    };
    let event = event(kind, person, days, due_ms);
    let earning = earning::work_out(&event, desk)?;
    earning::book(&mut outcome, desk, &event, &earning, &about)?;
    Ok(outcome)
}

/// True when the instant is one of the item's own and lies behind.
fn is_time(kind: &str, (days, due_ms): (i64, i64), base_ms: i64, now_ms: i64) -> bool {
    let passed_ms = due_ms.saturating_sub(base_ms);
    let whole = match kind {
        QUIET => passed_ms == ms(days),
        _ => passed_ms > 0 && passed_ms % ms(days) == 0,
    };
    base_ms > 0 && whole && due_ms <= now_ms
}
