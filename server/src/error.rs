//! What can go wrong inside the server. Only [`Error::Refused`] is for a caller's eyes; the rest is a
//! fault of ours, logged and answered as `internal`.

use carrot_rules::amount::Overflow;
use carrot_wire::CallError;
use thiserror::Error;

use crate::db::Fault;

/// A failure of the server.
#[derive(Debug, Error)]
pub enum Error {
    /// The database refused or failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration failed; the message says which.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A file could not be read or written.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// A stored document does not read.
    #[error("stored JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Something stored is not what this version wrote.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// A transfer would break the books.
    #[error("the books refuse: {0}")]
    Books(String),
    /// The caller asked for something that cannot be; the code says why.
    #[error(transparent)]
    Refused(#[from] CallError),
}

impl From<Overflow> for Error {
    fn from(overflow: Overflow) -> Self {
        Self::Books(overflow.to_string())
    }
}

impl Error {
    /// A refusal with a stable code and a detail in English.
    #[must_use]
    pub fn refused(code: &str, detail: impl Into<String>) -> Self {
        Self::Refused(CallError::new(code, detail))
    }

    /// What can be done about it.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Database(error) => Fault::of(error),
            _ => Fault::Final,
        }
    }

    /// True when a unique constraint said no.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// A result of the server.
pub type Result<T, E = Error> = std::result::Result<T, E>;
