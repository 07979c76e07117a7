//! Lines of a snapshot: unpacked as they come, counted, and read without a look into the things' bodies.

use std::io::Write as _;

use carrot_sync::snapshot::{Wanted, check};
use carrot_wire::snapshot::{SNAPSHOT_LINE_BYTES_MAX, SnapshotHead};
use flate2::write::GzDecoder;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::Result;
use crate::snapshot::bad;

/// One line behind the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A thing.
    Thing {
        /// Kind by name.
        kind: String,
        /// Id.
        id: String,
        /// The thing as JSON.
        body: String,
    },
    /// A balance.
    Balance {
        /// Account.
        account: String,
        /// Unit.
        unit: String,
        /// What is in it.
        points: i64,
    },
}

/// A line's text: [`carrot_wire::pull::Change`], with the body as it stands there.
#[derive(Deserialize)]
struct Text<'a> {
    r#type: String,
    kind: Option<String>,
    id: Option<String>,
    #[serde(borrow)]
    body: Option<&'a RawValue>,
    account: Option<String>,
    unit: Option<String>,
    balance: Option<i64>,
}

impl Line {
    /// Reads a line; none when this version cannot.
    fn read(text: &[u8]) -> Option<Self> {
        let text: Text<'_> = serde_json::from_slice(text).ok()?;
        match text.r#type.as_str() {
            "entity" => Some(Self::Thing {
                kind: text.kind?,
                id: text.id?,
                body: text.body?.get().to_owned(),
            }),
            "balance" => Some(Self::Balance {
                account: text.account?,
                unit: text.unit?,
                points: text.balance?,
            }),
            _ => None,
        }
    }
}

/// Lines of a snapshot, while it is unpacked.
pub struct Lines {
    unpack: GzDecoder<Vec<u8>>,
    head: Option<SnapshotHead>,
    /// Those that were read and not laid out.
    pub laid: Vec<Line>,
    rows: i64,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            unpack: GzDecoder::new(Vec::new()),
            head: None,
            laid: Vec::new(),
            rows: 0,
        }
    }
}

impl Lines {
    /// Unpacks some bytes more and reads the lines that are whole.
    pub fn take(&mut self, packed: &[u8], wanted: &Wanted) -> Result<()> {
        let unpacked = self.unpack.write_all(packed);
        unpacked.map_err(|error| bad(format!("a snapshot does not unpack: {error}")))?;
        self.read(wanted)
    }

    /// Reads the lines that are whole.
    fn read(&mut self, wanted: &Wanted) -> Result<()> {
        let bytes = std::mem::take(self.unpack.get_mut());
        let mut rest = bytes.as_slice();
        while let Some((line, after)) = split_line(rest) {
            rest = after;
            let Some(head) = &self.head else {
                let head: SnapshotHead = serde_json::from_slice(line)
                    .map_err(|error| bad(format!("a snapshot's first line: {error}")))?;
                check(&head, wanted).map_err(|error| bad(error.to_string()))?;
                self.head = Some(head);
                continue;
            };
            self.rows = self.rows.saturating_add(1);
            if self.rows > head.rows {
                return Err(bad("a snapshot has more rows than it says"));
            }
            // A kind of change that this version cannot read is skipped, as in pages.
            self.laid.extend(Line::read(line));
        }
        if rest.len() > SNAPSHOT_LINE_BYTES_MAX {
            return Err(bad("a line of a snapshot is too long"));
        }
        *self.unpack.get_mut() = rest.to_vec();
        Ok(())
    }

    /// The head and what is not laid out, once everything was taken.
    pub fn end(mut self, wanted: &Wanted) -> Result<(SnapshotHead, Vec<Line>)> {
        let ended = self.unpack.try_finish();
        ended.map_err(|error| bad(format!("a snapshot breaks off: {error}")))?;
        self.read(wanted)?;
        let head = self
            .head
            .ok_or_else(|| bad("a snapshot without a first line"))?;
        if self.rows != head.rows || !self.unpack.get_ref().is_empty() {
            let (said, found) = (head.rows, self.rows);
            return Err(bad(format!("a snapshot of {said} rows has {found}")));
        }
        Ok((head, self.laid))
    }
}

fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    Some((line, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use carrot_wire::pull::Change;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_says_what_a_change_of_a_page_says() {
        let thing = Change::Entity {
            kind: "reward".to_owned(),
            id: "tea \"1\"".to_owned(),
            body: json!({"name": {"da": "Te \u{e6}"}, "a": [1, null, {"b": "\\"}]}),
        };
        let balance = Change::Balance {
            account: "programme:issuance".to_owned(),
            unit: "points".to_owned(),
            delta: 7,
            balance: -12,
        };
        for change in [thing, balance] {
            let line = Line::read(&serde_json::to_vec(&change).unwrap()).unwrap();
            match (change, line) {
                (Change::Entity { kind, id, body }, line) => {
                    let body = body.to_string();
                    assert_eq!(line, Line::Thing { kind, id, body });
                }
                (
                    Change::Balance {
                        account,
                        unit,
                        balance: points,
                        ..
                    },
                    line,
                ) => {
                    assert_eq!(
                        line,
                        Line::Balance {
                            account,
                            unit,
                            points
                        }
                    );
                }
            }
        }
        for unknown in [
            "{}",
            "[]",
            "{\"type\":\"song\"}",
            "{\"type\":\"entity\",\"kind\":\"a\"}",
            "{",
        ] {
            assert_eq!(Line::read(unknown.as_bytes()), None, "{unknown}");
        }
    }
}
