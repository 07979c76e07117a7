//! News that one server committed reaches the devices that listen at another: at once where the
//! database carries it, else with the heartbeat.

use std::collections::VecDeque;
use std::sync::Arc;

use carrot_rules::entity::Reward;
use carrot_rules::{Command, Scope};
use carrot_server::db::{Backend as _, LISTENER, Postgres};
use carrot_server::store::{StorePoint, StoreProbe, StoreTuning};
use carrot_wire::hint::{Heard, Hint, Reader};
use serde_json::json;
use uuid::Uuid;

use crate::common::home::open_at;
use crate::common::*;
use crate::races::{PROCESSES, Process, behind};

const OWN: Scope = Scope::Participant(SELLER);

/// A database that gives up at each commit.
struct GivesUp;

impl StoreProbe for GivesUp {
    fn at(&self, point: StorePoint) -> Result<(), sqlx::Error> {
        match point {
            StorePoint::Commit => Err(sqlx::Error::WorkerCrashed),
            StorePoint::Begin | StorePoint::Apply(..) => Ok(()),
        }
    }
}

fn giving_up() -> StoreTuning {
    StoreTuning {
        probe: Some(Arc::new(GivesUp)),
        ..StoreTuning::default()
    }
}

/// A device's line to a server process.
struct Line {
    answer: reqwest::Response,
    reader: Reader,
    heard: VecDeque<Heard>,
}

impl Line {
    /// Opens it; what is committed from now on is heard.
    async fn open(process: &Process, device: &Device) -> Self {
        let ask = reqwest::Client::new().get(format!("{}/v1/hints", process.url));
        let mut answer = ask.bearer_auth(&device.token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        // The head leaves with the first comment.
        assert!(answer.chunk().await.unwrap().is_some());
        Self {
            answer,
            reader: Reader::default(),
            heard: VecDeque::new(),
        }
    }

    async fn next(&mut self) -> Heard {
        loop {
            if let Some(heard) = self.heard.pop_front() {
                return heard;
            }
            let piece = self.answer.chunk().await.unwrap().unwrap();
            // A comment is a heartbeat: what there was to hear did not come with the commit.
            assert!(!piece.starts_with(b":"), "a heartbeat came first");
            self.heard.extend(self.reader.take(&piece));
        }
    }
}

/// Two server processes, a till at the first one, and a phone that listens at another, where the
/// database has more than one to hear.
struct Shop {
    world: World,
    started: Vec<Process>,
    front: World,
    till: Device,
    phone: Device,
    line: Line,
}

impl Shop {
    async fn open(engine: Engine) -> Self {
        // Without it the client of HTTP does not begin; another test may have done it.
        let _done = rustls::crypto::ring::default_provider().install_default();
        let world = World::on(engine).await;
        let started: Vec<Process> = (0..PROCESSES)
            .map(|_| Process::start(&world.home))
            .collect();
        let front = behind(&world, &started[0]).await;
        let till = Device::terminal(&front, 1).await;
        let phone = Device::phone(&world, 200, SELLER).await;
        let at = match engine {
            Engine::Sqlite => 0,
            Engine::Postgres => 1,
        };
        let line = Line::open(&started[at], &phone).await;
        Self {
            world,
            started,
            front,
            till,
            phone,
            line,
        }
    }

    /// Sells something; the hint that the seller's phone is to hear.
    async fn sell(&mut self) -> Heard {
        let sale = Command::SaleRecord(sale(Some(SELLER), 1, None));
        self.till.run(&self.front, &sale).await;
        let page = self.phone.pull(&self.world, json!([]), 1 << 20).await;
        let own = page.scopes.iter().find(|page| page.id == OWN).unwrap();
        let (scope, high) = (OWN, own.high);
        Heard::Hint(Hint { scope, high })
    }

    /// Writes something in these scopes over a server of its own; true when it was kept.
    async fn write(&self, scopes: &[Scope], tuning: StoreTuning) -> bool {
        let store = open_at(&self.world.home.place(), tuning).await;
        let mut tx = store.begin(PROGRAMME).await.unwrap();
        let mug = store.entity::<Reward>(PROGRAMME, "MUG").await;
        let mug = mug.unwrap().unwrap();
        tx.put("told", &mug, scopes).await.unwrap();
        let kept = tx.commit().await.is_ok();
        store.close().await;
        kept
    }

    async fn close(self) {
        drop(self.started);
        self.world.close().await;
    }
}

pub async fn a_commit_is_heard_at_once_and_nothing_else(engine: Engine) {
    let mut shop = Shop::open(engine).await;
    for _ in 0..3 {
        // Were it told, it would be heard before the sale.
        assert!(!shop.write(&[OWN], giving_up()).await);
        let told = shop.sell().await;
        assert_eq!(shop.line.next().await, told);
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_scopes_than_a_text_holds_are_told_as_missed() {
    let mut shop = Shop::open(Engine::Postgres).await;
    let others = (0..400).map(|number| Scope::Participant(Uuid::from_u128(number)));
    let scopes: Vec<Scope> = others.chain([OWN]).collect();
    assert!(shop.write(&scopes, StoreTuning::default()).await);
    assert_eq!(shop.line.next().await, Heard::Missed);
    let told = shop.sell().await;
    assert_eq!(shop.line.next().await, told);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_listener_is_made_anew_and_counts_as_missed() {
    let mut shop = Shop::open(Engine::Postgres).await;
    let end = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = '{LISTENER}'"
    );
    for _ in 0..2 {
        assert_ne!(
            shop.world
                .home
                .database
                .as_ref()
                .unwrap()
                .sql(&end)
                .unwrap(),
            "0"
        );
        assert_eq!(shop.line.next().await, Heard::Missed);
        let told = shop.sell().await;
        assert_eq!(shop.line.next().await, told);
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_is_asked_whether_it_lives_and_loses_nothing_by_it() {
    let home = Home::new(Engine::Postgres).await;
    let database = home.database.as_ref().unwrap();
    let postgres = Postgres::open(&database.app_url(), None).await.unwrap();
    let channel = postgres.channel().unwrap();
    let mut ear = channel.listen().await.unwrap();
    database.sql("NOTIFY carrot_news, 'before'").unwrap();
    assert!(ear.lives().await);
    database.sql("NOTIFY carrot_news, 'after'").unwrap();
    assert_eq!(ear.hear().await.as_deref(), Some("before"));
    assert_eq!(ear.hear().await.as_deref(), Some("after"));
    let end = format!(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = '{LISTENER}'"
    );
    assert_eq!(database.sql(&end).unwrap(), "t");
    assert!(!ear.lives().await);
    assert_eq!(ear.hear().await, None);
    postgres.close().await;
}
