//! Lots that were begun or moved go to the database.

use carrot_rules::ledger::LotTerms;
use uuid::Uuid;

use super::batch::Batch;
use super::lots::{LotRow, columns};
use super::rows::{Outgoing, Target};
use crate::error::{Error, Result};

/// Writes the lots that the database does not have, and what is left of those that moved.
pub(super) fn write(out: &mut Outgoing, batch: &mut Batch) -> Result<()> {
    let mut begun = Vec::new();
    for (id, held) in batch.born.take() {
        if let Some(row) = held.unsent {
            begun.push((
                id.to_string(),
                held.command,
                held.place.open(0).born_seq,
                row,
            ));
        }
    }
    begin(out, &begun)?;
    let (mut left, mut gone) = (Vec::new(), Vec::new());
    for ((account, unit, place), known) in batch.lots.take() {
        if known.unsent {
            let kept = if known.value == 0 {
                &mut gone
            } else {
                &mut left
            };
            kept.push((
                account.to_string(),
                unit.text(),
                columns(place),
                known.value,
            ));
        }
    }
    let target = Target {
        head: "DELETE FROM lot_balance WHERE (programme_id, account, unit, expires_ms, born_seq, lot) IN (VALUES",
        columns: 5,
        tail: ")",
    };
    out.rows(&target, &gone, |query, row| {
        let (account, unit, (expires_ms, born_seq, lot), _) = row;
        query
            .bind(account)
            .bind(unit)
            .bind(expires_ms)
            .bind(born_seq)
            .bind(lot)
    });
    let target = Target {
        head: "INSERT INTO lot_balance (programme_id, account, unit, expires_ms, born_seq, lot, amount) VALUES",
        columns: 6,
        tail: "ON CONFLICT (programme_id, account, unit, expires_ms, born_seq, lot)
               DO UPDATE SET amount = excluded.amount",
    };
    out.rows(&target, &left, |query, row| {
        let (account, unit, (expires_ms, born_seq, lot), amount) = row;
        query
            .bind(account)
            .bind(unit)
            .bind(expires_ms)
            .bind(born_seq)
            .bind(lot)
            .bind(amount)
    });
    Ok(())
}

type Begun = (String, Uuid, i64, LotRow);

fn begin(out: &mut Outgoing, begun: &[Begun]) -> Result<()> {
    let mut classed = Vec::with_capacity(begun.len());
    for row in begun {
        let terms = row.3.terms.as_ref();
        classed.push((row, terms.map(class).transpose()?));
    }
    let target = Target {
        head: "INSERT INTO lot (programme_id, id, account, unit, funder, unit_cost_micro, currency, country,
               class, origin, expires_ms, born_seq, born_ms, command_id) VALUES",
        columns: 13,
        tail: "",
    };
    out.rows(&target, &classed, |query, row| {
        let ((id, command, born_seq, lot), class) = row;
        let terms = lot.terms.as_ref();
        query
            .bind(id)
            .bind(lot.account.to_string())
            .bind(lot.unit.text())
            .bind(terms.and_then(|terms| Some(terms.funder?.to_string())))
            .bind(terms.map_or(0, |terms| terms.unit_cost_micro))
            .bind(terms.and_then(|terms| Some(terms.currency?.to_string())))
            .bind(terms.and_then(|terms| Some(terms.country?.to_string())))
            .bind(class)
            .bind(terms.map_or("", |terms| &terms.origin))
            .bind(terms.and_then(|terms| terms.expires_ms))
            .bind(born_seq)
            .bind(lot.born_ms)
            .bind(command.to_string())
    });
    Ok(())
}

/// A class by its name.
fn class(terms: &LotTerms) -> Result<String> {
    match serde_json::to_value(terms.class)? {
        serde_json::Value::String(name) => Ok(name),
        other => Err(Error::Damaged(format!("a class that is no word: {other}"))),
    }
}
