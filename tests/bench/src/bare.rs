//! The bare references: the same SQLite with the same cipher, and one signature, without anything
//! around them.

use std::path::Path;

use anyhow::Result;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _};
use rusqlite::{Connection, OpenFlags, params};
use uuid::Uuid;

/// Accounts in the reference's table.
const ACCOUNTS: i64 = 100_000;
/// What accounts begin with; enough for every transfer of a run.
const OPENING: i64 = 1_000_000;

/// How a bare file is opened: with a key as the device's files, or without one as the server's.
pub fn open(path: &Path, key: Option<&[u8; 32]>, synchronous: &str) -> Result<Connection> {
    let connection = Connection::open(path)?;
    unlock(&connection, key)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", synchronous)?;
    Ok(connection)
}

fn unlock(connection: &Connection, key: Option<&[u8; 32]>) -> Result<()> {
    if let Some(key) = key {
        connection.pragma_update(None, "key", format!("x'{}'", hex::encode(key)))?;
    }
    Ok(())
}

/// A transfer of five rows in one encrypted file, durable when it returns.
pub struct Transfers {
    connection: Connection,
    next: i64,
}

impl Transfers {
    /// Makes the file with its accounts.
    pub fn open(dir: &Path) -> Result<Self> {
        let mut connection = open(&dir.join("transfers.db"), Some(&[7; 32]), "full")?;
        let write = connection.transaction()?;
        write.execute_batch(
            "CREATE TABLE account (id INTEGER PRIMARY KEY, points INTEGER NOT NULL);
             CREATE TABLE transfer (id INTEGER PRIMARY KEY, command BLOB NOT NULL UNIQUE);
             CREATE TABLE entry (transfer INTEGER NOT NULL, leg INTEGER NOT NULL,
               account INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (transfer, leg))
               WITHOUT ROWID;",
        )?;
        {
            let mut fill = write.prepare("INSERT INTO account (id, points) VALUES (?1, ?2)")?;
            for id in 0..ACCOUNTS {
                fill.execute(params![id, OPENING])?;
            }
        }
        write.commit()?;
        Ok(Self {
            connection,
            next: 0,
        })
    }

    /// One transfer: itself with a unique id, two entries, two balances; committed.
    pub fn transfer(&mut self) -> Result<()> {
        self.next += 1;
        let number = self.next;
        let (from, to) = (number * 7_919 % ACCOUNTS, number * 104_729 % ACCOUNTS);
        let command = Uuid::now_v7();
        let write = self.connection.transaction()?;
        write
            .prepare_cached("INSERT INTO transfer (id, command) VALUES (?1, ?2)")?
            .execute(params![number, command.as_bytes()])?;
        for (leg, (account, amount)) in [(from, -1_i64), (to, 1)].into_iter().enumerate() {
            write
                .prepare_cached(
                    "INSERT INTO entry (transfer, leg, account, amount) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![number, i64::try_from(leg)?, account, amount])?;
            write
                .prepare_cached("UPDATE account SET points = points + ?2 WHERE id = ?1")?
                .execute(params![account, amount])?;
        }
        write.commit()?;
        Ok(())
    }
}

/// One key that signs and verifies.
pub struct Pen {
    key: SigningKey,
}

impl Pen {
    /// With a key that is always the same.
    #[must_use]
    pub fn new() -> Self {
        Self {
            key: SigningKey::from_bytes(&[3; 32]),
        }
    }

    /// Signs.
    #[must_use]
    pub fn sign(&self, text: &str) -> Signature {
        self.key.sign(text.as_bytes())
    }

    /// True when the signature is of this text.
    #[must_use]
    pub fn verifies(&self, text: &str, signature: &Signature) -> bool {
        let public = self.key.verifying_key();
        public.verify(text.as_bytes(), signature).is_ok()
    }
}

/// Opens an encrypted cache for reading, reads one thing by its key, and closes it again.
pub fn open_and_read(file: &Path, key: &[u8; 32], kind: &str, id: &str) -> Result<String> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    unlock(&connection, Some(key))?;
    Ok(connection.query_row(
        "SELECT body FROM entity WHERE kind = ?1 AND id = ?2",
        [kind, id],
        |row| row.get(0),
    )?)
}
