//! Products and rewards.

use carrot_client::Membership;
use carrot_codes::Gtin;
use carrot_rules::decide::left_today;
use carrot_rules::entity::{MemberDay, Outlet, Product, Reward};
use carrot_wire::CallError;
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::schema::*;

const FOUND_PRODUCTS_MAX: usize = 50;

impl Api {
    /// The outlet where this device sells now, when it has one.
    pub(crate) async fn outlet_here(&self, membership: &Membership) -> Answer<Option<Outlet>> {
        match self.place(membership).await? {
            Some(outlet) => membership
                .thing::<Outlet>(&outlet.to_string())
                .await
                .map_err(refused),
            None => Ok(None),
        }
    }

    /// The product with a number; numbers of restricted circulation are the outlet's partner's own.
    pub(crate) async fn product_by_gtin(
        &self,
        membership: &Membership,
        gtin: &Gtin,
    ) -> Answer<ProductView> {
        let outlet = self.outlet_here(membership).await?;
        let mut id = gtin.as_str().to_owned();
        if gtin.is_restricted() {
            let partner = outlet.as_ref().map_or("", |outlet| outlet.partner.as_str());
            id = format!("{partner}:{id}");
        }
        let found = membership.thing::<Product>(&id).await.map_err(refused)?;
        let currency = outlet.map(|outlet| outlet.currency);
        found
            .map(|product| convert::product(product, currency.as_deref()))
            .ok_or_else(|| {
                CallError::new("unknown_product", format!("{id} is not in the programme"))
                    .with("gtin", gtin.display())
            })
    }

    pub(crate) async fn find_product(&self, request: FindText) -> Answer<ProductView> {
        let membership = self.member()?;
        let gtin = Gtin::parse(request.text.trim()).map_err(|error| {
            CallError::new(error.code(), error.to_string()).with("position", error.position)
        })?;
        self.product_by_gtin(&membership, &gtin).await
    }

    pub(crate) async fn search_products(&self, request: FindText) -> Answer<Vec<ProductView>> {
        let membership = self.member()?;
        let outlet = self.outlet_here(&membership).await?;
        let wanted = request.text.trim().to_lowercase();
        let local = |product: &Product| {
            product.id.split_once(':').is_none_or(|(partner, _)| {
                outlet
                    .as_ref()
                    .is_some_and(|outlet| outlet.partner == partner)
            })
        };
        let fits = |product: &Product| {
            wanted.is_empty()
                || product.gtin.contains(&wanted)
                || product
                    .name
                    .values()
                    .any(|name| name.to_lowercase().contains(&wanted))
        };
        let currency = outlet.as_ref().map(|outlet| outlet.currency.clone());
        let all = membership.things::<Product>().await.map_err(refused)?;
        let mut found: Vec<Product> = all
            .into_iter()
            .map(|(_, product)| product)
            .filter(|one| local(one) && fits(one))
            .collect();
        found.sort_by(|a, b| {
            b.seller_points
                .cmp(&a.seller_points)
                .then_with(|| a.id.cmp(&b.id))
        });
        found.truncate(FOUND_PRODUCTS_MAX);
        Ok(found
            .into_iter()
            .map(|product| convert::product(product, currency.as_deref()))
            .collect())
    }

    pub(crate) async fn parse_amount(&self, request: FindText) -> Answer<AmountView> {
        let membership = self.member()?;
        let minor = carrot_codes::parse_amount(&request.text, 2).map_err(|error| {
            CallError::new(error.code(), error.to_string()).with("position", error.position)
        })?;
        if minor == 0 {
            return Err(CallError::new("bad_amount", "an amount must be above zero"));
        }
        let outlet = self.outlet_here(&membership).await?;
        let currency = outlet
            .ok_or_else(|| CallError::new("outlet_needed", "no outlet here"))?
            .currency;
        Ok(AmountView { minor, currency })
    }

    pub(crate) async fn rewards(&self, request: RewardsRequest) -> Answer<Vec<RewardView>> {
        let membership = self.member()?;
        let whose = request
            .participant
            .or(membership.certificate().participant_id);
        let balance = match whose {
            Some(participant) => {
                membership
                    .balances(participant)
                    .await
                    .map_err(refused)?
                    .view_active
            }
            None => None,
        };
        let left = offline_left(&membership, request.participant).await?;
        let mut rewards: Vec<Reward> = membership
            .things::<Reward>()
            .await
            .map_err(refused)?
            .into_iter()
            .map(|(_, reward)| reward)
            .collect();
        rewards.sort_by(|a, b| {
            a.cost_points
                .cmp(&b.cost_points)
                .then_with(|| a.code.cmp(&b.code))
        });
        Ok(rewards
            .into_iter()
            .map(|reward| convert::reward(reward, balance, left))
            .collect())
    }
}

/// The most that one reward may cost for this terminal to hand it out now without a network; for a
/// member only what is left of their day. None without a lease that may be used and without an allowance.
async fn offline_left(membership: &Membership, member: Option<Uuid>) -> Answer<Option<i64>> {
    let lease = membership.lease().await.map_err(refused)?;
    let leased = lease
        .filter(|lease| !lease.stale)
        .map(|lease| lease.left_points);
    let allowance = membership.allowance().await.map_err(refused)?;
    let allowed = allowance.map(|allowance| allowance.left_points);
    let Some(left) = leased.max(allowed) else {
        return Ok(None);
    };
    let Some(rules) = membership.rules().await.map_err(refused)? else {
        return Ok(None);
    };
    let each = rules.limits.offline_redemption_points_max;
    let left = left.min(each);
    let Some(member) = member else {
        return Ok(Some(left));
    };
    let id = MemberDay::id_of(membership.device_id(), member);
    let known = membership.thing::<MemberDay>(&id).await.map_err(refused)?;
    Ok(Some(left.min(left_today(
        known,
        &rules,
        membership.now_ms(),
    ))))
}
