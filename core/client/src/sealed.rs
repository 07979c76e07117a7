//! A signed command as a row of the outbox. What a row holds grew with the schema; an older file gets
//! what it has room for.

use carrot_wire::CommandBody;
use carrot_wire::envelope::Envelope;
use sqlx::Sqlite;
use sqlx::sqlite::SqliteArguments;

/// The schema from which on a command's row carries its link.
pub const LINKED_SCHEMA: u32 = 3;
/// The schema from which on a command's row keeps what was shown when it was made.
pub const SHOWN_SCHEMA: u32 = 6;

/// A signed command on its way into the file.
#[derive(Debug, Clone, Copy)]
pub struct Sealed<'a> {
    /// What it says.
    pub body: &'a CommandBody,
    /// The signed text.
    pub envelope: &'a Envelope,
    /// The link that the next command follows.
    pub chain_hash: &'a str,
    /// The things that the device shows because of it, JSON; none in a queue made anew.
    pub shown: Option<&'a str>,
}

/// A command's row. From [`LINKED_SCHEMA`] on the row carries its link and notes itself as the newest.
pub fn insert(signed: Sealed<'_>, schema: u32) -> sqlx::query::Query<'_, Sqlite, SqliteArguments> {
    let sql = match schema {
        SHOWN_SCHEMA.. => {
            "INSERT INTO command (device_seq, command_id, kind, suite, kid, bytes, signature, state, \
             created_ms, chain_hash, shown) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', ?8, ?9, ?10)"
        }
        LINKED_SCHEMA.. => {
            "INSERT INTO command (device_seq, command_id, kind, suite, kid, bytes, signature, state, \
             created_ms, chain_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', ?8, ?9)"
        }
        _ => {
            "INSERT INTO command (device_seq, command_id, kind, suite, kid, bytes, signature, state, \
             created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', ?8)"
        }
    };
    let (body, envelope) = (signed.body, signed.envelope);
    let mut query = sqlx::query(sql)
        .bind(body.device_seq)
        .bind(body.command_id.to_string())
        .bind(&body.kind)
        .bind(&envelope.suite)
        .bind(&envelope.kid)
        .bind(&envelope.bytes)
        .bind(&envelope.signature)
        .bind(body.time.wall_ms);
    if schema >= LINKED_SCHEMA {
        query = query.bind(signed.chain_hash);
    }
    if schema >= SHOWN_SCHEMA {
        query = query.bind(signed.shown);
    }
    query
}
