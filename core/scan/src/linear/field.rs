//! Where the picture holds parallel edges, and which way they run.
//!
//! The picture is cut into cells; in each the structure tensor (sums of squared
//! gradients) says how strong the edges are and whether they all run one way
//! (coherence). Neighbouring cells of one direction grow into a [`Region`].

use std::f32::consts::PI;

use crate::Luma;

/// Pixels looked at on a side of a cell, across.
const CELL: usize = 8;
/// What one pixel's squared gradient weighs in the sums of a cell: gradients
/// are halved.
const WEIGHT: f32 = 16.0;
/// Least mean squared gradient (over two pixels) of a cell that counts.
const ENERGY_MIN: f32 = 24.0;
/// Least coherence of a cell that counts: 1 is perfectly parallel edges.
const COHERENCE_MIN: f32 = 0.45;
/// How far apart, in cells, two cells of a region may lie: a wide bar can fill
/// cells and leave no edge in them.
const REACH: i64 = 2;
/// Cosine of twice the angle by which a cell may differ from its region.
const COS_TWICE_MAX: f32 = 0.75;

/// A part of the picture whose edges are parallel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Region {
    /// A point inside, in pixels.
    pub center: (f32, f32),
    /// Unit vector across the bars.
    pub across: (f32, f32),
    /// Extent across the bars relative to the center, pixels.
    pub along: (f32, f32),
    /// Extent along the bars relative to the center, pixels.
    pub height: (f32, f32),
    /// Larger is more like a code.
    pub score: f32,
}

#[derive(Clone, Copy, Default)]
struct Cell {
    /// Gradient direction of double angle, weighted by its energy.
    cos: f32,
    sin: f32,
    energy: f32,
    good: bool,
}

struct Grid {
    cells: Vec<Cell>,
    wide: i64,
    high: i64,
    size: f32,
}

impl Region {
    /// The whole picture, read across (`upright` false) or down.
    pub fn whole(luma: &Luma, upright: bool) -> Self {
        let (w, h) = (luma.width as f32, luma.height as f32);
        let across = if upright { (0.0, 1.0) } else { (1.0, 0.0) };
        let (long, tall) = if upright { (h, w) } else { (w, h) };
        Self {
            center: (w / 2.0, h / 2.0),
            across,
            along: (-long / 2.0, long / 2.0),
            height: (-tall / 2.0, tall / 2.0),
            score: 0.0,
        }
    }

    /// The point `u` pixels across and `v` pixels along the bars.
    pub fn point(&self, u: f32, v: f32) -> (f32, f32) {
        let (x, y) = self.across;
        (self.center.0 + u * x - v * y, self.center.1 + u * y + v * x)
    }
}

/// The regions of the picture, the most promising first, at most `count`.
pub(crate) fn regions(luma: &Luma, count: usize) -> Vec<Region> {
    let grid = grid(luma);
    let mut seen = vec![false; grid.cells.len()];
    let mut found: Vec<Region> = (0..grid.cells.len())
        .filter_map(|seed| grow(&grid, seed, &mut seen))
        .collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(count);
    found
}

fn grid(luma: &Luma) -> Grid {
    // Large pictures are looked at more coarsely: their codes are larger, too.
    let step = (luma.width.max(luma.height) as usize / 900 + 1).min(6);
    let size = CELL * step;
    let (wide, high) = (luma.width as usize / size, luma.height as usize / size);
    let mut cells = Vec::with_capacity(wide * high);
    for cy in 0..high {
        let mut sums = vec![[0_i32; 3]; wide];
        for y in (cy * size..(cy + 1) * size).step_by(step) {
            add_row(luma, y, step, &mut sums);
        }
        cells.extend(sums.into_iter().map(cell));
    }
    Grid {
        cells,
        wide: wide as i64,
        high: high as i64,
        size: size as f32,
    }
}

/// Adds the gradients of one line to the cells it runs through, `step` pixels
/// apart.
fn add_row(luma: &Luma, y: usize, step: usize, sums: &mut [[i32; 3]]) {
    let row_len = luma.width as usize;
    let row = |y: usize| luma.pixels.get(y * row_len..(y + 1) * row_len);
    let last = (luma.height as usize).saturating_sub(1);
    let (Some(above), Some(here), Some(below)) =
        (row(y.saturating_sub(1)), row(y), row((y + 1).min(last)))
    else {
        return;
    };
    // One pixel on either side is read: the first column stays out, and the last
    // cell's last one unless there are more.
    let size = CELL * step;
    let left = here.chunks_exact(size);
    let right = here.get(2..).unwrap_or_default().chunks(size);
    let up = above.get(1..).unwrap_or_default().chunks(size);
    let down = below.get(1..).unwrap_or_default().chunks(size);
    for (((sum, left), right), (up, down)) in sums.iter_mut().zip(left).zip(right).zip(up.zip(down))
    {
        let picked = |part: &[u8]| picked(part, step);
        let (left, right, up, down) = (picked(left), picked(right), picked(up), picked(down));
        let (mut cos, mut sin, mut energy) = (0, 0, 0);
        for i in 0..CELL {
            // Halved, so that products fit into sixteen bits.
            let gx = (right[i] - left[i]) >> 1;
            let gy = (down[i] - up[i]) >> 1;
            let (xx, yy) = (i32::from(gx * gx), i32::from(gy * gy));
            cos += xx - yy;
            sin += i32::from(gx * gy);
            energy += xx + yy;
        }
        sum[0] += cos;
        sum[1] += 2 * sin;
        sum[2] += energy;
    }
}

/// Pixels `step` apart; those beyond the end are as the first one.
fn picked(part: &[u8], step: usize) -> [i16; CELL] {
    if let (1, Some(all)) = (step, part.first_chunk::<CELL>()) {
        return all.map(i16::from);
    }
    let first = part.first().copied().unwrap_or(0);
    std::array::from_fn(|i| i16::from(part.get(i * step).copied().unwrap_or(first)))
}

fn cell([cos, sin, energy]: [i32; 3]) -> Cell {
    let (cos, sin, energy) = (
        cos as f32 / WEIGHT,
        sin as f32 / WEIGHT,
        energy as f32 / WEIGHT,
    );
    Cell {
        cos,
        sin,
        energy,
        good: energy > ENERGY_MIN && length(cos, sin) > COHERENCE_MIN * energy,
    }
}

/// Without the care for overflow that `hypot` pays for.
fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

/// The region around one cell, when there is one worth reading.
fn grow(grid: &Grid, seed: usize, seen: &mut [bool]) -> Option<Region> {
    let first = grid.cells.get(seed)?;
    if !first.good || *seen.get(seed)? {
        return None;
    }
    let mut members = vec![seed];
    let (mut cos, mut sin) = (first.cos, first.sin);
    *seen.get_mut(seed)? = true;
    let mut next = 0;
    while let Some(&at) = members.get(next) {
        next += 1;
        let (x, y) = (at as i64 % grid.wide, at as i64 / grid.wide);
        for ny in (y - REACH).max(0)..=(y + REACH).min(grid.high - 1) {
            for nx in (x - REACH).max(0)..=(x + REACH).min(grid.wide - 1) {
                let index = (ny * grid.wide + nx) as usize;
                let (Some(cell), Some(mark)) = (grid.cells.get(index), seen.get_mut(index)) else {
                    continue;
                };
                if *mark || !cell.good {
                    continue;
                }
                let agreement = cell.cos * cos + cell.sin * sin;
                let most = length(cell.cos, cell.sin) * length(cos, sin);
                if agreement < COS_TWICE_MAX * most {
                    continue;
                }
                *mark = true;
                cos += cell.cos;
                sin += cell.sin;
                members.push(index);
            }
        }
    }
    outline(grid, &members, cos, sin)
}

fn outline(grid: &Grid, members: &[usize], cos: f32, sin: f32) -> Option<Region> {
    if members.len() < 4 {
        return None;
    }
    let mut angle = 0.5 * sin.atan2(cos);
    if angle > PI / 2.0 - 0.01 {
        angle -= PI;
    }
    let across = (angle.cos(), angle.sin());
    let place = |&index: &usize| {
        let (x, y) = (index as i64 % grid.wide, index as i64 / grid.wide);
        ((x as f32 + 0.5) * grid.size, (y as f32 + 0.5) * grid.size)
    };
    let count = members.len() as f32;
    let (sx, sy) = members
        .iter()
        .map(place)
        .fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    let center = (sx / count, sy / count);
    let mut us: Vec<f32> = Vec::with_capacity(members.len());
    let mut vs: Vec<f32> = Vec::with_capacity(members.len());
    let mut energy = 0.0;
    for index in members {
        let (x, y) = place(index);
        let (dx, dy) = (x - center.0, y - center.1);
        us.push(dx * across.0 + dy * across.1);
        vs.push(dy * across.0 - dx * across.1);
        energy += grid.cells.get(*index).map_or(0.0, |c| c.energy.sqrt());
    }
    let (along, height) = (extent(&mut us, grid.size), extent(&mut vs, grid.size));
    let long = along.1 - along.0;
    // Shorter than the shortest code at one pixel a module.
    (long >= 48.0).then(|| Region {
        center,
        across,
        along,
        height,
        // A single long line is coherent, too, but it has no length across.
        score: energy * (long / (height.1 - height.0)).min(1.0),
    })
}

/// Where the values lie, but for a stray few.
fn extent(values: &mut [f32], size: f32) -> (f32, f32) {
    values.sort_by(f32::total_cmp);
    let cut = values.len() / 64;
    let low = values.get(cut).copied().unwrap_or(0.0);
    let high = values.get(values.len() - 1 - cut).copied().unwrap_or(0.0);
    (low - size / 2.0, high + size / 2.0)
}
