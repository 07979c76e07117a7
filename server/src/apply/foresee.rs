//! Reads ahead what the commands of a push will ask for, many at a time. Each command is decided
//! later, one after another, on what the ones before it left behind.

use std::collections::BTreeSet;

use carrot_rules::entity::EntityKind;
use carrot_rules::{Command, Context, Fact, FactKey, Facts, ProofCheck, needs};
use carrot_wire::Envelope;
use carrot_wire::envelope::CommandBody;

use super::occurred_ms;
use crate::error::Result;
use crate::store::{Device, Tx};

/// Rounds of asking that are foreseen; what comes after them is read one by one.
const ROUNDS_FORESEEN: usize = 3;

/// A command as far as it is foreseen.
struct Guess {
    command: Command,
    context: Context,
    facts: Facts,
    asked: BTreeSet<FactKey>,
}

/// Reads ahead for the commands of a push that are new.
pub(super) async fn foresee(tx: &mut Tx, device: &Device, commands: &[Envelope]) -> Result<()> {
    let bodies: Vec<CommandBody> = commands
        .iter()
        .filter_map(|envelope| envelope.body().ok())
        .filter(|body| body.device_seq > device.last_seq)
        .collect();
    if bodies.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = bodies.iter().map(|body| body.command_id).collect();
    tx.foresee_commands(&ids).await?;
    let mut guesses: Vec<Guess> = bodies
        .iter()
        .filter_map(|body| guess(tx, device, body))
        .collect();
    let mut units = BTreeSet::new();
    for _ in 0..ROUNDS_FORESEEN {
        let mut things = BTreeSet::new();
        for guess in &mut guesses {
            guess.asked = needs(&guess.command, &guess.context, &guess.facts);
            for key in &guess.asked {
                if let FactKey::Entity(kind, id) = key {
                    things.insert((*kind, id.clone()));
                }
            }
        }
        guesses.retain(|guess| !guess.asked.is_empty());
        if guesses.is_empty() {
            break;
        }
        tx.foresee_things(&things).await?;
        let of_units = things.into_iter().filter(|key| key.0 == EntityKind::Unit);
        units.extend(of_units.map(|(_, id)| id));
        for guess in &mut guesses {
            learn(tx, guess).await?;
        }
    }
    tx.foresee_awards(&units).await
}

fn guess(tx: &Tx, device: &Device, body: &CommandBody) -> Option<Guess> {
    Some(Guess {
        command: body.command().ok()?,
        context: Context {
            command_id: body.command_id,
            device: device.id,
            actor: body.actor_id,
            programme: device.programme,
            outlet: body.outlet_id,
            occurred_ms: occurred_ms(tx, body),
            now_ms: tx.now_ms(),
            proof: ProofCheck::Absent,
            exposure_points: 0,
        },
        facts: Facts::default(),
        asked: BTreeSet::new(),
    })
}

/// Adds what was asked for. Balances are few and wait until they are needed.
async fn learn(tx: &mut Tx, guess: &mut Guess) -> Result<()> {
    for key in std::mem::take(&mut guess.asked) {
        let fact = match &key {
            FactKey::Entity(kind, id) => match tx.shared_body(*kind, id).await? {
                Some(body) => Fact::Shared(body),
                None => Fact::Entity(None),
            },
            FactKey::Balance(_) => Fact::Unknown,
        };
        guess.facts.insert(key, fact);
    }
    Ok(())
}
