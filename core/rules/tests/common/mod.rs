//! A small programme in memory: facts by kind and id, books that add up, and the loop that a server
//! runs for each command. Tests drive `needs` and `decide` through it.

#![allow(dead_code)] // each test file uses a part

mod clock;

use std::collections::{BTreeMap, BTreeSet};

use carrot_rules::command::{
    Command, Cover, Evidence, RewardRedeem, SaleLine, SaleRecord, SaleVoid, VisitRecord,
};
use carrot_rules::decide::{Context, ProofCheck, decide, needs};
use carrot_rules::entity::{
    Code, Employment, Entity, EntityKind, ONLY, Participant, Product, Reward, Task,
};
use carrot_rules::facts::{Fact, FactKey, Facts};
use carrot_rules::ledger::{Account, Books, Unit as Counted};
use carrot_rules::outcome::{AwardKey, Class, Due, Outcome, Upsert};
use carrot_rules::ruleset::{Rule, RuleSet};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

pub const DUO: &str = "09520001000017";
pub const BEANS: &str = "09520001000024";
pub const HOUR_MS: i64 = 3_600_000;
pub const START_MS: i64 = 1_790_000_000_000;

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub const SELLER: u128 = 1;
pub const OTHER_SELLER: u128 = 2;
pub const CASHIER: u128 = 3;
pub const BUYER: u128 = 4;
pub const MERCHANDISER: u128 = 5;
pub const APPROVER: u128 = 6;
pub const SHOP: u128 = 10;
pub const TERMINAL: u128 = 20;

/// The programme and its books.
#[derive(Clone)]
pub struct World {
    pub things: BTreeMap<(EntityKind, String), Value>,
    pub balances: BTreeMap<Account, i64>,
    pub keys: BTreeSet<AwardKey>,
    /// The same movements with their lots.
    pub books: Books,
    /// What the clock brings about, by key.
    pub dues: BTreeMap<String, Due>,
    /// Kinds that this place cannot tell about when it does not have them.
    pub blind: bool,
    pub now_ms: i64,
    next: u128,
}

impl World {
    pub fn new() -> Self {
        let mut world = Self {
            things: BTreeMap::new(),
            balances: BTreeMap::new(),
            keys: BTreeSet::new(),
            books: Books::default(),
            dues: BTreeMap::new(),
            blind: false,
            now_ms: START_MS,
            next: 1_000,
        };
        world.put(ONLY, &rules());
        world.put(DUO, &product(DUO, 40, 120));
        world.put(BEANS, &product(BEANS, 12, 0));
        world.put("bag", &reward("bag", 300, Some(5)));
        world.put("shelf", &task("shelf", 60));
        for (person, role) in [
            (SELLER, "seller"),
            (OTHER_SELLER, "seller"),
            (CASHIER, "cashier"),
            (BUYER, "buyer"),
            (MERCHANDISER, "merchandiser"),
            (APPROVER, "approver"),
        ] {
            world.put(&id(person).to_string(), &participant(person, role));
        }
        world
    }

    pub fn put<T: Entity>(&mut self, key: &str, thing: &T) {
        let body = serde_json::to_value(thing).unwrap();
        self.things.insert((T::KIND, key.to_owned()), body);
    }

    pub fn get<T: Entity + DeserializeOwned>(&self, key: &str) -> Option<T> {
        let body = self.things.get(&(T::KIND, key.to_owned()))?;
        Some(serde_json::from_value(body.clone()).unwrap())
    }

    pub fn all<T: Entity + DeserializeOwned>(&self) -> Vec<T> {
        let of_kind = |key: &(EntityKind, String)| key.0 == T::KIND;
        let bodies = self.things.iter().filter(|(key, _)| of_kind(key));
        bodies
            .map(|(_, body)| serde_json::from_value(body.clone()).unwrap())
            .collect()
    }

    pub fn ship(&mut self, code: &str) {
        let shipped = Code {
            series: "S1".to_owned(),
            product: DUO.to_owned(),
            outlet: Some(id(SHOP)),
            status: "shipped".to_owned(),
            claimed_by: None,
            claimed_ms: None,
        };
        self.put(code, &shipped);
    }

    pub fn active(&self, person: u128) -> i64 {
        self.balance(Account::active(id(person)))
    }

    pub fn pending(&self, person: u128) -> i64 {
        self.balance(Account::pending(id(person)))
    }

    pub fn balance(&self, account: Account) -> i64 {
        self.balances.get(&account).copied().unwrap_or(0)
    }

    /// Gives points to a person; a negative number is spent.
    pub fn give(&mut self, person: u128, points: i64) {
        let other = if points < 0 {
            Account::Redeemed
        } else {
            Account::Issuance
        };
        let account = Account::active(id(person));
        *self.balances.entry(account).or_default() += points;
        *self.balances.entry(other).or_default() -= points;
    }

    pub fn context(&mut self, actor: u128) -> Context {
        self.next += 1;
        Context {
            command_id: id(self.next),
            device: id(TERMINAL),
            actor: id(actor),
            programme: id(100),
            outlet: Some(id(SHOP)),
            occurred_ms: self.now_ms,
            now_ms: self.now_ms,
            made: carrot_rules::made::Made::now(self.now_ms),
            proof: ProofCheck::Absent,
            exposure_points: 0,
            address: carrot_rules::entity::Guess::default(),
        }
    }

    /// Loads what `needs` asks for, to a fixpoint.
    pub fn facts(&self, command: &Command, context: &Context) -> Facts {
        let mut facts = Facts::default();
        for _ in 0..16 {
            let keys = needs(command, context, &facts);
            if keys.is_empty() {
                return facts;
            }
            for key in keys {
                let fact = self.fact(&key);
                facts.insert(key, fact);
            }
        }
        panic!("needs() does not come to an end");
    }

    /// What the world knows of a fact.
    pub fn fact(&self, key: &FactKey) -> Fact {
        match key {
            FactKey::Balance(account) if !self.blind => Fact::Balance(self.balance(*account)),
            FactKey::Lot(account, lot) if !self.blind => {
                Fact::Balance(self.lot_left(*account, *lot))
            }
            FactKey::Balance(_) | FactKey::Lot(..) => Fact::Unknown,
            FactKey::Entity(kind, key) => match self.things.get(&(*kind, key.clone())) {
                Some(body) => Fact::Entity(Some(body.clone())),
                None if self.blind && !kind.complete_on_device(false) => Fact::Unknown,
                None => Fact::Entity(None),
            },
        }
    }

    pub fn ask(&self, command: &Command, context: &Context) -> Outcome {
        decide(command, context, &self.facts(command, context))
    }

    /// Decides and writes, as a server does; checks the books' laws every time.
    pub fn run(&mut self, command: &Command, context: &Context) -> Outcome {
        let outcome = self.ask(command, context);
        assert_eq!(
            outcome,
            self.ask(command, context),
            "decide() is a function"
        );
        for Upsert { kind, id, body, .. } in &outcome.noted {
            self.things.insert((*kind, id.clone()), body.clone());
        }
        if outcome.class != Class::Accepted {
            assert!(outcome.transfers.is_empty() && outcome.upserts.is_empty());
            return outcome;
        }
        for key in &outcome.freed_keys {
            self.keys.remove(key);
        }
        for key in &outcome.award_keys {
            assert!(self.keys.insert(key.clone()), "credited twice: {key:?}");
        }
        self.post(&outcome, context);
        for (account, delta) in outcome.deltas() {
            let balance = self.balances.entry(account).or_default();
            *balance += delta;
            assert!(
                *balance >= 0 || !account.never_below_zero(),
                "{account}: {balance}"
            );
        }
        for Upsert { kind, id, body, .. } in &outcome.upserts {
            self.things.insert((*kind, id.clone()), body.clone());
        }
        assert_eq!(self.balances.values().sum::<i64>(), 0, "books sum to zero");
        for (account, balance) in &self.balances {
            assert_eq!(
                self.books.balance(*account, Counted::Points),
                *balance,
                "{account}"
            );
        }
        for due in &outcome.dues {
            match due.at_ms {
                Some(_) => self.dues.insert(due.key.clone(), due.clone()),
                None => self.dues.remove(&due.key),
            };
        }
        outcome
    }
}

pub fn rules() -> RuleSet {
    RuleSet {
        version: 3,
        rules: vec![Rule::for_amounts(
            "amount-dkk".to_owned(),
            "DKK".to_owned(),
            1_000,
            1,
        )],
        ..RuleSet::default()
    }
}

pub fn dawn(lesson: Option<&str>) -> Rule {
    Rule::for_product(
        "dawn".to_owned(),
        DUO.to_owned(),
        20_000,
        (START_MS - HOUR_MS, START_MS + HOUR_MS),
        lesson.map(str::to_owned),
    )
}

fn product(gtin: &str, buyer_points: i64, seller_points: i64) -> Product {
    Product {
        id: gtin.to_owned(),
        gtin: gtin.to_owned(),
        brand: "Morgenrød".to_owned(),
        category: "machine".to_owned(),
        name: BTreeMap::new(),
        buyer_points,
        seller_points,
        price_minor: BTreeMap::new(),
        price_version: 3,
        dated: Vec::new(),
    }
}

pub fn reward(code: &str, cost_points: i64, stock: Option<i64>) -> Reward {
    Reward {
        code: code.to_owned(),
        kind: "goods".to_owned(),
        name: BTreeMap::new(),
        cost_points,
        cash_minor: 0,
        currency: "DKK".to_owned(),
        stock,
        low_stock_at: 1,
        at_till: true,
    }
}

fn task(code: &str, points: i64) -> Task {
    Task {
        code: code.to_owned(),
        title: BTreeMap::new(),
        text: BTreeMap::new(),
        points,
        checklist: vec![carrot_rules::entity::ChecklistItem {
            code: "price".to_owned(),
            text: BTreeMap::new(),
        }],
        photo_required: true,
    }
}

fn participant(person: u128, role: &str) -> Participant {
    Participant {
        id: id(person),
        role: role.to_owned(),
        employments: vec![Employment {
            outlet: id(SHOP),
            from_ms: 0,
            until_ms: None,
            share: 1,
        }],
        segments: Vec::new(),
        joined_ms: 0,
    }
}

pub fn line(product: &str, pieces: i64) -> SaleLine {
    SaleLine {
        product: Some(product.to_owned()),
        quantity_micro: pieces * 1_000_000,
        amount_minor: 10_000 * pieces,
        unit_code: None,
    }
}

pub fn sale(sale_id: u128, lines: Vec<SaleLine>) -> SaleRecord {
    SaleRecord {
        sale_id: id(sale_id),
        buyer: None,
        seller: Some(id(SELLER)),
        lines,
        currency: "DKK".to_owned(),
        receipt_key: None,
        part_pay_points: None,
        invoice: None,
    }
}

pub fn void(sale_id: u128) -> Command {
    Command::SaleVoid(SaleVoid {
        sale_id: id(sale_id),
    })
}

pub fn claim_code(claim_id: u128, code: &str) -> Command {
    Command::ClaimSubmit(carrot_rules::command::ClaimSubmit {
        claim_id: id(claim_id),
        evidence: Evidence::Code {
            code: code.to_owned(),
            product: Some(DUO.to_owned()),
        },
    })
}

pub fn claim_receipt(claim_id: u128, key: &str) -> Command {
    Command::ClaimSubmit(carrot_rules::command::ClaimSubmit {
        claim_id: id(claim_id),
        evidence: Evidence::Receipt {
            key: key.to_owned(),
            product: Some(DUO.to_owned()),
            total_minor: None,
            fiscal: None,
        },
    })
}

pub fn visit(visit_id: u128) -> VisitRecord {
    VisitRecord {
        visit_id: id(visit_id),
        stop: None,
        task: "shelf".to_owned(),
        checked_in_ms: START_MS,
        checklist: vec![carrot_rules::command::ChecklistAnswer {
            item: "price".to_owned(),
            ok: true,
        }],
        photos: vec!["ab".repeat(32)],
        note: String::new(),
        shelf: Vec::new(),
    }
}

pub fn redeem(redemption_id: u128, cover: Cover) -> RewardRedeem {
    RewardRedeem {
        redemption_id: id(redemption_id),
        reward: "bag".to_owned(),
        cost_points: 300,
        participant: id(BUYER),
        proof: "CRR1.test".to_owned(),
        challenge: None,
        cover,
    }
}
