//! Receipts of Russia: `t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1`.

use super::{FiscalDialect, FiscalOperation, FiscalReceipt, fields};
use crate::amount::parse_amount;
use crate::calendar;
use crate::error::{CodeError, CodeErrorKind as Kind};
use crate::url::Piece;

const NAMES: [&str; 6] = ["t", "s", "fn", "i", "fp", "n"];
const REGISTER_LENGTH: usize = 16;
const NUMBER_LENGTH_MAX: usize = 10;

/// Whether a text is such a code, perhaps a damaged one: it names the drive or the sign and most of the rest.
pub(crate) fn is_query(query: &str) -> bool {
    fields::count_names(query, &["fn", "fp"]) > 0 && fields::count_names(query, &NAMES) >= 4
}

/// Reads the fields. Order is free, spaces inside values are dropped, unknown fields are left out.
pub(crate) fn parse(query: Piece<'_>) -> Result<FiscalReceipt, CodeError> {
    let missing = || CodeError::new(query.at + query.text.len(), Kind::MissingField);
    let [time, sum, register, document, sign, operation] = fields::take(query, NAMES, false)?;
    let time = time.ok_or_else(missing)?;
    let sum = sum.ok_or_else(missing)?;
    let register = register.ok_or_else(missing)?;
    let document = document.ok_or_else(missing)?;
    let sign = sign.ok_or_else(missing)?;
    let operation = operation.ok_or_else(missing)?;

    register.digits(REGISTER_LENGTH)?;
    if register.text.len() != REGISTER_LENGTH {
        return Err(register.error(Kind::BadLength));
    }
    document.digits(NUMBER_LENGTH_MAX)?;
    sign.digits(NUMBER_LENGTH_MAX)?;
    if sign.text.parse::<u32>().is_err() {
        return Err(sign.error(Kind::OutOfRange));
    }
    Ok(FiscalReceipt {
        dialect: FiscalDialect::RussiaFns,
        local_time: local_time(&time.text).ok_or_else(|| time.error(Kind::BadDate))?,
        total_minor: parse_amount(&sum.text, 2).map_err(|error| error.shifted(sum.at))?,
        register: register.text,
        document: document.text,
        sign: Some(sign.text),
        operation: match operation.text.as_str() {
            "1" => FiscalOperation::Sale,
            "2" => FiscalOperation::SaleReturn,
            "3" => FiscalOperation::Expense,
            "4" => FiscalOperation::ExpenseReturn,
            _ => return Err(CodeError::new(operation.at, Kind::BadOperation)),
        },
    })
}

/// `yyyyMMddTHHmm[ss]`, the letter in either case; some tills write dashes and colons.
fn local_time(text: &str) -> Option<String> {
    let text = text.replace(['-', ':'], "");
    let (date, time) = text.split_once(['T', 't'])?;
    Some(format!(
        "{}T{}",
        calendar::long_date(date)?,
        calendar::clock_time(time)?
    ))
}
