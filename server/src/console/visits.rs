//! Visits: what merchandisers found at outlets, with photos and checklist.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::command::{ShelfFace, shelf_share_bp};
use carrot_rules::entity::{Task, Visit};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::products::{ProductName, product_names};
use super::reply::{Answer, Page, Params, Portion, Refusal, order, search};
use super::rights::Caller;
use crate::db::QueryBuilder;
use crate::error::Result;
use crate::store::Store;

/// One photo of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PhotoRow {
    /// SHA-256, hex.
    pub sha256: String,
    /// Where it is shown; none while it has not arrived.
    pub url: Option<String>,
}

/// One answered item of a checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct CheckRow {
    /// The item's code.
    pub item: String,
    /// Its text by language; empty when the task no longer has it.
    pub text: BTreeMap<String, String>,
    /// Whether it was found as it should be.
    pub ok: bool,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct VisitRow {
    /// Id.
    pub id: String,
    /// Who.
    pub participant: Named,
    /// Where.
    pub outlet: Named,
    /// The task's code.
    pub task: String,
    /// The task's title by language.
    pub title: BTreeMap<String, String>,
    /// Checked in, UTC milliseconds.
    pub checked_in_ms: i64,
    /// Closed, UTC milliseconds.
    pub closed_ms: i64,
    /// Answers.
    pub checklist: Vec<CheckRow>,
    /// Photos.
    pub photos: Vec<PhotoRow>,
    /// Remark.
    pub note: String,
    /// `review`, `approved`, `refused`.
    pub status: String,
    /// Points at stake.
    pub points: i64,
    /// What was counted on the shelf.
    pub shelf: Vec<FaceRow>,
    /// The share of the programme's own products among the faces, basis points; none when nothing
    /// was counted.
    pub shelf_share_bp: Option<i64>,
}

/// How often one trade item stood on a shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct FaceRow {
    /// The trade item's number, 14 digits.
    pub gtin: String,
    /// The programme's product; none for anybody else's.
    pub product: Option<ProductName>,
    /// Faces.
    pub count: i64,
}

/// Which visits.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VisitsQuery {
    /// Part of the merchandiser's or the outlet's name.
    pub q: Option<String>,
    /// Only this status: `review`, `approved`, `refused`.
    pub status: Option<String>,
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
    ("at", "json_extract(body, '$.closed_ms')"),
    ("points", "json_extract(body, '$.points')"),
];

fn narrow(query: &mut QueryBuilder, programme: Uuid, wish: &VisitsQuery) -> Result<(), Refusal> {
    let programme = programme.to_string();
    query.push(" FROM entity WHERE kind = 'visit' AND programme_id = ");
    query.push_bind(programme.clone());
    if let Some(status) = wish.status.as_ref().filter(|status| !status.is_empty()) {
        query
            .push(" AND json_extract(body, '$.status') = ")
            .push_bind(status.clone());
    }
    let Some(patterns) = search(wish.q.as_deref())? else {
        return Ok(());
    };
    query.push(" AND (FALSE");
    for pattern in &patterns {
        query.push(
            " OR json_extract(body, '$.participant') IN (SELECT participant_id FROM person WHERE programme_id = ",
        );
        query
            .push_bind(programme.clone())
            .push(" AND given || ' ' || family LIKE ");
        query.push_bind(pattern.clone()).push(" ESCAPE '\\')");
        query.push(
            " OR json_extract(body, '$.outlet') IN (SELECT place.id FROM entity AS place
               WHERE place.kind = 'outlet' AND place.programme_id = ",
        );
        query
            .push_bind(programme.clone())
            .push(" AND json_extract(place.body, '$.name') LIKE ");
        query.push_bind(pattern.clone()).push(" ESCAPE '\\')");
    }
    query.push(")");
    Ok(())
}

/// The photos with the addresses of those that have arrived.
pub(super) async fn photos(
    store: &Store,
    programme: Uuid,
    hashes: &[String],
) -> Result<Vec<PhotoRow>> {
    let mut rows = Vec::with_capacity(hashes.len());
    for sha256 in hashes {
        let arrived = store.blob(programme, sha256).await?.is_some();
        let url = arrived.then(|| format!("/v1/console/photos/{sha256}"));
        rows.push(PhotoRow {
            sha256: sha256.clone(),
            url,
        });
    }
    Ok(rows)
}

fn faces_of(shelf: Vec<ShelfFace>, products: &BTreeMap<String, ProductName>) -> Vec<FaceRow> {
    let product = |id: String| {
        products.get(&id).cloned().unwrap_or(ProductName {
            id,
            name: BTreeMap::new(),
        })
    };
    let row = |face: ShelfFace| FaceRow {
        gtin: face.gtin,
        product: face.product.map(product),
        count: face.count,
    };
    shelf.into_iter().map(row).collect()
}

/// Visits as screens show them.
pub(super) async fn rows(
    store: &Store,
    programme: Uuid,
    visits: Vec<Visit>,
) -> Result<Vec<VisitRow>> {
    let ids = visits
        .iter()
        .flat_map(|visit| [visit.participant, visit.outlet]);
    let names = Names::load(store, programme, ids).await?;
    let mut tasks: HashMap<String, Option<Task>> = HashMap::new();
    let faces = visits.iter().flat_map(|visit| &visit.shelf);
    let own = faces.filter_map(|face| face.product.clone()).collect();
    let products = product_names(store, programme, own).await?;
    let mut rows = Vec::with_capacity(visits.len());
    for visit in visits {
        if !tasks.contains_key(&visit.task) {
            let task = store.entity::<Task>(programme, &visit.task).await?;
            tasks.insert(visit.task.clone(), task);
        }
        let task = tasks.get(&visit.task).and_then(Option::as_ref);
        let text = |item: &str| {
            let items = task
                .map(|task| task.checklist.as_slice())
                .unwrap_or_default();
            items
                .iter()
                .find(|known| known.code == item)
                .map(|known| known.text.clone())
        };
        let checklist = visit.checklist.iter().map(|answer| CheckRow {
            text: text(&answer.item).unwrap_or_default(),
            item: answer.item.clone(),
            ok: answer.ok,
        });
        rows.push(VisitRow {
            id: visit.id.to_string(),
            participant: names.named(visit.participant),
            outlet: names.named(visit.outlet),
            title: task.map(|task| task.title.clone()).unwrap_or_default(),
            checked_in_ms: visit.checked_in_ms,
            closed_ms: visit.closed_ms,
            checklist: checklist.collect(),
            photos: photos(store, programme, &visit.photos).await?,
            note: visit.note,
            status: visit.status,
            points: visit.points,
            task: visit.task,
            shelf_share_bp: shelf_share_bp(&visit.shelf),
            shelf: faces_of(visit.shelf, &products),
        });
    }
    Ok(rows)
}

/// Visits, a page at a time.
#[utoipa::path(get, path = "/v1/console/visits", tag = "console", params(VisitsQuery), responses(
    (status = 200, description = "a page of visits", body = Page<VisitRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<VisitsQuery>,
) -> Answer<Page<VisitRow>> {
    let (store, programme) = (state.store(), caller.programme);
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(wish.sort.as_deref(), ORDERS, "-at", "id")?;
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, programme, &wish)?;
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let mut query = QueryBuilder::new("SELECT body");
    narrow(&mut query, programme, &wish)?;
    query.push(by).push(" LIMIT ").push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    let texts: Vec<String> = query
        .build_query_scalar()
        .fetch_all(store.reads(caller.programme))
        .await?;
    let visits: Vec<Visit> = texts
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect::<Result<_, _>>()?;
    Ok(Json(
        portion.page(rows(store, programme, visits).await?, total),
    ))
}
