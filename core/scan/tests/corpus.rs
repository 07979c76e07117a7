//! Real photographs: how many are read, and that next to nothing is invented.
//!
//! The pictures lie beside the repository and not in it; without them the test
//! says that it was skipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use carrot_scan::{ScanError, ScanLimits, Symbol, scan_image_bytes};

const THREADS: usize = 2;

struct Picture {
    file: String,
    symbology: String,
    kind: String,
    expected: Vec<u8>,
}

#[derive(Default)]
struct Row {
    pictures: usize,
    read: usize,
    wrong: usize,
    errors: usize,
    symbols: usize,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/scan-samples")
}

fn pictures(folder: &Path) -> Vec<Picture> {
    let mut table = csv::Reader::from_path(folder.join("expected.csv")).expect("expected.csv");
    let rows = table
        .records()
        .map(|row| row.expect("a row of expected.csv"));
    rows.map(|row| Picture {
        file: row[0].to_owned(),
        symbology: row[1].to_owned(),
        kind: row[2].to_owned(),
        expected: hex::decode(&row[4]).expect("hex"),
    })
    .collect()
}

/// EAN-13 and UPC-A are one number with and without leading zeros.
fn same_payload(symbol: &Symbol, expected: &[u8]) -> bool {
    let trimmed = |bytes: &[u8]| {
        let zeros = bytes.iter().take_while(|&&b| b == b'0').count();
        bytes[zeros..].to_vec()
    };
    let is_number = symbol.format.is_linear() && symbol.bytes.iter().all(u8::is_ascii_digit);
    symbol.bytes == expected || (is_number && trimmed(&symbol.bytes) == trimmed(expected))
}

fn judge(picture: &Picture, outcome: &Result<Vec<Symbol>, ScanError>, row: &mut Row) {
    row.pictures += 1;
    let symbols = match outcome {
        Ok(symbols) => symbols,
        Err(error) => {
            println!("error     {} {}", picture.file, error.code());
            row.errors += 1;
            return;
        }
    };
    row.symbols += symbols.len();
    match picture.kind.as_str() {
        // Several symbols and no list of them: only counted.
        "multi" | "sa" => {
            println!("several   {} {} symbols", picture.file, symbols.len());
            row.read += usize::from(!symbols.is_empty());
        }
        kind => {
            let right = |s: &Symbol| same_payload(s, &picture.expected);
            let read = kind != "neg" && symbols.iter().any(right);
            row.read += usize::from(read);
            // A matrix code cannot be invented: beside the right one it is a
            // second code that is really there.
            let wrong = |s: &&Symbol| !right(s) && (!read || s.format.is_linear());
            if let Some(wrong) = symbols.iter().find(|s| kind == "neg" || wrong(s)) {
                row.wrong += 1;
                println!(
                    "wrong     {} {} {:?}",
                    picture.file, wrong.format, wrong.text
                );
            } else if kind != "neg" && symbols.is_empty() {
                println!("not read  {}", picture.file);
            }
        }
    }
}

fn scan_all(folder: &Path, pictures: &[Picture]) -> BTreeMap<String, Row> {
    let table: Mutex<BTreeMap<String, Row>> = Mutex::default();
    let next = AtomicUsize::new(0);
    let limits = ScanLimits {
        deadline_ms: 20_000,
        ..ScanLimits::default()
    };
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(picture) = pictures.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let bytes = fs::read(folder.join(&picture.file)).expect("a listed picture");
                    let outcome = scan_image_bytes(&bytes, &limits);
                    let mut table = table.lock().expect("the table");
                    judge(
                        picture,
                        &outcome,
                        table.entry(picture.symbology.clone()).or_default(),
                    );
                }
            });
        }
    });
    table.into_inner().expect("the table")
}

fn assert_share(table: &BTreeMap<String, Row>, symbology: &str, percent: usize) {
    let row = &table[symbology];
    assert!(
        row.read * 100 >= row.pictures * percent,
        "{symbology}: {} of {} read, {percent} % wanted",
        row.read,
        row.pictures
    );
}

#[test]
fn photographs_are_read_and_not_invented() {
    let folder = corpus();
    if !folder.join("expected.csv").is_file() {
        println!("SKIPPED: the folder of sample pictures is absent");
        return;
    }
    let pictures = pictures(&folder);
    let table = scan_all(&folder, &pictures);
    println!(
        "{:24} {:>8} {:>6} {:>6} {:>6} {:>8}",
        "", "pictures", "read", "wrong", "errors", "symbols"
    );
    for (symbology, row) in &table {
        println!(
            "{symbology:24} {:>8} {:>6} {:>6} {:>6} {:>8}",
            row.pictures, row.read, row.wrong, row.errors, row.symbols
        );
    }
    let wrong: usize = table.values().map(|row| row.wrong).sum();
    println!("wrong or invented: {wrong} of {}", pictures.len());
    assert_share(&table, "QR", 88);
    assert_share(&table, "EAN-13", 65);
    assert!(
        wrong * 50 <= pictures.len(),
        "{wrong} of {} wrong or invented",
        pictures.len()
    );
}
