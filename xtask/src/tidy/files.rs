//! The files to look at: what git tracks, or everything where there is no checkout.

use super::File;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// Larger files are data, not text that somebody wrote.
const FILE_BYTES_MAX: u64 = 2 * 1024 * 1024;
const NOT_OURS: &[&str] = &[
    ".git",
    ".svelte-kit",
    "__pycache__",
    "demo-data",
    "dist",
    "gen",
    "node_modules",
    "shots",
    "target",
];

/// Every text file of the project; binary and very large files are left out.
pub fn tracked(root: &Path) -> Result<Vec<File>> {
    let mut paths = match listed(root) {
        Some(paths) => paths,
        None => walked(root, root)?,
    };
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if let Some(text) = text_of(&root.join(&path))? {
            files.push(File { path, text });
        }
    }
    Ok(files)
}

fn listed(root: &Path) -> Option<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let paths: Vec<String> = text
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect();
    // An unpacked archive inside somebody else's checkout has no tracked file.
    (!paths.is_empty()).then_some(paths)
}

fn walked(root: &Path, folder: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() && !NOT_OURS.iter().any(|name| entry.file_name() == *name) {
            paths.extend(walked(root, &entry.path())?);
        } else if kind.is_file()
            && let Ok(path) = entry.path().strip_prefix(root)
        {
            paths.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(paths)
}

/// `None` for what is gone from the folder, not a file, too large or not text.
fn text_of(path: &Path) -> Result<Option<String>> {
    let Ok(about) = std::fs::metadata(path) else {
        return Ok(None);
    };
    if !about.is_file() || about.len() > FILE_BYTES_MAX {
        return Ok(None);
    }
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    Ok(String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.contains('\0')))
}

#[cfg(test)]
mod tests {
    use super::tracked;
    use std::fs;

    #[test]
    fn without_a_checkout_the_folder_is_walked() {
        let root = std::env::temp_dir().join(format!("xtask-files-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for path in ["src", "target", "ui/node_modules"] {
            fs::create_dir_all(root.join(path)).unwrap();
        }
        fs::write(root.join("src/a.rs"), "fn a() {}").unwrap();
        fs::write(root.join("src/picture.png"), [0x89, b'P', 0, 0xff]).unwrap();
        fs::write(root.join("target/b.rs"), "").unwrap();
        fs::write(root.join("ui/node_modules/c.js"), "").unwrap();
        let files = tracked(&root).unwrap();
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["src/a.rs"]);
        fs::remove_dir_all(root).unwrap();
    }
}
