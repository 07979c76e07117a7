//! Statements that run on SQLite and on PostgreSQL: written once, in SQLite's words and the portable
//! part of the language. [`dialect`] lists what is said otherwise to PostgreSQL.
//!
//! The names are those of `sqlx`, which does the work: [`query`], [`query_as`], [`query_scalar`] and
//! [`QueryBuilder`] run on a [`Conn`] or on [`Reads`].

mod backend;
mod builder;
mod channel;
mod conn;
mod dialect;
mod fault;
mod postgres;
mod postgres_schema;
mod query;
mod sqlite;
mod value;

pub use backend::{Backend, Reads, Rows};
pub use builder::QueryBuilder;
pub use channel::{Channel, Ear, LISTENER, TEXT_BYTES_MAX};
pub use conn::{Conn, On};
pub use fault::Fault;
pub use postgres::Postgres;
pub use query::{
    Done, Query, QueryAs, QueryScalar, Record, query, query_as, query_scalar, together,
};
pub use sqlite::{DATABASE_FILE, Durability, READERS_MAX, Sqlite};
pub use value::Value;

#[cfg(test)]
pub(crate) use sqlite::MIGRATIONS;
