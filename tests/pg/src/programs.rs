//! Where PostgreSQL's programs are, and as whom they are run.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Where Debian and Ubuntu keep one folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The programs of one version, and the user that runs them.
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
    /// The user and group to become; none to stay who we are.
    user: Option<(u32, u32)>,
}

impl Programs {
    /// Finds the newest version; an error says what to install.
    pub fn find() -> Result<Self> {
        let mut folders: Vec<(u32, PathBuf)> = versions();
        folders.sort();
        let folder = folders
            .pop()
            .map(|(_, folder)| folder)
            .or_else(|| on_the_path("initdb"))
            .with_context(|| {
                format!(
                    "no `initdb` in {VERSIONS}/*/bin and none on the path: \
                     run `cargo xtask setup --test`, or install PostgreSQL's server"
                )
            })?;
        Ok(Self {
            folder,
            user: other_user()?,
        })
    }

    /// A program, to be run as the cluster's user.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.path(name));
        self.as_user(&mut command);
        command
    }

    /// Where a program is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Lets a command run as the cluster's user.
    pub fn as_user(&self, command: &mut Command) {
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
    }

    /// Gives a folder to the cluster's user.
    pub fn give(&self, folder: &Path) -> Result<()> {
        if let Some((user, group)) = self.user {
            std::os::unix::fs::chown(folder, Some(user), Some(group))?;
        }
        Ok(())
    }
}

fn versions() -> Vec<(u32, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(VERSIONS) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let number: u32 = entry.file_name().to_str()?.parse().ok()?;
            let folder = entry.path().join("bin");
            folder.join("initdb").is_file().then_some((number, folder))
        })
        .collect()
}

fn on_the_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| folder.join(name).is_file())
}

/// Whom root becomes; none for everybody else.
fn other_user() -> Result<Option<(u32, u32)>> {
    let id = Command::new("id").arg("-u").output().context("id -u")?;
    if id.stdout.trim_ascii() != b"0" {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").context("/etc/passwd")?;
    for name in ["postgres", "nobody"] {
        if let Some(found) = ids_of(&users, name) {
            return Ok(Some(found));
        }
    }
    bail!("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`")
}

fn ids_of(users: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = users
        .lines()
        .map(|line| line.split(':'))
        .find(|fields| fields.clone().next() == Some(name))?
        .skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::ids_of;

    #[test]
    fn users_are_found_by_their_whole_name() {
        let users = "root:x:0:0::/root:/bin/sh\npostgres2:x:7:8::/:/bin/sh\npostgres:x:101:104::/:/bin/sh\n";
        assert_eq!(ids_of(users, "postgres"), Some((101, 104)));
        assert_eq!(ids_of(users, "post"), None);
    }
}
