//! Wrong codes: who sends many of them waits, and is told until when; nobody is locked out.
//!
//! A wrong code counts against its sender, the device and the programme; the host counts those of an
//! address. Over a limit a wrong code is answered `too_many_wrong_codes`. A right one holds all the
//! same, only it waits for a person when its sender, the device or the address is over the limit;
//! the programme's limit never touches right codes. A code that was never printed (a canary) is
//! answered like any unknown one. Both leave a signal for the managers and never a penalty.

use std::collections::BTreeSet;

use crate::entity::{Code, Guess, ONLY, Review};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Class, Outcome, Upsert};
use crate::ruleset::Limits;

use super::{Context, signal};

/// The status of codes that were made and never printed.
pub(super) const CANARY: &str = "canary";

/// What a claim by a code depends on.
pub(super) fn needs(code: &str, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Code>(code));
    keys.insert(FactKey::of::<Guess>(Guess::of_person(context.actor)));
    keys.insert(FactKey::of::<Guess>(Guess::of_device(context.device)));
    keys.insert(FactKey::of::<Guess>(ONLY));
    keys.insert(FactKey::of::<Review>(many_id(context)));
    keys.insert(FactKey::of::<Review>(canary_id(code, context)));
}

/// The counters that one claim is judged by.
struct Counters<'a> {
    context: &'a Context,
    limits: &'a Limits,
    person: Guess,
    device: Guess,
    programme: Guess,
}

impl<'a> Counters<'a> {
    fn of(context: &'a Context, facts: &Facts, limits: &'a Limits) -> Self {
        let see = |id: &str| match facts.see::<Guess>(id) {
            Seen::Known(guess) => guess,
            Seen::Absent | Seen::Unknown => Guess::default(),
        };
        Self {
            context,
            limits,
            person: see(&Guess::of_person(context.actor)),
            device: see(&Guess::of_device(context.device)),
            programme: see(ONLY),
        }
    }

    /// Until when the sender, the device or the address is over its limit; none when none is.
    fn sender_until_ms(&self) -> Option<i64> {
        let (now_ms, limits) = (self.context.now_ms, self.limits);
        let person = limits.guess_limit_person_per_hour_max;
        let device = limits.guess_limit_device_per_hour_max;
        let address = limits.guess_limit_address_per_hour_max;
        let untils = [
            self.person.until_ms(now_ms, person),
            self.device.until_ms(now_ms, device),
            self.context.address.until_ms(now_ms, address),
        ];
        untils.into_iter().flatten().max()
    }

    /// The same, or the programme.
    fn until_ms(&self) -> Option<i64> {
        let most = self.limits.guess_limit_programme_per_hour_max;
        let programme = self.programme.until_ms(self.context.now_ms, most);
        programme.max(self.sender_until_ms())
    }

    /// The counters with one more wrong code.
    fn counted(&self) -> [(String, Guess); 3] {
        let (now_ms, limits) = (self.context.now_ms, self.limits);
        let one = |guess: Guess, limit: i64| guess.with_one(now_ms, limit);
        [
            (
                Guess::of_person(self.context.actor),
                one(self.person, limits.guess_limit_person_per_hour_max),
            ),
            (
                Guess::of_device(self.context.device),
                one(self.device, limits.guess_limit_device_per_hour_max),
            ),
            (
                ONLY.to_owned(),
                one(self.programme, limits.guess_limit_programme_per_hour_max),
            ),
        ]
    }
}

/// Why a right code waits for a person's look: so many wrong ones came from its sender lately.
pub(super) fn many(context: &Context, facts: &Facts, limits: &Limits) -> Option<Because> {
    let counters = Counters::of(context, facts, limits);
    counters.sender_until_ms()?;
    Some(Because::new("many_wrong_codes"))
}

/// True for a place in a series that was kept out of print: a code of that name says so.
pub(super) fn is_canary(code: &str, facts: &Facts) -> bool {
    matches!(facts.see::<Code>(code), Seen::Known(known) if known.status == CANARY)
}

/// Counts a code that turned out wrong, and leaves every other outcome as it is.
pub(super) fn judged(
    outcome: Outcome,
    code: &str,
    context: &Context,
    facts: &Facts,
    limits: &Limits,
) -> Outcome {
    if outcome.class != Class::Rejected || outcome.code != "code_unknown" {
        return outcome;
    }
    let before = Counters::of(context, facts, limits);
    let mut outcome = match before.until_ms() {
        Some(until_ms) => {
            Outcome::rejected(Because::new("too_many_wrong_codes").with("until_ms", until_ms))
        }
        None => outcome,
    };
    let counted = before.counted();
    let after = Counters {
        person: counted[0].1,
        device: counted[1].1,
        ..before
    };
    for (id, guess) in &counted {
        outcome.noted.push(Upsert::of(id, guess, &[]));
    }
    if after.sender_until_ms().is_some() {
        let codes = after.person.count(context.now_ms);
        let because = Because::new("many_wrong_codes").with("codes", codes);
        signal::leave(&mut outcome, many_id(context), because, context, facts);
    }
    if let Seen::Known(known) = facts.see::<Code>(code)
        && known.status == CANARY
    {
        let because = Because::new("canary_code")
            .with("code", code)
            .with("series", known.series);
        signal::leave(
            &mut outcome,
            canary_id(code, context),
            because,
            context,
            facts,
        );
    }
    outcome
}

/// One signal a day about a person's wrong codes.
fn many_id(context: &Context) -> String {
    signal::daily_id("many_wrong_codes", context)
}

fn canary_id(code: &str, context: &Context) -> String {
    format!("signal:canary_code:{}:{code}", context.actor)
}
