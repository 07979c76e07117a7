//! What an error of a database means for who asked.

/// Answers of PostgreSQL after which nothing was kept and the same may be tried at once: a
/// serialization failure, a deadlock, a turn that did not come.
const AGAIN: [&str; 3] = ["40001", "40P01", "55P03"];
/// What PostgreSQL has too little of for now, whatever it was asked: connections, disk, memory (class
/// 53), its disk's answer, the right to write while another machine takes over, time for a statement.
const BUSY: [&str; 3] = ["57014", "25006", "58030"];
const SHORT_CLASS: &str = "53";
/// The same of SQLite, as the primary codes that every extended code carries in its low byte: a busy
/// and a locked file, no memory, a file that may not be written or opened now, the disk's fault, a full
/// disk, a lock's protocol.
const SQLITE_BUSY: [u32; 8] = [5, 6, 7, 8, 10, 13, 14, 15];
/// SQLite's codes are numbers of its own; a state of PostgreSQL has five characters.
const STATE_CHARS: usize = 5;
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
                Some(code) => Self::of_code(&code),
                None => Self::Final,
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
    /// What a code of either database means: a state of PostgreSQL or a number of SQLite.
    fn of_code(code: &str) -> Self {
        if code.len() == STATE_CHARS {
            return match code {
                _ if AGAIN.contains(&code) => Self::Again,
                _ if BUSY.contains(&code) || code.starts_with(SHORT_CLASS) => Self::Busy,
                // 08…: exceptions of the connection.
                _ if LOST.contains(&code) || code.starts_with("08") => Self::Lost,
                _ => Self::Final,
            };
        }
        match code.parse::<u32>() {
            Ok(number) if SQLITE_BUSY.contains(&(number & 0xff)) => Self::Busy,
            _ => Self::Final,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn what_passes_by_itself_is_no_commands_fault() {
        let table = [
            (Fault::Again, &["40001", "40P01", "55P03"][..]),
            (Fault::Busy, &["53100", "53200", "53300", "53400"]),
            (Fault::Busy, &["57014", "25006", "58030"]),
            // SQLite: busy, locked and their kinds, memory, read-only, opening, disk and full disk.
            (
                Fault::Busy,
                &["5", "6", "261", "517", "262", "7", "8", "14"],
            ),
            (
                Fault::Busy,
                &["13", "10", "266", "778", "1034", "6410", "15"],
            ),
            (Fault::Lost, &["57P01", "57P02", "57P03", "08006", "08003"]),
            // Constraints, a statement that is wrong, values that do not fit, a damaged file.
            (Fault::Final, &["23505", "42601", "22021", "22P05", "25P02"]),
            (
                Fault::Final,
                &["1", "11", "18", "19", "20", "787", "1555", "2067"],
            ),
            (Fault::Final, &["", "x", "123456"]),
        ];
        for (fault, codes) in table {
            for code in codes {
                assert_eq!(Fault::of_code(code), fault, "{code}");
            }
        }
    }
}
