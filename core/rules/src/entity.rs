//! The things that facts are about. Server and device keep them as documents by kind and id; a
//! decision writes them whole through [`crate::outcome::Upsert`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::outcome::{Because, Derivation};

/// A text in several languages, by two-letter code.
pub type Texts = BTreeMap<String, String>;

/// The kinds of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each names the struct below
pub enum EntityKind {
    Programme,
    RuleSet,
    Product,
    Reward,
    Task,
    Campaign,
    Lesson,
    LessonKey,
    Outlet,
    Participant,
    Roster,
    Member,
    Contact,
    Card,
    Code,
    Unit,
    UnitIndex,
    Receipt,
    Sale,
    Stop,
    Visit,
    Redemption,
    Lease,
    Proof,
    Goal,
    LessonResult,
    Review,
    Activity,
}

/// All kinds.
pub const ENTITY_KINDS: [EntityKind; 28] = [
    EntityKind::Programme,
    EntityKind::RuleSet,
    EntityKind::Product,
    EntityKind::Reward,
    EntityKind::Task,
    EntityKind::Campaign,
    EntityKind::Lesson,
    EntityKind::LessonKey,
    EntityKind::Outlet,
    EntityKind::Participant,
    EntityKind::Roster,
    EntityKind::Member,
    EntityKind::Contact,
    EntityKind::Card,
    EntityKind::Code,
    EntityKind::Unit,
    EntityKind::UnitIndex,
    EntityKind::Receipt,
    EntityKind::Sale,
    EntityKind::Stop,
    EntityKind::Visit,
    EntityKind::Redemption,
    EntityKind::Lease,
    EntityKind::Proof,
    EntityKind::Goal,
    EntityKind::LessonResult,
    EntityKind::Review,
    EntityKind::Activity,
];

impl EntityKind {
    /// The kind's name in both stores and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::RuleSet => "rule_set",
            Self::Product => "product",
            Self::Reward => "reward",
            Self::Task => "task",
            Self::Campaign => "campaign",
            Self::Lesson => "lesson",
            Self::LessonKey => "lesson_key",
            Self::Outlet => "outlet",
            Self::Participant => "participant",
            Self::Roster => "roster",
            Self::Member => "member",
            Self::Contact => "contact",
            Self::Card => "card",
            Self::Code => "code",
            Self::Unit => "unit",
            Self::UnitIndex => "unit_index",
            Self::Receipt => "receipt",
            Self::Sale => "sale",
            Self::Stop => "stop",
            Self::Visit => "visit",
            Self::Redemption => "redemption",
            Self::Lease => "lease",
            Self::Proof => "proof",
            Self::Goal => "goal",
            Self::LessonResult => "lesson_result",
            Self::Review => "review",
            Self::Activity => "activity",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        ENTITY_KINDS.into_iter().find(|kind| kind.as_str() == name)
    }

    /// True when a device that has synced holds *all* things of this kind that its decisions may
    /// read, so that absence is knowledge. Codes, units and members are the server's to know.
    #[must_use]
    pub fn complete_on_device(self) -> bool {
        matches!(
            self,
            Self::Programme
                | Self::RuleSet
                | Self::Product
                | Self::Reward
                | Self::Task
                | Self::Campaign
                | Self::Lesson
                | Self::Outlet
                | Self::Proof
                | Self::Lease
                | Self::Goal
                | Self::LessonResult
                | Self::UnitIndex
                | Self::Visit
                | Self::Redemption
        )
    }
}

/// A thing that a decision can read.
pub trait Entity: Serialize {
    /// Its kind.
    const KIND: EntityKind;
}

macro_rules! entities {
    ($($name:ident),* $(,)?) => { $(impl Entity for $name { const KIND: EntityKind = EntityKind::$name; })* };
}
entities!(
    Programme,
    RuleSet,
    Product,
    Reward,
    Task,
    Campaign,
    Lesson,
    LessonKey,
    Outlet,
    Participant,
    Roster,
    Member,
    Contact,
    Card,
    Code,
    Unit,
    UnitIndex,
    Receipt,
    Sale,
    Stop,
    Visit,
    Redemption,
    Lease,
    Proof,
    Goal,
    LessonResult,
    Review,
    Activity,
);

pub use crate::ruleset::RuleSet;

/// The only id of a kind that a programme has once (programme, rule set).
pub const ONLY: &str = "current";

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
}

/// One employment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Employment {
    /// Where.
    pub outlet: Uuid,
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// First instant after it; none while it lasts.
    pub until_ms: Option<i64>,
}

/// A person in the programme, without anything that names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Participant {
    /// Id.
    pub id: Uuid,
    /// `seller`, `cashier`, `buyer`, `merchandiser`, `owner`, `purchaser`, `manager`, `approver`.
    pub role: String,
    /// Where they work and worked.
    pub employments: Vec<Employment>,
}

impl Participant {
    /// True when the person worked at the outlet at the instant.
    #[must_use]
    pub fn employed_at(&self, outlet: Uuid, at_ms: i64) -> bool {
        self.employments.iter().any(|job| {
            job.outlet == outlet
                && job.from_ms <= at_ms
                && job.until_ms.is_none_or(|until| at_ms < until)
        })
    }
}

/// Who may stand behind an outlet's counter; id is the participant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Roster {
    /// The person.
    pub participant: Uuid,
    /// Their role there.
    pub role: String,
}

/// A member as an outlet's terminals know them; id is the participant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Member {
    /// The person.
    pub participant: Uuid,
    /// Keyed hashes of their contacts.
    pub contacts: Vec<String>,
    /// References of their cards.
    pub cards: Vec<String>,
}

/// Whose contact a keyed hash is; id is the hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The person.
    pub participant: Uuid,
}

/// Whose card a reference is; id is the reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The person.
    pub participant: Uuid,
}

/// A unique code that was printed; id is its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Code {
    /// The series it belongs to.
    pub series: String,
    /// The product it was put into.
    pub product: String,
    /// The outlet that the series was shipped to, when known.
    pub outlet: Option<Uuid>,
    /// `shipped`, `claimed` or `void`.
    pub status: String,
    /// Who was credited first.
    pub claimed_by: Option<Uuid>,
    /// When, UTC milliseconds.
    pub claimed_ms: Option<i64>,
}

/// One thing sold, with everything that reported it; id is its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Unit {
    /// Key: `code:…`, `sale:…` or `receipt:…`.
    pub key: String,
    /// Product.
    pub product: Option<String>,
    /// Quantity in millionths.
    pub quantity_micro: i64,
    /// Where it was sold, when known.
    pub outlet: Option<Uuid>,
    /// The sale it belongs to, when a till reported one.
    pub sale: Option<Uuid>,
    /// Credited for the seller's incentive.
    pub seller: Option<Uuid>,
    /// Credited for the buyer's points.
    pub buyer: Option<Uuid>,
    /// First report, UTC milliseconds.
    pub at_ms: i64,
    /// Everything that reported it.
    pub evidence: Vec<EvidenceNote>,
}

/// One report of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceNote {
    /// `till`, `code`, `receipt`.
    pub kind: String,
    /// Its reference: sale id, code, receipt key.
    pub reference: String,
    /// The command that brought it.
    pub command_id: Uuid,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// One entry of a [`UnitIndex`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRef {
    /// The unit's key.
    pub key: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Where, when known.
    pub outlet: Option<Uuid>,
    /// Kinds of evidence it has.
    pub evidence: Vec<String>,
}

/// A seller's recent units of one product; id is `seller:product`. Links late evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct UnitIndex {
    /// Newest last, at most [`UNIT_INDEX_MAX`].
    pub units: Vec<UnitRef>,
}

/// The most recent units that are kept for linking.
pub const UNIT_INDEX_MAX: usize = 40;

/// A receipt that some evidence named; id is its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The sale, when a till reported it.
    pub sale: Option<Uuid>,
    /// Units on it.
    pub units: Vec<String>,
    /// Who claimed it first.
    pub claimed_by: Option<Uuid>,
}

/// An award as a sale or a unit remembers it, for reversal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AwardNote {
    /// Credited.
    pub participant: Uuid,
    /// `buyer` or `seller`.
    pub role: String,
    /// Points.
    pub points: i64,
    /// Activity row to mark when reversed.
    pub activity: String,
}

/// A sale at a till; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sale {
    /// Id.
    pub id: Uuid,
    /// Where.
    pub outlet: Uuid,
    /// Who typed it.
    pub cashier: Uuid,
    /// Buyer, when known.
    pub buyer: Option<Uuid>,
    /// Seller, when named.
    pub seller: Option<Uuid>,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Total, minor units.
    pub amount_minor: i64,
    /// Currency.
    pub currency: String,
    /// Lines as reported.
    pub lines: Vec<crate::command::SaleLine>,
    /// Unit keys of the lines that have one.
    pub units: Vec<String>,
    /// What was awarded.
    pub awards: Vec<AwardNote>,
    /// True when cancelled.
    pub void: bool,
}

/// A stop of a merchandiser's route; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stop {
    /// Id.
    pub id: String,
    /// Who goes.
    pub participant: Uuid,
    /// Where.
    pub outlet: Uuid,
    /// Task to do.
    pub task: String,
    /// The day, `YYYY-MM-DD` in the outlet's zone.
    pub day: String,
    /// Order in the day.
    pub order: i64,
    /// The visit that answered it.
    pub visit: Option<Uuid>,
}

/// A visit; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Visit {
    /// Id.
    pub id: Uuid,
    /// Who.
    pub participant: Uuid,
    /// Where.
    pub outlet: Uuid,
    /// Task.
    pub task: String,
    /// Checked in, UTC milliseconds.
    pub checked_in_ms: i64,
    /// Closed, UTC milliseconds.
    pub closed_ms: i64,
    /// Answers.
    pub checklist: Vec<crate::command::ChecklistAnswer>,
    /// SHA-256 of each photo.
    pub photos: Vec<String>,
    /// Remark.
    pub note: String,
    /// `review`, `approved`, `refused`.
    pub status: String,
    /// Points at stake.
    pub points: i64,
}

/// A reward handed over or promised; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Redemption {
    /// Id.
    pub id: Uuid,
    /// Who spent.
    pub participant: Uuid,
    /// Reward.
    pub reward: String,
    /// Price in points.
    pub cost_points: i64,
    /// Where.
    pub outlet: Option<Uuid>,
    /// The lease that covered it.
    pub lease: Option<Uuid>,
    /// Points that the member's balance lacked.
    pub loss_points: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// A lease; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lease {
    /// Id.
    pub id: Uuid,
    /// The terminal that holds it.
    pub device: Uuid,
    /// Its outlet.
    pub outlet: Uuid,
    /// Escrow it held after the last grant, points.
    pub granted_points: i64,
    /// When it was last filled, UTC milliseconds.
    pub granted_ms: i64,
    /// After this instant the terminal stops redeeming under it; the escrow stays bound.
    pub stale_ms: i64,
    /// Loss under it so far, points.
    pub loss_points: i64,
}

/// A rotating code that was used; id is its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// By which command.
    pub command_id: Uuid,
}

/// The reward that a person saves for; id is the participant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Goal {
    /// Reward code; none when cleared.
    pub reward: Option<String>,
}

/// A lesson that a person passed; id is `participant:lesson`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonResult {
    /// Lesson.
    pub lesson: String,
    /// Right answers.
    pub right: u8,
    /// True when passed.
    pub passed: bool,
}

/// Something that waits for a person; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Review {
    /// Id.
    pub id: String,
    /// `visit` or `claim`.
    pub kind: String,
    /// Id of the visit or the activity.
    pub subject: String,
    /// Whose points wait.
    pub participant: Uuid,
    /// Where.
    pub outlet: Option<Uuid>,
    /// Points at stake.
    pub points: i64,
    /// Activity row to settle.
    pub activity: String,
    /// Photos to look at.
    pub photos: Vec<String>,
    /// `open`, `approved`, `refused`.
    pub status: String,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// The decision's reason.
    pub reason: String,
    /// When it began to wait, UTC milliseconds.
    pub at_ms: i64,
}

/// One line of a person's history, and the place where they see why; id is its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Activity {
    /// Id.
    pub id: String,
    /// The command that made it.
    pub command_id: Uuid,
    /// Whose.
    pub participant: Uuid,
    /// `sale`, `claim`, `visit`, `quiz`, `redeem`, `opening`.
    pub kind: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Points; negative when spent.
    pub points: i64,
    /// `active`, `pending`, `review`, `rejected`, `reversed`.
    pub state: String,
    /// Product id, reward code or task code that it is about.
    pub subject: Option<String>,
    /// Where.
    pub outlet: Option<Uuid>,
    /// The unit, when it is about one.
    pub unit: Option<String>,
    /// Why it waits or was refused.
    pub because: Vec<Because>,
    /// How the points came about.
    pub derivation: Vec<Derivation>,
}
