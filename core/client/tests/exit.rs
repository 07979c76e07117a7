//! A program that ends while its files are in use ends as it said, not in a fault of memory.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use carrot_client::db::{Db, Store};

/// Names the folder in which this program plays the one that ends.
const FOLDER: &str = "CARROT_TEST_EXIT_FOLDER";
/// What the ending program says, so that a fault is told apart from it.
const SAID: i32 = 7;
/// Programs started.
const ROUNDS: u32 = 12;
/// How long a program works before it ends: each a little longer than the one before.
const STEP: Duration = Duration::from_millis(3);

#[test]
fn a_program_that_ends_while_its_files_are_in_use_ends_as_it_said() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return end_at_work(Path::new(&folder));
    }
    for round in 0..ROUNDS {
        let folder = tempfile::tempdir().expect("a folder");
        let ended = Command::new(std::env::current_exe().expect("this program"))
            .arg("--exact")
            .arg("a_program_that_ends_while_its_files_are_in_use_ends_as_it_said")
            .env(FOLDER, folder.path())
            .env("CARROT_TEST_EXIT_ROUND", round.to_string())
            .output()
            .expect("a program");
        let words = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(SAID), "round {round}: {words}");
    }
}

/// Writes to many files from many threads, opens them again and again, drops half of them and ends.
fn end_at_work(folder: &Path) {
    let round: u32 = std::env::var("CARROT_TEST_EXIT_ROUND")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
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
