//! What happened, line by line, and a hash of it: equal seeds give equal hashes.

use sha2::{Digest as _, Sha256};

/// A fleet's trace.
#[derive(Debug, Default)]
pub struct Trace {
    hash: Sha256,
    /// The lines themselves, when they are wanted.
    lines: Option<Vec<String>>,
    /// Lines so far.
    pub events: u64,
}

impl Trace {
    /// A trace that keeps its lines, or only their hash.
    #[must_use]
    pub fn new(keep: bool) -> Self {
        Self {
            lines: keep.then(Vec::new),
            ..Self::default()
        }
    }

    /// Adds a line.
    pub fn line(&mut self, text: &str) {
        self.hash.update(text.as_bytes());
        self.hash.update(b"\n");
        self.events += 1;
        if let Some(lines) = &mut self.lines {
            lines.push(text.to_owned());
        }
    }

    /// The hash of all lines and the lines that were kept.
    #[must_use]
    pub fn end(self) -> (String, Vec<String>) {
        let hash = hex::encode(self.hash.finalize());
        (hash, self.lines.unwrap_or_default())
    }
}
