//! What an account counts.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::name::{Currency, Name, Unreadable, as_text};

/// What an account counts. An account holds each unit by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Unit {
    /// The programme's points, whole.
    Points,
    /// Money in minor units of the currency.
    Currency(Currency),
    /// Pieces of a goods list.
    Goods(Name),
    /// Times that an achievement was reached.
    Achievement(Name),
}

impl Unit {
    /// The unit's text form in stores, on the wire and in exports: `points`, `money:EUR`,
    /// `goods:NAME`, `achievement:NAME`.
    #[must_use]
    pub fn text(self) -> Cow<'static, str> {
        match self {
            Self::Points => Cow::Borrowed("points"),
            Self::Currency(code) => Cow::Owned(format!("money:{code}")),
            Self::Goods(list) => Cow::Owned(format!("goods:{list}")),
            Self::Achievement(name) => Cow::Owned(format!("achievement:{name}")),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl FromStr for Unit {
    type Err = Unreadable;
    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let refuse = |_| Unreadable::new("a unit", text);
        match text.split_once(':') {
            None if text == "points" => Ok(Self::Points),
            Some(("money", code)) => code.parse().map(Self::Currency).map_err(refuse),
            Some(("goods", list)) => list.parse().map(Self::Goods).map_err(refuse),
            Some(("achievement", name)) => name.parse().map(Self::Achievement).map_err(refuse),
            _ => Err(Unreadable::new("a unit", text)),
        }
    }
}

as_text!(Unit);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_reads_as_it_is_written() {
        for text in [
            "points",
            "money:EUR",
            "goods:tools-2026",
            "achievement:first.sale",
        ] {
            let unit: Unit = text.parse().unwrap();
            assert_eq!(unit.to_string(), text);
            assert_eq!(serde_json::to_value(unit).unwrap(), text);
        }
        assert_eq!(Unit::Points.to_string(), "points");
        for text in [
            "",
            "point",
            "points:",
            "money:",
            "money:eur",
            "goods:A",
            "achievement",
        ] {
            let error = text.parse::<Unit>().unwrap_err();
            assert_eq!((error.what, error.text.as_str()), ("a unit", text));
        }
    }
}
