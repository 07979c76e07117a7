//! Who put which version in force, and why.

use axum::extract::State;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::console::ConsoleState;
use crate::console::names::{Named, Names};
use crate::console::reply::Answer;
use crate::console::rights::Caller;
use crate::db;
use crate::publish::PUBLISH_ACTION;

/// The most versions of one answer.
const VERSIONS_MAX: i64 = 200;

/// One version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct RulesVersion {
    /// The version.
    pub version: i64,
    /// True when rules were published, false when only points of products changed.
    pub rules_changed: bool,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who; the name is empty for the server itself.
    pub by: Named,
    /// Why, in their words.
    pub note: String,
    /// Its rules; zero where only the price list changed.
    pub rules: i64,
}

/// `GET /v1/console/rules/versions`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct RulesVersions {
    /// The newest first, at most 200.
    pub versions: Vec<RulesVersion>,
}

/// The versions so far.
#[utoipa::path(get, path = "/v1/console/rules/versions", tag = "console", responses(
    (status = 200, description = "versions, the newest first", body = RulesVersions),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn versions(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<RulesVersions> {
    let store = state.store();
    let lines: Vec<(i64, String, String, String, String)> = db::query_as(
        "SELECT at_ms, actor, action, subject, detail FROM audit
          WHERE programme_id = ? AND action IN (?, 'price_list.publish')
          ORDER BY id DESC LIMIT ?",
    )
    .bind(caller.programme.to_string())
    .bind(PUBLISH_ACTION)
    .bind(VERSIONS_MAX)
    .fetch_all(store.reads(caller.programme))
    .await?;
    let people = lines
        .iter()
        .filter_map(|line| Uuid::parse_str(&line.1).ok());
    let names = Names::load(store, caller.programme, people).await?;
    let mut versions = Vec::with_capacity(lines.len());
    for (at_ms, actor, action, subject, detail) in lines {
        let detail: Value = serde_json::from_str(&detail)?;
        let by = match Uuid::parse_str(&actor) {
            Ok(person) => names.named(person),
            Err(_) => Named {
                id: actor,
                name: String::new(),
            },
        };
        versions.push(RulesVersion {
            version: subject.parse().unwrap_or(0),
            rules_changed: action == PUBLISH_ACTION,
            at_ms,
            by,
            note: detail["note"].as_str().unwrap_or_default().to_owned(),
            rules: detail["rules"].as_i64().unwrap_or(0),
        });
    }
    Ok(Json(RulesVersions { versions }))
}
