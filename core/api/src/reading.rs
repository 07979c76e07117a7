//! What a scanned or typed text is, and which of the device's programmes it belongs to.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carrot_client::Membership;
use carrot_codes::{Code, FiscalOperation, FiscalReceipt, Gtin, OwnCode};
use carrot_rules::command::{FiscalShown, ReceiptOperation};
use carrot_scan::{Counted, ScanLimits};
use carrot_wire::CallError;
use carrot_wire::member::PROOF_PREFIX;

use crate::api::{Answer, Api};
use crate::schema::*;

/// The most characters of a picture's base64 that a call takes.
const IMAGE_BASE64_CHARS_MAX: usize = 32 * 1024 * 1024;

/// Decodes a picture that a screen sent.
pub(crate) fn image_bytes(base64: &str) -> Answer<Vec<u8>> {
    if base64.len() > IMAGE_BASE64_CHARS_MAX {
        return Err(CallError::new("photo_too_large", "more than 24 MiB"));
    }
    STANDARD
        .decode(base64.trim())
        .map_err(|error| CallError::new("not_an_image", error.to_string()))
}

pub(crate) fn code_error(error: &carrot_codes::CodeError) -> CallError {
    CallError::new(error.code(), error.to_string()).with("position", error.position)
}

/// A unique code in a Digital Link: `https://host/…/{tag}/01/{gtin}/21/{secret}`.
pub(crate) fn unique_in_link(base: &str, serial: Option<&str>) -> Option<OwnCode> {
    let tag = base.trim_end_matches('/').rsplit('/').next()?;
    match carrot_codes::parse(&format!("{tag}-{}", serial?)).ok()? {
        Code::Own(own @ OwnCode::Unique { .. }) => Some(own),
        _ => None,
    }
}

/// What a receipt's code shows for the fiscal service.
fn fiscal(receipt: &FiscalReceipt) -> FiscalShown {
    FiscalShown {
        local_time: receipt.local_time.clone(),
        operation: match receipt.operation {
            FiscalOperation::Sale => ReceiptOperation::Sale,
            FiscalOperation::SaleReturn => ReceiptOperation::SaleReturn,
            FiscalOperation::Expense => ReceiptOperation::Expense,
            FiscalOperation::ExpenseReturn => ReceiptOperation::ExpenseReturn,
            FiscalOperation::Unstated => ReceiptOperation::Unstated,
        },
    }
}

/// Every code of a picture, and at how many places of it each stands.
pub(crate) async fn counted_symbols(image_base64: &str) -> Answer<Vec<Counted>> {
    let bytes = image_bytes(image_base64)?;
    let scanned = tokio::task::spawn_blocking(move || {
        carrot_scan::count_image_bytes(&bytes, &ScanLimits::default())
    });
    let counted = scanned
        .await
        .map_err(|error| CallError::new("engine_panic", error.to_string()))?
        .map_err(|error| CallError::new(error.code(), error.to_string()))?;
    if counted.is_empty() {
        return Err(CallError::new("no_code_found", "no engine found a code"));
    }
    Ok(counted)
}

impl Api {
    pub(crate) async fn read_image(&self, request: ReadImage) -> Answer<Vec<SymbolView>> {
        let counted = counted_symbols(&request.image_base64).await?.into_iter();
        Ok(counted
            .map(|Counted { symbol, .. }| SymbolView {
                format: symbol.format.to_string(),
                text: symbol.text,
            })
            .collect())
    }

    pub(crate) async fn read_text(&self, request: ReadText) -> Answer<CodeView> {
        Ok(self.read(&request.text).await?.1)
    }

    /// Reads a text and finds the membership it belongs to.
    pub(crate) async fn read(&self, text: &str) -> Answer<(Arc<Membership>, CodeView)> {
        let text = text.trim();
        if text.starts_with(PROOF_PREFIX) {
            let tag = text
                .trim_start_matches(PROOF_PREFIX)
                .split('.')
                .next()
                .unwrap_or_default();
            let membership = self.member_by_tag(tag)?;
            return Ok((
                membership,
                CodeView::Member {
                    text: text.to_owned(),
                },
            ));
        }
        let code = carrot_codes::parse(text).map_err(|error| code_error(&error))?;
        match code {
            Code::Own(own) => self.own(own, None).await,
            Code::DigitalLink { base, gs1 } => match unique_in_link(&base, gs1.serial()) {
                Some(own) => self.own(own, gs1.gtin()).await,
                None => self.elements(&gs1, text).await,
            },
            Code::Gtin(gtin) => self.trade_item(Some(gtin), text).await,
            Code::Gs1(gs1) => self.elements(&gs1, text).await,
            Code::Receipt(receipt) if receipt.operation == FiscalOperation::SaleReturn => Err(
                CallError::new("receipt_is_a_return", "the receipt gives money back"),
            ),
            Code::Receipt(receipt) => {
                let view = CodeView::Receipt {
                    key: receipt.receipt_key(),
                    total_minor: receipt.total_minor,
                    currency: receipt.currency().to_owned(),
                    fiscal: fiscal(&receipt),
                };
                Ok((self.member()?, view))
            }
            Code::Sscc(sscc) => self.logistic(sscc.as_str()).await,
            Code::Other(text) if is_phone_like(&text) => {
                Ok((self.member()?, CodeView::Member { text }))
            }
            Code::Other(_) => Err(CallError::new(
                "code_not_ours",
                "this text is no code of a programme",
            )),
        }
    }

    pub(crate) async fn trade_item(
        &self,
        gtin: Option<Gtin>,
        text: &str,
    ) -> Answer<(Arc<Membership>, CodeView)> {
        let membership = self.member()?;
        let Some(gtin) = gtin else {
            return Err(CallError::new(
                "code_not_ours",
                format!("no product number in {text:.60}"),
            ));
        };
        let product = self.product_by_gtin(&membership, &gtin).await?;
        Ok((membership, CodeView::Product { product }))
    }

    async fn own(&self, own: OwnCode, gtin: Option<Gtin>) -> Answer<(Arc<Membership>, CodeView)> {
        let membership = match own.programme() {
            Some(tag) => self.member_by_tag(tag)?,
            None => {
                return Ok((
                    self.member()?,
                    CodeView::Enrolment {
                        text: own.to_text(),
                    },
                ));
            }
        };
        let view = match own {
            OwnCode::Unique { .. } => {
                let product = match gtin {
                    Some(gtin) => Some(self.product_by_gtin(&membership, &gtin).await?),
                    None => None,
                };
                let code = own.canonical();
                CodeView::Unique {
                    perhaps_used: membership.probably_burnt(&code).await,
                    code,
                    product,
                    unit: None,
                    covers: None,
                }
            }
            OwnCode::Signed(signed) => self.signed(&membership, &signed).await?,
            OwnCode::Voucher { .. } => {
                return Err(CallError::new(
                    "voucher_not_taken",
                    "vouchers are not redeemed here yet",
                ));
            }
            _ => CodeView::Member {
                text: own.to_text(),
            },
        };
        Ok((membership, view))
    }
}

/// Digits with the signs that people write in phone numbers.
pub(crate) fn is_phone_like(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (6..=15).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " +-()".contains(c))
}
