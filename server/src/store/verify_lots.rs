//! Balances and lots as stored, against those that the walk came to.

use std::collections::HashSet;

use futures_util::TryStreamExt as _;
use uuid::Uuid;

use super::chain_fault::BooksReport;
use super::chain_rebuild::Rebuilt;
use super::programme::uuid;
use crate::db::{self, Conn};
use crate::error::Result;

/// Compares every balance, every lot's balance and every lot with the books that were walked.
pub(super) async fn compare(
    conn: &mut Conn,
    programme: &str,
    books: &mut Rebuilt,
    report: &mut BooksReport,
) -> Result<()> {
    report.open_lots += i64::try_from(books.lots.len()).unwrap_or(i64::MAX);
    balances(conn, programme, books, report).await?;
    lot_balances(conn, programme, books, report).await?;
    lots(conn, programme, books.begun, report).await
}

async fn balances(
    conn: &mut Conn,
    programme: &str,
    books: &mut Rebuilt,
    report: &mut BooksReport,
) -> Result<()> {
    let mut seen = HashSet::new();
    let mut rows = db::query_as::<(String, String, i64)>(
        "SELECT account, unit, amount FROM balance WHERE programme_id = ?",
    )
    .bind(programme.to_owned())
    .fetch(&mut *conn);
    while let Some((account, unit, amount)) = rows.try_next().await? {
        report.accounts += 1;
        let Some(place) = books.place(&account, &unit) else {
            report.fault(format!(
                "programme {programme}: balance of {account} in {unit} has no name of the books"
            ));
            continue;
        };
        seen.insert(place);
        let holding = &books.holdings[place];
        if holding.balance != amount {
            report.fault(format!(
                "programme {programme}: balance of {account} is {amount} {unit}, should be {}",
                holding.balance
            ));
        }
    }
    drop(rows);
    for (place, holding) in books.holdings.iter().enumerate() {
        // No row says zero.
        if !seen.contains(&place) && holding.balance != 0 {
            report.fault(format!(
                "programme {programme}: balance of {} is missing, should be {} {}",
                holding.account, holding.balance, holding.unit
            ));
        }
    }
    Ok(())
}

async fn lot_balances(
    conn: &mut Conn,
    programme: &str,
    books: &mut Rebuilt,
    report: &mut BooksReport,
) -> Result<()> {
    // The plain lot has no row of its own.
    let mut rows = db::query_as::<(String, String, String, i64, bool)>(
        "SELECT held.account, held.unit, held.lot, held.amount,
           CASE WHEN held.lot = ?2 THEN held.expires_ms = ?3 AND held.born_seq = ?3
                ELSE lot.born_seq IS NOT DISTINCT FROM held.born_seq AND COALESCE(lot.expires_ms, ?3) = held.expires_ms END
         FROM lot_balance AS held
         LEFT JOIN lot ON lot.programme_id = held.programme_id AND lot.id = held.lot
         WHERE held.programme_id = ?1",
    )
    .bind(programme.to_owned())
    .bind(Uuid::nil().to_string())
    .bind(super::lots::NEVER)
    .fetch(&mut *conn);
    while let Some((account, unit, lot, amount, placed)) = rows.try_next().await? {
        let place = books.place(&account, &unit).zip(uuid(&lot).ok());
        let should = place
            .and_then(|place| books.lots.remove(&place))
            .unwrap_or(0);
        if amount != should {
            report.fault(format!(
                "programme {programme}: lot {lot} of {account} is {amount} {unit}, should be {should}"
            ));
        }
        if !placed {
            report.fault(format!(
                "programme {programme}: lot {lot} of {account} has not its expiry and birth"
            ));
        }
    }
    drop(rows);
    for ((place, lot), should) in &books.lots {
        let holding = &books.holdings[*place];
        report.fault(format!(
            "programme {programme}: lot {lot} of {} is missing, should be {should} {}",
            holding.account, holding.unit
        ));
    }
    Ok(())
}

/// Each lot was begun by an entry of the account, unit, transfer and command that it names, and each
/// entry that began one has it.
async fn lots(
    conn: &mut Conn,
    programme: &str,
    begun: i64,
    report: &mut BooksReport,
) -> Result<()> {
    let mut stored = 0_i64;
    let mut rows = db::query_as::<(String, bool)>(
        "SELECT lot.id, lot.command_id IS NOT DISTINCT FROM transfer.command_id
           AND lot.born_ms IS NOT DISTINCT FROM transfer.recorded_ms
           AND EXISTS (SELECT 1 FROM entry WHERE entry.programme_id = lot.programme_id
             AND entry.seq = lot.born_seq AND entry.lot = lot.id AND entry.account = lot.account
             AND entry.unit = lot.unit AND entry.amount > 0)
         FROM lot LEFT JOIN transfer
           ON transfer.programme_id = lot.programme_id AND transfer.seq = lot.born_seq
         WHERE lot.programme_id = ?",
    )
    .bind(programme.to_owned())
    .fetch(conn);
    while let Some((lot, true_birth)) = rows.try_next().await? {
        stored += 1;
        if !true_birth {
            report.fault(format!(
                "programme {programme}: lot {lot} was not begun where it says"
            ));
        }
    }
    if stored != begun {
        report.fault(format!(
            "programme {programme}: there are {stored} lots, entries began {begun}"
        ));
    }
    Ok(())
}
