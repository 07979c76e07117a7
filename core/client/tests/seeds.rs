//! The fuzzer's seeds of the file beside the outbox, read in every ordinary test run under the same laws.

use std::fs;
use std::path::Path;

#[allow(dead_code)] // the laws take a part of it
#[path = "../src/journal/format.rs"]
mod format;
#[path = "../../../tests/fuzz/targets/laws/journal.rs"]
mod laws;

/// Asks for the seeds to be written anew.
const WRITE: &str = "CARROT_WRITE_SEEDS";

#[test]
fn the_seeds_of_journals_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/seeds/journal");
    let [one, two] = [0, 1].map(|number| laws::genuine(number).1);
    let torn = [one.as_slice(), &two[..two.len() / 2]].concat();
    let room = [one.as_slice(), &two, &[0; 64]].concat();
    let noise = [&one[..7], b"CRJ1", &[255; 9], two.as_slice(), b"CRJ"].concat();
    let made = [
        ("whole", [one, two].concat()),
        ("torn", torn),
        ("room", room),
        ("noise", noise),
    ];
    if std::env::var_os(WRITE).is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in &made {
            fs::write(folder.join(format!("{name}.bin")), bytes).unwrap();
        }
    }
    let mut read = 0;
    for file in fs::read_dir(folder).unwrap() {
        laws::hold(&fs::read(file.unwrap().path()).unwrap());
        read += 1;
    }
    assert!(read >= made.len(), "{WRITE}=1 writes them");
    for length in 0..made[0].1.len() {
        laws::hold(&made[0].1[..length]);
    }
}
