//! Which of the programme's products are on a receipt: by marking, by a trade item's number, by a
//! name that the programme knows. Only the first is proof.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::{FoundLine, FoundReceipt, LINE_QUANTITY_MICRO_MAX, LineChoice};
use crate::entity::{LineMatch, MatchedBy, ONLY, Product, ReceiptAliases};
use crate::facts::{FactKey, Facts, Seen};

use super::words;

/// Something that a line may be.
struct Candidate {
    product: String,
    by: MatchedBy,
}

fn candidates(line: &FoundLine, aliases: &ReceiptAliases) -> Vec<Candidate> {
    let of = |by| move |product: String| Candidate { product, by };
    let mut found: Vec<Candidate> = line
        .gtin
        .iter()
        .cloned()
        .map(of(MatchedBy::Marking))
        .collect();
    found.extend(
        words::numbers(&line.name)
            .into_iter()
            .map(of(MatchedBy::Number)),
    );
    let name = words::words(&line.name);
    let known = aliases.aliases.iter().rev();
    let held = known.filter(|alias| words::holds(&name, &alias.pattern));
    found.extend(
        held.map(|alias| alias.product.clone())
            .map(of(MatchedBy::Alias)),
    );
    found
}

fn aliases(facts: &Facts) -> ReceiptAliases {
    match facts.see::<ReceiptAliases>(ONLY) {
        Seen::Known(aliases) => aliases,
        Seen::Absent | Seen::Unknown => ReceiptAliases::default(),
    }
}

/// What matching depends on.
pub(super) fn needs(found: &FoundReceipt, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<ReceiptAliases>(ONLY));
    let aliases = aliases(facts);
    for line in &found.lines {
        let products = candidates(line, &aliases).into_iter();
        keys.extend(products.map(|candidate| FactKey::of::<Product>(candidate.product)));
    }
}

/// The programme's products on the receipt. Lines of one product are one match; a marked piece is one
/// of its own.
pub(super) fn matches(found: &FoundReceipt, facts: &Facts) -> Vec<LineMatch> {
    let aliases = aliases(facts);
    let exists =
        |candidate: &Candidate| matches!(facts.see::<Product>(&candidate.product), Seen::Known(_));
    let recognised = found.lines.iter().enumerate().filter_map(|(number, line)| {
        let mut all = candidates(line, &aliases).into_iter();
        let candidate = all.find(exists)?;
        Some((number, line, candidate.product, candidate.by))
    });
    gathered(recognised)
}

/// What a person chose. None when a line does not exist or is chosen twice.
pub(super) fn chosen(found: &FoundReceipt, choices: &[LineChoice]) -> Option<Vec<LineMatch>> {
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for choice in choices {
        let line = found.lines.get(choice.line)?;
        if !seen.insert(choice.line) {
            return None;
        }
        lines.push((choice.line, line, choice.product.clone(), MatchedBy::Person));
    }
    Some(gathered(lines.into_iter()))
}

fn gathered<'a>(
    lines: impl Iterator<Item = (usize, &'a FoundLine, String, MatchedBy)>,
) -> Vec<LineMatch> {
    let mut matches: BTreeMap<(String, Option<String>), LineMatch> = BTreeMap::new();
    for (number, line, product, by) in lines {
        if !plausible(line) {
            continue;
        }
        let key = (product.clone(), line.code.clone());
        let one = matches.entry(key).or_insert_with(|| LineMatch {
            product,
            lines: Vec::new(),
            code: line.code.clone(),
            quantity_micro: 0,
            amount_minor: 0,
            by,
            result: String::new(),
        });
        one.lines.push(number);
        one.quantity_micro = one.quantity_micro.saturating_add(line.quantity_micro);
        one.amount_minor = one.amount_minor.saturating_add(line.amount_minor);
        one.by = one.by.max(by);
    }
    matches
        .into_values()
        .filter(|one| one.quantity_micro <= LINE_QUANTITY_MICRO_MAX)
        .collect()
}

/// Goods that were sold: something of it, and not for less than nothing.
fn plausible(line: &FoundLine) -> bool {
    (1..=LINE_QUANTITY_MICRO_MAX).contains(&line.quantity_micro) && line.amount_minor >= 0
}
