//! Which codes to believe.

use super::kind::Kind;
use super::track::Track;
use super::word::Word;

/// What a second look must show at least.
const SHARE_AGAIN: f32 = 0.92;
const MARGIN_AGAIN: f32 = 20.0;
/// An EAN code that shows less than this is looked at again.
const SHARE_CLEAR: f32 = 0.87;
const MARGIN_CLEAR: f32 = 25.0;

/// What a code must show before it is believed.
struct Demand {
    /// Lines that fit.
    lines: usize,
    /// Lines that read the same text on their own.
    equal: usize,
    share: f32,
    margin: f32,
    /// Cost that the check digit may add.
    bent: f32,
    /// What outer bars and quiet zones may leave unexplained, for a sample: a
    /// part of a longer code fits well but for its ends.
    outer: f32,
}

fn demand(kind: Kind) -> Demand {
    let (lines, equal, share, margin, bent, outer) = match kind {
        Kind::Ean13 => (3, 2, 0.8, 12.0, 12.0, 0.2),
        Kind::Code128(_) => (3, 2, 0.8, 12.0, 8.0, 0.06),
        Kind::Itf(7, _) => (3, 2, 0.8, 10.0, 8.0, 0.05),
        // Few digits or no check: most invented texts are of these.
        Kind::Ean8 => (4, 3, 0.8, 16.0, 4.0, 0.035),
        Kind::UpcE => (5, 4, 0.85, 20.0, 1.0, 0.03),
        Kind::Itf(..) => (5, 4, 0.85, 20.0, 1.0, 0.03),
    };
    Demand {
        lines,
        equal,
        share,
        margin,
        bent,
        outer,
    }
}

/// The text of a code when enough speaks for it.
pub(super) fn believed(track: &Track) -> Option<Word> {
    let mut demand = demand(track.kind);
    if track.again {
        // Free to choose the blur, a second look fits almost anything somehow.
        demand.share = demand.share.max(SHARE_AGAIN);
        demand.margin = demand.margin.max(MARGIN_AGAIN);
    }
    if track.crossings.len() < demand.lines
        || track.share() < demand.share
        || track.outer_rest() > demand.outer
    {
        return None;
    }
    let word = track.word()?;
    let key = word.text.as_str();
    let equal = track.texts.iter().filter(|t| t.as_str() == key).count();
    // What the check digit bends may not be as much as what the next text costs.
    let clear =
        word.margin >= demand.margin && word.bent <= 0.7 * word.margin && word.bent <= demand.bent;
    (clear && equal >= demand.equal && 2 * equal >= track.texts.len()).then_some(word)
}

/// Whether so much speaks for a believed code that no second look is needed.
pub(super) fn is_clear(track: &Track, word: &Word) -> bool {
    !track.kind.is_symmetric()
        || (track.share() >= SHARE_CLEAR && word.margin >= MARGIN_CLEAR && word.bent <= 0.0)
}
