//! The books: transfers whose legs sum to zero, balances that follow them, and who gets to see a
//! balance move.

use carrot_rules::entity::{EntityKind, Lease};
use carrot_rules::{Account, Leg, Pot, Scope, Transfer, Unit};
use carrot_wire::pull::Change;
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::tx::Tx;
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
        if !transfer.balanced() {
            return Err(Error::Books(format!(
                "{} does not sum to zero",
                transfer.purpose
            )));
        }
        let id = self
            .open_transfer(command_id, occurred_ms, &transfer.purpose)
            .await?;
        for (number, leg) in (0_i64..).zip(&transfer.legs) {
            self.book_leg(&id, number, leg).await?;
        }
        Ok(())
    }

    async fn open_transfer(
        &mut self,
        command_id: Uuid,
        occurred_ms: i64,
        purpose: &str,
    ) -> Result<String> {
        let (programme, command, now_ms) = (self.key(), command_id.to_string(), self.now_ms());
        let before: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM transfer WHERE programme_id = ? AND command_id = ?",
        )
        .bind(&programme)
        .bind(&command)
        .fetch_one(self.conn())
        .await?;
        let id = Uuid::new_v5(&command_id, format!("transfer:{before}").as_bytes()).to_string();
        sqlx::query(
            "INSERT INTO transfer (programme_id, id, command_id, purpose, recorded_ms, occurred_ms)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&programme)
        .bind(&id)
        .bind(&command)
        .bind(purpose)
        .bind(now_ms)
        .bind(occurred_ms)
        .execute(self.conn())
        .await?;
        Ok(id)
    }

    async fn book_leg(&mut self, transfer: &str, number: i64, leg: &Leg) -> Result<()> {
        let (programme, account) = (self.key(), leg.account.to_string());
        sqlx::query(
            "INSERT INTO entry (programme_id, transfer_id, leg, account, unit, amount) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&programme)
        .bind(transfer)
        .bind(number)
        .bind(&account)
        .bind(leg.unit.as_str())
        .bind(leg.amount)
        .execute(self.conn())
        .await?;
        // The row first: its checks are about the sum, not about one leg.
        sqlx::query(
            "INSERT INTO balance (programme_id, account, unit, amount) VALUES (?, ?, ?, 0)
             ON CONFLICT DO NOTHING",
        )
        .bind(&programme)
        .bind(&account)
        .bind(leg.unit.as_str())
        .execute(self.conn())
        .await?;
        let before = balance(self.conn(), &programme, leg.account, leg.unit).await?;
        let after = before.saturating_add(leg.amount);
        if leg.account.never_below_zero() && after < 0 {
            return Err(Error::Books(format!("{account} would fall to {after}")));
        }
        sqlx::query(
            "UPDATE balance SET amount = ? WHERE programme_id = ? AND account = ? AND unit = ?",
        )
        .bind(after)
        .bind(&programme)
        .bind(&account)
        .bind(leg.unit.as_str())
        .execute(self.conn())
        .await?;
        let moved = moved(leg.account, leg.unit, leg.amount, after);
        for scope in self.watchers(leg.account).await? {
            self.append(scope, &moved).await?;
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
            Account::Lease(lease) => Ok(self
                .lease_outlet(lease)
                .await?
                .map(Scope::Outlet)
                .into_iter()
                .collect()),
            Account::Issuance
            | Account::OfflineBudget
            | Account::Redeemed
            | Account::OfflineLoss => Ok(Vec::new()),
        }
    }

    /// The outlet of a lease: its document's, or before that is written its terminal's.
    async fn lease_outlet(&mut self, lease: Uuid) -> Result<Option<Uuid>> {
        if let Some(known) = self.entity::<Lease>(&lease.to_string()).await? {
            return Ok(Some(known.outlet));
        }
        Ok(self.device(lease).await?.and_then(|device| device.outlet))
    }

    /// Shows a member's points as they are to an outlet that did not know the member before.
    pub(super) async fn show_balances(&mut self, member: Uuid, scope: Scope) -> Result<()> {
        for pot in [Pot::Active, Pot::Pending] {
            let account = Account::Participant(member, pot);
            let balance = self.balance(account).await?;
            self.append(scope, &moved(account, Unit::Points, 0, balance))
                .await?;
        }
        Ok(())
    }

    /// An account's balance in points as this transaction sees it; zero before its first entry.
    pub async fn balance(&mut self, account: Account) -> Result<i64> {
        let programme = self.key();
        balance(self.conn(), &programme, account, Unit::Points).await
    }
}

fn moved(account: Account, unit: Unit, delta: i64, balance: i64) -> Change {
    Change::Balance {
        account: account.to_string(),
        unit: unit.as_str().to_owned(),
        delta,
        balance,
    }
}

pub(super) async fn balance(
    conn: &mut SqliteConnection,
    programme: &str,
    account: Account,
    unit: Unit,
) -> Result<i64> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT amount FROM balance WHERE programme_id = ? AND account = ? AND unit = ?",
    )
    .bind(programme)
    .bind(account.to_string())
    .bind(unit.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(found.unwrap_or(0))
}
