//! `referral.accept`: somebody who joined says who recommended the programme. Both may be rewarded;
//! nobody recommends themselves, nor whoever recommended them.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::Overflow;
use crate::command::{REFERRAL_CODE_CHARS_MAX, ReferralAccept};
use crate::earn::{Event, Party};
use crate::entity::{Participant, Referral, ReferralCode};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};
use crate::ruleset::Trigger;
use crate::scope::Scope;

use super::pay::{About, Desk};
use super::{Context, earning};

/// How many recommendations are followed upwards. A circle that is longer goes unseen here and pays
/// nobody: rules look up at most [`crate::ruleset::LEVELS_MAX`] levels and end at whom they met.
const CHAIN_MAX: usize = 8;

const DAY_MS: i64 = 24 * 3_600_000;

/// The code as it is kept: people type it in their own way.
fn code_of(accept: &ReferralAccept) -> Option<String> {
    let typed = accept.code.chars().take(REFERRAL_CODE_CHARS_MAX + 1);
    let kept = typed.filter(|c| !c.is_whitespace() && *c != '-');
    let code: String = kept.map(|c| c.to_ascii_uppercase()).collect();
    (1..=REFERRAL_CODE_CHARS_MAX)
        .contains(&code.chars().count())
        .then_some(code)
}

/// Whom the code names, as far as this place can tell.
fn referrer_of(accept: &ReferralAccept, facts: &Facts) -> Seen<Uuid> {
    let Some(code) = code_of(accept) else {
        return Seen::Absent;
    };
    match facts.see::<ReferralCode>(&code) {
        Seen::Known(known) => Seen::Known(known.participant),
        Seen::Absent => Seen::Absent,
        Seen::Unknown => Seen::Unknown,
    }
}

/// Who recommended the referrer, who recommended them, and so on: as far as it is known.
fn chain(referrer: Uuid, facts: &Facts) -> Vec<Uuid> {
    let mut chain = vec![referrer];
    while chain.len() < CHAIN_MAX {
        let last = chain.last().map(Uuid::to_string).unwrap_or_default();
        match facts.see::<Referral>(&last) {
            Seen::Known(above) if !chain.contains(&above.referrer) => chain.push(above.referrer),
            _ => break,
        }
    }
    chain
}

/// The event that the rules are asked about.
fn joined(context: &Context) -> Event {
    Event {
        trigger: Trigger::Joined,
        at_ms: context.occurred_ms,
        outlet: None,
        actor: Party::Known(context.actor),
        buyer: Party::Known(context.actor),
        seller: Party::Nobody,
        currency: String::new(),
        evidence: String::new(),
        value: 0,
        lines: Vec::new(),
    }
}

fn written(context: &Context, referrer: Uuid) -> Upsert {
    let referral = Referral {
        referrer,
        at_ms: context.occurred_ms,
    };
    let own = [Scope::Participant(context.actor)];
    Upsert::of(context.actor.to_string(), &referral, &own)
}

pub(super) fn needs(
    accept: &ReferralAccept,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Referral>(context.actor.to_string()));
    keys.extend(code_of(accept).map(FactKey::of::<ReferralCode>));
    if let Seen::Known(referrer) = referrer_of(accept, facts) {
        keys.insert(FactKey::of::<Participant>(referrer.to_string()));
        let above = chain(referrer, facts).into_iter();
        keys.extend(above.map(|person| FactKey::of::<Referral>(person.to_string())));
        earning::needs(
            &joined(context),
            context,
            &with(facts, context, referrer),
            keys,
        );
    }
}

/// The facts with the recommendation in them: rules on joining ask who recommended the person.
fn with(facts: &Facts, context: &Context, referrer: Uuid) -> Facts {
    let mut facts = facts.clone();
    let upsert = written(context, referrer);
    let key = FactKey::Entity(upsert.kind, upsert.id);
    facts.insert(key, crate::facts::Fact::Entity(Some(upsert.body)));
    facts
}

pub(super) fn decide(accept: &ReferralAccept, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let context = desk.context;
    let referrer = match referrer_of(accept, desk.facts) {
        Seen::Known(referrer) => referrer,
        Seen::Absent => return Ok(Outcome::rejected(Because::new("referral_code_unknown"))),
        Seen::Unknown => {
            let mut outcome = Outcome::accepted();
            outcome.pending.push(Because::new("server_checks_referral"));
            return Ok(outcome);
        }
    };
    if let Some(because) = wrong(referrer, desk) {
        return Ok(Outcome::rejected(because));
    }
    let mut outcome = Outcome::accepted();
    outcome.upserts.push(written(context, referrer));
    let facts = with(desk.facts, context, referrer);
    let desk = Desk {
        facts: &facts,
        ..desk
    };
    let about = About {
        kind: "referral",
        ..About::default()
    };
    let event = joined(context);
    let earning = earning::work_out(&event, desk)?;
    earning::book(&mut outcome, desk, &event, &earning, &about)?;
    Ok(outcome)
}

fn wrong(referrer: Uuid, desk: Desk<'_>) -> Option<Because> {
    let (context, facts) = (desk.context, desk.facts);
    let joined_ms = match facts.see::<Participant>(&context.actor.to_string()) {
        Seen::Known(person) => person.joined_ms,
        Seen::Absent => return Some(Because::new("not_permitted")),
        Seen::Unknown => context.occurred_ms,
    };
    if matches!(
        facts.see::<Referral>(&context.actor.to_string()),
        Seen::Known(_)
    ) {
        return Some(Because::new("already_referred"));
    }
    if referrer == context.actor {
        return Some(Because::new("own_referral"));
    }
    if facts.see::<Participant>(&referrer.to_string()) == Seen::Absent {
        return Some(Because::new("referral_code_unknown"));
    }
    if chain(referrer, facts).contains(&context.actor) {
        return Some(Because::new("referral_cycle"));
    }
    let days = desk.rules.limits.referral_days_max;
    let age_ms = context.now_ms.saturating_sub(joined_ms);
    (age_ms > days.saturating_mul(DAY_MS))
        .then(|| Because::new("joined_too_long_ago").with("days", days))
}
