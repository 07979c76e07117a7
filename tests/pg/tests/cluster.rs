//! Clusters start, keep what was committed through a crash, and leave nothing behind.

use std::process::{Command, Stdio};

use carrot_pg::{Cluster, Stop};

#[test]
fn what_was_committed_is_there_after_a_crash() {
    let cluster = Cluster::start().unwrap();
    let first = cluster.database().unwrap();
    first
        .sql("CREATE TABLE kept (n BIGINT); INSERT INTO kept VALUES (7)")
        .unwrap();
    cluster.stop(Stop::Crash).unwrap();
    assert!(first.sql("SELECT 1").is_err());
    cluster.up().unwrap();
    assert_eq!(first.sql("SELECT n FROM kept").unwrap(), "7");
    let second = cluster.copy(&first).unwrap();
    assert_eq!(second.sql("SELECT n FROM kept").unwrap(), "7");
    assert_eq!(first.terminate().unwrap(), 0);
    let synced = second.sql("SHOW fsync").unwrap();
    assert_eq!(synced, "on");
    drop((first, second));
    let folder = cluster.folder().to_owned();
    assert!(folder.exists());
    drop(cluster);
    assert!(!folder.exists());
}

/// How often the folder is looked for before it counts as left behind.
const LOOKS_MAX: u32 = 3_000;
/// Told by the test below to make a cluster, print its folder, and wait to be killed.
const VICTIM: &str = "CARROT_PG_VICTIM";

#[test]
fn a_killed_test_leaves_no_cluster() {
    if std::env::var_os(VICTIM).is_some() {
        println!("folder={}", Cluster::shared().unwrap().folder().display());
        std::io::Read::read(&mut std::io::stdin(), &mut [0]).unwrap();
        return;
    }
    let mut victim = Command::new(std::env::current_exe().unwrap());
    victim
        .args(["a_killed_test_leaves_no_cluster", "--exact", "--nocapture"])
        .env(VICTIM, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut victim = victim.spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(victim.stdout.take().unwrap()));
    let folder = lines
        .find_map(|line| Some(line.unwrap().split_once("folder=")?.1.to_owned()))
        .unwrap();
    let folder = std::path::PathBuf::from(folder);
    assert!(folder.join("data/postmaster.pid").exists());
    victim.kill().unwrap();
    victim.wait().unwrap();
    for _ in 0..LOOKS_MAX {
        if !folder.exists() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("{} is still there", folder.display());
}
