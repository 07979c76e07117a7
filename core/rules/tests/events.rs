//! Measured events: by a manager for somebody, by people for themselves; once, each time, with a cap.

mod common;

use carrot_rules::command::{Command, EventRecord, ReviewDecide};
use carrot_rules::entity::{MeasuredEvent, ONLY, Participant, Review};
use carrot_rules::outcome::{Class, Outcome};
use carrot_rules::ruleset::{Effect, Limit, Per, Rule, RuleSet, Trigger, Who, Window};
use common::*;

const MANAGER: u128 = 7;
const DAY_MS: i64 = 24 * HOUR_MS;

fn world(rules: Vec<Rule>) -> World {
    let mut world = World::new();
    let set = RuleSet {
        rules,
        ..self::rules()
    };
    world.put(ONLY, &set);
    let manager = Participant {
        id: id(MANAGER),
        role: "manager".to_owned(),
        employments: Vec::new(),
        segments: Vec::new(),
        joined_ms: 0,
    };
    world.put(&id(MANAGER).to_string(), &manager);
    world
}

fn measured(name: &str, step: i64, points: i64) -> Rule {
    Rule {
        trigger: Trigger::Event(name.to_owned()),
        ..Rule::of_sale(name, Who::Buyer, Effect::PerMeasure { step, points })
    }
}

fn fixed(name: &str, points: i64, limit: Limit) -> Rule {
    Rule {
        trigger: Trigger::Event(name.to_owned()),
        limits: vec![limit],
        ..Rule::of_sale(name, Who::Buyer, Effect::Fixed { points })
    }
}

fn times(within: Window, times_max: i64) -> Limit {
    Limit {
        per: Per::Person,
        within,
        points_max: None,
        times_max: Some(times_max),
    }
}

fn event(number: u128, name: &str, value: i64, person: u128) -> EventRecord {
    EventRecord {
        event_id: id(number),
        name: name.to_owned(),
        value,
        participant: id(person),
        at_ms: None,
    }
}

fn record(world: &mut World, actor: u128, event: &EventRecord) -> Outcome {
    let mut context = world.context(actor);
    context.outlet = None;
    world.run(&Command::EventRecord(event.clone()), &context)
}

#[test]
fn f004_a_manager_records_kilograms_and_steps_and_they_count_at_once() {
    let mut world = world(vec![
        measured("kilograms-saved", 10, 3),
        measured("steps-walked", 1_000, 1),
    ]);
    let outcome = record(
        &mut world,
        MANAGER,
        &event(80, "kilograms-saved", 57, SELLER),
    );
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    // Five full tens of 57, three points each.
    assert_eq!(world.active(SELLER), 15);
    record(
        &mut world,
        MANAGER,
        &event(81, "steps-walked", 8_999, SELLER),
    );
    assert_eq!(world.active(SELLER), 15 + 8);
    record(
        &mut world,
        MANAGER,
        &event(82, "steps-walked", -5_000, SELLER),
    );
    assert_eq!(world.active(SELLER), 23, "a negative value has no steps");
    let known: MeasuredEvent = world.get(&id(80).to_string()).unwrap();
    assert_eq!((known.value, known.recorded_by), (57, id(MANAGER)));
}

#[test]
fn f004_the_same_event_counts_once_and_unknown_ones_not_at_all() {
    let mut world = world(vec![measured("steps-walked", 1_000, 1)]);
    let walked = event(80, "steps-walked", 4_000, SELLER);
    record(&mut world, MANAGER, &walked);
    let again = record(&mut world, MANAGER, &walked);
    assert_eq!(
        (again.class, again.code.as_str()),
        (Class::Rejected, "already_recorded")
    );
    assert_eq!(world.active(SELLER), 4);
    let refused = |world: &mut World, actor, event: EventRecord| record(world, actor, &event).code;
    let unknown = event(81, "steps-run", 4_000, SELLER);
    assert_eq!(refused(&mut world, MANAGER, unknown), "event_unknown");
    let others = event(82, "steps-walked", 4_000, OTHER_SELLER);
    assert_eq!(refused(&mut world, SELLER, others), "not_permitted");
    let nobody = event(83, "steps-walked", 4_000, 999);
    assert_eq!(refused(&mut world, MANAGER, nobody), "unknown_member");
    let mut tomorrow = event(84, "steps-walked", 4_000, SELLER);
    tomorrow.at_ms = Some(world.now_ms + 1);
    assert_eq!(refused(&mut world, MANAGER, tomorrow), "bad_input");
    let mut old = event(85, "steps-walked", 4_000, SELLER);
    old.at_ms = Some(world.now_ms - 31 * DAY_MS);
    assert_eq!(refused(&mut world, MANAGER, old), "too_late");
    let huge = event(86, "steps-walked", i64::MAX, SELLER);
    assert_eq!(refused(&mut world, MANAGER, huge), "bad_amount");
    assert_eq!(world.active(SELLER), 4);
}

#[test]
fn f020_what_people_record_for_themselves_waits_for_a_look() {
    let mut world = world(vec![measured("steps-walked", 1_000, 1)]);
    for (number, approve, active) in [(80, true, 6), (81, false, 6)] {
        let outcome = record(
            &mut world,
            SELLER,
            &event(number, "steps-walked", 6_000, SELLER),
        );
        assert_eq!(outcome.pending[0].code, "awaits_review");
        assert_eq!(world.pending(SELLER), 6);
        let reviews = world.all::<Review>();
        let open = reviews
            .iter()
            .find(|review| review.status == "open")
            .unwrap();
        assert_eq!((open.kind.as_str(), open.points), ("event", 6));
        let decision = ReviewDecide {
            review_id: open.id.clone(),
            approve,
            reason: "looked at the watch".to_owned(),
        };
        let context = world.context(APPROVER);
        let decided = world.run(&Command::ReviewDecide(decision), &context);
        assert_eq!(decided.class, Class::Accepted, "{decided:?}");
        assert_eq!((world.active(SELLER), world.pending(SELLER)), (active, 0));
    }
}

#[test]
fn f020_ones_own_word_counts_for_nothing_before_somebody_approved_it() {
    use carrot_rules::entity::{ONLY, Tallied};
    use carrot_rules::ruleset::{Counted, Subject, Tally, Trigger};
    let mut world = world(vec![measured("steps-walked", 1_000, 1)]);
    let mut set: carrot_rules::RuleSet = world.get(ONLY).unwrap();
    set.tallies.push(Tally {
        id: "steps".to_owned(),
        subject: Subject::Buyer,
        on: Trigger::Event("steps-walked".to_owned()),
        when: Default::default(),
        counts: Counted::Value,
        within: Window::Ever,
    });
    world.put(ONLY, &set);
    let counted = |world: &World| {
        let tallied = world.get::<Tallied>(&format!("steps:{}", id(SELLER)));
        tallied.map_or(0, |tallied| tallied.ever)
    };
    for (number, approve, steps) in [(80, false, 0), (81, true, 6_000)] {
        let walked = event(number, "steps-walked", 6_000, SELLER);
        record(&mut world, SELLER, &walked);
        let reviews = world.all::<Review>();
        let open = reviews.iter().find(|review| review.status == "open");
        let decision = ReviewDecide {
            review_id: open.unwrap().id.clone(),
            approve,
            reason: String::new(),
        };
        let before = counted(&world);
        let context = world.context(APPROVER);
        world.run(&Command::ReviewDecide(decision), &context);
        assert_eq!((before, counted(&world)), (0, steps));
    }
}

#[test]
fn f020_a_managers_own_event_waits_too() {
    let mut world = world(vec![measured("steps-walked", 1_000, 1)]);
    record(
        &mut world,
        MANAGER,
        &event(80, "steps-walked", 6_000, MANAGER),
    );
    assert_eq!((world.active(MANAGER), world.pending(MANAGER)), (0, 6));
}

#[test]
fn f005_the_e_invoice_is_rewarded_once_for_each_person() {
    let mut world = world(vec![fixed("e-invoice", 100, times(Window::Ever, 1))]);
    for number in 80..83 {
        record(&mut world, MANAGER, &event(number, "e-invoice", 1, BUYER));
    }
    record(&mut world, MANAGER, &event(90, "e-invoice", 1, SELLER));
    assert_eq!((world.active(BUYER), world.active(SELLER)), (100, 100));
    world.now_ms += 400 * DAY_MS;
    record(&mut world, MANAGER, &event(91, "e-invoice", 1, BUYER));
    assert_eq!(world.active(BUYER), 100, "once is once");
}

#[test]
fn f006_each_attempt_is_rewarded_up_to_the_days_cap() {
    let mut world = world(vec![fixed("new-function", 7, times(Window::Day, 3))]);
    for number in 80..85 {
        record(
            &mut world,
            MANAGER,
            &event(number, "new-function", 1, SELLER),
        );
    }
    assert_eq!(world.active(SELLER), 21);
    world.now_ms += DAY_MS;
    record(&mut world, MANAGER, &event(90, "new-function", 1, SELLER));
    assert_eq!(world.active(SELLER), 28);
}
