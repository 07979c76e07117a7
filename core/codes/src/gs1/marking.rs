//! Marking codes of Chestny ZNAK: GS1 codes with a trade item, a serial and the state's keys.

use super::{GROUP_SEPARATOR, Gs1};
use crate::gtin::check_digit_holds;
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
    /// Serial of 7, the highest price (8005) and key 93: a carton of tobacco, or a pack, whose short form has no identifiers.
    Tobacco,
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
            (7, None, Some(4)) if self.get("8005").is_some() => Some(MarkingKind::Tobacco),
            (7, None, Some(4)) => Some(MarkingKind::Beer),
            (13, None, Some(4)) => Some(MarkingKind::Water),
            (_, Some(4), None) if tail.is_some() => Some(MarkingKind::OtherGoods),
            (_, None, Some(4)) => Some(MarkingKind::OtherGoods),
            _ => None,
        }
    }
}

/// Characters of a pack's code: trade item, serial, price, key.
const PACK_LENGTH: usize = 29;
const PACK_GTIN: usize = 14;
const PACK_SERIAL_END: usize = 21;
const PACK_PRICE_END: usize = 25;
/// The digits of a pack's price, base 80.
const PACK_DIGITS: &str =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'*+-./_,:;=<>?";

/// Reads the short form on a pack of tobacco: 14 digits, a serial of 7, the highest price in kopecks
/// as 4 digits of base 80, and a key of 4, with no identifiers between them.
///
/// `None` for other texts; the trade item's check digit and the alphabet tell them apart. The price
/// becomes element 8005 where six digits hold it.
pub(crate) fn parse_tobacco(text: &str) -> Option<Gs1> {
    let gtin = text.get(..PACK_GTIN)?;
    let serial = text.get(PACK_GTIN..PACK_SERIAL_END)?;
    let price = text.get(PACK_SERIAL_END..PACK_PRICE_END)?;
    let key = text.get(PACK_PRICE_END..PACK_LENGTH)?;
    let fits = text.len() == PACK_LENGTH
        && gtin.bytes().all(|b| b.is_ascii_digit())
        && gtin.bytes().any(|b| b != b'0')
        && check_digit_holds(gtin)
        && !text.bytes().all(|b| b.is_ascii_digit());
    let digit = |c: char| PACK_DIGITS.find(c);
    if !fits
        || serial
            .chars()
            .chain(key.chars())
            .any(|c| digit(c).is_none())
    {
        return None;
    }
    let kopecks = price
        .chars()
        .try_fold(0, |sum, c| Some(sum * 80 + digit(c)?))?;
    let mut elements = vec![
        ("01".to_owned(), gtin.to_owned()),
        ("21".to_owned(), serial.to_owned()),
    ];
    if kopecks <= 999_999 {
        elements.push(("8005".to_owned(), format!("{kopecks:06}")));
    }
    elements.push(("93".to_owned(), key.to_owned()));
    Some(Gs1 { elements })
}

/// How long a value is in a marking code whose separators a scanner left out.
///
/// Only the whole shape counts, for identifiers also occur inside serials: a serial of 13, key 91 of
/// 4, signature 92 of 44 or 88, and nothing behind. A shorter code cannot be told from a serial.
pub(super) fn length_without_separators(ai: &str, body: &str) -> Option<usize> {
    if body.contains(GROUP_SEPARATOR) {
        return None;
    }
    let (own, rest) = match ai {
        "21" => (13, body.get(13..)?.strip_prefix("91")?.get(4..)?),
        "91" => (4, body.get(4..)?),
        _ => return None,
    };
    let signature = rest.strip_prefix("92")?;
    matches!(signature.len(), 44 | 88).then_some(own)
}
