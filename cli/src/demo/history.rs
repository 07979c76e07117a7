//! Plans the month: events whose points come to exactly what `history.json` says.

mod extras;
mod people;

use std::collections::{BTreeMap, VecDeque};

use anyhow::Context as _;
use carrot_rules::Command;
use carrot_rules::command::{BuyerRef, SaleLine, SaleRecord};
use uuid::Uuid;

use super::dice::Dice;
use super::goods;
use super::plan::{Event, Phase, Plan, Prints, Sender, What};
use super::world::World;

/// A code that was claimed while planning.
pub(super) struct Claimed {
    day: i64,
    code: String,
    seller: String,
    outlet: String,
}

/// The plan while it grows.
pub(super) struct Planner<'a> {
    pub world: &'a World,
    pub dice: Dice,
    pub events: Vec<Event>,
    pub notes: Vec<String>,
    pub prints: Prints,
    /// Unused codes by series.
    pub pools: BTreeMap<String, VecDeque<String>>,
    pub claimed: Vec<Claimed>,
    /// Points earned by person and day.
    pub earned: BTreeMap<(String, i64), i64>,
    /// Baskets by outlet and day.
    baskets: BTreeMap<(String, i64), i64>,
    counter: u64,
}

/// The series whose codes are bound to an outlet, with the one that is free.
const SERIES: [&str; 4] = ["duo-aarhus", "duo-poznan", "duo-lviv", "duo-open"];

/// Plans the month.
pub async fn plan(world: &mut World) -> anyhow::Result<Plan> {
    let mut pools = BTreeMap::new();
    for series in SERIES {
        pools.insert(
            series.to_owned(),
            VecDeque::from(world.codes(series).await?),
        );
    }
    let mut planner = Planner {
        world,
        dice: Dice::new(world.history.seed),
        events: Vec::new(),
        notes: Vec::new(),
        prints: Prints::default(),
        pools,
        claimed: Vec::new(),
        earned: BTreeMap::new(),
        baskets: BTreeMap::new(),
        counter: 0,
    };
    planner.lessons()?;
    planner.duos()?;
    planner.seller_bags()?;
    planner.buyer_bags()?;
    planner.returns()?;
    planner.rejections()?;
    planner.visits()?;
    planner.wishes()?;
    planner.rewards()?;
    planner.strangers()?;
    planner.prints()?;
    planner.unreplayed();
    let Planner {
        mut events,
        notes,
        prints,
        ..
    } = planner;
    events.sort_by(|a, b| {
        (a.day, a.phase, &a.sender, a.at_ms).cmp(&(b.day, b.phase, &b.sender, b.at_ms))
    });
    Ok(Plan {
        events,
        notes,
        prints,
    })
}

impl Planner<'_> {
    /// A number that no earlier call gave, as an id.
    pub fn fresh(&mut self, what: &str) -> Uuid {
        self.counter += 1;
        Uuid::new_v5(
            &self.world.programme,
            format!("demo:{what}:{}", self.counter).as_bytes(),
        )
    }

    /// A day of the last ones, weekends weighing more.
    pub fn some_day(&mut self, first: i64, last: i64) -> i64 {
        let days: Vec<i64> = (first..=last).collect();
        let peak = self.world.history.weekend_peak_bp;
        let weight = |day: &i64| {
            if self.world.days.is_weekend(*day) {
                peak
            } else {
                10_000
            }
        };
        let weights: Vec<i64> = days.iter().map(weight).collect();
        let index = self.dice.weighted(&weights);
        days.get(index).copied().unwrap_or(last)
    }

    /// An instant while the outlet is open.
    pub fn open_ms(&mut self, outlet: &str, day: i64) -> anyhow::Result<i64> {
        let minute = self.dice.between(9 * 60, 19 * 60 + 30);
        let spread_ms = self.dice.below(60_000);
        Ok(self
            .world
            .days
            .instant_ms(day, minute, self.world.zone(outlet))?
            + spread_ms)
    }

    /// Counts points that a person earns on a day.
    pub fn earn(&mut self, person: &str, day: i64, points: i64) {
        *self.earned.entry((person.to_owned(), day)).or_default() += points;
    }

    /// Plans an event of a person's phone.
    pub fn by_phone(
        &mut self,
        person: &str,
        outlet: &str,
        day: i64,
        phase: Phase,
        at_ms: i64,
        what: What,
    ) {
        self.events.push(Event {
            day,
            phase,
            sender: Sender::Phone(person.to_owned()),
            at_ms,
            actor: self.world.person(person),
            outlet: self.world.outlet(outlet),
            what,
            expect: "ok",
        });
    }

    /// Plans a sale at an outlet's till; answers its id.
    pub fn sale(
        &mut self,
        outlet: &str,
        day: i64,
        seller: Option<&str>,
        buyer: Option<&str>,
        lines: Vec<SaleLine>,
    ) -> anyhow::Result<Uuid> {
        let at_ms = self.open_ms(outlet, day)?;
        self.sale_at(outlet, day, at_ms, (seller, buyer), lines, None)
    }

    /// The same at an instant, with a receipt.
    pub fn sale_at(
        &mut self,
        outlet: &str,
        day: i64,
        at_ms: i64,
        (seller, buyer): (Option<&str>, Option<&str>),
        lines: Vec<SaleLine>,
        receipt_key: Option<String>,
    ) -> anyhow::Result<Uuid> {
        let known = self
            .world
            .outlets
            .get(outlet)
            .with_context(|| format!("no outlet {outlet}"))?;
        let buyer = match buyer.and_then(|code| self.world.people.get(code)) {
            Some(line) => {
                let hash =
                    carrot_server::secrets::contact_hash(&self.world.contact_key, &line.phone)?;
                Some(BuyerRef::Contact { hash })
            }
            None => None,
        };
        let sale_id = self.fresh("sale");
        let sale = SaleRecord {
            sale_id,
            buyer,
            seller: seller.map(|code| self.world.person(code)),
            lines,
            currency: known.currency.clone(),
            receipt_key,
            part_pay_points: None,
            invoice: None,
        };
        self.events.push(Event {
            day,
            phase: Phase::Tills,
            sender: Sender::Till(outlet.to_owned()),
            at_ms,
            actor: self.world.at_till(outlet, None)?,
            outlet: known.id,
            what: What::Command(Command::SaleRecord(sale)),
            expect: "ok",
        });
        *self.baskets.entry((outlet.to_owned(), day)).or_default() += 1;
        Ok(sale_id)
    }

    /// Fills each outlet's days up with baskets of people whom nobody knows.
    fn strangers(&mut self) -> anyhow::Result<()> {
        let world = self.world;
        for (outlet, per_day) in &world.history.sales_per_day {
            let known = world
                .outlets
                .get(outlet)
                .with_context(|| format!("no outlet {outlet}"))?;
            for day in -world.history.days..0 {
                let rate_bp = if world.days.is_weekend(day) {
                    world.history.weekend_peak_bp
                } else {
                    10_000
                };
                let wanted = carrot_rules::amount::times_bp(*per_day, rate_bp)?;
                let made = self
                    .baskets
                    .get(&(outlet.clone(), day))
                    .copied()
                    .unwrap_or(0);
                for _ in made..wanted {
                    let lines = goods::basket(world, known, &mut self.dice);
                    self.sale(outlet, day, None, None, lines)?;
                }
            }
        }
        Ok(())
    }

    /// The next unused code that may be claimed at an outlet.
    pub fn code_for(&mut self, outlet: &str) -> anyhow::Result<String> {
        let bound = match outlet {
            "elk-aarhus" => "duo-aarhus",
            "zie-poznan" => "duo-poznan",
            "kav-lviv" => "duo-lviv",
            _ => "duo-open",
        };
        let pool = self
            .pools
            .get_mut(bound)
            .with_context(|| format!("no series {bound}"))?;
        pool.pop_front()
            .with_context(|| format!("the series {bound} has no code left"))
    }
}
