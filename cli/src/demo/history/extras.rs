//! What happens besides selling: a return, refused claims, visits, wishes, rewards; and what is printed.

use anyhow::Context as _;
use carrot_rules::Command;
use carrot_rules::command::{ClaimSubmit, Evidence, GoalSet, SaleLine, SaleVoid};
use serde::Deserialize;

use super::super::files::{self, RouteLine, TrapLine, WishLine};
use super::super::goods::{self, DUO};
use super::super::plan::{Event, Phase, Sender, What};
use super::Planner;
use super::people::first_outlet;

/// How many unused codes the sheet shows.
const UNUSED_SHOWN: usize = 6;
/// A till's number at the tax service, as receipts of the demo name it.
const REGISTER: &str = "4000412075";

#[derive(Deserialize)]
struct TaskLine {
    code: String,
    checklist: Vec<ItemLine>,
}

#[derive(Deserialize)]
struct ItemLine {
    code: String,
}

#[derive(Deserialize)]
struct RewardLine {
    code: String,
    cost_points: i64,
}

impl Planner<'_> {
    /// A Duo that is brought back: the till cancels its sale within the day that rules allow.
    pub(super) fn returns(&mut self) -> anyhow::Result<()> {
        for event in &self.world.history.return_events {
            let outlet = self
                .world
                .outlets
                .get(&event.outlet)
                .with_context(|| format!("no outlet {}", event.outlet))?;
            let line = goods::line(self.world, outlet, DUO, 1);
            let zone = &outlet.time_zone;
            let sold_ms = self
                .world
                .days
                .instant_ms(event.sold_day, 17 * 60 + 12, zone)?;
            let parties = (Some(event.participant.as_str()), None);
            let sale_id = self.sale_at(
                &event.outlet,
                event.sold_day,
                sold_ms,
                parties,
                vec![line],
                None,
            )?;
            self.events.push(Event {
                day: event.sold_day + 1,
                phase: Phase::Tills,
                sender: Sender::Till(event.outlet.clone()),
                at_ms: self
                    .world
                    .days
                    .instant_ms(event.sold_day + 1, 10 * 60 + 40, zone)?,
                actor: self.world.at_till(&event.outlet, None)?,
                outlet: outlet.id,
                what: What::Command(Command::SaleVoid(SaleVoid { sale_id })),
                expect: "ok",
            });
            self.notes.push(format!(
                "the return of {}'s Duo is a cancellation on the day after its sale: later returns have no command yet",
                event.participant
            ));
        }
        Ok(())
    }

    /// Claims that are refused: one of a code that somebody else has claimed, one that a reviewer refuses.
    pub(super) fn rejections(&mut self) -> anyhow::Result<()> {
        for event in &self.world.history.rejection_events {
            let used = event.reason == "used_code";
            let code = if used {
                let found = self.claimed.iter().find(|known| {
                    known.outlet == event.outlet
                        && known.seller != event.participant
                        && known.day <= event.day
                });
                found
                    .with_context(|| {
                        format!("nobody has claimed a code at {} before", event.outlet)
                    })?
                    .code
                    .clone()
            } else {
                // A code that was shipped to another outlet goes to review.
                self.code_for("elk-aarhus")?
            };
            let at_ms = self.world.days.instant_ms(
                event.day,
                20 * 60 + 5,
                self.world.zone(&event.outlet),
            )?;
            let claim_id = self.fresh("claim");
            let evidence = Evidence::Code {
                code,
                product: Some(DUO.to_owned()),
            };
            let claim = What::Command(Command::ClaimSubmit(ClaimSubmit { claim_id, evidence }));
            self.by_phone(
                &event.participant,
                &event.outlet,
                event.day,
                Phase::Evening,
                at_ms,
                claim,
            );
            if let Some(planned) = self.events.last_mut().filter(|_| used) {
                planned.expect = "already_claimed";
            }
        }
        Ok(())
    }

    /// The merchandiser's visits: yesterday's route, and before it two outlets on every third day.
    pub(super) fn visits(&mut self) -> anyhow::Result<()> {
        let tasks: Vec<TaskLine> = files::json("tasks.json")?;
        let task = tasks.into_iter().next().context("there is no task")?;
        let items: Vec<String> = task.checklist.into_iter().map(|item| item.code).collect();
        let routes: Vec<RouteLine> = files::rows("routes.csv")?;
        for route in routes.iter().filter(|route| route.day_offset == -1) {
            let stop = format!(
                "{}:{}:{}",
                route.merchandiser,
                self.world.days.day(-1),
                route.order
            );
            let minute = 8 * 60 + 30 + 80 * (route.order - 1);
            self.visit(
                &route.merchandiser,
                &route.outlet,
                (-1, minute),
                Some(stop),
                (&task.code, &items),
            )?;
        }
        let who = routes
            .first()
            .context("there is no route")?
            .merchandiser
            .clone();
        let outlets: Vec<&String> = self.world.outlets.keys().collect();
        for (number, day) in (-self.world.history.days + 2..-2).step_by(3).enumerate() {
            for turn in 0..2 {
                let outlet = outlets
                    .get((2 * number + turn) % outlets.len().max(1))
                    .context("there is no outlet")?;
                let minute = 9 * 60 + 140 * i64::try_from(turn)?;
                self.visit(&who, outlet, (day, minute), None, (&task.code, &items))?;
            }
        }
        Ok(())
    }

    fn visit(
        &mut self,
        who: &str,
        outlet: &str,
        (day, minute): (i64, i64),
        stop: Option<String>,
        (task, items): (&str, &[String]),
    ) -> anyhow::Result<()> {
        let at_ms = self
            .world
            .days
            .instant_ms(day, minute, self.world.zone(outlet))?;
        let what = What::Visit {
            stop,
            task: task.to_owned(),
            items: items.to_vec(),
        };
        self.by_phone(who, outlet, day, Phase::Phones, at_ms, what);
        Ok(())
    }

    /// People set the reward that they save for.
    pub(super) fn wishes(&mut self) -> anyhow::Result<()> {
        let wishes: Vec<WishLine> = files::rows("wishes.csv")?;
        for wish in wishes {
            let outlet = match first_outlet(self, &wish.participant) {
                Ok(outlet) => outlet,
                Err(_) => "elk-aarhus".to_owned(),
            };
            let day = self.dice.between(-12, -5);
            let minute = self.dice.between(8 * 60, 21 * 60);
            let at_ms = self
                .world
                .days
                .instant_ms(day, minute, self.world.zone(&outlet))?;
            let goal = Command::GoalSet(GoalSet {
                reward: Some(wish.reward),
            });
            self.by_phone(
                &wish.participant,
                &outlet,
                day,
                Phase::Phones,
                at_ms,
                What::Command(goal),
            );
        }
        Ok(())
    }

    /// Rewards are bought soon after there are points for them.
    pub(super) fn rewards(&mut self) -> anyhow::Result<()> {
        let prices: Vec<RewardLine> = files::rows("rewards.csv")?;
        let opening = &self.world.history.opening;
        let mut turns = std::collections::BTreeMap::new();
        for line in opening.sellers.iter().chain(&opening.buyers) {
            let outlet = match first_outlet(self, &line.participant) {
                Ok(outlet) => outlet,
                Err(_) => self.outlet_of_buyer(&line.participant, &mut turns)?,
            };
            let mut spent = 0;
            for reward in &line.redeemed {
                let price = prices.iter().find(|price| price.code == *reward);
                let cost_points = price
                    .with_context(|| format!("no reward {reward}"))?
                    .cost_points;
                let soonest = self.day_with(&line.participant, spent + cost_points)?;
                let day = (soonest + self.dice.below(4)).min(-1);
                self.redeem(&line.participant, &outlet, day, reward, cost_points)?;
                spent += cost_points;
            }
        }
        Ok(())
    }

    /// The first day on whose evening a person has earned so many points.
    fn day_with(&self, person: &str, points: i64) -> anyhow::Result<i64> {
        let mut sum = 0;
        for ((who, day), earned) in &self.earned {
            if who == person {
                sum += earned;
                if sum >= points {
                    return Ok(*day);
                }
            }
        }
        anyhow::bail!("history.json: {person} never has {points} points to spend")
    }

    fn redeem(
        &mut self,
        person: &str,
        outlet: &str,
        day: i64,
        reward: &str,
        cost_points: i64,
    ) -> anyhow::Result<()> {
        // At an instant of its own: a rotating code counts once.
        let spread_ms = self.dice.below(20 * 60_000);
        let at_ms = self
            .world
            .days
            .instant_ms(day, 19 * 60 + 35, self.world.zone(outlet))?
            + spread_ms;
        self.events.push(Event {
            day,
            phase: Phase::Rewards,
            sender: Sender::Till(outlet.to_owned()),
            at_ms,
            actor: self.world.at_till(outlet, Some(person))?,
            outlet: self.world.outlet(outlet),
            what: What::Redeem {
                person: person.to_owned(),
                reward: reward.to_owned(),
                cost_points,
            },
            expect: "ok",
        });
        Ok(())
    }

    /// The receipt of a sale with a warranty code, printed on the sheet of traps; answers its key.
    pub(super) fn print_receipt(
        &mut self,
        line: &SaleLine,
        day: i64,
        at_ms: i64,
        outlet: &str,
    ) -> anyhow::Result<String> {
        let zone = jiff::tz::TimeZone::get(self.world.zone(outlet))?;
        let local = jiff::Timestamp::from_millisecond(at_ms)?.to_zoned(zone);
        let (whole, part) = (line.amount_minor / 100, line.amount_minor % 100);
        let text = format!(
            "https://cabinet.tax.gov.ua/cashregs/check?fn={REGISTER}&id={}&date={}&time={}&sm={whole}.{part:02}",
            700_000 - day,
            local.strftime("%Y%m%d"),
            local.strftime("%H%M%S"),
        );
        let key = match carrot_codes::parse(&text) {
            Ok(carrot_codes::Code::Receipt(receipt)) => receipt.receipt_key(),
            other => anyhow::bail!("the demo's receipt does not read: {other:?}"),
        };
        self.prints.receipt = (text, line.unit_code.clone().unwrap_or_default());
        Ok(key)
    }

    /// Chooses what the sheets show.
    pub(super) fn prints(&mut self) -> anyhow::Result<()> {
        let pool = self
            .pools
            .get("duo-aarhus")
            .context("no series duo-aarhus")?;
        self.prints.unused = pool.iter().rev().take(UNUSED_SHOWN).cloned().collect();
        anyhow::ensure!(
            !self.prints.receipt.1.is_empty(),
            "no sale has a receipt and a warranty code"
        );
        let used = self
            .claimed
            .iter()
            .find(|known| known.outlet == "elk-aarhus" && known.seller != "mette");
        self.prints.used = used
            .context("nobody in Aarhus has claimed a code")?
            .code
            .clone();
        let traps: Vec<TrapLine> = files::rows("traps.csv")?;
        let foreign = traps.into_iter().find(|trap| trap.kind == "foreign_code");
        self.prints.foreign = foreign.context("traps.csv has no foreign code")?.text;
        Ok(())
    }

    /// Says what the files describe and no command exists for.
    pub(super) fn unreplayed(&mut self) {
        let history = &self.world.history;
        self.notes.push(format!(
            "{} lapse and {} unpaid invoices are left out: invoices have no command yet",
            history.lapse_events.len(),
            history.unpaid_invoices.len()
        ));
        self.notes
            .push("cheers and the question are left out: programmes have no wall yet".to_owned());
    }
}
