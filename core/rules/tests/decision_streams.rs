//! Random streams of commands: after each the books sum to zero, nothing falls below zero, no
//! credit happens twice, and undecidable input never panics. The laws are asserted by the world.

mod common;

use carrot_rules::command::{BuyerRef, Command, Cover, LeaseRequest};
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::Contact;
use carrot_rules::ledger::Account;
use common::*;
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Sell {
        pieces: i64,
        code: Option<u8>,
        receipt: Option<u8>,
        buyer: bool,
    },
    ClaimCode {
        actor: bool,
        code: u8,
    },
    ClaimReceipt {
        actor: bool,
        receipt: u8,
    },
    Void {
        back: u128,
    },
    Lease {
        points: i64,
    },
    Redeem {
        offline: bool,
    },
    Later {
        hours: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let code = || proptest::option::of(0..4_u8);
    prop_oneof![
        (1..4_i64, code(), code(), any::<bool>()).prop_map(|(pieces, code, receipt, buyer)| {
            Step::Sell {
                pieces,
                code,
                receipt,
                buyer,
            }
        }),
        (any::<bool>(), 0..4_u8).prop_map(|(actor, code)| Step::ClaimCode { actor, code }),
        (any::<bool>(), 0..4_u8).prop_map(|(actor, receipt)| Step::ClaimReceipt { actor, receipt }),
        (0..4_u128).prop_map(|back| Step::Void { back }),
        (-5..3_000_i64).prop_map(|points| Step::Lease { points }),
        any::<bool>().prop_map(|offline| Step::Redeem { offline }),
        (0..30_i64).prop_map(|hours| Step::Later { hours }),
    ]
}

fn command(world: &mut World, number: u128, step: Step) -> Option<(u128, Command)> {
    let claimant = |first: bool| if first { SELLER } else { OTHER_SELLER };
    Some(match step {
        Step::Sell {
            pieces,
            code,
            receipt,
            buyer,
        } => {
            let mut basket = sale(number, vec![line(DUO, pieces), line(BEANS, 1)]);
            basket.lines[0].unit_code = code.map(|code| format!("C{code}"));
            basket.receipt_key = receipt.map(|receipt| format!("R{receipt}"));
            basket.buyer = buyer.then(|| BuyerRef::Contact {
                hash: "hash".to_owned(),
            });
            (CASHIER, Command::SaleRecord(basket))
        }
        Step::ClaimCode { actor, code } => {
            (claimant(actor), claim_code(number, &format!("C{code}")))
        }
        Step::ClaimReceipt { actor, receipt } => (
            claimant(actor),
            claim_receipt(number, &format!("R{receipt}")),
        ),
        Step::Void { back } => (CASHIER, void(number.saturating_sub(back + 1))),
        Step::Lease { points } => {
            let lease_id = id(TERMINAL);
            (
                CASHIER,
                Command::LeaseRequest(LeaseRequest { lease_id, points }),
            )
        }
        Step::Redeem { offline } => {
            let lease_id = id(TERMINAL);
            let cover = if offline {
                Cover::Lease { lease_id }
            } else {
                Cover::Online
            };
            (CASHIER, Command::RewardRedeem(redeem(number, cover)))
        }
        Step::Later { hours } => {
            world.now_ms += hours * HOUR_MS;
            return None;
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_laws_hold_after_every_command(steps in proptest::collection::vec(step(), 1..40)) {
        println!("proof tried={}", steps.len());
        let mut world = World::new();
        for code in 0..3 {
            world.ship(&format!("C{code}"));
        }
        world.put("hash", &Contact { participant: id(BUYER) });
        world.balances.insert(Account::OfflineBudget, 4_000);
        world.balances.insert(Account::Issuance, -4_000);
        for (number, step) in steps.into_iter().enumerate() {
            let number = 5_000 + number as u128;
            if let Some((actor, command)) = command(&mut world, number, step) {
                let mut context = world.context(actor);
                context.proof = ProofCheck::Valid {
                    participant: id(BUYER),
                    id: format!("proof-{number}"),
                };
                world.run(&command, &context);
            }
        }
        let bound = 4_000;
        prop_assert!(world.balance(Account::OfflineLoss) <= bound);
    }
}
