//! Sentences of steps and reasons, and one for each message in each language.

use serde_json::json;

use super::*;

const LANGUAGES: [&str; 6] = ["en", "da", "sv", "pl", "ru", "uk"];
/// 1 December 2026, midnight an hour east of Greenwich.
const MIDNIGHT_MS: i64 = 1_796_079_600_000;

/// The codes that `docs/RULES.md` names in sections 7 and 9, and what becomes of an award.
const CODES: [&str; 44] = [
    "per_unit",
    "per_amount",
    "percent",
    "fixed",
    "every",
    "per_measure",
    "boost",
    "multiplier",
    "level",
    "part",
    "staff_part",
    "capped",
    "task",
    "lesson",
    "not_yet",
    "over",
    "not_met",
    "limit_reached",
    "budget_spent",
    "liability_reached",
    "better_rule",
    "no_rate",
    "below_step",
    "nobody_there",
    "server_resolves_member",
    "server_checks_lesson",
    "server_checks_person",
    "server_checks_outlet",
    "server_checks_tally",
    "server_checks_tier",
    "server_checks_referral",
    "server_checks_limit",
    "server_checks_budget",
    "server_checks_liability",
    "server_checks_staff",
    "awaits_return_window",
    "awaits_payment",
    "awaits_next_month",
    "awaits_till",
    "above_sell_in",
    "paid_back",
    "lapsed",
    "expired",
    "returned",
];
const FIELDS: [&str; 21] = [
    "product", "brand", "category", "outlet", "partner", "country", "city", "role", "segment",
    "evidence", "currency", "weekday", "minute", "amount", "quantity", "basket", "value", "tally",
    "lesson", "tier", "referred",
];

fn params(value: serde_json::Value) -> Params {
    serde_json::from_value(value).unwrap()
}

/// A sentence as it is read in a shop an hour east of Greenwich that takes kroner.
fn say(language: &str, code: &str, value: serde_json::Value) -> String {
    said(&Sentences::of(language), code, value)
}

fn said(sentences: &Sentences, code: &str, value: serde_json::Value) -> String {
    let zone = [ZoneStep {
        from_ms: 0,
        offset_s: 3_600,
    }];
    let reading = Reading {
        currency: "DKK",
        zone: &zone,
    };
    let text = sentences.say(code, &params(value), &reading);
    text.replace('\u{a0}', " ")
}

/// Numbers for every message.
fn sample() -> serde_json::Value {
    json!({ "each": 5, "of": 37, "base": 20, "cut": 3, "left": 9, "points": 12, "level": 2, "share_bp": 2_500,
        "rate_bp": 15_000, "nth": 10, "before": 8, "delta": 5, "quantity_micro": 3_000_000, "amount_minor": 12_900,
        "step_minor": 1_000, "minor_per_point_micro": 1_000_000, "currency": "DKK", "step": 2, "value": 9, "place": 1,
        "shares": [1, 2, 3], "by": "budget", "rule": "summer", "invoice": "F-7", "claimed": 5, "shipped": 3,
        "name": "N", "note": "why", "starts_ms": 0, "ends_ms": 0, "until_ms": 0, "why": "pending", "next_ms": 0,
        "at_ms": 0, "codes": 7, "code": "ROAST-7", "series": "spring", "reports": 130, "km": 340, "minutes": 20, "seq": 41 })
}

#[test]
fn steps_read_with_their_numbers() {
    let cases = [
        (
            "per_unit",
            json!({ "each": 120, "quantity_micro": 2_500_000 }),
            "2.5 × 120 for each piece",
        ),
        (
            "per_amount",
            json!({ "each": 1, "step_minor": 1_000, "amount_minor": 12_905, "currency": "JPY" }),
            "1 for each 1000 JPY of 12905 JPY",
        ),
        (
            "percent",
            json!({ "rate_bp": 125, "amount_minor": 50_000, "minor_per_point_micro": 2_250_000, "currency": "DKK" }),
            "1.25 % of 500.00 DKK as points worth 0.0225 DKK each",
        ),
        (
            "every",
            json!({ "each": 100, "nth": 10, "before": 8, "delta": 13 }),
            "100 each time the count passes another 10: it went from 8 to 21",
        ),
        (
            "multiplier",
            json!({ "rate_bp": 12_345 }),
            "Multiplied by 1.2345",
        ),
        ("multiplier", json!({}), "Counts more than usual"),
        (
            "level",
            json!({ "of": 37, "share_bp": 1_500, "level": 2 }),
            "15 % of 37, for level 2 of the recommendations",
        ),
        (
            "staff_part",
            json!({ "of": 9, "place": 0, "shares": [2] }),
            "9 for 1 employee: 2 of 2 shares",
        ),
        (
            "staff_part",
            json!({ "of": 9, "place": 1, "shares": [2, 1] }),
            "9 split among 2 employees: 1 of 3 shares",
        ),
        (
            "capped",
            json!({ "by": "budget", "left": 30, "cut": 20 }),
            "Cut by 20: the budget was enough for only 30",
        ),
        (
            "capped",
            json!({ "by": "person", "left": 30, "cut": 20 }),
            "Cut by 20: the limit let only 30 through",
        ),
    ];
    for (code, value, text) in cases {
        assert_eq!(say("en", code, value), text);
    }
}

#[test]
fn conditions_say_what_they_found() {
    let english = Sentences::of("en");
    let unmet = |field: &str, found: serde_json::Value| {
        said(
            &english,
            "not_met",
            json!({ "field": field, "found": found }),
        )
    };
    let cases = [
        (unmet("product", json!("5f0c")), "It is for other products"),
        (
            unmet("segment", json!(["gold", "north"])),
            "It is for other groups of people than gold, north",
        ),
        (
            unmet("segment", json!([])),
            "It is for other groups of people",
        ),
        (unmet("role", json!("cashier")), "It is not for cashiers"),
        (
            unmet("role", json!("trainer")),
            "It is for other roles than trainer",
        ),
        (unmet("weekday", json!(3)), "It does not hold on Wednesdays"),
        (unmet("minute", json!(845)), "It does not hold at 14:05"),
        (
            unmet("amount", json!(-5)),
            "It is for other amounts of an item than -0.05 DKK",
        ),
        (
            unmet("quantity", json!(1_000_000)),
            "It is for other quantities than 1 piece",
        ),
        (
            unmet("lesson", json!(false)),
            "A lesson has to be passed first",
        ),
        (
            unmet("", json!(null)),
            "One of its conditions does not hold",
        ),
        (
            unmet("moon", json!("full")),
            "One of its conditions does not hold",
        ),
    ];
    for (said, text) in cases {
        assert_eq!(said, text);
    }
}

#[test]
fn instants_are_on_the_programmes_clock() {
    assert_eq!(
        say("en", "over", json!({ "ends_ms": MIDNIGHT_MS })),
        "It has been over since 2026-12-01 00:00"
    );
    let waits = json!({ "invoice": "F-7", "until_ms": MIDNIGHT_MS });
    assert_eq!(
        say("da", "awaits_payment", waits),
        "Bekræftes, når faktura F-7 er betalt fuldt ud, hvis det sker før 2026-12-01"
    );
    assert_eq!(
        say("en", "over", json!({ "ends_ms": i64::MAX })),
        format!("It has been over since {}", i64::MAX)
    );
}

#[test]
fn slavic_languages_count_in_their_own_forms() {
    for (language, forms) in [
        ("pl", ["sztukę", "sztuki", "sztuk"]),
        ("ru", ["штука", "штуки", "штук"]),
        ("uk", ["штуку", "штуки", "штук"]),
    ] {
        let sentences = Sentences::of(language);
        for (number, form) in [1, 3, 5].into_iter().zip(forms) {
            let text = said(
                &sentences,
                "above_sell_in",
                json!({ "claimed": number, "shipped": 0 }),
            );
            assert!(text.contains(&format!("{number} {form},")), "{text}");
        }
    }
    let half = json!({ "field": "quantity", "found": 1_500_000 });
    assert_eq!(say("ru", "not_met", half), "Не действует для 1,5 штуки");
}

#[test]
fn every_code_has_a_sentence_in_every_language() {
    for language in LANGUAGES {
        let sentences = Sentences::of(language);
        let plain = said(&sentences, "not_met", json!({}));
        for code in CODES {
            let text = said(&sentences, code, sample());
            assert_ne!(text, code, "{language}");
            assert!(!text.contains(['{', '}', '$']), "{language} {text}");
        }
        for field in FIELDS {
            let text = said(&sentences, "not_met", json!({ "field": field }));
            assert_ne!(text, plain, "{language} {field}");
        }
    }
}

#[test]
fn every_reason_of_the_files_can_be_said_in_full() {
    let english = embedded::file("en/reasons.ftl").unwrap();
    let ids: Vec<&str> = english
        .lines()
        .filter_map(|line| line.strip_prefix("reason-")?.split_once(" = "))
        .map(|(id, _)| id)
        .collect();
    assert!(ids.len() > 80, "{ids:?}");
    let numbers = [
        ("weekday", json!(2)),
        ("minute", json!(5)),
        ("quantity", json!(2_000_000)),
        ("amount", json!(5)),
        ("basket", json!(5)),
    ];
    for sentences in LANGUAGES.map(Sentences::of) {
        for id in &ids {
            let (code, field) = id
                .split_once("not-met-")
                .map_or((*id, ""), |(_, field)| ("not-met", field));
            let mut all = sample();
            let found = numbers
                .iter()
                .find(|(name, _)| *name == field)
                .map_or(json!("seller"), |(_, found)| found.clone());
            if code == "not-met" {
                all["field"] = json!(field);
                all["found"] = found;
            }
            let args = params::readable(
                &params(all),
                &Reading {
                    currency: "DKK",
                    zone: &[],
                },
                '.',
            );
            let has_detail = sentences.bundles[0]
                .get_message(&format!("reason-{id}"))
                .unwrap()
                .get_attribute("detail")
                .is_some();
            // What the rules never send: names and words that only screens know.
            let of_screens = ["reason-campaign", "reason-not-met-product"];
            let whole = format!("reason-{id}");
            if has_detail && !of_screens.contains(&whole.as_str()) {
                assert!(
                    sentences.find(&whole, Some("detail"), &args).is_some(),
                    "{whole}"
                );
            }
            assert!(sentences.find(&whole, None, &args).is_some(), "{whole}");
        }
    }
}

#[test]
fn what_no_message_knows_reads_as_english_or_as_itself() {
    assert_eq!(say("xx", "over", json!({})), "It is over");
    assert_eq!(say("da_DK.UTF-8", "over", json!({})), "Det er slut");
    assert_eq!(
        say("en", "own_sale", json!({})),
        "You cannot be seller and buyer of the same sale"
    );
    assert_eq!(say("en", "from_the_future", json!({})), "from_the_future");
    let words = Sentences::of("uk");
    assert_eq!(
        (
            words.plain("why-event").as_str(),
            words.numbered("why-line", 2).as_str()
        ),
        ("За все разом", "Позиція 2")
    );
}
