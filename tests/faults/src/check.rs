//! What has to hold after a fault: everything confirmed is stored, arrives, and has its effect once.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use carrot_client::Membership;
use carrot_client::db::{Db, Store as File};
use carrot_rules::Account;
use carrot_server::Store;
use carrot_wire::{Envelope, VerdictClass, crypto};
use uuid::Uuid;

use crate::cast::{BUYER, MERCHANDISER, PROGRAMME, SELLER};
use crate::world::{database_key, files};

/// How many commands `commands` shows; more than any day has.
const COMMANDS_MAX: u32 = 1_000_000;

/// Both files of a device hold together. Nobody else may have them open.
pub async fn sound(device: &Path) -> Result<()> {
    let key = database_key(device)?;
    for file in [File::Outbox, File::Cache] {
        let db = Db::open(file, &files(device), &key, u32::MAX).await?;
        let looked = db.look_through(true).await;
        db.close().await;
        looked.with_context(|| format!("{file:?}"))?;
    }
    Ok(())
}

/// How many of the confirmed commands the device no longer has.
pub async fn lost(device: &Membership, confirmed: &[Uuid]) -> Result<usize> {
    let mut lost = 0;
    for id in confirmed {
        lost += usize::from(device.command(*id).await?.is_none());
    }
    Ok(lost)
}

/// Sends everything and looks that nothing stops the queue: the server checks each link of the chain.
pub async fn deliver(device: &Membership) -> Result<()> {
    device.sync().await?;
    let status = device.status().await?;
    ensure!(status.waiting == 0, "{} wait", status.waiting);
    ensure!(status.blocked_code.is_none(), "{:?}", status.blocked_code);
    let photos = device.uploads().await?.len();
    ensure!(photos == 0, "{photos} photos were not brought");
    Ok(())
}

/// How many photos of the confirmed commands the server does not have, byte by byte.
async fn photos_lost(store: &Store, confirmed: &[Uuid]) -> Result<usize> {
    let mut lost = 0;
    for id in confirmed {
        let Some(recorded) = store.command(PROGRAMME, *id).await? else {
            continue;
        };
        // Nobody asks for the photo of what was refused.
        if recorded.verdict.class == VerdictClass::Rejected {
            continue;
        }
        let envelope: Envelope = serde_json::from_str(&recorded.envelope)?;
        for photo in envelope.body()?.attachments {
            let stored = std::fs::read(store.blob_path(&photo.sha256)).unwrap_or_default();
            let known = store.blob(PROGRAMME, &photo.sha256).await?.is_some();
            lost += usize::from(!known || crypto::hash(&[&stored]) != photo.sha256);
        }
    }
    Ok(lost)
}

/// What came of a device's commands at the server.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Arrived {
    /// Confirmed commands, and photos of them, that the server does not have.
    pub lost: usize,
    /// Commands whose answer on the device is not the one that the server recorded.
    pub differ: usize,
}

/// Compares a device that has delivered with the server.
pub async fn arrived(device: &Membership, store: &Store, confirmed: &[Uuid]) -> Result<Arrived> {
    let mut arrived = Arrived::default();
    for id in confirmed {
        arrived.lost += usize::from(store.command(PROGRAMME, *id).await?.is_none());
    }
    arrived.lost += photos_lost(store, confirmed).await?;
    for command in device.commands(COMMANDS_MAX).await? {
        let recorded = store.command(PROGRAMME, command.command_id).await?;
        let recorded = recorded.map(|row| row.verdict);
        arrived.differ += usize::from(recorded != command.verdict);
    }
    Ok(arrived)
}

/// The books hold, and every account has what the recorded answers booked on it, once: answers how many
/// accounts differ. `before` is what [`balances`] gave for a device without commands.
pub async fn doubled(
    store: &Store,
    devices: &[&Membership],
    before: &BTreeMap<String, i64>,
) -> Result<usize> {
    let mut expected = before.clone();
    for device in devices {
        for command in device.commands(COMMANDS_MAX).await? {
            let booked = command.verdict.map(|verdict| verdict.booked);
            for (account, points) in booked.unwrap_or_default() {
                *expected.entry(account).or_default() += points;
            }
        }
    }
    let report = store.verify_books().await?;
    ensure!(report.holds(), "{:#?}", report.faults);
    let found = balances_of(store, expected.keys()).await?;
    let differs = |(name, points): &(&String, &i64)| expected.get(*name).unwrap_or(&0) != *points;
    Ok(found.iter().filter(differs).count())
}

/// What every account holds that this day can touch, and those named besides.
pub async fn balances_of(
    store: &Store,
    named: impl Iterator<Item = &String>,
) -> Result<BTreeMap<String, i64>> {
    let mut accounts = vec![
        Account::Issuance,
        Account::OfflineBudget,
        Account::Redeemed,
        Account::OfflineLoss,
    ];
    for person in [BUYER, MERCHANDISER, SELLER] {
        accounts.extend([Account::active(person), Account::pending(person)]);
    }
    for name in named {
        let account = name.parse::<Account>();
        accounts.push(account.map_err(|_| anyhow::anyhow!("no account: {name}"))?);
    }
    let mut found = BTreeMap::new();
    for account in accounts {
        let points = store.balance(PROGRAMME, account).await?;
        found.insert(account.to_string(), points);
    }
    Ok(found)
}

/// What every account holds before the day.
pub async fn balances(store: &Store) -> Result<BTreeMap<String, i64>> {
    balances_of(store, std::iter::empty()).await
}
