//! `POST /v1/pull`: what changed, per scope, without gaps.

use carrot_rules::Scope;
use carrot_rules::entity::{Entity, EntityKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::certificate::SignedCertificate;
use crate::notary::Countersigned;
use crate::trust::SignedTrust;

/// Where a device stands in one scope.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeCursor {
    /// Scope.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Scope,
    /// Epoch it knows; empty at first.
    pub epoch: String,
    /// The last number it applied.
    pub after: i64,
}

/// A pull.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PullRequest {
    /// Protocol version.
    pub proto: u32,
    /// Cursors; scopes that are missing here are sent from their beginning.
    pub scopes: Vec<ScopeCursor>,
    /// The most bytes of changes wanted.
    pub max_bytes: usize,
    /// Version of the list of the server's keys that the device has; zero for that of its enrolment.
    #[serde(default)]
    pub trust_version: i64,
    /// What a terminal has made; none from those that do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Made>,
    /// What the device can do besides (see [`crate::capability`]); a server that does not know a name
    /// leaves it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<String>,
}

/// What a terminal has made. Once every command up to `seq` has arrived, it has used no voucher that
/// was over at `at_ms` besides those that they name, and will use none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Made {
    /// Its newest command; zero before the first.
    pub seq: i64,
    /// An instant by its clock before which it has made nothing else, UTC milliseconds.
    pub at_ms: i64,
}

/// The text of one change, exactly as the digest sees it, is JSON of this.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Change {
    /// A thing is now this.
    Entity {
        /// Kind by name; unknown kinds are kept unread.
        kind: String,
        /// Id.
        id: String,
        /// The thing.
        body: Value,
    },
    /// An account moved.
    Balance {
        /// Account.
        account: String,
        /// Unit.
        unit: String,
        /// By how much.
        delta: i64,
        /// To this.
        balance: i64,
    },
}

impl Change {
    /// The change that shows a typed thing.
    pub fn of<T: Entity>(id: &str, thing: &T) -> Result<Self, serde_json::Error> {
        Ok(Self::entity(T::KIND, id, serde_json::to_value(thing)?))
    }

    /// The change that shows a thing.
    #[must_use]
    pub fn entity(kind: EntityKind, id: &str, body: Value) -> Self {
        Self::Entity {
            kind: kind.as_str().to_owned(),
            id: id.to_owned(),
            body,
        }
    }
}

/// A page of one scope.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopePage {
    /// Scope.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Scope,
    /// Identity of the scope's history.
    pub epoch: String,
    /// Number of the first change here; `after + 1`.
    pub first: i64,
    /// Number of the last change here; `first - 1` when there is none.
    pub last: i64,
    /// The changes' texts, in order without gaps.
    pub changes: Vec<String>,
    /// The scope's newest number.
    pub high: i64,
    /// Running digest after `last`.
    pub digest_at_last: String,
    /// The device's history is not the server's: drop what it has of this scope and start from `first`.
    pub reset: bool,
    /// The device may no longer see this scope.
    pub gone: bool,
    /// What is missing here is also to be had as a snapshot ([`crate::snapshot`]). A page that resets
    /// and brings nothing stands for changes that are no longer sent one by one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub snapshot: bool,
}

/// How a person is called on this device's screens. Never part of changes, entries or chains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonName {
    /// Person.
    pub participant: Uuid,
    /// Name to show.
    pub name: String,
    /// Two-letter language.
    pub language: String,
}

/// The answer to a pull.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PullReply {
    /// Protocol version.
    pub proto: u32,
    /// One page per scope that the device may see.
    pub scopes: Vec<ScopePage>,
    /// Names of the people in them.
    pub people: Vec<PersonName>,
    /// The device's renewed certificate.
    pub certificate: SignedCertificate,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
    /// The device's last recorded command.
    pub device_last_seq: i64,
    /// How far the device's chain has come, countersigned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersigned: Option<Countersigned>,
    /// The server's keys, when the device has another version of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<SignedTrust>,
    /// True when a scope has more.
    pub more: bool,
    /// The open vouchers that this phone may use, as texts (see [`crate::voucher`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<String>,
}
