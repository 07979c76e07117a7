//! Reads ahead what the commands of a push will ask for, many at a time. Each command is decided
//! later, one after another, on what the ones before it left behind.

use std::collections::{BTreeMap, BTreeSet};

use carrot_rules::entity::EntityKind;
use carrot_rules::made::Made;
use carrot_rules::{Command, Context, Fact, FactKey, Facts, ProofCheck, needs};
use carrot_wire::envelope::CommandBody;

use super::Incoming;
use crate::error::Result;
use crate::store::{Device, Tx};

/// Rounds of asking that are foreseen; what comes after them is read one by one.
const ROUNDS_FORESEEN: usize = 3;

/// A command as far as it is foreseen.
struct Guess<'a> {
    number: usize,
    command: &'a Command,
    context: Context,
    foreseen: Foreseen,
    asked: BTreeSet<FactKey>,
}

/// The facts that one command asks for, as they were before the push.
#[derive(Default)]
pub(super) struct Foreseen {
    facts: Facts,
    things: Vec<(EntityKind, String)>,
    /// False when it asks for what is not foreseen.
    whole: bool,
}

impl Foreseen {
    /// The facts, unless a command before this one changed a thing among them: then all must be asked
    /// for again, since what is asked for follows from what is found.
    pub fn still_true(self, tx: &Tx) -> Option<Facts> {
        let same = |key| tx.is_as_read(key);
        (self.whole && self.things.iter().all(same)).then_some(self.facts)
    }
}

/// Reads ahead for the commands of a push that are new. Answers what each one, by its place in the
/// push, asks for.
pub(super) async fn foresee(
    tx: &mut Tx,
    device: &Device,
    commands: &[Incoming<'_>],
) -> Result<BTreeMap<usize, Foreseen>> {
    let mut guesses: Vec<Guess<'_>> = commands
        .iter()
        .enumerate()
        .filter_map(|(number, incoming)| {
            let body = incoming.body.as_ref().ok()?;
            let command = incoming.command.as_ref()?.as_ref().ok()?;
            let new = body.device_seq > device.last_seq;
            new.then(|| guess(tx, device, (body, incoming.made), command, number))
        })
        .collect();
    let mut done = BTreeMap::new();
    if guesses.is_empty() {
        return Ok(done);
    }
    let ids: Vec<_> = guesses
        .iter()
        .map(|guess| guess.context.command_id)
        .collect();
    tx.foresee_commands(&ids).await?;
    let mut units = BTreeSet::new();
    for _ in 0..ROUNDS_FORESEEN {
        let things = ask(&mut guesses);
        let (open, whole): (Vec<_>, Vec<_>) = guesses
            .into_iter()
            .partition(|guess| !guess.asked.is_empty());
        done.extend(
            whole
                .into_iter()
                .map(|guess| (guess.number, guess.foreseen)),
        );
        guesses = open;
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
    tx.foresee_awards(&units).await?;
    Ok(done)
}

/// Lets every command say what it needs next; answers the things among it.
fn ask(guesses: &mut [Guess<'_>]) -> BTreeSet<(EntityKind, String)> {
    let mut things = BTreeSet::new();
    for guess in guesses {
        guess.asked = needs(guess.command, &guess.context, &guess.foreseen.facts);
        for key in &guess.asked {
            if let FactKey::Entity(kind, id) = key {
                things.insert((*kind, id.clone()));
            }
        }
    }
    things
}

fn guess<'a>(
    tx: &Tx,
    device: &Device,
    (body, made): (&CommandBody, Made),
    command: &'a Command,
    number: usize,
) -> Guess<'a> {
    Guess {
        number,
        command,
        context: Context {
            command_id: body.command_id,
            device: device.id,
            actor: body.actor_id,
            programme: device.programme,
            outlet: body.outlet_id,
            occurred_ms: made.at_ms,
            now_ms: tx.now_ms(),
            made,
            proof: ProofCheck::Absent,
            exposure_points: 0,
            address: carrot_rules::entity::Guess::default(),
        },
        // A rotating code is checked later, and what is needed may follow from it.
        foreseen: Foreseen {
            whole: command.proof().is_none(),
            ..Foreseen::default()
        },
        asked: BTreeSet::new(),
    }
}

/// Adds what was asked for. Balances are few and wait until they are needed.
async fn learn(tx: &mut Tx, guess: &mut Guess<'_>) -> Result<()> {
    for key in std::mem::take(&mut guess.asked) {
        let fact = match &key {
            // The nearest photo may be one that a command before this one showed.
            FactKey::Entity(EntityKind::PhotoSeen, _) => {
                guess.foreseen.whole = false;
                Fact::Unknown
            }
            FactKey::Entity(kind, id) => {
                guess.foreseen.things.push((*kind, id.clone()));
                let body = tx.body_text(*kind, id).await?;
                tx.fact(*kind, id, body)
            }
            FactKey::Balance(_) | FactKey::Lot(..) => {
                guess.foreseen.whole = false;
                Fact::Unknown
            }
        };
        guess.foreseen.facts.insert(key, fact);
    }
    Ok(())
}
