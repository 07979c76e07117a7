//! What the console's routes have in common: refusals as JSON, input that is read strictly, pages.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use carrot_wire::CallError;
use carrot_wire::error::ErrorBody;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::error::Error;

/// The most rows of one page.
pub const PAGE_ROWS_MAX: i64 = 200;
/// The rows of a page when nobody says how many.
pub const PAGE_ROWS_DEFAULT: i64 = 50;
/// The furthest row that a page may begin at.
const PAGE_OFFSET_MAX: i64 = 1_000_000;
/// The longest text to search for, characters.
const SEARCH_CHARS_MAX: usize = 80;

/// A refusal on its way out.
#[derive(Debug)]
pub struct Refusal(pub Error);

/// What a route answers.
pub type Answer<T> = Result<Json<T>, Refusal>;

impl<E: Into<Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl Refusal {
    /// A refusal by its code, with a detail in English.
    #[must_use]
    pub fn new(code: &str, detail: impl Into<String>) -> Self {
        Self(Error::refused(code, detail))
    }

    /// A refusal with parameters.
    #[must_use]
    pub fn of(error: CallError) -> Self {
        Self(Error::Refused(error))
    }
}

/// The status that goes with a refusal's code.
fn status(code: &str) -> StatusCode {
    match code {
        "not_signed_in" | "login_wrong" => StatusCode::UNAUTHORIZED,
        "not_permitted" | "console_header_missing" => StatusCode::FORBIDDEN,
        "login_locked" => StatusCode::TOO_MANY_REQUESTS,
        "bad_input" => StatusCode::BAD_REQUEST,
        "internal" => StatusCode::INTERNAL_SERVER_ERROR,
        unknown if unknown.ends_with("_unknown") || unknown == "unknown_product" => {
            StatusCode::NOT_FOUND
        }
        _ => StatusCode::CONFLICT,
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = match self.0 {
            Error::Refused(error) => error,
            fault => {
                tracing::error!(%fault, "a console route failed");
                CallError::new("internal", "")
            }
        };
        let status = status(&error.code);
        let wait = error
            .params
            .get("wait_s")
            .and_then(serde_json::Value::as_i64);
        let mut response = (status, Json(ErrorBody { error })).into_response();
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// A JSON body that must read as `T`; anything else is `bad_input`.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let refuse = |error: JsonRejection| Refusal::new("bad_input", error.body_text());
        let Json(value) = Json::<T>::from_request(request, state)
            .await
            .map_err(refuse)?;
        Ok(Self(value))
    }
}

/// Parameters of the address that must read as `T`; anything else is `bad_input`.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let refuse = |error: QueryRejection| Refusal::new("bad_input", error.body_text());
        let Query(value) = Query::<T>::from_request_parts(parts, state)
            .await
            .map_err(refuse)?;
        Ok(Self(value))
    }
}

/// A part of the address's path that must read as `T`; anything else is `bad_input`.
pub struct Id<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let refuse = |error: axum::extract::rejection::PathRejection| {
            Refusal::new("bad_input", error.body_text())
        };
        let axum::extract::Path(value) = axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map_err(refuse)?;
        Ok(Self(value))
    }
}

/// A page of a longer list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many rows there are on all pages.
    pub total: i64,
    /// The place of the first row, from zero.
    pub offset: i64,
    /// The most rows that a page of this size holds.
    pub limit: i64,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Portion {
    /// The place of the first row, from zero.
    pub offset: i64,
    /// The most rows.
    pub limit: i64,
}

impl Portion {
    /// Checks what the address asks for: an offset from zero, 1 to [`PAGE_ROWS_MAX`] rows.
    pub fn of(offset: Option<i64>, limit: Option<i64>) -> Result<Self, Refusal> {
        let (offset, limit) = (offset.unwrap_or(0), limit.unwrap_or(PAGE_ROWS_DEFAULT));
        if !(0..=PAGE_OFFSET_MAX).contains(&offset) || !(1..=PAGE_ROWS_MAX).contains(&limit) {
            return Err(Refusal::new("bad_input", "offset or limit out of range"));
        }
        Ok(Self { offset, limit })
    }

    /// The page that these rows make.
    #[must_use]
    pub fn page<T>(self, rows: Vec<T>, total: i64) -> Page<T> {
        Page {
            rows,
            total,
            offset: self.offset,
            limit: self.limit,
        }
    }
}

/// The `ORDER BY` of a list: `sort` is one of the allowed names, with `-` in front for downwards.
/// `last` makes the order total.
pub fn order(
    sort: Option<&str>,
    allowed: &[(&str, &'static str)],
    standard: &str,
    last: &'static str,
) -> Result<String, Refusal> {
    let wish = sort.filter(|sort| !sort.is_empty()).unwrap_or(standard);
    let (name, down) = wish
        .strip_prefix('-')
        .map_or((wish, false), |name| (name, true));
    let expression = allowed
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, expression)| *expression)
        .ok_or_else(|| Refusal::new("bad_input", format!("no order by {name}")))?;
    // What is missing comes first, in both databases.
    let way = if down {
        "DESC NULLS LAST"
    } else {
        "ASC NULLS FIRST"
    };
    Ok(format!(" ORDER BY {expression} {way}, {last}"))
}

/// The `LIKE` patterns of a search: as typed and with the letters' case changed, since SQLite folds
/// only ASCII. None when there is nothing to search for.
pub fn search(text: Option<&str>) -> Result<Option<[String; 3]>, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if text.chars().count() > SEARCH_CHARS_MAX {
        return Err(Refusal::new(
            "bad_input",
            "the text to search for is too long",
        ));
    }
    let escaped: String = text
        .chars()
        .flat_map(|char| {
            let escape = matches!(char, '%' | '_' | '\\').then_some('\\');
            escape.into_iter().chain([char])
        })
        .collect();
    let lower = escaped.to_lowercase();
    let mut chars = lower.chars();
    let capital: String = chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default();
    Ok(Some(
        [escaped, lower, capital].map(|text| format!("%{text}%")),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_have_bounds() {
        assert!(Portion::of(None, None).is_ok_and(|portion| portion.limit == PAGE_ROWS_DEFAULT));
        assert!(Portion::of(Some(0), Some(PAGE_ROWS_MAX)).is_ok());
        for (offset, limit) in [
            (-1, 1),
            (0, 0),
            (0, PAGE_ROWS_MAX + 1),
            (PAGE_OFFSET_MAX + 1, 1),
        ] {
            assert!(
                Portion::of(Some(offset), Some(limit)).is_err(),
                "{offset} {limit}"
            );
        }
    }

    #[test]
    fn orders_are_a_closed_list() {
        let allowed = [("at", "at_ms")];
        let found = order(Some("-at"), &allowed, "at", "id");
        assert!(found.is_ok_and(|sql| sql == " ORDER BY at_ms DESC NULLS LAST, id"));
        assert!(order(Some("at; DROP TABLE entity"), &allowed, "at", "id").is_err());
    }

    #[test]
    fn searches_escape_wildcards_and_fold_letters() {
        assert!(search(Some("  ")).is_ok_and(|none| none.is_none()));
        let found = search(Some("оЛЕНА_%")).ok().flatten();
        assert_eq!(
            found.as_ref().map(|all| all[1].as_str()),
            Some("%олена\\_\\%%")
        );
        assert_eq!(
            found.as_ref().map(|all| all[2].as_str()),
            Some("%Олена\\_\\%%")
        );
        assert!(search(Some(&"x".repeat(81))).is_err());
    }
}
