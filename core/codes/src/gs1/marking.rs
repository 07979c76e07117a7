//! Marking codes of Chestny ZNAK: GS1 codes with a trade item, a serial and the state's keys.

use super::Gs1;
use serde::{Deserialize, Serialize};

/// The shapes of marking codes; the goods are those of the decree that introduced the shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkingKind {
    /// Serial of 13, key 91, signature 92 of 88 characters: shoes.
    Shoes,
    /// Serial of 13, key 91, signature 92 of 44 characters: light industry, perfume.
    LightIndustry,
    /// Serial of 6, key 93: milk.
    Milk,
    /// Serial of 7, key 93: beer.
    Beer,
    /// Serial of 13, key 93: packed water.
    Water,
    /// A key and a serial of lengths that later decrees brought.
    OtherGoods,
}

impl Gs1 {
    /// Which marking code this is; `None` for other GS1 codes.
    pub fn marking(&self) -> Option<MarkingKind> {
        self.get("01")?;
        let serial = self.get("21")?.len();
        let tail = self.get("92").map(str::len);
        match (
            serial,
            self.get("91").map(str::len),
            self.get("93").map(str::len),
        ) {
            (13, Some(4), None) if tail == Some(88) => Some(MarkingKind::Shoes),
            (13, Some(4), None) if tail == Some(44) => Some(MarkingKind::LightIndustry),
            (6, None, Some(4)) => Some(MarkingKind::Milk),
            (7, None, Some(4)) => Some(MarkingKind::Beer),
            (13, None, Some(4)) => Some(MarkingKind::Water),
            (_, Some(4), None) if tail.is_some() => Some(MarkingKind::OtherGoods),
            (_, None, Some(4)) => Some(MarkingKind::OtherGoods),
            _ => None,
        }
    }
}
