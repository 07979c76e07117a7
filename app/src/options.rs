//! How the terminal's program is started.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use carrot_api::{KeyChoice, OpenOptions, SystemClock};

/// What `--help` prints.
pub const USAGE: &str = "usage: carrot-terminal [--dir FOLDER] [--insecure-key-file]
  --dir FOLDER           the terminal's data (also CARROT_TERMINAL_DIR; otherwise ~/.local/share/carrot-terminal)
  --insecure-key-file    keep keys in a file of the folder, for machines without a secret service";

/// The program's options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Data folder.
    pub dir: PathBuf,
    /// True when keys go to a file.
    pub insecure_key_file: bool,
}

fn default_dir() -> PathBuf {
    if let Some(dir) = std::env::var_os("CARROT_TERMINAL_DIR") {
        return PathBuf::from(dir);
    }
    let home = std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let data =
        std::env::var_os("XDG_DATA_HOME").map_or_else(|| home.join(".local/share"), PathBuf::from);
    data.join("carrot-terminal")
}

impl Options {
    /// Reads the arguments; a web driver passes none and sets the environment instead.
    ///
    /// # Errors
    /// A sentence about the argument that is not understood.
    pub fn from_args(arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let insecure =
            std::env::var_os("CARROT_INSECURE_KEY_FILE").is_some_and(|value| value == "1");
        let mut options = Self {
            dir: default_dir(),
            insecure_key_file: insecure,
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--dir") => {
                    options.dir = arguments
                        .next()
                        .map(PathBuf::from)
                        .ok_or("--dir needs a folder")?;
                }
                Some("--insecure-key-file") => options.insecure_key_file = true,
                _ => return Err(format!("{} is not understood", argument.to_string_lossy())),
            }
        }
        Ok(options)
    }

    /// What the core needs to open the folder.
    #[must_use]
    pub fn open_options(&self) -> OpenOptions {
        OpenOptions {
            dir: self.dir.clone(),
            keys: if self.insecure_key_file {
                KeyChoice::InsecureFile
            } else {
                KeyChoice::Keyring
            },
            clock: Arc::new(SystemClock::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_and_others_refused() {
        let read = |args: &[&str]| Options::from_args(args.iter().map(OsString::from));
        let options = read(&["--dir", "till", "--insecure-key-file"]).unwrap();
        assert_eq!(
            options,
            Options {
                dir: PathBuf::from("till"),
                insecure_key_file: true
            }
        );
        assert!(read(&["--dir"]).is_err());
        assert!(read(&["--colour"]).unwrap_err().contains("--colour"));
    }
}
