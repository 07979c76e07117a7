//! The command catalogue: every intent that a device can sign, with its arguments.
//!
//! A *fact* already happened (goods were handed over) and is recorded whatever the server finds; a
//! *request* may be refused. Each kind has a version of its own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Whether the server may refuse a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CommandClass {
    /// Already happened; it is recorded.
    Fact,
    /// A wish; exact terms or a refusal.
    Request,
}

/// The kinds of command that this version can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A sale at a till.
    #[serde(rename = "sale.record")]
    SaleRecord,
    /// The cancellation of a sale just recorded.
    #[serde(rename = "sale.void")]
    SaleVoid,
    /// A seller's claim by code or receipt.
    #[serde(rename = "claim.submit")]
    ClaimSubmit,
    /// A merchandiser's finished visit.
    #[serde(rename = "visit.record")]
    VisitRecord,
    /// Answers to a lesson's questions.
    #[serde(rename = "quiz.submit")]
    QuizSubmit,
    /// A reward handed over (under a lease) or asked for (online).
    #[serde(rename = "reward.redeem")]
    RewardRedeem,
    /// A terminal asks for escrow to redeem from without a network.
    #[serde(rename = "lease.request")]
    LeaseRequest,
    /// The reward that a person saves for.
    #[serde(rename = "goal.set")]
    GoalSet,
    /// A person's decision on what waits for review (made on the console).
    #[serde(rename = "review.decide")]
    ReviewDecide,
}

/// All kinds, in the catalogue's order.
pub const KINDS: [Kind; 9] = [
    Kind::SaleRecord,
    Kind::SaleVoid,
    Kind::ClaimSubmit,
    Kind::VisitRecord,
    Kind::QuizSubmit,
    Kind::RewardRedeem,
    Kind::LeaseRequest,
    Kind::GoalSet,
    Kind::ReviewDecide,
];

impl Kind {
    /// The kind's name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SaleRecord => "sale.record",
            Self::SaleVoid => "sale.void",
            Self::ClaimSubmit => "claim.submit",
            Self::VisitRecord => "visit.record",
            Self::QuizSubmit => "quiz.submit",
            Self::RewardRedeem => "reward.redeem",
            Self::LeaseRequest => "lease.request",
            Self::GoalSet => "goal.set",
            Self::ReviewDecide => "review.decide",
        }
    }

    /// The kind with this name on the wire.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        KINDS.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// How a buyer was identified at a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum BuyerRef {
    /// By the phone's rotating code; `proof` is its text, checked by both sides.
    Proof {
        /// The member that the proof names.
        participant: Uuid,
        /// The rotating code's text.
        proof: String,
    },
    /// By a phone number, as the programme's keyed hash (hex, 32 characters). Earns only.
    Contact {
        /// The keyed hash.
        hash: String,
    },
    /// By a printed card or code. Earns only.
    Card {
        /// The card's reference.
        reference: String,
    },
}

/// One line of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleLine {
    /// The product's id in the programme (14 digits, or `partner:` before a local code); none for a typed amount.
    pub product: Option<String>,
    /// Quantity in millionths of a piece.
    pub quantity_micro: i64,
    /// What was paid for the line, minor units.
    pub amount_minor: i64,
    /// The unique code of the piece sold, when it was scanned.
    pub unit_code: Option<String>,
}

/// `sale.record`: goods were sold at a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleRecord {
    /// The sale's id, made by the terminal.
    pub sale_id: Uuid,
    /// Who buys, when known.
    pub buyer: Option<BuyerRef>,
    /// Who sold, for the seller's incentive.
    pub seller: Option<Uuid>,
    /// The lines, at most [`SALE_LINES_MAX`].
    pub lines: Vec<SaleLine>,
    /// ISO 4217 code of the amounts.
    pub currency: String,
    /// The fiscal receipt's uniqueness key, when the till knows it.
    pub receipt_key: Option<String>,
}

/// The most lines of one sale.
pub const SALE_LINES_MAX: usize = 20;

/// The most of one product on one line, millionths of a piece: 10,000 pieces.
pub const LINE_QUANTITY_MICRO_MAX: i64 = 10_000 * 1_000_000;

/// `sale.void`: the sale was cancelled at the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleVoid {
    /// The sale to cancel.
    pub sale_id: Uuid,
}

/// What a claim shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Evidence {
    /// A unique code from the box.
    Code {
        /// The code's canonical form.
        code: String,
        /// The product id that the code's picture names, when it names one.
        product: Option<String>,
    },
    /// A fiscal receipt.
    Receipt {
        /// The receipt's uniqueness key.
        key: String,
        /// The product that was sold on it, as the seller says.
        product: Option<String>,
        /// The receipt's total, minor units.
        total_minor: Option<i64>,
    },
}

/// `claim.submit`: a seller says that they sold a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClaimSubmit {
    /// The claim's id, made by the phone.
    pub claim_id: Uuid,
    /// What proves it.
    pub evidence: Evidence,
}

/// One answered item of a visit's checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChecklistAnswer {
    /// The item's code in the task.
    pub item: String,
    /// Whether it was found as it should be.
    pub ok: bool,
}

/// `visit.record`: a merchandiser closed a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VisitRecord {
    /// The visit's id, made by the phone.
    pub visit_id: Uuid,
    /// The route stop that it answers, if it was planned.
    pub stop: Option<String>,
    /// The task done there.
    pub task: String,
    /// When the merchandiser checked in, estimated UTC milliseconds.
    pub checked_in_ms: i64,
    /// The checklist's answers, at most [`CHECKLIST_ITEMS_MAX`].
    pub checklist: Vec<ChecklistAnswer>,
    /// SHA-256 (hex) of each photo, at most [`VISIT_PHOTOS_MAX`].
    pub photos: Vec<String>,
    /// A free remark, at most 500 characters.
    pub note: String,
}

/// The most checklist items of one visit.
pub const CHECKLIST_ITEMS_MAX: usize = 30;
/// The most photos of one visit.
pub const VISIT_PHOTOS_MAX: usize = 4;

/// `quiz.submit`: answers to a lesson's questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuizSubmit {
    /// The lesson's code.
    pub lesson: String,
    /// The index of the chosen answer of each question, in order.
    pub answers: Vec<u8>,
}

/// What a redemption is covered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Cover {
    /// The server decides before anything is handed over.
    Online,
    /// Handed over without a network, under this lease.
    Lease {
        /// The lease's id.
        lease_id: Uuid,
    },
}

/// `reward.redeem`: a member spends points at a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RewardRedeem {
    /// The redemption's id, made by the terminal.
    pub redemption_id: Uuid,
    /// The reward's code.
    pub reward: String,
    /// The price that the member saw, points.
    pub cost_points: i64,
    /// Who spends.
    pub participant: Uuid,
    /// The member's rotating code, as proof.
    pub proof: String,
    /// What covers it.
    pub cover: Cover,
}

/// `lease.request`: escrow for redemptions without a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeaseRequest {
    /// The lease's id: a new one, or the terminal's own lease to fill up again.
    pub lease_id: Uuid,
    /// The points it should hold afterwards.
    pub points: i64,
}

/// `goal.set`: the reward that a person saves for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalSet {
    /// The reward's code, or none to save for nothing.
    pub reward: Option<String>,
}

/// `review.decide`: a person decides what waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewDecide {
    /// The review's id.
    pub review_id: String,
    /// Approve or refuse.
    pub approve: bool,
    /// Why, shown to the person; at most 300 characters.
    pub reason: String,
}

/// A command with its arguments read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// See [`SaleRecord`].
    SaleRecord(SaleRecord),
    /// See [`SaleVoid`].
    SaleVoid(SaleVoid),
    /// See [`ClaimSubmit`].
    ClaimSubmit(ClaimSubmit),
    /// See [`VisitRecord`].
    VisitRecord(VisitRecord),
    /// See [`QuizSubmit`].
    QuizSubmit(QuizSubmit),
    /// See [`RewardRedeem`].
    RewardRedeem(RewardRedeem),
    /// See [`LeaseRequest`].
    LeaseRequest(LeaseRequest),
    /// See [`GoalSet`].
    GoalSet(GoalSet),
    /// See [`ReviewDecide`].
    ReviewDecide(ReviewDecide),
}

impl Command {
    /// Reads the arguments of a command of this kind.
    pub fn from_args(kind: Kind, args: serde_json::Value) -> Result<Self, serde_json::Error> {
        use serde_json::from_value;
        Ok(match kind {
            Kind::SaleRecord => Self::SaleRecord(from_value(args)?),
            Kind::SaleVoid => Self::SaleVoid(from_value(args)?),
            Kind::ClaimSubmit => Self::ClaimSubmit(from_value(args)?),
            Kind::VisitRecord => Self::VisitRecord(from_value(args)?),
            Kind::QuizSubmit => Self::QuizSubmit(from_value(args)?),
            Kind::RewardRedeem => Self::RewardRedeem(from_value(args)?),
            Kind::LeaseRequest => Self::LeaseRequest(from_value(args)?),
            Kind::GoalSet => Self::GoalSet(from_value(args)?),
            Kind::ReviewDecide => Self::ReviewDecide(from_value(args)?),
        })
    }

    /// The arguments as JSON.
    pub fn to_args(&self) -> Result<serde_json::Value, serde_json::Error> {
        use serde_json::to_value;
        match self {
            Self::SaleRecord(args) => to_value(args),
            Self::SaleVoid(args) => to_value(args),
            Self::ClaimSubmit(args) => to_value(args),
            Self::VisitRecord(args) => to_value(args),
            Self::QuizSubmit(args) => to_value(args),
            Self::RewardRedeem(args) => to_value(args),
            Self::LeaseRequest(args) => to_value(args),
            Self::GoalSet(args) => to_value(args),
            Self::ReviewDecide(args) => to_value(args),
        }
    }

    /// The command's kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::SaleRecord(_) => Kind::SaleRecord,
            Self::SaleVoid(_) => Kind::SaleVoid,
            Self::ClaimSubmit(_) => Kind::ClaimSubmit,
            Self::VisitRecord(_) => Kind::VisitRecord,
            Self::QuizSubmit(_) => Kind::QuizSubmit,
            Self::RewardRedeem(_) => Kind::RewardRedeem,
            Self::LeaseRequest(_) => Kind::LeaseRequest,
            Self::GoalSet(_) => Kind::GoalSet,
            Self::ReviewDecide(_) => Kind::ReviewDecide,
        }
    }

    /// Whether the server may refuse it.
    #[must_use]
    pub fn class(&self) -> CommandClass {
        match self {
            Self::RewardRedeem(redeem) if redeem.cover == Cover::Online => CommandClass::Request,
            Self::LeaseRequest(_) | Self::GoalSet(_) => CommandClass::Request,
            _ => CommandClass::Fact,
        }
    }

    /// The rotating code that the command carries as proof, if any.
    #[must_use]
    pub fn proof(&self) -> Option<&str> {
        match self {
            Self::SaleRecord(SaleRecord {
                buyer: Some(BuyerRef::Proof { proof, .. }),
                ..
            }) => Some(proof),
            Self::RewardRedeem(redeem) => Some(&redeem.proof),
            _ => None,
        }
    }
}
