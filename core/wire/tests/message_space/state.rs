//! One state of the space, what can happen in it, and what has to hold.

use std::collections::{BTreeMap, BTreeSet};

use carrot_rules::command::{Command, Cover, DueRun, RewardRedeem, VoucherRequest};
use carrot_rules::decide::Context;
use carrot_rules::entity::{Till, Voucher, VoucherUses};
use carrot_rules::ledger::Account;
use carrot_rules::made::Made;
use carrot_rules::outcome::Class;
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::{proof, voucher};
use ed25519_dalek::SigningKey;
use uuid::Uuid;

use super::common::*;

/// What each voucher holds, points.
pub const POINTS: i64 = 400;
const PRICE: i64 = 300;
const GIVEN: i64 = 500;
const DAY_MS: i64 = 24 * HOUR_MS;
/// When the tills are offline and ask.
const ASKED_MS: i64 = START_MS + HOUR_MS;
const TAG: &str = "morgenro";
const PEOPLE: [u128; 2] = [BUYER, OTHER_SELLER];
const TILLS: [u128; 2] = [TERMINAL, TERMINAL + 1];
/// The instants of the clock: both offline, the vouchers over, the last day for reports over.
const PHASES_MS: [i64; 3] = [START_MS, START_MS + DAY_MS, START_MS + 31 * DAY_MS];

/// What is explored.
#[derive(Clone, Copy, Default, Debug)]
pub struct Case {
    /// Questions that each till can ask.
    pub challenges: usize,
    /// The first phone answers whatever it is shown.
    pub willing: bool,
    /// Commands that the first till signs as a rogue, of whatever it saw; none when it is honest.
    pub rogue_commands: usize,
}

/// A question: the till and its number.
type Asked = (usize, usize);
/// An answer: whose voucher, and the question.
type Answer = (usize, Asked);
/// A command's proof: the answer, the question that it is said to be for, the voucher that is named.
type Use = (Answer, Asked, usize);

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn voucher_id(number: usize) -> Uuid {
    id(700 + number as u128)
}

/// All texts that can be made, and what the production functions say of them.
pub struct Texts {
    asked: BTreeMap<Asked, Challenge>,
    answers: BTreeMap<Answer, String>,
    /// What a server or a till makes of the proof in a command.
    proofs: BTreeMap<Use, carrot_rules::decide::ProofCheck>,
}

impl Texts {
    /// Signs everything that anybody can sign.
    pub fn make(case: Case) -> Self {
        let vouchers: Vec<String> = (0..2).map(paper).collect();
        let numbers = |till| (0..case.challenges).map(move |number| (till, number));
        let asked: BTreeMap<Asked, Challenge> = (0..2)
            .flat_map(numbers)
            .map(|at| (at, question(at)))
            .collect();
        let mut answers = BTreeMap::new();
        for (person, text) in vouchers.iter().enumerate() {
            for (at, question) in &asked {
                let phone = key(2 + person as u8);
                let answer = challenge::answer_with_voucher(&phone, text, TAG, question);
                answers.insert((person, *at), answer.unwrap());
            }
        }
        let mut texts = Self {
            asked,
            answers,
            proofs: BTreeMap::new(),
        };
        let trusted = [key(1).verifying_key()];
        for answer in texts.answers.keys() {
            for at in texts.asked.keys() {
                for named in 0..2 {
                    let used = (*answer, *at, named);
                    let command = texts.command(used, 0);
                    let checked = proof::of(&command, TAG, &trusted, ASKED_MS);
                    texts.proofs.insert(used, checked.proof);
                }
            }
        }
        texts
    }

    fn command(&self, (answer, at, named): Use, number: u128) -> Command {
        Command::RewardRedeem(RewardRedeem {
            redemption_id: id(20_000 + number),
            reward: "bag".to_owned(),
            cost_points: PRICE,
            participant: id(PEOPLE[answer.0]),
            proof: self.answers[&answer].clone(),
            challenge: Some(self.asked[&at].to_text(TAG).unwrap()),
            cover: Cover::Voucher {
                voucher_id: voucher_id(named),
            },
        })
    }
}

fn question((till, number): Asked) -> Challenge {
    Challenge {
        terminal: id(TILLS[till]),
        nonce: [number as u8; 16],
        reward: "bag".to_owned(),
        cost_points: PRICE,
        at_ms: ASKED_MS,
    }
}

/// The text of a voucher: of one person, at the till of the same number.
fn paper(number: usize) -> String {
    let paper = voucher::Voucher {
        id: voucher_id(number),
        participant: id(PEOPLE[number]),
        phone: key(2 + number as u8).verifying_key(),
        terminal: id(TILLS[number]),
        points: POINTS,
        from_ms: START_MS,
        until_ms: START_MS + DAY_MS,
        reward: None,
    };
    voucher::seal(&paper, TAG, &key(1)).unwrap()
}

/// Where everybody is.
#[derive(Clone)]
pub struct State {
    /// The server's books and things.
    pub world: World,
    phase: usize,
    /// Questions that were shown: anybody may have a picture of them.
    shown: BTreeSet<Asked>,
    /// Answers that were shown.
    answered: BTreeSet<Answer>,
    /// What each till has signed, in the order of its numbers; the network has all of them.
    made: [Vec<Use>; 2],
    /// How many commands of each till the server has recorded.
    recorded: [usize; 2],
}

impl State {
    /// Two people have a voucher each, at a till each; everybody goes offline.
    pub fn first(case: Case) -> Self {
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
        for (number, person) in PEOPLE.into_iter().enumerate() {
            world.give(person, GIVEN);
            let wish = VoucherRequest {
                voucher_id: voucher_id(number),
                terminal: id(TILLS[number]),
                points: POINTS,
                reward: None,
                expires_ms: START_MS + DAY_MS,
            };
            let mut context = world.context(person);
            context.device = id(500 + number as u128);
            let made = world.run(&Command::VoucherRequest(wish), &context);
            assert_eq!(made.class, Class::Accepted);
        }
        assert!(case.challenges > 0);
        Self {
            world,
            phase: 0,
            shown: BTreeSet::new(),
            answered: BTreeSet::new(),
            made: [Vec::new(), Vec::new()],
            recorded: [0; 2],
        }
    }

    /// What tells states apart: everything that a later step can depend on.
    pub fn name(&self) -> String {
        let balances: Vec<String> = (self.world.balances.iter())
            .filter(|(_, points)| **points != 0)
            .map(|(account, points)| format!("{account}{points}"))
            .collect();
        let vouchers = self.world.all::<Voucher>();
        let states: Vec<&str> = vouchers.iter().map(|known| known.state.as_str()).collect();
        let uses: Vec<(String, String)> = (self.world.all::<VoucherUses>().into_iter())
            .flat_map(|known| known.uses)
            .map(|used| (used.challenge_id, used.blame))
            .collect();
        let (phase, shown, answered) = (self.phase, &self.shown, &self.answered);
        let (made, recorded) = (&self.made, &self.recorded);
        format!(
            "{phase} {balances:?} {states:?} {uses:?} {shown:?} {answered:?} {made:?} {recorded:?}"
        )
    }

    /// Everything that can happen next.
    pub fn next(&self, case: Case, texts: &Texts) -> Vec<Self> {
        let mut next = Vec::new();
        for at in texts.asked.keys() {
            next.extend(self.ask(*at));
            next.extend((0..2).filter_map(|person| self.answer(case, texts, (person, *at))));
        }
        for till in 0..2 {
            let rogue = till == 0 && case.rogue_commands > 0;
            for answer in &self.answered {
                if rogue {
                    next.extend(self.make_anything(case, *answer));
                } else {
                    next.extend(self.take(texts, till, *answer));
                }
            }
            next.extend(self.arrive(texts, till));
            next.extend(self.tell(till, rogue));
        }
        if let Some(now_ms) = PHASES_MS.get(self.phase + 1) {
            let mut later = self.clone();
            later.phase += 1;
            later.world.now_ms = *now_ms;
            later.world.run_due();
            next.push(later);
        }
        next
    }

    /// A till shows a question, while vouchers hold.
    fn ask(&self, at: Asked) -> Option<Self> {
        if self.phase > 0 || self.shown.contains(&at) {
            return None;
        }
        let mut next = self.clone();
        next.shown.insert(at);
        Some(next)
    }

    /// A phone sees a picture of a question. An honest one answers for the till that its voucher names
    /// and uses a voucher in one answer; a willing one signs whatever it is shown.
    fn answer(&self, case: Case, texts: &Texts, answer: Answer) -> Option<Self> {
        let (person, at) = answer;
        let fits = texts.asked[&at].terminal == id(TILLS[person]);
        let used = self.answered.iter().any(|(signed, _)| *signed == person);
        let signs = (fits && !used) || (case.willing && person == 0);
        if self.phase > 0 || !self.shown.contains(&at) || !signs || self.answered.contains(&answer)
        {
            return None;
        }
        let mut next = self.clone();
        next.answered.insert(answer);
        Some(next)
    }

    /// An honest till is shown a picture of an answer: its own question is looked up by what the answer
    /// says, both are checked, what the till knows decides, and it takes a voucher once.
    fn take(&self, texts: &Texts, till: usize, answer: Answer) -> Option<Self> {
        let said = challenge::answered_id(&texts.answers[&answer], TAG);
        let own = |at: &&Asked| at.0 == till && texts.asked[*at].id(TAG).ok() == said;
        let at = *self.shown.iter().find(own)?;
        let used = (answer, at, answer.0);
        let taken = self.made[till]
            .iter()
            .any(|(_, _, named)| *named == answer.0);
        if self.phase > 0 || taken {
            return None;
        }
        // It has heard nothing since before the vouchers were made.
        let mut offline = World::new();
        offline.blind = true;
        let context = offline.context(CASHIER);
        let (command, context) = self.prepared(texts, (till, used), context);
        let outcome = offline.ask(&command, &context);
        if outcome.class != Class::Accepted {
            return None;
        }
        let mut next = self.clone();
        next.made[till].push(used);
        Some(next)
    }

    /// A rogue signs a command of an answer, with any question that it saw, for any voucher.
    fn make_anything(&self, case: Case, answer: Answer) -> Vec<Self> {
        if self.made[0].len() >= case.rogue_commands {
            return Vec::new();
        }
        let mut next = Vec::new();
        for at in &self.shown {
            for named in 0..2 {
                let mut made = self.clone();
                made.made[0].push((answer, *at, named));
                next.push(made);
            }
        }
        next
    }

    /// The command with which the server and the till decide: dated to when the till was offline.
    fn prepared(
        &self,
        texts: &Texts,
        (till, used): (usize, Use),
        mut context: Context,
    ) -> (Command, Context) {
        let number = (till * 100 + self.recorded[till]) as u128;
        let command = texts.command(used, number);
        context.command_id = id(10_000 + number);
        context.device = id(TILLS[till]);
        context.occurred_ms = ASKED_MS;
        context.made = Made::now(ASKED_MS);
        context.proof = texts.proofs[&used].clone();
        (command, context)
    }

    /// The next command in a till's order reaches the server. One that comes again is answered from the
    /// record and one behind a gap is sent back: neither changes anything.
    fn arrive(&self, texts: &Texts, till: usize) -> Option<Self> {
        let used = *self.made[till].get(self.recorded[till])?;
        let mut next = self.clone();
        let context = next.world.context(CASHIER);
        let (command, context) = self.prepared(texts, (till, used), context);
        next.world.run(&command, &context);
        next.recorded[till] += 1;
        Some(next)
    }

    /// A till says that everything it made before the vouchers' end has arrived; a rogue lies.
    fn tell(&self, till: usize, rogue: bool) -> Option<Self> {
        let all = self.made[till].len() == self.recorded[till];
        if self.phase == 0 || !(all || rogue) {
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

    /// What has to hold in every state.
    pub fn check(&self, case: Case) {
        for (account, points) in &self.world.balances {
            assert!(*points >= 0 || !account.never_below_zero(), "{account}");
        }
        assert_eq!(self.world.balances.values().sum::<i64>(), 0);
        let loss = self.world.balance(Account::OfflineLoss);
        let mut told = 0;
        for known in self.world.all::<VoucherUses>() {
            let own = known.uses.iter().filter(|used| used.blame.is_empty());
            assert!(own.count() <= 1, "an escrow pays once");
            let lost: i64 = known.uses.iter().map(|used| used.loss_points).sum();
            assert!((0..=POINTS).contains(&lost), "{lost} lost by one voucher");
            let honest = known.voucher == voucher_id(1) || case.rogue_commands == 0;
            assert!(!honest || lost == 0, "an honest till loses nothing");
            assert!(
                !honest || known.uses.len() <= 1,
                "an honest till uses it once"
            );
            told += lost;
        }
        assert_eq!(loss, told, "every loss has its proof");
        for (number, person) in PEOPLE.into_iter().enumerate() {
            let aside = self.world.balance(Account::Voucher(voucher_id(number)));
            let left = aside + self.world.balance(Account::active(id(person)));
            let once = number == 1 || !case.willing;
            assert!(!once || left >= GIVEN - PRICE, "who signs once pays once");
            if self.is_over() {
                assert_eq!(aside, 0, "in the end it is spent or back");
            }
        }
    }

    fn is_over(&self) -> bool {
        let arrived = |till: usize| self.recorded[till] == self.made[till].len();
        self.phase + 1 == PHASES_MS.len() && arrived(0) && arrived(1)
    }
}
