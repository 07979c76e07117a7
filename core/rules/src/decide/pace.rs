//! Reports that come faster than people work, and from places further apart than they travel: a
//! signal for the managers each, never a penalty. Only the server keeps somebody's pace; a device,
//! which does not know it, decides the same and leaves no signal.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::entity::{Outlet, Pace, Review};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Class, Outcome, Upsert};
use crate::ruleset::Limits;

use super::{Context, signal};

const MANY: &str = "many_reports";
const FAR: &str = "far_apart";

/// Nobody is far from where they just were: coordinates of outlets are those of a street or a mall.
const NEAR_M: i64 = 2_000;
/// Micrometres of a millionth of a degree of latitude.
const DEGREE_E6_UM: i128 = 111_320;
/// The cosine of each tenth degree of latitude, in thousandths: a circle of latitude is so much
/// shorter than the equator. Between them a straight line is near enough.
const COSINES: [i64; 10] = [1_000, 985, 940, 866, 766, 643, 500, 342, 174, 0];

/// What a report depends on.
pub(super) fn needs(context: &Context, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    let pace_id = context.actor.to_string();
    if let Seen::Known(pace) = facts.see::<Pace>(&pace_id) {
        for outlet in [pace.outlet, context.outlet].into_iter().flatten() {
            keys.insert(FactKey::of::<Outlet>(outlet.to_string()));
        }
    }
    keys.insert(FactKey::of::<Pace>(pace_id));
    keys.insert(FactKey::of::<Review>(signal::daily_id(MANY, context)));
    keys.insert(FactKey::of::<Review>(signal::daily_id(FAR, context)));
}

/// Counts a report that was taken, and leaves a signal where it is odd.
pub(super) fn watched(
    mut outcome: Outcome,
    context: &Context,
    facts: &Facts,
    limits: &Limits,
) -> Outcome {
    let before = match facts.see::<Pace>(&context.actor.to_string()) {
        Seen::Known(pace) => pace,
        Seen::Absent => Pace::default(),
        Seen::Unknown => return outcome,
    };
    if outcome.class != Class::Accepted {
        return outcome;
    }
    let after = before.with(context.occurred_ms, context.outlet);
    let id = context.actor.to_string();
    outcome.noted.push(Upsert::of(id, &after, &[]));
    if after.reports > limits.pace_limit_reports_per_hour_max && after.reports > before.reports {
        let because = Because::new(MANY).with("reports", after.reports);
        let id = signal::daily_id(MANY, context);
        signal::leave(&mut outcome, id, because, context, facts);
    }
    if let Some(because) = too_far(before, context, facts, limits) {
        let id = signal::daily_id(FAR, context);
        signal::leave(&mut outcome, id, because, context, facts);
    }
    outcome
}

/// Why two reports in a row cannot both have been made by somebody who was there.
fn too_far(before: Pace, context: &Context, facts: &Facts, limits: &Limits) -> Option<Because> {
    let (from, to) = (before.outlet?, context.outlet?);
    if from == to {
        return None;
    }
    let metres = distance_m(&outlet(facts, from)?, &outlet(facts, to)?);
    let passed_ms = context.occurred_ms.saturating_sub(before.at_ms).abs();
    let speed = i128::from(limits.pace_limit_km_per_hour_max);
    // Kilometres an hour times milliseconds are 3,600ths of a metre.
    let within_m = speed * i128::from(passed_ms) / 3_600;
    if metres <= NEAR_M || i128::from(metres) <= within_m {
        return None;
    }
    Some(
        Because::new(FAR)
            .with("km", metres / 1_000)
            .with("minutes", passed_ms / 60_000)
            .with("from", from.to_string()),
    )
}

/// The outlet, when it is known where it lies.
fn outlet(facts: &Facts, id: Uuid) -> Option<Outlet> {
    match facts.see::<Outlet>(&id.to_string()) {
        Seen::Known(outlet) if (outlet.latitude_e6, outlet.longitude_e6) != (0, 0) => Some(outlet),
        _ => None,
    }
}

/// Metres between two places as the crow flies, on a plane that touches the earth half-way: some per
/// cent of error within a country, which is far less than the limits allow for.
fn distance_m(a: &Outlet, b: &Outlet) -> i64 {
    let north = i128::from(a.latitude_e6) - i128::from(b.latitude_e6);
    let around = (i128::from(a.longitude_e6) - i128::from(b.longitude_e6)).abs() % 360_000_000;
    let east = around.min(360_000_000 - around);
    let middle_e6 = (a.latitude_e6.saturating_add(b.latitude_e6) / 2).saturating_abs();
    let east = east * i128::from(cosine(middle_e6)) / 1_000;
    let square = north.saturating_mul(north).saturating_add(east * east);
    let metres = square.isqrt().saturating_mul(DEGREE_E6_UM) / 1_000_000;
    i64::try_from(metres).unwrap_or(i64::MAX)
}

/// The cosine of a latitude in millionths of a degree, in thousandths.
fn cosine(latitude_e6: i64) -> i64 {
    let tens = usize::try_from(latitude_e6 / 10_000_000).unwrap_or(usize::MAX);
    let (Some(&low), Some(&high)) = (COSINES.get(tens), COSINES.get(tens.saturating_add(1))) else {
        return 0;
    };
    low + (high - low) * (latitude_e6 % 10_000_000) / 10_000_000
}
