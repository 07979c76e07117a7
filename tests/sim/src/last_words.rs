//! When everything is level, the devices say a last word each: with the same facts on both sides, what
//! a device shows is what the server books. Then the vouchers that are over go back by themselves.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use carrot_rules::outcome::{Class, Outcome};
use carrot_rules::{Account, Command};
use carrot_wire::{Verdict, VerdictClass};

use crate::books::Books;
use crate::fleet::Fleet;
use crate::unit::Role;
use crate::work::Worker;
use uuid::Uuid;

/// Behind every voucher's end, milliseconds: three days.
const BEHIND_ALL_MS: i64 = 3 * 24 * 3_600_000;
/// What each device says at the end.
const LAST_WORDS: usize = 3;
/// The code of an answer whose points are not those that the device showed.
const ADJUSTED: &str = "adjusted";

/// Whether an answer to goods that come back says of every person that the till named what the till
/// said. What somebody else got for claiming them elsewhere goes back too, and a till is not told of it.
fn only_claims_differ(command: &Command, predicted: &Outcome, verdict: &Verdict) -> bool {
    let back = matches!(command, Command::SaleVoid(_) | Command::SaleReturn(_));
    let named = predicted.deltas().into_iter();
    let mut people = named.filter(|(account, _)| matches!(account, Account::Participant(..)));
    back && people
        .all(|(account, points)| verdict.booked.get(&account.to_string()) == Some(&points))
}

impl Fleet<'_> {
    /// I12: each device predicts what the server then answers.
    pub(crate) async fn predict(&mut self) -> Result<()> {
        self.tuning.probe.poison(None);
        for at in 0..self.units.len() {
            if !self.lives(at).await? {
                continue;
            }
            let unit = self.unit(at)?;
            if unit.sync().await?.context("nothing ends it")?.is_err() {
                continue;
            }
            for _ in 0..LAST_WORDS {
                self.predict_one(at).await?;
            }
        }
        Ok(())
    }

    async fn predict_one(&mut self, at: usize) -> Result<()> {
        // Nobody tells a till that a phone was revoked.
        let shown = self.shown_code(at)?;
        let shown = shown.filter(|(person, _)| !self.lost_a_phone(*person));
        let unit = self.units.get(at).context("a unit")?;
        let membership = unit.open()?;
        let mut worker = Worker {
            dice: &mut self.dice,
            next_id: &mut self.next_id,
            known: &mut self.known,
            lease_points_max: self.swarm.lease_points_max,
            shown,
        };
        let Some(done) = worker.work(unit, &membership).await else {
            return Ok(());
        };
        let Ok(submitted) = done.result else {
            return Ok(());
        };
        self.promised(at, &done.command, &submitted, None)?;
        let synced = self.unit(at)?.sync().await?.context("nothing ends it")?;
        let known = membership.command(submitted.command_id).await?;
        let verdict = known.and_then(|known| known.verdict);
        let kind = done.command.kind().as_str();
        let predicted = &submitted.outcome;
        let line = format!(
            "last {at} {kind} {} {:?}",
            predicted.code, predicted.pending
        );
        self.trace.line(&line);
        let Some(verdict) = verdict else {
            let detail = format!("{kind} was not answered: {synced:?}");
            self.broken(vec![("L1", detail)]);
            return Ok(());
        };
        // What a device cannot know it says so, and what only the server decides is not shown as done.
        let knows = self.unit(at)?.knows(&done.command);
        // A till that was carried to another outlet sees its lease there once it asks for one.
        let moved = self.unit(at)?.moved && predicted.code == "lease_missing";
        let certain = knows && !moved && predicted.pending.is_empty();
        // What somebody else owes, a till is not told.
        let mut booked = verdict.booked.keys();
        let owes = booked.any(|account| account.starts_with("clawback:"));
        let refused = verdict.class != VerdictClass::Accepted && verdict.code != "internal";
        let adjusted =
            verdict.code == ADJUSTED && !only_claims_differ(&done.command, predicted, &verdict);
        let wrong = match predicted.class {
            Class::Accepted => refused || adjusted,
            Class::Rejected | Class::Parked => verdict.class == VerdictClass::Accepted,
        };
        if certain && wrong && !owes {
            let told = (verdict.class, &verdict.code, &verdict.params);
            let points = (predicted.deltas(), &verdict.booked);
            let detail = format!("{kind} was {} and is {told:?}: {points:?}", predicted.code);
            self.broken(vec![("I12", detail)]);
        }
        Ok(())
    }

    /// Whether a device still has its rights and an open queue.
    async fn lives(&mut self, at: usize) -> Result<bool> {
        let unit = self.unit(at)?;
        let (number, forked) = (unit.number, unit.forked);
        let status = unit.open()?.status().await.context("a status")?;
        Ok(!self.revoked(number) && !forked && status.blocked_code.is_none())
    }

    fn revoked(&self, number: usize) -> bool {
        let held = self.hub.held();
        let subject = held.auditor.subjects.get(&number);
        subject.is_some_and(|subject| subject.revoked)
    }

    /// Whether one of a person's phones was revoked.
    fn lost_a_phone(&self, person: Uuid) -> bool {
        self.units.iter().any(|unit| {
            matches!(unit.role, Role::Phone(of) if of == person) && self.revoked(unit.number)
        })
    }

    /// M3: unused vouchers go back when their tills have said that they used none.
    pub(crate) async fn let_vouchers_end(&mut self) -> Result<()> {
        self.time.pass(BEHIND_ALL_MS);
        let now_ms = carrot_server::Clock::now_ms(self.time.as_ref());
        let mut tills = BTreeSet::new();
        for at in 0..self.units.len() {
            let live = self.lives(at).await?;
            let unit = self.unit(at)?;
            for _ in 0..2 {
                let _blocked = unit.sync().await?;
            }
            if live && matches!(unit.role, Role::Terminal(_)) {
                tills.insert(unit.open()?.device_id());
            }
        }
        let mut books = Books::open(&self.server_dir()).await?;
        books.gone_back(&tills, now_ms).await?;
        books.escrows().await?;
        let found = books.close().await?;
        self.hub.held().auditor.violations.extend(found);
        Ok(())
    }
}
