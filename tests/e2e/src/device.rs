//! A headless device: one process of `carrot device` for each action, as from a shell.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::process::program;

/// A device folder with its keys in a file.
#[derive(Debug, Clone)]
pub struct Headless {
    dir: PathBuf,
}

impl Headless {
    /// The device in this folder.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_path_buf(),
        }
    }

    /// Its folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder of its only membership, which holds keys and stores.
    pub fn membership(&self) -> Result<PathBuf> {
        let mut folders = std::fs::read_dir(self.dir.join("m"))?;
        let first = folders.next().context("the device has no membership")?;
        Ok(first?.path())
    }

    fn output(&self, args: &[&str]) -> Result<Output> {
        Command::new(program("carrot")?)
            .args(["device", "--insecure-key-file", "--json", "--dir"])
            .arg(&self.dir)
            .args(args)
            .output()
            .context("carrot device")
    }

    /// What a person reads when an action is refused, in a language; anything but exit code 1 is an
    /// error.
    pub fn refusal_text(&self, language: &str, args: &[&str]) -> Result<String> {
        let output = Command::new(program("carrot")?)
            .args(["device", "--insecure-key-file", "--lang", language, "--dir"])
            .arg(&self.dir)
            .args(args)
            .output()
            .context("carrot device")?;
        let text = String::from_utf8(output.stderr)?;
        if output.status.code() != Some(1) {
            bail!("{args:?}: {} {text}", output.status);
        }
        Ok(text)
    }

    /// Runs an action that must succeed; gives its answer.
    pub fn run(&self, args: &[&str]) -> Result<Value> {
        let output = self.output(args)?;
        let printed = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            bail!(
                "{args:?}: {printed}{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        serde_json::from_str(printed.trim()).with_context(|| format!("{args:?}: {printed}"))
    }

    /// Runs an action that must be refused; gives the refusal's code.
    pub fn refusal(&self, args: &[&str]) -> Result<String> {
        let output = self.output(args)?;
        let printed = String::from_utf8_lossy(&output.stdout);
        if output.status.success() {
            bail!("{args:?} was not refused: {printed}");
        }
        let answer: Value = serde_json::from_str(printed.trim())
            .with_context(|| format!("{printed}{}", String::from_utf8_lossy(&output.stderr)))?;
        let code = answer["error"]["code"]
            .as_str()
            .context("a refusal without code")?;
        Ok(code.to_owned())
    }

    /// Spendable points of the phone's person as the phone shows them.
    pub fn points(&self) -> Result<i64> {
        let home = self.run(&["balance"])?;
        home["active_points"]
            .as_i64()
            .with_context(|| format!("no points in {home}"))
    }

    /// Every command of the device with its state.
    pub fn queue(&self) -> Result<Vec<Value>> {
        let queue = self.run(&["queue"])?;
        let rows = queue.as_array();
        Ok(rows.with_context(|| format!("{queue}"))?.clone())
    }
}
