//! A device with two histories: somebody copied its key and its files, or set them back. Nobody can tell
//! which copy is the right one, so the second history has no effect, is kept as it came for a person,
//! and nothing more is lent or honoured under the device's lease.

use carrot_rules::command::Cover;
use carrot_rules::entity::{About, Lease, Review};
use carrot_rules::outcome::Upsert;
use carrot_rules::{Because, Command, Scope};
use carrot_wire::crypto;
use ed25519_dalek::VerifyingKey;
use serde_json::json;

use super::{Incoming, checks};
use crate::error::Result;
use crate::store::{Device, FORKED_COMMANDS_MAX, ForkedCommand, Tx};

/// The answer to a command of a second history.
pub(super) const FORKED: &str = "forked";

/// What a redemption without a network says was handed over, points; zero for any other command.
pub(crate) fn handed_over(command: &Command) -> i64 {
    match command {
        Command::RewardRedeem(redeem) if redeem.cover != Cover::Online => redeem.cost_points,
        _ => 0,
    }
}

/// A command of a second history, when its signature holds and it is not in the recorded one.
async fn forked(
    tx: &mut Tx,
    device: &Device,
    key: &VerifyingKey,
    incoming: &Incoming<'_>,
) -> Result<Option<ForkedCommand>> {
    let (envelope, Ok(body)) = (incoming.envelope, &incoming.body) else {
        return Ok(None);
    };
    let own = body.device_id == device.id && body.programme_id == device.programme;
    if envelope.verify(key).is_err() || !own {
        return Ok(None);
    }
    let link = crypto::chain_hash(&envelope.bytes);
    if tx.recorded_link(device.id, body.device_seq).await?.as_ref() == Some(&link) {
        return Ok(None);
    }
    let command = incoming
        .command
        .as_ref()
        .and_then(|read| read.as_ref().ok());
    Ok(Some(ForkedCommand {
        device: device.id,
        link,
        device_seq: body.device_seq,
        command_id: body.command_id,
        kind: checks::listed(&body.kind),
        points: command.map_or(0, handed_over),
        envelope: serde_json::to_string(envelope)?,
        received_ms: tx.now_ms(),
    }))
}

/// Keeps what a push says of a second history, from its first command that does not fit on.
pub(super) async fn keep(
    tx: &mut Tx,
    device: &Device,
    key: &VerifyingKey,
    rest: &[Incoming<'_>],
) -> Result<()> {
    let before = tx.forked_count(device.id).await?;
    let mut left = FORKED_COMMANDS_MAX - before;
    for incoming in rest {
        if left <= 0 {
            break;
        }
        if let Some(forked) = forked(tx, device, key, incoming).await? {
            tx.keep_forked(&forked).await?;
            left -= 1;
        }
    }
    if before > 0 || tx.forked_count(device.id).await? == 0 {
        return Ok(());
    }
    freeze(tx, device).await?;
    let from_seq = rest.first().and_then(|one| one.body.as_ref().ok());
    signal(tx, device, from_seq.map_or(0, |body| body.device_seq)).await?;
    let detail = json!({"last_seq": device.last_seq, "last_link": device.last_hash});
    let subject = device.id.to_string();
    tx.audit("server", "device.fork", &subject, &detail).await
}

/// Freezes the device's lease, if it has one.
async fn freeze(tx: &mut Tx, device: &Device) -> Result<()> {
    let id = device.id.to_string();
    let Some(mut lease) = tx.entity::<Lease>(&id).await? else {
        return Ok(());
    };
    if lease.frozen_ms.is_none() {
        lease.frozen_ms = Some(tx.now_ms());
        let outlet = Scope::Outlet(lease.outlet);
        tx.put_entity(&Upsert::of(id, &lease, &[outlet])).await?;
    }
    Ok(())
}

/// Tells the managers, once for each device: whoever is at it sees only that it stopped.
async fn signal(tx: &mut Tx, device: &Device, from_seq: i64) -> Result<()> {
    let because = Because::new("device_copied").with("seq", from_seq);
    let about = About::Device(device.id, device.participant);
    let id = format!("signal:copied:{}", device.id);
    let review = Review::signal(id, because, about, device.outlet, tx.now_ms());
    tx.put(&review.id, &review, &[]).await
}
