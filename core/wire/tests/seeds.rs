//! What fuzzing begins with, and what it has found so far, is read in every ordinary test run under the
//! same laws.

use std::fs;
use std::path::{Path, PathBuf};

use carrot_wire::crypto;
use carrot_wire::handover::{HandedPhoto, Handover};
use carrot_wire::push::PushRequest;
use uuid::Uuid;

#[path = "../../../tests/fuzz/targets/laws/handover.rs"]
mod handover;
#[path = "../../../tests/fuzz/targets/laws/hints.rs"]
mod hints;
#[path = "../../../tests/fuzz/targets/laws/trust.rs"]
mod trust;
#[path = "../../../tests/fuzz/targets/laws/vouchers.rs"]
mod vouchers;

/// Asks for the seeds to be written anew.
const WRITE: &str = "CARROT_WRITE_SEEDS";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fuzz/seeds")
        .join(name)
}

/// The seeds of a target, by the names of their files.
fn seeds(name: &str) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder(name)).unwrap().map(|file| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    });
    let found: Vec<_> = files.collect();
    assert!(!found.is_empty(), "{name}");
    found
}

fn texts(name: &str) -> Vec<String> {
    let lossy = |(_, bytes): (String, Vec<u8>)| String::from_utf8_lossy(&bytes).into_owned();
    seeds(name).into_iter().map(lossy).collect()
}

fn write(name: &str, file: &str, bytes: &[u8]) {
    if std::env::var_os(WRITE).is_some() {
        fs::create_dir_all(folder(name)).unwrap();
        fs::write(folder(name).join(file), bytes).unwrap();
    }
}

#[test]
fn the_seeds_of_vouchers_hold_and_the_genuine_ones_pass() {
    let genuine = vouchers::genuine();
    for (text, file) in genuine.iter().zip(["voucher", "question", "answer"]) {
        write("vouchers", &format!("{file}.txt"), text.as_bytes());
    }
    let [voucher, _, answer] = &genuine;
    write(
        "vouchers",
        "cut.txt",
        &voucher.as_bytes()[..voucher.len() / 2],
    );
    let elsewhere = answer.replace(vouchers::TAG, "other");
    write("vouchers", "elsewhere.txt", elsewhere.as_bytes());
    let seeds = texts("vouchers");
    for text in &genuine {
        assert!(seeds.contains(text), "{WRITE}=1 writes it: {text}");
    }
    seeds.iter().for_each(|text| vouchers::hold(text));
    // Each letter of a genuine text changed in turn, as the laws choose it by the first three bytes.
    for at in 0..400_u16 {
        let place = [(at / 128) as u8, (at % 128) as u8, b'x'];
        vouchers::hold(std::str::from_utf8(&place).unwrap());
    }
}

#[test]
fn the_seeds_of_key_lists_hold() {
    for (number, signed) in trust::genuine().iter().enumerate() {
        let text = serde_json::to_string(signed).unwrap();
        write("trust", &format!("list{number}.json"), text.as_bytes());
    }
    texts("trust").iter().for_each(|text| trust::hold(text));
    // All masks of listed, retired and signing keys, in turn.
    for mask in 0..=31_u8 {
        let turn: Vec<u8> = [1, 0, 1, 2, mask, 0, 1, 2, 31, mask, 31, 2, 31, 0, mask, 3].to_vec();
        trust::hold(&String::from_utf8(turn).unwrap());
    }
}

#[test]
fn the_seeds_of_hints_and_handed_over_queues_hold() {
    seeds("hints")
        .iter()
        .for_each(|(_, bytes)| hints::hold(bytes));
    let push = fs::read_to_string(folder("commands").join("push.json")).unwrap();
    let push: PushRequest = serde_json::from_str(&push).unwrap();
    let mut file = Handover {
        programme_id: Uuid::from_u128(1),
        device_id: Uuid::from_u128(9),
        made_ms: 1_900_000_000_000,
        commands: push.commands,
        photos: Vec::new(),
    };
    write(
        "handover",
        "queue.json",
        &serde_json::to_vec(&file).unwrap(),
    );
    file.photos.push(HandedPhoto {
        sha256: crypto::hash(&[b"photo"]),
        mime: "image/jpeg".to_owned(),
        bytes: crypto::encode(b"photo"),
    });
    write(
        "handover",
        "photo.json",
        &serde_json::to_vec(&file).unwrap(),
    );
    texts("handover")
        .iter()
        .for_each(|text| handover::hold(text));
}
