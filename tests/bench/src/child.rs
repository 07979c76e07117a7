//! This program once more, as a process of its own: a server whose CPU time and memory are its own, and
//! a device that holds its folder open.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child as Process, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use carrot_client::Device;

use crate::process::{Memory, Times};
use crate::world::{self, World};

/// A process that says a line when it is ready, and one after each that it reads.
pub struct Child {
    process: Process,
    lines: BufReader<ChildStdout>,
    /// What it said first.
    pub said: String,
}

impl Child {
    /// Starts this program with an option and a folder.
    pub fn start(option: &str, dir: &Path) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(option)
            .arg(dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(process.stdout.take().context("no output")?);
        let mut child = Self {
            process,
            lines,
            said: String::new(),
        };
        child.said = child.heard()?;
        Ok(child)
    }

    fn heard(&mut self) -> Result<String> {
        let mut line = String::new();
        let bytes = self.lines.read_line(&mut line)?;
        anyhow::ensure!(bytes > 0, "the process ended");
        Ok(line.trim_end().to_owned())
    }

    /// Lets it do its work once more.
    pub fn again(&mut self) -> Result<String> {
        let mut input = self.process.stdin.as_ref().context("no input")?;
        input.write_all(b"\n")?;
        self.heard()
    }

    /// CPU time since it began.
    pub fn cpu(&self) -> Result<Duration> {
        Ok(Times::of(self.process.id())?.spent)
    }

    /// Its memory.
    pub fn memory(&self) -> Result<Memory> {
        Memory::of(self.process.id())
    }

    /// Ends it.
    pub fn stop(mut self) -> Result<()> {
        drop(self.process.stdin.take());
        let status = self.process.wait()?;
        anyhow::ensure!(status.success(), "a process ended with {status}");
        Ok(())
    }
}

/// Waits for a line, away from the threads that serve; none when there will be none.
async fn asked() -> Result<Option<()>> {
    let read = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)
    });
    Ok((read.await?? > 0).then_some(()))
}

fn say(text: &str) -> Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}

/// Serves a folder until the input ends; says the address.
pub async fn serve(dir: &Path) -> Result<()> {
    let world = World::again(dir).await?;
    say(&world.url())?;
    while asked().await?.is_some() {
        say("")?;
    }
    world.stop().await
}

/// Opens a device's folder, reads what a screen shows first, and pulls once for every line.
pub async fn hold(dir: &Path) -> Result<()> {
    let device = Device::open(world::options(dir)).await?;
    let phone = device.memberships().into_iter().next().context("nobody")?;
    phone.status().await?;
    say("open")?;
    while asked().await?.is_some() {
        let report = phone.sync().await?;
        say(&report.pulled_changes.to_string())?;
    }
    drop(phone);
    device.close().await;
    Ok(())
}
