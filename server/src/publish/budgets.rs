//! Points put aside for budgets: what a set asks for and what the books have aside already differ by
//! what moves. A budget that a set no longer names keeps what is left in it.

use std::collections::BTreeMap;

use carrot_rules::check::Funded;
use carrot_rules::ruleset::Budget;
use carrot_rules::{Account, Transfer};
use carrot_wire::CallError;
use serde::Serialize;
use uuid::Uuid;

use crate::db;
use crate::error::{Error, Result};
use crate::store::Tx;

/// The purpose of the transfers that fill budgets and give back from them.
const PURPOSE: &str = "funding";

/// What moved in a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Funding {
    /// The budget.
    pub budget: String,
    /// Points put aside altogether, now.
    pub points: i64,
    /// What was added; below zero what went back.
    pub added: i64,
}

/// The budgets as the books have them.
pub(super) async fn funded(tx: &mut Tx) -> Result<BTreeMap<String, Funded>> {
    let programme = tx.programme().to_string();
    let rows: Vec<(String, i64)> = db::query_as(
        "SELECT substr(entry.account, 8), SUM(entry.amount) FROM entry
           JOIN transfer ON transfer.programme_id = entry.programme_id AND transfer.seq = entry.seq
          WHERE entry.programme_id = ? AND entry.account LIKE 'budget:%' AND entry.unit = 'points'
            AND transfer.purpose = ?
          GROUP BY entry.account",
    )
    .bind(programme)
    .bind(PURPOSE)
    .fetch_all(tx.conn())
    .await?;
    let mut funded = BTreeMap::new();
    for (budget, points) in rows {
        let account: Account = format!("budget:{budget}")
            .parse()
            .map_err(|_| Error::Damaged(format!("a budget's account: {budget}")))?;
        let left_points = tx.balance(account).await?;
        funded.insert(
            budget,
            Funded {
                points,
                left_points,
            },
        );
    }
    Ok(funded)
}

/// Moves what each budget lacks into it, and what is too much in it back. Refuses
/// (`budget_below_spent`) when what is to go back was spent.
pub(super) async fn fund(tx: &mut Tx, budgets: &[Budget]) -> Result<Vec<Funding>> {
    let known = funded(tx).await?;
    let mut moved = Vec::new();
    for budget in budgets {
        let name = budget.id.to_string();
        let before = known.get(&name).copied().unwrap_or_default();
        let added = budget.points.saturating_sub(before.points);
        if added == 0 {
            continue;
        }
        let spent = before.points.saturating_sub(before.left_points);
        if added.saturating_neg() > before.left_points {
            let refusal = CallError::new("budget_below_spent", "more than that is spent already");
            return Err(refusal.with("budget", name).with("spent", spent).into());
        }
        let legs = [
            (Account::Issuance, added.saturating_neg()),
            (Account::Budget(budget.id), added),
        ];
        let cause = Uuid::from_bytes(tx.random::<16>()?);
        let now_ms = tx.now_ms();
        tx.book(cause, now_ms, &Transfer::points(PURPOSE, &legs)?)
            .await?;
        moved.push(Funding {
            budget: name,
            points: budget.points,
            added,
        });
    }
    Ok(moved)
}
