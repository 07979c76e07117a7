//! Which lots a leg takes or fills: the choices that [`carrot_rules::ledger::Books`] makes, with the
//! lots looked up in the database.

use std::collections::{BTreeMap, VecDeque};

use carrot_rules::ledger::lot::{self, Part};
use carrot_rules::ledger::{Entry, LotId, LotTerms, Lots, Posted, Refusal, lot_id};
use carrot_rules::{Account, Leg, Unit};
use uuid::Uuid;

use super::batch::TransferRow;
use super::lots::{self, LotHeld, LotRow};
use super::programme::uuid;
use super::tx::Tx;
use crate::db;
use crate::error::{Error, Result};

/// The entries of a command in an account, and those of others that undo it. Two searches, each along
/// an index; the second has only what the first has not.
pub(super) const STEPS: &str = "SELECT entry.seq AS at, leg, amount, lot, line AS place, TRUE,
      undoes IS NOT NULL AND undoes = ?2
    FROM transfer CROSS JOIN entry
      ON entry.programme_id = transfer.programme_id AND entry.seq = transfer.seq
    WHERE transfer.programme_id = ?1 AND command_id = ?2 AND account = ?3 AND unit = ?4
    UNION ALL
    SELECT entry.seq, leg, amount, lot, line, FALSE, TRUE
    FROM entry INDEXED BY entry_undoes CROSS JOIN transfer
      ON transfer.programme_id = entry.programme_id AND transfer.seq = entry.seq
    WHERE entry.programme_id = ?1 AND undoes = ?2 AND account = ?3 AND unit = ?4
      AND command_id <> ?2
    ORDER BY at, place";

/// A transfer on its way into the books.
pub(super) struct Posting {
    pub row: TransferRow,
    /// What debits so far took and no leg took over.
    pub under_way: BTreeMap<Unit, VecDeque<Part>>,
}

impl Posting {
    /// A transfer without entries yet.
    pub fn new(posted: Posted) -> Self {
        Self {
            row: TransferRow {
                posted,
                undoes: Vec::new(),
            },
            under_way: BTreeMap::new(),
        }
    }

    /// Adds an entry; `after` is the account's balance after it.
    pub fn enter(&mut self, number: u32, leg: &Leg, lot: Option<LotId>, amount: i64, after: i64) {
        self.row.posted.entries.push(Entry {
            leg: number,
            account: leg.account,
            unit: leg.unit,
            amount,
            lot,
            after,
        });
        self.row.undoes.push(match leg.lots {
            Lots::Of { command } if lot.is_some() => Some(command),
            _ => None,
        });
    }
}

/// A command's movements in one account and unit, oldest first, less what was undone.
#[derive(Debug, Default)]
struct Trail {
    taken: Vec<Part>,
    put: Vec<Part>,
}

impl Trail {
    fn note(&mut self, entry: &Entry) {
        let Some(lot) = entry.lot else {
            return;
        };
        if entry.amount < 0 {
            self.taken.push((lot, entry.amount.saturating_neg()));
        } else {
            self.put.push((lot, entry.amount));
        }
    }

    /// A debit undoes what was put, the first put first; a credit what was taken, the last first.
    fn undo(&mut self, entry: &Entry) {
        let Some(lot) = entry.lot else {
            return;
        };
        let amount = entry.amount.saturating_abs();
        if entry.amount < 0 {
            shrink(self.put.iter_mut(), (lot, amount));
            self.put.retain(|part| part.1 > 0);
        } else {
            shrink(self.taken.iter_mut().rev(), (lot, amount));
            self.taken.retain(|part| part.1 > 0);
        }
    }
}

/// Takes a lot's amount off the parts of that lot, one after the other.
fn shrink<'a>(parts: impl Iterator<Item = &'a mut Part>, (lot, amount): Part) {
    let mut rest = amount;
    for part in parts.filter(|part| part.0 == lot) {
        let less = part.1.min(rest);
        part.1 -= less;
        rest -= less;
    }
}

/// An entry, whether it is the command's own or undoes it, or both.
struct Step {
    at: (i64, u32),
    own: bool,
    undoes: bool,
    entry: Entry,
}

impl Tx {
    /// The lots that a leg takes, as negative amounts, or fills. They are moved.
    pub(super) async fn lots_of_leg(
        &mut self,
        posting: &mut Posting,
        number: u32,
        leg: &Leg,
    ) -> Result<Vec<Part>> {
        if leg.amount < 0 {
            self.debit(posting, leg).await
        } else {
            self.credit(posting, number, leg).await
        }
    }

    async fn debit(&mut self, posting: &mut Posting, leg: &Leg) -> Result<Vec<Part>> {
        let (account, unit) = (leg.account, leg.unit);
        let need = leg.amount.saturating_neg();
        let taken = match &leg.lots {
            Lots::Lot { lot } => self.only(leg, *lot, need).await?,
            Lots::Of { command } => {
                let prefer = self.undoing(posting, leg, *command).await?;
                let open = self.open_lots(account, unit, need).await?;
                lot::take(open, need, &prefer)
            }
            Lots::Soonest | Lots::Born(_) | Lots::Carried => {
                let open = self.open_lots(account, unit, need).await?;
                lot::take(open, need, &[])
            }
        };
        let taken = taken.map_err(|short| Refusal::LotsShort {
            account,
            unit,
            lacks: short.lacks,
        });
        let taken = taken.map_err(refused)?;
        posting.under_way.entry(unit).or_default().extend(&taken);
        let parts: Vec<Part> = taken
            .into_iter()
            .map(|(lot, amount)| (lot, -amount))
            .collect();
        self.shift(leg, &parts).await?;
        Ok(parts)
    }

    async fn only(
        &mut self,
        leg: &Leg,
        id: LotId,
        need: i64,
    ) -> Result<std::result::Result<Vec<Part>, lot::Short>> {
        let Some(place) = self.lot_place(id).await? else {
            return Ok(Err(lot::Short { lacks: need }));
        };
        let left = self.left(leg.account, leg.unit, place).await?;
        Ok(lot::take([place.open(left)], need, &[]))
    }

    /// What to take first in order to undo a command: of the lots that it put into the account as
    /// much as it put, then the rest of those that it began. No more of a lot than is there.
    async fn undoing(&mut self, posting: &Posting, leg: &Leg, command: Uuid) -> Result<Vec<Part>> {
        let trail = self.trail(posting, leg, command).await?;
        let mut first: Vec<Part> = Vec::new();
        for (lot, amount) in trail.put {
            let left = match self.lot_place(lot).await? {
                Some(place) => self.left(leg.account, leg.unit, place).await?,
                None => 0,
            };
            first.push((lot, amount.min(left - held(&first, lot))));
        }
        for open in self.lots_begun_by(command, leg.account, leg.unit).await? {
            first.push((open.id, open.left - held(&first, open.id)));
        }
        Ok(first)
    }

    async fn credit(&mut self, posting: &mut Posting, number: u32, leg: &Leg) -> Result<Vec<Part>> {
        let (mut parts, rest) = match &leg.lots {
            Lots::Carried => {
                let under_way = posting.under_way.entry(leg.unit).or_default();
                lot::carry(under_way, leg.amount)
            }
            Lots::Of { command } => {
                let trail = self.trail(posting, leg, *command).await?;
                lot::give_back(&trail.taken, leg.amount)
            }
            Lots::Soonest | Lots::Born(_) | Lots::Lot { .. } => (Vec::new(), leg.amount),
        };
        self.shift(leg, &parts).await?;
        if rest > 0 {
            parts.push((self.begin(posting, number, leg, rest), rest));
        }
        Ok(parts)
    }

    async fn shift(&mut self, leg: &Leg, parts: &[Part]) -> Result<()> {
        for (lot, amount) in parts {
            let place = self.place_of(*lot).await?;
            self.shift_lot(leg.account, leg.unit, place, *amount)
                .await?;
        }
        Ok(())
    }

    async fn place_of(&mut self, lot: LotId) -> Result<lot::SpendingOrder> {
        let missing = || Error::Damaged(format!("lot {lot} is not there"));
        self.lot_place(lot).await?.ok_or_else(missing)
    }

    fn begin(&mut self, posting: &Posting, number: u32, leg: &Leg, amount: i64) -> LotId {
        let id = lot_id(posting.row.posted.transfer_id, number);
        let terms: Option<LotTerms> = match &leg.lots {
            Lots::Born(terms) => Some(terms.clone()),
            _ => None,
        };
        let expires_ms = terms.as_ref().and_then(|terms| terms.expires_ms);
        let begun = LotHeld {
            command: posting.row.posted.command,
            place: lots::place(id, posting.row.posted.seq, expires_ms),
            unsent: Some(LotRow {
                account: leg.account,
                unit: leg.unit,
                terms,
                born_ms: posting.row.posted.recorded_ms,
            }),
        };
        self.begin_lot(id, begun, amount);
        id
    }

    /// What a command did in the account of a leg and no undoing has undone.
    async fn trail(&mut self, posting: &Posting, leg: &Leg, command: Uuid) -> Result<Trail> {
        let mut steps = self.stored_steps(leg, command).await?;
        let unsent = self.batch.transfers.iter().chain([&posting.row]);
        for row in unsent {
            let own = row.posted.command == command;
            for (entry, undone) in row.posted.entries.iter().zip(&row.undoes) {
                let here = (entry.account, entry.unit) == (leg.account, leg.unit);
                let undoes = *undone == Some(command);
                if here && (own || undoes) {
                    let at = (row.posted.seq, entry.leg);
                    let entry = *entry;
                    steps.push(Step {
                        at,
                        own,
                        undoes,
                        entry,
                    });
                }
            }
        }
        let mut trail = Trail::default();
        // Of one leg, what it undoes comes before what it did.
        for leg in steps.chunk_by(|one, next| one.at == next.at) {
            let undoing = leg.iter().filter(|step| step.undoes);
            undoing.for_each(|step| trail.undo(&step.entry));
            let own = leg.iter().filter(|step| step.own);
            own.for_each(|step| trail.note(&step.entry));
        }
        Ok(trail)
    }

    async fn stored_steps(&mut self, leg: &Leg, command: Uuid) -> Result<Vec<Step>> {
        let programme = self.key();
        let rows: Vec<(i64, i64, i64, String, i64, bool, bool)> = db::query_as(STEPS)
            .bind(programme)
            .bind(command.to_string())
            .bind(leg.account.to_string())
            .bind(leg.unit.text())
            .fetch_all(self.conn())
            .await?;
        let step = |(seq, number, amount, lot, _, own, undoes): (
            i64,
            i64,
            i64,
            String,
            i64,
            bool,
            bool,
        )| {
            let number =
                u32::try_from(number).map_err(|_| Error::Damaged(format!("leg {number}")))?;
            Ok(Step {
                at: (seq, number),
                own,
                undoes,
                entry: Entry {
                    leg: number,
                    account: leg.account,
                    unit: leg.unit,
                    amount,
                    lot: Some(LotId(uuid(&lot)?)),
                    after: 0,
                },
            })
        };
        rows.into_iter().map(step).collect()
    }
}

/// How much the parts hold of a lot.
fn held(parts: &[Part], lot: LotId) -> i64 {
    let mine = parts.iter().filter(|part| part.0 == lot);
    mine.fold(0, |sum, part| part.1.saturating_add(sum))
}

/// A refusal of the books.
pub(super) fn refused(refusal: Refusal) -> Error {
    Error::Books(refusal.to_string())
}

/// The balance that an account would have, unless it may not have it.
pub(super) fn allowed(account: Account, unit: Unit, after: i64) -> Result<i64> {
    let exact = carrot_rules::amount::checked(after.into());
    let after = exact.map_err(|_| refused(Refusal::TooLarge { account, unit }))?;
    if account.sign().allows(after) {
        return Ok(after);
    }
    Err(refused(if after < 0 {
        Refusal::BelowZero {
            account,
            unit,
            after,
        }
    } else {
        Refusal::AboveZero {
            account,
            unit,
            after,
        }
    }))
}
