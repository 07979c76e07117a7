//! What a decision says: awards with reasons, transfers, and the things it writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

use crate::entity::{Entity, EntityKind};
use crate::ledger::Transfer;
use crate::ruleset::Who;
use crate::scope::Scope;

/// How a decision ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Its effects hold.
    Accepted,
    /// It has no effect and never will.
    Rejected,
    /// It is recorded and a person decides.
    Parked,
}

/// A reason as data: a code of the open set, with parameters for its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Because {
    /// Stable code in snake case.
    pub code: String,
    /// Parameters of the sentence.
    #[serde(default)]
    pub params: BTreeMap<String, Value>,
}

impl Because {
    /// A reason without parameters.
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            params: BTreeMap::new(),
        }
    }

    /// The same reason with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// One step of the arithmetic behind an award; `docs/RULES.md` section 9 lists them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Derivation {
    /// `per_unit`, `per_amount`, `multiplier`, `task`, `lesson`, ...
    pub step: String,
    /// The rule that applied.
    pub rule: String,
    /// The rule set's version.
    pub version: i64,
    /// The line of the event, from zero; -1 for the event as a whole.
    #[serde(default = "whole_event")]
    pub line: i64,
    /// The step's numbers.
    pub params: BTreeMap<String, Value>,
    /// What the line comes to for this award after this step.
    pub points: i64,
}

fn whole_event() -> i64 {
    WHOLE_EVENT
}

/// The line number of steps that concern no single line.
pub const WHOLE_EVENT: i64 = -1;

/// Why a rule that was looked at gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WhyNot {
    /// The rule's id.
    pub rule: String,
    /// Stable code in snake case.
    pub code: String,
    /// Parameters of the sentence.
    #[serde(default)]
    pub params: BTreeMap<String, Value>,
}

/// The part in an event that an award pays: which of a basket's pots it belongs to, or the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PotRole {
    /// The buyer's points.
    Buyer,
    /// The seller's incentive.
    Seller,
    /// Work or learning.
    Worker,
    /// Whoever recorded a measured event.
    Actor,
    /// The outlet's owner.
    Owner,
    /// The outlet's own pot.
    Shop,
    /// One of those who work at the outlet.
    Staff,
    /// Whoever recommended the buyer.
    Referrer,
}

impl From<Who> for PotRole {
    fn from(who: Who) -> Self {
        match who {
            Who::Buyer => Self::Buyer,
            Who::Seller => Self::Seller,
            Who::Actor => Self::Actor,
            Who::Owner => Self::Owner,
            Who::Shop => Self::Shop,
            Who::Staff => Self::Staff,
            Who::Referrer => Self::Referrer,
        }
    }
}

impl PotRole {
    /// The role's name in keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Seller => "seller",
            Self::Worker => "worker",
            Self::Actor => "actor",
            Self::Owner => "owner",
            Self::Shop => "shop",
            Self::Staff => "staff",
            Self::Referrer => "referrer",
        }
    }
}

/// Points for one person for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Award {
    /// Who gets them; none when this place cannot tell who it is.
    pub participant: Option<Uuid>,
    /// Which pot.
    pub role: PotRole,
    /// How many.
    pub points: i64,
    /// Why they are not spendable yet; empty when they are.
    pub pending: Vec<Because>,
    /// The arithmetic.
    pub derivation: Vec<Derivation>,
}

/// A thing to write, and the scopes that get to see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Upsert {
    /// Kind.
    pub kind: EntityKind,
    /// Id.
    pub id: String,
    /// The whole thing.
    pub body: Value,
    /// Who gets it by sync; none for what only the server knows.
    pub scopes: Vec<Scope>,
}

impl Upsert {
    /// An upsert of a typed thing.
    #[must_use]
    pub fn of<T: Entity>(id: impl Into<String>, thing: &T, scopes: &[Scope]) -> Self {
        // A thing of ours is plain data with string keys: turning it into JSON cannot fail.
        let body = serde_json::to_value(thing).unwrap_or(Value::Null);
        Self {
            kind: T::KIND,
            id: id.into(),
            body,
            scopes: scopes.to_vec(),
        }
    }
}

/// Marks a credit that must happen at most once: unit, purpose and beneficiary role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AwardKey {
    /// The unit's key.
    pub unit: String,
    /// `sale`, `visit`, `lesson`.
    pub purpose: String,
    /// Beneficiary role.
    pub role: String,
}

/// Something that a clock brings about later: the server gives the command `due.run` then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// What it is called; a later item with this key replaces it.
    pub key: String,
    /// When, UTC milliseconds; none cancels it.
    pub at_ms: Option<i64>,
    /// `promise`, `lot`, `hold` and others.
    pub kind: String,
    /// What it is about.
    pub subject: String,
}

/// The id of the transfer that a command books as its `number`th, from zero; those without legs do
/// not count.
#[must_use]
pub fn transfer_id(command_id: Uuid, number: usize) -> Uuid {
    Uuid::new_v5(&command_id, format!("transfer:{number}").as_bytes())
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    pub class: Class,
    /// `ok`, or why not: a code of the open set in snake case.
    pub code: String,
    /// Parameters of the code's sentence.
    pub params: BTreeMap<String, Value>,
    /// What this place could not know, or what the result waits for.
    pub pending: Vec<Because>,
    /// Points.
    pub awards: Vec<Award>,
    /// Movements in the books.
    pub transfers: Vec<Transfer>,
    /// Things to write.
    pub upserts: Vec<Upsert>,
    /// Things that the server writes however it ended: what it remembers of attempts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub noted: Vec<Upsert>,
    /// Credits that must be new.
    pub award_keys: Vec<AwardKey>,
    /// Credits that a reversal gives back for another time.
    pub freed_keys: Vec<AwardKey>,
    /// What a clock brings about later.
    #[serde(default)]
    pub dues: Vec<Due>,
    /// Money off, by line.
    #[serde(default)]
    pub discounts: Vec<crate::earn::Discount>,
    /// Rules about this that gave nothing.
    #[serde(default)]
    pub why_not: Vec<WhyNot>,
}

impl Outcome {
    /// An accepted outcome without effects yet.
    #[must_use]
    pub fn accepted() -> Self {
        Self::ended(Class::Accepted, Because::new("ok"))
    }

    /// A refusal: no effect, with its reason.
    #[must_use]
    pub fn rejected(because: Because) -> Self {
        Self::ended(Class::Rejected, because)
    }

    /// Recorded; a person decides.
    #[must_use]
    pub fn parked(because: Because) -> Self {
        Self::ended(Class::Parked, because)
    }

    fn ended(class: Class, because: Because) -> Self {
        Self {
            class,
            code: because.code,
            params: because.params,
            pending: Vec::new(),
            awards: Vec::new(),
            transfers: Vec::new(),
            upserts: Vec::new(),
            noted: Vec::new(),
            award_keys: Vec::new(),
            freed_keys: Vec::new(),
            dues: Vec::new(),
            discounts: Vec::new(),
            why_not: Vec::new(),
        }
    }

    /// Net change in points of each account that the outcome touches.
    #[must_use]
    pub fn deltas(&self) -> BTreeMap<crate::ledger::Account, i64> {
        let mut deltas = BTreeMap::new();
        let legs = self.transfers.iter().flat_map(|transfer| &transfer.legs);
        for leg in legs.filter(|leg| leg.unit == crate::ledger::Unit::Points) {
            *deltas.entry(leg.account).or_insert(0) += leg.amount;
        }
        deltas
    }
}
