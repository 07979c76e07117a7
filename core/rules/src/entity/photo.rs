//! Photos that were shown before, by their likeness.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A photo of a receipt that a claim showed; id is its likeness. Asked for by any likeness, the server
/// answers with the nearest that it knows, and a device with nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoSeen {
    /// Its likeness: 32 hex digits.
    pub likeness: String,
    /// SHA-256 of the photo (hex).
    pub photo: String,
    /// The claim's command.
    pub claim: Uuid,
    /// Who showed it.
    pub participant: Uuid,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// Bits of the first half in which photos that are compared at all may differ.
pub const PHOTO_COARSE_BITS_MAX: u32 = 11;
/// Bits in which two photos may differ and be the same one.
pub const PHOTO_SAME_BITS_MAX: u32 = 12;
/// Bits in which two photos may differ and be worth a person's look.
pub const PHOTO_ALIKE_BITS_MAX: u32 = 16;

/// What two photos are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoKinship {
    /// The same photo, perhaps in another form.
    Same,
    /// So near that a person should look.
    Alike,
    /// Different photos, or a likeness that does not read.
    Other,
}

/// In how many bits two likenesses differ: of the first half, and of both. None when one of them does
/// not read.
#[must_use]
pub fn photo_distance(one: &str, other: &str) -> Option<(u32, u32)> {
    let part = |text: &str, from: usize| {
        let half = text.get(from..from + 16).filter(|_| text.len() == 32)?;
        u64::from_str_radix(half, 16).ok()
    };
    let bits = |from| Some((part(one, from)? ^ part(other, from)?).count_ones());
    let coarse = bits(0)?;
    Some((coarse, coarse + bits(16)?))
}

/// What two photos are to each other, by their likenesses.
#[must_use]
pub fn photo_kinship(one: &str, other: &str) -> PhotoKinship {
    match photo_distance(one, other) {
        Some((coarse, _)) if coarse > PHOTO_COARSE_BITS_MAX => PhotoKinship::Other,
        Some((_, bits)) if bits <= PHOTO_SAME_BITS_MAX => PhotoKinship::Same,
        Some((_, bits)) if bits <= PHOTO_ALIKE_BITS_MAX => PhotoKinship::Alike,
        _ => PhotoKinship::Other,
    }
}
