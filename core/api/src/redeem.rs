//! Spending at the till while the server is there: it decides. Without it see `voucher`.

use std::sync::Arc;

use carrot_client::Membership;
use carrot_rules::Command;
use carrot_rules::command::{Cover, LeaseRequest, LeaseReturn, RewardRedeem};
use carrot_rules::entity::Reward;
use carrot_rules::outcome::{Because, Class};
use carrot_wire::{CallError, VerdictClass};
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::schema::*;

impl Api {
    pub(crate) async fn redeem(&self, request: RedeemRequest) -> Answer<RedeemDone> {
        let membership = self.member()?;
        let actor = self.actor(&membership)?;
        let outlet = self.place(&membership).await?;
        let reward = membership
            .thing::<Reward>(&request.reward)
            .await
            .map_err(refused)?;
        let reward =
            reward.ok_or_else(|| CallError::new("reward_unknown", request.reward.clone()))?;
        // A code that was photographed is worth nothing where nobody can ask the server about it:
        // without a network the phone agrees to this very reward instead (`challenge`).
        if !self.try_sync(&membership).await {
            let detail = "without a network the member's phone answers a challenge";
            return Err(CallError::new("challenge_needed", detail));
        }
        let redeem = RewardRedeem {
            redemption_id: Uuid::now_v7(),
            reward: reward.code.clone(),
            cost_points: reward.cost_points,
            participant: request.participant,
            proof: request.proof.clone(),
            challenge: None,
            cover: Cover::Online,
        };
        self.refuse_known_shortfall(&membership, &redeem).await?;
        let command = Command::RewardRedeem(redeem.clone());
        let outcome = membership
            .preview(&command, actor, outlet)
            .await
            .map_err(refused)?;
        if outcome.class != Class::Accepted {
            return Err(convert::refusal(&outcome.code, &outcome.params));
        }
        let submitted = membership
            .submit(command, actor, outlet, Vec::new())
            .await
            .map_err(refused)?;
        self.try_sync(&membership).await;
        let (state, because) = self.answer(&membership, submitted.command_id).await?;
        self.redeemed(&membership, redeem, state, because).await
    }

    /// What this terminal knows the member to lack is not lent: a lease is for what it cannot know.
    pub(crate) async fn refuse_known_shortfall(
        &self,
        membership: &Membership,
        redeem: &RewardRedeem,
    ) -> Answer<()> {
        let balances = membership
            .balances(redeem.participant)
            .await
            .map_err(refused)?;
        match balances.view_active {
            Some(balance) if balance < redeem.cost_points => Err(CallError::new(
                "insufficient_points",
                "as last synced, with this terminal's own sales",
            )
            .with("balance", balance)
            .with("cost", redeem.cost_points)),
            _ => Ok(()),
        }
    }

    async fn answer(
        &self,
        membership: &Membership,
        command_id: Uuid,
    ) -> Answer<(&'static str, Vec<Because>)> {
        let command = membership.command(command_id).await.map_err(refused)?;
        Ok(match command.and_then(|command| command.verdict) {
            Some(verdict) if verdict.class == VerdictClass::Accepted => ("confirmed", Vec::new()),
            Some(verdict) if verdict.class.is_final() => (
                "refused",
                vec![Because {
                    code: verdict.code,
                    params: verdict.params,
                }],
            ),
            _ => ("waiting", vec![Because::new("awaits_sync")]),
        })
    }

    pub(crate) async fn redeemed(
        &self,
        membership: &Membership,
        redeem: RewardRedeem,
        state: &str,
        because: Vec<Because>,
    ) -> Answer<RedeemDone> {
        let balances = membership
            .balances(redeem.participant)
            .await
            .map_err(refused)?;
        let lease = membership.lease().await.map_err(refused)?;
        Ok(RedeemDone {
            redemption_id: redeem.redemption_id,
            state: state.to_owned(),
            because,
            cost_points: redeem.cost_points,
            balance_points: balances.view_active,
            lease_left_points: lease
                .filter(|_| state == "under_lease")
                .map(|lease| lease.left_points),
        })
    }

    pub(crate) async fn request_lease(&self, request: LeaseWish) -> Answer<StatusView> {
        let membership = self.member()?;
        if membership.certificate().role != "terminal" {
            return Err(CallError::new(
                "not_permitted",
                "only a terminal holds a lease",
            ));
        }
        let actor = self.lease_actor(&membership)?;
        let outlet = self.place(&membership).await?;
        if let Some(back) = surplus(&membership, request.points).await? {
            return self.return_lease(&membership, back, actor, outlet).await;
        }
        if !self.try_sync(&membership).await {
            return Err(CallError::new(
                "server_unreachable",
                "a lease is granted by the server",
            ));
        }
        let wish = LeaseRequest {
            lease_id: membership.device_id(),
            points: request.points,
        };
        let submitted = membership
            .submit(Command::LeaseRequest(wish), actor, outlet, Vec::new())
            .await
            .map_err(refused)?;
        self.try_sync(&membership).await;
        let command = membership
            .command(submitted.command_id)
            .await
            .map_err(refused)?;
        match command.and_then(|command| command.verdict) {
            Some(verdict) if verdict.class != VerdictClass::Accepted => {
                Err(convert::refusal(&verdict.code, &verdict.params))
            }
            _ => self.status(Nothing {}).await,
        }
    }

    /// Gives back a part of the lease. It is signed at once, so it needs no network; the server frees
    /// the points when it hears of it.
    async fn return_lease(
        &self,
        membership: &Arc<Membership>,
        back: LeaseReturn,
        actor: Uuid,
        outlet: Option<Uuid>,
    ) -> Answer<StatusView> {
        let command = Command::LeaseReturn(back);
        let offered = membership.submit_unless_rejected(command, actor, outlet, Vec::new());
        if let Err(outcome) = offered.await.map_err(refused)? {
            return Err(convert::refusal(&outcome.code, &outcome.params));
        }
        self.try_sync(membership).await;
        self.status(Nothing {}).await
    }

    /// A lease may be asked for before anybody has signed in: then the terminal's first cashier stands for it.
    fn lease_actor(&self, membership: &Arc<Membership>) -> Answer<Uuid> {
        self.actor(membership).or_else(|error| {
            membership
                .certificate()
                .cashiers
                .first()
                .map(|grant| grant.participant)
                .ok_or(error)
        })
    }
}

/// What to give back so that no more than `points` are left; none when that is no less than now.
async fn surplus(membership: &Membership, points: i64) -> Answer<Option<LeaseReturn>> {
    let lease = membership.lease().await.map_err(refused)?;
    let free_points = lease.map_or(0, |lease| lease.free_points);
    let back = free_points.saturating_sub(points.max(0));
    Ok((back > 0).then_some(LeaseReturn {
        lease_id: membership.device_id(),
        points: back,
    }))
}
