//! What commands do to the books: sales, claims, reversals, leases, visits.
mod common;

use carrot_rules::command::{Cover, ReviewDecide, SaleVoid, VisitRecord};
use carrot_rules::entity::Till;
use carrot_rules::outcome::Upsert;
use carrot_rules::{Account, Command, Scope};
use carrot_server::apply::console_command;
use carrot_server::keys::Keys;
use carrot_wire::VerdictClass::{Accepted, Parked, Rejected};
use common::*;
use serde_json::json;
use uuid::Uuid;

#[tokio::test]
async fn a_sale_fills_two_pots_and_shows_them() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let verdict = till
        .run(&world, &Command::SaleRecord(sale(Some(SELLER), 2, None)))
        .await;
    assert_eq!((verdict.class, verdict.code.as_str()), (Accepted, "ok"));
    assert_eq!(world.active(BUYER).await, 2 * BUYER_POINTS);
    assert_eq!(world.active(SELLER).await, 2 * SELLER_POINTS);
    assert_eq!(
        world.balance(Account::Issuance).await,
        -OFFLINE_BUDGET - 2 * (BUYER_POINTS + SELLER_POINTS)
    );
    assert_eq!(
        verdict.booked[&format!("participant:{BUYER}:active")],
        2 * BUYER_POINTS
    );
    assert!(verdict.scope_seqs.contains_key(&outlet_scope()));
    assert!(
        verdict
            .scope_seqs
            .contains_key(&format!("participant:{BUYER}"))
    );
    // The buyer is now a member whom this outlet knows, with the balance as it is.
    let reply = till.pull(&world, json!([]), 1 << 20).await;
    let changes: Vec<&String> = reply.scopes.iter().flat_map(|page| &page.changes).collect();
    let balance = format!(r#""balance":{}"#, 2 * BUYER_POINTS);
    assert!(
        changes
            .iter()
            .any(|text| text.contains(&BUYER.to_string()) && text.contains(&balance))
    );
    world.close().await;
}

#[tokio::test]
async fn a_code_pays_once_and_the_second_claimant_sees_why() {
    let world = World::new().await;
    let mut first = Device::phone(&world, 2, SELLER).await;
    let mut second = Device::phone(&world, 3, RIVAL).await;
    assert_eq!(first.run(&world, &claim_code(CODE)).await.class, Accepted);
    let verdict = second.run(&world, &claim_code(CODE)).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Rejected, "already_claimed")
    );
    assert_eq!(verdict.params["by_you"], json!(false));
    let verdict = first.run(&world, &claim_code(CODE)).await;
    assert_eq!(verdict.params["by_you"], json!(true));
    assert_eq!(
        first.run(&world, &claim_code("CRC1NOSUCH")).await.code,
        "code_unknown"
    );
    assert_eq!(
        world.active(SELLER).await + world.pending(SELLER).await,
        SELLER_POINTS
    );
    assert_eq!(world.active(RIVAL).await + world.pending(RIVAL).await, 0);
    world.close().await;
}

#[tokio::test]
async fn the_receipt_of_a_sale_that_the_till_reported_attaches() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let mut phone = Device::phone(&world, 2, SELLER).await;
    till.run(
        &world,
        &Command::SaleRecord(sale(Some(SELLER), 1, Some("dk:1:99"))),
    )
    .await;
    let verdict = phone.run(&world, &claim_receipt("dk:1:99")).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Accepted, "attached_to_existing")
    );
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    assert_eq!(world.pending(SELLER).await, 0);
    world.close().await;
}

#[tokio::test]
async fn a_cancelled_sale_gives_back_and_what_was_spent_is_owed() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let mut phone = Device::phone(&world, 2, BUYER).await;
    phone.now_ms = START_MS;
    let pieces = REWARD_COST / BUYER_POINTS;
    let record = sale(Some(SELLER), pieces, None);
    till.run(&world, &Command::SaleRecord(record.clone())).await;
    assert_eq!(world.active(BUYER).await, REWARD_COST);
    let spend = redeem(&phone, REWARD_COST, Cover::Online, START_MS, 1);
    assert_eq!(till.run(&world, &spend).await.class, Accepted);
    let void = Command::SaleVoid(SaleVoid {
        sale_id: record.sale_id,
    });
    assert_eq!(till.run(&world, &void).await.class, Accepted);
    assert_eq!(world.active(SELLER).await, 0);
    assert_eq!(world.active(BUYER).await, 0);
    assert_eq!(world.balance(Account::Clawback(BUYER)).await, -REWARD_COST);
    assert_eq!(till.run(&world, &void).await.code, "nothing_to_void");
    world.close().await;
}

#[tokio::test]
async fn a_proof_is_used_once_and_an_old_one_not_at_all() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    let code = redeem(&phone, REWARD_COST, Cover::Online, START_MS, 1);
    assert_eq!(till.run(&world, &code).await.class, Accepted);
    let again = redeem(&phone, REWARD_COST, Cover::Online, START_MS, 1);
    assert_eq!(till.run(&world, &again).await.code, "proof_used");
    let old = redeem(&phone, REWARD_COST, Cover::Online, START_MS - 600_000, 2);
    assert_eq!(till.run(&world, &old).await.code, "proof_expired");
    assert_eq!(world.active(BUYER).await, 1_000 - REWARD_COST);
    world.close().await;
}

#[tokio::test]
async fn a_lease_covers_what_the_member_lacks_and_never_more_than_it_holds() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    endow(&world.store, BUYER, REWARD_COST + 40).await;
    assert_eq!(till.run(&world, &lease(till.id, 400)).await.class, Accepted);
    assert_eq!(world.balance(Account::Lease(till.id)).await, 400);
    let cover = Cover::Lease { lease_id: till.id };
    let paid = redeem(&phone, REWARD_COST, cover.clone(), START_MS, 1);
    assert_eq!(till.run(&world, &paid).await.class, Accepted);
    assert_eq!(world.balance(Account::OfflineLoss).await, 0);
    let short = redeem(&phone, REWARD_COST, cover.clone(), START_MS, 2);
    assert_eq!(till.run(&world, &short).await.class, Accepted);
    let loss = REWARD_COST - 40;
    assert_eq!(world.active(BUYER).await, 0);
    assert_eq!(world.balance(Account::OfflineLoss).await, loss);
    assert_eq!(world.balance(Account::Lease(till.id)).await, 400 - loss);
    let beyond = redeem(&phone, 400, cover, START_MS, 3);
    let verdict = till.run(&world, &beyond).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Parked, "lease_exceeded")
    );
    assert_eq!(world.balance(Account::Redeemed).await, 2 * REWARD_COST);
    world.close().await;
}

#[tokio::test]
async fn a_visit_earns_when_somebody_else_has_approved_it() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 4, MERCHANDISER).await;
    let visit = VisitRecord {
        visit_id: Uuid::new_v4(),
        stop: None,
        task: "SHELF".to_owned(),
        checked_in_ms: START_MS - 1_000,
        checklist: Vec::new(),
        photos: Vec::new(),
        note: String::new(),
        shelf: Vec::new(),
    };
    let review = format!("visit:{}", visit.visit_id);
    let again = Command::VisitRecord(visit.clone());
    assert_eq!(
        phone.run(&world, &Command::VisitRecord(visit)).await.class,
        Accepted
    );
    assert_eq!(
        (
            world.pending(MERCHANDISER).await,
            world.active(MERCHANDISER).await
        ),
        (TASK_POINTS, 0)
    );
    // The same visit under another command is paid once.
    let verdict = phone.run(&world, &again).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Rejected, "stop_done")
    );
    assert_eq!(world.pending(MERCHANDISER).await, TASK_POINTS);
    let decision = |approve| {
        Command::ReviewDecide(ReviewDecide {
            review_id: review.clone(),
            approve,
            reason: String::new(),
        })
    };
    for (actor, class, code) in [
        (MERCHANDISER, Rejected, "not_permitted"),
        (MANAGER, Accepted, "ok"),
        (MANAGER, Rejected, "review_closed"),
    ] {
        let mut tx = world.begin().await;
        let verdict = console_command(&mut tx, actor, decision(true))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!((verdict.class, verdict.code.as_str()), (class, code));
    }
    assert_eq!(
        (
            world.pending(MERCHANDISER).await,
            world.active(MERCHANDISER).await
        ),
        (0, TASK_POINTS)
    );
    assert_eq!(
        world.store.audit_lines(PROGRAMME, 3).await.unwrap()[0].action,
        "review.decide"
    );
    world.close().await;
}

#[tokio::test]
async fn a_cancelled_sale_leaves_its_code_for_another_time() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let mut phone = Device::phone(&world, 3, RIVAL).await;
    let mut record = sale(Some(SELLER), 1, None);
    record.lines[0].unit_code = Some(CODE.to_owned());
    let void = Command::SaleVoid(SaleVoid {
        sale_id: record.sale_id,
    });
    till.run(&world, &Command::SaleRecord(record)).await;
    assert_eq!(
        phone.run(&world, &claim_code(CODE)).await.code,
        "already_claimed"
    );
    assert_eq!(till.run(&world, &void).await.class, Accepted);
    let verdict = phone.run(&world, &claim_code(CODE)).await;
    assert_eq!((verdict.class, verdict.code.as_str()), (Accepted, "ok"));
    assert_eq!(world.active(SELLER).await, 0);
    assert_eq!(world.active(RIVAL).await, SELLER_POINTS);
    world.close().await;
}

#[tokio::test]
async fn an_online_code_is_judged_by_the_servers_clock() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    world.clock.advance(600_000);
    let stale = redeem(&phone, REWARD_COST, Cover::Online, START_MS, 1);
    let mut body = till.body(&stale);
    body.time.wall_ms = START_MS;
    let envelope = till.seal(&body);
    let reply = till.push(&world, &[envelope]).await;
    assert_eq!(reply.verdicts[0].code, "proof_expired");
    assert_eq!(world.active(BUYER).await, 1_000);
    world.close().await;
}

#[tokio::test]
async fn a_revoked_phone_spends_no_more() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    let mut tx = world.begin().await;
    tx.revoke_device(phone.id, "karen").await.unwrap();
    tx.commit().await.unwrap();
    let stolen = redeem(&phone, REWARD_COST, Cover::Online, START_MS, 1);
    assert_eq!(till.run(&world, &stolen).await.code, "proof_invalid");
    assert_eq!(world.active(BUYER).await, 1_000);
    world.close().await;
}

#[tokio::test]
async fn f102_what_a_phone_agreed_to_before_it_was_revoked_is_honoured() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    till.run(&world, &lease(till.id, 900)).await;
    world.clock.advance(600_000);
    let mut tx = world.begin().await;
    tx.revoke_device(phone.id, "karen").await.unwrap();
    tx.commit().await.unwrap();
    world.clock.advance(600_000);
    let cover = Cover::Lease { lease_id: till.id };
    let before = redeem(&phone, REWARD_COST, cover.clone(), START_MS, 1);
    let verdict = till.run(&world, &before).await;
    assert_eq!((verdict.class, verdict.code.as_str()), (Accepted, "ok"));
    assert_eq!(world.active(BUYER).await, 1_000 - REWARD_COST);
    till.now_ms += 1_200_000;
    let after = redeem(&phone, REWARD_COST, cover, till.now_ms, 2);
    assert_eq!(till.run(&world, &after).await.code, "proof_invalid");
    assert_eq!(world.active(BUYER).await, 1_000 - REWARD_COST);
    world.close().await;
}

#[tokio::test]
async fn f102_what_was_handed_over_under_a_key_retired_since_is_honoured() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    till.run(&world, &lease(till.id, 900)).await;
    let countersigned = till.pull(&world, json!([]), 1_000_000).await.countersigned;
    let old = world.store.keys().rows().remove(0).kid;
    Keys::rotate(world.store.data()).unwrap();
    Keys::retire(world.store.data(), &old, false).unwrap();
    let cover = Cover::Lease { lease_id: till.id };
    let handed = redeem(&phone, REWARD_COST, cover.clone(), START_MS, 1);
    let mut body = till.body(&handed);
    body.time.after = Some(countersigned.unwrap().named(None));
    let command_id = body.command_id;
    let envelope = till.seal(&body);
    let reply = till.push(&world, &[envelope]).await;
    assert_eq!(reply.verdicts[0].code, "ok");
    let made = world.store.made(PROGRAMME, command_id).await.unwrap();
    assert_eq!(made.unwrap().from_ms, Some(START_MS));
    // Nobody asks a retired key online.
    let online = redeem(&phone, REWARD_COST, Cover::Online, START_MS, 2);
    assert_eq!(till.run(&world, &online).await.code, "proof_invalid");
    Keys::retire(world.store.data(), &old, true).unwrap();
    let revoked = redeem(&phone, REWARD_COST, cover, START_MS, 3);
    assert_eq!(till.run(&world, &revoked).await.code, "proof_invalid");
    assert_eq!(world.active(BUYER).await, 1_000 - REWARD_COST);
    world.close().await;
}

#[tokio::test]
async fn f102_a_code_shown_to_earn_spends_nothing_under_a_lease() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    till.run(&world, &lease(till.id, 900)).await;
    let cover = Cover::Lease { lease_id: till.id };
    let coded = |nonce: u64, asked: bool| {
        let Command::RewardRedeem(mut spend) =
            redeem(&phone, REWARD_COST, cover.clone(), START_MS, nonce)
        else {
            unreachable!("a redemption");
        };
        spend.proof = phone.rotating_code(START_MS, nonce);
        spend.challenge = spend.challenge.filter(|_| asked);
        Command::RewardRedeem(spend)
    };
    for asked in [false, true] {
        let verdict = till.run(&world, &coded(1, asked)).await;
        let came = (verdict.class, verdict.code.as_str());
        assert_eq!(came, (Parked, "challenge_needed"), "{asked}");
    }
    assert_eq!(world.active(BUYER).await, 1_000);

    // A terminal of an earlier time: what it has made by its first word since counts, and no more.
    let mut tx = world.begin().await;
    let mut shown: Till = tx.entity(&till.id.to_string()).await.unwrap().unwrap();
    assert_eq!(shown.codes_until_seq, Some(0));
    shown.codes_until_seq = None;
    let scope = Scope::Programme(PROGRAMME);
    let earlier = Upsert::of(till.id.to_string(), &shown, &[scope]);
    tx.put_entity(&earlier).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(till.run(&world, &coded(2, false)).await.code, "ok");
    let made = json!({"seq": 5, "at_ms": START_MS});
    let body = json!({"proto": 1, "scopes": [], "max_bytes": 1_000_000, "made": made});
    let (status, _) = world.post("/v1/pull", Some(&till.token), body).await;
    assert_eq!(status, 200);
    assert_eq!(till.run(&world, &coded(3, false)).await.code, "ok");
    let over = till.run(&world, &coded(4, false)).await;
    assert_eq!(over.code, "challenge_needed");
    world.close().await;
}

#[tokio::test]
async fn only_a_cashier_works_the_till() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    till.actor = SELLER;
    let record = sale(Some(SELLER), 1, None);
    let verdict = till.run(&world, &Command::SaleRecord(record)).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Parked, "not_permitted")
    );
    assert_eq!(world.active(SELLER).await, 0);
    world.close().await;
}
