//! What a claim, a refusal of it and a return write at a place and at those that hold it.

use uuid::Uuid;

use crate::entity::{Logistic, Node, NodeCount, NodeId, NodeState, Series, mark_of};
use crate::facts::{Facts, Seen};
use crate::outcome::{Outcome, Upsert};
use crate::scope::Scope;

use super::super::{Context, latest};
use super::{Target, targets};

fn record(outcome: &Outcome, facts: &Facts, id: &NodeId) -> Node {
    match latest::see::<Node>(outcome, facts, &id.to_string()) {
        Seen::Known(record) => record,
        Seen::Absent | Seen::Unknown => Node::default(),
    }
}

fn count(outcome: &Outcome, facts: &Facts, id: &NodeId) -> NodeCount {
    match latest::see::<NodeCount>(outcome, facts, &id.to_string()) {
        Seen::Known(count) => count,
        Seen::Absent | Seen::Unknown => NodeCount::default(),
    }
}

fn write_count(outcome: &mut Outcome, id: &NodeId, count: &NodeCount) {
    // Only the server counts: a device would be told of each piece that anybody sells.
    outcome.upserts.push(Upsert::of(id.to_string(), count, &[]));
}

/// A place's record as people get to see it. What holds other places concerns everybody who may scan
/// one of them, and so does what came back out of it; who sold one piece concerns them alone.
fn write_record(
    outcome: &mut Outcome,
    context: &Context,
    (id, person): (&NodeId, Uuid),
    record: &Node,
) {
    let wide = id.level > 0 || record.returned.is_some();
    let scope = if wide {
        Scope::Programme(context.programme)
    } else {
        Scope::Participant(person)
    };
    outcome
        .upserts
        .push(Upsert::of(id.to_string(), record, &[scope]));
}

fn series_of(facts: &Facts, id: &NodeId) -> Option<Series> {
    match facts.see::<Series>(&id.series) {
        Seen::Known(series) => Some(series),
        Seen::Absent | Seen::Unknown => None,
    }
}

/// Pieces that a place's own claim paid and that have not come back.
fn left_of(count: &NodeCount) -> i64 {
    count.own.saturating_sub(count.returned).max(0)
}

/// Adds to what was paid below each place that holds this one, and takes the next order at the top.
fn count_above(outcome: &mut Outcome, facts: &Facts, id: &NodeId, more: i64) -> i64 {
    let above = series_of(facts, id).map_or_else(Vec::new, |series| series.above(id));
    let mut order = 0;
    for place in &above {
        let mut known = count(outcome, facts, place);
        known.below = known.below.saturating_add(more).max(0);
        if Some(place) == above.last() {
            known.latest = known.latest.saturating_add(1);
            order = known.latest;
        }
        write_count(outcome, place, &known);
    }
    if above.is_empty() {
        // A top counts for itself.
        let mut known = count(outcome, facts, id);
        known.latest = known.latest.saturating_add(1);
        order = known.latest;
        write_count(outcome, id, &known);
    }
    order
}

/// A place is claimed whole by a person: so many pieces of it were paid, as the unit with this key.
pub(in crate::decide) fn claim(
    outcome: &mut Outcome,
    (context, facts): (&Context, &Facts),
    id: &NodeId,
    (unit, pieces, person): (&str, i64, Uuid),
) {
    let mut known = record(outcome, facts, id);
    let before = match known.state {
        // A till names another seller than the claim that still waited: it was counted already.
        NodeState::Claimed => left_of(&count(outcome, facts, id)),
        NodeState::Free | NodeState::Void => 0,
    };
    let order = count_above(outcome, facts, id, pieces.saturating_sub(before));
    let mut own = count(outcome, facts, id);
    own.own = pieces;
    own.returned = 0;
    write_count(outcome, id, &own);
    known.state = NodeState::Claimed;
    known.order = order;
    known.by = Some(mark_of(person, &id.to_string()));
    known.at_ms = Some(context.occurred_ms);
    known.unit = Some(unit.to_owned());
    write_record(outcome, context, (id, person), &known);
}

/// A logistic unit without codes is claimed.
pub(in crate::decide) fn claim_logistic(
    outcome: &mut Outcome,
    (context, facts): (&Context, &Facts),
    sscc: &str,
    unit: &str,
) {
    if let Seen::Known(mut known) = latest::see::<Logistic>(outcome, facts, sscc) {
        known.unit = Some(unit.to_owned());
        known.by = Some(mark_of(context.actor, sscc));
        known.at_ms = Some(context.occurred_ms);
        let own = [Scope::Participant(context.actor)];
        outcome.upserts.push(Upsert::of(sscc, &known, &own));
    }
}

/// What a report's reference stands for is free again, as far as the unit with this key was paid
/// for it. Pieces that were sold apart meanwhile stay sold.
pub(in crate::decide) fn release(
    outcome: &mut Outcome,
    facts: &Facts,
    reference: &str,
    unit: &str,
) {
    for target in targets(reference, facts) {
        match target {
            Target::Node(id) => release_node(outcome, facts, &id, unit),
            Target::Logistic(sscc) => {
                if let Seen::Known(mut known) = latest::see::<Logistic>(outcome, facts, &sscc)
                    && known.unit.as_deref() == Some(unit)
                {
                    (known.unit, known.by, known.at_ms) = (None, None, None);
                    outcome.upserts.push(Upsert::of(sscc, &known, &[]));
                }
            }
        }
    }
}

pub(super) fn release_node(outcome: &mut Outcome, facts: &Facts, id: &NodeId, unit: &str) {
    let mut known = record(outcome, facts, id);
    if known.state != NodeState::Claimed || known.unit.as_deref() != Some(unit) {
        return;
    }
    let mut own = count(outcome, facts, id);
    let left = left_of(&own);
    (own.own, own.returned) = (0, 0);
    write_count(outcome, id, &own);
    known.order = count_above(outcome, facts, id, left.saturating_neg());
    known.state = NodeState::Free;
    (known.by, known.at_ms, known.unit) = (None, None, None);
    outcome
        .upserts
        .push(Upsert::of(id.to_string(), &known, &[]));
}

/// A place came back and can be sold again, whatever was claimed above it. Its own claim, if it had
/// one, was released before; else so many pieces come out of `holder`, which was claimed whole.
pub(in crate::decide) fn come_back(
    outcome: &mut Outcome,
    (context, facts): (&Context, &Facts),
    id: &NodeId,
    holder: Option<(&NodeId, i64)>,
) {
    if let Some((holder, pieces)) = holder {
        let mut known = count(outcome, facts, holder);
        known.returned = known.returned.saturating_add(pieces);
        write_count(outcome, holder, &known);
        let above = series_of(facts, holder).map_or_else(Vec::new, |series| series.above(holder));
        for place in above {
            let mut known = count(outcome, facts, &place);
            known.below = known.below.saturating_sub(pieces).max(0);
            write_count(outcome, &place, &known);
        }
    }
    let mut known = record(outcome, facts, id);
    known.order = count_above(outcome, facts, id, 0);
    known.returned = Some(known.order);
    known.state = NodeState::Free;
    (known.by, known.unit) = (None, None);
    known.at_ms = Some(context.occurred_ms);
    write_record(outcome, context, (id, context.actor), &known);
}
