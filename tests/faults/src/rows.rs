//! Everything in a server's file as text, to see whether something changed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

/// What a refused call may leave behind: a device that was heard of, a challenge that was asked for.
const VOLATILE: [&str; 2] = ["seen_ms", "last_seen_ms"];

/// The rows of each table, a text each, sorted.
pub async fn rows(data: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let file = data.join(carrot_server::store::DATABASE_FILE);
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut connection = options.connect().await?;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .fetch_all(&mut connection)
    .await?;
    let mut found = BTreeMap::new();
    for table in tables {
        let columns: Vec<String> =
            sqlx::query_scalar("SELECT name FROM pragma_table_info(?1) ORDER BY cid")
                .bind(&table)
                .fetch_all(&mut connection)
                .await?;
        let quoted = columns
            .iter()
            .filter(|column| !VOLATILE.contains(&column.as_str()))
            .map(|column| format!("quote(\"{column}\")"));
        let quoted: Vec<String> = quoted.collect();
        let sql = format!("SELECT {} FROM \"{table}\"", quoted.join(" || ',' || "));
        let mut rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_all(&mut connection)
            .await?;
        rows.sort();
        found.insert(table, rows);
    }
    connection.close().await?;
    Ok(found)
}
