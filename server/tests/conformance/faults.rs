//! PostgreSQL under trouble: connections ended, deadlocks, serialization failures, a cluster that stops
//! and one that crashes. Devices repeat what was not answered; what was answered stays answered so.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use carrot_pg::{Cluster, Stop};
use carrot_rules::Command;
use carrot_wire::VerdictClass::Accepted;
use carrot_wire::push::PushReply;
use carrot_wire::{Envelope, Verdict};
use serde_json::json;

use crate::common::*;

/// Servers that share the database, and devices that push to whichever answers.
const SERVERS: usize = 3;
const TILLS: usize = 4;
/// How often a command is pushed before the test gives up; between two pushes is [`PAUSE`].
const PUSHES_MAX: usize = 3_000;
const PAUSE: Duration = Duration::from_millis(10);
/// The variable that asks for more commands of each device than a usual test sends.
const MORE: &str = "CARROT_PROVE_COMMANDS";

fn commands() -> usize {
    let more = std::env::var(MORE).ok();
    more.map_or(25, |more| more.parse().unwrap())
}

/// How often the cluster is stopped: every other time it crashes.
fn stops() -> u64 {
    commands() as u64 / 8
}

/// What a device was told.
struct Told {
    till: Device,
    answers: Vec<(Envelope, Verdict)>,
}

/// Everything that takes part.
struct Play {
    world: World,
    servers: Vec<World>,
    /// Why commands were pushed again, and how often.
    repeated: Mutex<BTreeMap<String, u64>>,
    over: AtomicBool,
}

impl Play {
    async fn new(cluster: &'static Cluster) -> Arc<Self> {
        let world = World::in_cluster(cluster).await;
        let mut servers = Vec::new();
        for _ in 0..SERVERS {
            servers.push(world.other().await);
        }
        Arc::new(Self {
            world,
            servers,
            repeated: Mutex::default(),
            over: AtomicBool::new(false),
        })
    }

    /// Pushes one command to one server after the other until it has a final verdict.
    async fn insist(&self, first: usize, till: &Device, envelope: &Envelope) -> Verdict {
        let mut last = None;
        for push in 0..PUSHES_MAX {
            let server = &self.servers[(first + push) % SERVERS];
            let body = json!({"commands": [envelope]});
            let (status, reply) = server.post("/v1/commands", Some(&till.token), body).await;
            let why = if status == 200 {
                let reply: PushReply = serde_json::from_value(reply.clone()).unwrap();
                match reply.verdicts.into_iter().next() {
                    Some(verdict) if verdict.class.is_final() => return verdict,
                    Some(verdict) => verdict.code,
                    None => "not in its turn".to_owned(),
                }
            } else {
                assert!(status.is_server_error(), "{status} {reply}");
                status.to_string()
            };
            *self.repeated.lock().unwrap().entry(why).or_default() += 1;
            last = Some((status, reply));
            tokio::time::sleep(PAUSE).await;
        }
        panic!("no verdict: {last:?}")
    }

    async fn load(self: Arc<Self>, mut till: Device, number: usize) -> Told {
        let mut answers = Vec::new();
        for turn in 0..commands() {
            let envelope = till.sign(&Command::SaleRecord(sale(Some(SELLER), 1, None)));
            let verdict = self.insist(number + turn, &till, &envelope).await;
            answers.push((envelope, verdict));
        }
        Told { till, answers }
    }

    /// Lets every device work while `trouble` comes again and again, at most so often, then compares all that was told
    /// with what is there.
    async fn prove(
        self: Arc<Self>,
        name: &str,
        most: u64,
        trouble: impl Fn(&World) + Send + 'static,
    ) {
        let mut loads = Vec::new();
        for number in 0..TILLS {
            let till = Device::terminal(&self.world, 1 + number as u8).await;
            loads.push(tokio::spawn(self.clone().load(till, number)));
        }
        let play = self.clone();
        let troubles = tokio::task::spawn_blocking(move || {
            let mut times = 0_u64;
            while times < most && !play.over.load(Ordering::SeqCst) {
                trouble(&play.world);
                times += 1;
                std::thread::sleep(PAUSE);
            }
            times
        });
        let mut told = Vec::new();
        for load in loads {
            told.push(load.await);
        }
        self.over.store(true, Ordering::SeqCst);
        let times = troubles.await.unwrap();
        let told: Vec<Told> = told.into_iter().map(Result::unwrap).collect();
        self.compare(name, times, &told).await;
    }

    async fn compare(&self, name: &str, times: u64, told: &[Told]) {
        let (mut tried, mut lost) = (0_i64, 0);
        for one in told {
            for (envelope, verdict) in &one.answers {
                assert_eq!(verdict.class, Accepted, "{verdict:?}");
                tried += 1;
                let again = self.insist(0, &one.till, envelope).await;
                lost += i64::from(again != *verdict);
            }
        }
        let paid = self.world.active(SELLER).await / SELLER_POINTS;
        let repeated = self.repeated.lock().unwrap().clone();
        println!(
            "{name}: {times} times, {repeated:?} repeats\nproof tried={tried} lost={} doubled={}",
            lost + (tried - paid).max(0),
            (paid - tried).max(0)
        );
        assert_eq!((lost, paid), (0, tried));
        assert!(times > 0);
        let report = self.world.store.verify_books().await.unwrap();
        assert!(report.holds(), "{:#?}", report.faults);
    }
}

fn shared() -> &'static Cluster {
    Cluster::shared().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_ended_lose_nothing_and_double_nothing() {
    let play = Play::new(shared()).await;
    play.prove("connections ended", u64::MAX, |world| {
        let database = world.home.database.as_ref().unwrap();
        database.terminate().unwrap();
        std::thread::sleep(PAUSE * 20);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deadlocks_lose_nothing_and_double_nothing() {
    let play = Play::new(shared()).await;
    play.prove("deadlocks", commands() as u64, |world| {
        // A writer takes the programme's turn and then a feed's row; this one takes them the other
        // way round. Either may be chosen to give way.
        let reversed = format!(
            "BEGIN; SELECT seq FROM scope WHERE scope = '{}' FOR UPDATE; SELECT pg_sleep(0.05);
             SELECT pg_advisory_xact_lock({}); COMMIT",
            outlet_scope(),
            PROGRAMME.as_u64_pair().0 ^ PROGRAMME.as_u64_pair().1,
        );
        let database = world.home.database.as_ref().unwrap();
        if let Err(error) = database.sql(&reversed) {
            assert!(error.to_string().contains("deadlock detected"), "{error}");
        }
    })
    .await;
    assert!(shared().log().contains("deadlock detected"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serialization_failures_lose_nothing_and_double_nothing() {
    let play = Play::new(shared()).await;
    let database = play.world.home.database.as_ref().unwrap();
    // Every third command that is written fails once; a sequence counts on through rollbacks.
    database
        .sql(
            "CREATE SEQUENCE written; GRANT USAGE ON written TO PUBLIC;
             CREATE FUNCTION fail_some() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
               IF nextval('written') % 3 = 0 THEN
                 RAISE EXCEPTION 'forced' USING ERRCODE = 'serialization_failure';
               END IF;
               RETURN NEW;
             END $$;
             CREATE TRIGGER fail_some BEFORE INSERT ON command FOR EACH ROW EXECUTE FUNCTION fail_some()",
        )
        .unwrap();
    play.prove("serialization failures", 1, |_| {}).await;
    let forced = shared().log().matches("ERROR:  forced").count();
    assert!(forced > 0, "nothing was forced");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_stops_or_crashes_loses_nothing_and_doubles_nothing() {
    // Others use the shared cluster; this one is for stopping.
    let cluster: &'static Cluster = Box::leak(Box::new(Cluster::start().unwrap()));
    let play = Play::new(cluster).await;
    let crash = AtomicBool::new(false);
    play.prove("cluster stopped", stops(), move |_| {
        let crashes = crash.fetch_xor(true, Ordering::SeqCst);
        cluster
            .stop(if crashes { Stop::Crash } else { Stop::Fast })
            .unwrap();
        cluster.up().unwrap();
        std::thread::sleep(PAUSE * 100);
    })
    .await;
}
