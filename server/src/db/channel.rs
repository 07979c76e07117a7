//! A channel between server processes over one PostgreSQL database: `NOTIFY` within a transaction, and
//! `LISTEN` on a connection of its own.

use std::fmt;
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::time::timeout;

use super::conn::Conn;
use super::query::query;

/// The channel's name, the same in every process.
const CHANNEL: &str = "carrot_news";
/// Under what name the database lists the connections that listen.
pub const LISTENER: &str = "carrot-news";
/// How long to wait for a connection, seconds.
const CONNECT_SECONDS_MAX: u64 = 10;
/// After so long without a word a connection is asked whether it lives, seconds.
const QUIET_SECONDS_MAX: u64 = 20;
/// How long it may take to answer, seconds.
const ANSWER_SECONDS_MAX: u64 = 5;
/// How long its end may take, seconds.
const CLOSE_SECONDS_MAX: u64 = 2;
/// The most bytes of one text; the database refuses 8,000, and with it the whole transaction.
pub const TEXT_BYTES_MAX: usize = 7_900;

/// A channel; it holds no connection.
#[derive(Clone)]
pub struct Channel {
    options: PgConnectOptions,
    name: String,
}

impl fmt::Debug for Channel {
    /// Without the options, which have a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut channel = f.debug_struct("Channel");
        channel.field("name", &self.name).finish_non_exhaustive()
    }
}

/// An end that listens.
#[derive(Debug)]
pub struct Ear {
    listener: PgListener,
    pool: PgPool,
}

impl Channel {
    pub(super) fn new(options: PgConnectOptions, name: String) -> Self {
        let options = options.application_name(LISTENER);
        Self { options, name }
    }

    /// What tells this process from the others.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Says a text of at most [`TEXT_BYTES_MAX`] to all who listen, when the transaction has committed;
    /// to nobody when it does not.
    pub async fn say(&self, conn: &mut Conn, text: &str) -> Result<(), sqlx::Error> {
        let said = query("SELECT pg_notify(?, ?)").bind(CHANNEL).bind(text);
        said.execute(conn).await?;
        Ok(())
    }

    /// Begins to listen: what is committed from now on is heard.
    pub async fn listen(&self) -> Result<Ear, sqlx::Error> {
        // One for each ear: a dead connection may be long in letting go of its place.
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .acquire_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
            .connect_lazy_with(self.options.clone());
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        Ok(Ear { listener, pool })
    }
}

impl Ear {
    /// The next text, also this process's own; none when the connection is lost, and then this end is of
    /// no more use.
    pub async fn hear(&mut self) -> Option<String> {
        let quiet = Duration::from_secs(QUIET_SECONDS_MAX);
        loop {
            match timeout(quiet, self.listener.try_recv()).await {
                Ok(Ok(Some(said))) => return Some(said.payload().to_owned()),
                Ok(Ok(None) | Err(_)) => return None,
                Err(_) if self.lives().await => {}
                Err(_) => return None,
            }
        }
    }

    /// Whether the database answers on this connection. What is said meanwhile is heard later.
    pub async fn lives(&mut self) -> bool {
        let answer = Duration::from_secs(ANSWER_SECONDS_MAX);
        let asked = sqlx::query("SELECT 1").execute(&mut self.listener);
        matches!(timeout(answer, asked).await, Ok(Ok(_)))
    }

    /// Ends the connection.
    pub async fn close(self) {
        drop(self.listener);
        // An error means that it does not answer: then the database notices by itself.
        let _closed = timeout(Duration::from_secs(CLOSE_SECONDS_MAX), self.pool.close()).await;
    }
}
