//! The calls of sellers, merchandisers, buyers and owners.

use carrot_rules::command::ShelfFace;
use carrot_rules::entity::{ChecklistItem, Question, Texts};
use carrot_rules::outcome::{Because, Derivation};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{MadeView, OutletView, ProductView, RewardView};

/// One line of a person's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityView {
    /// Id.
    pub id: String,
    /// `sale`, `claim`, `visit`, `quiz`, `redeem`, `opening`.
    pub kind: String,
    /// When.
    pub at_ms: i64,
    /// Points; negative when spent.
    pub points: i64,
    /// `active`, `pending`, `review`, `rejected`, `reversed`.
    pub state: String,
    /// True when the server has it; false while only this device knows.
    pub confirmed: bool,
    /// What it is about, by language: product, reward, task or lesson.
    pub subject: Option<Texts>,
    /// Where.
    pub outlet: Option<String>,
    /// Why it waits or was refused.
    pub because: Vec<Because>,
    /// The arithmetic.
    pub derivation: Vec<Derivation>,
    /// How far it has come, where it is a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stage: Option<ClaimStage>,
    /// Between which instants it was made, where this device made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub made: Option<MadeView>,
}

/// How far a claim has come. What it waits for stands beside it in `because`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClaimStage {
    /// On this device, not sent yet.
    Queued,
    /// The server has it.
    Sent,
    /// A service, a till or a person is being asked.
    Checking,
    /// It is proven; its points wait for their terms, or stand on lines of their own.
    Approved,
    /// It earns nothing.
    Rejected,
    /// Its points can be spent.
    Credited,
    /// Its points have been spent.
    Paid,
}

/// The reward that a person saves for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GoalView {
    /// Reward.
    pub reward: RewardView,
    /// Spendable points now.
    pub have_points: i64,
    /// Points that wait.
    pub pending_points: i64,
    /// Points still missing.
    pub missing_points: i64,
}

/// A campaign.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CampaignView {
    /// Code.
    pub code: String,
    /// Title by language.
    pub title: Texts,
    /// Text by language.
    pub text: Texts,
    /// Product it is about.
    pub product: Option<ProductView>,
    /// Multiplier, basis points.
    pub multiplier_bp: i64,
    /// First instant.
    pub starts_ms: i64,
    /// First instant after it.
    pub ends_ms: i64,
    /// Pieces to sell together.
    pub target_units: i64,
    /// Pieces sold.
    pub sold_units: i64,
    /// Lesson to pass first.
    pub lesson: Option<String>,
    /// True when this person passed it, or there is none.
    pub open: bool,
}

/// The phone's first screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HomeView {
    /// Spendable points.
    pub active_points: i64,
    /// Points that wait for something.
    pub pending_points: i64,
    /// Earned today, waiting ones included.
    pub today_points: i64,
    /// The wish.
    pub goal: Option<GoalView>,
    /// Running campaigns.
    pub campaigns: Vec<CampaignView>,
    /// The newest history.
    pub recent: Vec<ActivityView>,
    /// The places where the person works now.
    pub outlets: Vec<OutletView>,
}

/// `activity`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityRequest {
    /// The most lines wanted; 500 at most.
    pub limit: u32,
}

/// `claim`: a code or receipt that the person scanned.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClaimRequest {
    /// The scanned or typed text.
    pub text: String,
    /// The product sold, where the text does not say (receipts, typed codes).
    pub product: Option<String>,
}

/// `claim_photo`: a photo of a receipt that has no square code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClaimPhoto {
    /// Picture, base64.
    pub image_base64: String,
    /// The product sold.
    pub product: String,
    /// The receipt's number, where it has one; at most 64 characters.
    pub number: Option<String>,
    /// The receipt's total, minor units.
    pub total_minor: Option<i64>,
    /// The receipt's day, `YYYY-MM-DD`.
    pub day: Option<String>,
}

/// What became of a claim.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClaimDone {
    /// Its line of history.
    pub activity: ActivityView,
    /// Code of the result: `ok`, `attached_to_existing`, …
    pub code: String,
}

/// `set_outlet`: where a person works now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetOutlet {
    /// One of their outlets.
    pub outlet: Uuid,
}

/// `set_goal`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetGoal {
    /// Reward's code; none to clear.
    pub reward: Option<String>,
}

/// A member's rotating code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MyCode {
    /// Its text.
    pub text: String,
    /// The QR picture as an SVG path: one unit per module.
    pub svg_path: String,
    /// Modules along one side, quiet zone included.
    pub modules: u32,
    /// When to ask for the next one.
    pub next_ms: i64,
}

/// A stop of the day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StopView {
    /// Id.
    pub id: String,
    /// Day, `YYYY-MM-DD`.
    pub day: String,
    /// Order in the day.
    pub order: i64,
    /// Where.
    pub outlet: OutletView,
    /// False where no network is expected.
    pub outlet_online: bool,
    /// Task's code.
    pub task: String,
    /// Task's title by language.
    pub title: Texts,
    /// Task's text by language.
    pub text: Texts,
    /// Points when approved.
    pub points: i64,
    /// Checklist.
    pub checklist: Vec<ChecklistItem>,
    /// True when a photo is needed.
    pub photo_required: bool,
    /// `open`, `started`, `waiting` (closed, not yet sent), `review`, `approved`, `refused`.
    pub state: String,
    /// What was done so far.
    pub draft: VisitDraft,
    /// What was counted on the shelf.
    pub shelf: ShelfView,
}

/// A visit that is under way; kept on the device through restarts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct VisitDraft {
    /// Checked in at.
    pub checked_in_ms: Option<i64>,
    /// Item -> found as it should be.
    pub answers: std::collections::BTreeMap<String, bool>,
    /// SHA-256 of each photo taken.
    pub photos: Vec<String>,
    /// Remark.
    pub note: String,
    /// What was counted on the shelf so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub shelf: Vec<ShelfFace>,
}

/// A counted shelf.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ShelfView {
    /// One row for each trade item.
    pub rows: Vec<ShelfRow>,
    /// The share of the programme's own products among the faces, basis points rounded down; none
    /// when nothing is counted.
    pub share_bp: Option<i64>,
}

/// How often one trade item stands on a shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ShelfRow {
    /// The trade item's number, 14 digits.
    pub gtin: String,
    /// True for a product of the programme.
    pub own: bool,
    /// Its name by language, when the programme knows it.
    pub name: Option<Texts>,
    /// Faces.
    pub count: i64,
}

/// `visit_shelf_count`: a person corrects a count.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShelfCount {
    /// Stop's id.
    pub stop: String,
    /// The trade item's number, 14 digits.
    pub gtin: String,
    /// Faces; 0 takes the row away.
    pub count: i64,
}

/// `visit_check_in`, `visit_photo_remove` and others that name a stop.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StopRequest {
    /// Stop's id.
    pub stop: String,
}

/// `visit_photo`, `visit_shelf`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VisitPhoto {
    /// Stop's id.
    pub stop: String,
    /// Picture, base64.
    pub image_base64: String,
}

/// `visit_answer`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VisitAnswer {
    /// Stop's id.
    pub stop: String,
    /// Checklist item's code.
    pub item: String,
    /// Found as it should be; none clears the answer.
    pub ok: Option<bool>,
}

/// `visit_close`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VisitClose {
    /// Stop's id.
    pub stop: String,
    /// Remark.
    pub note: String,
}

/// `photo`: a photo taken on this device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PhotoRequest {
    /// SHA-256, hex.
    pub sha256: String,
}

/// A photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PhotoView {
    /// JPEG, base64; none when it is no longer on this device.
    pub image_base64: Option<String>,
}

/// `lesson`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LessonRequest {
    /// Code.
    pub code: String,
}

/// A lesson.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LessonView {
    /// Code.
    pub code: String,
    /// Title by language.
    pub title: Texts,
    /// Paragraphs by language.
    pub paragraphs: Vec<Texts>,
    /// Questions.
    pub questions: Vec<Question>,
    /// Points for passing.
    pub points: i64,
    /// True when passed.
    pub passed: bool,
}

/// `submit_quiz`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QuizAnswers {
    /// Lesson's code.
    pub lesson: String,
    /// Index of the chosen answer of each question.
    pub answers: Vec<u8>,
}
