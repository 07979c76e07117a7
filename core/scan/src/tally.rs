//! Which readings to believe.
//!
//! Matrix codes carry error correction and are believed at once. A linear code
//! has one check digit at best, and a wrong reading of it usually has a right
//! one, so it takes several lines of the picture that agree, and no other text
//! that more lines saw at the same place.

use std::collections::BTreeSet;

use crate::{Counted, Format, Reading, Span, Symbol};

/// Readings gathered so far.
#[derive(Debug, Default)]
pub struct Tally {
    candidates: Vec<Candidate>,
}

#[derive(Debug)]
struct Candidate {
    symbol: Symbol,
    span: Option<Span>,
    /// The pixels on which the middles of the readings lie. Two views of one
    /// line are one piece of evidence.
    places: BTreeSet<(i64, i64)>,
    /// A reader that weighs lines itself has vouched for it.
    settled: bool,
    /// Where it stands, each place once: of readings that stand for a whole
    /// code and not for one line of it.
    wholes: Vec<Span>,
}

/// How many readings a format takes before it is believed.
pub fn votes_needed(format: Format) -> usize {
    match format {
        Format::QrCode
        | Format::MicroQrCode
        | Format::RectangularMicroQrCode
        | Format::DataMatrix => 1,
        Format::Code128 | Format::Itf => 2,
        Format::Ean13 | Format::UpcA => 3,
        // Few digits or no check at all: most invented texts are of these.
        Format::Ean8 => 6,
        Format::UpcE => 16,
        Format::Code39 => 4,
    }
}

impl Tally {
    /// Adds readings, one vote for each pixel that their middles lie on.
    /// Readings of one symbol at separate places of the picture stay one symbol.
    pub fn add(&mut self, readings: impl IntoIterator<Item = Reading>) {
        self.gather(readings, false);
    }

    /// Adds readings that each stand for several lines that a reader weighed
    /// against one another: they count at once, unless others contradict.
    pub fn add_settled(&mut self, readings: impl IntoIterator<Item = Reading>) {
        self.gather(readings, true);
    }

    fn gather(&mut self, readings: impl IntoIterator<Item = Reading>, settled: bool) {
        for reading in readings {
            if !plausible(&reading.symbol, settled) {
                continue;
            }
            let same = |c: &&mut Candidate| c.symbol == reading.symbol;
            if let Some(known) = self.candidates.iter_mut().find(same) {
                known.vote(reading.span, settled);
                known.settled |= settled;
                continue;
            }
            let mut new = Candidate::new(reading.symbol);
            new.vote(reading.span, settled);
            new.settled = settled;
            self.candidates.push(new);
        }
    }

    /// The symbols believed so far, in the order in which they were first seen.
    pub fn accepted(&self) -> Vec<Symbol> {
        let counted = self.counted().into_iter();
        counted.map(|counted| counted.symbol).collect()
    }

    /// The same with the number of places that show each.
    pub fn counted(&self) -> Vec<Counted> {
        let believed = |c: &&Candidate| {
            (c.settled || c.votes() >= votes_needed(c.symbol.format))
                && !self.candidates.iter().any(|o| o.beats(c))
        };
        self.candidates
            .iter()
            .filter(believed)
            .map(|c| Counted {
                symbol: c.symbol.clone(),
                places: c.wholes.len().max(1),
            })
            .collect()
    }
}

impl Candidate {
    fn new(symbol: Symbol) -> Self {
        Self {
            symbol,
            span: None,
            places: BTreeSet::new(),
            settled: false,
            wholes: Vec::new(),
        }
    }

    fn votes(&self) -> usize {
        let weighed = if self.settled {
            votes_needed(self.symbol.format)
        } else {
            0
        };
        self.places.len().max(weighed)
    }

    fn vote(&mut self, span: Option<Span>, settled: bool) {
        if settled || !self.symbol.format.is_linear() {
            self.wholes.extend(span);
            self.join_wholes();
        }
        self.places.insert(span.map_or((-1, -1), |s| s.middle()));
        self.span = match (self.span, span) {
            (Some(known), Some(new)) => Some(known.joined(&new)),
            (known, new) => known.or(new),
        };
    }

    /// Where it stands: its separate places, or the box around its lines when
    /// nobody tells them apart.
    fn places_of_it(&self) -> impl Iterator<Item = &Span> {
        let lines = self.span.as_ref().filter(|_| self.wholes.is_empty());
        self.wholes.iter().chain(lines)
    }

    /// Two readings that touch are of one place.
    fn join_wholes(&mut self) {
        while let Some(mut new) = self.wholes.pop() {
            let before = self.wholes.len();
            self.wholes.retain(|known| {
                let apart = !known.touches(&new);
                if !apart {
                    new = known.joined(&new);
                }
                apart
            });
            let joined = self.wholes.len() < before;
            self.wholes.push(new);
            if !joined {
                break;
            }
        }
    }

    /// Whether this candidate shows the other one, a linear code at the same
    /// place, to be a misreading. A draw spoils both.
    fn beats(&self, other: &Self) -> bool {
        if !other.symbol.format.is_linear() || self.symbol == other.symbol {
            return false;
        }
        let touched = |mine: &Span| other.places_of_it().any(|theirs| mine.touches(theirs));
        let same_place = self.places_of_it().any(touched);
        same_place && (!self.symbol.format.is_linear() || self.votes() >= other.votes())
    }
}

/// Recomputes what a symbology lets one check; a reader's word is not enough.
fn plausible(symbol: &Symbol, settled: bool) -> bool {
    let text = symbol.text.as_str();
    match symbol.format {
        // A reader that has seen the quiet zones on many lines knows the length.
        Format::Itf if settled => text.len() >= 6 && text.len().is_multiple_of(2),
        Format::Ean13 => text.len() == 13 && check_digit_is_right(text),
        Format::Ean8 => text.len() == 8 && check_digit_is_right(text),
        Format::UpcA => text.len() == 12 && check_digit_is_right(text),
        Format::UpcE => upc_e_expanded(text).is_some_and(|full| check_digit_is_right(&full)),
        // Part of an ITF code is itself a well-formed ITF code, so only the
        // fixed length of cartons is trusted.
        Format::Itf => text.len() == 14 && check_digit_is_right(text),
        Format::Code39 => text.len() >= 3,
        Format::Code128 => !text.is_empty(),
        _ => !symbol.bytes.is_empty(),
    }
}

/// The GS1 check: digits weighted 3 and 1 from the right, sum divisible by ten.
pub fn check_digit_is_right(digits: &str) -> bool {
    let mut sum = 0;
    for (place, digit) in digits.bytes().rev().enumerate() {
        if !digit.is_ascii_digit() {
            return false;
        }
        sum += u32::from(digit - b'0') * if place % 2 == 0 { 1 } else { 3 };
    }
    !digits.is_empty() && sum % 10 == 0
}

/// The 12 digits of the UPC-A code that 8 digits of UPC-E stand for.
fn upc_e_expanded(text: &str) -> Option<String> {
    let digits = text.as_bytes();
    if digits.len() != 8 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (system, body, check) = (text.get(..1)?, text.get(1..7)?, text.get(7..)?);
    let (head, last) = (body.get(..5)?, body.get(5..)?);
    let (two, three, four) = (head.get(..2)?, head.get(..3)?, head.get(..4)?);
    let middle = match last {
        "0" | "1" | "2" => format!("{two}{last}0000{}", head.get(2..)?),
        "3" => format!("{three}00000{}", head.get(3..)?),
        "4" => format!("{four}00000{}", head.get(4..)?),
        _ => format!("{head}0000{last}"),
    };
    Some(format!("{system}{middle}{check}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(format: Format, text: &str, y: f32) -> Reading {
        let symbol = Symbol {
            format,
            text: text.into(),
            bytes: text.as_bytes().to_vec(),
        };
        Reading {
            symbol,
            span: Span::around([(10.0, y), (90.0, y)]),
        }
    }

    #[test]
    fn two_lines_are_not_enough_and_three_are() {
        let mut tally = Tally::default();
        tally.add((0..2).map(|y| line(Format::Ean13, "4006381333931", y as f32)));
        assert!(tally.accepted().is_empty());
        tally.add([line(Format::Ean13, "4006381333931", 9.0)]);
        assert_eq!(tally.accepted().len(), 1);
    }

    #[test]
    fn a_wrong_check_digit_never_counts() {
        let mut tally = Tally::default();
        tally.add((0..9).map(|y| line(Format::Ean13, "4006381333932", y as f32)));
        tally.add((0..9).map(|y| line(Format::Itf, "070429", y as f32)));
        assert!(tally.accepted().is_empty());
    }

    #[test]
    fn the_text_with_more_lines_wins_its_place() {
        let mut tally = Tally::default();
        tally.add((0..6).map(|y| line(Format::Ean13, "4006381333931", y as f32)));
        tally.add((2..5).map(|y| line(Format::Ean13, "9780201379624", y as f32)));
        let texts: Vec<_> = tally.accepted().into_iter().map(|s| s.text).collect();
        assert_eq!(texts, ["4006381333931"]);
    }

    #[test]
    fn two_codes_one_above_the_other_both_count() {
        let mut tally = Tally::default();
        tally.add((0..6).map(|y| line(Format::Ean13, "4006381333931", y as f32)));
        tally.add((20..23).map(|y| line(Format::Ean13, "9780201379624", y as f32)));
        assert_eq!(tally.accepted().len(), 2);
    }

    #[test]
    fn the_same_code_at_separate_places_is_counted_and_one_place_once() {
        let mut tally = Tally::default();
        let whole = |top: f32, bottom: f32| Reading {
            span: Span::around([(10.0, top), (90.0, bottom)]),
            ..line(Format::Ean13, "4006381333931", top)
        };
        let places = |tally: &Tally| tally.counted().first().map(|counted| counted.places);
        tally.add_settled([whole(0.0, 20.0), whole(50.0, 70.0), whole(60.0, 75.0)]);
        assert_eq!(places(&tally), Some(2));
        // Lines of a reader that does not weigh them say nothing of how many there are.
        tally.add((80..90).map(|y| line(Format::Ean13, "4006381333931", y as f32)));
        assert_eq!(places(&tally), Some(2));
        // One that bridges the two shows that they are one.
        tally.add_settled([whole(15.0, 55.0)]);
        assert_eq!(places(&tally), Some(1));
    }

    #[test]
    fn a_code_between_two_equal_ones_is_not_at_their_place() {
        let mut tally = Tally::default();
        let whole = |text: &str, y: f32| line(Format::Ean13, text, y);
        tally.add_settled([0.0, 100.0, 200.0].map(|y| whole("4006381333931", y)));
        tally.add_settled([whole("9780201379624", 50.0)]);
        assert_eq!(tally.accepted().len(), 2);
    }

    #[test]
    fn a_line_inside_a_matrix_code_is_a_misreading() {
        let mut tally = Tally::default();
        let symbol = Symbol {
            format: Format::QrCode,
            text: "a".into(),
            bytes: b"a".to_vec(),
        };
        let span = Span::around([(0.0, 0.0), (100.0, 100.0)]);
        tally.add([Reading { symbol, span }]);
        tally.add((40..44).map(|y| line(Format::Ean13, "4006381333931", y as f32)));
        assert_eq!(tally.accepted().len(), 1);
    }

    #[test]
    fn upc_e_expands_before_its_check() {
        assert_eq!(upc_e_expanded("01234565").as_deref(), Some("012345000065"));
        assert!(check_digit_is_right("012345000065"));
    }
}
