//! Asking the engine with everything in one document: what `carrot rules explain`, the phones' facade
//! and the golden vectors do. `docs/RULES.md` section 11 describes both texts.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::json;

use super::given::Given;
use super::{Event, earn, needs};
use crate::entity::EntityKind;
use crate::facts::{Fact, FactKey, Facts};
use crate::index::Index;
use crate::ledger::Account;
use crate::ruleset::RuleSet;

/// Rounds of asking; each can only follow from what the one before found.
const ROUNDS_MAX: usize = 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    rules: RuleSet,
    event: Event,
    #[serde(default)]
    facts: Given,
    #[serde(default)]
    hidden: BTreeSet<String>,
}

/// Answers a document. A text that does not read, or a result that is too large, is answered with
/// `{"error": ...}`.
#[must_use]
pub fn dry_run(document: &str) -> String {
    answer(document).unwrap_or_else(|(code, detail)| {
        json!({"error": {"code": code, "detail": detail}}).to_string()
    })
}

fn answer(document: &str) -> Result<String, (&'static str, String)> {
    let unreadable = |error: serde_json::Error| ("unreadable", error.to_string());
    let document: Document = serde_json::from_str(document).map_err(unreadable)?;
    let index = Index::new(document.rules);
    let known = Known {
        event: &document.event,
        given: &document.facts,
        hidden: &document.hidden,
    };
    let mut facts = Facts::default();
    for _ in 0..ROUNDS_MAX {
        let mut keys = BTreeSet::new();
        needs(&document.event, &index, &facts, &mut keys);
        keys.retain(|key| !facts.has(key));
        if keys.is_empty() {
            break;
        }
        for key in keys {
            let fact = known.fact(&key);
            facts.insert(key, fact);
        }
    }
    let too_large = |error: crate::amount::Overflow| ("amount_too_large", error.to_string());
    let earning = earn(&document.event, &index, &facts).map_err(too_large)?;
    serde_json::to_string(&earning).map_err(unreadable)
}

/// The document's facts, as a place that knows just these.
struct Known<'a> {
    event: &'a Event,
    given: &'a Given,
    hidden: &'a BTreeSet<String>,
}

impl Known<'_> {
    fn hides(&self, what: &str) -> bool {
        self.hidden.contains(what)
    }

    fn fact(&self, key: &FactKey) -> Fact {
        match key {
            FactKey::Balance(account) => self.balance(*account),
            FactKey::Lot(..) => Fact::Unknown,
            FactKey::Entity(kind, id) => self.thing(*kind, id),
        }
    }

    fn balance(&self, account: Account) -> Fact {
        match account {
            Account::Budget(name) if self.hides(&format!("budget:{name}")) => Fact::Unknown,
            Account::Budget(name) => {
                let left = self.given.budgets.get(&name.to_string());
                Fact::Balance(left.copied().unwrap_or(0))
            }
            _ if self.hides("outstanding") => Fact::Unknown,
            Account::Issuance => Fact::Balance(self.given.outstanding_points.saturating_neg()),
            _ => Fact::Balance(0),
        }
    }

    fn thing(&self, kind: EntityKind, id: &str) -> Fact {
        let hidden = match kind {
            EntityKind::Product => self.hides(&format!("product:{id}")),
            EntityKind::Outlet => self.hides("outlet"),
            EntityKind::Staff => self.hides("staff"),
            EntityKind::Participant => self.hides(&format!("person:{id}")),
            EntityKind::LessonResult => self.hides(&format!("lesson:{id}")),
            EntityKind::Referral => self.hides(&format!("referral:{id}")),
            EntityKind::Tallied => self.hides(&format!("tally:{id}")),
            _ => false,
        };
        if hidden {
            return Fact::Unknown;
        }
        let known = self.given.thing(kind, id, self.event.outlet);
        known.unwrap_or(Fact::Entity(None))
    }
}
