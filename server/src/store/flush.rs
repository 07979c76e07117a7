//! What a batch holds goes to the database, table by table, in the order that references ask for.

use std::collections::BTreeMap;

use carrot_rules::Scope;
use carrot_rules::ledger::Entry;
use uuid::Uuid;

use super::batch::{Batch, TransferRow};
use super::chain;
use super::due;
use super::feed::Head;
use super::lots_flush;
use super::rows::{Outgoing, Target};
use super::tx::Tx;
use crate::db;
use crate::error::Result;

impl Tx {
    /// Sends everything that the database does not have, and forgets what was read. The heads of
    /// feeds and chain stay known: nobody else moves them.
    pub(crate) async fn flush(&mut self) -> Result<()> {
        let mut batch = std::mem::take(&mut self.batch);
        let (programme, now_ms) = (self.key(), self.now_ms());
        let conn = self.conn();
        let mut out = Outgoing::new(conn, &programme);
        things(&mut out, now_ms, &mut batch);
        let heads = batch.heads.take();
        feeds(&mut out, &heads, &batch);
        books(&mut out, &mut batch);
        lots_flush::write(&mut out, &mut batch)?;
        let chain = chain::write(&mut out, &mut batch);
        awards(&mut out, &mut batch);
        commands(&mut out, now_ms, &mut batch);
        due::write(&mut out, std::mem::take(&mut batch.dues));
        out.send(conn).await?;
        for (scope, head) in heads {
            self.batch.heads.note(scope, head.sent());
        }
        if let Some(head) = chain {
            self.batch.chain.note((), head);
        }
        Ok(())
    }
}

fn things(out: &mut Outgoing, now_ms: i64, batch: &mut Batch) {
    let things = batch.things.take();
    let unsent: Vec<_> = things
        .into_iter()
        .filter(|(_, thing)| thing.unsent)
        .filter_map(|((kind, id), thing)| Some((kind, id, thing.body?)))
        .collect();
    let target = Target {
        head: "INSERT INTO entity (programme_id, kind, id, body, updated_ms) VALUES",
        columns: 4,
        tail: "ON CONFLICT (programme_id, kind, id)
               DO UPDATE SET body = excluded.body, updated_ms = excluded.updated_ms",
    };
    out.rows(&target, &unsent, |query, row| {
        let (kind, id, text) = row;
        query.bind(kind.as_str()).bind(id).bind(text).bind(now_ms)
    });
    let target = Target {
        head: "INSERT INTO entity_scope (programme_id, kind, id, scope) VALUES",
        columns: 3,
        tail: "ON CONFLICT DO NOTHING",
    };
    out.rows(&target, &batch.shown, |query, row| {
        query.bind(row.kind.as_str()).bind(&row.id).bind(&row.scope)
    });
}

fn feeds(out: &mut Outgoing, heads: &BTreeMap<Scope, Head>, batch: &Batch) {
    let moved: Vec<_> = heads
        .iter()
        .filter(|(_, head)| head.unsent)
        .map(|(scope, head)| (scope.to_string(), head))
        .collect();
    let target = Target {
        head: "INSERT INTO scope (programme_id, scope, epoch, seq, digest) VALUES",
        columns: 4,
        // An epoch is given once; renewing it is nobody's business here.
        tail: "ON CONFLICT (programme_id, scope)
               DO UPDATE SET seq = excluded.seq, digest = excluded.digest",
    };
    out.rows(&target, &moved, |query, (scope, head)| {
        query
            .bind(scope)
            .bind(&head.epoch)
            .bind(head.seq)
            .bind(&head.digest)
    });
    let target = Target {
        head: "INSERT INTO change (programme_id, scope, seq, text, digest) VALUES",
        columns: 4,
        tail: "",
    };
    out.rows(&target, &batch.changes, |query, row| {
        query
            .bind(&row.scope)
            .bind(row.seq)
            .bind(&row.text)
            .bind(&row.digest)
    });
}

fn books(out: &mut Outgoing, batch: &mut Batch) {
    let target = Target {
        head: "INSERT INTO transfer (programme_id, seq, id, command_id, purpose, recorded_ms, occurred_ms, hash) VALUES",
        columns: 7,
        tail: "",
    };
    out.rows(&target, &batch.transfers, |query, row| {
        let posted = &row.posted;
        query
            .bind(posted.seq)
            .bind(posted.transfer_id.to_string())
            .bind(posted.command.to_string())
            .bind(&posted.purpose)
            .bind(posted.recorded_ms)
            .bind(posted.occurred_ms)
            .bind(hex::encode(posted.hash))
    });
    entries(out, &batch.transfers);
    let balances = batch.balances.take();
    let moved: Vec<_> = balances
        .into_iter()
        .filter(|(_, known)| known.unsent)
        .map(|((account, unit), known)| (account.to_string(), unit.text(), known.value))
        .collect();
    // The row first: its checks are about a sum, and a row without one is zero.
    let target = Target {
        head: "INSERT INTO balance (programme_id, account, unit, amount) VALUES",
        columns: 3,
        tail: "ON CONFLICT (programme_id, account, unit) DO UPDATE SET amount = excluded.amount",
    };
    out.rows(&target, &moved, |query, row| {
        query.bind(&row.0).bind(&row.1).bind(row.2)
    });
}

fn entries(out: &mut Outgoing, transfers: &[TransferRow]) {
    let numbered: Vec<(i64, i64, &Entry, Option<Uuid>)> = transfers
        .iter()
        .flat_map(|row| {
            let entries = row.posted.entries.iter().zip(&row.undoes);
            let seq = row.posted.seq;
            (0_i64..)
                .zip(entries)
                .map(move |(line, (entry, undoes))| (seq, line, entry, *undoes))
        })
        .collect();
    let target = Target {
        head: "INSERT INTO entry (programme_id, seq, line, leg, account, unit, amount, lot, after, undoes) VALUES",
        columns: 9,
        tail: "",
    };
    out.rows(&target, &numbered, |query, row| {
        let (seq, line, entry, undoes) = row;
        query
            .bind(seq)
            .bind(line)
            .bind(entry.leg)
            .bind(entry.account.to_string())
            .bind(entry.unit.text())
            .bind(entry.amount)
            .bind(entry.lot.map_or_else(String::new, |lot| lot.to_string()))
            .bind(entry.after)
            .bind(undoes.map(|command| command.to_string()))
    });
}

fn awards(out: &mut Outgoing, batch: &mut Batch) {
    let mut taken = Vec::new();
    for (key, known) in batch.awards.take() {
        match known.value {
            _ if !known.unsent => {}
            Some(command) => taken.push((key, command.to_string())),
            None => {
                let statement = db::query(
                    "DELETE FROM award_key WHERE programme_id = ? AND unit = ? AND purpose = ? AND role = ?",
                )
                .bind(out.programme())
                .bind(&key.unit)
                .bind(&key.purpose)
                .bind(&key.role);
                out.statement(statement);
            }
        }
    }
    // A credit that was given back and taken again in one batch changes hands.
    let target = Target {
        head: "INSERT INTO award_key (programme_id, unit, purpose, role, command_id) VALUES",
        columns: 4,
        tail: "ON CONFLICT (programme_id, unit, purpose, role)
               DO UPDATE SET command_id = excluded.command_id",
    };
    out.rows(&target, &taken, |query, (key, command)| {
        query
            .bind(&key.unit)
            .bind(&key.purpose)
            .bind(&key.role)
            .bind(command)
    });
}

fn commands(out: &mut Outgoing, now_ms: i64, batch: &mut Batch) {
    let target = Target {
        head: "INSERT INTO command (programme_id, device_id, device_seq, command_id, kind, actor_id,
               outlet_id, payload_hash, envelope, class, code, verdict, occurred_ms, recorded_ms) VALUES",
        columns: 13,
        tail: "",
    };
    out.rows(&target, &batch.commands, |query, row| {
        query
            .bind(&row.device)
            .bind(row.seq)
            .bind(&row.id)
            .bind(&row.kind)
            .bind(&row.actor)
            .bind(&row.outlet)
            .bind(&row.payload_hash)
            .bind(&row.envelope)
            .bind(&row.class)
            .bind(&row.code)
            .bind(&row.verdict)
            .bind(row.occurred_ms)
            .bind(now_ms)
    });
    for (device, place) in batch.places.take() {
        let statement = db::query(
            "UPDATE device SET last_seq = ?, last_hash = ?, seen_ms = ? WHERE programme_id = ? AND device_id = ?",
        )
        .bind(place.seq)
        .bind(place.hash)
        .bind(now_ms)
        .bind(out.programme())
        .bind(device.to_string());
        out.statement(statement);
    }
}
