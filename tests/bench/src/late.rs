//! What single parts cost that came late: a second file beside the outbox, a row's text of what it
//! shows, locks around a connection, a word to other processes with each commit. Each is the bare
//! statement with it and without it, in turn.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

use anyhow::Result;
use carrot_pg::Cluster;
use rusqlite::{Connection, OpenFlags, params};
use sqlx::{Connection as _, PgConnection};

use crate::bare;
use crate::cluster;
use crate::report::Report;
use crate::sample::{Samples, Watch, count, micros};

/// Commits of each kind.
const COMMITS: usize = 400;
/// Bytes of a signed command, and of the text of what it shows.
const COMMAND_BYTES: usize = 900;
const SHOWN_BYTES: usize = 700;
/// Room that a journal makes ahead, bytes.
const ROOM_BYTES: usize = 32 * 1024;
/// Statements of a read.
const READS: usize = 20_000;
/// Clients that commit at once on PostgreSQL, each in a table of its own.
const CLIENTS: [usize; 2] = [1, 8];

/// Measures.
pub async fn run(report: &mut Report) -> Result<()> {
    let dir = tempfile::tempdir()?;
    commits(dir.path(), report)?;
    locks(dir.path(), report)?;
    match Cluster::start() {
        Ok(cluster) => {
            for clients in CLIENTS {
                words(&cluster, clients, report).await?;
            }
        }
        Err(error) => eprintln!("PostgreSQL is not measured: {error:#}"),
    }
    Ok(())
}

/// A command as the outbox commits it: alone, with what it shows, and with a record in a second file.
fn commits(dir: &Path, report: &mut Report) -> Result<()> {
    let file = bare::open(&dir.join("outbox.db"), Some(&[5; 32]), "full")?;
    file.execute_batch(
        "CREATE TABLE command (seq INTEGER PRIMARY KEY, bytes TEXT NOT NULL, shown TEXT);
         CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;",
    )?;
    let (bytes, shown) = ("b".repeat(COMMAND_BYTES), "s".repeat(SHOWN_BYTES));
    let mut journal = std::fs::File::create(dir.join("journal"))?;
    let (mut end, mut length) = (0_usize, 0_usize);
    let mut kinds: [Samples; 3] = Default::default();
    for number in 0..COMMITS * kinds.len() {
        // What follows a flush finds the disk otherwise than what follows none: each follows each.
        let kind = (number + number / kinds.len()) % kinds.len();
        if let Some(samples) = kinds.get_mut(kind) {
            let watch = Watch::start();
            let mut insert =
                file.prepare_cached("INSERT INTO command (bytes, shown) VALUES (?1, ?2)")?;
            insert.execute(params![bytes, (kind == 1).then_some(&shown)])?;
            if kind == 2 {
                if end + COMMAND_BYTES > length {
                    length = end + COMMAND_BYTES + ROOM_BYTES;
                    journal.seek(SeekFrom::Start(u64::try_from(end)?))?;
                    journal.write_all(&vec![0; COMMAND_BYTES + ROOM_BYTES])?;
                }
                journal.seek(SeekFrom::Start(u64::try_from(end)?))?;
                journal.write_all(bytes.as_bytes())?;
                journal.sync_data()?;
                end += COMMAND_BYTES;
            }
            samples.add(watch.spent());
        }
    }
    let [alone, shown, journal] = kinds;
    for (what, with) in [
        ("what a command shows, in its row", shown),
        ("a journal beside the outbox, one after the other", journal),
    ] {
        let name = format!("{what}: wait p50");
        report.shown(&name, with.wall_p50(), alone.wall_p50());
        report.shown("its CPU mean", with.cpu_mean(), alone.cpu_mean());
    }
    Ok(())
}

/// Reads through a connection that locks and one that does not.
fn locks(dir: &Path, report: &mut Report) -> Result<()> {
    let file = dir.join("outbox.db");
    let read = |lock: OpenFlags| -> Result<f64> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | lock;
        let connection = Connection::open_with_flags(&file, flags)?;
        connection.pragma_update(None, "key", format!("x'{}'", hex::encode([5; 32])))?;
        let watch = Watch::start();
        for number in 0..READS {
            let mut select =
                connection.prepare_cached("SELECT length(bytes) FROM command WHERE seq = ?1")?;
            let seq = i64::try_from(number % COMMITS)? + 1;
            let _bytes: i64 = select.query_row([seq], |row| row.get(0))?;
        }
        Ok(micros(watch.spent().cpu) / count(READS))
    };
    let (mut with, mut without) = (f64::MAX, f64::MAX);
    for _ in 0..5 {
        with = with.min(read(OpenFlags::SQLITE_OPEN_FULL_MUTEX)?);
        without = without.min(read(OpenFlags::SQLITE_OPEN_NO_MUTEX)?);
    }
    report.shown("locks around a connection: CPU of a read", with, without);
    Ok(())
}

/// Commits with a word to other processes and without it.
async fn words(cluster: &Cluster, clients: usize, report: &mut Report) -> Result<()> {
    let database = cluster.database()?;
    for client in 0..clients {
        let table =
            format!("CREATE TABLE t{client} (id BIGSERIAL PRIMARY KEY, body TEXT NOT NULL)");
        database.sql(&table)?;
    }
    let mut figures = Vec::new();
    for said in [true, false, true, false] {
        let before = cluster::cpu(cluster)?;
        let watch = Watch::start();
        let mut all = tokio::task::JoinSet::new();
        for client in 0..clients {
            all.spawn(commit(database.admin_url(), client, said));
        }
        while let Some(ended) = all.join_next().await {
            ended??;
        }
        let spent = watch.spent();
        let theirs = cluster::cpu(cluster)?.saturating_sub(before);
        let each = |time| micros(time) / count(COMMITS * clients);
        figures.push((each(spent.wall), each(spent.cpu + theirs)));
    }
    let least = |at: usize| {
        let (one, other) = (figures[at], figures[at + 2]);
        (one.0.min(other.0), one.1.min(other.1))
    };
    let (with, without) = (least(0), least(1));
    let name = format!("a word to other processes, {clients} committing: time for each");
    report.shown(&name, with.0, without.0);
    report.shown("its CPU of both sides", with.1, without.1);
    Ok(())
}

async fn commit(url: String, client: usize, said: bool) -> Result<()> {
    let mut database = PgConnection::connect(&url).await?;
    let sql = format!("INSERT INTO t{client} (body) VALUES ($1)");
    let body = "x".repeat(COMMAND_BYTES);
    for _ in 0..COMMITS {
        let mut write = database.begin().await?;
        sqlx::query(sqlx::AssertSqlSafe(sql.clone()))
            .bind(&body)
            .execute(&mut *write)
            .await?;
        if said {
            sqlx::query("SELECT pg_notify($1, $2)")
                .bind("bench_news")
                .bind("{\"scopes\":{\"participant:1\":1}}")
                .execute(&mut *write)
                .await?;
        }
        write.commit().await?;
    }
    Ok(database.close().await?)
}
