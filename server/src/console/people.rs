//! People: a list with balances, and one person with history and devices.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Account;
use carrot_rules::entity::{Activity, Participant};
use carrot_rules::outcome::{Because, Derivation};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::devices::{self, DeviceRow};
use super::names::{Named, Names};
use super::reply::{Answer, Id, Page, Params, Portion, Refusal, order, search};
use super::rights::Caller;
use crate::db::QueryBuilder;
use crate::error::Result;
use crate::store::{EntityFilter, Field, Store};

/// The most lines of history that come with a person.
const HISTORY_ROWS_MAX: i64 = 100;

/// A person as the list shows them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PersonRow {
    /// Id.
    pub id: String,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Where they work now.
    pub outlets: Vec<Named>,
    /// Spendable points.
    pub active_points: i64,
    /// Points that wait for a condition.
    pub pending_points: i64,
    /// Last line of their history, UTC milliseconds; none before the first.
    pub last_ms: Option<i64>,
}

/// One line of a person's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ActivityRow {
    /// Id.
    pub id: String,
    /// `sale`, `claim`, `visit`, `quiz`, `redeem`, `opening`.
    pub kind: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Points; negative when spent.
    pub points: i64,
    /// `active`, `pending`, `review`, `rejected`, `reversed`.
    pub state: String,
    /// Product id, reward code or task code.
    pub subject: Option<String>,
    /// Where.
    pub outlet: Option<Named>,
    /// Why it waits or was refused.
    #[schema(value_type = Vec<Object>)]
    pub because: Vec<Because>,
    /// How the points came about.
    #[schema(value_type = Vec<Object>)]
    pub derivation: Vec<Derivation>,
}

impl ActivityRow {
    pub(super) fn of(activity: Activity, names: &Names) -> Self {
        Self {
            id: activity.id,
            kind: activity.kind,
            at_ms: activity.at_ms,
            points: activity.points,
            state: activity.state,
            subject: activity.subject,
            outlet: names.maybe(activity.outlet),
            because: activity.because,
            derivation: activity.derivation,
        }
    }
}

/// A person with everything that explains their points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PersonDetail {
    /// The person.
    pub person: PersonRow,
    /// Phone number in E.164 form.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Two-letter language.
    pub language: String,
    /// What they owe after reversals, zero or below.
    pub clawback_points: i64,
    /// Their devices.
    pub devices: Vec<DeviceRow>,
    /// Their history, newest first; the last hundred lines.
    pub history: Vec<ActivityRow>,
}

/// Which people.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    /// Part of a name, code, phone number or e-mail address.
    pub q: Option<String>,
    /// Only this role.
    pub role: Option<String>,
    /// Only people who work or worked at this outlet (UUID).
    #[param(value_type = Option<String>)]
    pub outlet: Option<Uuid>,
    /// `name`, `role`, `active`, `pending`, `last`; with `-` in front downwards.
    pub sort: Option<String>,
    /// Place of the first row, from 0.
    #[param(minimum = 0)]
    pub offset: Option<i64>,
    /// Rows, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

const ORDERS: &[(&str, &str)] = &[
    ("name", "person.given || ' ' || person.family"),
    ("role", "role"),
    ("active", "active_points"),
    ("pending", "pending_points"),
    ("last", "last_ms"),
];

#[derive(FromRow)]
struct Row {
    participant_id: String,
    code: String,
    name: String,
    body: String,
    active_points: i64,
    pending_points: i64,
    last_ms: Option<i64>,
}

const COLUMNS: &str = "SELECT person.participant_id, person.code,
    trim(person.given || ' ' || person.family) AS name, who.body AS body,
    json_extract(who.body, '$.role') AS role,
    COALESCE(active.amount, 0) AS active_points, COALESCE(pending.amount, 0) AS pending_points,
    (SELECT MAX(json_extract(body, '$.at_ms')) FROM entity WHERE entity.programme_id = person.programme_id
     AND kind = 'activity' AND json_extract(body, '$.participant') = person.participant_id) AS last_ms";

const TABLES: &str = " FROM person
    JOIN entity AS who ON who.programme_id = person.programme_id AND who.kind = 'participant'
      AND who.id = person.participant_id
    LEFT JOIN balance AS active ON active.programme_id = person.programme_id AND active.unit = 'points'
      AND active.account = 'participant:' || person.participant_id || ':active'
    LEFT JOIN balance AS pending ON pending.programme_id = person.programme_id AND pending.unit = 'points'
      AND pending.account = 'participant:' || person.participant_id || ':pending'
    WHERE person.programme_id = ";

fn narrow(query: &mut QueryBuilder, programme: Uuid, wish: &PeopleQuery) -> Result<(), Refusal> {
    query.push_bind(programme.to_string());
    if let Some(patterns) = search(wish.q.as_deref())? {
        query.push(" AND (FALSE");
        for pattern in patterns {
            for column in ["given || ' ' || person.family", "code", "phone", "email"] {
                query
                    .push(format!(" OR person.{column} LIKE "))
                    .push_bind(pattern.clone());
                query.push(" ESCAPE '\\'");
            }
        }
        query.push(")");
    }
    if let Some(role) = wish.role.as_ref().filter(|role| !role.is_empty()) {
        query
            .push(" AND json_extract(who.body, '$.role') = ")
            .push_bind(role.clone());
    }
    if let Some(outlet) = wish.outlet {
        query.push(
            " AND EXISTS (SELECT 1 FROM json_each(who.body, '$.employments') AS job
               WHERE json_extract(job.value, '$.outlet') = ",
        );
        query.push_bind(outlet.to_string()).push(")");
    }
    Ok(())
}

async fn finish(store: &Store, programme: Uuid, rows: Vec<Row>) -> Result<Vec<PersonRow>> {
    let now_ms = store.now_ms();
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        let who: Participant = serde_json::from_str(&row.body)?;
        people.push((row, who));
    }
    let jobs = people
        .iter()
        .flat_map(|(_, who)| who.employments.iter().map(|job| job.outlet));
    let names = Names::load(store, programme, jobs).await?;
    let row = |(row, who): (Row, Participant)| PersonRow {
        id: row.participant_id,
        code: row.code,
        name: row.name,
        outlets: who
            .employments
            .iter()
            .filter(|job| job.from_ms <= now_ms && job.until_ms.is_none_or(|until| now_ms < until))
            .map(|job| names.named(job.outlet))
            .collect(),
        role: who.role,
        active_points: row.active_points,
        pending_points: row.pending_points,
        last_ms: row.last_ms,
    };
    Ok(people.into_iter().map(row).collect())
}

/// People, a page at a time.
#[utoipa::path(get, path = "/v1/console/participants", tag = "console", params(PeopleQuery), responses(
    (status = 200, description = "a page of people", body = Page<PersonRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<PeopleQuery>,
) -> Answer<Page<PersonRow>> {
    let (store, programme) = (state.store(), caller.programme);
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(
        wish.sort.as_deref(),
        ORDERS,
        "name",
        "person.participant_id",
    )?;
    let mut count = QueryBuilder::new(format!("SELECT COUNT(*){TABLES}"));
    narrow(&mut count, programme, &wish)?;
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let mut query = QueryBuilder::new(format!("{COLUMNS}{TABLES}"));
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

async fn one(store: &Store, programme: Uuid, id: Uuid) -> Result<Option<PersonRow>> {
    let mut query = QueryBuilder::new(format!("{COLUMNS}{TABLES}"));
    query.push_bind(programme.to_string());
    query
        .push(" AND person.participant_id = ")
        .push_bind(id.to_string());
    let rows: Vec<Row> = query
        .build_query_as()
        .fetch_all(store.reads(programme))
        .await?;
    Ok(finish(store, programme, rows).await?.pop())
}

async fn history(store: &Store, programme: Uuid, id: Uuid) -> Result<Vec<ActivityRow>> {
    let mut filter = EntityFilter::all().with(Field::Participant, id.to_string());
    filter.newest_first = true;
    filter.limit = Some(HISTORY_ROWS_MAX);
    let lines = store.entities::<Activity>(programme, &filter).await?;
    let outlets = lines.iter().filter_map(|(_, line)| line.outlet);
    let names = Names::load(store, programme, outlets).await?;
    Ok(lines
        .into_iter()
        .map(|(_, line)| ActivityRow::of(line, &names))
        .collect())
}

/// One person.
#[utoipa::path(get, path = "/v1/console/participants/{id}", tag = "console",
    params(("id" = String, Path, description = "the participant, a UUID")), responses(
    (status = 200, description = "the person", body = PersonDetail),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`participant_unknown`"),
))]
pub async fn detail(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id<Uuid>,
) -> Answer<PersonDetail> {
    let (store, programme) = (state.store(), caller.programme);
    let unknown = || Refusal::new("participant_unknown", id.to_string());
    let person = one(store, programme, id).await?.ok_or_else(unknown)?;
    let contact = store.person(programme, id).await?.ok_or_else(unknown)?;
    let mut tx = store.begin(programme).await?;
    tx.audit(
        &caller.actor(),
        "participant.view",
        &id.to_string(),
        &serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok(Json(PersonDetail {
        person,
        phone: contact.phone,
        email: contact.email,
        language: contact.language,
        clawback_points: store.balance(programme, Account::Clawback(id)).await?,
        devices: devices::of_person(store, programme, id).await?,
        history: history(store, programme, id).await?,
    }))
}
