//! What the clock brings about: one item at a time, each inside a savepoint of its own.

use carrot_rules::Command;
use carrot_rules::command::DueRun;

use uuid::Uuid;

use super::console::clock_command;
use crate::error::Result;
use crate::store::{DueRow, Tx};

/// Runs one item inside the caller's transaction. A fault undoes this item alone and puts it off; true
/// when there was none.
pub(crate) async fn run_item(tx: &mut Tx, row: &DueRow) -> Result<bool> {
    let depth = tx.depth();
    tx.savepoint().await?;
    let fault = match try_item(tx, row).await {
        Ok(()) => {
            tx.release().await?;
            return Ok(true);
        }
        Err(fault) => fault,
    };
    tx.undo_to(depth).await?;
    tracing::error!(key = row.key, %fault, "what was due failed inside the server");
    tx.put_off(row).await?;
    Ok(false)
}

/// The most commands that one pull of a terminal brings about.
const RETURNS_MAX: usize = 64;

/// A terminal has told everything that it did before an instant: what it holds of vouchers that were
/// over by then goes back.
pub(crate) async fn till_synced(tx: &mut Tx, terminal: Uuid, at_ms: i64) -> Result<()> {
    for _ in 0..RETURNS_MAX {
        let command = Command::DueRun(DueRun {
            kind: "till_synced".to_owned(),
            subject: terminal.to_string(),
            due_ms: at_ms,
        });
        if !clock_command(tx, command).await? {
            break;
        }
    }
    Ok(())
}

/// The terminal of a cancelled voucher has not taken it and will not: its points go back.
pub(crate) async fn give_back_cancelled(tx: &mut Tx, voucher: &str) -> Result<()> {
    let command = Command::DueRun(DueRun {
        kind: "voucher_cancelled".to_owned(),
        subject: voucher.to_owned(),
        due_ms: tx.now_ms(),
    });
    clock_command(tx, command).await?;
    Ok(())
}

async fn try_item(tx: &mut Tx, row: &DueRow) -> Result<()> {
    // An item before this one may have put it off or answered it.
    if !tx.strike_due(row).await? {
        return Ok(());
    }
    let command = Command::DueRun(DueRun {
        kind: row.kind.clone(),
        subject: row.subject.clone(),
        due_ms: row.at_ms,
    });
    clock_command(tx, command).await?;
    Ok(())
}
