//! Electronic receipts of Polish tills: JSON in the form of a JSON Web Signature. Makers name fields
//! differently; each is looked for under the names that are known.

use carrot_rules::command::{FOUND_LINES_MAX, FOUND_NAME_CHARS_MAX, FoundLine};
use futures_util::future::BoxFuture;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::decimal::scaled;
use super::jws::{self, JwsKey};
use super::{Candidate, Certainty, NotRecognised, Recogniser};

/// The most bytes of a file.
const BYTES_MAX: usize = 512 * 1024;
/// Decimals of amounts.
const AMOUNT_SCALE: i64 = 2;

/// Reads electronic receipts.
#[derive(Clone, Default)]
pub struct Paragon {
    /// Whose signatures hold; without one the form alone is looked at.
    pub key: Option<JwsKey>,
}

type Raw<'a> = Option<&'a RawValue>;

#[derive(Deserialize)]
struct Receipt<'a> {
    /// The register's unique number.
    #[serde(
        borrow,
        alias = "numerUnikatowy",
        alias = "registerNumber",
        alias = "nrUnik"
    )]
    nr_unikatowy: Raw<'a>,
    /// The receipt's number in the register's fiscal memory.
    #[serde(
        borrow,
        alias = "numerFiskalny",
        alias = "fiscalNumber",
        alias = "nrDok"
    )]
    nr_fiskalny: Raw<'a>,
    #[serde(borrow, alias = "dataCzas", alias = "dateTime", alias = "zakSprzed")]
    data: Raw<'a>,
    #[serde(borrow, alias = "sumaBrutto", alias = "total", alias = "razem")]
    suma: Raw<'a>,
    #[serde(borrow, alias = "items", alias = "pozycje")]
    pozycja: Option<Vec<Item<'a>>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow, alias = "name")]
    nazwa: Raw<'a>,
    #[serde(borrow, alias = "quantity")]
    ilosc: Raw<'a>,
    #[serde(borrow, alias = "price")]
    cena: Raw<'a>,
    #[serde(borrow, alias = "amount", alias = "brutto")]
    wartosc: Raw<'a>,
    #[serde(borrow, alias = "gtin", alias = "ean")]
    kod: Raw<'a>,
}

fn text(raw: Raw<'_>) -> Option<String> {
    let raw = raw?.get();
    let text = match raw.starts_with('"') {
        true => serde_json::from_str(raw).ok()?,
        false => raw.to_owned(),
    };
    let text = text.trim().to_owned();
    (!text.is_empty() && text != "null").then_some(text)
}

/// An amount or a quantity; Polish tills write the comma too.
fn number(raw: Raw<'_>, scale: i64) -> Option<i64> {
    scaled(&text(raw)?.replace(',', "."), scale).filter(|number| *number >= 0)
}

fn line(item: &Item<'_>) -> Option<FoundLine> {
    let gtin = text(item.kod).and_then(|code| carrot_codes::Gtin::parse(&code).ok());
    let name = text(item.nazwa)?;
    Some(FoundLine {
        name: name.chars().take(FOUND_NAME_CHARS_MAX).collect(),
        gtin: gtin.map(|gtin| gtin.as_str().to_owned()),
        code: None,
        quantity_micro: number(item.ilosc, 6)?,
        price_minor: number(item.cena, AMOUNT_SCALE).unwrap_or(0),
        amount_minor: number(item.wartosc, AMOUNT_SCALE)?,
    })
}

fn read(bytes: &[u8], key: Option<&JwsKey>) -> Result<Candidate, NotRecognised> {
    let (body, signed) = jws::open(bytes, key)?;
    let receipt: Receipt<'_> =
        serde_json::from_slice(&body).map_err(|_| NotRecognised::OtherKind)?;
    let (register, fiscal) = (text(receipt.nr_unikatowy), text(receipt.nr_fiskalny));
    let local_time = text(receipt.data);
    let (Some(register), Some(fiscal), Some(instant)) = (register, fiscal, local_time.clone())
    else {
        return Err(NotRecognised::OtherKind);
    };
    let items = receipt.pozycja.as_deref().unwrap_or(&[]);
    if items.len() > FOUND_LINES_MAX {
        return Err(NotRecognised::TooLarge);
    }
    let lines: Vec<FoundLine> = items.iter().filter_map(line).collect();
    let total_minor = number(receipt.suma, AMOUNT_SCALE);
    let sum: i64 = lines
        .iter()
        .map(|line| line.amount_minor)
        .fold(0, i64::saturating_add);
    let whole = lines.len() == items.len() && total_minor == Some(sum);
    Ok(Candidate {
        key: Some(format!("pl:{register}:{fiscal}:{instant}")),
        local_time,
        total_minor,
        currency: Some("PLN".to_owned()),
        lines,
        certainty: if signed {
            Certainty::Signed
        } else {
            Certainty::Form
        },
        confidence_permille: if whole { 1_000 } else { 700 },
    })
}

impl Recogniser for Paragon {
    fn bytes_max(&self) -> usize {
        BYTES_MAX
    }

    fn recognise<'a>(&'a self, bytes: &'a [u8]) -> BoxFuture<'a, Result<Candidate, NotRecognised>> {
        Box::pin(std::future::ready(read(bytes, self.key.as_ref())))
    }
}
