//! Recognisers: from the bytes of a file or a photo to what a receipt may say. Their word is a
//! candidate; only a signature that holds is proof.

mod jws;
mod paragon;
mod process;

use std::time::Duration;

use carrot_rules::command::FoundLine;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

pub use jws::JwsKey;
pub use paragon::Paragon;
pub use process::Process;

/// How sure a recogniser is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// A signature of a known key holds.
    Signed,
    /// The form is right; nobody has vouched for it.
    Form,
    /// Read off a picture.
    Guess,
}

/// What a recogniser makes of some bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Candidate {
    /// The key under which such a receipt counts once, when it can be told.
    pub key: Option<String>,
    /// Local time as it stands there.
    pub local_time: Option<String>,
    /// Total, minor units.
    pub total_minor: Option<i64>,
    /// ISO 4217 code, when it can be told.
    pub currency: Option<String>,
    /// Lines.
    #[schema(value_type = Vec<Object>)]
    pub lines: Vec<FoundLine>,
    /// How sure it is.
    pub certainty: Certainty,
    /// From 0 to 1,000: how much of it was read without a doubt.
    pub confidence_permille: u16,
}

/// Why nothing was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRecognised {
    /// More bytes than it takes.
    TooLarge,
    /// It was not done in time, and was stopped.
    TooSlow,
    /// It is not of its kind.
    OtherKind,
    /// Its signature does not hold.
    Forged,
    /// The recogniser itself failed, or is not installed.
    Failed,
}

impl NotRecognised {
    /// Stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::TooSlow => "too_slow",
            Self::OtherKind => "other_kind",
            Self::Forged => "forged",
            Self::Failed => "failed",
        }
    }
}

/// Something that reads receipts. It holds nothing between two calls.
pub trait Recogniser: Send + Sync {
    /// The most bytes that it takes.
    fn bytes_max(&self) -> usize;
    /// Reads. It is dropped when the time is over, and must then leave nothing running.
    fn recognise<'a>(&'a self, bytes: &'a [u8]) -> BoxFuture<'a, Result<Candidate, NotRecognised>>;
}

/// Lets a recogniser read, within its size and the caller's time.
pub async fn recognise(
    recogniser: &dyn Recogniser,
    bytes: &[u8],
    time: Duration,
) -> Result<Candidate, NotRecognised> {
    if bytes.len() > recogniser.bytes_max() {
        return Err(NotRecognised::TooLarge);
    }
    let reading = tokio::time::timeout(time, recogniser.recognise(bytes));
    reading.await.unwrap_or(Err(NotRecognised::TooSlow))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
