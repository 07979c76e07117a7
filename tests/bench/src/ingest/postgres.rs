//! The rows that a run left in a PostgreSQL database, and writing them with nothing around it: one
//! statement for each table and push, the columns as arrays.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use carrot_pg::{Cluster, Database};
use serde_json::{Map, Value};
use sqlx::postgres::PgArguments;
use sqlx::{Arguments as _, AssertSqlSafe, Connection as _, PgConnection};

use super::{EVERY_PUSH, Meter, Notary, Took, Way};

/// The tables that others refer to; they are written before the others, in this order.
const FIRST: [&str; 4] = ["entity", "scope", "transfer", "lot"];

/// What was added to one table or changed in it.
pub struct Table {
    name: String,
    pub rows: Vec<Map<String, Value>>,
    /// Names and types.
    columns: Vec<(String, String)>,
    write: String,
}

/// Every row that is not in the database from before.
pub fn changed(after: &Database<'_>, before: &Database<'_>) -> Result<Vec<Table>> {
    let names = after.sql(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'
         AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_%' ORDER BY 1",
    )?;
    let mut tables = Vec::new();
    for name in names.lines() {
        let all = format!("SELECT row_to_json(t)::text FROM \"{name}\" AS t");
        let (now, then) = (after.sql(&all)?, before.sql(&all)?);
        let then: BTreeSet<&str> = then.lines().collect();
        let mut rows: Vec<Map<String, Value>> = now
            .lines()
            .filter(|line| !then.contains(line))
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        // In the order of the books, where a row is part of them.
        rows.sort_by_key(|row| row.get("seq").and_then(Value::as_i64));
        if !rows.is_empty() {
            tables.push(table(after, name, rows)?);
        }
    }
    let place = |table: &Table| FIRST.iter().position(|first| *first == table.name);
    tables.sort_by_key(|table| place(table).unwrap_or(FIRST.len()));
    Ok(tables)
}

fn table(of: &Database<'_>, name: &str, rows: Vec<Map<String, Value>>) -> Result<Table> {
    let columns = of.sql(&format!(
        "SELECT column_name || ' ' || data_type FROM information_schema.columns
         WHERE table_name = '{name}' AND table_schema = 'public' ORDER BY ordinal_position"
    ))?;
    let columns: Vec<(String, String)> = columns
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, of)| (name.to_owned(), of.to_owned()))
        .collect();
    let keys = of.sql(&format!(
        "SELECT string_agg(a.attname, ', ') FROM pg_index i JOIN pg_attribute a
         ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
         WHERE i.indrelid = '\"{name}\"'::regclass AND i.indisprimary"
    ))?;
    let write = statement(name, &columns, &keys);
    Ok(Table {
        name: name.to_owned(),
        rows,
        columns,
        write,
    })
}

fn statement(table: &str, columns: &[(String, String)], keys: &str) -> String {
    let list = |each: &dyn Fn(usize, &str, &str) -> String| {
        let columns = columns.iter().enumerate();
        columns
            .map(|(at, (name, of))| each(at, name, of))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let names = list(&|_, name, _| name.to_owned());
    let arrays = list(&|at, _, of| format!("${}::{}[]", at + 1, sent_as(of)));
    let values = list(&|_, name, of| format!("given.{name}::{of}"));
    let set = list(&|_, name, _| format!("{name} = excluded.{name}"));
    format!(
        "INSERT INTO \"{table}\" ({names}) SELECT {values} FROM unnest({arrays}) AS given ({names})
         ON CONFLICT ({keys}) DO UPDATE SET {set}"
    )
}

/// The type of a column's array: numbers and truths as they are, everything else as text.
fn sent_as(of: &str) -> &str {
    match of {
        "bigint" | "boolean" => of,
        _ => "text",
    }
}

fn arguments(table: &Table, rows: &[Map<String, Value>]) -> Result<PgArguments> {
    let mut arguments = PgArguments::default();
    for (name, of) in &table.columns {
        let column = rows.iter().map(|row| &row[name]);
        let added = match sent_as(of) {
            "bigint" => arguments.add(column.map(Value::as_i64).collect::<Vec<_>>()),
            "boolean" => arguments.add(column.map(Value::as_bool).collect::<Vec<_>>()),
            _ => arguments.add(column.map(Value::as_str).collect::<Vec<_>>()),
        };
        added.map_err(|error| anyhow::anyhow!("{error}"))?;
    }
    Ok(arguments)
}

/// Writes the rows into the database from before, push by push.
pub async fn floor(
    cluster: &Cluster,
    before: &Database<'_>,
    tables: &[Table],
    way: &Way,
) -> Result<Took> {
    let mut database = PgConnection::connect(&before.admin_url()).await?;
    let notary = Notary::new();
    let mut meter = Meter::start(Some(cluster))?;
    for push in 0..way.pushes + way.warm_up {
        if push == way.warm_up {
            meter = Meter::start(Some(cluster))?;
        }
        notary.push(way.batch)?;
        let mut write = database.begin().await?;
        for table in tables {
            let part = match EVERY_PUSH.contains(&table.name.as_str()) {
                true => 0..table.rows.len(),
                // A push ahead, so that rounding leaves no row without what it refers to.
                false if FIRST.contains(&table.name.as_str()) => {
                    way.part_ahead(table.rows.len(), push)
                }
                false => way.part(table.rows.len(), push),
            };
            if part.is_empty() {
                continue;
            }
            let arguments = arguments(table, &table.rows[part])?;
            sqlx::query_with(AssertSqlSafe(table.write.clone()), arguments)
                .execute(&mut *write)
                .await
                .with_context(|| table.name.clone())?;
        }
        write.commit().await?;
    }
    let took = meter.took()?;
    database.close().await?;
    Ok(took)
}
