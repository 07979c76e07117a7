//! What an error of a database means for who asked.

/// Answers of PostgreSQL after which nothing was kept and the same may be tried at once: a
/// serialization failure, a deadlock, a turn that did not come.
const AGAIN: [&str; 3] = ["40001", "40P01", "55P03"];
/// Somebody else held what was needed for too long: PostgreSQL's connections; SQLite's busy and locked
/// file, also under a snapshot.
const BUSY: [&str; 5] = ["53300", "5", "6", "261", "517"];
/// PostgreSQL ends connections or is not up yet: by an administrator, a crash, a start.
const LOST: [&str; 4] = ["57P01", "57P02", "57P03", "57P05"];

/// What can be done about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was kept; the whole transaction may be done again at once.
    Again,
    /// The connection was lost: nobody knows whether a commit under way was kept. What can tell its own
    /// repetition may be done again.
    Lost,
    /// Nothing was kept, and it has waited for long: the caller tries later.
    Busy,
    /// Doing it again would fail the same way.
    Final,
}

impl Fault {
    /// What the error means.
    #[must_use]
    pub fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => match error.code() {
                Some(code) if AGAIN.contains(&&*code) => Self::Again,
                Some(code) if BUSY.contains(&&*code) => Self::Busy,
                // 08…: exceptions of the connection.
                Some(code) if LOST.contains(&&*code) || code.starts_with("08") => Self::Lost,
                _ => Self::Final,
            },
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::BeginFailed
            | sqlx::Error::WorkerCrashed => Self::Lost,
            _ => Self::Final,
        }
    }
}
