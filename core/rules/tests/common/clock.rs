//! The world's books with their lots, and its clock.

use carrot_rules::command::{Command, DueRun};
use carrot_rules::decide::Context;
use carrot_rules::ledger::{Account, LotId, Stamp, Transfer, Unit};
use carrot_rules::outcome::{Due, Outcome, transfer_id};
use uuid::Uuid;

use super::{CASHIER, World, id};

impl World {
    /// Books the transfers, lot by lot. Balances that a test gave by hand are opened first.
    pub(super) fn post(&mut self, outcome: &Outcome, context: &Context) {
        let mut opening = Transfer::of("opening");
        for (account, balance) in &self.balances {
            let lacks = balance - self.books.balance(*account, Unit::Points);
            opening = opening.leg(*account, lacks);
        }
        let opening = opening.finish().unwrap();
        let mut all = vec![(id(self.next << 64), opening)];
        for transfer in &outcome.transfers {
            assert!(transfer.balanced(), "{transfer:?}");
        }
        let real = outcome
            .transfers
            .iter()
            .filter(|transfer| !transfer.legs.is_empty());
        let named = |(number, transfer): (usize, &Transfer)| {
            (transfer_id(context.command_id, number), transfer.clone())
        };
        all.extend(real.enumerate().map(named));
        for (transfer_id, transfer) in all
            .into_iter()
            .filter(|(_, transfer)| !transfer.legs.is_empty())
        {
            let stamp = Stamp {
                transfer_id,
                command: if transfer.purpose == "opening" {
                    transfer_id
                } else {
                    context.command_id
                },
                occurred_ms: context.occurred_ms,
                recorded_ms: context.now_ms,
            };
            self.books.post(&stamp, &transfer).unwrap();
        }
    }

    pub(super) fn lot_left(&self, account: Account, lot: LotId) -> i64 {
        let mut lots = self.books.lots(account, Unit::Points);
        lots.find(|open| open.id == lot).map_or(0, |open| open.left)
    }

    /// Runs everything that is due, until nothing is. Answers what was run, with how it ended.
    pub fn run_due(&mut self) -> Vec<(String, Outcome)> {
        let mut done = Vec::new();
        for _ in 0..1_000 {
            let now_ms = self.now_ms;
            let due = self
                .dues
                .values()
                .find(|due| due.at_ms.is_some_and(|at_ms| at_ms <= now_ms));
            let Some(due) = due.cloned() else { return done };
            self.dues.remove(&due.key);
            let outcome = self.run_item(&due);
            done.push((due.key, outcome));
        }
        panic!("what is due never ends");
    }

    /// Gives the command for one item.
    pub fn run_item(&mut self, due: &Due) -> Outcome {
        let command = Command::DueRun(DueRun {
            kind: due.kind.clone(),
            subject: due.subject.clone(),
            due_ms: due.at_ms.unwrap_or(0),
        });
        let context = self.clock_context();
        self.run(&command, &context)
    }

    /// The context of a command that the clock gives.
    pub fn clock_context(&mut self) -> Context {
        Context {
            device: Uuid::nil(),
            actor: Uuid::nil(),
            outlet: None,
            ..self.context(CASHIER)
        }
    }
}
