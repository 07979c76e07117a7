//! Values that are bound to statements.

use std::borrow::Cow;
use std::sync::Arc;

use sqlx::Arguments;
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;

/// A value of one of the few types that both databases keep; a missing one still has its type.
#[derive(Debug, Clone)]
pub enum Value {
    /// A whole number.
    Int(Option<i64>),
    /// True or false; SQLite keeps 1 and 0.
    Bool(Option<bool>),
    /// Text.
    Text(Option<String>),
    /// Text that several rows share.
    Shared(Arc<str>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

/// The values as SQLite takes them.
pub(super) fn sqlite(values: Vec<Value>) -> Result<SqliteArguments, BoxDynError> {
    let mut arguments = SqliteArguments::default();
    arguments.reserve(values.len(), 0);
    for value in values {
        match value {
            Value::Int(value) => Arguments::add(&mut arguments, value)?,
            Value::Bool(value) => Arguments::add(&mut arguments, value)?,
            Value::Text(value) => Arguments::add(&mut arguments, value)?,
            Value::Shared(value) => Arguments::add(&mut arguments, value)?,
            Value::Bytes(value) => Arguments::add(&mut arguments, value)?,
        }
    }
    Ok(arguments)
}

/// The values as PostgreSQL takes them.
pub(super) fn postgres(values: Vec<Value>) -> Result<PgArguments, BoxDynError> {
    let mut arguments = PgArguments::default();
    for value in values {
        match value {
            Value::Int(value) => arguments.add(value)?,
            Value::Bool(value) => arguments.add(value)?,
            Value::Text(value) => arguments.add(value)?,
            Value::Shared(value) => arguments.add(&*value)?,
            Value::Bytes(value) => arguments.add(value)?,
        }
    }
    Ok(arguments)
}

/// Types that become a value by themselves, missing or not, borrowed or not.
macro_rules! values {
    ($($kind:ident: $($from:ty => $make:expr),+;)+) => {$($(
        impl From<$from> for Value {
            fn from(from: $from) -> Self {
                Self::$kind(Some($make(from)))
            }
        }
        impl From<Option<$from>> for Value {
            fn from(from: Option<$from>) -> Self {
                Self::$kind(from.map($make))
            }
        }
    )+)+};
}

values! {
    Int: i64 => |value| value, &i64 => |value: &i64| *value, i32 => i64::from, u32 => i64::from;
    Bool: bool => |value| value, &bool => |value: &bool| *value;
    Text: String => |value| value, &String => Clone::clone, &str => str::to_owned,
        &&str => |value: &&str| (*value).to_owned(), Cow<'_, str> => Cow::into_owned,
        &Cow<'_, str> => |value: &Cow<'_, str>| value.to_string();
    Bytes: Vec<u8> => |value| value, &[u8] => <[u8]>::to_vec;
}

impl From<&Option<String>> for Value {
    fn from(from: &Option<String>) -> Self {
        Self::Text(from.clone())
    }
}

impl From<&Option<i64>> for Value {
    fn from(from: &Option<i64>) -> Self {
        Self::Int(*from)
    }
}

impl From<Arc<str>> for Value {
    fn from(from: Arc<str>) -> Self {
        Self::Shared(from)
    }
}

impl From<&Arc<str>> for Value {
    fn from(from: &Arc<str>) -> Self {
        Self::Shared(Arc::clone(from))
    }
}
