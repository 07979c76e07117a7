//! The names in a set and around it: what is there, what is there twice, what is missing.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{ID_CHARS_MAX, LANGUAGES_MAX, TEXT_CHARS_MAX};
use super::codes::{DUPLICATE_ID, MALFORMED_TEXT, TEXT_TOO_LONG, UNKNOWN_NAME};
use super::problem::{Place, shown};
use super::{Look, Problem};
use crate::ruleset::{Budget, Ladder, RuleSet, Tally};

/// What a set defines, by id; of two with one id the first.
pub(super) struct Names<'a> {
    pub(super) tallies: BTreeMap<&'a str, &'a Tally>,
    pub(super) ladders: BTreeMap<&'a str, &'a Ladder>,
    pub(super) budgets: BTreeMap<&'a str, &'a Budget>,
    /// The first instant with a rate, by currency.
    pub(super) pegs: BTreeMap<&'a str, i64>,
}

fn by_id<'a, T>(list: &'a [T], id: impl Fn(&'a T) -> &'a str) -> BTreeMap<&'a str, &'a T> {
    list.iter().rev().map(|part| (id(part), part)).collect()
}

impl<'a> Names<'a> {
    pub(super) fn of(set: &'a RuleSet) -> Self {
        let mut pegs = BTreeMap::new();
        for rate in &set.peg {
            let first = pegs.entry(rate.currency.as_str()).or_insert(rate.from_ms);
            *first = rate.from_ms.min(*first);
        }
        Self {
            tallies: by_id(&set.tallies, |tally| &tally.id),
            ladders: by_id(&set.ladders, |ladder| &ladder.id),
            budgets: by_id(&set.budgets, |budget| budget.id.as_str()),
            pegs,
        }
    }
}

impl Look<'_> {
    /// Refuses a name that is not among those known here.
    pub(super) fn known(
        &mut self,
        place: &Place<'_>,
        kind: &str,
        name: &str,
        names: Option<&BTreeSet<String>>,
    ) {
        if names.is_some_and(|names| !names.contains(name)) {
            self.unknown(place, kind, name);
        }
    }

    pub(super) fn unknown(&mut self, place: &Place<'_>, kind: &str, name: &str) {
        let detail = format!("There is no {kind} {}.", shown(name));
        let problem = Problem::new(&UNKNOWN_NAME, place.pointer(), detail)
            .with("kind", kind)
            .with("name", name.chars().take(ID_CHARS_MAX).collect::<String>());
        self.report.push(problem);
    }

    /// Refuses a tally that the set does not have.
    pub(super) fn tally(&mut self, place: &Place<'_>, id: &str) {
        if !self.names.tallies.contains_key(id) {
            self.unknown(place, "tally", id);
        }
    }

    /// Refuses a text that is no currency, or none that the programme sells in.
    pub(super) fn currency(&mut self, place: &Place<'_>, code: &str) {
        let catalogue = self.catalogue;
        if code.parse::<crate::ledger::Currency>().is_err() {
            let detail = format!(
                "{} is not a currency of three capital letters.",
                shown(code)
            );
            self.report.say(&MALFORMED_TEXT, place, detail);
        } else {
            self.known(place, "currency", code, catalogue.currencies.as_ref());
        }
    }

    /// Refuses an id that is empty, too long or not plain, and one that was there before.
    pub(super) fn id<'i>(
        &mut self,
        place: &Place<'_>,
        id: &'i str,
        plain: bool,
        seen: &mut BTreeSet<&'i str>,
    ) {
        let word = |letter: char| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter)
        };
        let sound = |letter: char| {
            if plain {
                word(letter)
            } else {
                !letter.is_control()
            }
        };
        if id.is_empty() || id.chars().count() > ID_CHARS_MAX || !id.chars().all(sound) {
            let form = if plain {
                " of a-z, 0-9, \"-\" and \"_\""
            } else {
                ""
            };
            let detail = format!(
                "{} is not an id of 1 to {ID_CHARS_MAX} characters{form}.",
                shown(id)
            );
            self.report.say(&MALFORMED_TEXT, place, detail);
        }
        if !seen.insert(id) {
            let detail = format!("The id {} is there twice.", shown(id));
            let problem = Problem::new(&DUPLICATE_ID, place.pointer(), detail)
                .with("id", id.chars().take(ID_CHARS_MAX).collect::<String>());
            self.report.push(problem);
        }
    }

    /// Refuses titles in too many languages, by something else than a language, or too long.
    pub(super) fn title(&mut self, place: &Place<'_>, title: &BTreeMap<String, String>) {
        if !self.length(place, title.len(), (0, LANGUAGES_MAX)) {
            return;
        }
        for (language, text) in title {
            let place = place.key(language);
            let code = |letter: u8| letter.is_ascii_lowercase();
            if language.len() != 2 || !language.bytes().all(code) {
                let detail = format!(
                    "{} is not a language of two small letters.",
                    shown(language)
                );
                self.report.say(&MALFORMED_TEXT, &place, detail);
            }
            if text.chars().count() > TEXT_CHARS_MAX {
                let detail = format!("A title has at most {TEXT_CHARS_MAX} characters.");
                self.report.say(&TEXT_TOO_LONG, &place, detail);
            }
        }
    }
}
