//! What is looked at after each exchange of a device, and what a person would do about it.

use anyhow::{Context as _, Result};
use carrot_client::{ClientError, QueuedCommand};
use carrot_wire::VerdictClass;

use crate::auditor::Auditor;
use crate::fleet::Fleet;
use crate::looks;

/// So many of the newest commands are looked at after each exchange.
const NEWEST: u32 = 8;

impl Fleet<'_> {
    /// Cheap looks at a device.
    pub(crate) async fn glance(&mut self, at: usize) -> Result<()> {
        let mut found = Vec::new();
        let unit = self.units.get(at).context("a unit")?;
        let memory = self.memories.get_mut(at).context("a memory")?;
        let mut looked = looks::glance(unit, memory, &mut found).await;
        if looked.is_ok() && !unit.forked && !memory.unsettled {
            match unit.open()?.commands(NEWEST).await {
                Ok(newest) => found.extend(unanswered(&newest, &self.hub.held().auditor)),
                Err(error) => looked = Err(error.into()),
            }
        }
        for scope in &memory.scopes {
            let held = self.hub.held();
            let known = held.auditor.digest(&scope.id, &scope.epoch, scope.cursor);
            if known.is_some_and(|known| known != scope.digest) {
                let detail = format!("{} is not what was sent up to {}", scope.id, scope.cursor);
                found.push(("I8", detail));
            }
        }
        self.broken(found);
        let Err(error) = looked else {
            return Ok(());
        };
        // A copy that cannot be read is a finding of the client's, which says so.
        match error.downcast_ref::<ClientError>().cloned() {
            Some(damaged @ ClientError::CacheDamaged(_)) => self.mend(at, &damaged).await,
            _ => Err(error),
        }
    }

    /// A device has exchanged everything: it knows of a server that was set back.
    pub(crate) fn heard(&mut self, at: usize) {
        if let Some(memory) = self.memories.get_mut(at) {
            memory.unsettled = false;
        }
    }

    /// Whether the last thing was committed, nobody was told: what shows now is not known.
    pub(crate) fn uncertain(&mut self, at: usize) {
        if let Some(memory) = self.memories.get_mut(at) {
            memory.goal = None;
        }
    }

    /// A copy that cannot be read is made anew.
    pub(crate) async fn mend(&mut self, at: usize, error: &ClientError) -> Result<()> {
        if !matches!(error, ClientError::CacheDamaged(_)) {
            return Ok(());
        }
        let unit = self.unit(at)?;
        let membership = unit.open()?;
        if unit.mortal(membership.rebuild_cache()).await.is_none() {
            drop(membership);
            self.revive(at).await?;
        }
        if let Some(memory) = self.memories.get_mut(at) {
            memory.forget_cursors();
        }
        Ok(())
    }
}

/// I1, I3: a command stands where the server's answer put it, and nowhere before there was one.
fn unanswered(newest: &[QueuedCommand], auditor: &Auditor) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for one in newest {
        let wanted = match one.state.as_str() {
            "accepted" | "reflected" => VerdictClass::Accepted,
            "parked" => VerdictClass::Parked,
            "rejected" => VerdictClass::Rejected,
            _ => continue,
        };
        let reused = one.verdict.as_ref().map(|verdict| verdict.code.as_str());
        if reused == Some("id_reused") {
            continue;
        }
        let answered = auditor.classes.get(&one.command_id).copied();
        if answered != Some(wanted) {
            let detail = format!("{} {} is {}", one.kind, one.device_seq, one.state);
            found.push(("I1", format!("{detail} and was answered {answered:?}")));
        }
    }
    found
}
