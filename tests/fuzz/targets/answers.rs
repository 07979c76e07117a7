//! Any bytes as the answer of a fiscal service: found with whole numbers and a key, or a word that
//! says what to do next. No name of a cashier is left in clear.

#![no_main]

use carrot_rules::command::{FOUND_LINES_MAX, FoundReceipt};
use libfuzzer_sys::fuzz_target;

// The server's own reader, without the server around it.
#[allow(dead_code)]
#[path = "../../../server/src/receipts/decimal.rs"]
mod decimal;
#[allow(dead_code)]
#[path = "../../../server/src/receipts/query.rs"]
mod query;
#[allow(dead_code)]
#[path = "../../../server/src/receipts/reader.rs"]
mod reader;

use query::FiscalQuery;

/// The answers as the server tells them apart.
#[derive(Debug, PartialEq)]
#[allow(dead_code)]
enum VerifierAnswer {
    Found(Box<FoundReceipt>),
    Pending { retry_after_ms: Option<i64> },
    NotFound,
    Retryable { why: &'static str, retry_after_ms: Option<i64> },
    Refused { why: &'static str, retry_after_ms: Option<i64> },
    Permanent { why: &'static str },
}

/// Hashing is the server's; here only how many texts there are counts.
mod settings {
    pub fn cashier_hashes<'a>(_key: &str, texts: impl Iterator<Item = &'a str>) -> Vec<String> {
        texts.map(|text| format!("{:016x}", text.len())).collect()
    }
}

fuzz_target!(|bytes: &[u8]| {
    let answer = reader::read_answer(bytes, "00");
    assert_eq!(answer, reader::read_answer(bytes, "00"), "reading is a function");
    if let VerifierAnswer::Found(receipt) = answer {
        assert!(receipt.key.starts_with("ru:") && receipt.total_minor >= 0);
        assert!(receipt.lines.len() <= FOUND_LINES_MAX && receipt.cashier.len() <= 2);
        assert!(serde_json::to_string(&receipt).is_ok());
    }
});
