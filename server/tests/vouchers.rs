//! Vouchers from end to end of the server: asked for by a phone, handed to it, used at a till without
//! anybody's network, returned when nobody uses them, and what comes of using them twice.
mod common;

use carrot_rules::command::{Cover, RewardRedeem, VoucherRequest};
use carrot_rules::entity::{Till, Voucher, VoucherUses};
use carrot_rules::{Account, Command};
use carrot_server::keys::Keys;
use carrot_wire::VerdictClass::{Accepted, Parked, Rejected};
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::pull::PullReply;
use carrot_wire::{member, voucher};
use common::*;
use serde_json::json;
use uuid::Uuid;

const TAG: &str = "morgen";
const VOUCHER: Uuid = Uuid::from_u128(0x70);
const DAY_MS: i64 = 24 * 3_600_000;

fn wish(till: &Device, points: i64) -> Command {
    Command::VoucherRequest(VoucherRequest {
        voucher_id: VOUCHER,
        terminal: till.id,
        points,
        reward: None,
        expires_ms: START_MS + DAY_MS,
    })
}

fn question(till: &Device, nonce: u8) -> Challenge {
    Challenge {
        terminal: till.id,
        nonce: [nonce; 16],
        reward: "MUG".to_owned(),
        cost_points: REWARD_COST,
        at_ms: START_MS + 1_000,
    }
}

/// What the till sends when the phone answered its question with the voucher.
fn used(phone: &Device, text: &str, asked: &Challenge) -> Command {
    let answer = challenge::answer_with_voucher(&phone.key, text, TAG, asked).unwrap();
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::new_v4(),
        reward: asked.reward.clone(),
        cost_points: asked.cost_points,
        participant: phone.actor,
        proof: answer,
        challenge: Some(asked.to_text(TAG).unwrap()),
        cover: Cover::Voucher {
            voucher_id: VOUCHER,
        },
    })
}

/// A till and a phone with a voucher for it.
async fn ready(world: &World) -> (Device, Device, String) {
    let till = Device::terminal(world, 1).await;
    let mut phone = Device::phone(world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    let asked = phone.run(world, &wish(&till, 500)).await;
    assert_eq!((asked.class, asked.code.as_str()), (Accepted, "ok"));
    let mut texts = phone.pull(world, json!([]), 1 << 20).await.vouchers;
    assert_eq!(texts.len(), 1);
    (till, phone, texts.remove(0))
}

/// A pull that says that the till has made nothing else before an instant.
async fn told(world: &World, till: &Device, at_ms: i64) -> PullReply {
    let made = json!({"seq": till.seq, "at_ms": at_ms});
    let body = json!({"proto": 1, "scopes": [], "max_bytes": 1 << 20, "made": made});
    let (status, reply) = world.post("/v1/pull", Some(&till.token), body).await;
    assert_eq!(status, 200, "{reply}");
    serde_json::from_value(reply).unwrap()
}

#[tokio::test]
async fn m1_a_voucher_is_paid_before_shown_to_its_phone_and_used_once() {
    let world = World::new().await;
    let (mut till, phone, text) = ready(&world).await;
    let shown: Option<Till> = world
        .store
        .entity(PROGRAMME, &till.id.to_string())
        .await
        .unwrap();
    assert!(shown.unwrap().open);
    assert_eq!(world.active(BUYER).await, 500);
    assert_eq!(world.balance(Account::Voucher(VOUCHER)).await, 500);
    let done = till
        .run(&world, &used(&phone, &text, &question(&till, 1)))
        .await;
    assert_eq!((done.class, done.code.as_str()), (Accepted, "ok"));
    assert_eq!(world.active(BUYER).await, 1_000 - REWARD_COST);
    assert_eq!(world.balance(Account::Redeemed).await, REWARD_COST);
    assert_eq!(world.balance(Account::OfflineLoss).await, 0);
    let after = phone.pull(&world, json!([]), 1 << 20).await;
    assert!(after.vouchers.is_empty());
    assert!(world.store.verify_books().await.unwrap().holds());
    world.close().await;
}

#[tokio::test]
async fn m1_forged_foreign_and_unknown_vouchers_wait_for_a_person() {
    let world = World::new().await;
    let (mut till, phone, text) = ready(&world).await;
    let mut other = Device::terminal(&world, 3).await;
    let mut thief = phone.clone();
    thief.key = key(9);
    let forged = used(&thief, &text, &question(&till, 1));
    let parked = till.run(&world, &forged).await;
    assert_eq!(
        (parked.class, parked.code.as_str()),
        (Parked, "proof_invalid")
    );
    let foreign = used(&phone, &text, &question(&other, 1));
    let parked = other.run(&world, &foreign).await;
    assert_eq!(
        (parked.class, parked.code.as_str()),
        (Parked, "voucher_elsewhere")
    );
    let refused = till.run(&world, &wish(&till, 1)).await;
    assert_eq!(
        (refused.class, refused.code.as_str()),
        (Rejected, "not_permitted")
    );
    assert_eq!(world.balance(Account::Voucher(VOUCHER)).await, 500);
    world.close().await;
}

#[tokio::test]
async fn m3_a_voucher_returns_when_its_till_has_told_everything_and_not_before() {
    let world = World::new().await;
    let (mut till, _phone, _text) = ready(&world).await;
    let over_ms = START_MS + DAY_MS;
    world.clock.set(over_ms);
    till.token = till.sign_in(&world).await;
    // The till has a command on its way: it may be the voucher's use.
    let waiting = till.sign(&lease(till.id, 100));
    told(&world, &till, over_ms).await;
    assert_eq!(world.balance(Account::Voucher(VOUCHER)).await, 500);
    till.push(&world, &[waiting]).await;
    told(&world, &till, over_ms - 1).await;
    assert_eq!(world.balance(Account::Voucher(VOUCHER)).await, 500);
    let pulled = till.pull(&world, json!([]), 1 << 20).await;
    assert!(pulled.vouchers.is_empty());
    assert_eq!(world.balance(Account::Voucher(VOUCHER)).await, 500);
    let reply = told(&world, &till, over_ms + DAY_MS).await;
    let changes = reply.scopes.iter().flat_map(|page| &page.changes);
    assert!(changes.filter(|text| text.contains("\"returned\"")).count() == 1);
    assert_eq!(world.balance(Account::Voucher(VOUCHER)).await, 0);
    assert_eq!(world.active(BUYER).await, 1_000);
    world.close().await;
}

#[tokio::test]
async fn m3_a_voucher_of_a_silent_till_returns_after_thirty_days() {
    let world = World::new().await;
    let (mut till, phone, text) = ready(&world).await;
    let last_ms = START_MS + DAY_MS + 30 * DAY_MS;
    world.store.run_due(last_ms - 1).await.unwrap();
    assert_eq!(world.balance(Account::Voucher(VOUCHER)).await, 500);
    world.clock.set(last_ms);
    world.store.run_due(last_ms).await.unwrap();
    assert_eq!(world.balance(Account::Voucher(VOUCHER)).await, 0);
    assert_eq!(world.active(BUYER).await, 1_000);
    till.now_ms = START_MS + 2_000;
    till.token = till.sign_in(&world).await;
    let late = till
        .run(&world, &used(&phone, &text, &question(&till, 1)))
        .await;
    assert_eq!((late.class, late.code.as_str()), (Parked, "too_late"));
    assert_eq!(world.balance(Account::OfflineLoss).await, 0);
    world.close().await;
}

#[tokio::test]
async fn m3_a_use_dated_back_behind_what_its_till_told_loses_nothing() {
    let world = World::new().await;
    let (mut till, mut phone, text) = ready(&world).await;
    let other = Device::terminal(&world, 3).await;
    let over_ms = START_MS + DAY_MS;
    world.clock.set(over_ms);
    till.token = till.sign_in(&world).await;
    phone.token = phone.sign_in(&world).await;
    // The till says that it has made nothing; the member has the points again and uses all of them.
    told(&world, &till, over_ms).await;
    assert_eq!(world.active(BUYER).await, 1_000);
    let elsewhere = Command::VoucherRequest(VoucherRequest {
        voucher_id: Uuid::from_u128(0x71),
        terminal: other.id,
        points: 1_000,
        reward: None,
        expires_ms: over_ms + DAY_MS,
    });
    phone.now_ms = over_ms;
    assert_eq!(phone.run(&world, &elsewhere).await.class, Accepted);
    // No countersignature is named: the till's clock alone says when.
    till.now_ms = START_MS + 2_000;
    let late = till
        .run(&world, &used(&phone, &text, &question(&till, 1)))
        .await;
    let late = (late.class, late.code.as_str());
    assert_eq!(late, (Parked, "voucher_expired"));
    assert_eq!(world.balance(Account::OfflineLoss).await, 0);
    assert_eq!(world.active(BUYER).await, 0);
    world.close().await;
}

#[tokio::test]
async fn m3_a_voucher_that_a_restored_server_forgot_is_honoured_by_its_signature() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let mut phone = Device::phone(&world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    // The signature of this server is all that is left of it.
    let paper = voucher::Voucher {
        id: VOUCHER,
        participant: BUYER,
        phone: phone.key.verifying_key(),
        terminal: till.id,
        points: 500,
        from_ms: START_MS,
        until_ms: START_MS + DAY_MS,
        reward: None,
    };
    let text = voucher::seal(&paper, TAG, world.store.keys().signing()).unwrap();
    let done = till
        .run(&world, &used(&phone, &text, &question(&till, 1)))
        .await;
    assert_eq!((done.class, done.code.as_str()), (Accepted, "ok"));
    assert_eq!(world.active(BUYER).await, 1_000 - REWARD_COST);
    assert_eq!(world.balance(Account::Redeemed).await, REWARD_COST);
    assert_eq!(world.balance(Account::OfflineLoss).await, 0);
    // The phone sends again what it had asked for.
    let again = phone.run(&world, &wish(&till, 500)).await;
    let again = (again.class, again.code.as_str());
    assert_eq!(again, (Rejected, "voucher_exists"));
    assert_eq!(world.active(BUYER).await, 1_000 - REWARD_COST);
    assert!(world.store.verify_books().await.unwrap().holds());
    world.close().await;
}

#[tokio::test]
async fn m2_two_signed_challenges_prove_the_phone_and_are_kept() {
    let world = World::new().await;
    let (mut till, phone, text) = ready(&world).await;
    let first = used(&phone, &text, &question(&till, 1));
    assert_eq!(till.run(&world, &first).await.class, Accepted);
    // A clone of the till forgot; the phone signs again.
    let second = used(&phone, &text, &question(&till, 2));
    let done = till.run(&world, &second).await;
    assert_eq!(done.class, Accepted);
    assert_eq!(done.params["because"][0]["code"], "voucher_used_twice");
    assert_eq!(world.active(BUYER).await, 1_000 - 2 * REWARD_COST);
    assert_eq!(world.balance(Account::OfflineLoss).await, 0);
    let name = VOUCHER.to_string();
    let kept: VoucherUses = world.store.entity(PROGRAMME, &name).await.unwrap().unwrap();
    // The proof stands by itself: two answers by one phone's key, to two challenges.
    let trusted = world.store.keys().trusted();
    for used in &kept.uses {
        let asked = Challenge::from_text(&used.challenge, TAG).unwrap();
        let at_ms = asked.at_ms;
        assert!(challenge::check(&used.answer, &asked, TAG, &trusted, at_ms).is_ok());
    }
    assert_ne!(kept.uses[0].challenge_id, kept.uses[1].challenge_id);
    assert_eq!(kept.uses[1].blame, "phone");
    // The same answer once more: the till's doing, and the programme's loss.
    assert_eq!(till.run(&world, &first_again(&first)).await.class, Accepted);
    assert_eq!(world.balance(Account::OfflineLoss).await, REWARD_COST);
    let state: Voucher = world.store.entity(PROGRAMME, &name).await.unwrap().unwrap();
    assert_eq!(state.state, "disputed");
    assert!(world.store.verify_books().await.unwrap().holds());
    world.close().await;
}

fn first_again(first: &Command) -> Command {
    let Command::RewardRedeem(redeem) = first else {
        unreachable!("a redemption");
    };
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::new_v4(),
        ..redeem.clone()
    })
}

#[tokio::test]
async fn m1_a_till_that_was_offline_over_a_rotation_reads_what_the_phone_shows() {
    let world = World::new().await;
    let (mut till, phone, _) = ready(&world).await;
    let known = world.store.keys().trusted();
    Keys::rotate_at(world.store.data(), START_MS).unwrap();
    let pulled = phone.pull(&world, json!([]), 1 << 20).await;
    let newest = world.store.keys().trusted();
    let certificate = pulled.certificate.open(&newest).unwrap();
    assert!(
        pulled.certificate.open(&known).is_err(),
        "the new key signs"
    );
    let text = &pulled.vouchers[0];
    let asked = question(&till, 1);
    let command = used(&phone, text, &asked);
    // What the till checks, with the keys that it had before.
    assert_eq!(voucher::open(text, TAG, &known).unwrap().id, VOUCHER);
    let Command::RewardRedeem(redeem) = &command else {
        unreachable!("a redemption was made");
    };
    let at_ms = asked.at_ms;
    assert!(challenge::check(&redeem.proof, &asked, TAG, &known, at_ms).is_ok());
    let mut member = phone.clone();
    member.pass = certificate.member_pass;
    let shown = member.rotating_code(START_MS, 9);
    assert!(member::check(&shown, TAG, &known, START_MS).is_ok());
    let verdict = till.run(&world, &command).await;
    assert_eq!(verdict.class, Accepted, "{verdict:?}");
    world.close().await;
}
