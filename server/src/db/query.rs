//! Statements and their values, run on whichever database the connection is of.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow, SqlSafeStr, SqlStr};

use super::conn::{Conn, Kind, On};
use super::value::Value;
use super::{dialect, value};

/// Something that is read from one row of either database: a tuple, or a struct with `FromRow`.
pub trait Record:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Record for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// What a statement did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done(u64);

impl Done {
    /// Rows added, changed or taken away.
    #[must_use]
    pub fn rows_affected(self) -> u64 {
        self.0
    }
}

/// A statement that answers no rows.
#[derive(Debug, Clone)]
#[must_use = "a statement runs when it is executed"]
pub struct Query {
    pub(super) text: SqlStr,
    pub(super) values: Vec<Value>,
}

/// A statement whose rows are records.
#[must_use = "a statement runs when its rows are fetched"]
pub struct QueryAs<T> {
    query: Query,
    rows: PhantomData<fn() -> T>,
}

/// A statement whose rows have one value.
#[must_use = "a statement runs when its rows are fetched"]
pub struct QueryScalar<T>(QueryAs<(T,)>);

/// A statement that answers no rows.
pub fn query(text: impl SqlSafeStr) -> Query {
    Query {
        text: text.into_sql_str(),
        values: Vec::new(),
    }
}

/// A statement whose rows are records.
pub fn query_as<T>(text: impl SqlSafeStr) -> QueryAs<T> {
    query(text).records()
}

/// A statement whose rows have one value.
pub fn query_scalar<T>(text: impl SqlSafeStr) -> QueryScalar<T> {
    QueryScalar(query_as(text))
}

/// Several statements that answer no rows as one; none when there is none. Their values have no numbers.
/// SQLite carries them out one after the other, PostgreSQL at once: there they write rows of their own.
#[must_use]
pub fn together(statements: Vec<Query>, postgres: bool) -> Option<Query> {
    let last = statements.len().checked_sub(1)?;
    let (mut text, mut values) = (String::new(), Vec::new());
    for (number, statement) in statements.into_iter().enumerate() {
        if number == 0 && last == 0 {
            return Some(statement);
        }
        let written = statement.text.as_str();
        let piece = match number {
            _ if !postgres => format!("{written};"),
            0 => format!("WITH step0 AS ({written})"),
            number if number < last => format!(", step{number} AS ({written})"),
            _ => format!(" {written}"),
        };
        text.push_str(&piece);
        values.extend(statement.values);
    }
    let text = AssertSqlSafe(text).into_sql_str();
    Some(Query { text, values })
}

/// The most texts that are kept as PostgreSQL reads them; texts that depend on what is asked for come
/// and go.
const SAID_MAX: usize = 1_024;

/// The text as PostgreSQL reads it; said once, because long ones take as long as some statements.
fn for_postgres(text: &SqlStr) -> SqlStr {
    static SAID: LazyLock<Mutex<HashMap<String, Arc<str>>>> = LazyLock::new(Mutex::default);
    let text = text.as_str();
    let mut known = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(said) = known.get(text) {
        return AssertSqlSafe(Arc::clone(said)).into_sql_str();
    }
    let said: Arc<str> = dialect::postgres(text).into();
    if known.len() >= SAID_MAX {
        known.clear();
    }
    known.insert(text.to_owned(), Arc::clone(&said));
    AssertSqlSafe(said).into_sql_str()
}

/// Runs one of `sqlx`'s own methods on the connection's database.
macro_rules! run {
    ($query:expr, $kind:expr, $make:ident $(::<$out:ty>)?, $method:ident) => {
        match $kind {
            Kind::Sqlite(conn) => {
                let values = value::sqlite($query.values).map_err(sqlx::Error::Encode)?;
                sqlx::$make::<sqlx::Sqlite, $($out,)? _>($query.text, values)
                    .$method(conn)
                    .await
                    .map(Into::into)
            }
            Kind::Postgres(conn) => {
                let values = value::postgres($query.values).map_err(sqlx::Error::Encode)?;
                sqlx::$make::<sqlx::Postgres, $($out,)? _>(for_postgres(&$query.text), values)
                    .$method(conn)
                    .await
                    .map(Into::into)
            }
        }
    };
}

impl From<sqlx::sqlite::SqliteQueryResult> for Done {
    fn from(done: sqlx::sqlite::SqliteQueryResult) -> Self {
        Self(done.rows_affected())
    }
}

impl From<sqlx::postgres::PgQueryResult> for Done {
    fn from(done: sqlx::postgres::PgQueryResult) -> Self {
        Self(done.rows_affected())
    }
}

impl Query {
    /// Adds the next value.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// The text, as it was written.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The values, which are those of rows one after the other, as one list for each column.
    pub(crate) fn into_arrays(self, columns: usize) -> Vec<Value> {
        let rows = self.values.len() / columns.max(1);
        let mut lists = vec![Vec::with_capacity(rows); columns];
        let mut values = self.values.into_iter().peekable();
        while values.peek().is_some() {
            for (list, value) in lists.iter_mut().zip(&mut values) {
                list.push(value);
            }
        }
        lists.into_iter().map(Value::Array).collect()
    }

    pub(super) fn records<T>(self) -> QueryAs<T> {
        QueryAs {
            query: self,
            rows: PhantomData,
        }
    }

    /// Runs it.
    pub fn execute<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<Done, sqlx::Error>> {
        let on = on.into();
        Box::pin(async move {
            let mut held = on.held().await?;
            run!(self, held.kind(), query_with, execute)
        })
    }
}

impl<T: Record> QueryAs<T> {
    /// Adds the next value.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.query.values.push(value.into());
        self
    }

    /// All rows.
    pub fn fetch_all<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<Vec<T>, sqlx::Error>>
    where
        T: 'c,
    {
        let on = on.into();
        Box::pin(async move {
            let mut held = on.held().await?;
            run!(self.query, held.kind(), query_as_with::<T>, fetch_all)
        })
    }

    /// The first row, which must be there.
    pub fn fetch_one<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<T, sqlx::Error>>
    where
        T: 'c,
    {
        let on = on.into();
        Box::pin(async move {
            let mut held = on.held().await?;
            run!(self.query, held.kind(), query_as_with::<T>, fetch_one)
        })
    }

    /// The first row, if any.
    pub fn fetch_optional<'c>(
        self,
        on: impl Into<On<'c>>,
    ) -> BoxFuture<'c, Result<Option<T>, sqlx::Error>>
    where
        T: 'c,
    {
        let on = on.into();
        Box::pin(async move {
            let mut held = on.held().await?;
            run!(self.query, held.kind(), query_as_with::<T>, fetch_optional)
        })
    }

    /// The rows one by one, however many there are.
    pub fn fetch<'c>(self, conn: &'c mut Conn) -> BoxStream<'c, Result<T, sqlx::Error>>
    where
        T: 'c,
    {
        let failed = |error| futures_util::stream::once(async { Err(sqlx::Error::Encode(error)) });
        match conn.kind() {
            Kind::Sqlite(conn) => match value::sqlite(self.query.values) {
                Ok(values) => sqlx::query_as_with(self.query.text, values).fetch(conn),
                Err(error) => failed(error).boxed(),
            },
            Kind::Postgres(conn) => match value::postgres(self.query.values) {
                Ok(values) => {
                    sqlx::query_as_with(for_postgres(&self.query.text), values).fetch(conn)
                }
                Err(error) => failed(error).boxed(),
            },
        }
    }
}

impl<T> QueryScalar<T>
where
    (T,): Record,
{
    pub(super) fn of(query: Query) -> Self {
        Self(query.records())
    }

    /// Adds the next value.
    pub fn bind(self, value: impl Into<Value>) -> Self {
        Self(self.0.bind(value))
    }

    /// The value of all rows.
    pub fn fetch_all<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<Vec<T>, sqlx::Error>>
    where
        T: 'c,
    {
        let on = on.into();
        Box::pin(async move {
            let rows = self.0.fetch_all(on).await?;
            Ok(rows.into_iter().map(|(value,)| value).collect())
        })
    }

    /// The first row's value; the row must be there.
    pub fn fetch_one<'c>(self, on: impl Into<On<'c>>) -> BoxFuture<'c, Result<T, sqlx::Error>>
    where
        T: 'c,
    {
        let on = on.into();
        Box::pin(async move { Ok(self.0.fetch_one(on).await?.0) })
    }

    /// The first row's value, if there is a row.
    pub fn fetch_optional<'c>(
        self,
        on: impl Into<On<'c>>,
    ) -> BoxFuture<'c, Result<Option<T>, sqlx::Error>>
    where
        T: 'c,
    {
        let on = on.into();
        Box::pin(async move { Ok(self.0.fetch_optional(on).await?.map(|(value,)| value)) })
    }
}
