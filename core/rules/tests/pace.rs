//! Reports that come faster than people work or from further apart than they travel: the managers
//! hear of it once a day, and nobody loses anything.

mod common;

use carrot_rules::decide::Context;
use carrot_rules::entity::{ONLY, Outlet, Pace, Review, RuleSet};
use carrot_rules::outcome::Class;
use carrot_rules::ruleset::Limits;
use common::*;

const MINUTE_MS: i64 = 60_000;

fn signals(world: &World, code: &str) -> Vec<Review> {
    let all = world.all::<Review>().into_iter();
    all.filter(|review| review.kind == "signal" && review.subject == code)
        .collect()
}

/// Claims a fresh code `minutes` after the world's beginning.
fn claim_at(world: &mut World, number: u128, outlet: Option<uuid::Uuid>, minutes: i64) -> Class {
    let code = format!("P{number}");
    world.ship(&code);
    let occurred_ms = world.now_ms + minutes * MINUTE_MS;
    let context = Context {
        occurred_ms,
        outlet,
        ..world.context(SELLER)
    };
    let now_ms = std::mem::replace(&mut world.now_ms, occurred_ms);
    let context = Context {
        now_ms: occurred_ms,
        ..context
    };
    let outcome = world.run(&claim_code(9_000 + number, &code), &context);
    world.now_ms = now_ms;
    outcome.class
}

/// A second shop so many kilometres north of the first.
fn shop_to_the_north(world: &mut World, km: i64) -> (uuid::Uuid, uuid::Uuid) {
    let here = world.context(SELLER).outlet.expect("an outlet");
    let text = |text: &str| text.to_owned();
    let first = Outlet {
        id: here,
        code: text("first"),
        partner: text("partner"),
        name: text("Shop"),
        address: String::new(),
        city: String::new(),
        country: text("DK"),
        currency: text("DKK"),
        time_zone: text("Europe/Copenhagen"),
        latitude_e6: 55_676_000,
        longitude_e6: 12_568_000,
        online: true,
        owner: None,
    };
    let there = Outlet {
        id: id(77_001),
        latitude_e6: first.latitude_e6 + km * 1_000_000_000 / 111_320,
        ..first.clone()
    };
    world.put(&here.to_string(), &first);
    world.put(&there.id.to_string(), &there);
    (here, there.id)
}

#[test]
fn f023_more_reports_in_an_hour_than_anybody_makes_are_a_signal_and_still_count() {
    let mut world = World::new();
    let limits = Limits {
        pace_limit_reports_per_hour_max: 5,
        ..Limits::default()
    };
    world.put(ONLY, &RuleSet { limits, ..rules() });
    let here = world.context(SELLER).outlet;
    for number in 0..5 {
        assert_eq!(claim_at(&mut world, number, here, 0), Class::Accepted);
    }
    assert_eq!(
        signals(&world, "many_reports").len(),
        0,
        "as many as allowed"
    );
    for number in 5..9 {
        assert_eq!(claim_at(&mut world, number, here, 0), Class::Accepted);
    }
    let told = signals(&world, "many_reports");
    assert_eq!(told.len(), 1, "once a day");
    assert_eq!(told[0].because[0].params["reports"], 6);
    assert_eq!(world.active(SELLER), 9 * 120, "nobody loses anything");
    assert_eq!(
        world
            .get::<Pace>(&id(SELLER).to_string())
            .expect("a pace")
            .reports,
        9
    );
}

#[test]
fn f023_two_places_too_far_apart_for_the_time_between_are_a_signal() {
    for (km, minutes, told) in [
        (100, 10, 1),
        (100, 31, 0),
        (1, 0, 0),
        (300, 80, 1),
        (300, 95, 0),
    ] {
        let mut world = World::new();
        let (here, there) = shop_to_the_north(&mut world, km);
        claim_at(&mut world, 1, Some(here), 0);
        claim_at(&mut world, 2, Some(there), minutes);
        let signals = signals(&world, "far_apart");
        assert_eq!(signals.len(), told, "{km} km in {minutes} minutes");
        if let Some(signal) = signals.first() {
            let said = signal.because[0].params["km"].as_i64().expect("kilometres");
            assert!((said - km).abs() <= 1, "{said} of {km}");
            assert_eq!(signal.because[0].params["minutes"], minutes);
        }
    }
}

#[test]
fn east_and_west_are_shorter_in_the_north_and_the_date_line_is_no_distance() {
    for (from, to, minutes, told) in [
        // 100 km along the 60th parallel are 1.8 degrees.
        ((60_000_000, 10_000_000), (60_000_000, 11_796_000), 31, 0),
        ((60_000_000, 10_000_000), (60_000_000, 11_796_000), 25, 1),
        (
            (-17_000_000, 179_990_000),
            (-17_000_000, -179_999_000),
            1,
            0,
        ),
    ] {
        let mut world = World::new();
        let (here, there) = shop_to_the_north(&mut world, 1);
        for (id, (latitude_e6, longitude_e6)) in [(here, from), (there, to)] {
            let outlet: Outlet = world.get(&id.to_string()).expect("the outlet");
            let outlet = Outlet {
                latitude_e6,
                longitude_e6,
                ..outlet
            };
            world.put(&id.to_string(), &outlet);
        }
        claim_at(&mut world, 1, Some(here), 0);
        claim_at(&mut world, 2, Some(there), minutes);
        assert_eq!(signals(&world, "far_apart").len(), told, "{from:?} {to:?}");
    }
}

#[test]
fn a_report_that_comes_late_changes_neither_hour_nor_place() {
    let pace = Pace::default().with(7_200_000, Some(id(1)));
    assert_eq!(pace.with(3_599_999, Some(id(2))), pace);
    assert_eq!(pace.with(7_200_001, None).reports, 2);
    assert_eq!(pace.with(7_200_001, None).outlet, Some(id(1)));
}
