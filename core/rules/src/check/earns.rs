//! The most that one event can earn: it must stay a number that every reader of JSON keeps exact.
//!
//! The bound is an upper one. Rules that name different values of one field never meet on a line, nor
//! do rules of different times; of a group only one applies. Everything else is taken to come
//! together, multipliers compounded.

use std::collections::BTreeMap;

use super::bounds::{EVENT_AMOUNT_MINOR_MAX, EVENT_VALUE_MAX};
use super::codes::EARNS_TOO_MUCH;
use super::problem::Place;
use super::{Look, Problem};
use crate::amount::{AMOUNT_SIZE_MAX, QUANTITY_ONE_MICRO, RATE_ONE_BP};
use crate::command::{LINE_QUANTITY_MICRO_MAX, SALE_LINES_MAX};
use crate::ruleset::{Counted, Effect, Gives, Predicate, Rate, Rule, TextField, Who};

/// Steps of a binary logarithm: 20 binary places.
const BITS_ONE: i64 = 1 << 20;
/// Far above what is allowed, and far below what would leave the number type.
const HUGE: i128 = 1 << 100;

/// What a rule brings, at most, to one event.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    group: Option<&'a str>,
    from_ms: i64,
    to_ms: i64,
    /// Points that it adds to the lines.
    line: i128,
    /// Binary logarithm of its multiplier, in [`BITS_ONE`].
    bits: i64,
    /// Points that it adds once.
    once: i128,
}

/// The most of each kind that can come together.
#[derive(Debug, Clone, Copy, Default)]
struct Most {
    line: i128,
    bits: i64,
    once: i128,
}

/// Where rules meet: all of those for one value of a field, or those that name none.
type Bucket<'a> = (Who, Option<(TextField, &'a str)>);

/// Refuses rules that by themselves or together can earn too much.
pub(super) fn check(look: &mut Look<'_>) {
    let set = look.set;
    let rules = Place::ROOT.key("rules");
    let mut buckets: BTreeMap<Bucket<'_>, Vec<Piece<'_>>> = BTreeMap::new();
    let mut told = false;
    for (index, rule) in set.rules.iter().enumerate() {
        let piece = piece(look, rule);
        let alone = piece.line + piece.once;
        if alone > i128::from(AMOUNT_SIZE_MAX) {
            told = true;
            let place = rules.at(index);
            tell(look, &place.key("effect"), alone, "This rule");
        }
        file(&mut buckets, rule, piece);
    }
    let pieces = pieces_max();
    let price = i128::from(look.catalogue.price_points_max.unwrap_or(0).max(0)) * pieces;
    let total = total(&buckets, price);
    if !told && total > i128::from(AMOUNT_SIZE_MAX) {
        tell(look, &rules, total, "The rules together");
    }
}

fn tell(look: &mut Look<'_>, place: &Place<'_>, points: i128, what: &str) {
    let detail = format!("{what} can earn about {points} points in one event.");
    let problem = Problem::new(&EARNS_TOO_MUCH, place.pointer(), detail)
        .with("points", points.to_string())
        .with("points_max", AMOUNT_SIZE_MAX);
    look.report.push(problem);
}

/// The most whole pieces of one event.
fn pieces_max() -> i128 {
    let lines = i128::try_from(SALE_LINES_MAX).unwrap_or(i128::from(i64::MAX));
    lines * i128::from(LINE_QUANTITY_MICRO_MAX / QUANTITY_ONE_MICRO)
}

fn piece<'a>(look: &Look<'a>, rule: &'a Rule) -> Piece<'a> {
    let mut piece = Piece {
        group: rule.group.as_deref(),
        from_ms: rule.starts_ms.unwrap_or(i64::MIN),
        to_ms: rule.ends_ms.unwrap_or(i64::MAX),
        line: 0,
        bits: 0,
        once: 0,
    };
    match &rule.effect {
        Effect::Multiply { rate_bp } => piece.bits = log2(*rate_bp),
        Effect::Levels { of, shares_bp } => {
            let shares: i128 = shares_bp
                .iter()
                .map(|share| i128::from((*share).max(0)))
                .sum();
            let value = value(look, of).saturating_mul(shares) / i128::from(RATE_ONE_BP);
            piece.once = value.clamp(0, HUGE);
        }
        effect if effect.of_line() => piece.line = value(look, effect),
        effect => piece.once = value(look, effect),
    }
    piece
}

/// The most that an effect comes to in one event, by itself.
fn value(look: &Look<'_>, effect: &Effect) -> i128 {
    let times = |points: i64, times: i128| {
        i128::from(points.max(0))
            .saturating_mul(times.max(0))
            .min(HUGE)
    };
    let steps = |of: i64, step: i64| i128::from(of / step.max(1));
    match effect {
        Effect::PerUnit { points } => times(*points, pieces_max()),
        Effect::PerAmount {
            step_minor, points, ..
        } => times(*points, steps(EVENT_AMOUNT_MINOR_MAX, *step_minor)),
        Effect::Fixed { points } => i128::from((*points).max(0)),
        Effect::Every { tally, nth, points } => {
            let counts = look
                .names
                .tallies
                .get(tally.as_str())
                .map(|tally| tally.counts);
            let delta = match counts {
                Some(Counted::Times) | None => 1,
                Some(Counted::Pieces) => i64::try_from(pieces_max()).unwrap_or(i64::MAX),
                Some(Counted::AmountMinor) => EVENT_AMOUNT_MINOR_MAX,
                Some(Counted::Value | Counted::Points) => EVENT_VALUE_MAX,
            };
            times(*points, steps(delta, *nth) + 1)
        }
        Effect::PerMeasure { step, points } => times(*points, steps(EVENT_VALUE_MAX, *step)),
        Effect::Percent {
            currency,
            rate,
            gives: Gives::Bonus,
        } => bonus(look, currency, rate),
        Effect::Percent { .. } | Effect::Multiply { .. } | Effect::Levels { .. } => 0,
    }
}

fn bonus(look: &Look<'_>, currency: &str, rate: &Rate) -> i128 {
    let rate_bp = match rate {
        Rate::Flat(rate_bp) => *rate_bp,
        Rate::Banded { bands, .. } => bands.iter().map(|band| band.rate_bp).max().unwrap_or(0),
    };
    let rates = look.set.peg.iter().filter(|rate| rate.currency == currency);
    let worth = rates
        .map(|rate| rate.minor_per_point_micro)
        .min()
        .unwrap_or(i64::MAX);
    // Millionths of a minor unit, by what one point is worth in them.
    let share = i128::from(EVENT_AMOUNT_MINOR_MAX) * i128::from(rate_bp.max(0)) * 100;
    (share / i128::from(worth.max(1))).min(HUGE)
}

/// Binary logarithm of a multiplier in [`BITS_ONE`], rounded up; zero for one that adds nothing.
fn log2(rate_bp: i64) -> i64 {
    let one = 1_i128 << 40;
    let mut rest = (i128::from(rate_bp) << 40) / i128::from(RATE_ONE_BP);
    if rest <= one {
        return 0;
    }
    let mut bits = 0;
    while rest >= 2 * one {
        rest = (rest + 1) / 2;
        bits += BITS_ONE;
    }
    let mut place = BITS_ONE / 2;
    while place > 0 {
        rest = rest * rest / one;
        if rest >= 2 * one {
            rest /= 2;
            bits += place;
        }
        place /= 2;
    }
    if rest > one { bits + 1 } else { bits }
}

/// Puts a rule where it can meet others, for each beneficiary with their share.
fn file<'a>(buckets: &mut BTreeMap<Bucket<'a>, Vec<Piece<'a>>>, rule: &'a Rule, piece: Piece<'a>) {
    let narrow = narrowest(&rule.when);
    for share in &rule.to {
        let part = |points: i128| {
            let product = points.saturating_mul(i128::from(share.share_bp.clamp(0, RATE_ONE_BP)));
            (product + i128::from(RATE_ONE_BP) - 1) / i128::from(RATE_ONE_BP)
        };
        let piece = Piece {
            line: part(piece.line),
            once: part(piece.once),
            ..piece
        };
        match narrow {
            None => buckets.entry((share.who, None)).or_default().push(piece),
            Some((field, values)) => {
                for value in values {
                    let bucket = (share.who, Some((field, value.as_str())));
                    buckets.entry(bucket).or_default().push(piece);
                }
            }
        }
    }
}

/// The shortest list of values that a line must have one of.
fn narrowest(when: &Predicate) -> Option<(TextField, &[String])> {
    let parts = match when {
        Predicate::All(parts) => parts.as_slice(),
        leaf => std::slice::from_ref(leaf),
    };
    let lists = parts.iter().filter_map(|part| match part {
        // Segments and roles are the person's, and somebody can be in several segments.
        Predicate::Is {
            field: TextField::Segment | TextField::Role,
            ..
        } => None,
        Predicate::Is { field, values } => Some((*field, values.as_slice())),
        _ => None,
    });
    lists.min_by_key(|(_, values)| values.len())
}

/// The most that all beneficiaries together can get.
fn total(buckets: &BTreeMap<Bucket<'_>, Vec<Piece<'_>>>, price: i128) -> i128 {
    let mut whos: BTreeMap<Who, BTreeMap<Option<TextField>, Most>> = BTreeMap::new();
    for ((who, key), pieces) in buckets {
        let found = most(pieces);
        let field = key.map(|(field, _)| field);
        let best = whos.entry(*who).or_default().entry(field).or_default();
        best.line = best.line.max(found.line);
        best.bits = best.bits.max(found.bits);
        best.once = best.once.max(found.once);
    }
    for who in [Who::Buyer, Who::Seller] {
        whos.entry(who).or_default();
    }
    let mut total = 0_i128;
    for (who, fields) in &whos {
        let listed = if matches!(who, Who::Buyer | Who::Seller) {
            price
        } else {
            0
        };
        let line = fields
            .values()
            .fold(listed, |sum, most| (sum + most.line).min(HUGE));
        let bits = fields
            .values()
            .fold(0_i64, |sum, most| sum.saturating_add(most.bits));
        let once = fields
            .values()
            .fold(0_i128, |sum, most| (sum + most.once).min(HUGE));
        total = (total + times_two_to(line, bits) + once).min(HUGE);
    }
    total
}

/// The most that is in force at one instant.
fn most<'a>(pieces: &[Piece<'a>]) -> Most {
    let mut groups: BTreeMap<&str, Piece<'a>> = BTreeMap::new();
    let mut moves: Vec<(i64, bool, Piece<'a>)> = Vec::new();
    let mut add = |piece: Piece<'a>| {
        moves.push((piece.from_ms, true, piece));
        moves.push((piece.to_ms, false, piece));
    };
    for piece in pieces {
        let Some(group) = piece.group else {
            add(Piece {
                group: None,
                ..*piece
            });
            continue;
        };
        let best = groups.entry(group).or_insert(*piece);
        best.from_ms = best.from_ms.min(piece.from_ms);
        best.to_ms = best.to_ms.max(piece.to_ms);
        best.line = best.line.max(piece.line);
        best.bits = best.bits.max(piece.bits);
        best.once = best.once.max(piece.once);
    }
    groups.into_values().for_each(&mut add);
    // Ends come before beginnings of the same instant.
    moves.sort_by_key(|(at_ms, begins, _)| (*at_ms, *begins));
    let (mut now, mut most) = (Most::default(), Most::default());
    for (_, begins, piece) in moves {
        let sign = if begins { 1 } else { -1 };
        now.line += i128::from(sign) * piece.line;
        now.once += i128::from(sign) * piece.once;
        now.bits += sign * piece.bits;
        most.line = most.line.max(now.line);
        most.once = most.once.max(now.once);
        most.bits = most.bits.max(now.bits);
    }
    most
}

/// `points` times two to the power of `bits`, rounded up: between two powers, the straight line.
fn times_two_to(points: i128, bits: i64) -> i128 {
    if points == 0 {
        return 0;
    }
    let (whole, part) = (bits / BITS_ONE, bits % BITS_ONE);
    if whole > 55 || points >= HUGE {
        return HUGE;
    }
    let doubled = points.min(1 << 60) << whole;
    (doubled + doubled / i128::from(BITS_ONE) * i128::from(part) + i128::from(part)).min(HUGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_never_too_small() {
        assert_eq!(log2(10_000), 0);
        assert_eq!(log2(20_000), BITS_ONE);
        assert_eq!(log2(80_000), 3 * BITS_ONE);
        assert_eq!(log2(5_000), 0);
        for rate_bp in [10_001, 12_500, 15_000, 19_999, 30_000, 9_999_999] {
            let product = times_two_to(1_000_000, log2(rate_bp));
            let exact = i128::from(rate_bp) * 100;
            assert!(
                (exact..exact * 11 / 10).contains(&product),
                "{rate_bp}: {product}"
            );
        }
    }
}
