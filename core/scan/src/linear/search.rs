//! Reads the lines of one region and follows the codes that they cross.

use std::borrow::Cow;

use super::belief::{believed, is_clear};
use super::candidate::{self, Terms};
use super::cut::Budget;
use super::edges;
use super::field::Region;
use super::profile::{self, Profile};
use super::track::Track;
use super::word::Word;
use crate::{Luma, Span, Stop};

/// What a strength means in figures.
pub(super) struct Plan {
    pub regions: usize,
    /// Lines read in a region.
    pub bands: usize,
    /// Lines read across the whole picture, and down, when nothing stands out.
    pub whole_bands: usize,
    pub guesses: usize,
    /// Units of work for guesses, about microseconds.
    pub work: i64,
    pub terms: Terms,
    /// Whether codes that nobody believes are looked at again.
    pub again: bool,
}

/// Share of a code's length that must be left for another one beside it.
const BESIDE_MIN: f32 = 0.6;
/// Second looks in a region.
const LOOKS_MAX: usize = 2;
/// Margin that is enough where a second look sees nothing.
const MARGIN_ALONE: f32 = 20.0;
/// Lines after which a region without any code that fits is left.
const EMPTY_MAX: usize = 4;
/// Codes followed at once in a region.
const TRACKS_MAX: usize = 4;

/// A believed code.
pub(super) struct Found {
    pub word: Word,
    pub span: Option<Span>,
    /// First and last edge across the region.
    pub across: (f32, f32),
    /// How much speaks for it, to choose between codes at one place.
    pub weight: f32,
}

/// Reads `bands` lines of a region, the middle ones first, and adds what is
/// believed to `found`.
pub(super) fn read_region(
    (luma, stop): (&Luma, &Stop),
    region: &Region,
    bands: usize,
    plan: &Plan,
    budget: &mut Budget,
    found: &mut Vec<Found>,
) {
    let given = budget.0;
    let (low, high) = region.height;
    let tall = high - low;
    let lines = ((tall / bands as f32) as usize).clamp(1, 5);
    let room = 0.25 * (region.along.1 - region.along.0) + 16.0;
    let reach = (region.along.0 - room, region.along.1 + room);
    let mut tracks: Vec<Track> = Vec::new();
    for band in 0..bands {
        if stop.is_set() || (budget.is_spent() && tracks.is_empty()) {
            break;
        }
        let v = low + tall * outward(band, bands);
        let Some(profile) = profile::band(luma, region, v, lines, reach) else {
            continue;
        };
        budget.0 -= (lines * profile.values.len()) as i64 / 200;
        // Following costs little and is bounded by the number of lines.
        let mut free = Budget(i64::MAX / 2);
        for track in &mut tracks {
            track.follow(&profile, v, &mut free);
        }
        // No single line may use up what all others need.
        let mut share = Budget(budget.0.min(given / 4));
        let most = share.0;
        begin_tracks(&profile, v, plan, &mut tracks, &mut share);
        budget.0 -= most - share.0;
        tracks.retain(|t| t.misses < 3 + 2 * t.crossings.len());
        tracks.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
        tracks.truncate(TRACKS_MAX);
        if band >= EMPTY_MAX && tracks.is_empty() {
            break;
        }
        if band >= 2 && tracks.iter().any(|t| believed(t).is_some()) {
            break;
        }
    }
    let line = |v: f32| profile::band(luma, region, v, lines, reach);
    if stop.is_set() {
        return;
    }
    let mut looks = if plan.again { LOOKS_MAX } else { 0 };
    for track in &tracks {
        let Some((track, word)) = decided(track, &mut looks, line) else {
            continue;
        };
        found.push(Found {
            span: span_of(region, &track, lines),
            across: across(&track),
            weight: track.weight(),
            word,
        });
    }
}

/// The track to believe, with its text: this one or, where that is not clear, a
/// second look at it, of which `looks` are left.
fn decided<'a>(
    track: &'a Track,
    looks: &mut usize,
    line: impl Fn(f32) -> Option<Profile>,
) -> Option<(Cow<'a, Track>, Word)> {
    let first = believed(track);
    if let Some(word) = &first
        && (is_clear(track, word) || *looks == 0)
    {
        return first.map(|word| (Cow::Borrowed(track), word));
    }
    let again = if *looks > 0 && track.crossings.len() >= 3 {
        *looks -= 1;
        track.refined(line)
    } else {
        None
    };
    match (first, again) {
        (Some(word), None) => (word.margin >= MARGIN_ALONE).then_some((Cow::Borrowed(track), word)),
        (Some(word), Some(again)) if again.word().is_some_and(|w| w.text == word.text) => {
            Some((Cow::Borrowed(track), word))
        }
        (_, Some(again)) => believed(&again).map(|word| (Cow::Owned(again), word)),
        (None, None) => None,
    }
}

/// The place of the n-th line, 0 to 1: the middle first, then outward by turns.
fn outward(n: usize, count: usize) -> f32 {
    let step = n.div_ceil(2) as f32 / (count as f32 + 1.0);
    if n.is_multiple_of(2) {
        0.5 - step
    } else {
        0.5 + step
    }
}

fn begin_tracks(
    profile: &Profile,
    v: f32,
    plan: &Plan,
    tracks: &mut Vec<Track>,
    budget: &mut Budget,
) {
    // A code that is followed well needs no other guesses.
    let good = |t: &Track| t.share() > 0.8 && t.word().is_some_and(|w| w.margin > 6.0);
    if tracks.iter().any(good) {
        return;
    }
    let edges = edges::edges(profile);
    budget.0 -= edges.len() as i64 / 8;
    for guess in candidate::candidates(&edges, plan.terms, plan.guesses) {
        if budget.is_spent() {
            break;
        }
        if tracks.iter().any(|t| t.is_near(&guess, v)) {
            continue;
        }
        if let Some(track) = Track::begin(profile, v, &guess, budget) {
            let enough = good(&track);
            tracks.push(track);
            if enough {
                break;
            }
        }
    }
}

/// Where the code lies across the region.
fn across(track: &Track) -> (f32, f32) {
    let ends = track.crossings.iter().map(|c| c.ends());
    ends.fold((f32::MAX, f32::MIN), |(low, high), (a, b)| {
        (low.min(a).min(b), high.max(a).max(b))
    })
}

/// What is left of a region beside the codes found in it, where another code
/// may stand in the same row.
pub(super) fn beside(region: &Region, found: &[Found]) -> Vec<Region> {
    let none = (f32::MAX, f32::MIN);
    let (low, high) = found.iter().fold(none, |(low, high), one| {
        (low.min(one.across.0), high.max(one.across.1))
    });
    let parts = [(region.along.0, low), (high, region.along.1)];
    let wide = |part: &(f32, f32)| low <= high && part.1 - part.0 > BESIDE_MIN * (high - low);
    let parts = parts.into_iter().filter(wide);
    parts.map(|along| Region { along, ..*region }).collect()
}

fn span_of(region: &Region, track: &Track, lines: usize) -> Option<Span> {
    let half = lines as f32 / 2.0;
    Span::around(track.crossings.iter().flat_map(|c| {
        let (from, to) = c.ends();
        [
            region.point(from, c.v - half),
            region.point(from, c.v + half),
            region.point(to, c.v - half),
            region.point(to, c.v + half),
        ]
    }))
}
