//! Statements whose text depends on what is asked for. Values never become text.

use std::fmt::Display;

use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use super::query::{Query, QueryAs, QueryScalar, Record};
use super::value::Value;

/// A statement that grows piece by piece.
#[derive(Debug, Clone)]
pub struct QueryBuilder {
    text: String,
    values: Vec<Value>,
}

/// Pieces with something between them.
pub struct Separated<'b> {
    builder: &'b mut QueryBuilder,
    separator: &'static str,
    any: bool,
}

impl QueryBuilder {
    /// Begins with this text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            values: Vec::new(),
        }
    }

    /// Adds text, which must be of our own making.
    pub fn push(&mut self, text: impl Display) -> &mut Self {
        self.text.push_str(&text.to_string());
        self
    }

    /// Adds a value.
    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.text.push('?');
        self.values.push(value.into());
        self
    }

    /// Adds pieces with this text between them.
    pub fn separated(&mut self, separator: &'static str) -> Separated<'_> {
        Separated {
            builder: self,
            separator,
            any: false,
        }
    }

    /// Adds `VALUES` and one group per row.
    pub fn push_values<R>(
        &mut self,
        rows: impl IntoIterator<Item = R>,
        mut each: impl FnMut(&mut Separated<'_>, R),
    ) -> &mut Self {
        self.push("VALUES ");
        for (number, row) in rows.into_iter().enumerate() {
            self.push(if number == 0 { "(" } else { ", (" });
            each(&mut self.separated(", "), row);
            self.push(")");
        }
        self
    }

    /// The statement; the builder is empty afterwards.
    pub fn build(&mut self) -> Query {
        Query {
            text: AssertSqlSafe(std::mem::take(&mut self.text)).into_sql_str(),
            values: std::mem::take(&mut self.values),
        }
    }

    /// The statement with rows that are records.
    pub fn build_query_as<T: Record>(&mut self) -> QueryAs<T> {
        self.build().records()
    }

    /// The statement with rows of one value.
    pub fn build_query_scalar<T>(&mut self) -> QueryScalar<T>
    where
        (T,): Record,
    {
        QueryScalar::of(self.build())
    }
}

impl Separated<'_> {
    /// Adds a value.
    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.between();
        self.builder.push_bind(value);
        self
    }

    /// Adds text, which must be of our own making.
    pub fn push(&mut self, text: impl Display) -> &mut Self {
        self.between();
        self.builder.push(text);
        self
    }

    fn between(&mut self) {
        if self.any {
            self.builder.push(self.separator);
        }
        self.any = true;
    }
}
