//! Any bytes as a table that somebody imports: rows, or problems that name their place.

#![no_main]

use libfuzzer_sys::fuzz_target;

// The server's own reader, without the server around it.
#[allow(dead_code)]
#[path = "../../../server/src/import/report.rs"]
mod report;
#[allow(dead_code)]
#[path = "../../../server/src/import/table.rs"]
mod table;

fuzz_target!(|bytes: &[u8]| {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let header = String::from_utf8_lossy(header).into_owned();
    let names: Vec<&str> = header.trim_start_matches('\u{feff}').split(',').map(str::trim).collect();
    for needed in [&names[..], &["id", "name"]] {
        match table::Table::read("table.csv", bytes, needed, &["outlet"]) {
            Ok(table) => {
                let lines = bytes.split(|byte| *byte == b'\n' || *byte == b'\r').count();
                assert!(table.rows.len() <= lines);
                let read = |row: &table::Row| row.maybe(needed[0], |cell| Ok(cell.to_owned()));
                assert!(table.each(read).is_ok());
            }
            Err(errors) => assert!(errors.iter().all(|error| !error.problem.is_empty())),
        }
    }
});
