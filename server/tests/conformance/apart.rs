//! PostgreSQL itself keeps programmes apart: whatever a statement forgets to say, a session about one
//! programme neither sees nor writes the rows of another.

use std::sync::Arc;

use carrot_pg::{APP, Cluster, Database, OWNER};
use carrot_server::Store;
use carrot_server::db::Postgres;
use carrot_server::store::StoreTuning;

use crate::schema::tables_of_today;

const A: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const B: &str = "bbbbbbbb-0000-4000-8000-000000000002";

/// Values that the checks of some columns ask for; everything else takes any text and any number.
const SAMPLES: [(&str, &str); 6] = [
    ("entity.body", "'{}'"),
    ("audit.detail", "'{}'"),
    ("transfer.hash", "''"),
    ("device.role", "'terminal'"),
    ("device.status", "'active'"),
    ("receipt_job.stage", "'ask'"),
];

fn tables(database: &Database<'_>) -> Vec<String> {
    let names = database
        .sql(
            "SELECT relname FROM pg_class
             WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname",
        )
        .unwrap();
    names.lines().map(str::to_owned).collect()
}

/// The statement that inserts a row of a programme: it fills every column that must be filled.
fn insert(database: &Database<'_>, table: &str, programme: &str) -> String {
    let columns = database
        .sql(&format!(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
             WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped
             AND (attnotnull OR '{table}.' || attname = 'device.outlet_id')"
        ))
        .unwrap();
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for line in columns.lines() {
        let (name, kind) = line.split_once('|').unwrap();
        let whole = format!("{table}.{name}");
        let sample = SAMPLES.iter().find(|(column, _)| *column == whole);
        names.push(name);
        values.push(match (sample, kind) {
            (Some((_, sample)), _) => (*sample).to_owned(),
            (None, "bigint") => "1".to_owned(),
            (None, "bytea") => "''".to_owned(),
            (None, _) => format!("'{programme}'"),
        });
    }
    let (names, values) = (names.join(", "), values.join(", "));
    format!("INSERT INTO {table} ({names}) VALUES ({values});")
}

/// A database with one row of A and one of B in every table.
fn two_programmes() -> Database<'static> {
    let database = tables_of_today();
    for table in tables(&database) {
        for programme in [A, B] {
            // Rows without what they refer to: foreign keys are not what is tried here.
            let row = insert(&database, &table, programme);
            let words = format!("SET session_replication_role = replica; {row}");
            database.sql(&words).unwrap();
        }
    }
    let grant =
        format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP}");
    database.sql_as(OWNER, &grant).unwrap();
    database
}

fn about(programme: &str, words: &str) -> String {
    format!("SET carrot.programme = '{programme}'; {words}")
}

#[test]
fn a_session_about_one_programme_sees_no_row_of_another() {
    let database = two_programmes();
    let names = tables(&database);
    assert!(names.len() >= 24, "{names:?}");
    for role in [APP, OWNER] {
        for table in &names {
            let count = format!("SELECT count(*), min(programme_id) FROM {table}");
            let seen = |words: &str| database.sql_as(role, words).unwrap();
            assert_eq!(seen(&count), "0|", "{role} {table}: no setting");
            assert_eq!(seen(&about(A, &count)), format!("1|{A}"), "{role} {table}");
            assert_eq!(seen(&about(B, &count)), format!("1|{B}"), "{role} {table}");
            assert_eq!(seen(&about("", &count)), "0|", "{role} {table}: empty");
            assert_eq!(
                seen(&about("*", &count)),
                format!("2|{A}"),
                "{role} {table}"
            );
        }
    }
}

#[test]
fn a_session_about_one_programme_writes_no_row_of_another() {
    let database = two_programmes();
    for table in tables(&database) {
        let row = insert(&database, &table, B);
        for words in [about(A, &row), row.clone()] {
            let refused = database.sql_as(APP, &words).unwrap_err().to_string();
            assert!(refused.contains("row-level security"), "{table}: {refused}");
        }
        let moved = format!("UPDATE {table} SET programme_id = '{B}'");
        assert!(database.sql_as(APP, &about(A, &moved)).is_err(), "{table}");
        let gone =
            format!("WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT count(*) FROM gone");
        let other = about("cccccccc-0000-4000-8000-000000000003", &gone);
        assert_eq!(database.sql_as(APP, &other).unwrap(), "0", "{table}");
    }
}

#[test]
fn a_transactions_setting_ends_with_it() {
    let database = two_programmes();
    let words = format!(
        "BEGIN; SELECT set_config('carrot.programme', '{A}', true); SELECT count(*) FROM entity; COMMIT;
         SELECT count(*) FROM entity"
    );
    assert_eq!(database.sql_as(APP, &words).unwrap(), format!("{A}\n1\n0"));
}

#[test]
fn the_applications_role_owns_nothing_and_passes_by_no_policy() {
    let database = two_programmes();
    let role = format!("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = '{APP}'");
    assert_eq!(database.sql(&role).unwrap(), "f|f");
    let owned = format!("SELECT count(*) FROM pg_class WHERE relowner = '{APP}'::regrole");
    assert_eq!(database.sql(&owned).unwrap(), "0");
    let off = database.sql_as(APP, "ALTER TABLE entity DISABLE ROW LEVEL SECURITY");
    assert!(off.unwrap_err().to_string().contains("must be owner"));
}

#[tokio::test]
async fn a_role_that_may_not_make_tables_checks_that_they_are_there() {
    let database = Cluster::shared().unwrap().database().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let open = async |owner: Option<String>| {
        let url = database.app_url();
        let backend = Postgres::open(&url, owner.as_deref()).await.unwrap();
        Store::open_on(Arc::new(backend), folder.path(), StoreTuning::default()).await
    };
    let refused = open(None).await.err().unwrap().to_string();
    assert!(refused.contains("lacks change 1 (store)"), "{refused}");
    assert!(refused.contains("--migrate-url"), "{refused}");
    let made = open(Some(database.owner_url())).await;
    made.unwrap().close().await;
    open(None).await.unwrap().close().await;
    let forged = database.sql_as(APP, "DELETE FROM _sqlx_migrations");
    assert!(
        forged
            .unwrap_err()
            .to_string()
            .contains("permission denied")
    );
}
