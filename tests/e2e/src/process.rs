//! Child processes that end with the test: each leads a group of its own, and the group is killed.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// The folder of the programs that `cargo build --workspace --bins` made.
pub fn programs() -> PathBuf {
    // The test program lies in `deps` below it, wherever the target folder is.
    let here = std::env::current_exe().unwrap_or_default();
    let debug = here.parent().and_then(Path::parent);
    debug.map_or_else(|| PathBuf::from("target/debug"), Path::to_path_buf)
}

/// A program of the workspace; an error says how to build it.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = programs().join(name);
    if !path.is_file() {
        bail!(
            "{} is missing: run `cargo build --workspace --bins` first",
            path.display()
        );
    }
    Ok(path)
}

/// A running program with everything that it started.
pub struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts a command as the leader of its own group; its output goes to a file.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        use std::os::unix::process::CommandExt as _;
        let out = File::create(log).with_context(|| format!("{}", log.display()))?;
        let err = out.try_clone()?;
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn()
            .with_context(|| format!("{command:?}"))?;
        Ok(Self {
            child,
            log: log.to_path_buf(),
        })
    }

    /// What it printed so far.
    #[must_use]
    pub fn printed(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until it has printed a line with `mark`, and gives that line.
    pub fn wait_for(&mut self, mark: &str, patience: Duration) -> Result<String> {
        let until = Instant::now() + patience;
        loop {
            let printed = self.printed();
            if let Some(line) = printed.lines().find(|line| line.contains(mark)) {
                return Ok(line.to_owned());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended with {status} before it printed {mark:?}:\n{printed}");
            }
            if Instant::now() > until {
                bail!("it did not print {mark:?}:\n{printed}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as a crash would: no signal handler runs.
    pub fn kill(&mut self) {
        kill_group(self.child.id());
        // Should the group be out of reach, its leader is not.
        let _ended = self.child.kill();
        // It is gone; the exit status of a killed process tells nothing.
        let _killed = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

fn kill_group(leader: u32) {
    // A group that is already gone is what we want.
    let _gone = kill(&format!("-{leader}"));
}

/// Kills a process, or with a minus before the number its whole group. The shell's own `kill` is
/// everywhere; a program of that name is not.
pub fn kill(target: &str) -> std::io::Result<()> {
    let words = format!("kill -s KILL -- {target}");
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &words])
        .stderr(Stdio::null())
        .status()
        .map(|_| ())
}

/// A loopback port that was free a moment ago.
pub fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}

/// Waits for something to become true; the error names it.
pub async fn eventually<F>(what: &str, patience: Duration, mut check: F) -> Result<()>
where
    F: AsyncFnMut() -> Result<bool>,
{
    let until = Instant::now() + patience;
    loop {
        if check().await? {
            return Ok(());
        }
        if Instant::now() > until {
            bail!("never came true: {what}");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
