//! Fits a row of characters to a profile and says what each could also be.
//!
//! A code is a row of slots, each with an alphabet. Every template is compared
//! with the profile at every small shift from the slot's nominal place; paths
//! through the shifts follow bent paper and perspective (Viterbi). For each slot
//! and template the cost of the best path through it is kept, so that doubt is
//! known and adds up over several lines.

use super::template::{Alphabet, PAD, Template};

/// Shifts tried for each slot.
pub(super) const SHIFTS: usize = 20;
/// The shift that is none.
pub(super) const MIDDLE: usize = SHIFTS / 2;
/// Samples of the profile before the nominal start and behind the end.
pub(super) const MARGIN: usize = MIDDLE + PAD;
/// Costs of a change of shift by none, one and two samples.
const BEND: [f32; 3] = [0.0, 0.03, 0.2];
/// Cost of a first shift, for each sample squared.
const FIRST: f32 = 0.004;
/// How firmly contrast and mean grey of a character are expected to be those of
/// the neighbourhood; in samples.
const GAIN_HELD: f32 = 0.6;
const MEAN_HELD: f32 = 8.0;

/// One place in a code.
#[derive(Clone, Copy)]
pub(super) struct Slot<'a> {
    pub alphabet: &'a Alphabet,
    /// Only the first so many templates may stand here.
    pub count: usize,
}

impl<'a> Slot<'a> {
    pub fn any(alphabet: &'a Alphabet) -> Self {
        Self {
            alphabet,
            count: alphabet.templates.len(),
        }
    }
}

/// A fitted row.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    /// For each slot and template the costs at every shift.
    rows: Vec<Vec<Row>>,
    /// For each slot the least cost of all before and of all behind it.
    before: Vec<Row>,
    after: Vec<Row>,
    /// Sum of squares that the best path leaves unexplained.
    pub rest: f32,
    /// Samples compared.
    pub samples: usize,
    /// Share of the profile's variance that the best path explains, at most 1.
    pub share: f32,
    /// Of the rest the part of each slot, for one sample.
    pub slot_rests: Vec<f32>,
    /// Where each slot begins, samples from nominal.
    pub shifts: Vec<f32>,
}

impl Fit {
    /// For each slot and template the cost of the best path through it above
    /// that of the best path of all.
    pub fn costs(&self) -> Vec<Vec<f32>> {
        let sides = self.before.iter().zip(&self.after);
        self.rows
            .iter()
            .zip(sides)
            .map(|(rows, (before, after))| {
                let beside: Row = std::array::from_fn(|i| {
                    let at = |row: &Row| row.get(i).copied().unwrap_or(f32::MAX);
                    at(before) + at(after) - self.rest
                });
                rows.iter().map(|row| least_sum(&beside, row)).collect()
            })
            .collect()
    }
}

/// The samples that a profile needs for these slots.
pub(super) fn samples_for(slots: &[Slot<'_>]) -> usize {
    slots.iter().map(|s| s.alphabet.samples).sum::<usize>() + 2 * MARGIN
}

type Row = [f32; SHIFTS];

/// Window sums of the profile.
struct Sums {
    plain: Vec<f32>,
    square: Vec<f32>,
}

impl Sums {
    fn of(profile: &[f32]) -> Self {
        let running = |f: fn(f32) -> f32| {
            let mut sum = 0.0;
            let mut out = Vec::with_capacity(profile.len() + 1);
            out.push(0.0);
            out.extend(profile.iter().map(|&v| {
                sum += f(v);
                sum
            }));
            out
        };
        Self {
            plain: running(|v| v),
            square: running(|v| v * v),
        }
    }

    /// Sum and sum of squares of `len` samples from `from` on.
    fn window(&self, from: usize, len: usize) -> (f32, f32) {
        let part = |sums: &[f32]| match (sums.get(from + len), sums.get(from)) {
            (Some(b), Some(a)) => b - a,
            _ => 0.0,
        };
        (part(&self.plain), part(&self.square))
    }
}

/// Fits the slots to a profile of [`samples_for`] samples, white 1 and black 0.
/// `None` when the profile is too short or no path explains the share
/// `at_least` of the variance; `work` counts the samples compared until then.
pub(super) fn fit(
    profile: &[f32],
    slots: &[Slot<'_>],
    at_least: f32,
    work: &mut usize,
) -> Option<Fit> {
    if profile.len() < samples_for(slots) || slots.is_empty() {
        return None;
    }
    let sums = Sums::of(profile);
    let (mut start, mut samples, mut spread) = (0, 0, 0.0);
    for slot in slots {
        let len = slot.alphabet.samples + 2 * PAD;
        let (sum, square) = sums.window(start + MIDDLE, len);
        spread += (square - sum * sum / len as f32).max(0.0);
        samples += len;
        start += slot.alphabet.samples;
    }
    let most = (1.0 - at_least) * spread;
    let starts: Vec<usize> = slots
        .iter()
        .scan(0, |at, slot| {
            *at += slot.alphabet.samples;
            Some(*at - slot.alphabet.samples)
        })
        .collect();
    // Places with one template only cost little and tell most.
    let mut order: Vec<usize> = (0..slots.len()).collect();
    order.sort_by_key(|&k| slots.get(k).map_or(0, |slot| slot.count.min(4)));
    let mut costs: Vec<Vec<Row>> = vec![Vec::new(); slots.len()];
    let mut surely = 0.0;
    for k in order {
        let (slot, start, place) = (slots.get(k)?, *starts.get(k)?, costs.get_mut(k)?);
        (*place, _) = slot_costs(profile, &sums, start, slot)?;
        *work += slot.count * (slot.alphabet.samples + 2 * PAD);
        // Each slot at its own best place costs no more than on the best path.
        surely += least(place).into_iter().fold(f32::MAX, f32::min);
        if surely > most {
            return None;
        }
    }
    let best: Vec<Row> = costs.iter().map(|rows| least(rows)).collect();
    let before = forward(&best);
    let after = backward(&best);
    let total = rest_of(&before, &after, &best, 0)
        .iter()
        .copied()
        .fold(f32::MAX, f32::min);
    let shifts: Vec<f32> = (0..slots.len())
        .map(|k| place(&rest_of(&before, &after, &best, k)))
        .collect();
    let slot_rest = |((row, shift), slot): ((&Row, &f32), &Slot<'_>)| {
        let cost = row.get((shift + MIDDLE as f32) as usize).copied();
        cost.unwrap_or(0.0) / (slot.alphabet.samples + 2 * PAD) as f32
    };
    let slot_rests = best.iter().zip(&shifts).zip(slots).map(slot_rest).collect();
    Some(Fit {
        rows: costs,
        before,
        after,
        rest: total,
        samples,
        share: 1.0 - total / spread.max(1e-3),
        slot_rests,
        shifts,
    })
}

/// How well a single slot fits at its best shift: the share of variance
/// explained, for a first look. `start` is the slot's nominal sample.
pub(super) fn look(profile: &[f32], start: usize, slot: &Slot<'_>) -> f32 {
    let end = start + slot.alphabet.samples + 2 * MARGIN;
    let Some(part) = profile.get(start..end) else {
        return 0.0;
    };
    let sums = Sums::of(part);
    let Some((rows, windows)) = slot_costs(part, &sums, 0, slot) else {
        return 0.0;
    };
    least(&rows)
        .iter()
        .zip(&windows)
        .map(|(cost, window)| 1.0 - cost / window.max(0.2))
        .fold(0.0, f32::max)
}

fn slot_costs(
    profile: &[f32],
    sums: &Sums,
    start: usize,
    slot: &Slot<'_>,
) -> Option<(Vec<Row>, Row)> {
    let len = slot.alphabet.samples + 2 * PAD;
    let part = profile.get(start..start + len + SHIFTS)?;
    let count = len as f32;
    let (mut means, mut spreads) = ([0.0; SHIFTS], [0.0; SHIFTS]);
    for (shift, (mean, spread)) in means.iter_mut().zip(&mut spreads).enumerate() {
        let (sum, square) = sums.window(start + shift, len);
        *mean = sum / count;
        *spread = (square - sum * sum / count).max(0.0);
    }
    let rows = slot
        .alphabet
        .templates
        .iter()
        .take(slot.count)
        .map(|template| template_costs(part, template, &means, &spreads))
        .collect();
    Some((rows, spreads))
}

/// The cost of one template at every shift: what is left of the variance after
/// the best contrast and mean, both held near the expected ones.
fn template_costs(part: &[f32], template: &Template, means: &Row, spreads: &Row) -> Row {
    let mut dots: Row = [GAIN_HELD; SHIFTS];
    for (value, window) in template.values.iter().zip(part.windows(SHIFTS)) {
        // An array of known length is worked on several values at a time.
        let Ok(window) = <&Row>::try_from(window) else {
            continue;
        };
        for (dot, sample) in dots.iter_mut().zip(window) {
            *dot += value * sample;
        }
    }
    let count = template.values.len() as f32;
    let mean_weight = count * MEAN_HELD / (count + MEAN_HELD);
    let scale = 1.0 / (template.energy + GAIN_HELD);
    let mut row = [0.0; SHIFTS];
    for (((cost, dot), mean), spread) in row.iter_mut().zip(&dots).zip(means).zip(spreads) {
        let off = mean - template.mean;
        // A negative contrast explains nothing.
        let gain = dot.max(0.0);
        *cost = spread + GAIN_HELD + mean_weight * off * off - gain * gain * scale;
    }
    row
}

fn least(rows: &[Row]) -> Row {
    let mut best = [f32::MAX; SHIFTS];
    for row in rows {
        for (b, v) in best.iter_mut().zip(row) {
            *b = b.min(*v);
        }
    }
    best
}

fn first_shift(shift: usize) -> f32 {
    let off = shift as f32 - MIDDLE as f32;
    FIRST * off * off
}

/// The least of `from` after a bend to each shift.
fn bent(from: &Row) -> Row {
    let mut to = [f32::MAX; SHIFTS];
    for (shift, cost) in to.iter_mut().enumerate() {
        let near = from
            .iter()
            .enumerate()
            .skip(shift.saturating_sub(2))
            .take(3 + shift.min(2));
        for (other, value) in near {
            let bend = BEND.get(other.abs_diff(shift)).copied().unwrap_or(f32::MAX);
            *cost = cost.min(value + bend);
        }
    }
    to
}

/// For each slot the least cost of all before it.
fn forward(best: &[Row]) -> Vec<Row> {
    let mut at: Row = std::array::from_fn(first_shift);
    let mut out = Vec::with_capacity(best.len());
    for row in best {
        out.push(at);
        let mut done = at;
        for (d, v) in done.iter_mut().zip(row) {
            *d += v;
        }
        at = bent(&done);
    }
    out
}

/// For each slot the least cost of all behind it.
fn backward(best: &[Row]) -> Vec<Row> {
    let mut at: Row = [0.0; SHIFTS];
    let mut out = Vec::with_capacity(best.len());
    for row in best.iter().rev() {
        out.push(at);
        let mut done = at;
        for (d, v) in done.iter_mut().zip(row) {
            *d += v;
        }
        at = bent(&done);
    }
    out.reverse();
    out
}

fn least_sum(a: &Row, b: &Row) -> f32 {
    let sums: Row = std::array::from_fn(|i| match (a.get(i), b.get(i)) {
        (Some(a), Some(b)) => a + b,
        _ => f32::MAX,
    });
    sums.into_iter().fold(f32::MAX, f32::min)
}

/// The total cost with slot `k` at each shift.
fn rest_of(before: &[Row], after: &[Row], best: &[Row], k: usize) -> Row {
    let mut out = [f32::MAX; SHIFTS];
    if let (Some(b), Some(a), Some(r)) = (before.get(k), after.get(k), best.get(k)) {
        for (shift, value) in out.iter_mut().enumerate() {
            *value = [b, a, r]
                .iter()
                .map(|row| row.get(shift).copied().unwrap_or(f32::MAX))
                .sum();
        }
    }
    out
}

/// The cheapest shift, relative to none.
fn place(row: &Row) -> f32 {
    let cheapest = row
        .iter()
        .enumerate()
        .min_by(|a, b| a.1.total_cmp(b.1))
        .map_or(MIDDLE, |(shift, _)| shift);
    cheapest as f32 - MIDDLE as f32
}
