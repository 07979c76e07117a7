//! `cargo xtask prove`: the package `carrot-prove`, built for speed.

use crate::args::Args;
use crate::exec::{self, cargo};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};

const PACKAGE: &str = "carrot-prove";

/// Passes `--seconds N` on; without it the package decides how long it goes on.
pub fn main(args: Args) -> Result<()> {
    let words = words(&args)?;
    let found = Workspace::load()?;
    found.require(PACKAGE)?;
    let mut run = cargo(&found.workspace_root);
    run.args(["run", "--release", "-p", PACKAGE, "--"])
        .args(words);
    exec::openly(run)
}

fn words(args: &Args) -> Result<Vec<String>> {
    let Some(given) = args.value("seconds") else {
        return Ok(Vec::new());
    };
    let seconds: u64 = given
        .parse()
        .with_context(|| format!("`--seconds {given}` is not a whole number"))?;
    if seconds == 0 {
        bail!("`--seconds` must be at least 1");
    }
    Ok(vec!["--seconds".to_owned(), seconds.to_string()])
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::args::Args;

    fn given(seconds: &str) -> anyhow::Result<Vec<String>> {
        let option = format!("--seconds={seconds}");
        words(&Args::parse([option], &[], &["seconds"]).unwrap())
    }

    #[test]
    fn seconds_are_whole_and_not_zero() {
        assert_eq!(given("90").unwrap(), ["--seconds", "90"]);
        assert!(given("0").is_err());
        assert!(given("1.5").unwrap_err().to_string().contains("1.5"));
        assert!(words(&Args::default()).unwrap().is_empty());
    }
}
