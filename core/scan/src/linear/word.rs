//! From what each slot costs to a text, and how far the next best text lies.

use super::check::{Costs, least, solve};
use super::code128;
use super::kind::Kind;
use crate::Format;

/// A text read from the slots of a code.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub format: Format,
    pub text: String,
    /// Cost of the next best valid text above this one's: a log-likelihood ratio.
    pub margin: f32,
    /// Cost above that of the best characters without regard to any check.
    pub bent: f32,
}

/// The sets of EAN-13's left digits by its first digit: `true` is set B.
const PARITY: [[bool; 6]; 10] = [
    [false, false, false, false, false, false],
    [false, false, true, false, true, true],
    [false, false, true, true, false, true],
    [false, false, true, true, true, false],
    [false, true, false, false, true, true],
    [false, true, true, false, false, true],
    [false, true, true, true, false, false],
    [false, true, false, true, false, true],
    [false, true, false, true, true, false],
    [false, true, true, false, true, false],
];

/// The sets of UPC-E's digits by its check digit, for number system 0; those of
/// system 1 are the other way round.
const SHORT_PARITY: [[bool; 6]; 10] = [
    [true, true, true, false, false, false],
    [true, true, false, true, false, false],
    [true, true, false, false, true, false],
    [true, true, false, false, false, true],
    [true, false, true, true, false, false],
    [true, false, false, true, true, false],
    [true, false, false, false, true, true],
    [true, false, true, false, true, false],
    [true, false, true, false, false, true],
    [true, false, false, true, false, true],
];

/// The best valid text of a code whose slots cost this much; `None` when there
/// is none.
pub(super) fn word(kind: Kind, slots: &[Vec<f32>]) -> Option<Word> {
    match kind {
        Kind::Ean13 => ean_13(slots),
        Kind::Ean8 => ean_8(slots),
        Kind::UpcE => upc_e(slots),
        Kind::Code128(_) => code128::word(slots),
        Kind::Itf(pairs, _) => itf(slots, pairs),
    }
}

/// Ten costs out of a slot's, from set A or, further on, from set B.
fn ten(slot: &[f32], second_set: bool) -> Costs {
    let from = if second_set { 10 } else { 0 };
    std::array::from_fn(|d| slot.get(from + d).copied().unwrap_or(f32::MAX))
}

fn spelled(digits: &[u8]) -> String {
    digits.iter().map(|d| char::from(b'0' + d % 10)).collect()
}

fn ean_13(slots: &[Vec<f32>]) -> Option<Word> {
    let (left, right) = (slots.get(1..7)?, slots.get(8..14)?);
    let places = |sets: &[bool; 6]| {
        let left = left.iter().zip(sets).map(|(slot, &b)| ten(slot, b));
        let right = right.iter().map(|slot| ten(slot, false));
        let mut places = [([0.0; 10], 1); 12];
        for (i, (place, costs)) in places.iter_mut().zip(left.chain(right)).enumerate() {
            *place = (costs, if i % 2 == 0 { 3 } else { 1 });
        }
        places
    };
    let costs = PARITY.iter().enumerate();
    let costs = costs.map(|(first, sets)| least(&places(sets), 10 - first));
    let (first, cost, other) = two_least(costs)?;
    let solved = solve(&places(PARITY.get(first)?), 10 - first)?;
    let (digits, second) = (solved.digits, other.min(solved.second));
    let text = spelled(&digits);
    // A UPC-A code is the EAN-13 code that begins with a zero.
    let (format, text) = if first == 0 {
        (Format::UpcA, text)
    } else {
        (Format::Ean13, format!("{first}{text}"))
    };
    Some(Word {
        format,
        text,
        margin: second - cost,
        bent: cost,
    })
}

fn ean_8(slots: &[Vec<f32>]) -> Option<Word> {
    let digits = slots.get(1..5)?.iter().chain(slots.get(6..10)?);
    let places: Vec<(Costs, u8)> = digits
        .enumerate()
        .map(|(i, slot)| (ten(slot, false), if i % 2 == 0 { 3 } else { 1 }))
        .collect();
    let solved = solve(&places, 0)?;
    Some(Word {
        format: Format::Ean8,
        text: spelled(&solved.digits),
        margin: solved.second - solved.cost,
        bent: solved.cost,
    })
}

/// The least cost, where it stands, and the next least.
fn two_least(costs: impl Iterator<Item = f32>) -> Option<(usize, f32, f32)> {
    let mut found: Option<(usize, f32, f32)> = None;
    for (i, cost) in costs.enumerate() {
        found = Some(match found {
            None => (i, cost, f32::MAX),
            Some((_, least, _)) if cost < least => (i, cost, least),
            Some((at, least, second)) => (at, least, second.min(cost)),
        });
    }
    found
}

fn upc_e(slots: &[Vec<f32>]) -> Option<Word> {
    let mut words: Vec<(f32, f32, String)> = Vec::new();
    for system in 0..2 {
        for (check, sets) in SHORT_PARITY.iter().enumerate() {
            let (mut digits, mut cost, mut doubt) = (vec![system], 0.0, f32::MAX);
            for (slot, &b) in slots.get(1..7)?.iter().zip(sets) {
                let (digit, least, second) = two_least(ten(slot, b ^ (system == 1)).into_iter())?;
                digits.push(digit as u8);
                cost += least;
                doubt = doubt.min(second - least);
            }
            digits.push(check as u8);
            words.push((cost, doubt, spelled(&digits)));
        }
    }
    words.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut words = words.into_iter();
    let (cost, doubt, text) = words.next()?;
    let other = words.next().map_or(f32::MAX, |w| w.0 - cost);
    short_is_right(text.as_bytes()).then(|| Word {
        format: Format::UpcE,
        text,
        margin: doubt.min(other),
        bent: cost,
    })
}

/// Whether the check digit of eight digits of UPC-E is right: the weights are
/// those of the UPC-A code that they stand for.
fn short_is_right(text: &[u8]) -> bool {
    let digits: Vec<u32> = text
        .iter()
        .map(|c| u32::from(c.wrapping_sub(b'0')))
        .collect();
    let weights: [u32; 8] = match digits.get(6) {
        Some(0..=2) => [3, 1, 3, 3, 1, 3, 1, 1],
        Some(3) => [3, 1, 3, 1, 1, 3, 0, 1],
        Some(4) => [3, 1, 3, 1, 3, 3, 0, 1],
        _ => [3, 1, 3, 1, 3, 1, 3, 1],
    };
    // The last digit of the body only says where zeros stand when it is 3 or 4.
    let sum: u32 = digits.iter().zip(weights).map(|(d, w)| d * w).sum();
    digits.len() == 8 && sum.is_multiple_of(10)
}

fn itf(slots: &[Vec<f32>], pairs: usize) -> Option<Word> {
    let slots = slots.get(1..=pairs)?;
    if pairs == 7 {
        return carton(slots);
    }
    let (mut text, mut margin) = (String::new(), f32::MAX);
    for slot in slots {
        let (pair, least, second) = two_least(slot.iter().copied())?;
        text.push_str(&format!("{pair:02}"));
        margin = margin.min(second - least);
    }
    Some(Word {
        format: Format::Itf,
        text,
        margin,
        bent: 0.0,
    })
}

/// ITF-14: a pair counts for its check sum; among pairs of one sum the cheapest.
fn carton(slots: &[Vec<f32>]) -> Option<Word> {
    let share = |pair: usize| (3 * (pair / 10) + pair % 10) % 10;
    let of_sum = |slot: &Vec<f32>, sum: usize| {
        let costs = slot.iter().enumerate();
        let costs = costs.map(move |(p, &c)| if share(p) == sum { c } else { f32::MAX });
        two_least(costs)
    };
    let places: Vec<(Costs, u8)> = slots
        .iter()
        .map(|slot| {
            let cost = |sum| of_sum(slot, sum).map_or(f32::MAX, |found| found.1);
            (std::array::from_fn(cost), 1)
        })
        .collect();
    let solved = solve(&places, 0)?;
    let (mut text, mut second) = (String::new(), solved.second);
    for (slot, &sum) in slots.iter().zip(&solved.digits) {
        let (pair, least, next) = of_sum(slot, usize::from(sum))?;
        text.push_str(&format!("{pair:02}"));
        second = second.min(solved.cost + next - least);
    }
    Some(Word {
        format: Format::Itf,
        text,
        margin: second - solved.cost,
        bent: solved.cost,
    })
}
