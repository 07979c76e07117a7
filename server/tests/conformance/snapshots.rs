//! Snapshots and floors: what a scope comes to, however much of its history is folded.

use std::collections::BTreeMap;
use std::io::Read as _;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use carrot_rules::Scope;
use carrot_rules::entity::Contact;
use carrot_wire::capability;
use carrot_wire::pull::{Change, PullReply};
use carrot_wire::snapshot::{SnapshotHead, snapshot_path};
use flate2::read::GzDecoder;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::common::*;

const SCOPES: [Scope; 2] = [Scope::Programme(PROGRAMME), Scope::Outlet(OUTLET)];

/// What changes come to: the last text of every thing and account.
#[derive(Debug, Clone, Default, PartialEq)]
struct State(BTreeMap<(String, String), String>);

impl State {
    fn take(&mut self, text: &str) {
        let key = match serde_json::from_str(text).unwrap() {
            Change::Entity { kind, id, .. } => (kind, id),
            Change::Balance { account, unit, .. } => (account, unit),
        };
        self.0.insert(key, text.to_owned());
    }
}

/// A device that takes snapshots: its state and cursor, per scope.
#[derive(Default)]
struct Taker {
    states: BTreeMap<Scope, State>,
    cursors: BTreeMap<Scope, (String, i64, String)>,
    snapshots: u32,
}

async fn ask(
    world: &World,
    till: &Device,
    path: &str,
    more: &[(header::HeaderName, String)],
) -> Response<Body> {
    let mut request =
        Request::get(path).header(header::AUTHORIZATION, format!("Bearer {}", till.token));
    for (name, value) in more {
        request = request.header(name, value);
    }
    let request = request.body(Body::empty()).unwrap();
    world.app.clone().oneshot(request).await.unwrap()
}

async fn bytes(response: Response<Body>) -> Vec<u8> {
    response
        .into_body()
        .collect()
        .await
        .unwrap()
        .to_bytes()
        .to_vec()
}

/// The head and the texts of a snapshot.
fn unpack(packed: &[u8]) -> (SnapshotHead, Vec<String>) {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let mut lines = text.lines();
    let head: SnapshotHead = serde_json::from_str(lines.next().unwrap()).unwrap();
    let rows: Vec<String> = lines.map(str::to_owned).collect();
    assert_eq!(head.rows, rows.len() as i64);
    (head, rows)
}

async fn pull(
    world: &World,
    till: &Device,
    cursors: Value,
    max_bytes: usize,
    capabilities: &[&str],
) -> (StatusCode, Value) {
    let body = json!({"proto": 1, "scopes": cursors, "max_bytes": max_bytes,
        "capabilities": capabilities});
    world.post("/v1/pull", Some(&till.token), body).await
}

impl Taker {
    fn asked(&self) -> Value {
        let one = |(id, (epoch, after, _)): (&Scope, &(String, i64, String))| json!({"id": id, "epoch": epoch, "after": after});
        self.cursors.iter().map(one).collect()
    }

    /// Pulls until level: by pages where they come, by snapshots where changes are folded.
    async fn level(&mut self, world: &World, till: &Device) {
        for _ in 0..1_000 {
            let (status, reply) =
                pull(world, till, self.asked(), 700, &[capability::SNAPSHOT]).await;
            assert_eq!(status, 200, "{reply}");
            let reply: PullReply = serde_json::from_value(reply).unwrap();
            for page in &reply.scopes {
                if page.reset || !self.cursors.contains_key(&page.id) && page.changes.is_empty() {
                    self.take(world, till, page.id, page.high).await;
                    continue;
                }
                let (epoch, after, digest) = self.cursors.entry(page.id).or_default();
                assert_eq!(page.first, *after + 1, "{}", page.id);
                for text in &page.changes {
                    *after += 1;
                    *digest = carrot_wire::crypto::digest_after(digest, *after, text);
                    self.states.entry(page.id).or_default().take(text);
                }
                assert_eq!((page.last, &page.digest_at_last), (*after, &*digest));
                epoch.clone_from(&page.epoch);
            }
            if !reply.more {
                return;
            }
        }
        panic!("never level");
    }

    async fn take(&mut self, world: &World, till: &Device, scope: Scope, high: i64) {
        let answer = ask(world, till, &snapshot_path(scope, high), &[]).await;
        assert_eq!(answer.status(), 200);
        let (head, rows) = unpack(&bytes(answer).await);
        assert!(head.seq >= high);
        let mut state = State::default();
        rows.iter().for_each(|row| state.take(row));
        assert_eq!(state.0.len(), rows.len(), "every item once");
        self.states.insert(scope, state);
        self.cursors
            .insert(scope, (head.epoch, head.seq, head.digest));
        self.snapshots += 1;
    }
}

/// A number between zero and `below` that a seed leads to.
fn draw(seed: &mut u64, below: u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed % below
}

async fn write(world: &World, seed: &mut u64) {
    let mut tx = world.begin().await;
    for _ in 0..=draw(seed, 5) {
        let id = format!("thing {}", draw(seed, 12));
        let participant = uuid::Uuid::from_u128(draw(seed, u64::MAX).into());
        let scopes = &SCOPES[..1 + usize::try_from(draw(seed, 2)).unwrap()];
        tx.put(&id, &Contact { participant }, scopes).await.unwrap();
    }
    tx.commit().await.unwrap();
}

pub async fn i13_a_snapshot_and_the_changes_after_it_are_the_whole_log(engine: Engine) {
    let world = World::on(engine).await;
    let other = world.other().await;
    let till = Device::terminal(&world, 1).await;
    for first in 1..=4_u64 {
        let mut seed = first.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        // One that sees everything page by page, before it is folded; one that comes now and then; and
        // at the end one that begins then.
        let (mut always, mut seldom) = (Taker::default(), Taker::default());
        always.level(&world, &till).await;
        let of_pages = always.snapshots;
        for _ in 0..12 {
            write(&world, &mut seed).await;
            always.level(&world, &till).await;
            if draw(&mut seed, 3) == 0 {
                let kept = i64::try_from(draw(&mut seed, 6)).unwrap();
                other.store.fold_feeds(PROGRAMME, kept, 1).await.unwrap();
            }
            if draw(&mut seed, 4) == 0 {
                seldom.level(&other, &till).await;
            }
        }
        other.store.fold_feeds(PROGRAMME, 2, 1).await.unwrap();
        write(&world, &mut seed).await;
        always.level(&world, &till).await;
        let mut last = Taker::default();
        last.level(&other, &till).await;
        seldom.level(&world, &till).await;
        assert_eq!(always.snapshots, of_pages, "who keeps up needs no snapshot");
        for one in [&seldom, &last] {
            assert_eq!(one.states, always.states, "seed {first}");
            assert_eq!(one.cursors, always.cursors, "seed {first}");
        }
        assert!(last.snapshots > 0, "seed {first}: something was folded");
    }
    other.close().await;
    world.close().await;
}

pub async fn a_folded_feed_is_had_as_a_snapshot_or_not_at_all(engine: Engine) {
    let world = World::on(engine).await;
    let till = Device::terminal(&world, 1).await;
    let mut behind = Taker::default();
    behind.level(&world, &till).await;
    let mut seed = 7;
    write(&world, &mut seed).await;
    // Even the newest change may be folded; the books and the verdicts stay.
    let folded = world.store.fold_feeds(PROGRAMME, 0, 1).await.unwrap();
    assert!(folded.changes > 0 && folded.feeds >= 2, "{folded:?}");
    let again = world.store.fold_feeds(PROGRAMME, 0, 1).await.unwrap();
    assert_eq!(again.changes, 0);
    let (status, refused) = pull(&world, &till, behind.asked(), 1 << 20, &["other/1"]).await;
    assert_eq!(
        (status.as_u16(), &refused["error"]["code"]),
        (426, &json!("upgrade_required"))
    );
    let (_, reply) = pull(
        &world,
        &till,
        behind.asked(),
        1 << 20,
        &[capability::SNAPSHOT],
    )
    .await;
    let reply: PullReply = serde_json::from_value(reply).unwrap();
    for page in &reply.scopes {
        assert!(
            page.reset && page.snapshot && page.changes.is_empty(),
            "{}",
            page.id
        );
    }
    behind.level(&world, &till).await;
    // Who stands at the floor goes on by pages.
    let before = behind.snapshots;
    write(&world, &mut seed).await;
    behind.level(&world, &till).await;
    assert_eq!(behind.snapshots, before);
    let mut fresh = Taker::default();
    fresh.level(&world, &till).await;
    assert_eq!(fresh.states, behind.states);
    world.close().await;
}

pub async fn a_snapshot_is_had_in_pieces_of_one_version(engine: Engine) {
    let world = World::on(engine).await;
    let other = world.other().await;
    let till = Device::terminal(&world, 1).await;
    let path = snapshot_path(SCOPES[0], 1);
    let answer = ask(&world, &till, &path, &[]).await;
    let tag = answer.headers()[header::ETAG].to_str().unwrap().to_owned();
    let whole = bytes(answer).await;
    assert_eq!(tag, format!("\"{}\"", carrot_wire::crypto::hash(&[&whole])));
    let same = (header::IF_MATCH, tag.clone());
    let mut seed = 5;
    let mut torn = Vec::new();
    while torn.len() < whole.len() {
        // The scope moves on meanwhile, and another server answers.
        if torn.len() < 200 {
            write(&world, &mut seed).await;
        }
        let range = (
            header::RANGE,
            format!("bytes={}-{}", torn.len(), torn.len() + 99),
        );
        let answer = ask(&other, &till, &path, &[range, same.clone()]).await;
        assert_eq!(answer.status(), 206);
        let expected = format!("/{}", whole.len());
        assert!(
            answer.headers()[header::CONTENT_RANGE]
                .to_str()
                .unwrap()
                .ends_with(&expected)
        );
        torn.extend(bytes(answer).await);
    }
    assert_eq!(torn, whole);
    let beyond = (header::RANGE, format!("bytes={}-", whole.len()));
    let answer = ask(&world, &till, &path, &[beyond, same.clone()]).await;
    assert_eq!(answer.status(), 416);
    // A scope that has moved on twice keeps the newest two.
    for _ in 0..2 {
        write(&world, &mut seed).await;
        let newest = ask(&world, &till, &snapshot_path(SCOPES[0], i64::MAX), &[]).await;
        assert_ne!(newest.headers()[header::ETAG].to_str().unwrap(), tag);
    }
    let start = (header::RANGE, "bytes=0-9".to_owned());
    let answer = ask(&world, &till, &path, &[start.clone(), same]).await;
    assert_eq!(answer.status(), 412, "it is no longer to be had");
    let if_range = (header::IF_RANGE, tag);
    let answer = ask(&world, &till, &path, &[start, if_range]).await;
    assert_eq!(answer.status(), 200, "another one as a whole");
    for (path, status) in [
        (snapshot_path(Scope::Outlet(OTHER_OUTLET), 0), 403),
        (snapshot_path(Scope::Participant(BUYER), 0), 403),
        ("/v1/scopes/everything/snapshot".to_owned(), 400),
    ] {
        assert_eq!(
            ask(&world, &till, &path, &[]).await.status(),
            status,
            "{path}"
        );
    }
    other.close().await;
    world.close().await;
}

pub async fn a_new_history_has_snapshots_of_its_own(engine: Engine) {
    let world = World::on(engine).await;
    let till = Device::terminal(&world, 1).await;
    let path = snapshot_path(SCOPES[0], 0);
    let answer = ask(&world, &till, &path, &[]).await;
    let tag = answer.headers()[header::ETAG]
        .clone()
        .to_str()
        .unwrap()
        .to_owned();
    let (old, _) = unpack(&bytes(answer).await);
    let mut tx = world.begin().await;
    tx.renew_epoch().await.unwrap();
    tx.commit().await.unwrap();
    let same = (header::IF_MATCH, tag);
    assert_eq!(ask(&world, &till, &path, &[same]).await.status(), 412);
    let (new, _) = unpack(&bytes(ask(&world, &till, &path, &[]).await).await);
    assert_ne!(old.epoch, new.epoch);
    assert_eq!((old.seq, old.digest), (new.seq, new.digest));
    world.close().await;
}
