//! Own reader of linear codes: EAN-13, EAN-8, UPC-A, UPC-E, Code 128 and ITF.
//!
//! It finds where edges run parallel ([`field`]), reads grey profiles across
//! them ([`profile`]), guesses from the edges where a code begins and ends
//! ([`edges`], [`candidate`]) and then compares drawings of the characters,
//! blurred like the picture, with the profile ([`template`], [`trellis`]). No
//! threshold decides anything: what each character could also be is kept as a
//! cost, added up over the lines of one code ([`track`]), and only then do check
//! digits choose ([`word`]).
//!
//! A reading of [`LinearReader`] is therefore already voted on: it stands for
//! several lines that agree, and may be believed at once.

mod candidate;
mod check;
mod code128;
mod cut;
mod edges;
mod field;
mod kind;
mod patterns;
mod profile;
mod template;
mod track;
mod trellis;
mod word;

use crate::{Engine, Luma, Prepared, Reading, Span, Stop, Symbol};
use candidate::Terms;
use cut::Budget;
use field::Region;
use kind::Kind;
use track::Track;
use word::Word;

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// For each frame of a camera.
    Quick,
    /// For a single picture.
    Deep,
}

/// Reads linear codes out of a grey picture.
#[derive(Debug, Clone, Copy)]
pub struct LinearReader {
    /// How much is tried.
    pub strength: Strength,
}

/// What a strength means in figures.
struct Plan {
    regions: usize,
    /// Lines read in a region.
    bands: usize,
    /// Lines read across the whole picture when nothing stands out.
    whole_bands: usize,
    guesses: usize,
    /// Units of work for guesses, about microseconds.
    work: i64,
    terms: Terms,
}

const QUICK: Plan = Plan {
    regions: 3,
    bands: 7,
    whole_bands: 0,
    guesses: 8,
    work: 1500,
    terms: Terms {
        module_min: 0.9,
        quiet_min: 2.0,
        lost_max: 0.3,
    },
};
const DEEP: Plan = Plan {
    regions: 6,
    bands: 13,
    whole_bands: 15,
    guesses: 24,
    work: 20000,
    terms: Terms {
        module_min: 0.8,
        quiet_min: 1.2,
        lost_max: 0.5,
    },
};

/// Codes followed at once in a region.
const TRACKS_MAX: usize = 4;

/// A believed code.
struct Found {
    word: Word,
    span: Option<Span>,
    /// How much speaks for it, to choose between codes at one place.
    weight: f32,
}

impl LinearReader {
    /// Every linear code in the picture that several lines agree on.
    pub fn read_luma(&self, luma: &Luma, stop: &Stop) -> Vec<Reading> {
        if !luma.is_consistent() {
            return Vec::new();
        }
        let plan = match self.strength {
            Strength::Quick => &QUICK,
            Strength::Deep => &DEEP,
        };
        let mut found: Vec<Found> = Vec::new();
        let mut left = plan.work;
        for region in field::regions(luma, plan.regions) {
            if stop.is_set() {
                break;
            }
            let mut budget = Budget(left / 2);
            left -= budget.0;
            read_region(luma, &region, plan.bands, plan, &mut budget, &mut found);
            left += budget.0;
        }
        if found.is_empty() && plan.whole_bands > 0 {
            for upright in [false, true] {
                if stop.is_set() || !found.is_empty() {
                    break;
                }
                let region = Region::whole(luma, upright);
                let mut budget = Budget(left / 2);
                read_region(
                    luma,
                    &region,
                    plan.whole_bands,
                    plan,
                    &mut budget,
                    &mut found,
                );
            }
        }
        settled(found)
    }
}

impl Engine for LinearReader {
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        self.read_luma(picture, stop)
    }

    /// Every reading stands for several lines that agree.
    fn settles(&self) -> bool {
        true
    }
}

/// Of codes at one place only the one for which most speaks.
fn settled(mut found: Vec<Found>) -> Vec<Reading> {
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut kept: Vec<Reading> = Vec::new();
    for one in found {
        let clashes = |other: &Reading| match (&other.span, &one.span) {
            (Some(a), Some(b)) => a.touches(b),
            _ => true,
        };
        if !kept.iter().any(clashes) {
            let symbol = Symbol {
                format: one.word.format,
                bytes: one.word.text.as_bytes().to_vec(),
                text: one.word.text,
            };
            kept.push(Reading {
                symbol,
                span: one.span,
            });
        }
    }
    kept
}

fn read_region(
    luma: &Luma,
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
        if budget.is_spent() && tracks.is_empty() {
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
        if band >= 2 && tracks.iter().any(|t| believed(t).is_some()) {
            break;
        }
    }
    for track in &tracks {
        if let Some(word) = believed(track) {
            found.push(Found {
                span: span_of(region, track, lines),
                weight: track.weight(),
                word,
            });
        }
    }
}

/// The place of the n-th line, 0 to 1: the middle first, then outward by turns.
fn outward(n: usize, count: usize) -> f32 {
    let step = n.div_ceil(2) as f32 / (count as f32 + 1.0);
    if n % 2 == 0 { 0.5 - step } else { 0.5 + step }
}

fn begin_tracks(
    profile: &profile::Profile,
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

/// What a code must show before it is believed.
struct Demand {
    /// Lines that fit.
    lines: usize,
    /// Lines that read the same text on their own.
    equal: usize,
    share: f32,
    margin: f32,
    /// Cost that the check digit may add, for each line.
    bent: f32,
}

fn demand(kind: Kind) -> Demand {
    let (lines, equal, share, margin, bent) = match kind {
        Kind::Ean13 => (3, 2, 0.8, 10.0, 4.0),
        Kind::Code128(_) => (3, 2, 0.8, 12.0, 2.5),
        Kind::Itf(7, _) => (3, 2, 0.8, 10.0, 2.5),
        // Few digits or no check: most invented texts are of these.
        Kind::Ean8 => (4, 3, 0.8, 16.0, 1.0),
        Kind::UpcE => (5, 4, 0.85, 20.0, 0.2),
        Kind::Itf(..) => (5, 4, 0.85, 20.0, 0.2),
    };
    Demand {
        lines,
        equal,
        share,
        margin,
        bent,
    }
}

fn believed(track: &Track) -> Option<Word> {
    let demand = demand(track.kind);
    if track.crossings.len() < demand.lines || track.share() < demand.share {
        return None;
    }
    let word = track.word()?;
    let key = word.text.as_str();
    let equal = track.texts.iter().filter(|t| t.as_str() == key).count();
    (equal >= demand.equal
        && 2 * equal >= track.texts.len()
        && word.margin >= demand.margin
        && word.bent <= demand.bent * track.crossings.len() as f32)
        .then_some(word)
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
