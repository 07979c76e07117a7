//! The programme that tests play in: one outlet, its people, two products, a reward, a task.

use std::collections::BTreeMap;

use carrot_rules::entity::{
    Code, Contact, Employment, Member, Outlet, Participant, Product, Programme, Reward, Roster,
    Task,
};
use carrot_rules::{Account, RuleSet, Scope, Transfer};
use carrot_server::store::Person;
use carrot_server::{NewProgramme, Store, Tx};
use uuid::Uuid;

pub const PROGRAMME: Uuid = Uuid::from_u128(1);
pub const OUTLET: Uuid = Uuid::from_u128(10);
pub const OTHER_OUTLET: Uuid = Uuid::from_u128(11);
pub const CASHIER: Uuid = Uuid::from_u128(20);
pub const SELLER: Uuid = Uuid::from_u128(21);
pub const RIVAL: Uuid = Uuid::from_u128(22);
pub const BUYER: Uuid = Uuid::from_u128(23);
pub const MERCHANDISER: Uuid = Uuid::from_u128(24);
pub const MANAGER: Uuid = Uuid::from_u128(25);
pub const CONTACT: &str = "00112233445566778899aabbccddeeff";
pub const PRODUCT: &str = "04006381333931";
pub const CODE: &str = "CRC1MORGEN0001";
pub const BUYER_POINTS: i64 = 10;
pub const SELLER_POINTS: i64 = 120;
pub const TASK_POINTS: i64 = 80;
pub const REWARD_COST: i64 = 150;
pub const OFFLINE_BUDGET: i64 = 5_000;

pub fn rules() -> RuleSet {
    RuleSet {
        version: 1,
        ..RuleSet::default()
    }
}

fn texts(text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("en".to_owned(), text.to_owned())])
}

fn outlet(id: Uuid, code: &str) -> Outlet {
    Outlet {
        id,
        code: code.to_owned(),
        partner: "P1".to_owned(),
        name: format!("Outlet {code}"),
        address: "Street 1".to_owned(),
        city: "Aarhus".to_owned(),
        country: "DK".to_owned(),
        currency: "DKK".to_owned(),
        time_zone: "Europe/Copenhagen".to_owned(),
        latitude_e6: 56_150_000,
        longitude_e6: 10_200_000,
        online: true,
        owner: None,
    }
}

pub async fn write(store: &Store) {
    let programme = Programme {
        id: PROGRAMME,
        code: "morgen".to_owned(),
        name: "Morgenrod".to_owned(),
        points_word: BTreeMap::new(),
        theme: BTreeMap::new(),
        currency: "DKK".to_owned(),
        time_zone: "Europe/Copenhagen".to_owned(),
    };
    let new = NewProgramme {
        programme,
        rules: rules(),
        offline_budget_points: OFFLINE_BUDGET,
    };
    store.create_programme(new).await.unwrap();
    let mut tx = store.begin(PROGRAMME).await.unwrap();
    goods(&mut tx).await;
    people(&mut tx).await;
    tx.commit().await.unwrap();
}

async fn goods(tx: &mut Tx) {
    let all = [Scope::Programme(PROGRAMME)];
    for (id, code) in [(OUTLET, "A1"), (OTHER_OUTLET, "B2")] {
        tx.put(&id.to_string(), &outlet(id, code), &all)
            .await
            .unwrap();
    }
    let product = Product {
        id: PRODUCT.to_owned(),
        gtin: PRODUCT.to_owned(),
        brand: "Brand".to_owned(),
        category: "tools".to_owned(),
        name: texts("Drill"),
        buyer_points: BUYER_POINTS,
        seller_points: SELLER_POINTS,
        price_minor: BTreeMap::new(),
        price_version: 1,
        dated: Vec::new(),
    };
    tx.put(PRODUCT, &product, &all).await.unwrap();
    let reward = Reward {
        code: "MUG".to_owned(),
        kind: "goods".to_owned(),
        name: texts("Mug"),
        cost_points: REWARD_COST,
        cash_minor: 0,
        currency: "DKK".to_owned(),
        stock: None,
        low_stock_at: 0,
        at_till: true,
    };
    tx.put("MUG", &reward, &all).await.unwrap();
    let task = Task {
        code: "SHELF".to_owned(),
        title: texts("Shelf"),
        text: texts("Look at the shelf"),
        points: TASK_POINTS,
        checklist: Vec::new(),
        photo_required: false,
    };
    tx.put("SHELF", &task, &all).await.unwrap();
    let code = Code {
        series: "S1".to_owned(),
        product: PRODUCT.to_owned(),
        outlet: None,
        status: "shipped".to_owned(),
        claimed_by: None,
        claimed_ms: None,
    };
    tx.put(CODE, &code, &[]).await.unwrap();
}

async fn people(tx: &mut Tx) {
    let cast = [
        (CASHIER, "cashier", "C1", "Karen", "Holm"),
        (SELLER, "seller", "S1", "Søren", "Lund"),
        (RIVAL, "seller", "S2", "Olga", "Petrova"),
        (BUYER, "buyer", "B1", "Bo", "Berg"),
        (MERCHANDISER, "merchandiser", "M1", "Marta", "Nowak"),
        (MANAGER, "manager", "A1", "Anna", "Eriksson"),
    ];
    for (id, role, code, given, family) in cast {
        let works = matches!(role, "cashier" | "seller");
        let job = Employment {
            outlet: OUTLET,
            from_ms: 0,
            until_ms: None,
            share: 1,
        };
        let employments = if works { vec![job] } else { Vec::new() };
        let person = Participant {
            id,
            role: role.to_owned(),
            employments,
            segments: Vec::new(),
            joined_ms: 0,
        };
        tx.put(&id.to_string(), &person, &[Scope::Participant(id)])
            .await
            .unwrap();
        if works {
            let roster = Roster {
                participant: id,
                role: role.to_owned(),
            };
            tx.put(&id.to_string(), &roster, &[Scope::Outlet(OUTLET)])
                .await
                .unwrap();
        }
        tx.put_person(&named(id, code, given, family))
            .await
            .unwrap();
    }
    tx.put(CONTACT, &Contact { participant: BUYER }, &[])
        .await
        .unwrap();
    let member = Member {
        participant: BUYER,
        contacts: vec![CONTACT.to_owned()],
        cards: Vec::new(),
    };
    tx.put(&BUYER.to_string(), &member, &[]).await.unwrap();
}

fn named(participant: Uuid, code: &str, given: &str, family: &str) -> Person {
    let pin_hash = (participant == CASHIER).then(|| "$argon2id$v=19$test".to_owned());
    Person {
        participant,
        code: code.to_owned(),
        given: given.to_owned(),
        family: family.to_owned(),
        phone: None,
        email: None,
        language: "da".to_owned(),
        sign_in: None,
        password_hash: None,
        pin_hash,
    }
}

/// Gives somebody spendable points from nowhere but the issuance.
pub async fn endow(store: &Store, person: Uuid, points: i64) {
    let mut tx = store.begin(PROGRAMME).await.unwrap();
    let now_ms = tx.now_ms();
    let legs = [
        (Account::Issuance, -points),
        (Account::active(person), points),
    ];
    let opening = Transfer::points("opening", &legs).unwrap();
    tx.book(Uuid::new_v4(), now_ms, &opening).await.unwrap();
    tx.commit().await.unwrap();
}
