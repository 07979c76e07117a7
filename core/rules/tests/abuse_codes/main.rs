//! What dishonest people try with codes, pallets and receipts. Whatever they do and in whatever order,
//! no piece is paid twice.

#[path = "../common/mod.rs"]
mod common;
mod pallets;
mod receipts;
mod tills;

use carrot_rules::command::{
    ClaimSubmit, Command, Evidence, ReceiptSettle, ReviewDecide, UnitReturn, UnitShown,
};
use carrot_rules::decide::Context;
use carrot_rules::entity::{NodeId, Series, SeriesKind, SeriesLevel, Stage};
use carrot_rules::outcome::Outcome;
use common::*;

fn node(level: u8, index: i64) -> NodeId {
    NodeId {
        series: "spring".to_owned(),
        level,
        index,
    }
}

/// Pallets of so many cartons of so many pieces each.
fn series(pieces: i64, carton: i64, pallet: i64) -> Series {
    let level = |name: &str, pieces| SeriesLevel {
        name: name.to_owned(),
        pieces,
    };
    Series {
        code: "spring".to_owned(),
        product: DUO.to_owned(),
        kind: SeriesKind::Signed,
        levels: vec![
            level("unit", 1),
            level("carton", carton),
            level("pallet", pallet),
        ],
        pieces,
        serial_first: None,
        stage: Stage::Shipped,
        outlet: None,
        made_ms: START_MS,
        ends_ms: None,
    }
}

fn submit(world: &mut World, actor: u128, evidence: Evidence) -> Outcome {
    let context = world.context(actor);
    let command = Command::ClaimSubmit(ClaimSubmit {
        claim_id: context.command_id,
        evidence,
    });
    world.run(&command, &context)
}

fn show(world: &mut World, actor: u128, shown: UnitShown) -> Outcome {
    let product = None;
    submit(world, actor, Evidence::Unit { shown, product })
}

fn claim(world: &mut World, actor: u128, level: u8, index: i64) -> Outcome {
    let text = "CRS1".to_owned();
    let node = node(level, index);
    show(world, actor, UnitShown::Signed { text, node })
}

fn back(world: &mut World, code: &str) -> Outcome {
    let context = world.context(APPROVER);
    let command = Command::UnitReturn(UnitReturn {
        code: code.to_owned(),
        reason: "scratched".to_owned(),
    });
    world.run(&command, &context)
}

fn review(world: &mut World, review_id: &str, approve: bool) -> Outcome {
    let context = world.context(APPROVER);
    let command = Command::ReviewDecide(ReviewDecide {
        review_id: review_id.to_owned(),
        approve,
        reason: "looked at".to_owned(),
    });
    world.run(&command, &context)
}

/// The context of a command that the server gives itself.
fn by_server(world: &mut World) -> Context {
    let mut context = world.context(0);
    (context.device, context.outlet) = (id(0), None);
    context
}

/// What anybody has for anything, waiting points included.
fn paid(world: &World) -> i64 {
    [SELLER, OTHER_SELLER]
        .iter()
        .map(|person| world.active(*person) + world.pending(*person))
        .sum()
}

fn settle(world: &mut World, settle: ReceiptSettle) -> Outcome {
    let context = by_server(world);
    world.run(&Command::ReceiptSettle(settle), &context)
}
