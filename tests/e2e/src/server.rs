//! The server as a process: it can be stopped as by Ctrl-C, killed as by a power cut, started again.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::place::Place;
use crate::process::{Running, program};
use anyhow::{Result, bail};

/// A running server.
pub struct Server {
    running: Running,
}

impl Server {
    /// Starts the server of a place and waits until it listens.
    pub fn start(place: &Place) -> Result<Self> {
        Self::start_over(place, &place.demo.server.data, 0)
    }

    /// The same over any data folder, on the place's address, with the clock `shift_ms` ahead.
    pub fn start_over(place: &Place, data: &Path, shift_ms: i64) -> Result<Self> {
        let mut command = Command::new(program("carrot")?);
        command.args(["serve", "--data"]).arg(data);
        command.args(["--listen", &place.demo.server.listen]);
        command.env("CARROT_CLOCK_SHIFT_MS", shift_ms.to_string());
        let mut running = Running::start(command, &place.path().join("server.log"))?;
        running.wait_for("listening on", Duration::from_secs(30))?;
        Ok(Self { running })
    }

    /// Kills it and starts it anew: what it had only in memory is gone.
    pub fn restart(&mut self, place: &Place, data: &Path, shift_ms: i64) -> Result<()> {
        self.running.kill();
        *self = Self::start_over(place, data, shift_ms)?;
        Ok(())
    }

    /// Ends it without a warning.
    pub fn kill(mut self) {
        self.running.kill();
    }
}

/// Runs `carrot ledger ACTION` on a server's data and gives its output; a failure is an error.
pub fn ledger(data: &Path, args: &[&str]) -> Result<String> {
    let mut command = Command::new(program("carrot")?);
    command.arg("ledger").args(args).arg("--data").arg(data);
    let output = command.output()?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!(
            "{command:?}: {printed}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(printed)
}
