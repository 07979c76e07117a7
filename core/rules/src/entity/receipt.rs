//! What is known about claimed receipts: the fiscal service's answers, the programme's policy about
//! them, and the names under which tills print its products.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::command::{FiscalShown, FoundReceipt};

/// A claimed receipt that the fiscal service is asked about; id is the receipt's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FiscalCheck {
    /// How it stands.
    pub state: CheckState,
    /// The claim's command.
    pub claim: Uuid,
    /// Who claims.
    pub claimant: Uuid,
    /// Where, when the claim says.
    pub outlet: Option<Uuid>,
    /// When it was claimed, UTC milliseconds.
    pub at_ms: i64,
    /// When the server took the claim, UTC milliseconds.
    pub received_ms: i64,
    /// The product, as the claimant says.
    pub product: Option<String>,
    /// The total that the code shows, minor units.
    pub total_minor: Option<i64>,
    /// What else the code shows.
    pub shown: FiscalShown,
    /// What is waited for: a stable word, empty when nothing is.
    pub why: String,
    /// When it is asked about next, UTC milliseconds.
    pub next_ms: Option<i64>,
    /// What the service knows.
    pub found: Option<FoundReceipt>,
    /// The programme's products on it.
    pub matches: Vec<LineMatch>,
    /// What a person should know about it: stable words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<String>,
}

/// How a claimed receipt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// The service is being asked.
    Waiting,
    /// A person decides what is on it.
    Review,
    /// It holds; its products are credited.
    Verified,
    /// It earns nothing.
    Refused,
}

/// How a line was recognised as one of the programme's products. Only a marking is proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// By the trade item in the marking.
    Marking,
    /// A person said so.
    Person,
    /// By a trade item's number in the line's name.
    Number,
    /// By a name that the programme knows.
    Alias,
}

/// One of the programme's products on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineMatch {
    /// The product.
    pub product: String,
    /// The lines that name it, from zero.
    pub lines: Vec<usize>,
    /// The piece's unique code, when it is marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Quantity of all lines, millionths.
    pub quantity_micro: i64,
    /// What was paid for them, minor units.
    pub amount_minor: i64,
    /// How it was recognised: the weakest of the lines.
    pub by: MatchedBy,
    /// What became of its credit: the code of its result; empty before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
}

/// What is done when the cashier of a receipt is not known to be the claimant. Never a refusal: on
/// many floors whoever sells does not work the till.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CashierSignal {
    /// Nothing.
    #[default]
    Off,
    /// It is noted for whoever looks.
    Note,
    /// A person looks at the claim.
    Review,
}

/// How a programme treats receipts; id is [`super::ONLY`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ReceiptPolicy {
    /// The receipts that a fiscal service is asked about, by the first part of their keys (`ru`).
    pub services: Vec<String>,
    /// True when a trade item's number in a line's name counts by itself.
    #[serde(default)]
    pub number_counts: bool,
    /// True when a known name counts by itself.
    #[serde(default)]
    pub alias_counts: bool,
    /// What a foreign cashier means where nothing else is said.
    #[serde(default)]
    pub cashier: CashierSignal,
    /// The same per outlet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cashier_at: BTreeMap<Uuid, CashierSignal>,
}

impl ReceiptPolicy {
    /// True when a fiscal service is asked about receipts with such a key.
    #[must_use]
    pub fn asks(&self, key: &str) -> bool {
        let prefix = key.split(':').next().unwrap_or("");
        self.services.iter().any(|service| service == prefix)
    }

    /// True when a match of this kind counts without a person.
    #[must_use]
    pub fn counts(&self, by: MatchedBy) -> bool {
        match by {
            MatchedBy::Marking | MatchedBy::Person => true,
            MatchedBy::Number => self.number_counts,
            MatchedBy::Alias => self.alias_counts,
        }
    }

    /// What a foreign cashier means at an outlet.
    #[must_use]
    pub fn signal(&self, outlet: Option<Uuid>) -> CashierSignal {
        let own = outlet.and_then(|outlet| self.cashier_at.get(&outlet));
        own.copied().unwrap_or(self.cashier)
    }
}

/// The names under which tills print the programme's products; id is [`super::ONLY`]. The server's
/// alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ReceiptAliases {
    /// In the order in which people taught them; at most [`ALIASES_MAX`].
    pub aliases: Vec<ReceiptAlias>,
}

/// The most names that a programme knows.
pub const ALIASES_MAX: usize = 5_000;

/// A name under which tills print a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptAlias {
    /// Words that a line's name must hold, in their order, as `receipt::words` gives them.
    pub pattern: String,
    /// The product.
    pub product: String,
    /// Who taught it.
    pub by: Uuid,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// Under which keyed hashes a participant's own name and tax number stand on receipts; id is theirs.
/// The server's alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CashierMark {
    /// Keyed hashes (hex).
    pub hashes: Vec<String>,
}

/// The receipts of sales with equal contents; id is their print. A return is matched with the sale
/// that it undoes. The server's alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReceiptPrint {
    /// Keys of the receipts, oldest first, at most [`PRINT_KEYS_MAX`]; those that a return has undone
    /// are gone.
    pub keys: Vec<String>,
}

/// The most receipts with equal contents that are kept.
pub const PRINT_KEYS_MAX: usize = 100;
