//! Getting into the console: passwords and their limits, sessions, roles, and the header that a page
//! of another origin cannot send.
mod common;
mod console_support;

use axum::body::Body;
use axum::http::{Method, Request, header};
use carrot_rules::Scope;
use carrot_rules::entity::Participant;
use carrot_server::console::{
    ADDRESS_FAILURES_MAX, CONSOLE_HEADER, LOGIN_FAILURES_MAX, LOGIN_WINDOW_MS, RIGHTS, Role,
    SESSION_IDLE_MS_MAX,
};
use common::*;
use console_support::*;
use serde_json::json;

#[tokio::test]
async fn five_wrong_passwords_lock_the_name_for_a_while() {
    let world = World::new().await;
    staff(&world).await;
    for _ in 0..LOGIN_FAILURES_MAX {
        let reply = login(&world, "karen", "wrong", None).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (401, "login_wrong"));
        world.clock.advance(1_000);
    }
    let reply = login(&world, "KAREN ", PASSWORD, None).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (429, "login_locked"));
    let wait_s = (LOGIN_WINDOW_MS - 5_000) / 1_000;
    assert_eq!(reply.body["error"]["params"]["wait_s"], wait_s);
    assert_eq!(reply.headers[header::RETRY_AFTER], wait_s.to_string());
    assert_eq!(login(&world, "piotr", PASSWORD, None).await.status, 200);

    world.clock.advance(LOGIN_WINDOW_MS);
    assert_eq!(login(&world, "karen", PASSWORD, None).await.status, 200);
    world.close().await;
}

#[tokio::test]
async fn many_wrong_passwords_lock_the_address_whatever_the_names() {
    let world = World::new().await;
    staff(&world).await;
    for number in 0..ADDRESS_FAILURES_MAX {
        let name = format!("nobody{number}");
        let reply = login(&world, &name, PASSWORD, Some("192.0.2.1")).await;
        assert_eq!(reply.code(), "login_wrong");
    }
    let locked = login(&world, "karen", PASSWORD, Some("192.0.2.1")).await;
    assert_eq!(locked.code(), "login_locked");
    let other = login(&world, "karen", PASSWORD, Some("192.0.2.2")).await;
    assert_eq!(other.status, 200);
    world.close().await;
}

#[tokio::test]
async fn the_session_is_a_strict_cookie_that_ends() {
    let world = World::new().await;
    staff(&world).await;
    let reply = login(&world, "karen", PASSWORD, None).await;
    let set = reply.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        set.contains("HttpOnly") && set.contains("SameSite=Strict"),
        "{set}"
    );
    assert_eq!(reply.body["role"], "manager");
    assert_eq!(reply.body["programme"], "Morgenrod");

    let browser = Browser::open(&world, "karen").await;
    let me = browser.get("/v1/console/me").await;
    assert_eq!(
        (me.status.as_u16(), &me.body["role"]),
        (200, &json!("manager"))
    );
    assert_eq!(me.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(
        browser.post("/v1/console/logout", json!({})).await.status,
        200
    );
    assert_eq!(browser.get("/v1/console/me").await.code(), "not_signed_in");

    let idle = Browser::open(&world, "karen").await;
    world.clock.advance(SESSION_IDLE_MS_MAX);
    assert_eq!(idle.get("/v1/console/me").await.code(), "not_signed_in");
    world.close().await;
}

fn concrete(path: &str) -> String {
    let id = uuid::Uuid::from_u128(77).to_string();
    path.replace("{id}", &id)
        .replace("{sha256}", &"ab".repeat(32))
}

fn bare(method: &Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(concrete(path))
}

#[tokio::test]
async fn every_route_is_denied_without_session_header_or_role() {
    let world = World::new().await;
    staff(&world).await;
    let roles = [
        (Role::Manager, Browser::open(&world, "karen").await),
        (Role::Approver, Browser::open(&world, "piotr").await),
        (Role::Purchaser, Browser::open(&world, "soren").await),
    ];
    for (method, path, allowed) in RIGHTS {
        let request = bare(method, path)
            .header(CONSOLE_HEADER, "1")
            .body(Body::empty());
        let reply = send(&world, request.unwrap()).await;
        assert_eq!(reply.code(), "not_signed_in", "{method} {path}");
        for (role, browser) in &roles {
            // Signing out would end the session that the next routes need.
            if path.ends_with("/logout") {
                continue;
            }
            let reply = browser.call(method.clone(), &concrete(path), None).await;
            let denied = matches!(reply.status.as_u16(), 401 | 403);
            assert_eq!(
                denied,
                !allowed.contains(role),
                "{method} {path} {role:?}: {} {}",
                reply.status,
                reply.body
            );
            if !path.contains("/photos/") {
                let request = bare(method, path).header(header::COOKIE, &browser.cookie);
                let reply = send(&world, request.body(Body::empty()).unwrap()).await;
                assert_eq!(reply.code(), "console_header_missing", "{method} {path}");
            }
        }
    }
    world.close().await;
}

#[tokio::test]
async fn the_table_of_rights_names_every_route() {
    let description = serde_json::to_value(carrot_server::http::openapi()).unwrap();
    let mut seen = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        if !path.starts_with("/v1/console/") || path == "/v1/console/login" {
            continue;
        }
        for method in methods.as_object().unwrap().keys() {
            let named = RIGHTS
                .iter()
                .any(|(known, route, _)| route == path && known.as_str() == method.to_uppercase());
            assert!(named, "{method} {path}");
            seen += 1;
        }
    }
    assert_eq!(seen, RIGHTS.len());
}

#[tokio::test]
async fn who_loses_the_role_is_out_at_once() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "piotr").await;
    assert_eq!(browser.get("/v1/console/reviews").await.status, 200);
    let mut tx = world.begin().await;
    let person = Participant {
        id: APPROVER,
        role: "seller".to_owned(),
        employments: Vec::new(),
        segments: Vec::new(),
        joined_ms: 0,
    };
    tx.put(
        &APPROVER.to_string(),
        &person,
        &[Scope::Participant(APPROVER)],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        browser.get("/v1/console/reviews").await.code(),
        "not_permitted"
    );
    assert_eq!(
        login(&world, "piotr", PASSWORD, None).await.code(),
        "login_wrong"
    );
    world.close().await;
}

#[tokio::test]
async fn signing_in_needs_the_header_too() {
    let world = World::new().await;
    staff(&world).await;
    let body = json!({"user": "karen", "password": PASSWORD}).to_string();
    let request = Request::post("/v1/console/login")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .unwrap();
    let reply = send(&world, request).await;
    assert_eq!(reply.code(), "console_header_missing");
    assert!(!reply.headers.contains_key(header::SET_COOKIE));
    world.close().await;
}

#[tokio::test]
async fn files_keep_to_themselves_and_nothing_else_is_served() {
    let world = World::new().await;
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let page = send(&world, get("/")).await;
    let policy = page.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"));
    assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(page.headers[header::X_FRAME_OPTIONS], "DENY");
    assert_eq!(page.headers[header::REFERRER_POLICY], "no-referrer");
    for path in [
        "/assets/none.js",
        "/assets/..%2f..%2fpackage.json",
        "/assets/%2e%2e/console.html",
        "/gallery.html",
        "/terminal.html",
        "/package.json",
    ] {
        assert_eq!(send(&world, get(path)).await.status, 404, "{path}");
    }
    world.close().await;
}
