//! A program that ends while its files are in use ends as it said, not in a fault of memory.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use carrot_client::db::{Db, Store};

/// Names the folder in which this program plays the one that ends.
const FOLDER: &str = "CARROT_TEST_EXIT_FOLDER";
/// What the ending program says, so that a fault is told apart from it.
const SAID: i32 = 7;
/// Says which of its rounds the program plays.
const ROUND: &str = "CARROT_TEST_EXIT_ROUND";
/// How long a program works before it ends: each a little longer than the one before.
const STEP: Duration = Duration::from_millis(3);

#[test]
fn a_program_that_ends_while_its_files_are_in_use_ends_as_it_said() {
    let this = "a_program_that_ends_while_its_files_are_in_use_ends_as_it_said";
    play(this, 12, end_at_work);
}

#[test]
fn a_program_that_ends_while_its_files_are_closing_ends_as_it_said() {
    let this = "a_program_that_ends_while_its_files_are_closing_ends_as_it_said";
    play(this, 40, end_at_rest);
}

/// Starts this program anew for so many rounds; there it does what it is said to, in the test `this`.
fn play(this: &str, rounds: u32, at_end: fn(&Path, u32)) {
    if let Ok(folder) = std::env::var(FOLDER) {
        return at_end(Path::new(&folder), round());
    }
    for round in 0..rounds {
        let folder = tempfile::tempdir().expect("a folder");
        let ended = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", this])
            .env(FOLDER, folder.path())
            .env(ROUND, round.to_string())
            .output()
            .expect("a program");
        let words = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(SAID), "round {round}: {words}");
    }
}

/// Opens many files, lets go of them and ends while their threads are still coming to their end.
fn end_at_rest(folder: &Path, round: u32) {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let files = runtime.block_on(async {
        let mut files = Vec::new();
        for number in 0..24 {
            let dir = folder.join(number.to_string());
            std::fs::create_dir(&dir).expect("a folder");
            let key = [number; 32];
            let db = Db::open(Store::Outbox, &dir, &key, u32::MAX);
            files.push(db.await.expect("a file"));
        }
        files
    });
    drop(runtime);
    drop(files);
    std::thread::sleep(Duration::from_micros(u64::from(round) * 50));
    std::process::exit(SAID);
}

/// Writes to many files from many threads, opens them again and again, drops half of them and ends.
fn end_at_work(folder: &Path, round: u32) {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        for number in 0..6 {
            let dir = folder.join(number.to_string());
            std::fs::create_dir(&dir).expect("a folder");
            let db = Db::open(Store::Outbox, &dir, &[number; 32], u32::MAX)
                .await
                .expect("a file");
            tokio::spawn(write_on(db));
            tokio::spawn(open_on(dir, number));
        }
        tokio::time::sleep(STEP * round).await;
    });
    if round.is_multiple_of(2) {
        runtime.shutdown_background();
    }
    std::process::exit(SAID);
}

/// Which of its rounds the program plays.
fn round() -> u32 {
    let text = std::env::var(ROUND).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

async fn write_on(db: Db) {
    for number in 0_u64.. {
        let mut write = db.write().await.expect("a turn");
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "CREATE TABLE t{number} (a); INSERT INTO t{number} VALUES (randomblob(4000))"
        )))
        .execute(&mut *write)
        .await
        .expect("written");
        write.commit().await.expect("kept");
        let read = sqlx::raw_sql("SELECT count(*) FROM sqlite_master");
        read.execute(db.reader()).await.expect("read");
    }
}

/// Opens a file that another has open, reads and lets go of it.
async fn open_on(dir: std::path::PathBuf, number: u8) {
    loop {
        let db = Db::open(Store::Outbox, &dir, &[number; 32], u32::MAX)
            .await
            .expect("a file");
        let read = sqlx::raw_sql("SELECT count(*) FROM sqlite_master");
        read.execute(db.reader()).await.expect("read");
    }
}
