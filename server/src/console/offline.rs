//! What was handed over without a network: vouchers that were used more than once, with the texts that
//! prove it; what was lost under a lease, looked into; and giving up the lease of a terminal that will not
//! report any more.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::{LeaseClear, LeaseWriteOff};
use carrot_rules::entity::{VoucherUse, VoucherUses};
use carrot_wire::{CallError, VerdictClass};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::reply::{Answer, Body, Id, Refusal};
use super::rights::Caller;
use crate::apply::console_command;
use crate::store::{EntityFilter, Field};

/// The most vouchers of one answer.
const ROWS_MAX: i64 = 200;

/// One use of a voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct VoucherUseRow {
    /// The command that reported it.
    pub command: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// `phone` signed again, `till` booked the same answer again; empty for the first use.
    pub blame: String,
    /// Taken from the member's balance, points.
    pub taken_points: i64,
    /// Owed by the member from then on, points.
    pub owed_points: i64,
    /// Borne by the programme, points.
    pub loss_points: i64,
    /// The till's challenge, as text.
    pub challenge: String,
    /// The phone's answer: the voucher, and the phone's signature over the challenge.
    pub answer: String,
}

impl From<VoucherUse> for VoucherUseRow {
    fn from(used: VoucherUse) -> Self {
        Self {
            command: used.command_id.to_string(),
            at_ms: used.at_ms,
            blame: used.blame,
            taken_points: used.taken_points,
            owed_points: used.owed_points,
            loss_points: used.loss_points,
            challenge: used.challenge,
            answer: used.answer,
        }
    }
}

/// A voucher that was used more than once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct UsedTwice {
    /// Voucher.
    pub voucher: String,
    /// Whose points it held.
    pub participant: Named,
    /// The terminal that it was for (a device's id).
    pub terminal: String,
    /// In the order in which the server learned of them.
    pub uses: Vec<VoucherUseRow>,
}

/// `POST /v1/console/leases/{id}/write-off`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct WriteOff {
    /// How much of what it holds is taken for lost, points; the rest is free for other terminals.
    pub lost_points: i64,
    /// Why; 1 to 300 characters.
    pub reason: String,
}

/// A lease that was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct WrittenOff {
    /// The lease.
    pub lease: String,
    /// Taken for lost, points.
    pub lost_points: i64,
}

/// `POST /v1/console/leases/{id}/clear`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct ClearLoss {
    /// All that was lost under the lease as it was read, points; what was lost since stays uncleared.
    pub loss_points: i64,
    /// What was found; 1 to 300 characters.
    pub reason: String,
}

/// Vouchers that were used more than once, with the texts that prove who did what.
#[utoipa::path(get, path = "/v1/console/vouchers/used-twice", tag = "console", responses(
    (status = 200, description = "vouchers with more than one use", body = Vec<UsedTwice>),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn used_twice(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Vec<UsedTwice>> {
    let (store, programme) = (state.store(), caller.programme);
    let filter = EntityFilter {
        limit: Some(ROWS_MAX),
        ..EntityFilter::all().with(Field::Status, "twice")
    };
    let known = store.entities::<VoucherUses>(programme, &filter).await?;
    let twice: Vec<VoucherUses> = known.into_iter().map(|(_, uses)| uses).collect();
    let names = Names::load(
        store,
        programme,
        twice.iter().map(|known| known.participant),
    )
    .await?;
    let row = |known: VoucherUses| UsedTwice {
        voucher: known.voucher.to_string(),
        participant: names.named(known.participant),
        terminal: known.terminal.to_string(),
        uses: known.uses.into_iter().map(VoucherUseRow::from).collect(),
    };
    Ok(Json(twice.into_iter().map(row).collect()))
}

/// Gives up the lease of a terminal. What it reports from then on waits for a person.
#[utoipa::path(post, path = "/v1/console/leases/{id}/write-off", tag = "console",
    params(("id" = String, Path, description = "the lease, a UUID")), request_body = WriteOff, responses(
    (status = 200, description = "given up", body = WrittenOff),
    (status = 400, description = "`bad_input`: no reason, or more lost than it holds"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 409, description = "`lease_missing`, `lease_written_off`"),
))]
pub async fn write_off(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(lease_id): Id<Uuid>,
    Body(wish): Body<WriteOff>,
) -> Answer<WrittenOff> {
    let command = LeaseWriteOff {
        lease_id,
        lost_points: wish.lost_points,
        reason: wish.reason,
    };
    decide(&state, &caller, Command::LeaseWriteOff(command)).await?;
    Ok(Json(WrittenOff {
        lease: lease_id.to_string(),
        lost_points: wish.lost_points,
    }))
}

/// What was lost under a lease was looked into: the terminal may fill it up in full again.
#[utoipa::path(post, path = "/v1/console/leases/{id}/clear", tag = "console",
    params(("id" = String, Path, description = "the lease, a UUID")), request_body = ClearLoss, responses(
    (status = 200, description = "cleared", body = bool),
    (status = 400, description = "`bad_input`: no reason, or another loss than what is not cleared yet"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 409, description = "`lease_missing`, `lease_written_off`"),
))]
pub async fn clear_loss(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(lease_id): Id<Uuid>,
    Body(wish): Body<ClearLoss>,
) -> Answer<bool> {
    let command = LeaseClear {
        lease_id,
        loss_points: wish.loss_points,
        reason: wish.reason,
    };
    decide(&state, &caller, Command::LeaseClear(command)).await?;
    Ok(Json(true))
}

/// Has the rules decide what the caller does, and keeps it.
pub(super) async fn decide(
    state: &ConsoleState,
    caller: &Caller,
    command: Command,
) -> std::result::Result<(), Refusal> {
    let mut tx = state.store().begin(caller.programme).await?;
    let verdict = console_command(&mut tx, caller.participant, command).await?;
    tx.commit().await?;
    if verdict.class != VerdictClass::Accepted {
        let mut refusal = CallError::new(&verdict.code, "the rules refuse");
        refusal.params = verdict.params;
        return Err(Refusal::of(refusal));
    }
    Ok(())
}
