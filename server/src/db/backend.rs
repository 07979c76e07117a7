//! What a database has to do for the store, and reading by programme.

use futures_util::future::BoxFuture;
use sqlx::migrate::Migrator;
use uuid::Uuid;

use super::channel::Channel;
use super::conn::Conn;

/// Whose rows a connection sees. SQLite leaves that to the statements; PostgreSQL also enforces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// One programme's.
    Of(Uuid),
    /// Every programme's: for looking up whose a token is, for jobs, for the books as a whole.
    OfAll,
}

impl Rows {
    /// As the database's setting says it.
    #[must_use]
    pub fn setting(self) -> String {
        match self {
            Self::Of(programme) => programme.to_string(),
            Self::OfAll => "*".to_owned(),
        }
    }
}

/// A database that keeps the store: the same rows under the same statements.
pub trait Backend: Send + Sync {
    /// What it is called in sentences.
    fn name(&self) -> &'static str;

    /// The migrations it was built with.
    fn migrations(&self) -> &'static Migrator;

    /// Brings the schema up to date.
    fn migrate(&self) -> BoxFuture<'_, Result<(), sqlx::migrate::MigrateError>>;

    /// Begins to write; waits while another writes in the same programme. Every statement after it
    /// sees all that was committed.
    fn begin(&self, rows: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>>;

    /// A connection that reads what is committed and cannot write.
    fn read(&self, rows: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>>;

    /// The same, where all statements see the database at one moment.
    fn snapshot(&self, rows: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>>;

    /// How server processes over this database tell each other of news; none where it has no such way.
    fn channel(&self) -> Option<Channel> {
        None
    }

    /// Closes every connection.
    fn close(&self) -> BoxFuture<'_, ()>;
}

/// Reading without writing: a statement that runs on it takes a connection for itself.
#[derive(Clone, Copy)]
pub struct Reads<'s> {
    backend: &'s dyn Backend,
    rows: Rows,
}

impl<'s> Reads<'s> {
    /// Reading these rows.
    #[must_use]
    pub fn new(backend: &'s dyn Backend, rows: Rows) -> Self {
        Self { backend, rows }
    }

    /// A connection for several statements.
    pub async fn acquire(self) -> Result<Conn, sqlx::Error> {
        self.backend.read(self.rows).await
    }

    /// A connection whose statements all see one moment.
    pub async fn begin(self) -> Result<Conn, sqlx::Error> {
        self.backend.snapshot(self.rows).await
    }
}
