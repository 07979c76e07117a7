//! What a transaction has read and written and not yet sent to the database. Outside a batch every
//! write leaves at once and nothing read is kept; inside a batch everything stays here until the end
//! and leaves with a few statements for many rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use carrot_rules::entity::EntityKind;
use carrot_rules::ledger::{LotId, Posted};
use carrot_rules::outcome::{AwardKey, Due};
use carrot_rules::{Account, Scope, Unit};
use uuid::Uuid;

use super::chain::ChainHead;
use super::feed::Head;
use super::held::Held;
use super::lots::{LotHeld, LotPlace, Read};

/// A thing's kind and id.
pub(super) type Key = (EntityKind, String);

/// A thing as the transaction sees it.
#[derive(Debug, Clone, Default)]
pub(super) struct Thing {
    /// Its JSON; none when there is none.
    pub body: Option<Arc<str>>,
    /// True while the database does not have it.
    pub unsent: bool,
    /// The scopes that have been shown it, in the order of their names.
    pub scopes: Vec<Scope>,
}

/// A number or a word, and whether the database has it.
#[derive(Debug, Clone)]
pub(super) struct Known<T> {
    pub value: T,
    pub unsent: bool,
}

/// A device's place in its sequence.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub seq: i64,
    pub hash: String,
}

/// A row of the table `change`.
#[derive(Debug)]
pub(super) struct ChangeRow {
    pub scope: Arc<str>,
    pub seq: i64,
    pub text: Arc<str>,
    pub digest: String,
}

/// A row of the table `transfer`, with its rows of the table `entry`.
#[derive(Debug)]
pub(super) struct TransferRow {
    pub posted: Posted,
    /// The command whose part in the account an entry undoes, entry by entry.
    pub undoes: Vec<Option<Uuid>>,
}

/// A row of the table `command`.
#[derive(Debug)]
pub(super) struct CommandRecord {
    pub device: String,
    pub seq: i64,
    pub id: Option<String>,
    pub kind: String,
    pub actor: String,
    pub outlet: Option<String>,
    pub payload_hash: String,
    pub envelope: String,
    pub class: String,
    pub code: String,
    pub verdict: String,
    pub occurred_ms: i64,
}

/// A row of the table `entity_scope`.
#[derive(Debug)]
pub(super) struct ShownRow {
    pub kind: EntityKind,
    pub id: String,
    pub scope: String,
}

/// Everything between the transaction and the database.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub things: Held<Key, Thing>,
    pub balances: Held<(Account, Unit), Known<i64>>,
    pub heads: Held<Scope, Head>,
    /// Who took a credit; none when it is free.
    pub awards: Held<AwardKey, Known<Option<Uuid>>>,
    /// Where the chain of transfers stands.
    pub chain: Held<(), ChainHead>,
    /// What is left of a lot in an account; zero when it is used up.
    pub lots: Held<LotPlace, Known<i64>>,
    /// How far the lots of an account have been read, in spending order.
    pub lots_read: BTreeMap<(Account, Unit), Read>,
    /// Lots by id.
    pub born: Held<LotId, LotHeld>,
    /// Units whose credits are all known here.
    pub award_units: BTreeSet<String>,
    /// Whether a command has been recorded.
    pub recorded: Held<Uuid, bool>,
    /// How many transfers a command has caused.
    pub booked: Held<Uuid, i64>,
    /// Commands of which no line of history existed before this transaction.
    pub lineless: BTreeSet<String>,
    pub places: Held<Uuid, Place>,
    pub shown: Vec<ShownRow>,
    pub changes: Vec<ChangeRow>,
    pub transfers: Vec<TransferRow>,
    pub commands: Vec<CommandRecord>,
    pub dues: Vec<Due>,
}

/// Where a batch stood when a savepoint was opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    maps: [usize; 10],
    rows: [usize; 5],
}

impl Batch {
    /// Where it stands.
    pub fn mark(&self) -> Mark {
        Mark {
            maps: [
                self.things.mark(),
                self.balances.mark(),
                self.heads.mark(),
                self.awards.mark(),
                self.recorded.mark(),
                self.booked.mark(),
                self.places.mark(),
                self.chain.mark(),
                self.lots.mark(),
                self.born.mark(),
            ],
            rows: [
                self.shown.len(),
                self.changes.len(),
                self.transfers.len(),
                self.commands.len(),
                self.dues.len(),
            ],
        }
    }

    /// Takes back what was written since a mark; what was read stays known.
    pub fn undo(&mut self, mark: Mark) {
        let [
            things,
            balances,
            heads,
            awards,
            recorded,
            booked,
            places,
            books @ ..,
        ] = mark.maps;
        self.things.undo(things);
        self.balances.undo(balances);
        self.heads.undo(heads);
        self.awards.undo(awards);
        self.recorded.undo(recorded);
        self.booked.undo(booked);
        self.places.undo(places);
        let [chain, lots, born] = books;
        self.chain.undo(chain);
        self.lots.undo(lots);
        self.born.undo(born);
        let [shown, changes, transfers, commands, dues] = mark.rows;
        self.shown.truncate(shown);
        self.changes.truncate(changes);
        self.transfers.truncate(transfers);
        self.commands.truncate(commands);
        self.dues.truncate(dues);
    }
}
