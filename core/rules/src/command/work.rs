//! Commands about work and learning: visits, quizzes, and what a person decides about them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// One answered item of a visit's checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChecklistAnswer {
    /// The item's code in the task.
    pub item: String,
    /// Whether it was found as it should be.
    pub ok: bool,
}

/// How often one trade item stands on a shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShelfFace {
    /// The trade item's number, 14 digits.
    pub gtin: String,
    /// The programme's product with that number; none for anybody else's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<String>")]
    pub product: Option<String>,
    /// Faces, 1 to [`SHELF_COUNT_MAX`].
    pub count: i64,
}

/// The share of the programme's own products among the faces of a shelf, basis points rounded down;
/// none for an empty shelf.
#[must_use]
pub fn shelf_share_bp(faces: &[ShelfFace]) -> Option<i64> {
    let sum = |own: bool| {
        let counted = faces.iter().filter(|face| !own || face.product.is_some());
        counted.fold(0_i64, |sum, face| sum.saturating_add(face.count))
    };
    sum(true).saturating_mul(10_000).checked_div(sum(false))
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
    /// What was counted on the shelf, one row for each trade item, at most [`SHELF_ROWS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shelf: Vec<ShelfFace>,
}

/// The most trade items on one shelf.
pub const SHELF_ROWS_MAX: usize = 200;
/// The most faces of one trade item.
pub const SHELF_COUNT_MAX: i64 = 10_000;
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
