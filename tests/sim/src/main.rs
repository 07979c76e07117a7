//! The simulator by itself.

use std::process::ExitCode;

use carrot_sim::run::{SimArgs, main as run};
use clap::Parser as _;

fn main() -> ExitCode {
    match run(&SimArgs::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("carrot-sim: {error:#}");
            ExitCode::FAILURE
        }
    }
}
