//! Reading a stream of frames: each gets the cheap look and one of the costly
//! ones in turn, so that a picture without a code does not hold up the camera.

use super::{Frame, frame_to_luma};
use crate::{Luma, ScanError, ScanLimits, Scanner, Symbol, pass};

/// Reads frames one after another; keep one for each camera.
pub struct LiveReader {
    /// Each the first stage and another one; they share the count of leftover
    /// workers.
    turns: Vec<Scanner>,
    next: usize,
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
        Self { turns, next: 0 }
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
        let turn = self.next % self.turns.len().max(1);
        self.next = turn + 1;
        match self.turns.get(turn) {
            Some(scanner) => scanner.scan_owned(luma, limits),
            None => Ok(Vec::new()),
        }
    }
}
