//! Trials without effect: which waiting receipts a name would settle, and whether the service answers.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::decide::receipt::{holds, pattern, words};
use carrot_rules::entity::FiscalCheck;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use super::row;
use crate::console::ConsoleState;
use crate::console::names::Names;
use crate::console::receipts::ReceiptRow;
use crate::console::reply::{Answer, Body, Refusal};
use crate::console::rights::Caller;
use crate::db;
use crate::receipts::{DialectC, FiscalQuery, ReceiptVerifier, Ticket, VerifierAnswer};

/// The most waiting receipts that a name is tried on.
const TRIED_MAX: i64 = 500;

/// `POST /v1/console/receipt-aliases/preview`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct AliasTrial {
    /// The name as tills print it.
    pub name: String,
}

/// What a name would find.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AliasFound {
    /// The words that would be remembered.
    pub pattern: String,
    /// Waiting receipts with a line that holds them, the oldest first.
    pub receipts: Vec<AliasMatch>,
}

/// A waiting receipt that a name would find.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AliasMatch {
    /// The receipt.
    pub receipt: ReceiptRow,
    /// The lines' names.
    pub names: Vec<String>,
}

/// Says which waiting receipts a name would find. Nothing is remembered.
#[utoipa::path(post, path = "/v1/console/receipt-aliases/preview", tag = "console", request_body = AliasTrial, responses(
    (status = 200, description = "what it would find", body = AliasFound),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn alias(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(trial): Body<AliasTrial>,
) -> Answer<AliasFound> {
    let (store, programme) = (state.store(), caller.programme);
    let short = || Refusal::new("bad_input", "the name is too short");
    let pattern = pattern(&trial.name).ok_or_else(short)?;
    let waiting: Vec<(String, String)> = db::query_as(
        "SELECT id, body FROM entity WHERE kind = 'fiscal_check' AND programme_id = ?
           AND json_extract(body, '$.state') = 'review' ORDER BY json_extract(body, '$.at_ms') LIMIT ?",
    )
    .bind(programme.to_string())
    .bind(TRIED_MAX)
    .fetch_all(store.reads(caller.programme))
    .await
    .map_err(crate::error::Error::from)?;
    let mut found = Vec::new();
    for (key, body) in waiting {
        let check: FiscalCheck = serde_json::from_str(&body).map_err(crate::error::Error::from)?;
        let lines = check.found.iter().flat_map(|found| &found.lines);
        let hits = lines.filter(|line| holds(&words(&line.name), &pattern));
        let lines: Vec<String> = hits.map(|line| line.name.clone()).collect();
        if lines.is_empty() {
            continue;
        }
        let ids = [Some(check.claimant), check.outlet].into_iter().flatten();
        let names = Names::load(store, programme, ids).await?;
        found.push(AliasMatch {
            receipt: row(store, &caller, &names, (key, &check)).await?,
            names: lines,
        });
    }
    Ok(Json(AliasFound {
        pattern,
        receipts: found,
    }))
}

/// What the fiscal service answered to a question about no receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SourceTried {
    /// True when it takes questions with these settings.
    pub works: bool,
    /// Its answer, a stable word: `found`, `pending`, `not_found`, `retryable`, `refused`, `permanent`.
    pub answer: String,
    /// More about it, a stable word; empty when there is nothing more.
    pub why: String,
}

/// Asks the service that is set about a receipt that nobody has. It counts as one call.
#[utoipa::path(post, path = "/v1/console/receipt-settings/test", tag = "console", responses(
    (status = 200, description = "what it answered", body = SourceTried),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 409, description = "`receipt_service_missing`"),
))]
pub async fn source(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<SourceTried> {
    let missing = || Refusal::new("receipt_service_missing", "no service is set");
    let settings = state.store().receipt_source(caller.programme).await?;
    let settings = settings.ok_or_else(missing)?;
    let service = DialectC::new(&settings).ok_or_else(missing)?;
    let nobodys = FiscalQuery {
        register: "0000000000000000".to_owned(),
        document: "1".to_owned(),
        sign: "1".to_owned(),
        total_minor: 100,
        time: "20200101T0000".to_owned(),
        operation: 1,
    };
    let answer = service.poll(&Ticket(nobodys.text())).await;
    Ok(Json(tried(&answer)))
}

fn tried(answer: &VerifierAnswer) -> SourceTried {
    let why = match answer {
        VerifierAnswer::Retryable { why, .. }
        | VerifierAnswer::Refused { why, .. }
        | VerifierAnswer::Permanent { why } => *why,
        VerifierAnswer::Found(_) | VerifierAnswer::Pending { .. } | VerifierAnswer::NotFound => "",
    };
    let refused = matches!(
        answer,
        VerifierAnswer::Retryable { .. } | VerifierAnswer::Refused { .. }
    );
    SourceTried {
        works: !refused,
        answer: answer.word().to_owned(),
        why: why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_works_that_answers_the_question() {
        let refused = VerifierAnswer::Refused {
            why: "token",
            retry_after_ms: None,
        };
        let words = |answer: &VerifierAnswer| {
            let tried = tried(answer);
            (tried.works, tried.answer, tried.why)
        };
        let told = |works, answer: &str, why: &str| (works, answer.to_owned(), why.to_owned());
        assert_eq!(words(&refused), told(false, "refused", "token"));
        assert_eq!(
            words(&VerifierAnswer::NotFound),
            told(true, "not_found", "")
        );
        let silent = VerifierAnswer::Retryable {
            why: "no_answer",
            retry_after_ms: None,
        };
        assert_eq!(words(&silent), told(false, "retryable", "no_answer"));
    }
}
