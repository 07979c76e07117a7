//! `POST /v1/members/resolve`: a terminal asks for one member that its outlet has not met yet.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a member is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ResolveRequest {
    /// By the keyed hash of a contact, hex, 32 characters.
    Contact {
        /// The hash.
        hash: String,
    },
    /// By the person's id, as a rotating code names it.
    Participant {
        /// The person.
        id: Uuid,
    },
    /// By a printed card's reference or a person's short code.
    Code {
        /// The reference or code.
        code: String,
    },
}

/// The answer. A member that was found arrives with the next pull, in the outlet's scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResolveReply {
    /// Whether there is such a member.
    pub found: bool,
}
