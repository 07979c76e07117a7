//! Replaying a draft over the past: start, progress, cancel, report.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::index::Index;
use carrot_rules::replay::Report;
use carrot_wire::CallError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::draft::ProblemRow;
use super::job::{self, Ending, Job, Wish};
use crate::console::ConsoleState;
use crate::console::names::{Named, Names};
use crate::console::reply::{Answer, Body, Refusal};
use crate::console::rights::Caller;
use crate::error::Result;
use crate::publish;
use crate::store::Store;

/// How many replays run at once, of all programmes together.
pub const REPLAYS_MAX: usize = 2;

/// `POST /v1/console/rules/replay`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct ReplayWish {
    /// The draft as JSON text.
    pub text: String,
    /// The first instant that is reported, UTC milliseconds; what came before fills limits and
    /// tallies. Everything when nothing is said.
    pub from_ms: Option<i64>,
    /// The first instant that is not looked at, UTC milliseconds; now when nothing is said.
    pub until_ms: Option<i64>,
}

/// How far a replay is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReplayPhase {
    /// There was none since the server started.
    None,
    /// It goes on.
    Running,
    /// It has its report.
    Done,
    /// Somebody cancelled it.
    Cancelled,
    /// It failed inside the server.
    Failed,
}

/// The programme's newest replay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReplayState {
    /// Its id; none when there was none.
    pub id: Option<Uuid>,
    /// How far it is.
    pub phase: ReplayPhase,
    /// The draft's version.
    pub version: i64,
    /// When it was started, UTC milliseconds.
    pub started_ms: i64,
    /// Commands that were replayed so far.
    pub taken: i64,
    /// Commands that there are.
    pub total: i64,
    /// What came of it.
    #[schema(value_type = Object)]
    pub report: Option<Report>,
    /// Names of the people and outlets in the report.
    pub names: Vec<Named>,
}

/// Starts replaying a draft over the past. It is read as it is now; nothing is written.
#[utoipa::path(post, path = "/v1/console/rules/replay", tag = "console", request_body = ReplayWish, responses(
    (status = 200, description = "it runs", body = ReplayState),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 409, description = "`rules_refused` with its `problems`, `replay_running`"),
))]
pub async fn start(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<ReplayWish>,
) -> Answer<ReplayState> {
    let store = state.store();
    let now_ms = store.now_ms();
    let mut tx = store.begin(caller.programme).await?;
    let looked = publish::look(&mut tx, wish.text.as_bytes()).await?;
    drop(tx);
    let Some(set) = looked.set else {
        let rows: Vec<ProblemRow> = looked.problems.into_iter().map(ProblemRow::from).collect();
        let refusal = CallError::new("rules_refused", "problems stand against it");
        let refusal = refusal.with("count", rows.len());
        return Err(Refusal::of(
            refusal.with("problems", serde_json::to_value(rows)?),
        ));
    };
    let id = uuid::Builder::from_random_bytes(store.random::<16>()?).into_uuid();
    let job = Arc::new(Job::new(id, set.version, now_ms));
    let Some(place) = state.replays().claim(caller.programme, &job) else {
        return Err(Refusal::new("replay_running", "another replay goes on"));
    };
    let wish = Wish {
        programme: caller.programme,
        draft: Arc::new(Index::new(set)),
        from_ms: wish.from_ms,
        until_ms: wish.until_ms.unwrap_or(i64::MAX),
    };
    job::run(state.store_owned(), Arc::clone(&job), wish, place);
    Ok(Json(told(store, caller.programme, Some(&job)).await?))
}

/// How far the newest replay is, with its report at the end.
#[utoipa::path(get, path = "/v1/console/rules/replay", tag = "console", responses(
    (status = 200, description = "the newest replay", body = ReplayState),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn state(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<ReplayState> {
    let job = state.replays().of(caller.programme);
    let told = told(state.store(), caller.programme, job.as_deref()).await?;
    Ok(Json(told))
}

/// Ends a running replay; one that has ended stays as it is.
#[utoipa::path(post, path = "/v1/console/rules/replay/cancel", tag = "console", responses(
    (status = 200, description = "the newest replay", body = ReplayState),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn cancel(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<ReplayState> {
    let job = state.replays().of(caller.programme);
    if let Some(job) = &job {
        job.cancel();
    }
    let told = told(state.store(), caller.programme, job.as_deref()).await?;
    Ok(Json(told))
}

async fn told(store: &Store, programme: Uuid, job: Option<&Job>) -> Result<ReplayState> {
    let mut state = ReplayState {
        id: None,
        phase: ReplayPhase::None,
        version: 0,
        started_ms: 0,
        taken: 0,
        total: 0,
        report: None,
        names: Vec::new(),
    };
    let Some(job) = job else { return Ok(state) };
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    state.id = Some(job.id);
    state.version = job.version;
    state.started_ms = job.started_ms;
    state.taken = count(job.taken.load(Ordering::Relaxed));
    state.total = count(job.total.load(Ordering::Relaxed));
    let ending = job.ending();
    state.phase = match ending.as_deref() {
        None => ReplayPhase::Running,
        Some(Ending::Done(_)) => ReplayPhase::Done,
        Some(Ending::Cancelled) => ReplayPhase::Cancelled,
        Some(Ending::Failed) => ReplayPhase::Failed,
    };
    if let Some(Ending::Done(report)) = ending.as_deref() {
        state.names = names(store, programme, report).await?;
        state.report = Some(report.as_ref().clone());
    }
    Ok(state)
}

async fn names(store: &Store, programme: Uuid, report: &Report) -> Result<Vec<Named>> {
    let people = report.winners.iter().chain(&report.losers);
    let people = people.map(|change| change.participant);
    let best = report.exposure.best_day.iter().map(|day| day.participant);
    let outlets = report.outlets.iter();
    let outlets = outlets.filter_map(|line| Uuid::parse_str(&line.key).ok());
    let ids: std::collections::BTreeSet<Uuid> = people.chain(best).chain(outlets).collect();
    let known = Names::load(store, programme, ids.iter().copied()).await?;
    Ok(ids.into_iter().map(|id| known.named(id)).collect())
}
