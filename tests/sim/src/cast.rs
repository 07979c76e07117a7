//! The small world that every fleet plays in: two programmes that must not see each other, their
//! outlets, goods and people.

use std::collections::BTreeMap;

use anyhow::Result;
use carrot_rules::entity::{
    Code, Contact, Employment, Member, Outlet, Participant, Product, Programme, Reward, Roster,
    Task,
};
use carrot_rules::{Account, RuleSet, Scope, Transfer};
use carrot_server::store::Person;
use carrot_server::{NewProgramme, Store, Tx};
use uuid::Uuid;

/// Points of a buyer per piece.
pub const BUYER_POINTS: i64 = 10;
/// Points of a seller per piece.
pub const SELLER_POINTS: i64 = 120;
/// What the reward costs, points.
pub const REWARD_POINTS: i64 = 150;
/// From which leases are granted, points.
pub const OFFLINE_BUDGET_POINTS: i64 = 5_000;
/// The product's id.
pub const PRODUCT: &str = "04006381333931";
/// The reward's code.
pub const REWARD: &str = "MUG";
/// The task of visits.
pub const TASK: &str = "SHELF";
/// Unique codes in each programme.
pub const CODES: u64 = 60;
/// A family name that only its own programme's terminals may be told.
pub const CANARY: &str = "Zeugenschutz";
/// A phone number that nobody is told.
pub const PHONE_CANARY: &str = "+4599887766";

/// One programme's names and numbers.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    /// Zero or one.
    pub number: u128,
}

impl Cast {
    fn id(self, number: u128) -> Uuid {
        Uuid::from_u128((self.number + 1) * 0x1_0000 + number)
    }

    /// The programme.
    #[must_use]
    pub fn programme(self) -> Uuid {
        self.id(1)
    }

    /// An outlet, 0 or 1.
    #[must_use]
    pub fn outlet(self, at: u128) -> Uuid {
        self.id(0x10 + at)
    }

    /// A cashier of an outlet; each has two.
    #[must_use]
    pub fn cashier(self, outlet: u128, at: u128) -> Uuid {
        self.id(0x20 + 2 * outlet + at)
    }

    /// A seller, 0 or 1.
    #[must_use]
    pub fn seller(self, at: u128) -> Uuid {
        self.id(0x30 + at)
    }

    /// A buyer, 0 to 2.
    #[must_use]
    pub fn buyer(self, at: u128) -> Uuid {
        self.id(0x40 + at)
    }

    /// The merchandiser.
    #[must_use]
    pub fn merchandiser(self) -> Uuid {
        self.id(0x50)
    }

    /// A manager.
    #[must_use]
    pub fn manager(self) -> Uuid {
        self.id(0x60)
    }

    /// A buyer's contact as the programme keeps it.
    #[must_use]
    pub fn contact(self, at: u128) -> String {
        format!("{:032x}", 0xC0_0000 + self.number * 0x100 + at)
    }

    /// A unique code.
    #[must_use]
    pub fn code(self, at: u64) -> String {
        format!("CRC{}MORGEN{at:04}", self.number + 1)
    }

    /// The programme's short code.
    #[must_use]
    pub fn word(self) -> String {
        format!("prog{}", self.number)
    }
}

fn texts(text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("en".to_owned(), text.to_owned())])
}

/// Writes a programme with everything in it.
pub async fn write(store: &Store, cast: Cast) -> Result<()> {
    let programme = Programme {
        id: cast.programme(),
        code: cast.word(),
        name: format!("Programme {}", cast.number),
        points_word: BTreeMap::new(),
        theme: BTreeMap::new(),
        currency: "DKK".to_owned(),
        time_zone: "Europe/Copenhagen".to_owned(),
    };
    let rules = RuleSet {
        version: 1,
        ..RuleSet::default()
    };
    let new = NewProgramme {
        programme,
        rules,
        offline_budget_points: OFFLINE_BUDGET_POINTS,
    };
    store.create_programme(new).await?;
    let mut tx = store.begin(cast.programme()).await?;
    places(&mut tx, cast).await?;
    goods(&mut tx, cast).await?;
    people(&mut tx, cast).await?;
    Ok(tx.commit().await?)
}

async fn places(tx: &mut Tx, cast: Cast) -> Result<()> {
    for at in 0..2 {
        let outlet = Outlet {
            id: cast.outlet(at),
            code: format!("O{at}"),
            partner: "P1".to_owned(),
            name: format!("Outlet {at}"),
            address: "Street 1".to_owned(),
            city: "Aarhus".to_owned(),
            country: "DK".to_owned(),
            currency: "DKK".to_owned(),
            time_zone: "Europe/Copenhagen".to_owned(),
            latitude_e6: 56_150_000,
            longitude_e6: 10_200_000,
            online: true,
            owner: None,
        };
        let all = [Scope::Programme(cast.programme())];
        tx.put(&outlet.id.to_string(), &outlet, &all).await?;
    }
    Ok(())
}

async fn goods(tx: &mut Tx, cast: Cast) -> Result<()> {
    let all = [Scope::Programme(cast.programme())];
    tx.put(PRODUCT, &product(1), &all).await?;
    let reward = Reward {
        code: REWARD.to_owned(),
        kind: "goods".to_owned(),
        name: texts("Mug"),
        cost_points: REWARD_POINTS,
        cash_minor: 0,
        currency: "DKK".to_owned(),
        stock: None,
        low_stock_at: 0,
        at_till: true,
    };
    tx.put(REWARD, &reward, &all).await?;
    tx.put(TASK, &task(TASK), &all).await?;
    for at in 0..CODES {
        let code = Code {
            series: "S1".to_owned(),
            product: PRODUCT.to_owned(),
            outlet: None,
            status: "shipped".to_owned(),
            claimed_by: None,
            claimed_ms: None,
        };
        tx.put(&cast.code(at), &code, &[]).await?;
    }
    Ok(())
}

/// A task of visits.
#[must_use]
pub fn task(code: &str) -> Task {
    Task {
        code: code.to_owned(),
        title: texts("Shelf"),
        text: texts("Look at the shelf"),
        points: 80,
        checklist: Vec::new(),
        photo_required: false,
    }
}

/// The product as its price list of a version has it; points never change.
#[must_use]
pub fn product(price_version: i64) -> Product {
    Product {
        id: PRODUCT.to_owned(),
        gtin: PRODUCT.to_owned(),
        brand: "Brand".to_owned(),
        category: "tools".to_owned(),
        name: texts("Drill"),
        buyer_points: BUYER_POINTS,
        seller_points: SELLER_POINTS,
        price_minor: BTreeMap::new(),
        price_version,
        dated: Vec::new(),
    }
}

async fn people(tx: &mut Tx, cast: Cast) -> Result<()> {
    for outlet in 0..2 {
        for at in 0..2 {
            person(
                tx,
                cast.cashier(outlet, at),
                "cashier",
                Some(cast.outlet(outlet)),
            )
            .await?;
        }
    }
    for at in 0..2 {
        person(tx, cast.seller(at), "seller", Some(cast.outlet(0))).await?;
    }
    person(tx, cast.merchandiser(), "merchandiser", None).await?;
    person(tx, cast.manager(), "manager", None).await?;
    for at in 0..3 {
        let id = cast.buyer(at);
        person(tx, id, "buyer", None).await?;
        tx.put(&cast.contact(at), &Contact { participant: id }, &[])
            .await?;
        let member = Member {
            participant: id,
            contacts: vec![cast.contact(at)],
            cards: Vec::new(),
        };
        tx.put(&id.to_string(), &member, &[]).await?;
        let now_ms = tx.now_ms();
        let points = 400;
        let legs = [(Account::Issuance, -points), (Account::active(id), points)];
        let opening = Transfer::points("opening", &legs)?;
        tx.book(cast.id(0x1000 + at), now_ms, &opening).await?;
    }
    Ok(())
}

async fn person(tx: &mut Tx, id: Uuid, role: &str, outlet: Option<Uuid>) -> Result<()> {
    let job = |outlet| Employment {
        outlet,
        from_ms: 0,
        until_ms: None,
        share: 1,
    };
    let participant = Participant {
        id,
        role: role.to_owned(),
        employments: outlet.into_iter().map(job).collect(),
        segments: Vec::new(),
        joined_ms: 0,
    };
    tx.put(&id.to_string(), &participant, &[Scope::Participant(id)])
        .await?;
    if let Some(outlet) = outlet {
        let roster = Roster {
            participant: id,
            role: role.to_owned(),
        };
        tx.put(&id.to_string(), &roster, &[Scope::Outlet(outlet)])
            .await?;
    }
    let named = Person {
        participant: id,
        code: format!("{role}-{:x}", id.as_u128()),
        given: "Karen".to_owned(),
        family: if role == "manager" { CANARY } else { "Holm" }.to_owned(),
        phone: Some(PHONE_CANARY.to_owned()).filter(|_| role == "manager"),
        email: None,
        language: "da".to_owned(),
        sign_in: None,
        password_hash: None,
        pin_hash: (role == "cashier").then(|| "$argon2id$v=19$test".to_owned()),
    };
    tx.put_person(&named).await?;
    Ok(())
}
