//! The sides of a Data Matrix opposite its solid corner, where black and white
//! modules alternate.

use super::corner::Corner;
use super::plane::{Line, Point};
use super::tone::Tone;

/// Samples a module along a side.
const PER_MODULE: f32 = 4.0;
/// How far a side may lean beside the leg opposite, radians.
const LEAN_MAX: f32 = 0.45;
/// The shortest and the longest run of one colour in a timing side, modules.
const RUN: (f32, f32) = (0.3, 1.9);
/// How late the first black may begin, modules.
const START_MAX: f32 = 0.7;
/// Fewest runs of a side: eight modules, of which the last melts into the paper.
const RUNS_MIN: usize = 7;
/// More than the longest side has.
const RUNS_MAX: usize = 150;

/// A timing side: modules along it and its outer edge.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    pub modules: usize,
    pub edge: Line,
    /// The middles of the modules, from the leg's end on, as far as they were
    /// seen: half a module inside the edge.
    pub middles: Vec<Point>,
}

/// What one direction shows.
#[derive(Debug, Clone, Default)]
struct Runs {
    /// Where each black run begins and ends, pixels from the start.
    dark: Vec<(f32, f32)>,
}

/// The side from the end of the first leg, opposite the second one.
pub(crate) fn top(corner: &Corner, tone: &Tone, careful: bool) -> Option<Side> {
    let down = (corner.corner - corner.far).unit();
    let along = corner.wide - corner.corner;
    side(
        tone,
        corner.far,
        down * corner.down,
        along,
        corner.across,
        careful,
    )
}

/// The side from the end of the second leg, opposite the first one.
pub(crate) fn right(corner: &Corner, tone: &Tone, careful: bool) -> Option<Side> {
    let inwards = (corner.corner - corner.wide).unit();
    let along = corner.far - corner.corner;
    side(
        tone,
        corner.wide,
        inwards * corner.across,
        along,
        corner.down,
        careful,
    )
}

/// Turns a ray about the leg's end until it runs along alternating modules;
/// first with the picture's thresholds, then with those of the ray itself,
/// then along a bow when what a straight ray shows is too short. `inwards` is
/// a module long, as are `module` pixels along the side.
fn side(
    tone: &Tone,
    end: Point,
    inwards: Point,
    along: Point,
    module: f32,
    careful: bool,
) -> Option<Side> {
    let tries = [
        (Threshold::Picture, 0.0),
        (Threshold::Ray, 0.0),
        (Threshold::Picture, 0.7),
        (Threshold::Picture, -0.7),
        (Threshold::Picture, 1.4),
        (Threshold::Picture, -1.4),
    ];
    let wanted = along.length() / module;
    let mut best: Option<Side> = None;
    let count = if careful { tries.len() } else { 1 };
    for (threshold, bow) in tries.into_iter().take(count) {
        let search = Search {
            tone,
            from: end + inwards * 0.5,
            inwards,
            length: along.length(),
            module,
            reach: 1.5 * along.length() + 4.0 * module,
            threshold,
            bow: inwards * bow,
        };
        let Some(found) = search.side(along) else {
            continue;
        };
        if found.modules as f32 > 0.7 * wanted {
            return Some(found);
        }
        if best.as_ref().is_none_or(|b| b.modules < found.modules) {
            best = Some(found);
        }
    }
    best
}

/// What decides between black and white along a ray.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Threshold {
    Picture,
    /// The middle between the darkest and the lightest point nearby: modules
    /// that blur has made fainter than large areas still show.
    Ray,
}

struct Search<'a> {
    tone: &'a Tone<'a>,
    from: Point,
    inwards: Point,
    length: f32,
    module: f32,
    reach: f32,
    threshold: Threshold,
    /// How far the side's middle lies off the straight line between its ends.
    bow: Point,
}

impl Search<'_> {
    fn side(&self, along: Point) -> Option<Side> {
        let modules = (along.length() / self.module).max(8.0);
        let turn = (0.3 / modules).clamp(0.002, 0.03);
        let turns = (LEAN_MAX / turn) as i32;
        let along = along.unit();
        let ray = |angle: f32| {
            let (sin, cos) = angle.sin_cos();
            along.turned(sin, cos)
        };
        let (mut most, mut angles) = (0, Vec::new());
        let mut line = Vec::new();
        for number in -turns..=turns {
            let angle = number as f32 * turn;
            let count = self.runs(ray(angle), &mut line).dark.len();
            if 2 * count < RUNS_MIN || count < most {
                continue;
            }
            if count > most {
                most = count;
                angles.clear();
            }
            angles.push(angle);
        }
        // The middle of the directions that show most is safest.
        let ray = ray(*angles.get(angles.len() / 2)?);
        let runs = self.runs(ray, &mut line);
        let edge = self.edge(ray, &runs)?;
        Some(Side {
            modules: 2 * runs.dark.len(),
            edge,
            middles: middles(&runs).map(|at| self.place(ray, at)).collect(),
        })
    }

    /// The point at a distance from the start, on the ray or its bow.
    fn place(&self, ray: Point, at: f32) -> Point {
        let part = at / self.length;
        self.from + ray * at + self.bow * (4.0 * part * (1.0 - part))
    }

    /// The regular runs from the start on; they end with the first too long.
    fn runs(&self, ray: Point, line: &mut Vec<f32>) -> Runs {
        let step = (self.module / PER_MODULE).max(0.4);
        let count = (self.reach / step) as usize;
        let at = |index: usize| self.tone.darkness(self.place(ray, index as f32 * step));
        match self.threshold {
            // Most rays end after a few modules; what lies behind is not sampled.
            Threshold::Picture => self.regular(step, (0..count).map(at)),
            Threshold::Ray => {
                line.clear();
                line.extend((0..count).map(at));
                center(line, (1.4 * self.module / step) as usize);
                self.regular(step, line.iter().copied())
            }
        }
    }

    /// Cuts samples at even steps into runs.
    fn regular(&self, step: f32, samples: impl Iterator<Item = f32>) -> Runs {
        let mut runs = Runs::default();
        let late = (START_MAX * self.module / step) as usize;
        let longest = RUN.1 * self.module;
        let (mut start, mut is_dark, mut before) = (None, true, 0.0f32);
        for (index, now) in samples.enumerate() {
            let at = index as f32 * step;
            let Some(since) = start else {
                if now > 0.0 {
                    start = Some(at);
                } else if index >= late {
                    break;
                }
                before = now;
                continue;
            };
            if (now > 0.0) != is_dark {
                let share = before.abs() / (before.abs() + now.abs()).max(1.0);
                let end = at - step + share * step;
                let length = end - since;
                let is_regular = length >= RUN.0 * self.module && length <= longest;
                if !is_regular || 2 * runs.dark.len() >= RUNS_MAX {
                    break;
                }
                if is_dark {
                    runs.dark.push((since, end));
                }
                (start, is_dark) = (Some(end), !is_dark);
            } else if at - since > longest + step {
                break;
            }
            before = now;
        }
        runs
    }

    /// The line along the outer edges of the black modules.
    fn edge(&self, ray: Point, runs: &Runs) -> Option<Line> {
        let places = runs.dark.iter().map(|&(a, b)| (a + b) / 2.0);
        let mut points: Vec<Point> = places
            .filter_map(|at| {
                let part = at / self.length;
                let bow = self.bow * (4.0 * part * (1.0 - part));
                let crossing = self.crossing_outwards(self.place(ray, at))?;
                Some(crossing - bow)
            })
            .collect();
        for _ in 0..2 {
            let line = Line::through(&points)?;
            let near = |p: &Point| line.offset(*p).abs() <= 0.35 * self.inwards.length();
            let kept: Vec<Point> = points.iter().copied().filter(near).collect();
            if kept.len() == points.len() || kept.len() < 3 {
                return Some(line);
            }
            points = kept;
        }
        Line::through(&points)
    }

    /// Where black ends on the way out of the code, within a module and a half.
    fn crossing_outwards(&self, from: Point) -> Option<Point> {
        let step = (1.0 / 6.0f32).max(0.25 / self.inwards.length());
        let dark = |at: f32| self.tone.darkness(from - self.inwards * at);
        let mut before = dark(0.0);
        let mut at = step;
        while at <= 1.5 {
            let now = dark(at);
            if before > 0.0 && now <= 0.0 {
                let share = before / (before - now).max(1.0);
                return Some(from - self.inwards * (at - step + step * share));
            }
            before = now;
            at += step;
        }
        None
    }
}

/// The middles of black runs and of the white ones between them.
fn middles(runs: &Runs) -> impl Iterator<Item = f32> + '_ {
    let next = runs.dark.iter().skip(1).map(Some).chain([None]);
    runs.dark.iter().zip(next).flat_map(|(this, next)| {
        let white = next.map(|next| (this.1 + next.0) / 2.0);
        [Some((this.0 + this.1) / 2.0), white].into_iter().flatten()
    })
}

/// Moves each value by the middle of the extremes around it; where there is no
/// contrast it counts as light.
fn center(line: &mut [f32], reach: usize) {
    const CONTRAST_MIN: f32 = 10.0;
    let given = line.to_vec();
    for (index, value) in line.iter_mut().enumerate() {
        let from = index.saturating_sub(reach);
        let to = (index + reach + 1).min(given.len());
        let around = given.get(from..to).unwrap_or_default();
        let low = around.iter().copied().fold(f32::MAX, f32::min);
        let high = around.iter().copied().fold(f32::MIN, f32::max);
        *value = if high - low < CONTRAST_MIN {
            -CONTRAST_MIN
        } else {
            *value - (low + high) / 2.0
        };
    }
}
