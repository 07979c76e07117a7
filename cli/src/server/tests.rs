//! Administrators, enrolment codes and dry runs, over the program's own demo files.

use std::path::{Path, PathBuf};

use carrot_server::Store;
use carrot_server::secrets::password_fits;
use carrot_wire::enrol::EnrolmentCode;

use super::*;

fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")
}

fn import_args(data: &Path, dry_run: bool) -> import::ImportArgs {
    import::ImportArgs::all(files(), data.to_owned(), dry_run)
}

async fn imported(data: &Path) -> (Store, uuid::Uuid) {
    import::run(import_args(data, false)).await.unwrap();
    let store = Store::open(data).await.unwrap();
    let programme = store::programme(&store, None).await.unwrap();
    (store, programme.id)
}

#[tokio::test]
async fn administrators_get_a_password_that_fits_and_a_second_one_replaces_it() {
    let folder = tempfile::tempdir().unwrap();
    let (store, programme) = imported(folder.path()).await;
    assert!(!admin::exists(&store, programme).await.unwrap());
    let role = admin::ConsoleRole::Approver;
    let first = admin::create(&store, programme, "ann", role).await.unwrap();
    let second = admin::create(&store, programme, "ann", role).await.unwrap();
    assert!(admin::exists(&store, programme).await.unwrap());
    let ann = store
        .person_by_sign_in(programme, "ann")
        .await
        .unwrap()
        .unwrap();
    let hash = ann.password_hash.unwrap();
    assert!(password_fits(&second, &hash) && !password_fits(&first, &hash));
    for taken in ["mette", "Ann", ""] {
        assert!(
            admin::create(&store, programme, taken, role).await.is_err(),
            "{taken}"
        );
    }
}

#[tokio::test]
async fn feeds_are_folded_once_and_prove_themselves_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = imported(folder.path()).await;
    store.close().await;
    let data = DataArgs::folder(folder.path().to_owned());
    assert_eq!(compact::compact(&data, 1 << 40).await.unwrap().changes, 0);
    let folded = compact::compact(&data, 3).await.unwrap();
    assert!(folded.changes > 10 && folded.feeds > 0, "{folded:?}");
    assert_eq!(compact::compact(&data, 3).await.unwrap().changes, 0);
    let store = Store::open(folder.path()).await.unwrap();
    let report = store.verify_books().await.unwrap();
    assert!(report.holds() && report.feeds > 0, "{:?}", report.faults);
    let missing = DataArgs::folder(folder.path().join("missing"));
    assert!(compact::compact(&missing, 3).await.is_err());
}

#[tokio::test]
async fn enrolment_codes_name_the_server_and_unknown_places_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (store, programme) = imported(folder.path()).await;
    let url = "http://127.0.0.1:8420";
    let text = enrolment::for_terminal(&store, programme, "elk-aarhus", url)
        .await
        .unwrap();
    let code = EnrolmentCode::from_text(&text).unwrap();
    assert_eq!(
        (code.server.as_str(), code.trust),
        (url, store.keys().trust_texts())
    );
    assert!(
        enrolment::for_phone(&store, programme, "mette", url)
            .await
            .is_ok()
    );
    assert!(
        enrolment::for_phone(&store, programme, "nobody", url)
            .await
            .is_err()
    );
    assert!(
        enrolment::for_terminal(&store, programme, "nowhere", url)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_dry_run_without_data_leaves_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    import::run(import_args(&data, true)).await.unwrap();
    assert!(!data.exists());
}

#[test]
fn square_codes_read_back() {
    let picture = qr::picture("CRE1.hello", 6).unwrap();
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let limits = carrot_scan::ScanLimits {
        deadline_ms: 20_000,
        ..Default::default()
    };
    let found = carrot_scan::scan_image_bytes(png.get_ref(), &limits).unwrap();
    let texts: Vec<String> = found.iter().map(|symbol| symbol.text.clone()).collect();
    assert_eq!(texts, ["CRE1.hello"]);
}

#[test]
fn what_to_run_next_names_the_database_and_never_its_password() {
    let database = DatabaseArgs {
        database_url: Some("postgres://carrot:secret@db/carrot".to_owned()),
        migrate_url: None,
    };
    let place = database.place("server-data".into());
    assert!(place.postgres.is_some());
    let told = store::options(&place);
    assert_eq!(
        told,
        "--data server-data --database-url \"$CARROT_DATABASE_URL\""
    );
    let file = DatabaseArgs::default().place("server-data".into());
    assert_eq!(store::options(&file), "--data server-data");
}
