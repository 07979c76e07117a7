//! What can be had once, wanted by many at once over two server processes: one voucher, one typed
//! code, the last points of one lease. Copies of the device that may have it and devices that may not
//! send what they signed again and again, to both servers in turn. One of them gets it, everybody else
//! hears why, every repeat hears the same, and the programme bears what was lent at most.

use std::collections::BTreeMap;
use std::time::Duration;

use carrot_rules::command::{Cover, RewardRedeem, VoucherRequest};
use carrot_rules::entity::Code;
use carrot_rules::{Account, Command};
use carrot_wire::VerdictClass::{self, Accepted, Blocked, Parked, Rejected};
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::push::PushReply;
use carrot_wire::{Envelope, Verdict};
use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::common::*;
use crate::races::{PROCESSES, Process, behind, sizes};

const TAG: &str = "morgen";
const VOUCHER_POINTS: i64 = 500;
const DAY_MS: i64 = 24 * 3_600_000;
/// Seeds of keys: the devices that stay, and the one that is new in each round.
const STAYING: u8 = 1;
const NEW: u8 = 60;

/// How often a device comes again to a busy server, and after what pause.
const TRIES_MAX: usize = 100;
const PAUSE: Duration = Duration::from_millis(200);

/// Devices that send, and what each of them signed.
type Contest = Vec<(Device, Vec<Envelope>)>;

/// Two processes over one store, and what is counted.
struct Arena {
    world: World,
    started: Vec<Process>,
    servers: Vec<World>,
    tried: usize,
    lost: usize,
    doubled: usize,
}

impl Arena {
    async fn open(engine: Engine) -> Self {
        // Without it the client of HTTP does not begin; another test may have done it.
        let _done = rustls::crypto::ring::default_provider().install_default();
        let world = World::on(engine).await;
        let started: Vec<Process> = (0..PROCESSES)
            .map(|_| Process::start(&world.home))
            .collect();
        let servers = join_all(started.iter().map(|process| behind(&world, process))).await;
        Self {
            world,
            started,
            servers,
            tried: 0,
            lost: 0,
            doubled: 0,
        }
    }

    /// Sends everything so often at once. One command is accepted; the others are told one of `others`.
    async fn fight(&mut self, contest: &Contest, often: usize, others: &[(VerdictClass, &str)]) {
        let sends = (0..often).flat_map(|time| {
            contest.iter().enumerate().map(move |(number, one)| {
                let server = (time + number) % PROCESSES;
                (server, &one.0, &one.1)
            })
        });
        let sends =
            sends.map(|(server, device, commands)| insist(device, &self.servers[server], commands));
        let mut told: BTreeMap<Uuid, Verdict> = BTreeMap::new();
        for verdict in join_all(sends)
            .await
            .into_iter()
            .flat_map(|reply| reply.verdicts)
        {
            self.tried += 1;
            if let Some(first) = told.insert(verdict.command_id, verdict.clone()) {
                assert_eq!(first, verdict, "a repeat hears the same");
            }
        }
        let won = told.values().filter(|one| one.class == Accepted).count();
        self.lost += usize::from(won == 0);
        self.doubled += won.saturating_sub(1);
        for verdict in told.values().filter(|one| one.class != Accepted) {
            let code = verdict.code.as_str();
            assert!(others.contains(&(verdict.class, code)), "{verdict:?}");
        }
    }

    async fn close(self, what: &str, engine: Engine) {
        let (tried, lost, doubled) = (self.tried, self.lost, self.doubled);
        println!("{what}, {engine:?}\nproof tried={tried} lost={lost} doubled={doubled}");
        assert!(tried > 0);
        assert_eq!((lost, doubled), (0, 0));
        drop(self.started);
        self.world.close().await;
    }
}

/// A push by a device that comes again, as devices do, while the server has its hands full.
async fn insist(device: &Device, server: &World, commands: &[Envelope]) -> PushReply {
    for _ in 0..TRIES_MAX {
        let body = json!({"commands": commands});
        let sent = server.post("/v1/commands", Some(&device.token), body);
        let (status, reply) = sent.await;
        if status != 503 {
            assert_eq!(status, 200, "{reply}");
            return serde_json::from_value(reply).unwrap();
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("busy {TRIES_MAX} times");
}

/// Copies of the device that may have it, and the devices that may not, each with what it signs.
fn contest(
    devices: &[Device],
    one: &Device,
    mut sign: impl FnMut(&mut Device, usize) -> Vec<Envelope>,
) -> Contest {
    let (others, copies) = devices.split_at(devices.len() / 2);
    let copies = copies.iter().map(|_| one);
    let all = others.iter().chain(copies).enumerate();
    all.map(|(number, device)| {
        let mut device = device.clone();
        let signed = sign(&mut device, number);
        (device, signed)
    })
    .collect()
}

async fn staying(arena: &Arena, count: usize) -> Vec<Device> {
    let mut devices = Vec::new();
    for number in 0..count {
        devices.push(Device::terminal(&arena.world, STAYING + number as u8).await);
    }
    devices
}

/// What a till sends when a phone answered its question with a voucher.
fn used(phone: &Device, text: &str, voucher_id: Uuid, asked: &Challenge) -> Command {
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::new_v4(),
        reward: asked.reward.clone(),
        cost_points: asked.cost_points,
        participant: phone.actor,
        proof: challenge::answer_with_voucher(&phone.key, text, TAG, asked).unwrap(),
        challenge: Some(asked.to_text(TAG).unwrap()),
        cover: Cover::Voucher { voucher_id },
    })
}

pub async fn one_voucher_is_used_once(engine: Engine) {
    let [rounds, tills, each] = sizes();
    let mut arena = Arena::open(engine).await;
    let others = staying(&arena, tills).await;
    let mut phone = Device::phone(&arena.world, 200, BUYER).await;
    for round in 0..rounds {
        let named = Device::terminal(&arena.world, NEW + round as u8).await;
        let before = arena.world.active(BUYER).await;
        endow(&arena.world.store, BUYER, VOUCHER_POINTS).await;
        let voucher_id = Uuid::from_u128(0x7000 + round as u128);
        let wish = Command::VoucherRequest(VoucherRequest {
            voucher_id,
            terminal: named.id,
            points: VOUCHER_POINTS,
            reward: None,
            expires_ms: START_MS + DAY_MS,
        });
        assert_eq!(phone.run(&arena.world, &wish).await.class, Accepted);
        let texts = phone.pull(&arena.world, json!([]), 1 << 20).await.vouchers;
        let contest = contest(&others, &named, |device, number| {
            let asked = Challenge {
                terminal: device.id,
                nonce: Uuid::from_u128(number as u128).into_bytes(),
                reward: "MUG".to_owned(),
                cost_points: REWARD_COST,
                at_ms: START_MS + 1_000,
            };
            vec![device.sign(&used(&phone, &texts[0], voucher_id, &asked))]
        });
        let told = [(Blocked, "forked"), (Parked, "voucher_elsewhere")];
        arena.fight(&contest, each, &told).await;
        let after = before + VOUCHER_POINTS - REWARD_COST;
        assert_eq!(arena.world.active(BUYER).await, after);
        let aside = Account::Voucher(voucher_id);
        assert_eq!(arena.world.balance(aside).await, 0);
    }
    assert_eq!(arena.world.balance(Account::OfflineLoss).await, 0);
    let redeemed = arena.world.balance(Account::Redeemed).await;
    assert_eq!(redeemed, REWARD_COST * rounds as i64);
    arena.close("one voucher", engine).await;
}

pub async fn the_last_points_of_a_lease_are_given_once(engine: Engine) {
    let [rounds, tills, each] = sizes();
    let mut arena = Arena::open(engine).await;
    let others = staying(&arena, tills).await;
    let phone = Device::phone(&arena.world, 200, BUYER).await;
    for round in 0..rounds {
        let mut lent = Device::terminal(&arena.world, NEW + round as u8).await;
        let wish = lease(lent.id, REWARD_COST);
        assert_eq!(lent.run(&arena.world, &wish).await.class, Accepted);
        let mut nonce = 1_000 * round as u64;
        let contest = contest(&others, &lent, |device, _| {
            let signed = (0..2).map(|_| {
                nonce += 1;
                let cover = Cover::Lease { lease_id: lent.id };
                let mut command = redeem(&phone, REWARD_COST, cover, START_MS, nonce);
                ask_at(&mut command, &phone, device, nonce);
                device.sign(&command)
            });
            signed.collect()
        });
        let told = [
            (Blocked, "forked"),
            (Parked, "lease_missing"),
            (Parked, "lease_exceeded"),
        ];
        arena.fight(&contest, each, &told).await;
        assert_eq!(arena.world.balance(Account::Lease(lent.id)).await, 0);
        let loss = arena.world.balance(Account::OfflineLoss).await;
        assert_eq!(loss, REWARD_COST * (round as i64 + 1), "what was lent");
    }
    assert_eq!(arena.world.active(BUYER).await, 0);
    arena.close("a lease's last points", engine).await;
}

/// The question is asked by the till that sends the answer, whichever lease it names.
fn ask_at(command: &mut Command, phone: &Device, till: &Device, nonce: u64) {
    let Command::RewardRedeem(redeem) = command else {
        unreachable!("a redemption");
    };
    let asked = Challenge {
        terminal: till.id,
        nonce: Uuid::from_u128(nonce.into()).into_bytes(),
        reward: redeem.reward.clone(),
        cost_points: redeem.cost_points,
        at_ms: START_MS,
    };
    let pass = phone.pass.as_deref().unwrap();
    redeem.proof = challenge::answer_with_pass(&phone.key, pass, TAG, &asked).unwrap();
    redeem.challenge = Some(asked.to_text(TAG).unwrap());
}

pub async fn one_typed_code_pays_once(engine: Engine) {
    let [rounds, phones, each] = sizes();
    let mut arena = Arena::open(engine).await;
    let mut devices = Vec::new();
    for number in 0..phones {
        let person = [SELLER, RIVAL][number % 2];
        devices.push(Device::phone(&arena.world, STAYING + number as u8, person).await);
    }
    for round in 0..rounds {
        let text = format!("CRC1MORGEN{:04}", 1_000 + round);
        let code = Code {
            series: "S1".to_owned(),
            product: PRODUCT.to_owned(),
            outlet: None,
            status: "shipped".to_owned(),
            claimed_by: None,
            claimed_ms: None,
        };
        let mut tx = arena.world.begin().await;
        tx.put(&text, &code, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let contest: Contest = devices
            .iter_mut()
            .map(|phone| {
                let signed = (0..2).map(|_| phone.sign(&claim_code(&text))).collect();
                (phone.clone(), signed)
            })
            .collect();
        let told = [
            (Rejected, "already_claimed"),
            (Rejected, "already_claimed_by_you"),
        ];
        arena.fight(&contest, each, &told).await;
        let mut paid = 0;
        for person in [SELLER, RIVAL] {
            paid += arena.world.active(person).await + arena.world.pending(person).await;
        }
        assert_eq!(paid, SELLER_POINTS * (round as i64 + 1));
    }
    arena.close("one typed code", engine).await;
}
