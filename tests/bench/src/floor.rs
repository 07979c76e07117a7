//! The floor under a drain: an outbox in SQLite, JSON frames over TCP, a server's file with a unique
//! id per operation, an acknowledgement, and the outbox is empty. No signature, no rule, no HTTP.

use std::io::{BufReader, BufWriter, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;

use anyhow::{Context as _, Result, anyhow};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::bare;
use crate::sample::{Spent, Watch};

/// Operations per frame.
const FRAME_OPERATIONS: i64 = 500;
/// The most bytes of a frame.
const FRAME_BYTES_MAX: u32 = 64 * 1024 * 1024;

#[derive(Debug, Serialize, Deserialize)]
struct Operation {
    seq: i64,
    id: String,
    bytes: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Ack {
    through: i64,
}

/// Moves these operations (id and text) from one file to another and answers what that took.
pub fn drain(dir: &Path, operations: &[(String, String)]) -> Result<Spent> {
    let outbox = fill(&dir.join("floor-outbox.db"), operations)?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let file = dir.join("floor-server.db");
    let mut server = bare::open(&file, None, "full")?;
    server.execute_batch(
        "CREATE TABLE operation (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, bytes TEXT NOT NULL) \
         WITHOUT ROWID",
    )?;
    let watch = Watch::start();
    let taker = thread::spawn(move || take(&listener, &mut server));
    send(&outbox, TcpStream::connect(address)?)?;
    let taken = taker.join().map_err(|_| anyhow!("the floor's server"))??;
    let spent = watch.spent();
    anyhow::ensure!(taken == operations.len(), "the floor lost operations");
    Ok(spent)
}

fn fill(file: &Path, operations: &[(String, String)]) -> Result<rusqlite::Connection> {
    let mut outbox = bare::open(file, Some(&[9; 32]), "normal")?;
    let write = outbox.transaction()?;
    write.execute_batch(
        "CREATE TABLE operation (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, bytes TEXT NOT NULL)",
    )?;
    {
        let mut insert = write.prepare("INSERT INTO operation (id, bytes) VALUES (?1, ?2)")?;
        for (id, bytes) in operations {
            insert.execute([id, bytes])?;
        }
    }
    write.commit()?;
    Ok(outbox)
}

fn send(outbox: &rusqlite::Connection, stream: TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = BufWriter::new(stream);
    loop {
        let mut select =
            outbox.prepare_cached("SELECT seq, id, bytes FROM operation ORDER BY seq LIMIT ?1")?;
        let rows = select.query_map([FRAME_OPERATIONS], |row| {
            Ok(Operation {
                seq: row.get(0)?,
                id: row.get(1)?,
                bytes: row.get(2)?,
            })
        })?;
        let frame: Vec<Operation> = rows.collect::<Result<_, _>>()?;
        write_frame(&mut writer, &frame)?;
        if frame.is_empty() {
            return Ok(());
        }
        let ack: Ack = read_frame(&mut reader)?;
        outbox
            .prepare_cached("DELETE FROM operation WHERE seq <= ?1")?
            .execute([ack.through])?;
    }
}

fn take(listener: &TcpListener, server: &mut rusqlite::Connection) -> Result<usize> {
    let (stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = BufWriter::new(stream);
    let mut taken = 0;
    loop {
        let frame: Vec<Operation> = read_frame(&mut reader)?;
        let Some(last) = frame.last() else {
            return Ok(taken);
        };
        let through = last.seq;
        let write = server.transaction()?;
        {
            let mut insert = write.prepare_cached(
                "INSERT INTO operation (id, seq, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?;
            for operation in &frame {
                taken += insert.execute(params![operation.id, operation.seq, operation.bytes])?;
            }
        }
        write.commit()?;
        write_frame(&mut writer, &Ack { through })?;
    }
}

fn write_frame(writer: &mut impl Write, frame: &impl Serialize) -> Result<()> {
    let bytes = serde_json::to_vec(frame)?;
    writer.write_all(&u32::try_from(bytes.len())?.to_be_bytes())?;
    writer.write_all(&bytes)?;
    Ok(writer.flush()?)
}

fn read_frame<T: serde::de::DeserializeOwned>(reader: &mut impl Read) -> Result<T> {
    let mut length = [0; 4];
    reader.read_exact(&mut length).context("a frame's length")?;
    let length = u32::from_be_bytes(length);
    anyhow::ensure!(length <= FRAME_BYTES_MAX, "a frame of {length} bytes");
    let mut bytes = vec![0; usize::try_from(length)?];
    reader.read_exact(&mut bytes)?;
    Ok(serde_json::from_slice(&bytes)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_operation_arrives_once() {
        let dir = tempfile::tempdir().unwrap();
        let operations: Vec<_> = (0..1_234)
            .map(|n| (format!("id {n}"), "text".to_owned()))
            .collect();
        super::drain(dir.path(), &operations).unwrap();
        let file = dir.path().join("floor-server.db");
        let server = crate::bare::open(&file, None, "full").unwrap();
        let held: i64 = server
            .query_row("SELECT count(*) FROM operation", [], |row| row.get(0))
            .unwrap();
        assert_eq!(held, 1_234);
    }
}
