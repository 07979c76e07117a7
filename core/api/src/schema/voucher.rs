//! Redeeming with no network on either side: vouchers, challenges, answers.

use carrot_rules::entity::Texts;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A terminal that a voucher can be for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TillView {
    /// The terminal.
    pub device: Uuid,
    /// What it calls itself.
    pub name: String,
    /// Its outlet.
    pub outlet: Uuid,
    /// The outlet's name, when this device knows it.
    pub outlet_name: Option<String>,
}

/// `request_voucher`: points that are put aside for one terminal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VoucherWish {
    /// The terminal.
    pub terminal: Uuid,
    /// How many points; without it the reward's price.
    #[serde(default)]
    pub points: Option<i64>,
    /// The only reward that it is for; none for any.
    #[serde(default)]
    pub reward: Option<String>,
    /// Until when, UTC milliseconds; without it as long as the programme allows, a week at most.
    #[serde(default)]
    pub expires_ms: Option<i64>,
}

/// A voucher of this phone's person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherView {
    /// Voucher.
    pub id: Uuid,
    /// The terminal that may take it.
    pub till: TillView,
    /// How many points.
    pub points: i64,
    /// The only reward that it is for, by language; none for any.
    pub reward: Option<Texts>,
    /// `asked` (the server has not answered yet), `open` (made, its text is on its way), `ready` (to be
    /// used on this phone), `shown` (this phone has used it in an answer), `cancelled` (by a manager; it
    /// comes back when its terminal has heard of that), `spent`, `returned`,
    /// `disputed`.
    pub state: String,
    /// What was spent of it, points; the rest came back.
    pub spent_points: i64,
    /// First instant after it, UTC milliseconds.
    pub expires_ms: i64,
}

/// `challenge`: the reward that a member wants.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChallengeWish {
    /// Reward.
    pub reward: String,
}

/// A text with its picture, for the other device to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// Its QR picture as an SVG path, in units of one module, with a clear border.
    pub svg_path: String,
    /// Modules along one side of the picture, border included.
    pub modules: u32,
}

/// A till's question to a member's phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChallengeView {
    /// What the phone reads.
    pub shown: Shown,
    /// The reward's code.
    pub reward: String,
    /// Its price, points.
    pub cost_points: i64,
    /// First instant at which an answer is too late, UTC milliseconds.
    pub until_ms: i64,
}

/// `read_challenge`, `answer_challenge`: a till's question, as text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChallengeText {
    /// The text.
    pub text: String,
    /// The voucher to use; without it the smallest that covers the price, if there is one.
    #[serde(default)]
    pub voucher: Option<Uuid>,
}

/// What a till asks, before the member agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChallengeAsked {
    /// The reward's code.
    pub reward: String,
    /// Its name, by language; empty when this phone does not know it.
    pub title: Texts,
    /// Its price, points.
    pub cost_points: i64,
    /// The till.
    pub till: TillView,
    /// The voucher that an answer would spend; none where the till's lease would have to cover it.
    pub voucher: Option<VoucherView>,
}

/// A phone's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerView {
    /// What the till reads.
    pub shown: Shown,
    /// The voucher that it spends; none where the till's lease is to cover the reward.
    pub voucher: Option<Uuid>,
}

/// `redeem_answer`: a phone's answer to this terminal's question.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerText {
    /// The text.
    pub text: String,
}
