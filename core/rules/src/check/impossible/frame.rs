//! What the parts of a condition looked at so far leave possible.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::bands;
use crate::ruleset::{Number, TextField};

/// What the parts so far leave possible; an alternative has its surroundings as parent.
#[derive(Default)]
pub(super) struct Frame<'p, 'a> {
    pub(super) parent: Option<&'p Frame<'p, 'a>>,
    pub(super) texts: BTreeMap<TextField, Text<'a>>,
    pub(super) numbers: BTreeMap<&'a Number, (i64, i64)>,
    pub(super) lessons: BTreeMap<&'a str, bool>,
    /// Lowest and highest possible step, by ladder.
    pub(super) tiers: BTreeMap<&'a str, (usize, usize)>,
    pub(super) referred: Option<bool>,
}

/// What a text field can be.
#[derive(Default)]
pub(super) struct Text<'a> {
    pub(super) allowed: Option<BTreeSet<&'a str>>,
    pub(super) excluded: BTreeSet<&'a str>,
    pub(super) absent: Option<bool>,
}

impl<'p, 'a> Frame<'p, 'a> {
    /// This frame and its surroundings, from the inside out.
    pub(super) fn around(&self) -> impl Iterator<Item = &Frame<'p, 'a>> {
        std::iter::successors(Some(self), |frame| frame.parent)
    }

    pub(super) fn depth(&self) -> usize {
        self.around().count()
    }

    pub(super) fn text(&self, field: TextField) -> impl Iterator<Item = &Text<'a>> {
        self.around()
            .filter_map(move |frame| frame.texts.get(&field))
    }

    /// The values left for a field: those of the innermost frame are the fewest.
    pub(super) fn allowed(&self, field: TextField) -> Option<&BTreeSet<&'a str>> {
        self.text(field).find_map(|text| text.allowed.as_ref())
    }

    /// True when a field may have this value.
    pub(super) fn leaves(&self, field: TextField, value: &str) -> bool {
        // Somebody can be in several segments: two lists without a common one may both hold.
        let listed = || {
            self.allowed(field)
                .is_none_or(|allowed| allowed.contains(value))
        };
        (field == TextField::Segment || listed())
            && self.text(field).all(|text| !text.excluded.contains(value))
    }

    pub(super) fn is_absent(&self, field: TextField) -> bool {
        let whole = whole_of(field);
        let none = |field| self.text(field).any(|text| text.absent == Some(true));
        none(field) || whole.is_some_and(none)
    }

    pub(super) fn is_present(&self, field: TextField) -> bool {
        let there = |field| self.text(field).any(|text| text.absent == Some(false));
        there(field)
            || FIELDS
                .iter()
                .any(|part| whole_of(*part) == Some(field) && there(*part))
    }

    pub(super) fn interval(&self, number: &Number) -> (i64, i64) {
        let before = self
            .around()
            .find_map(|frame| frame.numbers.get(number).copied());
        before.unwrap_or_else(|| match (number, bands::domain(number)) {
            (Number::Weekday | Number::Minute, (first, end)) => (first, end.unwrap_or(i64::MAX)),
            _ => (i64::MIN, i64::MAX),
        })
    }

    pub(super) fn tier(&self, ladder: &str) -> Option<(usize, usize)> {
        self.around()
            .find_map(|frame| frame.tiers.get(ladder).copied())
    }
}

const FIELDS: [TextField; 5] = [
    TextField::Brand,
    TextField::Category,
    TextField::Partner,
    TextField::Country,
    TextField::City,
];

/// What a field is a property of: without the product there is no brand.
fn whole_of(field: TextField) -> Option<TextField> {
    match field {
        TextField::Brand | TextField::Category => Some(TextField::Product),
        TextField::Partner | TextField::Country | TextField::City => Some(TextField::Outlet),
        _ => None,
    }
}
