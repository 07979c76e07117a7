//! Commands that the server itself is the witness of: given by a person on the console, or by the
//! clock. The same decision and the same record as a device's, without a signature.

use carrot_rules::outcome::Class;
use carrot_rules::{Command, Context, Facts, ProofCheck, decide};
use carrot_wire::{Verdict, crypto};
use serde_json::json;
use uuid::Uuid;

use super::{effects, facts};
use crate::error::Result;
use crate::store::{Recorded, Tx};

/// Decides and records a command of a signed-in person. The caller has checked who they are and
/// commits the transaction; whether they may is the rules' to say (their role as a participant).
pub async fn console_command(tx: &mut Tx, actor: Uuid, command: Command) -> Result<Verdict> {
    let given = Given::new(tx, actor, command)?;
    let outcome = given.decide(tx).await?;
    let verdict = given.record(tx, "console", outcome).await?;
    let detail =
        json!({"class": verdict.class, "code": verdict.code, "args": given.command.to_args()?});
    let subject = given.context.command_id.to_string();
    let kind = given.command.kind().as_str();
    tx.audit(&actor.to_string(), kind, &subject, &detail)
        .await?;
    Ok(verdict)
}

/// Decides a command that the clock gives, and records it when it has an effect; true when it had.
pub(super) async fn clock_command(tx: &mut Tx, command: Command) -> Result<bool> {
    let given = Given::new(tx, Uuid::nil(), command)?;
    let outcome = given.decide(tx).await?;
    if outcome.class == Class::Rejected {
        tracing::debug!(code = outcome.code, "nothing to do when it was due");
        return Ok(false);
    }
    given.record(tx, "clock", outcome).await?;
    Ok(true)
}

/// Decides a command that the server gives for a service that it asked, and records it when it has an
/// effect: its verdict, or none.
pub(crate) async fn server_command(tx: &mut Tx, command: Command) -> Result<Option<Verdict>> {
    let given = Given::new(tx, Uuid::nil(), command)?;
    let outcome = given.decide(tx).await?;
    if outcome.class == Class::Rejected {
        tracing::debug!(code = outcome.code, "nothing followed from an answer");
        return Ok(None);
    }
    given.record(tx, "service", outcome).await.map(Some)
}

/// A command without a signature.
struct Given {
    command: Command,
    context: Context,
}

impl Given {
    fn new(tx: &Tx, actor: Uuid, command: Command) -> Result<Self> {
        let now_ms = tx.now_ms();
        let command_id = uuid::Builder::from_random_bytes(tx.random::<16>()?).into_uuid();
        let context = Context {
            command_id,
            device: Uuid::nil(),
            actor,
            programme: tx.programme(),
            outlet: None,
            occurred_ms: now_ms,
            made: carrot_rules::made::Made::now(now_ms),
            now_ms,
            proof: ProofCheck::Absent,
            exposure_points: 0,
            address: carrot_rules::entity::Guess::default(),
        };
        Ok(Self { command, context })
    }

    async fn decide(&self, tx: &mut Tx) -> Result<carrot_rules::Outcome> {
        let facts = facts::load(tx, &self.command, &self.context, Facts::default()).await?;
        Ok(decide(&self.command, &self.context, &facts))
    }

    /// Writes the effects and the record. `witness` says who gave it.
    async fn record(
        &self,
        tx: &mut Tx,
        witness: &str,
        outcome: carrot_rules::Outcome,
    ) -> Result<Verdict> {
        let context = &self.context;
        let (command_id, now_ms) = (context.command_id, context.now_ms);
        let seq = tx.next_console_seq().await?;
        let kind = self.command.kind().as_str();
        let args = self.command.to_args()?;
        let actor = context.actor;
        let envelope = json!({
            witness: {"command_id": command_id, "actor_id": actor, "kind": kind, "args": args, "at_ms": now_ms}
        })
        .to_string();
        let effect = effects::apply(tx, command_id, now_ms, outcome).await?;
        let verdict = effect.verdict(seq, command_id, now_ms, &Default::default());
        let recorded = Recorded {
            kind: kind.to_owned(),
            actor,
            outlet: None,
            payload_hash: crypto::hash(&[envelope.as_bytes()]),
            envelope,
            occurred_ms: now_ms,
            id_is_new: true,
        };
        tx.record_console_command(&recorded, &verdict).await?;
        Ok(verdict)
    }
}
