//! What importers refuse, with the place; and that a second import changes nothing.

mod refusals;
mod staff;

use std::sync::Arc;

use carrot_rules::RuleSet;
use carrot_rules::entity::{Campaign, ONLY, Outlet, Participant, Product, Reward};

use super::*;
use crate::clock::ManualClock;
use crate::db;
use crate::store::{EntityFilter, Field};

const NOW_MS: i64 = 1_790_000_000_000;

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_with_clock(folder.path(), Arc::new(ManualClock::at(NOW_MS)))
        .await
        .unwrap();
    (folder, store)
}

fn demo(name: &str) -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../cli/demo/");
    std::fs::read(format!("{path}{name}")).unwrap()
}

fn counting() -> impl FnMut() -> Result<[u8; 10]> + Send {
    let mut count = 0_u64;
    move || {
        count += 1;
        let mut bytes = [7; 10];
        bytes[..8].copy_from_slice(&count.to_be_bytes());
        Ok(bytes)
    }
}

async fn take(
    store: &Store,
    programme: Uuid,
    kind: ImportKind,
    bytes: &[u8],
    dry_run: bool,
) -> Report {
    let mut code_bytes = counting();
    let options = ImportOptions {
        today: None,
        dry_run,
        code_bytes: &mut code_bytes,
    };
    import(store, programme, kind, kind.file_name(), bytes, options)
        .await
        .unwrap()
}

async fn with_programme() -> (tempfile::TempDir, Store, Uuid) {
    let (folder, store) = store().await;
    let (programme, report) =
        import_programme(&store, "programme.json", &demo("programme.json"), false)
            .await
            .unwrap();
    assert_eq!(
        (report.new, report.refused.len()),
        (1, 0),
        "{:?}",
        report.refused
    );
    (folder, store, programme)
}

async fn with_everything() -> (tempfile::TempDir, Store, Uuid) {
    let (folder, store, programme) = with_programme().await;
    for kind in IMPORT_KINDS {
        let report = take(&store, programme, kind, &demo(kind.file_name()), false).await;
        assert_eq!(report.refused, [], "{kind:?}");
    }
    (folder, store, programme)
}

async fn changes(store: &Store) -> i64 {
    db::query_scalar("SELECT COUNT(*) FROM change")
        .fetch_one(store.reads_all())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_demo_files_are_taken_and_a_second_time_change_nothing() {
    let (_folder, store, programme) = with_everything().await;
    let before = changes(&store).await;
    let (_, again) = import_programme(&store, "programme.json", &demo("programme.json"), false)
        .await
        .unwrap();
    assert_eq!((again.new, again.changed, again.unchanged), (0, 0, 1));
    for kind in IMPORT_KINDS {
        let report = take(&store, programme, kind, &demo(kind.file_name()), false).await;
        assert!(
            report.is_clean() && !report.changes() && report.unchanged > 0,
            "{kind:?}: {report}"
        );
    }
    assert_eq!(changes(&store).await, before);
    assert!(store.verify_books().await.unwrap().holds());
}

#[tokio::test]
async fn what_was_imported_can_be_read() {
    let (_folder, store, programme) = with_everything().await;
    let mette = participant_id(programme, "mette");
    let person = store.person(programme, mette).await.unwrap().unwrap();
    assert_eq!(
        (person.family.as_str(), person.phone.as_deref()),
        ("Østergaard", Some("+4520123401"))
    );
    let oksana: Participant = store
        .entity(programme, &participant_id(programme, "oksana").to_string())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(oksana.employments.len(), 2);
    let local: Vec<(String, Product)> = store
        .entities(programme, &EntityFilter::all())
        .await
        .unwrap();
    assert_eq!(
        local
            .iter()
            .filter(|(_, product)| product.gtin == "02200001000018")
            .count(),
        2
    );
    let outlet: Outlet = store
        .entity(programme, &outlet_id(programme, "kav-kyiv").to_string())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(outlet.currency, "UAH");
    let codes = EntityFilter::all().with(Field::Series, "duo-aarhus");
    let codes: Vec<(String, carrot_rules::entity::Code)> =
        store.entities(programme, &codes).await.unwrap();
    assert_eq!(codes.len(), 120);
    assert!(
        codes
            .iter()
            .all(|(id, code)| id.starts_with("MORGENRO") && code.status == "shipped")
    );
    let dawn: Campaign = store.entity(programme, "dawn").await.unwrap().unwrap();
    assert_eq!(
        (dawn.sold_units, dawn.ends_ms - dawn.starts_ms),
        (141, 42 * 24 * 3_600_000)
    );
    let rules: RuleSet = store.entity(programme, ONLY).await.unwrap().unwrap();
    assert_eq!(rules.rules.len(), 4);
}

#[tokio::test]
async fn a_new_price_list_is_published_once_and_only_what_changed_carries_it() {
    let (_folder, store, programme) = with_everything().await;
    let before: RuleSet = store.entity(programme, ONLY).await.unwrap().unwrap();
    let file = String::from_utf8(demo("products.csv")).unwrap();
    let dearer = file.replacen("150,120,249900", "150,130,249900", 1);
    assert!(
        dearer != file,
        "the file no longer holds the price of the Duo"
    );
    let dry = take(
        &store,
        programme,
        ImportKind::Products,
        dearer.as_bytes(),
        true,
    )
    .await;
    assert_eq!((dry.new, dry.changed), (0, 1));
    let unpublished: RuleSet = store.entity(programme, ONLY).await.unwrap().unwrap();
    assert_eq!(unpublished, before);
    take(
        &store,
        programme,
        ImportKind::Products,
        dearer.as_bytes(),
        false,
    )
    .await;
    let after: RuleSet = store.entity(programme, ONLY).await.unwrap().unwrap();
    assert_eq!(after.version, before.version + 1);
    let duo: Product = store
        .entity(programme, "09520001000010")
        .await
        .unwrap()
        .unwrap();
    let beans: Product = store
        .entity(programme, "09520001000201")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((duo.seller_points, duo.price_version), (130, after.version));
    // What was sold before keeps the points of its day.
    assert_eq!((duo.points_at(0).seller_points, duo.dated.len()), (120, 2));
    assert!(beans.price_version < after.version);
}

#[tokio::test]
async fn handed_over_rewards_do_not_come_back_with_the_same_file() {
    let (_folder, store, programme) = with_everything().await;
    let mut reward: Reward = store
        .entity(programme, "bag-of-beans")
        .await
        .unwrap()
        .unwrap();
    reward.stock = Some(7);
    let mut tx = store.begin(programme).await.unwrap();
    tx.put(
        "bag-of-beans",
        &reward,
        &[carrot_rules::Scope::Programme(programme)],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let report = take(
        &store,
        programme,
        ImportKind::Rewards,
        &demo("rewards.csv"),
        false,
    )
    .await;
    assert!(!report.changes());
    let file = String::from_utf8(demo("rewards.csv"))
        .unwrap()
        .replace(",100,400,0,", ",100,500,0,");
    take(
        &store,
        programme,
        ImportKind::Rewards,
        file.as_bytes(),
        false,
    )
    .await;
    let reward: Reward = store
        .entity(programme, "bag-of-beans")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(reward.stock, Some(500));
}

#[tokio::test]
async fn who_moves_to_another_outlet_leaves_the_first_ones_roster() {
    let (_folder, store, programme) = with_everything().await;
    let file = String::from_utf8(demo("people.csv")).unwrap();
    let moved = file.replace(
        "mette@elkiosken.example,da,elk-aarhus",
        "mette@elkiosken.example,da,elk-odense",
    );
    let report = take(
        &store,
        programme,
        ImportKind::People,
        moved.as_bytes(),
        false,
    )
    .await;
    assert_eq!((report.new, report.changed), (0, 1));
    let mette = participant_id(programme, "mette").to_string();
    let known: Participant = store.entity(programme, &mette).await.unwrap().unwrap();
    assert_eq!(
        known
            .employments
            .iter()
            .filter(|job| job.until_ms.is_none())
            .count(),
        1
    );
    let mut tx = store.begin(programme).await.unwrap();
    for (code, there) in [("elk-aarhus", false), ("elk-odense", true)] {
        let scope = carrot_rules::Scope::Outlet(outlet_id(programme, code));
        let seen = tx
            .is_visible(carrot_rules::entity::EntityKind::Roster, &mette, scope)
            .await
            .unwrap();
        assert_eq!(seen, there, "{code}");
    }
}

#[tokio::test]
async fn printed_codes_keep_their_product_and_a_longer_series_only_adds() {
    let (_folder, store, programme) = with_everything().await;
    let file = String::from_utf8(demo("series.csv")).unwrap();
    let moved = file.replace("120,elk-aarhus", "120,elk-odense");
    let report = take(
        &store,
        programme,
        ImportKind::Series,
        moved.as_bytes(),
        false,
    )
    .await;
    assert_eq!(report.refused.len(), 1);
    let mut fresh = [0x55_u8; 10];
    let mut code_bytes = move || {
        fresh[9] += 1;
        Ok(fresh)
    };
    let longer = file.replace("120,elk-aarhus", "125,elk-aarhus");
    let options = ImportOptions {
        today: None,
        dry_run: false,
        code_bytes: &mut code_bytes,
    };
    let report = import(
        &store,
        programme,
        ImportKind::Series,
        "series.csv",
        longer.as_bytes(),
        options,
    )
    .await
    .unwrap();
    assert_eq!(
        (report.new, report.changed, report.refused.len()),
        (0, 1, 0)
    );
    let codes = EntityFilter::all().with(Field::Series, "duo-aarhus");
    let codes: Vec<(String, carrot_rules::entity::Code)> =
        store.entities(programme, &codes).await.unwrap();
    assert_eq!(codes.len(), 125);
}

#[tokio::test]
async fn a_changed_number_finds_nobody_and_can_pass_on() {
    let (_folder, store, programme) = with_everything().await;
    let key = store.secrets(programme).await.unwrap().contact_key;
    let old = crate::secrets::contact_hash(&key, "+4520123419").unwrap();
    let file = String::from_utf8(demo("people.csv")).unwrap();
    let changed = file.replace("+4520123419", "+4520123477");
    take(
        &store,
        programme,
        ImportKind::People,
        changed.as_bytes(),
        false,
    )
    .await;
    let found: Option<carrot_rules::entity::Contact> = store.entity(programme, &old).await.unwrap();
    assert_eq!(found, None);
    let passed_on = changed.replace("+4520123420", "+4520123419");
    let report = take(
        &store,
        programme,
        ImportKind::People,
        passed_on.as_bytes(),
        false,
    )
    .await;
    assert_eq!((report.changed, report.refused.len()), (1, 0));
    let found: Option<carrot_rules::entity::Contact> = store.entity(programme, &old).await.unwrap();
    assert_eq!(
        found.unwrap().participant,
        participant_id(programme, "elif")
    );
}
