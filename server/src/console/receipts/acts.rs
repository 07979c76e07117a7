//! What people do with a receipt: decide it in the service's place, or ask the service at once.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::{LineChoice, ReceiptFinding, ReceiptSettle};
use carrot_rules::entity::FiscalCheck;
use carrot_wire::{CallError, VerdictClass};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use super::aliases::remember;
use super::{ReceiptDetail, detail_of};
use crate::apply::console_command;
use crate::console::ConsoleState;
use crate::console::reply::{Answer, Body, Id, Refusal};
use crate::console::rights::Caller;
use crate::receipts::credit_all;

/// `POST /v1/console/receipts/{key}/decide`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct ReceiptDecision {
    /// Lines and the products that a person sees on them; none of them refuses the receipt.
    #[schema(value_type = Vec<Object>)]
    pub choices: Vec<LineChoice>,
    /// Why; at most 300 characters, needed to refuse.
    pub reason: String,
    /// True when the lines' names stand for the products from now on.
    pub remember: bool,
}

/// A decision that holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct ReceiptDecided {
    /// The receipt as it is now.
    pub receipt: ReceiptDetail,
    /// Other receipts that the remembered names settled.
    pub settled: usize,
}

/// Decides a receipt that waits for a person; its products are credited, or it is refused.
#[utoipa::path(post, path = "/v1/console/receipts/{key}/decide", tag = "console",
    params(("key" = String, Path, description = "the receipt's key")), request_body = ReceiptDecision, responses(
    (status = 200, description = "decided", body = ReceiptDecided),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`, also for one's own"),
    (status = 404, description = "`receipt_unknown`"),
    (status = 409, description = "`receipt_settled`"),
))]
pub async fn decide(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(key): Id<String>,
    Body(decision): Body<ReceiptDecision>,
) -> Answer<ReceiptDecided> {
    let reason = decision.reason.trim().to_owned();
    let finding = if decision.choices.is_empty() {
        ReceiptFinding::Refused { reason }
    } else {
        ReceiptFinding::Chosen {
            choices: decision.choices.clone(),
            reason,
        }
    };
    let settle = ReceiptSettle {
        key: key.clone(),
        finding,
    };
    let mut tx = state.store().begin(caller.programme).await?;
    let verdict =
        console_command(&mut tx, caller.participant, Command::ReceiptSettle(settle)).await?;
    if verdict.class != VerdictClass::Accepted {
        tx.commit().await?;
        let mut refusal = CallError::new(&verdict.code, "the rules refuse");
        refusal.params = verdict.params;
        return Err(Refusal::of(refusal));
    }
    credit_all(&mut tx, &key).await?;
    let mut settled = 0;
    if decision.remember {
        let check = tx.entity::<FiscalCheck>(&key).await?;
        let found = check.and_then(|check| check.found);
        let lines = found.map(|found| found.lines).unwrap_or_default();
        let names = decision.choices.iter().filter_map(|choice| {
            let name = lines.get(choice.line)?.name.clone();
            Some((name, choice.product.clone()))
        });
        let names: Vec<(String, String)> = names.collect();
        settled = remember(&mut tx, caller.participant, &names).await?;
    }
    tx.commit().await?;
    Ok(Json(ReceiptDecided {
        receipt: detail_of(state.store(), &caller, &key).await?,
        settled,
    }))
}

/// Lets the service be asked at once, whatever the receipt waits for.
#[utoipa::path(post, path = "/v1/console/receipts/{key}/retry", tag = "console",
    params(("key" = String, Path, description = "the receipt's key")), responses(
    (status = 200, description = "it is asked with the robot's next look", body = ReceiptDetail),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`receipt_unknown`"),
))]
pub async fn retry(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(key): Id<String>,
) -> Answer<ReceiptDetail> {
    let mut tx = state.store().begin(caller.programme).await?;
    if !tx.hasten_receipt_job(&key).await? {
        return Err(Refusal::new("receipt_unknown", key));
    }
    let detail = serde_json::json!({});
    tx.audit(&caller.actor(), "receipt.retry", &key, &detail)
        .await?;
    tx.commit().await?;
    Ok(Json(detail_of(state.store(), &caller, &key).await?))
}
