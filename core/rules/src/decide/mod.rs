//! The two functions that phone, terminal and server share: what a command needs to know, and what
//! follows from it.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::Overflow;
use crate::command::Command;
use crate::entity::{Guess, ONLY};
use crate::facts::{FactKey, Facts};
use crate::made::Made;
use crate::outcome::{Because, Outcome};
use crate::ruleset::RuleSet;

mod allowance;
mod claim;
mod due;
mod earning;
mod event;
mod evidence;
mod goal;
mod guess;
mod hold;
mod late;
mod latest;
mod lease;
mod member_day;
mod pace;
mod part_pay;
mod pay;
mod payment;
mod points;
mod policy;
mod policy_confirm;
mod promise;
mod quiz;
pub mod receipt;
mod redeem;
mod referral;
mod returns;
mod review;
mod sale;
mod sell_in;
mod series;
mod signal;
pub mod time;
mod visit;
mod void;
mod voucher;
mod voucher_use;

pub use late::too_late;
pub use member_day::left_today;

/// What the host found when it checked the rotating code that a command carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofCheck {
    /// The command carries none.
    Absent,
    /// A rotating code: signatures, validity and time are right.
    Valid {
        /// Whom it proves.
        participant: Uuid,
        /// Its hash (hex), for using it once.
        id: String,
    },
    /// A phone's answer to a till's challenge: signatures and time are right.
    Answered(Box<Answered>),
    /// It is not acceptable; the error's code says why.
    Invalid(String),
}

/// What a member's phone agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Whose phone.
    pub participant: Uuid,
    /// The terminal that asked.
    pub terminal: Uuid,
    /// What tells the challenge from every other one.
    pub challenge: String,
    /// The reward's code.
    pub reward: String,
    /// Its price, points.
    pub cost_points: i64,
    /// The voucher that it agreed to spend.
    pub voucher: Option<ShownVoucher>,
}

/// A voucher as its own text says, with the server's signature checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownVoucher {
    /// Voucher.
    pub id: Uuid,
    /// The terminal that may take it.
    pub terminal: Uuid,
    /// How many points.
    pub points: i64,
    /// The only reward that it is for; none for any.
    pub reward: Option<String>,
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// First instant after it, UTC milliseconds.
    pub until_ms: i64,
}

/// What a decision knows besides facts: who acts, where and when. All of it is an input.
#[derive(Debug, Clone)]
pub struct Context {
    /// The command's id.
    pub command_id: Uuid,
    /// The device that signed it.
    pub device: Uuid,
    /// Who acts.
    pub actor: Uuid,
    /// The programme.
    pub programme: Uuid,
    /// Where, when the command names a place.
    pub outlet: Option<Uuid>,
    /// When it happened, estimated UTC milliseconds.
    pub occurred_ms: i64,
    /// When it is being decided, UTC milliseconds.
    pub now_ms: i64,
    /// How well the instant is known.
    pub made: Made,
    /// The rotating code's check.
    pub proof: ProofCheck,
    /// Points that this device redeemed under its lease and that the server has not yet booked;
    /// zero on the server.
    pub exposure_points: i64,
    /// The wrong codes of the address that it came from; none on a device.
    pub address: Guess,
}

/// The facts that `command` needs besides those already in `facts`. Call it until it returns
/// nothing: what is needed can depend on what was found.
#[must_use]
pub fn needs(command: &Command, context: &Context, facts: &Facts) -> BTreeSet<FactKey> {
    let mut keys = BTreeSet::from([FactKey::of::<RuleSet>(ONLY)]);
    match command {
        Command::SaleRecord(sale) => sale::needs(sale, context, facts, &mut keys),
        Command::SaleVoid(void) => {
            returns::sale_needs(&void.sale_id.to_string(), facts, &mut keys);
        }
        Command::SaleReturn(back) => {
            returns::sale_needs(&back.sale_id.to_string(), facts, &mut keys);
        }
        Command::ReceiptCancel(cancel) => {
            returns::receipt::needs(cancel, context, facts, &mut keys);
        }
        Command::PaymentRecord(payment) => payment::needs(payment, context, facts, &mut keys),
        Command::ClaimSubmit(claim) => claim::needs(claim, context, facts, &mut keys),
        Command::VisitRecord(visit) => visit::needs(visit, context, &mut keys),
        Command::QuizSubmit(quiz) => quiz::needs(quiz, context, &mut keys),
        Command::RewardRedeem(redeem) => redeem::needs(redeem, context, facts, &mut keys),
        Command::LeaseRequest(request) => lease::needs(request, &mut keys),
        Command::LeaseReturn(back) => lease::return_needs(back, &mut keys),
        Command::LeaseWriteOff(write_off) => {
            lease::manager_needs(write_off.lease_id, context, &mut keys);
        }
        Command::LeaseClear(clear) => lease::manager_needs(clear.lease_id, context, &mut keys),
        Command::AllowanceSet(set) => allowance::set_needs(set, context, facts, &mut keys),
        Command::VoucherRequest(request) => voucher::needs(request, context, &mut keys),
        Command::VoucherCancel(cancel) => voucher::cancel_needs(cancel, context, &mut keys),
        Command::HoldPlace(place) => hold::place_needs(place, context, &mut keys),
        Command::HoldCapture(capture) => {
            hold::needs(&capture.hold_id.to_string(), context, facts, &mut keys);
        }
        Command::HoldRelease(release) => {
            hold::needs(&release.hold_id.to_string(), context, facts, &mut keys);
        }
        Command::GoalSet(goal) => goal::needs(goal, &mut keys),
        Command::ReferralAccept(accept) => referral::needs(accept, context, facts, &mut keys),
        Command::EventRecord(record) => event::needs(record, context, facts, &mut keys),
        Command::ReviewDecide(review) => review::needs(review, context, facts, &mut keys),
        Command::DueRun(due) => due::needs(due, context, facts, &mut keys),
        Command::UnitReturn(back) => series::back::needs(back, context, facts, &mut keys),
        Command::ReceiptSettle(settle) => {
            receipt::settle_needs(settle, context, facts, &mut keys);
        }
        Command::ReceiptCredit(credit) => {
            receipt::credit_needs(credit, context, facts, &mut keys);
        }
    }
    if is_report(command) {
        pace::needs(context, facts, &mut keys);
    }
    late::needs(context, &mut keys);
    keys.retain(|key| !facts.has(key));
    keys
}

/// What follows from `command`. Pure: equal inputs give equal outcomes everywhere.
#[must_use]
pub fn decide(command: &Command, context: &Context, facts: &Facts) -> Outcome {
    let Some(rules) = facts.rules() else {
        return Outcome::parked(Because::new("rules_missing"));
    };
    if let Some(because) = late::too_late(command, context, &rules) {
        return Outcome::parked(because);
    }
    let desk = pay::Desk {
        context,
        facts,
        rules: &rules,
    };
    let decided = match command {
        Command::SaleRecord(sale) => sale::decide(sale, context, facts, &rules),
        Command::SaleVoid(void) => void::decide(void, desk),
        Command::SaleReturn(back) => returns::decide(back, desk),
        Command::ReceiptCancel(cancel) => returns::receipt::decide(cancel, desk),
        Command::PaymentRecord(payment) => payment::decide(payment, desk),
        Command::ClaimSubmit(claim) => claim::decide(claim, context, facts, &rules),
        Command::VisitRecord(visit) => visit::decide(visit, context, facts, &rules),
        Command::QuizSubmit(quiz) => quiz::decide(quiz, context, facts, &rules),
        Command::RewardRedeem(redeem) => redeem::decide(redeem, desk),
        Command::LeaseRequest(request) => lease::decide(request, context, facts, &rules),
        Command::LeaseReturn(back) => lease::give_back(back, desk),
        Command::LeaseWriteOff(write_off) => lease::write_off(write_off, desk),
        Command::LeaseClear(clear) => Ok(lease::clear(clear, desk)),
        Command::AllowanceSet(set) => Ok(allowance::set(set, desk)),
        Command::VoucherRequest(request) => voucher::decide(request, desk),
        Command::VoucherCancel(cancel) => Ok(voucher::cancel(cancel, desk)),
        Command::HoldPlace(place) => hold::place(place, desk),
        Command::HoldCapture(capture) => hold::capture(capture, desk),
        Command::HoldRelease(release) => hold::release(release, desk),
        Command::GoalSet(goal) => Ok(goal::decide(goal, context, facts)),
        Command::ReferralAccept(accept) => referral::decide(accept, desk),
        Command::EventRecord(record) => event::decide(record, desk),
        Command::ReviewDecide(review) => review::decide(review, desk),
        Command::DueRun(due) => due::decide(due, desk),
        Command::UnitReturn(back) => series::back::decide(back, desk),
        Command::ReceiptSettle(settle) => receipt::settle(settle, desk),
        Command::ReceiptCredit(credit) => receipt::credit(credit, desk),
    };
    let refused = |Overflow| Outcome::rejected(Because::new("amount_too_large"));
    let outcome = late::watched(decided.unwrap_or_else(refused), context, facts);
    if is_report(command) {
        pace::watched(outcome, context, facts, &rules.limits)
    } else {
        outcome
    }
}

/// True for what people report of their own work in the field.
fn is_report(command: &Command) -> bool {
    matches!(command, Command::ClaimSubmit(_) | Command::VisitRecord(_))
}
