//! Something odd for managers to look at: it holds no points back and asks for no penalty.

use crate::entity::{About, Review};
use crate::facts::{Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};

use super::Context;

const DAY_MS: i64 = 24 * 3_600_000;

/// The id of the one signal of this kind that a person can cause in a day.
pub(super) fn daily_id(code: &str, context: &Context) -> String {
    let day = context.now_ms.div_euclid(DAY_MS);
    format!("signal:{code}:{}:{day}", context.actor)
}

/// Leaves the signal, once. The decision that it comes with stays what it is.
pub(super) fn leave(
    outcome: &mut Outcome,
    id: String,
    because: Because,
    context: &Context,
    facts: &Facts,
) {
    if matches!(facts.see::<Review>(&id), Seen::Known(_)) {
        return;
    }
    let about = About::Person(context.actor);
    let review = Review::signal(id, because, about, context.outlet, context.now_ms);
    outcome
        .noted
        .push(Upsert::of(review.id.clone(), &review, &[]));
}
