//! The books, checked from the ground up and written out for other programs.

mod export;
mod journal;
mod verify;

pub use export::{ExportReport, SHARD_ENTRIES_MAX, export_hledger};
pub use verify::{LedgerReport, verify_ledger, verify_ledger_with};

#[cfg(test)]
mod export_tests;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
