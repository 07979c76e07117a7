//! Guessing over HTTP: the counters of person, device and address, and what the console shows of it.

mod common;

use std::net::IpAddr;

use axum::body::Body;
use axum::extract::connect_info::ConnectInfo;
use axum::http::{Request, header};
use carrot_rules::entity::{Code, Review};
use carrot_rules::ruleset::Limits;
use carrot_server::http::Peer;
use carrot_wire::Verdict;
use carrot_wire::push::PushReply;
use common::*;
use serde_json::json;

/// Signs and pushes one claim from a network address.
async fn claim(world: &World, phone: &mut Device, address: &str, code: &str) -> Verdict {
    let envelope = phone.sign(&claim_code(code));
    let body = json!({"commands": [envelope]}).to_string();
    let address: IpAddr = address.parse().unwrap();
    let request = Request::post("/v1/commands")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {}", phone.token))
        .extension(ConnectInfo(Peer(address)))
        .body(Body::from(body))
        .unwrap();
    let (status, bytes) = world.send(request).await;
    assert_eq!(status, 200);
    let mut reply: PushReply = serde_json::from_slice(&bytes).unwrap();
    reply.verdicts.pop().unwrap()
}

async fn ship(world: &World, code: &str, status: &str) {
    let shipped = Code {
        series: "S1".to_owned(),
        product: PRODUCT.to_owned(),
        outlet: None,
        status: status.to_owned(),
        claimed_by: None,
        claimed_ms: None,
    };
    let mut tx = world.begin().await;
    tx.put(code, &shipped, &[]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_a_refused_claim_leaves_behind_outlives_it() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 5, SELLER).await;
    let most = Limits::default().guess_limit_person_per_hour_max;
    for guess in 0..most {
        let verdict = claim(&world, &mut phone, "203.0.113.7", &format!("W{guess}")).await;
        assert_eq!(verdict.code, "code_unknown", "{guess}");
    }
    let verdict = claim(&world, &mut phone, "203.0.113.7", "W99").await;
    assert_eq!(verdict.code, "too_many_wrong_codes");
    assert!(verdict.params["until_ms"].as_i64().unwrap() > START_MS);
    // The right one holds and waits.
    let verdict = claim(&world, &mut phone, "203.0.113.7", CODE).await;
    assert_eq!(verdict.code, "ok", "{verdict:?}");
    let held = (world.active(SELLER).await, world.pending(SELLER).await);
    assert_eq!(held, (0, SELLER_POINTS));
    world.close().await;
}

#[tokio::test]
async fn an_address_is_counted_over_its_people_and_others_are_not_touched() {
    let world = World::new().await;
    let mut guesser = Device::phone(&world, 5, RIVAL).await;
    let mut honest = Device::phone(&world, 6, SELLER).await;
    let most = Limits::default().guess_limit_address_per_hour_max;
    for guess in 0..most {
        claim(&world, &mut guesser, "203.0.113.7", &format!("W{guess}")).await;
    }
    ship(&world, "MORGEN2", "shipped").await;
    ship(&world, "MORGEN3", "shipped").await;
    let verdict = claim(&world, &mut honest, "203.0.113.7", "MORGEN2").await;
    assert_eq!(verdict.code, "ok", "nobody is locked out");
    assert_eq!(world.active(SELLER).await, 0, "a person looks first");
    let verdict = claim(&world, &mut honest, "203.0.113.8", "MORGEN3").await;
    assert_eq!(verdict.code, "ok");
    assert_eq!(
        world.active(SELLER).await,
        SELLER_POINTS,
        "elsewhere it is paid at once"
    );
    world.close().await;
}

#[tokio::test]
async fn a_code_that_was_never_printed_looks_unknown_to_its_sender_only() {
    let world = World::new().await;
    ship(&world, "CANARY", "canary").await;
    let mut phone = Device::phone(&world, 5, SELLER).await;
    let unknown = claim(&world, &mut phone, "203.0.113.7", "NOBODY").await;
    let canary = claim(&world, &mut phone, "203.0.113.7", "CANARY").await;
    let seen = |verdict: &Verdict| {
        let Verdict {
            class,
            code,
            params,
            scope_seqs,
            booked,
            recorded_at_ms,
            ..
        } = verdict.clone();
        (class, code, params, scope_seqs, booked, recorded_at_ms)
    };
    assert_eq!(seen(&unknown), seen(&canary));
    let id = format!("signal:canary_code:{SELLER}:CANARY");
    let review: Review = world.store.entity(PROGRAMME, &id).await.unwrap().unwrap();
    assert_eq!(
        (review.kind.as_str(), review.status.as_str()),
        ("signal", "open")
    );
    assert_eq!(review.because[0].params["series"], "S1");
    world.close().await;
}
