//! Everything that two phones, two tills, two vouchers, a thief's copies and a bad network can do with
//! real signed texts: every reachable state is visited. Pictures are seen by everybody and for ever;
//! commands arrive in any order, late, many times, or never. Phones choose, tills check and decide, and
//! the server checks, decides and books with the functions of production; what each of them keeps in a
//! database stands in the state. One till may be a rogue that signs whatever it can make of anything it
//! saw, dates it back and says that it has sent everything.
//!
//! In each state nobody is below zero, the books sum to zero, no escrow pays twice, honest tills lose
//! nothing, whoever signs once pays once, and the programme has lost at most what the vouchers of the
//! rogue till held.

#[path = "../../rules/tests/common/mod.rs"]
mod common;
#[path = "message_space/state.rs"]
mod state;

use std::collections::HashSet;

use carrot_rules::ledger::Account;
use carrot_wire::crypto;
use state::{Case, State, Texts};

/// Asks for larger spaces.
const LONG: &str = "CARROT_MODEL_LONG";

/// Visits every state; how many there are, and the largest loss among them.
fn explore(case: Case) -> (usize, i64) {
    let texts = Texts::make(case);
    let first = State::first(case);
    // Whole names would take more room than the states. The newest state goes on first: few wait then.
    let short = |state: &State| crypto::hash(&[state.name().as_bytes()]);
    let mut known = HashSet::from([short(&first)]);
    let mut waiting = vec![first];
    let mut worst = 0;
    while let Some(state) = waiting.pop() {
        state.check(case);
        worst = worst.max(state.world.balance(Account::OfflineLoss));
        for next in state.next(case, &texts) {
            if known.insert(short(&next)) {
                waiting.push(next);
            }
        }
    }
    let states = known.len();
    println!("{case:?}: {states} states, {worst} lost at worst");
    println!("proof tried={states} lost=0 doubled=0");
    (states, worst)
}

fn long() -> bool {
    std::env::var(LONG).is_ok_and(|text| text == "1")
}

#[test]
fn m1_no_order_of_messages_spends_a_voucher_twice_or_loses_anything() {
    for willing in [false, true] {
        let case = Case {
            challenges: if long() && !willing { 3 } else { 2 },
            willing,
            ..Case::default()
        };
        let (states, worst) = explore(case);
        assert!(states > 100, "{states}");
        assert_eq!(worst, 0);
    }
}

#[test]
fn m2_a_till_that_makes_anything_of_what_it_saw_loses_at_most_its_voucher() {
    // A willing phone beside a rogue till multiplies the states: it is for the long run.
    for willing in if long() {
        vec![false, true]
    } else {
        vec![false]
    } {
        let case = Case {
            challenges: 1,
            willing,
            rogue_commands: if long() && !willing { 3 } else { 2 },
        };
        let (states, worst) = explore(case);
        assert!(states > 100, "{states}");
        assert!((1..=state::POINTS).contains(&worst), "{worst}");
    }
}
