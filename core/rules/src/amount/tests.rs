//! Amounts by hand: each rounding, exact divisions, and the ends of the ranges.

use super::*;

#[test]
fn only_whole_pieces_and_full_steps_earn() {
    assert_eq!(per_unit(120, 2_999_999), Ok(240));
    assert_eq!(per_amount(1, 1_000, 12_999), Ok(12));
    assert_eq!(per_amount(1, 0, 12_999), Ok(0));
    assert_eq!(per_amount(1, 1_000, 0), Ok(0));
    assert_eq!(per_amount(1, 1, 1), Ok(1));
}

#[test]
fn rates_round_half_away_from_zero() {
    assert_eq!(times_bp(5, 15_000), Ok(8));
    assert_eq!(times_bp(-5, 15_000), Ok(-8));
    assert_eq!(times_bp(120, 20_000), Ok(240));
    assert_eq!(times_bp(1, 4_999), Ok(0));
}

#[test]
fn nothing_leaves_the_exact_range() {
    assert_eq!(
        per_unit(AMOUNT_SIZE_MAX, 2 * QUANTITY_ONE_MICRO),
        Err(Overflow)
    );
    assert_eq!(sum([AMOUNT_SIZE_MAX, 1]), Err(Overflow));
    assert_eq!(sum([AMOUNT_SIZE_MAX, 1, -1]), Ok(AMOUNT_SIZE_MAX));
    assert_eq!(sum([-AMOUNT_SIZE_MAX, -1]), Err(Overflow));
    assert_eq!(sum([-AMOUNT_SIZE_MAX]), Ok(-AMOUNT_SIZE_MAX));
    assert_eq!(AMOUNT_SIZE_MAX, 9_007_199_254_740_991);
}

#[test]
fn each_rounding_does_what_its_name_says() {
    use Rounding::{Down, HalfAwayFromZero, HalfEven, Up};
    // Tenths, and what each rounding makes of them.
    let rows = [
        (0, [0, 0, 0, 0]),
        (1, [0, 1, 0, 0]),
        (4, [0, 1, 0, 0]),
        (5, [0, 1, 1, 0]),
        (6, [0, 1, 1, 1]),
        (10, [1, 1, 1, 1]),
        (14, [1, 2, 1, 1]),
        (15, [1, 2, 2, 2]),
        (16, [1, 2, 2, 2]),
        (25, [2, 3, 3, 2]),
        (26, [2, 3, 3, 3]),
    ];
    for (tenths, expected) in rows {
        let ways = [Down, Up, HalfAwayFromZero, HalfEven];
        for (way, whole) in ways.into_iter().zip(expected) {
            assert_eq!(ratio(tenths, 1, 10, way), Ok(whole), "{tenths} {way:?}");
            assert_eq!(ratio(-tenths, 1, 10, way), Ok(-whole), "-{tenths} {way:?}");
            assert_eq!(ratio(tenths, 1, -10, way), Ok(-whole), "{tenths} {way:?}");
            assert_eq!(ratio(-tenths, 1, -10, way), Ok(whole), "-{tenths} {way:?}");
        }
    }
}

#[test]
fn ratios_hold_at_the_ends_of_the_range() {
    for way in [
        Rounding::Down,
        Rounding::Up,
        Rounding::HalfAwayFromZero,
        Rounding::HalfEven,
    ] {
        assert_eq!(ratio(5, 1, 0, way), Err(Overflow));
        assert_eq!(ratio(i64::MIN, i64::MIN, 1, way), Err(Overflow));
        assert_eq!(ratio(i64::MIN, i64::MAX, i64::MAX, way), Err(Overflow));
        assert_eq!(ratio(i64::MIN, 7, i64::MIN, way), Ok(7));
        assert_eq!(ratio(i64::MAX, 7, i64::MAX, way), Ok(7));
        assert_eq!(ratio(AMOUNT_SIZE_MAX, 3, 3, way), Ok(AMOUNT_SIZE_MAX));
    }
    assert_eq!(ratio(1, 1, i64::MIN, Rounding::Up), Ok(-1));
    assert_eq!(
        ratio(1 << 62, 1, i64::MIN, Rounding::HalfAwayFromZero),
        Ok(-1)
    );
    assert_eq!(ratio(1 << 62, 1, i64::MIN, Rounding::HalfEven), Ok(0));
}

#[test]
fn a_rounding_has_a_name_in_json() {
    let names = ["down", "up", "half_away_from_zero", "half_even"];
    let json = serde_json::json!(names);
    let read: Vec<Rounding> = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), json);
}

#[test]
fn a_total_is_split_without_rest() {
    let rows: [(i64, &[i64], &[i64]); 9] = [
        (10, &[1, 1, 1], &[4, 3, 3]),
        (11, &[1, 1, 1], &[4, 4, 3]),
        (-11, &[1, 1, 1], &[-4, -4, -3]),
        (100, &[1, 2, 4], &[14, 29, 57]),
        (1, &[0, 1, 1], &[0, 1, 0]),
        (5, &[3], &[5]),
        (0, &[2, 1], &[0, 0]),
        // The largest remainder wins over the earlier place.
        (10, &[34, 33, 38], &[3, 3, 4]),
        (7, &[0, 0, 9, 0], &[0, 0, 7, 0]),
    ];
    for (total, weights, parts) in rows {
        assert_eq!(split(total, weights).as_deref(), Ok(parts), "{total}");
    }
}

#[test]
fn a_split_holds_at_the_ends_of_the_range() {
    assert_eq!(split(i64::MIN, &[i64::MAX]), Ok(vec![i64::MIN]));
    assert_eq!(
        split(i64::MAX, &[i64::MAX, i64::MAX]),
        Ok(vec![1 << 62, (1 << 62) - 1])
    );
    assert_eq!(split(i64::MIN, &[1, 1]), Ok(vec![-(1 << 62); 2]));
    assert_eq!(split(1, &[i64::MAX; 3]), Ok(vec![1, 0, 0]));
}

#[test]
fn nothing_is_split_by_nothing() {
    for weights in [&[][..], &[0], &[0, 0], &[1, -1], &[-1], &[5, i64::MIN]] {
        assert_eq!(split(10, weights), Err(Indivisible), "{weights:?}");
    }
}

#[test]
fn running_shares_add_up_to_the_total() {
    assert_eq!(share_of_running(100, 0, 1, 3), Ok(33));
    assert_eq!(share_of_running(100, 1, 2, 3), Ok(33));
    assert_eq!(share_of_running(100, 2, 3, 3), Ok(34));
    assert_eq!(share_of_running(-100, 0, 1, 3), Ok(-33));
    assert_eq!(share_of_running(-100, 2, 3, 3), Ok(-34));
    assert_eq!(share_of_running(100, 1, 1, 3), Ok(0));
    assert_eq!(share_of_running(100, 3, 3, 3), Ok(0));
    assert_eq!(share_of_running(0, 0, 3, 3), Ok(0));
    let (end, min, max) = (i64::MAX, i64::MIN, i64::MAX);
    assert_eq!(share_of_running(min, 0, end, end), Ok(min));
    assert_eq!(share_of_running(max, 0, end, end), Ok(max));
    assert_eq!(share_of_running(max, end - 1, end, end), Ok(1));
}

#[test]
fn a_share_lies_inside_the_whole() {
    for (before, now, whole) in [
        (0, 0, 0),
        (0, 1, -1),
        (-1, 1, 3),
        (2, 1, 3),
        (0, 4, 3),
        (4, 4, 3),
    ] {
        let share = share_of_running(10, before, now, whole);
        assert_eq!(share, Err(Indivisible), "{before} {now} {whole}");
    }
}

#[test]
fn one_piece_of_one_gets_everything() {
    assert_eq!(share_of_running(5, 0, 1, 1), Ok(5));
    assert_eq!(share_of_running(5, 0, 0, 1), Ok(0));
    assert_eq!(share_of_running(5, 0, 1, 0), Err(Indivisible));
}
