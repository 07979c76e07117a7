//! The filter of used codes over HTTP: versions, what is in it, and that the clock renews it.

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use carrot_wire::burnt::Burnt;
use common::*;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// Status, version and bytes.
async fn fetch(
    world: &World,
    phone: &Device,
    query: &str,
    known: &str,
) -> (StatusCode, String, Vec<u8>) {
    let request = Request::get(format!("/v1/burnt{query}"))
        .header(header::AUTHORIZATION, format!("Bearer {}", phone.token))
        .header(header::IF_NONE_MATCH, known)
        .body(Body::empty())
        .unwrap();
    let response = world.app.clone().oneshot(request).await.unwrap();
    let (status, tag) = (
        response.status(),
        response.headers().get(header::ETAG).cloned(),
    );
    let tag = tag.map_or_else(String::new, |tag| tag.to_str().unwrap().to_owned());
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, tag, bytes.to_vec())
}

#[tokio::test]
async fn m19_a_used_code_is_in_the_next_version() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 5, SELLER).await;
    let (status, first, bytes) = fetch(&world, &phone, "", "").await;
    assert_eq!(status, StatusCode::OK);
    let before = Burnt::from_bytes(&bytes).unwrap();
    assert!(!before.probably(CODE) && before.codes() == 0);

    let verdict = phone.run(&world, &claim_code(CODE)).await;
    assert_eq!(verdict.code, "ok");
    // Until the clock looks, the version is the old one and need not be sent again.
    let bare = first.trim_matches('"').to_owned();
    let (status, _, bytes) = fetch(&world, &phone, &format!("?have={bare}"), "").await;
    assert_eq!((status, bytes.len()), (StatusCode::NO_CONTENT, 0));
    let (status, _, _) = fetch(&world, &phone, "", &first).await;
    assert_eq!(status, StatusCode::NOT_MODIFIED);

    world.store.run_due(world.store.now_ms()).await.unwrap();
    let (status, second, bytes) = fetch(&world, &phone, &format!("?have={bare}"), &first).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(first, second);
    let after = Burnt::from_bytes(&bytes).unwrap();
    assert!(after.probably(CODE) && after.codes() == 1);
    world.close().await;
}

#[tokio::test]
async fn only_devices_of_the_programme_are_answered() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 5, SELLER).await;
    phone.token = "nothing".to_owned();
    let (status, _, _) = fetch(&world, &phone, "", "").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    world.close().await;
}
