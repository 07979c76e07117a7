//! Bad rows: the message names file, line and column, and nothing is written.

use super::*;

/// A change to a demo file, and what the refusal must name.
const BAD: [(ImportKind, &str, &str, &str); 16] = [
    (
        ImportKind::People,
        "+4520123402",
        "+4512",
        "people.csv:5: phone",
    ),
    (
        ImportKind::People,
        "soeren-k@elkiosken.example",
        "soeren-k",
        "people.csv:5: email",
    ),
    (
        ImportKind::People,
        "+4520123402",
        "+4520123401",
        "people.csv:5: phone",
    ),
    (
        ImportKind::People,
        "example,da,elk-aarhus,2468",
        "example,da,elk-aarhus,24680",
        "people.csv:29: pin",
    ),
    (
        ImportKind::People,
        "kav-lviv;kav-kyiv",
        "kav-lviv;kav-rivne",
        "people.csv:4: outlets",
    ),
    (
        ImportKind::People,
        ",pl,zie-poznan,,,\"rank",
        ",xx,zie-poznan,,,\"rank",
        "people.csv:3: language",
    ),
    (
        ImportKind::Outlets,
        "56153600",
        "561536000",
        "outlets.csv:2: latitude_e6",
    ),
    (
        ImportKind::Outlets,
        "elk-odense,elkiosken",
        "elk-odense,elkjosken",
        "outlets.csv:4: partner",
    ),
    (
        ImportKind::Outlets,
        "code,partner,name",
        "code,partner,title",
        "outlets.csv:1: name",
    ),
    (
        ImportKind::Products,
        "9520001000201",
        "9520001000202",
        "products.csv:3: gtin",
    ),
    (
        ImportKind::Products,
        "150,120,",
        "150,-120,",
        "products.csv:2: seller_points",
    ),
    (
        ImportKind::Partners,
        "DK,DKK",
        "DK,kr",
        "partners.csv:2: currency",
    ),
    (
        ImportKind::Partners,
        "PL,PLN",
        "PL,PLN,3",
        "partners.csv:3: the row has 5 cells",
    ),
    (
        ImportKind::Rewards,
        "\"Bag of beans, 250 g\",",
        ",",
        "rewards.csv:2: name_en",
    ),
    (
        ImportKind::Series,
        "duo-lviv,9520001000010",
        "duo-lviv,9520001000034",
        "series.csv:4: gtin",
    ),
    (
        ImportKind::Logistics,
        "095200010000000034",
        "095200010000000035",
        "logistics.csv:4: sscc",
    ),
];

#[tokio::test]
async fn refusals_name_file_line_and_column_and_nothing_is_written() {
    let (_folder, store, programme) = with_everything().await;
    let before = changes(&store).await;
    for (kind, good, bad, place) in BAD {
        let file = String::from_utf8(demo(kind.file_name())).unwrap();
        let broken = file.replacen(good, bad, 1);
        assert!(file != broken, "{place}: the file no longer holds {good}");
        let report = take(&store, programme, kind, broken.as_bytes(), false).await;
        let told = report
            .refused
            .first()
            .map_or_else(String::new, ToString::to_string);
        assert!(told.starts_with(place), "{place}: {told}");
        assert!(told.contains("; "), "{told} says what to do");
    }
    assert_eq!(changes(&store).await, before);
}

#[tokio::test]
async fn refusals_in_json_name_the_field() {
    let (_folder, store, programme) = with_everything().await;
    let cases = [
        (
            ImportKind::Campaigns,
            "\"multiplier_bp\": 20000",
            "\"multiplier_bp\": 2",
            "campaigns.json: [0].multiplier_bp",
        ),
        (
            ImportKind::Campaigns,
            "\"duo-3-minutes\"",
            "\"duo-4-minutes\"",
            "campaigns.json: dawn.opens_with_lesson",
        ),
        (
            ImportKind::Tasks,
            "\"points\": 60",
            "\"points\": \"60\"",
            "tasks.json:21: character",
        ),
        (
            ImportKind::Lessons,
            "\"right\": 1",
            "\"right\": 9",
            "lessons.json: [0].questions[",
        ),
        (
            ImportKind::Tasks,
            "\"kind\": \"shelf_photo\"",
            "\"kind\": \"sing\"",
            "tasks.json: [0].kind",
        ),
    ];
    for (kind, good, bad, place) in cases {
        let file = String::from_utf8(demo(kind.file_name())).unwrap();
        let broken = file.replacen(good, bad, 1);
        assert!(file != broken, "{place}: the file no longer holds {good}");
        let report = take(&store, programme, kind, broken.as_bytes(), false).await;
        let told = report
            .refused
            .first()
            .map_or_else(String::new, ToString::to_string);
        assert!(told.starts_with(place), "{place}: {told}");
    }
}

#[tokio::test]
async fn a_refused_row_keeps_its_good_neighbours_out_too() {
    let (_folder, store, programme) = with_everything().await;
    let before = changes(&store).await;
    let file = String::from_utf8(demo("outlets.csv")).unwrap();
    let mixed = file
        .replacen("Elkiosken Aarhus,", "Elkiosken Centrum,", 1)
        .replacen("elk-odense,elkiosken", "elk-odense,elkjosken", 1);
    let report = take(
        &store,
        programme,
        ImportKind::Outlets,
        mixed.as_bytes(),
        false,
    )
    .await;
    assert_eq!((report.refused.len(), report.changed), (1, 0));
    assert_eq!(changes(&store).await, before);
}
