//! What a pallet costs: its claim through needs, decision and the server's store, whatever the number of
//! pieces in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, ensure};
use carrot_rules::command::{ClaimSubmit, Command, Evidence, UnitShown};
use carrot_rules::entity::{
    Employment, NodeId, Participant, Product, Programme, SERIES_PIECES_MAX, SeriesKind,
};
use carrot_rules::{RuleSet, Scope};
use carrot_server::apply::console_command;
use carrot_server::series::{self, SeriesWish};
use carrot_server::{NewProgramme, Store, SystemClock};
use carrot_wire::VerdictClass;
use uuid::Uuid;

use crate::Sizes;
use crate::report::Report;
use crate::sample::{Samples, Watch};

const PROGRAMME: Uuid = Uuid::from_u128(1);
const SELLER: Uuid = Uuid::from_u128(2);
const ITEM: &str = "04006381333931";
/// Pieces of one pallet.
const CHILDREN: [i64; 3] = [10, 1_000, 100_000];

fn programme() -> NewProgramme {
    NewProgramme {
        programme: Programme {
            id: PROGRAMME,
            code: "bench".to_owned(),
            name: "Bench".to_owned(),
            points_word: BTreeMap::new(),
            theme: BTreeMap::new(),
            currency: "EUR".to_owned(),
            time_zone: "UTC".to_owned(),
        },
        rules: RuleSet {
            version: 1,
            ..RuleSet::default()
        },
        offline_budget_points: 0,
    }
}

fn product() -> Product {
    Product {
        id: ITEM.to_owned(),
        gtin: ITEM.to_owned(),
        brand: "Brand".to_owned(),
        category: "tools".to_owned(),
        name: BTreeMap::new(),
        buyer_points: 0,
        seller_points: 3,
        price_minor: BTreeMap::new(),
        price_version: 1,
        dated: Vec::new(),
    }
}

fn seller() -> Participant {
    Participant {
        id: SELLER,
        role: "seller".to_owned(),
        employments: Vec::<Employment>::new(),
        segments: Vec::new(),
        joined_ms: 0,
    }
}

fn code(children: i64) -> String {
    format!("of-{children}")
}

/// A shipped series of pallets with so many pieces each, and cartons where they are many.
fn wish(children: i64, pallets: i64) -> SeriesWish {
    SeriesWish {
        code: code(children),
        product: ITEM.to_owned(),
        kind: SeriesKind::Signed,
        pieces: (children * pallets).min(SERIES_PIECES_MAX),
        // As many levels everywhere: what differs is how much is in them.
        levels: [("carton".to_owned(), 5), ("pallet".to_owned(), children)].into(),
        serial_first: None,
        ends_ms: None,
    }
}

async fn store(folder: &std::path::Path, pallets: i64) -> Result<Arc<Store>> {
    let store = Store::open_with_clock(folder, Arc::new(SystemClock)).await?;
    store.create_programme(programme()).await?;
    let mut tx = store.begin(PROGRAMME).await?;
    let all = [Scope::Programme(PROGRAMME)];
    tx.put(ITEM, &product(), &all).await?;
    tx.put(
        &SELLER.to_string(),
        &seller(),
        &[Scope::Participant(SELLER)],
    )
    .await?;
    for children in CHILDREN {
        series::begin(&mut tx, &wish(children, pallets), "bench").await?;
        series::ship(&mut tx, &code(children), None, None, "bench").await?;
    }
    tx.commit().await?;
    Ok(Arc::new(store))
}

fn claim(children: i64, pallet: i64) -> Command {
    Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::from_u128(pallet.unsigned_abs().into()),
        evidence: Evidence::Unit {
            shown: UnitShown::Signed {
                text: String::new(),
                node: NodeId {
                    series: code(children),
                    level: 2,
                    index: pallet,
                },
            },
            product: None,
        },
    })
}

/// Measures the claims of each size in turn, so that a busy moment meets all of them.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let pallets = i64::try_from(sizes.claims / 2)?.min(400);
    let folder = tempfile::tempdir()?;
    let store = store(folder.path(), pallets).await?;
    let mut samples: [Samples; 3] = Default::default();
    for pallet in 0..pallets {
        for (children, samples) in CHILDREN.into_iter().zip(&mut samples) {
            let command = claim(children, pallet);
            let watch = Watch::start();
            let mut tx = store.begin(PROGRAMME).await?;
            let verdict = console_command(&mut tx, SELLER, command).await?;
            tx.commit().await?;
            samples.add(watch.spent());
            ensure!(verdict.class == VerdictClass::Accepted, "{verdict:?}");
        }
    }
    for children in CHILDREN {
        let mut tx = store.begin(PROGRAMME).await?;
        let state = series::state(&mut tx, &code(children)).await?;
        ensure!(state.touched == pallets, "one record for each pallet");
        ensure!(state.claimed == state.series.pieces, "every piece is paid");
    }
    let [few, rest @ ..] = &samples;
    for (children, many) in CHILDREN.into_iter().skip(1).zip(rest) {
        let name = format!("pallet: growth of a claim, 10 to {children} pieces");
        report.limited(&name, many.cpu_p50(), few.cpu_p50(), 1.5);
    }
    Ok(())
}
