//! What a check of the books finds wrong, and where.

use std::fmt;

use serde::Serialize;

/// The most faults that are listed; more are only counted.
pub(crate) const FAULTS_MAX: usize = 200;

/// A transfer or an entry that is not what was booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadEntry {
    /// The programme's id.
    pub programme: String,
    /// The transfer's number.
    pub seq: i64,
    /// The transfer's id; empty when the whole transfer is missing.
    pub transfer: String,
    /// The leg; none when the fault is the transfer's own.
    pub leg: Option<i64>,
    /// The entry's account.
    pub account: Option<String>,
    /// The field that is wrong.
    pub field: &'static str,
    /// What it says.
    pub is: String,
    /// What it should say, where that follows from the rest.
    pub should: Option<String>,
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "programme {}, transfer {}", self.programme, self.seq)?;
        if !self.transfer.is_empty() {
            write!(f, " ({})", self.transfer)?;
        }
        if let Some(leg) = self.leg {
            write!(f, ", leg {leg}")?;
        }
        if let Some(account) = &self.account {
            write!(f, ", {account}")?;
        }
        write!(f, ": {} is {}", self.field, self.is)?;
        match &self.should {
            Some(should) => write!(f, ", should be {should}"),
            None => Ok(()),
        }
    }
}

/// What a check of the books found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BooksReport {
    /// Transfers looked at.
    pub transfers: i64,
    /// Entries looked at.
    pub entries: i64,
    /// Accounts looked at, each unit by itself.
    pub accounts: i64,
    /// Lots that something is left of.
    pub open_lots: i64,
    /// Scope feeds walked from their beginning.
    pub feeds: i64,
    /// The first entry or transfer, in the order of booking, that is not what was booked.
    pub first_bad: Option<BadEntry>,
    /// What is wrong, one sentence each; empty when the books hold. At most the first few hundred.
    pub faults: Vec<String>,
    /// How many faults there are, listed or not.
    pub fault_count: i64,
}

impl BooksReport {
    /// True when nothing is wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.fault_count == 0
    }

    /// Adds a sentence about something wrong.
    pub(crate) fn fault(&mut self, sentence: String) {
        self.fault_count += 1;
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(sentence);
        }
    }

    /// Adds an entry that is wrong.
    pub(crate) fn bad(&mut self, entry: BadEntry) {
        self.fault(entry.to_string());
        self.first_bad.get_or_insert(entry);
    }
}
