//! A reward handed over for a voucher. Its points were put aside before, so the first use loses
//! nothing. A use that nothing covers any more did happen all the same: it is booked, and who bears
//! it follows from what was signed.
//!
//! * Of a voucher that this place lost with its newest records, or never had: the signature proves
//!   that it was issued. The member pays from their balance, as they agreed to; what it lacks is the
//!   programme's offline loss.
//! * The same answer to the same challenge again: the phone signed once, so the till booked it
//!   twice. The programme bears it.
//! * Another challenge answered with the same voucher: the phone signed twice. The member pays, from
//!   the balance and then from what they earn later, as far as the programme's rules let people owe;
//!   the programme bears the rest.
//!
//! After the voucher's points went back nothing is booked. They go back when the terminal has said that
//! it used none of them, or when no report counts any more: a use that comes after that contradicts
//! what the terminal said, whatever its clock says now, and waits for a person.
//!
//! All losses of one voucher together are never above what it held: what goes beyond waits for a
//! person, and so does a use whose proof could not be kept.

use crate::amount::Overflow;
use crate::command::RewardRedeem;
use crate::entity::{
    About, Beneficiary, Review, VOUCHER_USES_MAX, Voucher, VoucherUse, VoucherUses,
};
use crate::facts::Seen;
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Class, Outcome, Upsert};

use super::pay::{self, Desk, Line};
use super::redeem::{self, Handed};
use super::{Answered, ShownVoucher, voucher};

/// Who did what was done more than once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blame {
    Phone,
    Till,
}

impl Blame {
    fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Till => "till",
        }
    }
}

pub(super) fn decide(
    redeem: &RewardRedeem,
    answered: &Answered,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    let shown = match covering(redeem, answered, desk) {
        Ok(shown) => shown,
        Err(because) => return Ok(Outcome::parked(because)),
    };
    let voucher = match desk.facts.see::<Voucher>(&shown.id.to_string()) {
        Seen::Known(voucher) => voucher,
        Seen::Absent => {
            let lost = of_text(shown, answered, desk);
            return issued_unrecorded(lost, (redeem, answered), desk);
        }
        Seen::Unknown => of_text(shown, answered, desk),
    };
    // While its points lie there a use loses nothing, whatever the till's clock said.
    match voucher.state.as_str() {
        "open" => first(voucher, (redeem, answered), desk),
        "returned" => Ok(Outcome::parked(Because::new("voucher_expired"))),
        _ if is_over(&voucher, desk) => Ok(Outcome::parked(Because::new("voucher_expired"))),
        _ => again(voucher, (redeem, answered), desk),
    }
}

/// The voucher that the answer spends, when it covers this redemption here and now.
fn covering<'a>(
    redeem: &RewardRedeem,
    answered: &'a Answered,
    desk: Desk<'_>,
) -> Result<&'a ShownVoucher, Because> {
    let Some(shown) = &answered.voucher else {
        return Err(Because::new("proof_invalid"));
    };
    if redeem.cover
        != (crate::command::Cover::Voucher {
            voucher_id: shown.id,
        })
    {
        return Err(Because::new("proof_invalid"));
    }
    if shown.terminal != desk.context.device {
        return Err(Because::new("voucher_elsewhere"));
    }
    let another = |reward: &String| *reward != redeem.reward;
    if shown.reward.as_ref().is_some_and(another) {
        return Err(Because::new("voucher_other_reward"));
    }
    if redeem.cost_points > shown.points {
        let exceeded = Because::new("voucher_exceeded").with("cost", redeem.cost_points);
        return Err(exceeded.with("points", shown.points));
    }
    Ok(shown)
}

/// A voucher that this terminal was not told of: its own text says what it is.
fn of_text(shown: &ShownVoucher, answered: &Answered, desk: Desk<'_>) -> Voucher {
    Voucher {
        id: shown.id,
        participant: answered.participant,
        phone: uuid::Uuid::nil(),
        terminal: shown.terminal,
        outlet: desk.context.outlet.unwrap_or_default(),
        points: shown.points,
        reward: shown.reward.clone(),
        state: "open".to_owned(),
        issued_ms: shown.from_ms,
        expires_ms: shown.until_ms,
        activity: String::new(),
        redemption: None,
        spent_points: 0,
        cancelled_ms: None,
    }
}

type Use<'a> = (&'a RewardRedeem, &'a Answered);

fn first(
    mut voucher: Voucher,
    (redeem, answered): Use<'_>,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    let (cost, rest) = (redeem.cost_points, voucher.points - redeem.cost_points);
    let spent = [
        (Account::Voucher(voucher.id), -cost),
        (Account::Redeemed, cost),
    ];
    outcome
        .transfers
        .push(Transfer::points("redemption", &spent)?);
    if rest > 0 {
        voucher::back(&mut outcome, &voucher, rest)?;
    }
    "spent".clone_into(&mut voucher.state);
    voucher.redemption = Some(redeem.redemption_id);
    voucher.spent_points = cost;
    voucher::over(&mut outcome, &voucher, desk);
    remember(&mut outcome, &voucher, used((redeem, answered), desk), desk);
    let handed = Handed {
        voucher: Some(voucher.id),
        ..Handed::default()
    };
    redeem::write(&mut outcome, redeem, &handed, desk);
    Ok(outcome)
}

fn is_over(voucher: &Voucher, desk: Desk<'_>) -> bool {
    desk.context.occurred_ms >= voucher.expires_ms
}

/// It was issued, and no record says so any more: no points lie aside for it. What the phone asked for
/// comes again later and finds the voucher spent.
fn issued_unrecorded(
    mut voucher: Voucher,
    (redeem, answered): Use<'_>,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    if is_over(&voucher, desk) {
        return Ok(Outcome::parked(Because::new("voucher_expired")));
    }
    let cost = redeem.cost_points;
    let active = Account::active(voucher.participant);
    let balance = desk.facts.balance(active);
    let taken_points = balance.map_or(cost, |balance| balance.clamp(0, cost));
    let note = VoucherUse {
        taken_points,
        loss_points: cost - taken_points,
        ..used((redeem, answered), desk)
    };
    "spent".clone_into(&mut voucher.state);
    voucher.redemption = Some(redeem.redemption_id);
    voucher.spent_points = cost;
    let mut outcome = uncovered(voucher, redeem, note, desk)?;
    if outcome.class == Class::Accepted {
        let to = Beneficiary::Participant(redeem.participant);
        let line = Line {
            subject: Some(redeem.reward.clone()),
            ..Line::about("redeem", to, -cost)
        };
        pay::record(&mut outcome, desk.context, line);
    }
    Ok(outcome)
}

/// It was used before.
fn again(
    mut voucher: Voucher,
    (redeem, answered): Use<'_>,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    let mut note = used((redeem, answered), desk);
    let blame = match desk.facts.see::<VoucherUses>(&voucher.id.to_string()) {
        Seen::Known(known) if signed_before(&known, answered) => Blame::Till,
        Seen::Known(_) => Blame::Phone,
        Seen::Absent | Seen::Unknown => Blame::Till,
    };
    blame.as_str().clone_into(&mut note.blame);
    (note.taken_points, note.owed_points) = match blame {
        Blame::Till => (0, 0),
        Blame::Phone => charged(&voucher, redeem.cost_points, desk),
    };
    note.loss_points = redeem.cost_points - note.taken_points - note.owed_points;
    "disputed".clone_into(&mut voucher.state);
    uncovered(voucher, redeem, note, desk)
}

fn signed_before(known: &VoucherUses, answered: &Answered) -> bool {
    let mut uses = known.uses.iter();
    uses.any(|used| used.challenge_id == answered.challenge)
}

/// What a member who signed twice pays now, and what they owe from then on.
fn charged(voucher: &Voucher, cost: i64, desk: Desk<'_>) -> (i64, i64) {
    let (person, facts) = (voucher.participant, desk.facts);
    let balance = facts.balance(Account::active(person)).unwrap_or(0);
    let taken = balance.clamp(0, cost);
    let owed = facts.balance(Account::Clawback(person)).unwrap_or(0);
    let most = desk.rules.clawback.points_max;
    let room = most.saturating_add(owed.min(0)).max(0);
    (taken, (cost - taken).min(room))
}

/// Books a redemption that no escrow covers as its note says, and tells the managers.
fn uncovered(
    voucher: Voucher,
    redeem: &RewardRedeem,
    note: VoucherUse,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    let loss = note.loss_points;
    if is_overused(&voucher, loss, desk) {
        return Ok(Outcome::parked(Because::new("voucher_overused")));
    }
    let budget = desk.facts.balance(Account::OfflineBudget);
    if budget.is_some_and(|budget| budget < loss) {
        return Ok(Outcome::parked(Because::new("offline_budget_spent")));
    }
    let mut outcome = Outcome::accepted();
    let spent = [
        (Account::active(voucher.participant), -note.taken_points),
        (Account::Clawback(voucher.participant), -note.owed_points),
        (Account::Issuance, -loss),
        (Account::Redeemed, redeem.cost_points),
    ];
    outcome
        .transfers
        .push(Transfer::points("redemption", &spent)?);
    if loss > 0 {
        let lost = [
            (Account::OfflineBudget, -loss),
            (Account::OfflineLoss, loss),
        ];
        outcome
            .transfers
            .push(Transfer::points("voucher_loss", &lost)?);
        outcome
            .pending
            .push(Because::new("offline_loss").with("points", loss));
    }
    if note.blame.is_empty() {
        voucher::over(&mut outcome, &voucher, desk);
    } else {
        voucher::write(&mut outcome, &voucher, desk);
        flag(&mut outcome, &voucher, &note, desk);
    }
    remember(&mut outcome, &voucher, note, desk);
    let handed = Handed {
        voucher: Some(voucher.id),
        loss_points: loss,
        lease: None,
    };
    redeem::write(&mut outcome, redeem, &handed, desk);
    Ok(outcome)
}

/// True when the programme has borne as much for this voucher as it held, or no further use of it can
/// be kept: whoever repeats what was signed once then gains nothing more by it.
fn is_overused(voucher: &Voucher, loss_points: i64, desk: Desk<'_>) -> bool {
    let Seen::Known(known) = desk.facts.see::<VoucherUses>(&voucher.id.to_string()) else {
        return loss_points > voucher.points;
    };
    let borne = known.uses.iter().map(|used| used.loss_points);
    let all_points = borne.fold(loss_points, i64::saturating_add);
    all_points > voucher.points || known.uses.len() >= VOUCHER_USES_MAX
}

/// A use as it is kept, before anybody pays for it.
fn used((redeem, answered): Use<'_>, desk: Desk<'_>) -> VoucherUse {
    VoucherUse {
        command_id: desk.context.command_id,
        redemption: redeem.redemption_id,
        challenge_id: answered.challenge.clone(),
        challenge: redeem.challenge.clone().unwrap_or_default(),
        answer: redeem.proof.clone(),
        at_ms: desk.context.occurred_ms,
        blame: String::new(),
        taken_points: 0,
        owed_points: 0,
        loss_points: 0,
    }
}

/// Keeps the texts of a use: two of them prove by themselves who did what.
fn remember(outcome: &mut Outcome, voucher: &Voucher, note: VoucherUse, desk: Desk<'_>) {
    let id = voucher.id.to_string();
    let mut known = match desk.facts.see::<VoucherUses>(&id) {
        Seen::Known(known) => known,
        Seen::Absent | Seen::Unknown => VoucherUses {
            voucher: voucher.id,
            participant: voucher.participant,
            terminal: voucher.terminal,
            status: "once".to_owned(),
            uses: Vec::new(),
        },
    };
    if !note.blame.is_empty() {
        "twice".clone_into(&mut known.status);
    }
    if known.uses.len() < VOUCHER_USES_MAX {
        known.uses.push(note);
    }
    outcome.upserts.push(Upsert::of(id, &known, &[]));
}

/// Tells the managers that a voucher was used again.
fn flag(outcome: &mut Outcome, voucher: &Voucher, note: &VoucherUse, desk: Desk<'_>) {
    let because = Because::new("voucher_used_twice")
        .with("points", note.loss_points)
        .with("by", note.blame.as_str());
    outcome.pending.push(because.clone());
    let about = About::Person(voucher.participant);
    let id = format!("signal:voucher:{}", note.command_id);
    let review = Review::signal(
        id,
        because,
        about,
        Some(voucher.outlet),
        desk.context.now_ms,
    );
    outcome
        .noted
        .push(Upsert::of(review.id.clone(), &review, &[]));
}
