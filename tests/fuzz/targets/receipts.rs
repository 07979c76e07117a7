//! Any text as the fields of a fiscal receipt, of either dialect: what reads has a total and a key.

#![no_main]

mod laws;

use carrot_codes::{AMOUNT_MINOR_MAX, Code};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for start in ["", "t=20180518T2205&", "https://cabinet.tax.gov.ua/cashregs/check?"] {
        let Some(Code::Receipt(receipt)) = laws::code(&format!("{start}{text}")) else {
            continue;
        };
        assert!((0..=AMOUNT_MINOR_MAX).contains(&receipt.total_minor));
        assert!(receipt.receipt_key().len() > 4 && !receipt.register.is_empty());
        assert!(receipt.local_time.len() == 16 || receipt.local_time.len() == 19);
    }
});
