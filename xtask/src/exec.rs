//! Running other programs: quietly with one line of progress, or in the open.

use anyhow::{Context, Result, bail};
use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Lines of a failed program's output that are shown again.
const TAIL_LINES_MAX: usize = 40;
const TICK: Duration = Duration::from_millis(500);
/// Where no terminal watches, a sign of life this often.
const LOG_EVERY: Duration = Duration::from_secs(30);

/// A command in `folder` that does not inherit what cargo told *this* package about itself:
/// build scripts that watch those variables would run again each time.
pub fn command(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name.starts_with("CARGO_BIN_")
                || name == "CARGO_CRATE_NAME"
                || name == "CARGO_PRIMARY_PACKAGE"
        });
        if ours {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that started this program.
pub fn cargo(folder: &Path) -> Command {
    command(
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        folder,
    )
}

/// Counts a task's steps and prints them: `[2/7] ui packages … 12.3 s`.
pub struct Progress {
    done: usize,
    total: usize,
}

impl Progress {
    /// For a task of `total` steps.
    pub fn new(total: usize) -> Self {
        Self { done: 0, total }
    }

    fn next(&mut self, name: &str) -> String {
        self.done += 1;
        format!("[{}/{}] {name}", self.done, self.total)
    }

    /// A step that needed nothing.
    pub fn already(&mut self, name: &str, why: &str) {
        println!("{}: {why}", self.next(name));
    }

    /// A step done by this program itself.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let label = self.next(name);
        println!("{label} …");
        let started = Instant::now();
        let made = work().with_context(|| name.to_owned())?;
        println!("{label}: {}", seconds(started));
        Ok(made)
    }

    /// A step done by other programs, one after the other, with their last line shown while
    /// they work. Fails with the end of the output of the first one that fails.
    pub fn commands(&mut self, name: &str, commands: Vec<Command>) -> Result<()> {
        let label = self.next(name);
        let started = Instant::now();
        let mut screen = Screen::open(&label);
        for command in commands {
            if let Err(error) = quietly(command, started, &mut screen) {
                screen.close(&format!("{label}: failed after {}", seconds(started)));
                return Err(error.context(name.to_owned()));
            }
        }
        screen.close(&format!("{label}: {}", seconds(started)));
        Ok(())
    }
}

fn seconds(since: Instant) -> String {
    format!("{:.1} s", since.elapsed().as_secs_f64())
}

/// One line that is overwritten on a terminal, and a few lines in a log.
struct Screen {
    label: String,
    live: bool,
    logged: Instant,
}

impl Screen {
    fn open(label: &str) -> Self {
        println!("{label} …");
        Self {
            label: label.to_owned(),
            live: std::io::stdout().is_terminal(),
            logged: Instant::now(),
        }
    }

    fn show(&mut self, started: Instant, last: &str) {
        let last: String = last
            .trim()
            .chars()
            .filter(|c| !c.is_control())
            .take(60)
            .collect();
        let line = format!("{} {} {last}", self.label, seconds(started));
        if self.live {
            print!("\r\x1b[2K{line}");
            let _ = std::io::stdout().flush();
        } else if self.logged.elapsed() >= LOG_EVERY {
            self.logged = Instant::now();
            println!("{line}");
        }
    }

    fn close(&mut self, line: &str) {
        if self.live {
            print!("\r\x1b[2K");
        }
        println!("{line}");
    }
}

fn quietly(mut command: Command, started: Instant, screen: &mut Screen) -> Result<()> {
    let told = describe(&command);
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
    let mut tail = VecDeque::new();
    loop {
        match incoming.recv_timeout(TICK) {
            Ok(line) => {
                if tail.len() == TAIL_LINES_MAX {
                    tail.pop_front();
                }
                tail.push_back(line);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        screen.show(started, tail.back().map_or("", String::as_str));
    }
    let status = child.wait()?;
    if !status.success() {
        let tail: Vec<String> = tail.into();
        bail!("`{told}`: {status}\n{}", tail.join("\n"));
    }
    Ok(())
}

/// Sends each line that comes.
pub fn forward(from: impl Read + Send + 'static, to: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
            if to
                .send(String::from_utf8_lossy(&line).into_owned())
                .is_err()
            {
                break;
            }
        }
    });
}

/// Runs with the caller's own output streams, so that whoever reads them sees everything.
pub fn openly(mut command: Command) -> Result<()> {
    let told = describe(&command);
    println!("$ {told}");
    let status = command
        .status()
        .with_context(|| format!("starting `{told}`"))?;
    if !status.success() {
        bail!("`{told}`: {status}");
    }
    Ok(())
}

/// The command as a person would type it.
pub fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let mut told = name.to_string_lossy().into_owned();
    for word in command.get_args() {
        told.push(' ');
        told.push_str(&word.to_string_lossy());
    }
    told
}

#[cfg(test)]
mod tests {
    use super::{Progress, command, describe};
    use std::path::Path;

    fn shell(line: &str) -> std::process::Command {
        let mut shell = command("sh", Path::new("."));
        shell.args(["-c", line]);
        shell
    }

    #[test]
    fn a_failed_program_is_quoted_with_the_end_of_its_output() {
        let told = Progress::new(1)
            .commands(
                "thing",
                vec![shell("echo ear''ly; echo la''te >&2; exit 3")],
            )
            .unwrap_err();
        let told = format!("{told:#}");
        assert!(told.contains("thing"), "{told}");
        assert!(told.contains("early") && told.contains("late"), "{told}");
        assert!(told.contains("exit status: 3"), "{told}");
    }

    #[test]
    fn a_failure_keeps_the_following_commands_from_running() {
        let commands = vec![shell("true"), shell("false"), shell("echo reached; false")];
        let told = format!(
            "{:#}",
            Progress::new(1).commands("x", commands).unwrap_err()
        );
        assert!(!told.contains("reached"), "{told}");
        Progress::new(1)
            .commands("x", vec![shell("true"), shell("true")])
            .unwrap();
    }

    #[test]
    fn a_missing_program_is_named() {
        let absent = vec![command("no-such-program", Path::new("."))];
        let told = format!("{:#}", Progress::new(1).commands("x", absent).unwrap_err());
        assert!(told.contains("no-such-program"), "{told}");
    }

    #[test]
    fn children_do_not_see_what_cargo_said_about_this_package() {
        let seen = shell("env").output().unwrap().stdout;
        let seen = String::from_utf8_lossy(&seen).into_owned();
        assert!(seen.contains("PATH="));
        assert!(!seen.contains("CARGO_PKG_NAME"), "{seen}");
        assert!(!seen.contains("CARGO_MANIFEST_DIR"), "{seen}");
    }

    #[test]
    fn a_command_reads_as_typed() {
        assert_eq!(describe(&shell("true")), "sh -c true");
    }
}
