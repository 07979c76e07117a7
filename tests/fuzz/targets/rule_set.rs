//! Any bytes as a rule set: reading ends with a bounded number of problems, or with a set that is
//! written as what reads again and that the engine can compile.

#![no_main]

use carrot_rules::check::{self, Catalogue, PROBLEMS_MAX};
use carrot_rules::index::Index;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let catalogue = Catalogue::default();
    match check::read(text, &catalogue) {
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= PROBLEMS_MAX);
            for problem in problems {
                assert!(check::severity_of(problem.code) == Some(problem.severity));
            }
        }
        Ok(set) => {
            let again = serde_json::to_vec(&set).map(|text| check::read(&text, &catalogue));
            assert!(again.is_ok_and(|again| again.as_ref() == Ok(&set)));
            let _ = Index::new(set);
        }
    }
});
