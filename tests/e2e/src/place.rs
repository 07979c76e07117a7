//! The demo programme in a folder of its own: server data, terminal, phones.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use tempfile::TempDir;

use crate::device::Headless;
use crate::process::{free_port, program};

/// What the demo says about itself.
#[derive(Debug, Clone, Deserialize)]
pub struct Demo {
    /// The server.
    pub server: DemoServer,
    /// The console's log-in.
    pub console: DemoConsole,
    /// The terminal.
    pub terminal: DemoTerminal,
    /// The phones.
    pub phones: Vec<DemoPhone>,
    /// Pictures with printed codes; the first holds warranty codes that nobody has claimed.
    pub sheets: Vec<PathBuf>,
}

/// Where the server's data lie and where it listens.
#[derive(Debug, Clone, Deserialize)]
pub struct DemoServer {
    /// Data folder.
    pub data: PathBuf,
    /// Address.
    pub listen: String,
}

/// The console's log-in.
#[derive(Debug, Clone, Deserialize)]
pub struct DemoConsole {
    /// Address.
    pub url: String,
    /// Name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// The terminal's folder and its cashier.
#[derive(Debug, Clone, Deserialize)]
pub struct DemoTerminal {
    /// Folder.
    pub dir: PathBuf,
    /// Name.
    pub cashier: String,
    /// PIN.
    pub pin: String,
}

/// One phone.
#[derive(Debug, Clone, Deserialize)]
pub struct DemoPhone {
    /// The person's code in the demo.
    pub who: String,
    /// Folder.
    pub dir: PathBuf,
}

/// A demo programme that nothing else uses.
pub struct Place {
    folder: TempDir,
    /// What it holds.
    pub demo: Demo,
}

impl Place {
    /// Makes the demo programme in a new folder.
    pub fn make() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("carrot-e2e-").tempdir()?;
        let dir = folder.path().join("demo");
        let listen = format!("127.0.0.1:{}", free_port()?);
        let made = Command::new(program("carrot")?)
            .args(["demo", "--data"])
            .arg(&dir)
            .args(["--listen", &listen])
            .output()?;
        if !made.status.success() {
            bail!("carrot demo: {}", String::from_utf8_lossy(&made.stderr));
        }
        let text = std::fs::read_to_string(dir.join("demo.json")).context("demo.json")?;
        let demo = serde_json::from_str(&text).context("demo.json")?;
        Ok(Self { folder, demo })
    }

    /// The folder for logs and pictures.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The headless phone of a person.
    pub fn phone(&self, who: &str) -> Result<Headless> {
        let phone = self.demo.phones.iter().find(|phone| phone.who == who);
        let phone = phone.with_context(|| format!("the demo has no phone of {who}"))?;
        Ok(Headless::new(&phone.dir))
    }

    /// A fresh code that makes a phone of a person.
    pub fn enrolment_code(&self, person: &str) -> Result<String> {
        let output = Command::new(program("carrot")?)
            .args(["enrolment", "new", "--role", "phone", "--person", person])
            .args(["--server", &format!("http://{}", self.demo.server.listen)])
            .arg("--data")
            .arg(&self.demo.server.data)
            .output()?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let code = printed.lines().find(|line| line.starts_with("CRE1."));
        Ok(code.with_context(|| format!("{output:?}"))?.to_owned())
    }

    /// The texts of the codes on a sheet, read from its picture.
    pub fn codes_on(&self, name: &str) -> Result<Vec<String>> {
        let sheet = self.sheet(name)?;
        let output = Command::new(program("carrot")?)
            .args(["scan", "--json"])
            .arg(sheet)
            .output()?;
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let symbols = answer["symbols"]
            .as_array()
            .with_context(|| format!("{answer}"))?;
        let texts = symbols.iter().filter_map(|symbol| symbol["text"].as_str());
        Ok(texts.map(str::to_owned).collect())
    }

    /// A sheet's picture.
    pub fn sheet(&self, name: &str) -> Result<&Path> {
        let named = |path: &&PathBuf| path.file_stem().is_some_and(|stem| stem == name);
        let sheet = self.demo.sheets.iter().find(named);
        Ok(sheet.with_context(|| format!("the demo has no sheet {name}"))?)
    }

    /// The terminal without its window.
    #[must_use]
    pub fn till(&self) -> Headless {
        Headless::new(&self.demo.terminal.dir)
    }

    /// Does something at the terminal as its cashier; it must succeed.
    pub fn at_till(&self, action: &str, more: &[&str]) -> Result<serde_json::Value> {
        let (name, pin) = (&self.demo.terminal.cashier, &self.demo.terminal.pin);
        let cashier = [action, "--cashier", name.as_str(), "--pin", pin.as_str()];
        self.till().run(&[&cashier[..], more].concat())
    }
}
