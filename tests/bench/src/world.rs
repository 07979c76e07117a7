//! A server in this process with one outlet and one seller, as much catalogue, history and printed
//! codes as a measurement wants, and the seller's phone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use carrot_api::Api;
use carrot_client::{Device, KeyChoice, OpenOptions, SystemClock};
use carrot_codes::OwnCode;
use carrot_rules::entity::{Activity, Code, Employment, Outlet, Participant, Product, Programme};
use carrot_rules::ruleset::RuleSet;
use carrot_rules::{Scope, outcome::Derivation};
use carrot_server::store::{DeviceRole, Person, Place, StoreTuning};
use carrot_server::{NewProgramme, Served, Store, Tx, create_enrolment, serve_store};
use uuid::Uuid;

/// The programme's tag in codes.
pub const TAG: &str = "bench";
/// The programme.
pub const PROGRAMME: Uuid = Uuid::from_u128(1);
/// Where the seller works.
pub const OUTLET: Uuid = Uuid::from_u128(10);
/// Who owns the phone.
pub const SELLER: Uuid = Uuid::from_u128(20);
/// Ids of further sellers begin above this number.
const SELLERS: u128 = 1_000;
/// Things written per transaction while a world is made.
const WRITE_THINGS: usize = 5_000;

/// What a world holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stock {
    /// Products in the catalogue.
    pub products: usize,
    /// Lines in the seller's history.
    pub activities: usize,
    /// Printed codes that nobody has claimed.
    pub codes: usize,
}

/// A server that answers on loopback.
pub struct World {
    served: Served,
}

impl World {
    /// Makes the programme in a folder and starts the server.
    pub async fn start(dir: &Path, stock: Stock) -> Result<Self> {
        Self::start_at(&dir.into(), stock).await
    }

    /// The same on the database of a place.
    pub async fn start_at(place: &Place, stock: Stock) -> Result<Self> {
        let store = Arc::new(Store::open_at(place, StoreTuning::default()).await?);
        create(&store).await?;
        fill(&store, stock.products, product).await?;
        fill(&store, stock.activities, activity).await?;
        fill(&store, stock.codes, |number| {
            code(number, stock.products.max(1))
        })
        .await?;
        Self::serve(store).await
    }

    /// Serves a folder that a world was made in.
    pub async fn again(dir: &Path) -> Result<Self> {
        Self::serve(Arc::new(Store::open(dir).await?)).await
    }

    async fn serve(store: Arc<Store>) -> Result<Self> {
        let listen = "127.0.0.1:0".parse()?;
        let served = serve_store(store, listen, None).await?;
        Ok(Self { served })
    }

    /// What a device on this machine calls.
    pub fn url(&self) -> String {
        self.served.url()
    }

    /// Writes a line of the seller's history once more.
    pub async fn grow_by_one(&self) -> Result<()> {
        fill(&self.served.store, 1, activity).await
    }

    /// A one-time code for the seller's phone.
    pub async fn enrolment(&self) -> Result<String> {
        self.enrolment_of(SELLER, &self.url()).await
    }

    /// A one-time code for the phone of a person, which calls the server at this address.
    pub async fn enrolment_of(&self, person: Uuid, url: &str) -> Result<String> {
        enrolment_in(&self.served.store, person, url).await
    }

    /// Hires one more seller and answers who that is; the same for the same number.
    pub async fn hire(&self, number: usize) -> Result<Uuid> {
        let id = Uuid::from_u128(SELLERS + u128::try_from(number)?);
        let mut tx = self.served.store.begin(PROGRAMME).await?;
        seller(&mut tx, id, &format!("S{}", number + 2)).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Enrols a phone in a folder, pulls everything and closes it. Answers how many changes its
    /// scopes have passed.
    pub async fn enrol(&self, dir: &Path) -> Result<i64> {
        let device = Device::open(options(dir)).await?;
        let phone = device.enrol(&self.enrolment().await?, "bench").await?;
        let status = phone.status().await?;
        anyhow::ensure!(status.last_sync_ms.is_some(), "the first pull failed");
        drop(phone);
        device.close().await;
        Ok(status.scopes.iter().map(|scope| scope.cursor).sum())
    }

    /// Stops answering and closes the file.
    pub async fn stop(self) -> Result<()> {
        Ok(self.served.stop().await?)
    }
}

/// A one-time code for the phone of a person, made in the store of a server at this address.
pub async fn enrolment_in(store: &Store, person: Uuid, url: &str) -> Result<String> {
    let mut tx = store.begin(PROGRAMME).await?;
    let text = create_enrolment(&mut tx, DeviceRole::Phone, None, Some(person), url).await?;
    tx.commit().await?;
    Ok(text)
}

/// How the phone's folder is opened.
pub fn options(dir: &Path) -> OpenOptions {
    OpenOptions {
        dir: dir.to_owned(),
        keys: KeyChoice::InsecureFile,
        clock: Arc::new(SystemClock::new()),
    }
}

/// Opens the phone as screens do.
pub async fn open(dir: &Path) -> Result<Api> {
    Api::open(options(dir))
        .await
        .map_err(|error| anyhow::anyhow!("{}: {}", error.code, error.detail))
}

/// Where the phone keeps its files of this programme.
pub fn membership_dir(device: &Path) -> PathBuf {
    device.join("m").join(PROGRAMME.to_string())
}

/// The key of the phone's databases, from the file where a headless folder keeps it.
pub fn database_key(device: &Path) -> Result<[u8; 32]> {
    let text = std::fs::read_to_string(membership_dir(device).join("keys.json"))?;
    let keys: serde_json::Value = serde_json::from_str(&text)?;
    let database = keys["database"].as_str().context("no database key")?;
    let bytes: [u8; 32] = hex::decode(database)?
        .try_into()
        .map_err(|_| anyhow::anyhow!("a key of another size"))?;
    Ok(bytes)
}

/// The id of a product: its number with 14 digits.
pub fn product_id(number: usize) -> String {
    let digits = format!("40{number:010}");
    let odd = |index: usize| if index % 2 == 1 { 3 } else { 1 };
    let weighted = digits.bytes().enumerate();
    let sum: u32 = weighted
        .map(|(index, digit)| u32::from(digit - b'0') * odd(index))
        .sum();
    format!("0{digits}{}", (10 - sum % 10) % 10)
}

/// A printed code: one of our own, the same for the same number.
fn own_code(number: usize) -> OwnCode {
    let mut bytes = [0x5a; 10];
    let (head, _) = bytes.split_at_mut(8);
    head.copy_from_slice(&u64::try_from(number).unwrap_or(u64::MAX).to_be_bytes());
    carrot_codes::unique_from_bytes(TAG, bytes)
}

/// What a scanner reads from the label: the product's number and the code in one link.
pub fn label(number: usize, products: usize) -> String {
    let secret = match own_code(number) {
        OwnCode::Unique { secret, .. } => secret,
        other => other.to_text(),
    };
    let product = product_id(number % products.max(1));
    format!("https://carrot.app/{TAG}/01/{product}/21/{secret}")
}

/// The name under which the server knows a printed code.
pub fn code_name(number: usize) -> String {
    own_code(number).canonical()
}

async fn create(store: &Store) -> Result<()> {
    let programme = Programme {
        id: PROGRAMME,
        code: TAG.to_owned(),
        name: "Bench".to_owned(),
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
        offline_budget_points: 1,
    };
    store.create_programme(new).await?;
    let mut tx = store.begin(PROGRAMME).await?;
    people(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn people(tx: &mut Tx) -> Result<()> {
    let outlet = Outlet {
        id: OUTLET,
        code: "A1".to_owned(),
        partner: "P1".to_owned(),
        name: "Havnegade".to_owned(),
        address: "Havnegade 1".to_owned(),
        city: "Aarhus".to_owned(),
        country: "DK".to_owned(),
        currency: "DKK".to_owned(),
        time_zone: "Europe/Copenhagen".to_owned(),
        latitude_e6: 56_150_000,
        longitude_e6: 10_200_000,
        online: true,
        owner: None,
    };
    let all = [Scope::Programme(PROGRAMME)];
    tx.put(&OUTLET.to_string(), &outlet, &all).await?;
    seller(tx, SELLER, "S1").await
}

async fn seller(tx: &mut Tx, id: Uuid, code: &str) -> Result<()> {
    let job = Employment {
        outlet: OUTLET,
        from_ms: 0,
        until_ms: None,
        share: 1,
    };
    let seller = Participant {
        id,
        role: "seller".to_owned(),
        employments: vec![job],
        segments: Vec::new(),
        joined_ms: 0,
    };
    let own = [Scope::Participant(id)];
    tx.put(&id.to_string(), &seller, &own).await?;
    let named = Person {
        participant: id,
        code: code.to_owned(),
        given: "Astrid".to_owned(),
        family: "Lund".to_owned(),
        phone: None,
        email: None,
        language: "da".to_owned(),
        sign_in: None,
        password_hash: None,
        pin_hash: None,
    };
    Ok(tx.put_person(&named).await?)
}

/// One thing that is written while a world is made.
struct Made {
    upsert: carrot_rules::Upsert,
}

async fn fill(store: &Store, things: usize, make: impl Fn(usize) -> Made) -> Result<()> {
    let numbers: Vec<usize> = (0..things).collect();
    for chunk in numbers.chunks(WRITE_THINGS) {
        let mut tx = store.begin(PROGRAMME).await?;
        for number in chunk {
            tx.put_entity(&make(*number).upsert).await?;
        }
        tx.commit().await?;
        if let Some(last) = chunk.last().filter(|_| things > WRITE_THINGS) {
            eprintln!("made {} of {things} things", last + 1);
        }
    }
    Ok(())
}

fn product(number: usize) -> Made {
    let id = product_id(number);
    let name = [("en", "Cordless drill"), ("da", "Boremaskine")]
        .map(|(language, name)| (language.to_owned(), format!("{name} {number}")));
    let product = Product {
        id: id.clone(),
        gtin: id.clone(),
        brand: "Brand".to_owned(),
        category: "tools".to_owned(),
        name: BTreeMap::from(name),
        buyer_points: 10,
        seller_points: 120,
        price_minor: BTreeMap::from([("DKK".to_owned(), 49_900)]),
        price_version: 1,
        dated: Vec::new(),
    };
    let all = [Scope::Programme(PROGRAMME)];
    Made {
        upsert: carrot_rules::Upsert::of(id, &product, &all),
    }
}

/// When the seller's history begins: within what devices keep, which drop older lines.
fn history_ms() -> i64 {
    let age = std::time::Duration::from_secs(300 * 24 * 3_600);
    let begun = std::time::SystemTime::now() - age;
    let since = begun.duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

fn activity(number: usize) -> Made {
    let command_id = Uuid::from_u128(1_000_000 + u128::try_from(number).unwrap_or_default());
    let id = format!("{command_id}:seller");
    let activity = Activity {
        id: id.clone(),
        command_id,
        participant: SELLER,
        kind: "claim".to_owned(),
        at_ms: history_ms() + i64::try_from(number).unwrap_or_default() * 1_000,
        points: 120,
        state: "active".to_owned(),
        subject: Some(product_id(number % 1_000)),
        outlet: Some(OUTLET),
        unit: Some(format!("code:{number}")),
        because: Vec::new(),
        derivation: vec![Derivation {
            line: 0,
            step: "per_unit".to_owned(),
            rule: "price_list".to_owned(),
            version: 1,
            params: BTreeMap::new(),
            points: 120,
        }],
    };
    let own = [Scope::Participant(SELLER)];
    Made {
        upsert: carrot_rules::Upsert::of(id, &activity, &own),
    }
}

fn code(number: usize, products: usize) -> Made {
    let code = Code {
        series: "S1".to_owned(),
        product: product_id(number % products),
        outlet: None,
        status: "shipped".to_owned(),
        claimed_by: None,
        claimed_ms: None,
    };
    Made {
        upsert: carrot_rules::Upsert::of(code_name(number), &code, &[]),
    }
}
