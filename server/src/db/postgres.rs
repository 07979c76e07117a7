//! PostgreSQL: several server processes may share one database. Who writes in a programme waits for
//! the programme's turn, which ends with the transaction; programmes do not wait for each other.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgPool, Transaction};
use uuid::Uuid;

use super::backend::{Backend, Rows};
use super::channel::Channel;
use super::conn::Conn;
use super::fault::Fault;
use super::postgres_schema as schema;

/// Connections that write; more only wait for the programmes' turns.
const WRITERS_MAX: u32 = 8;
/// Connections that read.
const READERS_MAX: u32 = 8;
/// How long to wait for a free connection, seconds.
const ACQUIRE_SECONDS_MAX: u64 = 30;
/// A connection that was used so lately is not asked whether it lives.
const FRESH: Duration = Duration::from_secs(1);
/// Between two tries to begin on connections that turn out to be lost.
const LOST_PAUSE: Duration = Duration::from_millis(10);
/// How long a writer waits for its turn, milliseconds.
const TURN_MS_MAX: u32 = 10_000;
/// The setting that says whose rows a transaction sees.
const SETTING: &str = "carrot.programme";
/// The turn of who writes in all programmes' rows.
const TURN_OF_ALL: i64 = 0x0043_6172_726f_7400;

/// The migrations, in the order of their numbers.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations-postgres");

/// A store in a PostgreSQL database.
pub struct Postgres {
    writers: PgPool,
    readers: PgPool,
    /// How the owner of the tables connects.
    owner: PgConnectOptions,
    /// The role that reads and writes.
    role: String,
    channel: Channel,
}

impl Postgres {
    /// Connects to a `postgres://` URL. `owner_url` names the role that owns the tables and changes
    /// them when a new version begins; without it the first role does both.
    pub async fn open(url: &str, owner_url: Option<&str>) -> Result<Self, sqlx::Error> {
        let options = options(url)?;
        let role = options.get_username().to_owned();
        let pool = || {
            PgPoolOptions::new()
                .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
                .test_before_acquire(false)
                .before_acquire(|connection, used| {
                    let long_ago = used.idle_for >= FRESH;
                    Box::pin(async move {
                        if long_ago {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
        };
        let writers = pool()
            .max_connections(WRITERS_MAX)
            .connect_with(options.clone())
            .await?;
        let readers = pool()
            .max_connections(READERS_MAX)
            .connect_lazy_with(options.clone());
        // Whoever opens it once more has another name.
        let name = sqlx::query_scalar("SELECT CAST(gen_random_uuid() AS TEXT)")
            .fetch_one(&writers)
            .await?;
        // A new version may have to look at the rows of all programmes.
        let owner = self::options(owner_url.unwrap_or(url))?.options([(SETTING, "*")]);
        Ok(Self {
            writers,
            readers,
            owner,
            role,
            channel: Channel::new(options, name),
        })
    }

    async fn begin_read(&self, rows: Rows) -> Result<Conn, sqlx::Error> {
        // The setting's words are ours: an id or a star.
        let begin = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
             SELECT set_config('{SETTING}', '{}', true)",
            rows.setting()
        );
        Ok(begin_on(&self.readers, begin.into()).await?.into())
    }
}

impl Backend for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    fn migrations(&self) -> &'static Migrator {
        &MIGRATIONS
    }

    fn migrate(&self) -> BoxFuture<'_, Result<(), MigrateError>> {
        Box::pin(async {
            let mut owner = self.owner.connect().await?;
            schema::up_to_date(&mut owner, &MIGRATIONS, &self.role).await?;
            owner.close().await?;
            if !schema::is_held(&self.writers).await? {
                tracing::warn!(
                    role = self.role,
                    "no policy holds this role: give it neither SUPERUSER nor BYPASSRLS"
                );
            }
            Ok(())
        })
    }

    fn begin(&self, rows: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>> {
        Box::pin(async move {
            let turn = match rows {
                Rows::Of(programme) => turn(programme),
                Rows::OfAll => TURN_OF_ALL,
            };
            let begin: Arc<str> = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE".into();
            let mut tx = begin_on(&self.writers, begin).await?;
            // Apart from the beginning: when the turn does not come, the transaction that is open already
            // rolls back, and its connection serves the next one. What is set is set before the wait.
            sqlx::query(
                "SELECT set_config($1, $2, true), set_config('lock_timeout', $3, true),
                   set_config('synchronous_commit', 'on', true), pg_advisory_xact_lock($4)",
            )
            .bind(SETTING)
            .bind(rows.setting())
            .bind(TURN_MS_MAX.to_string())
            .bind(turn)
            .execute(&mut *tx)
            .await?;
            Ok(tx.into())
        })
    }

    fn read(&self, rows: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>> {
        Box::pin(self.begin_read(rows))
    }

    fn snapshot(&self, rows: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>> {
        Box::pin(self.begin_read(rows))
    }

    fn channel(&self) -> Option<Channel> {
        Some(self.channel.clone())
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            self.readers.close().await;
            self.writers.close().await;
        })
    }
}

/// Begins a transaction. A connection that turns out to be lost just now is another's turn: nothing was
/// asked of it yet.
async fn begin_on(
    pool: &PgPool,
    begin: Arc<str>,
) -> Result<Transaction<'static, sqlx::Postgres>, sqlx::Error> {
    let since = Instant::now();
    loop {
        match pool.begin_with(AssertSqlSafe(Arc::clone(&begin))).await {
            Err(error) if Fault::of(&error) == Fault::Lost && since.elapsed() < FRESH => {
                // A database that is down is not asked thousands of times.
                tokio::time::sleep(LOST_PAUSE).await;
            }
            other => return other,
        }
    }
}

fn options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    let options: PgConnectOptions = url.parse()?;
    Ok(options
        .application_name("carrot")
        .disable_statement_logging())
}

/// The programme's number in the queue of writers. Two programmes that share one wait for each other
/// and come to no other harm.
fn turn(programme: Uuid) -> i64 {
    let (high, low) = programme.as_u64_pair();
    (high ^ low).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programmes_have_turns_of_their_own() {
        let turns = [1, 2, u128::MAX, 1 << 100].map(|id| turn(Uuid::from_u128(id)));
        for (at, one) in turns.iter().enumerate() {
            assert!(!turns.iter().skip(at + 1).any(|other| one == other));
            assert_ne!(*one, TURN_OF_ALL);
        }
    }
}
