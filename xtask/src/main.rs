//! The project's own tasks: `cargo xtask run`, `test`, `bench`, `prove`, `shots`, `tidy`.
//!
//! The crate leans on the standard library so that it compiles on a machine where no system
//! package is installed yet: installing those is its first job.

mod args;
mod bench;
mod demo;
mod exec;
mod findings;
mod fixture;
mod http;
mod packages;
mod prove;
mod run;
mod setup;
mod shots;
mod signals;
mod stage;
mod test;
mod tidy;
mod ui;
mod workspace;

use args::Args;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run   [--headless] [--fresh] [--data DIR]   the demo programme, running
cargo xtask test  [--only STEP]                         every test; a table at the end
cargo xtask bench [--json FILE] [--full] [--only PART]  the benchmarks
cargo xtask prove [--seconds N] [--only PART] [--page FILE]  streams, codes, faults, fuzz
cargo xtask shots --out DIR [--quick]                   pictures of every screen
cargo xtask fixture --name V [--phone-schema N]         keeps folders of this version for upgrades
cargo xtask tidy  [--freeze]                            the house's laws as checks
cargo xtask setup [--test]                              only install what is missing";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let task = words.next().unwrap_or_default();
    let outcome = match task.as_str() {
        "run" => Args::parse(words, &["headless", "fresh"], &["data"]).and_then(run::main),
        "test" => Args::parse(words, &[], &["only"]).and_then(test::main),
        "bench" => Args::parse(words, &["full"], &["json", "only"]).and_then(bench::main),
        "prove" => Args::parse(words, &[], &["seconds", "only", "page"]).and_then(prove::main),
        "shots" => Args::parse(words, &["quick"], &["out"]).and_then(shots::main),
        "fixture" => Args::parse(words, &[], &["name", "phone-schema"]).and_then(fixture::main),
        "tidy" => Args::parse(words, &["freeze"], &[]).and_then(tidy::main),
        "setup" => Args::parse(words, &["test"], &[]).and_then(setup::main),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        other => Err(anyhow::anyhow!("no task named `{other}`\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
