//! Staff lists, owners, segments and shares; codes of recommendation; shipments and policies.

use carrot_rules::entity::{Deciding, EvidencePolicy, ReferralCode, SellIn, Staff, StaffMember};

use super::*;

/// The demo's people with two more columns; who is not named has empty cells there.
fn people_with(cells: &[(&str, &str, &str)]) -> String {
    let file = String::from_utf8(demo("people.csv")).unwrap();
    let mut lines = file.lines();
    let mut text = format!("{},segments,share\n", lines.next().unwrap());
    for line in lines {
        let of = |cell: &&(&str, &str, &str)| line.starts_with(&format!("{},", cell.0));
        let (segments, share) = cells
            .iter()
            .find(of)
            .map_or(("", ""), |cell| (cell.1, cell.2));
        text.push_str(&format!("{line},{segments},{share}\n"));
    }
    text
}

async fn staff_of(store: &Store, programme: Uuid, outlet: &str) -> Vec<StaffMember> {
    let id = outlet_id(programme, outlet).to_string();
    let staff: Option<Staff> = store.entity(programme, &id).await.unwrap();
    staff.unwrap().people
}

async fn person(store: &Store, programme: Uuid, code: &str) -> Participant {
    let id = participant_id(programme, code).to_string();
    store.entity(programme, &id).await.unwrap().unwrap()
}

#[tokio::test]
async fn f116_an_outlets_staff_and_owner_follow_the_file() {
    let (_folder, store, programme) = with_everything().await;
    let staff = staff_of(&store, programme, "elk-aarhus").await;
    let mette = participant_id(programme, "mette");
    let lars = participant_id(programme, "lars");
    assert!(staff.is_sorted_by_key(|member| member.participant));
    let of = |id: Uuid| staff.iter().find(|member| member.participant == id);
    assert_eq!(
        (of(mette).unwrap().share, of(mette).unwrap().until_ms),
        (1, None)
    );
    assert!(of(lars).is_some(), "the owner works there too");
    let outlet = outlet_id(programme, "elk-aarhus").to_string();
    let shop: Outlet = store.entity(programme, &outlet).await.unwrap().unwrap();
    assert_eq!(shop.owner, Some(lars));
    let lviv = staff_of(&store, programme, "kav-lviv").await;
    let kyiv = staff_of(&store, programme, "kav-kyiv").await;
    let oksana = participant_id(programme, "oksana");
    for list in [lviv, kyiv] {
        assert!(list.iter().any(|member| member.participant == oksana));
    }
    // The same outlets once more do not forget the owner.
    take(
        &store,
        programme,
        ImportKind::Outlets,
        &demo("outlets.csv"),
        false,
    )
    .await;
    let shop: Outlet = store.entity(programme, &outlet).await.unwrap().unwrap();
    assert_eq!(shop.owner, Some(lars));
}

#[tokio::test]
async fn f116_a_leaver_stays_on_the_list_with_an_end_and_the_owner_goes() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(NOW_MS));
    let shared: Arc<dyn crate::Clock> = Arc::<ManualClock>::clone(&clock);
    let store = Store::open_with_clock(folder.path(), shared).await.unwrap();
    let (programme, _) = import_programme(&store, "programme.json", &demo("programme.json"), false)
        .await
        .unwrap();
    for kind in &IMPORT_KINDS[..3] {
        take(&store, programme, *kind, &demo(kind.file_name()), false).await;
    }
    clock.set(NOW_MS + 1_000);
    let file = String::from_utf8(demo("people.csv")).unwrap();
    let gone = file.replace(
        "lars@elkiosken.example,da,elk-aarhus",
        "lars@elkiosken.example,da,",
    );
    assert_ne!(file, gone);
    take(
        &store,
        programme,
        ImportKind::People,
        gone.as_bytes(),
        false,
    )
    .await;
    let staff = staff_of(&store, programme, "elk-aarhus").await;
    let lars = participant_id(programme, "lars");
    let left = staff
        .iter()
        .find(|member| member.participant == lars)
        .unwrap();
    assert_eq!(
        (left.from_ms, left.until_ms),
        (NOW_MS, Some(NOW_MS + 1_000))
    );
    let outlet = outlet_id(programme, "elk-aarhus").to_string();
    let shop: Outlet = store.entity(programme, &outlet).await.unwrap().unwrap();
    assert_eq!(shop.owner, None);
    let known = person(&store, programme, "lars").await;
    assert_eq!(known.joined_ms, NOW_MS);
}

#[tokio::test]
async fn f116_a_new_share_begins_a_new_employment() {
    let (_folder, store, programme) = with_everything().await;
    let first = people_with(&[("mette", "top new", "3")]);
    take(
        &store,
        programme,
        ImportKind::People,
        first.as_bytes(),
        false,
    )
    .await;
    let mette = person(&store, programme, "mette").await;
    assert_eq!(mette.segments, ["new", "top"]);
    let shares: Vec<i64> = mette.employments.iter().map(|job| job.share).collect();
    assert_eq!(shares, [3], "what began and ended at once never was");
    let staff = staff_of(&store, programme, "elk-aarhus").await;
    let of = |member: &&StaffMember| member.participant == mette.id;
    assert_eq!(staff.iter().find(of).unwrap().share, 3);
    // A file without the columns leaves both as they are.
    let report = take(
        &store,
        programme,
        ImportKind::People,
        &demo("people.csv"),
        false,
    )
    .await;
    assert!(!report.changes());
    let known = person(&store, programme, "mette").await;
    assert_eq!((known.segments.len(), known.employments[0].share), (2, 3));
    // An empty cell of the column takes the segments away.
    let none = people_with(&[]);
    take(
        &store,
        programme,
        ImportKind::People,
        none.as_bytes(),
        false,
    )
    .await;
    assert!(person(&store, programme, "mette").await.segments.is_empty());
    let bad = people_with(&[("mette", "Top", "")]);
    let report = take(&store, programme, ImportKind::People, bad.as_bytes(), false).await;
    assert_eq!(report.refused[0].column, "segments");
}

#[tokio::test]
async fn f078_everybody_has_a_code_of_their_own_to_recommend_with() {
    let (_folder, store, programme) = with_everything().await;
    let codes: Vec<(String, ReferralCode)> = store
        .entities(programme, &EntityFilter::all())
        .await
        .unwrap();
    let people: std::collections::BTreeSet<Uuid> =
        codes.iter().map(|(_, code)| code.participant).collect();
    assert!(people.contains(&participant_id(programme, "mette")));
    assert_eq!(people.len(), codes.len());
    let told = |code: &str| code.len() == 8 && code.chars().all(|c| c.is_ascii_alphanumeric());
    assert!(codes.iter().all(|(code, _)| told(code)));
}

async fn sell_in(store: &Store, programme: Uuid) -> SellIn {
    let outlet = outlet_id(programme, "elk-aarhus");
    let id = format!("{outlet}:09520001000010");
    store.entity(programme, &id).await.unwrap().unwrap()
}

#[tokio::test]
async fn f127_a_shipment_counts_once_by_its_document() {
    let (_folder, store, programme) = with_everything().await;
    assert_eq!(sell_in(&store, programme).await.shipped, 120);
    let head = "outlet,product,pieces,shipped,document\n";
    let more = format!("{head}elk-aarhus,9520001000010,30,2026-09-01,DN-2\n");
    for _ in 0..2 {
        take(
            &store,
            programme,
            ImportKind::Shipments,
            more.as_bytes(),
            false,
        )
        .await;
        assert_eq!(sell_in(&store, programme).await.shipped, 150);
    }
    let corrected = more.replace(",30,", ",28,");
    take(
        &store,
        programme,
        ImportKind::Shipments,
        corrected.as_bytes(),
        false,
    )
    .await;
    let back = format!("{head}elk-aarhus,9520001000010,-8,2026-09-02,RN-1\n");
    take(
        &store,
        programme,
        ImportKind::Shipments,
        back.as_bytes(),
        false,
    )
    .await;
    assert_eq!(sell_in(&store, programme).await.shipped, 140);
    for (good, bad, column) in [
        ("elk-aarhus", "elk-nowhere", "outlet"),
        ("9520001000010", "9520001009990", "product"),
        ("2026-09-01", "1 September", "shipped"),
    ] {
        let file = more.replace(good, bad);
        let report = take(
            &store,
            programme,
            ImportKind::Shipments,
            file.as_bytes(),
            false,
        )
        .await;
        assert_eq!(report.refused[0].column, column, "{:?}", report.refused);
    }
}

#[tokio::test]
async fn f112_policies_are_dated_and_a_later_file_adds_to_them() {
    let (_folder, store, programme) = with_everything().await;
    let head = "outlet,deciding,from,till_window_hours\n";
    let more = format!("{head}elk-kobenhavn,code,2026-10-10,24\n");
    take(
        &store,
        programme,
        ImportKind::Policies,
        more.as_bytes(),
        false,
    )
    .await;
    let id = outlet_id(programme, "elk-kobenhavn").to_string();
    let policy: EvidencePolicy = store.entity(programme, &id).await.unwrap().unwrap();
    // Midnight of 10 October in Copenhagen is 22:00 of the day before in UTC.
    let from_ms = 1_791_590_400_000 - 2 * 3_600_000;
    let at = |ms: i64| {
        policy
            .at(ms)
            .map(|step| (step.deciding, step.till_window_ms))
    };
    assert_eq!(policy.steps[1].from_ms, from_ms);
    assert_eq!(at(from_ms - 1), Some((Deciding::Till, 48 * 3_600_000)));
    assert_eq!(at(from_ms), Some((Deciding::Code, 24 * 3_600_000)));
    assert_eq!(at(0), None);
}
