//! From signed commands to verdicts and effects.
//!
//! A push is one transaction with a savepoint per command: what a command does and the verdict about
//! it become durable together or not at all. A verdict that was recorded is repeated word for word.

mod checks;
mod clock;
mod console;
mod effects;
mod facts;
mod failures;
mod foresee;
mod forks;
mod notary;
mod proofs;
mod replaces;
#[cfg(test)]
mod tests;
mod traceless;

use std::collections::BTreeMap;
use std::time::Duration;

use carrot_rules::entity::Guess;
use carrot_rules::made::Made;
use carrot_rules::{Because, Command, Context, Outcome, ProofCheck, decide};
use carrot_wire::envelope::{CommandBody, EnvelopeError};
use carrot_wire::push::PushReply;
use carrot_wire::{Envelope, Verdict, VerdictClass, crypto};
use ed25519_dalek::VerifyingKey;

pub(crate) use clock::{give_back_cancelled, run_item, till_synced};
pub use console::console_command;
pub(crate) use console::server_command;
pub(crate) use forks::handed_over;
pub(crate) use notary::countersign;

use crate::db::Fault;
use crate::error::{Error, Result};
use crate::series::genuine;
use crate::store::{Device, Recorded, Store, StorePoint, Tx};
use carrot_wire::planted::{self, Bug};
use failures::FAILURES_MAX;
use foresee::Foreseen;
use traceless::{unreadable, unrecorded};

/// How often a push is applied again when the database asks for it: after a deadlock, a serialization
/// failure, a turn that did not come.
const TRIES_MAX: u32 = 5;
/// How long it waits before the first of these; before each later one so much longer.
const PAUSE: Duration = Duration::from_millis(10);

/// What came of looking at one command.
#[derive(Debug, Clone, PartialEq)]
pub enum Applied {
    /// It has its verdict; go on with the next.
    Verdict(Verdict),
    /// It has an answer that stops the device's queue; nothing was recorded.
    Stop(Verdict),
    /// Commands before it are missing.
    Gap,
}

/// A command of a push, read once. What it says counts only after its signature was checked.
struct Incoming<'a> {
    envelope: &'a Envelope,
    body: std::result::Result<CommandBody, EnvelopeError>,
    /// None when the body does not read.
    command: Option<std::result::Result<Command, EnvelopeError>>,
    /// The wrong codes of the address that it came from.
    address: Guess,
    /// When it was made; worked out in the transaction.
    made: Made,
}

impl<'a> Incoming<'a> {
    fn of(envelope: &'a Envelope, address: Guess) -> Self {
        let body = envelope.body();
        Self {
            envelope,
            command: body.as_ref().ok().map(CommandBody::command),
            body,
            address,
            made: Made::default(),
        }
    }
}

/// Applies a push of one device and commits it. Stops at the first command that cannot be looked at.
///
/// Writes are held back and leave together. Should one of them or a decision fail inside the server,
/// which no command that passed the rules can bring about, the push is applied again with every write
/// on its own, so that only the command that is at fault is put aside. What passes by itself, such as a
/// deadlock, is nobody's fault: the push is applied again a few times.
pub async fn apply_batch(
    store: &Store,
    device: &Device,
    commands: &[Envelope],
) -> Result<PushReply> {
    apply_batch_from(store, device, commands, Guess::default()).await
}

/// The same for a push from a network address that sent these wrong codes.
pub async fn apply_batch_from(
    store: &Store,
    device: &Device,
    commands: &[Envelope],
    address: Guess,
) -> Result<PushReply> {
    let incoming = |envelope| Incoming::of(envelope, address);
    let mut incoming: Vec<Incoming<'_>> = commands.iter().map(incoming).collect();
    let (mut hold_back, mut tried) = (true, 0);
    loop {
        let error = match apply_push(store, device, &mut incoming, hold_back).await {
            Err(error) if !matches!(error, Error::Refused(_)) => error,
            other => return other,
        };
        match error.fault() {
            Fault::Again if tried < TRIES_MAX => {
                tried += 1;
                tracing::warn!(device = %device.id, %error, tried, "a push is applied again");
                tokio::time::sleep(PAUSE * tried).await;
            }
            Fault::Final if hold_back => {
                hold_back = false;
                tracing::warn!(device = %device.id, %error, "a push is applied write by write");
            }
            // Whether it was kept is not known, or it keeps failing: the device pushes again, and what
            // was recorded answers it.
            _ => return Err(error),
        }
    }
}

async fn apply_push(
    store: &Store,
    device: &Device,
    incoming: &mut [Incoming<'_>],
    hold_back: bool,
) -> Result<PushReply> {
    let mut tx = store.begin(device.programme).await?;
    let unknown = || Error::refused("device_unknown", "the device is not enrolled");
    let mut device = tx.device(device.id).await?.ok_or_else(unknown)?;
    let key = device.key()?;
    notary::place(&mut tx, &device, incoming).await?;
    let incoming = &*incoming;
    let mut foreseen = BTreeMap::new();
    if hold_back {
        tx.hold_back();
        foreseen = foresee::foresee(&mut tx, &device, incoming).await?;
    }
    let mut verdicts = Vec::with_capacity(incoming.len());
    let mut rest = incoming;
    for number in 0.. {
        let Some(next) = rest.first() else { break };
        let foreseen = foreseen.remove(&number);
        match apply_guarded(store, &mut tx, &mut device, &key, next, foreseen).await? {
            Applied::Verdict(verdict) => verdicts.push(verdict),
            Applied::Stop(verdict) => {
                if verdict.code == forks::FORKED {
                    forks::keep(&mut tx, &device, &key, rest).await?;
                }
                verdicts.push(verdict);
                break;
            }
            Applied::Gap => break,
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    let server_ms = tx.now_ms();
    let committed = tx.commit().await;
    if !planted::is(Bug::CommitIgnored) {
        committed?;
    }
    failures::forget(store, &device);
    Ok(PushReply {
        verdicts,
        expected_seq: device.last_seq + 1,
        server_ms,
        countersigned: Some(countersign(&store.keys(), &device, server_ms)),
    })
}

/// One command inside a savepoint of its own. A fault of ours is answered `retry` a few times; then
/// the command is put aside, so that it does not hold up the ones behind it for ever. Faults are counted
/// only where every write is on its own: a savepoint of held back writes is not one of the database,
/// which may have given up the transaction with everything in it.
async fn apply_guarded(
    store: &Store,
    tx: &mut Tx,
    device: &mut Device,
    key: &VerifyingKey,
    incoming: &Incoming<'_>,
    foreseen: Option<Foreseen>,
) -> Result<Applied> {
    let depth = tx.depth();
    tx.savepoint().await?;
    let fault = match apply_command(tx, device, key, incoming, foreseen).await {
        Ok(applied) => {
            tx.release().await?;
            return Ok(applied);
        }
        Err(fault) => fault,
    };
    let held_back = tx.holds_back() && !matches!(fault, Error::Refused(_));
    if fault.fault() != Fault::Final || held_back {
        // The transaction is over, and the command is not to blame, or not yet.
        return Err(fault);
    }
    tx.undo_to(depth).await?;
    tracing::error!(device = %device.id, seq = device.last_seq + 1, %fault, "a command failed inside the server");
    let Ok(body) = &incoming.body else {
        return Err(fault);
    };
    if failures::count(store, device.id, body.device_seq) < FAILURES_MAX {
        return Ok(Applied::Stop(unrecorded(
            body,
            VerdictClass::Retry,
            "internal",
        )));
    }
    let outcome = Outcome::parked(Because::new("internal"));
    let verdict = record(tx, device, incoming, body, outcome, true).await?;
    Ok(Applied::Verdict(verdict))
}

/// Applies one command inside the caller's transaction and savepoint. An error means a fault of the
/// server: the caller undoes the savepoint.
async fn apply_command(
    tx: &mut Tx,
    device: &mut Device,
    key: &VerifyingKey,
    incoming: &Incoming<'_>,
    foreseen: Option<Foreseen>,
) -> Result<Applied> {
    let envelope = incoming.envelope;
    if let Err(error) = envelope.verify(key)
        && !planted::is(Bug::Signature)
    {
        return Ok(Applied::Stop(unreadable(envelope, &error)));
    }
    let body = match &incoming.body {
        Ok(body) => body,
        Err(error) => return Ok(Applied::Stop(unreadable(envelope, error))),
    };
    if body.device_id != device.id || body.programme_id != device.programme {
        return Ok(Applied::Stop(unrecorded(
            body,
            VerdictClass::Blocked,
            "wrong_device",
        )));
    }
    if !carrot_wire::speaks(body.proto) {
        return Ok(Applied::Stop(unrecorded(
            body,
            VerdictClass::Blocked,
            "upgrade_required",
        )));
    }
    if body.device_seq <= device.last_seq {
        if planted::is(Bug::Repeat) {
            let outcome = judge(tx, device, incoming, body, foreseen).await?;
            let at_ms = incoming.made.at_ms;
            let again = effects::apply(tx, body.command_id, at_ms, outcome).await?;
            let now_ms = tx.now_ms();
            let verdict = again.verdict(
                body.device_seq,
                body.command_id,
                now_ms,
                &Default::default(),
            );
            return Ok(Applied::Verdict(verdict));
        }
        return repeat(tx, device, envelope, body).await;
    }
    if body.device_seq > device.last_seq + 1 && !planted::is(Bug::GapAccepted) {
        return Ok(Applied::Gap);
    }
    let unlinked = planted::is(Bug::PrevHash) || planted::is(Bug::GapAccepted);
    if body.prev_hash != device.last_hash && !unlinked {
        return Ok(Applied::Stop(unrecorded(
            body,
            VerdictClass::Blocked,
            forks::FORKED,
        )));
    }
    apply_next(tx, device, incoming, body, foreseen).await
}

/// Decides and records the command that is next in its device's sequence.
async fn apply_next(
    tx: &mut Tx,
    device: &mut Device,
    incoming: &Incoming<'_>,
    body: &CommandBody,
    foreseen: Option<Foreseen>,
) -> Result<Applied> {
    tx.tell(StorePoint::Apply(device.id, body.device_seq))?;
    let id_is_new = !tx.command_exists(body.command_id).await?;
    let outcome = if id_is_new {
        match replaces::refused(tx, device, incoming, body).await? {
            Some(refusal) => refusal,
            None => judge(tx, device, incoming, body, foreseen).await?,
        }
    } else {
        Outcome::rejected(Because::new("id_reused"))
    };
    let verdict = record(tx, device, incoming, body, outcome, id_is_new).await?;
    if id_is_new {
        replaces::note(tx, body, verdict.class).await?;
    }
    Ok(Applied::Verdict(verdict))
}

/// The recorded answer when the bytes are the recorded ones; anything else has no effect. Another
/// command under a number that is taken is one of a copy of the device: its queue stops, and keeps it.
async fn repeat(
    tx: &mut Tx,
    device: &Device,
    envelope: &Envelope,
    body: &CommandBody,
) -> Result<Applied> {
    let stored = tx.recorded(device.id, body.device_seq).await?;
    let verdict = match stored {
        Some(_) if planted::is(Bug::VerdictNotStored) => {
            unrecorded(body, VerdictClass::Accepted, "ok")
        }
        Some((_, verdict))
            if planted::is(Bug::RejectedLater) && verdict.class == VerdictClass::Rejected =>
        {
            unrecorded(body, VerdictClass::Accepted, "ok")
        }
        Some((_, verdict)) if planted::is(Bug::IdReused) => verdict,
        Some((hash, verdict)) if hash == payload_hash(envelope) => verdict,
        Some((_, verdict)) if verdict.command_id != body.command_id => {
            let forked = unrecorded(body, VerdictClass::Blocked, forks::FORKED);
            return Ok(Applied::Stop(forked));
        }
        _ => unrecorded(body, VerdictClass::Rejected, "id_reused"),
    };
    Ok(Applied::Verdict(verdict))
}

fn payload_hash(envelope: &Envelope) -> String {
    crypto::hash(&[envelope.bytes.as_bytes()])
}

/// Decides a command that is next in its device's sequence.
async fn judge(
    tx: &mut Tx,
    device: &Device,
    incoming: &Incoming<'_>,
    body: &CommandBody,
    foreseen: Option<Foreseen>,
) -> Result<Outcome> {
    if device.revoked && !planted::is(Bug::Revoked) {
        return Ok(Outcome::parked(Because::new("revoked")));
    }
    let command = match &incoming.command {
        Some(Ok(command)) => command,
        Some(Err(EnvelopeError::UnknownKind(kind))) => {
            return Ok(Outcome::parked(
                Because::new("kind_unknown").with("kind", checks::listed(kind)),
            ));
        }
        Some(Err(_)) | None => return Ok(Outcome::rejected(Because::new("bad_input"))),
    };
    if let Some(refusal) = checks::refusal(tx, device, body, command).await? {
        return Ok(refusal);
    }
    if let Some(because) = genuine::refusal(tx, command).await? {
        return Ok(Outcome::rejected(because));
    }
    let context = Context {
        proof: proofs::checked(tx, command, body, incoming.made).await?,
        ..context(tx, device, body, incoming)
    };
    let (mut facts, enough) = match foreseen {
        Some(foreseen) => foreseen.still_true(tx).await?,
        None => Default::default(),
    };
    if !enough {
        facts = facts::load(tx, command, &context, facts).await?;
    }
    Ok(decide(command, &context, &facts))
}

/// What a command is decided in, with no code shown.
fn context(tx: &Tx, device: &Device, body: &CommandBody, incoming: &Incoming<'_>) -> Context {
    Context {
        command_id: body.command_id,
        device: device.id,
        actor: body.actor_id,
        programme: device.programme,
        outlet: body.outlet_id,
        occurred_ms: incoming.made.at_ms,
        now_ms: tx.now_ms(),
        made: incoming.made,
        proof: ProofCheck::Absent,
        exposure_points: 0,
        address: incoming.address,
    }
}

/// Writes an outcome's effects and the verdict about it.
async fn record(
    tx: &mut Tx,
    device: &mut Device,
    incoming: &Incoming<'_>,
    body: &CommandBody,
    outcome: Outcome,
    id_is_new: bool,
) -> Result<Verdict> {
    let (envelope, occurred_ms) = (incoming.envelope, incoming.made.at_ms);
    let effect = effects::apply(tx, body.command_id, occurred_ms, outcome).await?;
    let verdict = effect.verdict(
        body.device_seq,
        body.command_id,
        tx.now_ms(),
        &body.basis.predicted,
    );
    let recorded = Recorded {
        kind: checks::listed(&body.kind),
        actor: body.actor_id,
        outlet: body.outlet_id,
        payload_hash: payload_hash(envelope),
        envelope: serde_json::to_string(envelope)?,
        occurred_ms,
        id_is_new,
    };
    let link = crypto::chain_hash(&envelope.bytes);
    tx.record_command(device, &recorded, &verdict, link).await?;
    Ok(verdict)
}
