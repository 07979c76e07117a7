//! `cargo xtask bench`: the package `carrot-bench`, built for speed.

use crate::args::Args;
use crate::exec::{self, cargo};
use crate::workspace::{self, Workspace};
use anyhow::Result;

const PACKAGE: &str = "carrot-bench";

/// Passes `--json FILE`, `--full` and `--only PART` on; the file is relative to where the command was typed.
pub fn main(args: Args) -> Result<()> {
    let found = Workspace::load()?;
    found.require(PACKAGE)?;
    let words = words(&args)?;
    let mut run = cargo(&found.workspace_root);
    run.args(["run", "--profile", "bench", "-p", PACKAGE, "--"])
        .args(words);
    exec::openly(run)
}

fn words(args: &Args) -> Result<Vec<String>> {
    let mut words = Vec::new();
    if let Some(file) = args.value("json") {
        words.push("--json".to_owned());
        words.push(workspace::absolute(file)?.to_string_lossy().into_owned());
    }
    if args.has("full") {
        words.push("--full".to_owned());
    }
    if let Some(part) = args.value("only") {
        words.extend(["--only".to_owned(), part.to_owned()]);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::args::Args;
    use std::path::Path;

    #[test]
    fn the_file_is_passed_on_whole() {
        let given = ["--full", "--json", "out.json"].map(str::to_owned);
        let args = Args::parse(given, &["full"], &["json"]).unwrap();
        let words = words(&args).unwrap();
        assert_eq!((words[0].as_str(), words[2].as_str()), ("--json", "--full"));
        assert!(Path::new(&words[1]).is_absolute() && words[1].ends_with("out.json"));
    }
}
