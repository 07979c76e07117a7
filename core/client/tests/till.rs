//! A terminal: PINs, rotating codes, contact hashes, the lease, photos.

mod common;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use carrot_client::db::{Db, Store};
use carrot_client::{ClientError, Membership};
use carrot_rules::command::{BuyerRef, Cover, RewardRedeem};
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::EntityKind;
use carrot_rules::outcome::Class;
use carrot_rules::{Account, Command, Scope};
use carrot_wire::pull::Change;
use carrot_wire::{CashierGrant, member};
use common::{Fault, PERSON, Role, START_MS, Server, Site, goal};
use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use std::future::Future as _;
use std::sync::atomic::Ordering;
use std::task::{Context, Waker};
use uuid::Uuid;

const CASHIER: Uuid = Uuid::from_u128(8);
const MINUTE: i64 = 60_000;

/// A verifier as the server makes it, with little memory for tests.
fn pin_hash(pin: &str) -> String {
    let mut mac = <Hmac<sha2::Sha256> as KeyInit>::new_from_slice(&[0x0b; 32]).unwrap();
    mac.update(pin.as_bytes());
    let text = hex::encode(mac.finalize().into_bytes());
    let params = Params::new(64, 1, 1, None).unwrap();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(text.as_bytes(), &[1; 16])
        .unwrap()
        .to_string()
}

fn grant(site: &Site, pin: &str) {
    let pin_hash = pin_hash(pin);
    site.server.edit_certificate(|certificate| {
        certificate.until_ms += 1;
        certificate.cashiers = vec![CashierGrant {
            participant: CASHIER,
            pin_hash,
        }];
    });
}

async fn wrong(till: &Membership) -> ClientError {
    till.check_pin(CASHIER, "0000").await.unwrap_err()
}

fn locked(wait_ms: i64) -> ClientError {
    ClientError::PinLocked {
        wait_ms,
        manager: false,
    }
}

#[tokio::test]
async fn f_a_right_pin_signs_in_and_wrong_ones_are_throttled() {
    let site = Site::new(Role::Terminal);
    let (_device, till) = site.enrolled().await;
    let stranger = till.check_pin(CASHIER, "4711").await.unwrap_err();
    assert_eq!(stranger.code(), "not_a_cashier");
    grant(&site, "4711");
    till.sync().await.unwrap();
    till.check_pin(CASHIER, "4711").await.unwrap();
    for left in [4, 3, 2, 1] {
        assert_eq!(wrong(&till).await, ClientError::WrongPin { left });
    }
    assert_eq!(wrong(&till).await, locked(MINUTE));
    site.clock.pass(MINUTE - 1);
    let right = till.check_pin(CASHIER, "4711").await.unwrap_err();
    assert_eq!(right, locked(1), "not even the right one is looked at");
    site.clock.pass(1);
    till.check_pin(CASHIER, "4711").await.unwrap();
    assert_eq!(
        wrong(&till).await,
        ClientError::WrongPin { left: 4 },
        "a fresh count"
    );
}

#[tokio::test]
async fn pauses_grow_until_only_a_new_pin_helps() {
    let site = Site::new(Role::Terminal);
    let (_device, till) = site.enrolled().await;
    grant(&site, "4711");
    till.sync().await.unwrap();
    for pause in [MINUTE, 15 * MINUTE, 15 * MINUTE] {
        for _ in 0..4 {
            assert!(matches!(wrong(&till).await, ClientError::WrongPin { .. }));
        }
        assert_eq!(wrong(&till).await, locked(pause));
        site.clock.pass(pause);
    }
    for _ in 0..4 {
        wrong(&till).await;
    }
    let ended = ClientError::PinLocked {
        wait_ms: 0,
        manager: true,
    };
    assert_eq!(wrong(&till).await, ended);
    site.clock.pass(1_000 * MINUTE);
    assert_eq!(till.check_pin(CASHIER, "4711").await.unwrap_err(), ended);
    grant(&site, "9999");
    till.sync().await.unwrap();
    till.check_pin(CASHIER, "9999").await.unwrap();
}

#[tokio::test]
async fn a_lost_outbox_gives_no_free_tries() {
    let site = Site::new(Role::Terminal);
    let (device, till) = site.enrolled().await;
    grant(&site, "4711");
    till.sync().await.unwrap();
    for _ in 0..4 {
        wrong(&till).await;
    }
    device.close().await;
    drop(till);
    site.ruin_outbox();
    let (device, till) = site.reopened().await;
    assert_eq!(wrong(&till).await, locked(MINUTE), "the fifth");
    device.close().await;
    drop(till);
    // An older copy of the file does not know the pause either.
    site.ruin_outbox();
    let (device, till) = site.reopened().await;
    assert_eq!(wrong(&till).await, locked(MINUTE));
    site.clock.pass(MINUTE);
    till.check_pin(CASHIER, "4711").await.unwrap();
    device.close().await;
    drop(till);
    // What was forgiven stays forgiven.
    site.ruin_outbox();
    let (_device, till) = site.reopened().await;
    let left = |left| ClientError::WrongPin { left };
    assert_eq!(wrong(&till).await, left(4));
}

#[tokio::test]
async fn a_count_of_wrong_pins_that_the_journal_lost_too_waits_for_the_server() {
    let site = Site::new(Role::Terminal);
    let (device, till) = site.enrolled().await;
    grant(&site, "4711");
    till.sync().await.unwrap();
    wrong(&till).await;
    device.close().await;
    drop(till);
    site.ruin_outbox();
    // The newest record of the journal is the count.
    let journal = site.membership_dir().join("outbox.journal");
    let mut bytes = std::fs::read(&journal).unwrap();
    let mark = bytes.windows(4).rposition(|window| window == b"CRJ1");
    bytes[mark.unwrap() + 40] ^= 1;
    std::fs::write(&journal, bytes).unwrap();
    let (device, till) = site.reopened().await;
    site.server.down(true);
    till.sync().await.unwrap_err();
    for pin in ["0000", "4711"] {
        let refused = till.check_pin(CASHIER, pin).await.unwrap_err();
        assert_eq!(refused.code(), "pin_count_lost");
    }
    device.close().await;
    drop(till);
    let (_device, till) = site.reopened().await;
    let refused = till.check_pin(CASHIER, "4711").await.unwrap_err();
    assert_eq!(refused.code(), "pin_count_lost", "after a start too");
    site.server.down(false);
    till.sync().await.unwrap();
    till.check_pin(CASHIER, "4711").await.unwrap();
}

#[tokio::test]
async fn neither_a_restart_nor_the_wall_clock_shortens_a_pause() {
    let site = Site::new(Role::Terminal);
    let (device, till) = site.enrolled().await;
    grant(&site, "4711");
    till.sync().await.unwrap();
    for _ in 0..5 {
        wrong(&till).await;
    }
    // The wall clock is turned: the other clock counts.
    site.clock.wall_ms.fetch_add(60 * MINUTE, Ordering::SeqCst);
    assert_eq!(wrong(&till).await, locked(MINUTE));
    site.clock.wall_ms.fetch_sub(60 * MINUTE, Ordering::SeqCst);
    // The program starts again: the wall clock counts, for no longer than the pause.
    device.close().await;
    drop(till);
    site.clock.boot.fetch_add(1, Ordering::SeqCst);
    site.clock.boot_ms.store(0, Ordering::SeqCst);
    let (_device, till) = site.reopened().await;
    assert_eq!(wrong(&till).await, locked(MINUTE));
    site.clock.wall_ms.fetch_sub(60 * MINUTE, Ordering::SeqCst);
    assert_eq!(wrong(&till).await, locked(MINUTE));
}

#[tokio::test]
async fn a_try_counts_before_it_is_looked_at() {
    let site = Site::new(Role::Terminal);
    let (device, till) = site.enrolled().await;
    grant(&site, "4711");
    till.sync().await.unwrap();
    for _ in 0..4 {
        wrong(&till).await;
    }
    // The fifth is right, and the plug is pulled as soon as the file counts it.
    let (dir, key) = (site.membership_dir(), site.database_key());
    let file = Db::open(Store::Outbox, &dir, &key, u32::MAX).await.unwrap();
    let mut fifth = Box::pin(till.check_pin(CASHIER, "4711"));
    loop {
        let mut context = Context::from_waker(Waker::noop());
        assert!(
            fifth.as_mut().poll(&mut context).is_pending(),
            "counted before"
        );
        tokio::task::yield_now().await;
        let counted: i64 = sqlx::query_scalar("SELECT wrong FROM pin_try")
            .fetch_one(file.reader())
            .await
            .unwrap();
        if counted == 5 {
            break;
        }
    }
    drop(fifth);
    file.close().await;
    drop((device, till));
    let (_device, till) = site.reopened().await;
    assert_eq!(wrong(&till).await, locked(MINUTE));
}

#[tokio::test]
async fn a_phones_code_is_checked_at_the_till_and_by_time() {
    let phone_site = Site::new(Role::Phone);
    let (_phone_device, phone) = phone_site.enrolled().await;
    let site = Site::new(Role::Terminal);
    let (_device, till) = site.enrolled().await;
    let code = phone.rotating_code().unwrap();
    let found = till.check_proof(&code);
    assert!(
        matches!(
            found,
            ProofCheck::Valid {
                participant: PERSON,
                ..
            }
        ),
        "{found:?}"
    );
    assert_eq!(
        till.check_proof("CRR1.test.AAAA"),
        ProofCheck::Invalid("proof_invalid".to_owned())
    );
    site.clock.pass(2 * MINUTE);
    assert_eq!(
        till.check_proof(&code),
        ProofCheck::Invalid("proof_expired".to_owned())
    );
    assert_eq!(till.rotating_code().unwrap_err().code(), "not_permitted");
}

#[tokio::test]
async fn a_wrong_device_clock_is_measured_and_corrected() {
    let site = Site::new(Role::Phone);
    site.clock.wall_ms.fetch_sub(3_600_000, Ordering::SeqCst);
    let (device, phone) = site.enrolled().await;
    assert_eq!(phone.now_ms(), START_MS);
    assert_eq!(phone.status().await.unwrap().clock_offset_ms, 3_600_000);
    device.close().await;
    drop(phone);
    let (_device, phone) = site.reopened().await;
    assert_eq!(phone.now_ms(), START_MS, "remembered");
}

#[tokio::test]
async fn contacts_are_hashed_with_the_terminals_key_and_resolved_by_the_server() {
    let site = Site::new(Role::Terminal);
    let (_device, till) = site.enrolled().await;
    let hash = till.contact_hash("+4520123401").unwrap();
    assert_eq!(hash.len(), 32);
    assert_ne!(hash, till.contact_hash("+4520123402").unwrap());
    assert!(
        till.resolve_member(&BuyerRef::Contact { hash })
            .await
            .unwrap()
    );
    let card = BuyerRef::Card {
        reference: "17".to_owned(),
    };
    assert!(!till.resolve_member(&card).await.unwrap());
    site.server.fault("/v1/members", Fault::LoseRequest);
    assert_eq!(
        till.resolve_member(&card).await.unwrap_err().code(),
        "server_unreachable"
    );
    let phone_site = Site::new(Role::Phone);
    let (_phone_device, phone) = phone_site.enrolled().await;
    assert_eq!(phone.contact_hash("+4520123401"), None);
}

fn redeem(proof_at_ms: i64) -> Command {
    let phone = SigningKey::from_bytes(&[3; 32]);
    let server = SigningKey::from_bytes(&[42; 32]);
    let pass = member::issue_pass(
        &server,
        "test",
        PERSON,
        &phone.verifying_key(),
        START_MS * 2,
    );
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::now_v7(),
        reward: "tea".to_owned(),
        cost_points: 400,
        participant: PERSON,
        proof: member::make(&phone, &pass, "test", proof_at_ms, 1).unwrap(),
        challenge: None,
        cover: Cover::Lease {
            lease_id: Server::DEVICE,
        },
    })
}

#[tokio::test]
async fn what_is_redeemed_offline_counts_against_the_lease_at_once_and_once() {
    let site = Site::new(Role::Terminal);
    let (_device, till) = site.enrolled().await;
    assert_eq!(till.lease().await.unwrap(), None);
    let scope = Scope::Outlet(Server::OUTLET);
    let lease = json!({"id": Server::DEVICE, "device": Server::DEVICE, "outlet": Server::OUTLET,
        "granted_points": 1_000, "granted_ms": START_MS, "stale_ms": START_MS + 1_000_000,
        "loss_points": 0});
    site.server.change(
        scope,
        &Change::entity(EntityKind::Lease, &Server::DEVICE.to_string(), lease),
    );
    site.server
        .grant_points(scope, Account::Lease(Server::DEVICE), 1_000);
    till.sync().await.unwrap();
    let view = async || till.lease().await.unwrap().unwrap();
    assert_eq!(
        (view().await.left_points, view().await.exposure_points),
        (1_000, 0)
    );
    for (number, left) in [(0, 600), (1, 200)] {
        let command = redeem(START_MS + number);
        let outlet = Some(Server::OUTLET);
        let submitted = till
            .submit(command, CASHIER, outlet, Vec::new())
            .await
            .unwrap();
        assert_eq!(
            submitted.outcome.class,
            Class::Accepted,
            "{:?}",
            submitted.outcome
        );
        assert_eq!(view().await.left_points, left);
    }
    let third = till
        .preview(&redeem(START_MS + 2), CASHIER, None)
        .await
        .unwrap();
    assert_eq!(third.class, Class::Parked, "beyond the lease");
    site.server.fault("/v1/pull", Fault::LoseRequest);
    assert!(till.sync().await.is_err());
    assert_eq!(
        view().await.left_points,
        200,
        "booked, and not in the base yet"
    );
    till.sync().await.unwrap();
    assert_eq!(
        (view().await.left_points, view().await.exposure_points),
        (200, 0)
    );
    site.clock.pass(1_000_000);
    assert!(view().await.stale);
}

#[tokio::test]
async fn a_photo_follows_its_command_and_stays_until_the_server_has_both() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let draft = phone
        .put_photo(b"draft".to_vec(), "image/jpeg")
        .await
        .unwrap();
    let photo = phone
        .put_photo(b"picture".to_vec(), "image/jpeg")
        .await
        .unwrap();
    assert_eq!(
        phone
            .put_photo(b"picture".to_vec(), "image/jpeg")
            .await
            .unwrap(),
        photo
    );
    let attachments = vec![photo.clone()];
    phone
        .submit(goal("tea"), PERSON, None, attachments)
        .await
        .unwrap();
    // The question is answered, and the answer to the upload is lost.
    site.server.fault("/v1/blobs", Fault::Change(|_| {}));
    site.server.fault("/v1/blobs", Fault::LoseReply);
    assert!(phone.sync().await.is_err());
    assert!(phone.photo(&photo.sha256).await.unwrap().is_some());
    phone.sync().await.unwrap();
    assert_eq!(site.server.blob(&photo.sha256), Some(b"picture".to_vec()));
    assert_eq!(
        site.server.blob(&draft.sha256),
        None,
        "no command names it yet"
    );
    let calls = site.server.calls("/v1/blobs");
    phone.sync().await.unwrap();
    assert_eq!(site.server.calls("/v1/blobs"), calls, "once is enough");
    assert!(
        phone.photo(&photo.sha256).await.unwrap().is_some(),
        "people look at it"
    );
    site.clock.pass(8 * 24 * 60 * MINUTE);
    phone.sync().await.unwrap();
    assert!(phone.photo(&photo.sha256).await.unwrap().is_none());
    assert!(phone.photo(&draft.sha256).await.unwrap().is_some());
}
