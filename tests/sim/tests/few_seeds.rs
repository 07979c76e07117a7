//! Small fleets on every test run, and some of them twice.

use carrot_sim::fleet::Settings;
use carrot_sim::report;
use carrot_sim::run::{self, Place, SimArgs};

/// Steps of a small fleet.
const STEPS: u64 = 40;
/// Fleets, about a minute of one processor without optimisation.
const SEEDS: u64 = 150;

fn args(seed: u64, seeds: u64) -> SimArgs {
    SimArgs {
        seeds,
        seed,
        steps: STEPS,
        store: Place::Memory,
        trace: false,
        jobs: None,
        seconds: None,
        cpu_seconds: None,
        proof: false,
        #[cfg(feature = "planted")]
        planted: None,
        #[cfg(feature = "planted")]
        together: None,
    }
}

#[test]
fn f_fleets_with_faults_keep_every_law() {
    let total = run::many(&args(1, SEEDS)).unwrap();
    let told = report::told(&total);
    assert!(total.bad.is_empty(), "{told}");
    assert_eq!(total.fleets, SEEDS);
    assert!(total.sum.tally.kinds().len() > 38, "{told}");
    assert!(
        total.sum.promises > 500 && total.sum.settled > 500,
        "{told}"
    );
    println!("proof tried={} lost=0 doubled=0", total.sum.promises);
}

#[test]
fn r6_the_same_seed_gives_the_same_trace() {
    let template = run::template(&run::memory()).unwrap();
    let play = |seed| {
        let settings = Settings {
            seed,
            steps: STEPS,
            files: false,
            trace: false,
        };
        run::one(&template, settings).unwrap().hash
    };
    for seed in [3, 11] {
        assert_eq!(play(seed), play(seed));
    }
    assert_ne!(play(3), play(11));
}
