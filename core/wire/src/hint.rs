//! `GET /v1/hints`: that there is news, never what it is. Whoever hears one pulls.

use carrot_rules::Scope;
use serde::{Deserialize, Serialize};

/// How often a server that has nothing to say shows that the line lives, seconds.
pub const HEARTBEAT_SECONDS: u64 = 25;
/// How long a device listens to nothing before it takes the line for dead, seconds.
pub const SILENCE_SECONDS_MAX: u64 = 60;
/// The most bytes of one line of the stream.
pub const LINE_BYTES_MAX: usize = 4 * 1024;

/// A scope has news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hint {
    /// Scope.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub scope: Scope,
    /// Its newest number when the hint was given.
    pub high: i64,
}

/// What a device heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// One scope has news.
    Hint(Hint),
    /// Anything may have: some hints were missed.
    Missed,
}

/// Reads a stream of server-sent events, piece by piece.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    line: Vec<u8>,
    /// The line under way is longer than any that means something.
    too_long: bool,
}

impl Reader {
    /// Takes the next bytes and answers what they said. Heartbeats and unknown events say nothing; a
    /// `data` line that does not read is taken for a missed hint.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Heard> {
        let mut heard = Vec::new();
        for byte in bytes {
            if *byte != b'\n' {
                self.too_long |= self.line.len() >= LINE_BYTES_MAX;
                if !self.too_long {
                    self.line.push(*byte);
                }
                continue;
            }
            let line = std::mem::take(&mut self.line);
            if std::mem::take(&mut self.too_long) {
                heard.push(Heard::Missed);
            } else if let Some(data) = line.strip_prefix(b"data:") {
                let hint = serde_json::from_slice(data.trim_ascii());
                heard.push(hint.map_or(Heard::Missed, Heard::Hint));
            }
        }
        heard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &[u8] =
        b":\n\nevent: hint\ndata: {\"scope\":\"programme:00000000-0000-0000-0000-000000000064\",\
        \"high\":7}\n\n: alive\r\n\nevent: missed\ndata: {}\r\n\nfuture: x\n";

    #[test]
    fn hints_read_the_same_in_pieces_of_any_size() {
        let whole = Reader::default().take(STREAM);
        assert_eq!(whole.len(), 2, "{whole:?}");
        assert!(matches!(&whole[0], Heard::Hint(hint) if hint.high == 7));
        assert_eq!(whole[1], Heard::Missed);
        for size in 1..STREAM.len() {
            let mut reader = Reader::default();
            let pieces = STREAM.chunks(size);
            let heard: Vec<Heard> = pieces.flat_map(|piece| reader.take(piece)).collect();
            assert_eq!(heard, whole, "pieces of {size}");
        }
    }

    #[test]
    fn an_endless_line_is_not_kept_and_counts_as_missed() {
        let mut reader = Reader::default();
        for _ in 0..100 {
            assert_eq!(reader.take(&[b'x'; 1_000]), []);
        }
        assert!(reader.line.len() <= LINE_BYTES_MAX);
        assert_eq!(reader.take(b"\n"), [Heard::Missed]);
    }
}
