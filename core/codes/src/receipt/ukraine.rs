//! Receipts of Ukraine: `https://cabinet.tax.gov.ua/cashregs/check?fn=…&id=…&date=…&time=…&sm=…&mac=…`.

use super::{FiscalDialect, FiscalOperation, FiscalReceipt, fields};
use crate::amount::parse_amount;
use crate::calendar;
use crate::error::{CodeError, CodeErrorKind as Kind};
use crate::url::{Piece, Url};

const HOST: &str = "cabinet.tax.gov.ua";
const NAMES: [&str; 6] = ["fn", "id", "date", "time", "sm", "mac"];
const REGISTER_LENGTH_MAX: usize = 20;
const DOCUMENT_LENGTH_MAX: usize = 64;
const SIGN_LENGTH_MAX: usize = 256;

/// Whether an address is the tax service's page for one check.
pub(crate) fn is_address(url: &Url<'_>) -> bool {
    let path: Vec<_> = url
        .segments
        .iter()
        .map(|s| s.text.to_ascii_lowercase())
        .collect();
    url.host.eq_ignore_ascii_case(HOST) && path == ["cashregs", "check"]
}

/// Reads the query; `end` is the offset at which a missing field is reported.
pub(crate) fn parse(query: Option<Piece<'_>>, end: usize) -> Result<FiscalReceipt, CodeError> {
    let missing = || CodeError::new(end, Kind::MissingField);
    let query = query.ok_or_else(missing)?;
    let [register, document, date, time, sum, sign] = fields::take(query, NAMES, true)?;
    let register = register.ok_or_else(missing)?;
    let document = document.ok_or_else(missing)?;
    let date = date.ok_or_else(missing)?;
    let time = time.ok_or_else(missing)?;
    let sum = sum.ok_or_else(missing)?;

    register.digits(REGISTER_LENGTH_MAX)?;
    plain(&document, DOCUMENT_LENGTH_MAX)?;
    if let Some(sign) = &sign {
        plain(sign, SIGN_LENGTH_MAX)?;
    }
    let day = calendar::long_date(&date.text).ok_or_else(|| date.error(Kind::BadDate))?;
    let clock = calendar::clock_time(&time.text.replace(':', ""));
    let clock = clock.ok_or_else(|| time.error(Kind::BadDate))?;
    let total = parse_amount(&sum.text, 2);
    Ok(FiscalReceipt {
        dialect: FiscalDialect::UkraineDps,
        local_time: format!("{day}T{clock}"),
        total_minor: total.map_err(|error| sum.error(error.kind))?,
        register: register.text,
        document: document.text,
        sign: sign.map(|field| field.text),
        operation: FiscalOperation::Unstated,
    })
}

/// Checks are numbered with digits, letters and points; nothing else may reach the uniqueness key.
fn plain(field: &fields::Field, length_max: usize) -> Result<(), CodeError> {
    if field.text.is_empty() {
        return Err(field.error(Kind::Empty));
    }
    if field.text.len() > length_max {
        return Err(field.error(Kind::TooLong));
    }
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._-+/=".contains(&b);
    if field.text.bytes().all(allowed) {
        Ok(())
    } else {
        Err(field.error(Kind::BadCharacter))
    }
}
