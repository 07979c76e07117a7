//! What people try: being paid twice, with others' codes, at others' shops, for cancelled sales, with
//! a turned clock. And honest people who must not lose by the defences.

mod common;

use carrot_rules::command::{BuyerRef, Command, Cover, ReviewDecide, SaleRecord};
use carrot_rules::decide::{Context, ProofCheck};
use carrot_rules::entity::{Code, Contact, Stop};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::{Class, Outcome};
use common::*;

fn sell(world: &mut World, sale: SaleRecord) -> Outcome {
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(sale), &context)
}

fn act(world: &mut World, actor: u128, command: &Command) -> Outcome {
    let context = world.context(actor);
    world.run(command, &context)
}

fn refuse(world: &mut World, review_id: String) -> Outcome {
    let decision = ReviewDecide {
        review_id,
        approve: false,
        reason: "not sold there".to_owned(),
    };
    act(world, APPROVER, &Command::ReviewDecide(decision))
}

fn with_receipt(number: u128, seller: Option<u128>) -> SaleRecord {
    let mut basket = sale(number, vec![line(DUO, 2)]);
    basket.seller = seller.map(id);
    basket.receipt_key = Some("R1".to_owned());
    basket
}

#[test]
fn a_cancelled_sales_receipt_pays_nothing_by_itself() {
    let mut world = World::new();
    sell(&mut world, with_receipt(50, Some(SELLER)));
    act(&mut world, CASHIER, &void(50));
    act(&mut world, SELLER, &claim_receipt(60, "R1"));
    assert_eq!(world.active(SELLER), 0, "at most a person looks at it");
}

#[test]
fn waiting_does_not_make_one_piece_two() {
    let mut world = World::new();
    world.ship("C1");
    sell(&mut world, sale(50, vec![line(DUO, 1)]));
    world.now_ms += 49 * HOUR_MS;
    act(&mut world, SELLER, &claim_code(60, "C1"));
    assert_eq!(
        (world.active(SELLER), world.pending(SELLER)),
        (120, 120),
        "a person looks at the second"
    );
}

#[test]
fn a_claim_with_an_old_instant_is_looked_at() {
    let mut world = World::new();
    world.ship("C1");
    let mut context = world.context(SELLER);
    context.occurred_ms -= 73 * HOUR_MS;
    let outcome = world.run(&claim_code(60, "C1"), &context);
    assert_eq!(outcome.pending[0].code, "reported_late");
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 120));
}

#[test]
fn a_till_sale_elsewhere_makes_a_claim_wait() {
    let mut world = World::new();
    let mut code: Code = {
        world.ship("C1");
        world.get("C1").unwrap()
    };
    code.outlet = None;
    world.put("C1", &code);
    let mut context = world.context(CASHIER);
    context.outlet = Some(id(11));
    let mut person: carrot_rules::entity::Participant = world.get(&id(SELLER).to_string()).unwrap();
    let mut job = person.employments[0].clone();
    job.outlet = id(11);
    person.employments.push(job);
    world.put(&id(SELLER).to_string(), &person);
    world.run(&Command::SaleRecord(sale(50, vec![line(DUO, 1)])), &context);
    act(&mut world, SELLER, &claim_code(60, "C1"));
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 120));
}

#[test]
fn what_is_owed_is_taken_from_the_next_credit() {
    let mut world = World::new();
    sell(&mut world, sale(50, vec![line(DUO, 1)]));
    world.give(SELLER, -100);
    act(&mut world, CASHIER, &void(50));
    assert_eq!(world.balance(Account::Clawback(id(SELLER))), -100);
    sell(&mut world, sale(51, vec![line(DUO, 1)]));
    assert_eq!(world.balance(Account::Clawback(id(SELLER))), 0);
    assert_eq!(world.active(SELLER), 20);
}

#[test]
fn a_receipt_of_another_shop_waits() {
    let mut world = World::new();
    sell(&mut world, with_receipt(50, None));
    let mut context = world.context(OTHER_SELLER);
    context.outlet = Some(id(11));
    let outcome = world.run(&claim_receipt(60, "R1"), &context);
    let codes: Vec<_> = outcome
        .pending
        .iter()
        .map(|because| because.code.as_str())
        .collect();
    assert!(codes.contains(&"receipt_of_other_outlet") && codes.contains(&"not_employed_there"));
    assert_eq!(world.active(OTHER_SELLER), 0);
}

#[test]
fn a_refused_claim_leaves_the_code_to_who_sold_it() {
    let mut world = World::new();
    world.ship("C1");
    let mut context = world.context(OTHER_SELLER);
    context.outlet = Some(id(11));
    world.run(&claim_code(60, "C1"), &context);
    let review = format!("claim:{}", context.command_id);
    assert_eq!(refuse(&mut world, review).class, Class::Accepted);
    assert_eq!(world.pending(OTHER_SELLER), 0);
    let honest = act(&mut world, SELLER, &claim_code(61, "C1"));
    assert_eq!((honest.class, world.active(SELLER)), (Class::Accepted, 120));
}

#[test]
fn only_those_who_sell_may_claim() {
    let mut world = World::new();
    world.ship("C1");
    for actor in [BUYER, APPROVER, MERCHANDISER] {
        assert_eq!(
            act(&mut world, actor, &claim_code(60, "C1")).code,
            "not_permitted"
        );
    }
}

#[test]
fn a_seller_whom_nobody_knows_earns_nothing() {
    let mut world = World::new();
    let mut basket = sale(50, vec![line(DUO, 1)]);
    basket.seller = Some(id(777));
    let outcome = sell(&mut world, basket);
    assert_eq!(outcome.class, Class::Accepted, "goods were sold");
    assert_eq!(world.active(777), 0);
}

#[test]
fn an_absurd_sale_waits_for_a_person() {
    let mut world = World::new();
    let outcome = sell(&mut world, sale(50, vec![line(DUO, 1_000)]));
    assert_eq!(
        (outcome.class, outcome.code.as_str()),
        (Class::Parked, "above_limit")
    );
    assert_eq!(
        sell(&mut world, sale(51, vec![line(DUO, 10_001)])).code,
        "bad_amount"
    );
}

fn proven(world: &mut World) -> Context {
    let mut context = world.context(CASHIER);
    context.proof = ProofCheck::Valid {
        participant: id(BUYER),
        id: "proof".to_owned(),
    };
    context
}

#[test]
fn a_code_that_was_shown_to_earn_does_not_spend() {
    let mut world = World::new();
    world.give(BUYER, 900);
    let mut basket = sale(50, vec![line(BEANS, 1)]);
    basket.buyer = Some(BuyerRef::Proof {
        participant: id(BUYER),
        proof: "x".to_owned(),
    });
    let context = proven(&mut world);
    world.run(&Command::SaleRecord(basket), &context);
    let context = proven(&mut world);
    let outcome = world.run(&Command::RewardRedeem(redeem(70, Cover::Online)), &context);
    assert_eq!(outcome.code, "proof_used");
}

#[test]
fn a_stranger_spends_nothing() {
    let mut world = World::new();
    let mut wish = redeem(70, Cover::Online);
    wish.participant = id(777);
    let mut context = proven(&mut world);
    context.proof = ProofCheck::Valid {
        participant: id(777),
        id: "proof".to_owned(),
    };
    let outcome = world.run(&Command::RewardRedeem(wish), &context);
    assert_eq!(outcome.code, "unknown_member");
}

#[test]
fn a_stop_belongs_to_its_merchandiser_its_place_and_its_task() {
    let mut world = World::new();
    let stop = Stop {
        id: "s1".to_owned(),
        participant: id(MERCHANDISER),
        outlet: id(SHOP),
        task: "shelf".to_owned(),
        day: "2026-11-22".to_owned(),
        order: 1,
        visit: None,
    };
    world.put("s1", &stop);
    let mut record = visit(80);
    record.stop = Some("s1".to_owned());
    let command = Command::VisitRecord(record.clone());
    assert_eq!(act(&mut world, SELLER, &command).code, "not_permitted");
    let mut elsewhere = world.context(MERCHANDISER);
    elsewhere.outlet = Some(id(11));
    assert_eq!(world.run(&command, &elsewhere).code, "stop_unknown");
    record.stop = Some("s9".to_owned());
    assert_eq!(
        act(&mut world, MERCHANDISER, &Command::VisitRecord(record)).code,
        "stop_unknown"
    );
    assert_eq!(
        act(&mut world, MERCHANDISER, &command).class,
        Class::Accepted
    );
    let again = Command::VisitRecord(visit(80));
    assert_eq!(act(&mut world, MERCHANDISER, &again).code, "stop_done");
    assert_eq!(world.pending(MERCHANDISER), 60);
}

#[test]
fn selling_again_after_a_void_pays_the_honest_seller() {
    let mut world = World::new();
    world.put(
        "hash",
        &Contact {
            participant: id(BUYER),
        },
    );
    world.ship("C1");
    sell(&mut world, sale(50, vec![line(DUO, 1)]));
    act(&mut world, SELLER, &claim_code(60, "C1"));
    act(&mut world, CASHIER, &void(50));
    assert_eq!(world.active(SELLER), 0);
    sell(&mut world, sale(51, vec![line(DUO, 1)]));
    assert_eq!(world.active(SELLER), 120);
    let code = act(&mut world, SELLER, &claim_code(61, "C1"));
    assert_eq!(
        (code.code.as_str(), world.active(SELLER)),
        ("attached_to_existing", 120)
    );
}

#[test]
fn a_piece_sold_with_its_own_code_leaves_other_codes_alone() {
    let mut world = World::new();
    world.ship("C1");
    world.ship("C2");
    let mut basket = sale(50, vec![line(DUO, 1)]);
    basket.lines[0].unit_code = Some("C1".to_owned());
    sell(&mut world, basket);
    act(&mut world, SELLER, &claim_code(60, "C2"));
    assert_eq!(world.active(SELLER), 240);
}

#[test]
fn a_lesson_is_tried_three_times_a_day() {
    use carrot_rules::command::QuizSubmit;
    use carrot_rules::entity::{Lesson, LessonKey, Question};
    let mut world = World::new();
    let question = Question {
        text: Default::default(),
        answers: Vec::new(),
    };
    let lesson = Lesson {
        code: "duo".to_owned(),
        title: Default::default(),
        paragraphs: Vec::new(),
        questions: vec![question],
        points: 20,
    };
    world.put("duo", &lesson);
    world.put("duo", &LessonKey { right: vec![2] });
    let answer = |world: &mut World, answer: u8| {
        let quiz = QuizSubmit {
            lesson: "duo".to_owned(),
            answers: vec![answer],
        };
        act(world, SELLER, &Command::QuizSubmit(quiz))
    };
    for wrong in [0, 1, 0] {
        assert_eq!(answer(&mut world, wrong).class, Class::Accepted);
    }
    assert_eq!(answer(&mut world, 2).code, "too_many_tries");
    world.now_ms += 25 * HOUR_MS;
    answer(&mut world, 2);
    assert_eq!(world.active(SELLER), 20);
    assert_eq!(answer(&mut world, 2).code, "lesson_passed_before");
}

#[test]
fn a_phone_that_cannot_see_the_tills_report_refuses_nothing() {
    use carrot_rules::entity::EntityKind;
    let mut world = World::new();
    world.ship("C1");
    let mut basket = sale(50, vec![line(DUO, 1)]);
    basket.lines[0].unit_code = Some("C1".to_owned());
    sell(&mut world, basket);
    let context = world.context(SELLER);
    let there = world.ask(&claim_code(60, "C1"), &context);
    assert_eq!(there.code, "attached_to_existing");
    world.things.retain(|key, _| key.0 != EntityKind::Unit);
    world.blind = true;
    let here = world.ask(&claim_code(60, "C1"), &context);
    assert_eq!(here.class, Class::Accepted);
    assert_eq!(here.pending[0].code, "server_decides_code");
}

#[test]
fn a_piece_that_a_receipt_led_to_uses_its_code_up() {
    let mut world = World::new();
    world.ship("C1");
    let receipt = || Some("R1".to_owned());
    let mut first = sale(70, vec![line(DUO, 1)]);
    first.lines[0].unit_code = Some("C1".to_owned());
    first.receipt_key = receipt();
    sell(&mut world, first);
    act(&mut world, CASHIER, &void(70));
    // The receipt still names the piece: the next sale on it is that piece, code and all.
    let mut second = sale(71, vec![line(DUO, 1)]);
    second.receipt_key = receipt();
    sell(&mut world, second);
    let paid = world.active(SELLER) + world.pending(SELLER);
    let rival = act(&mut world, OTHER_SELLER, &claim_code(72, "C1"));
    assert_eq!(rival.class, Class::Rejected, "{}", rival.code);
    assert_eq!(world.active(SELLER) + world.pending(SELLER), paid);
    assert_eq!(world.active(OTHER_SELLER) + world.pending(OTHER_SELLER), 0);
}
