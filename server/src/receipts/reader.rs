//! Reads the answers of dialect C. The call is always answered with status 200; the verdict is in
//! `code`. Numbers are read as the text that they are, and what names a person never leaves this
//! file in clear.

use carrot_codes::{Gtin, parse};
use carrot_rules::command::{
    FOUND_LINES_MAX, FOUND_NAME_CHARS_MAX, FoundLine, FoundReceipt, ReceiptOperation,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use super::decimal::{exact, scaled};
use super::settings::cashier_hashes;
use super::{FiscalQuery, VerifierAnswer};

/// The most bytes of an answer.
pub const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// A value whatever its type is.
type Raw<'a> = Option<&'a RawValue>;

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    code: Raw<'a>,
    #[serde(borrow)]
    data: Raw<'a>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow)]
    json: Raw<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Receipt<'a> {
    #[serde(borrow)]
    user_inn: Raw<'a>,
    #[serde(borrow)]
    items: Option<Vec<Item<'a>>>,
    #[serde(borrow)]
    date_time: Raw<'a>,
    #[serde(borrow)]
    total_sum: Raw<'a>,
    #[serde(borrow)]
    operation_type: Raw<'a>,
    #[serde(borrow)]
    fiscal_drive_number: Raw<'a>,
    #[serde(borrow)]
    fiscal_document_number: Raw<'a>,
    #[serde(borrow)]
    fiscal_sign: Raw<'a>,
    #[serde(borrow)]
    operator: Raw<'a>,
    #[serde(borrow)]
    operator_inn: Raw<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    #[serde(borrow)]
    name: Raw<'a>,
    #[serde(borrow)]
    price: Raw<'a>,
    #[serde(borrow)]
    quantity: Raw<'a>,
    #[serde(borrow)]
    sum: Raw<'a>,
    #[serde(borrow)]
    product_code_new: Raw<'a>,
}

#[derive(Deserialize)]
struct Marking<'a> {
    #[serde(borrow)]
    gtin: Raw<'a>,
    #[serde(borrow)]
    sernum: Raw<'a>,
}

/// A string's text, or a number's, without spaces around it: tills pad tax numbers.
fn text(raw: Raw<'_>) -> Option<String> {
    let raw = raw?.get();
    let text = if raw.starts_with('"') {
        serde_json::from_str::<String>(raw).ok()?
    } else if raw == "null" || raw.starts_with(['{', '[']) {
        return None;
    } else {
        raw.to_owned()
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn whole(raw: Raw<'_>) -> Option<i64> {
    exact(&text(raw)?, 0)
}

/// What the service answered. `cashier_key` (hex) keys the hashes of whoever worked the till. What is
/// cut off or is no JSON may be whole next time; what is whole and is no receipt stays so.
#[must_use]
pub fn read_answer(bytes: &[u8], cashier_key: &str) -> VerifierAnswer {
    let again = |why| VerifierAnswer::Retryable {
        why,
        retry_after_ms: None,
    };
    if bytes.len() > ANSWER_BYTES_MAX {
        return VerifierAnswer::Permanent { why: "too_large" };
    }
    let Ok(answer) = serde_json::from_slice::<Answer<'_>>(bytes) else {
        return again("cut_off");
    };
    match whole(answer.code) {
        Some(1) => found(&answer, cashier_key)
            .map_or(VerifierAnswer::Permanent { why: "unreadable" }, |receipt| {
                VerifierAnswer::Found(Box::new(receipt))
            }),
        // Clients of the service disagree about what tells 2, 4 and 5 apart: all of them mean that
        // there is nothing yet. 0 is said of a receipt that does not exist.
        Some(2 | 4) => VerifierAnswer::Pending {
            retry_after_ms: None,
        },
        Some(0 | 5) => VerifierAnswer::NotFound,
        Some(3) => VerifierAnswer::Refused {
            why: "quota",
            retry_after_ms: None,
        },
        _ => again("code_unknown"),
    }
}

fn found(answer: &Answer<'_>, cashier_key: &str) -> Option<FoundReceipt> {
    let data: Data<'_> = serde_json::from_str(answer.data?.get()).ok()?;
    let receipt: Receipt<'_> = serde_json::from_str(data.json?.get()).ok()?;
    let items = receipt.items.as_deref().unwrap_or(&[]);
    if items.len() > FOUND_LINES_MAX {
        return None;
    }
    let lines: Vec<FoundLine> = items.iter().map(line).collect::<Option<_>>()?;
    let seller_inn = text(receipt.user_inn).unwrap_or_default();
    let total_minor = whole(receipt.total_sum).filter(|total| *total >= 0)?;
    let named = [text(receipt.operator_inn), text(receipt.operator)];
    Some(FoundReceipt {
        key: key(&receipt)?,
        local_time: text(receipt.date_time).unwrap_or_default(),
        operation: ReceiptOperation::from_number(whole(receipt.operation_type)?),
        total_minor,
        currency: "RUB".to_owned(),
        cashier: cashier_hashes(cashier_key, named.iter().flatten().map(String::as_str)),
        print: print(&seller_inn, total_minor, &lines),
        seller_inn: seller_inn.chars().take(20).collect(),
        lines,
    })
}

/// The key that the receipt's own fields make, as codes make it.
fn key(receipt: &Receipt<'_>) -> Option<String> {
    let query = FiscalQuery {
        register: text(receipt.fiscal_drive_number)?,
        document: whole(receipt.fiscal_document_number)?.to_string(),
        sign: whole(receipt.fiscal_sign)?.to_string(),
        total_minor: 0,
        time: "20000101T0000".to_owned(),
        operation: 1,
    };
    match parse(&query.text()).ok()? {
        carrot_codes::Code::Receipt(receipt) => Some(receipt.receipt_key()),
        _ => None,
    }
}

fn line(item: &Item<'_>) -> Option<FoundLine> {
    let marking = marking(item.product_code_new);
    let gtin = marking.as_ref().map(|(gtin, _)| gtin.clone());
    let piece = |(gtin, serial): &(String, Option<String>)| {
        let code = parse(&format!("(01){gtin}(21){}", serial.as_deref()?)).ok()?;
        code.identity()
    };
    let name = text(item.name).unwrap_or_default();
    Some(FoundLine {
        name: name.chars().take(FOUND_NAME_CHARS_MAX).collect(),
        code: marking.as_ref().and_then(piece),
        gtin,
        quantity_micro: scaled(&text(item.quantity)?, 6)?,
        price_minor: whole(item.price)?,
        amount_minor: whole(item.sum)?,
    })
}

/// The trade item and serial of a marking, under whatever name the service puts them.
fn marking(raw: Raw<'_>) -> Option<(String, Option<String>)> {
    let kinds: BTreeMap<String, &RawValue> = serde_json::from_str(raw?.get()).ok()?;
    kinds.values().find_map(|kind| {
        let marking: Marking<'_> = serde_json::from_str(kind.get()).ok()?;
        let gtin = Gtin::parse(&text(marking.gtin)?).ok()?;
        Some((gtin.as_str().to_owned(), text(marking.sernum)))
    })
}

/// Equal for a sale and the return of all of it.
fn print(seller_inn: &str, total_minor: i64, lines: &[FoundLine]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!(
        "carrot-receipt-print\n{seller_inn}\n{total_minor}\n"
    ));
    for line in lines {
        let code = line.code.as_deref().unwrap_or("");
        hash.update(format!(
            "{}\u{1f}{code}\u{1f}{}\u{1f}{}\u{1f}{}\n",
            line.name, line.quantity_micro, line.price_minor, line.amount_minor
        ));
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
