//! The typed answers: a small selection of the schema's, flat enough for every language.

use carrot_api::schema::{ActivityView, ClaimDone, HomeView, StatusView, SyncView};

/// Where the device stands.
#[derive(Debug, Clone, uniffi::Record)]
pub struct DeviceStatus {
    /// False until enrolled.
    pub enrolled: bool,
    /// `terminal`, `phone` or empty.
    pub role: String,
    /// The programme's name.
    pub programme: Option<String>,
    /// The person's name.
    pub person: Option<String>,
    /// True when the last exchange worked.
    pub online: bool,
    /// Commands that wait.
    pub waiting: u32,
    /// Why the queue is stopped.
    pub blocked: Option<String>,
}

impl From<StatusView> for DeviceStatus {
    fn from(view: StatusView) -> Self {
        Self {
            enrolled: view.enrolled,
            role: view.role,
            programme: view.programme.map(|programme| programme.name),
            person: view.person.map(|person| person.name),
            online: view.online,
            waiting: view.waiting,
            blocked: view.blocked,
        }
    }
}

/// A person's points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct PointsBalance {
    /// Spendable.
    pub active_points: i64,
    /// Waiting for something.
    pub pending_points: i64,
    /// Earned today, waiting ones included.
    pub today_points: i64,
}

impl From<HomeView> for PointsBalance {
    fn from(view: HomeView) -> Self {
        Self {
            active_points: view.active_points,
            pending_points: view.pending_points,
            today_points: view.today_points,
        }
    }
}

/// A line of history.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ActivityLine {
    /// Id.
    pub id: String,
    /// `sale`, `claim`, `visit`, `quiz`, `redeem`, `opening`.
    pub kind: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Points.
    pub points: i64,
    /// `active`, `pending`, `review`, `rejected`, `reversed`.
    pub state: String,
    /// True when the server has it.
    pub confirmed: bool,
    /// Codes of why it waits or was refused.
    pub because: Vec<String>,
}

impl From<ActivityView> for ActivityLine {
    fn from(view: ActivityView) -> Self {
        Self {
            id: view.id,
            kind: view.kind,
            at_ms: view.at_ms,
            points: view.points,
            state: view.state,
            confirmed: view.confirmed,
            because: view
                .because
                .into_iter()
                .map(|because| because.code)
                .collect(),
        }
    }
}

/// What became of a claim.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ClaimResult {
    /// `ok`, `attached_to_existing`, …
    pub code: String,
    /// Its line of history.
    pub activity: ActivityLine,
}

impl From<ClaimDone> for ClaimResult {
    fn from(done: ClaimDone) -> Self {
        Self {
            code: done.code,
            activity: done.activity.into(),
        }
    }
}

/// What a sync did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct SyncResult {
    /// Commands sent.
    pub pushed: u32,
    /// Accepted.
    pub accepted: u32,
    /// Refused.
    pub rejected: u32,
    /// Under review.
    pub parked: u32,
    /// Changes received.
    pub changes: u32,
}

impl From<SyncView> for SyncResult {
    fn from(view: SyncView) -> Self {
        Self {
            pushed: view.pushed,
            accepted: view.accepted,
            rejected: view.rejected,
            parked: view.parked,
            changes: view.changes,
        }
    }
}
