//! Two server processes over one store, asked over HTTP by many tills at once for the same points:
//! exactly one gets them, everybody else the same reason.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command as Program, Stdio};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, Response};
use carrot_rules::command::Cover;
use carrot_server::store::StoreTuning;
use carrot_server::{ManualClock, serve_store};
use carrot_wire::VerdictClass::{Accepted, Rejected};
use futures_util::future::join_all;

use crate::common::home::open_at;
use crate::common::*;

/// Server processes.
pub(crate) const PROCESSES: usize = 2;
/// Tells this program to be a server: the data folder, and after a line break the two addresses of the
/// database when it is PostgreSQL.
const BE_A_SERVER: &str = "CARROT_TEST_SERVER";
/// The variables that ask for larger races and for more of them.
const MORE: [&str; 3] = [
    "CARROT_PROVE_ROUNDS",
    "CARROT_PROVE_TILLS",
    "CARROT_PROVE_EACH",
];
/// Rounds, tills, and how often each till tries in a round, in usual tests.
const USUAL: [usize; 3] = [2, 6, 5];
/// The largest body that is passed on, bytes.
const BODY_BYTES_MAX: usize = 1 << 24;

/// Rounds, tills, and how often each till tries.
pub(crate) fn sizes() -> [usize; 3] {
    let mut sizes = USUAL;
    for (size, name) in sizes.iter_mut().zip(MORE) {
        if let Ok(more) = std::env::var(name) {
            *size = more.parse().unwrap();
        }
    }
    sizes
}

/// What the processes of the tests below run; by itself it has nothing to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_process() {
    let Ok(place) = std::env::var(BE_A_SERVER) else {
        return;
    };
    let tuning = StoreTuning {
        clock: Arc::new(ManualClock::at(START_MS)),
        ..StoreTuning::default()
    };
    let store = Arc::new(open_at(&place, tuning).await);
    let listen = ([127, 0, 0, 1], 0).into();
    let served = serve_store(store, listen, None).await.unwrap();
    println!("listening={}", served.url());
    // Until the test that began it ends.
    let read = || std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    tokio::task::spawn_blocking(read).await.unwrap();
}

/// A server process; it ends with this.
pub(crate) struct Process {
    child: Child,
    pub(crate) url: String,
}

impl Process {
    /// Starts one and waits until it listens.
    pub(crate) fn start(home: &Home) -> Self {
        let mut program = Program::new(std::env::current_exe().unwrap());
        program
            .args(["races::a_server_process", "--exact", "--nocapture"])
            .env(BE_A_SERVER, home.place())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = program.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines
            .find_map(|line| Some(line.unwrap().split_once("listening=")?.1.to_owned()))
            .unwrap();
        // Whatever else it says has to go somewhere.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _gone = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// Passes a call on to a process.
async fn pass_on(
    State((client, url)): State<(reqwest::Client, String)>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_BYTES_MAX).await.unwrap();
    let reply = client
        .request(parts.method, format!("{url}{}", parts.uri))
        .headers(parts.headers)
        .body(body)
        .send()
        .await
        .unwrap();
    let status = reply.status();
    let bytes = reply.bytes().await.unwrap();
    Response::builder()
        .status(status)
        .body(Body::from(bytes))
        .unwrap()
}

/// The same world behind a process.
pub(crate) async fn behind(world: &World, process: &Process) -> World {
    let state = (reqwest::Client::new(), process.url.clone());
    World {
        app: Router::new().fallback(pass_on).with_state(state),
        ..world.other().await
    }
}

pub async fn many_redemptions_of_one_balance_over_http_have_one_winner(engine: Engine) {
    // Without it the client of HTTP does not begin; another test may have done it.
    let _done = rustls::crypto::ring::default_provider().install_default();
    let [rounds, tills, each] = sizes();
    let world = World::on(engine).await;
    let phone = Device::phone(&world, 200, BUYER).await;
    let started: Vec<Process> = (0..PROCESSES)
        .map(|_| Process::start(&world.home))
        .collect();
    let servers = join_all(started.iter().map(|process| behind(&world, process))).await;
    let mut devices = Vec::new();
    for number in 0..tills {
        let server = &servers[number % PROCESSES];
        devices.push(Device::terminal(server, 1 + number as u8).await);
    }
    let mut nonce = 0;
    let (mut tried, mut lost, mut doubled) = (0, 0, 0);
    for _ in 0..rounds {
        endow(&world.store, BUYER, REWARD_COST).await;
        let pushes = devices.iter_mut().enumerate().map(|(number, till)| {
            let commands = (0..each).map(|_| {
                nonce += 1;
                till.sign(&redeem(&phone, REWARD_COST, Cover::Online, START_MS, nonce))
            });
            let commands: Vec<_> = commands.collect();
            let (till, server) = (till.clone(), &servers[number % PROCESSES]);
            async move { till.push(server, &commands).await }
        });
        let replies = join_all(pushes).await;
        let mut won = 0;
        for verdict in replies.iter().flat_map(|reply| &reply.verdicts) {
            tried += 1;
            if verdict.class == Accepted {
                won += 1;
            } else {
                let told = (verdict.class, verdict.code.as_str());
                assert_eq!(told, (Rejected, "insufficient_points"));
            }
        }
        lost += usize::from(won == 0);
        doubled += (won as usize).saturating_sub(1);
        assert_eq!(world.active(BUYER).await, 0);
    }
    println!("{engine:?}\nproof tried={tried} lost={lost} doubled={doubled}");
    assert_eq!((tried, lost, doubled), (rounds * tills * each, 0, 0));
    drop(started);
    world.close().await;
}
