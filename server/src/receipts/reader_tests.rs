//! Answers of dialect C: the documented sample, the field's oddities, and bytes of any kind.

use proptest::prelude::*;

use super::*;

const SAMPLE: &str = r#"{"code":1,"first":0,"data":{"json":{"code":3,"user":"ООО \"Тестовый магазин\"","userInn":"7700000000  ",
 "items":[{"nds":1,"sum":259800,"name":"Масло моторное АБВ 5W-40 4л","price":129900,"quantity":2,"paymentType":4,
   "productCodeNew":{"gs1m":{"gtin":"04690257528523","sernum":"AbCdEfGhIjKlM","rawProductCode":"x","productIdType":6}}},
  {"nds":1,"sum":24738,"name":"Ветошь, кг","price":9999,"quantity":2.474}],
 "dateTime":"2026-03-02T18:01:00","totalSum":284538,"operator":"Тестовый кассир","operatorInn":"770000000001 ",
 "messageFiscalSign":9.297e18,"operationType":1,"fiscalDriveNumber":"9999000000000001","fiscalDocumentNumber":1001,
 "fiscalSign":1234567890}},"request":{"qrraw":"x"}}"#;

fn key() -> String {
    "0b".repeat(32)
}

fn sample(from: &str, to: &str) -> VerifierAnswer {
    assert!(SAMPLE.contains(from), "{from}");
    read_answer(SAMPLE.replace(from, to).as_bytes(), &key())
}

fn receipt(answer: VerifierAnswer) -> FoundReceipt {
    match answer {
        VerifierAnswer::Found(receipt) => *receipt,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_sample_reads_as_whole_numbers_and_without_names() {
    let found = receipt(read_answer(SAMPLE.as_bytes(), &key()));
    assert_eq!(found.key, "ru:9999000000000001:1001:1234567890");
    assert_eq!(found.seller_inn, "7700000000");
    assert_eq!(found.total_minor, 284_538);
    assert_eq!(found.lines[0].gtin.as_deref(), Some("04690257528523"));
    assert_eq!(
        found.lines[0].code.as_deref(),
        Some("010469025752852321AbCdEfGhIjKlM")
    );
    assert_eq!(found.lines[1].quantity_micro, 2_474_000);
    assert_eq!(found.cashier.len(), 2);
    let written = serde_json::to_string(&found).unwrap();
    assert!(!written.contains("кассир") && !written.contains("770000000001"));
    // The kind of marking has many names.
    let other = receipt(sample("gs1m", "undefined"));
    assert_eq!(other.lines[0].code, found.lines[0].code);
    // The same goods come back: equal contents under another document.
    let back = receipt(sample("\"operationType\":1", "\"operationType\":2"));
    assert!(back.operation.is_return());
    assert_eq!(back.print, found.print);
}

#[test]
fn every_code_has_its_word() {
    for (code, word) in [
        ("0", "not_found"),
        ("2", "pending"),
        ("4", "pending"),
        ("5", "not_found"),
        ("3", "refused"),
        ("7", "retryable"),
        ("null", "retryable"),
    ] {
        let answer = sample("{\"code\":1", &format!("{{\"code\":{code}"));
        assert_eq!(answer.word(), word, "{code}");
    }
    let half = &SAMPLE.as_bytes()[..SAMPLE.len() / 2];
    assert_eq!(read_answer(half, &key()).word(), "retryable");
    assert_eq!(
        sample("\"totalSum\":284538", "\"totalSum\":\"x\"").word(),
        "permanent"
    );
    assert_eq!(
        sample("\"quantity\":2.474", "\"quantity\":1e300").word(),
        "permanent"
    );
    let large = vec![b' '; ANSWER_BYTES_MAX + 1];
    assert_eq!(read_answer(&large, &key()).word(), "permanent");
}

proptest! {
    #[test]
    fn any_bytes_have_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_answer(&bytes, &key());
    }

    #[test]
    fn a_damaged_answer_never_panics_nor_changes_the_sum_of_the_rest(at in 0_usize..1_200, byte in any::<u8>()) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        let place = at % bytes.len();
        bytes[place] = byte;
        if let VerifierAnswer::Found(found) = read_answer(&bytes, &key()) {
            prop_assert!(found.lines.len() <= FOUND_LINES_MAX && found.total_minor >= 0);
        }
    }

    #[test]
    fn a_prefix_is_never_a_receipt(cut in 0_usize..1_200) {
        let cut = cut.min(SAMPLE.len() - 1);
        prop_assert_eq!(read_answer(&SAMPLE.as_bytes()[..cut], &key()).word(), "retryable");
    }
}
