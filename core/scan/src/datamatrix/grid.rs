//! The modules of a Data Matrix: sizes, sampling, decoding.

use datamatrix::placement::MatrixMap;

use super::corner::Corner;
use super::plane::{Point, Projection};
use super::sides::Side;
use super::sizes;
use super::stream::{self, Content};
use super::tone::Tone;
/// Share of finder modules that must have their colour before decoding is tried.
const FINDER_SHARE_MIN: f32 = 0.78;

/// A symbol that was read.
pub(crate) struct Decoded {
    pub content: Content,
    pub corners: [Point; 4],
}

/// Sizes near the counted one, the likeliest first.
fn near_sizes(rows: usize, columns: usize) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let near = |n: usize, delta: i64| usize::try_from(n as i64 + delta).unwrap_or(0);
    let deltas: [(i64, i64); 9] = [
        (0, 0),
        (0, -2),
        (-2, 0),
        (0, 2),
        (2, 0),
        (2, 2),
        (-2, -2),
        (2, -2),
        (-2, 2),
    ];
    all.extend(deltas.map(|(r, c)| (near(rows, r), near(columns, c))));
    if rows.abs_diff(columns) <= 6 {
        all.push((rows, rows));
        all.push((columns, columns));
    }
    let mut seen = Vec::new();
    for (rows, columns) in all {
        if sizes::exists(rows, columns) && !seen.contains(&(rows, columns)) {
            seen.push((rows, columns));
        }
    }
    seen
}

/// Samples and decodes the symbol between a corner and its two timing sides.
pub(crate) fn read(corner: &Corner, top: &Side, right: &Side, tone: &Tone) -> Option<Decoded> {
    let tl = top.edge.crossing(&corner.left)?;
    let br = right.edge.crossing(&corner.bottom)?;
    let tr = top.edge.crossing(&right.edge)?;
    let corners = [tl, tr, br, corner.corner];
    for (rows, columns) in near_sizes(right.modules, top.modules) {
        let found = read_at(corners, (rows, columns), (top, right), tone);
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Tries a few places for the corner that nothing marks, then bends the grid
/// to the edges as they lie.
fn read_at(
    corners: [Point; 4],
    (rows, columns): (usize, usize),
    sides: (&Side, &Side),
    tone: &Tone,
) -> Option<Decoded> {
    let [tl, tr, br, bl] = corners;
    let across = (br - bl) * (1.0 / columns as f32);
    let down = (bl - tl) * (1.0 / rows as f32);
    let mut best: Option<(f32, [Point; 4])> = None;
    for (x, y) in [
        (0.0, 0.0),
        (0.4, 0.0),
        (-0.4, 0.0),
        (0.0, 0.4),
        (0.0, -0.4),
        (0.4, -0.4),
        (-0.4, 0.4),
    ] {
        let moved = [tl, tr + across * x + down * y, br, bl];
        let grid = Grid::flat(moved, rows, columns)?;
        let share = grid.finder_share(tone);
        if best.is_none_or(|(known, _)| share > known) {
            best = Some((share, moved));
        }
        if share >= FINDER_SHARE_MIN {
            let found = grid.decode(tone, moved);
            if found.is_some() {
                return found;
            }
        }
        if share < FINDER_SHARE_MIN - 0.2 {
            break;
        }
    }
    let (share, corners) = best?;
    if share < FINDER_SHARE_MIN - 0.08 {
        return None;
    }
    let mut grid = Grid::flat(corners, rows, columns)?;
    grid.bend(tone, sides);
    (grid.finder_share(tone) >= FINDER_SHARE_MIN)
        .then(|| grid.decode(tone, corners))
        .flatten()
}

/// Where the modules lie.
struct Grid {
    map: Projection,
    rows: usize,
    columns: usize,
    /// How far the true left, right, top and bottom edges lie from the flat
    /// ones at each row or column.
    bends: Option<[Vec<Point>; 4]>,
    /// How far the true columns and rows lie beside even ones.
    shifts: [Vec<Point>; 2],
}

impl Grid {
    fn flat(corners: [Point; 4], rows: usize, columns: usize) -> Option<Self> {
        let map = Projection::new(corners, columns as f32, rows as f32)?;
        Some(Self {
            map,
            rows,
            columns,
            bends: None,
            shifts: [Vec::new(), Vec::new()],
        })
    }

    /// A place inside the grid, with the bends of the four edges blended in.
    fn at(&self, column: f32, row: f32) -> Point {
        let flat = self.map.at(column, row);
        let Some([left, right, top, bottom]) = &self.bends else {
            return flat;
        };
        let (u, v) = (column / self.columns as f32, row / self.rows as f32);
        let bend = |edge: &[Point], at: f32| edge.get(at as usize).copied().unwrap_or(NOWHERE);
        flat + bend(left, row) * (1.0 - u)
            + bend(right, row) * u
            + bend(top, column) * (1.0 - v)
            + bend(bottom, column) * v
            + bend(&self.shifts[0], column)
            + bend(&self.shifts[1], row)
    }

    fn darkness(&self, tone: &Tone, column: usize, row: usize) -> f32 {
        const PLACES: [(f32, f32); 5] =
            [(0.5, 0.5), (0.3, 0.4), (0.6, 0.3), (0.7, 0.6), (0.4, 0.7)];
        let at = |(x, y): (f32, f32)| tone.darkness(self.at(column as f32 + x, row as f32 + y));
        PLACES.into_iter().map(at).sum::<f32>()
    }

    /// How much of the solid corner is black and of the other sides alternates;
    /// the worse of both.
    fn finder_share(&self, tone: &Tone) -> f32 {
        let (rows, columns) = (self.rows, self.columns);
        let black =
            |x: usize, y: usize| tone.darkness(self.at(x as f32 + 0.5, y as f32 + 0.5)) > 0.0;
        let left = (0..rows).filter(|&y| black(0, y)).count();
        let bottom = (0..columns).filter(|&x| black(x, rows - 1)).count();
        let top = (0..columns)
            .filter(|&x| black(x, 0) == (x % 2 == 0))
            .count();
        let right = (0..rows)
            .filter(|&y| black(columns - 1, y) == (y % 2 == 1))
            .count();
        let all = (rows + columns) as f32;
        ((left + bottom) as f32 / all).min((top + right) as f32 / all)
    }

    /// Decodes by the picture's thresholds, then by those of the modules around.
    fn decode(&self, tone: &Tone, corners: [Point; 4]) -> Option<Decoded> {
        let mut darkness = Vec::with_capacity(self.rows * self.columns);
        for row in 0..self.rows {
            darkness.extend((0..self.columns).map(|column| self.darkness(tone, column, row)));
        }
        let content = self.decode_modules(&darkness).or_else(|| {
            let local = local_contrast(&darkness, self.columns);
            self.decode_modules(&local)
        })?;
        Some(Decoded { content, corners })
    }

    fn decode_modules(&self, darkness: &[f32]) -> Option<Content> {
        let modules: Vec<bool> = darkness.iter().map(|&d| d > 0.0).collect();
        decode(&modules, self.rows, self.columns)
    }

    /// Finds the true edges and remembers how they differ from straight ones.
    fn bend(&mut self, tone: &Tone, (top, right): (&Side, &Side)) {
        if top.modules == self.columns && right.modules == self.rows {
            let last = self.rows as f32 - 0.5;
            let column = self.shifted(&top.middles, self.columns, |i| (i + 0.5, 0.5));
            let side = self.columns as f32 - 0.5;
            let mut row = self.shifted(&right.middles, self.rows, |i| (side, last - i));
            row.reverse();
            self.shifts = [column, row];
        }
        let (columns, rows) = (self.columns as f32, self.rows as f32);
        let left = self.bent_edge(tone, self.rows, |i| ((0.0, i), (1.0, i)));
        let right = self.bent_edge(tone, self.rows, |i| ((columns, i), (columns - 1.0, i)));
        let top = self.bent_edge(tone, self.columns, |i| ((i, 0.0), (i, 1.0)));
        let bottom = self.bent_edge(tone, self.columns, |i| ((i, rows), (i, rows - 1.0)));
        self.bends = Some([left, right, top, bottom]);
    }

    /// How far the modules of a timing side lie beside even ones, along it.
    fn shifted(
        &self,
        middles: &[Point],
        count: usize,
        place: impl Fn(f32) -> (f32, f32),
    ) -> Vec<Point> {
        let at = |i: f32| {
            let (column, row) = place(i);
            self.map.at(column, row)
        };
        let along = (at(count as f32 - 1.0) - at(0.0)).unit();
        let shift = |i: usize| {
            let middle = middles.get(i).or(middles.last()).copied();
            let seen = i.min(middles.len().saturating_sub(1));
            middle.map_or(NOWHERE, |m| along * along.dot(m - at(seen as f32)))
        };
        (0..count).map(shift).collect()
    }

    /// For each module along an edge how far outwards black ends, where it can
    /// be told; between such places interpolated. `place` gives a point of the
    /// edge and one a module further in, in module coordinates.
    fn bent_edge(
        &self,
        tone: &Tone,
        count: usize,
        place: impl Fn(f32) -> ((f32, f32), (f32, f32)),
    ) -> Vec<Point> {
        let mut known: Vec<Option<Point>> = Vec::with_capacity(count);
        for index in 0..count {
            let (edge, inner) = place(index as f32 + 0.5);
            let (edge, inner) = (self.map.at(edge.0, edge.1), self.map.at(inner.0, inner.1));
            let outwards = edge - inner;
            let start = inner + outwards * 0.5;
            let dark = |t: f32| tone.darkness(start + outwards * t);
            let steps = 0..12u8;
            let crossing = steps
                .map(|step| f32::from(step) * 0.125)
                .find(|&t| dark(t) > 0.0 && dark(t + 0.125) <= 0.0);
            let offset = crossing.map(|t| t + 0.0625 - 0.5);
            known.push(offset.map(|t| outwards * t));
        }
        smooth(&known)
    }
}

const NOWHERE: Point = Point::new(0.0, 0.0);

/// The mean of what is known within three places; nothing known is no bend.
fn smooth(known: &[Option<Point>]) -> Vec<Point> {
    let mean = |index: usize| {
        let from = index.saturating_sub(3);
        let near = known.iter().skip(from).take(index + 4 - from).flatten();
        let (sum, count) = near.fold((NOWHERE, 0.0f32), |(s, n), &p| (s + p, n + 1.0));
        sum * (1.0 / count.max(1.0))
    };
    (0..known.len()).map(mean).collect()
}

/// Each value less the middle of the extremes among the modules around it.
fn local_contrast(darkness: &[f32], columns: usize) -> Vec<f32> {
    let rows = darkness.len() / columns.max(1);
    let value = |x: usize, y: usize| darkness.get(y * columns + x).copied();
    let mut out = Vec::with_capacity(darkness.len());
    for y in 0..rows {
        for x in 0..columns {
            let (mut low, mut high) = (f32::MAX, f32::MIN);
            for ny in y.saturating_sub(2)..(y + 3).min(rows) {
                for nx in x.saturating_sub(2)..(x + 3).min(columns) {
                    let one = value(nx, ny).unwrap_or(0.0);
                    (low, high) = (low.min(one), high.max(one));
                }
            }
            out.push(value(x, y).unwrap_or(0.0) - (low + high) / 2.0);
        }
    }
    out
}

/// Error correction and content, then the same for a symbol seen in a mirror.
pub(crate) fn decode(modules: &[bool], rows: usize, columns: usize) -> Option<Content> {
    codewords(modules.to_vec(), rows, columns)
        .or_else(|| {
            let turned = |i: usize| {
                let (x, y) = (columns - 1 - i / rows, rows - 1 - i % rows);
                modules.get(y * columns + x) == Some(&true)
            };
            codewords((0..rows * columns).map(turned).collect(), columns, rows)
        })
        .and_then(|codewords| stream::decode(&codewords))
}

/// The corrected data codewords of a symbol's modules. Finder and timing
/// modules are known and overwritten by what they must be.
fn codewords(mut modules: Vec<bool>, rows: usize, columns: usize) -> Option<Vec<u8>> {
    let size = sizes::size(rows, columns)?;
    let (region_rows, region_columns) = (rows / size.down, columns / size.across);
    for (index, module) in modules.iter_mut().enumerate() {
        let (x, y) = (
            index % columns % region_columns,
            index / columns % region_rows,
        );
        if x == 0 || y == region_rows - 1 {
            *module = true;
        } else if y == 0 {
            *module = x % 2 == 0;
        } else if x == region_columns - 1 {
            *module = y % 2 == 1;
        }
    }
    fix_filler(&mut modules, rows, columns);
    let (map, known) = MatrixMap::try_from_bits(&modules, columns).ok()?;
    let mut codewords = map.codewords();
    datamatrix::errorcode::decode_error(&mut codewords, known).ok()?;
    codewords.truncate(size.data);
    Some(codewords)
}

/// Four modules in the corner that some sizes leave over have fixed colours.
fn fix_filler(modules: &mut [bool], rows: usize, columns: usize) {
    const LEFT_OVER: [usize; 4] = [12, 16, 20, 24];
    let leaves = |n: usize| LEFT_OVER.contains(&n);
    if rows != columns || !leaves(rows) {
        return;
    }
    for (x, y, dark) in [(3, 3, true), (2, 3, false), (3, 2, false), (2, 2, true)] {
        let place = (rows - y) * columns + columns - x;
        if let Some(module) = modules.get_mut(place) {
            *module = dark;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datamatrix::{DataMatrix, SymbolList};

    /// The modules of a code as an independent encoder draws it.
    fn drawn(data: &[u8], list: SymbolList) -> (Vec<bool>, usize, usize, Vec<u8>) {
        let code = DataMatrix::encode(data, list).expect("it fits");
        let bitmap = code.bitmap();
        let (rows, columns) = (bitmap.height(), bitmap.width());
        let bits = bitmap.bits().to_vec();
        (bits, rows, columns, code.data_codewords().to_vec())
    }

    #[test]
    fn every_size_gives_its_codewords_back_and_mends_its_finder() {
        let mut seen = 0;
        for symbol in SymbolList::all().iter() {
            let (mut bits, rows, columns, data) = drawn(b"7Q2", symbol.into());
            bits[0] = false;
            bits[rows * columns - 1] ^= true;
            assert_eq!(
                codewords(bits, rows, columns),
                Some(data),
                "{rows} x {columns}"
            );
            seen += 1;
        }
        assert_eq!(seen, sizes::SIZES.len());
    }

    #[test]
    fn counted_sizes_come_first_and_only_real_ones() {
        assert_eq!(near_sizes(18, 18).first(), Some(&(18, 18)));
        assert!(near_sizes(28, 26).contains(&(26, 26)));
        assert!(near_sizes(9, 200).is_empty());
    }
}
