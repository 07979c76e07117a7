//! The check of large books, beside a bare walk over the same rows: what it costs to rebuild every
//! balance, every lot and every link, and how much memory that takes.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use carrot_rules::entity::Programme;
use carrot_rules::ledger::{LotClass, LotTerms, Lots};
use carrot_rules::{Account, RuleSet, Transfer};
use carrot_server::{NewProgramme, Store};
use rusqlite::types::ValueRef;
use uuid::Uuid;

use crate::Sizes;
use crate::bare;
use crate::report::Report;

const PROGRAMME: Uuid = Uuid::from_u128(0xbe);
/// People whose points move.
const PEOPLE: u128 = 2_000;
/// Legs of a transfer; many, so that booking them takes less time than checking them.
const LEGS: usize = 20;
/// Points of an award; three of four are spent again.
const POINTS: i64 = 10;

/// Measures.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let dir = tempfile::tempdir()?;
    book(dir.path(), sizes.entries).await?;
    let reference = walk(dir.path())?;
    let store = Store::open(dir.path()).await?;
    let begun = Instant::now();
    let found = store.verify_books().await?;
    let ours = begun.elapsed().as_secs_f64();
    anyhow::ensure!(found.holds(), "the books do not hold: {:?}", found.faults);
    store.close().await;
    let per_row = |seconds: f64| seconds * 1e6 / found.entries as f64;
    let name = format!("check of {} entries, per entry", found.entries);
    report.shown(&name, per_row(ours), per_row(reference));
    eprintln!(
        "{} open lots; {:.0} entries per second; peak memory of the process {} kB",
        found.open_lots,
        found.entries as f64 / ours,
        peak_kb()?
    );
    Ok(())
}

/// Awards and redemptions of many people, until there are so many entries.
async fn book(dir: &Path, entries: usize) -> Result<()> {
    let store = Store::open(dir).await?;
    let programme = Programme {
        id: PROGRAMME,
        code: "books".to_owned(),
        name: "Books".to_owned(),
        points_word: Default::default(),
        theme: Default::default(),
        currency: "DKK".to_owned(),
        time_zone: "UTC".to_owned(),
    };
    let new = NewProgramme {
        programme,
        rules: RuleSet::default(),
        offline_budget_points: 0,
    };
    store.create_programme(new).await?;
    let (mut written, mut number) = (0, 0_u128);
    while written < entries {
        let mut tx = store.begin(PROGRAMME).await?;
        for _ in 0..200 {
            let transfer = transfer(number)?;
            written += transfer.legs.len();
            tx.book(Uuid::from_u128(number + 1), 0, &transfer).await?;
            number += 1;
        }
        tx.commit().await?;
    }
    store.close().await;
    Ok(())
}

/// One transfer gives a group of people a lot each; of the next four, three take one from each.
fn transfer(number: u128) -> Result<Transfer> {
    let group = (number / 8) * (LEGS as u128 / 2);
    let gives = number.is_multiple_of(2) || number % 8 == 7;
    let mut built = Transfer::of(if gives { "award" } else { "redemption" });
    for place in 0..LEGS as u128 / 2 {
        let person = Account::active(Uuid::from_u128(1 + (group + place) % PEOPLE));
        built = if gives {
            let terms = LotTerms::of(LotClass::BuyerPoints);
            built
                .leg(Account::Issuance, -POINTS)
                .leg_lots(person, POINTS, Lots::Born(terms))
        } else {
            built.leg(person, -POINTS).leg(Account::Redeemed, POINTS)
        };
    }
    built.finish().context("an amount")
}

/// Every column of every row of the books, read once; seconds.
fn walk(dir: &Path) -> Result<f64> {
    let connection = bare::open(&dir.join("server.db"), None, "full")?;
    let begun = Instant::now();
    let mut bytes = 0_usize;
    for table in ["transfer", "entry"] {
        let mut select = connection.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                bytes += match row.get_ref(column)? {
                    ValueRef::Text(text) => text.len(),
                    _ => 8,
                };
            }
        }
    }
    anyhow::ensure!(bytes > 0, "there are no rows");
    Ok(begun.elapsed().as_secs_f64())
}

/// The most memory that this process has held.
fn peak_kb() -> Result<String> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(line.map_or("unknown".to_owned(), |line| {
        line.trim().trim_end_matches(" kB").to_owned()
    }))
}
