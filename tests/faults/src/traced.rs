//! A process of `carrot-day` below `strace`, which kills it inside the N-th call of some kind, or lets
//! that call fail.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use uuid::Uuid;

/// The system calls by which something gets onto a disk.
pub const WRITING: [&str; 7] = [
    "pwrite64",
    "write",
    "fdatasync",
    "fsync",
    "ftruncate",
    "rename",
    "unlink",
];
/// Those among them whose failure SQLite and the journal have to hear of.
pub const STORING: [&str; 3] = ["pwrite64", "fdatasync", "ftruncate"];

/// What is done to the N-th call.
#[derive(Debug, Clone, Copy)]
pub enum Injected {
    /// The process is killed.
    Kill,
    /// It fails with this error and has no effect.
    Error(&'static str),
}

/// How a traced process ended.
#[derive(Debug)]
pub struct Ended {
    /// The ids that it confirmed, each printed after the call had returned.
    pub confirmed: Vec<Uuid>,
    /// True when it ran to its end.
    pub whole: bool,
    /// What it printed about errors.
    pub errors: String,
}

/// True when this machine has `strace`.
#[must_use]
pub fn available() -> bool {
    let asked = Command::new("strace").arg("-V").output();
    asked.is_ok_and(|output| output.status.success())
}

fn traced(program: &Path, calls: &str, injected: Option<(Injected, usize)>) -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e"]);
    command.arg(format!("trace={calls}"));
    if let Some((what, at)) = injected {
        let what = match what {
            Injected::Kill => "signal=SIGKILL".to_owned(),
            Injected::Error(name) => format!("error={name}"),
        };
        command.args(["-e", &format!("inject={calls}:{what}:when={at}")]);
    }
    command.arg(program);
    command
}

/// Runs the program with these words to its end, or to its death in the `at`-th of these calls.
pub fn run(
    program: &Path,
    words: &[&Path],
    calls: &str,
    injected: Option<(Injected, usize)>,
) -> Result<Ended> {
    let output = traced(program, calls, injected)
        .args(words)
        .output()
        .context("strace")?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(Ended {
        confirmed: confirmed(&text),
        whole: output.status.success(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// How many calls of each kind the program makes when nothing happens to it, in the thread that makes most:
/// an injection counts each thread's calls from one on.
pub fn count(program: &Path, words: &[&Path]) -> Result<BTreeMap<&'static str, usize>> {
    let file = tempfile::NamedTempFile::new()?;
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o"])
        .arg(file.path())
        .args(["-e", &format!("trace={}", WRITING.join(","))])
        .arg(program)
        .args(words)
        .output()
        .context("strace")?;
    anyhow::ensure!(output.status.success(), "{output:?}");
    let text = std::fs::read_to_string(file.path())?;
    let mut most = BTreeMap::new();
    for call in WRITING {
        let mut threads = BTreeMap::<&str, usize>::new();
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let thread = words.next().unwrap_or_default();
            if words
                .next()
                .is_some_and(|word| word.starts_with(&format!("{call}(")))
            {
                *threads.entry(thread).or_default() += 1;
            }
        }
        most.insert(call, threads.into_values().max().unwrap_or(0));
    }
    Ok(most)
}

/// The ids of the lines that say that a command is confirmed.
#[must_use]
pub fn confirmed(text: &str) -> Vec<Uuid> {
    let ids = text.lines().filter_map(|line| line.strip_prefix("done "));
    ids.filter_map(|id| Uuid::parse_str(id).ok()).collect()
}

/// A server process below `strace`; it is asked to end when this is dropped.
pub struct Server {
    child: Child,
}

impl Server {
    /// Starts it and waits until it listens; none when it died before.
    pub fn start(
        program: &Path,
        words: &[&Path],
        calls: &str,
        injected: Option<(Injected, usize)>,
    ) -> Result<Option<Self>> {
        let mut child = traced(program, calls, injected)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("strace")?;
        let mut first = [0];
        let listens = match child.stdout.as_mut() {
            Some(out) => out.read(&mut first)? == 1,
            None => false,
        };
        let server = Self { child };
        Ok(listens.then_some(server))
    }

    /// True while it runs.
    pub fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The program ends with its input, and its tracer with it.
        drop(self.child.stdin.take());
        let _status = self.child.wait();
    }
}
