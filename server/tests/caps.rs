//! Budgets and caps when many tills push at once: what is put aside is never overdrawn, and a limit is
//! a limit, whoever comes first.

mod common;

use carrot_rules::command::{Command, SaleRecord};
use carrot_rules::entity::ONLY;
use carrot_rules::ledger::{Account, Name, Transfer};
use carrot_rules::ruleset::{Budget, Effect, Limit, Per, Rule, Who, Window};
use carrot_rules::{RuleSet, Scope};
use carrot_wire::VerdictClass;
use common::*;
use uuid::Uuid;

const TILLS: u8 = 8;
const SALES_OF_EACH: usize = 6;
/// What the budget holds; an award of 10 costs 13 with the tax on top.
const BUDGET_POINTS: i64 = 100;
/// What the capped rule may give altogether.
const CAP_POINTS: i64 = 35;

fn spring() -> Name {
    "spring".parse().unwrap()
}

/// Each sale would bring 10 points from the budget and 7 from a rule with a cap.
async fn capped(world: &World) {
    let fixed = |id: &str, points| Rule::of_sale(id, Who::Seller, Effect::Fixed { points });
    let set = RuleSet {
        version: 2,
        rules: vec![
            Rule {
                budget: Some(spring()),
                ..fixed("budgeted", 10)
            },
            Rule {
                limits: vec![Limit {
                    per: Per::Rule,
                    within: Window::Ever,
                    points_max: Some(CAP_POINTS),
                    times_max: None,
                }],
                ..fixed("capped", 7)
            },
        ],
        budgets: vec![Budget {
            id: spring(),
            points: BUDGET_POINTS,
            funder: None,
            gross_up_bp: 3_000,
        }],
        ..rules()
    };
    let mut tx = world.begin().await;
    let all = [Scope::Programme(PROGRAMME)];
    tx.put(ONLY, &set, &all).await.unwrap();
    let funding = Transfer::of("funding")
        .leg(Account::Issuance, -BUDGET_POINTS)
        .leg(Account::Budget(spring()), BUDGET_POINTS)
        .finish()
        .unwrap();
    tx.book(Uuid::from_u128(77), 0, &funding).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f009_budgets_and_caps_hold_when_many_tills_push_at_once() {
    let world = World::new().await;
    capped(&world).await;
    let mut pushes = Vec::new();
    for seed in 1..=TILLS {
        let mut till = Device::terminal(&world, seed).await;
        let sales: Vec<_> = (0..SALES_OF_EACH)
            .map(|_| {
                let record = SaleRecord {
                    buyer: None,
                    ..sale(Some(SELLER), 1, None)
                };
                till.sign(&Command::SaleRecord(record))
            })
            .collect();
        pushes.push((till, sales));
    }
    let pushing = pushes.iter().map(|(till, sales)| till.push(&world, sales));
    for reply in futures_util::future::join_all(pushing).await {
        assert_eq!(reply.verdicts.len(), SALES_OF_EACH);
        for verdict in reply.verdicts {
            assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
        }
    }
    let sales = i64::from(TILLS) * i64::try_from(SALES_OF_EACH).unwrap();
    // Seven awards of 10 cost 91; the nine that are left pay one of 6, with 2 for tax.
    let from_budget = 7 * 10 + 6;
    let tax = 7 * 3 + 2;
    assert_eq!(
        world.balance(Account::Budget(spring())).await,
        BUDGET_POINTS - from_budget - tax
    );
    assert_eq!(world.balance(Account::TaxReserve).await, tax);
    assert_eq!(
        world.active(SELLER).await,
        sales * SELLER_POINTS + from_budget + CAP_POINTS
    );
    let report = world.store.verify_books().await.unwrap();
    assert!(report.holds(), "{:?}", report.faults);
    world.close().await;
}
