//! Scopes: the units of download and permission. Their text form is on the wire and in both stores.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A unit of download and permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// What everybody in the programme may see: rules, products, rewards, tasks.
    Programme(Uuid),
    /// What a terminal of this outlet may see: roster, recent members, sales, leases.
    Outlet(Uuid),
    /// What one person may see of themselves.
    Participant(Uuid),
}

/// A text that names no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a scope: {0}")]
pub struct NotAScope(pub String);

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Programme(id) => write!(f, "programme:{id}"),
            Self::Outlet(id) => write!(f, "outlet:{id}"),
            Self::Participant(id) => write!(f, "participant:{id}"),
        }
    }
}

impl FromStr for Scope {
    type Err = NotAScope;
    fn from_str(text: &str) -> Result<Self, NotAScope> {
        let refuse = || NotAScope(text.chars().take(80).collect());
        let (kind, id) = text.split_once(':').ok_or_else(refuse)?;
        let id = Uuid::parse_str(id).map_err(|_| refuse())?;
        match kind {
            "programme" => Ok(Self::Programme(id)),
            "outlet" => Ok(Self::Outlet(id)),
            "participant" => Ok(Self::Participant(id)),
            _ => Err(refuse()),
        }
    }
}

impl TryFrom<String> for Scope {
    type Error = NotAScope;
    fn try_from(text: String) -> Result<Self, NotAScope> {
        text.parse()
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}
