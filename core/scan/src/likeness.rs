//! The likeness of a photo: twice 64 bits that stay nearly the same when the photo is encoded anew, made
//! smaller, brighter or cut a little, and differ for another photo.
//!
//! The picture is brought to 32 by 32 grey values; each bit says whether one of its slow waves
//! (a cosine transform) is stronger than the median of its part. Brightness and contrast fall out of it.

use crate::{Luma, ScanError, ScanLimits, picture};

/// Pixels along a side of the small picture.
const SIDE: usize = 32;
/// Waves along a side that are looked at.
const WAVES: usize = 15;
/// Bits of each part of a likeness.
const BITS: usize = 64;

/// Coarse bits in which photos that are worth a comparison may differ: who looks photos up by parts of
/// the coarse bits finds them all.
pub const COARSE_BITS_MAX: u32 = 11;
/// Bits of both parts together in which two photos may differ and be the same photo all the same.
pub const SAME_BITS_MAX: u32 = 12;
/// Bits of both parts in which two photos may differ and be worth a person's look.
pub const ALIKE_BITS_MAX: u32 = 16;

/// A photo's likeness: 64 bits of the slowest waves, by which photos are looked up, and 64 bits of
/// finer ones, by which neighbours are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Likeness {
    /// The slowest waves.
    pub coarse: u64,
    /// Finer ones.
    pub fine: u64,
}

/// What two photos are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    /// The same photo, perhaps sent in another form.
    Same,
    /// So near that a person should look.
    Alike,
    /// Different photos.
    Other,
}

impl Likeness {
    /// In how many of 128 bits two photos differ.
    #[must_use]
    pub fn distance(self, other: Self) -> u32 {
        (self.coarse ^ other.coarse).count_ones() + (self.fine ^ other.fine).count_ones()
    }

    /// What this photo is to another.
    #[must_use]
    pub fn kinship(self, other: Self) -> Kinship {
        let coarse = (self.coarse ^ other.coarse).count_ones();
        match self.distance(other) {
            _ if coarse > COARSE_BITS_MAX => Kinship::Other,
            bits if bits <= SAME_BITS_MAX => Kinship::Same,
            bits if bits <= ALIKE_BITS_MAX => Kinship::Alike,
            _ => Kinship::Other,
        }
    }

    /// 32 hex digits, lower case, the coarse part first.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{:016x}{:016x}", self.coarse, self.fine)
    }

    /// Reads 32 hex digits; none for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut digits = text.bytes();
        let hex = text.len() == 32 && digits.all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let (coarse, fine) = hex.then(|| text.split_at(16))?;
        Some(Self {
            coarse: u64::from_str_radix(coarse, 16).ok()?,
            fine: u64::from_str_radix(fine, 16).ok()?,
        })
    }
}

/// The likeness of a picture's file.
///
/// # Errors
/// `not_an_image`, `too_many_pixels`, as for scanning.
pub fn likeness(bytes: &[u8], limits: &ScanLimits) -> Result<Likeness, ScanError> {
    likeness_of(&picture::decode(bytes, limits.pixels_max)?)
}

/// The likeness of a grey picture.
///
/// # Errors
/// `not_an_image` when it has no pixels, or fewer than it says.
pub fn likeness_of(luma: &Luma) -> Result<Likeness, ScanError> {
    let small = shrunk(luma).ok_or(ScanError::NotAnImage)?;
    let waves = waves(&small);
    let (coarse, fine) = waves.split_at(BITS.min(waves.len()));
    Ok(Likeness {
        coarse: bits(coarse),
        fine: bits(fine),
    })
}

/// One bit for each wave: whether it is stronger than their median.
fn bits(waves: &[f32]) -> u64 {
    let mut sorted = waves.to_vec();
    sorted.sort_by(f32::total_cmp);
    let middle = sorted.len() / 2;
    let (below, above) = (sorted.get(middle.saturating_sub(1)), sorted.get(middle));
    let median = (below.copied().unwrap_or(0.0) + above.copied().unwrap_or(0.0)) / 2.0;
    let bit = |bits: u64, wave: &f32| bits << 1 | u64::from(*wave > median);
    waves.iter().fold(0, bit)
}

/// The mean grey value of each cell of a 32 by 32 grid over the picture.
fn shrunk(luma: &Luma) -> Option<Vec<f32>> {
    let (width, height) = (luma.width as usize, luma.height as usize);
    if width == 0 || height == 0 {
        return None;
    }
    let span = |cell: usize, length: usize| {
        let from = cell * length / SIDE;
        from..((cell + 1) * length / SIDE).max(from + 1)
    };
    let mut cells = Vec::with_capacity(SIDE * SIDE);
    for row in 0..SIDE {
        for column in 0..SIDE {
            let columns = span(column, width);
            let (mut sum, mut count) = (0_u64, 0_u64);
            for y in span(row, height) {
                let line = y * width;
                let part = luma.pixels.get(line + columns.start..line + columns.end)?;
                sum += part.iter().map(|pixel| u64::from(*pixel)).sum::<u64>();
                count += part.len() as u64;
            }
            cells.push(sum as f32 / count as f32);
        }
    }
    Some(cells)
}

/// The 128 slowest waves but for brightness itself, the slowest first.
fn waves(cells: &[f32]) -> [f32; 2 * BITS] {
    let mut cosines = [[0.0_f32; SIDE]; WAVES];
    for (wave, row) in cosines.iter_mut().enumerate() {
        for (place, value) in row.iter_mut().enumerate() {
            let angle = (place as f32 + 0.5) * wave as f32 * std::f32::consts::PI;
            *value = (angle / SIDE as f32).cos();
        }
    }
    let along = |row: &[f32]| {
        let mut sums = [0.0_f32; WAVES];
        for (sum, cosine) in sums.iter_mut().zip(&cosines) {
            *sum = row
                .iter()
                .zip(cosine)
                .map(|(value, cosine)| value * cosine)
                .sum();
        }
        sums
    };
    let rows: Vec<[f32; WAVES]> = cells.chunks(SIDE).map(along).collect();
    let strength = |(down, across): (usize, usize)| -> f32 {
        let column = rows.iter().filter_map(|row| row.get(across));
        let cosine = cosines.get(down).into_iter().flatten();
        column
            .zip(cosine)
            .map(|(value, cosine)| value * cosine)
            .sum()
    };
    let mut waves = [0.0_f32; 2 * BITS];
    for (wave, place) in waves.iter_mut().zip(slowest()) {
        *wave = strength(place);
    }
    waves
}

/// Where the slow waves are, by how fast they go up and down and across.
fn slowest() -> Vec<(usize, usize)> {
    let all = (0..WAVES).flat_map(|down| (0..WAVES).map(move |across| (down, across)));
    let mut places: Vec<_> = all.filter(|place| *place != (0, 0)).collect();
    places.sort_by_key(|(down, across)| (down * down + across * across, *down));
    places.truncate(2 * BITS);
    places
}
