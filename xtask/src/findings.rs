//! What a long run of tests said about its failures, told again at its end: between a failure and the
//! end of such a run lie thousands of lines, and a log may have been cut by then.

use crate::exec::{describe, forward};
use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// Lines told again at most.
const LINES_MAX: usize = 80;
/// Lines after a panic's place that belong to it.
const AFTER_PANIC: usize = 4;
const TICK: Duration = Duration::from_millis(500);

/// Runs with all output shown as it comes; the error of a failed run carries what it said of failures.
pub fn run(mut command: Command) -> Result<()> {
    let told = describe(&command);
    println!("$ {told}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting `{told}`"))?;
    let (lines, incoming) = mpsc::channel();
    if let Some(out) = child.stdout.take() {
        forward(out, lines.clone());
    }
    if let Some(err) = child.stderr.take() {
        forward(err, lines);
    }
    let mut findings = Findings::default();
    loop {
        match incoming.recv_timeout(TICK) {
            Ok(line) => {
                println!("{line}");
                findings.read(line);
            }
            // What a test left running may hold the output open for ever.
            Err(RecvTimeoutError::Timeout) if child.try_wait()?.is_some() => break,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{told}`: {status}\n{}", findings.lines.join("\n"));
    }
    Ok(())
}

/// The lines of an output that tell of failures.
#[derive(Default)]
struct Findings {
    lines: Vec<String>,
    /// Lines that still belong to the last panic.
    belong: usize,
}

impl Findings {
    fn read(&mut self, line: String) {
        if line.contains(" panicked at ") {
            self.belong = AFTER_PANIC;
        }
        let belongs = self.belong > 0;
        self.belong = self.belong.saturating_sub(1);
        let tells = line.ends_with(" FAILED")
            || line.starts_with("error")
            || line.contains("process didn't exit successfully");
        if (tells || belongs) && !line.is_empty() && self.lines.len() < LINES_MAX {
            self.lines.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::exec::command;
    use std::path::Path;

    #[test]
    fn a_failed_run_says_again_which_tests_failed_and_why() {
        let output = "test a ... ok\ntest b ... FAILED\nthread 'b' panicked at b.rs:1:2:\n\
                      left is not right\n  left: 1\n right: 2\nnot this\n\
                      error: test failed, to rerun pass `--test b`\n\
                      process didn't exit successfully: `c` (signal: 11)\n";
        let mut shell = command("sh", Path::new("."));
        shell.args(["-c", "printf '%s' \"$SAID\"; exit 101"]);
        shell.env("SAID", output);
        let told = format!("{:#}", run(shell).unwrap_err());
        for wanted in ["test b ... FAILED", "b.rs:1:2", "left: 1", "right: 2"] {
            assert!(told.contains(wanted), "{told}");
        }
        assert!(told.contains("--test b") && told.contains("signal: 11"));
        assert!(
            !told.contains("not this") && !told.contains("test a"),
            "{told}"
        );
    }

    #[test]
    fn what_is_left_running_holds_no_run_up() {
        let folder = std::env::temp_dir().join(format!("xtask-left-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut shell = command("sh", &folder);
        shell.args(["-c", "sleep 60 & echo $! > left"]);
        run(shell).unwrap();
        let mut ask = command("sh", &folder);
        ask.args(["-c", "kill $(cat left)"]);
        assert!(ask.status().unwrap().success(), "it was waited for");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
