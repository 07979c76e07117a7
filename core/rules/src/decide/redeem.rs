//! `reward.redeem`: a member spends. Online the server decides before anything is handed over; under
//! a lease the hand-over is a fact, honoured, and what the member's balance lacks is the programme's
//! `offline_loss`, never more than the lease holds.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{Cover, RewardRedeem};
use crate::entity::{Beneficiary, Lease, Participant, Proof, Redemption, Reward};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

use super::pay::{self, Line};
use super::{Context, ProofCheck};

pub(super) fn needs(redeem: &RewardRedeem, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Reward>(&redeem.reward));
    keys.insert(FactKey::of::<Redemption>(redeem.redemption_id.to_string()));
    keys.insert(FactKey::of::<Participant>(redeem.participant.to_string()));
    keys.insert(FactKey::Balance(Account::active(redeem.participant)));
    if let ProofCheck::Valid { id, .. } = &context.proof {
        keys.insert(FactKey::of::<Proof>(id));
    }
    if let Cover::Lease { lease_id } = redeem.cover {
        keys.insert(FactKey::of::<Lease>(lease_id.to_string()));
        keys.insert(FactKey::Balance(Account::Lease(lease_id)));
    }
}

pub(super) fn decide(
    redeem: &RewardRedeem,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Outcome, Overflow> {
    // Goods handed over under a lease cannot be un-handed: what is wrong then waits for a person.
    let refuse = |because: Because| match redeem.cover {
        Cover::Online => Outcome::rejected(because),
        Cover::Lease { .. } => Outcome::parked(because),
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
            balance.map_or(redeem.cost_points, |balance| {
                balance.clamp(0, redeem.cost_points)
            })
        }
    };
    book(redeem, taken, context, facts)
}

fn wrong(redeem: &RewardRedeem, context: &Context, facts: &Facts) -> Option<Because> {
    let proof = match &context.proof {
        ProofCheck::Absent => return Some(Because::new("proof_required")),
        ProofCheck::Invalid(code) => return Some(Because::new(code)),
        ProofCheck::Valid { participant, .. } if *participant != redeem.participant => {
            return Some(Because::new("proof_invalid"));
        }
        ProofCheck::Valid { id, .. } => id,
    };
    if matches!(facts.see::<Proof>(proof), Seen::Known(_)) {
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
    match facts.see::<Reward>(&redeem.reward) {
        Seen::Absent | Seen::Unknown => Some(Because::new("reward_unknown")),
        Seen::Known(reward) if reward.stock.is_some_and(|left| left <= 0) => {
            Some(Because::new("out_of_stock"))
        }
        Seen::Known(reward)
            if redeem.cover == Cover::Online && reward.cost_points != redeem.cost_points =>
        {
            Some(Because::new("price_changed").with("cost", reward.cost_points))
        }
        Seen::Known(_) if redeem.cost_points <= 0 => Some(Because::new("bad_input")),
        Seen::Known(_) => None,
    }
}

fn beyond_lease(
    redeem: &RewardRedeem,
    lease_id: uuid::Uuid,
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
    if context.occurred_ms >= lease.stale_ms {
        return Some(Because::new("lease_stale"));
    }
    let left = facts
        .balance(Account::Lease(lease_id))
        .unwrap_or(0)
        .saturating_sub(context.exposure_points);
    let most = left.min(rules.limits.offline_redemption_points_max);
    (redeem.cost_points > most).then(|| {
        Because::new("lease_exceeded")
            .with("cost", redeem.cost_points)
            .with("left", most.max(0))
    })
}

fn book(
    redeem: &RewardRedeem,
    taken: i64,
    context: &Context,
    facts: &Facts,
) -> Result<Outcome, Overflow> {
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
        if loss > 0 {
            let legs = [
                (Account::Lease(lease_id), -loss),
                (Account::OfflineLoss, loss),
            ];
            outcome
                .transfers
                .push(Transfer::points("lease_loss", &legs)?);
            outcome
                .pending
                .push(Because::new("offline_loss").with("points", loss));
        }
        if loss > 0
            && let Seen::Known(mut known) = facts.see::<Lease>(&lease_id.to_string())
        {
            known.loss_points += loss;
            outcome.upserts.push(Upsert::of(
                lease_id.to_string(),
                &known,
                &[Scope::Outlet(known.outlet)],
            ));
        }
    }
    write(&mut outcome, redeem, loss, lease, context, facts);
    Ok(outcome)
}

fn write(
    outcome: &mut Outcome,
    redeem: &RewardRedeem,
    loss_points: i64,
    lease: Option<uuid::Uuid>,
    context: &Context,
    facts: &Facts,
) {
    let mut scopes = vec![Scope::Participant(redeem.participant)];
    scopes.extend(context.outlet.map(Scope::Outlet));
    let redemption = Redemption {
        id: redeem.redemption_id,
        participant: redeem.participant,
        reward: redeem.reward.clone(),
        cost_points: redeem.cost_points,
        outlet: context.outlet,
        lease,
        loss_points,
        at_ms: context.occurred_ms,
    };
    outcome
        .upserts
        .push(Upsert::of(redemption.id.to_string(), &redemption, &scopes));
    if let ProofCheck::Valid { id, .. } = &context.proof {
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
    let to = Beneficiary::Participant(redeem.participant);
    let line = Line {
        subject: Some(redeem.reward.clone()),
        ..Line::about("redeem", to, -redeem.cost_points)
    };
    pay::record(outcome, context, line);
}
