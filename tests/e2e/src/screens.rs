//! A device's screens as a browser has them: one long-lived process of `carrot device ui`, and its calls.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::console::http_client;
use crate::process::{Running, program};

/// A running device with its screens.
pub struct Screens {
    _running: Running,
    client: reqwest::Client,
    address: String,
    token: String,
}

impl Screens {
    /// Opens a device's folder; it keeps in step with its servers by itself.
    pub fn start(dir: &Path, log: &Path) -> Result<Self> {
        let mut command = Command::new(program("carrot")?);
        command.args(["device", "--insecure-key-file", "--dir"]);
        command.arg(dir).arg("ui");
        let mut running = Running::start(command, log)?;
        let line = running.wait_for("http://", Duration::from_secs(30))?;
        let (address, token) = line.split_once("/#token=").context("no token")?;
        Ok(Self {
            _running: running,
            client: http_client()?,
            address: address.to_owned(),
            token: token.trim().to_owned(),
        })
    }

    async fn answer(&self, name: &str, request: &Value) -> Result<(bool, Value)> {
        let answer = self
            .client
            .post(format!("{}/call/{name}", self.address))
            .header("x-carrot-token", &self.token)
            .header("content-type", "application/json")
            .body(request.to_string())
            .send()
            .await?;
        let fine = answer.status().is_success();
        let text = answer.text().await?;
        let value = serde_json::from_str(&text).with_context(|| format!("{name}: {text}"))?;
        Ok((fine, value))
    }

    /// Begins to listen for changes.
    pub async fn news(&self) -> Result<News> {
        let request = self.client.get(format!("{}/events", self.address));
        let answer = request.header("x-carrot-token", &self.token).send().await?;
        Ok(News(answer.error_for_status()?))
    }

    /// Makes a call that must succeed.
    pub async fn call(&self, name: &str, request: Value) -> Result<Value> {
        match self.answer(name, &request).await? {
            (true, answer) => Ok(answer),
            (false, refusal) => bail!("{name} {request}: {refusal}"),
        }
    }

    /// Makes a call that must be refused; gives the refusal's code.
    pub async fn refusal(&self, name: &str, request: Value) -> Result<String> {
        let (fine, answer) = self.answer(name, &request).await?;
        let code = answer["error"]["code"].as_str();
        match code {
            Some(code) if !fine => Ok(code.to_owned()),
            _ => bail!("{name} {request} was not refused: {answer}"),
        }
    }
}

/// What a page hears while it is open.
pub struct News(reqwest::Response);

impl News {
    /// Waits for the next word of a change; false when there is none for so long.
    pub async fn changed(&mut self, patience: Duration) -> Result<bool> {
        let heard = async {
            while let Some(bytes) = self.0.chunk().await? {
                if String::from_utf8_lossy(&bytes).contains("changed") {
                    return Ok(true);
                }
            }
            bail!("the device stopped talking")
        };
        tokio::time::timeout(patience, heard)
            .await
            .unwrap_or(Ok(false))
    }
}
