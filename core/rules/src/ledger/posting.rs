//! A transfer on its way into the books: everything it touches is worked out beside them, so that
//! a refusal leaves them as they were.

use std::collections::{BTreeMap, VecDeque};

use uuid::Uuid;

use super::account::Account;
use super::books::{Books, Lot};
use super::holding::Holding;
use super::lot::{self, LotId, Part, SpendingOrder, lot_id};
use super::posted::{Entry, Stamp};
use super::refusal::Refusal;
use super::terms::{LotTerms, Lots};
use super::transfer::Leg;
use super::unit::Unit;

/// What a transfer changes, leg by leg.
pub(super) struct Posting<'a> {
    books: &'a Books,
    stamp: &'a Stamp,
    /// The transfer's number.
    seq: i64,
    /// What debits so far took and no leg took over.
    under_way: BTreeMap<Unit, VecDeque<Part>>,
    pub entries: Vec<Entry>,
    pub holdings: BTreeMap<(Account, Unit), Holding>,
    pub born: BTreeMap<LotId, Lot>,
}

impl<'a> Posting<'a> {
    pub fn new(books: &'a Books, stamp: &'a Stamp, seq: i64) -> Self {
        Self {
            books,
            stamp,
            seq,
            under_way: BTreeMap::new(),
            entries: Vec::new(),
            holdings: BTreeMap::new(),
            born: BTreeMap::new(),
        }
    }

    /// Works out one leg. Its number counts from zero.
    pub fn leg(&mut self, number: u32, leg: &Leg) -> Result<(), Refusal> {
        let balance = self.holding(leg).balance;
        let after = i128::from(balance) + i128::from(leg.amount);
        let after = Refusal::of_balance(leg.account, leg.unit, after)?;
        if !leg.account.lotted() {
            self.holding(leg).balance = after;
            self.enter(number, leg, None, leg.amount);
            return Ok(());
        }
        let parts = if leg.amount < 0 {
            self.debit(leg)?
        } else {
            self.credit(number, leg)
        };
        for (lot, amount) in parts {
            let place = self.place(lot);
            let command = self.stamp.command;
            let holding = self.holding(leg);
            holding.shift(place, amount);
            holding.note(command, lot, amount);
            self.enter(number, leg, Some(lot), amount);
        }
        Ok(())
    }

    fn enter(&mut self, number: u32, leg: &Leg, lot: Option<LotId>, amount: i64) {
        let after = self.holding(leg).balance;
        self.entries.push(Entry {
            leg: number,
            account: leg.account,
            unit: leg.unit,
            amount,
            lot,
            after,
        });
    }

    /// The account as this transfer has left it so far.
    fn holding(&mut self, leg: &Leg) -> &mut Holding {
        let key = (leg.account, leg.unit);
        let books = self.books;
        let fresh = || books.holdings.get(&key).cloned().unwrap_or_default();
        self.holdings.entry(key).or_insert_with(fresh)
    }

    /// The lots that a debit takes, as negative amounts.
    fn debit(&mut self, leg: &Leg) -> Result<Vec<Part>, Refusal> {
        let need = leg.amount.saturating_neg();
        let prefer = match &leg.lots {
            Lots::Of { command } => self.undoing(leg, *command),
            Lots::Soonest | Lots::Born(_) | Lots::Carried | Lots::Lot { .. } => Vec::new(),
        };
        let holding = self.holding(leg);
        let taken = match &leg.lots {
            Lots::Lot { lot: only } => {
                lot::take(holding.open().filter(|open| open.id == *only), need, &[])
            }
            _ => lot::take(holding.open(), need, &prefer),
        };
        let taken = taken.map_err(|short| Refusal::LotsShort {
            account: leg.account,
            unit: leg.unit,
            lacks: short.lacks,
        })?;
        if let Lots::Of { command } = &leg.lots {
            holding.taken_again(*command, &taken);
        }
        self.under_way.entry(leg.unit).or_default().extend(&taken);
        let negative = taken.into_iter().map(|(lot, amount)| (lot, -amount));
        Ok(negative.collect())
    }

    /// What a debit takes first in order to undo a command.
    fn undoing(&mut self, leg: &Leg, command: Uuid) -> Vec<Part> {
        let open: Vec<LotId> = self.holding(leg).open().map(|open| open.id).collect();
        let of_command = |lot: &LotId| self.lot(*lot).is_some_and(|lot| lot.command == command);
        let began: Vec<LotId> = open.into_iter().filter(of_command).collect();
        self.holding(leg).undoing(command, &began)
    }

    /// The lots that a credit fills.
    fn credit(&mut self, number: u32, leg: &Leg) -> Vec<Part> {
        let (mut parts, rest) = match &leg.lots {
            Lots::Carried => {
                let under_way = self.under_way.entry(leg.unit).or_default();
                lot::carry(under_way, leg.amount)
            }
            Lots::Of { command } => {
                let holding = self.holding(leg);
                let (parts, rest) = lot::give_back(holding.taken(*command), leg.amount);
                holding.given_back(*command, &parts);
                (parts, rest)
            }
            Lots::Soonest | Lots::Born(_) | Lots::Lot { .. } => (Vec::new(), leg.amount),
        };
        if rest > 0 {
            let terms = match &leg.lots {
                Lots::Born(terms) => Some(terms.clone()),
                _ => None,
            };
            parts.push((self.begin(number, leg.unit, terms), rest));
        }
        parts
    }

    fn begin(&mut self, number: u32, unit: Unit, terms: Option<LotTerms>) -> LotId {
        let id = lot_id(self.stamp.transfer_id, number);
        let lot = Lot {
            unit,
            command: self.stamp.command,
            born_seq: self.seq,
            terms,
        };
        self.born.insert(id, lot);
        id
    }

    fn lot(&self, id: LotId) -> Option<&Lot> {
        self.born.get(&id).or_else(|| self.books.lot(id))
    }

    /// A lot's place in spending order.
    fn place(&self, id: LotId) -> SpendingOrder {
        let lot = self.lot(id);
        lot::OpenLot {
            id,
            left: 0,
            born_seq: lot.map_or(0, |lot| lot.born_seq),
            expires_ms: lot.and_then(Lot::expires_ms),
        }
        .order()
    }
}
