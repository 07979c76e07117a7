//! What follows from the entries is compared with them, and a long list of faults is cut.

use super::chain_fault;
use super::verify_tests::{history, tampered};

#[tokio::test]
async fn what_follows_from_the_entries_is_compared_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path();
    history(all).await;
    for (statement, words) in [
        (
            "UPDATE balance SET amount = amount + 1 WHERE account = 'programme:redeemed'",
            "balance of programme:redeemed is",
        ),
        (
            "DELETE FROM balance WHERE account = 'programme:issuance'",
            "balance of programme:issuance is missing",
        ),
        (
            "INSERT INTO balance SELECT programme_id, 'somebody', 'points', 0 FROM programme",
            "no name of the books",
        ),
        (
            "UPDATE lot_balance SET amount = amount + 1 WHERE rowid_of = 0",
            "of participant:",
        ),
        (
            "UPDATE lot_balance SET expires_ms = expires_ms - 1",
            "has not its expiry and birth",
        ),
        (
            "UPDATE lot SET born_seq = born_seq + 1",
            "was not begun where it says",
        ),
        (
            "UPDATE lot SET command_id = 'me'",
            "was not begun where it says",
        ),
        ("DELETE FROM lot", "there are 0 lots"),
        ("DELETE FROM lot_balance", "is missing, should be"),
        (
            "UPDATE chain SET seq = seq + 1",
            "the chain ends with transfer 80, not with 81",
        ),
        ("DELETE FROM chain", "the chain ends with transfer 80"),
        ("DELETE FROM entry WHERE seq = 33", "entries is none"),
        (
            "DELETE FROM transfer WHERE seq = 33",
            "there without a transfer",
        ),
    ] {
        let one = "(account, unit, lot) = (SELECT account, unit, lot FROM lot_balance WHERE account LIKE 'part%' LIMIT 1)";
        let statement = statement.replace("rowid_of = 0", one);
        let report = tampered(all, std::slice::from_ref(&statement)).await;
        let faults = report.faults.join("\n");
        assert!(faults.contains(words), "{statement}: {faults}");
    }
}

#[tokio::test]
async fn a_long_list_of_faults_is_cut_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    history(folder.path()).await;
    let everything = [
        "UPDATE entry SET amount = amount + 1",
        "UPDATE transfer SET purpose = 'gift' || seq",
    ];
    let report = tampered(folder.path(), &everything.map(str::to_owned)).await;
    assert_eq!(report.faults.len(), chain_fault::FAULTS_MAX);
    assert!(report.fault_count > 200, "{}", report.fault_count);
    assert_eq!(report.first_bad.unwrap().seq, 1);
}
