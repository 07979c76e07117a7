//! The console's calls, as a browser makes them: one session cookie and the header of the console.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::place::Place;

/// A client for the programs' own addresses.
pub fn http_client() -> Result<reqwest::Client> {
    // A second installation in one process is refused, and the first one serves.
    let _first_stays = rustls::crypto::ring::default_provider().install_default();
    Ok(reqwest::Client::builder().build()?)
}

/// A signed-in manager.
pub struct Console {
    client: reqwest::Client,
    address: String,
    cookie: String,
}

impl Console {
    /// Signs the demo's manager in.
    pub async fn sign_in(place: &Place) -> Result<Self> {
        let client = http_client()?;
        let address = format!("http://{}", place.demo.server.listen);
        let console = &place.demo.console;
        let login = json!({ "user": console.user, "password": console.password });
        let answer = client
            .post(format!("{address}/v1/console/login"))
            .header("x-carrot-console", "1")
            .header("content-type", "application/json")
            .body(login.to_string())
            .send()
            .await?;
        ensure!(answer.status().is_success(), "login: {}", answer.status());
        let cookie = answer.headers().get("set-cookie").context("no cookie")?;
        let cookie = cookie.to_str()?.split(';').next().unwrap_or_default();
        let cookie = cookie.to_owned();
        Ok(Self {
            client,
            address,
            cookie,
        })
    }

    /// Reads; an answer that refuses is an error.
    pub async fn get(&self, path: &str) -> Result<Value> {
        let answer = self
            .client
            .get(format!("{}/v1/console/{path}", self.address))
            .header("x-carrot-console", "1")
            .header("cookie", &self.cookie)
            .send()
            .await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).with_context(|| text.clone())
    }

    /// Makes a call that changes something; an answer that refuses is an error.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let answer = self
            .client
            .post(format!("{}/v1/console/{path}", self.address))
            .header("x-carrot-console", "1")
            .header("cookie", &self.cookie)
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).with_context(|| text.clone())
    }
}
