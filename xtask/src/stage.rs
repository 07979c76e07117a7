//! The demo on its feet: its server, the screens of its devices, the terminal's window.
//!
//! Children stay in this program's process group, so Ctrl-C reaches all of them at once; what
//! is left then is asked again, and at last ended. Dropping a stage ends it too.

use crate::demo::Demo;
use crate::exec::command;
use crate::signals::{self, Signal};
use crate::{http, packages};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const SERVER_START_MAX: Duration = Duration::from_secs(60);
const DEVICE_START_MAX: Duration = Duration::from_secs(60);
const STOP_MAX: Duration = Duration::from_secs(5);
const GRACE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);
const LOG_TAIL_LINES: usize = 15;

/// A device whose screens a browser can open.
#[derive(Debug, Clone)]
pub struct Screens {
    /// Whose they are.
    pub who: String,
    /// What this person does.
    pub role: String,
    /// Address with the token that opens it.
    pub url: String,
}

/// One running program.
struct Actor {
    name: String,
    child: Child,
    log: PathBuf,
}

/// All running programs of a demo, in the order of their start.
pub struct Stage {
    root: PathBuf,
    carrot: PathBuf,
    logs: PathBuf,
    actors: Vec<Actor>,
}

impl Stage {
    /// Nothing runs yet; `logs` is made and holds what the programs say.
    pub fn new(root: &Path, carrot: &Path, logs: &Path) -> Result<Self> {
        std::fs::create_dir_all(logs).with_context(|| logs.display().to_string())?;
        Ok(Self {
            root: root.to_path_buf(),
            carrot: carrot.to_path_buf(),
            logs: logs.to_path_buf(),
            actors: Vec::new(),
        })
    }

    /// Starts the server and waits until it says that it is well.
    pub fn start_server(&mut self, demo: &Demo) -> Result<()> {
        let address = demo.server.listen;
        let mut serve = command(&self.carrot, &self.root);
        serve.arg("serve").arg("--data").arg(&demo.server.data);
        serve.arg("--listen").arg(address.to_string());
        let (log, out) = self.log("server")?;
        serve.stdout(out.try_clone()?).stderr(out);
        self.start("server", serve, log)?;
        let started = Instant::now();
        while http::get_status(address, "/healthz") != Some(200) {
            self.still_there()?;
            if started.elapsed() > SERVER_START_MAX {
                bail!(
                    "the server did not answer at {address}/healthz\n{}",
                    self.tail("server")
                );
            }
            std::thread::sleep(TICK);
        }
        Ok(())
    }

    /// Starts the screens of one device for a browser. Port 0 takes any free one.
    pub fn start_screens(
        &mut self,
        who: &str,
        role: &str,
        dir: &Path,
        port: u16,
    ) -> Result<Screens> {
        let mut ui = command(&self.carrot, &self.root);
        ui.arg("device").arg("--dir").arg(dir).arg("ui");
        ui.arg("--listen").arg(format!("127.0.0.1:{port}"));
        let name = format!("{role} {who}");
        let (log, out) = self.log(&name)?;
        ui.stdout(Stdio::piped()).stderr(out.try_clone()?);
        let url = self
            .start(&name, ui, log)
            .and_then(|()| self.first_url(&name, out))?;
        Ok(Screens {
            who: who.to_owned(),
            role: role.to_owned(),
            url,
        })
    }

    /// Reads the device's output up to its address; the rest goes on into its log.
    fn first_url(&mut self, name: &str, mut log: File) -> Result<String> {
        let pipe = self
            .actors
            .last_mut()
            .and_then(|actor| actor.child.stdout.take());
        let pipe = pipe.context("a device without output")?;
        let (found, urls) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                if let Some(url) = url_in(&line) {
                    // Later addresses find no reader, which is fine.
                    let _ = found.send(url.to_owned());
                }
                let _ = writeln!(log, "{line}");
            }
        });
        let started = Instant::now();
        loop {
            match urls.recv_timeout(TICK) {
                Ok(url) => return Ok(url),
                Err(_) => self.still_there()?,
            }
            if started.elapsed() > DEVICE_START_MAX {
                bail!("`{name}` printed no address\n{}", self.tail(name));
            }
        }
    }

    /// Opens the terminal's window.
    pub fn open_window(&mut self, program: &Path, dir: &Path) -> Result<()> {
        let mut window = command(program, &self.root);
        window.arg("--dir").arg(dir);
        let (log, out) = self.log("terminal")?;
        window.stdout(out.try_clone()?).stderr(out);
        self.start("terminal", window, log)
    }

    fn log(&self, name: &str) -> Result<(PathBuf, File)> {
        let path = self.logs.join(file_name(name));
        let file = File::create(&path).with_context(|| path.display().to_string())?;
        Ok((path, file))
    }

    fn start(&mut self, name: &str, mut program: Command, log: PathBuf) -> Result<()> {
        let child = program
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {name}"))?;
        self.actors.push(Actor {
            name: name.to_owned(),
            child,
            log,
        });
        Ok(())
    }

    /// Names of programs that ended since the last call; they leave the stage.
    pub fn ended(&mut self) -> Result<Vec<String>> {
        let mut ended = Vec::new();
        let mut kept = Vec::new();
        for mut actor in self.actors.drain(..) {
            match actor.child.try_wait()? {
                Some(_) => ended.push(actor.name),
                None => kept.push(actor),
            }
        }
        self.actors = kept;
        Ok(ended)
    }

    /// True while a program of this name runs.
    pub fn runs(&self, name: &str) -> bool {
        self.actors.iter().any(|actor| actor.name == name)
    }

    /// Ends one program and leaves the others running.
    pub fn stop_one(&mut self, name: &str) {
        if let Some(at) = self.actors.iter().position(|actor| actor.name == name) {
            let mut actor = self.actors.remove(at);
            end(&mut actor.child);
        }
    }

    /// Fails when Ctrl-C was pressed or a program ended while others start.
    fn still_there(&mut self) -> Result<()> {
        if signals::asked_to_end() {
            bail!("stopped while starting");
        }
        if let Some(name) = self.ended()?.first() {
            let tail = tail_of(&self.logs.join(file_name(name)));
            bail!("{name} ended right after its start\n{tail}");
        }
        Ok(())
    }

    fn tail(&self, name: &str) -> String {
        let actor = self.actors.iter().find(|actor| actor.name == name);
        actor.map(|actor| tail_of(&actor.log)).unwrap_or_default()
    }

    /// Ends everything, last started first: windows and devices before the server. Says what
    /// had to be forced.
    pub fn stop(&mut self) -> Vec<String> {
        self.grace();
        let mut forced = Vec::new();
        while let Some(mut actor) = self.actors.pop() {
            if !end(&mut actor.child) {
                forced.push(actor.name);
            }
        }
        forced
    }
}

impl Stage {
    /// Ctrl-C in a terminal reached the children too; asking again at once could read as
    /// impatience, so they get a moment.
    fn grace(&mut self) {
        let asked = Instant::now();
        while signals::asked_to_end() && asked.elapsed() < GRACE {
            let alive = |actor: &mut Actor| matches!(actor.child.try_wait(), Ok(None));
            if !self.actors.iter_mut().any(alive) {
                break;
            }
            std::thread::sleep(TICK);
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Whether the child ended on a request; else it was killed.
fn end(child: &mut Child) -> bool {
    for what in [Signal::Interrupt, Signal::Terminate] {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return true;
        }
        signals::send(child, what);
        let asked = Instant::now();
        while asked.elapsed() < STOP_MAX {
            if matches!(child.try_wait(), Ok(Some(_))) {
                return true;
            }
            std::thread::sleep(TICK);
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}

fn file_name(name: &str) -> String {
    let safe = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    format!("{}.log", name.chars().map(safe).collect::<String>())
}

fn tail_of(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LOG_TAIL_LINES);
    lines.get(from..).unwrap_or_default().join("\n")
}

fn url_in(line: &str) -> Option<&str> {
    let rest = line.get(line.find("http://")?..)?;
    let end = rest.find(|letter: char| letter.is_whitespace() || "\"'<>,".contains(letter));
    rest.get(..end.unwrap_or(rest.len()))
}

/// Fails with the name of the first port that is taken, and with what to do.
pub fn ports_are_free(demo: &Demo) -> Result<()> {
    let mut ports = vec![("the server".to_owned(), demo.server.listen)];
    for phone in &demo.phones {
        let address = SocketAddr::from(([127, 0, 0, 1], phone.port));
        ports.push((format!("the phone of {}", phone.who), address));
    }
    for (whose, address) in ports.iter().filter(|(_, address)| address.port() != 0) {
        match TcpListener::bind(address) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(taken(whose, *address)),
            Err(error) => return Err(error).with_context(|| format!("{whose} at {address}")),
        }
    }
    Ok(())
}

fn taken(whose: &str, address: SocketAddr) -> String {
    let port = address.port();
    let find = match packages::find_program("ss") {
        Some(_) => format!("ss -ltnp 'sport = :{port}'"),
        None => format!("lsof -nP -iTCP:{port} -sTCP:LISTEN"),
    };
    format!(
        "port {port}, which {whose} needs, is taken. Another `cargo xtask run` may be going: end \
         it with Ctrl-C. `{find}` shows who holds it"
    )
}

#[cfg(test)]
mod tests;
