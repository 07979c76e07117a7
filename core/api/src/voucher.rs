//! Vouchers and the handshake of two pictures: the till asks, the phone answers, nobody needs a
//! network.

use std::collections::BTreeMap;
use std::sync::Arc;

use carrot_client::Membership;
use carrot_rules::Command;
use carrot_rules::command::{Cover, RewardRedeem, VoucherRequest};
use carrot_rules::entity::{ONLY, Outlet, Reward, RuleSet, Till, Voucher};
use carrot_rules::outcome::{Because, Class};
use carrot_wire::limits::CHALLENGE_AGE_MS_MAX;
use carrot_wire::{CallError, VerdictClass};
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::member_code::picture_of;
use crate::schema::*;

/// The life of a voucher whose end nobody chose, milliseconds: a week.
const LIFE_MS: i64 = 7 * 24 * 3_600_000;

async fn outlet_names(membership: &Membership) -> Answer<BTreeMap<Uuid, String>> {
    let outlets = membership.things::<Outlet>().await.map_err(refused)?;
    let named = outlets
        .into_iter()
        .map(|(_, outlet)| (outlet.id, outlet.name));
    Ok(named.collect())
}

/// What phones see of the terminals.
struct Tills {
    tills: BTreeMap<Uuid, Till>,
    outlets: BTreeMap<Uuid, String>,
}

impl Tills {
    async fn load(membership: &Membership) -> Answer<Self> {
        let tills = membership.things::<Till>().await.map_err(refused)?;
        Ok(Self {
            tills: tills
                .into_iter()
                .map(|(_, till)| (till.device, till))
                .collect(),
            outlets: outlet_names(membership).await?,
        })
    }

    fn view(&self, device: Uuid) -> TillView {
        let known = self.tills.get(&device);
        let outlet = known.map(|till| till.outlet).unwrap_or_default();
        TillView {
            device,
            name: known.map(|till| till.name.clone()).unwrap_or_default(),
            outlet,
            outlet_name: self.outlets.get(&outlet).cloned(),
        }
    }
}

impl Api {
    pub(crate) async fn tills(&self, _: Nothing) -> Answer<Vec<TillView>> {
        let tills = Tills::load(self.member()?.as_ref()).await?;
        let open = tills.tills.values().filter(|till| till.open);
        let mut views: Vec<TillView> = open.map(|till| tills.view(till.device)).collect();
        views.sort_by(|a, b| (&a.outlet_name, &a.name).cmp(&(&b.outlet_name, &b.name)));
        Ok(views)
    }

    /// The member whose phone this is.
    fn own_phone(&self, membership: &Membership) -> Answer<Uuid> {
        let own = membership.certificate().participant_id;
        own.ok_or_else(|| CallError::new("not_permitted", "only a member's phone has vouchers"))
    }

    pub(crate) async fn request_voucher(&self, wish: VoucherWish) -> Answer<VoucherView> {
        let membership = self.member()?;
        let actor = self.own_phone(&membership)?;
        if !self.try_sync(&membership).await {
            let detail = "points are put aside by the server";
            return Err(CallError::new("server_unreachable", detail));
        }
        let request = wished(&membership, wish).await?;
        let id = request.voucher_id;
        let command = Command::VoucherRequest(request);
        let offered = membership.submit_unless_rejected(command, actor, None, Vec::new());
        let submitted = match offered.await.map_err(refused)? {
            Ok(submitted) => submitted,
            Err(outcome) => return Err(convert::refusal(&outcome.code, &outcome.params)),
        };
        self.try_sync(&membership).await;
        let command = membership.command(submitted.command_id).await;
        match command.map_err(refused)?.and_then(|known| known.verdict) {
            Some(verdict) if verdict.class != VerdictClass::Accepted => {
                Err(convert::refusal(&verdict.code, &verdict.params))
            }
            _ => self.one_voucher(&membership, id).await,
        }
    }

    async fn one_voucher(&self, membership: &Arc<Membership>, id: Uuid) -> Answer<VoucherView> {
        let mut views = voucher_views(membership).await?.into_iter();
        let found = views.find(|view| view.id == id);
        found.ok_or_else(|| CallError::new("voucher_missing", id.to_string()))
    }

    pub(crate) async fn vouchers(&self, _: Nothing) -> Answer<Vec<VoucherView>> {
        let membership = self.member()?;
        self.own_phone(&membership)?;
        voucher_views(&membership).await
    }

    pub(crate) async fn challenge(&self, wish: ChallengeWish) -> Answer<ChallengeView> {
        let membership = self.member()?;
        self.actor(&membership)?;
        let found = membership.thing::<Reward>(&wish.reward).await;
        let Some(reward) = found.map_err(refused)? else {
            return Err(CallError::new("reward_unknown", wish.reward));
        };
        if reward.stock.is_some_and(|left| left <= 0) {
            return Err(CallError::new("out_of_stock", reward.code));
        }
        let text = membership.challenge(&reward).await.map_err(refused)?;
        let until_ms = membership.now_ms().saturating_add(CHALLENGE_AGE_MS_MAX);
        Ok(ChallengeView {
            shown: picture_of(text)?,
            reward: reward.code,
            cost_points: reward.cost_points,
            until_ms,
        })
    }

    pub(crate) async fn read_challenge(&self, asked: ChallengeText) -> Answer<ChallengeAsked> {
        let membership = self.member()?;
        let read = membership.read_challenge(&asked.text).map_err(refused)?;
        let reward = membership.thing::<Reward>(&read.reward).await;
        let covering = membership.voucher_for(&read, asked.voucher).await;
        let voucher = match covering.map_err(refused)? {
            Some((voucher, _)) => Some(self.one_voucher(&membership, voucher.id).await?),
            None => None,
        };
        Ok(ChallengeAsked {
            title: reward
                .map_err(refused)?
                .map(|found| found.name)
                .unwrap_or_default(),
            till: Tills::load(&membership).await?.view(read.terminal),
            reward: read.reward,
            cost_points: read.cost_points,
            voucher,
        })
    }

    pub(crate) async fn answer_challenge(&self, asked: ChallengeText) -> Answer<AnswerView> {
        let membership = self.member()?;
        let answer = membership
            .answer_challenge(&asked.text, asked.voucher)
            .await;
        let answer = answer.map_err(refused)?;
        Ok(AnswerView {
            shown: picture_of(answer.text)?,
            voucher: answer.voucher,
        })
    }

    /// A redemption that the member's phone agreed to: with a voucher, else under this terminal's
    /// lease. Needs no network; it is durable when this answers.
    pub(crate) async fn redeem_answer(&self, answer: AnswerText) -> Answer<RedeemDone> {
        let membership = self.member()?;
        let actor = self.actor(&membership)?;
        let outlet = self.place(&membership).await?;
        let text = answer.text.trim().to_owned();
        let taken = membership.take_answer(&text).await.map_err(refused)?;
        let agreed = &taken.answered;
        let cover = match &agreed.voucher {
            Some(shown) => Cover::Voucher {
                voucher_id: shown.id,
            },
            None => lent(&membership, agreed.cost_points).await?,
        };
        let redeem = RewardRedeem {
            redemption_id: Uuid::now_v7(),
            reward: agreed.reward.clone(),
            cost_points: agreed.cost_points,
            participant: agreed.participant,
            proof: text,
            challenge: Some(taken.challenge.clone()),
            cover,
        };
        if agreed.voucher.is_none() {
            self.refuse_known_shortfall(&membership, &redeem).await?;
        }
        let (state, code) = match redeem.cover {
            Cover::Voucher { .. } => ("with_voucher", "voucher_covers"),
            Cover::Allowance => ("under_allowance", "allowance_covers"),
            Cover::Lease { .. } | Cover::Online => ("under_lease", "lease_covers"),
        };
        let command = Command::RewardRedeem(redeem.clone());
        let done = membership.redeem_once(command, &taken, actor, outlet).await;
        if let Err(outcome) = done.map_err(refused)? {
            return Err(match outcome.class {
                Class::Accepted => CallError::new("voucher_spent", "known as used here"),
                _ => convert::refusal(&outcome.code, &outcome.params),
            });
        }
        let because = vec![Because::new(code)];
        self.redeemed(&membership, redeem, state, because).await
    }
}

/// What covers a reward that no voucher does: the terminal's lease while it reaches, else its allowance
/// where it has one.
async fn lent(membership: &Membership, cost_points: i64) -> Answer<Cover> {
    let lease = membership.lease().await.map_err(refused)?;
    let reaches = lease.is_some_and(|lease| !lease.stale && lease.left_points >= cost_points);
    let allowed = membership.allowance().await.map_err(refused)?.is_some();
    Ok(match !reaches && allowed {
        true => Cover::Allowance,
        false => Cover::Lease {
            lease_id: membership.device_id(),
        },
    })
}

/// A request in full: what the member did not choose follows from the reward and the rules.
async fn wished(membership: &Membership, wish: VoucherWish) -> Answer<VoucherRequest> {
    let price = match &wish.reward {
        Some(code) => {
            let reward = membership.thing::<Reward>(code).await.map_err(refused)?;
            Some(
                reward
                    .ok_or_else(|| CallError::new("reward_unknown", code.clone()))?
                    .cost_points,
            )
        }
        None => None,
    };
    let rules = membership.thing::<RuleSet>(ONLY).await.map_err(refused)?;
    let life_ms = rules.map_or(LIFE_MS, |rules| {
        rules.limits.voucher_life_ms_max.min(LIFE_MS)
    });
    let needed = || CallError::new("bad_input", "how many points, or which reward?");
    Ok(VoucherRequest {
        voucher_id: Uuid::now_v7(),
        terminal: wish.terminal,
        points: wish.points.or(price).ok_or_else(needed)?,
        reward: wish.reward,
        expires_ms: wish
            .expires_ms
            .unwrap_or_else(|| membership.now_ms().saturating_add(life_ms)),
    })
}

/// The person's vouchers, the newest first.
async fn voucher_views(membership: &Membership) -> Answer<Vec<VoucherView>> {
    let tills = Tills::load(membership).await?;
    let held = membership.vouchers().await.map_err(refused)?;
    let shown = membership.answered_vouchers().await.map_err(refused)?;
    let mut known = membership.things::<Voucher>().await.map_err(refused)?;
    known.sort_by_key(|(_, voucher)| std::cmp::Reverse((voucher.issued_ms, voucher.id)));
    let mut views = Vec::with_capacity(known.len());
    for (id, voucher) in known {
        let confirmed = membership.base_thing::<Voucher>(&id).await;
        let asked = confirmed.map_err(refused)?.is_none();
        let state = match voucher.state.as_str() {
            "open" if asked => "asked",
            "open" if voucher.cancelled_ms.is_some() => "cancelled",
            "open" if shown.contains(&voucher.id) => "shown",
            "open" if held.iter().any(|(text, _)| text.id == voucher.id) => "ready",
            other => other,
        };
        let reward = match &voucher.reward {
            Some(code) => {
                let found = membership.thing::<Reward>(code).await.map_err(refused)?;
                Some(found.map(|reward| reward.name).unwrap_or_default())
            }
            None => None,
        };
        views.push(VoucherView {
            id: voucher.id,
            till: tills.view(voucher.terminal),
            points: voucher.points,
            reward,
            state: state.to_owned(),
            spent_points: voucher.spent_points,
            expires_ms: voucher.expires_ms,
        });
    }
    Ok(views)
}
