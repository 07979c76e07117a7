//! The cashier's calls.

use carrot_rules::command::BuyerRef;
use carrot_rules::outcome::Because;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use carrot_rules::entity::Texts;

use super::{PotView, WhyNotView};

/// `sign_in`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignIn {
    /// Who.
    pub participant: Uuid,
    /// Their PIN.
    pub pin: String,
}

/// `find_buyer`: a rotating code's text, a phone number, or a card's text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindBuyer {
    /// The text.
    pub text: String,
}

/// A buyer, as far as this terminal can tell.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BuyerView {
    /// How they were identified; goes into the sale.
    pub reference: BuyerRef,
    /// Who it is, when this terminal knows.
    pub participant: Option<Uuid>,
    /// Name to show, when known.
    pub name: Option<String>,
    /// Spendable points as last synced, plus what this terminal did since.
    pub balance_points: Option<i64>,
    /// Part of it that waits for the server.
    pub unsynced_points: i64,
    /// True when they proved themselves with a fresh rotating code: they may redeem.
    pub proven: bool,
}

/// A line of a draft sale.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftLine {
    /// Product id; none for a typed amount.
    pub product: Option<String>,
    /// Pieces; 1 for a typed amount.
    pub pieces: i64,
    /// What the line costs, minor units.
    pub amount_minor: i64,
    /// The piece's unique code, when scanned.
    pub unit_code: Option<String>,
}

/// `quote`, `sell`: a sale before it is finished.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaleDraft {
    /// Buyer.
    pub buyer: Option<BuyerRef>,
    /// Seller.
    pub seller: Option<Uuid>,
    /// Lines, at most 20.
    pub lines: Vec<DraftLine>,
    /// The fiscal receipt's key, when scanned.
    pub receipt_key: Option<String>,
}

/// Money off a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiscountView {
    /// The rule's id.
    pub rule: String,
    /// What people call it, by language; empty for a rule without a title.
    pub title: Texts,
    /// Its rate, basis points.
    pub rate_bp: i64,
    /// How much, minor units, over all lines with this rate.
    pub amount_minor: i64,
}

/// Both pots of a draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Quote {
    /// The buyer's points.
    pub buyer: PotView,
    /// The seller's incentive.
    pub seller: PotView,
    /// Total, minor units.
    pub total_minor: i64,
    /// What is taken off it, by rule.
    #[serde(default)]
    pub discounts: Vec<DiscountView>,
    /// What is left to pay, minor units.
    #[serde(default)]
    pub payable_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Remarks, for example that a piece was credited before.
    pub notes: Vec<Because>,
    /// Rules about this sale that gave nothing.
    #[serde(default)]
    pub why_not: Vec<WhyNotView>,
}

/// A finished sale.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaleDone {
    /// Sale.
    pub sale_id: Uuid,
    /// Command.
    pub command_id: Uuid,
    /// Pots as recorded.
    pub quote: Quote,
    /// The buyer's spendable points afterwards, when known.
    pub balance_points: Option<i64>,
    /// True when the server has it already.
    pub confirmed: bool,
}

/// A sale in the terminal's list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaleView {
    /// Sale.
    pub sale_id: Uuid,
    /// When.
    pub at_ms: i64,
    /// Total, minor units.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Buyer's points.
    pub buyer_points: i64,
    /// Seller's points.
    pub seller_points: i64,
    /// Buyer's name, when known.
    pub buyer: Option<String>,
    /// Seller's name, when known.
    pub seller: Option<String>,
    /// True when cancelled.
    pub void: bool,
    /// True when the server has it.
    pub confirmed: bool,
}

/// A cancelled sale.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VoidDone {
    /// The sale that was cancelled.
    pub sale: SaleView,
    /// True when the server has it already.
    pub confirmed: bool,
}

/// `rewards`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RewardsRequest {
    /// For whom; none for the phone's own person.
    pub participant: Option<Uuid>,
}

/// `redeem`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RedeemRequest {
    /// Who spends.
    pub participant: Uuid,
    /// Their rotating code's text.
    pub proof: String,
    /// Reward.
    pub reward: String,
}

/// A redemption.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RedeemDone {
    /// Redemption.
    pub redemption_id: Uuid,
    /// `confirmed` (the server booked it), `under_lease`, `under_allowance` and
    /// `with_voucher` (hand it over; booked at sync), `waiting` (asked online, no
    /// answer yet: do not hand over), `refused`.
    pub state: String,
    /// Why refused, or what it waits for.
    pub because: Vec<Because>,
    /// Price in points.
    pub cost_points: i64,
    /// The member's spendable points afterwards, when known.
    pub balance_points: Option<i64>,
    /// What the lease has left, when it covered it.
    pub lease_left_points: Option<i64>,
}

/// `request_lease`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeaseWish {
    /// Points that should be left of it: more is asked for, fewer are given back; zero gives all back.
    pub points: i64,
}
