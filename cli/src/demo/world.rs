//! The programme as imported, with its people, places and virtual devices at hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use carrot_rules::entity::{Code, Outlet, Product, Programme};
use carrot_server::import::{
    IMPORT_KINDS, ImportKind, ImportOptions, Report, import, import_programme, outlet_id,
    participant_id,
};
use carrot_server::store::{EntityFilter, Field, Place, StoreTuning};
use carrot_server::{ManualClock, Store};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::days::Days;
use super::device::Virtual;
use super::files::{self, History, OutletLine, PersonLine};

/// Everything that the replay needs.
pub struct World {
    /// The store, with a clock that the replay sets.
    pub store: Arc<Store>,
    /// That clock.
    pub clock: Arc<ManualClock>,
    /// The programme.
    pub programme: Uuid,
    /// Its tag in codes.
    pub tag: String,
    /// Key of contact hashes, hex.
    pub contact_key: String,
    /// The days.
    pub days: Days,
    /// What to arrive at.
    pub history: History,
    /// People by code.
    pub people: BTreeMap<String, PersonLine>,
    /// People's codes in the order of the file.
    pub order: Vec<String>,
    /// Outlets by code.
    pub outlets: BTreeMap<String, Outlet>,
    /// Outlets' codes in the order of the file.
    pub outlet_order: Vec<String>,
    /// Products.
    pub products: Vec<Product>,
    /// A terminal per outlet.
    pub tills: BTreeMap<String, Virtual>,
    /// A phone per person.
    pub phones: BTreeMap<String, Virtual>,
}

impl World {
    /// Makes a store as it was on the day before the history begins.
    pub async fn import(place: &Place, now_ms: i64) -> anyhow::Result<Self> {
        let history: History = files::json("history.json")?;
        let home: serde_json::Value = files::json("programme.json")?;
        let zone = home
            .get("time_zone")
            .and_then(serde_json::Value::as_str)
            .unwrap_or("UTC");
        let days = Days::at(now_ms, zone)?;
        let start_ms = days.instant_ms(-history.days - 1, 9 * 60, zone)?;
        let clock = Arc::new(ManualClock::at(start_ms));
        let shared: Arc<dyn carrot_server::Clock> = Arc::<ManualClock>::clone(&clock);
        let tuning = StoreTuning {
            clock: shared,
            ..StoreTuning::default()
        };
        let store = Arc::new(Store::open_at(place, tuning).await?);
        if !store.programmes().await?.is_empty() {
            bail!("the database holds a programme already; name an empty one");
        }
        let (programme, report) = import_programme(
            &store,
            "programme.json",
            &files::bytes("programme.json")?,
            false,
        )
        .await?;
        clean("programme.json", &report)?;
        let mut code_bytes = seeded(history.seed);
        for kind in IMPORT_KINDS {
            // Wishes come as commands of the people who have them.
            if kind == ImportKind::Wishes {
                continue;
            }
            let file = kind.file_name();
            let options = ImportOptions {
                today: Some(days.today()),
                dry_run: false,
                code_bytes: &mut code_bytes,
            };
            let report =
                import(&store, programme, kind, file, &files::bytes(file)?, options).await?;
            clean(file, &report)?;
        }
        let mut world = Self::read(store, clock, programme, days, history).await?;
        world.devices(start_ms).await?;
        Ok(world)
    }

    async fn read(
        store: Arc<Store>,
        clock: Arc<ManualClock>,
        programme: Uuid,
        days: Days,
        history: History,
    ) -> anyhow::Result<Self> {
        let lines: Vec<PersonLine> = files::rows("people.csv")?;
        let places: Vec<OutletLine> = files::rows("outlets.csv")?;
        let known: Option<Programme> = store.entity(programme, carrot_rules::entity::ONLY).await?;
        let outlets: Vec<(String, Outlet)> =
            store.entities(programme, &EntityFilter::all()).await?;
        let products: Vec<(String, Product)> =
            store.entities(programme, &EntityFilter::all()).await?;
        let contact_key = store.secrets(programme).await?.contact_key;
        Ok(Self {
            clock,
            programme,
            tag: known.context("the programme was just made")?.code,
            contact_key,
            days,
            history,
            order: lines.iter().map(|line| line.code.clone()).collect(),
            people: lines
                .into_iter()
                .map(|line| (line.code.clone(), line))
                .collect(),
            outlets: outlets
                .into_iter()
                .map(|(_, outlet)| (outlet.code.clone(), outlet))
                .collect(),
            outlet_order: places.into_iter().map(|line| line.code).collect(),
            products: products.into_iter().map(|(_, product)| product).collect(),
            tills: BTreeMap::new(),
            phones: BTreeMap::new(),
            store,
        })
    }

    /// Enrols a terminal in every outlet and a phone for everybody who carries one.
    async fn devices(&mut self, at_ms: i64) -> anyhow::Result<()> {
        for (code, outlet) in &self.outlets {
            let till = Virtual::terminal(
                self.programme,
                outlet.id,
                &format!("Till of {}", outlet.name),
                at_ms,
            )?;
            self.tills.insert(code.clone(), till);
        }
        for line in self.people.values() {
            if matches!(line.role.as_str(), "seller" | "buyer" | "merchandiser") {
                let name = format!("Phone of {} ({})", line.given, line.code);
                let phone = Virtual::phone(self.programme, self.person(&line.code), &name, at_ms)?;
                self.phones.insert(line.code.clone(), phone);
            }
        }
        let mut tx = self.store.begin(self.programme).await?;
        for device in self.tills.values().chain(self.phones.values()) {
            tx.insert_device(&device.device).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// A person's id.
    pub fn person(&self, code: &str) -> Uuid {
        participant_id(self.programme, code)
    }

    /// An outlet's id.
    pub fn outlet(&self, code: &str) -> Uuid {
        outlet_id(self.programme, code)
    }

    /// An outlet's time zone.
    pub fn zone(&self, outlet: &str) -> &str {
        self.outlets
            .get(outlet)
            .map_or("UTC", |outlet| outlet.time_zone.as_str())
    }

    /// People of a role who work at an outlet, in the order of the file.
    pub fn staff(&self, outlet: &str, role: &str) -> Vec<String> {
        let here = self.order.iter().filter_map(|code| self.people.get(code));
        let here =
            here.filter(|line| line.role == role && line.works_at().any(|code| code == outlet));
        here.map(|line| line.code.clone()).collect()
    }

    /// Who stands at the till: a cashier of the outlet, other than `not`.
    pub fn at_till(&self, outlet: &str, not: Option<&str>) -> anyhow::Result<Uuid> {
        let staff = self.staff(outlet, "cashier");
        let found = staff.iter().find(|code| Some(code.as_str()) != not);
        Ok(
            self.person(
                found.with_context(|| format!("nobody can stand at the till of {outlet}"))?,
            ),
        )
    }

    /// The unused codes of a series, in their order.
    pub async fn codes(&self, series: &str) -> anyhow::Result<Vec<String>> {
        let filter = EntityFilter::all().with(Field::Series, series);
        let codes: Vec<(String, Code)> = self.store.entities(self.programme, &filter).await?;
        Ok(codes.into_iter().map(|(id, _)| id).collect())
    }
}

fn clean(file: &str, report: &Report) -> anyhow::Result<()> {
    match report.refused.first() {
        None => Ok(()),
        Some(refused) => bail!("the program's own {file} is refused: {refused}"),
    }
}

/// Bytes of codes that are the same in every demo.
fn seeded(seed: u64) -> impl FnMut() -> carrot_server::Result<[u8; 10]> + Send {
    let mut count = 0_u64;
    move || {
        count += 1;
        let digest: [u8; 32] = Sha256::digest(format!("carrot demo {seed} {count}")).into();
        let mut bytes = [0; 10];
        bytes.copy_from_slice(digest.get(..10).unwrap_or(&[0; 10]));
        Ok(bytes)
    }
}
