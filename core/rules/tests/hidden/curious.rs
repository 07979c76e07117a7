//! A programme whose rules ask about everything that a place may not know.

use carrot_rules::RuleSet;
use carrot_rules::entity::{
    Card, LessonResult, ONLY, Outlet, Referral, Series, SeriesKind, SeriesLevel, Staff,
    StaffMember, Stage,
};
use carrot_rules::ledger::{Account, Name};
use carrot_rules::ruleset::{
    Band, Budget, Counted, Effect, Gives, Ladder, Limit, Limits, Number, Per, Predicate, Rate,
    Rule, Share, Subject, Tally, TextField, TierStep, Trigger, Who, Window,
};

use crate::common::{self, BUYER, DUO, OTHER_SELLER, SELLER, SHOP, World, id};

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn tally(id: &str, subject: Subject, counts: Counted, within: Window) -> Tally {
    Tally {
        id: id.to_owned(),
        subject,
        on: Trigger::Sale,
        when: Predicate::default(),
        counts,
        within,
    }
}

fn is(field: TextField, value: &str) -> Predicate {
    Predicate::Is {
        field,
        values: vec![value.to_owned()],
    }
}

/// Rules of the seller's side that ask about everything that a place may not know.
fn sellers_rules() -> Vec<Rule> {
    let rule = |id: &str, who, effect| Rule::of_sale(id, who, effect);
    vec![
        Rule {
            when: Predicate::All(vec![
                is(TextField::Product, DUO),
                Predicate::Lesson("duo".to_owned()),
            ]),
            ..rule("lesson", Who::Seller, Effect::Multiply { rate_bp: 20_000 })
        },
        Rule {
            when: is(TextField::City, "Aarhus"),
            ..rule("city", Who::Seller, Effect::PerUnit { points: 7 })
        },
        Rule {
            when: Predicate::Any(vec![
                is(TextField::Role, "owner"),
                Predicate::Tier {
                    ladder: "ladder".to_owned(),
                    at_least: "gold".to_owned(),
                },
            ]),
            group: Some("best".to_owned()),
            ..rule("tier", Who::Seller, Effect::PerUnit { points: 9 })
        },
        Rule {
            group: Some("best".to_owned()),
            ..rule("plain", Who::Seller, Effect::PerUnit { points: 5 })
        },
        Rule {
            limits: vec![Limit {
                per: Per::Outlet,
                within: Window::Month,
                points_max: Some(20),
                times_max: None,
            }],
            budget: Some(name("spring")),
            to: vec![
                Share {
                    who: Who::Seller,
                    share_bp: 6_000,
                },
                Share {
                    who: Who::Owner,
                    share_bp: 3_000,
                },
                Share {
                    who: Who::Staff,
                    share_bp: 1_000,
                },
            ],
            ..rule("spring", Who::Seller, Effect::Fixed { points: 30 })
        },
    ]
}

/// The same of the buyer's side.
fn buyers_rules() -> Vec<Rule> {
    let rule = |id: &str, who, effect| Rule::of_sale(id, who, effect);
    let earned = Number::Tally("earned".to_owned());
    vec![
        Rule {
            when: Predicate::Between {
                number: earned.clone(),
                from: Some(1),
                to: None,
            },
            limits: vec![Limit {
                per: Per::Person,
                within: Window::Ever,
                points_max: None,
                times_max: Some(1),
            }],
            ..rule("once", Who::Buyer, Effect::Fixed { points: 11 })
        },
        Rule {
            when: Predicate::Referred(true),
            to: Share::all(Who::Referrer),
            ..rule(
                "levels",
                Who::Referrer,
                Effect::Levels {
                    of: Box::new(Effect::PerUnit { points: 40 }),
                    shares_bp: vec![5_000, 1_000],
                },
            )
        },
        rule(
            "rolling",
            Who::Buyer,
            Effect::Percent {
                currency: "DKK".to_owned(),
                rate: Rate::Banded {
                    by: earned,
                    bands: vec![
                        Band {
                            from: 0,
                            to: Some(5),
                            rate_bp: 0,
                        },
                        Band {
                            from: 5,
                            to: None,
                            rate_bp: 500,
                        },
                    ],
                },
                gives: Gives::Discount,
            },
        ),
    ]
}

/// A set that asks about everything that a place may not know.
fn curious() -> RuleSet {
    RuleSet {
        rules: [sellers_rules(), buyers_rules()].concat(),
        tallies: vec![
            tally("earned", Subject::Buyer, Counted::Pieces, Window::Days(90)),
            tally("sold", Subject::Seller, Counted::Points, Window::Year),
        ],
        ladders: vec![Ladder {
            id: "ladder".to_owned(),
            tally: "sold".to_owned(),
            steps: vec![
                TierStep {
                    code: "base".to_owned(),
                    title: Default::default(),
                    from: 0,
                },
                TierStep {
                    code: "gold".to_owned(),
                    title: Default::default(),
                    from: 100,
                },
            ],
            grace_days: 2,
        }],
        budgets: vec![Budget {
            id: name("spring"),
            points: 50,
            funder: None,
            gross_up_bp: 3_000,
        }],
        limits: Limits {
            liability_points_max: Some(10_000),
            ..Limits::default()
        },
        ..common::rules()
    }
}

/// The programme with everything known.
pub fn curious_world() -> World {
    let mut world = World::new();
    world.put(ONLY, &curious());
    let outlet: Outlet = serde_json::from_value(serde_json::json!({
        "id": id(SHOP), "code": "A1", "partner": "nord", "name": "", "address": "", "city": "Aarhus",
        "country": "DK", "currency": "DKK", "time_zone": "UTC", "latitude_e6": 0, "longitude_e6": 0,
        "online": true, "owner": id(OTHER_SELLER)
    }))
    .unwrap();
    world.put(&id(SHOP).to_string(), &outlet);
    let people = [SELLER, OTHER_SELLER].map(|person| StaffMember {
        participant: id(person),
        share: 1,
        from_ms: 0,
        until_ms: None,
    });
    world.put(
        &id(SHOP).to_string(),
        &Staff {
            people: people.to_vec(),
        },
    );
    let passed = LessonResult {
        lesson: "duo".to_owned(),
        right: 3,
        passed: true,
        tries: 1,
        first_ms: 0,
    };
    world.put(&format!("{}:duo", id(SELLER)), &passed);
    world.put(
        &id(BUYER).to_string(),
        &Referral {
            referrer: id(OTHER_SELLER),
            at_ms: 0,
        },
    );
    world.put(
        "card-1",
        &Card {
            participant: id(BUYER),
        },
    );
    for (account, points) in [
        (Account::Budget(name("spring")), 50),
        (Account::Issuance, -50),
    ] {
        *world.balances.entry(account).or_default() += points;
    }
    world.ship("CODE1");
    world
}

/// A shipped series of pieces in cartons.
pub fn series() -> Series {
    let level = |name: &str, pieces| SeriesLevel {
        name: name.to_owned(),
        pieces,
    };
    Series {
        code: "spring".to_owned(),
        product: DUO.to_owned(),
        kind: SeriesKind::Signed,
        levels: vec![level("unit", 1), level("carton", 10)],
        pieces: 100,
        serial_first: None,
        stage: Stage::Shipped,
        outlet: None,
        made_ms: 0,
        ends_ms: None,
    }
}
