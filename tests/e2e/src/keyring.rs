//! A secret service of its own: a private bus with gnome-keyring on it, in private folders. Nothing
//! of it outlives the session.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::process::{Running, kill, program};

/// How long a session may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// The last line of a session.
const END: &str = "the session has ended";

/// What one process of a session answered.
#[derive(Debug, Clone)]
pub struct Step {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Step {
    /// The answer as JSON.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(self.out.trim()).with_context(|| format!("{self:?}"))
    }

    /// The answer of a process that must have succeeded.
    pub fn answer(&self) -> Result<Value> {
        ensure!(self.code == 0, "{self:?}");
        self.json()
    }
}

/// The home of somebody with a keyring.
pub struct Home {
    dir: PathBuf,
}

impl Home {
    /// Makes private folders below `dir`.
    pub fn make(dir: &Path) -> Result<Self> {
        for name in ["home", "run", "data", "steps"] {
            fs::create_dir_all(dir.join(name))?;
        }
        fs::set_permissions(dir.join("run"), fs::Permissions::from_mode(0o700))?;
        Ok(Self {
            dir: dir.to_path_buf(),
        })
    }

    /// Runs `carrot` once for each line of arguments, all on one bus with an unlocked keyring.
    pub fn session(&self, lines: &[&[&str]]) -> Result<Vec<Step>> {
        let mut command = Command::new("dbus-run-session");
        command.args(["--", "sh", "-c", &self.script(lines)?]);
        self.run(command, lines.len())
    }

    /// The same without any bus.
    pub fn without_service(&self, lines: &[&[&str]]) -> Result<Vec<Step>> {
        let mut command = Command::new("sh");
        let script = self.script(lines)?;
        let carrot_only = script.lines().skip(1).collect::<Vec<_>>().join("\n");
        command.args(["-c", &carrot_only]);
        let nowhere = self.dir.join("run/no-bus");
        let address = format!("unix:path={}", nowhere.display());
        command.env("DBUS_SESSION_BUS_ADDRESS", address);
        self.run(command, lines.len())
    }

    fn script(&self, lines: &[&[&str]]) -> Result<String> {
        let carrot = program("carrot")?;
        let mut script =
            String::from("printf pw | gnome-keyring-daemon --unlock --components=secrets");
        for (number, args) in lines.iter().enumerate() {
            let args: Vec<String> = args.iter().map(|arg| quoted(arg)).collect();
            let step = self.dir.join("steps").join(number.to_string());
            let step = quoted(&step.to_string_lossy());
            let carrot = quoted(&carrot.to_string_lossy());
            let args = args.join(" ");
            script.push_str(&format!(
                "\n{carrot} {args} >{step}.out 2>{step}.err; echo $? >{step}.code"
            ));
        }
        script.push_str(&format!("\necho {}", quoted(END)));
        Ok(script)
    }

    fn run(&self, mut command: Command, steps: usize) -> Result<Vec<Step>> {
        command.env("HOME", self.dir.join("home"));
        command.env("XDG_RUNTIME_DIR", self.dir.join("run"));
        command.env("XDG_DATA_HOME", self.dir.join("data"));
        command.env_remove("DISPLAY");
        let mut running = Running::start(command, &self.dir.join("session.log"))?;
        let ended = running.wait_for(END, PATIENCE);
        running.kill();
        self.end_daemons()?;
        ended?;
        (0..steps).map(|number| self.step(number)).collect()
    }

    fn step(&self, number: usize) -> Result<Step> {
        let read = |kind: &str| -> Result<String> {
            let path = self.dir.join("steps").join(format!("{number}.{kind}"));
            fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        Ok(Step {
            code: read("code")?.trim().parse()?,
            out: read("out")?,
            err: read("err")?,
        })
    }

    /// Daemons leave the group that started them; the private folder in their environment tells
    /// whose they are.
    fn end_daemons(&self) -> Result<()> {
        let until = std::time::Instant::now() + PATIENCE;
        loop {
            let left = self.daemons()?;
            if left.is_empty() {
                return Ok(());
            }
            if std::time::Instant::now() > until {
                bail!("processes stay: {left:?}");
            }
            for id in &left {
                kill(&id.to_string())?;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Processes that live in this home.
    pub fn daemons(&self) -> Result<Vec<u32>> {
        let mark = format!("XDG_RUNTIME_DIR={}", self.dir.join("run").display());
        let mut found = Vec::new();
        for entry in fs::read_dir("/proc")? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            // A process may end while it is looked at, and others may not be read at all.
            let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
            if environment
                .split(|byte| *byte == 0)
                .any(|one| one == mark.as_bytes())
            {
                found.push(id);
            }
        }
        Ok(found)
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
