//! Measured events: what a manager records for somebody, so that the rules reward it at once.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::EventRecord;
use carrot_rules::entity::ONLY;
use carrot_rules::ruleset::{RuleSet, Trigger};
use carrot_wire::{CallError, VerdictClass};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ConsoleState;
use super::reply::{Answer, Body, Id, Refusal};
use super::rights::Caller;
use crate::apply::console_command;

/// `POST /v1/console/participants/{id}/events`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct EventWish {
    /// The event's id, made by the screen: sent twice it counts once.
    pub event_id: Uuid,
    /// What was measured, as a rule names it.
    pub name: String,
    /// How much, in the measure's own unit.
    pub value: i64,
    /// When it happened, UTC milliseconds; now when nothing is said.
    pub at_ms: Option<i64>,
}

/// An event that holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct EventRecorded {
    /// Points that the person got, spendable or waiting.
    pub points: i64,
}

/// What can be recorded.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct EventNames {
    /// Names of measured events that rules reward, in their order.
    pub names: Vec<String>,
}

/// The measured events that rules reward.
#[utoipa::path(get, path = "/v1/console/events", tag = "console", responses(
    (status = 200, description = "their names", body = EventNames),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn names(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<EventNames> {
    let rules = state
        .store()
        .entity::<RuleSet>(caller.programme, ONLY)
        .await?;
    let rules = rules.map(|set| set.rules).unwrap_or_default();
    let names: BTreeSet<String> = rules
        .into_iter()
        .filter_map(|rule| match rule.trigger {
            Trigger::Event(name) => Some(name),
            _ => None,
        })
        .collect();
    Ok(Json(EventNames {
        names: names.into_iter().collect(),
    }))
}

/// Records a measured event for somebody; it counts at once.
#[utoipa::path(post, path = "/v1/console/participants/{id}/events", tag = "console",
    params(("id" = String, Path, description = "the participant, a UUID")), request_body = EventWish, responses(
    (status = 200, description = "recorded", body = EventRecorded),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`event_unknown`"),
    (status = 409, description = "`already_recorded`, `unknown_member`, `bad_amount`, `too_late`"),
))]
pub async fn record(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id<Uuid>,
    Body(wish): Body<EventWish>,
) -> Answer<EventRecorded> {
    let command = EventRecord {
        event_id: wish.event_id,
        name: wish.name,
        value: wish.value,
        participant: id,
        at_ms: wish.at_ms,
    };
    let mut tx = state.store().begin(caller.programme).await?;
    let verdict =
        console_command(&mut tx, caller.participant, Command::EventRecord(command)).await?;
    tx.commit().await?;
    if verdict.class != VerdictClass::Accepted {
        let mut refusal = CallError::new(&verdict.code, "the rules refuse");
        refusal.params = verdict.params;
        return Err(Refusal::of(refusal));
    }
    let theirs = format!("participant:{id}:");
    let booked = verdict.booked.iter();
    let points = booked.filter(|(account, _)| account.starts_with(&theirs));
    Ok(Json(EventRecorded {
        points: points.map(|(_, points)| points).sum(),
    }))
}
