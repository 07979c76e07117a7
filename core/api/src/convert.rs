//! From the programme's things to what screens show.

use std::collections::BTreeMap;

use carrot_client::{Membership, QueuedCommand};
use carrot_rules::entity::{
    Activity, Lesson, Outlet, Participant, Product, Programme, Reward, Roster, Task, Texts,
};
use uuid::Uuid;

use crate::api::{Answer, refused};
use crate::schema::*;

pub(crate) fn programme(programme: Programme) -> ProgrammeView {
    ProgrammeView {
        id: programme.id,
        code: programme.code,
        name: programme.name,
        points_word: programme.points_word,
        theme: programme.theme,
        currency: programme.currency,
    }
}

pub(crate) fn outlet(outlet: Outlet) -> OutletView {
    OutletView {
        id: outlet.id,
        name: outlet.name,
        address: outlet.address,
        city: outlet.city,
        currency: outlet.currency,
        country: outlet.country,
    }
}

pub(crate) fn product(product: Product, currency: Option<&str>) -> ProductView {
    ProductView {
        price_minor: currency.and_then(|currency| product.price_minor.get(currency).copied()),
        gtin: product
            .gtin
            .strip_prefix('0')
            .unwrap_or(&product.gtin)
            .to_owned(),
        id: product.id,
        brand: product.brand,
        category: product.category,
        name: product.name,
        buyer_points: product.buyer_points,
        seller_points: product.seller_points,
    }
}

pub(crate) fn reward(reward: Reward, balance: Option<i64>, lease_left: Option<i64>) -> RewardView {
    RewardView {
        affordable: balance.map(|points| points >= reward.cost_points),
        under_lease: reward.at_till && lease_left.is_some_and(|left| left >= reward.cost_points),
        code: reward.code,
        kind: reward.kind,
        name: reward.name,
        cost_points: reward.cost_points,
        cash_minor: reward.cash_minor,
        currency: reward.currency,
        stock: reward.stock,
        at_till: reward.at_till,
    }
}

/// A person as this device knows them.
pub(crate) async fn person(membership: &Membership, participant: Uuid) -> Answer<PersonView> {
    let id = participant.to_string();
    let role = match membership.thing::<Roster>(&id).await.map_err(refused)? {
        Some(roster) => roster.role,
        None => membership
            .thing::<Participant>(&id)
            .await
            .map_err(refused)?
            .map_or_else(String::new, |person| person.role),
    };
    let known = membership.people().await.map_err(refused)?;
    let named = known
        .into_iter()
        .find(|person| person.participant == participant);
    let (name, language) = named.map_or_else(
        || (short_id(participant), String::new()),
        |p| (p.name, p.language),
    );
    Ok(PersonView {
        participant,
        name,
        role,
        language,
    })
}

/// What to call somebody whose name this device does not have.
pub(crate) fn short_id(participant: Uuid) -> String {
    let mut text = participant.simple().to_string();
    text.drain(..text.len().saturating_sub(6));
    format!("#{text}")
}

async fn subject(membership: &Membership, activity: &Activity) -> Answer<Option<Texts>> {
    let Some(id) = activity.subject.as_deref() else {
        return Ok(None);
    };
    Ok(match activity.kind.as_str() {
        "redeem" => membership
            .thing::<Reward>(id)
            .await
            .map_err(refused)?
            .map(|thing| thing.name),
        "visit" => membership
            .thing::<Task>(id)
            .await
            .map_err(refused)?
            .map(|thing| thing.title),
        "quiz" => membership
            .thing::<Lesson>(id)
            .await
            .map_err(refused)?
            .map(|thing| thing.title),
        _ => membership
            .thing::<Product>(id)
            .await
            .map_err(refused)?
            .map(|thing| thing.name),
    })
}

/// Between which instants a claim or visit of this device was made.
async fn made_here(membership: &Membership, activity: &Activity) -> Answer<Option<MadeView>> {
    if !matches!(activity.kind.as_str(), "claim" | "visit") {
        return Ok(None);
    }
    let command = membership.command(activity.command_id).await;
    Ok(command.map_err(refused)?.as_ref().map(made))
}

/// What is proven about when a command of this device was made.
pub(crate) fn made(command: &QueuedCommand) -> MadeView {
    let recorded = command
        .verdict
        .as_ref()
        .map(|verdict| verdict.recorded_at_ms);
    MadeView {
        from_ms: command.proven_from_ms,
        until_ms: recorded.filter(|recorded_ms| *recorded_ms > 0),
    }
}

/// A line of history as screens show it.
pub(crate) async fn activity(membership: &Membership, activity: Activity) -> Answer<ActivityView> {
    let confirmed = membership
        .base_thing::<Activity>(&activity.id)
        .await
        .map_err(refused)?
        .is_some();
    activity_line(membership, activity, confirmed).await
}

/// The same where it is known whether the server has confirmed the line.
pub(crate) async fn activity_line(
    membership: &Membership,
    activity: Activity,
    confirmed: bool,
) -> Answer<ActivityView> {
    let outlet = match activity.outlet {
        Some(outlet) => membership
            .thing::<Outlet>(&outlet.to_string())
            .await
            .map_err(refused)?,
        None => None,
    };
    Ok(ActivityView {
        subject: subject(membership, &activity).await?,
        stage: crate::stage::of(membership, &activity, confirmed).await?,
        made: made_here(membership, &activity).await?,
        id: activity.id,
        kind: activity.kind,
        at_ms: activity.at_ms,
        points: activity.points,
        state: activity.state,
        confirmed,
        outlet: outlet.map(|outlet| outlet.name),
        because: activity.because,
        derivation: activity.derivation,
    })
}

/// A refusal of `decide`, as a call's error.
pub(crate) fn refusal(
    code: &str,
    params: &BTreeMap<String, serde_json::Value>,
) -> carrot_wire::CallError {
    carrot_wire::CallError {
        code: code.to_owned(),
        params: params.clone(),
        detail: String::new(),
    }
}
