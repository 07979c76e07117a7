//! What a planned month consists of.

use carrot_rules::Command;
use uuid::Uuid;

/// When in its day an event is sent. What is sent later can rest on what was sent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Phones in the morning: lessons, wishes, claims, visits.
    Phones,
    /// Tills.
    Tills,
    /// Phones in the evening: what others have claimed already.
    Evening,
    /// Tills at closing time: rewards.
    Rewards,
}

/// Which device sends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sender {
    /// The terminal of an outlet, by its code.
    Till(String),
    /// The phone of a person, by their code.
    Phone(String),
}

/// What happens.
#[derive(Debug, Clone)]
pub enum What {
    /// A command.
    Command(Command),
    /// A reward bought at a till with the person's rotating code.
    Redeem {
        /// Who, by code.
        person: String,
        /// The reward's code.
        reward: String,
        /// Its price in points.
        cost_points: i64,
    },
    /// A visit with a picture.
    Visit {
        /// The stop that it answers.
        stop: Option<String>,
        /// The task's code.
        task: String,
        /// Codes of the task's checklist.
        items: Vec<String>,
    },
}

/// One planned event.
#[derive(Debug, Clone)]
pub struct Event {
    /// Day relative to today.
    pub day: i64,
    /// When in the day it is sent.
    pub phase: Phase,
    /// By which device.
    pub sender: Sender,
    /// When it happened, UTC milliseconds.
    pub at_ms: i64,
    /// Who acts.
    pub actor: Uuid,
    /// Where.
    pub outlet: Uuid,
    /// What.
    pub what: What,
    /// The verdict's code that the plan counts on.
    pub expect: &'static str,
}

/// Codes that the sheets print.
#[derive(Debug, Clone, Default)]
pub struct Prints {
    /// Unused warranty codes of the Aarhus series, canonical.
    pub unused: Vec<String>,
    /// A code that somebody has claimed.
    pub used: String,
    /// A code of another programme, as typed.
    pub foreign: String,
    /// A receipt's text, and the warranty code of the same sale.
    pub receipt: (String, String),
}

/// The whole month.
pub struct Plan {
    /// Events in the order in which they are sent.
    pub events: Vec<Event>,
    /// What this version cannot replay.
    pub notes: Vec<String>,
    /// What the sheets print.
    pub prints: Prints,
}
