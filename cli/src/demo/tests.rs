//! The demo arrives at its figures, twice at the same books, and its books hold.

use carrot_rules::Account;
use carrot_rules::entity::{Code, Goal, Review, Series};
use carrot_server::Store;
use carrot_server::books::verify_ledger;
use carrot_server::import::participant_id;
use carrot_server::store::{EntityFilter, Field};

use super::{make, sheets};

const NOW_MS: i64 = 1_790_000_000_000;

async fn balances(store: &Store) -> Vec<(String, i64)> {
    let programme = store.programmes().await.unwrap()[0].id;
    let mut found = Vec::new();
    for person in store.people(programme).await.unwrap() {
        for account in [
            Account::active(person.participant),
            Account::pending(person.participant),
        ] {
            found.push((
                account.to_string(),
                store.balance(programme, account).await.unwrap(),
            ));
        }
    }
    for account in [Account::Issuance, Account::Redeemed, Account::OfflineBudget] {
        found.push((
            account.to_string(),
            store.balance(programme, account).await.unwrap(),
        ));
    }
    found
}

#[tokio::test]
async fn the_month_comes_to_its_figures_and_twice_to_the_same_books() {
    let folder = tempfile::tempdir().unwrap();
    let mut books = Vec::new();
    for name in ["one", "two"] {
        let server = folder.path().join(name);
        let made = make(&server.as_path().into(), NOW_MS).await.unwrap();
        assert!((1_200..2_500).contains(&made.commands), "{}", made.commands);
        let store = Store::open(&server).await.unwrap();
        let report = verify_ledger(&store).await.unwrap();
        assert_eq!(report.books.faults, [] as [String; 0]);
        let mette = Account::active(participant_id(made.programme, "mette"));
        assert_eq!(store.balance(made.programme, mette).await.unwrap(), 2_320);
        let goal: Option<Goal> = store
            .entity(
                made.programme,
                &participant_id(made.programme, "mette").to_string(),
            )
            .await
            .unwrap();
        assert_eq!(goal.unwrap().reward.as_deref(), Some("barista-day"));
        let open = EntityFilter::all().with(Field::Status, "open");
        let waiting: Vec<(String, Review)> = store.entities(made.programme, &open).await.unwrap();
        assert_eq!(waiting.len(), 2);
        let pallets: Option<Series> = store.entity(made.programme, "duo-pallets").await.unwrap();
        assert_eq!(pallets.map(|series| series.levels.len()), Some(3));
        for (_, review) in &waiting {
            assert!(
                review
                    .photos
                    .iter()
                    .all(|photo| store.blob_path(photo).is_file())
            );
        }
        let used: Option<Code> = store
            .entity(made.programme, &made.prints.used)
            .await
            .unwrap();
        assert_eq!(used.unwrap().status, "claimed");
        for code in &made.prints.unused {
            let unused: Option<Code> = store.entity(made.programme, code).await.unwrap();
            assert_eq!(unused.unwrap().status, "shipped");
        }
        books.push((balances(&store).await, made.commands));
    }
    assert_eq!(books[0], books[1]);
}

#[tokio::test]
async fn every_code_on_the_sheets_reads() {
    let folder = tempfile::tempdir().unwrap();
    let made = make(&folder.path().join("server").as_path().into(), NOW_MS)
        .await
        .unwrap();
    let sheets = sheets::draw(&made, &folder.path().join("sheets")).unwrap();
    assert_eq!(sheets.len(), sheets::COUNT);
    let limits = carrot_scan::ScanLimits {
        deadline_ms: 30_000,
        ..Default::default()
    };
    for (sheet, count) in sheets.iter().zip([6, 4, 4]) {
        let found = carrot_scan::scan_image_bytes(&std::fs::read(sheet).unwrap(), &limits).unwrap();
        assert_eq!(found.len(), count, "{}", sheet.display());
    }
}

#[tokio::test]
async fn the_month_can_end_on_any_weekday() {
    const DAY_MS: i64 = 24 * 3_600_000;
    for day in [1, 2] {
        let folder = tempfile::tempdir().unwrap();
        make(&folder.path().into(), NOW_MS + 3 * day * DAY_MS)
            .await
            .unwrap();
    }
}
