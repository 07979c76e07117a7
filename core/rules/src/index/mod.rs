//! A rule set made fast to ask. Its texts become numbers, its conditions are compiled, and each rule
//! is filed under the one product, brand, category, outlet or partner that it asks for first, so that
//! the cost of an event follows the rules that can match it and not all rules there are.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::ruleset::{Predicate, Rule, RuleSet, TextField, Trigger, Who};

mod cond;
mod symbols;

pub(crate) use cond::{Cond, Num};
pub(crate) use symbols::Symbol;
use symbols::Symbols;

/// The fields that rules are filed under, the most telling one first.
const FILED_UNDER: [TextField; 5] = [
    TextField::Product,
    TextField::Brand,
    TextField::Category,
    TextField::Outlet,
    TextField::Partner,
];

/// A compiled rule set.
#[derive(Debug)]
pub struct Index {
    set: RuleSet,
    symbols: Symbols,
    conds: Vec<Cond>,
    tally_conds: Vec<Cond>,
    routes: BTreeMap<Trigger, Routes>,
}

/// How the rules of one trigger are found.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    always: Vec<u32>,
    filed: BTreeMap<(TextField, Symbol), Vec<u32>>,
    /// Rules filed under an outlet or a partner: all of them are looked at where the outlet is unknown.
    placed: Vec<u32>,
    /// The tallies that count events of this trigger.
    pub tallies: Vec<usize>,
    /// True when some rule asks about the principal's role or segments.
    pub asks_person: bool,
    /// True when some rule or tally asks where it happened, or pays the outlet's owner or pot.
    pub asks_outlet: bool,
    /// True when some rule pays the staff.
    pub asks_staff: bool,
}

impl Deref for Index {
    type Target = RuleSet;
    fn deref(&self) -> &RuleSet {
        &self.set
    }
}

impl Index {
    /// Compiles a set. Takes time and memory in proportion to it; what it names and does not have
    /// (publishing refuses that) reads as nothing.
    #[must_use]
    pub fn new(set: RuleSet) -> Self {
        let mut symbols = Symbols::default();
        let mut routes: BTreeMap<Trigger, Routes> = BTreeMap::new();
        let mut conds = Vec::with_capacity(set.rules.len());
        for (number, rule) in (0_u32..).zip(&set.rules) {
            let route = routes.entry(rule.trigger.clone()).or_default();
            route.file(number, rule, &mut symbols);
            conds.push(Cond::of(&rule.when, &set, &mut symbols));
        }
        let mut tally_conds = Vec::with_capacity(set.tallies.len());
        for (number, tally) in set.tallies.iter().enumerate() {
            let cond = Cond::of(&tally.when, &set, &mut symbols);
            let route = routes.entry(tally.on.clone()).or_default();
            route.tallies.push(number);
            route.asks_person |= cond.asks_person();
            route.asks_outlet |= cond.asks_outlet() || tally.subject.of_outlet();
            tally_conds.push(cond);
        }
        let mut index = Self {
            set,
            symbols,
            conds,
            tally_conds,
            routes,
        };
        index.note_questions();
        index
    }

    /// Sets what each trigger's rules ask about: their conditions, bands and beneficiaries.
    fn note_questions(&mut self) {
        let of_outlet = |id: &str| {
            let tally = self.set.tally(id);
            tally.is_some_and(|tally| tally.subject.of_outlet())
        };
        for (rule, cond) in self.set.rules.iter().zip(&self.conds) {
            let Some(route) = self.routes.get_mut(&rule.trigger) else {
                continue;
            };
            let to = |who: Who| rule.to.iter().any(|share| share.who == who);
            route.asks_person |= cond.asks_person();
            route.asks_staff |= to(Who::Staff);
            route.asks_outlet |= cond.asks_outlet()
                || to(Who::Owner)
                || rule.limits.iter().any(|limit| limit.per.of_outlet())
                || rule.effect.tallies().into_iter().any(of_outlet)
                || cond.tallies().into_iter().any(|number| {
                    self.set
                        .tallies
                        .get(number)
                        .is_some_and(|tally| tally.subject.of_outlet())
                });
        }
    }

    /// The set.
    #[must_use]
    pub fn set(&self) -> &RuleSet {
        &self.set
    }

    /// The compiled condition of a rule.
    pub(crate) fn cond(&self, rule: u32) -> &Cond {
        self.conds.get(rule as usize).unwrap_or(&Cond::NEVER)
    }

    /// The compiled condition of a tally.
    pub(crate) fn tally_cond(&self, tally: usize) -> &Cond {
        self.tally_conds.get(tally).unwrap_or(&Cond::NEVER)
    }

    /// What a text is called in this index; none when no rule names it.
    pub(crate) fn symbol(&self, text: &str) -> Option<Symbol> {
        self.symbols.find(text)
    }

    /// How rules of a trigger are found; none when there are none.
    pub(crate) fn routes(&self, trigger: &Trigger) -> Option<&Routes> {
        self.routes.get(trigger)
    }
}

impl Routes {
    fn file(&mut self, number: u32, rule: &Rule, symbols: &mut Symbols) {
        let mut asked = Vec::new();
        places_asked(&rule.when, &mut asked);
        let found = FILED_UNDER
            .into_iter()
            .find_map(|field| Some((field, asked.iter().find(|(of, _)| *of == field)?.1)));
        let Some((field, values)) = found else {
            self.always.push(number);
            return;
        };
        if matches!(field, TextField::Outlet | TextField::Partner) {
            self.placed.push(number);
        }
        for value in values {
            let rules = self
                .filed
                .entry((field, symbols.intern(value)))
                .or_default();
            if rules.last() != Some(&number) {
                rules.push(number);
            }
        }
    }

    /// The rules that can match, in the order of the set: `found` holds what the line and the outlet
    /// are; `anywhere` when the outlet is not known.
    pub(crate) fn candidates(
        &self,
        found: impl Iterator<Item = (TextField, Symbol)>,
        anywhere: bool,
        rules: &mut Vec<u32>,
    ) {
        rules.extend(&self.always);
        for key in found {
            rules.extend(self.filed.get(&key).into_iter().flatten());
        }
        if anywhere {
            rules.extend(&self.placed);
        }
        rules.sort_unstable();
        rules.dedup();
    }
}

/// The `is` leaves on what rules are filed under that every match must satisfy: those in the condition
/// itself and in `all`s directly inside one another.
pub(crate) fn places_asked<'a>(when: &'a Predicate, asked: &mut Vec<(TextField, &'a Vec<String>)>) {
    match when {
        Predicate::All(parts) => {
            for part in parts {
                places_asked(part, asked);
            }
        }
        Predicate::Is { field, values } if FILED_UNDER.contains(field) => {
            asked.push((*field, values));
        }
        _ => {}
    }
}
