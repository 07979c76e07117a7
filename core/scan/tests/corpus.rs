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

use carrot_scan::corpus::{self, Entry, Truth, Verdict};
use carrot_scan::{ScanLimits, scan_image_bytes};

const THREADS: usize = 2;

#[derive(Default)]
struct Row {
    pictures: usize,
    right: usize,
    wrong: usize,
    failed: usize,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/scan-samples")
}

fn judge(entry: &Entry, row: &mut Row, verdict: &Verdict) {
    row.pictures += 1;
    let file = entry.path.display();
    match verdict {
        Verdict::Right => row.right += 1,
        Verdict::Missed => println!("missed    {file}"),
        Verdict::Wrong(symbol) => {
            row.wrong += 1;
            println!("wrong     {file} {} {:?}", symbol.format, symbol.text);
        }
        Verdict::Failed(error) => {
            row.failed += 1;
            println!("failed    {file} {}", error.code());
        }
    }
}

fn scan_all(entries: &[Entry]) -> BTreeMap<String, Row> {
    let table: Mutex<BTreeMap<String, Row>> = Mutex::default();
    let next = AtomicUsize::new(0);
    let limits = ScanLimits {
        deadline_ms: 20_000,
        ..ScanLimits::default()
    };
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(entry) = entries.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let bytes = fs::read(&entry.path).expect("a listed picture");
                    let verdict = corpus::judge(entry, &scan_image_bytes(&bytes, &limits));
                    let mut table = table.lock().expect("the table");
                    let row = table.entry(entry.symbology.clone()).or_default();
                    judge(entry, row, &verdict);
                }
            });
        }
    });
    table.into_inner().expect("the table")
}

fn assert_share(table: &BTreeMap<String, Row>, symbology: &str, percent: usize) {
    let row = &table[symbology];
    assert!(
        row.right * 100 >= row.pictures * percent,
        "{symbology}: {} of {} read, {percent} % wanted",
        row.right,
        row.pictures
    );
}

#[test]
fn photographs_are_read_and_not_invented() {
    let folder = folder();
    if !folder.join("expected.csv").is_file() {
        println!("SKIPPED: the folder of sample pictures is absent");
        return;
    }
    let entries = corpus::entries(&folder).expect("the list");
    let table = scan_all(&entries);
    for (symbology, row) in &table {
        println!(
            "{symbology:24} {:>4} pictures {:>4} right {:>3} wrong {:>3} failed",
            row.pictures, row.right, row.wrong, row.failed
        );
    }
    let coded = entries
        .iter()
        .filter(|e| matches!(e.truth, Truth::Payload(_)));
    let coded = coded.count();
    let unlisted = [
        "none (must not read)",
        "several symbols",
        "QR structured append",
    ];
    let counted = table
        .iter()
        .filter(|(name, _)| !unlisted.contains(&name.as_str()));
    let right: usize = counted.map(|(_, row)| row.right).sum();
    let wrong: usize = table.values().map(|row| row.wrong).sum();
    println!("{right} of {coded} right, {wrong} wrong or invented");
    assert_share(&table, "QR", 94);
    assert_share(&table, "Data Matrix", 83);
    assert_share(&table, "EAN-13", 85);
    assert_share(&table, "none (must not read)", 100);
    assert!(right * 100 >= coded * 85, "{right} of {coded} right");
    assert!(
        wrong * 200 <= entries.len() * 2,
        "{wrong} wrong or invented"
    );
}
