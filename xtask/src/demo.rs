//! The demo programme's folder and the note in it (`demo.json`) that says what was made.

use crate::exec::{Progress, command};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What `carrot demo` wrote about the programme it made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Demo {
    /// Where the server's data lies and where it listens.
    pub server: Server,
    /// The console's address and log-in.
    pub console: Console,
    /// The cashier's terminal.
    pub terminal: Terminal,
    /// The phones, each with a folder of its own.
    pub phones: Vec<Phone>,
    /// What a newcomer does, one sentence each.
    pub steps: Vec<String>,
    /// Pictures with printable codes.
    #[serde(default)]
    pub sheets: Vec<PathBuf>,
}

/// The server of the demo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Server {
    /// Its data folder.
    pub data: PathBuf,
    /// Its address and port.
    pub listen: SocketAddr,
}

/// The console of the demo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Console {
    /// Where a browser finds it.
    pub url: String,
    /// The log-in's name.
    pub user: String,
    /// The log-in's password; it opens this demo only.
    pub password: String,
}

/// The terminal of the demo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Terminal {
    /// Its device folder.
    pub dir: PathBuf,
    /// Who is at the till.
    pub cashier: String,
    /// The cashier's PIN.
    pub pin: String,
}

/// A phone of the demo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Phone {
    /// Whose it is.
    pub who: String,
    /// What this person does.
    pub role: String,
    /// Its device folder.
    pub dir: PathBuf,
    /// The port of its screens on this machine.
    pub port: u16,
}

/// Reads the note of a demo folder; `None` when none was made there.
///
/// Folders in the note may be relative to the demo folder; they come back whole.
pub fn read(data: &Path) -> Result<Option<Demo>> {
    let path = data.join("demo.json");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    let mut demo: Demo = serde_json::from_str(&text)
        .with_context(|| format!("{}: start over with --fresh", path.display()))?;
    let whole = |folder: &mut PathBuf| *folder = data.join(&*folder);
    whole(&mut demo.server.data);
    whole(&mut demo.terminal.dir);
    demo.phones
        .iter_mut()
        .for_each(|phone| whole(&mut phone.dir));
    demo.sheets.iter_mut().for_each(whole);
    Ok(Some(demo))
}

/// Reads the demo of a folder, or makes it with `carrot demo`.
pub fn ensure(root: &Path, carrot: &Path, data: &Path, progress: &mut Progress) -> Result<Demo> {
    const NAME: &str = "demo programme";
    if let Some(demo) = read(data)? {
        progress.already(NAME, "goes on with the data that is there");
        return Ok(demo);
    }
    let mut make = command(carrot, root);
    make.arg("demo").arg("--data").arg(data);
    progress.commands(NAME, vec![make]).with_context(|| {
        format!(
            "making the demo in {} (--fresh starts over)",
            data.display()
        )
    })?;
    read(data)?.with_context(|| format!("`carrot demo` wrote no {}/demo.json", data.display()))
}

/// Deletes a demo folder. Refuses a folder that holds something else.
pub fn delete(data: &Path) -> Result<()> {
    if !data.exists() {
        return Ok(());
    }
    let is_ours = data.join("demo.json").is_file()
        || data.join("server").is_dir()
        || std::fs::read_dir(data)?.next().is_none();
    if !is_ours {
        bail!(
            "{} does not look like a demo folder; it stays",
            data.display()
        );
    }
    std::fs::remove_dir_all(data).with_context(|| format!("deleting {}", data.display()))
}

#[cfg(test)]
mod tests {
    use super::{delete, read};
    use std::fs;
    use std::path::PathBuf;

    const NOTE: &str = r#"{"server":{"data":"server","listen":"127.0.0.1:8420"},
        "console":{"url":"http://127.0.0.1:8420/","user":"u","password":"p"},
        "terminal":{"dir":"/elsewhere/t","cashier":"c","pin":"2468"},
        "phones":[{"who":"w","role":"seller","dir":"phones/w","port":8431}],
        "steps":["one"],"sheets":["sheets/a.png"],"later":true}"#;

    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("xtask-demo-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn the_note_is_read_and_its_folders_are_whole() {
        let data = folder("note");
        assert!(read(&data).unwrap().is_none());
        fs::write(data.join("demo.json"), NOTE).unwrap();
        let demo = read(&data).unwrap().unwrap();
        assert_eq!(demo.server.data, data.join("server"));
        assert_eq!(demo.terminal.dir, PathBuf::from("/elsewhere/t"));
        assert_eq!(demo.phones[0].dir, data.join("phones/w"));
        assert_eq!(demo.sheets[0], data.join("sheets/a.png"));
        fs::write(data.join("demo.json"), "{").unwrap();
        assert!(format!("{:#}", read(&data).unwrap_err()).contains("--fresh"));
        fs::remove_dir_all(data).unwrap();
    }

    #[test]
    fn only_a_demo_folder_is_deleted() {
        let other = folder("other");
        fs::write(other.join("letter.txt"), "dear").unwrap();
        assert!(delete(&other).is_err());
        assert!(other.join("letter.txt").is_file());
        fs::write(other.join("demo.json"), NOTE).unwrap();
        delete(&other).unwrap();
        assert!(!other.exists());
        delete(&other).unwrap();
    }
}
