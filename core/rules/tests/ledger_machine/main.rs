//! The books against a model of single coins: random lives of a programme, with the laws asserted
//! after every transfer.

mod machine;
mod model;
mod steps;

use std::collections::BTreeMap;

use machine::Machine;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

proptest! {
    #[test]
    fn the_books_are_the_models(steps in prop::collection::vec(steps::step(), 1..80)) {
        println!("proof tried={}", steps.len());
        let mut machine = Machine::default();
        for step in steps {
            machine.step(step);
        }
        machine.end();
    }
}

/// The random lives reach every kind of transfer often, or they would prove little.
#[test]
fn every_kind_of_transfer_happens() {
    let mut runner = TestRunner::deterministic();
    let lives = prop::collection::vec(steps::step(), 80);
    let mut booked: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..60 {
        let mut machine = Machine::default();
        for step in lives.new_tree(&mut runner).unwrap().current() {
            machine.step(step);
        }
        for (purpose, count) in machine.purposes() {
            *booked.entry(purpose).or_default() += count;
        }
    }
    let kinds = [
        "award",
        "redemption",
        "return",
        "hold",
        "capture",
        "release",
        "refund",
        "approval",
        "lapse",
        "reversal",
        "funding",
        "settlement",
        "expiry",
        "wild",
    ];
    for kind in kinds {
        let count = booked.get(kind).copied().unwrap_or(0);
        assert!(count >= 25, "{kind}: {count} of {booked:?}");
    }
}
