//! A connection of either database, and what a statement can run on.

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, SqliteConnection, Transaction};

use super::backend::Reads;

/// A connection with what it is in the middle of. Dropped without [`Conn::commit`] it changes
/// nothing.
pub struct Conn(Inner);

enum Inner {
    Sqlite(PoolConnection<sqlx::Sqlite>),
    SqliteTx(Transaction<'static, sqlx::Sqlite>),
    PostgresTx(Transaction<'static, sqlx::Postgres>),
}

/// The connection by its kind.
pub(super) enum Kind<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl From<PoolConnection<sqlx::Sqlite>> for Conn {
    fn from(conn: PoolConnection<sqlx::Sqlite>) -> Self {
        Self(Inner::Sqlite(conn))
    }
}

impl From<Transaction<'static, sqlx::Sqlite>> for Conn {
    fn from(tx: Transaction<'static, sqlx::Sqlite>) -> Self {
        Self(Inner::SqliteTx(tx))
    }
}

impl From<Transaction<'static, sqlx::Postgres>> for Conn {
    fn from(tx: Transaction<'static, sqlx::Postgres>) -> Self {
        Self(Inner::PostgresTx(tx))
    }
}

impl Conn {
    pub(super) fn kind(&mut self) -> Kind<'_> {
        match &mut self.0 {
            Inner::Sqlite(conn) => Kind::Sqlite(conn),
            Inner::SqliteTx(tx) => Kind::Sqlite(tx),
            Inner::PostgresTx(tx) => Kind::Postgres(tx),
        }
    }

    /// Ends the transaction and keeps what it did. On PostgreSQL an error that is not the database's
    /// own word leaves open whether it was kept.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self.0 {
            Inner::Sqlite(_) => Ok(()),
            Inner::SqliteTx(tx) => tx.commit().await,
            Inner::PostgresTx(tx) => tx.commit().await,
        }
    }

    /// True on PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.0, Inner::PostgresTx(_))
    }
}

/// What a statement runs on: a connection, or [`Reads`], which takes one for it.
pub enum On<'c> {
    /// A connection.
    Conn(&'c mut Conn),
    /// Whatever connection is free.
    Reads(Reads<'c>),
}

impl<'c> From<&'c mut Conn> for On<'c> {
    fn from(conn: &'c mut Conn) -> Self {
        Self::Conn(conn)
    }
}

impl<'c> From<Reads<'c>> for On<'c> {
    fn from(reads: Reads<'c>) -> Self {
        Self::Reads(reads)
    }
}

/// The connection for one statement.
pub(super) enum Held<'c> {
    Lent(&'c mut Conn),
    Own(Conn),
}

impl<'c> On<'c> {
    pub(super) async fn held(self) -> Result<Held<'c>, sqlx::Error> {
        Ok(match self {
            Self::Conn(conn) => Held::Lent(conn),
            Self::Reads(reads) => Held::Own(reads.acquire().await?),
        })
    }
}

impl Held<'_> {
    pub(super) fn kind(&mut self) -> Kind<'_> {
        match self {
            Self::Lent(conn) => conn.kind(),
            Self::Own(conn) => conn.kind(),
        }
    }
}
