//! Points, lines and the map between a code's modules and the picture.
//!
//! Coordinates are those of the pixel lattice: pixel (3, 5) covers 3 to 4 and
//! 5 to 6, its middle is (3.5, 5.5).

use std::ops::{Add, Mul, Sub};

/// A point or a vector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// Negative when `other` turns to the left of this one, as seen on a screen.
    pub fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }

    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    /// The same direction with length 1; no direction stays zero.
    pub fn unit(self) -> Self {
        self * (1.0 / self.length().max(f32::MIN_POSITIVE))
    }

    /// Turned by an angle given by sine and cosine.
    pub fn turned(self, sin: f32, cos: f32) -> Self {
        Self::new(self.x * cos - self.y * sin, self.x * sin + self.y * cos)
    }

    pub fn distance(self, other: Self) -> f32 {
        (self - other).length()
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Point {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// A straight line: a point on it and a direction of length 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub at: Point,
    pub along: Point,
}

impl Line {
    /// The line with the least squared distances to the points, directed as
    /// from the first to the last; `None` for fewer than two places.
    pub fn through(points: &[Point]) -> Option<Self> {
        let count = points.len() as f32;
        let (first, last) = (*points.first()?, *points.last()?);
        let sum = points.iter().fold(Point::new(0.0, 0.0), |s, &p| s + p);
        let at = sum * (1.0 / count);
        let (mut xx, mut xy, mut yy) = (0.0f32, 0.0f32, 0.0f32);
        for &point in points {
            let d = point - at;
            xx += d.x * d.x;
            xy += d.x * d.y;
            yy += d.y * d.y;
        }
        if xx + yy <= 0.0 {
            return None;
        }
        let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
        let along = Point::new(angle.cos(), angle.sin());
        let forward = along.dot(last - first) >= 0.0;
        let along = if forward { along } else { along * -1.0 };
        Some(Self { at, along })
    }

    /// Distance of a point, positive to the right of the direction on a screen.
    pub fn offset(&self, point: Point) -> f32 {
        self.along.cross(point - self.at)
    }

    /// The point of the line nearest to the given one.
    pub fn foot(&self, point: Point) -> Point {
        self.at + self.along * self.along.dot(point - self.at)
    }

    /// Where the lines cross; `None` when they are nearly parallel.
    pub fn crossing(&self, other: &Self) -> Option<Point> {
        let sine = self.along.cross(other.along);
        if sine.abs() < 0.05 {
            return None;
        }
        let t = (other.at - self.at).cross(other.along) / sine;
        Some(self.at + self.along * t)
    }
}

/// A map from a rectangle of `columns` x `rows` modules into the picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Projection {
    m: [f32; 8],
    scale: (f32, f32),
}

impl Projection {
    /// The rectangle's corners at top left, top right, bottom right and bottom
    /// left lie at the given points. `None` for corners that span no area.
    pub fn new(corners: [Point; 4], columns: f32, rows: f32) -> Option<Self> {
        let [tl, tr, br, bl] = corners;
        let (d1, d2) = (tr - br, bl - br);
        let d3 = tl - tr + br - bl;
        let area = d1.cross(d2);
        if area.abs() < 1.0 {
            return None;
        }
        let (g, h) = (d3.cross(d2) / area, d1.cross(d3) / area);
        let m = [
            tr.x - tl.x + g * tr.x,
            bl.x - tl.x + h * bl.x,
            tl.x,
            tr.y - tl.y + g * tr.y,
            bl.y - tl.y + h * bl.y,
            tl.y,
            g,
            h,
        ];
        let scale = (1.0 / columns, 1.0 / rows);
        Some(Self { m, scale })
    }

    /// Where the module coordinates lie in the picture.
    pub fn at(&self, column: f32, row: f32) -> Point {
        let (u, v) = (column * self.scale.0, row * self.scale.1);
        let m = &self.m;
        let depth = m[6] * u + m[7] * v + 1.0;
        let depth = if depth.abs() < 1e-6 { 1e-6 } else { depth };
        Point::new(
            (m[0] * u + m[1] * v + m[2]) / depth,
            (m[3] * u + m[4] * v + m[5]) / depth,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_are_where_they_were_put() {
        let corners = [(3.0, 4.0), (50.0, 9.0), (44.0, 61.0), (1.0, 47.0)];
        let corners = corners.map(|(x, y)| Point::new(x, y));
        let map = Projection::new(corners, 12.0, 10.0).expect("a map");
        let places = [(0.0, 0.0), (12.0, 0.0), (12.0, 10.0), (0.0, 10.0)];
        for (corner, (column, row)) in corners.iter().zip(places) {
            assert!(map.at(column, row).distance(*corner) < 0.01);
        }
        let flat = [Point::new(0.0, 0.0); 4];
        assert!(Projection::new(flat, 10.0, 10.0).is_none());
    }

    #[test]
    fn a_line_keeps_its_direction() {
        let points: Vec<_> = (0..9u8)
            .map(|i| Point::new(9.0 - f32::from(i), 2.0 * f32::from(i)))
            .collect();
        let line = Line::through(&points).expect("a line");
        assert!(line.along.x < 0.0 && line.along.y > 0.0);
        assert!(points.iter().all(|&p| line.offset(p).abs() < 0.01));
        assert!(Line::through(&points[..1]).is_none() && Line::through(&[]).is_none());
    }
}
