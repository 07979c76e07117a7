//! Guessing codes: who guesses gets nothing and waits; honest people behind the same address, on the
//! same device and in the same programme are paid, or at the worst wait for a look.

mod common;

use carrot_rules::command::{Command, Evidence};
use carrot_rules::decide::{Context, decide};
use carrot_rules::entity::{Code, GUESS_WINDOW_MS, Guess, ONLY, Participant, Review, RuleSet};
use carrot_rules::outcome::{Class, Outcome};
use carrot_rules::ruleset::Limits;
use common::*;

const SECOND_MS: i64 = 1_000;

/// The address's counter stands in for the host's.
fn claim(world: &mut World, actor: u128, device: u128, address: Guess, code: &str) -> Outcome {
    let context = Context {
        device: id(device),
        address,
        ..world.context(actor)
    };
    let number = context.command_id.as_u128() + 1_000_000;
    world.run(&claim_code(number, code), &context)
}

fn people(world: &mut World, first: u128, count: u128) {
    let seller: Participant = world.get(&id(SELLER).to_string()).unwrap();
    for number in first..first + count {
        let person = Participant {
            id: id(number),
            ..seller.clone()
        };
        world.put(&id(number).to_string(), &person);
    }
}

fn limits(world: &mut World, limits: Limits) {
    let set = RuleSet { limits, ..rules() };
    world.put(ONLY, &set);
}

fn signals(world: &World, code: &str) -> Vec<Review> {
    let all = world.all::<Review>().into_iter();
    all.filter(|review| review.kind == "signal" && review.subject == code)
        .collect()
}

#[test]
fn wrong_codes_are_counted_and_then_told_to_wait() {
    let mut world = World::new();
    let most = Limits::default().guess_limit_person_per_hour_max;
    for guess in 0..most {
        let outcome = claim(
            &mut world,
            SELLER,
            21,
            Guess::default(),
            &format!("W{guess}"),
        );
        assert_eq!(outcome.code, "code_unknown", "{guess}");
    }
    let outcome = claim(&mut world, SELLER, 21, Guess::default(), "W99");
    assert_eq!(
        (outcome.class, outcome.code.as_str()),
        (Class::Rejected, "too_many_wrong_codes")
    );
    let until_ms = outcome.params["until_ms"].as_i64().unwrap();
    assert!(until_ms > world.now_ms && until_ms <= world.now_ms + 2 * GUESS_WINDOW_MS);
    assert_eq!(
        signals(&world, "many_wrong_codes").len(),
        1,
        "the managers are told once"
    );
    // Nothing more happens: at the instant that was named the answer is the usual one again.
    world.now_ms = until_ms + GUESS_WINDOW_MS;
    let outcome = claim(&mut world, SELLER, 21, Guess::default(), "W100");
    assert_eq!(outcome.code, "code_unknown");
}

#[test]
fn a_right_code_holds_and_waits_for_a_look_while_its_sender_is_over_the_limit() {
    let mut world = World::new();
    for code in ["C1", "C2", "C3"] {
        world.ship(code);
    }
    for guess in 0..50 {
        claim(
            &mut world,
            SELLER,
            21,
            Guess::default(),
            &format!("W{guess}"),
        );
    }
    let outcome = claim(&mut world, SELLER, 21, Guess::default(), "C1");
    assert_eq!(outcome.class, Class::Accepted);
    let waits = &outcome.awards[0].pending;
    assert!(
        waits
            .iter()
            .any(|because| because.code == "many_wrong_codes"),
        "{waits:?}"
    );
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 120));
    let claims = world
        .all::<Review>()
        .into_iter()
        .filter(|review| review.kind == "claim");
    assert_eq!(claims.count(), 1);
    // Somebody else on another device is paid at once.
    claim(&mut world, OTHER_SELLER, 22, Guess::default(), "C2");
    assert_eq!(world.active(OTHER_SELLER), 120);
    // Two hours later so is the first one.
    world.now_ms += 3 * GUESS_WINDOW_MS;
    claim(&mut world, SELLER, 21, Guess::default(), "C3");
    assert_eq!(world.active(SELLER), 120);
}

#[test]
fn every_limit_is_a_setting_of_the_programme() {
    let none = Limits {
        guess_limit_person_per_hour_max: 1_000,
        guess_limit_device_per_hour_max: 1_000,
        guess_limit_address_per_hour_max: 1_000,
        guess_limit_programme_per_hour_max: 1_000,
        ..Limits::default()
    };
    let three = |change: fn(&mut Limits)| {
        let mut limits = none.clone();
        change(&mut limits);
        limits
    };
    for (name, set, waits) in [
        ("none", none.clone(), false),
        (
            "person",
            three(|l| l.guess_limit_person_per_hour_max = 3),
            true,
        ),
        (
            "device",
            three(|l| l.guess_limit_device_per_hour_max = 3),
            true,
        ),
        (
            "address",
            three(|l| l.guess_limit_address_per_hour_max = 3),
            true,
        ),
        // The programme's limit slows wrong codes down and never touches right ones.
        (
            "programme",
            three(|l| l.guess_limit_programme_per_hour_max = 3),
            false,
        ),
    ] {
        let mut world = World::new();
        limits(&mut world, set);
        world.ship("C1");
        let mut address = Guess::default();
        for guess in 0..3 {
            claim(&mut world, SELLER, 21, address, &format!("W{guess}"));
            address = address.with_one(world.now_ms, 100_000);
        }
        let wrong = claim(&mut world, SELLER, 21, address, "W9");
        let held = wrong.code == "too_many_wrong_codes";
        assert_eq!(held, name != "none", "{name}: {}", wrong.code);
        claim(&mut world, SELLER, 21, address, "C1");
        let paid = (world.active(SELLER), world.pending(SELLER));
        assert_eq!(paid, if waits { (0, 120) } else { (120, 0) }, "{name}");
    }
}

#[test]
fn a_guessed_code_is_no_proof_of_a_claim_that_waits() {
    let mut world = World::new();
    world.ship("C1");
    for guess in 0..50 {
        claim(
            &mut world,
            SELLER,
            21,
            Guess::default(),
            &format!("W{guess}"),
        );
    }
    let context = world.context(SELLER);
    world.run(&claim_receipt(60, "R1"), &context);
    let before = world.pending(SELLER);
    claim(&mut world, SELLER, 21, Guess::default(), "C1");
    assert_eq!(world.active(SELLER), 0);
    assert!(world.pending(SELLER) >= before);
}

/// An attacker guesses without end, with accounts as he likes, from the address where a hundred
/// honest people work, who now and then mistype.
#[test]
fn an_attacker_hits_nothing_and_nobody_honest_is_locked_out() {
    let mut world = World::new();
    people(&mut world, 100, 100);
    people(&mut world, 500, 20);
    let (mut address, mut guesses, mut hits) = (Guess::default(), 0, 0);
    let (mut right, mut held, mut later) = (0, 0, 0);
    for round in 0..600_i64 {
        world.now_ms += 5 * SECOND_MS;
        for guess in 0..5 {
            let account = 500 + (round * 5 + guess) as u128 % 20;
            let outcome = claim(
                &mut world,
                account,
                900 + account,
                address,
                &format!("W{round}-{guess}"),
            );
            guesses += 1;
            hits += i32::from(outcome.class == Class::Accepted);
            address = address.with_one(world.now_ms, 100_000);
        }
        let honest = 100 + (round % 100) as u128;
        if round % 25 == 0 {
            let typo = claim(&mut world, honest, honest, address, &format!("TYPO{round}"));
            assert_eq!(typo.class, Class::Rejected);
            address = address.with_one(world.now_ms, 100_000);
        }
        let code = format!("C{round}");
        world.ship(&code);
        let outcome = claim(&mut world, honest, honest, address, &code);
        right += 1;
        held += i32::from(outcome.class == Class::Accepted);
        later += i32::from(outcome.awards.iter().any(|award| !award.pending.is_empty()));
    }
    assert_eq!((guesses, hits), (3_000, 0));
    assert_eq!(held, right, "every right code holds");
    assert!(
        later > 0,
        "behind the attacker's address a person looks first"
    );
    let honest = |review: &&Review| review.kind == "signal" && review.participant < id(500);
    let blamed = world.all::<Review>().iter().filter(honest).count();
    assert!(blamed <= 100, "one signal a day at most: {blamed}");
    let kept = world.all::<Guess>();
    assert!(kept.len() < 300 && kept.iter().all(|guess| guess.later <= 10_001));
}

#[test]
fn a_code_that_was_never_printed_is_answered_like_any_unknown_one_and_leaves_a_signal() {
    let mut world = World::new();
    world.ship("C1");
    let canary = Code {
        status: "canary".to_owned(),
        ..world.get::<Code>("C1").unwrap()
    };
    world.put("CANARY", &canary);
    let context = world.context(SELLER);
    let decided = |world: &World, code: &str| {
        let command = claim_code(77, code);
        let facts = world.facts(&command, &context);
        decide(&command, &context, &facts)
    };
    let unknown = decided(&world, "UNKNOWN");
    let bird = decided(&world, "CANARY");
    assert_eq!(
        (unknown.class, unknown.code.as_str()),
        (Class::Rejected, "code_unknown")
    );
    let seen = |outcome: &Outcome| {
        (
            outcome.class,
            outcome.code.clone(),
            outcome.params.clone(),
            outcome.pending.clone(),
        )
    };
    assert_eq!(seen(&unknown), seen(&bird));
    assert!(bird.upserts.is_empty() && bird.transfers.is_empty() && bird.award_keys.is_empty());

    for _ in 0..2 {
        claim(&mut world, SELLER, 21, Guess::default(), "CANARY");
    }
    let signals = signals(&world, "canary_code");
    assert_eq!(signals.len(), 1, "once for a person and a code");
    assert_eq!((signals[0].participant, signals[0].points), (id(SELLER), 0));
    assert_eq!(signals[0].because[0].params["code"], "CANARY");
    assert_eq!(world.get::<Code>("CANARY").unwrap().status, "canary");
}

#[test]
fn a_signal_is_closed_without_moving_anything() {
    let mut world = World::new();
    for guess in 0..25 {
        claim(
            &mut world,
            SELLER,
            21,
            Guess::default(),
            &format!("W{guess}"),
        );
    }
    let review_id = signals(&world, "many_wrong_codes")[0].id.clone();
    let decision = carrot_rules::command::ReviewDecide {
        review_id: review_id.clone(),
        approve: true,
        reason: String::new(),
    };
    let context = world.context(APPROVER);
    let outcome = world.run(&Command::ReviewDecide(decision), &context);
    assert_eq!(outcome.class, Class::Accepted);
    assert!(outcome.transfers.is_empty());
    assert_eq!(world.get::<Review>(&review_id).unwrap().status, "approved");
}

#[test]
fn a_device_that_cannot_tell_counts_nothing() {
    let mut world = World::new();
    world.blind = true;
    let context = world.context(SELLER);
    let command = claim_code(60, "C1");
    let Command::ClaimSubmit(claim) = &command else {
        unreachable!()
    };
    assert!(matches!(claim.evidence, Evidence::Code { .. }));
    assert!(world.ask(&command, &context).noted.is_empty());
}
