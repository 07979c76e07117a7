//! A push whose writes are held back leaves the same store as one whose writes go one by one.

use std::path::Path;
use std::sync::Arc;

use carrot_rules::Command;
use carrot_rules::command::{LeaseRequest, SaleVoid};
use carrot_rules::entity::Guess;
use carrot_wire::Envelope;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{Incoming, apply_push};
use crate::books::sample::{NOW_MS, Sample};
use crate::clock::ManualClock;
use crate::db;
use crate::store::{DATABASE_FILE, Device, Store};

/// Sales, a cancelled one that gives its credits back, one that is sold again under the same id, a
/// lease, a repetition, and bytes whose signature does not hold.
async fn stream(sample: &mut Sample) -> Vec<Envelope> {
    let mut commands = Vec::new();
    let mut last = None;
    for pieces in 1..=70 {
        let sale = sample.sale(pieces).await;
        commands.push(sample.sign(&sale));
        if let Command::SaleRecord(sale) = sale
            && pieces % 9 == 0
        {
            let void = SaleVoid {
                sale_id: sale.sale_id,
            };
            commands.push(sample.sign(&Command::SaleVoid(void)));
            last = Some(sale);
        }
    }
    if let Some(again) = last {
        commands.push(sample.sign(&Command::SaleRecord(again)));
    }
    let lease = LeaseRequest {
        lease_id: sample.device.id,
        points: 40,
    };
    commands.push(sample.sign(&Command::LeaseRequest(lease)));
    let first = commands[0].clone();
    let unknown = SaleVoid {
        sale_id: Uuid::from_u128(404),
    };
    commands.push(sample.sign(&Command::SaleVoid(unknown)));
    commands.push(first);
    let mut forged = commands[1].clone();
    forged.bytes.push(' ');
    commands.push(forged);
    commands
}

async fn tables(store: &Store) -> Vec<(String, Vec<String>)> {
    let names: Vec<String> = db::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'
         AND name NOT LIKE 'sqlite%' ORDER BY name",
    )
    .fetch_all(store.reads_all())
    .await
    .unwrap();
    let mut tables = Vec::new();
    for name in names {
        let columns: String =
            db::query_scalar("SELECT group_concat(name, ', ') FROM pragma_table_info(?)")
                .bind(&name)
                .fetch_one(store.reads_all())
                .await
                .unwrap();
        let text = format!("SELECT json_array({columns}) AS row FROM {name} ORDER BY row");
        let rows = db::query_scalar(AssertSqlSafe(text))
            .fetch_all(store.reads_all())
            .await
            .unwrap();
        tables.push((name, rows));
    }
    tables
}

async fn open(folder: &Path) -> Store {
    let clock = Arc::new(ManualClock::at(NOW_MS));
    Store::open_with_clock(folder, clock).await.unwrap()
}

async fn push(store: &Store, device: &Device, parts: &[&[Envelope]], hold_back: bool) -> String {
    let mut replies = Vec::new();
    for part in parts {
        let known = |envelope| Incoming::of(envelope, Guess::default());
        let mut incoming: Vec<_> = part.iter().map(known).collect();
        let reply = apply_push(store, device, &mut incoming, hold_back)
            .await
            .unwrap();
        replies.push(serde_json::to_string(&reply).unwrap());
    }
    replies.join("\n")
}

#[tokio::test]
async fn holding_back_changes_nothing_but_the_number_of_statements() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut sample = Sample::make(one.path()).await;
    let commands = stream(&mut sample).await;
    sample.store.close().await;
    for name in [DATABASE_FILE, "keys.json"] {
        let file = one.path().join(name);
        if file.exists() {
            std::fs::copy(file, other.path().join(name)).unwrap();
        }
    }
    let (held, direct) = (open(one.path()).await, open(other.path()).await);
    let (early, late) = commands.split_at(20);
    let device = &sample.device;
    let replies = push(&held, device, &[early, late], true).await;
    assert_eq!(replies, push(&direct, device, &[early, late], false).await);
    assert!(
        replies.contains("sale_unknown") || replies.contains("rejected"),
        "{replies}"
    );
    assert!(replies.contains("signature_invalid"), "{replies}");
    let (mine, theirs) = (tables(&held).await, tables(&direct).await);
    for (mine, theirs) in mine.iter().zip(&theirs) {
        assert_eq!(mine, theirs);
    }
    assert!(
        mine.iter()
            .any(|(name, rows)| name == "award_key" && !rows.is_empty())
    );
    assert!(held.verify_books().await.unwrap().holds());
}
