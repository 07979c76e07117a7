//! Places of a series' hierarchy as decisions read and write them. State is kept for each place that
//! somebody touched, never for each piece in it: a claim reads the place, the few that hold it, and what
//! was paid below, whatever the number of pieces.

use std::collections::BTreeSet;

use crate::entity::{
    Holds, Logistic, Node, NodeCount, NodeId, NodeState, Series, Stage, Waybill, mark_of,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome};

use super::{Context, latest};

pub(super) mod back;
mod write;

pub(super) use write::{claim, claim_logistic, come_back, release};

/// One thing that a symbol stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A place of a series.
    Node(NodeId),
    /// A logistic unit whose pieces have no codes.
    Logistic(String),
}

/// How a reference names a waybill's pieces of one product.
pub(super) fn waybill_reference(number: &str, product: &str) -> String {
    format!("waybill:{number}:{product}")
}

/// How a reference names a logistic unit.
pub(super) fn sscc_reference(sscc: &str) -> String {
    format!("sscc:{sscc}")
}

/// What a report's reference stands for; nothing for typed codes.
pub(super) fn targets(reference: &str, facts: &Facts) -> Vec<Target> {
    if let Ok(node) = reference.parse() {
        return vec![Target::Node(node)];
    }
    if let Some(sscc) = reference.strip_prefix("sscc:") {
        return vec![held(sscc, facts)];
    }
    let Some((number, product)) = waybill_parts(reference) else {
        return Vec::new();
    };
    let Seen::Known(waybill) = facts.see::<Waybill>(number) else {
        return Vec::new();
    };
    let units = waybill.units.iter().map(|sscc| held(sscc, facts));
    units
        .filter(|target| product_of(target, facts).as_deref() == Some(product))
        .collect()
}

/// The same things with each piece in them once: a place that is named twice, or that another one
/// holds, is left out.
pub(super) fn apart(targets: Vec<Target>, facts: &Facts) -> Vec<Target> {
    let holds = |target: &Target, node: &NodeId| {
        let Target::Node(holder) = target else {
            return false;
        };
        match facts.see::<Series>(&node.series) {
            Seen::Known(series) => series.above(node).contains(holder),
            Seen::Absent | Seen::Unknown => false,
        }
    };
    let all = targets.clone();
    let mut kept: Vec<Target> = Vec::new();
    for target in targets {
        let held = match &target {
            Target::Node(node) => all.iter().any(|other| holds(other, node)),
            Target::Logistic(_) => false,
        };
        if !held && !kept.contains(&target) {
            kept.push(target);
        }
    }
    kept
}

fn waybill_parts(reference: &str) -> Option<(&str, &str)> {
    reference.strip_prefix("waybill:")?.split_once(':')
}

/// The place that a logistic unit is, or the unit itself.
pub(super) fn held(sscc: &str, facts: &Facts) -> Target {
    match facts.see::<Logistic>(sscc) {
        Seen::Known(Logistic {
            holds: Holds::Node { node },
            ..
        }) => Target::Node(node),
        _ => Target::Logistic(sscc.to_owned()),
    }
}

/// The product of a target, when it is known here.
pub(super) fn product_of(target: &Target, facts: &Facts) -> Option<String> {
    match target {
        Target::Node(node) => match facts.see::<Series>(&node.series) {
            Seen::Known(series) => Some(series.product),
            Seen::Absent | Seen::Unknown => None,
        },
        Target::Logistic(sscc) => match facts.see::<Logistic>(sscc) {
            Seen::Known(Logistic {
                holds: Holds::Pieces { product, .. },
                ..
            }) => Some(product),
            _ => None,
        },
    }
}

/// What reading and writing a report's reference depends on.
pub(super) fn needs(reference: &str, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    if let Some(sscc) = reference.strip_prefix("sscc:") {
        keys.insert(FactKey::of::<Logistic>(sscc));
    }
    if let Some((number, _)) = waybill_parts(reference) {
        waybill_needs(number, facts, keys);
    }
    for target in targets(reference, facts) {
        if let Target::Node(node) = target {
            node_needs(&node, facts, keys);
        }
    }
}

/// What a waybill's contents depend on.
pub(super) fn waybill_needs(number: &str, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Waybill>(number));
    let Seen::Known(waybill) = facts.see::<Waybill>(number) else {
        return;
    };
    for sscc in &waybill.units {
        keys.insert(FactKey::of::<Logistic>(sscc));
        if let Target::Node(node) = held(sscc, facts) {
            node_needs(&node, facts, keys);
        }
    }
}

/// What reading and writing a place depends on: itself and the few that hold it.
pub(super) fn node_needs(node: &NodeId, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Series>(&node.series));
    let above = match facts.see::<Series>(&node.series) {
        Seen::Known(series) => series.above(node),
        Seen::Absent | Seen::Unknown => Vec::new(),
    };
    for place in std::iter::once(node).chain(&above) {
        let id = place.to_string();
        keys.insert(FactKey::of::<Node>(&id));
        keys.insert(FactKey::of::<NodeCount>(id));
    }
}

/// How a target stands for whoever shows it now.
#[derive(Debug)]
pub(super) struct Standing {
    /// The product.
    pub product: String,
    /// Pieces that nobody was paid for.
    pub open: i64,
    /// Why it cannot be claimed.
    pub refusal: Option<Because>,
    /// Why a person, or the server, has to look.
    pub pending: Vec<Because>,
}

impl Standing {
    fn refused(product: String, because: Because) -> Self {
        Self {
            product,
            open: 0,
            refusal: Some(because),
            pending: Vec::new(),
        }
    }
}

/// How a target stands. Nothing when this place knows too little to say even what it is.
pub(super) fn standing(
    target: &Target,
    context: &Context,
    facts: &Facts,
) -> Result<Option<Standing>, Because> {
    match target {
        Target::Node(node) => node_standing(node, context, facts),
        Target::Logistic(sscc) => logistic_standing(sscc, context, facts),
    }
}

fn logistic_standing(
    sscc: &str,
    context: &Context,
    facts: &Facts,
) -> Result<Option<Standing>, Because> {
    let known = match facts.see::<Logistic>(sscc) {
        Seen::Known(known) => known,
        Seen::Absent => return Err(Because::new("code_unknown")),
        Seen::Unknown => return Ok(None),
    };
    let Holds::Pieces { product, count } = known.holds else {
        return Err(Because::new("code_unknown"));
    };
    if known.stage == Stage::Void {
        return Ok(Some(Standing::refused(product, Because::new("code_void"))));
    }
    if known.unit.is_some() {
        let because = claimed("already_claimed", (known.by, known.at_ms), sscc, context);
        return Ok(Some(Standing::refused(product, because)));
    }
    Ok(Some(Standing {
        product,
        open: count,
        refusal: None,
        pending: sent(known.stage == Stage::Shipped, known.outlet, context),
    }))
}

/// Why a person should look at goods that were not sent off, or not here.
fn sent(shipped: bool, outlet: Option<uuid::Uuid>, context: &Context) -> Vec<Because> {
    if !shipped {
        vec![Because::new("code_not_shipped")]
    } else if outlet.is_some() && outlet != context.outlet {
        vec![Because::new("code_of_other_outlet")]
    } else {
        Vec::new()
    }
}

fn claimed(
    code: &str,
    (by, at_ms): (Option<uuid::Uuid>, Option<i64>),
    id: &str,
    context: &Context,
) -> Because {
    let by_you = by == Some(mark_of(context.actor, id));
    let because = Because::new(code).with("by_you", by_you);
    match at_ms {
        Some(at_ms) => because.with("at_ms", at_ms),
        None => because,
    }
}

fn node_standing(
    node: &NodeId,
    context: &Context,
    facts: &Facts,
) -> Result<Option<Standing>, Because> {
    let series = match facts.see::<Series>(&node.series) {
        Seen::Known(series) => series,
        Seen::Absent => return Err(Because::new("code_unknown")),
        Seen::Unknown => return Ok(None),
    };
    let Some(pieces) = series.pieces_of(node) else {
        return Err(Because::new("code_unknown"));
    };
    let chain = Chain::of(node, &series, facts);
    if let Some(because) = chain.refusal(&series, context) {
        return Ok(Some(Standing::refused(series.product, because)));
    }
    let (count, counted) = match facts.see::<NodeCount>(&node.to_string()) {
        Seen::Known(count) => (count, true),
        Seen::Absent => (NodeCount::default(), true),
        Seen::Unknown => (NodeCount::default(), false),
    };
    let gone = count.below.saturating_add(count.void);
    let open = pieces.saturating_sub(gone).max(0);
    let mut pending = chain.sent(&series, context);
    if !counted || !chain.complete {
        pending.push(Because::new("server_decides_code"));
    }
    let refusal = (open == 0).then(|| Because::new("nothing_left"));
    Ok(Some(Standing {
        product: series.product,
        open,
        refusal,
        pending,
    }))
}

/// A place and those that hold it, the nearest first, as far as they have records here.
pub(super) struct Chain {
    places: Vec<(NodeId, Option<Node>)>,
    /// True when it is known of each whether it has a record.
    complete: bool,
}

impl Chain {
    /// The chain of a place.
    pub fn of(node: &NodeId, series: &Series, facts: &Facts) -> Self {
        Self::after(&Outcome::accepted(), node, series, facts)
    }

    /// The same after what an outcome wrote so far.
    pub fn after(outcome: &Outcome, node: &NodeId, series: &Series, facts: &Facts) -> Self {
        let mut complete = true;
        let ids = std::iter::once(node.clone()).chain(series.above(node));
        let places = ids.map(|id| {
            let record = match latest::see::<Node>(outcome, facts, &id.to_string()) {
                Seen::Known(record) => Some(record),
                Seen::Absent => None,
                Seen::Unknown => {
                    complete = false;
                    None
                }
            };
            (id, record)
        });
        let places = places.collect();
        Self { places, complete }
    }

    /// The nearest place above the first that was claimed whole, unless something nearer came back
    /// after that.
    pub fn claimed_above(&self) -> Option<(&NodeId, &Node)> {
        let mut returned = None;
        for (number, (id, record)) in self.places.iter().enumerate() {
            let Some(record) = record else { continue };
            match record.state {
                NodeState::Claimed if number > 0 && Some(record.order) > returned => {
                    return Some((id, record));
                }
                _ => returned = returned.max(record.returned),
            }
        }
        None
    }

    fn refusal(&self, series: &Series, context: &Context) -> Option<Because> {
        let mut records = self.places.iter().filter_map(|(_, record)| record.as_ref());
        let void = series.stage == Stage::Void;
        if void || records.any(|record| record.state == NodeState::Void) {
            return Some(Because::new("code_void"));
        }
        if series
            .ends_ms
            .is_some_and(|ends| ends <= context.occurred_ms)
        {
            return Some(Because::new("series_ended"));
        }
        if let Some((id, Some(own))) = self.places.first()
            && own.state == NodeState::Claimed
        {
            let text = id.to_string();
            let by = (own.by, own.at_ms);
            return Some(claimed("already_claimed", by, &text, context));
        }
        let (id, record) = self.claimed_above()?;
        let by = (record.by, record.at_ms);
        let because = claimed("in_claimed_parent", by, &id.to_string(), context);
        let number = id.index.saturating_add(1);
        Some(
            because
                .with("level", series.name(id.level))
                .with("number", number),
        )
    }

    /// Why a person should look: the nearest shipment decides, else the series'.
    fn sent(&self, series: &Series, context: &Context) -> Vec<Because> {
        let mut records = self.places.iter().filter_map(|(_, record)| record.as_ref());
        match records.find(|record| record.shipped) {
            Some(record) => sent(true, record.outlet, context),
            None => sent(series.stage == Stage::Shipped, series.outlet, context),
        }
    }
}
