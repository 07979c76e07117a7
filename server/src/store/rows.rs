//! Many rows with few statements: rows go in groups of fixed sizes, so that the few texts that come
//! of it stay prepared.

use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection};

use crate::error::Result;

/// Rows per statement, the most first.
const GROUPS: [usize; 3] = [64, 8, 1];

/// A statement with its values so far.
pub(super) type Filled<'q> = Query<'q, Sqlite, SqliteArguments>;

/// What is written where.
pub(super) struct Target {
    /// Up to and with the word `VALUES`.
    pub head: &'static str,
    /// Values per row without the first, which is the programme in every row.
    pub columns: usize,
    /// What follows the values.
    pub tail: &'static str,
}

/// Writes all rows. `bind` adds one row's values in the order of the columns.
pub(super) async fn write<R>(
    conn: &mut SqliteConnection,
    target: &Target,
    programme: &str,
    rows: &[R],
    bind: impl for<'q> Fn(Filled<'q>, &'q R) -> Filled<'q>,
) -> Result<()> {
    let mut rest = rows;
    for size in GROUPS {
        if rest.len() < size {
            continue;
        }
        let text = statement(target, size);
        while let Some((group, after)) = rest.split_at_checked(size) {
            let mut query = sqlx::query(AssertSqlSafe(text.clone())).bind(programme.to_owned());
            for row in group {
                query = bind(query, row);
            }
            query.execute(&mut *conn).await?;
            rest = after;
        }
    }
    Ok(())
}

fn statement(target: &Target, rows: usize) -> String {
    let mut text = target.head.to_owned();
    let mut next = 2;
    for row in 0..rows {
        text.push_str(if row == 0 { " (?1" } else { ", (?1" });
        for _ in 0..target.columns {
            text.push_str(", ?");
            text.push_str(&next.to_string());
            next += 1;
        }
        text.push(')');
    }
    text.push(' ');
    text.push_str(target.tail);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_through() {
        let target = Target {
            head: "INSERT INTO t (p, a, b) VALUES",
            columns: 2,
            tail: "ON CONFLICT DO NOTHING",
        };
        assert_eq!(
            statement(&target, 2),
            "INSERT INTO t (p, a, b) VALUES (?1, ?2, ?3), (?1, ?4, ?5) ON CONFLICT DO NOTHING"
        );
    }
}
