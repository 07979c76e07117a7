//! One sale with everything that is stored about it.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::SaleLine;
use carrot_rules::entity::{Activity, Sale, Unit};
use carrot_wire::Envelope;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

use super::list::{people, row};
use super::{AwardRow, CommandStep, EvidenceRow, LineRow, SaleDetail, UnitRow};
use crate::console::ConsoleState;
use crate::console::names::Names;
use crate::console::products::{ProductName, product_names};
use crate::console::reply::{Answer, Id, Refusal};
use crate::console::rights::Caller;
use crate::db;
use crate::error::Result;
use crate::store::{CommandRow, Store};

/// The most cancellations of an outlet that are looked through for one sale's.
const VOIDS_MAX: i64 = 200;

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
    let ids: Vec<String> = db::query_scalar(
        "SELECT command_id FROM command WHERE programme_id = ? AND kind = 'sale.void' AND outlet_id = ?
         AND occurred_ms >= ? AND command_id IS NOT NULL ORDER BY occurred_ms LIMIT ?",
    )
    .bind(programme.to_string())
    .bind(sale.outlet.to_string())
    .bind(sale.at_ms)
    .bind(VOIDS_MAX)
    .fetch_all(store.reads(programme))
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
            participant: names.named(note.to.id()),
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
    let awarded = found.sale.awards.iter().map(|award| award.to.id());
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
