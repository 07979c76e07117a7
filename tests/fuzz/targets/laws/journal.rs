//! What must hold of any bytes in the file beside the outbox: nothing is taken for a record that was
//! not sealed, what was sealed is found whatever stands around it, and reading ends.

use super::format::{NONCE_BYTES, Record, key_from, scan, sealed};

/// The key of the seeds.
const KEY: [u8; 32] = [9; 32];

/// A record as a till would have written it.
pub fn genuine(number: u8) -> (Record, Vec<u8>) {
    let key = key_from(&KEY).expect("a key of the right size");
    let record = Record::Note {
        name: format!("note {number}"),
        value: "what a queue made anew must know".to_owned(),
    };
    let bytes = sealed(&record, &key, [number; NONCE_BYTES]).expect("a record is short");
    (record, bytes)
}

/// Checks a file's bytes.
pub fn hold(bytes: &[u8]) {
    let key = key_from(&KEY).expect("a key of the right size");
    let (records, end, damaged) = scan(bytes, &key);
    let end = usize::try_from(end).expect("an end inside the file");
    assert!(end <= bytes.len());
    assert_eq!(end == 0, records.is_empty());
    let known = |record: &Record| (0..4).any(|number| genuine(number).0 == *record);
    assert!(records.iter().all(known), "nobody sealed another one");
    let rest = bytes.get(end..).unwrap_or_default();
    assert!(damaged || rest.iter().all(|byte| *byte == 0));
    let (again, same_end, _) = scan(&bytes[..end], &key);
    assert_eq!((again, same_end), (records, end as u64));
    // Between two halves of them a record is found, and with a changed byte it is not.
    let (record, mut inside) = genuine(4);
    let (before, after) = bytes.split_at(bytes.len() / 2);
    let around = |inside: &[u8]| [before, inside, after].concat();
    let found = |inside: &[u8]| scan(&around(inside), &key).0.contains(&record);
    assert!(found(&inside));
    let at = bytes
        .iter()
        .fold(0_usize, |sum, byte| sum * 31 % 65_521 + usize::from(*byte));
    let at = at % inside.len();
    inside[at] ^= 1;
    assert!(!found(&inside), "byte {at} was changed");
}
