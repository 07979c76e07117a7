//! Vouchers: points put aside for one terminal. A first use loses nothing, what is not used comes
//! back by itself, and a use that nothing covers any more is borne by whoever signed for it, never
//! above what the voucher held.

mod common;

use carrot_rules::command::{Command, Cover, DueRun, LeaseRequest, VoucherRequest};
use carrot_rules::decide::{Answered, Context, ProofCheck, ShownVoucher};
use carrot_rules::entity::{
    Activity, ONLY, OpenVouchers, Redemption, Review, RuleSet, Till, VOUCHER_USES_MAX, Voucher,
    VoucherUses,
};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::{Class, Outcome};
use common::*;
use uuid::Uuid;

const VOUCHER: u128 = 700;
const DAY_MS: i64 = 24 * HOUR_MS;
fn world() -> World {
    let mut world = World::new();
    world.give(BUYER, 800);
    world.balances.insert(Account::OfflineBudget, 1_000);
    *world.balances.entry(Account::Issuance).or_default() -= 1_000;
    let till = Till {
        device: id(TERMINAL),
        outlet: id(SHOP),
        name: "Till 1".to_owned(),
        open: true,
        codes_until_seq: None,
    };
    world.put(&id(TERMINAL).to_string(), &till);
    world
}

fn wish(number: u128, points: i64) -> VoucherRequest {
    VoucherRequest {
        voucher_id: id(number),
        terminal: id(TERMINAL),
        points,
        reward: None,
        expires_ms: START_MS + DAY_MS,
    }
}

fn ask(world: &mut World, wish: VoucherRequest) -> Outcome {
    let mut context = world.context(BUYER);
    context.device = id(500);
    context.outlet = None;
    world.run(&Command::VoucherRequest(wish), &context)
}

fn answered(world: &World, challenge: &str) -> Answered {
    let voucher: Voucher = world.get(&id(VOUCHER).to_string()).unwrap();
    Answered {
        participant: id(BUYER),
        terminal: id(TERMINAL),
        challenge: challenge.to_owned(),
        reward: "bag".to_owned(),
        cost_points: 300,
        voucher: Some(ShownVoucher {
            id: voucher.id,
            terminal: voucher.terminal,
            points: voucher.points,
            reward: voucher.reward,
            from_ms: voucher.issued_ms,
            until_ms: voucher.expires_ms,
        }),
    }
}

fn spend_as(world: &mut World, number: u128, answered: Answered) -> Outcome {
    spend_at(world, number, answered, |_| {})
}

fn spend_at(
    world: &mut World,
    number: u128,
    answered: Answered,
    change: impl FnOnce(&mut Context),
) -> Outcome {
    let mut context = world.context(CASHIER);
    context.proof = ProofCheck::Answered(Box::new(answered));
    change(&mut context);
    let cover = Cover::Voucher {
        voucher_id: id(VOUCHER),
    };
    world.run(&Command::RewardRedeem(redeem(number, cover)), &context)
}

fn spend(world: &mut World, number: u128, challenge: &str) -> Outcome {
    let answered = answered(world, challenge);
    spend_as(world, number, answered)
}

fn voucher(world: &World) -> Voucher {
    world.get(&id(VOUCHER).to_string()).unwrap()
}

/// Active points, those in the voucher, redeemed, offline loss, owed.
fn pots(world: &World) -> [i64; 5] {
    [
        Account::active(id(BUYER)),
        Account::Voucher(id(VOUCHER)),
        Account::Redeemed,
        Account::OfflineLoss,
        Account::Clawback(id(BUYER)),
    ]
    .map(|account| world.balance(account))
}

fn line(world: &World) -> (i64, String) {
    let lines = world.all::<Activity>();
    let mut lines = lines.into_iter().filter(|line| line.kind == "voucher");
    let line = lines.next().unwrap();
    (line.points, line.state)
}

fn synced(world: &mut World, at_ms: i64) -> Outcome {
    let mut context = world.context(0);
    (context.device, context.actor) = (Uuid::nil(), Uuid::nil());
    context.outlet = None;
    let due = DueRun {
        kind: "till_synced".to_owned(),
        subject: id(TERMINAL).to_string(),
        due_ms: at_ms,
    };
    world.run(&Command::DueRun(due), &context)
}

#[test]
fn m1_a_voucher_is_paid_for_before_and_its_use_loses_nothing() {
    let mut world = world();
    assert_eq!(ask(&mut world, wish(VOUCHER, 500)).code, "ok");
    assert_eq!(pots(&world), [300, 500, 0, 0, 0]);
    assert_eq!(line(&world), (-500, "pending".to_owned()));
    let done = spend(&mut world, 70, "a");
    assert_eq!((done.class, done.code.as_str()), (Class::Accepted, "ok"));
    assert_eq!(pots(&world), [500, 0, 300, 0, 0]);
    assert_eq!(line(&world), (-300, "active".to_owned()));
    let known = voucher(&world);
    assert_eq!((known.state.as_str(), known.spent_points), ("spent", 300));
    let redemption: Redemption = world.get(&id(70).to_string()).unwrap();
    assert_eq!(redemption.voucher, Some(id(VOUCHER)));
    for list in [BUYER, TERMINAL] {
        let open: OpenVouchers = world.get(&id(list).to_string()).unwrap();
        assert!(open.open.is_empty());
    }
    assert!(world.dues.is_empty());
}

#[test]
fn m1_a_voucher_is_for_points_that_are_there_and_inside_the_limits() {
    let mut world = world();
    let mut rules: RuleSet = world.get(ONLY).unwrap();
    rules.limits.voucher_points_max = 600;
    rules.limits.vouchers_open_max = 2;
    world.put(ONLY, &rules);
    let unknown = VoucherRequest {
        terminal: id(999),
        ..wish(VOUCHER, 100)
    };
    let long = VoucherRequest {
        expires_ms: START_MS + rules.limits.voucher_life_ms_max + 1,
        ..wish(VOUCHER, 100)
    };
    let cheap = VoucherRequest {
        reward: Some("bag".to_owned()),
        ..wish(VOUCHER, 299)
    };
    for (wish, code) in [
        (wish(VOUCHER, 0), "bad_input"),
        (wish(VOUCHER, 601), "voucher_too_large"),
        (unknown, "till_unknown"),
        (long, "voucher_too_long"),
        (cheap, "price_changed"),
    ] {
        assert_eq!(ask(&mut world, wish).code, code);
    }
    assert_eq!(ask(&mut world, wish(VOUCHER, 500)).code, "ok");
    assert_eq!(ask(&mut world, wish(VOUCHER, 1)).code, "voucher_exists");
    assert_eq!(ask(&mut world, wish(701, 301)).code, "insufficient_points");
    assert_eq!(ask(&mut world, wish(701, 100)).code, "ok");
    assert_eq!(ask(&mut world, wish(702, 1)).code, "vouchers_open");
}

#[test]
fn m1_what_does_not_fit_the_voucher_waits_for_a_person() {
    let mut world = world();
    ask(&mut world, wish(VOUCHER, 500));
    let fit = answered(&world, "a");
    let with = |change: fn(&mut ShownVoucher)| {
        let mut answered = fit.clone();
        change(answered.voucher.as_mut().unwrap());
        answered
    };
    let mut dearer = fit.clone();
    dearer.cost_points = 301;
    let mut elsewhere = fit.clone();
    elsewhere.terminal = id(999);
    let mut pass = fit.clone();
    pass.voucher = None;
    for (answered, code) in [
        (with(|shown| shown.terminal = id(999)), "voucher_elsewhere"),
        (
            with(|shown| shown.reward = Some("mug".to_owned())),
            "voucher_other_reward",
        ),
        (with(|shown| shown.points = 299), "voucher_exceeded"),
        (with(|shown| shown.id = id(999)), "proof_invalid"),
        (dearer, "challenge_differs"),
        (elsewhere, "challenge_elsewhere"),
        (pass, "proof_invalid"),
    ] {
        let outcome = spend_as(&mut world, 70, answered);
        assert_eq!(
            (outcome.class, outcome.code.as_str()),
            (Class::Parked, code)
        );
    }
    assert_eq!(pots(&world), [300, 500, 0, 0, 0]);
}

/// What a terminal shows of a voucher whose records the place that decides has lost.
fn unrecorded(world: &mut World, points: i64) -> Answered {
    let mut before = self::world();
    ask(&mut before, wish(VOUCHER, 500));
    world.give(BUYER, points - 800);
    answered(&before, "a")
}

#[test]
fn m3_a_voucher_whose_record_was_lost_is_honoured_from_the_balance() {
    let mut world = world();
    let fit = unrecorded(&mut world, 800);
    assert_eq!(spend_as(&mut world, 70, fit.clone()).code, "ok");
    assert_eq!(pots(&world), [500, 0, 300, 0, 0]);
    assert_eq!(voucher(&world).state, "spent");
    let redeemed = |line: &Activity| line.kind == "redeem" && line.points == -300;
    assert!(world.all::<Activity>().iter().any(redeemed));
    // What the phone asked for arrives again: the points are not put aside a second time.
    assert_eq!(ask(&mut world, wish(VOUCHER, 500)).code, "voucher_exists");
    assert_eq!(spend_as(&mut world, 71, fit.clone()).class, Class::Accepted);
    assert_eq!(spend_as(&mut world, 72, fit).code, "voucher_overused");
    assert_eq!(pots(&world), [500, 0, 600, 300, 0]);
}

#[test]
fn m3_a_lost_voucher_loses_what_the_balance_lacks_and_nothing_when_it_is_over() {
    let mut world = world();
    let fit = unrecorded(&mut world, 100);
    let over = spend_at(&mut world, 70, fit.clone(), |context| {
        context.occurred_ms = START_MS + DAY_MS;
        context.now_ms = context.occurred_ms;
    });
    assert_eq!(over.code, "voucher_expired");
    let done = spend_as(&mut world, 70, fit);
    assert_eq!(done.pending[0].code, "offline_loss");
    assert_eq!(pots(&world), [0, 0, 1_000, 200, 0]);
}

#[test]
fn m1_a_till_that_was_not_told_of_the_voucher_takes_its_word() {
    let mut world = world();
    ask(&mut world, wish(VOUCHER, 500));
    let fit = answered(&world, "a");
    world.blind = true;
    world
        .things
        .retain(|key, _| key.1 != id(VOUCHER).to_string());
    let outcome = {
        let mut context = world.context(CASHIER);
        context.proof = ProofCheck::Answered(Box::new(fit));
        let cover = Cover::Voucher {
            voucher_id: id(VOUCHER),
        };
        world.ask(&Command::RewardRedeem(redeem(70, cover)), &context)
    };
    assert_eq!(outcome.class, Class::Accepted);
    let deltas = outcome.deltas();
    assert_eq!(deltas[&Account::Voucher(id(VOUCHER))], -500);
    assert_eq!(deltas[&Account::active(id(BUYER))], 200);
}

#[test]
fn m3_an_unused_voucher_returns_when_its_till_has_told_everything() {
    let mut world = world();
    ask(&mut world, wish(VOUCHER, 500));
    let expires_ms = START_MS + DAY_MS;
    world.now_ms = expires_ms;
    assert_eq!(synced(&mut world, expires_ms - 1).code, "nothing_due");
    assert_eq!(synced(&mut world, expires_ms).code, "ok");
    assert_eq!(pots(&world), [800, 0, 0, 0, 0]);
    assert_eq!(line(&world), (0, "reversed".to_owned()));
    assert_eq!(voucher(&world).state, "returned");
    assert_eq!(synced(&mut world, expires_ms).code, "nothing_due");
    assert!(world.dues.is_empty());
}

#[test]
fn m3_without_its_till_it_returns_when_no_report_can_count_any_more() {
    let mut world = world();
    ask(&mut world, wish(VOUCHER, 500));
    let fit = answered(&world, "a");
    let last_ms = START_MS + DAY_MS + 30 * DAY_MS;
    world.now_ms = last_ms - 1;
    assert!(world.run_due().is_empty());
    world.now_ms = last_ms;
    world.run_due();
    assert_eq!(pots(&world), [800, 0, 0, 0, 0]);
    // The last use that a till can have made is too old to count now: the bound is zero.
    let late = spend_at(&mut world, 70, fit, |context| {
        context.occurred_ms = START_MS + DAY_MS - 1;
    });
    assert_eq!(
        (late.class, late.code.as_str()),
        (Class::Parked, "too_late")
    );
}

#[test]
fn m3_a_use_that_comes_after_the_return_waits_whatever_the_tills_clock_says() {
    let mut world = world();
    ask(&mut world, wish(VOUCHER, 500));
    let fit = answered(&world, "a");
    world.now_ms = START_MS + DAY_MS;
    let at_ms = world.now_ms;
    assert_eq!(synced(&mut world, at_ms).code, "ok");
    for occurred_ms in [START_MS + HOUR_MS, at_ms - 1, at_ms] {
        let back = |context: &mut Context| context.occurred_ms = occurred_ms;
        assert_eq!(
            spend_at(&mut world, 70, fit.clone(), back).code,
            "voucher_expired"
        );
    }
    assert_eq!(pots(&world), [800, 0, 0, 0, 0]);
}

#[test]
fn m2_the_same_answer_booked_twice_is_the_tills_doing() {
    let mut world = world();
    ask(&mut world, wish(VOUCHER, 500));
    spend(&mut world, 70, "a");
    let again = spend(&mut world, 71, "a");
    assert_eq!(again.class, Class::Accepted);
    assert_eq!(pots(&world), [500, 0, 600, 300, 0]);
    let uses: VoucherUses = world.get(&id(VOUCHER).to_string()).unwrap();
    let blames: Vec<&str> = uses.uses.iter().map(|used| used.blame.as_str()).collect();
    assert_eq!(blames, ["", "till"]);
    assert_eq!(uses.uses[1].loss_points, 300);
    assert_eq!(voucher(&world).state, "disputed");
    let signals: Vec<Review> = world.all();
    assert_eq!(signals[0].because[0].params["by"], "till");
    assert_eq!(signals[0].participant, id(BUYER));
}

#[test]
fn m2_two_signatures_over_two_challenges_are_the_phones_doing() {
    let mut world = world();
    ask(&mut world, wish(VOUCHER, 500));
    spend(&mut world, 70, "a");
    world.give(BUYER, -400);
    let again = spend(&mut world, 71, "b");
    assert_eq!(again.class, Class::Accepted);
    assert_eq!(pots(&world), [0, 0, 1_000, 0, -200]);
    let uses: VoucherUses = world.get(&id(VOUCHER).to_string()).unwrap();
    let second = &uses.uses[1];
    assert_eq!(second.blame, "phone");
    assert_eq!((second.taken_points, second.owed_points), (100, 200));
    assert_eq!(second.challenge_id, "b");
}

#[test]
fn m2_what_the_rules_do_not_let_people_owe_is_the_programmes() {
    let mut world = world();
    let mut rules: RuleSet = world.get(ONLY).unwrap();
    rules.clawback.points_max = 50;
    world.put(ONLY, &rules);
    ask(&mut world, wish(VOUCHER, 500));
    spend(&mut world, 70, "a");
    world.give(BUYER, -500);
    spend(&mut world, 71, "b");
    assert_eq!(pots(&world), [0, 0, 1_100, 250, -50]);
    // Whatever else is reported: all losses together are not above what the voucher held.
    for (number, challenge) in [(72, "c"), (73, "b"), (74, "a")] {
        assert_eq!(
            spend(&mut world, number, challenge).code,
            "voucher_overused"
        );
        assert_eq!(pots(&world), [0, 0, 1_100, 250, -50]);
    }
}

#[test]
fn m2_one_answer_booked_twenty_times_loses_at_most_the_voucher() {
    let mut world = world();
    ask(&mut world, wish(VOUCHER, 500));
    let codes: Vec<String> = (70..90)
        .map(|number| spend(&mut world, number, "a").code)
        .collect();
    assert_eq!(codes[..2], ["ok", "ok"]);
    assert!(codes[2..].iter().all(|code| code == "voucher_overused"));
    assert_eq!(pots(&world), [500, 0, 600, 300, 0]);
}

#[test]
fn m2_a_use_whose_proof_cannot_be_kept_waits_for_a_person() {
    let mut world = world();
    world.give(BUYER, 9_200);
    ask(&mut world, wish(VOUCHER, 500));
    for number in 0..VOUCHER_USES_MAX {
        let done = spend(&mut world, 70 + number as u128, &format!("{number}"));
        assert_eq!(done.class, Class::Accepted);
    }
    let before = pots(&world);
    // One that was not kept could be charged to the member each time that the till repeats it.
    for number in [100, 101] {
        assert_eq!(spend(&mut world, number, "more").code, "voucher_overused");
    }
    assert_eq!(pots(&world), before);
}

#[test]
fn m17_under_a_lease_an_answered_challenge_proves_the_member_once() {
    let mut world = world();
    let context = world.context(CASHIER);
    let lease_id = id(TERMINAL);
    let request = Command::LeaseRequest(LeaseRequest {
        lease_id,
        points: 1_000,
    });
    assert_eq!(world.run(&request, &context).code, "ok");
    let answered = Answered {
        participant: id(BUYER),
        terminal: id(TERMINAL),
        challenge: "a".to_owned(),
        reward: "bag".to_owned(),
        cost_points: 300,
        voucher: None,
    };
    let under = |world: &mut World, number: u128| {
        let mut context = world.context(CASHIER);
        context.proof = ProofCheck::Answered(Box::new(answered.clone()));
        let command = redeem(number, Cover::Lease { lease_id });
        world.run(&Command::RewardRedeem(command), &context)
    };
    assert_eq!(under(&mut world, 70).code, "ok");
    assert_eq!(under(&mut world, 71).code, "proof_used");
    assert_eq!(world.active(BUYER), 500);
}
