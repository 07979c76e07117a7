//! One reader's claim to have seen a symbol at a place.

use crate::Symbol;

/// An axis-parallel box in the pixels of the scanned picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge, not less than `left`.
    pub right: f32,
    /// Bottom edge, not less than `top`.
    pub bottom: f32,
}

impl Span {
    /// The smallest box around the points; `None` for no points.
    pub fn around(points: impl IntoIterator<Item = (f32, f32)>) -> Option<Self> {
        let mut points = points.into_iter();
        let (x, y) = points.next()?;
        let first = Self {
            left: x,
            top: y,
            right: x,
            bottom: y,
        };
        Some(points.fold(first, |span, (x, y)| Self {
            left: span.left.min(x),
            top: span.top.min(y),
            right: span.right.max(x),
            bottom: span.bottom.max(y),
        }))
    }

    /// The pixel in the middle.
    pub fn middle(&self) -> (i64, i64) {
        let half = |low: f32, high: f32| ((low + high) / 2.0).floor() as i64;
        (half(self.left, self.right), half(self.top, self.bottom))
    }

    /// Whether the point lies in the box.
    pub fn holds(&self, x: f32, y: f32) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Whether the boxes share a point.
    pub fn touches(&self, other: &Self) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }

    /// The box in a picture of another size.
    pub(crate) fn scaled(&self, scale: f32) -> Self {
        Self {
            left: self.left * scale,
            top: self.top * scale,
            right: self.right * scale,
            bottom: self.bottom * scale,
        }
    }

    /// The smallest box around both.
    pub fn joined(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A symbol seen by one pass at one place: for a linear code one line across it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What was read.
    pub symbol: Symbol,
    /// Where, when the reader tells.
    pub span: Option<Span>,
}
