//! Points that wait: for the return window, for payment, for next month. The clock ends each of them,
//! and running it again, early or late changes nothing more.

mod common;

use carrot_rules::command::Command;
use carrot_rules::entity::{Activity, ONLY, Outlet, Promise, PromiseState};
use carrot_rules::ledger::{Account, LotClass, Unit};
use carrot_rules::outcome::{Class, Outcome};
use carrot_rules::ruleset::{Budget, Credit, Effect, PegRate, Rule, Who, ZoneStep};
use common::*;

const DAY_MS: i64 = 24 * HOUR_MS;

/// Ten points for the seller of anything, on these terms.
fn bonus(credit: Credit) -> Rule {
    Rule {
        credit,
        ..Rule::of_sale("bonus", Who::Seller, Effect::Fixed { points: 10 })
    }
}

/// A programme whose sellers get 10 points on these terms beside the 120 of the price list.
fn world(rule: Rule) -> World {
    let mut world = World::new();
    let mut set = rules();
    set.rules.push(rule);
    world.put(ONLY, &set);
    world
}

fn sell(world: &mut World, number: u128) -> Outcome {
    let context = world.context(CASHIER);
    world.run(
        &Command::SaleRecord(sale(number, vec![line(DUO, 1)])),
        &context,
    )
}

fn promise(world: &World) -> Promise {
    let mut all = world.all::<Promise>();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn activity(world: &World, id: &str) -> Activity {
    world.get(id).expect("a line of history")
}

#[test]
fn f029_points_after_the_return_window_come_by_themselves() {
    let mut world = world(bonus(Credit::AfterReturnWindow { days: 14 }));
    let outcome = sell(&mut world, 50);
    let until_ms = START_MS + 14 * DAY_MS;
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 10));
    let pending = &outcome.awards[1].pending;
    assert_eq!(pending[0].code, "awaits_return_window");
    assert_eq!(pending[0].params["until_ms"], until_ms);
    let waiting = promise(&world);
    assert_eq!(activity(&world, &waiting.id).state, "pending");

    world.now_ms = until_ms - 1;
    assert!(world.run_due().is_empty());
    let due = world.dues.values().next().expect("a due item").clone();
    let early = world.run_item(&due);
    assert_eq!(
        (early.class, early.code.as_str()),
        (Class::Rejected, "nothing_due")
    );

    world.now_ms = until_ms;
    assert_eq!(world.run_due().len(), 1);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (130, 0));
    let kept = activity(&world, &waiting.id);
    assert_eq!((kept.state.as_str(), kept.because.len()), ("active", 0));
    assert_eq!(promise(&world).state, PromiseState::Kept);

    let again = world.run_item(&due);
    assert_eq!(again.code, "nothing_due");
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (130, 0));
}

#[test]
fn f029_next_months_credit_comes_at_local_midnight_of_its_day() {
    let mut world = world(bonus(Credit::NextMonth { day: 3 }));
    let mut set: carrot_rules::RuleSet = world.get(ONLY).unwrap();
    set.zone = vec![ZoneStep {
        from_ms: 0,
        offset_s: 7_200,
    }];
    world.put(ONLY, &set);
    // 21 September 2026, 14:13:20 UTC; local midnight of 3 October is 22:00 UTC of the 2nd.
    sell(&mut world, 50);
    let october_3_ms = 1_790_978_400_000;
    let due = world.dues.values().next().unwrap();
    assert_eq!(due.at_ms, Some(october_3_ms));
    world.now_ms = october_3_ms - 1;
    world.run_due();
    assert_eq!(world.pending(SELLER), 10);
    world.now_ms = october_3_ms;
    world.run_due();
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (130, 0));
}

#[test]
fn f030_what_a_seller_owes_is_kept_back_up_to_its_share() {
    let mut world = World::new();
    let mut set = rules();
    set.clawback.share_bp_max = 5_000;
    world.put(ONLY, &set);
    world.balances.insert(Account::Clawback(id(SELLER)), -100);
    world.balances.insert(Account::Redeemed, 100);
    let outcome = sell(&mut world, 50);
    assert_eq!(world.active(SELLER), 60);
    assert_eq!(world.balance(Account::Clawback(id(SELLER))), -40);
    let line = activity(&world, &format!("{}:seller", outcome_command(&world)));
    assert_eq!((line.state.as_str(), line.points), ("active", 120));
    assert_eq!(line.because[0].code, "paid_back");
    assert_eq!(line.because[0].params["points"], 60);
    assert!(outcome.awards[0].pending.is_empty());
    sell(&mut world, 51);
    assert_eq!(world.active(SELLER), 60 + 80);
    assert_eq!(world.balance(Account::Clawback(id(SELLER))), 0);
}

/// The command that made the newest sale.
fn outcome_command(world: &World) -> String {
    let mut lines = world.all::<Activity>();
    lines.sort_by_key(|line| line.command_id);
    lines.last().expect("a line").command_id.to_string()
}

#[test]
fn f030_a_kept_promise_pays_back_what_is_owed_then() {
    let mut world = world(bonus(Credit::AfterReturnWindow { days: 1 }));
    sell(&mut world, 50);
    world.balances.insert(Account::Clawback(id(SELLER)), -4);
    *world.balances.get_mut(&Account::Issuance).unwrap() += 4;
    world.now_ms += DAY_MS;
    world.run_due();
    assert_eq!(world.active(SELLER), 120 + 6);
    assert_eq!(world.balance(Account::Clawback(id(SELLER))), 0);
    let line = activity(&world, &promise(&world).id);
    assert_eq!(line.because[0].params["points"], 4);
}

#[test]
fn a_budget_pays_its_award_and_the_tax_on_it_and_the_lot_says_everything() {
    let mut world = World::new();
    let mut set = rules();
    let budget = "spring".parse().unwrap();
    set.budgets = vec![Budget {
        id: budget,
        points: 100,
        funder: Some("acme".parse().unwrap()),
        gross_up_bp: 3_333,
    }];
    set.peg = vec![PegRate {
        from_ms: 0,
        currency: "DKK".to_owned(),
        minor_per_point_micro: 7_500_000,
    }];
    set.rules.push(Rule {
        budget: Some(budget),
        expires_days: Some(30),
        ..bonus(Credit::Now)
    });
    world.put(ONLY, &set);
    world.put(&id(SHOP).to_string(), &outlet());
    world.balances.insert(Account::Budget(budget), 100);
    world.balances.insert(Account::Issuance, -100);
    sell(&mut world, 50);
    // 10 points and ceil(10 x 0.3333) = 4 for tax.
    assert_eq!(world.balance(Account::Budget(budget)), 86);
    assert_eq!(world.balance(Account::TaxReserve), 4);
    let lots: Vec<_> = world
        .books
        .lots(Account::active(id(SELLER)), Unit::Points)
        .collect();
    let lot = world.books.lot(lots[0].id).unwrap();
    let terms = lot.terms.as_ref().unwrap();
    assert_eq!((lots[0].left, terms.origin.as_str()), (10, "bonus"));
    assert_eq!(terms.funder, Some("acme".parse().unwrap()));
    assert_eq!(terms.class, LotClass::SellerIncentive);
    assert_eq!(
        (terms.unit_cost_micro, terms.currency),
        (7_500_000, Some("DKK".parse().unwrap()))
    );
    assert_eq!(terms.country, Some("DK".parse().unwrap()));
    assert_eq!(terms.expires_ms, Some(START_MS + 30 * DAY_MS));
    let plain = world.books.lot(lots[1].id).unwrap().terms.clone().unwrap();
    assert_eq!(
        (plain.origin.as_str(), plain.expires_ms),
        ("price_list", None)
    );
}

fn outlet() -> Outlet {
    Outlet {
        id: id(SHOP),
        code: "shop".to_owned(),
        partner: "north".to_owned(),
        name: "Shop".to_owned(),
        address: String::new(),
        city: String::new(),
        country: "DK".to_owned(),
        currency: "DKK".to_owned(),
        time_zone: "UTC".to_owned(),
        latitude_e6: 0,
        longitude_e6: 0,
        online: true,
        owner: None,
    }
}

#[test]
fn f030_a_lot_that_nobody_spent_in_time_expires_and_says_so() {
    let mut world = world(Rule {
        expires_days: Some(30),
        ..bonus(Credit::Now)
    });
    sell(&mut world, 50);
    assert_eq!(world.active(SELLER), 130);
    world.now_ms += 30 * DAY_MS - 1;
    assert!(world.run_due().is_empty());
    world.now_ms += 1;
    let due = world.dues.values().next().unwrap().clone();
    world.run_due();
    assert_eq!(world.active(SELLER), 120);
    assert_eq!(world.balance(Account::Expired), 10);
    let lines = world.all::<Activity>();
    let line = lines.iter().find(|line| line.kind == "expiry").unwrap();
    assert_eq!((line.state.as_str(), line.points), ("expired", -10));
    assert_eq!(world.run_item(&due).code, "nothing_due");
    assert_eq!(world.active(SELLER), 120);
}

#[test]
fn a_lot_in_a_promise_expires_only_after_the_promise() {
    let mut world = world(Rule {
        expires_days: Some(5),
        ..bonus(Credit::AfterReturnWindow { days: 14 })
    });
    sell(&mut world, 50);
    world.now_ms += 5 * DAY_MS;
    world.run_due();
    assert_eq!(
        (world.pending(SELLER), world.balance(Account::Expired)),
        (10, 0)
    );
    for _ in 0..10 {
        world.now_ms += DAY_MS;
        world.run_due();
    }
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
    assert_eq!(world.balance(Account::Expired), 10);
    assert!(world.dues.is_empty(), "{:?}", world.dues);
}

#[test]
fn nobody_but_the_clock_runs_what_is_due() {
    let mut world = world(bonus(Credit::AfterReturnWindow { days: 1 }));
    sell(&mut world, 50);
    world.now_ms += 2 * DAY_MS;
    let due = world.dues.values().next().unwrap().clone();
    let command = Command::DueRun(carrot_rules::command::DueRun {
        kind: due.kind,
        subject: due.subject,
        due_ms: 0,
    });
    let context = world.context(CASHIER);
    assert_eq!(world.run(&command, &context).code, "not_permitted");
    assert_eq!(world.pending(SELLER), 10);
}

#[test]
fn a_shops_own_pot_waits_and_is_kept_like_a_persons() {
    let rule = Rule {
        to: carrot_rules::ruleset::Share::all(Who::Shop),
        ..bonus(Credit::AfterReturnWindow { days: 1 })
    };
    let mut world = world(rule);
    sell(&mut world, 50);
    let pot = |world: &World, pot| world.balance(Account::Outlet(id(SHOP), pot));
    assert_eq!(pot(&world, carrot_rules::Pot::Pending), 10);
    assert_eq!(promise(&world).to.id(), id(SHOP));
    world.now_ms += DAY_MS;
    world.run_due();
    assert_eq!(pot(&world, carrot_rules::Pot::Active), 10);
    let line = activity(&world, &promise(&world).id);
    assert_eq!(
        (line.participant, line.state.as_str()),
        (id(SHOP), "active")
    );
}
