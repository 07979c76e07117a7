//! What a fresh machine lacks: system packages, a Node that is new enough, the UI's packages.
//!
//! Everything here looks first and does nothing when there is nothing to do.

use crate::args::Args;
use crate::exec::{Progress, command};
use crate::packages::{self, Purpose};
use crate::{ui, workspace};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, Stdio};

/// Steps that [`steps`] takes.
pub const STEPS: usize = 3;
/// The oldest Node that the UI's tools accept.
const NODE_MAJOR_MIN: u32 = 20;

/// `cargo xtask setup`.
pub fn main(args: Args) -> Result<()> {
    let purpose = if args.has("test") {
        Purpose::Test
    } else {
        Purpose::Run
    };
    steps(&workspace::root()?, purpose, &mut Progress::new(STEPS))
}

/// Installs what is missing for the purpose, then the UI's packages, then the UI itself.
pub fn steps(root: &Path, purpose: Purpose, progress: &mut Progress) -> Result<()> {
    system_packages(root, purpose, progress)?;
    ui::packages(root, progress)?;
    ui::build(root, progress)
}

/// How packages can be installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    Root,
    Sudo,
    /// Not without a person.
    Nobody,
}

fn means() -> Means {
    let says = |program: &str, words: &[&str]| {
        Command::new(program)
            .args(words)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
    };
    if packages::find_program("apt-get").is_none() {
        return Means::Nobody;
    }
    if says("id", &["-u"]).is_ok_and(|output| output.stdout.trim_ascii() == b"0") {
        return Means::Root;
    }
    if says("sudo", &["-n", "true"]).is_ok_and(|output| output.status.success()) {
        return Means::Sudo;
    }
    Means::Nobody
}

fn system_packages(root: &Path, purpose: Purpose, progress: &mut Progress) -> Result<()> {
    const NAME: &str = "system packages";
    if !cfg!(target_os = "linux") {
        progress.already(NAME, "none are needed on this system");
        return Ok(());
    }
    let missing = wanted(purpose);
    if missing.is_empty() {
        progress.already(NAME, "all there");
    } else {
        let commands = install(root, means(), &missing)?;
        progress.commands(&format!("{NAME}: {}", missing.join(" ")), commands)?;
        let left = wanted(purpose);
        if !left.is_empty() {
            bail!("still missing after the installation: {}", left.join(" "));
        }
    }
    node_is_new_enough()
}

fn wanted(purpose: Purpose) -> Vec<&'static str> {
    let mut missing = packages::missing(purpose, &packages::installed(), packages::present);
    for (program, package) in [("node", "nodejs"), ("npm", "npm")] {
        if packages::find_program(program).is_none() {
            missing.push(package);
        }
    }
    missing
}

fn install(root: &Path, means: Means, missing: &[&str]) -> Result<Vec<Command>> {
    let line = format!(
        "apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    );
    let prefix: &[&str] = match means {
        Means::Root => &["env"],
        Means::Sudo => &["sudo", "-n", "env"],
        Means::Nobody => bail!(
            "these packages are missing and cannot be installed from here; run\n\n  \
             sudo apt-get update && sudo {line}\n\n\
             (Debian and Ubuntu names; elsewhere install what matches them) and start again"
        ),
    };
    let apt = |words: &str| {
        let mut words = prefix
            .iter()
            .copied()
            .chain(["DEBIAN_FRONTEND=noninteractive"])
            .chain(words.split(' '));
        let mut apt = command(words.next().unwrap_or("env"), root);
        apt.args(words);
        apt
    };
    Ok(vec![apt("apt-get update"), apt(&line)])
}

fn node_is_new_enough() -> Result<()> {
    let output = Command::new("node")
        .arg("--version")
        .output()
        .context("node --version")?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match node_major(&version) {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        _ => bail!(
            "the UI is built with Node {NODE_MAJOR_MIN} or newer; here `node --version` says \
             `{version}`. Install a newer one (https://nodejs.org/en/download) and start again"
        ),
    }
}

fn node_major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Means, install, node_major};
    use crate::exec::describe;
    use std::path::Path;

    fn lines(means: Means) -> anyhow::Result<Vec<String>> {
        let commands = install(Path::new("."), means, &["cmake", "xvfb"])?;
        Ok(commands.iter().map(describe).collect())
    }

    #[test]
    fn root_and_sudo_install_without_questions() {
        let root = lines(Means::Root).unwrap();
        assert_eq!(root[0], "env DEBIAN_FRONTEND=noninteractive apt-get update");
        assert_eq!(
            root[1],
            "env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
             cmake xvfb"
        );
        assert!(lines(Means::Sudo).unwrap()[1].starts_with("sudo -n env DEBIAN_FRONTEND="));
    }

    #[test]
    fn nobody_gets_the_exact_line() {
        let told = lines(Means::Nobody).unwrap_err().to_string();
        let line = "sudo apt-get update && \
                    sudo apt-get install -y --no-install-recommends cmake xvfb\n";
        assert!(told.contains(line), "{told}");
    }

    #[test]
    fn node_versions() {
        assert_eq!(node_major("v20.20.2"), Some(20));
        assert_eq!(node_major("v9.0.0"), Some(9));
        assert_eq!(node_major("20.1"), None);
        assert_eq!(node_major(""), None);
    }
}
