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
    /// The values of a column, one for each row, of one type and not none. Only PostgreSQL takes them.
    Array(Vec<Value>),
}

impl Value {
    /// What PostgreSQL calls a list of such values.
    pub(crate) fn array_type(&self) -> &'static str {
        match self {
            Self::Int(_) => "bigint[]",
            Self::Bool(_) => "boolean[]",
            Self::Text(_) | Self::Shared(_) => "text[]",
            Self::Bytes(_) => "bytea[]",
            Self::Array(values) => values.first().map_or("text[]", Self::array_type),
        }
    }
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
            Value::Array(_) => return Err("SQLite has no lists".into()),
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
            Value::Array(values) => array(&mut arguments, &values)?,
        }
    }
    Ok(arguments)
}

fn array(arguments: &mut PgArguments, values: &[Value]) -> Result<(), BoxDynError> {
    /// All values as one sort of them; an error when one is another.
    fn all<'v, T>(
        values: &'v [Value],
        one: impl Fn(&'v Value) -> Option<Option<T>>,
    ) -> Result<Vec<Option<T>>, BoxDynError> {
        let all: Option<Vec<_>> = values.iter().map(one).collect();
        all.ok_or_else(|| "a list of several types".into())
    }
    match values.first() {
        Some(Value::Int(_)) => arguments.add(all(values, |value| match value {
            Value::Int(value) => Some(*value),
            _ => None,
        })?),
        Some(Value::Bool(_)) => arguments.add(all(values, |value| match value {
            Value::Bool(value) => Some(*value),
            _ => None,
        })?),
        Some(Value::Bytes(_)) => arguments.add(all(values, |value| match value {
            Value::Bytes(value) => Some(value.as_deref()),
            _ => None,
        })?),
        _ => arguments.add(all(values, |value| match value {
            Value::Text(value) => Some(value.as_deref()),
            Value::Shared(value) => Some(Some(&**value)),
            _ => None,
        })?),
    }
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
