//! What is promised and not yet certain: points that wait, invoices, holds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::ledger::{Account, LotId, Lots, Name, Pot};
use crate::scope::Scope;

/// Whose pots points go into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Beneficiary {
    /// A person.
    Participant(Uuid),
    /// A shop itself.
    Outlet(Uuid),
}

impl Beneficiary {
    /// The id of the person or the outlet.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Participant(id) | Self::Outlet(id) => id,
        }
    }

    /// The person, when it is one.
    #[must_use]
    pub fn participant(self) -> Option<Uuid> {
        match self {
            Self::Participant(person) => Some(person),
            Self::Outlet(_) => None,
        }
    }

    /// The account of one of the pots.
    #[must_use]
    pub fn account(self, pot: Pot) -> Account {
        match self {
            Self::Participant(person) => Account::Participant(person, pot),
            Self::Outlet(outlet) => Account::Outlet(outlet, pot),
        }
    }

    /// Who may see what concerns them.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Self::Participant(person) => Scope::Participant(person),
            Self::Outlet(outlet) => Scope::Outlet(outlet),
        }
    }
}

/// Something that promised points wait for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Awaits {
    /// The goods can no longer be returned.
    ReturnWindow {
        /// First instant after the window, UTC milliseconds.
        until_ms: i64,
    },
    /// The invoice is paid in full before the instant; else the points lapse.
    Payment {
        /// The invoice's number.
        invoice: String,
        /// First instant after the window, UTC milliseconds.
        until_ms: i64,
    },
    /// A day of the next month begins.
    NextMonth {
        /// The instant, UTC milliseconds.
        until_ms: i64,
    },
    /// A till reports the same sale before the instant; else the points lapse.
    Till {
        /// First instant after the window, UTC milliseconds.
        until_ms: i64,
    },
    /// A person looks at it.
    Review,
    /// The server decides: only devices say so.
    Server,
}

impl Awaits {
    /// The instant at which it is over, one way or the other; none when no clock ends it.
    #[must_use]
    pub fn until_ms(&self) -> Option<i64> {
        match self {
            Self::ReturnWindow { until_ms }
            | Self::Payment { until_ms, .. }
            | Self::NextMonth { until_ms }
            | Self::Till { until_ms } => Some(*until_ms),
            Self::Review | Self::Server => None,
        }
    }

    /// True when the end of its time means that the points never come.
    #[must_use]
    pub fn lapses(&self) -> bool {
        matches!(self, Self::Payment { .. } | Self::Till { .. })
    }
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// It still waits.
    Open,
    /// The points became spendable.
    Kept,
    /// What it waited for did not happen.
    Lapsed,
    /// What it was given for was taken back.
    Reversed,
}

/// Points that wait in a pending pot; the id is that of their line of history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Promise {
    /// Id, also of the activity.
    pub id: String,
    /// Whose.
    #[serde(flatten)]
    pub to: Beneficiary,
    /// Their part: `buyer`, `seller`, `worker` and so on.
    pub role: String,
    /// Points that still wait; zero when it is over.
    pub points: i64,
    /// Everything that they wait for.
    pub awaits: Vec<Awaits>,
    /// How it stands.
    pub state: PromiseState,
    /// The command that booked them.
    pub command_id: Uuid,
    /// The lot that they are; none for points that waited before lots were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<String>")]
    pub lot: Option<LotId>,
    /// The sale, when they are for one.
    pub sale: Option<Uuid>,
    /// The unit, when they are for one.
    pub unit: Option<String>,
    /// The budget that they were taken from; none is the programme's issuance.
    #[ts(as = "Option<String>")]
    pub budget: Option<Name>,
    /// Put aside for tax beside them.
    pub gross_up_points: i64,
    /// When they were earned, UTC milliseconds.
    pub at_ms: i64,
}

impl Promise {
    /// The first instant at which a clock says something about it.
    #[must_use]
    pub fn due_ms(&self) -> Option<i64> {
        self.awaits.iter().filter_map(Awaits::until_ms).min()
    }

    /// Which lots its points are.
    #[must_use]
    pub fn lots(&self) -> Lots {
        let command = self.command_id;
        self.lot
            .map_or(Lots::Of { command }, |lot| Lots::Lot { lot })
    }
}

/// An invoice; id is its number. It may be known by a payment before its sale is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Invoice {
    /// Number.
    pub id: String,
    /// The sale that it is for, when that is known.
    pub sale: Option<Uuid>,
    /// What it asks for, minor units; none before the sale is known.
    pub total_minor: Option<i64>,
    /// Currency; empty before the first report.
    pub currency: String,
    /// Payments and credit notes, in the order in which they arrived.
    pub entries: Vec<InvoiceEntry>,
    /// Promises that wait for it.
    pub promises: Vec<String>,
    /// True when rules have been asked about its payment.
    pub settled: bool,
}

/// A payment or a credit note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvoiceEntry {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: crate::command::PaymentKind,
    /// How much, minor units.
    pub amount_minor: i64,
    /// When it was paid or written, UTC milliseconds.
    pub paid_ms: i64,
}

/// Points that a shop elsewhere has put aside for a purchase; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hold {
    /// Id.
    pub id: Uuid,
    /// Whose points.
    pub participant: Uuid,
    /// Points held at first.
    pub points: i64,
    /// Points captured so far.
    pub captured_points: i64,
    /// Captures so far, with their points.
    pub captures: Vec<(Uuid, i64)>,
    /// What it is for, in the other shop's words.
    pub reference: String,
    /// The outlet whose terminal placed it; none when it was placed elsewhere.
    pub outlet: Option<Uuid>,
    /// The line of history about it.
    pub activity: String,
    /// The command that placed it: its lots are held.
    pub command_id: Uuid,
    /// When it ends by itself, UTC milliseconds.
    pub expires_ms: i64,
    /// `open`, `captured`, `released`, `expired`.
    pub state: String,
    /// When it was placed, UTC milliseconds.
    pub at_ms: i64,
}

impl Hold {
    /// Points that are still held.
    #[must_use]
    pub fn left_points(&self) -> i64 {
        if self.state == "open" {
            self.points.saturating_sub(self.captured_points)
        } else {
            0
        }
    }
}
