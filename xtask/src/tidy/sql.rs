//! Law: SQL has LF line ends, and a migration never changes once it is frozen.
//!
//! The database remembers a migration by a hash over its bytes, so a changed comment or line
//! end locks people out of their own data. `migrations.sha256`, in the format of `sha256sum`,
//! holds the hash of every migration; `cargo xtask tidy --freeze` adds the new ones.

use super::{Breach, File};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = "migrations.sha256";
/// Programs that print `HASH  PATH`.
const HASHERS: &[(&str, &[&str])] = &[("sha256sum", &[]), ("shasum", &["-a", "256"])];

/// Carriage returns in SQL.
pub fn check(file: &File) -> Vec<Breach> {
    if !file.ends_with(&["sql"]) {
        return Vec::new();
    }
    let numbered = file.text.split('\n').enumerate();
    numbered
        .filter(|(_, line)| line.contains('\r'))
        .map(|(number, _)| Breach::new(&file.path, number + 1, "a carriage return in SQL"))
        .take(1)
        .collect()
}

fn is_migration(file: &File) -> bool {
    let folder = |name| file.path.contains(name);
    file.ends_with(&["sql"]) && (folder("migrations/") || folder("migrations-postgres/"))
}

/// Migrations that differ from the manifest, if there is one.
pub fn thawed(root: &Path, files: &[File]) -> Result<Vec<Breach>> {
    let Some(manifest) = files.iter().find(|file| file.path == MANIFEST) else {
        return Ok(Vec::new());
    };
    Ok(differences(&read(&manifest.text), &hashes(root, files)?))
}

type Hashes = BTreeMap<String, String>;

fn differences(frozen: &Hashes, now: &Hashes) -> Vec<Breach> {
    let mut found = Vec::new();
    for (path, hash) in frozen {
        match now.get(path) {
            Some(same) if same == hash => {}
            Some(_) => found.push(Breach::new(
                path,
                0,
                "a frozen migration changed; put it back and add a new one",
            )),
            None => found.push(Breach::new(path, 0, "a frozen migration is gone")),
        }
    }
    for path in now.keys().filter(|path| !frozen.contains_key(*path)) {
        let what = "a migration that is not frozen; run `cargo xtask tidy --freeze`";
        found.push(Breach::new(path, 0, what));
    }
    found
}

/// Adds the new migrations to the manifest. Fails when a frozen one changed.
pub fn freeze(root: &Path, files: &[File]) -> Result<()> {
    let path = root.join(MANIFEST);
    let mut frozen = match std::fs::read_to_string(&path) {
        Ok(text) => read(&text),
        Err(_) => Hashes::new(),
    };
    let now = hashes(root, files)?;
    for (file, hash) in &frozen {
        if now.get(file) != Some(hash) {
            bail!("{file} is frozen and changed or went; put it back and add a new migration");
        }
    }
    let before = frozen.len();
    frozen.extend(now);
    let text: String = frozen
        .iter()
        .map(|(file, hash)| format!("{hash}  {file}\n"))
        .collect();
    std::fs::write(&path, text).with_context(|| path.display().to_string())?;
    println!(
        "{MANIFEST}: {} migrations, {} new",
        frozen.len(),
        frozen.len() - before
    );
    Ok(())
}

fn read(manifest: &str) -> Hashes {
    let lines = manifest.lines().filter_map(|line| line.split_once("  "));
    lines
        .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
        .collect()
}

fn hashes(root: &Path, files: &[File]) -> Result<Hashes> {
    let paths: Vec<&str> = files
        .iter()
        .filter(|file| is_migration(file))
        .map(|file| file.path.as_str())
        .collect();
    if paths.is_empty() {
        return Ok(Hashes::new());
    }
    for (program, words) in HASHERS {
        let output = Command::new(program)
            .args(*words)
            .args(&paths)
            .current_dir(root)
            .output();
        if let Ok(output) = output
            && output.status.success()
        {
            return Ok(read(&String::from_utf8_lossy(&output.stdout)));
        }
    }
    bail!("neither sha256sum nor shasum could read the migrations")
}

#[cfg(test)]
mod tests {
    use super::{File, MANIFEST, freeze, thawed};
    use crate::tidy::tests::told;
    use std::fs;
    use std::path::{Path, PathBuf};

    const FIRST: &str = "server/migrations/sqlite/0001_first.sql";

    fn tree(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("xtask-sql-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join(FIRST).parent().unwrap()).unwrap();
        fs::write(root.join(FIRST), "create table a (b);\n").unwrap();
        root
    }

    fn files(root: &Path, paths: &[&str]) -> Vec<File> {
        paths
            .iter()
            .filter_map(|path| Some((path, fs::read_to_string(root.join(path)).ok()?)))
            .map(|(path, text)| File {
                path: (*path).to_owned(),
                text,
            })
            .collect()
    }

    #[test]
    fn carriage_returns_are_breaches() {
        assert_eq!(
            told("a/b.sql", "select 1;\r\nselect 2;\r\n"),
            ["1 a carriage return in SQL"]
        );
        assert!(told("a/b.sql", "select 1;\n").is_empty());
    }

    #[test]
    fn frozen_migrations_stay() {
        const SECOND: &str = "server/migrations/sqlite/0002_second.sql";
        let root = tree("frozen");
        let all = || files(&root, &[FIRST, SECOND, MANIFEST]);
        let thawed = || {
            let breaches = thawed(&root, &all()).unwrap();
            breaches
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(thawed(), "", "without a manifest nothing is frozen");
        freeze(&root, &all()).unwrap();
        assert_eq!(thawed(), "");
        fs::write(root.join(SECOND), "create table c (d);\n").unwrap();
        assert!(thawed().contains("0002_second.sql:1: a migration that is not frozen"));
        freeze(&root, &all()).unwrap();
        assert_eq!(thawed(), "");
        fs::write(root.join(FIRST), "create table a (b); -- better\n").unwrap();
        assert!(thawed().contains("0001_first.sql:1: a frozen migration changed"));
        assert!(freeze(&root, &all()).is_err());
        fs::remove_file(root.join(FIRST)).unwrap();
        assert!(thawed().contains("0001_first.sql:1: a frozen migration is gone"));
        fs::remove_dir_all(root).unwrap();
    }
}
