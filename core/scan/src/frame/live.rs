//! Reading a stream of frames: each gets the cheap look and one of the costly
//! ones in turn, so that a picture without a code does not hold up the camera.

use std::collections::VecDeque;

use super::{Frame, frame_to_luma};
use crate::{Luma, ScanError, ScanLimits, Scanner, Symbol, pass};

/// Linear codes are remembered for so many frames; more than a round.
const MEMORY: usize = 16;

/// Reads frames one after another; keep one for each camera.
///
/// Matrix codes count at once. A linear code, which has one check digit at best,
/// counts from the second frame that shows it.
pub struct LiveReader {
    /// Each the first stage and another one; they share the count of leftover
    /// workers.
    turns: Vec<Scanner>,
    next: usize,
    /// Linear codes that the last frames showed, and in which frame.
    seen: VecDeque<(usize, Symbol)>,
}

impl Default for LiveReader {
    fn default() -> Self {
        Self::new()
    }
}

impl LiveReader {
    /// A reader before its first frame.
    pub fn new() -> Self {
        let plain = || pass::standard_stages().into_iter().take(1);
        let base = Scanner::with_stages(plain().collect());
        let deeper = pass::standard_stages().into_iter().skip(1);
        let turns = deeper
            .map(|stage| base.sibling(plain().chain([stage]).collect()))
            .collect();
        let (next, seen) = (0, VecDeque::new());
        Self { turns, next, seen }
    }

    /// After how many frames of one scene every way of reading has had its turn.
    pub fn frames_in_a_round(&self) -> usize {
        self.turns.len()
    }

    /// Reads the next frame. Nothing found is an empty list, and the usual case.
    ///
    /// # Errors
    /// As [`crate::scan_luma`]; with a short deadline `deadline` and `busy` only
    /// mean that a frame was dropped.
    pub fn read(&mut self, frame: &Frame, limits: &ScanLimits) -> Result<Vec<Symbol>, ScanError> {
        self.read_luma(frame_to_luma(frame)?, limits)
    }

    /// The same for a camera that gives its luma plane; see
    /// [`crate::LumaRef::to_luma`] for planes with padding. Nothing is copied.
    ///
    /// # Errors
    /// As [`LiveReader::read`].
    pub fn read_luma(&mut self, luma: Luma, limits: &ScanLimits) -> Result<Vec<Symbol>, ScanError> {
        let number = self.next;
        self.next = number.wrapping_add(1);
        let symbols = match self.turns.get(number % self.turns.len().max(1)) {
            Some(scanner) => scanner.scan_owned(luma, limits)?,
            None => Vec::new(),
        };
        Ok(self.confirmed(number, symbols))
    }

    /// The symbols that count; remembers the others.
    fn confirmed(&mut self, number: usize, symbols: Vec<Symbol>) -> Vec<Symbol> {
        let oldest = number.saturating_sub(MEMORY);
        self.seen.retain(|(frame, _)| *frame >= oldest);
        let (mut counted, mut linear) = (Vec::new(), Vec::new());
        for symbol in symbols {
            let known = || self.seen.iter().any(|(_, seen)| *seen == symbol);
            let is_linear = symbol.format.is_linear();
            if !is_linear || known() {
                counted.push(symbol.clone());
            }
            if is_linear {
                linear.push((number, symbol));
            }
        }
        self.seen.extend(linear);
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;

    fn symbol(format: Format) -> Symbol {
        Symbol {
            format,
            text: "4006381333931".into(),
            bytes: b"4006381333931".to_vec(),
        }
    }

    #[test]
    fn a_linear_code_counts_from_its_second_frame_and_is_forgotten() {
        let mut reader = LiveReader::new();
        let linear = || vec![symbol(Format::Ean13)];
        assert!(reader.confirmed(0, linear()).is_empty());
        assert_eq!(reader.confirmed(1, vec![symbol(Format::QrCode)]).len(), 1);
        assert_eq!(reader.confirmed(2, linear()).len(), 1);
        assert!(reader.confirmed(3 + MEMORY, linear()).is_empty());
    }
}
