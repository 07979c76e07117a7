//! Reads ahead what the commands of a push will ask for, many at a time. Each command is decided
//! later, one after another, on what the ones before it left behind.

use std::collections::{BTreeMap, BTreeSet};

use carrot_rules::entity::EntityKind;
use carrot_rules::{Account, Command, Context, Fact, FactKey, Facts, Pot, Scope, needs};

use super::{Incoming, context};
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
    balances: Vec<(Account, i64)>,
    /// False when it asks for what is not foreseen.
    whole: bool,
    /// True when it asks for nothing more, as far as is foreseen.
    enough: bool,
}

impl Foreseen {
    /// The facts, and whether they are all that the decision asks for; none of them when a command
    /// before this one changed a thing among them: then all must be asked for again, since what is
    /// asked for follows from what is found. Balances are those of now.
    pub async fn still_true(mut self, tx: &mut Tx) -> Result<(Facts, bool)> {
        if !self.whole || !self.things.iter().all(|key| tx.is_as_read(key)) {
            return Ok((Facts::default(), false));
        }
        let mut enough = self.enough;
        for (account, foreseen) in self.balances {
            let balance = tx.balance(account).await?;
            enough &= balance == foreseen;
            let key = FactKey::Balance(account);
            self.facts.insert(key, Fact::Balance(balance));
        }
        Ok((self.facts, enough))
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
            let context = || context(tx, device, body, incoming);
            new.then(|| guess(number, command, context()))
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
    let (accounts, scopes, mut likely) = around(device);
    tx.foresee_books(&ids, &accounts, &scopes).await?;
    for _ in 0..ROUNDS_FORESEEN {
        let mut things = ask(&mut guesses);
        let (open, whole): (Vec<_>, Vec<_>) = guesses
            .into_iter()
            .partition(|guess| !guess.asked.is_empty());
        done.extend(whole.into_iter().map(|mut guess| {
            guess.foreseen.enough = true;
            (guess.number, guess.foreseen)
        }));
        guesses = open;
        if guesses.is_empty() {
            break;
        }
        things.append(&mut likely);
        tx.foresee_things(&things).await?;
        for guess in &mut guesses {
            learn(tx, guess).await?;
        }
    }
    Ok(done)
}

/// The accounts, the feeds and the things that most commands of a device come to, whatever they are.
fn around(device: &Device) -> (Vec<Account>, Vec<Scope>, BTreeSet<(EntityKind, String)>) {
    let mut accounts = vec![Account::Issuance, Account::OfflineBudget];
    let mut scopes = vec![Scope::Programme(device.programme)];
    let mut things = BTreeSet::new();
    if let Some(person) = device.participant {
        accounts.extend(Pot::ALL.map(|pot| Account::Participant(person, pot)));
        accounts.push(Account::Clawback(person));
        scopes.push(Scope::Participant(person));
        // Who else sees the person's points.
        things.insert((EntityKind::Member, person.to_string()));
    }
    scopes.extend(device.outlet.map(Scope::Outlet));
    (accounts, scopes, things)
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

fn guess(number: usize, command: &Command, context: Context) -> Guess<'_> {
    Guess {
        number,
        command,
        context,
        // A rotating code is checked later, and what is needed may follow from it.
        foreseen: Foreseen {
            whole: command.proof().is_none(),
            ..Foreseen::default()
        },
        asked: BTreeSet::new(),
    }
}

/// Adds what was asked for.
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
            FactKey::Balance(account) => {
                let balance = tx.balance(*account).await?;
                guess.foreseen.balances.push((*account, balance));
                Fact::Balance(balance)
            }
            FactKey::Lot(..) => {
                guess.foreseen.whole = false;
                Fact::Unknown
            }
        };
        guess.foreseen.facts.insert(key, fact);
    }
    Ok(())
}
