//! What is left of which lot where, read no further than spending needs, and kept back like
//! everything else until a batch leaves.

use carrot_rules::ledger::lot::SpendingOrder;
use carrot_rules::ledger::{LotId, LotTerms, OpenLot};
use carrot_rules::{Account, Unit};
use uuid::Uuid;

use super::batch::Known;
use super::programme::uuid;
use super::tx::Tx;
use crate::db;
use crate::error::{Error, Result};

/// Stands for "never" in a lot's expiry, and for the birth of the plain lot, which goes last.
pub(super) const NEVER: i64 = i64::MAX;
/// The next of an account's lots in spending order.
pub(super) const NEXT_LOTS: &str = "SELECT expires_ms, born_seq, lot, amount FROM lot_balance
    WHERE programme_id = ? AND account = ? AND unit = ? AND (expires_ms, born_seq, lot) > (?, ?, ?)
    ORDER BY expires_ms, born_seq, lot LIMIT ?";
/// How many lots the first look at an account fetches; later looks fetch more.
const LOTS_AT_FIRST: i64 = 16;
/// How many lots each later look fetches.
const LOTS_MORE: i64 = 512;

/// A lot's place: the account, the unit, and where it stands among the account's lots.
pub(super) type LotPlace = (Account, Unit, SpendingOrder);

/// How far an account's lots have been read, in spending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// Up to this one.
    UpTo(SpendingOrder),
    /// All of them.
    All,
}

/// What is known of a lot by its id.
#[derive(Debug, Clone)]
pub(super) struct LotHeld {
    pub command: Uuid,
    pub place: SpendingOrder,
    /// The row that the database does not have.
    pub unsent: Option<LotRow>,
}

/// A row of the table `lot` beside its id, its command and its place.
#[derive(Debug, Clone)]
pub(super) struct LotRow {
    pub account: Account,
    pub unit: Unit,
    pub terms: Option<LotTerms>,
    pub born_ms: i64,
}

/// The place of a lot in spending order.
pub(super) fn place(id: LotId, born_seq: i64, expires_ms: Option<i64>) -> SpendingOrder {
    let lot = OpenLot {
        id,
        left: 0,
        born_seq: if id == LotId::PLAIN { 0 } else { born_seq },
        expires_ms,
    };
    lot.order()
}

/// The place of the plain lot.
pub(super) fn plain() -> SpendingOrder {
    place(LotId::PLAIN, 0, None)
}

/// A place as the columns of the table `lot_balance` say it: expiry, birth, lot.
pub(super) fn columns(place: SpendingOrder) -> (i64, i64, String) {
    let lot = place.open(0);
    let born_seq = if lot.id == LotId::PLAIN {
        NEVER
    } else {
        lot.born_seq
    };
    let expires_ms = lot.expires_ms.unwrap_or(NEVER);
    (expires_ms, born_seq, lot.id.to_string())
}

/// The place that columns say.
pub(super) fn from_columns(expires_ms: i64, born_seq: i64, lot: &str) -> Result<SpendingOrder> {
    let expires_ms = (expires_ms != NEVER).then_some(expires_ms);
    Ok(place(LotId(uuid(lot)?), born_seq, expires_ms))
}

/// A place before all that a lot can have.
fn first() -> SpendingOrder {
    place(LotId::PLAIN, 0, Some(i64::MIN))
}

impl Tx {
    /// An account's lots in spending order: at least so many that they hold `amount` together, or all.
    pub(super) async fn open_lots(
        &mut self,
        account: Account,
        unit: Unit,
        amount: i64,
    ) -> Result<Vec<OpenLot>> {
        loop {
            let read = self.batch.lots_read.get(&(account, unit)).copied();
            let (open, enough) = self.known_lots(account, unit, amount, read);
            if enough || read == Some(Read::All) {
                return Ok(open);
            }
            self.read_lots(account, unit, read).await?;
        }
    }

    /// The lots known up to where the account was read, and whether they hold `amount`.
    fn known_lots(
        &self,
        account: Account,
        unit: Unit,
        amount: i64,
        read: Option<Read>,
    ) -> (Vec<OpenLot>, bool) {
        let until = match read {
            None => return (Vec::new(), false),
            Some(Read::UpTo(place)) => place,
            Some(Read::All) => plain(),
        };
        let (mut open, mut sum) = (Vec::new(), 0_i64);
        let places = (account, unit, first())..=(account, unit, until);
        for (&(_, _, place), known) in self.batch.lots.range(places) {
            if sum >= amount {
                break;
            }
            if known.value > 0 {
                open.push(place.open(known.value));
                sum = sum.saturating_add(known.value);
            }
        }
        (open, sum >= amount)
    }

    /// Reads the next of an account's lots from the database.
    async fn read_lots(&mut self, account: Account, unit: Unit, read: Option<Read>) -> Result<()> {
        let (after, most) = match read {
            Some(Read::UpTo(place)) => (columns(place), LOTS_MORE),
            _ => ((i64::MIN, 0, String::new()), LOTS_AT_FIRST),
        };
        let programme = self.key();
        let rows: Vec<(i64, i64, String, i64)> = db::query_as(NEXT_LOTS)
            .bind(programme)
            .bind(account.to_string())
            .bind(unit.text())
            .bind(after.0)
            .bind(after.1)
            .bind(after.2)
            .bind(most)
            .fetch_all(self.conn())
            .await?;
        let mut reached = Read::All;
        let whole = i64::try_from(rows.len()).is_ok_and(|count| count < most);
        for (expires_ms, born_seq, lot, amount) in rows {
            let place = from_columns(expires_ms, born_seq, &lot)?;
            self.note_left(account, unit, place, amount);
            if !whole {
                reached = Read::UpTo(place);
            }
        }
        self.batch.lots_read.insert((account, unit), reached);
        Ok(())
    }

    fn note_left(&mut self, account: Account, unit: Unit, place: SpendingOrder, value: i64) {
        let known = Known {
            value,
            unsent: false,
        };
        self.batch.lots.note((account, unit, place), known);
    }

    /// What an account holds of the lot at a place.
    pub(super) async fn left(
        &mut self,
        account: Account,
        unit: Unit,
        place: SpendingOrder,
    ) -> Result<i64> {
        if let Some(known) = self.batch.lots.get(&(account, unit, place)) {
            return Ok(known.value);
        }
        let read = match self.batch.lots_read.get(&(account, unit)) {
            Some(Read::All) => true,
            Some(Read::UpTo(until)) => place <= *until,
            None => false,
        };
        if read {
            return Ok(0);
        }
        let (expires_ms, born_seq, lot) = columns(place);
        let programme = self.key();
        let found: Option<i64> = db::query_scalar(
            "SELECT amount FROM lot_balance WHERE programme_id = ? AND account = ? AND unit = ?
             AND expires_ms = ? AND born_seq = ? AND lot = ?",
        )
        .bind(programme)
        .bind(account.to_string())
        .bind(unit.text())
        .bind(expires_ms)
        .bind(born_seq)
        .bind(lot)
        .fetch_optional(self.conn())
        .await?;
        let left = found.unwrap_or(0);
        self.note_left(account, unit, place, left);
        Ok(left)
    }

    /// Adds to the lot at a place, or with a negative amount takes from it.
    pub(super) async fn shift_lot(
        &mut self,
        account: Account,
        unit: Unit,
        place: SpendingOrder,
        amount: i64,
    ) -> Result<()> {
        let value = self
            .left(account, unit, place)
            .await?
            .saturating_add(amount);
        if value < 0 {
            let lot = place.open(0).id;
            return Err(Error::Books(format!(
                "lot {lot} of {account} lacks {}",
                -value
            )));
        }
        let moved = Known {
            value,
            unsent: true,
        };
        self.batch.lots.set((account, unit, place), moved);
        Ok(())
    }

    /// A lot that this transaction begins in an account that cannot have it yet.
    pub(super) fn begin_lot(&mut self, id: LotId, begun: LotHeld, amount: i64) {
        if let Some(row) = &begun.unsent {
            let moved = Known {
                value: amount,
                unsent: true,
            };
            let place = (row.account, row.unit, begun.place);
            self.batch.lots.set(place, moved);
        }
        self.batch.born.set(id, begun);
    }

    /// Where a lot stands; none when there is no such lot.
    pub(super) async fn lot_place(&mut self, id: LotId) -> Result<Option<SpendingOrder>> {
        if id == LotId::PLAIN {
            return Ok(Some(plain()));
        }
        if let Some(held) = self.batch.born.get(&id) {
            return Ok(Some(held.place));
        }
        let programme = self.key();
        let found: Option<(i64, Option<i64>, String)> = db::query_as(
            "SELECT born_seq, expires_ms, command_id FROM lot WHERE programme_id = ? AND id = ?",
        )
        .bind(programme)
        .bind(id.to_string())
        .fetch_optional(self.conn())
        .await?;
        let Some((born_seq, expires_ms, command)) = found else {
            return Ok(None);
        };
        Ok(Some(self.note_lot(id, born_seq, expires_ms, &command)?))
    }

    fn note_lot(
        &mut self,
        id: LotId,
        born_seq: i64,
        expires_ms: Option<i64>,
        command: &str,
    ) -> Result<SpendingOrder> {
        let held = LotHeld {
            command: uuid(command)?,
            place: place(id, born_seq, expires_ms),
            unsent: None,
        };
        let place = held.place;
        self.batch.born.note(id, held);
        Ok(place)
    }

    /// The lots that a command began and an account holds something of, in spending order.
    pub(super) async fn lots_begun_by(
        &mut self,
        command: Uuid,
        account: Account,
        unit: Unit,
    ) -> Result<Vec<OpenLot>> {
        let programme = self.key();
        let rows: Vec<(String, i64, Option<i64>)> = db::query_as(
            "SELECT id, born_seq, expires_ms FROM lot WHERE programme_id = ? AND command_id = ? AND unit = ?",
        )
        .bind(programme)
        .bind(command.to_string())
        .bind(unit.text())
        .fetch_all(self.conn())
        .await?;
        for (id, born_seq, expires_ms) in rows {
            self.note_lot(
                LotId(uuid(&id)?),
                born_seq,
                expires_ms,
                &command.to_string(),
            )?;
        }
        let begun = self.batch.born.range(..);
        let mut places: Vec<SpendingOrder> = begun
            .filter(|(_, held)| held.command == command)
            .map(|(_, held)| held.place)
            .collect();
        places.sort_unstable();
        let mut open = Vec::new();
        for place in places {
            let left = self.left(account, unit, place).await?;
            if left > 0 {
                open.push(place.open(left));
            }
        }
        Ok(open)
    }
}
