//! A draft on its way to being in force: what stands against it, and publishing it.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::check::{Problem, Severity};
use carrot_wire::CallError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use ts_rs::TS;
use utoipa::ToSchema;

use crate::console::ConsoleState;
use crate::console::reply::{Answer, Body, Refusal};
use crate::console::rights::Caller;
use crate::publish::{self, Published};

/// `POST /v1/console/rules/check`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct DraftWish {
    /// The rule set as JSON text, as it was written: places of problems lead into it.
    pub text: String,
}

/// `POST /v1/console/rules/publish`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct PublishWish {
    /// The rule set as JSON text.
    pub text: String,
    /// Why, for the list of versions; at most 300 characters.
    pub note: String,
}

/// Something that stands against a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ProblemRow {
    /// Stable code in snake case.
    pub code: String,
    /// True when it keeps the draft from being published; else it is a warning.
    pub refused: bool,
    /// Where, as a JSON pointer into the text.
    pub pointer: String,
    /// What is wrong, in English.
    pub detail: String,
    /// What helps, in English.
    pub remedy: String,
    /// Numbers and names of the sentence.
    #[schema(value_type = Object)]
    pub params: BTreeMap<String, Value>,
}

/// What checking found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct RulesChecked {
    /// True when it can be published.
    pub publishable: bool,
    /// The draft's version; none when it does not read.
    pub version: Option<i64>,
    /// The version that would follow the one in force.
    pub next_version: i64,
    /// Rules of the draft.
    pub rules: i64,
    /// What was found, in the order of the text's parts.
    pub problems: Vec<ProblemRow>,
}

/// A publication that holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct RulesPublished {
    /// The version that is in force now.
    pub version: i64,
    /// Its rules.
    pub rules: i64,
    /// Points that were put aside for budgets; below zero when more came back.
    pub funded_points: i64,
}

impl From<Problem> for ProblemRow {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code.to_owned(),
            refused: problem.severity == Severity::Refused,
            pointer: problem.pointer,
            detail: problem.detail,
            remedy: problem.remedy,
            params: problem.params,
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// What would keep a draft from being published. Nothing is written.
#[utoipa::path(post, path = "/v1/console/rules/check", tag = "console", request_body = DraftWish, responses(
    (status = 200, description = "what was found", body = RulesChecked),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn check(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<DraftWish>,
) -> Answer<RulesChecked> {
    // The transaction is dropped: it only gives one consistent view.
    let mut tx = state.store().begin(caller.programme).await?;
    let found = publish::look(&mut tx, wish.text.as_bytes()).await?;
    let next_version = publish::next_version(&mut tx).await?;
    let set = found.set.as_ref();
    Ok(Json(RulesChecked {
        publishable: set.is_some_and(|set| set.version == next_version),
        version: set.map(|set| set.version),
        next_version,
        rules: set.map_or(0, |set| count(set.rules.len())),
        problems: found.problems.into_iter().map(ProblemRow::from).collect(),
    }))
}

/// Publishes a draft: it is in force at once, and devices get it with their next pull.
#[utoipa::path(post, path = "/v1/console/rules/publish", tag = "console", request_body = PublishWish, responses(
    (status = 200, description = "in force", body = RulesPublished),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 409, description = "`rules_refused` with its `problems`, `rules_changed`, `budget_below_spent`"),
))]
pub async fn publish(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<PublishWish>,
) -> Answer<RulesPublished> {
    let mut tx = state.store().begin(caller.programme).await?;
    let text = wish.text.as_bytes();
    match publish::publish(&mut tx, &caller.actor(), text, &wish.note).await? {
        Published::Refused(problems) => {
            let rows: Vec<ProblemRow> = problems.into_iter().map(ProblemRow::from).collect();
            let refusal = CallError::new("rules_refused", "problems stand against it");
            let refusal = refusal.with("count", rows.len());
            Err(Refusal::of(
                refusal.with("problems", serde_json::to_value(rows)?),
            ))
        }
        Published::Done(done) => {
            tx.commit().await?;
            Ok(Json(RulesPublished {
                version: done.version,
                rules: count(done.rules),
                funded_points: done.funding.iter().map(|moved| moved.added).sum(),
            }))
        }
    }
}
