//! The things that facts are about. Server and device keep them as documents by kind and id; a
//! decision writes them whole through [`crate::outcome::Upsert`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod catalogue;
mod people;
mod sold;
mod work;

pub use catalogue::*;
pub use people::*;
pub use sold::*;
pub use work::*;

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
    /// read, so that absence is knowledge. Codes, units and members are the server's to know; what
    /// concerns one person is known on that person's phone (`personal`), not at a till.
    #[must_use]
    pub fn complete_on_device(self, personal: bool) -> bool {
        let personally = matches!(
            self,
            Self::Goal | Self::LessonResult | Self::UnitIndex | Self::Visit
        );
        let everywhere = matches!(
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
                | Self::Redemption
        );
        everywhere || (personal && personally)
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
