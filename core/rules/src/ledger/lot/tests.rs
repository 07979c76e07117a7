//! Lots by hand: order, preferences, exact sums, and no look at more lots than needed.

use super::*;

fn id(number: u128) -> LotId {
    LotId(Uuid::from_u128(number))
}

fn lot(number: u128, left: i64) -> OpenLot {
    OpenLot {
        id: id(number),
        left,
        born_seq: 1,
        expires_ms: None,
    }
}

#[test]
fn each_leg_begins_a_lot_of_its_own() {
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let ids = [lot_id(one, 0), lot_id(one, 1), lot_id(two, 0)];
    assert!(ids[0] != ids[1] && ids[0] != ids[2] && ids[1] != ids[2]);
    // Any implementation of version 5 gives this: the namespace is the transfer, the name `lot:0`.
    assert_eq!(
        lot_id(one, 0).to_string(),
        "9e73600b-ed8f-5753-bd0a-24809e67ca20"
    );
}

#[test]
fn spending_order_is_expiry_then_age_then_the_plain_lot() {
    let made = |number, born_seq, expires_ms| OpenLot {
        id: id(number),
        left: 5,
        born_seq,
        expires_ms,
    };
    let ordered = [
        made(9, 7, Some(-3)),
        made(8, 7, Some(10)),
        made(3, 8, Some(10)),
        made(4, 8, Some(10)),
        made(2, 1, Some(11)),
        made(7, 2, None),
        made(1, 3, None),
        made(0, 0, None),
    ];
    let mut lots = ordered;
    lots.reverse();
    lots.sort_by_key(OpenLot::order);
    assert_eq!(lots, ordered);
    for lot in ordered {
        assert_eq!(lot.order().open(5), lot);
    }
}

#[test]
fn a_lot_is_good_until_its_instant() {
    let mut lot = lot(1, 5);
    assert!(!lot.expired(i64::MAX));
    lot.expires_ms = Some(10);
    assert!(!lot.expired(9));
    assert!(lot.expired(10));
}

#[test]
fn taking_reads_no_further_than_it_needs() {
    let mut read = 0;
    let open = [lot(1, 5), lot(2, 5), lot(3, 5)];
    let counted = open.into_iter().inspect(|_| read += 1);
    assert_eq!(take(counted, 10, &[]), Ok(vec![(id(1), 5), (id(2), 5)]));
    assert_eq!(read, 2);
    assert_eq!(take(open, 7, &[]), Ok(vec![(id(1), 5), (id(2), 2)]));
    let nothing = std::iter::from_fn(|| -> Option<OpenLot> { unreachable!() });
    assert_eq!(take(nothing, 3, &[(id(7), 3)]), Ok(vec![(id(7), 3)]));
}

#[test]
fn taking_too_much_says_what_lacks() {
    let open = [lot(1, 5), lot(2, 0), lot(3, -4), lot(4, 2)];
    assert_eq!(take(open, 8, &[]), Err(Short { lacks: 1 }));
    assert_eq!(take(open, 7, &[]), Ok(vec![(id(1), 5), (id(4), 2)]));
    assert_eq!(take(open, 0, &[]), Ok(Vec::new()));
    assert_eq!(take(open, -1, &[(id(1), 1)]), Ok(Vec::new()));
    assert_eq!(
        take([lot(1, i64::MAX); 2], i64::MAX, &[(id(9), i64::MIN)]),
        Ok(vec![(id(1), i64::MAX)])
    );
}

#[test]
fn a_preferred_part_is_taken_first_and_counted_once() {
    let open = [lot(1, 5), lot(2, 5)];
    let prefer = [(id(2), 3), (id(1), 1)];
    assert_eq!(take(open, 2, &prefer), Ok(vec![(id(2), 2)]));
    assert_eq!(take(open, 4, &prefer), Ok(vec![(id(2), 3), (id(1), 1)]));
    assert_eq!(take(open, 9, &prefer), Ok(vec![(id(2), 4), (id(1), 5)]));
    assert_eq!(take(open, 10, &prefer), Ok(vec![(id(2), 5), (id(1), 5)]));
    assert_eq!(take(open, 11, &prefer), Err(Short { lacks: 1 }));
}

#[test]
fn giving_back_begins_with_the_last_taken() {
    let taken = [(id(1), 5), (id(2), 4), (id(1), 2)];
    assert_eq!(give_back(&taken, 3), (vec![(id(1), 2), (id(2), 1)], 0));
    assert_eq!(give_back(&taken, 8), (vec![(id(1), 4), (id(2), 4)], 0));
    assert_eq!(give_back(&taken, 13), (vec![(id(1), 7), (id(2), 4)], 2));
    assert_eq!(give_back(&taken, -1), (Vec::new(), 0));
    assert_eq!(give_back(&[], 2), (Vec::new(), 2));
}

#[test]
fn carrying_leaves_the_rest_where_it_was() {
    let mut parts = VecDeque::from([(id(1), 5), (id(2), 4)]);
    assert_eq!(carry(&mut parts, 3), (vec![(id(1), 3)], 0));
    assert_eq!(parts, [(id(1), 2), (id(2), 4)]);
    assert_eq!(carry(&mut parts, 2), (vec![(id(1), 2)], 0));
    assert_eq!(parts, [(id(2), 4)]);
    assert_eq!(carry(&mut parts, 0), (Vec::new(), 0));
    assert_eq!(carry(&mut parts, 9), (vec![(id(2), 4)], 5));
    assert!(parts.is_empty());
}
