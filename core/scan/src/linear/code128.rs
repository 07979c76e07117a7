//! Code 128: the check character, and from characters to text.

use super::word::Word;
use crate::Format;

const START_A: usize = 103;
const START_C: usize = 105;
const MODULUS: usize = 103;
/// The least number of characters with start and check that is believed.
const CHARACTERS_MIN: usize = 4;
/// How a FNC1 inside a GS1-128 code is written.
const SEPARATOR: char = '\u{1d}';

/// The text of the cheapest characters with a right check character. One
/// doubtful character may be put right by the check.
pub(super) fn word(slots: &[Vec<f32>]) -> Option<Word> {
    let slots = slots.get(..slots.len().checked_sub(1)?)?;
    if slots.len() < CHARACTERS_MIN {
        return None;
    }
    let mut values = Vec::with_capacity(slots.len());
    // The cheapest change of each character.
    let mut changes = Vec::with_capacity(slots.len());
    for (k, slot) in slots.iter().enumerate() {
        let offset = if k == 0 { START_A } else { 0 };
        let (at, least) = cheapest(slot, None)?;
        let (_, next) = cheapest(slot, Some(at)).unwrap_or((0, f32::MAX));
        values.push(at + offset);
        changes.push(next - least);
    }
    let mut bent = 0.0;
    let mut margin;
    if error(&values) == 0 {
        // Every single change spoils the check, so another text takes two.
        changes.sort_by(f32::total_cmp);
        margin = changes.iter().take(2).sum();
    } else {
        let (first, second) = repairs(slots, &values)?;
        margin = second - first.2;
        bent = first.2;
        *values.get_mut(first.0)? = first.1;
    }
    let text = text(values.get(..values.len() - 1)?)?;
    if text.is_empty() {
        return None;
    }
    if !margin.is_finite() {
        margin = 0.0;
    }
    Some(Word {
        format: Format::Code128,
        text,
        margin,
        bent,
    })
}

fn cheapest(slot: &[f32], but: Option<usize>) -> Option<(usize, f32)> {
    slot.iter()
        .copied()
        .enumerate()
        .filter(|(i, _)| Some(*i) != but)
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

/// How far the check character is from right: sum less check, modulo 103.
fn error(values: &[usize]) -> usize {
    let Some((check, rest)) = values.split_last() else {
        return 1;
    };
    let sum: usize = rest.iter().enumerate().map(|(k, v)| k.max(1) * v).sum();
    (sum + MODULUS - check % MODULUS) % MODULUS
}

type Change = (usize, usize, f32);

/// The cheapest single change that puts the check right, and the cost of the
/// second cheapest.
fn repairs(slots: &[Vec<f32>], values: &[usize]) -> Option<(Change, f32)> {
    let error = error(values);
    let last = values.len() - 1;
    let mut found: Vec<Change> = Vec::new();
    // A changed start would change the meaning of every character.
    for (k, slot) in slots.iter().enumerate().skip(1) {
        let value = values.get(k)?;
        let least = slot.get(*value)?;
        for (other, cost) in slot.iter().enumerate() {
            let by = if k == last {
                value + MODULUS - other
            } else {
                k * (other + MODULUS - value)
            };
            if other != *value && (error + by).is_multiple_of(MODULUS) {
                found.push((k, other, cost - least));
            }
        }
    }
    found.sort_by(|a, b| a.2.total_cmp(&b.2));
    let first = *found.first()?;
    Some((first, found.get(1).map_or(first.2, |f| f.2)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    A,
    B,
    C,
}

/// The text of the characters between start (included) and check (excluded);
/// `None` for a sequence that is not allowed.
fn text(values: &[usize]) -> Option<String> {
    let (start, rest) = values.split_first()?;
    let mut set = match start {
        103 => Set::A,
        104 => Set::B,
        &START_C => Set::C,
        _ => return None,
    };
    let mut out = String::new();
    let mut shift = None;
    // FNC4: once for one character, twice for all that follow.
    let (mut high_one, mut high_all) = (false, false);
    for (place, &value) in rest.iter().enumerate() {
        let now = shift.take().unwrap_or(set);
        match (now, value) {
            (_, 102) => {
                // In first place it says GS1 and separates nothing.
                if place > 0 {
                    out.push(SEPARATOR);
                }
            }
            (Set::C, 0..=99) => out.push_str(&format!("{value:02}")),
            (Set::A, 0..=95) | (Set::B, 0..=95) => {
                let low = match (now, value) {
                    (Set::A, 64..) => value - 64,
                    _ => value + 32,
                };
                let code = low + if high_one != high_all { 128 } else { 0 };
                out.push(char::from(u8::try_from(code).ok()?));
                high_one = false;
            }
            (Set::A, 101) | (Set::B, 100) => {
                if high_one {
                    high_all = !high_all;
                }
                high_one = !high_one;
            }
            (Set::A, 98) => shift = Some(Set::B),
            (Set::B, 98) => shift = Some(Set::A),
            (Set::C, 101) | (Set::B, 101) => set = Set::A,
            (Set::C, 100) | (Set::A, 100) => set = Set::B,
            (Set::A | Set::B, 99) => set = Set::C,
            // FNC3 programs readers and FNC2 joins codes: neither is goods.
            _ => return None,
        }
    }
    // A separator with nothing behind it separates nothing.
    Some(out.trim_end_matches(SEPARATOR).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_shifts_and_separators() {
        assert_eq!(text(&[105, 102, 1, 4, 102, 21]).unwrap(), "0104\u{1d}21");
        assert_eq!(text(&[104, 33, 98, 65, 34]).unwrap(), "A\u{1}B");
        assert_eq!(text(&[104, 100, 83]).unwrap(), "ó");
        assert_eq!(text(&[104, 100, 100, 83, 83, 100, 17]).unwrap(), "óó1");
        assert_eq!(text(&[105, 12, 100, 33]).unwrap(), "12A");
        assert!(text(&[50, 1]).is_none());
    }

    #[test]
    fn one_doubtful_character_is_put_right() {
        let values: [usize; 5] = [105, 12, 34, 56, 0];
        let check = (105 + 12 + 2 * 34 + 3 * 56) % 103;
        let mut slots: Vec<Vec<f32>> = vec![vec![9.0; 103]; 6];
        slots[0] = vec![9.0, 9.0, 0.0];
        for (k, v) in values.iter().enumerate().take(4).skip(1) {
            slots[k][*v] = 0.0;
        }
        slots[4][check] = 0.0;
        assert_eq!(word(&slots).unwrap().text, "123456");
        slots[2][35] = -0.5;
        let repaired = word(&slots).unwrap();
        assert_eq!(repaired.text, "123456");
        assert!(repaired.margin > 5.0);
    }
}
