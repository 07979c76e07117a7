//! The screens' packages and their build, each skipped when nothing changed since.

use crate::exec::{Progress, command};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// Folders in which no source of the screens lives.
const NOT_SOURCES: &[&str] = &[
    ".git",
    ".svelte-kit",
    "demo-data",
    "dist",
    "gen",
    "node_modules",
    "shots",
    "target",
];

/// `npm …` in the UI's folder.
pub fn npm(root: &Path, words: &[&str]) -> Command {
    let mut npm = command("npm", &root.join("ui"));
    npm.args(words)
        .env("PUPPETEER_SKIP_DOWNLOAD", "1")
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm
}

/// Installs exactly what the lock file names.
pub fn packages(root: &Path, progress: &mut Progress) -> Result<()> {
    const NAME: &str = "UI packages";
    let lock = modified(&root.join("ui/package-lock.json"))
        .context("ui/package-lock.json is not there, so the screens cannot be built")?;
    // npm writes this file last, so a broken installation does not have it.
    match modified(&root.join("ui/node_modules/.package-lock.json")) {
        Some(installed) if installed >= lock => progress.already(NAME, "up to date"),
        _ => progress.commands(NAME, vec![npm(root, &["ci", "--no-audit", "--no-fund"])])?,
    }
    Ok(())
}

/// Builds `ui/dist`.
pub fn build(root: &Path, progress: &mut Progress) -> Result<()> {
    const NAME: &str = "UI";
    if is_built(root) {
        progress.already(NAME, "up to date");
        return Ok(());
    }
    progress.commands(NAME, vec![npm(root, &["run", "build"])])?;
    if newest(&root.join("ui/dist"), &|_| true).is_none() {
        bail!("`npm run build` left nothing in ui/dist");
    }
    Ok(())
}

/// Whether the newest built file is at least as new as every source: the UI's own files and
/// the message files, wherever they are.
fn is_built(root: &Path) -> bool {
    let own = newest(&root.join("ui"), &|_| true);
    let messages = newest(root, &|path| {
        path.extension().is_some_and(|end| end == "ftl")
    });
    let built = newest(&root.join("ui/dist"), &|_| true);
    built.is_some_and(|built| Some(built) >= own.max(messages))
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path)
        .and_then(|about| about.modified())
        .ok()
}

/// The latest change of a file below `folder` that `counts`.
fn newest(folder: &Path, counts: &dyn Fn(&Path) -> bool) -> Option<SystemTime> {
    let mut latest = None;
    for entry in std::fs::read_dir(folder).ok()?.map_while(Result::ok) {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            if !NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
                latest = latest.max(newest(&path, counts));
            }
        } else if kind.is_file() && counts(&path) {
            latest = latest.max(modified(&path));
        }
    }
    latest
}

#[cfg(test)]
mod tests {
    use super::is_built;
    use std::fs::{self, File};
    use std::path::{Path, PathBuf};
    use std::time::{Duration, SystemTime};

    /// A tree whose files carry the given ages, in hours before now.
    fn tree(name: &str, files: &[(&str, u64)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("xtask-ui-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (path, age_hours) in files {
            write(&root.join(path), *age_hours);
        }
        root
    }

    fn write(path: &Path, age_hours: u64) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let then = SystemTime::now() - Duration::from_secs(age_hours * 3600);
        File::create(path).unwrap().set_modified(then).unwrap();
    }

    #[test]
    fn newer_sources_ask_for_a_build() {
        let root = tree(
            "sources",
            &[
                ("ui/src/a.ts", 3),
                ("ui/dist/a.js", 2),
                ("ui/node_modules/x/a.js", 1),
            ],
        );
        assert!(is_built(&root), "installed packages are not sources");
        write(&root.join("core/api/l10n/da.ftl"), 1);
        assert!(!is_built(&root), "a message file is a source");
        write(&root.join("ui/dist/a.js"), 0);
        assert!(is_built(&root));
        write(&root.join("ui/src/a.ts"), 0);
        assert!(!is_built(&root));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn without_a_built_file_it_is_not_built() {
        let root = tree("empty", &[("ui/src/a.ts", 3)]);
        assert!(!is_built(&root));
        fs::create_dir_all(root.join("ui/dist")).unwrap();
        assert!(!is_built(&root));
        fs::remove_dir_all(root).unwrap();
    }
}
