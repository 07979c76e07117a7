//! A browser for tests: console people with passwords, and calls with their cookie and header.
#![allow(dead_code, missing_docs)] // each test file uses a part of it

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use carrot_rules::Scope;
use carrot_rules::entity::{Employment, Participant};
use carrot_server::console::{CONSOLE_HEADER, COOKIE};
use carrot_server::http::Peer;
use carrot_server::secrets::password_hash;
use carrot_server::store::Person;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::common::*;

pub const PASSWORD: &str = "correct horse";
pub const APPROVER: Uuid = Uuid::from_u128(40);
pub const PURCHASER: Uuid = Uuid::from_u128(41);

/// Gives the cast's manager a password, and adds an approver and a purchaser of the other outlet.
pub async fn staff(world: &World) {
    let hash = password_hash(PASSWORD).unwrap();
    let mut tx = world.begin().await;
    let people = [
        (MANAGER, "manager", "karen", Vec::new()),
        (APPROVER, "approver", "piotr", Vec::new()),
        (PURCHASER, "purchaser", "soren", vec![OTHER_OUTLET]),
    ];
    for (id, role, sign_in, outlets) in people {
        let employments = outlets.into_iter().map(|outlet| Employment {
            outlet,
            from_ms: 0,
            until_ms: None,
            share: 1,
        });
        let participant = Participant {
            id,
            role: role.to_owned(),
            employments: employments.collect(),
            segments: Vec::new(),
            joined_ms: 0,
        };
        tx.put(&id.to_string(), &participant, &[Scope::Participant(id)])
            .await
            .unwrap();
        let person = Person {
            participant: id,
            code: sign_in.to_owned(),
            given: sign_in.to_owned(),
            family: "Console".to_owned(),
            phone: None,
            email: None,
            language: "en".to_owned(),
            sign_in: Some(sign_in.to_owned()),
            password_hash: Some(hash.clone()),
            pin_hash: None,
        };
        tx.put_person(&person).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// An answer with what tests look at.
pub struct Reply {
    pub status: StatusCode,
    pub body: Value,
    pub headers: axum::http::HeaderMap,
}

impl Reply {
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }
}

pub async fn send(world: &World, request: Request<Body>) -> Reply {
    use http_body_util::BodyExt as _;
    let response = world.app.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Reply {
        status: parts.status,
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        headers: parts.headers,
    }
}

/// An attempt to sign in from an address.
pub async fn login(world: &World, user: &str, password: &str, from: Option<&str>) -> Reply {
    let body = json!({"user": user, "password": password}).to_string();
    let mut request = Request::post("/v1/console/login")
        .header(header::CONTENT_TYPE, "application/json")
        .header(CONSOLE_HEADER, "1")
        .body(Body::from(body))
        .unwrap();
    if let Some(from) = from {
        let peer = ConnectInfo(Peer(from.parse().unwrap()));
        request.extensions_mut().insert(peer);
    }
    send(world, request).await
}

/// A signed-in person's browser.
pub struct Browser<'a> {
    pub world: &'a World,
    pub cookie: String,
}

impl<'a> Browser<'a> {
    pub async fn open(world: &'a World, user: &str) -> Self {
        let reply = login(world, user, PASSWORD, None).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        let set = reply.headers[header::SET_COOKIE].to_str().unwrap();
        let cookie = set.split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with(COOKIE));
        Self { world, cookie }
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::HOST, "console.example:8420")
            .header(CONSOLE_HEADER, "1")
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))
            .unwrap();
        send(self.world, request).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, Some(body)).await
    }
}
