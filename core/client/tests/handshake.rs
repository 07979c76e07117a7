//! The handshake of two pictures: a till asks, a phone answers, and neither needs a network. What was
//! asked, answered and taken is durable before anybody sees it.

mod common;

use std::sync::Arc;

use carrot_client::{ClientError, Membership, Taken};
use carrot_rules::Command;
use carrot_rules::command::{Cover, RewardRedeem};
use carrot_rules::entity::Reward;
use carrot_rules::outcome::Class;
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::crypto;
use carrot_wire::limits::CHALLENGE_AGE_MS_MAX;
use carrot_wire::voucher::{self, Voucher};
use common::{PERSON, Role, START_MS, Server, Site};
use ed25519_dalek::{SigningKey, VerifyingKey};
use uuid::Uuid;

const CASHIER: Uuid = Uuid::from_u128(8);
const VOUCHER: Uuid = Uuid::from_u128(0x70);
const HOUR_MS: i64 = 3_600_000;

fn tea() -> Reward {
    serde_json::from_value(
        serde_json::json!({"code": "tea", "kind": "goods", "name": {},
        "cost_points": 400, "cash_minor": 0, "currency": "DKK", "stock": null, "low_stock_at": 0,
        "at_till": true, "picture": null}),
    )
    .unwrap()
}

fn paper(id: Uuid, phone: VerifyingKey) -> Voucher {
    Voucher {
        id,
        participant: PERSON,
        phone,
        terminal: Server::DEVICE,
        points: 500,
        from_ms: START_MS,
        until_ms: START_MS + HOUR_MS,
        reward: None,
    }
}

fn sealed(site: &Site, id: Uuid, phone: VerifyingKey) -> String {
    voucher::seal(&paper(id, phone), "test", site.server.key()).unwrap()
}

/// A phone that has pulled a voucher for the till.
async fn phone_with_voucher(site: &Site) -> (carrot_client::Device, Arc<Membership>) {
    let (device, phone) = site.enrolled().await;
    let key = crypto::public_key(&phone.public_key()).unwrap();
    site.server.give_vouchers(vec![sealed(site, VOUCHER, key)]);
    phone.sync().await.unwrap();
    (device, phone)
}

fn command(taken: &Taken, answer: &str) -> Command {
    let cover = match &taken.answered.voucher {
        Some(shown) => Cover::Voucher {
            voucher_id: shown.id,
        },
        None => Cover::Lease {
            lease_id: Server::DEVICE,
        },
    };
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::now_v7(),
        reward: taken.answered.reward.clone(),
        cost_points: taken.answered.cost_points,
        participant: taken.answered.participant,
        proof: answer.to_owned(),
        challenge: Some(taken.challenge.clone()),
        cover,
    })
}

/// Takes an answer and books it; the code of what refuses it.
async fn hand_over(till: &Membership, answer: &str) -> Result<Class, String> {
    let code = |error: ClientError| error.code().to_owned();
    let taken = till.take_answer(answer).await.map_err(code)?;
    let done = till
        .redeem_once(
            command(&taken, answer),
            &taken,
            CASHIER,
            Some(Server::OUTLET),
        )
        .await;
    match done.map_err(code)? {
        Ok(submitted) => Ok(submitted.outcome.class),
        Err(outcome) => Err(outcome.code),
    }
}

#[tokio::test]
async fn m17_a_reward_is_handed_over_with_no_network_on_either_side() {
    let (phone_site, site) = (Site::new(Role::Phone), Site::new(Role::Terminal));
    let (_phone_device, phone) = phone_with_voucher(&phone_site).await;
    let (till_device, till) = site.enrolled().await;
    till.sync().await.unwrap();
    let calls = || phone_site.server.calls("/v1") + site.server.calls("/v1");
    let before = calls();
    let asked = till.challenge(&tea()).await.unwrap();
    // The till's program ends while the phone reads: it still knows what it asked.
    till_device.close().await;
    drop(till);
    let (till_device, till) = site.reopened().await;
    let answer = phone.answer_challenge(&asked, None).await.unwrap();
    assert_eq!(answer.voucher, Some(VOUCHER));
    assert_eq!(hand_over(&till, &answer.text).await, Ok(Class::Accepted));
    assert_eq!(calls(), before, "nobody asked anybody");
    // Neither the same answer nor a new start takes the voucher again.
    let again = hand_over(&till, &answer.text).await;
    assert_eq!(again, Err("challenge_other".to_owned()));
    till_device.close().await;
    drop(till);
    let (_till_device, till) = site.reopened().await;
    assert_eq!(till.commands(10).await.unwrap().len(), 1);
    till.sync().await.unwrap();
    assert_eq!(site.server.effects(), [1]);
}

#[tokio::test]
async fn m2_a_phone_answers_one_challenge_with_a_voucher() {
    let (phone_site, site) = (Site::new(Role::Phone), Site::new(Role::Terminal));
    let (device, phone) = phone_with_voucher(&phone_site).await;
    let (_till_device, till) = site.enrolled().await;
    let (first, second) = (
        till.challenge(&tea()).await.unwrap(),
        till.challenge(&tea()).await.unwrap(),
    );
    assert_ne!(first, second, "no two challenges are the same");
    let answer = phone.answer_challenge(&first, Some(VOUCHER)).await.unwrap();
    device.close().await;
    drop(phone);
    let (_device, phone) = phone_site.reopened().await;
    let same = phone.answer_challenge(&first, None).await.unwrap();
    assert_eq!(same, answer, "asked the same again, it says the same");
    let refused = phone.answer_challenge(&second, Some(VOUCHER)).await;
    assert_eq!(refused.unwrap_err().code(), "voucher_answered");
    let pass = phone.answer_challenge(&second, None).await.unwrap();
    assert_eq!(pass.voucher, None, "without a voucher it proves the member");
    let asked = till.answer_challenge(&first, None).await;
    assert_eq!(asked.unwrap_err().code(), "not_permitted");
}

#[tokio::test]
async fn m2_a_queue_made_anew_knows_what_its_phone_answered() {
    let (phone_site, site) = (Site::new(Role::Phone), Site::new(Role::Terminal));
    let (device, phone) = phone_with_voucher(&phone_site).await;
    let (_till_device, till) = site.enrolled().await;
    let first = till.challenge(&tea()).await.unwrap();
    let second = till.challenge(&tea()).await.unwrap();
    let answer = phone.answer_challenge(&first, Some(VOUCHER)).await.unwrap();
    // Twice: what came back from the journal is in the journal.
    device.close().await;
    drop(phone);
    phone_site.ruin_outbox();
    let (device, phone) = phone_site.reopened().await;
    device.close().await;
    drop(phone);
    phone_site.ruin_outbox();
    let (_device, phone) = phone_site.reopened().await;
    phone.sync().await.unwrap();
    assert_eq!(
        phone.vouchers().await.unwrap().len(),
        1,
        "it holds it again"
    );
    let refused = phone.answer_challenge(&second, Some(VOUCHER)).await;
    assert_eq!(refused.unwrap_err().code(), "voucher_answered");
    let same = phone.answer_challenge(&first, None).await.unwrap();
    assert_eq!(same, answer);
}

#[tokio::test]
async fn m2_a_phone_whose_clock_jumps_does_not_forget_its_answers() {
    let other = Uuid::from_u128(0x71);
    let (phone_site, site) = (Site::new(Role::Phone), Site::new(Role::Terminal));
    let (_device, phone) = phone_site.enrolled().await;
    let key = crypto::public_key(&phone.public_key()).unwrap();
    let mut longer = paper(other, key);
    longer.until_ms = START_MS + 90 * 24 * HOUR_MS;
    let longer = voucher::seal(&longer, "test", phone_site.server.key()).unwrap();
    let short = sealed(&phone_site, VOUCHER, key);
    phone_site.server.give_vouchers(vec![short, longer]);
    phone.sync().await.unwrap();
    let (_till_device, till) = site.enrolled().await;
    let asked = till.challenge(&tea()).await.unwrap();
    phone.answer_challenge(&asked, Some(VOUCHER)).await.unwrap();
    let pass = |ms: i64| {
        phone_site.clock.pass(ms);
        site.clock.pass(ms);
    };
    // By both clocks the voucher is over, but not by the server's word.
    pass(61 * 24 * HOUR_MS);
    let asked = till.challenge(&tea()).await.unwrap();
    phone.answer_challenge(&asked, Some(other)).await.unwrap();
    pass(-61 * 24 * HOUR_MS);
    let asked = till.challenge(&tea()).await.unwrap();
    let refused = phone.answer_challenge(&asked, Some(VOUCHER)).await;
    assert_eq!(refused.unwrap_err().code(), "voucher_answered");
    assert_eq!(phone.answered_vouchers().await.unwrap(), [VOUCHER, other]);
}

#[tokio::test]
async fn m1_a_till_takes_a_voucher_once_whatever_the_phone_signs() {
    let site = Site::new(Role::Terminal);
    let (device, till) = site.enrolled().await;
    till.sync().await.unwrap();
    // A phone whose program signs whatever it is shown.
    let key = SigningKey::from_bytes(&[9; 32]);
    let text = sealed(&site, VOUCHER, key.verifying_key());
    let sign = |asked: &str| {
        let asked = Challenge::from_text(asked, "test").unwrap();
        challenge::answer_with_voucher(&key, &text, "test", &asked).unwrap()
    };
    let asked = till.challenge(&tea()).await.unwrap();
    assert_eq!(hand_over(&till, &sign(&asked)).await, Ok(Class::Accepted));
    let asked = till.challenge(&tea()).await.unwrap();
    let spent = Err("voucher_spent".to_owned());
    assert_eq!(hand_over(&till, &sign(&asked)).await, spent);
    // The mark and the command are one row: also when the call goes past every look before it.
    let taken = till.take_answer(&sign(&asked)).await.unwrap();
    let forced = command(&taken, &sign(&asked));
    let forced = till.submit(forced, CASHIER, Some(Server::OUTLET), Vec::new());
    assert!(forced.await.is_err());
    device.close().await;
    drop(till);
    let (_device, till) = site.reopened().await;
    assert_eq!(hand_over(&till, &sign(&asked)).await, spent);
    assert_eq!(till.commands(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn m3_a_till_that_told_an_instant_takes_nothing_that_was_over_by_then() {
    let site = Site::new(Role::Terminal);
    let (device, till) = site.enrolled().await;
    let key = SigningKey::from_bytes(&[9; 32]);
    let text = sealed(&site, VOUCHER, key.verifying_key());
    let answer = async |till: &Membership| {
        let asked = till.challenge(&tea()).await.unwrap();
        let asked = Challenge::from_text(&asked, "test").unwrap();
        let signed = challenge::answer_with_voucher(&key, &text, "test", &asked).unwrap();
        hand_over(till, &signed).await
    };
    site.clock.pass(2 * HOUR_MS);
    let expired = Err("voucher_expired".to_owned());
    assert_eq!(answer(&till).await, expired);
    till.sync().await.unwrap();
    // Somebody sets the clock back, and the till forgets the server's.
    site.clock.pass(-2 * HOUR_MS);
    assert_eq!(answer(&till).await, expired);
    // Nor when its file cannot be read any more.
    device.close().await;
    drop(till);
    site.ruin_outbox();
    let (_device, till) = site.reopened().await;
    assert_eq!(answer(&till).await, expired);
}

#[tokio::test]
async fn an_answer_comes_in_time_or_is_asked_for_again() {
    let site = Site::new(Role::Terminal);
    let (_device, till) = site.enrolled().await;
    let key = SigningKey::from_bytes(&[9; 32]);
    let text = sealed(&site, VOUCHER, key.verifying_key());
    let asked = till.challenge(&tea()).await.unwrap();
    let asked = Challenge::from_text(&asked, "test").unwrap();
    let signed = challenge::answer_with_voucher(&key, &text, "test", &asked).unwrap();
    site.clock.pass(CHALLENGE_AGE_MS_MAX + 1);
    let stale = hand_over(&till, &signed).await;
    assert_eq!(stale, Err("challenge_stale".to_owned()));
    let elsewhere = hand_over(&till, "CRA1.other.AAAA").await;
    assert_eq!(elsewhere, Err("code_of_other_programme".to_owned()));
}
