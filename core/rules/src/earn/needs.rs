//! What must be known before an event can be asked what it earns. Called until it asks for nothing
//! more: which rules can match follows from what the lines and the outlet are.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::bounds::{NOT_OUTSTANDING, points_key, times_key};
use super::run::{holds_at, side_of};
use super::scene::{Counting, Scene, Side, lesson_key, tally_key};
use super::{Event, Party};
use crate::entity::{LessonResult, Outlet, Participant, Product, Referral, Staff, Tallied};
use crate::facts::{FactKey, Facts, Seen};
use crate::index::{Cond, Index, Num};
use crate::ledger::Account;
use crate::ruleset::{Effect, LEVELS_MAX, Per, Rule, Who};

/// Adds what `event` needs besides what is in `facts`.
pub fn needs(event: &Event, index: &Index, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    let Some(route) = index.routes(&event.trigger) else {
        keys.extend(products(event));
        liability(index, keys);
        return;
    };
    keys.extend(products(event));
    if let Some(outlet) = event.outlet {
        if route.asks_outlet {
            keys.insert(FactKey::of::<Outlet>(outlet.to_string()));
        }
        if route.asks_staff {
            keys.insert(FactKey::of::<Staff>(outlet.to_string()));
        }
    }
    if route.asks_person {
        let people = [event.buyer, event.seller]
            .into_iter()
            .filter_map(Party::known);
        keys.extend(people.map(|person| FactKey::of::<Participant>(person.to_string())));
    }
    liability(index, keys);
    let missing = |key: &FactKey| !facts.has(key);
    if keys.iter().any(missing) {
        // Which rules can match follows from these.
        return;
    }
    let Ok(scene) = Scene::new(event, index, facts) else {
        return;
    };
    let asks = Asks { scene: &scene };
    for tally in &route.tallies {
        asks.tally(*tally, keys);
        asks.condition(index.tally_cond(*tally), keys);
    }
    asks.rules(keys);
}

fn products(event: &Event) -> impl Iterator<Item = FactKey> + use<'_> {
    let named = event.lines.iter().filter_map(|line| line.product.as_ref());
    named.map(FactKey::of::<Product>)
}

fn liability(index: &Index, keys: &mut BTreeSet<FactKey>) {
    if index.limits.liability_points_max.is_some() {
        keys.extend(NOT_OUTSTANDING.into_iter().map(FactKey::Balance));
    }
}

struct Asks<'s, 'a> {
    scene: &'s Scene<'a>,
}

impl Asks<'_, '_> {
    fn rules(&self, keys: &mut BTreeSet<FactKey>) {
        let scene = self.scene;
        let Some(route) = scene.index.routes(&scene.event.trigger) else {
            return;
        };
        let mut places = Vec::new();
        let anywhere = matches!(scene.place, Seen::Unknown);
        for line in &scene.lines {
            let mut found = Vec::new();
            route.candidates(scene.filed(line), anywhere, &mut found);
            places.extend(found);
        }
        places.sort_unstable();
        places.dedup();
        for place in places {
            let rule = scene.index.set().rules.get(place as usize);
            if let Some(rule) = rule.filter(|rule| holds_at(rule, scene.event.at_ms)) {
                self.condition(scene.index.cond(place), keys);
                self.effect(&rule.effect, keys);
                self.bounds(rule, keys);
                self.beneficiaries(rule, keys);
            }
        }
    }

    fn principals(&self) -> impl Iterator<Item = Uuid> + use<> {
        let both = [Side::Buyer, Side::Seller].map(|side| self.scene.principal(side));
        both.into_iter().filter_map(Party::known)
    }

    fn condition(&self, cond: &Cond, keys: &mut BTreeSet<FactKey>) {
        let mut leaves = Vec::new();
        cond.leaves(&mut leaves);
        for leaf in leaves {
            match leaf {
                Cond::Between(Num::Tally(Some(tally)), _, _) => self.tally(*tally, keys),
                Cond::Lesson(lesson) => {
                    let key = |person| FactKey::of::<LessonResult>(lesson_key(person, lesson));
                    keys.extend(self.principals().map(key));
                }
                Cond::Tier(Some((ladder, _))) => {
                    if let Some(ladder) = self.scene.index.ladders.get(*ladder) {
                        self.tally_named(&ladder.tally, keys);
                    }
                }
                Cond::Referred(_) => {
                    let key = |person: Uuid| FactKey::of::<Referral>(person.to_string());
                    keys.extend(self.principals().map(key));
                }
                _ => {}
            }
        }
    }

    fn effect(&self, effect: &Effect, keys: &mut BTreeSet<FactKey>) {
        for tally in effect.tallies() {
            self.tally_named(tally, keys);
        }
        if let Effect::Levels { shares_bp, .. } = effect {
            self.chain(shares_bp.len().min(LEVELS_MAX), keys);
        }
    }

    fn tally_named(&self, id: &str, keys: &mut BTreeSet<FactKey>) {
        let tallies = &self.scene.index.tallies;
        if let Some(place) = tallies.iter().position(|tally| tally.id == id) {
            self.tally(place, keys);
            // What the event adds to it is asked too.
            self.condition_once(place, keys);
        }
    }

    /// What a tally's own condition asks, tallies in it aside: those are not nested deeper.
    fn condition_once(&self, tally: usize, keys: &mut BTreeSet<FactKey>) {
        let mut leaves = Vec::new();
        self.scene.index.tally_cond(tally).leaves(&mut leaves);
        for leaf in leaves {
            match leaf {
                Cond::Between(Num::Tally(Some(inner)), _, _) => self.tally(*inner, keys),
                Cond::Tier(Some((ladder, _))) => {
                    let ladder = self.scene.index.ladders.get(*ladder);
                    let tallies = &self.scene.index.tallies;
                    let inner = ladder.and_then(|ladder| {
                        tallies.iter().position(|tally| tally.id == ladder.tally)
                    });
                    if let Some(inner) = inner {
                        self.tally(inner, keys);
                    }
                }
                leaf => self.condition(leaf, keys),
            }
        }
    }

    fn tally(&self, tally: usize, keys: &mut BTreeSet<FactKey>) {
        if let Some(tally) = self.scene.index.tallies.get(tally)
            && let Counting::For(subject) = self.scene.counting(tally.subject)
        {
            keys.insert(FactKey::of::<Tallied>(tally_key(&tally.id, &subject)));
        }
    }

    fn bounds(&self, rule: &Rule, keys: &mut BTreeSet<FactKey>) {
        if let Some(budget) = rule.budget {
            keys.insert(FactKey::Balance(Account::Budget(budget)));
        }
        for (number, limit) in rule.limits.iter().enumerate() {
            let subjects = match limit.per {
                Per::Person => self.people(rule),
                per => match self.scene.counting_per(per) {
                    Counting::For(subject) => vec![subject],
                    Counting::Nobody | Counting::Unknown => Vec::new(),
                },
            };
            for subject in subjects {
                if limit.points_max.is_some() {
                    let key = tally_key(&points_key(rule, number), &subject);
                    keys.insert(FactKey::of::<Tallied>(key));
                }
                if limit.times_max.is_some() {
                    let key = tally_key(&times_key(rule, number, limit), &subject);
                    keys.insert(FactKey::of::<Tallied>(key));
                }
            }
        }
    }

    /// Everybody whom a rule may pay, as far as that is known.
    fn people(&self, rule: &Rule) -> Vec<String> {
        let event = self.scene.event;
        let mut people = Vec::new();
        let mut whos: Vec<Who> = rule.to.iter().map(|share| share.who).collect();
        if rule.effect.is_discount() {
            whos.push(match side_of(rule, self.scene) {
                Side::Buyer | Side::Only => Who::Buyer,
                Side::Seller => Who::Seller,
            });
        }
        for who in whos {
            match who {
                Who::Buyer => people.extend(event.buyer.known().map(|id| id.to_string())),
                Who::Seller => people.extend(event.seller.known().map(|id| id.to_string())),
                Who::Actor => people.extend(event.actor.known().map(|id| id.to_string())),
                Who::Shop => people.extend(self.scene.outlet_id()),
                Who::Owner => {
                    if let Seen::Known(place) = &self.scene.place {
                        people.extend(place.owner.map(|id| id.to_string()));
                    }
                }
                Who::Staff => people.extend(self.staff()),
                Who::Referrer => {
                    people.extend(self.known_chain().iter().map(Uuid::to_string));
                }
            }
        }
        people
    }

    fn staff(&self) -> Vec<String> {
        let outlet = self.scene.outlet_id();
        match outlet.map(|outlet| self.scene.facts.look::<Staff>(&outlet)) {
            Some(Seen::Known(staff)) => staff
                .people
                .iter()
                .map(|job| job.participant.to_string())
                .collect(),
            _ => Vec::new(),
        }
    }

    fn beneficiaries(&self, rule: &Rule, keys: &mut BTreeSet<FactKey>) {
        if rule.to.iter().any(|share| share.who == Who::Referrer) {
            self.chain(1, keys);
        }
    }

    /// The recommendations up to a depth, as far as the chain is known.
    fn chain(&self, depth: usize, keys: &mut BTreeSet<FactKey>) {
        let principal = self.scene.principal(Side::Buyer).known();
        let known = self.known_chain();
        let people = principal.into_iter().chain(known).take(depth);
        keys.extend(people.map(|person| FactKey::of::<Referral>(person.to_string())));
    }

    fn known_chain(&self) -> Vec<Uuid> {
        let mut chain = Vec::new();
        let Some(mut person) = self.scene.principal(Side::Buyer).known() else {
            return chain;
        };
        while chain.len() < LEVELS_MAX
            && let Seen::Known(referrer) = self.scene.referrer(person)
        {
            chain.push(referrer);
            person = referrer;
        }
        chain
    }
}
