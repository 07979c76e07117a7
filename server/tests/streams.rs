//! Random streams of commands from three devices, with repetitions: the laws hold whatever comes.
mod common;

use carrot_rules::command::{Cover, SaleVoid};
use carrot_rules::{Account, Command};
use carrot_wire::Envelope;
use common::*;
use proptest::prelude::*;
use uuid::Uuid;

#[derive(Debug, Clone)]
enum Step {
    Sale {
        pieces: i64,
        seller: bool,
        receipt: u8,
    },
    VoidLast,
    Code {
        by_rival: bool,
    },
    Receipt {
        by_rival: bool,
        receipt: u8,
    },
    Lease {
        points: i64,
    },
    Redeem {
        online: bool,
        cost: i64,
    },
    Repeat {
        back: usize,
    },
    Wait {
        minutes: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..30_i64, any::<bool>(), 0..4_u8).prop_map(|(pieces, seller, receipt)| Step::Sale { pieces, seller, receipt }),
        2 => Just(Step::VoidLast),
        1 => any::<bool>().prop_map(|by_rival| Step::Code { by_rival }),
        2 => (any::<bool>(), 0..4_u8).prop_map(|(by_rival, receipt)| Step::Receipt { by_rival, receipt }),
        1 => (1..3_000_i64).prop_map(|points| Step::Lease { points }),
        3 => (any::<bool>(), 1..400_i64).prop_map(|(online, cost)| Step::Redeem { online, cost }),
        2 => (0..5_usize).prop_map(|back| Step::Repeat { back }),
        1 => (1..3_000_i64).prop_map(|minutes| Step::Wait { minutes }),
    ]
}

/// Three devices of one world and everything that they sent.
struct Play {
    world: World,
    till: Device,
    phones: [Device; 2],
    buyer: Device,
    last_sale: Uuid,
    sent: Vec<(Device, Envelope, carrot_wire::Verdict)>,
}

impl Play {
    async fn new() -> Self {
        let world = World::new().await;
        let till = Device::terminal(&world, 1).await;
        let phones = [
            Device::phone(&world, 2, SELLER).await,
            Device::phone(&world, 3, RIVAL).await,
        ];
        let buyer = Device::phone(&world, 4, BUYER).await;
        Self {
            world,
            till,
            phones,
            buyer,
            last_sale: Uuid::nil(),
            sent: Vec::new(),
        }
    }

    async fn send(&mut self, from_phone: Option<usize>, command: &Command) {
        let device = match from_phone {
            Some(index) => &mut self.phones[index],
            None => &mut self.till,
        };
        device.now_ms = self.world.store.now_ms();
        let envelope = device.sign(command);
        let mut reply = device
            .push(&self.world, std::slice::from_ref(&envelope))
            .await;
        let verdict = reply.verdicts.pop().unwrap();
        assert!(verdict.class.is_final(), "{verdict:?}");
        self.sent.push((device.clone(), envelope, verdict));
    }

    async fn play(&mut self, number: u64, step: Step) {
        let now_ms = self.world.store.now_ms();
        let name = |receipt: u8| (receipt > 0).then(|| format!("dk:1:{receipt}"));
        match step {
            Step::Sale {
                pieces,
                seller,
                receipt,
            } => {
                let record = sale(seller.then_some(SELLER), pieces, name(receipt).as_deref());
                self.last_sale = record.sale_id;
                self.send(None, &Command::SaleRecord(record)).await;
            }
            Step::VoidLast => {
                let sale_id = self.last_sale;
                self.send(None, &Command::SaleVoid(SaleVoid { sale_id }))
                    .await;
            }
            Step::Code { by_rival } => {
                self.send(Some(usize::from(by_rival)), &claim_code(CODE))
                    .await
            }
            Step::Receipt { by_rival, receipt } => {
                let key = name(receipt).unwrap_or_else(|| format!("dk:2:{number}"));
                self.send(Some(usize::from(by_rival)), &claim_receipt(&key))
                    .await;
            }
            Step::Lease { points } => {
                let command = lease(self.till.id, points);
                self.send(None, &command).await;
            }
            Step::Redeem { online, cost } => {
                let lease_id = self.till.id;
                let cover = if online {
                    Cover::Online
                } else {
                    Cover::Lease { lease_id }
                };
                let command = redeem(&self.buyer, cost, cover, now_ms, number);
                self.send(None, &command).await;
            }
            Step::Repeat { back } => {
                let Some((device, envelope, verdict)) = self.sent.iter().rev().nth(back) else {
                    return;
                };
                let reply = device
                    .push(&self.world, std::slice::from_ref(envelope))
                    .await;
                assert_eq!(&reply.verdicts[0], verdict);
            }
            Step::Wait { minutes } => self.wait(minutes).await,
        }
    }

    /// Turns the clock. Access tokens end after an hour, so everybody signs in again.
    async fn wait(&mut self, minutes: i64) {
        self.world.clock.advance(minutes * 60_000);
        self.till.token = self.till.sign_in(&self.world).await;
        for phone in &mut self.phones {
            phone.token = phone.sign_in(&self.world).await;
        }
        for (device, _, _) in &mut self.sent {
            let mut everybody = self.phones.iter().chain([&self.till]);
            let now = everybody.find(|known| known.id == device.id).unwrap();
            device.token = now.token.clone();
        }
    }

    async fn check(&self) {
        let world = &self.world;
        let mut people = 0;
        for person in [SELLER, RIVAL, BUYER] {
            let owed = world.balance(Account::Clawback(person)).await;
            people += world.active(person).await + world.pending(person).await + owed;
        }
        let booked = people
            + world.balance(Account::Issuance).await
            + world.balance(Account::Redeemed).await
            + world.balance(Account::OfflineBudget).await
            + world.balance(Account::Lease(self.till.id)).await
            + world.balance(Account::OfflineLoss).await;
        assert_eq!(booked, 0);
        assert!(world.balance(Account::OfflineLoss).await <= OFFLINE_BUDGET);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn books_and_verdicts_hold_whatever_comes(steps in prop::collection::vec(step(), 1..30)) {
        println!("proof tried={}", steps.len());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut play = Play::new().await;
            for (number, step) in (1_u64..).zip(steps) {
                play.play(number, step).await;
            }
            play.check().await;
            play.world.close().await;
        });
    }
}
