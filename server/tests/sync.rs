//! Pushing: order, repetition, chains, rights. Whatever is sent, and however often, has one effect.
mod common;

use carrot_rules::Command;
use carrot_rules::command::SaleVoid;
use carrot_server::db;
use carrot_wire::VerdictClass::{Accepted, Blocked, Parked, Rejected, Retry};
use carrot_wire::{PROTO, PROTO_FLOOR};
use common::*;
use serde_json::json;
use uuid::Uuid;

fn one_sale() -> Command {
    Command::SaleRecord(sale(Some(SELLER), 1, None))
}

#[tokio::test]
async fn a_repeated_push_gets_the_same_words_and_has_one_effect() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let commands = vec![till.sign(&one_sale()), till.sign(&one_sale())];
    let first = till.push(&world, &commands).await;
    assert_eq!(first.expected_seq, 3);
    assert!(
        first
            .verdicts
            .iter()
            .all(|verdict| verdict.class == Accepted)
    );
    world.clock.advance(60_000);
    // The answer was lost: everything goes again, and one more.
    let mut again = commands.clone();
    again.push(till.sign(&one_sale()));
    let second = till.push(&world, &again).await;
    assert_eq!(second.verdicts[..2], first.verdicts[..]);
    assert_eq!(second.expected_seq, 4);
    assert_eq!(world.active(SELLER).await, 3 * SELLER_POINTS);
    world.close().await;
}

#[tokio::test]
async fn a_gap_is_not_jumped_over() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let first = till.sign(&one_sale());
    let second = till.sign(&one_sale());
    let reply = till.push(&world, std::slice::from_ref(&second)).await;
    assert!(reply.verdicts.is_empty());
    assert_eq!(reply.expected_seq, 1);
    assert_eq!(world.active(SELLER).await, 0);
    let reply = till.push(&world, &[first, second]).await;
    assert_eq!(reply.verdicts.len(), 2);
    world.close().await;
}

#[tokio::test]
async fn a_forked_chain_stops_the_queue_and_has_no_effect() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    till.run(&world, &one_sale()).await;
    let mut clone = till.clone();
    till.run(&world, &one_sale()).await;
    clone.sign(&one_sale());
    let envelope = clone.sign(&one_sale());
    let reply = clone.push(&world, &[envelope]).await;
    assert_eq!(reply.verdicts[0].class, Blocked);
    assert_eq!(reply.verdicts[0].code, "forked");
    assert_eq!(reply.expected_seq, 3);
    assert_eq!(world.active(SELLER).await, 2 * SELLER_POINTS);
    let kept = world.store.forked(PROGRAMME).await.unwrap();
    assert_eq!((kept.len(), kept[0].device_seq), (1, 3));
    world.close().await;
}

#[tokio::test]
async fn other_bytes_under_a_used_number_or_id_have_no_effect() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let mut clone = till.clone();
    let body = till.body(&one_sale());
    let envelope = till.seal(&body);
    till.push(&world, &[envelope]).await;
    // The same number with another command: one of a copy of the device.
    let other = clone.sign(&one_sale());
    let reply = clone.push(&world, &[other]).await;
    let verdict = &reply.verdicts[0];
    assert_eq!((verdict.class, verdict.code.as_str()), (Blocked, "forked"));
    // The same number and id with other bytes.
    let mut changed = body.clone();
    changed.time.wall_ms += 1;
    let changed = clone.seal(&changed);
    let reply = clone.push(&world, &[changed]).await;
    let verdict = &reply.verdicts[0];
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Rejected, "id_reused")
    );
    // The same id under the next number.
    let mut second = till.body(&one_sale());
    second.command_id = body.command_id;
    let envelope = till.seal(&second);
    let reply = till.push(&world, std::slice::from_ref(&envelope)).await;
    assert_eq!(reply.verdicts[0].code, "id_reused");
    assert_eq!(reply.expected_seq, 3);
    assert_eq!(
        till.push(&world, &[envelope]).await.verdicts,
        reply.verdicts
    );
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    world.close().await;
}

#[tokio::test]
async fn a_revoked_devices_commands_wait_for_a_person() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    till.run(&world, &one_sale()).await;
    let mut tx = world.begin().await;
    tx.revoke_device(till.id, "server").await.unwrap();
    tx.commit().await.unwrap();
    let verdict = till.run(&world, &one_sale()).await;
    assert_eq!((verdict.class, verdict.code.as_str()), (Parked, "revoked"));
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    assert_eq!(world.store.parked(PROGRAMME, 10).await.unwrap().len(), 1);
    let body = json!({"proto": 1, "scopes": [], "max_bytes": 1000});
    let (status, reply) = world.post("/v1/pull", Some(&till.token), body).await;
    assert_eq!(
        (status.as_u16(), reply["error"]["code"].as_str()),
        (403, Some("revoked"))
    );
    world.close().await;
}

#[tokio::test]
async fn nobody_acts_for_others_or_elsewhere() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 2, SELLER).await;
    phone.actor = RIVAL;
    let verdict = phone.run(&world, &claim_code(CODE)).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Rejected, "not_permitted")
    );
    phone.actor = SELLER;
    let verdict = phone.run(&world, &one_sale()).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Rejected, "not_permitted")
    );
    // Goods were handed over elsewhere, or by somebody who is not on the roster: a person looks at it.
    let mut till = Device::terminal(&world, 1).await;
    till.outlet = Some(OTHER_OUTLET);
    let verdict = till.run(&world, &one_sale()).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Parked, "not_permitted")
    );
    till.outlet = Some(OUTLET);
    till.actor = BUYER;
    let verdict = till.run(&world, &one_sale()).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Parked, "not_permitted")
    );
    assert_eq!(world.active(SELLER).await, 0);
    world.close().await;
}

#[tokio::test]
async fn what_this_version_cannot_read_is_kept_or_stopped() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let mut body = till.body(&one_sale());
    body.kind = "sale.exchange".to_owned();
    let envelope = till.seal(&body);
    let reply = till.push(&world, &[envelope]).await;
    assert_eq!(
        (reply.verdicts[0].class, reply.verdicts[0].code.as_str()),
        (Parked, "kind_unknown")
    );
    let mut body = till.body(&one_sale());
    body.args = json!({"sale_id": 7});
    let envelope = till.seal(&body);
    let reply = till.push(&world, &[envelope]).await;
    assert_eq!(
        (reply.verdicts[0].class, reply.verdicts[0].code.as_str()),
        (Rejected, "bad_input")
    );
    let mut forged = till.clone();
    forged.key = key(99);
    let verdict = forged.run(&world, &one_sale()).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (Blocked, "signature_invalid")
    );
    // Both sides of the window: nothing is recorded, the number is not spent.
    for proto in [PROTO_FLOOR - 1, PROTO + 1] {
        let mut foreign = till.body(&one_sale());
        foreign.proto = proto;
        let envelope = till.clone().seal(&foreign);
        let reply = till.push(&world, &[envelope]).await;
        assert_eq!(
            (reply.verdicts[0].class, reply.verdicts[0].code.as_str()),
            (Blocked, "upgrade_required")
        );
        assert_eq!(reply.expected_seq, 3);
    }
    world.close().await;
}

#[tokio::test]
async fn a_prediction_that_differs_is_called_adjusted() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let account = format!("participant:{SELLER}:active");
    let mut body = till.body(&one_sale());
    body.basis
        .predicted
        .insert(account.clone(), SELLER_POINTS + 1);
    let envelope = till.seal(&body);
    let reply = till.push(&world, &[envelope]).await;
    assert_eq!(reply.verdicts[0].code, "adjusted");
    assert_eq!(reply.verdicts[0].booked[&account], SELLER_POINTS);
    let mut body = till.body(&one_sale());
    body.basis.predicted.insert(account, SELLER_POINTS);
    body.basis
        .predicted
        .insert(format!("participant:{BUYER}:active"), BUYER_POINTS);
    let envelope = till.seal(&body);
    let reply = till.push(&world, &[envelope]).await;
    assert_eq!(reply.verdicts[0].code, "ok");
    world.close().await;
}

#[tokio::test]
async fn clocks_of_devices_do_not_move_the_servers() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    till.now_ms = START_MS + 365 * 24 * 3_600_000;
    let record = sale(Some(SELLER), 1, None);
    let verdict = till.run(&world, &Command::SaleRecord(record.clone())).await;
    assert_eq!(verdict.class, Accepted);
    assert_eq!(verdict.recorded_at_ms, START_MS);
    let command = world
        .store
        .command(PROGRAMME, verdict.command_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(command.occurred_ms, START_MS);
    till.now_ms = START_MS - 365 * 24 * 3_600_000;
    let void = Command::SaleVoid(SaleVoid {
        sale_id: Uuid::new_v4(),
    });
    assert_eq!(till.run(&world, &void).await.code, "too_late");
    world.close().await;
}

#[tokio::test]
async fn a_command_that_fails_inside_the_server_does_not_hold_up_the_queue_for_ever() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    match &world.home.database {
        Some(database) => {
            let fault = "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS
                   'BEGIN RAISE EXCEPTION ''fault''; END';
                 CREATE TRIGGER fault BEFORE INSERT ON transfer FOR EACH ROW EXECUTE FUNCTION fault()";
            database.sql(fault).unwrap();
        }
        None => {
            let mut tx = world.begin().await;
            let fault = "CREATE TRIGGER fault BEFORE INSERT ON transfer BEGIN SELECT RAISE(ABORT, 'fault'); END";
            db::query(fault).execute(tx.conn()).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
    let commands = [
        till.sign(&one_sale()),
        till.sign(&Command::SaleVoid(SaleVoid {
            sale_id: Uuid::new_v4(),
        })),
    ];
    for _ in 0..2 {
        let reply = till.push(&world, &commands).await;
        assert_eq!(reply.verdicts.len(), 1);
        assert_eq!((reply.verdicts[0].class, reply.expected_seq), (Retry, 1));
    }
    let reply = till.push(&world, &commands).await;
    let codes: Vec<&str> = reply.verdicts.iter().map(|v| v.code.as_str()).collect();
    assert_eq!(codes, ["internal", "nothing_to_void"]);
    assert_eq!(reply.verdicts[0].class, Parked);
    assert_eq!(world.active(SELLER).await, 0);
    assert_eq!(world.store.parked(PROGRAMME, 10).await.unwrap().len(), 1);
    world.close().await;
}

#[tokio::test]
async fn a_key_signs_for_its_own_device_and_programme_only() {
    let world = World::new().await;
    let till = Device::terminal(&world, 1).await;
    let other = Device::terminal(&world, 2).await;
    for change in [
        |body: &mut carrot_wire::CommandBody, id| body.device_id = id,
        |body: &mut carrot_wire::CommandBody, id| body.programme_id = id,
    ] {
        let mut body = till.body(&one_sale());
        change(&mut body, other.id);
        let envelope = till.clone().seal(&body);
        let reply = till.push(&world, &[envelope]).await;
        assert_eq!(
            (reply.verdicts[0].class, reply.verdicts[0].code.as_str()),
            (Blocked, "wrong_device")
        );
        assert_eq!(reply.expected_seq, 1);
    }
    assert_eq!(world.active(SELLER).await, 0);
    world.close().await;
}
