//! What goes to the database leaves together: few statements for many rows, and few waits for an answer.
//!
//! PostgreSQL takes any number of rows of a table as one array for each column, and all tables in one
//! statement. SQLite takes rows in groups of fixed sizes, so that the few texts that come of it stay
//! prepared; the groups of a small batch go together.

use std::sync::Arc;

use sqlx::AssertSqlSafe;

use crate::db::{self, Conn, Query};
use crate::error::Result;

/// Rows per statement of SQLite, the most first.
const GROUPS: [usize; 7] = [64, 32, 16, 8, 4, 2, 1];
/// The most rows whose statements go to SQLite together. Each sort of batch is prepared as one text, and
/// large ones are seldom alike.
const TOGETHER_MAX: usize = 32;
/// The most rows of a table in one statement of PostgreSQL.
const ARRAY_MAX: usize = 8_192;
/// What the rows of a statement follow.
const VALUES: &str = "VALUES";

/// What is written where.
pub(super) struct Target {
    /// Up to and with the word `VALUES`.
    pub head: &'static str,
    /// Values per row without the first, which is the programme in every row.
    pub columns: usize,
    /// What follows the values.
    pub tail: &'static str,
}

/// Statements on their way to the database, in their order. On PostgreSQL no row may be written twice:
/// it carries them out at once.
pub(super) struct Outgoing {
    programme: Arc<str>,
    postgres: bool,
    statements: Vec<Query>,
    rows: usize,
}

impl Outgoing {
    /// Nothing yet, for this connection.
    pub fn new(conn: &Conn, programme: &str) -> Self {
        Self {
            programme: programme.into(),
            postgres: conn.is_postgres(),
            statements: Vec::new(),
            rows: 0,
        }
    }

    /// The programme, as the first value of statements has it.
    pub fn programme(&self) -> &Arc<str> {
        &self.programme
    }

    /// Adds a statement about one row. Its values have no numbers.
    pub fn statement(&mut self, statement: Query) {
        self.rows += 1;
        self.statements.push(statement);
    }

    /// Adds rows. `bind` adds one row's values in the order of the columns.
    pub fn rows<R>(&mut self, target: &Target, rows: &[R], bind: impl Fn(Query, &R) -> Query) {
        self.rows += rows.len();
        if self.postgres {
            for part in rows.chunks(ARRAY_MAX) {
                self.arrays(target, part, &bind);
            }
        } else {
            self.groups(target, rows, bind);
        }
    }

    fn arrays<R>(&mut self, target: &Target, rows: &[R], bind: &impl Fn(Query, &R) -> Query) {
        let bound = rows.iter().fold(db::query(""), bind);
        let arrays = bound.into_arrays(target.columns);
        let types: Vec<String> = arrays
            .iter()
            .map(|array| format!("?::{}", array.array_type()))
            .collect();
        let head = target.head.strip_suffix(VALUES).unwrap_or(target.head);
        let text = format!(
            "{head}SELECT ?::text, given.* FROM unnest({}) AS given {}",
            types.join(", "),
            target.tail
        );
        let query = db::query(AssertSqlSafe(text)).bind(&self.programme);
        let query = arrays.into_iter().fold(query, Query::bind);
        self.statements.push(query);
    }

    fn groups<R>(&mut self, target: &Target, rows: &[R], bind: impl Fn(Query, &R) -> Query) {
        let mut rest = rows;
        for size in GROUPS {
            if rest.len() < size {
                continue;
            }
            let text = group(target, size);
            while let Some((group, after)) = rest.split_at_checked(size) {
                let query = db::query(AssertSqlSafe(Arc::clone(&text)));
                let row = |query: Query, row| bind(query.bind(&self.programme), row);
                self.statements.push(group.iter().fold(query, row));
                rest = after;
            }
        }
    }

    /// Sends everything.
    pub async fn send(self, conn: &mut Conn) -> Result<()> {
        if self.postgres || self.rows <= TOGETHER_MAX {
            if let Some(all) = db::together(self.statements, self.postgres) {
                all.execute(conn).await?;
            }
            return Ok(());
        }
        for statement in self.statements {
            statement.execute(&mut *conn).await?;
        }
        Ok(())
    }
}

/// Values without numbers: looking names up takes time with the square of their number.
fn group(target: &Target, rows: usize) -> Arc<str> {
    let row = format!("(?{})", ", ?".repeat(target.columns));
    let values = vec![row; rows].join(", ");
    format!("{} {values} {}", target.head, target.tail).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: Target = Target {
        head: "INSERT INTO t (p, a, b) VALUES",
        columns: 2,
        tail: "ON CONFLICT DO NOTHING",
    };

    fn outgoing(postgres: bool, rows: usize) -> Outgoing {
        let mut outgoing = Outgoing {
            programme: "p".into(),
            postgres,
            statements: Vec::new(),
            rows: 0,
        };
        let rows: Vec<_> = (0_i64..).take(rows).collect();
        outgoing.rows(&TARGET, &rows, |query, row| {
            query.bind(*row).bind(row.to_string())
        });
        outgoing
    }

    #[test]
    fn rows_go_in_groups_of_fixed_sizes() {
        assert_eq!(
            &*group(&TARGET, 2),
            "INSERT INTO t (p, a, b) VALUES (?, ?, ?), (?, ?, ?) ON CONFLICT DO NOTHING"
        );
        let sizes = |rows| {
            let statements = outgoing(false, rows).statements;
            let of = |query: &Query| query.text().matches("(?").count();
            statements.iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(sizes(3), [2, 1]);
        assert_eq!(sizes(137), [64, 64, 8, 1]);
        assert!(sizes(0).is_empty());
    }

    #[test]
    fn rows_go_as_one_array_for_each_column() {
        let statements = outgoing(true, 200).statements;
        assert_eq!(statements.len(), 1);
        assert_eq!(
            statements[0].text(),
            "INSERT INTO t (p, a, b) SELECT ?::text, given.* \
             FROM unnest(?::bigint[], ?::text[]) AS given ON CONFLICT DO NOTHING"
        );
        assert!(outgoing(true, 0).statements.is_empty());
    }
}
