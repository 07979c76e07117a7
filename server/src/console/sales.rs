//! Sales: a list, and one sale with all its units, all evidence of each, all awards and its history.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::SaleLine;
use carrot_rules::entity::{Activity, Sale, Unit};
use carrot_rules::outcome::Derivation;
use carrot_wire::Envelope;
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::products::{ProductName, product_names};
use super::reply::{Answer, Id, Page, Params, Portion, Refusal, order, search};
use super::rights::Caller;
use crate::error::Result;
use crate::store::{CommandRow, Store};

/// The most cancellations of an outlet that are looked through for one sale's.
const VOIDS_MAX: i64 = 200;

/// A sale as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct SaleRow {
    /// Id.
    pub id: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Where.
    pub outlet: Named,
    /// Who typed it.
    pub cashier: Named,
    /// Who sold, when named.
    pub seller: Option<Named>,
    /// Who bought, when known.
    pub buyer: Option<Named>,
    /// Total, minor units.
    pub amount_minor: i64,
    /// Currency.
    pub currency: String,
    /// Lines.
    pub lines: i64,
    /// Points for the buyer.
    pub buyer_points: i64,
    /// Points for the seller.
    pub seller_points: i64,
    /// True when cancelled.
    pub void: bool,
}

/// One report of a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct EvidenceRow {
    /// `till`, `code`, `receipt`.
    pub kind: String,
    /// Sale id, code or receipt key.
    pub reference: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who reported it, when the command is known.
    pub by: Option<Named>,
    /// The command that brought it.
    pub command: String,
}

/// A thing sold with everything that reported it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct UnitRow {
    /// Key: `code:…`, `sale:…` or `receipt:…`.
    pub key: String,
    /// What, when known.
    pub product: Option<ProductName>,
    /// Quantity in millionths.
    pub quantity_micro: i64,
    /// Credited for the seller's incentive.
    pub seller: Option<Named>,
    /// Credited for the buyer's points.
    pub buyer: Option<Named>,
    /// Everything that reported it, in order of time.
    pub evidence: Vec<EvidenceRow>,
}

/// A line of a sale as the till reported it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct LineRow {
    /// What; none for a typed amount.
    pub product: Option<ProductName>,
    /// Quantity in millionths.
    pub quantity_micro: i64,
    /// What was paid, minor units.
    pub amount_minor: i64,
    /// The unique code of the piece, when it was scanned.
    pub unit_code: Option<String>,
}

/// An award with its arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AwardRow {
    /// Credited.
    pub participant: Named,
    /// `buyer` or `seller`.
    pub role: String,
    /// Points.
    pub points: i64,
    /// `active`, `pending`, `review`, `rejected`, `reversed`.
    pub state: String,
    /// How the points came about.
    #[schema(value_type = Vec<Object>)]
    pub derivation: Vec<Derivation>,
}

/// A command in a sale's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct CommandStep {
    /// Kind, such as `sale.record`.
    pub kind: String,
    /// Who acted.
    pub actor: Named,
    /// When it happened, UTC milliseconds.
    pub occurred_ms: i64,
    /// When the server recorded it, UTC milliseconds.
    pub recorded_ms: i64,
    /// `accepted`, `rejected` or `parked`.
    pub class: String,
    /// Why.
    pub code: String,
}

/// `GET /v1/console/sales/{id}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct SaleDetail {
    /// The sale.
    pub sale: SaleRow,
    /// Its lines.
    pub lines: Vec<LineRow>,
    /// Its units with their evidence.
    pub units: Vec<UnitRow>,
    /// What was awarded.
    pub awards: Vec<AwardRow>,
    /// The commands about it, in order of time.
    pub history: Vec<CommandStep>,
}

/// Which sales.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SalesQuery {
    /// Part of a cashier's, seller's or buyer's name, or the beginning of the sale's id.
    pub q: Option<String>,
    /// Only this outlet (UUID).
    #[param(value_type = Option<String>)]
    pub outlet: Option<Uuid>,
    /// From this instant, UTC milliseconds.
    pub from_ms: Option<i64>,
    /// Before this instant, UTC milliseconds.
    pub until_ms: Option<i64>,
    /// Only cancelled ones, or only those that are not.
    pub void: Option<bool>,
    /// `at`, `amount`; with `-` in front downwards.
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
    ("amount", "json_extract(body, '$.amount_minor')"),
];

fn narrow(
    query: &mut QueryBuilder<Sqlite>,
    caller: &Caller,
    wish: &SalesQuery,
) -> Result<(), Refusal> {
    let programme = caller.programme.to_string();
    query
        .push(" FROM entity WHERE kind = 'sale' AND programme_id = ")
        .push_bind(programme.clone());
    if let Some(own) = &caller.outlets {
        query.push(" AND json_extract(body, '$.outlet') IN (");
        let mut list = query.separated(", ");
        for outlet in own {
            list.push_bind(outlet.to_string());
        }
        query.push(")");
    }
    if let Some(outlet) = wish.outlet {
        query
            .push(" AND json_extract(body, '$.outlet') = ")
            .push_bind(outlet.to_string());
    }
    if let Some(from_ms) = wish.from_ms {
        query
            .push(" AND json_extract(body, '$.at_ms') >= ")
            .push_bind(from_ms);
    }
    if let Some(until_ms) = wish.until_ms {
        query
            .push(" AND json_extract(body, '$.at_ms') < ")
            .push_bind(until_ms);
    }
    if let Some(void) = wish.void {
        query
            .push(" AND json_extract(body, '$.void') = ")
            .push_bind(i64::from(void));
    }
    let Some(patterns) = search(wish.q.as_deref())? else {
        return Ok(());
    };
    query
        .push(" AND (id LIKE ")
        .push_bind(patterns[1].trim_start_matches('%').to_owned());
    query.push(" ESCAPE '\\'");
    for role in ["buyer", "seller", "cashier"] {
        query.push(format!(
            " OR json_extract(body, '$.{role}') IN (SELECT participant_id FROM person WHERE programme_id = "
        ));
        query.push_bind(programme.clone()).push(" AND (0");
        for pattern in &patterns {
            query
                .push(" OR given || ' ' || family LIKE ")
                .push_bind(pattern.clone());
            query.push(" ESCAPE '\\'");
        }
        query.push("))");
    }
    query.push(")");
    Ok(())
}

fn points(sale: &Sale, role: &str) -> i64 {
    sale.awards
        .iter()
        .filter(|award| award.role == role)
        .map(|award| award.points)
        .sum()
}

fn people(sale: &Sale) -> impl Iterator<Item = Uuid> {
    [
        Some(sale.outlet),
        Some(sale.cashier),
        sale.seller,
        sale.buyer,
    ]
    .into_iter()
    .flatten()
}

fn row(sale: &Sale, names: &Names) -> SaleRow {
    SaleRow {
        id: sale.id.to_string(),
        at_ms: sale.at_ms,
        outlet: names.named(sale.outlet),
        cashier: names.named(sale.cashier),
        seller: names.maybe(sale.seller),
        buyer: names.maybe(sale.buyer),
        amount_minor: sale.amount_minor,
        currency: sale.currency.clone(),
        lines: i64::try_from(sale.lines.len()).unwrap_or(i64::MAX),
        buyer_points: points(sale, "buyer"),
        seller_points: points(sale, "seller"),
        void: sale.void,
    }
}

/// Sales, a page at a time.
#[utoipa::path(get, path = "/v1/console/sales", tag = "console", params(SalesQuery), responses(
    (status = 200, description = "a page of sales", body = Page<SaleRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<SalesQuery>,
) -> Answer<Page<SaleRow>> {
    let store = state.store();
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(wish.sort.as_deref(), ORDERS, "-at", "id")?;
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, &caller, &wish)?;
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.readers())
        .await?;
    let mut query = QueryBuilder::new("SELECT body");
    narrow(&mut query, &caller, &wish)?;
    query.push(by).push(" LIMIT ").push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    let texts: Vec<String> = query
        .build_query_scalar()
        .fetch_all(store.readers())
        .await?;
    let sales: Vec<Sale> = texts
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect::<Result<_, _>>()?;
    let names = Names::load(store, caller.programme, sales.iter().flat_map(people)).await?;
    Ok(Json(portion.page(
        sales.iter().map(|sale| row(sale, &names)).collect(),
        total,
    )))
}

/// Everything that is stored about a sale, before names are put in.
struct Found {
    sale: Sale,
    units: Vec<Unit>,
    activities: BTreeMap<String, Activity>,
    commands: BTreeMap<Uuid, CommandRow>,
}

async fn find(store: &Store, programme: Uuid, sale: Sale) -> Result<Found> {
    let mut units = Vec::new();
    for key in &sale.units {
        units.extend(store.entity::<Unit>(programme, key).await?);
    }
    let mut activities = BTreeMap::new();
    for award in &sale.awards {
        if let Some(line) = store.entity::<Activity>(programme, &award.activity).await? {
            activities.insert(award.activity.clone(), line);
        }
    }
    let evidence = units
        .iter()
        .flat_map(|unit| &unit.evidence)
        .map(|note| note.command_id);
    let ids: BTreeSet<Uuid> = evidence
        .chain(activities.values().map(|line| line.command_id))
        .collect();
    let mut commands = BTreeMap::new();
    for id in ids {
        if let Some(command) = store.command(programme, id).await? {
            commands.insert(id, command);
        }
    }
    for command in voids(store, programme, &sale).await? {
        commands.insert(command.verdict.command_id, command);
    }
    Ok(Found {
        sale,
        units,
        activities,
        commands,
    })
}

/// The cancellations of a sale: commands of its outlet that name it.
async fn voids(store: &Store, programme: Uuid, sale: &Sale) -> Result<Vec<CommandRow>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT command_id FROM command WHERE programme_id = ? AND kind = 'sale.void' AND outlet_id = ?
         AND occurred_ms >= ? AND command_id IS NOT NULL ORDER BY occurred_ms LIMIT ?",
    )
    .bind(programme.to_string())
    .bind(sale.outlet.to_string())
    .bind(sale.at_ms)
    .bind(VOIDS_MAX)
    .fetch_all(store.readers())
    .await?;
    let mut found = Vec::new();
    for id in ids.iter().filter_map(|id| Uuid::parse_str(id).ok()) {
        let Some(row) = store.command(programme, id).await? else {
            continue;
        };
        let envelope = serde_json::from_str::<Envelope>(&row.envelope).ok();
        let command = envelope.and_then(|envelope| envelope.body().ok()?.command().ok());
        if matches!(command, Some(Command::SaleVoid(void)) if void.sale_id == sale.id) {
            found.push(row);
        }
    }
    Ok(found)
}

type Products = BTreeMap<String, ProductName>;

fn product(products: &Products, id: Option<&String>) -> Option<ProductName> {
    let id = id?;
    let unknown = || ProductName {
        id: id.clone(),
        name: BTreeMap::new(),
    };
    Some(products.get(id).cloned().unwrap_or_else(unknown))
}

fn unit_row(unit: &Unit, found: &Found, names: &Names, products: &Products) -> UnitRow {
    let evidence = unit.evidence.iter().map(|note| EvidenceRow {
        kind: note.kind.clone(),
        reference: note.reference.clone(),
        at_ms: note.at_ms,
        by: found
            .commands
            .get(&note.command_id)
            .map(|command| names.named(command.actor)),
        command: note.command_id.to_string(),
    });
    let mut evidence: Vec<EvidenceRow> = evidence.collect();
    evidence.sort_by_key(|row| row.at_ms);
    UnitRow {
        key: unit.key.clone(),
        product: product(products, unit.product.as_ref()),
        quantity_micro: unit.quantity_micro,
        seller: names.maybe(unit.seller),
        buyer: names.maybe(unit.buyer),
        evidence,
    }
}

fn awards(found: &Found, names: &Names) -> Vec<AwardRow> {
    let award = |note: &carrot_rules::entity::AwardNote| {
        let line = found.activities.get(&note.activity);
        AwardRow {
            participant: names.named(note.participant),
            role: note.role.clone(),
            points: note.points,
            state: line.map_or_else(|| "active".to_owned(), |line| line.state.clone()),
            derivation: line.map(|line| line.derivation.clone()).unwrap_or_default(),
        }
    };
    found.sale.awards.iter().map(award).collect()
}

fn history(found: &Found, names: &Names) -> Result<Vec<CommandStep>> {
    let mut steps = Vec::new();
    for command in found.commands.values() {
        let class = serde_json::to_value(command.verdict.class)?;
        steps.push(CommandStep {
            kind: command.kind.clone(),
            actor: names.named(command.actor),
            occurred_ms: command.occurred_ms,
            recorded_ms: command.recorded_ms,
            class: class.as_str().unwrap_or_default().to_owned(),
            code: command.verdict.code.clone(),
        });
    }
    steps.sort_by_key(|step| (step.occurred_ms, step.recorded_ms));
    Ok(steps)
}

fn line_row(line: &SaleLine, products: &Products) -> LineRow {
    LineRow {
        product: product(products, line.product.as_ref()),
        quantity_micro: line.quantity_micro,
        amount_minor: line.amount_minor,
        unit_code: line.unit_code.clone(),
    }
}

/// One sale.
#[utoipa::path(get, path = "/v1/console/sales/{id}", tag = "console",
    params(("id" = String, Path, description = "the sale, a UUID")), responses(
    (status = 200, description = "the sale", body = SaleDetail),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`sale_unknown`"),
))]
pub async fn detail(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id<Uuid>,
) -> Answer<SaleDetail> {
    let (store, programme) = (state.store(), caller.programme);
    let sale = store.entity::<Sale>(programme, &id.to_string()).await?;
    let visible = |sale: &Sale| {
        caller
            .outlets
            .as_ref()
            .is_none_or(|outlets| outlets.contains(&sale.outlet))
    };
    let unknown = || Refusal::new("sale_unknown", id.to_string());
    let sale = sale.filter(visible).ok_or_else(unknown)?;
    let found = find(store, programme, sale).await?;
    let units = found
        .units
        .iter()
        .flat_map(|unit| [unit.seller, unit.buyer])
        .flatten();
    let actors = found.commands.values().map(|command| command.actor);
    let awarded = found.sale.awards.iter().map(|award| award.participant);
    let ids = people(&found.sale)
        .chain(units)
        .chain(actors)
        .chain(awarded);
    let names = Names::load(store, programme, ids).await?;
    let sold = found
        .sale
        .lines
        .iter()
        .filter_map(|line| line.product.clone());
    let products: BTreeSet<String> = sold
        .chain(found.units.iter().filter_map(|unit| unit.product.clone()))
        .collect();
    let products = product_names(store, programme, products).await?;
    Ok(Json(SaleDetail {
        sale: row(&found.sale, &names),
        lines: found
            .sale
            .lines
            .iter()
            .map(|line| line_row(line, &products))
            .collect(),
        units: found
            .units
            .iter()
            .map(|unit| unit_row(unit, &found, &names, &products))
            .collect(),
        awards: awards(&found, &names),
        history: history(&found, &names)?,
    }))
}
