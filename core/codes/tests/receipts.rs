//! Receipts of Russia and Ukraine, from public samples.

mod common;

use carrot_codes::{Code, CodeErrorKind as Kind, FiscalOperation};
use common::{fails, ok};

#[test]
fn russian_receipts() {
    let Code::Receipt(receipt) =
        ok("t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1")
    else {
        panic!()
    };
    assert_eq!(
        (receipt.total_minor, receipt.local_time.as_str()),
        (97_588, "2018-05-18T22:05:00")
    );
    assert_eq!(
        receipt.receipt_key(),
        "ru:8710000101125654:99456:1250448795"
    );
    assert_eq!(
        (receipt.operation, receipt.currency()),
        (FiscalOperation::Sale, "RUB")
    );
    let Code::Receipt(short) =
        ok("t=20240917T1801&s=1285.21&fn=7281440500751551&i=30526&fp=1168453787&n=1")
    else {
        panic!()
    };
    assert_eq!(
        (short.total_minor, short.local_time.as_str()),
        (128_521, "2024-09-17T18:01")
    );
    let noisy = ok(
        " fp=1250448795 & n=1&fn=8710000101125654 &i=0099456&T=20180518t220500&s= 975.88&extra=1 ",
    );
    assert_eq!(noisy.identity(), Some(receipt.receipt_key()));
    let Code::Receipt(back) =
        ok("t=20180518T220500&s=975.88&fn=8710000101125654&i=99457&fp=1250448795&n=2")
    else {
        panic!()
    };
    assert_eq!(back.operation, FiscalOperation::SaleReturn);
    let linked = ok(
        "https://till.example/c?t=20180518T2205&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
    );
    assert_eq!(linked.identity(), Some(receipt.receipt_key()));
}

#[test]
fn broken_russian_receipts() {
    fails(
        "t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795",
        Kind::MissingField,
        68,
    );
    fails(
        "t=20180518T220500&s=975.88&fn=871000010112565&i=99456&fp=1250448795&n=1",
        Kind::BadLength,
        30,
    );
    fails(
        "t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=4294967296&n=1",
        Kind::OutOfRange,
        58,
    );
    fails(
        "t=20180532T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::BadDate,
        2,
    );
    fails(
        "t=20180518T2460&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::BadDate,
        2,
    );
    fails(
        "t=20180518T220500&s=975.888&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::TooManyDecimals,
        26,
    );
    fails(
        "t=20180518T220500&s=-975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::Negative,
        20,
    );
    fails(
        "t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=5",
        Kind::BadOperation,
        71,
    );
    fails(
        "t=20180518T220500&s=975.88&s=1&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::DuplicateField,
        27,
    );
    fails(
        "t=20180518T220500&s=975.88&fn=8710000101125654&i=9x&fp=1250448795&n=1",
        Kind::BadCharacter,
        50,
    );
    assert_eq!(ok("a=1&b=2").kind(), "other");
}

#[test]
fn ukrainian_receipts() {
    let base = "https://cabinet.tax.gov.ua/cashregs/check";
    let Code::Receipt(receipt) = ok(&format!(
        "{base}?date=20260429&time=222006&id=696582&sm=437.40&fn=3000909908"
    )) else {
        panic!()
    };
    assert_eq!(
        (receipt.total_minor, receipt.local_time.as_str()),
        (43_740, "2026-04-29T22:20:06")
    );
    assert_eq!(receipt.receipt_key(), "ua:3000909908:696582");
    assert_eq!(
        (receipt.sign.clone(), receipt.operation),
        (None, FiscalOperation::Unstated)
    );
    let Code::Receipt(offline) = ok(&format!(
        "{base}?id=23649865.1.1236&date=20240604&time=1526&fn=4000438533&sm=950.04&mac=47a0f6e4"
    )) else {
        panic!()
    };
    assert_eq!(
        (offline.document.as_str(), offline.sign.as_deref()),
        ("23649865.1.1236", Some("47a0f6e4"))
    );
    fails(
        &format!("{base}?id=1&date=20240604&time=1526&fn=4000438533"),
        Kind::MissingField,
        84,
    );
    fails(
        &format!("{base}?id=1&date=20240631&time=1526&fn=4000438533&sm=1"),
        Kind::BadDate,
        52,
    );
    fails(
        &format!("{base}?id=1:2&date=20240601&time=1526&fn=4000438533&sm=1"),
        Kind::BadCharacter,
        45,
    );
    assert_eq!(ok("https://kasa.vchasno.com.ua/check/AbC").kind(), "other");
}

#[test]
fn days_and_minutes_at_their_edges() {
    let with = |time: &str| format!("t={time}&s=1.00&fn=8710000101125654&i=1&fp=1&n=1");
    for time in ["20240229T2359", "20000229T0000", "20260430T235959"] {
        assert_eq!(ok(&with(time)).kind(), "receipt", "{time}");
    }
    for time in [
        "21000229T2359",
        "20230229T2359",
        "20260431T2359",
        "20260400T2359",
        "20261301T2359",
        "20260430T2260",
        "20260430T2400",
        "20260430T235960",
        "20260430T23595",
        "2026043T2359",
        "202604302359",
    ] {
        fails(&with(time), Kind::BadDate, 2);
    }
    let link =
        "https://cabinet.tax.gov.ua/cashregs/check?fn=1&id=1&date=20260429&time=22%3A20&sm=1";
    assert!(matches!(ok(link), Code::Receipt(receipt) if receipt.local_time == "2026-04-29T22:20"));
}
