//! What the books said at an instant, and what moved between two: the last transfer recorded until
//! then, and an account's last entry until that transfer. Each is one search along an index.

use carrot_rules::{Account, Unit};
use futures_util::TryStreamExt as _;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

use super::Store;
use crate::db::{self, Conn};
use crate::error::{Error, Result};

/// The number of the last transfer recorded until an instant.
pub(super) const SEQ_AT: &str =
    "SELECT seq FROM transfer WHERE programme_id = ? AND recorded_ms <= ?
    ORDER BY recorded_ms DESC, seq DESC LIMIT 1";
/// The balance of an account after a transfer. The index is named because the key would also do, row
/// by row backwards through everybody's entries.
pub(super) const BALANCE_AT: &str = "SELECT after FROM entry INDEXED BY entry_account
    WHERE programme_id = ? AND account = ? AND unit = ? AND seq <= ?
    ORDER BY seq DESC, line DESC LIMIT 1";
/// The entries of an account between two transfers.
pub(super) const STATEMENT: &str =
    "SELECT entry.seq, id AS transfer, command_id AS command, purpose,
      recorded_ms, occurred_ms, amount, lot, after
    FROM entry INDEXED BY entry_account CROSS JOIN transfer
      ON transfer.programme_id = entry.programme_id AND transfer.seq = entry.seq
    WHERE entry.programme_id = ? AND account = ? AND unit = ? AND entry.seq > ? AND entry.seq <= ?
    ORDER BY entry.seq, line";

/// A balance of an account in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// The account.
    pub account: Account,
    /// What it counts.
    pub unit: Unit,
    /// The balance.
    pub amount: i64,
}

/// A line of a statement: one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow)]
pub struct StatementLine {
    /// The transfer's number.
    pub seq: i64,
    /// The transfer's id.
    pub transfer: String,
    /// The command that caused it.
    pub command: String,
    /// Why something moved.
    pub purpose: String,
    /// When it was booked, UTC milliseconds.
    pub recorded_ms: i64,
    /// When it happened, UTC milliseconds.
    pub occurred_ms: i64,
    /// The change.
    pub amount: i64,
    /// The lot; empty where the account keeps none.
    pub lot: String,
    /// The balance after it.
    pub after: i64,
}

/// The frame of a statement: the opening balance and everything that moved make the closing one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// The account.
    pub account: Account,
    /// What it counts.
    pub unit: Unit,
    /// The balance before the first line.
    pub opening: i64,
    /// What came in.
    pub credits: i64,
    /// What went out, zero or below.
    pub debits: i64,
    /// The balance after the last line.
    pub closing: i64,
    /// How many lines.
    pub lines: i64,
}

impl Store {
    /// An account's balance with everything recorded up to and at an instant, UTC milliseconds.
    pub async fn balance_as_of(
        &self,
        programme: Uuid,
        account: Account,
        unit: Unit,
        at_ms: i64,
    ) -> Result<i64> {
        let mut conn = self.reads(programme).acquire().await?;
        let programme = programme.to_string();
        let seq = seq_at(&mut conn, &programme, at_ms).await?;
        balance_at(&mut conn, &programme, account, unit, seq).await
    }

    /// Every unit that an account ever held, with its balance up to and at an instant.
    pub async fn balances_as_of(
        &self,
        programme: Uuid,
        account: Account,
        at_ms: i64,
    ) -> Result<Vec<Balance>> {
        let mut read = self.reads(programme).begin().await?;
        let programme = programme.to_string();
        let seq = seq_at(&mut read, &programme, at_ms).await?;
        let mut balances = Vec::new();
        for unit in units(&mut read, &programme, account).await? {
            let amount = balance_at(&mut read, &programme, account, unit, seq).await?;
            balances.push(Balance {
                account,
                unit,
                amount,
            });
        }
        Ok(balances)
    }

    /// A person's pots and what they owe, in every unit, up to and at an instant.
    pub async fn person_as_of(
        &self,
        programme: Uuid,
        person: Uuid,
        at_ms: i64,
    ) -> Result<Vec<Balance>> {
        let accounts = [
            Account::active(person),
            Account::pending(person),
            Account::reserved(person),
            Account::Clawback(person),
        ];
        let mut balances = Vec::new();
        for account in accounts {
            balances.extend(self.balances_as_of(programme, account, at_ms).await?);
        }
        Ok(balances)
    }

    /// What moved an account in a unit from `from_ms` on and before `until_ms`; `line` gets it in the
    /// order of booking.
    pub async fn statement(
        &self,
        programme: Uuid,
        account: Account,
        unit: Unit,
        (from_ms, until_ms): (i64, i64),
        mut line: impl FnMut(StatementLine) -> Result<()>,
    ) -> Result<Statement> {
        let mut read = self.reads(programme).begin().await?;
        let programme = programme.to_string();
        let first = seq_at(&mut read, &programme, from_ms.saturating_sub(1)).await?;
        let last = seq_at(&mut read, &programme, until_ms.saturating_sub(1)).await?;
        let opening = balance_at(&mut read, &programme, account, unit, first).await?;
        let closing = balance_at(&mut read, &programme, account, unit, last.max(first)).await?;
        let mut statement = Statement {
            account,
            unit,
            opening,
            credits: 0,
            debits: 0,
            closing,
            lines: 0,
        };
        let mut rows = db::query_as::<StatementLine>(STATEMENT)
            .bind(programme)
            .bind(account.to_string())
            .bind(unit.to_string())
            .bind(first)
            .bind(last)
            .fetch(&mut read);
        while let Some(row) = rows.try_next().await? {
            statement.lines += 1;
            let side = if row.amount < 0 {
                &mut statement.debits
            } else {
                &mut statement.credits
            };
            *side = side.saturating_add(row.amount);
            line(row)?;
        }
        Ok(statement)
    }
}

/// The number of the last transfer recorded until an instant; zero before the first.
async fn seq_at(conn: &mut Conn, programme: &str, at_ms: i64) -> Result<i64> {
    let found: Option<i64> = db::query_scalar(SEQ_AT)
        .bind(programme)
        .bind(at_ms)
        .fetch_optional(conn)
        .await?;
    Ok(found.unwrap_or(0))
}

/// An account's balance after the transfer of a number.
async fn balance_at(
    conn: &mut Conn,
    programme: &str,
    account: Account,
    unit: Unit,
    seq: i64,
) -> Result<i64> {
    let found: Option<i64> = db::query_scalar(BALANCE_AT)
        .bind(programme)
        .bind(account.to_string())
        .bind(unit.to_string())
        .bind(seq)
        .fetch_optional(conn)
        .await?;
    Ok(found.unwrap_or(0))
}

async fn units(conn: &mut Conn, programme: &str, account: Account) -> Result<Vec<Unit>> {
    let names: Vec<String> = db::query_scalar(
        "SELECT unit FROM balance WHERE programme_id = ? AND account = ? ORDER BY unit",
    )
    .bind(programme)
    .bind(account.to_string())
    .fetch_all(conn)
    .await?;
    let unreadable = |name: &String| Error::Damaged(format!("a unit: {name}"));
    let read = names
        .iter()
        .map(|name| name.parse().map_err(|_| unreadable(name)));
    read.collect()
}
