//! Reads ahead what the commands of a push will ask for, many at a time. Each command is decided
//! later, one after another, on what the ones before it left behind.

use std::collections::BTreeSet;

use carrot_rules::entity::EntityKind;
use carrot_rules::{Command, Context, Fact, FactKey, Facts, ProofCheck, needs};
use carrot_wire::envelope::CommandBody;

use super::{Incoming, occurred_ms};
use crate::error::Result;
use crate::store::{Device, Tx};

/// Rounds of asking that are foreseen; what comes after them is read one by one.
const ROUNDS_FORESEEN: usize = 2;

/// A command as far as it is foreseen.
struct Guess<'a> {
    command: &'a Command,
    context: Context,
    facts: Facts,
    asked: BTreeSet<FactKey>,
}

/// Reads ahead for the commands of a push that are new.
pub(super) async fn foresee(tx: &mut Tx, device: &Device, commands: &[Incoming<'_>]) -> Result<()> {
    let new: Vec<(&CommandBody, &Command)> = commands
        .iter()
        .filter_map(|incoming| {
            let body = incoming.body.as_ref().ok()?;
            let command = incoming.command.as_ref()?.as_ref().ok()?;
            (body.device_seq > device.last_seq).then_some((body, command))
        })
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = new.iter().map(|(body, _)| body.command_id).collect();
    tx.foresee_commands(&ids).await?;
    let mut guesses: Vec<Guess<'_>> = new
        .into_iter()
        .map(|(body, command)| guess(tx, device, body, command))
        .collect();
    let mut units = BTreeSet::new();
    for _ in 0..ROUNDS_FORESEEN {
        let mut things = BTreeSet::new();
        for guess in &mut guesses {
            guess.asked = needs(guess.command, &guess.context, &guess.facts);
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

fn guess<'a>(tx: &Tx, device: &Device, body: &CommandBody, command: &'a Command) -> Guess<'a> {
    Guess {
        command,
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
    }
}

/// Adds what was asked for. Balances are few and wait until they are needed.
async fn learn(tx: &mut Tx, guess: &mut Guess<'_>) -> Result<()> {
    for key in std::mem::take(&mut guess.asked) {
        let fact = match &key {
            FactKey::Entity(kind, id) => match tx.body_text(*kind, id).await? {
                Some(body) => Fact::Text(body),
                None => Fact::Entity(None),
            },
            FactKey::Balance(_) => Fact::Unknown,
        };
        guess.facts.insert(key, fact);
    }
    Ok(())
}
