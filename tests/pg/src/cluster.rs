//! One cluster: made, started, stopped, started again, removed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::database::{ADMIN, APP, Database, OWNER};
use crate::programs::Programs;

/// What the cluster is told beyond the defaults. A deadlock is looked for after a fifth of a second, so
/// that tests of deadlocks are short; writes go to disk before a commit is answered, as everywhere.
const SETTINGS: &str = "listen_addresses = ''\nmax_connections = 200\nshared_buffers = 32MB\n\
    max_wal_size = 256MB\nwal_level = minimal\nmax_wal_senders = 0\ndeadlock_timeout = 200ms\n";
/// How long a start or a stop may take, seconds.
const PATIENCE_S: &str = "60";
/// What ends the cluster and removes its folder as soon as nobody writes to it any more.
const WATCH: &str = "read never; \"$0\" -D \"$1/data\" -m immediate -W stop; \
    while [ -e \"$1/data/postmaster.pid\" ]; do sleep 0.05; done; rm -rf \"$1\"";

/// How a cluster is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Transactions are rolled back, connections closed, everything written.
    Fast,
    /// As by a power cut: the next start reads the log again.
    Crash,
}

/// A running cluster; it ends and its folder goes when it is dropped or the process ends.
#[derive(Debug)]
pub struct Cluster {
    programs: Programs,
    folder: PathBuf,
    watch: Child,
    made: AtomicU32,
}

impl Cluster {
    /// Makes a cluster and starts it.
    pub fn start() -> Result<Self> {
        let programs = Programs::find()?;
        let folder = tempfile::Builder::new()
            .prefix("carrot-pg-")
            .tempdir()
            .context("a folder for a cluster")?
            .keep();
        programs.give(&folder)?;
        let watch = watch(&programs, &folder)?;
        let cluster = Self {
            programs,
            folder,
            watch,
            made: AtomicU32::new(0),
        };
        cluster.init()?;
        cluster.up()?;
        let roles = format!("CREATE ROLE {OWNER} LOGIN; CREATE ROLE {APP} LOGIN");
        cluster.sql("postgres", ADMIN, &roles)?;
        Ok(cluster)
    }

    /// The one cluster of this process, made when it is asked for first.
    pub fn shared() -> Result<&'static Self> {
        static SHARED: OnceLock<Result<Cluster>> = OnceLock::new();
        SHARED
            .get_or_init(Self::start)
            .as_ref()
            .map_err(|error| anyhow!("{error:#}"))
    }

    fn init(&self) -> Result<()> {
        let mut init = self.programs.command("initdb");
        init.args(["--username", ADMIN, "--auth=trust", "--encoding=UTF8"])
            .args(["--locale=C", "--no-sync", "--no-instructions", "-D"])
            .arg(self.folder.join("data"));
        self.run(init, "initdb.log")?;
        let file = self.folder.join("data/postgresql.conf");
        let text = std::fs::read_to_string(&file)?;
        let socket = self.folder.display();
        let own = format!("{text}\n{SETTINGS}unix_socket_directories = '{socket}'\n");
        std::fs::write(&file, own).with_context(|| file.display().to_string())
    }

    /// Starts it after [`Cluster::stop`].
    pub fn up(&self) -> Result<()> {
        let mut start = self.control("start");
        start.arg("-l").arg(self.folder.join("server.log"));
        self.run(start, "start.log").map_err(|error| {
            let log = std::fs::read_to_string(self.folder.join("server.log"));
            error.context(log.unwrap_or_default())
        })
    }

    /// Stops it; the data stays.
    pub fn stop(&self, how: Stop) -> Result<()> {
        let mut stop = self.control("stop");
        stop.args([
            "-m",
            if how == Stop::Fast {
                "fast"
            } else {
                "immediate"
            },
        ]);
        self.run(stop, "stop.log")
    }

    fn control(&self, action: &str) -> Command {
        let mut control = self.programs.command("pg_ctl");
        control
            .args(["-w", "-t", PATIENCE_S, "-D"])
            .arg(self.folder.join("data"))
            .arg(action);
        control
    }

    /// Runs a program with its output in a file: a daemon that inherits a pipe would keep it open.
    fn run(&self, mut command: Command, log: &str) -> Result<()> {
        let log = self.folder.join(log);
        let out = std::fs::File::create(&log)?;
        let err = out.try_clone()?;
        let status = command
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .status()
            .with_context(|| format!("{command:?}"))?;
        if !status.success() {
            let told = std::fs::read_to_string(&log).unwrap_or_default();
            bail!("{command:?} ended with {status}:\n{told}");
        }
        Ok(())
    }

    /// A new database without tables; it belongs to [`OWNER`].
    pub fn database(&self) -> Result<Database<'_>> {
        self.make("template1")
    }

    /// A copy of a database. Nobody may be connected to that one.
    pub fn copy(&self, of: &Database<'_>) -> Result<Database<'_>> {
        self.make(of.name())
    }

    fn make(&self, template: &str) -> Result<Database<'_>> {
        let name = format!("t{}", self.made.fetch_add(1, Ordering::Relaxed));
        let words = format!("CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}");
        self.sql("postgres", ADMIN, &words)?;
        Ok(Database::new(self, name))
    }

    /// Runs statements in a database as a role, in one transaction unless they say otherwise, and gives
    /// what they print, columns apart by `|`.
    pub fn sql(&self, database: &str, role: &str, words: &str) -> Result<String> {
        let mut psql = Command::new(self.programs.path("psql"));
        psql.args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-U", role, "-h"])
            .arg(&self.folder)
            .args(["-d", database, "-c", words])
            .stdin(Stdio::null());
        let output = psql.output().with_context(|| format!("{psql:?}"))?;
        if !output.status.success() {
            bail!("{words}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// What the cluster wrote into its log.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
    }

    /// The folder with the data, the socket and the logs.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The watching shell reads the end of this and does the rest.
        drop(self.watch.stdin.take());
        // Nothing is left to do about a shell that could not.
        let _ended = self.watch.wait();
    }
}

/// Starts the shell that outlives this process by as long as the tidying takes.
fn watch(programs: &Programs, folder: &Path) -> Result<Child> {
    use std::os::unix::process::CommandExt as _;
    let mut shell = Command::new("sh");
    shell.args(["-c", WATCH]).arg(programs.path("pg_ctl"));
    shell
        .arg(folder)
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    programs.as_user(&mut shell);
    shell.spawn().context("sh")
}
