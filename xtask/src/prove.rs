//! `cargo xtask prove`: the package `carrot-prove`, built for speed, codes against forgers and crowds,
//! and fuzzing by coverage.

mod codes;
mod fuzz;
mod seeds;

use crate::args::Args;
use crate::exec::{self, cargo};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};

const PACKAGE: &str = "carrot-prove";
/// The parts that `--only` chooses from.
const PARTS: [&str; 3] = ["simulator", "codes", "fuzz"];
/// How long each target is fuzzed without `--seconds`.
const FUZZ_SECONDS: u64 = 60;

/// Runs all parts, or one with `--only PART`. `--seconds N` says for how long; without it each part
/// decides.
pub fn main(args: Args) -> Result<()> {
    let seconds = seconds(&args)?;
    let only = args.value("only");
    if let Some(unknown) = only.filter(|part| !PARTS.contains(part)) {
        bail!("`--only {unknown}`: the parts are {}", PARTS.join(", "));
    }
    let found = Workspace::load()?;
    let wanted = |part: &str| only.is_none_or(|only| only == part);
    if wanted("simulator") {
        simulate(&found, seconds)?;
    }
    if wanted("codes") {
        codes::run(&found)?;
    }
    if wanted("fuzz") {
        fuzz::run(&found, seconds.unwrap_or(FUZZ_SECONDS))?;
    }
    Ok(())
}

fn simulate(found: &Workspace, seconds: Option<u64>) -> Result<()> {
    found.require(PACKAGE)?;
    let mut run = cargo(&found.workspace_root);
    run.args(["run", "--release", "-p", PACKAGE, "--"]);
    if let Some(seconds) = seconds {
        run.args(["--seconds", &seconds.to_string()]);
    }
    exec::openly(run)
}

fn seconds(args: &Args) -> Result<Option<u64>> {
    let Some(given) = args.value("seconds") else {
        return Ok(None);
    };
    let seconds: u64 = given
        .parse()
        .with_context(|| format!("`--seconds {given}` is not a whole number"))?;
    if seconds == 0 {
        bail!("`--seconds` must be at least 1");
    }
    Ok(Some(seconds))
}

#[cfg(test)]
mod tests {
    use super::{main, seconds};
    use crate::args::Args;

    fn given(given: &str) -> anyhow::Result<Option<u64>> {
        let option = format!("--seconds={given}");
        seconds(&Args::parse([option], &[], &["seconds"]).unwrap())
    }

    #[test]
    fn seconds_are_whole_and_not_zero() {
        assert_eq!(given("90").unwrap(), Some(90));
        assert!(given("0").is_err());
        assert!(given("1.5").unwrap_err().to_string().contains("1.5"));
        assert_eq!(seconds(&Args::default()).unwrap(), None);
    }

    #[test]
    fn only_known_parts_are_run() {
        let args = Args::parse(["--only=luck".to_owned()], &[], &["only"]).unwrap();
        let told = main(args).unwrap_err().to_string();
        assert!(
            told.contains("luck") && told.contains("simulator, codes, fuzz"),
            "{told}"
        );
    }
}
