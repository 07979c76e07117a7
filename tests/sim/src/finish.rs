//! The end of a fleet: nothing goes wrong any more, and within a bounded time everything is level.

use anyhow::{Context as _, Result};
use carrot_client::ClientError;

use crate::auditor::Violation;
use crate::books::Books;
use crate::fleet::Fleet;
use crate::looks;
use crate::vouchers::Honoured;

/// Rounds in which every device is asked once.
const ROUNDS_MAX: usize = 12;
/// Rounds in which nothing happened, before nothing is left to do.
const QUIET_ROUNDS: usize = 2;
/// Time between two rounds, milliseconds: the longest pause of a schedule.
const ROUND_MS: i64 = carrot_sync::schedule::BACKOFF_MS_MAX;

impl Fleet<'_> {
    /// Thorough looks at everything.
    pub(crate) async fn look(&mut self) -> Result<()> {
        let mut books = Books::open(&self.server_dir()).await?;
        let recorded = books.check().await?;
        books.honoured(&recorded, &self.honest_uses());
        let mut found = Vec::new();
        {
            let mut held = self.hub.held();
            for one in &recorded {
                let subjects = held.auditor.subjects.values();
                let mut subjects = subjects.filter(|of| of.id.to_string() == one.device);
                let subject = subjects.next();
                if let Some(subject) = subject.cloned() {
                    held.auditor.stands(&subject, &one.verdict);
                }
            }
        }
        for (unit, memory) in self.units.iter().zip(&self.memories) {
            let (promises, classes) = {
                let held = self.hub.held();
                (held.auditor.promises.clone(), held.auditor.classes.clone())
            };
            let seen = looks::look(unit, memory.unsettled, &promises, &classes, &mut books).await;
            match seen {
                Ok(seen) => found.extend(seen),
                Err(error) => self.trace.line(&format!("look {error:#}")),
            }
        }
        self.broken(found);
        let violations = books.close().await?;
        self.hub.held().auditor.violations.extend(violations);
        Ok(())
    }

    /// Redemptions with a voucher in which nobody cheated and nothing was set back.
    fn honest_uses(&self) -> Honoured {
        let forked = |number: usize| {
            let mut units = self.units.iter();
            units.any(|unit| unit.forked && unit.number == number)
        };
        // A phone that was set back may answer again.
        let phones = self
            .units
            .iter()
            .any(|unit| unit.forked && unit.outlet().is_none());
        let uses = self.honoured.iter();
        let honest = uses.filter(|(_, (number, voucher))| {
            !phones && !self.set_back && !forked(*number) && !self.stolen.contains(voucher)
        });
        honest.map(|(id, (_, voucher))| (*id, *voucher)).collect()
    }

    /// Stops the faults and looks whether everything comes to rest.
    pub(crate) async fn finish(&mut self) -> Result<()> {
        self.calm();
        if self.hub.held().crashed {
            self.restart_server().await?;
        }
        self.hub.deliver_late().await;
        for at in 0..self.units.len() {
            let unit = self.unit(at)?;
            unit.probe.arm(0, crate::unit::Ending::Kill);
            unit.clock.set_right();
            if unit.pages_max.take().is_some() {
                unit.kill().await?;
                unit.start().await?;
            }
        }
        // The last fault: every device needs another token.
        self.write("UPDATE token SET until_ms = 0").await?;
        let mut quiet = 0;
        for round in 0..ROUNDS_MAX {
            self.time.pass(ROUND_MS);
            let level = self.everybody_asks(round).await?;
            quiet = if level { quiet + 1 } else { 0 };
            if quiet == QUIET_ROUNDS || !self.hub.held().auditor.violations.is_empty() {
                break;
            }
        }
        if !self.hub.held().auditor.violations.is_empty() {
            return Ok(());
        }
        // What a till's last word let go back is news for a phone that asked before it.
        self.everybody_asks(ROUNDS_MAX).await?;
        self.look().await?;
        self.all_level().await?;
        if self.hub.held().auditor.violations.is_empty() {
            self.predict().await?;
            self.let_vouchers_end().await?;
        }
        self.books_prove_themselves().await
    }

    fn calm(&mut self) {
        self.tuning.probe.calm();
        let mut held = self.hub.held();
        held.per_mille = 0;
        held.links.clear();
    }

    /// True when every device said that nothing is left to do.
    async fn everybody_asks(&mut self, round: usize) -> Result<bool> {
        let mut level = true;
        for at in 0..self.units.len() {
            let unit = self.unit(at)?;
            let number = unit.number;
            // The first rounds are the schedule's own: it must find its way without being asked.
            if round < 2 {
                unit.ring();
                unit.drive().await?;
            }
            let done = unit.sync().await?.context("nothing ends it")?;
            unit.drive().await?;
            let told = match &done {
                Ok(report) => {
                    level &= *report == carrot_client::SyncReport::default();
                    format!("{report:?}")
                }
                Err(error) => {
                    let damaged = matches!(error, ClientError::CacheDamaged(_));
                    level &= error.blocks().is_some();
                    if round > 0 && !damaged && error.blocks().is_none() {
                        let detail = format!("device {number} is free to sync: {error}");
                        self.broken(vec![("L2", detail)]);
                    }
                    error.code()
                }
            };
            if done.is_ok() {
                self.heard(at);
            }
            if let Err(error @ ClientError::CacheDamaged(_)) = &done {
                self.mend(at, error).await?;
            }
            self.glance(at).await?;
            self.trace.line(&format!("end {round} {number} {told}"));
        }
        Ok(level)
    }

    async fn all_level(&mut self) -> Result<()> {
        let mut found = Vec::new();
        for at in 0..self.units.len() {
            let unit = self.unit(at)?;
            let (number, forked) = (unit.number, unit.forked);
            let status = unit.open()?.status().await.context("a status")?;
            let revoked = {
                let held = self.hub.held();
                let subject = held.auditor.subjects.get(&number);
                subject.is_some_and(|subject| subject.revoked)
            };
            if revoked || (forked && status.blocked_code.is_some()) {
                continue;
            }
            if let Some(code) = status.blocked_code {
                found.push(("L1", format!("device {number} is stopped by {code}")));
                continue;
            }
            found.extend(self.level(at).await?);
        }
        self.broken(found);
        Ok(())
    }

    /// Looks whether a device is level. A page that is damaged and that nobody has read shows here
    /// first: then its copy is made anew, as the client would.
    async fn level(&mut self, at: usize) -> Result<Vec<(&'static str, String)>> {
        for tries in 0..2 {
            let mut books = Books::open(&self.server_dir()).await?;
            let unit = self.units.get(at).context("a unit")?;
            let found = looks::level(unit, &self.hub, self.set_back, &mut books).await;
            books.close().await?;
            match found {
                Err(error) if tries == 0 && error.is::<sqlx::Error>() => {
                    let damaged = ClientError::CacheDamaged(error.to_string());
                    self.mend(at, &damaged).await?;
                    let _again = self.unit(at)?.sync().await?;
                }
                found => return found,
            }
        }
        Ok(Vec::new())
    }

    async fn books_prove_themselves(&mut self) -> Result<()> {
        let Some(server) = &self.server else {
            return Ok(());
        };
        let report = server.store.verify_books().await?;
        if !report.holds() {
            let detail = format!("{:?}", report.faults.first());
            self.hub
                .held()
                .auditor
                .violations
                .push(Violation { law: "I6", detail });
        }
        Ok(())
    }
}
