//! Facts as documents give them: what `docs/RULES.md` section 11 calls `facts`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use uuid::Uuid;

use crate::entity::{
    DatedPoints, Entity, EntityKind, LessonResult, Outlet, Participant, Product, Referral, Staff,
    StaffMember, Tallied,
};
use crate::facts::{Fact, FactKey};

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Given {
    products: BTreeMap<String, Goods>,
    outlet: Option<Place>,
    people: BTreeMap<Uuid, Person>,
    lessons: BTreeSet<String>,
    referrals: BTreeMap<Uuid, Uuid>,
    tallies: BTreeMap<String, Counted>,
    pub budgets: BTreeMap<String, i64>,
    pub outstanding_points: i64,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Goods {
    brand: String,
    category: String,
    buyer_points: i64,
    seller_points: i64,
    dated: Vec<DatedPoints>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Place {
    code: String,
    partner: String,
    country: String,
    city: String,
    owner: Option<Uuid>,
    staff: Vec<StaffMember>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Person {
    role: String,
    segments: Vec<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Counted {
    days: Vec<(i64, i64)>,
    ever: i64,
}

fn some<T: Entity>(thing: T) -> Option<Fact> {
    Some(Fact::Thing(Arc::new(thing)))
}

impl Given {
    /// Every fact in the document; its outlet is the one with this id.
    pub fn all(&self, outlet: Option<Uuid>) -> Vec<(FactKey, Fact)> {
        let people = self.people.keys().map(Uuid::to_string);
        let referred = self.referrals.keys().map(Uuid::to_string);
        let outlets = || outlet.iter().map(Uuid::to_string);
        let ids: [(EntityKind, Vec<String>); 7] = [
            (EntityKind::Product, self.products.keys().cloned().collect()),
            (EntityKind::Outlet, outlets().collect()),
            (EntityKind::Staff, outlets().collect()),
            (EntityKind::Participant, people.collect()),
            (
                EntityKind::LessonResult,
                self.lessons.iter().cloned().collect(),
            ),
            (EntityKind::Referral, referred.collect()),
            (EntityKind::Tallied, self.tallies.keys().cloned().collect()),
        ];
        let keyed = ids
            .into_iter()
            .flat_map(|(kind, ids)| ids.into_iter().map(move |id| (kind, id)));
        keyed
            .filter_map(|(kind, id)| {
                let fact = self.thing(kind, &id, outlet)?;
                Some((FactKey::Entity(kind, id), fact))
            })
            .collect()
    }

    /// A thing of the document; none when it does not exist there.
    pub fn thing(&self, kind: EntityKind, id: &str, outlet: Option<Uuid>) -> Option<Fact> {
        let person = Uuid::parse_str(id).unwrap_or_default();
        match kind {
            EntityKind::Product => self.product(id),
            EntityKind::Outlet => self.place(outlet.unwrap_or_default()),
            EntityKind::Staff => some(Staff {
                people: self.outlet.as_ref()?.staff.clone(),
            }),
            EntityKind::Participant => self.person(person),
            EntityKind::LessonResult => self.lesson(id),
            EntityKind::Referral => some(Referral {
                referrer: *self.referrals.get(&person)?,
                at_ms: 0,
            }),
            EntityKind::Tallied => {
                let known = self.tallies.get(id)?;
                let mut days = known.days.clone();
                days.sort_unstable();
                some(Tallied {
                    days,
                    ever: known.ever,
                })
            }
            _ => None,
        }
    }

    fn product(&self, id: &str) -> Option<Fact> {
        let goods = self.products.get(id)?;
        some(Product {
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

    fn place(&self, id: Uuid) -> Option<Fact> {
        let place = self.outlet.as_ref()?;
        some(Outlet {
            id,
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

    fn person(&self, id: Uuid) -> Option<Fact> {
        let known = self.people.get(&id)?;
        some(Participant {
            id,
            role: known.role.clone(),
            employments: Vec::new(),
            segments: known.segments.clone(),
            joined_ms: 0,
        })
    }

    fn lesson(&self, id: &str) -> Option<Fact> {
        let known = self.lessons.get(id)?;
        some(LessonResult {
            lesson: known
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
