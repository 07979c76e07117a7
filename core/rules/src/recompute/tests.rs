//! Derivations counted by hand, and the ways in which one can lie.

use serde_json::{Value, json};

use super::{Unexplained, Why, recompute};
use crate::amount::AMOUNT_SIZE_MAX;
use crate::outcome::{Derivation, WHOLE_EVENT};

fn step(name: &str, line: i64, params: Value, points: i64) -> Derivation {
    let document = json!({ "step": name, "rule": "rule", "version": 7, "line": line, "params": params, "points": points });
    serde_json::from_value(document).unwrap()
}

/// One step on the first line.
fn one(name: &str, params: Value, points: i64) -> Vec<Derivation> {
    vec![step(name, 0, params, points)]
}

fn why(steps: &[Derivation]) -> Why {
    recompute(steps).unwrap_err().why
}

#[test]
fn each_step_that_adds() {
    let cases = [
        (
            "per_unit",
            json!({ "each": 120, "quantity_micro": 2_999_999 }),
            240,
        ),
        (
            "per_amount",
            json!({ "each": 2, "step_minor": 1_000, "amount_minor": 12_999, "currency": "DKK" }),
            24,
        ),
        // 5 % of 500.00 is 25.00; a point is worth a quarter of a minor unit more than two.
        (
            "percent",
            json!({ "rate_bp": 500, "amount_minor": 50_000, "minor_per_point_micro": 2_250_000, "currency": "DKK" }),
            1_111,
        ),
        ("fixed", json!({ "each": 50 }), 50),
        (
            "every",
            json!({ "each": 100, "nth": 10, "before": 8, "delta": 13 }),
            200,
        ),
        (
            "every",
            json!({ "each": 100, "nth": 10, "before": 21, "delta": -5 }),
            0,
        ),
        (
            "per_measure",
            json!({ "each": 3, "step": 7, "value": 20 }),
            6,
        ),
        (
            "per_measure",
            json!({ "each": 3, "step": 7, "value": -20 }),
            0,
        ),
        ("boost", json!({ "base": 25, "rate_bp": 15_000 }), 13),
        ("boost", json!({ "base": 25, "rate_bp": 5_000 }), -12),
        (
            "boost",
            json!({ "base": AMOUNT_SIZE_MAX - 1, "rate_bp": 20_000 }),
            AMOUNT_SIZE_MAX - 1,
        ),
        (
            "every",
            json!({ "each": 7, "nth": 3, "before": AMOUNT_SIZE_MAX, "delta": 3 }),
            7,
        ),
    ];
    for (name, params, points) in cases {
        assert_eq!(
            recompute(&one(name, params.clone(), points)),
            Ok(points),
            "{name}"
        );
        let other = one(name, params, points + 1);
        let wrong = Why::Wrong {
            said: points + 1,
            counted: points,
        };
        assert_eq!(why(&other), wrong, "{name}");
    }
}

#[test]
fn lines_add_up_and_change_one_by_one() {
    let steps = [
        step(
            "per_unit",
            0,
            json!({ "each": 120, "quantity_micro": 2_000_000 }),
            240,
        ),
        step("multiplier", 0, json!({ "rate_bp": 15_000 }), 360),
        step(
            "per_unit",
            1,
            json!({ "each": 5, "quantity_micro": 1_000_000 }),
            5,
        ),
        step("multiplier", 1, json!({ "rate_bp": 15_000 }), 8),
        step("fixed", WHOLE_EVENT, json!({ "each": 50 }), 50),
        step(
            "capped",
            WHOLE_EVENT,
            json!({ "by": "outlet", "left": 30, "cut": 20 }),
            30,
        ),
        step(
            "per_unit",
            0,
            json!({ "each": 1, "quantity_micro": 2_000_000 }),
            362,
        ),
    ];
    assert_eq!(recompute(&steps), Ok(362 + 8 + 30));
    assert_eq!(recompute(&[]), Ok(0));
    let mut moved = steps.clone();
    moved[3].line = 0;
    let at_fault = recompute(&moved).unwrap_err();
    assert_eq!((at_fault.at, at_fault.step.as_str()), (3, "multiplier"));
    assert_eq!(
        at_fault.why,
        Why::Wrong {
            said: 8,
            counted: 540
        }
    );
}

#[test]
fn a_share_is_of_what_its_own_steps_came_to() {
    let steps = [
        step(
            "per_unit",
            0,
            json!({ "each": 10, "quantity_micro": 3_000_000, "inner": true }),
            30,
        ),
        step(
            "per_unit",
            2,
            json!({ "each": 7, "quantity_micro": 1_000_000, "inner": true }),
            37,
        ),
        step(
            "level",
            WHOLE_EVENT,
            json!({ "of": 37, "share_bp": 1_500, "level": 2 }),
            5,
        ),
    ];
    assert_eq!(recompute(&steps), Ok(5));
    let missing = Why::OfSomethingElse {
        said: 37,
        counted: 30,
    };
    assert_eq!(why(&[steps[0].clone(), steps[2].clone()]), missing);
    // A bound on the whole value cuts what all its lines came to.
    let bound = json!({ "by": "rule", "left": 20, "cut": 17, "inner": true });
    let bounded = [
        steps[0].clone(),
        steps[1].clone(),
        step("capped", WHOLE_EVENT, bound, 20),
        step(
            "level",
            WHOLE_EVENT,
            json!({ "of": 20, "share_bp": 1_500, "level": 2 }),
            3,
        ),
    ];
    assert_eq!(recompute(&bounded), Ok(3));
    // What one share used up is not there for a second one.
    let twice = [&steps[..], &steps[2..]].concat();
    assert_eq!(
        why(&twice),
        Why::OfSomethingElse {
            said: 37,
            counted: 0
        }
    );
}

#[test]
fn bounds_cut_what_the_last_rule_gave_one_after_the_other() {
    let capped = |left, cut, points| {
        let params = json!({ "by": "budget", "left": left, "cut": cut });
        step("capped", 0, params, points)
    };
    let gave = [
        step("fixed", 0, json!({ "each": 500 }), 500),
        step("fixed", 0, json!({ "each": 100 }), 600),
    ];
    let bounded = [&gave[..], &[capped(60, 40, 560), capped(10, 50, 510)]].concat();
    assert_eq!(recompute(&bounded), Ok(510));
    // A bound that saw another value than the rule gave did not cut this one.
    for (left, cut) in [(61, 40), (59, 40), (560, 40)] {
        let other = [&gave[..], &[capped(left, cut, 560)]].concat();
        let said = left + cut;
        assert_eq!(why(&other), Why::OfSomethingElse { said, counted: 100 });
    }
}

#[test]
fn a_split_gives_what_is_left_over_to_the_largest_remainders() {
    // 101 by 3333, 3333, 3334: 33.66, 33.66, 33.67. The two points left over go to the last, then
    // to the first of the equal ones.
    let value = step(
        "fixed",
        WHOLE_EVENT,
        json!({ "each": 101, "inner": true }),
        101,
    );
    let shares = json!([3_333, 3_333, 3_334]);
    for (place, share_bp, points) in [(0, 3_333, 34), (1, 3_333, 33), (2, 3_334, 34)] {
        let params =
            json!({ "of": 101, "share_bp": share_bp, "place": place, "shares_bp": shares });
        let steps = [value.clone(), step("part", WHOLE_EVENT, params, points)];
        assert_eq!(recompute(&steps), Ok(points), "{place}");
    }
    let part = |params| why(&[value.clone(), step("part", WHOLE_EVENT, params, 34)]);
    let of_another = json!({ "of": 101, "share_bp": 3_334, "place": 0, "shares_bp": shares });
    assert_eq!(part(of_another), Why::OutOfRange("share_bp"));
    let too_little =
        json!({ "of": 101, "share_bp": 3_333, "place": 0, "shares_bp": [3_333, 3_333] });
    assert_eq!(part(too_little), Why::OutOfRange("shares_bp"));
}

#[test]
fn the_staff_splits_its_part_once_more() {
    let split = |staff: Value, points| {
        [
            step(
                "per_unit",
                0,
                json!({ "each": 10, "quantity_micro": 1_000_000, "inner": true }),
                10,
            ),
            step(
                "capped",
                0,
                json!({ "by": "outlet", "left": 9, "cut": 1, "inner": true }),
                9,
            ),
            step(
                "part",
                0,
                json!({ "of": 9, "share_bp": 5_000, "place": 0, "shares_bp": [5_000, 5_000], "inner": true }),
                5,
            ),
            step("staff_part", 0, staff, points),
        ]
    };
    assert_eq!(
        recompute(&split(json!({ "of": 5, "place": 0, "shares": [2, 1] }), 3)),
        Ok(3)
    );
    assert_eq!(
        recompute(&split(json!({ "of": 5, "place": 1, "shares": [2, 1] }), 2)),
        Ok(2)
    );
    for shares in [json!([]), json!([2, 1]), json!([0, 0, 0])] {
        let staff = json!({ "of": 5, "place": 2, "shares": shares });
        assert_eq!(why(&split(staff, 1)), Why::OutOfRange("place"));
    }
}

#[test]
fn numbers_that_are_missing_or_impossible_explain_nothing() {
    let cases = [
        ("task", json!({}), Why::UnknownStep),
        (
            "per_unit",
            json!({ "each": 1 }),
            Why::Missing("quantity_micro"),
        ),
        ("fixed", json!({ "each": "1" }), Why::Missing("each")),
        (
            "per_unit",
            json!({ "each": 1, "quantity_micro": -1 }),
            Why::OutOfRange("quantity_micro"),
        ),
        (
            "every",
            json!({ "each": 1, "nth": 0, "before": 0, "delta": 1 }),
            Why::OutOfRange("nth"),
        ),
        (
            "capped",
            json!({ "by": "person", "left": 1, "cut": 0 }),
            Why::OutOfRange("cut"),
        ),
        (
            "fixed",
            json!({ "each": AMOUNT_SIZE_MAX + 1 }),
            Why::TooLarge,
        ),
        (
            "per_unit",
            json!({ "each": AMOUNT_SIZE_MAX, "quantity_micro": 2_000_000 }),
            Why::TooLarge,
        ),
        (
            "staff_part",
            json!({ "of": 0, "place": 0, "shares": [-1] }),
            Why::OutOfRange("shares"),
        ),
    ];
    for (name, params, wrong) in cases {
        assert_eq!(why(&one(name, params, 0)), wrong, "{name}");
    }
    let full = |line| {
        step(
            "fixed",
            line,
            json!({ "each": AMOUNT_SIZE_MAX }),
            AMOUNT_SIZE_MAX,
        )
    };
    let too_much = Unexplained {
        at: 2,
        step: "sum".to_owned(),
        why: Why::TooLarge,
    };
    assert_eq!(recompute(&[full(0), full(1)]), Err(too_much));
}
