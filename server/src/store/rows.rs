//! Many rows with few statements: rows go in groups of fixed sizes, so that the few texts that come
//! of it stay prepared.

use sqlx::AssertSqlSafe;

use crate::db::{self, Conn, Query};
use crate::error::Result;

/// Rows per statement, the most first.
const GROUPS: [usize; 3] = [64, 8, 1];

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
    conn: &mut Conn,
    target: &Target,
    programme: &str,
    rows: &[R],
    bind: impl Fn(Query, &R) -> Query,
) -> Result<()> {
    let mut rest = rows;
    for size in GROUPS {
        if rest.len() < size {
            continue;
        }
        let text = statement(target, size);
        while let Some((group, after)) = rest.split_at_checked(size) {
            let mut query = db::query(AssertSqlSafe(text.clone()));
            for row in group {
                query = bind(query, row);
            }
            query.bind(programme.to_owned()).execute(&mut *conn).await?;
            rest = after;
        }
    }
    Ok(())
}

/// The programme is the last value and has a name; the others have none, because looking names up
/// takes time with the square of their number.
fn statement(target: &Target, rows: usize) -> String {
    let programme = rows * target.columns + 1;
    let row = format!("(${programme}{})", ", ?".repeat(target.columns));
    let values = vec![row; rows].join(", ");
    format!("{} {values} {}", target.head, target.tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programme_is_the_last_value() {
        let target = Target {
            head: "INSERT INTO t (p, a, b) VALUES",
            columns: 2,
            tail: "ON CONFLICT DO NOTHING",
        };
        assert_eq!(
            statement(&target, 2),
            "INSERT INTO t (p, a, b) VALUES ($5, ?, ?), ($5, ?, ?) ON CONFLICT DO NOTHING"
        );
    }
}
