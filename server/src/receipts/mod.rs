//! Receipts: fiscal services are asked whether a claimed receipt exists and what is on it.
//!
//! A claim leaves a check behind (`carrot_rules::entity::FiscalCheck`); [`Robot`] makes a job of it,
//! asks over hours and days if it must, and gives the answer to the rules as commands of its own. A
//! [`ReceiptVerifier`] speaks one service's dialect; [`DialectC`] is the one of `proverkacheka.com`.

mod decimal;
mod dialect_c;
mod job;
mod query;
mod reader;
pub mod recognise;
mod retry;
mod robot;
mod settings;
mod settle;

use futures_util::future::BoxFuture;

use carrot_rules::command::FoundReceipt;

pub use dialect_c::DialectC;
pub use job::{JobRow, OPEN_JOBS_MAX};
pub use query::FiscalQuery;
pub use reader::{ANSWER_BYTES_MAX, read_answer};
pub use retry::{GIVE_UP_MS, UNREACHABLE_GIVE_UP_MS, retry_ms};
pub(crate) use robot::start;
pub use robot::{LookReport, Robot};
pub use settings::{SourceSettings, SourceView, cashier_hashes};
pub(crate) use settle::credit_all;

/// What a service gave to ask on with. It is kept with the job and survives a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket(pub String);

/// What a service says about a receipt. The words are those that robots need to tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerifierAnswer {
    /// It exists, and this is on it.
    Found(Box<FoundReceipt>),
    /// The service is looking; ask again, not before so many milliseconds when it says so.
    Pending {
        /// Milliseconds from now.
        retry_after_ms: Option<i64>,
    },
    /// There is none, so far.
    NotFound,
    /// The call went wrong in a way that passes.
    Retryable {
        /// What went wrong, a stable word.
        why: &'static str,
        /// Milliseconds from now, when the service says so.
        retry_after_ms: Option<i64>,
    },
    /// The service does not answer this caller now: quota or token.
    Refused {
        /// `quota` or `token`.
        why: &'static str,
        /// Milliseconds from now, when the service says so.
        retry_after_ms: Option<i64>,
    },
    /// It will never answer this question.
    Permanent {
        /// Why, a stable word.
        why: &'static str,
    },
}

impl VerifierAnswer {
    /// The answer's name, as jobs keep it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Pending { .. } => "pending",
            Self::NotFound => "not_found",
            Self::Retryable { .. } => "retryable",
            Self::Refused { .. } => "refused",
            Self::Permanent { .. } => "permanent",
        }
    }
}

/// A fiscal service's dialect. Neither call may take longer than a minute.
pub trait ReceiptVerifier: Send + Sync {
    /// Puts a question. The ticket is kept and asked on with, also after a restart.
    fn submit<'a>(
        &'a self,
        query: &'a FiscalQuery,
    ) -> BoxFuture<'a, Result<Ticket, VerifierAnswer>>;
    /// Asks what became of it.
    fn poll<'a>(&'a self, ticket: &'a Ticket) -> BoxFuture<'a, VerifierAnswer>;
}
