//! What may happen once happens once, whichever servers are asked at the same moment.

use axum::body::Body;
use axum::http::{Request, header};
use carrot_rules::entity::ONLY;
use carrot_rules::ruleset::{Credit, Effect, Rule, Who};
use carrot_rules::{Command, RuleSet, Scope};
use carrot_server::store::DeviceRole;
use carrot_wire::VerdictClass::{Accepted, Rejected};
use carrot_wire::crypto;
use futures_util::future::join_all;

use crate::common::*;

const DAY_MS: i64 = 24 * 3_600_000;
/// How many servers are asked at once.
const SERVERS: usize = 4;
/// How often each race is run.
const ROUNDS: u8 = 4;

async fn servers(world: &World) -> Vec<World> {
    join_all((0..SERVERS).map(|_| world.other())).await
}

pub async fn an_enrolment_code_makes_one_device(engine: Engine) {
    let world = World::on(engine).await;
    let servers = servers(&world).await;
    for round in 0..ROUNDS {
        let secret = code(&world, DeviceRole::Terminal, Some(OUTLET), None).await;
        let posts = servers.iter().enumerate().map(|(at, server)| {
            let body = enrolment(&secret, &key(round * 16 + at as u8));
            server.post("/v1/enrol", None, body)
        });
        let mut won = 0;
        for (status, reply) in join_all(posts).await {
            if status == 200 {
                won += 1;
            } else {
                let told = reply["error"]["code"].as_str();
                assert_eq!((status.as_u16(), told), (409, Some("enrolment_used")));
            }
        }
        assert_eq!(won, 1);
        let devices = world.store.devices(PROGRAMME).await.unwrap();
        assert_eq!(devices.len(), usize::from(round) + 1);
    }
    world.close().await;
}

pub async fn a_typed_code_pays_once(engine: Engine) {
    let world = World::on(engine).await;
    let servers = servers(&world).await;
    let mut phones = Vec::new();
    for (number, person) in [SELLER, RIVAL].into_iter().enumerate() {
        phones.push(Device::phone(&world, 1 + number as u8, person).await);
    }
    let run = phones.iter_mut().zip(&servers);
    let run = run.map(|(phone, server)| async { phone.run(server, &claim_code(CODE)).await });
    let verdicts = join_all(run).await;
    let mut told: Vec<_> = verdicts
        .iter()
        .map(|verdict| (verdict.class, verdict.code.as_str()))
        .collect();
    told.sort_by_key(|(class, _)| *class != Accepted);
    assert_eq!(told[0].0, Accepted);
    assert_eq!(told[1], (Rejected, "already_claimed"));
    let mut paid = 0;
    for person in [SELLER, RIVAL] {
        paid += world.active(person).await + world.pending(person).await;
    }
    assert_eq!(paid, SELLER_POINTS);
    world.close().await;
}

pub async fn what_is_due_is_run_once(engine: Engine) {
    let world = World::on(engine).await;
    let servers = servers(&world).await;
    let mut set = RuleSet {
        version: 2,
        ..rules()
    };
    set.rules.push(Rule {
        credit: Credit::AfterReturnWindow { days: 14 },
        ..Rule::of_sale("later", Who::Seller, Effect::Fixed { points: 10 })
    });
    let mut tx = world.begin().await;
    let all = [Scope::Programme(PROGRAMME)];
    tx.put(ONLY, &set, &all).await.unwrap();
    tx.commit().await.unwrap();
    let mut till = Device::terminal(&world, 1).await;
    let sales = 12;
    for _ in 0..sales {
        let record = Command::SaleRecord(sale(Some(SELLER), 1, None));
        assert_eq!(till.run(&world, &record).await.class, Accepted);
    }
    let waiting = world.store.due(PROGRAMME).await.unwrap().len();
    world.clock.advance(15 * DAY_MS);
    let looks = servers
        .iter()
        .map(|server| server.store.run_due(world.store.now_ms()));
    let reports = join_all(looks).await;
    let done: usize = reports.into_iter().map(|report| report.unwrap().done).sum();
    assert_eq!(done, waiting);
    assert_eq!(world.pending(SELLER).await, 0);
    assert_eq!(world.active(SELLER).await, sales * (SELLER_POINTS + 10));
    world.close().await;
}

pub async fn a_photo_is_kept_once(engine: Engine) {
    let world = World::on(engine).await;
    let servers = servers(&world).await;
    let phone = Device::phone(&world, 2, MERCHANDISER).await;
    for round in 0..ROUNDS {
        let bytes = vec![round; 100_000];
        let hash = crypto::hash(&[&bytes]);
        let call = |method: &str, body: Vec<u8>| {
            Request::builder()
                .method(method)
                .uri(format!("/v1/blobs/{hash}"))
                .header(header::AUTHORIZATION, format!("Bearer {}", phone.token))
                .header(header::CONTENT_TYPE, "image/jpeg")
                .body(Body::from(body))
                .unwrap()
        };
        let puts = servers
            .iter()
            .map(|server| server.send(call("PUT", bytes.clone())));
        for (status, told) in join_all(puts).await {
            let told = String::from_utf8_lossy(&told).into_owned();
            assert!([200, 201].contains(&status.as_u16()), "{status} {told}");
        }
        let (status, read) = world.send(call("GET", Vec::new())).await;
        assert_eq!((status.as_u16(), read == bytes), (200, true));
        let row = world.store.blob(PROGRAMME, &hash).await.unwrap().unwrap();
        assert_eq!(row.size, 100_000);
    }
    world.close().await;
}
