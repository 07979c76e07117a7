//! The terminal's real window on a display of its own, driven as a person would drive it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::place::Place;
use crate::process::{Running, free_port, program};

const PATIENCE: Duration = Duration::from_secs(40);

/// A display without a screen.
pub struct Display {
    _running: Running,
    name: String,
}

impl Display {
    /// Starts a virtual X server on a free number.
    pub fn start(logs: &Path) -> Result<Self> {
        let mut command = Command::new("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
        ]);
        let mut running = Running::start(command, &logs.join("display.log"))?;
        let until = std::time::Instant::now() + PATIENCE;
        loop {
            // The number is a line of its own; warnings may stand around it.
            let number = running
                .printed()
                .lines()
                .find_map(|line| line.trim().parse::<u32>().ok());
            if let Some(number) = number {
                let name = format!(":{number}");
                return Ok(Self {
                    _running: running,
                    name,
                });
            }
            if std::time::Instant::now() > until {
                running.kill();
                bail!("Xvfb named no display: {}", running.printed());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Asks until the driver listens and the window is there.
async fn connect(address: &str, wanted: &serde_json::Map<String, serde_json::Value>) -> Client {
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder.capabilities(wanted.clone()).connect(address).await {
            Ok(client) => return client,
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

/// The terminal's window.
pub struct Window {
    client: Client,
    driver: Running,
}

impl Window {
    /// Opens the terminal of a place. `round` keeps the logs of several openings apart.
    pub async fn open(place: &Place, display: &Display, round: u32) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new("dbus-run-session");
        command.args(["--", "WebKitWebDriver", "--host=127.0.0.1"]);
        command.arg(format!("--port={port}"));
        command.env("DISPLAY", &display.name);
        command
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("NO_AT_BRIDGE", "1");
        command.env("CARROT_TERMINAL_DIR", &place.demo.terminal.dir);
        command.env("CARROT_INSECURE_KEY_FILE", "1");
        let log = place.path().join(format!("window-{round}.log"));
        let driver = Running::start(command, &log)?;
        let app = program("carrot-terminal")?;
        let options = json!({ "binary": app, "args": [] });
        let mut wanted = serde_json::Map::new();
        wanted.insert("webkitgtk:browserOptions".to_owned(), options);
        let address = format!("http://127.0.0.1:{port}");
        match tokio::time::timeout(PATIENCE, connect(&address, &wanted)).await {
            Ok(client) => Ok(Self { client, driver }),
            Err(_) => bail!("no window appears:\n{}", driver.printed()),
        }
    }

    /// Kills the terminal's process in the middle of whatever it does, and its driver.
    pub fn kill(mut self) {
        self.driver.kill();
    }

    /// Ends the session: the window closes as by its cross.
    pub async fn close(mut self) -> Result<()> {
        self.client.clone().close().await?;
        self.driver.kill();
        Ok(())
    }

    fn css(id: &str) -> String {
        format!("[data-testid=\"{id}\"]")
    }

    /// Waits for a part of the screen to be there, and gives its text.
    pub async fn text(&self, id: &str) -> Result<String> {
        let css = Self::css(id);
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(&css))
            .await;
        let found = match found {
            Ok(found) => found,
            Err(error) => bail!(
                "{id} is not on the screen ({error}):\n{}",
                self.page().await
            ),
        };
        Ok(found.text().await?)
    }

    /// An attribute of a part of the screen.
    pub async fn attribute(&self, id: &str, name: &str) -> Result<Option<String>> {
        let css = Self::css(id);
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(&css))
            .await;
        Ok(found.with_context(|| id.to_owned())?.attr(name).await?)
    }

    /// True when the part is on the screen now.
    pub async fn shows(&self, id: &str) -> Result<bool> {
        Ok(!self
            .client
            .find_all(Locator::Css(&Self::css(id)))
            .await?
            .is_empty())
    }

    /// Presses a button; waits until it can be pressed.
    pub async fn press(&self, id: &str) -> Result<()> {
        let css = format!("{}:not([disabled])", Self::css(id));
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(&css))
            .await;
        match found {
            Ok(button) => Ok(button.click().await?),
            Err(error) => bail!("{id} cannot be pressed ({error}):\n{}", self.page().await),
        }
    }

    /// Presses the first thing whose test name begins so and whose text holds `text`.
    pub async fn choose(&self, prefix: &str, text: &str) -> Result<()> {
        let css = format!("[data-testid^=\"{prefix}\"]");
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(&css))
            .await;
        found.with_context(|| format!("nothing begins with {prefix}"))?;
        for candidate in self.client.find_all(Locator::Css(&css)).await? {
            if candidate.tag_name().await? == "button" && candidate.text().await?.contains(text) {
                return Ok(candidate.click().await?);
            }
        }
        bail!("no {prefix} with {text:?}:\n{}", self.page().await)
    }

    /// Types into a field.
    pub async fn write(&self, id: &str, text: &str) -> Result<()> {
        let css = Self::css(id);
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(&css))
            .await;
        let found = found.with_context(|| format!("no field {id}"))?;
        // The marked part is the field itself or holds it.
        let field = match found.tag_name().await?.as_str() {
            "input" | "textarea" => found,
            _ => found.find(Locator::Css("input, textarea")).await?,
        };
        field.send_keys(text).await?;
        Ok(())
    }

    /// Types into a field and presses Enter there.
    pub async fn enter(&self, id: &str, text: &str) -> Result<()> {
        let enter = char::from(Key::Enter);
        self.write(id, &format!("{text}{enter}")).await
    }

    /// Sends a code as a keyboard-wedge scanner does: keys in quick succession, Enter at the end,
    /// whatever has the focus.
    pub async fn scan(&self, text: &str) -> Result<()> {
        let shift = char::from(Key::Shift);
        let mut keys = KeyActions::new("scanner".to_owned());
        for letter in text.chars().chain([char::from(Key::Enter)]) {
            let shifted = letter.is_ascii_uppercase() || "_:+?&\"<>|".contains(letter);
            if shifted {
                keys = keys.then(KeyAction::Down { value: shift });
            }
            keys = keys.then(KeyAction::Down { value: letter });
            keys = keys.then(KeyAction::Up { value: letter });
            if shifted {
                keys = keys.then(KeyAction::Up { value: shift });
            }
        }
        Ok(self.client.perform_actions(keys).await?)
    }

    /// The whole page's text: for messages of failing tests.
    pub async fn page(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => format!("no page: {error}"),
        }
    }
}
