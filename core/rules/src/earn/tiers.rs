//! Ladders: on which step somebody stands. A step follows from what was counted, so it is lost by
//! itself when days pass, after the days of grace.

use super::Party;
use super::scene::{Scene, Side};
use crate::amount::Overflow;

/// Where somebody stands on a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// There is nobody who could stand there.
    Nobody,
    /// This place cannot tell.
    Unknown,
    /// Below the first step.
    Below,
    /// On the step of this number.
    On(usize),
}

/// The principal's step of a ladder at the event's instant.
pub(crate) fn step(ladder: usize, side: Side, scene: &Scene<'_>) -> Result<Step, Overflow> {
    match scene.principal(side) {
        Party::Nobody => return Ok(Step::Nobody),
        Party::Unresolved => return Ok(Step::Unknown),
        Party::Known(_) => {}
    }
    let Some(ladder) = scene.index.ladders.get(ladder) else {
        return Ok(Step::Below);
    };
    let tallies = &scene.index.tallies;
    let Some(tally) = tallies.iter().position(|tally| tally.id == ladder.tally) else {
        return Ok(Step::Below);
    };
    let ago = 0..=ladder.grace_days.clamp(0, GRACE_DAYS_MAX);
    let days = ago.map(|ago| scene.local.day.saturating_sub(ago));
    let Some(most) = scene.tally_most(tally, days)? else {
        return Ok(Step::Unknown);
    };
    let reached = ladder.steps.iter().rposition(|step| step.from <= most);
    Ok(reached.map_or(Step::Below, Step::On))
}

/// The most days of grace that are looked at.
pub const GRACE_DAYS_MAX: i64 = 400;
