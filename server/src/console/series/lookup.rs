//! One code looked up: what it stands for, what became of it and of what holds it, and who showed it.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_codes::{Code as Parsed, OwnCode, SIGNED_PREFIX};
use carrot_rules::entity::{
    Code, Holds, Logistic, Node, NodeId, NodeState, SerialRanges, Series, Stage, Unit,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::console::ConsoleState;
use crate::console::names::{Named, Names};
use crate::console::products::{ProductName, product_names};
use crate::console::reply::{Answer, Params, Refusal};
use crate::console::reviews::evidence;
use crate::console::rights::Caller;
use crate::console::sales::EvidenceRow;
use crate::error::Result;
use crate::store::{Store, Tx};

/// Which code.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CodeQuery {
    /// The code as it was scanned or typed, or a place as `series:level:index`.
    pub text: String,
}

/// A place in a hierarchy as its record tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PlaceRow {
    /// `series:level:index`.
    pub reference: String,
    /// What its level is called.
    pub level: String,
    /// Its number within the level, from one, as it is printed.
    pub number: i64,
    /// Pieces in it.
    pub pieces: i64,
    /// `printed`, `shipped`, `claimed` or `void`.
    pub state: String,
    /// When it was claimed whole, UTC milliseconds.
    pub claimed_ms: Option<i64>,
    /// True when it came back at least once.
    pub returned: bool,
    /// The outlet it was sent to, when to one.
    pub outlet: Option<Named>,
}

/// What is known about a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct CodeFound {
    /// `typed`, `place` or `logistic`.
    pub kind: String,
    /// How the programme's records name it.
    pub reference: String,
    /// Its series' code, when it has one.
    pub series: Option<String>,
    /// The product, when known.
    pub product: Option<ProductName>,
    /// Pieces that it stands for.
    pub pieces: i64,
    /// `printed`, `shipped`, `claimed`, `void`, or `canary`: never printed.
    pub state: String,
    /// Where it was sent to.
    pub outlet: Option<Named>,
    /// Who was credited first.
    pub claimed_by: Option<Named>,
    /// When, UTC milliseconds.
    pub claimed_ms: Option<i64>,
    /// The place itself and what holds it, the nearest first; empty for a typed code.
    pub places: Vec<PlaceRow>,
    /// Everything that reported it, in order of time.
    pub evidence: Vec<EvidenceRow>,
}

/// What a text names among the programme's records.
enum Target {
    Typed(String),
    Place(NodeId),
    Logistic(String),
}

/// What is known about one code.
#[utoipa::path(get, path = "/v1/console/codes", tag = "console", params(CodeQuery), responses(
    (status = 200, description = "what is known", body = CodeFound),
    (status = 400, description = "`bad_input`, or what is wrong with the text"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`code_unknown`"),
))]
pub async fn find(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(query): Params<CodeQuery>,
) -> Answer<CodeFound> {
    let (store, programme) = (state.store(), caller.programme);
    let mut tx = store.begin(programme).await?;
    let target = target(&mut tx, query.text.trim()).await?;
    let Some(record) = read(&mut tx, &target).await? else {
        return Err(Refusal::new("code_unknown", "no such code"));
    };
    drop(tx);
    Ok(Json(shown(store, programme, record).await?))
}

async fn target(tx: &mut Tx, text: &str) -> std::result::Result<Target, Refusal> {
    if let Ok(node) = text.parse::<NodeId>() {
        return Ok(Target::Place(node));
    }
    if text.starts_with(SIGNED_PREFIX) {
        let tag = tx.programme_code().await?;
        let code = carrot_wire::signed::read_code(text, &tag, &tx.keys().code_keys())
            .map_err(|error| Refusal::new(error.code(), error.to_string()))?;
        return Ok(Target::Place(NodeId {
            series: code.series,
            level: code.level,
            index: code.index,
        }));
    }
    let parsed = carrot_codes::parse(text);
    let parsed = parsed.map_err(|error| Refusal::new(error.code(), error.to_string()))?;
    let unknown = || Refusal::new("code_unknown", "this text names no code of a series");
    match parsed {
        Parsed::Own(own @ OwnCode::Unique { .. }) => Ok(Target::Typed(own.canonical())),
        Parsed::Sscc(sscc) => Ok(Target::Logistic(sscc.as_str().to_owned())),
        Parsed::Gs1(gs1) | Parsed::DigitalLink { gs1, .. } => {
            if let Some(sscc) = gs1.sscc() {
                return Ok(Target::Logistic(sscc.as_str().to_owned()));
            }
            let serial = gs1.serial().and_then(|serial| serial.parse::<i64>().ok());
            let (Some(gtin), Some(serial)) = (gs1.gtin(), serial) else {
                return Err(unknown());
            };
            let node = of_serial(tx, gtin.as_str(), serial).await?;
            node.map(Target::Place).ok_or_else(unknown)
        }
        _ => Err(unknown()),
    }
}

async fn of_serial(tx: &mut Tx, product: &str, serial: i64) -> Result<Option<NodeId>> {
    let ranges = tx
        .entity::<SerialRanges>(product)
        .await?
        .unwrap_or_default();
    let Some(code) = ranges.series_of(serial) else {
        return Ok(None);
    };
    let series = tx.entity::<Series>(code).await?;
    Ok(series.and_then(|series| series.of_serial(serial)))
}

/// What the records say, without names.
struct Record {
    kind: &'static str,
    reference: String,
    series: Option<String>,
    product: Option<String>,
    pieces: i64,
    state: String,
    outlet: Option<Uuid>,
    claimed_by: Option<Uuid>,
    claimed_ms: Option<i64>,
    places: Vec<(PlaceRow, Option<Uuid>)>,
    /// The key of the unit that was credited, when one was.
    unit: Option<String>,
}

async fn read(tx: &mut Tx, target: &Target) -> Result<Option<Record>> {
    match target {
        Target::Typed(code) => of_typed(tx, code).await,
        Target::Place(node) => of_place(tx, node).await,
        Target::Logistic(sscc) => of_logistic(tx, sscc).await,
    }
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Printed => "printed",
        Stage::Shipped => "shipped",
        Stage::Void => "void",
    }
}

async fn of_typed(tx: &mut Tx, text: &str) -> Result<Option<Record>> {
    let Some(code) = tx.entity::<Code>(text).await? else {
        return Ok(None);
    };
    let series = tx.entity::<Series>(&code.series).await?;
    // Its series says whether it was sent off, and whether it still counts.
    let state = match (&series, code.status.as_str()) {
        (Some(series), "printed" | "shipped") if series.stage != Stage::Printed => {
            stage_word(series.stage).to_owned()
        }
        _ => code.status.clone(),
    };
    Ok(Some(Record {
        kind: "typed",
        reference: text.to_owned(),
        outlet: code.outlet.or(series.and_then(|series| series.outlet)),
        series: Some(code.series),
        product: Some(code.product),
        pieces: 1,
        state,
        claimed_by: code.claimed_by,
        claimed_ms: code.claimed_ms,
        places: Vec::new(),
        unit: Some(format!("code:{text}")),
    }))
}

async fn of_place(tx: &mut Tx, node: &NodeId) -> Result<Option<Record>> {
    let Some(series) = tx.entity::<Series>(&node.series).await? else {
        return Ok(None);
    };
    let Some(pieces) = series.pieces_of(node) else {
        return Ok(None);
    };
    let mut places = Vec::new();
    let mut unit = None;
    for place in std::iter::once(node.clone()).chain(series.above(node)) {
        let record = tx.entity::<Node>(&place.to_string()).await?;
        let record = record.unwrap_or_default();
        unit = unit.or_else(|| {
            let claimed = record.state == NodeState::Claimed;
            claimed.then(|| record.unit.clone()).flatten()
        });
        places.push((place_row(&series, &place, &record), record.outlet));
    }
    let state = state_of(places.iter().map(|(row, _)| row));
    let sent_to = places.iter().find_map(|(_, outlet)| *outlet);
    let claimed = places.iter().find_map(|(row, _)| row.claimed_ms);
    Ok(Some(Record {
        kind: "place",
        reference: node.to_string(),
        product: Some(series.product.clone()),
        pieces,
        state,
        outlet: sent_to.or(series.outlet),
        claimed_by: None,
        claimed_ms: claimed,
        series: Some(series.code),
        places,
        unit,
    }))
}

/// What holds for a place: its own state, unless something that holds it was claimed, stopped or sent
/// off. What came back goes its own way.
fn state_of<'a>(mut places: impl Iterator<Item = &'a PlaceRow>) -> String {
    let Some(own) = places.next() else {
        return String::new();
    };
    let settled = |state: &str| matches!(state, "claimed" | "void");
    if own.returned || settled(&own.state) {
        return own.state.clone();
    }
    let above: Vec<&str> = places.map(|place| place.state.as_str()).collect();
    let found = above.iter().find(|state| settled(state));
    let sent = || above.iter().find(|state| **state == "shipped");
    found
        .or_else(sent)
        .map_or(own.state.as_str(), |state| state)
        .to_owned()
}

fn place_row(series: &Series, place: &NodeId, record: &Node) -> PlaceRow {
    let state = match record.state {
        NodeState::Claimed => "claimed",
        NodeState::Void => "void",
        NodeState::Free if record.shipped && series.stage != Stage::Void => "shipped",
        NodeState::Free => stage_word(series.stage),
    };
    PlaceRow {
        reference: place.to_string(),
        level: series.name(place.level).to_owned(),
        number: place.index.saturating_add(1),
        pieces: series.pieces_of(place).unwrap_or(0),
        state: state.to_owned(),
        claimed_ms: record.at_ms.filter(|_| record.state == NodeState::Claimed),
        returned: record.returned.is_some(),
        outlet: None,
    }
}

async fn of_logistic(tx: &mut Tx, sscc: &str) -> Result<Option<Record>> {
    let Some(logistic) = tx.entity::<Logistic>(sscc).await? else {
        return Ok(None);
    };
    let reference = format!("sscc:{sscc}");
    match logistic.holds {
        Holds::Node { node } => {
            let found = of_place(tx, &node).await?;
            Ok(found.map(|record| Record {
                kind: "logistic",
                reference,
                outlet: logistic.outlet.or(record.outlet),
                ..record
            }))
        }
        Holds::Pieces { product, count } => Ok(Some(Record {
            kind: "logistic",
            reference,
            series: None,
            product: Some(product),
            pieces: count,
            state: match logistic.at_ms {
                Some(_) => "claimed".to_owned(),
                None => stage_word(logistic.stage).to_owned(),
            },
            outlet: logistic.outlet,
            claimed_by: None,
            claimed_ms: logistic.at_ms,
            places: Vec::new(),
            unit: logistic.unit,
        })),
    }
}

/// The record with names, and with what reported it.
async fn shown(store: &Store, programme: Uuid, record: Record) -> Result<CodeFound> {
    let unit = match &record.unit {
        Some(key) => store.entity::<Unit>(programme, key).await?,
        None => None,
    };
    let seller = record
        .claimed_by
        .or(unit.as_ref().and_then(|unit| unit.seller));
    let places = record.places.iter().filter_map(|(_, outlet)| *outlet);
    let ids = places.chain(record.outlet).chain(seller);
    let names = Names::load(store, programme, ids.collect::<Vec<_>>()).await?;
    let product = match record.product {
        Some(id) => {
            let known = product_names(store, programme, [id.clone()].into()).await?;
            let name = BTreeMap::new();
            let unnamed = ProductName {
                id: id.clone(),
                name,
            };
            Some(known.get(&id).cloned().unwrap_or(unnamed))
        }
        None => None,
    };
    let evidence = match &record.unit {
        Some(key) => evidence(store, programme, key).await?,
        None => Vec::new(),
    };
    let named = |(row, outlet): (PlaceRow, Option<Uuid>)| PlaceRow {
        outlet: names.maybe(outlet),
        ..row
    };
    Ok(CodeFound {
        kind: record.kind.to_owned(),
        reference: record.reference,
        series: record.series,
        product,
        pieces: record.pieces,
        state: record.state,
        outlet: names.maybe(record.outlet),
        claimed_by: names.maybe(seller),
        claimed_ms: record.claimed_ms,
        places: record.places.into_iter().map(named).collect(),
        evidence,
    })
}
