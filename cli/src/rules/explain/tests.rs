//! Answers in sentences: one document word for word, and the golden vectors in every language.

use std::fs;

use super::*;

const LANGUAGES: [&str; 6] = ["en", "da", "sv", "pl", "ru", "uk"];
const SELLER: &str = "00000000-0000-4000-8000-000000000001";
const OWNER: &str = "00000000-0000-4000-8000-000000000002";

/// Two coffee makers and a typed amount: prices, a campaign with a limit that is split, one that is over.
fn sale() -> Value {
    let limit = json!([{ "per": "outlet", "within": "day", "points_max": 61 }]);
    let split =
        json!([{ "who": "seller", "share_bp": 5_000 }, { "who": "owner", "share_bp": 5_000 }]);
    let seller = json!([{ "who": "seller", "share_bp": 10_000 }]);
    let line = |product: Value, amount: i64| json!({ "product": product, "quantity_micro": 2_000_000, "amount_minor": amount, "seller_micro": 2_000_000 });
    json!({
        "rules": { "version": 7, "zone": [{ "from_ms": 0, "offset_s": 7_200 }], "rules": [
            { "id": "twice", "trigger": "sale", "effect": { "multiply": { "rate_bp": 15_000 } }, "to": seller },
            { "id": "team", "trigger": "sale", "effect": { "fixed": { "points": 70 } }, "limits": limit, "to": split },
            { "id": "spring", "title": { "en": "Spring weeks", "uk": "Весняні тижні" }, "trigger": "sale", "ends_ms": 0,
              "effect": { "fixed": { "points": 5 } }, "to": seller }] },
        "event": { "trigger": "sale", "at_ms": 1_728_036_000_000_i64, "outlet": "00000000-0000-4000-8000-0000000000f0",
            "seller": { "known": SELLER }, "currency": "DKK", "lines": [line(json!("duo"), 5_000), line(json!(null), 900)] },
        "facts": { "products": { "duo": { "seller_points": 21 } }, "outlet": { "owner": OWNER } }
    })
}

fn told(document: &Value, language: &str) -> String {
    let answer = dry_run(&document.to_string());
    let earning: Earning =
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
    let rules: RuleSet = serde_json::from_value(document["rules"].clone()).unwrap();
    let currency = document["event"]["currency"].as_str().unwrap_or_default();
    Page::new(language, &rules, currency)
        .text(&earning)
        .unwrap()
}

/// The text with single spaces, as the columns are not what is looked at.
fn words(text: &str) -> Vec<String> {
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect()
}

#[test]
fn a_sale_is_told_line_by_line() {
    let seller = format!("Seller ({SELLER}): 94 points");
    let owner = format!("Owner of the shop ({OWNER}): 30 points");
    let split = [
        "As a whole",
        "70, given once",
        "Cut by 9: the limit let only 61 through",
    ];
    let expected = [
        &[
            seller.as_str(),
            "Item 1",
            "2 × 21 for each piece 42 price_list",
            "Multiplied by 1.5 63 twice",
        ],
        &split[..],
        &["A share of 50 % of 61 31 team", owner.as_str()],
        &split[..],
        &[
            "A share of 50 % of 61 30 team",
            "Rules that gave nothing",
            "Spring weeks: It has been over since 1970-01-01 02:00",
        ],
    ];
    assert_eq!(words(&told(&sale(), "en")), expected.concat());
}

#[test]
fn a_shared_value_stands_with_its_share() {
    let mut document = sale();
    let levels =
        json!({ "levels": { "of": { "per_unit": { "points": 50 } }, "shares_bp": [1_000] } });
    let referrer = json!([{ "who": "referrer", "share_bp": 10_000 }]);
    document["rules"]["rules"] =
        json!([{ "id": "up", "trigger": "sale", "effect": levels, "to": referrer }]);
    document["event"]["buyer"] = json!({ "known": SELLER });
    document["event"]["seller"] = json!("nobody");
    for line in document["event"]["lines"].as_array_mut().unwrap() {
        line["buyer_micro"] = json!(1_000_000);
    }
    document["facts"]["referrals"] = json!({ SELLER: OWNER });
    let award = format!("Recommended by ({OWNER}): 10 points");
    let each = "1 × 50 for each piece";
    let level = "10 % of 100, for level 1 of the recommendations 10 up";
    let expected = [award.as_str(), "As a whole", each, each, level];
    assert_eq!(words(&told(&document, "en"))[..5], expected);
}

#[test]
fn it_speaks_the_language_that_was_asked_for() {
    let text = told(&sale(), "uk");
    let lines = words(&text);
    assert_eq!(lines[0], format!("Продавець ({SELLER}): 94 бали"));
    assert_eq!(
        lines.last().unwrap(),
        "Весняні тижні: Закінчилося 1970-01-01 02:00"
    );
    assert!(
        lines.contains(&"Помножено на 1,5 63 twice".to_owned()),
        "{text}"
    );
}

#[test]
fn an_event_without_a_seller_earns_nothing() {
    let mut document = sale();
    document["event"]["seller"] = json!("nobody");
    assert_eq!(told(&document, "en"), "Nobody earns points\n");
}

#[test]
fn every_golden_vector_is_told_in_full_in_every_language() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/by_hand");
    let files = fs::read_dir(folder).unwrap();
    let texts = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let cases: Vec<Value> = texts
        .flat_map(|text| serde_json::from_str::<Vec<Value>>(&text).unwrap())
        .collect();
    let sentences = LANGUAGES.map(Sentences::of);
    let mut said = 0;
    for case in &cases {
        let answer = &case["answer"];
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let awards = list(&answer["awards"]);
        let of_awards = |name: &str| -> Vec<Value> {
            awards.iter().flat_map(|award| list(&award[name])).collect()
        };
        let reasons = [
            of_awards("derivation"),
            of_awards("pending"),
            list(&answer["why_not"]),
            list(&answer["notes"]),
        ];
        for reason in reasons.into_iter().flatten() {
            let code = reason
                .get("step")
                .unwrap_or(&reason["code"])
                .as_str()
                .unwrap();
            let params: Params = serde_json::from_value(reason["params"].clone()).unwrap();
            for words in &sentences {
                let text = words.say(
                    code,
                    &params,
                    &Reading {
                        currency: "DKK",
                        zone: &[],
                    },
                );
                assert!(
                    text != code && !text.contains(['{', '}']),
                    "{}: {code} {text}",
                    case["name"]
                );
                said += 1;
            }
        }
    }
    assert!(said > 3_000, "{said}");
}

#[test]
fn the_vectors_awards_are_explained_by_their_steps() {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/vectors/by_hand/splits.json"
    );
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder).unwrap()).unwrap();
    let mut shares = 0;
    for case in &cases {
        let text = told(&case["input"], "en");
        assert!(!text.contains("  ! "), "{}: {text}", case["name"]);
        shares += text.matches("A share of").count();
    }
    assert!(shares > 10, "{shares}");
}
