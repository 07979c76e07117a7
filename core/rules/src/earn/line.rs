//! Lines as rules see them: what each is about, and the parts of it that count for somebody.

use super::EventLine;
use super::scene::{Scene, Side, Word};
use crate::amount::{self, Overflow};
use crate::entity::{DatedPoints, Product};
use crate::facts::Seen;
use crate::ruleset::Trigger;

/// What a line is about.
pub(crate) struct Goods {
    pub product: Option<Word>,
    pub brand: Option<Word>,
    pub category: Option<Word>,
    pub points: Option<DatedPoints>,
}

/// A line that may be asked about; one whose product is not known is none.
pub(crate) struct Line {
    /// Its place in the event, from zero.
    pub number: i64,
    pub goods: Goods,
    quantity_micro: i64,
    amount_minor: i64,
    buyer_micro: i64,
    seller_micro: i64,
    fresh_micro: i64,
}

/// The part of a line that counts for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub quantity_micro: i64,
    pub amount_minor: i64,
}

impl Goods {
    fn of(id: &str, scene: &Scene<'_>) -> Option<Self> {
        let nothing = Self {
            product: scene.word(id),
            ..Self::nothing()
        };
        match scene.facts.look::<Product>(id) {
            Seen::Known(product) => Some(Self {
                brand: scene.word(&product.brand),
                category: scene.word(&product.category),
                points: Some(product.points_at(scene.event.at_ms)),
                ..nothing
            }),
            Seen::Absent => Some(nothing),
            Seen::Unknown => None,
        }
    }

    fn nothing() -> Self {
        Self {
            product: None,
            brand: None,
            category: None,
            points: None,
        }
    }
}

impl Line {
    /// The lines of the scene's event that may be asked about, and the products that are not known.
    pub fn gather(scene: &Scene<'_>) -> (Vec<Self>, Vec<String>) {
        let of_sale = scene.event.trigger == Trigger::Sale;
        let (mut lines, mut unknown) = (Vec::new(), Vec::new());
        if scene.event.lines.is_empty() && !of_sale {
            lines.push(Self::of_nothing());
        }
        for (number, line) in (0_i64..).zip(&scene.event.lines) {
            let goods = match &line.product {
                None => Some(Goods::nothing()),
                Some(id) => Goods::of(id, scene),
            };
            match goods {
                Some(goods) => lines.push(Self::of(number, line, goods, of_sale)),
                None => unknown.extend(line.product.clone()),
            }
        }
        (lines, unknown)
    }

    fn of(number: i64, line: &EventLine, goods: Goods, of_sale: bool) -> Self {
        let open = |micro: i64| {
            if of_sale { micro } else { line.quantity_micro }
        };
        Self {
            number,
            goods,
            quantity_micro: line.quantity_micro,
            amount_minor: line.amount_minor,
            buyer_micro: open(line.buyer_micro),
            seller_micro: open(line.seller_micro),
            fresh_micro: open(line.fresh_micro),
        }
    }

    /// The one line of an event that has none.
    fn of_nothing() -> Self {
        Self {
            number: 0,
            goods: Goods::nothing(),
            quantity_micro: 0,
            amount_minor: 0,
            buyer_micro: 0,
            seller_micro: 0,
            fresh_micro: 0,
        }
    }

    /// The part that is open on a side; none when nothing is.
    pub fn open(&self, side: Side, scene: &Scene<'_>) -> Result<Option<Part>, Overflow> {
        if !scene.principal(side).somebody() {
            return Ok(None);
        }
        if scene.event.lines.is_empty() {
            return Ok(Some(Part {
                quantity_micro: 0,
                amount_minor: 0,
            }));
        }
        match side {
            Side::Buyer => self.part(self.buyer_micro),
            Side::Seller => self.part(self.seller_micro),
            Side::Only => self.part(self.quantity_micro),
        }
    }

    /// The part that nobody had reported before; none when there is none.
    pub fn fresh(&self, scene: &Scene<'_>) -> Result<Option<Part>, Overflow> {
        if scene.event.lines.is_empty() {
            return Ok(Some(Part {
                quantity_micro: 0,
                amount_minor: 0,
            }));
        }
        self.part(self.fresh_micro)
    }

    fn part(&self, quantity_micro: i64) -> Result<Option<Part>, Overflow> {
        if quantity_micro <= 0 {
            return Ok(None);
        }
        let amount_minor = if quantity_micro == self.quantity_micro || self.quantity_micro <= 0 {
            self.amount_minor
        } else {
            let part = i128::from(self.amount_minor) * i128::from(quantity_micro);
            amount::checked(part.div_euclid(i128::from(self.quantity_micro)))?
        };
        Ok(Some(Part {
            quantity_micro,
            amount_minor,
        }))
    }
}
