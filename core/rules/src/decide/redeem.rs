//! `reward.redeem`: a member spends. Online the server decides before anything is handed over; under
//! a lease the hand-over is a fact, honoured, and what the member's balance lacks is the programme's
//! `offline_loss`, never more than the lease holds. What a voucher covers is in `voucher_use`.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::Overflow;
use crate::command::{Cover, RewardRedeem};
use crate::entity::{About, Beneficiary, Lease, Participant, Proof, Redemption, Review, Reward};
use crate::facts::{FactKey, Facts, Seen};
use crate::fresh::fresh;
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

use super::pay::{self, Desk, Line};
use super::{Answered, Context, ProofCheck, allowance, member_day, voucher, voucher_use};

/// What is marked as used when the member's proof is: a rotating code, or the challenge that was
/// answered. A voucher is marked itself.
fn proof_id<'a>(redeem: &RewardRedeem, context: &'a Context) -> Option<&'a str> {
    match &context.proof {
        ProofCheck::Valid { id, .. } => Some(id),
        ProofCheck::Answered(answered) if !matches!(redeem.cover, Cover::Voucher { .. }) => {
            Some(&answered.challenge)
        }
        _ => None,
    }
}

pub(super) fn needs(
    redeem: &RewardRedeem,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Reward>(&redeem.reward));
    keys.insert(FactKey::of::<Redemption>(redeem.redemption_id.to_string()));
    keys.insert(FactKey::of::<Participant>(redeem.participant.to_string()));
    keys.insert(FactKey::Balance(Account::active(redeem.participant)));
    if let Some(id) = proof_id(redeem, context) {
        keys.insert(FactKey::of::<Proof>(id));
    }
    match redeem.cover {
        Cover::Online => {}
        Cover::Lease { lease_id } => {
            keys.insert(FactKey::of::<Lease>(lease_id.to_string()));
            keys.insert(FactKey::Balance(Account::Lease(lease_id)));
            member_day::needs(redeem.participant, context, keys);
        }
        Cover::Voucher { voucher_id } => voucher::use_needs(voucher_id, facts, keys),
        Cover::Allowance => allowance::needs(redeem, context, keys),
    }
}

pub(super) fn decide(redeem: &RewardRedeem, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let (context, facts, rules) = (desk.context, desk.facts, desk.rules);
    // Goods handed over cannot be un-handed: what is wrong then waits for a person.
    let refuse = |because: Because| match redeem.cover {
        Cover::Online => Outcome::rejected(because),
        Cover::Lease { .. } | Cover::Voucher { .. } | Cover::Allowance => Outcome::parked(because),
    };
    let answered = match proven(redeem, context) {
        Ok(answered) => answered,
        Err(because) => return Ok(refuse(because)),
    };
    if let Some(because) = wrong(redeem, context, facts) {
        return Ok(refuse(because));
    }
    let balance = facts.balance(Account::active(redeem.participant));
    let taken = match redeem.cover {
        Cover::Online => match balance {
            Some(balance) if balance >= redeem.cost_points => redeem.cost_points,
            Some(balance) => {
                let lacks = Because::new("insufficient_points").with("balance", balance);
                return Ok(refuse(lacks.with("cost", redeem.cost_points)));
            }
            None => redeem.cost_points,
        },
        Cover::Lease { lease_id } => {
            if let Some(because) = beyond_lease(redeem, lease_id, context, facts, rules) {
                return Ok(refuse(because));
            }
            if let Some(because) = member_day::beyond(redeem, desk) {
                return Ok(refuse(because));
            }
            there(balance, redeem.cost_points)
        }
        Cover::Allowance => {
            let taken = there(balance, redeem.cost_points);
            let beyond = allowance::beyond(redeem, desk)
                .or_else(|| allowance::unfunded(redeem.cost_points - taken, facts));
            if let Some(because) = beyond {
                return Ok(refuse(because));
            }
            taken
        }
        Cover::Voucher { .. } => {
            return match answered {
                Some(answered) => voucher_use::decide(redeem, answered, desk),
                None => Ok(refuse(Because::new("proof_invalid"))),
            };
        }
    };
    book(redeem, taken, desk)
}

/// What can be taken of a price; a balance that is not known is taken to be enough.
fn there(balance: Option<i64>, cost_points: i64) -> i64 {
    balance.map_or(cost_points, |balance| balance.clamp(0, cost_points))
}

/// The answer to the terminal's challenge, when the proof is one; a rotating code stands for itself.
fn proven<'a>(
    redeem: &RewardRedeem,
    context: &'a Context,
) -> Result<Option<&'a Answered>, Because> {
    match &context.proof {
        ProofCheck::Absent => Err(Because::new("proof_required")),
        ProofCheck::Invalid(code) => Err(Because::new(code)),
        ProofCheck::Valid { participant, .. } if *participant != redeem.participant => {
            Err(Because::new("proof_invalid"))
        }
        ProofCheck::Valid { .. } => Ok(None),
        ProofCheck::Answered(answered) if answered.participant != redeem.participant => {
            Err(Because::new("proof_invalid"))
        }
        ProofCheck::Answered(answered) if answered.terminal != context.device => {
            Err(Because::new("challenge_elsewhere"))
        }
        ProofCheck::Answered(answered)
            if answered.reward != redeem.reward || answered.cost_points != redeem.cost_points =>
        {
            Err(Because::new("challenge_differs"))
        }
        ProofCheck::Answered(answered) => Ok(Some(answered)),
    }
}

fn wrong(redeem: &RewardRedeem, context: &Context, facts: &Facts) -> Option<Because> {
    let used = |id| matches!(facts.see::<Proof>(id), Seen::Known(_));
    if proof_id(redeem, context).is_some_and(used) {
        return Some(Because::new("proof_used"));
    }
    let person = redeem.participant.to_string();
    if facts.see::<Participant>(&person) == Seen::Absent {
        return Some(Because::new("unknown_member"));
    }
    if redeem.participant == context.actor {
        return Some(Because::new("not_permitted"));
    }
    if matches!(
        facts.see::<Redemption>(&redeem.redemption_id.to_string()),
        Seen::Known(_)
    ) {
        return Some(Because::new("already_redeemed"));
    }
    if redeem.cost_points <= 0 {
        return Some(Because::new("bad_input"));
    }
    // What was handed over was there, whatever became of the reward and its stock meanwhile. A till
    // looks at both before it asks a phone.
    if redeem.cover != Cover::Online {
        return None;
    }
    match facts.see::<Reward>(&redeem.reward) {
        Seen::Absent | Seen::Unknown => Some(Because::new("reward_unknown")),
        Seen::Known(reward) if reward.stock.is_some_and(|left| left <= 0) => {
            Some(Because::new("out_of_stock"))
        }
        Seen::Known(reward) if reward.cost_points != redeem.cost_points => {
            Some(Because::new("price_changed").with("cost", reward.cost_points))
        }
        Seen::Known(_) => None,
    }
}

fn beyond_lease(
    redeem: &RewardRedeem,
    lease_id: Uuid,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Option<Because> {
    let Seen::Known(lease) = facts.see::<Lease>(&lease_id.to_string()) else {
        return Some(Because::new("lease_missing"));
    };
    if lease.device != context.device {
        return Some(Because::new("lease_missing"));
    }
    if let Some(because) = super::lease::closed(&lease) {
        return Some(because);
    }
    if context.occurred_ms >= lease.stale_ms {
        return Some(Because::new("lease_stale"));
    }
    let left = facts
        .balance(Account::Lease(lease_id))
        .unwrap_or(0)
        .saturating_sub(context.exposure_points);
    let synced_ms = context.made.from_ms;
    let fresh = fresh(&lease, &rules.limits, synced_ms, context.occurred_ms);
    let left = left.saturating_sub(fresh.held_back(lease.granted_points));
    let most = left.min(rules.limits.offline_redemption_points_max);
    (redeem.cost_points > most).then(|| {
        Because::new("lease_exceeded")
            .with("cost", redeem.cost_points)
            .with("left", most.max(0))
    })
}

fn book(redeem: &RewardRedeem, taken: i64, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let cost = redeem.cost_points;
    let loss = cost - taken;
    let mut outcome = Outcome::accepted();
    let legs = [
        (Account::active(redeem.participant), -taken),
        (Account::Issuance, -loss),
        (Account::Redeemed, cost),
    ];
    outcome
        .transfers
        .push(Transfer::points("redemption", &legs)?);
    let mut lease = None;
    if let Cover::Lease { lease_id } = redeem.cover {
        lease = Some(lease_id);
        member_day::count(&mut outcome, redeem, desk);
        if loss > 0 {
            lease_loss(&mut outcome, redeem, (lease_id, loss), desk)?;
        }
    }
    if redeem.cover == Cover::Allowance {
        member_day::count(&mut outcome, redeem, desk);
        if loss > 0 {
            allowance::lose(&mut outcome, loss, desk)?;
            tell(&mut outcome, "allowance", redeem, loss, desk);
        }
    }
    let handed = Handed {
        lease,
        loss_points: loss,
        voucher: None,
    };
    write(&mut outcome, redeem, &handed, desk);
    let to = Beneficiary::Participant(redeem.participant);
    let line = Line {
        subject: Some(redeem.reward.clone()),
        ..Line::about("redeem", to, -redeem.cost_points)
    };
    pay::record(&mut outcome, desk.context, line);
    Ok(outcome)
}

/// Books what a member's balance lacked under a lease.
fn lease_loss(
    outcome: &mut Outcome,
    redeem: &RewardRedeem,
    (lease_id, loss): (Uuid, i64),
    desk: Desk<'_>,
) -> Result<(), Overflow> {
    let legs = [
        (Account::Lease(lease_id), -loss),
        (Account::OfflineLoss, loss),
    ];
    outcome
        .transfers
        .push(Transfer::points("lease_loss", &legs)?);
    tell(outcome, "lease", redeem, loss, desk);
    if let Seen::Known(mut known) = desk.facts.see::<Lease>(&lease_id.to_string()) {
        known.loss_points += loss;
        let outlet = [Scope::Outlet(known.outlet)];
        let id = lease_id.to_string();
        outcome.upserts.push(Upsert::of(id, &known, &outlet));
    }
    Ok(())
}

/// Tells the managers of a loss; `by` names what allowed it.
fn tell(outcome: &mut Outcome, by: &str, redeem: &RewardRedeem, loss: i64, desk: Desk<'_>) {
    let because = Because::new("offline_loss").with("points", loss);
    outcome.pending.push(because.clone());
    let about = About::Person(redeem.participant);
    let id = format!("signal:{by}:{}", desk.context.command_id);
    let review = Review::signal(id, because, about, desk.context.outlet, desk.context.now_ms);
    let noted = Upsert::of(review.id.clone(), &review, &[]);
    outcome.noted.push(noted);
}

/// What covered a redemption, and what it did not.
#[derive(Default)]
pub(super) struct Handed {
    /// The lease.
    pub lease: Option<Uuid>,
    /// The voucher.
    pub voucher: Option<Uuid>,
    /// Points that the programme bears.
    pub loss_points: i64,
}

/// Writes the redemption, what it used up of the proof, and the stock that is left.
pub(super) fn write(outcome: &mut Outcome, redeem: &RewardRedeem, handed: &Handed, desk: Desk<'_>) {
    let (context, facts) = (desk.context, desk.facts);
    let mut scopes = vec![Scope::Participant(redeem.participant)];
    scopes.extend(context.outlet.map(Scope::Outlet));
    let redemption = Redemption {
        id: redeem.redemption_id,
        participant: redeem.participant,
        reward: redeem.reward.clone(),
        cost_points: redeem.cost_points,
        outlet: context.outlet,
        lease: handed.lease,
        voucher: handed.voucher,
        loss_points: handed.loss_points,
        at_ms: context.occurred_ms,
    };
    outcome
        .upserts
        .push(Upsert::of(redemption.id.to_string(), &redemption, &scopes));
    if let Some(id) = proof_id(redeem, context) {
        let outlet: Vec<Scope> = context.outlet.map(Scope::Outlet).into_iter().collect();
        outcome.upserts.push(Upsert::of(
            id,
            &Proof {
                command_id: context.command_id,
            },
            &outlet,
        ));
    }
    if let Seen::Known(mut reward) = facts.see::<Reward>(&redeem.reward)
        && let Some(left) = reward.stock
    {
        reward.stock = Some((left - 1).max(0));
        outcome.upserts.push(Upsert::of(
            redeem.reward.clone(),
            &reward,
            &[Scope::Programme(context.programme)],
        ));
    }
}
