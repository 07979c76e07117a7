//! Commands that stand for others: what an old identity of a till or phone could not send, issued anew
//! by its new one. At most one of the two counts, whichever comes first.

use carrot_rules::replace::{Earlier, refusal};
use carrot_rules::{Because, Class, Outcome};
use carrot_wire::envelope::Replaced;
use carrot_wire::limits::REPLACES_MAX;
use carrot_wire::{CommandBody, VerdictClass};

use super::Incoming;
use crate::error::{Error, Result};
use crate::store::{Device, Tx};

/// Why a command counts no more or may not stand for those that it names; none when neither is so.
pub(super) async fn refused(
    tx: &mut Tx,
    device: &Device,
    incoming: &Incoming<'_>,
    body: &CommandBody,
) -> Result<Option<Outcome>> {
    if device.replaced > 0 && tx.is_replaced(body.command_id).await? {
        return Ok(Some(Outcome::rejected(Because::new("replaced"))));
    }
    if body.replaces.is_empty() {
        return Ok(None);
    }
    let mut line = Vec::new();
    for replaced in body.replaces.iter().take(REPLACES_MAX + 1) {
        line.push(earlier(tx, device, body, replaced).await?);
    }
    let command = incoming
        .command
        .as_ref()
        .and_then(|read| read.as_ref().ok());
    let because = refusal(command, &line, REPLACES_MAX);
    Ok(because.map(Outcome::rejected))
}

/// Notes what a command with this verdict stands for. One that was refused leaves the others as they
/// are.
pub(super) async fn note(tx: &mut Tx, body: &CommandBody, class: VerdictClass) -> Result<()> {
    let counts = matches!(class, VerdictClass::Accepted | VerdictClass::Parked);
    if !counts || body.replaces.is_empty() {
        return Ok(());
    }
    tx.put_replaced(body.command_id, &body.replaces).await
}

async fn earlier(
    tx: &mut Tx,
    device: &Device,
    body: &CommandBody,
    replaced: &Replaced,
) -> Result<Earlier> {
    let is_own = replaced.device_id == device.id || replaced.command_id == body.command_id;
    let owner = tx.device(replaced.device_id).await?;
    let of_same_place = |owner: &Device| {
        owner.role == device.role
            && owner.participant == device.participant
            && owner.outlet == device.outlet
    };
    let mut is_of_same_place = owner.as_ref().is_some_and(of_same_place);
    let found = tx.recorded_class(replaced.command_id).await?;
    let recorded = match found {
        None => None,
        Some((owner, class)) => {
            is_of_same_place &= owner == replaced.device_id.to_string();
            Some(class_of(&class)?)
        }
    };
    Ok(Earlier {
        is_own,
        is_of_same_place,
        recorded,
        is_replaced: tx.is_replaced(replaced.command_id).await?,
    })
}

fn class_of(name: &str) -> Result<Class> {
    match name {
        "accepted" => Ok(Class::Accepted),
        "parked" => Ok(Class::Parked),
        "rejected" => Ok(Class::Rejected),
        other => Err(Error::Damaged(format!("a verdict's class {other}"))),
    }
}
