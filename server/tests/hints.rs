//! Hints: a device hears that its own scopes have news, nothing else, and not without its rights.
mod common;

use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use carrot_rules::{Command, Scope};
use carrot_wire::hint::{Heard, Reader};
use common::*;
use http_body_util::BodyExt as _;
use serde_json::json;
use tower::ServiceExt as _;

async fn ask(world: &World, token: &str) -> Response {
    let request = Request::get("/v1/hints")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap();
    world.app.clone().oneshot(request).await.unwrap()
}

/// What the next pieces of a line say; none when the line has ended.
async fn next(line: &mut Body, reader: &mut Reader) -> Option<Vec<Heard>> {
    loop {
        let frame = line.frame().await?.unwrap();
        let heard = reader.take(&frame.into_data().unwrap());
        if !heard.is_empty() {
            return Some(heard);
        }
    }
}

#[tokio::test]
async fn a_device_hears_of_its_own_scopes_when_they_are_committed() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, SELLER).await;
    let answer = ask(&world, &phone.token).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let (mut line, mut reader) = (answer.into_body(), Reader::default());
    // The head and the first comment are out before anything happens.
    assert!(line.frame().await.unwrap().is_ok());
    till.run(&world, &Command::SaleRecord(sale(Some(SELLER), 1, None)))
        .await;
    let heard = next(&mut line, &mut reader).await.unwrap();
    let own = Scope::Participant(SELLER);
    let page = phone.pull(&world, json!([]), 1 << 20).await;
    let high = page.scopes.iter().find(|page| page.id == own).unwrap().high;
    assert!(high > 0);
    let [Heard::Hint(hint)] = heard.as_slice() else {
        panic!("{heard:?}");
    };
    assert_eq!((hint.scope, hint.high), (own, high));
    // The outlet's news, of which the same sale made some, is not the phone's.
    till.run(&world, &Command::SaleRecord(sale(Some(SELLER), 1, None)))
        .await;
    let heard = next(&mut line, &mut reader).await.unwrap();
    assert!(
        matches!(heard.as_slice(), [Heard::Hint(hint)] if hint.scope == own && hint.high > high),
        "{heard:?}"
    );
    // The server stops: the line ends, so that stopping does not wait for it.
    world.store.hints().close();
    assert_eq!(next(&mut line, &mut reader).await, None);
    world.close().await;
}

#[tokio::test]
async fn a_slow_listener_is_told_that_it_missed_some() {
    let world = World::new().await;
    let phone = Device::phone(&world, 2, SELLER).await;
    let answer = ask(&world, &phone.token).await;
    let (mut line, mut reader) = (answer.into_body(), Reader::default());
    assert!(line.frame().await.unwrap().is_ok());
    for high in 0..3_000 {
        let scopes = [(Scope::Participant(SELLER), high)].into();
        world.store.hints().tell(PROGRAMME, &scopes);
    }
    let heard = next(&mut line, &mut reader).await.unwrap();
    assert_eq!(heard, [Heard::Missed]);
    world.close().await;
}

#[tokio::test]
async fn nobody_listens_without_a_token_or_rights_or_on_too_many_lines() {
    let world = World::new().await;
    assert_eq!(ask(&world, "made-up").await.status(), 401);
    let phone = Device::phone(&world, 2, SELLER).await;
    let mut lines = Vec::new();
    for _ in 0..4 {
        let answer = ask(&world, &phone.token).await;
        assert_eq!(answer.status(), 200);
        lines.push(answer);
    }
    assert_eq!(ask(&world, &phone.token).await.status(), 429);
    lines.clear();
    assert_eq!(ask(&world, &phone.token).await.status(), 200);
    let mut tx = world.begin().await;
    tx.revoke_device(phone.id, "test").await.unwrap();
    tx.commit().await.unwrap();
    assert!([401, 403].contains(&ask(&world, &phone.token).await.status().as_u16()));
    world.close().await;
}

#[tokio::test]
async fn a_heartbeat_tells_of_another_process_and_ends_the_line_of_lost_rights() {
    let world = World::new().await;
    world.store.hints().set_beat_ms(1);
    let phone = Device::phone(&world, 2, SELLER).await;
    let answer = ask(&world, &phone.token).await;
    let (mut line, mut reader) = (answer.into_body(), Reader::default());
    // The head, and a heartbeat with nothing to say.
    for _ in 0..2 {
        let frame = line.frame().await.unwrap().unwrap();
        assert_eq!(reader.take(&frame.into_data().unwrap()), []);
    }
    let other = world.other().await;
    let mut till = Device::terminal(&other, 1).await;
    till.run(&other, &Command::SaleRecord(sale(Some(SELLER), 1, None)))
        .await;
    let heard = next(&mut line, &mut reader).await.unwrap();
    assert_eq!(heard, [Heard::Missed]);
    let mut tx = other.begin().await;
    tx.revoke_device(phone.id, "test").await.unwrap();
    tx.commit().await.unwrap();
    while let Some(heard) = next(&mut line, &mut reader).await {
        // Its own last news, if any: never another's.
        assert_eq!(heard, [Heard::Missed]);
    }
    other.close().await;
    world.close().await;
}
