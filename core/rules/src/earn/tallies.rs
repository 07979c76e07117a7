//! What an event adds to the tallies of a set.

use super::TallyMove;
use super::condition::{Spot, Truth, holds};
use super::line::Part;
use super::scene::{Counting, Scene, Side};
use crate::amount::{self, Overflow, QUANTITY_ONE_MICRO};
use crate::ruleset::{Counted, Subject};

/// The part of a line that counts for a subject.
fn part_of(
    subject: Subject,
    line: &super::line::Line,
    scene: &Scene<'_>,
) -> Result<Option<Part>, Overflow> {
    match subject {
        Subject::Buyer => line.open(own(Side::Buyer, scene), scene),
        Subject::Seller | Subject::Actor => line.open(own(Side::Seller, scene), scene),
        Subject::Outlet | Subject::Partner | Subject::Programme => line.fresh(scene),
    }
}

/// The side as this event has it.
fn own(side: Side, scene: &Scene<'_>) -> Side {
    if scene.is_sale() { side } else { Side::Only }
}

/// What an event brings of what a tally counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Brought {
    /// True when anything counts at all.
    any: bool,
    pieces: i128,
    amount_minor: i128,
    /// True when some line's condition is not known.
    unknown: bool,
}

fn brought(tally: usize, subject: Subject, scene: &Scene<'_>) -> Result<Brought, Overflow> {
    let cond = scene.index.tally_cond(tally);
    let side = match subject {
        Subject::Buyer => own(Side::Buyer, scene),
        _ => own(Side::Seller, scene),
    };
    let mut brought = Brought::default();
    for line in &scene.lines {
        let Some(part) = part_of(subject, line, scene)? else {
            continue;
        };
        match holds(cond, Spot { side, line, part }, scene)? {
            Truth::True => {
                brought.any = true;
                let whole = part.quantity_micro.div_euclid(QUANTITY_ONE_MICRO);
                brought.pieces += i128::from(whole);
                brought.amount_minor += i128::from(part.amount_minor);
            }
            Truth::False => {}
            Truth::Unknown(_) => brought.unknown = true,
        }
    }
    Ok(brought)
}

/// What this event adds to a tally; none where that is not known. What counts points is not known
/// before everything is awarded, and adds nothing here.
pub(crate) fn delta(tally: usize, scene: &Scene<'_>) -> Result<Option<i64>, Overflow> {
    let Some(known) = scene.index.tallies.get(tally) else {
        return Ok(Some(0));
    };
    if known.on != scene.event.trigger || scene.counting(known.subject) == Counting::Nobody {
        return Ok(Some(0));
    }
    let brought = brought(tally, known.subject, scene)?;
    if brought.unknown {
        return Ok(None);
    }
    value(known.counts, brought, scene, 0).map(Some)
}

fn value(
    counts: Counted,
    brought: Brought,
    scene: &Scene<'_>,
    points: i64,
) -> Result<i64, Overflow> {
    if !brought.any {
        return Ok(0);
    }
    let value = match counts {
        Counted::Times => 1,
        Counted::Pieces => brought.pieces,
        Counted::AmountMinor => brought.amount_minor,
        Counted::Value => scene.event.value.into(),
        Counted::Points => points.into(),
    };
    amount::checked(value)
}

/// What the event adds to each tally. `points_of` says what a person was awarded by it in all.
pub(crate) fn moves(
    scene: &Scene<'_>,
    points_of: impl Fn(&str) -> Result<i64, Overflow>,
) -> Result<Vec<TallyMove>, Overflow> {
    let mut moves = Vec::new();
    let Some(route) = scene.index.routes(&scene.event.trigger) else {
        return Ok(moves);
    };
    for place in &route.tallies {
        let Some(tally) = scene.index.tallies.get(*place) else {
            continue;
        };
        let Counting::For(subject) = scene.counting(tally.subject) else {
            continue;
        };
        let brought = brought(*place, tally.subject, scene)?;
        let personal = matches!(
            tally.subject,
            Subject::Buyer | Subject::Seller | Subject::Actor
        );
        let points = if tally.counts == Counted::Points && personal {
            points_of(&subject)?
        } else {
            0
        };
        moves.push(TallyMove {
            tally: tally.id.clone(),
            day: scene.local.day,
            value: value(tally.counts, brought, scene, points)?,
            subject,
        });
    }
    Ok(moves)
}
