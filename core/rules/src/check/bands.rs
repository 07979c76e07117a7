//! Bands of a rate: together they must cover every value once.

use super::bounds::{BANDS_MAX, RATE_BP_MAX};
use super::codes::{BAND_EMPTY, BANDS_GAP, BANDS_NOT_OPEN, BANDS_OVERLAP, BANDS_START_LATE};
use super::problem::Place;
use super::{Look, Problem};
use crate::ruleset::{Band, Number};

/// The first value of a number, and the first value that it no longer has.
pub(super) fn domain(number: &Number) -> (i64, Option<i64>) {
    match number {
        Number::Weekday => (1, Some(8)),
        Number::Minute => (0, Some(1_440)),
        Number::QuantityMicro
        | Number::AmountMinor
        | Number::BasketMinor
        | Number::Value
        | Number::Tally(_) => (0, None),
    }
}

/// Checks bands that a number chooses from, each rate at most `rate_bp_max`.
pub(super) fn check(
    look: &mut Look<'_>,
    place: &Place<'_>,
    (by, bands): (&Number, &[Band]),
    rate_bp_max: i64,
) {
    if !look.length(place, bands.len(), (1, BANDS_MAX)) {
        return;
    }
    let mut sorted: Vec<(usize, &Band)> = bands.iter().enumerate().collect();
    sorted.sort_by_key(|(_, band)| band.from);
    for (index, band) in &sorted {
        let place = place.at(*index);
        look.range(
            &place.key("rate_bp"),
            band.rate_bp,
            (0, rate_bp_max.min(RATE_BP_MAX)),
        );
        if let Some(to) = band.to.filter(|to| *to <= band.from) {
            let detail = format!("A band from {} up to {to} has nothing in it.", band.from);
            told(
                look,
                &BAND_EMPTY,
                &place,
                detail,
                (Some(band.from), Some(to)),
            );
        }
    }
    between(look, place, &sorted);
    ends(look, place, &sorted, domain(by));
}

/// Neighbours must meet.
fn between(look: &mut Look<'_>, place: &Place<'_>, sorted: &[(usize, &Band)]) {
    // The first value that the bands so far leave open; none when one of them never ends.
    let mut open = sorted.first().and_then(|(_, band)| band.to);
    for (index, band) in sorted.iter().skip(1) {
        let place = place.at(*index);
        match open {
            Some(end) if end < band.from => {
                let detail = format!("No band covers {end} up to {}.", band.from);
                told(
                    look,
                    &BANDS_GAP,
                    &place,
                    detail,
                    (Some(end), Some(band.from)),
                );
            }
            Some(end) if end == band.from => {}
            _ => {
                let end = [open, band.to].into_iter().flatten().min();
                let upto = end.map_or_else(|| "on".to_owned(), |end| format!("up to {end}"));
                let detail = format!("Two bands cover {} {upto}.", band.from);
                told(look, &BANDS_OVERLAP, &place, detail, (Some(band.from), end));
            }
        }
        open = open.and_then(|end| band.to.map(|to| to.max(end)));
    }
}

/// The bands must reach both ends of what the number can be.
fn ends(
    look: &mut Look<'_>,
    place: &Place<'_>,
    sorted: &[(usize, &Band)],
    (first, end): (i64, Option<i64>),
) {
    if let Some((index, band)) = sorted.first().filter(|(_, band)| band.from > first) {
        let detail = format!("No band covers {first} up to {}.", band.from);
        let range = (Some(first), Some(band.from));
        told(look, &BANDS_START_LATE, &place.at(*index), detail, range);
    }
    let reached = sorted.iter().try_fold(i64::MIN, |reached, (_, band)| {
        band.to.map(|to| to.max(reached))
    });
    if let Some(reached) = reached.filter(|reached| end.is_none_or(|end| *reached < end)) {
        let index = sorted.last().map_or(0, |(index, _)| *index);
        let upto = end.map_or_else(|| "on".to_owned(), |end| format!("up to {end}"));
        let detail = format!("No band covers {reached} {upto}.");
        told(
            look,
            &BANDS_NOT_OPEN,
            &place.at(index),
            detail,
            (Some(reached), end),
        );
    }
}

fn told(
    look: &mut Look<'_>,
    code: &super::codes::Code,
    place: &Place<'_>,
    detail: String,
    (from, to): (Option<i64>, Option<i64>),
) {
    let problem = Problem::new(code, place.pointer(), detail)
        .with("from", from)
        .with("to", to);
    look.report.push(problem);
}
