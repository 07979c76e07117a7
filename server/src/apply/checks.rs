//! What a device may do at all, before anything is decided: denied unless listed here.

use carrot_rules::command::CommandClass;
use carrot_rules::entity::{EntityKind, Roster};
use carrot_rules::{Because, Command, Kind, Outcome, Scope};
use carrot_wire::CommandBody;
use uuid::Uuid;

use crate::error::Result;
use crate::store::{Device, DeviceRole, Tx};

/// The longest kind that is kept in the list of commands, characters.
const KIND_CHARS_MAX: usize = 64;

/// A kind as the list of commands has it. One that this version does not know may have characters that
/// not every database keeps, such as zero; the envelope has it as it came.
pub(super) fn listed(kind: &str) -> String {
    let plain = kind.chars().filter(|letter| !letter.is_control());
    plain.take(KIND_CHARS_MAX).collect()
}

fn may_send(role: DeviceRole, kind: Kind) -> bool {
    match role {
        DeviceRole::Terminal => matches!(
            kind,
            Kind::SaleRecord
                | Kind::SaleVoid
                | Kind::SaleReturn
                | Kind::PaymentRecord
                | Kind::RewardRedeem
                | Kind::LeaseRequest
                | Kind::LeaseReturn
                | Kind::HoldPlace
                | Kind::HoldCapture
                | Kind::HoldRelease
        ),
        DeviceRole::Phone => matches!(
            kind,
            Kind::ClaimSubmit
                | Kind::VisitRecord
                | Kind::QuizSubmit
                | Kind::GoalSet
                | Kind::ReferralAccept
                | Kind::EventRecord
                | Kind::VoucherRequest
        ),
    }
}

/// Why the device may not send this command; none when it may.
///
/// Somebody who left the roster while their terminal was out of reach did hand over goods, and so did a
/// terminal that was carried to another outlet before it told: such a fact waits for a person instead
/// of being lost.
pub(super) async fn refusal(
    tx: &mut Tx,
    device: &Device,
    body: &CommandBody,
    command: &Command,
) -> Result<Option<Outcome>> {
    let denied = || Because::new("not_permitted");
    let waits_if_done = || match command.class() {
        CommandClass::Fact => Outcome::parked(denied()),
        CommandClass::Request => Outcome::rejected(denied()),
    };
    if !may_send(device.role, command.kind()) || body.class != command.class() {
        return Ok(Some(Outcome::rejected(denied())));
    }
    match device.role {
        DeviceRole::Phone => {
            let own = device.participant == Some(body.actor_id);
            Ok((!own).then(|| Outcome::rejected(denied())))
        }
        DeviceRole::Terminal => {
            let Some(outlet) = device
                .outlet
                .filter(|outlet| body.outlet_id == Some(*outlet))
            else {
                return Ok(Some(waits_if_done()));
            };
            let of_itself = matches!(command.kind(), Kind::LeaseRequest | Kind::LeaseReturn);
            if of_itself && body.actor_id == device.id {
                return Ok(None);
            }
            if is_cashier(tx, body.actor_id, outlet).await? {
                return Ok(None);
            }
            Ok(Some(waits_if_done()))
        }
    }
}

/// Only who is a cashier of the outlet works its till; others on the roster are named as sellers.
async fn is_cashier(tx: &mut Tx, actor: Uuid, outlet: Uuid) -> Result<bool> {
    let actor = actor.to_string();
    let here = Scope::Outlet(outlet);
    if !tx.is_visible(EntityKind::Roster, &actor, here).await? {
        return Ok(false);
    }
    let roster = tx.entity::<Roster>(&actor).await?;
    Ok(roster.is_some_and(|roster| roster.role == "cashier"))
}
