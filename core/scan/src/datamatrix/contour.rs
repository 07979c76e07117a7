//! Straight stretches along the borders between black and white.
//!
//! Borders are followed along the cracks between pixels with black on the left
//! hand (down the left side of a black shape, then along its bottom). The
//! middles of the cracks lie evenly on both sides of the true edge, so a line
//! fitted to them has no bias.

use super::plane::{Line, Point};
use crate::Span;
use crate::black::Black;

/// Borders shorter than this, in pixels, hold no leg of a finder pattern.
const BORDER_MIN: usize = 32;
/// The least extent of a border with a corner in it, pixels, across and down.
const EXTENT_MIN: f32 = 8.5;
/// Pieces shorter than this are not looked at, pixels.
const PIECE_MIN: f32 = 4.0;
/// Stretches shorter than this are not reported, pixels.
const STRETCH_MIN: f32 = 8.5;
/// How far a border may stray from a straight line, pixels.
const STRAY_MAX: f32 = 0.9;
/// How far merged pieces may stray from a common line, pixels.
const MERGED_STRAY_MAX: f32 = 1.6;

/// A straight stretch of border, black on its left.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    pub start: Point,
    pub end: Point,
    /// Fitted to the border's points, directed from start to end.
    pub line: Line,
}

impl Stretch {
    pub fn length(&self) -> f32 {
        self.start.distance(self.end)
    }

    /// Walks the other way, with white on the left.
    pub fn reverse(&mut self) {
        std::mem::swap(&mut self.start, &mut self.end);
        self.line.along = self.line.along * -1.0;
    }
}

/// All straight stretches of a black and white picture, without borders that
/// begin in one of the `known` boxes.
pub(crate) fn stretches(black: &Black, known: &[Span]) -> Vec<Stretch> {
    let mut seen = vec![0u8; black.cells.len()];
    let mut border = Vec::new();
    let mut found = Vec::new();
    let stride = black.stride();
    for (y, row) in black.cells.chunks_exact(stride).enumerate() {
        for_left_sides(row, |x| {
            let at = Point::new(x as f32 - 1.0, y as f32 - 1.0);
            let is_done = seen.get(y * stride + x) != Some(&0);
            if is_done || known.iter().any(|span| span.holds(at.x, at.y)) {
                return;
            }
            follow(black, y * stride + x, at, &mut seen, &mut border);
            if border.len() >= BORDER_MIN && is_large(&border) {
                straight_parts(&border, &mut found);
            }
        });
    }
    found
}

/// Whether a border is large enough both across and down.
fn is_large(border: &[Point]) -> bool {
    let (mut low, mut high) = (at(border, 0), at(border, 0));
    for point in border {
        (low.x, low.y) = (low.x.min(point.x), low.y.min(point.y));
        (high.x, high.y) = (high.x.max(point.x), high.y.max(point.y));
    }
    (high.x - low.x).min(high.y - low.y) >= EXTENT_MIN
}

/// Calls for every black cell of a row whose left neighbour is white, sixteen
/// cells at a time: most have no border among them.
fn for_left_sides(row: &[u8], mut call: impl FnMut(usize)) {
    const WIDE: usize = 16;
    let word = |part: &[u8]| {
        let mut bytes = [0; WIDE];
        match <[u8; WIDE]>::try_from(part) {
            Ok(all) => bytes = all,
            Err(_) => bytes.iter_mut().zip(part).for_each(|(b, cell)| *b = *cell),
        }
        u128::from_le_bytes(bytes)
    };
    let here = row.get(1..).unwrap_or_default();
    for (i, (cells, before)) in here.chunks(WIDE).zip(row.chunks(WIDE)).enumerate() {
        let mut sides = word(cells) & !word(before);
        while sides != 0 {
            call(1 + i * WIDE + sides.trailing_zeros() as usize / 8);
            sides &= sides - 1;
        }
    }
}

/// Follows the border that has the left side of the cell `first` in it, whose
/// upper left corner is `at`, and gathers the middles of its cracks. `seen`
/// marks cells whose left side was passed.
fn follow(black: &Black, first: usize, mut at: Point, seen: &mut [u8], border: &mut Vec<Point>) {
    border.clear();
    let cells = black.cells.as_slice();
    // Cells above the first row do not exist: their numbers wrap, and are none.
    let is_black = |cell: usize| cells.get(cell) == Some(&1);
    let (down, up) = (black.stride(), 0usize.wrapping_sub(black.stride()));
    let back = usize::MAX;
    // Directions are down, right, up, left; for each the step, the cells ahead
    // of a vertex (named after the cell south-east of it) on the left and the
    // right, and the step in pixels.
    let ways = [
        (down, 0, back, (0.0f32, 1.0f32)),
        (1, up, 0, (1.0, 0.0)),
        (up, up.wrapping_sub(1), up, (0.0, -1.0)),
        (back, back, up.wrapping_sub(1), (-1.0, 0.0)),
    ];
    let (mut vertex, mut direction) = (first, 0usize);
    let most = cells.len() * 2;
    loop {
        if direction == 0
            && let Some(mark) = seen.get_mut(vertex)
        {
            *mark = 1;
        }
        let Some((step, left, right, (dx, dy))) = ways.get(direction).copied() else {
            return;
        };
        border.push(Point::new(at.x + 0.5 * dx, at.y + 0.5 * dy));
        at = Point::new(at.x + dx, at.y + dy);
        vertex = vertex.wrapping_add(step);
        if is_black(vertex.wrapping_add(right)) {
            direction = (direction + 3) & 3;
        } else if !is_black(vertex.wrapping_add(left)) {
            direction = (direction + 1) & 3;
        }
        if vertex == first && direction == 0 || border.len() > most {
            return;
        }
    }
}

/// A part of a border by the numbers of its first and last point.
#[derive(Clone, Copy)]
struct Piece {
    from: usize,
    to: usize,
}

/// Cuts a closed border into straight pieces and joins those that continue one
/// another across small flaws.
fn straight_parts(border: &[Point], found: &mut Vec<Stretch>) {
    let pieces = pieces(border);
    let mut current: Option<(Piece, Line)> = None;
    let fitted = |piece: Piece| fit(border, piece);
    for piece in pieces {
        let Some(line) = fitted(piece) else { continue };
        if let Some((open, open_line)) = current {
            let joined = Piece {
                from: open.from,
                to: piece.to,
            };
            let line = continues(border, open, &open_line, piece, &line)
                .then(|| fitted(joined))
                .flatten()
                .filter(|line| {
                    strays(border, joined, line)
                        <= MERGED_STRAY_MAX + (joined.to - joined.from) as f32 / 200.0
                });
            if let Some(line) = line {
                current = Some((joined, line));
                continue;
            }
            found.extend(stretch(border, open, &open_line));
        }
        current = Some((piece, line));
    }
    if let Some((open, line)) = current {
        found.extend(stretch(border, open, &line));
    }
}

/// Greedy straight pieces of at least [`PIECE_MIN`]. The border is closed, and
/// begins at the first clear bend so that no side is cut where it was entered.
fn pieces(border: &[Point]) -> Vec<Piece> {
    let count = border.len();
    let begin = first_bend(border);
    let mut pieces = Vec::new();
    let (mut from, end) = (begin, begin + count);
    while from < end {
        let to = straight_until(border, from, end);
        let ends = (at(border, from), at(border, to));
        if ends.0.distance(ends.1) >= PIECE_MIN {
            pieces.push(Piece { from, to });
        }
        from = to.max(from + 1);
    }
    pieces
}

fn at(border: &[Point], index: usize) -> Point {
    let mut index = index;
    // At most a few rounds; a division for each point would be felt.
    while index >= border.len() && !border.is_empty() {
        index -= border.len();
    }
    border.get(index).copied().unwrap_or(Point::new(0.0, 0.0))
}

/// The point farthest from the border's first point is a corner.
fn first_bend(border: &[Point]) -> usize {
    let origin = at(border, 0);
    let far = border
        .iter()
        .enumerate()
        .map(|(i, &p)| (i, (p - origin).dot(p - origin)))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    far.map_or(0, |(i, _)| i)
}

/// The last point of a straight piece: the cone of directions from the first
/// point that pass all points within [`STRAY_MAX`] stays open.
fn straight_until(border: &[Point], from: usize, end: usize) -> usize {
    let origin = at(border, from);
    let mut cone: Option<(Point, Point)> = None;
    let mut reach = 0.0f32;
    let mut last = from;
    // Every other point will do: the border strays no farther in between.
    for index in (from + 1..end).step_by(2) {
        let to = at(border, index) - origin;
        let square = to.dot(to);
        if square > 4.0 {
            let over = 1.0 / square.sqrt();
            let length = square * over;
            // A border that turns back is at its end.
            if length + 2.0 < reach {
                break;
            }
            let sine = STRAY_MAX * over;
            // The cosine, near enough for sines under a half.
            let cosine = 1.0 - 0.5 * sine * sine - 0.125 * sine * sine * sine * sine;
            // Only the directions matter, not the lengths.
            let (low, high) = (to.turned(-sine, cosine), to.turned(sine, cosine));
            cone = match cone {
                None => Some((low, high)),
                Some((a, b)) => {
                    if a.cross(to) < 0.0 || to.cross(b) < 0.0 {
                        break;
                    }
                    let a = if a.cross(low) > 0.0 { low } else { a };
                    let b = if high.cross(b) > 0.0 { high } else { b };
                    Some((a, b))
                }
            };
            reach = reach.max(length);
        }
        last = index;
    }
    last
}

/// The line through a piece without its ends, which round the corners.
fn fit(border: &[Point], piece: Piece) -> Option<Line> {
    let count = piece.to - piece.from + 1;
    let cut = (count / 12).min(6) + 1;
    let step = (count / 200).max(1);
    let (from, to) = if count > 3 * cut {
        (piece.from + cut, piece.to - cut)
    } else {
        (piece.from, piece.to)
    };
    let points: Vec<_> = (from..=to).step_by(step).map(|i| at(border, i)).collect();
    Line::through(&points)
}

/// Whether a piece goes on where the one before it ended, in its direction.
fn continues(border: &[Point], open: Piece, open_line: &Line, next: Piece, line: &Line) -> bool {
    let gap = next.from.saturating_sub(open.to) as f32;
    let lengths = (
        at(border, open.from).distance(at(border, open.to)),
        at(border, next.from).distance(at(border, next.to)),
    );
    let longer = if lengths.0 > lengths.1 {
        open_line
    } else {
        line
    };
    // Paper and bottles bend.
    let bend = 2.0 + 0.02 * (lengths.0 + lengths.1);
    let stray = |index| longer.offset(at(border, index)).abs();
    gap <= 4.0 + 0.3 * (lengths.0 + lengths.1)
        && open_line.along.dot(line.along) > 0.94
        && stray(next.from).max(stray(next.to)) < bend
        && stray(open.from).max(stray(open.to)) < bend
}

/// The mean distance of the piece's points from the line.
fn strays(border: &[Point], piece: Piece, line: &Line) -> f32 {
    let count = piece.to - piece.from + 1;
    let step = (count / 100).max(1);
    let indexes = (piece.from..=piece.to).step_by(step);
    let taken = indexes.clone().count().max(1) as f32;
    indexes
        .map(|i| line.offset(at(border, i)).abs())
        .sum::<f32>()
        / taken
}

/// A stretch from a piece, grown at both ends as far as the border keeps to the
/// line: pieces begin late where the border rounds a corner.
fn stretch(border: &[Point], piece: Piece, line: &Line) -> Option<Stretch> {
    let count = border.len();
    let limit = (piece.to - piece.from) / 2 + 4;
    let keeps = |index: usize| line.offset(at(border, index)).abs() <= STRAY_MAX;
    let (mut from, mut to) = (piece.from + count, piece.to + count);
    let position = |index: usize| line.along.dot(at(border, index));
    for _ in 0..limit {
        if !keeps(from - 1) || position(from - 1) > position(from) + 0.1 {
            break;
        }
        from -= 1;
    }
    for _ in 0..limit {
        if !keeps(to + 1) || position(to + 1) < position(to) - 0.1 {
            break;
        }
        to += 1;
    }
    let stretch = Stretch {
        start: line.foot(at(border, from)),
        end: line.foot(at(border, to)),
        line: *line,
    };
    (stretch.length() >= STRETCH_MIN).then_some(stretch)
}
