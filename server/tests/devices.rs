//! Coming in: one-time codes, sessions, limits on guessing, photos, health, the description.
mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use carrot_rules::Command;
use carrot_server::store::DeviceRole;
use carrot_wire::crypto::{self, DOMAIN_CHALLENGE};
use carrot_wire::limits::{BLOB_CALL_BYTES_MAX, ENROLMENT_AGE_MS_MAX, TOKEN_AGE_MS_MAX};
use carrot_wire::packing::Coding;
use common::*;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;

fn refusal(reply: &Value) -> &str {
    reply["error"]["code"].as_str().unwrap()
}

#[tokio::test]
async fn a_code_makes_one_device() {
    let world = World::new().await;
    let secret = code(&world, DeviceRole::Terminal, Some(OUTLET), None).await;
    let (status, first) = world
        .post("/v1/enrol", None, enrolment(&secret, &key(1)))
        .await;
    assert_eq!(status, 200);
    // The answer was lost: the same key asks again and is the same device.
    let (_, again) = world
        .post("/v1/enrol", None, enrolment(&secret, &key(1)))
        .await;
    assert_eq!(first["device_id"], again["device_id"]);
    let (status, reply) = world
        .post("/v1/enrol", None, enrolment(&secret, &key(2)))
        .await;
    assert_eq!((status.as_u16(), refusal(&reply)), (409, "enrolment_used"));
    assert_eq!(world.store.devices(PROGRAMME).await.unwrap().len(), 1);
    world.close().await;
}

#[tokio::test]
async fn codes_that_are_old_unknown_or_not_proven_make_none() {
    let world = World::new().await;
    let secret = code(&world, DeviceRole::Phone, None, Some(BUYER)).await;
    let mut stolen = enrolment(&secret, &key(1));
    stolen["public_key"] = json!(crypto::encode(key(2).verifying_key().as_bytes()));
    let (status, reply) = world.post("/v1/enrol", None, stolen).await;
    assert_eq!((status.as_u16(), refusal(&reply)), (400, "bad_input"));
    world.clock.advance(ENROLMENT_AGE_MS_MAX);
    let (status, reply) = world
        .post("/v1/enrol", None, enrolment(&secret, &key(1)))
        .await;
    assert_eq!(
        (status.as_u16(), refusal(&reply)),
        (410, "enrolment_expired")
    );
    let (status, reply) = world
        .post("/v1/enrol", None, enrolment("guess", &key(1)))
        .await;
    assert_eq!(
        (status.as_u16(), refusal(&reply)),
        (404, "enrolment_unknown")
    );
    assert!(world.store.devices(PROGRAMME).await.unwrap().is_empty());
    world.close().await;
}

#[tokio::test]
async fn codes_are_made_only_for_what_exists() {
    let world = World::new().await;
    for (role, outlet, person) in [
        (DeviceRole::Terminal, Some(Uuid::from_u128(999)), None),
        (DeviceRole::Terminal, None, None),
        (DeviceRole::Phone, None, Some(OUTLET)),
        (DeviceRole::Phone, Some(OUTLET), Some(BUYER)),
    ] {
        let mut tx = world.begin().await;
        let made = carrot_server::create_enrolment(&mut tx, role, outlet, person, "http://x").await;
        assert!(made.is_err());
    }
    world.close().await;
}

#[tokio::test]
async fn guessing_ends_after_a_few_attempts_and_begins_again_later() {
    let world = World::new().await;
    let secret = code(&world, DeviceRole::Terminal, Some(OUTLET), None).await;
    for _ in 0..5 {
        let (status, _) = world
            .post("/v1/enrol", None, enrolment("guess", &key(1)))
            .await;
        assert_eq!(status, 404);
    }
    let (status, reply) = world
        .post("/v1/enrol", None, enrolment(&secret, &key(1)))
        .await;
    assert_eq!(
        (status.as_u16(), refusal(&reply)),
        (429, "too_many_attempts")
    );
    assert!(reply["error"]["params"]["wait_s"].as_i64().unwrap() > 0);
    world.clock.advance(60_000);
    let (status, _) = world
        .post("/v1/enrol", None, enrolment(&secret, &key(1)))
        .await;
    assert_eq!(status, 200);
    world.close().await;
}

#[tokio::test]
async fn a_challenge_opens_one_session_and_sessions_end() {
    let world = World::new().await;
    let till = Device::terminal(&world, 1).await;
    let (_, asked) = world
        .post("/v1/challenge", None, json!({"device_id": till.id}))
        .await;
    let challenge = asked["challenge"].as_str().unwrap();
    let sign = |by: u8| {
        let signature = crypto::sign(&key(by), DOMAIN_CHALLENGE, challenge.as_bytes());
        json!({"device_id": till.id, "challenge": challenge, "signature": signature})
    };
    let (status, reply) = world.post("/v1/token", None, sign(9)).await;
    assert_eq!(
        (status.as_u16(), refusal(&reply)),
        (401, "challenge_invalid")
    );
    assert_eq!(world.post("/v1/token", None, sign(1)).await.0, 200);
    assert_eq!(world.post("/v1/token", None, sign(1)).await.0, 401);
    let pull = json!({"proto": 1, "scopes": [], "max_bytes": 1});
    assert_eq!(
        world
            .post("/v1/pull", Some(&till.token), pull.clone())
            .await
            .0,
        200
    );
    assert_eq!(
        world.post("/v1/pull", Some("other"), pull.clone()).await.0,
        401
    );
    assert_eq!(world.post("/v1/pull", None, pull.clone()).await.0, 401);
    world.clock.advance(TOKEN_AGE_MS_MAX);
    let (status, reply) = world.post("/v1/pull", Some(&till.token), pull).await;
    assert_eq!((status.as_u16(), refusal(&reply)), (401, "token_invalid"));
    world.close().await;
}

fn blob(method: &str, token: &str, hash: &str, body: Vec<u8>) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(format!("/v1/blobs/{hash}"));
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    request
        .header(header::CONTENT_TYPE, "image/jpeg")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn photos_are_kept_by_the_hash_of_their_bytes() {
    let world = World::new().await;
    let phone = Device::phone(&world, 2, MERCHANDISER).await;
    let other = Device::phone(&world, 3, SELLER).await;
    let bytes = vec![7_u8; 300_000];
    let hash = crypto::hash(&[&bytes]);
    let send = |method, device: &Device, hash: &str, body| blob(method, &device.token, hash, body);
    let ask = |device: &Device| send("HEAD", device, &hash, Vec::new());
    assert_eq!(world.send(ask(&phone)).await.0, StatusCode::NOT_FOUND);
    let wrong = send("PUT", &phone, &hash, vec![8; 10]);
    assert_eq!(world.send(wrong).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let large = vec![1_u8; BLOB_CALL_BYTES_MAX + 1];
    let large_hash = crypto::hash(&[&large]);
    let (status, _) = world.send(send("PUT", &phone, &large_hash, large)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    for name in ["..%2F..%2Fkeys.json", &hash[1..], &hash.to_uppercase()] {
        let (status, _) = world.send(send("PUT", &phone, name, bytes.clone())).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{name}");
    }
    assert_eq!(
        world
            .send(send("PUT", &phone, &hash, bytes.clone()))
            .await
            .0,
        StatusCode::CREATED
    );
    assert_eq!(
        world
            .send(send("PUT", &phone, &hash, bytes.clone()))
            .await
            .0,
        StatusCode::OK
    );
    assert_eq!(world.send(ask(&phone)).await.0, StatusCode::OK);
    assert_eq!(
        world.send(send("GET", &phone, &hash, Vec::new())).await.1,
        bytes
    );
    assert_eq!(
        world.send(send("GET", &other, &hash, Vec::new())).await.0,
        StatusCode::NOT_FOUND
    );
    let left: Vec<_> = std::fs::read_dir(world.home.path().join("blobs"))
        .unwrap()
        .collect();
    assert_eq!(left.len(), 1, "only the folder of the photo is left");
    world.close().await;
}

#[tokio::test]
async fn bodies_that_do_not_read_are_refused_in_our_words() {
    let world = World::new().await;
    let (status, reply) = world.post("/v1/enrol", None, json!({"proto": "x"})).await;
    assert_eq!((status.as_u16(), refusal(&reply)), (400, "bad_input"));
    let till = Device::terminal(&world, 1).await;
    let envelope = till.clone().sign(&lease(till.id, 1));
    let many = vec![envelope; 501];
    let (status, reply) = world
        .post("/v1/commands", Some(&till.token), json!({"commands": many}))
        .await;
    assert_eq!((status.as_u16(), refusal(&reply)), (413, "push_too_large"));
    let huge = json!({"commands": [], "rest": "x".repeat(4 << 20)});
    let (status, reply) = world.post("/v1/commands", Some(&till.token), huge).await;
    assert_eq!((status.as_u16(), refusal(&reply)), (413, "body_too_large"));
    world.close().await;
}

/// A push of bytes under a coding: the status and code of its answer, and what it offers.
async fn push_in(world: &World, till: &Device, coding: &str, body: Vec<u8>) -> (u16, String, bool) {
    let request = Request::post("/v1/commands")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONTENT_ENCODING, coding)
        .header(header::AUTHORIZATION, format!("Bearer {}", till.token))
        .body(Body::from(body))
        .unwrap();
    let answer = world.app.clone().oneshot(request).await.unwrap();
    let offers = answer.headers().get_all(header::ACCEPT_ENCODING).iter();
    let (status, offers) = (answer.status().as_u16(), offers.eq(["gzip", "carrot1"]));
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    let reply = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    let code = reply["error"]["code"].as_str().unwrap_or_default();
    (status, code.to_owned(), offers)
}

#[tokio::test]
async fn a_packed_push_counts_and_what_does_not_unpack_changes_nothing() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let sale = till.sign(&Command::SaleRecord(sale(Some(SELLER), 1, None)));
    let push = json!({"commands": [sale]}).to_string();
    for coding in Coding::ALL {
        let whole = coding.packed(push.as_bytes()).unwrap();
        let cut = whole[..whole.len() / 2].to_vec();
        let bomb = coding.packed(&vec![b' '; 4 << 20]).unwrap();
        for (name, body, expected) in [
            (coding.name(), cut, (400, "bad_input")),
            (coding.name(), push.clone().into_bytes(), (400, "bad_input")),
            (coding.name(), bomb, (413, "body_too_large")),
            (coding.name(), vec![0; 4 << 20], (413, "body_too_large")),
            ("br", whole.clone(), (415, "media_type_unknown")),
        ] {
            let (status, code, offers) = push_in(&world, &till, name, body).await;
            assert_eq!((status, code.as_str()), expected, "{name}");
            assert!(offers, "every answer says what is taken");
        }
    }
    assert_eq!(world.active(SELLER).await, 0);
    for coding in Coding::ALL {
        let whole = coding.packed(push.as_bytes()).unwrap();
        let (status, _, offers) = push_in(&world, &till, coding.name(), whole).await;
        assert_eq!((status, offers), (200, true));
        assert_eq!(world.active(SELLER).await, SELLER_POINTS, "once");
    }
    world.close().await;
}

#[tokio::test]
async fn the_server_says_how_it_is_and_describes_itself() {
    let world = World::new().await;
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let (status, bytes) = world.send(get("/healthz")).await;
    let health: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        (status, &health["ok"], &health["server_ms"]),
        (StatusCode::OK, &json!(true), &json!(START_MS))
    );
    assert!(health["schema"].as_i64().unwrap() >= 2);
    let (_, bytes) = world.send(get("/openapi.json")).await;
    let description: Value = serde_json::from_slice(&bytes).unwrap();
    let paths = description["paths"].as_object().unwrap();
    for path in [
        "/v1/enrol",
        "/v1/challenge",
        "/v1/token",
        "/v1/commands",
        "/v1/pull",
        "/v1/members/resolve",
        "/v1/blobs/{sha256}",
        "/v1/blobs/{sha256}/part",
        "/healthz",
    ] {
        assert!(paths.contains_key(path), "{path}");
    }
    // Every type that it names is described.
    let text = description.to_string();
    let named = text.split("\"#/components/schemas/").skip(1);
    let schemas = description["components"]["schemas"].as_object().unwrap();
    let mut count = 0;
    for name in named.filter_map(|rest| rest.split('"').next()) {
        assert!(schemas.contains_key(name), "{name}");
        count += 1;
    }
    assert!(count > 20 && schemas.contains_key("Envelope") && schemas.contains_key("Verdict"));
    world.close().await;
}

#[tokio::test]
async fn a_server_listens_answers_and_stops() {
    let folder = tempfile::tempdir().unwrap();
    let config = carrot_server::ServeConfig {
        place: folder.path().into(),
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: None,
    };
    let served = carrot_server::serve(config).await.unwrap();
    let mut stream = tokio::net::TcpStream::connect(served.addr).await.unwrap();
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert!(
        text.starts_with("HTTP/1.1 200") && text.contains(r#""ok":true"#),
        "{text}"
    );
    served.stop().await.unwrap();
}

#[tokio::test]
async fn tls_files_that_do_not_read_stop_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.pem");
    let config = carrot_server::ServeConfig {
        place: folder.path().into(),
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: Some(carrot_server::TlsFiles {
            certificates: missing.clone(),
            key: missing,
        }),
    };
    let refused = carrot_server::serve(config).await.err().unwrap();
    assert!(refused.to_string().contains("missing.pem"), "{refused}");
}

#[tokio::test]
async fn a_device_fills_its_day_and_not_the_disk() {
    use carrot_server::store::BlobRow;
    let world = World::new().await;
    let phone = Device::phone(&world, 1, MERCHANDISER).await;
    let mut tx = world.begin().await;
    let day = BlobRow {
        sha256: "ab".repeat(32),
        size: 200 * 1024 * 1024,
        mime: "image/jpeg".to_owned(),
        device: Some(phone.id),
    };
    tx.put_blob(&day).await.unwrap();
    tx.commit().await.unwrap();
    let bytes = b"one more".to_vec();
    let hash = crypto::hash(&[&bytes]);
    let more = blob("PUT", &phone.token, &hash, bytes.clone());
    assert_eq!(world.send(more).await.0, StatusCode::TOO_MANY_REQUESTS);
    world.clock.advance(25 * 3_600_000);
    let token = phone.sign_in(&world).await;
    let more = blob("PUT", &token, &hash, bytes);
    assert_eq!(world.send(more).await.0, StatusCode::CREATED);
    world.close().await;
}
