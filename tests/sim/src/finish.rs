//! The end of a fleet: nothing goes wrong any more, and within a bounded time everything is level.

use anyhow::{Context as _, Result};
use carrot_client::ClientError;

use crate::auditor::Violation;
use crate::books::Books;
use crate::fleet::Fleet;
use crate::looks;

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
        for unit in &self.units {
            let (promises, classes) = {
                let held = self.hub.held();
                (held.auditor.promises.clone(), held.auditor.classes.clone())
            };
            let seen = looks::look(unit, &promises, &classes, &mut books).await;
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
        self.look().await?;
        self.all_level().await?;
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
                    level &= error.blocks().is_some();
                    error.code()
                }
            };
            if let Err(error @ ClientError::CacheDamaged(_)) = &done {
                self.mend(at, error).await?;
            }
            self.glance(at).await?;
            self.trace.line(&format!("end {round} {number} {told}"));
        }
        Ok(level)
    }

    async fn all_level(&mut self) -> Result<()> {
        let mut books = Books::open(&self.server_dir()).await?;
        let mut found = Vec::new();
        for unit in &self.units {
            let status = unit.open()?.status().await.context("a status")?;
            let revoked = {
                let held = self.hub.held();
                let subject = held.auditor.subjects.get(&unit.number);
                subject.is_some_and(|subject| subject.revoked)
            };
            if revoked || (unit.forked && status.blocked_code.is_some()) {
                continue;
            }
            if let Some(code) = status.blocked_code {
                found.push(("L1", format!("device {} is stopped by {code}", unit.number)));
                continue;
            }
            found.extend(looks::level(unit, &mut books).await?);
        }
        books.close().await?;
        self.broken(found);
        Ok(())
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
