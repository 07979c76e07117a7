//! Rule sets on the console: the one in force, checking and replaying a draft, publishing, versions.

pub(super) mod draft;
mod job;
pub(super) mod replay;
pub(super) mod versions;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::ONLY;
use carrot_rules::ruleset::RuleSet;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use utoipa::ToSchema;

pub use draft::{DraftWish, ProblemRow, PublishWish, RulesChecked, RulesPublished};
pub(crate) use job::Replays;
pub use replay::{REPLAYS_MAX, ReplayPhase, ReplayState, ReplayWish};
pub use versions::{RulesVersion, RulesVersions};

use super::ConsoleState;
use super::reply::Answer;
use super::rights::Caller;

/// `GET /v1/console/rules`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct RulesNow {
    /// The version in force.
    pub version: i64,
    /// The rule set as the document that it is.
    #[schema(value_type = Object)]
    #[ts(as = "RuleSet")]
    pub set: Value,
}

/// The rules in force.
#[utoipa::path(get, path = "/v1/console/rules", tag = "console", responses(
    (status = 200, description = "the rule set in force", body = RulesNow),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn current(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<RulesNow> {
    let set = state
        .store()
        .entity::<RuleSet>(caller.programme, ONLY)
        .await?
        .unwrap_or_default();
    Ok(Json(RulesNow {
        version: set.version,
        set: serde_json::to_value(&set)?,
    }))
}
