//! Where the tree is, which packages it holds, where their programs land.

use crate::exec;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The part of `cargo metadata` that the tasks need.
#[derive(Debug, Deserialize)]
pub struct Workspace {
    packages: Vec<Package>,
    target_directory: PathBuf,
    /// The folder of the workspace's `Cargo.toml`.
    pub workspace_root: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
}

impl Workspace {
    /// Asks cargo; nothing is downloaded.
    pub fn load() -> Result<Self> {
        let output = exec::cargo(&root()?)
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .stderr(Stdio::inherit())
            .output()
            .context("cargo metadata")?;
        if !output.status.success() {
            bail!("cargo metadata: {}", output.status);
        }
        serde_json::from_slice(&output.stdout).context("reading cargo metadata")
    }

    /// Fails with the package's name when the workspace has no such package.
    pub fn require(&self, package: &str) -> Result<()> {
        if self.packages.iter().any(|known| known.name == package) {
            return Ok(());
        }
        bail!("this workspace has no package `{package}`, so there is nothing to run")
    }

    /// The program that a debug build makes.
    pub fn debug_program(&self, name: &str) -> PathBuf {
        self.program("debug", name)
    }

    /// The program that a build of the profile `bench` makes: its folder is a release's.
    pub fn bench_program(&self, name: &str) -> PathBuf {
        self.program("release", name)
    }

    fn program(&self, folder: &str, name: &str) -> PathBuf {
        self.target_directory
            .join(folder)
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A folder for what a task leaves behind, below the target folder.
    pub fn scratch(&self, name: &str) -> PathBuf {
        self.target_directory.join(name)
    }
}

/// The folder of the workspace: found upwards from the crate (under cargo) or the current folder.
pub fn root() -> Result<PathBuf> {
    let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::current_dir()?,
    };
    root_above(&start).with_context(|| format!("no workspace above {}", start.display()))
}

fn root_above(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|folder| {
            std::fs::read_to_string(folder.join("Cargo.toml"))
                .is_ok_and(|text| text.lines().any(|line| line.trim() == "[workspace]"))
        })
        .map(Path::to_path_buf)
}

/// A path as the caller meant it: relative to the folder the command was typed in.
pub fn absolute(path: &str) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("the path `{path}`"))
}

#[cfg(test)]
mod tests {
    use super::{Workspace, root};

    const METADATA: &str = r#"{"packages":[{"name":"carrot","id":"x"}],
        "target_directory":"/t","workspace_root":"/w","version":1}"#;

    #[test]
    fn the_root_is_above_this_crate() {
        assert!(root().unwrap().join("xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_missing_package_is_named() {
        let workspace: Workspace = serde_json::from_str(METADATA).unwrap();
        workspace.require("carrot").unwrap();
        let told = workspace.require("carrot-bench").unwrap_err().to_string();
        assert!(told.contains("`carrot-bench`"), "{told}");
    }

    #[test]
    fn programs_are_in_the_one_target_folder() {
        let workspace: Workspace = serde_json::from_str(METADATA).unwrap();
        assert!(workspace.debug_program("carrot").starts_with("/t/debug"));
        assert!(workspace.scratch("shots").starts_with("/t"));
    }
}
