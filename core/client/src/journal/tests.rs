//! What the journal gives back after damage, tearing and taking back.

use super::format::MARK;
use super::*;

fn records() -> Vec<Record> {
    ["one", "two", "three"]
        .map(|text| Record::Certificate(text.to_owned()))
        .to_vec()
}

#[tokio::test]
async fn what_was_written_is_found_whatever_happens_to_one_byte() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, found) = Journal::open(dir.path(), &[1; 32]).unwrap();
    assert!(!found.existed && found.records.is_empty());
    assert!(journal.append(&records(), Wait::Durable).await.is_some());
    let path = dir.path().join(JOURNAL_FILE);
    let mut whole = fs::read(&path).unwrap();
    assert!(whole.len() > ROOM_BYTES);
    whole.truncate(usize::try_from(journal.held.lock().await.end).unwrap());
    let (_, found) = Journal::open(dir.path(), &[1; 32]).unwrap();
    assert_eq!((found.records, found.damaged), (records(), false));
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        fs::write(&path, &changed).unwrap();
        let (_, found) = Journal::open(dir.path(), &[1; 32]).unwrap();
        assert!(found.damaged && found.records.len() == 2, "byte {at}");
        fs::write(&path, &whole[..at]).unwrap();
        let (_, found) = Journal::open(dir.path(), &[1; 32]).unwrap();
        let kept = found.records.len();
        assert!(
            kept < 3 && found.records == records()[..kept],
            "cut at {at}"
        );
    }
}

#[tokio::test]
async fn another_key_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, _) = Journal::open(dir.path(), &[1; 32]).unwrap();
    journal.append(&records(), Wait::Durable).await.unwrap();
    let (_, found) = Journal::open(dir.path(), &[2; 32]).unwrap();
    assert!(found.records.is_empty() && found.damaged);
}

#[tokio::test]
async fn what_was_taken_back_is_gone_and_a_torn_end_is_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, _) = Journal::open(dir.path(), &[1; 32]).unwrap();
    journal
        .append(&records()[..1], Wait::Durable)
        .await
        .unwrap();
    let place = journal.append(&records()[1..2], Wait::Durable).await;
    journal.take_back(place.unwrap(), Uuid::nil()).await;
    let path = dir.path().join(JOURNAL_FILE);
    let mut torn = fs::read(&path).unwrap();
    torn.truncate(usize::try_from(journal.held.lock().await.end).unwrap());
    torn.extend(MARK);
    fs::write(&path, torn).unwrap();
    let (journal, found) = Journal::open(dir.path(), &[1; 32]).unwrap();
    assert_eq!(found.records, records()[..1]);
    journal.append(&records()[2..], Wait::Not).await.unwrap();
    let (_, found) = Journal::open(dir.path(), &[1; 32]).unwrap();
    assert_eq!(found.records, [records()[0].clone(), records()[2].clone()]);
    assert!(!found.damaged);
}

#[tokio::test]
async fn a_command_with_something_behind_it_is_named_void() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, _) = Journal::open(dir.path(), &[1; 32]).unwrap();
    let place = journal.append(&records()[..1], Wait::Durable).await;
    journal
        .append(&records()[1..], Wait::Durable)
        .await
        .unwrap();
    let id = Uuid::from_u128(5);
    journal.take_back(place.unwrap(), id).await;
    let (_, found) = Journal::open(dir.path(), &[1; 32]).unwrap();
    let voided = [records(), vec![Record::Void(id)]].concat();
    assert_eq!(found.records, voided);
}

#[tokio::test]
async fn a_rewritten_journal_holds_what_is_needed_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let (journal, _) = Journal::open(dir.path(), &[1; 32]).unwrap();
    for _ in 0..200 {
        journal.append(&records(), Wait::Durable).await.unwrap();
    }
    assert!(journal.wants_rewriting(3).await);
    let live = async { Ok(records()) };
    journal.rewrite(live).await.unwrap();
    assert!(!journal.wants_rewriting(3).await);
    journal
        .append(&records()[..1], Wait::Durable)
        .await
        .unwrap();
    let (_, found) = Journal::open(dir.path(), &[1; 32]).unwrap();
    assert_eq!(found.records.len(), 4);
}
