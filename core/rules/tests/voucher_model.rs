//! Every order in which two phones, two tills, copies of one till, the clock and the server can do
//! their parts with two vouchers: all states are visited, each decision is the real one. One till may
//! be a rogue that sends what was signed again and again, dates it back and says that it has sent
//! everything. In each state nobody is below zero, a voucher's escrow pays for one redemption at most,
//! who signed once paid once at most, and the programme has lost at most what the vouchers of the
//! copied or rogue till held.

mod common;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use carrot_rules::command::{Command, Cover, DueRun, VoucherRequest};
use carrot_rules::decide::{Answered, ProofCheck, ShownVoucher};
use carrot_rules::entity::{Till, Voucher, VoucherUses};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::Class;
use common::*;
use uuid::Uuid;

const DAY_MS: i64 = 24 * HOUR_MS;
const PEOPLE: [u128; 2] = [BUYER, OTHER_SELLER];
const TILLS: [u128; 2] = [TERMINAL, TERMINAL + 1];
const POINTS: i64 = 400;
const PRICE: i64 = 300;
const CHALLENGES: usize = 2;

/// What is explored.
#[derive(Clone, Copy, Default)]
struct Case {
    /// So often the first till's files were copied; the copies work too.
    copies: usize,
    /// The first till sends whatever it has, as often as it likes.
    rogue: bool,
    /// The first phone signs whatever it is shown.
    willing: bool,
}

/// A till's own memory: vouchers it took, commands it made (voucher, challenge), how many arrived.
#[derive(Clone, Default, Debug)]
struct Memory {
    taken: BTreeSet<usize>,
    made: Vec<(usize, usize)>,
    arrived: usize,
}

#[derive(Clone)]
struct State {
    world: World,
    phase: usize,
    signed: [BTreeSet<(usize, usize)>; 2],
    tills: Vec<Memory>,
    /// Commands that arrived so far: ids are made of it.
    count: u128,
}

/// Which till a memory belongs to: those behind the second are copies of the first.
fn till_of(memory: usize) -> usize {
    usize::from(memory == 1)
}

/// A challenge: the first one was shown before the copy was made, so the copy knows it too.
fn question(memory: usize, challenge: usize) -> (usize, usize) {
    if challenge == 0 {
        (till_of(memory), challenge)
    } else {
        (memory, challenge)
    }
}

fn voucher_id(voucher: usize) -> Uuid {
    id(700 + voucher as u128)
}

fn start(case: Case) -> State {
    let mut world = World::new();
    world.balances.insert(Account::OfflineBudget, 10_000);
    *world.balances.entry(Account::Issuance).or_default() -= 10_000;
    for till in TILLS {
        let shown = Till {
            device: id(till),
            outlet: id(SHOP),
            name: "till".to_owned(),
            open: true,
            codes_until_seq: None,
        };
        world.put(&id(till).to_string(), &shown);
    }
    for (voucher, person) in PEOPLE.into_iter().enumerate() {
        world.give(person, 500);
        let wish = VoucherRequest {
            voucher_id: voucher_id(voucher),
            terminal: id(TILLS[voucher]),
            points: POINTS,
            reward: None,
            expires_ms: START_MS + DAY_MS,
        };
        let mut context = world.context(person);
        context.device = id(500 + voucher as u128);
        let made = world.run(&Command::VoucherRequest(wish), &context);
        assert_eq!(made.class, Class::Accepted);
    }
    State {
        world,
        phase: 0,
        signed: Default::default(),
        tills: vec![Memory::default(); 2 + case.copies],
        count: 0,
    }
}

impl State {
    /// What tells states apart: everything that a later step can depend on.
    fn name(&self) -> String {
        let balances: BTreeMap<String, i64> = self
            .world
            .balances
            .iter()
            .filter(|(_, points)| **points != 0)
            .map(|(account, points)| (account.to_string(), *points))
            .collect();
        let vouchers = self.world.all::<Voucher>();
        let states: Vec<&str> = vouchers.iter().map(|known| known.state.as_str()).collect();
        let uses: Vec<Vec<(String, String)>> = self
            .world
            .all::<VoucherUses>()
            .into_iter()
            .map(|known| {
                let one = |used: carrot_rules::entity::VoucherUse| (used.challenge_id, used.blame);
                known.uses.into_iter().map(one).collect()
            })
            .collect();
        let (phase, signed, tills) = (self.phase, &self.signed, &self.tills);
        format!("{phase} {balances:?} {states:?} {uses:?} {signed:?} {tills:?}")
    }

    fn next(&self, case: Case) -> Vec<Self> {
        let mut next = Vec::new();
        for memory in 0..self.tills.len() {
            let voucher = till_of(memory);
            for challenge in 0..CHALLENGES {
                next.extend(self.hand_over(case, memory, (voucher, challenge)));
            }
            next.extend(self.arrive(memory));
            next.extend(self.tell(case, memory));
        }
        if case.rogue {
            let signed = self.signed[0].iter();
            next.extend(signed.map(|asked| self.send((0, *asked))));
            next.extend((0..CHALLENGES).filter_map(|challenge| self.ask_again(case, challenge)));
        }
        if self.phase < 2 {
            let mut later = self.clone();
            later.phase += 1;
            later.world.now_ms = START_MS + [0, DAY_MS, 31 * DAY_MS][later.phase];
            later.world.run_due();
            next.push(later);
        }
        next
    }

    /// The till asks, the phone answers, the till takes the voucher, all before it is over.
    fn hand_over(&self, case: Case, memory: usize, what: (usize, usize)) -> Option<Self> {
        let (voucher, challenge) = what;
        let asked = question(memory, challenge);
        let answered = &self.signed[voucher];
        let willing = case.willing && voucher == 0;
        let signs = answered.is_empty() || answered.contains(&asked) || willing;
        if self.phase > 0 || !signs || self.tills[memory].taken.contains(&voucher) {
            return None;
        }
        let mut next = self.clone();
        next.signed[voucher].insert(asked);
        next.tills[memory].taken.insert(voucher);
        next.tills[memory].made.push(what);
        Some(next)
    }

    /// A rogue asks the first phone once more before it is over, without taking the voucher itself.
    fn ask_again(&self, case: Case, challenge: usize) -> Option<Self> {
        let asked = question(0, challenge);
        let signs = self.signed[0].is_empty() || case.willing;
        if self.phase > 0 || !signs || self.signed[0].contains(&asked) {
            return None;
        }
        let mut next = self.clone();
        next.signed[0].insert(asked);
        Some(next)
    }

    /// The next command of a till reaches the server. Copies of a message are answered from the
    /// record, which is not the rules' business.
    fn arrive(&self, memory: usize) -> Option<Self> {
        let arrived = self.tills[memory].arrived;
        let (voucher, challenge) = *self.tills[memory].made.get(arrived)?;
        let mut next = self.send((voucher, question(memory, challenge)));
        next.tills[memory].arrived += 1;
        Some(next)
    }

    /// The server gets a command of a voucher's till that was made before the end, or says so.
    fn send(&self, (voucher, asked): (usize, (usize, usize))) -> Self {
        let mut next = self.clone();
        next.count += 1;
        let mut context = next.world.context(CASHIER);
        context.command_id = id(10_000 + next.count);
        context.device = id(TILLS[voucher]);
        context.occurred_ms = START_MS + HOUR_MS;
        context.made = carrot_rules::made::Made::now(context.occurred_ms);
        let person = id(PEOPLE[voucher]);
        context.proof = ProofCheck::Answered(Box::new(Answered {
            participant: person,
            terminal: context.device,
            challenge: format!("{asked:?}"),
            reward: "bag".to_owned(),
            cost_points: PRICE,
            voucher: Some(ShownVoucher {
                id: voucher_id(voucher),
                terminal: context.device,
                points: POINTS,
                reward: None,
                from_ms: START_MS,
                until_ms: START_MS + DAY_MS,
            }),
        }));
        let cover = Cover::Voucher {
            voucher_id: voucher_id(voucher),
        };
        let mut command = redeem(20_000 + next.count, cover);
        command.participant = person;
        next.world.run(&Command::RewardRedeem(command), &context);
        next
    }

    /// A till says that everything it made before the vouchers' end has arrived. The server believes
    /// it when it has as many commands of that device as the till says, which a rogue sees to.
    fn tell(&self, case: Case, memory: usize) -> Option<Self> {
        let till = till_of(memory);
        let same = (0..self.tills.len()).filter(|other| till_of(*other) == till);
        let arrived: usize = same.map(|other| self.tills[other].arrived).sum();
        let lies = case.rogue && till == 0;
        if self.phase == 0 || (self.tills[memory].made.len() != arrived && !lies) {
            return None;
        }
        let mut next = self.clone();
        let mut context = next.world.context(0);
        (context.device, context.actor) = (Uuid::nil(), Uuid::nil());
        let due = DueRun {
            kind: "till_synced".to_owned(),
            subject: id(TILLS[till]).to_string(),
            due_ms: START_MS + DAY_MS,
        };
        next.world.run(&Command::DueRun(due), &context);
        Some(next)
    }

    fn check(&self, case: Case) {
        for (account, points) in &self.world.balances {
            assert!(*points >= 0 || !account.never_below_zero(), "{account}");
        }
        let mut covered = 0;
        for known in self.world.all::<VoucherUses>() {
            let first = known.uses.iter().filter(|used| used.blame.is_empty());
            assert!(first.count() <= 1, "one use is the voucher's own");
            let lost: i64 = known.uses.iter().map(|used| used.loss_points).sum();
            assert!((0..=POINTS).contains(&lost), "{lost} lost by one voucher");
            covered += lost;
        }
        for (voucher, person) in PEOPLE.into_iter().enumerate() {
            let aside = self.world.balance(Account::Voucher(voucher_id(voucher)));
            let left = aside + self.world.balance(Account::active(id(person)));
            let once = voucher == 1 || !case.willing;
            assert!(!once || left >= 500 - PRICE, "who signs once pays once");
        }
        let loss = self.world.balance(Account::OfflineLoss);
        assert_eq!(loss, covered, "every loss has its proof");
        let most = if case.copies > 0 || case.rogue {
            POINTS
        } else {
            0
        };
        assert!(loss <= most, "{loss} lost");
        if self.over() {
            for voucher in 0..2 {
                let left = self.world.balance(Account::Voucher(voucher_id(voucher)));
                assert_eq!(left, 0, "in the end it is spent or back");
            }
        }
    }

    fn over(&self) -> bool {
        let all_here = |till: &Memory| till.arrived == till.made.len();
        self.phase == 2 && self.tills.iter().all(all_here)
    }
}

/// Visits every state; how many there are, and the largest loss among them.
fn explore(case: Case) -> (usize, i64) {
    let first = start(case);
    let (mut known, mut queue) = (BTreeSet::from([first.name()]), VecDeque::from([first]));
    let mut worst = 0;
    while let Some(state) = queue.pop_front() {
        state.check(case);
        worst = worst.max(state.world.balance(Account::OfflineLoss));
        for next in state.next(case) {
            if known.insert(next.name()) {
                queue.push_back(next);
            }
        }
    }
    let states = known.len();
    println!("proof tried={states} lost=0 doubled=0");
    (states, worst)
}

#[test]
fn m1_honest_tills_and_phones_lose_nothing_in_any_order() {
    let (states, worst) = explore(Case::default());
    println!("honest: {states} states, {worst} lost at worst");
    assert!(states > 100, "{states}");
    assert_eq!(worst, 0);
}

#[test]
fn m1_a_phone_that_signs_everything_gains_nothing_at_honest_tills() {
    let case = Case {
        willing: true,
        ..Case::default()
    };
    let (states, worst) = explore(case);
    println!("a phone that signs everything: {states} states, {worst} lost at worst");
    assert_eq!(worst, 0);
}

#[test]
fn m2_copies_of_a_till_lose_at_most_what_the_voucher_held() {
    for (copies, willing) in [(1, false), (1, true), (2, false)] {
        let case = Case {
            copies,
            willing,
            ..Case::default()
        };
        let (states, worst) = explore(case);
        println!("{copies} copies, willing {willing}: {states} states, {worst} lost at worst");
        assert!((1..=POINTS).contains(&worst), "{worst}");
    }
}

#[test]
fn m2_a_till_that_repeats_anything_loses_at_most_what_the_voucher_held() {
    for (copies, willing) in [(0, false), (0, true), (1, false)] {
        let case = Case {
            copies,
            willing,
            rogue: true,
        };
        let (states, worst) = explore(case);
        println!(
            "a rogue, {copies} copies, willing {willing}: {states} states, {worst} lost at worst"
        );
        assert!((1..=POINTS).contains(&worst), "{worst}");
    }
}
