//! Fiscal receipts: what their square codes say. A well-formed code proves nothing; the fiscal service does.

mod fields;
mod russia;
mod ukraine;

pub(crate) use russia::{is_query as is_russian_query, parse as parse_russian};
pub(crate) use ukraine::{is_address as is_ukrainian_address, parse as parse_ukrainian};

use serde::{Deserialize, Serialize};

/// Whose tax service defined the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiscalDialect {
    /// The Federal Tax Service of Russia: `t=…&s=…&fn=…&i=…&fp=…&n=…`.
    RussiaFns,
    /// The State Tax Service of Ukraine: a link to `cabinet.tax.gov.ua/cashregs/check`.
    UkraineDps,
}

/// What the till did, from the buyer's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiscalOperation {
    /// The buyer paid; the only operation that earns.
    Sale,
    /// The buyer got money back: claws back.
    SaleReturn,
    /// The shop bought from a person.
    Expense,
    /// A purchase by the shop was undone.
    ExpenseReturn,
    /// The code does not say; the fiscal service will.
    Unstated,
}

/// The fields of a receipt's code, white space removed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FiscalReceipt {
    /// Whose rules the fields follow.
    pub dialect: FiscalDialect,
    /// The outlet's local time, `YYYY-MM-DDTHH:MM` or with `:SS`; no zone is known.
    pub local_time: String,
    /// The total in kopecks or kopiykas, 0 to 2^53 - 1.
    pub total_minor: i64,
    /// The fiscal drive (Russia, 16 digits) or the register's fiscal number (Ukraine).
    pub register: String,
    /// The document's number; digits in Russia, any text in Ukraine.
    pub document: String,
    /// The fiscal sign (Russia) or the message authentication code (Ukraine, where it may be absent).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<String>,
    /// What the till did.
    pub operation: FiscalOperation,
}

impl FiscalReceipt {
    /// The key under which a receipt counts once, whatever else its code says.
    ///
    /// Russia: drive, document and sign. Ukraine: register and document.
    pub fn receipt_key(&self) -> String {
        match self.dialect {
            FiscalDialect::RussiaFns => {
                let sign = self.sign.as_deref().unwrap_or("");
                let (document, sign) = (without_zeros(&self.document), without_zeros(sign));
                format!("ru:{}:{document}:{sign}", self.register)
            }
            FiscalDialect::UkraineDps => format!("ua:{}:{}", self.register, self.document),
        }
    }

    /// The ISO code of the currency in which the total is counted.
    pub fn currency(&self) -> &'static str {
        match self.dialect {
            FiscalDialect::RussiaFns => "RUB",
            FiscalDialect::UkraineDps => "UAH",
        }
    }
}

/// Tills print numbers with and without leading zeros; the number is the same.
fn without_zeros(digits: &str) -> &str {
    let trimmed = digits.trim_start_matches('0');
    if trimmed.is_empty() { "0" } else { trimmed }
}
