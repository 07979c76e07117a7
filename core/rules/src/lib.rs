//! What decides: amounts, the double-entry ledger, rule sets, `needs()` and `decide()`.
//!
//! Everything here is pure. Instants, ids and random bytes come in as arguments; a phone, a
//! terminal and the server run the same two functions over their own facts, and equal facts give
//! equal outcomes. What a place cannot know is [`facts::Fact::Unknown`], and whatever depends on it
//! is pending with a reason, never a guess.

pub mod amount;
pub mod check;
pub mod command;
pub mod decide;
pub mod earn;
pub mod entity;
pub mod facts;
pub mod fresh;
pub mod index;
pub mod ledger;
pub mod made;
pub mod outcome;
pub mod recompute;
pub mod replace;
pub mod replay;
pub mod ruleset;
pub mod scope;

pub use command::{Command, Kind};
pub use decide::{Answered, Context, ProofCheck, ShownVoucher, decide, needs};
pub use facts::{Fact, FactKey, Facts};
pub use ledger::{Account, Leg, Pot, Transfer, Unit};
pub use outcome::{Award, Because, Class, Outcome, PotRole, Upsert};
pub use ruleset::RuleSet;
pub use scope::Scope;
