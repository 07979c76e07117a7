//! What a programme offers and teaches: products, rewards, tasks, campaigns, lessons, outlets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::Texts;

/// The programme itself: what screens need to look and speak like it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Programme {
    /// The programme's id.
    pub id: Uuid,
    /// Short code, 2 to 8 characters of a-z and 0-9; part of its own codes.
    pub code: String,
    /// Name, as its owner writes it.
    pub name: String,
    /// The word for points: language -> plural category -> word.
    pub points_word: BTreeMap<String, Texts>,
    /// Theme colours by role (`accent`, `on_accent`, `tint`, and the same with `_dark`).
    pub theme: Texts,
    /// ISO 4217 code of the home currency.
    pub currency: String,
    /// IANA time zone.
    pub time_zone: String,
}

/// A product and what it earns by the current price list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Product {
    /// 14 digits, or `partner:` and 14 digits for a code of restricted circulation.
    pub id: String,
    /// GTIN, 14 digits.
    pub gtin: String,
    /// Brand.
    pub brand: String,
    /// Category.
    pub category: String,
    /// Name by language.
    pub name: Texts,
    /// Points for the buyer per piece.
    pub buyer_points: i64,
    /// Points for the seller per piece.
    pub seller_points: i64,
    /// Price by currency, minor units.
    pub price_minor: BTreeMap<String, i64>,
    /// Version of the price list that set the points.
    pub price_version: i64,
    /// Points that hold from an instant on, in the order of their instants; before the first one
    /// `buyer_points` and `seller_points` hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dated: Vec<DatedPoints>,
}

/// What a product earns from an instant on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DatedPoints {
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// Points for the buyer per piece.
    pub buyer_points: i64,
    /// Points for the seller per piece.
    pub seller_points: i64,
    /// Version of the price list that set them.
    #[serde(default)]
    pub price_version: i64,
}

/// The most prices that a product remembers; of the oldest only the last is kept.
pub const DATED_POINTS_MAX: usize = 40;

impl Product {
    /// Publishes points that hold from an instant on, UTC milliseconds. What earned before it keeps
    /// the points of its day; what was planned for later is replaced.
    pub fn publish_points(&mut self, from_ms: i64, (buyer, seller): (i64, i64), version: i64) {
        if self.dated.is_empty() {
            let before = self.points_at(from_ms);
            self.dated.push(DatedPoints {
                from_ms: 0,
                ..before
            });
        }
        self.dated.retain(|points| points.from_ms < from_ms);
        self.dated.push(DatedPoints {
            from_ms,
            buyer_points: buyer,
            seller_points: seller,
            price_version: version,
        });
        let surplus = self.dated.len().saturating_sub(DATED_POINTS_MAX);
        self.dated.drain(..surplus);
        if let Some(oldest) = self.dated.first_mut() {
            oldest.from_ms = oldest.from_ms.min(0);
        }
        (self.buyer_points, self.seller_points) = (buyer, seller);
        self.price_version = version;
    }

    /// What the product earns at an instant.
    #[must_use]
    pub fn points_at(&self, at_ms: i64) -> DatedPoints {
        let mut dated = self.dated.iter().rev();
        let known = dated.find(|points| points.from_ms <= at_ms).cloned();
        known.unwrap_or(DatedPoints {
            from_ms: i64::MIN,
            buyer_points: self.buyer_points,
            seller_points: self.seller_points,
            price_version: self.price_version,
        })
    }
}

/// Something that points buy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Reward {
    /// Code.
    pub code: String,
    /// `goods`, `voucher`, `topup`, `experience`, `partpay`.
    pub kind: String,
    /// Name by language.
    pub name: Texts,
    /// Price in points.
    pub cost_points: i64,
    /// Cash to add, minor units (part-pay), or zero.
    pub cash_minor: i64,
    /// Currency of the cash part.
    pub currency: String,
    /// Pieces left; none when unlimited.
    pub stock: Option<i64>,
    /// Stock at which the manager is warned.
    pub low_stock_at: i64,
    /// True when a cashier can hand it over at a till.
    pub at_till: bool,
}

/// One item of a task's checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChecklistItem {
    /// Code.
    pub code: String,
    /// Text by language.
    pub text: Texts,
}

/// Shelf work that earns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Task {
    /// Code.
    pub code: String,
    /// Title by language.
    pub title: Texts,
    /// Text by language.
    pub text: Texts,
    /// Points when approved.
    pub points: i64,
    /// The checklist.
    pub checklist: Vec<ChecklistItem>,
    /// True when at least one photo is needed.
    pub photo_required: bool,
}

/// A campaign as people see it; its rule is in the rule set under the same code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Campaign {
    /// Code, also the rule's id.
    pub code: String,
    /// Title by language.
    pub title: Texts,
    /// Text by language.
    pub text: Texts,
    /// The product it is about.
    pub product: String,
    /// Multiplier in basis points.
    pub multiplier_bp: i64,
    /// First instant, UTC milliseconds.
    pub starts_ms: i64,
    /// First instant after it, UTC milliseconds.
    pub ends_ms: i64,
    /// Pieces to sell together.
    pub target_units: i64,
    /// Pieces sold so far, as the server last counted.
    pub sold_units: i64,
    /// Lesson to pass before it counts.
    pub lesson: Option<String>,
}

/// A question with its possible answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Question {
    /// Question by language.
    pub text: Texts,
    /// Answers by language.
    pub answers: Vec<Texts>,
}

/// A lesson; which answers are right is a [`LessonKey`], which devices do not get.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Lesson {
    /// Code.
    pub code: String,
    /// Title by language.
    pub title: Texts,
    /// Paragraphs, each by language.
    pub paragraphs: Vec<Texts>,
    /// Questions.
    pub questions: Vec<Question>,
    /// Points for passing the first time.
    pub points: i64,
}

/// The right answers of a lesson.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LessonKey {
    /// Index of the right answer of each question.
    pub right: Vec<u8>,
}

/// A place where goods are sold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Outlet {
    /// Id.
    pub id: Uuid,
    /// Code of the outlet.
    pub code: String,
    /// Code of the partner that runs it.
    pub partner: String,
    /// Name.
    pub name: String,
    /// Street address.
    pub address: String,
    /// City.
    pub city: String,
    /// ISO 3166 country.
    pub country: String,
    /// ISO 4217 currency of its tills.
    pub currency: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Latitude in millionths of a degree.
    pub latitude_e6: i64,
    /// Longitude in millionths of a degree.
    pub longitude_e6: i64,
    /// False for a place that is known to have no network.
    pub online: bool,
    /// The participant who owns the shop, when it is one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Uuid>,
}
