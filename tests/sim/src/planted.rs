//! Whether the simulator sees: each planted mistake is switched on in turn, and fleets are played until
//! a law is broken or the time is over.

use anyhow::{Result, bail};
use carrot_wire::planted::{BUGS, Bug, plant};

use crate::run::{self, SimArgs};
use crate::spent::Spent;
use crate::template::Template;

/// How long one mistake is looked for, seconds of processor time.
const SECONDS: u64 = 60;
/// So much is told of what gave a mistake away, characters.
const DETAIL_CHARS: usize = 110;
/// So many mistakes of ten must be found.
const FOUND_OF_TEN_MIN: u64 = 9;

/// What came of looking for one mistake.
#[derive(Debug)]
pub struct Looked {
    /// What gave it away; none when nothing did.
    pub told: Option<String>,
    /// The last seed that was played.
    pub last_seed: u64,
    /// Processor time, seconds.
    pub seconds: u64,
}

/// What came of looking for all.
#[derive(Default)]
struct Sum {
    found: u64,
    missed: u64,
    /// Not looked for as long as each is: the time for all was over.
    left: u64,
    last_seed: u64,
}

/// Looks for each mistake, or for one by its name, and prints what was found. Errors when too many were
/// missed.
pub fn main(args: &SimArgs, which: &str) -> Result<()> {
    plant(None);
    let template = run::template(&run::memory())?;
    let spent = Spent::start();
    let full = args.cpu_seconds.unwrap_or(SECONDS);
    let mut sum = Sum::default();
    for (bug, name) in BUGS
        .iter()
        .filter(|(_, name)| which == "all" || *name == which)
    {
        let together = args.together.unwrap_or(u64::MAX);
        let most = full.min(together.saturating_sub(spent.work().as_secs()));
        if most == 0 {
            sum.left += 1;
            continue;
        }
        let looked = look(&template, args, *bug, most);
        sum.last_seed = sum.last_seed.max(looked.last_seed);
        match looked.told {
            Some(_) => sum.found += 1,
            None if most < full => sum.left += 1,
            None => sum.missed += 1,
        }
        let told = looked.told.unwrap_or_else(|| "missed".to_owned());
        println!("{name:<28} {:>3} s  {told}", looked.seconds);
    }
    judge(args, which, &sum)
}

fn judge(args: &SimArgs, which: &str, sum: &Sum) -> Result<()> {
    let tried = sum.found + sum.missed;
    println!("found {} of {tried}", sum.found);
    if sum.left > 0 {
        println!("{} more were not looked for long enough", sum.left);
    }
    if tried + sum.left == 0 {
        bail!("no planted mistake is called {which}");
    }
    if args.proof {
        println!("proof tried={tried} seeds={}", sum.last_seed);
    }
    if sum.found * 10 < tried * FOUND_OF_TEN_MIN {
        bail!("{} of {tried} planted mistakes were missed", sum.missed);
    }
    Ok(())
}

/// Looks for a mistake for so many seconds of processor time at most.
#[must_use]
pub fn look(template: &Template, args: &SimArgs, bug: Bug, most: u64) -> Looked {
    plant(Some(bug));
    let args = SimArgs {
        seeds: u64::MAX,
        cpu_seconds: Some(most),
        trace: false,
        planted: None,
        ..args.clone()
    };
    let spent = Spent::start();
    let result = run::fleets(template, &args);
    plant(None);
    let mut looked = Looked {
        told: None,
        last_seed: args.seed,
        seconds: spent.work().as_secs(),
    };
    match result {
        Ok(total) => {
            looked.last_seed = total.last_seed();
            let first = total.bad.first();
            let found = first.and_then(|first| Some((first.seed, first.violation.as_ref()?)));
            looked.told = found.map(|(seed, violation)| {
                let detail: String = violation.detail.chars().take(DETAIL_CHARS).collect();
                let (law, fleets) = (violation.law, total.fleets);
                format!("{law} seed {seed} ({fleets} fleets) {detail}")
            });
        }
        Err(error) => looked.told = Some(format!("stopped: {:.90}", format!("{error:#}"))),
    }
    looked
}
