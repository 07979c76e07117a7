//! Somebody does something with a device of the fleet, and what they were told is a promise.

use anyhow::{Context as _, Result};
use carrot_rules::Command;
use carrot_rules::command::Cover;
use carrot_rules::outcome::Class;
use carrot_sync::Event;
use uuid::Uuid;

use crate::auditor::Promise;
use crate::fleet::Fleet;
use crate::unit::Role;
use crate::work::Worker;

impl Fleet<'_> {
    /// Somebody does something with a device.
    pub(crate) async fn work(&mut self, at: usize) -> Result<String> {
        let shown = self.shown_code(at)?;
        let unit = self.units.get(at).context("a unit")?;
        let membership = unit.open()?;
        let mut worker = Worker {
            dice: &mut self.dice,
            next_id: &mut self.next_id,
            known: &mut self.known,
            lease_points_max: self.swarm.lease_points_max,
            shown,
        };
        let Some(done) = unit.mortal(worker.work(unit, &membership)).await else {
            return self.revive(at).await;
        };
        let Some(done) = done else {
            return Ok("idle".to_owned());
        };
        drop(membership);
        let kind = done.command.kind().as_str();
        match done.result {
            Ok(submitted) => {
                self.promised(at, &done.command, &submitted, None)?;
                let unit = self.unit(at)?;
                unit.tell(Event::Enqueued);
                let class = submitted.outcome.class;
                Ok(format!("{kind} {} {class:?}", submitted.device_seq))
            }
            Err(error) => {
                let code = error.code();
                self.uncertain(at);
                self.mend(at, &error).await?;
                Ok(format!("{kind} {code}"))
            }
        }
    }

    pub(crate) fn promised(
        &mut self,
        at: usize,
        command: &Command,
        submitted: &carrot_client::Submitted,
        left: Option<i64>,
    ) -> Result<()> {
        let id = submitted.command_id;
        let promise = Promise {
            device: self.unit(at)?.number,
            seq: submitted.device_seq,
            kind: command.kind().as_str(),
        };
        let before = self.hub.held().auditor.promises.insert(id, promise);
        if before.is_some() {
            self.broken(vec![("I5", format!("two commands have the id {id}"))]);
        }
        // A till that has not heard of its move sells where it stands, predicts it where it stood, and is
        // not told of it there.
        let unit = self.unit(at)?;
        let moved =
            unit.outlet().is_some() && unit.open()?.certificate().outlet_id != unit.outlet();
        let memory = self.memories.get_mut(at).context("a memory")?;
        match command {
            Command::GoalSet(goal) => {
                let shows = submitted.outcome.class == Class::Accepted;
                memory.goal = shows.then(|| (id, goal.reward.clone()));
            }
            Command::SaleRecord(sale)
                if submitted.outcome.class == Class::Accepted
                    && !moved
                    && sale.lines.iter().all(|line| line.unit_code.is_none()) =>
            {
                memory.sales.push((id, sale.sale_id));
            }
            Command::RewardRedeem(redeem) if matches!(redeem.cover, Cover::Lease { .. }) => {
                memory.given.push((id, redeem.cost_points));
                let given_away = submitted.outcome.class == Class::Accepted;
                if given_away && left.is_none_or(|left| left < redeem.cost_points) {
                    let detail = format!("{} points given away of {left:?}", redeem.cost_points);
                    self.broken(vec![("R2", detail)]);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The code that some member's phone of the same programme shows.
    pub(crate) fn shown_code(&mut self, at: usize) -> Result<Option<(Uuid, String)>> {
        let cast = self.unit(at)?.cast;
        let phones: Vec<usize> = (0..self.units.len())
            .filter(|other| {
                self.units.get(*other).is_some_and(|unit| {
                    let buyer = |person| (0..3).any(|at| cast.buyer(at) == person);
                    matches!(unit.role, Role::Phone(person) if buyer(person))
                })
            })
            .collect();
        let Some(phone) = self.dice.pick(&phones).copied() else {
            return Ok(None);
        };
        let unit = self.unit(phone)?;
        let Role::Phone(person) = unit.role else {
            return Ok(None);
        };
        let code = unit.open()?.rotating_code();
        Ok(code.ok().map(|code| (person, code)))
    }
}
