//! The books: transfers whose legs sum to zero, balances that follow them, and who gets to see a
//! balance move.

use std::sync::Arc;

use carrot_rules::entity::EntityKind;
use carrot_rules::ledger::{Posted, chain};
use carrot_rules::outcome::transfer_id;
use carrot_rules::{Account, Leg, Pot, Scope, Transfer, Unit};
use carrot_wire::planted::{self, Bug};
use carrot_wire::pull::Change;
use uuid::Uuid;

use super::batch::Known;
use super::chain::ChainHead;
use super::lots_leg::{Posting, allowed, refused};
use super::tx::Tx;
use crate::db::{self, Conn};
use crate::error::{Error, Result};

impl Tx {
    /// Books a transfer that a command caused. Refuses legs that do not sum to zero and accounts
    /// that must never fall below zero and would; then nothing of it is kept if the caller undoes
    /// or drops the transaction. A transfer without legs books nothing.
    pub async fn book(
        &mut self,
        command_id: Uuid,
        occurred_ms: i64,
        transfer: &Transfer,
    ) -> Result<()> {
        if transfer.legs.is_empty() {
            return Ok(());
        }
        transfer.check().map_err(refused)?;
        let mut posting = self
            .open_transfer(command_id, occurred_ms, transfer)
            .await?;
        for (number, leg) in (0_u32..).zip(&transfer.legs) {
            if planted::is(Bug::HalfTransfer) && number > 0 {
                continue;
            }
            self.book_leg(&mut posting, number, leg).await?;
        }
        let mut row = posting.row;
        let head = self.chain_head().await?;
        row.posted.hash = chain::link(&head.hash, &row.posted);
        self.batch.chain.set((), ChainHead::after(&row.posted));
        self.batch.transfers.push(row);
        self.settle().await
    }

    async fn open_transfer(
        &mut self,
        command_id: Uuid,
        occurred_ms: i64,
        transfer: &Transfer,
    ) -> Result<Posting> {
        let before = self.transfers_of(command_id).await?;
        self.batch.booked.set(command_id, before + 1);
        let head = self.chain_head().await?;
        let posted = Posted {
            seq: head.seq + 1,
            transfer_id: transfer_id(command_id, usize::try_from(before).unwrap_or(usize::MAX)),
            command: command_id,
            purpose: transfer.purpose.clone(),
            // Where the clock stepped back, the books stand still.
            recorded_ms: self.now_ms().max(head.recorded_ms),
            occurred_ms,
            entries: Vec::new(),
            hash: chain::START,
        };
        Ok(Posting::new(posted))
    }

    /// How many transfers a command has caused so far.
    async fn transfers_of(&mut self, command_id: Uuid) -> Result<i64> {
        if let Some(known) = self.batch.booked.get(&command_id) {
            return Ok(*known);
        }
        let programme = self.key();
        Ok(db::query_scalar(
            "SELECT COUNT(*) FROM transfer WHERE programme_id = ? AND command_id = ?",
        )
        .bind(programme)
        .bind(command_id.to_string())
        .fetch_one(self.conn())
        .await?)
    }

    async fn book_leg(&mut self, posting: &mut Posting, number: u32, leg: &Leg) -> Result<()> {
        let before = self.balance_in(leg.account, leg.unit).await?;
        let after = allowed(leg.account, leg.unit, before.saturating_add(leg.amount))?;
        if leg.account.lotted() {
            let mut running = before;
            for (lot, amount) in self.lots_of_leg(posting, number, leg).await? {
                running = running.saturating_add(amount);
                posting.enter(number, leg, Some(lot), amount, running);
            }
        } else {
            posting.enter(number, leg, None, leg.amount, after);
        }
        let moved = Known {
            value: after,
            unsent: true,
        };
        self.batch.balances.set((leg.account, leg.unit), moved);
        self.show_leg(leg, after).await
    }

    /// Shows a balance that moved to whoever watches it.
    async fn show_leg(&mut self, leg: &Leg, after: i64) -> Result<()> {
        let watchers = self.watchers(leg.account).await?;
        let silent = planted::is(Bug::FeedSilent) && leg.amount < 0;
        if watchers.is_empty() || silent {
            return Ok(());
        }
        let moved = moved_text(leg.account, leg.unit, leg.amount, after)?;
        for scope in watchers {
            self.append_text(scope, Arc::clone(&moved)).await?;
        }
        Ok(())
    }

    /// The scopes that see an account move: a person's own; the outlets that know them as a member,
    /// for the points a terminal displays; the outlet of a lease's terminal.
    async fn watchers(&mut self, account: Account) -> Result<Vec<Scope>> {
        match account {
            Account::Participant(person, _) => {
                let mut scopes = vec![Scope::Participant(person)];
                let member = self
                    .scopes_of(EntityKind::Member, &person.to_string())
                    .await?;
                scopes.extend(
                    member
                        .into_iter()
                        .filter(|scope| matches!(scope, Scope::Outlet(_))),
                );
                Ok(scopes)
            }
            Account::Clawback(person) => Ok(vec![Scope::Participant(person)]),
            Account::Lease(lease) => self.lease_outlets(lease).await,
            Account::Outlet(outlet, _) => Ok(vec![Scope::Outlet(outlet)]),
            Account::Issuance
            | Account::OfflineBudget
            | Account::Redeemed
            | Account::OfflineLoss
            | Account::Partner(_)
            | Account::Settlement(_)
            | Account::Budget(_)
            | Account::Voucher(_)
            | Account::Expired
            | Account::WrittenOff
            | Account::TaxReserve => Ok(Vec::new()),
        }
    }

    /// The outlets that see a lease: its terminal may come back to one that it left, and must not find
    /// there what it had then. Before the lease is written it is the terminal's own outlet.
    async fn lease_outlets(&mut self, lease: Uuid) -> Result<Vec<Scope>> {
        let seen = self
            .scopes_of(EntityKind::Lease, &lease.to_string())
            .await?;
        if !seen.is_empty() {
            return Ok(seen);
        }
        let device = self.device(lease).await?;
        let outlet = device.and_then(|device| device.outlet);
        Ok(outlet.map(Scope::Outlet).into_iter().collect())
    }

    /// Shows a member's points as they are to an outlet that did not know the member before.
    pub(super) async fn show_balances(&mut self, member: Uuid, scope: Scope) -> Result<()> {
        for pot in [Pot::Active, Pot::Pending] {
            let account = Account::Participant(member, pot);
            let balance = self.balance(account).await?;
            self.append_text(scope, moved_text(account, Unit::Points, 0, balance)?)
                .await?;
        }
        Ok(())
    }

    /// Shows what is left of a lease to outlets that did not see it before: its terminal moved there.
    pub(super) async fn show_moved(&mut self, lease: &str, fresh: &[Scope]) -> Result<()> {
        let lease: Uuid = lease
            .parse()
            .map_err(|_| Error::Damaged("a lease's id is not a UUID".to_owned()))?;
        let account = Account::Lease(lease);
        for scope in fresh {
            let balance = self.balance(account).await?;
            let text = moved_text(account, Unit::Points, 0, balance)?;
            self.append_text(*scope, text).await?;
        }
        Ok(())
    }

    /// An account's balance in points as this transaction sees it; zero before its first entry.
    pub async fn balance(&mut self, account: Account) -> Result<i64> {
        self.balance_in(account, Unit::Points).await
    }

    /// The same in any unit.
    pub async fn balance_in(&mut self, account: Account, unit: Unit) -> Result<i64> {
        let key = (account, unit);
        if let Some(known) = self.batch.balances.get(&key) {
            return Ok(known.value);
        }
        let programme = self.key();
        let value = balance(self.conn(), &programme, account, unit).await?;
        if self.batching {
            let known = Known {
                value,
                unsent: false,
            };
            self.batch.balances.note(key, known);
        }
        Ok(value)
    }
}

fn moved_text(account: Account, unit: Unit, delta: i64, balance: i64) -> Result<Arc<str>> {
    let change = Change::Balance {
        account: account.to_string(),
        unit: unit.to_string(),
        delta,
        balance,
    };
    Ok(serde_json::to_string(&change)?.into())
}

pub(super) async fn balance(
    conn: &mut Conn,
    programme: &str,
    account: Account,
    unit: Unit,
) -> Result<i64> {
    let found: Option<i64> = db::query_scalar(
        "SELECT amount FROM balance WHERE programme_id = ? AND account = ? AND unit = ?",
    )
    .bind(programme)
    .bind(account.to_string())
    .bind(unit.text())
    .fetch_optional(conn)
    .await?;
    Ok(found.unwrap_or(0))
}
