//! Reviews: what waits for a decision, with its evidence side by side, and the decision itself.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::command::ReviewDecide;
use carrot_rules::entity::{Activity, Review, Unit, Visit};
use carrot_rules::{Because, Command};
use carrot_wire::{CallError, VerdictClass};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::people::ActivityRow;
use super::products::{ProductName, product_names};
use super::reply::{Answer, Body, Id, Page, Params, Portion, Refusal, order};
use super::rights::Caller;
use super::sales::EvidenceRow;
use super::visits::{self, PhotoRow, VisitRow};
use crate::apply::console_command;
use crate::db::QueryBuilder;
use crate::error::Result;
use crate::store::Store;

/// Something that waits, or waited, for a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReviewRow {
    /// Id.
    pub id: String,
    /// `visit`, `claim`, `event`, or `signal`: nothing to pay, only to know.
    pub kind: String,
    /// Whose points wait.
    pub participant: Named,
    /// The device that it is about, where it is about one and not about a person.
    pub device: Option<Named>,
    /// Where.
    pub outlet: Option<Named>,
    /// Points at stake.
    pub points: i64,
    /// How many photos belong to it.
    pub photos: i64,
    /// `open`, `approved`, `refused`.
    pub status: String,
    /// When it began to wait, UTC milliseconds.
    pub at_ms: i64,
    /// Who decided.
    pub decided_by: Option<Named>,
    /// The decision's reason.
    pub reason: String,
    /// True when it is about the signed-in person, who then cannot decide it.
    pub own: bool,
}

/// `GET /v1/console/reviews/{id}`: everything that helps to decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReviewDetail {
    /// The review.
    pub review: ReviewRow,
    /// The visit that it is about.
    pub visit: Option<VisitRow>,
    /// The line of history that it settles.
    pub activity: Option<ActivityRow>,
    /// What was sold, when known.
    pub product: Option<ProductName>,
    /// Everything that reported the same unit.
    pub evidence: Vec<EvidenceRow>,
    /// Why it is here, where no line of history says it: what a signal is about.
    #[schema(value_type = Vec<Object>)]
    pub because: Vec<Because>,
    /// The claim's own photo first, then an earlier one that it resembles. A visit has its own.
    pub photos: Vec<PhotoRow>,
}

/// `POST /v1/console/reviews/{id}/decide`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct Decision {
    /// Approve or refuse.
    pub approve: bool,
    /// Why, shown to the person; at most 300 characters, needed to refuse.
    pub reason: String,
}

/// A decision that holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct Decided {
    /// `approved` or `refused`.
    pub status: String,
    /// Points that moved.
    pub points: i64,
    /// How many reviews are still open.
    pub open: i64,
}

/// Which reviews.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewsQuery {
    /// `open` (when nothing is said), `approved`, `refused`.
    pub status: Option<String>,
    /// Only `visit`, `claim`, `event` or `signal`.
    pub kind: Option<String>,
    /// `at`, `points`; with `-` in front downwards.
    pub sort: Option<String>,
    /// Place of the first row, from 0.
    #[param(minimum = 0)]
    pub offset: Option<i64>,
    /// Rows, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

const ORDERS: &[(&str, &str)] = &[
    ("at", "json_extract(body, '$.at_ms')"),
    ("points", "json_extract(body, '$.points')"),
];

fn narrow(query: &mut QueryBuilder, programme: Uuid, wish: &ReviewsQuery) {
    query.push(" FROM entity WHERE kind = 'review' AND programme_id = ");
    query.push_bind(programme.to_string());
    let status = wish
        .status
        .as_deref()
        .filter(|status| !status.is_empty())
        .unwrap_or("open");
    query
        .push(" AND json_extract(body, '$.status') = ")
        .push_bind(status.to_owned());
    if let Some(kind) = wish.kind.as_ref().filter(|kind| !kind.is_empty()) {
        query
            .push(" AND json_extract(body, '$.kind') = ")
            .push_bind(kind.clone());
    }
}

fn ids(review: &Review) -> impl Iterator<Item = Uuid> {
    [
        Some(review.participant),
        review.device,
        review.outlet,
        review.decided_by,
    ]
    .into_iter()
    .flatten()
}

fn row(review: &Review, names: &Names, caller: &Caller) -> ReviewRow {
    ReviewRow {
        id: review.id.clone(),
        kind: review.kind.clone(),
        participant: names.named(review.participant),
        device: names.maybe(review.device),
        outlet: names.maybe(review.outlet),
        points: review.points,
        photos: i64::try_from(review.photos.len()).unwrap_or(i64::MAX),
        status: review.status.clone(),
        at_ms: review.at_ms,
        decided_by: names.maybe(review.decided_by),
        reason: review.reason.clone(),
        own: review.participant == caller.participant,
    }
}

/// Reviews, a page at a time; the oldest first.
#[utoipa::path(get, path = "/v1/console/reviews", tag = "console", params(ReviewsQuery), responses(
    (status = 200, description = "a page of reviews", body = Page<ReviewRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<ReviewsQuery>,
) -> Answer<Page<ReviewRow>> {
    let (store, programme) = (state.store(), caller.programme);
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(wish.sort.as_deref(), ORDERS, "at", "id")?;
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, programme, &wish);
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let mut query = QueryBuilder::new("SELECT body");
    narrow(&mut query, programme, &wish);
    query.push(by).push(" LIMIT ").push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    let texts: Vec<String> = query
        .build_query_scalar()
        .fetch_all(store.reads(caller.programme))
        .await?;
    let reviews: Vec<Review> = texts
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect::<Result<_, _>>()?;
    let names = Names::load(store, programme, reviews.iter().flat_map(ids)).await?;
    let rows = reviews
        .iter()
        .map(|review| row(review, &names, &caller))
        .collect();
    Ok(Json(portion.page(rows, total)))
}

pub(super) async fn evidence(
    store: &Store,
    programme: Uuid,
    key: &str,
) -> Result<Vec<EvidenceRow>> {
    let Some(unit) = store.entity::<Unit>(programme, key).await? else {
        return Ok(Vec::new());
    };
    let mut actors = Vec::with_capacity(unit.evidence.len());
    for note in &unit.evidence {
        let command = store.command(programme, note.command_id).await?;
        actors.push(command.map(|command| command.actor));
    }
    let names = Names::load(store, programme, actors.iter().flatten().copied()).await?;
    let row = |(note, actor): (carrot_rules::entity::EvidenceNote, Option<Uuid>)| EvidenceRow {
        kind: note.kind,
        reference: note.reference,
        at_ms: note.at_ms,
        by: names.maybe(actor),
        command: note.command_id.to_string(),
    };
    Ok(unit.evidence.into_iter().zip(actors).map(row).collect())
}

/// One review.
#[utoipa::path(get, path = "/v1/console/reviews/{id}", tag = "console",
    params(("id" = String, Path, description = "the review")), responses(
    (status = 200, description = "the review", body = ReviewDetail),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`review_unknown`"),
))]
pub async fn detail(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id<String>,
) -> Answer<ReviewDetail> {
    let (store, programme) = (state.store(), caller.programme);
    let unknown = || Refusal::new("review_unknown", id.clone());
    let review = store
        .entity::<Review>(programme, &id)
        .await?
        .ok_or_else(unknown)?;
    let visit = match review.kind.as_str() {
        "visit" => store.entity::<Visit>(programme, &review.subject).await?,
        _ => None,
    };
    let activity = store
        .entity::<Activity>(programme, &review.activity)
        .await?;
    let more = activity.as_ref().and_then(|line| line.outlet);
    let names = Names::load(store, programme, ids(&review).chain(more)).await?;
    let shown: &[String] = if visit.is_some() { &[] } else { &review.photos };
    let mut found = ReviewDetail {
        photos: visits::photos(store, programme, shown).await?,
        review: row(&review, &names, &caller),
        visit: visits::rows(store, programme, visit.into_iter().collect())
            .await?
            .pop(),
        activity: None,
        product: None,
        evidence: Vec::new(),
        because: review.because.clone(),
    };
    if let Some(line) = activity {
        if let Some(unit) = &line.unit {
            found.evidence = evidence(store, programme, unit).await?;
        }
        let subject = line.subject.clone().into_iter().collect();
        found.product = product_names(store, programme, subject)
            .await?
            .into_values()
            .next();
        found.activity = Some(ActivityRow::of(line, &names));
    }
    Ok(Json(found))
}

/// Nobody approves what they cannot see: every photo must have arrived. Refusing stays possible, so
/// that a photo that never comes holds nothing up for ever.
async fn complete(store: &Store, programme: Uuid, id: &str) -> Result<(), Refusal> {
    let Some(review) = store.entity::<Review>(programme, id).await? else {
        return Ok(());
    };
    if review.status != "open" {
        return Ok(());
    }
    let photos = visits::photos(store, programme, &review.photos).await?;
    let missing = photos.iter().filter(|photo| photo.url.is_none()).count();
    if missing == 0 {
        return Ok(());
    }
    let refusal = CallError::new("awaits_photo", "a photo has not arrived yet");
    Err(Refusal::of(refusal.with("photos", missing)))
}

/// Decides a review; the points move or go back, once.
#[utoipa::path(post, path = "/v1/console/reviews/{id}/decide", tag = "console",
    params(("id" = String, Path, description = "the review")), request_body = Decision, responses(
    (status = 200, description = "decided", body = Decided),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`, also for one's own"),
    (status = 404, description = "`review_unknown`"),
    (status = 409, description = "`review_closed`, `awaits_photo`"),
))]
pub async fn decide(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id<String>,
    Body(decision): Body<Decision>,
) -> Answer<Decided> {
    let (store, programme) = (state.store(), caller.programme);
    let reason = decision.reason.trim().to_owned();
    if !decision.approve && reason.is_empty() {
        return Err(Refusal::new("bad_input", "a refusal needs a reason"));
    }
    if decision.approve {
        complete(store, programme, &id).await?;
    }
    let command = ReviewDecide {
        review_id: id.clone(),
        approve: decision.approve,
        reason,
    };
    let mut tx = store.begin(programme).await?;
    let verdict =
        console_command(&mut tx, caller.participant, Command::ReviewDecide(command)).await?;
    tx.commit().await?;
    if verdict.class != VerdictClass::Accepted {
        let mut refusal = CallError::new(&verdict.code, "the rules refuse");
        refusal.params = verdict.params;
        return Err(Refusal::of(refusal));
    }
    let points = verdict.booked.values().copied().max().unwrap_or(0);
    let wish = ReviewsQuery::default();
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, programme, &wish);
    let open = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let status = if decision.approve {
        "approved"
    } else {
        "refused"
    };
    Ok(Json(Decided {
        status: status.to_owned(),
        points,
        open,
    }))
}
