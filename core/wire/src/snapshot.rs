//! `GET /v1/scopes/{scope}/snapshot`: what a scope comes to at one number, instead of every change
//! that led there. The bytes are compressed with gzip; inside there is a line with the
//! [`SnapshotHead`], then one line for each thing and account: the text of the last change of it, in
//! the order of their numbers. The `ETag` is the SHA-256 of the compressed bytes.

use std::borrow::Cow;

use carrot_rules::Scope;
use serde::{Deserialize, Serialize};

/// The version of the lines.
pub const SNAPSHOT_SCHEMA: u32 = 1;
/// The most compressed bytes of one snapshot.
pub const SNAPSHOT_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// The most bytes of one line of a snapshot.
pub const SNAPSHOT_LINE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The bytes of one piece that a device asks for.
pub const SNAPSHOT_PIECE_BYTES_MAX: u64 = 256 * 1024;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotHead {
    /// Version of the lines.
    pub schema: u32,
    /// The scope.
    pub scope: Scope,
    /// Identity of the scope's history.
    pub epoch: String,
    /// The number up to which every change is in it.
    pub seq: i64,
    /// Lines that follow.
    pub rows: i64,
    /// Running digest after `seq`.
    pub digest: String,
}

/// Where the snapshot of a scope is to be had that reaches this number, or the newest one.
#[must_use]
pub fn snapshot_path(scope: Scope, at_least: i64) -> String {
    format!("/v1/scopes/{scope}/snapshot?at_least={at_least}")
}

/// What a change's text is about: a later change of the same item replaces an earlier one as a whole.
/// None for a kind of change that this version does not know; such a text stands for itself.
#[must_use]
pub fn item_of(text: &str) -> Option<String> {
    // Without the body, which is most of the text and is not looked at.
    #[derive(Deserialize)]
    struct About<'a> {
        #[serde(rename = "type", borrow)]
        of: Cow<'a, str>,
        #[serde(borrow)]
        kind: Option<Cow<'a, str>>,
        #[serde(borrow)]
        id: Option<Cow<'a, str>>,
        #[serde(borrow)]
        account: Option<Cow<'a, str>>,
        #[serde(borrow)]
        unit: Option<Cow<'a, str>>,
    }
    let about: About<'_> = serde_json::from_str(text).ok()?;
    // Kinds and units have no blanks in them.
    match about.of.as_ref() {
        "entity" => Some(format!("thing {} {}", about.kind?, about.id?)),
        "balance" => Some(format!("balance {} {}", about.unit?, about.account?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pull::Change;
    use serde_json::json;

    fn text(change: &Change) -> String {
        serde_json::to_string(change).unwrap()
    }

    #[test]
    fn a_change_names_what_it_is_about_and_nothing_else() {
        let thing = |kind: &str, id: &str, body| Change::Entity {
            kind: kind.to_owned(),
            id: id.to_owned(),
            body,
        };
        let balance = |account: &str, unit: &str, points| Change::Balance {
            account: account.to_owned(),
            unit: unit.to_owned(),
            delta: points,
            balance: points,
        };
        let nested = json!({"kind": "cup", "id": 7, "type": "balance"});
        let same = [
            (thing("sale", "a b", json!(1)), thing("sale", "a b", nested)),
            (balance("x", "points", 1), balance("x", "points", 9)),
        ];
        for (one, other) in &same {
            assert_eq!(item_of(&text(one)), item_of(&text(other)));
        }
        let all = [
            thing("sale", "a", json!(1)),
            thing("sale", "\"", json!(1)),
            thing("visit", "a", json!(1)),
            balance("a", "sale", 1),
            balance("b", "sale", 1),
        ];
        let items: std::collections::BTreeSet<_> =
            all.iter().map(|one| item_of(&text(one)).unwrap()).collect();
        assert_eq!(items.len(), all.len());
        assert_eq!(item_of(r#"{"type":"hologram","id":"1"}"#), None);
        assert_eq!(item_of("not JSON"), None);
    }
}
