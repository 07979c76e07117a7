//! The rows that a run left in a SQLite file, and writing them with nothing around it.

use std::path::Path;

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{EVERY_PUSH, Meter, Notary, Took, Way};
use crate::bare;

/// What was added to one table or changed in it.
pub struct Table {
    pub name: String,
    pub rows: Vec<Vec<Value>>,
    /// The statement that writes a row.
    write: String,
}

/// Every row that is not in the file from before.
pub fn changed(after: &Path, before: &Path) -> Result<Vec<Table>> {
    let database = Connection::open(after)?;
    database.execute("ATTACH ?1 AS old", [before.to_string_lossy()])?;
    let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
               AND name NOT LIKE '\\_%' ESCAPE '\\'";
    let mut select = database.prepare(sql)?;
    let names: Vec<String> = select
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut tables = Vec::new();
    for name in names {
        let sql = format!("SELECT * FROM main.\"{name}\" EXCEPT SELECT * FROM old.\"{name}\"");
        let mut select = database.prepare(&sql)?;
        let columns = select.column_count();
        let rows: Vec<Vec<Value>> = select
            .query_map([], |row| (0..columns).map(|at| row.get(at)).collect())?
            .collect::<Result<_, _>>()?;
        if !rows.is_empty() {
            let write = statement(&database, &name)?;
            tables.push(Table { name, rows, write });
        }
    }
    Ok(tables)
}

/// An insertion that replaces the values of a row that is there.
fn statement(database: &Connection, table: &str) -> Result<String> {
    let mut select = database.prepare("SELECT name, pk FROM main.pragma_table_info(?1)")?;
    let columns: Vec<(String, i64)> = select
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let named = |key: bool| {
        let chosen = columns.iter().filter(move |(_, pk)| (*pk > 0) == key);
        chosen.map(|(name, _)| name.as_str()).collect::<Vec<_>>()
    };
    let places = vec!["?"; columns.len()].join(", ");
    let set = named(false)
        .iter()
        .map(|name| format!("{name} = excluded.{name}"))
        .collect::<Vec<_>>()
        .join(", ");
    let keys = named(true).join(", ");
    Ok(match set.is_empty() {
        true => format!("INSERT INTO \"{table}\" VALUES ({places})"),
        false => format!(
            "INSERT INTO \"{table}\" VALUES ({places}) ON CONFLICT ({keys}) DO UPDATE SET {set}"
        ),
    })
}

/// Writes the rows into the file from before, push by push.
pub fn floor(before: &Path, tables: &[Table], way: &Way) -> Result<Took> {
    let mut file = bare::open(before, None, "full")?;
    let notary = Notary::new();
    let mut meter = Meter::start(None)?;
    for push in 0..way.pushes + way.warm_up {
        if push == way.warm_up {
            meter = Meter::start(None)?;
        }
        notary.push(way.batch)?;
        let write = file.transaction()?;
        for table in tables {
            let part = match EVERY_PUSH.contains(&table.name.as_str()) {
                true => 0..table.rows.len(),
                false => way.part(table.rows.len(), push),
            };
            let mut insert = write.prepare_cached(&table.write)?;
            for row in &table.rows[part] {
                insert.execute(params_from_iter(row))?;
            }
        }
        write.commit()?;
    }
    meter.took()
}
