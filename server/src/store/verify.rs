//! The books and the feeds prove themselves from what is stored.

use carrot_rules::Account;
use carrot_wire::crypto;
use sqlx::SqliteConnection;

use super::Store;
use crate::error::Result;

/// What a check of the books found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BooksReport {
    /// Transfers looked at.
    pub transfers: i64,
    /// Entries looked at.
    pub entries: i64,
    /// Accounts looked at.
    pub accounts: i64,
    /// Scope feeds walked from their beginning.
    pub feeds: i64,
    /// What is wrong, one sentence each; empty when the books hold.
    pub faults: Vec<String>,
}

impl BooksReport {
    /// True when nothing is wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }
}

impl Store {
    /// Checks every programme: transfers and units sum to zero, balances are the sum of their
    /// entries, nothing is below zero that must not be, and every feed is gapless with the digest
    /// that it says. Reads everything; takes time in proportion.
    pub async fn verify_books(&self) -> Result<BooksReport> {
        let mut read = self.readers().begin().await?;
        let mut report = BooksReport {
            transfers: count(&mut read, "SELECT COUNT(*) FROM transfer").await?,
            entries: count(&mut read, "SELECT COUNT(*) FROM entry").await?,
            accounts: count(&mut read, "SELECT COUNT(*) FROM balance").await?,
            ..BooksReport::default()
        };
        sums(&mut read, &mut report).await?;
        balances(&mut read, &mut report).await?;
        feeds(&mut read, &mut report).await?;
        Ok(report)
    }
}

async fn count(conn: &mut SqliteConnection, query: &'static str) -> Result<i64> {
    Ok(sqlx::query_scalar(query).fetch_one(conn).await?)
}

async fn sums(conn: &mut SqliteConnection, report: &mut BooksReport) -> Result<()> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT transfer_id || ' in ' || unit, SUM(amount) FROM entry
         GROUP BY programme_id, transfer_id, unit HAVING SUM(amount) <> 0",
    )
    .fetch_all(&mut *conn)
    .await?;
    report.faults.extend(
        rows.iter()
            .map(|(what, sum)| format!("transfer {what} sums to {sum}")),
    );
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT programme_id || ' in ' || unit, SUM(amount) FROM balance
         GROUP BY programme_id, unit HAVING SUM(amount) <> 0",
    )
    .fetch_all(&mut *conn)
    .await?;
    report.faults.extend(
        rows.iter()
            .map(|(what, sum)| format!("programme {what} sums to {sum}")),
    );
    let empty = count(
        conn,
        "SELECT COUNT(*) FROM transfer WHERE NOT EXISTS (SELECT 1 FROM entry
         WHERE entry.programme_id = transfer.programme_id AND entry.transfer_id = transfer.id)",
    )
    .await?;
    if empty > 0 {
        report
            .faults
            .push(format!("{empty} transfers have no entries"));
    }
    Ok(())
}

async fn balances(conn: &mut SqliteConnection, report: &mut BooksReport) -> Result<()> {
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT balance.programme_id, balance.account, balance.amount, COALESCE(SUM(entry.amount), 0)
         FROM balance LEFT JOIN entry USING (programme_id, account, unit)
         GROUP BY balance.programme_id, balance.account, balance.unit",
    )
    .fetch_all(&mut *conn)
    .await?;
    for (programme, account, balance, sum) in rows {
        if balance != sum {
            report.faults.push(format!(
                "{account} of {programme} is {balance}, its entries sum to {sum}"
            ));
        }
        match account.parse::<Account>() {
            Ok(known) if known.never_below_zero() && balance < 0 => {
                report
                    .faults
                    .push(format!("{account} of {programme} is below zero: {balance}"));
            }
            Ok(_) => {}
            Err(error) => report.faults.push(error.to_string()),
        }
    }
    let orphans = count(
        conn,
        "SELECT COUNT(*) FROM entry LEFT JOIN balance USING (programme_id, account, unit)
         WHERE balance.account IS NULL",
    )
    .await?;
    if orphans > 0 {
        report
            .faults
            .push(format!("{orphans} entries have no balance"));
    }
    Ok(())
}

async fn feeds(conn: &mut SqliteConnection, report: &mut BooksReport) -> Result<()> {
    let scopes: Vec<(String, String, i64, String)> = sqlx::query_as(
        "SELECT programme_id, scope, seq, digest FROM scope ORDER BY programme_id, scope",
    )
    .fetch_all(&mut *conn)
    .await?;
    for (programme, scope, high, head) in scopes {
        report.feeds += 1;
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT seq, text FROM change WHERE programme_id = ? AND scope = ? ORDER BY seq",
        )
        .bind(&programme)
        .bind(&scope)
        .fetch_all(&mut *conn)
        .await?;
        let mut digest = String::new();
        for (expected, (seq, text)) in (1_i64..).zip(&rows) {
            if *seq != expected {
                report
                    .faults
                    .push(format!("feed {scope} lacks number {expected}"));
                break;
            }
            digest = crypto::digest_after(&digest, *seq, text);
        }
        if i64::try_from(rows.len()).ok() != Some(high) || digest != head {
            report.faults.push(format!(
                "feed {scope} does not end as its counter and digest say"
            ));
        }
    }
    Ok(())
}
