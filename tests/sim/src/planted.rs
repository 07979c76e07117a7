//! Whether the simulator sees: each planted mistake is switched on in turn, and fleets are played until
//! a law is broken or the time is over.

use std::time::Instant;

use anyhow::{Result, bail};
use carrot_wire::planted::{BUGS, Bug, plant};

use crate::run::{self, SimArgs, Total};
use crate::template::Template;

/// How long one mistake is looked for, seconds.
const SECONDS: u64 = 60;
/// So much is told of what gave a mistake away, characters.
const DETAIL_CHARS: usize = 110;
/// So many mistakes of ten must be found.
const FOUND_OF_TEN_MIN: u32 = 9;

/// Looks for each mistake, or for one by its name, and prints what was found. Errors when too many were
/// missed.
pub fn main(args: &SimArgs, which: &str) -> Result<()> {
    plant(None);
    let template = run::template(&run::memory())?;
    let (mut found, mut tried) = (0_u32, 0_u32);
    for (bug, name) in BUGS
        .iter()
        .filter(|(_, name)| which == "all" || *name == which)
    {
        tried += 1;
        let began = Instant::now();
        let told = look(&template, args, *bug);
        let seconds = began.elapsed().as_secs();
        found += u32::from(told.is_some());
        let told = told.unwrap_or_else(|| "missed".to_owned());
        println!("{name:<28} {seconds:>3} s  {told}");
    }
    println!("found {found} of {tried}");
    if tried == 0 {
        bail!("no planted mistake is called {which}");
    }
    if args.proof {
        println!("proof tried={tried}");
    }
    if found * 10 < tried * FOUND_OF_TEN_MIN {
        bail!("{} of {tried} planted mistakes were missed", tried - found);
    }
    Ok(())
}

/// What gave a mistake away; none when nothing did.
pub fn look(template: &Template, args: &SimArgs, bug: Bug) -> Option<String> {
    plant(Some(bug));
    let args = SimArgs {
        seeds: u64::MAX,
        seconds: Some(args.seconds.unwrap_or(SECONDS)),
        trace: false,
        planted: None,
        ..args.clone()
    };
    let result = run::fleets(template, &args);
    plant(None);
    match result {
        Ok(Total { fleets, bad, .. }) => {
            let first = bad.first()?;
            let violation = first.violation.as_ref()?;
            let detail: String = violation.detail.chars().take(DETAIL_CHARS).collect();
            Some(format!(
                "{} seed {} ({fleets} fleets) {detail}",
                violation.law, first.seed
            ))
        }
        Err(error) => Some(format!("stopped: {:.90}", format!("{error:#}"))),
    }
}
