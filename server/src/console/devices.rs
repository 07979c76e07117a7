//! Devices: what they are and when they were heard of, revoking them, and codes that make new ones.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::{Extension, Json};
use carrot_wire::limits::ENROLMENT_AGE_MS_MAX;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::FromRow;
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::overview::SILENT_MS;
use super::qr::qr_path;
use super::reply::{Answer, Body, Id, Page, Params, Portion, Refusal, order, search};
use super::rights::Caller;
use crate::db::{self, QueryBuilder};
use crate::enrol::create_enrolment;
use crate::error::Result;
use crate::store::{DeviceRole, Store};

/// A device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct DeviceRow {
    /// Id.
    pub id: String,
    /// `terminal` or `phone`.
    pub role: String,
    /// What it calls itself.
    pub name: String,
    /// Outlet of a terminal.
    pub outlet: Option<Named>,
    /// Person of a phone.
    pub participant: Option<Named>,
    /// `active` or `revoked`.
    pub status: String,
    /// Its last recorded command; zero before the first.
    pub last_seq: i64,
    /// Enrolled, UTC milliseconds.
    pub enrolled_ms: i64,
    /// Last heard of, UTC milliseconds.
    pub seen_ms: i64,
    /// True for an active device that was not heard of for two days.
    pub silent: bool,
    /// True when two histories of it were found: its files and its key were copied or set back.
    pub forked: bool,
    /// The version of the server's keys that it last said it knows; none before its first pull.
    pub trust_version: Option<i64>,
    /// True when that is not the newest version.
    pub trust_behind: bool,
}

/// A place that a terminal can stand at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct OutletRow {
    /// Id.
    pub id: String,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// City.
    pub city: String,
}

/// `POST /v1/console/enrolments`: a device that should be.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct EnrolmentWish {
    /// `terminal` or `phone`.
    pub role: String,
    /// Outlet of a terminal (UUID).
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub outlet: Option<Uuid>,
    /// Person of a phone (UUID).
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub participant: Option<Uuid>,
}

/// A one-time code.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct Enrolment {
    /// The code's text, for pasting.
    pub text: String,
    /// Its QR picture as an SVG path, in units of one module.
    pub qr_path: String,
    /// Modules along one side of the picture.
    pub qr_size: i64,
    /// First instant at which it is too late, UTC milliseconds.
    pub expires_ms: i64,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
}

/// Which devices.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DevicesQuery {
    /// Part of the device's name.
    pub q: Option<String>,
    /// Only `terminal` or only `phone`.
    pub role: Option<String>,
    /// Only `active` or only `revoked`.
    pub status: Option<String>,
    /// `seen`, `enrolled`, `name`; with `-` in front downwards.
    pub sort: Option<String>,
    /// Place of the first row, from 0.
    #[param(minimum = 0)]
    pub offset: Option<i64>,
    /// Rows, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

const ORDERS: &[(&str, &str)] = &[
    ("seen", "seen_ms"),
    ("enrolled", "enrolled_ms"),
    ("name", "name"),
];

#[derive(FromRow)]
struct Row {
    device_id: String,
    role: String,
    name: String,
    outlet_id: Option<String>,
    participant_id: Option<String>,
    status: String,
    last_seq: i64,
    enrolled_ms: i64,
    seen_ms: i64,
    trust_version: Option<i64>,
}

fn id(text: Option<&String>) -> Option<Uuid> {
    text.and_then(|text| Uuid::parse_str(text).ok())
}

async fn finish(store: &Store, programme: Uuid, rows: Vec<Row>) -> Result<Vec<DeviceRow>> {
    let ids = rows
        .iter()
        .flat_map(|row| [id(row.outlet_id.as_ref()), id(row.participant_id.as_ref())])
        .flatten();
    let names = Names::load(store, programme, ids).await?;
    let forked: Vec<String> =
        db::query_scalar("SELECT DISTINCT device_id FROM forked_command WHERE programme_id = ?")
            .bind(programme.to_string())
            .fetch_all(store.reads(programme))
            .await?;
    let newest = store.keys().version();
    let silent_before = store.now_ms().saturating_sub(SILENT_MS);
    let device = |row: Row| DeviceRow {
        outlet: names.maybe(id(row.outlet_id.as_ref())),
        participant: names.maybe(id(row.participant_id.as_ref())),
        silent: row.status == "active" && row.seen_ms < silent_before,
        forked: forked.contains(&row.device_id),
        trust_behind: row.trust_version.is_some_and(|known| known != newest),
        trust_version: row.trust_version,
        id: row.device_id,
        role: row.role,
        name: row.name,
        status: row.status,
        last_seq: row.last_seq,
        enrolled_ms: row.enrolled_ms,
        seen_ms: row.seen_ms,
    };
    Ok(rows.into_iter().map(device).collect())
}

/// The devices of one person, newest first.
pub(super) async fn of_person(
    store: &Store,
    programme: Uuid,
    person: Uuid,
) -> Result<Vec<DeviceRow>> {
    let rows: Vec<Row> = db::query_as(
        "SELECT * FROM device WHERE programme_id = ? AND participant_id = ? ORDER BY enrolled_ms DESC",
    )
    .bind(programme.to_string())
    .bind(person.to_string())
    .fetch_all(store.reads(programme))
    .await?;
    finish(store, programme, rows).await
}

fn narrow(query: &mut QueryBuilder, programme: Uuid, wish: &DevicesQuery) -> Result<(), Refusal> {
    query
        .push(" FROM device WHERE programme_id = ")
        .push_bind(programme.to_string());
    for (column, value) in [("role", &wish.role), ("status", &wish.status)] {
        if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
            query
                .push(format!(" AND {column} = "))
                .push_bind(value.clone());
        }
    }
    if let Some(patterns) = search(wish.q.as_deref())? {
        query.push(" AND (FALSE");
        for pattern in patterns {
            query
                .push(" OR name LIKE ")
                .push_bind(pattern)
                .push(" ESCAPE '\\'");
        }
        query.push(")");
    }
    Ok(())
}

/// Devices, a page at a time.
#[utoipa::path(get, path = "/v1/console/devices", tag = "console", params(DevicesQuery), responses(
    (status = 200, description = "a page of devices", body = Page<DeviceRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<DevicesQuery>,
) -> Answer<Page<DeviceRow>> {
    let (store, programme) = (state.store(), caller.programme);
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(wish.sort.as_deref(), ORDERS, "-seen", "device_id")?;
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, programme, &wish)?;
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let mut query = QueryBuilder::new("SELECT *");
    narrow(&mut query, programme, &wish)?;
    query.push(by).push(" LIMIT ").push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    let rows: Vec<Row> = query
        .build_query_as()
        .fetch_all(store.reads(caller.programme))
        .await?;
    Ok(Json(
        portion.page(finish(store, programme, rows).await?, total),
    ))
}

/// Takes a device's rights away for good.
#[utoipa::path(post, path = "/v1/console/devices/{id}/revoke", tag = "console",
    params(("id" = String, Path, description = "the device, a UUID")), responses(
    (status = 200, description = "revoked", body = DeviceRow),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`device_unknown`"),
))]
pub async fn revoke(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(device): Id<Uuid>,
) -> Answer<DeviceRow> {
    let (store, programme) = (state.store(), caller.programme);
    let mut tx = store.begin(programme).await?;
    tx.revoke_device(device, &caller.actor()).await?;
    tx.commit().await?;
    let rows: Vec<Row> =
        db::query_as("SELECT * FROM device WHERE programme_id = ? AND device_id = ?")
            .bind(programme.to_string())
            .bind(device.to_string())
            .fetch_all(store.reads(caller.programme))
            .await?;
    let row = finish(store, programme, rows).await?.pop();
    let unknown = || Refusal::new("device_unknown", device.to_string());
    Ok(Json(row.ok_or_else(unknown)?))
}

/// The outlets that the caller may see, by name.
#[utoipa::path(get, path = "/v1/console/outlets", tag = "console", responses(
    (status = 200, description = "outlets", body = Vec<OutletRow>),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn outlets(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Vec<OutletRow>> {
    let rows: Vec<(String, String, String, String)> = db::query_as(
        "SELECT id, json_extract(body, '$.code'), json_extract(body, '$.name'), json_extract(body, '$.city')
         FROM entity WHERE programme_id = ? AND kind = 'outlet' ORDER BY 3, 1",
    )
    .bind(caller.programme.to_string())
    .fetch_all(state.store().reads(caller.programme))
    .await?;
    let own = |id: &str| {
        let listed = |outlets: &Vec<Uuid>| outlets.iter().any(|outlet| outlet.to_string() == id);
        caller.outlets.as_ref().is_none_or(listed)
    };
    let outlet = |(id, code, name, city)| OutletRow {
        id,
        code,
        name,
        city,
    };
    Ok(Json(
        rows.into_iter()
            .filter(|row| own(&row.0))
            .map(outlet)
            .collect(),
    ))
}

/// The address that devices reach the server by.
fn server_url(state: &ConsoleState, headers: &HeaderMap) -> Result<String, Refusal> {
    if let Some(url) = &state.0.public_url {
        return Ok(url.clone());
    }
    let plain = |char: char| char.is_ascii_alphanumeric() || ".:-[]".contains(char);
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .filter(|host| !host.is_empty() && host.chars().all(plain))
        .ok_or_else(|| Refusal::new("bad_input", "no host"))?;
    let proxied = headers
        .get("x-forwarded-proto")
        .is_some_and(|scheme| scheme == "https");
    let scheme = if state.0.secure || proxied {
        "https"
    } else {
        "http"
    };
    Ok(format!("{scheme}://{host}"))
}

/// Makes a one-time code for a new device.
#[utoipa::path(post, path = "/v1/console/enrolments", tag = "console", request_body = EnrolmentWish, responses(
    (status = 200, description = "a code", body = Enrolment),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn enrol(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Body(wish): Body<EnrolmentWish>,
) -> Answer<Enrolment> {
    let role = DeviceRole::from_name(&wish.role)
        .ok_or_else(|| Refusal::new("bad_input", "the role is terminal or phone"))?;
    let url = server_url(&state, &headers)?;
    let mut tx = state.store().begin(caller.programme).await?;
    let text = create_enrolment(&mut tx, role, wish.outlet, wish.participant, &url).await?;
    let now_ms = tx.now_ms();
    let subject = wish
        .outlet
        .or(wish.participant)
        .unwrap_or_default()
        .to_string();
    let detail = json!({"role": role.as_str()});
    tx.audit(&caller.actor(), "enrolment.issue", &subject, &detail)
        .await?;
    tx.commit().await?;
    let picture = qr_path(&text)?;
    Ok(Json(Enrolment {
        text,
        qr_path: picture.path,
        qr_size: i64::try_from(picture.size).unwrap_or(0),
        expires_ms: now_ms.saturating_add(ENROLMENT_AGE_MS_MAX),
        server_ms: now_ms,
    }))
}
