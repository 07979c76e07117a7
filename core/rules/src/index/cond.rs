//! Conditions as they are evaluated: texts are symbols, tallies and ladders are places in the set.

use crate::ruleset::{Number, Predicate, RuleSet, TextField};

use super::symbols::{Symbol, Symbols};

/// A compiled condition; see [`Predicate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cond {
    All(Box<[Cond]>),
    Any(Box<[Cond]>),
    Not(Box<Cond>),
    /// The values are sorted.
    Is(TextField, Box<[Symbol]>),
    Absent(TextField),
    Between(Num, Option<i64>, Option<i64>),
    Lesson(Box<str>),
    /// A ladder and the number of the step; none when the set has no such step.
    Tier(Option<(usize, usize)>),
    Referred(bool),
}

/// A number; see [`Number`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Num {
    QuantityMicro,
    AmountMinor,
    BasketMinor,
    Value,
    Weekday,
    Minute,
    /// A tally's place in the set; none when the set has no such tally.
    Tally(Option<usize>),
}

impl Num {
    pub fn of(number: &Number, set: &RuleSet) -> Self {
        match number {
            Number::QuantityMicro => Self::QuantityMicro,
            Number::AmountMinor => Self::AmountMinor,
            Number::BasketMinor => Self::BasketMinor,
            Number::Value => Self::Value,
            Number::Weekday => Self::Weekday,
            Number::Minute => Self::Minute,
            Number::Tally(id) => Self::Tally(set.tallies.iter().position(|tally| tally.id == *id)),
        }
    }
}

impl Cond {
    /// Holds never.
    pub const NEVER: Self = Self::Tier(None);

    pub fn of(when: &Predicate, set: &RuleSet, symbols: &mut Symbols) -> Self {
        let mut parts = |parts: &[Predicate]| -> Box<[Cond]> {
            parts
                .iter()
                .map(|part| Self::of(part, set, symbols))
                .collect()
        };
        match when {
            Predicate::All(all) => Self::All(parts(all)),
            Predicate::Any(any) => Self::Any(parts(any)),
            Predicate::Not(part) => Self::Not(Box::new(Self::of(part, set, symbols))),
            Predicate::Is { field, values } => {
                let mut values: Vec<Symbol> =
                    values.iter().map(|value| symbols.intern(value)).collect();
                values.sort_unstable();
                Self::Is(*field, values.into())
            }
            Predicate::Absent(field) => Self::Absent(*field),
            Predicate::Between { number, from, to } => {
                Self::Between(Num::of(number, set), *from, *to)
            }
            Predicate::Lesson(code) => Self::Lesson(code.as_str().into()),
            Predicate::Tier { ladder, at_least } => Self::Tier(step_of(set, ladder, at_least)),
            Predicate::Referred(wanted) => Self::Referred(*wanted),
        }
    }

    fn parts(&self) -> &[Cond] {
        match self {
            Self::All(parts) | Self::Any(parts) => parts,
            Self::Not(part) => std::slice::from_ref(part),
            _ => &[],
        }
    }

    /// Every leaf, in the order written.
    pub fn leaves<'a>(&'a self, leaves: &mut Vec<&'a Cond>) {
        if let Self::All(_) | Self::Any(_) | Self::Not(_) = self {
            for part in self.parts() {
                part.leaves(leaves);
            }
        } else {
            leaves.push(self);
        }
    }

    fn any_leaf(&self, test: &dyn Fn(&Cond) -> bool) -> bool {
        match self {
            Self::All(_) | Self::Any(_) | Self::Not(_) => {
                self.parts().iter().any(|part| part.any_leaf(test))
            }
            leaf => test(leaf),
        }
    }

    pub fn asks_person(&self) -> bool {
        self.any_leaf(&|leaf| {
            matches!(
                leaf,
                Self::Is(TextField::Role | TextField::Segment, _)
                    | Self::Absent(TextField::Role | TextField::Segment)
            )
        })
    }

    pub fn asks_outlet(&self) -> bool {
        let of_outlet = |field: &TextField| {
            matches!(
                field,
                TextField::Outlet | TextField::Partner | TextField::Country | TextField::City
            )
        };
        self.any_leaf(&|leaf| match leaf {
            Self::Is(field, _) | Self::Absent(field) => of_outlet(field),
            _ => false,
        })
    }

    /// The tallies that the condition reads itself; those of ladders not among them.
    pub fn tallies(&self) -> Vec<usize> {
        let mut leaves = Vec::new();
        self.leaves(&mut leaves);
        let tallies = leaves.into_iter().filter_map(|leaf| match leaf {
            Self::Between(Num::Tally(tally), _, _) => *tally,
            _ => None,
        });
        tallies.collect()
    }
}

fn step_of(set: &RuleSet, ladder: &str, at_least: &str) -> Option<(usize, usize)> {
    let place = set.ladders.iter().position(|known| known.id == ladder)?;
    let steps = &set.ladders.get(place)?.steps;
    Some((place, steps.iter().position(|step| step.code == at_least)?))
}
