//! What the characters of a code look like through a blur.
//!
//! A pattern of bars is drawn as the lens and the sensor show it: each edge
//! becomes the integral of a Gaussian (the deformable templates of Gallo and
//! Manduchi, "Reading 1D barcodes with mobile phones using deformable
//! templates", 2011, carried on to continuous blur). Profiles are compared with
//! such drawings, so that bars thinner than the blur still tell digits apart.

/// Samples of a profile in one module.
pub(super) const SAMPLES: usize = 4;
/// Samples on either side of a character that are compared along with it.
pub(super) const PAD: usize = 2;

/// Samples on either side of a character into which its ink is drawn.
pub(super) const REACH: usize = 12;

/// How the picture distorts the bars.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Optics {
    /// Standard deviation of the blur, modules.
    pub blur: f32,
    /// How much wider bars look than they are, modules.
    pub growth: f32,
}

/// Black from `from` to `to` (modules from the character's start), 1 is full.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub from: f32,
    pub to: f32,
    pub ink: f32,
}

/// What stands on one side of a character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Beside {
    /// A bar, then unknown bars.
    Bar,
    /// A space, then unknown bars.
    Space,
    /// Nothing but paper.
    Quiet,
}

/// A drawn pattern: its values without their mean, which is kept apart.
#[derive(Debug, Clone)]
pub(super) struct Template {
    pub values: Vec<f32>,
    pub mean: f32,
    /// Sum of the squares of `values`.
    pub energy: f32,
}

/// The patterns that one place of a code may show, all of one length.
#[derive(Debug, Clone)]
pub(super) struct Alphabet {
    /// Length without the padding, samples.
    pub samples: usize,
    pub templates: Vec<Template>,
}

/// Widths of bar and space by turns, modules; the first is a bar if `bar_first`.
pub(super) struct Pattern<'a> {
    pub widths: &'a [f32],
    pub bar_first: bool,
}

impl Alphabet {
    /// Draws every pattern between the same neighbours. `lead` modules of space
    /// are added before the patterns and `tail` modules behind them.
    pub fn draw<'a>(
        patterns: impl IntoIterator<Item = Pattern<'a>>,
        sides: (Beside, Beside),
        (lead, tail): (f32, f32),
        optics: Optics,
    ) -> Self {
        let mut samples = 0;
        let templates = patterns
            .into_iter()
            .map(|pattern| {
                let (bars, length) = bars(&pattern, sides, lead, tail);
                samples = (length * SAMPLES as f32).round() as usize;
                Template::draw(&bars, samples, optics)
            })
            .collect();
        Self { samples, templates }
    }
}

fn bars(
    pattern: &Pattern<'_>,
    (before, after): (Beside, Beside),
    lead: f32,
    tail: f32,
) -> (Vec<Bar>, f32) {
    let mut bars = Vec::with_capacity(8);
    let mut at = lead;
    let mut black = pattern.bar_first;
    for &width in pattern.widths {
        if black {
            bars.push(Bar {
                from: at,
                to: at + width,
                ink: 1.0,
            });
        }
        at += width;
        black = !black;
    }
    let length = at + tail;
    // A neighbouring element is 1.7 modules wide on average; beyond it black
    // and white are as likely.
    let (near, far) = (1.7, 12.0);
    match before {
        Beside::Bar => bars.extend([bar(-near, 0.0, 1.0), bar(-far, -near, 0.4)]),
        Beside::Space => bars.push(bar(-far, -near, 0.5)),
        Beside::Quiet => {}
    }
    match after {
        Beside::Bar => bars.extend([
            bar(length, length + near, 1.0),
            bar(length + near, length + far, 0.4),
        ]),
        Beside::Space => bars.push(bar(length + near, length + far, 0.5)),
        Beside::Quiet => {}
    }
    (bars, length)
}

/// The ink of a pattern alone, from [`REACH`] samples before it to as many
/// behind it: 0 is paper, 1 is black.
pub(super) fn ink(pattern: &Pattern<'_>, (lead, tail): (f32, f32), optics: Optics) -> Vec<f32> {
    let (bars, length) = bars(pattern, (Beside::Quiet, Beside::Quiet), lead, tail);
    let samples = (length * SAMPLES as f32).round() as usize;
    (0..samples + 2 * REACH)
        .map(|i| ink_at(&bars, i as f32 - REACH as f32, optics))
        .collect()
}

/// The ink at the middle of a sample.
fn ink_at(bars: &[Bar], sample: f32, optics: Optics) -> f32 {
    let x = (sample + 0.5) / SAMPLES as f32;
    let (grow, scale) = (optics.growth / 2.0, 1.0 / optics.blur);
    let ink = |b: &Bar| {
        let (from, to) = (b.from - grow - x, b.to + grow - x);
        b.ink * (normal_cdf(to * scale) - normal_cdf(from * scale))
    };
    bars.iter().map(ink).sum()
}

fn bar(from: f32, to: f32, ink: f32) -> Bar {
    Bar { from, to, ink }
}

impl Template {
    fn draw(bars: &[Bar], samples: usize, optics: Optics) -> Self {
        let mut values: Vec<f32> = (0..samples + 2 * PAD)
            .map(|i| 1.0 - ink_at(bars, i as f32 - PAD as f32, optics))
            .collect();
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        for value in &mut values {
            *value -= mean;
        }
        let energy = values.iter().map(|v| v * v).sum();
        Self {
            values,
            mean,
            energy,
        }
    }
}

/// The integral of the normal distribution (Abramowitz and Stegun 26.2.16,
/// error below 0.00002).
fn normal_cdf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.332_67 * x.abs());
    let density = 0.398_942_3 * (-x * x / 2.0).exp();
    let tail = density * t * (0.436_183_6 + t * (-0.120_167_6 + t * 0.937_298));
    if x >= 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_bar_is_black_in_the_middle_and_half_grey_at_its_edges() {
        let pattern = Pattern {
            widths: &[3.0],
            bar_first: true,
        };
        let optics = Optics {
            blur: 0.4,
            growth: 0.0,
        };
        let alphabet = Alphabet::draw(
            [pattern],
            (Beside::Quiet, Beside::Quiet),
            (0.0, 0.0),
            optics,
        );
        let template = &alphabet.templates[0];
        let value = |i: usize| template.values[i] + template.mean;
        assert_eq!(alphabet.samples, 12);
        assert!(value(7) < 0.01 && value(8) < 0.01);
        assert!((value(1) + value(2) - 1.0).abs() < 0.01);
    }
}
