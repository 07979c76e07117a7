//! Asking the engine with everything in one document: what `carrot rules explain`, the phones' facade
//! and the golden vectors do. `docs/RULES.md` section 11 describes both texts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{Event, earn, needs};
use crate::entity::{
    DatedPoints, EntityKind, LessonResult, Outlet, Participant, Product, Referral, Staff,
    StaffMember, Tallied,
};
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

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Given {
    products: BTreeMap<String, Goods>,
    outlet: Option<Place>,
    people: BTreeMap<Uuid, Person>,
    lessons: BTreeSet<String>,
    referrals: BTreeMap<Uuid, Uuid>,
    tallies: BTreeMap<String, Counted>,
    budgets: BTreeMap<String, i64>,
    outstanding_points: i64,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Goods {
    brand: String,
    category: String,
    buyer_points: i64,
    seller_points: i64,
    dated: Vec<DatedPoints>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Place {
    code: String,
    partner: String,
    country: String,
    city: String,
    owner: Option<Uuid>,
    staff: Vec<StaffMember>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Person {
    role: String,
    segments: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Counted {
    days: Vec<(i64, i64)>,
    ever: i64,
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

fn some<T: serde::Serialize>(thing: &T) -> Fact {
    Fact::Entity(serde_json::to_value(thing).ok())
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
        let given = self.given;
        let person = Uuid::parse_str(id).unwrap_or_default();
        match kind {
            EntityKind::Product if self.hides(&format!("product:{id}")) => Fact::Unknown,
            EntityKind::Product => self.product(id),
            EntityKind::Outlet => self.outlet(),
            EntityKind::Staff if self.hides("staff") => Fact::Unknown,
            EntityKind::Staff => {
                let people = given.outlet.as_ref().map(|place| place.staff.clone());
                people.map_or(Fact::Entity(None), |people| some(&Staff { people }))
            }
            EntityKind::Participant if self.hides(&format!("person:{id}")) => Fact::Unknown,
            EntityKind::Participant => {
                let known = given.people.get(&person);
                known.map_or(Fact::Entity(None), |known| {
                    some(&Participant {
                        id: person,
                        role: known.role.clone(),
                        employments: Vec::new(),
                        segments: known.segments.clone(),
                        joined_ms: 0,
                    })
                })
            }
            EntityKind::LessonResult if self.hides(&format!("lesson:{id}")) => Fact::Unknown,
            EntityKind::LessonResult => self.lesson(id),
            EntityKind::Referral if self.hides(&format!("referral:{id}")) => Fact::Unknown,
            EntityKind::Referral => {
                let known = given.referrals.get(&person);
                known.map_or(Fact::Entity(None), |referrer| {
                    some(&Referral {
                        referrer: *referrer,
                        at_ms: 0,
                    })
                })
            }
            EntityKind::Tallied if self.hides(&format!("tally:{id}")) => Fact::Unknown,
            EntityKind::Tallied => {
                let known = given.tallies.get(id);
                known.map_or(Fact::Entity(None), |known| {
                    some(&Tallied {
                        days: known.days.clone(),
                        ever: known.ever,
                    })
                })
            }
            _ => Fact::Entity(None),
        }
    }

    fn product(&self, id: &str) -> Fact {
        let Some(goods) = self.given.products.get(id) else {
            return Fact::Entity(None);
        };
        some(&Product {
            id: id.to_owned(),
            gtin: id.to_owned(),
            brand: goods.brand.clone(),
            category: goods.category.clone(),
            name: BTreeMap::new(),
            buyer_points: goods.buyer_points,
            seller_points: goods.seller_points,
            price_minor: BTreeMap::new(),
            price_version: 0,
            dated: goods.dated.clone(),
        })
    }

    fn outlet(&self) -> Fact {
        let (Some(place), false) = (&self.given.outlet, self.hides("outlet")) else {
            let hidden = self.hides("outlet");
            return if hidden {
                Fact::Unknown
            } else {
                Fact::Entity(None)
            };
        };
        some(&Outlet {
            id: self.event.outlet.unwrap_or_default(),
            code: place.code.clone(),
            partner: place.partner.clone(),
            name: String::new(),
            address: String::new(),
            city: place.city.clone(),
            country: place.country.clone(),
            currency: String::new(),
            time_zone: String::new(),
            latitude_e6: 0,
            longitude_e6: 0,
            online: true,
            owner: place.owner,
        })
    }

    fn lesson(&self, id: &str) -> Fact {
        if !self.given.lessons.contains(id) {
            return Fact::Entity(None);
        }
        some(&LessonResult {
            lesson: id
                .split_once(':')
                .map_or(id, |(_, lesson)| lesson)
                .to_owned(),
            right: 0,
            passed: true,
            tries: 0,
            first_ms: 0,
        })
    }
}
