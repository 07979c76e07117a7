//! What the service knows: the last two digits of the fiscal drive say which of twelve stories a
//! receipt tells.

use serde_json::{Value, json};

/// The trade item that the stories sell, 14 digits.
pub const GOODS_GTIN: &str = "04690257528523";
/// Its name as most tills print it.
pub const GOODS_NAME: &str = "Масло моторное АБВ 5W-40 4л";
/// Its name as another till prints it.
pub const GOODS_OTHER_NAME: &str = "МАСЛО МОТ.АБВ 5W40 4Л";
/// A second line that no programme sells, kopecks.
const RAG_SUM: i64 = 24_738;

/// Which story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// 01: found.
    Found,
    /// 02: pending twice, then found.
    PendingTwice,
    /// 03: not found.
    NotFound,
    /// 04: found, but the total is another.
    Forged,
    /// 05: the return of an earlier receipt with the same drive but for the last two digits.
    Return,
    /// 06: the caller has used up its calls.
    Quota,
    /// 07: the service is out of order.
    Broken,
    /// 08: the answer breaks off in the middle.
    CutOff,
    /// 09: found, without the goods.
    WithoutGoods,
    /// 10: found, the goods under another spelling and without a marking.
    OtherSpelling,
    /// 11: marked goods, under another name of the marking.
    Marked,
    /// 12: found at first, gone afterwards.
    Cancelled,
}

impl Scenario {
    /// The story that a drive's number tells; any other number tells the first.
    #[must_use]
    pub fn of(drive: &str) -> Self {
        let number = drive.get(drive.len().saturating_sub(2)..).unwrap_or("");
        match number {
            "02" => Self::PendingTwice,
            "03" => Self::NotFound,
            "04" => Self::Forged,
            "05" => Self::Return,
            "06" => Self::Quota,
            "07" => Self::Broken,
            "08" => Self::CutOff,
            "09" => Self::WithoutGoods,
            "10" => Self::OtherSpelling,
            "11" => Self::Marked,
            "12" => Self::Cancelled,
            _ => Self::Found,
        }
    }
}

/// What the code says, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub time: String,
    pub total: i64,
    pub drive: String,
    pub document: i64,
    pub sign: i64,
    pub operation: i64,
}

impl Asked {
    /// Reads a code's text.
    pub fn read(text: &str) -> Option<Self> {
        let mut asked = Self::default();
        for (name, value) in text.split('&').filter_map(|part| part.split_once('=')) {
            match name {
                "t" => value.clone_into(&mut asked.time),
                "s" => asked.total = value.replace('.', "").parse().ok()?,
                "fn" => value.clone_into(&mut asked.drive),
                "i" => asked.document = value.parse().ok()?,
                "fp" => asked.sign = value.parse().ok()?,
                "n" => asked.operation = value.parse().ok()?,
                _ => {}
            }
        }
        (asked.drive.len() == 16).then_some(asked)
    }

    fn iso(&self) -> String {
        let part = |from: usize, to: usize| self.time.get(from..to).unwrap_or("00");
        format!(
            "{}-{}-{}T{}:{}:00",
            part(0, 4),
            part(4, 6),
            part(6, 8),
            part(9, 11),
            part(11, 13)
        )
    }
}

/// The text of a code for a story: drive `prefix` of 14 digits and the story's number; of the hour at
/// which the server's tests begin.
#[must_use]
pub fn qr(prefix: u64, story: u8, document: u32, total: &str) -> String {
    qr_at("20251009T1153", (prefix, story), document, total)
}

/// The same with a local time of the till, `YYYYMMDDTHHMM`.
#[must_use]
pub fn qr_at(time: &str, (prefix, story): (u64, u8), document: u32, total: &str) -> String {
    format!("t={time}&s={total}&fn={prefix:014}{story:02}&i={document}&fp=1234567890&n=1")
}

fn goods(asked: &Asked, scenario: Scenario, sum: i64) -> Value {
    let name = match scenario {
        Scenario::OtherSpelling => GOODS_OTHER_NAME,
        Scenario::WithoutGoods => "Хлеб белый",
        _ => GOODS_NAME,
    };
    let mut item = json!({"nds": 1, "sum": sum, "name": name, "price": sum / 2, "quantity": 2, "paymentType": 4,
                          "productType": 1, "itemsQuantityMeasure": 0});
    let kind = match scenario {
        Scenario::OtherSpelling | Scenario::WithoutGoods => return item,
        Scenario::Marked => "undefined",
        _ => "gs1m",
    };
    // A sale and its return have drives that differ in the story's number alone: the same piece.
    let prefix = asked.drive.get(..14).unwrap_or("");
    let serial = match scenario {
        Scenario::Marked => prefix.to_owned(),
        _ => format!("S{prefix}"),
    };
    if scenario == Scenario::Marked {
        item["quantity"] = json!(1);
        item["price"] = json!(sum);
    }
    item["productCodeNew"] = json!({kind: {"gtin": GOODS_GTIN, "sernum": serial, "productIdType": 6,
        "rawProductCode": format!("01{GOODS_GTIN}21{serial}")}});
    item
}

/// The whole answer of a receipt that exists.
pub(crate) fn receipt(asked: &Asked, scenario: Scenario) -> Value {
    let total = match scenario {
        Scenario::Forged => asked.total / 10,
        _ => asked.total,
    };
    let (rag, rest) = if total > RAG_SUM {
        (RAG_SUM, total - RAG_SUM)
    } else {
        (0, total)
    };
    let mut items = vec![goods(asked, scenario, rest)];
    if rag > 0 {
        items.push(
            json!({"nds": 1, "sum": rag, "name": "Ветошь, кг", "price": 9999, "quantity": 2.474,
                          "paymentType": 4, "productType": 1, "itemsQuantityMeasure": 11}),
        );
    }
    let operation = if scenario == Scenario::Return { 2 } else { 1 };
    json!({"code": 1, "first": 0,
        "data": {"json": {"code": 3, "user": "ООО \"Тестовый магазин\"", "userInn": "7700000000  ", "items": items,
            "dateTime": asked.iso(), "totalSum": total, "ecashTotalSum": total, "cashTotalSum": 0, "prepaidSum": 0,
            "creditSum": 0, "provisionSum": 0, "operator": "Тестовый кассир", "operatorInn": "770000000001",
            "retailPlace": "Магазин 1", "retailPlaceAddress": "г. Тест, ул. Примерная, 1",
            "kktRegId": "0000000000000001    ", "shiftNumber": 12, "requestNumber": 7, "operationType": operation,
            "fiscalDriveNumber": asked.drive, "fiscalDocumentNumber": asked.document, "fiscalSign": asked.sign,
            "messageFiscalSign": 9.297e18, "appliedTaxationType": 1, "fiscalDocumentFormatVer": 4,
            "metadata": {"id": 1, "ofdId": "ofd1", "subtype": "receipt", "receiveDate": "2026-03-02T15:01:24Z"}}},
        "request": {"manual": {"fn": asked.drive, "fd": asked.document, "fp": asked.sign, "type": asked.operation}}})
}
