//! One journal as hledger reads it: declared accounts and commodities, transfers, and an assertion at
//! the last posting of every account.
//!
//! A lot is a sub-account `ACCOUNT:lot:ID`; the plain lot, which has no terms, is the account itself.
//! Where a lot begins, its terms are tags of the posting: `funder`, `unit_cost_micro`, `currency`,
//! `country`, `class`, `origin`, `expires`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use jiff::civil::Date;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::store::StoredEntry;

/// Columns of a lot: id, birth, funder, cost, currency, country, class, origin, expiry.
type LotColumns = (
    String,
    i64,
    Option<String>,
    i64,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
    Option<i64>,
);

/// The tags of lots, by lot and the number of the transfer that began it.
#[derive(Debug, Default)]
pub(super) struct Terms(HashMap<(String, i64), String>);

impl Terms {
    /// From the columns of lots.
    pub fn read(rows: Vec<LotColumns>) -> Result<Self> {
        let mut terms = HashMap::new();
        for row in rows {
            let key = (row.0.clone(), row.1);
            terms.insert(key, tags(row)?);
        }
        Ok(Self(terms))
    }
}

fn tags(row: LotColumns) -> Result<String> {
    let (_, _, funder, cost, currency, country, class, origin, expires_ms) = row;
    let expires = match expires_ms {
        None => None,
        Some(at_ms) => Some(
            jiff::Timestamp::from_millisecond(at_ms)
                .map_err(|error| Error::Damaged(format!("an expiry: {error}")))?
                .to_string(),
        ),
    };
    let tags = [
        ("funder", funder),
        ("unit_cost_micro", (cost != 0).then(|| cost.to_string())),
        ("currency", currency),
        ("country", country),
        ("class", class),
        ("origin", (!origin.is_empty()).then_some(origin)),
        ("expires", expires),
    ];
    let tags = tags.into_iter();
    let said = tags.filter_map(|(name, value)| Some(format!("{name}:{}", one_word(&value?))));
    Ok(said.collect::<Vec<_>>().join(", "))
}

/// A tag's value ends at a comma or a line's end.
fn one_word(value: &str) -> String {
    let plain = |sign: char| {
        if sign == ',' || sign.is_control() {
            '_'
        } else {
            sign
        }
    };
    value.chars().map(plain).collect()
}

/// A posting: an entry's account with its lot, its unit, its amount, and the tags of a lot that it
/// begins.
#[derive(Debug)]
pub(super) struct Posting {
    key: (String, String),
    amount: i64,
    tags: Option<String>,
}

impl Posting {
    /// Of a stored entry of the transfer with this number.
    pub fn of(entry: &StoredEntry, seq: i64, terms: &Terms) -> Self {
        let plain = Uuid::nil().to_string();
        let account = if entry.lot.is_empty() || entry.lot == plain {
            entry.account.clone()
        } else {
            format!("{}:lot:{}", entry.account, entry.lot)
        };
        let born = (entry.lot.clone(), seq);
        let born = terms.0.get(&born).filter(|_| entry.amount > 0);
        Self {
            key: (account, entry.unit.clone()),
            amount: entry.amount,
            tags: born.filter(|tags| !tags.is_empty()).cloned(),
        }
    }
}

/// A transfer's first line and its postings.
#[derive(Debug)]
struct Booked {
    head: String,
    postings: Vec<Posting>,
}

/// A journal while it is filled.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// Balances before the first transfer, without zeros.
    opened: BTreeMap<(String, String), i64>,
    /// Balances after the last transfer, without zeros.
    sums: BTreeMap<(String, String), i64>,
    day: Option<Date>,
    booked: Vec<Booked>,
    entries: usize,
}

impl Journal {
    /// How many entries it has, without what opens it.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// How many postings open it.
    pub fn opening(&self) -> usize {
        self.opened.len()
    }

    /// Notes the day of its first transfer.
    pub fn begin(&mut self, day: Date) {
        self.day.get_or_insert(day);
    }

    /// Adds a transfer.
    pub fn add(&mut self, head: String, postings: Vec<Posting>) {
        self.entries += postings.len();
        for posting in &postings {
            let sum = self.sums.entry(posting.key.clone()).or_default();
            *sum = sum.saturating_add(posting.amount);
            if *sum == 0 {
                self.sums.remove(&posting.key);
            }
        }
        self.booked.push(Booked { head, postings });
    }

    /// The next journal, which opens with the balances of this one.
    pub fn next(&mut self) {
        *self = Self {
            opened: self.sums.clone(),
            sums: std::mem::take(&mut self.sums),
            ..Self::default()
        };
    }

    /// What hledger must come to: the columns `account,unit,integer`.
    pub fn balances(&self) -> String {
        let mut text = "account,unit,integer\n".to_owned();
        for ((account, unit), sum) in &self.sums {
            let _ = writeln!(text, "{account},{unit},{sum}");
        }
        text
    }

    /// The journal's text.
    pub fn text(&self, title: &str) -> String {
        let mut last = self.last_postings();
        let mut text = format!("; {title}\n");
        self.declare(&mut text);
        if let Some(day) = self.day.filter(|_| !self.opened.is_empty()) {
            let _ = writeln!(text, "\n{day} * opening balances");
            for (key, sum) in &self.opened {
                let untouched = !last.contains_key(key);
                posting(&mut text, key, *sum, untouched.then_some(*sum), None);
            }
        }
        for booked in &self.booked {
            let _ = write!(text, "\n{}\n", booked.head);
            for one in &booked.postings {
                let asserted = match last.get_mut(&one.key) {
                    Some(1) => Some(self.sums.get(&one.key).copied().unwrap_or(0)),
                    Some(more) => {
                        *more -= 1;
                        None
                    }
                    None => None,
                };
                posting(
                    &mut text,
                    &one.key,
                    one.amount,
                    asserted,
                    one.tags.as_deref(),
                );
            }
        }
        text
    }

    /// How many postings each account has, in each unit.
    fn last_postings(&self) -> HashMap<&(String, String), usize> {
        let mut counts = HashMap::new();
        for one in self.booked.iter().flat_map(|booked| &booked.postings) {
            *counts.entry(&one.key).or_insert(0) += 1;
        }
        counts
    }

    fn declare(&self, text: &mut String) {
        let postings = self.booked.iter().flat_map(|booked| &booked.postings);
        let keys = postings.map(|one| &one.key).chain(self.opened.keys());
        let (mut accounts, mut units) = (BTreeSet::new(), BTreeSet::new());
        for (account, unit) in keys {
            accounts.insert(account);
            units.insert(unit);
        }
        for unit in units {
            let _ = writeln!(text, "commodity {}", commodity(unit));
        }
        for account in accounts {
            let _ = writeln!(text, "account {account}");
        }
    }
}

fn posting(
    text: &mut String,
    (account, unit): &(String, String),
    amount: i64,
    asserted: Option<i64>,
    tags: Option<&str>,
) {
    let unit = commodity(unit);
    let _ = write!(text, "    {account}  {amount} {unit}");
    if let Some(balance) = asserted {
        let _ = write!(text, " = {balance} {unit}");
    }
    if let Some(tags) = tags {
        let _ = write!(text, "  ; {tags}");
    }
    text.push('\n');
}

/// A unit as a commodity; what is not one word of letters stands in quotes.
fn commodity(unit: &str) -> String {
    if unit.chars().all(char::is_alphabetic) {
        unit.to_owned()
    } else {
        format!("\"{unit}\"")
    }
}
