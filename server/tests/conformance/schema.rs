//! The two schemas are one: what a migration brings to SQLite, its twin brings to PostgreSQL.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use carrot_pg::{Cluster, Database, OWNER};
use sqlx::{Connection as _, SqliteConnection};

/// A table's columns with their types, and the columns of its primary key in their order.
type Table = (BTreeMap<String, String>, Vec<String>);

/// The migrations of one database, in their order.
fn migrations(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// A database with the tables of today, made by their owner.
pub fn tables_of_today() -> Database<'static> {
    let database = Cluster::shared().unwrap().database().unwrap();
    for file in migrations("migrations-postgres") {
        let words = std::fs::read_to_string(file).unwrap();
        database.sql_as(OWNER, &words).unwrap();
    }
    database
}

async fn on_sqlite() -> BTreeMap<String, Table> {
    let mut conn = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    for file in migrations("migrations") {
        let words = std::fs::read_to_string(file).unwrap();
        let words = sqlx::AssertSqlSafe(words);
        sqlx::raw_sql(words).execute(&mut conn).await.unwrap();
    }
    let rows: Vec<(String, String, String, i64, i64)> = sqlx::query_as(
        "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_schema m
         JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.pk",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for (table, column, kind, not_null, key) in rows {
        let kind = kind.replace("INTEGER", "BIGINT").replace("BLOB", "BYTEA");
        let (columns, keys) = tables.entry(table).or_default();
        columns.insert(column.clone(), format!("{kind} {not_null}"));
        if key > 0 {
            keys.push(column);
        }
    }
    tables
}

fn on_postgres(database: &Database<'_>) -> BTreeMap<String, Table> {
    let rows = database
        .sql(
            "SELECT t.relname, c.attname, upper(format_type(c.atttypid, NULL)), c.attnotnull::int,
               coalesce(array_position(k.conkey, c.attnum), 0),
               coalesce(l.collname, ''), c.atttypid = 'text'::regtype
             FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
             LEFT JOIN pg_collation l ON l.oid = c.attcollation
             LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
             WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace ORDER BY 1, 5",
        )
        .unwrap();
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in rows.lines() {
        let [table, column, kind, not_null, key, order, text] =
            row.split('|').collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(text == "t", order == "C", "{table}.{column}: COLLATE \"C\"");
        let (columns, keys) = tables.entry(table.to_owned()).or_default();
        if column == "rowid" {
            // SQLite has it in every table, unsaid.
            continue;
        }
        columns.insert(column.to_owned(), format!("{kind} {not_null}"));
        if key != "0" {
            keys.push(column.to_owned());
        }
    }
    tables
}

#[tokio::test]
async fn both_databases_have_the_same_tables_columns_and_keys() {
    let sqlite = on_sqlite().await;
    let postgres = on_postgres(&tables_of_today());
    assert!(sqlite.contains_key("entity") && sqlite.contains_key("change"));
    for (table, shape) in &sqlite {
        assert_eq!(Some(shape), postgres.get(table), "{table}");
    }
    let more: Vec<_> = postgres
        .keys()
        .filter(|&t| !sqlite.contains_key(t))
        .collect();
    assert!(more.is_empty(), "only on PostgreSQL: {more:?}");
}

/// Indexes by table and name; the expressions are written differently, so they are counted, not read.
#[tokio::test]
async fn both_databases_have_the_same_named_indexes() {
    let mut conn = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    for file in migrations("migrations") {
        let words = sqlx::AssertSqlSafe(std::fs::read_to_string(file).unwrap());
        sqlx::raw_sql(words).execute(&mut conn).await.unwrap();
    }
    let sqlite: Vec<String> = sqlx::query_scalar(
        "SELECT tbl_name || '.' || name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    let postgres = tables_of_today()
        .sql(
            "SELECT tablename || '.' || indexname FROM pg_indexes WHERE schemaname = 'public'
             AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        )
        .unwrap();
    let mut postgres: Vec<&str> = postgres.lines().collect();
    let mut sqlite: Vec<&str> = sqlite.iter().map(String::as_str).collect();
    postgres.sort_unstable();
    sqlite.sort_unstable();
    assert!(sqlite.len() > 10);
    assert_eq!(sqlite, postgres);
}
