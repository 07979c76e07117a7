//! The outbox's table of states, what one push carries, and how two histories compare.

use carrot_sync::outbox::{
    Happening, STATES, Standing, State, Waiting, after, batch, pushed_bytes, standing,
};
use carrot_wire::VerdictClass::{Accepted, Blocked, Parked, Rejected, Retry};
use carrot_wire::envelope::Envelope;
use carrot_wire::limits::{PUSH_BYTES_MAX, PUSH_COMMANDS_MAX};

fn envelope(bytes: usize) -> Envelope {
    Envelope {
        suite: "ed25519".to_owned(),
        kid: "k".repeat(16),
        bytes: "a".repeat(bytes),
        signature: "s".repeat(86),
    }
}

#[test]
fn each_class_settles_a_waiting_command_its_own_way() {
    let ends = [
        (Accepted, State::Accepted),
        (Rejected, State::Rejected),
        (Parked, State::Parked),
        (Retry, State::Queued),
        (Blocked, State::Blocked),
    ];
    for before in [State::Queued, State::Sending, State::Blocked] {
        for (class, end) in ends {
            assert_eq!(after(before, Happening::Answered(class)), end);
        }
    }
}

#[test]
fn a_repeated_or_late_answer_changes_nothing() {
    for settled in [
        State::Accepted,
        State::Reflected,
        State::Rejected,
        State::Parked,
    ] {
        for class in [Accepted, Rejected, Parked, Retry, Blocked] {
            assert_eq!(after(settled, Happening::Answered(class)), settled);
        }
    }
}

#[test]
fn only_the_final_answer_of_a_rebuilt_history_takes_the_place_of_another() {
    let finals = [
        (Accepted, State::Accepted),
        (Rejected, State::Rejected),
        (Parked, State::Parked),
    ];
    for state in STATES {
        for (class, answered) in finals {
            let expected = match state {
                State::Reflected if class == Accepted => State::Reflected,
                waiting if waiting.waits() => waiting,
                _ => answered,
            };
            assert_eq!(after(state, Happening::AnsweredAnew(class)), expected);
        }
        for class in [Retry, Blocked] {
            assert_eq!(after(state, Happening::AnsweredAnew(class)), state);
        }
    }
}

#[test]
fn a_crash_or_a_lost_answer_queues_what_was_under_way_and_nothing_else() {
    for state in STATES {
        let expected = if state == State::Sending {
            State::Queued
        } else {
            state
        };
        assert_eq!(after(state, Happening::Unanswered), expected);
    }
}

#[test]
fn a_server_that_lost_commands_gets_the_settled_ones_again() {
    for state in STATES {
        let next = after(state, Happening::ServerLost);
        assert!(next.waits(), "{state:?} became {next:?}");
    }
}

#[test]
fn a_lost_base_shows_booked_commands_again() {
    assert_eq!(
        after(State::Reflected, Happening::BaseLost),
        State::Accepted
    );
    assert_eq!(after(State::Accepted, Happening::Passed), State::Reflected);
    assert_eq!(after(State::Rejected, Happening::BaseLost), State::Rejected);
}

#[test]
fn names_of_states_read_back_and_unknown_ones_block() {
    for state in STATES {
        assert_eq!(State::from_name(state.as_str()), state);
    }
    assert_eq!(State::from_name("from_a_newer_version"), State::Blocked);
}

fn count(total: usize, envelope: &Envelope) -> usize {
    let waiting = |seq| Waiting {
        seq,
        state: State::Queued,
        bytes: pushed_bytes(envelope),
    };
    batch((1..).take(total).map(waiting))
}

#[test]
fn a_push_ends_at_the_limit_of_commands() {
    let small = envelope(10);
    for total in [0, 1, PUSH_COMMANDS_MAX - 1, PUSH_COMMANDS_MAX] {
        assert_eq!(count(total, &small), total);
    }
    assert_eq!(count(PUSH_COMMANDS_MAX + 1, &small), PUSH_COMMANDS_MAX);
}

#[test]
fn a_push_ends_at_the_limit_of_bytes() {
    let large = envelope(4_000);
    let fit = PUSH_BYTES_MAX / pushed_bytes(&large);
    assert!(fit < PUSH_COMMANDS_MAX);
    assert_eq!(count(fit - 1, &large), fit - 1);
    assert_eq!(count(fit, &large), fit);
    assert_eq!(count(fit + 1, &large), fit);
}

#[test]
fn the_estimate_of_bytes_is_never_below_the_json() {
    let mut one = envelope(0);
    one.bytes = r#"{"a":"b\\c","n":[1,2,3]}"#.repeat(50);
    let json = serde_json::to_string(&one).unwrap();
    assert!(pushed_bytes(&one) >= json.len());
}

#[test]
fn a_push_has_no_gap_and_nothing_behind_a_blocked_command() {
    let one = |seq, state| Waiting {
        seq,
        state,
        bytes: 10,
    };
    let gap = [1, 2, 4].map(|seq| one(seq, State::Queued));
    assert_eq!(batch(gap), 2);
    let states = [State::Queued, State::Blocked, State::Queued];
    let blocked = (1..).zip(states).map(|(seq, state)| one(seq, state));
    assert_eq!(batch(blocked), 1);
}

#[test]
fn histories_compare_by_the_number_that_the_server_expects() {
    // Kept here: 3 to 9; 7 and later wait.
    let compare = |expected| standing(expected, 3, 9, 7);
    assert_eq!(compare(11), Standing::Forked);
    assert_eq!(compare(10), Standing::Level);
    assert_eq!(compare(7), Standing::Level);
    assert_eq!(compare(6), Standing::ResendFrom(6));
    assert_eq!(compare(3), Standing::ResendFrom(3));
    assert_eq!(compare(2), Standing::HistoryMissing);
    // Nothing was ever made.
    assert_eq!(standing(1, 1, 0, 1), Standing::Level);
    assert_eq!(standing(2, 1, 0, 1), Standing::Forked);
}
