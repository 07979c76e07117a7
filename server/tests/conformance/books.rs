//! Books: what cannot be spent twice, in which order points go, and what was true when.

use carrot_rules::command::Cover;
use carrot_rules::entity::{Activity, ONLY, Outlet};
use carrot_rules::ruleset::{Effect, Rule, Who};
use carrot_rules::{Account, Command, RuleSet, Scope, Unit};
use carrot_server::replay::Past;
use carrot_server::store::{EntityFilter, Field};
use carrot_wire::VerdictClass::{Accepted, Rejected};
use futures_util::future::join_all;

use crate::common::*;

const DAY_MS: i64 = 24 * 3_600_000;
/// How many servers, each with a till, take part in a race.
const SERVERS: usize = 4;

async fn tills(world: &World) -> Vec<(World, Device)> {
    let mut tills = Vec::new();
    for number in 0..SERVERS {
        let till = Device::terminal(world, 1 + number as u8).await;
        tills.push((world.other().await, till));
    }
    tills
}

pub async fn a_balance_never_falls_below_zero(engine: Engine) {
    let world = World::on(engine).await;
    let phone = Device::phone(&world, 9, BUYER).await;
    let tills = tills(&world).await;
    let rewards = 3;
    endow(&world.store, BUYER, rewards as i64 * REWARD_COST + 1).await;
    let run = tills
        .into_iter()
        .enumerate()
        .map(|(at, (server, mut till))| {
            let phone = phone.clone();
            async move {
                let mut verdicts = Vec::new();
                for turn in 0..3 {
                    let nonce = (at * 10 + turn) as u64;
                    let spend = redeem(&phone, REWARD_COST, Cover::Online, START_MS, nonce);
                    verdicts.push(till.run(&server, &spend).await);
                }
                verdicts
            }
        });
    let verdicts = join_all(run).await.concat();
    let won = verdicts.iter().filter(|one| one.class == Accepted).count();
    assert_eq!((won, verdicts.len()), (rewards, 3 * SERVERS));
    for verdict in verdicts.iter().filter(|one| one.class != Accepted) {
        let told = (verdict.class, verdict.code.as_str());
        assert_eq!(told, (Rejected, "insufficient_points"));
        assert!(verdict.params["balance"].as_i64() < Some(REWARD_COST));
    }
    assert_eq!(world.active(BUYER).await, 1);
    world.close().await;
}

pub async fn the_offline_budget_is_lent_once(engine: Engine) {
    let world = World::on(engine).await;
    let tills = tills(&world).await;
    let wish = OFFLINE_BUDGET * 2 / SERVERS as i64;
    let run = tills.into_iter().map(|(server, mut till)| async move {
        let wish = lease(till.id, wish);
        let verdict = till.run(&server, &wish).await;
        (till.id, verdict)
    });
    let mut lent = 0;
    for (lease_id, _) in join_all(run).await {
        lent += world.balance(Account::Lease(lease_id)).await;
    }
    let left = world.balance(Account::OfflineBudget).await;
    assert!(lent > 0 && left >= 0, "lent {lent}, left {left}");
    assert_eq!(lent + left, OFFLINE_BUDGET);
    world.close().await;
}

pub async fn points_that_lapse_first_are_spent_first(engine: Engine) {
    let world = World::on(engine).await;
    let mut set = RuleSet {
        version: 2,
        ..rules()
    };
    set.rules.push(Rule {
        expires_days: Some(10),
        ..Rule::of_sale("gift", Who::Buyer, Effect::Fixed { points: 200 })
    });
    let mut tx = world.begin().await;
    let all = [Scope::Programme(PROGRAMME)];
    tx.put(ONLY, &set, &all).await.unwrap();
    tx.commit().await.unwrap();
    endow(&world.store, BUYER, 100).await;
    let phone = Device::phone(&world, 9, BUYER).await;
    let mut till = Device::terminal(&world, 1).await;
    let record = Command::SaleRecord(sale(Some(SELLER), 1, None));
    assert_eq!(till.run(&world, &record).await.class, Accepted);
    // 100 that stay, 10 by the price list, 200 that lapse: 150 of the last are spent.
    assert_eq!(world.active(BUYER).await, 310);
    let spend = redeem(&phone, REWARD_COST, Cover::Online, START_MS, 1);
    assert_eq!(till.run(&world, &spend).await.class, Accepted);
    world.clock.advance(11 * DAY_MS);
    let other = world.other().await;
    other.store.run_due(other.store.now_ms()).await.unwrap();
    assert_eq!(world.active(BUYER).await, 110, "only 50 lapse");
    world.close().await;
}

pub async fn what_was_true_then_is_told_later(engine: Engine) {
    let world = World::on(engine).await;
    let account = Account::active(BUYER);
    for points in [5, 7, 11] {
        endow(&world.store, BUYER, points).await;
        world.clock.advance(1_000);
    }
    let at = |ms: i64| {
        world
            .store
            .balance_as_of(PROGRAMME, account, Unit::Points, START_MS + ms)
    };
    for (ms, points) in [
        (-1, 0),
        (0, 5),
        (999, 5),
        (1_000, 12),
        (2_000, 23),
        (9_999, 23),
    ] {
        assert_eq!(at(ms).await.unwrap(), points, "at {ms}");
    }
    let mut amounts = Vec::new();
    let until = (START_MS + 1, START_MS + 2_001);
    let told = world
        .store
        .statement(PROGRAMME, account, Unit::Points, until, |line| {
            amounts.push((line.amount, line.after));
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(
        (told.opening, told.credits, told.debits, told.closing),
        (5, 18, 0, 23)
    );
    assert_eq!(amounts, [(7, 12), (11, 23)]);
    world.close().await;
}

pub async fn things_are_listed_by_their_fields(engine: Engine) {
    let world = World::on(engine).await;
    let mut till = Device::terminal(&world, 1).await;
    for _ in 0..3 {
        world.clock.advance(1_000);
        till.now_ms += 1_000;
        let record = Command::SaleRecord(sale(Some(SELLER), 1, None));
        assert_eq!(till.run(&world, &record).await.class, Accepted);
    }
    let list = |filter: EntityFilter| {
        let store = world.store.clone();
        async move {
            let found = store
                .entities::<Activity>(PROGRAMME, &filter)
                .await
                .unwrap();
            found
                .into_iter()
                .map(|(_, one)| one.at_ms - START_MS)
                .collect::<Vec<_>>()
        }
    };
    let of_seller = || EntityFilter::all().with(Field::Participant, SELLER.to_string());
    assert_eq!(list(of_seller()).await.len(), 3);
    let newest = EntityFilter {
        newest_first: true,
        limit: Some(2),
        ..of_seller()
    };
    assert_eq!(list(newest).await, [3_000, 2_000]);
    let between = EntityFilter {
        from_ms: Some(START_MS + 2_000),
        until_ms: Some(START_MS + 3_000),
        ..of_seller()
    };
    assert_eq!(list(between).await, [2_000]);
    let nobody = EntityFilter::all().with(Field::Participant, MANAGER.to_string());
    assert!(list(nobody).await.is_empty());
    let outlets = EntityFilter::all().visible_in(Scope::Programme(PROGRAMME));
    let outlets = world
        .store
        .entities::<Outlet>(PROGRAMME, &outlets)
        .await
        .unwrap();
    let ids: Vec<String> = outlets.into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, [OUTLET.to_string(), OTHER_OUTLET.to_string()]);
    let hidden = EntityFilter::all().visible_in(Scope::Outlet(OUTLET));
    let hidden = world.store.entities::<Outlet>(PROGRAMME, &hidden).await;
    assert!(hidden.unwrap().is_empty());
    world.close().await;
}

pub async fn what_was_recorded_is_replayed(engine: Engine) {
    let world = World::on(engine).await;
    let mut till = Device::terminal(&world, 1).await;
    for pieces in 1..=3 {
        let record = Command::SaleRecord(sale(Some(SELLER), pieces, None));
        assert_eq!(till.run(&world, &record).await.class, Accepted);
    }
    let mut past = Past::open(&world.store, PROGRAMME, i64::MAX).await.unwrap();
    assert_eq!(past.total(), 3);
    let (mut commands, mut pieces) = (0, Vec::new());
    while let Some((steps, taken)) = past.next().await.unwrap() {
        commands += taken;
        let events = steps.iter().filter_map(|step| step.event.as_ref());
        let lines = events.flat_map(|event| &event.lines);
        pieces.extend(lines.map(|line| line.quantity_micro));
    }
    drop(past);
    assert_eq!(commands, 3);
    assert_eq!(pieces, [1_000_000, 2_000_000, 3_000_000], "in their order");
    world.close().await;
}
