//! Random streams of sales, returns, payments, credit notes, holds and days: what was awarded is what
//! was kept, waits, lapsed or went back; a repetition changes nothing; one person's events do not
//! change another's.

mod common;

use std::collections::BTreeMap;

use carrot_rules::command::{
    Command, Cover, HoldCapture, HoldPlace, HoldRelease, PaymentKind, PaymentRecord, ReturnLine,
    SaleReturn,
};
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::{ONLY, Participant, Promise, PromiseState, Sale};
use carrot_rules::ledger::{Account, Name};
use carrot_rules::outcome::Class;
use carrot_rules::ruleset::{Budget, Credit, Effect, Rule, Who};
use common::*;
use proptest::prelude::*;

const DAY_MS: i64 = 24 * HOUR_MS;
const MANAGER: u128 = 7;
const BUDGET_POINTS: i64 = 300;

fn budget() -> Name {
    "spring".parse().unwrap()
}

/// Rules of every kind of credit, one of them from a budget with tax, some with an expiry.
fn world(points_max: i64) -> World {
    let mut world = World::new();
    let mut set = rules();
    set.clawback.points_max = points_max;
    set.clawback.share_bp_max = 7_000;
    set.budgets = vec![Budget {
        id: budget(),
        points: BUDGET_POINTS,
        funder: None,
        gross_up_bp: 3_333,
    }];
    let terms = [
        ("window", Credit::AfterReturnWindow { days: 14 }, None),
        ("paid", Credit::WhenPaid { days: 30 }, Some(90)),
        ("month", Credit::NextMonth { day: 3 }, None),
        ("soon", Credit::Now, Some(20)),
    ];
    for (number, (name, credit, expires_days)) in (1..).zip(terms) {
        set.rules.push(Rule {
            credit,
            expires_days,
            budget: (name == "paid").then(budget),
            ..Rule::of_sale(name, Who::Seller, Effect::PerUnit { points: 7 * number })
        });
    }
    world.put(ONLY, &set);
    let mut manager: Participant = world.get(&id(CASHIER).to_string()).unwrap();
    manager.id = id(MANAGER);
    "manager".clone_into(&mut manager.role);
    world.put(&id(MANAGER).to_string(), &manager);
    world
        .balances
        .insert(Account::Budget(budget()), BUDGET_POINTS);
    world.balances.insert(Account::Issuance, -BUDGET_POINTS);
    world
}

/// What a person does; numbers name their own sales, holds and payments.
#[derive(Debug, Clone)]
enum Act {
    Sell {
        pieces: i64,
        products: bool,
    },
    Return {
        sale: u128,
        line: usize,
        pieces: i64,
    },
    Void {
        sale: u128,
    },
    Pay {
        sale: u128,
        part: i64,
        credit: bool,
    },
    Hold {
        points: i64,
    },
    Capture {
        hold: u128,
        points: i64,
    },
    Release {
        hold: u128,
    },
    Redeem,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1..4_i64, any::<bool>()).prop_map(|(pieces, products)| Act::Sell { pieces, products }),
        3 => (0..6_u128, 0..3_usize, 1..3_i64)
            .prop_map(|(sale, line, pieces)| Act::Return { sale, line, pieces }),
        1 => (0..6_u128).prop_map(|sale| Act::Void { sale }),
        3 => (0..6_u128, 1..4_i64, any::<bool>())
            .prop_map(|(sale, part, credit)| Act::Pay { sale, part, credit }),
        1 => (0..400_i64).prop_map(|points| Act::Hold { points }),
        1 => (0..3_u128, 0..200_i64).prop_map(|(hold, points)| Act::Capture { hold, points }),
        1 => (0..3_u128).prop_map(|hold| Act::Release { hold }),
        1 => Just(Act::Redeem),
    ]
}

/// One person's numbering: the same acts are the same commands wherever they stand among others'.
#[derive(Clone)]
struct Person {
    who: u128,
    base: u128,
    acts: u128,
    sales: Vec<u128>,
    holds: Vec<u128>,
}

impl Person {
    fn new(who: u128) -> Self {
        Self {
            who,
            base: who * 100_000,
            acts: 0,
            sales: Vec::new(),
            holds: Vec::new(),
        }
    }

    fn sale(&self, back: u128) -> u128 {
        let place = usize::try_from(back).unwrap() % self.sales.len().max(1);
        self.sales.get(place).copied().unwrap_or(self.base)
    }

    fn hold(&self, back: u128) -> u128 {
        let place = usize::try_from(back).unwrap() % self.holds.len().max(1);
        self.holds.get(place).copied().unwrap_or(self.base)
    }

    fn of_hold(&mut self, act: &Act, number: u128, now_ms: i64) -> Command {
        match act {
            Act::Hold { points } => {
                let place = HoldPlace {
                    hold_id: id(number),
                    participant: id(self.who),
                    points: *points,
                    reference: "web".to_owned(),
                    expires_ms: now_ms + 3 * DAY_MS,
                    proof: None,
                };
                self.holds.push(number);
                Command::HoldPlace(place)
            }
            Act::Capture { hold, points } => {
                let hold_id = id(self.hold(*hold));
                let capture = HoldCapture {
                    hold_id,
                    points: *points,
                    capture_id: id(number),
                };
                Command::HoldCapture(capture)
            }
            Act::Release { hold } => {
                let hold_id = id(self.hold(*hold));
                Command::HoldRelease(HoldRelease { hold_id })
            }
            _ => unreachable!("not about a hold"),
        }
    }

    /// The command of an act, and who gives it.
    fn command(&mut self, act: &Act, now_ms: i64) -> (u128, Command) {
        self.acts += 1;
        let number = self.base + self.acts;
        match act {
            Act::Sell { pieces, products } => {
                let mut lines = vec![line(DUO, *pieces), line(DUO, 1)];
                if *products {
                    lines.push(line(BEANS, 2));
                }
                let mut basket = sale(number, lines);
                basket.seller = Some(id(self.who));
                self.sales.push(number);
                (CASHIER, Command::SaleRecord(basket))
            }
            Act::Return { sale, line, pieces } => {
                let back = SaleReturn {
                    return_id: id(number),
                    sale_id: id(self.sale(*sale)),
                    lines: vec![ReturnLine {
                        line: *line,
                        quantity_micro: pieces * 1_000_000,
                    }],
                    reason: String::new(),
                };
                (CASHIER, Command::SaleReturn(back))
            }
            Act::Void { sale } => (CASHIER, void(self.sale(*sale))),
            Act::Pay { sale, part, credit } => {
                let payment = PaymentRecord {
                    payment_id: id(number),
                    invoice: id(self.sale(*sale)).to_string(),
                    amount_minor: part * 10_000,
                    currency: "DKK".to_owned(),
                    kind: if *credit {
                        PaymentKind::CreditNote
                    } else {
                        PaymentKind::Payment
                    },
                    paid_ms: now_ms,
                };
                (CASHIER, Command::PaymentRecord(payment))
            }
            Act::Hold { .. } | Act::Capture { .. } | Act::Release { .. } => {
                (MANAGER, self.of_hold(act, number, now_ms))
            }
            Act::Redeem => {
                let mut spend = redeem(number, Cover::Online);
                spend.participant = id(self.who);
                (CASHIER, Command::RewardRedeem(spend))
            }
        }
    }
}

fn give(world: &mut World, person: &mut Person, act: &Act) -> Command {
    let (actor, command) = person.command(act, world.now_ms);
    let before = world.active(person.who);
    let outcome = again(world, person.who, actor, &command);
    if matches!(act, Act::Redeem) {
        assert!(outcome.awards.is_empty(), "redeeming earns nothing");
        assert!(world.active(person.who) <= before);
    }
    command
}

/// Gives a command once more, as it is.
fn again(
    world: &mut World,
    who: u128,
    actor: u128,
    command: &Command,
) -> carrot_rules::outcome::Outcome {
    let mut context = world.context(actor);
    if actor == MANAGER {
        context.outlet = None;
    }
    if let Command::RewardRedeem(spend) = command {
        context.proof = ProofCheck::Valid {
            participant: id(who),
            id: spend.redemption_id.to_string(),
        };
    }
    world.run(command, &context)
}

/// Everything that was ever awarded and neither lapsed nor went back.
fn net_awards(world: &World) -> i64 {
    let promises: BTreeMap<String, Promise> = world
        .all::<Promise>()
        .into_iter()
        .map(|promise| (promise.id.clone(), promise))
        .collect();
    let notes = world.all::<Sale>().into_iter().flat_map(|sale| sale.awards);
    notes
        .map(|note| match promises.get(&note.activity) {
            Some(promise) if promise.state == PromiseState::Lapsed => 0,
            Some(promise) => {
                let waits = promise.state == PromiseState::Open;
                assert_eq!(
                    promise.points,
                    if waits {
                        note.points - note.returned_points
                    } else {
                        0
                    }
                );
                note.points - note.returned_points
            }
            None => note.points - note.returned_points,
        })
        .sum()
}

fn check(world: &World) {
    let sources = world.balance(Account::Issuance)
        + world.balance(Account::Budget(budget()))
        + world.balance(Account::TaxReserve);
    // What was written off stays issued too, under a name of its own.
    assert_eq!(sources, -net_awards(world));
    for promise in world.all::<Promise>() {
        let due = world.dues.contains_key(&format!("promise:{}", promise.id));
        assert_eq!(due, promise.state == PromiseState::Open, "{promise:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn f030_awards_are_kept_wait_lapse_or_go_back_and_nothing_else(
        points_max in prop_oneof![Just(0_i64), Just(100), Just(1 << 50)],
        steps in proptest::collection::vec((act(), 0..3_u8, 0..9_i64), 1..40),
    ) {
        let mut world = world(points_max);
        let mut person = Person::new(SELLER);
        println!("proof tried={}", steps.len());
        for (act, often, days) in steps {
            let command = give(&mut world, &mut person, &act);
            check(&world);
            for _ in 0..often {
                let before = world.balances.clone();
                let actor = if matches!(act, Act::Hold { .. } | Act::Capture { .. } | Act::Release { .. }) {
                    MANAGER
                } else {
                    CASHIER
                };
                let outcome = again(&mut world, SELLER, actor, &command);
                prop_assert_ne!(outcome.class, Class::Accepted, "{:?} {}", command, outcome.code);
                prop_assert_eq!(&before, &world.balances);
            }
            world.now_ms += days * DAY_MS;
            let late: Vec<_> = world.dues.values().cloned().collect();
            for due in &late {
                // Early ones find nothing to do.
                if due.at_ms.is_some_and(|at_ms| at_ms > world.now_ms) {
                    prop_assert_eq!(world.run_item(due).code, "nothing_due");
                }
            }
            world.run_due();
            check(&world);
            let now_ms = world.now_ms;
            for due in late.iter().filter(|due| due.at_ms.is_some_and(|at_ms| at_ms <= now_ms)) {
                let before = world.balances.clone();
                world.run_item(due);
                prop_assert_eq!(&before, &world.balances, "{:?} ran twice", due);
            }
        }
        world.now_ms += 400 * DAY_MS;
        for _ in 0..40 {
            world.now_ms += DAY_MS;
            world.run_due();
        }
        check(&world);
        prop_assert_eq!(world.pending(SELLER), 0);
        prop_assert_eq!(world.balance(Account::reserved(id(SELLER))), 0);
        prop_assert!(world.dues.is_empty(), "{:?}", world.dues);
    }

    #[test]
    fn one_persons_events_do_not_change_anothers(
        mine in proptest::collection::vec(act(), 1..15),
        theirs in proptest::collection::vec(act(), 1..15),
        turns in proptest::collection::vec(any::<bool>(), 30),
    ) {
        let run = |turns: &[bool]| {
            let mut world = world(100);
            // A budget that is not used up does not tie people to each other.
            world.balances.insert(Account::Budget(budget()), 1_000_000);
            world.balances.insert(Account::Issuance, -1_000_000);
            let mut people = [Person::new(SELLER), Person::new(OTHER_SELLER)];
            let mut acts = [mine.iter(), theirs.iter()];
            for turn in turns.iter().map(|turn| usize::from(*turn)) {
                if let Some(act) = acts[turn].next() {
                    give(&mut world, &mut people[turn], act);
                }
            }
            for (turn, acts) in acts.into_iter().enumerate() {
                for act in acts {
                    give(&mut world, &mut people[turn], act);
                }
            }
            world.now_ms += 60 * DAY_MS;
            world.run_due();
            let mut balances = world.balances.clone();
            balances.retain(|_, points| *points != 0);
            balances
        };
        prop_assert_eq!(run(&turns), run(&[]));
    }
}
