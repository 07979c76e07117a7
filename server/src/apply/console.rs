//! Commands that a person gives on the console: the same decision and the same record as a device's,
//! with the server as the witness instead of a signature.

use carrot_rules::{Command, Context, Facts, ProofCheck, decide};
use carrot_wire::{Verdict, crypto};
use serde_json::json;
use uuid::Uuid;

use super::{effects, facts};
use crate::error::Result;
use crate::secrets::random_bytes;
use crate::store::{Recorded, Tx};

/// Decides and records a command of a signed-in person. The caller has checked who they are and
/// commits the transaction; whether they may is the rules' to say (their role as a participant).
pub async fn console_command(tx: &mut Tx, actor: Uuid, command: Command) -> Result<Verdict> {
    let now_ms = tx.now_ms();
    let command_id = uuid::Builder::from_random_bytes(random_bytes::<16>()?).into_uuid();
    let context = Context {
        command_id,
        device: Uuid::nil(),
        actor,
        programme: tx.programme(),
        outlet: None,
        occurred_ms: now_ms,
        now_ms,
        proof: ProofCheck::Absent,
        exposure_points: 0,
    };
    let facts = facts::load(tx, &command, &context, Facts::default()).await?;
    let outcome = decide(&command, &context, &facts);
    let seq = tx.next_console_seq().await?;
    let kind = command.kind().as_str();
    let envelope = json!({
        "console": {"command_id": command_id, "actor_id": actor, "kind": kind, "args": command.to_args()?, "at_ms": now_ms}
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
    let detail = json!({"class": verdict.class, "code": verdict.code, "args": command.to_args()?});
    tx.audit(&actor.to_string(), kind, &command_id.to_string(), &detail)
        .await?;
    Ok(verdict)
}
