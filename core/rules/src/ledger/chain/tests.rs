//! The chain: links by another implementation, every field in every link, and broken chains.

use uuid::Uuid;

use super::*;
use crate::ledger::{Account, LotId, Unit};

/// A transfer with everything in it: two accounts, a lot, a unit with a name.
fn example() -> Posted {
    let person = Uuid::from_u128(0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10);
    let goods = "goods:tools".parse().unwrap();
    let entry = |leg, account, unit, amount, lot, after| Entry {
        leg,
        account,
        unit,
        amount,
        lot,
        after,
    };
    let lot = Some(LotId(Uuid::from_u128(9)));
    Posted {
        seq: 7,
        transfer_id: Uuid::from_u128(0xaa),
        command: Uuid::from_u128(0xbb),
        purpose: "prämie".to_owned(),
        recorded_ms: 1_790_000_000_123,
        occurred_ms: -5,
        entries: vec![
            entry(0, Account::Issuance, Unit::Points, -120, None, -1_120),
            entry(1, Account::active(person), goods, 120, lot, 130),
        ],
        hash: START,
    }
}

#[test]
fn another_implementation_gives_the_same_link() {
    // Worked out from the table at the head of the module with another language's library.
    let link = link(&[0x11; 32], &example());
    assert_eq!(
        hex::encode(link),
        "db84c1b1cc9ac8db9902149549750a42c72f333ec5050157a40ca3ca5751f7ef"
    );
}

type Change = fn(&mut Posted);

/// Every change of one field, by name.
fn changes() -> Vec<(&'static str, Change)> {
    vec![
        ("seq", |one| one.seq += 1),
        ("transfer_id", |one| one.transfer_id = Uuid::nil()),
        ("command", |one| one.command = Uuid::nil()),
        ("purpose", |one| one.purpose.push('s')),
        ("recorded_ms", |one| one.recorded_ms += 1),
        ("occurred_ms", |one| one.occurred_ms += 1),
        ("fewer entries", |one| one.entries.truncate(1)),
        ("order of entries", |one| one.entries.swap(0, 1)),
        ("leg", |one| one.entries[1].leg += 1),
        ("account", |one| one.entries[0].account = Account::Redeemed),
        ("unit", |one| one.entries[1].unit = Unit::Points),
        ("amount", |one| one.entries[0].amount += 1),
        ("lot", |one| one.entries[1].lot = Some(LotId::PLAIN)),
        ("no lot", |one| one.entries[1].lot = None),
        ("a lot", |one| one.entries[0].lot = Some(LotId::PLAIN)),
        ("after", |one| one.entries[1].after += 1),
    ]
}

#[test]
fn every_field_is_in_the_link() {
    let mut links = vec![("as it was", link(&START, &example()))];
    links.push(("the link before", link(&[1; 32], &example())));
    for (field, change) in changes() {
        let mut changed = example();
        change(&mut changed);
        links.push((field, link(&START, &changed)));
    }
    for (place, (field, link)) in links.iter().enumerate() {
        for (other, same) in &links[..place] {
            assert_ne!(link, same, "{field} and {other}");
        }
    }
    let mut hashed = example();
    hashed.hash = [1; 32];
    assert_eq!(link(&START, &hashed), link(&START, &example()));
}

/// Three transfers that follow each other.
fn three() -> Vec<Posted> {
    let mut prev = START;
    (1..=3)
        .map(|seq| {
            let mut one = Posted { seq, ..example() };
            one.hash = link(&prev, &one);
            prev = one.hash;
            one
        })
        .collect()
}

#[test]
fn a_chain_breaks_where_it_was_touched() {
    assert_eq!(broken(&[]), None);
    assert_eq!(broken(&three()), None);
    for (field, change) in changes() {
        let mut touched = three();
        change(&mut touched[1]);
        assert_eq!(broken(&touched), Some(2), "{field}");
    }
    let mut missing = three();
    missing.remove(0);
    assert_eq!(broken(&missing), Some(1));
    let mut relinked = three();
    change_and_relink(&mut relinked[0]);
    assert_eq!(broken(&relinked), Some(2));
    // A gap in the numbers shows even where somebody linked over it.
    let mut renumbered = three();
    renumbered[0].seq = 4;
    renumbered[0].hash = link(&START, &renumbered[0]);
    assert_eq!(broken(&renumbered), Some(1));
}

fn change_and_relink(one: &mut Posted) {
    one.recorded_ms += 1;
    one.hash = link(&START, one);
}
