//! Transactions: all or nothing, and what is kept is kept as it was.

use carrot_rules::command::{Cover, SaleVoid};
use carrot_rules::{Account, Command, Transfer};
use carrot_server::{Error, db};
use carrot_wire::VerdictClass::{Accepted, Parked, Rejected, Retry};
use uuid::Uuid;

use crate::common::*;

/// How often a device pushes before it gives up.
const PUSHES_MAX: usize = 5;

pub async fn what_is_committed_is_what_every_server_sees(engine: Engine) {
    let world = World::on(engine).await;
    let other = world.other().await;
    let mut tx = world.begin().await;
    tx.put_setting("hour", "9").await.unwrap();
    let seen = other.store.setting(PROGRAMME, "hour").await.unwrap();
    assert_eq!(seen, None, "not before the commit");
    tx.commit().await.unwrap();
    for server in [&world, &other] {
        let seen = server.store.setting(PROGRAMME, "hour").await.unwrap();
        assert_eq!(seen.as_deref(), Some("9"));
    }
    endow(&other.store, BUYER, 7).await;
    endow(&world.store, BUYER, 5).await;
    assert_eq!(other.active(BUYER).await, 12);
    world.close().await;
}

pub async fn a_dropped_transaction_leaves_nothing(engine: Engine) {
    let world = World::on(engine).await;
    let legs = [(Account::active(BUYER), 5), (Account::Issuance, -5)];
    let five = Transfer::points("award", &legs).unwrap();
    let mut tx = world.begin().await;
    tx.book(Uuid::new_v4(), START_MS, &five).await.unwrap();
    tx.put_setting("hour", "9").await.unwrap();
    drop(tx);
    // A refusal in the middle is no reason to keep what was before it.
    let more = [(Account::active(BUYER), -9), (Account::Issuance, 9)];
    let more = Transfer::points("award", &more).unwrap();
    let mut tx = world.begin().await;
    tx.book(Uuid::new_v4(), START_MS, &five).await.unwrap();
    let refused = tx.book(Uuid::new_v4(), START_MS, &more).await;
    assert!(matches!(refused, Err(Error::Books(_))), "{refused:?}");
    drop(tx);
    assert_eq!(world.active(BUYER).await, 0);
    let seen = world.store.setting(PROGRAMME, "hour").await.unwrap();
    assert_eq!(seen, None);
    world.close().await;
}

pub async fn a_refused_command_leaves_its_neighbours(engine: Engine) {
    let world = World::on(engine).await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    let commands = [
        till.sign(&Command::SaleRecord(sale(Some(SELLER), 1, None))),
        till.sign(&redeem(&phone, REWARD_COST, Cover::Online, START_MS, 1)),
        till.sign(&Command::SaleRecord(sale(Some(SELLER), 2, None))),
    ];
    let reply = till.push(&world, &commands).await;
    let classes: Vec<_> = reply.verdicts.iter().map(|one| one.class).collect();
    assert_eq!(classes, [Accepted, Rejected, Accepted]);
    assert_eq!(world.active(BUYER).await, 3 * BUYER_POINTS);
    assert_eq!(world.active(SELLER).await, 3 * SELLER_POINTS);
    world.close().await;
}

pub async fn what_happened_cannot_be_changed_or_removed(engine: Engine) {
    let world = World::on(engine).await;
    endow(&world.store, BUYER, 5).await;
    for statement in [
        "DELETE FROM audit",
        "DELETE FROM entry",
        "DELETE FROM transfer",
        "DELETE FROM change",
        "UPDATE audit SET actor = 'x'",
        "UPDATE entry SET amount = amount + 1",
        "UPDATE transfer SET purpose = 'x'",
        "UPDATE change SET digest = 'x'",
    ] {
        let mut tx = world.begin().await;
        let refused = db::query(statement).execute(tx.conn()).await.unwrap_err();
        let told = refused.to_string();
        assert!(told.contains("append-only"), "{statement}: {told}");
    }
    world.close().await;
}

pub async fn texts_come_back_as_they_were_written(engine: Engine) {
    let world = World::on(engine).await;
    let texts = [
        "",
        " ",
        "Søren Łódź Київ",
        "it's \"so\" \\ %_",
        "🥕\u{200d}\u{fffd}",
    ];
    for (at, text) in texts.iter().enumerate() {
        let mut tx = world.begin().await;
        tx.put_setting(&format!("text:{at}"), text).await.unwrap();
        tx.commit().await.unwrap();
        let name = format!("text:{at}");
        let seen = world.store.setting(PROGRAMME, &name).await.unwrap();
        assert_eq!(seen.as_deref(), Some(*text));
    }
    // Text is in the order of its bytes.
    let mut tx = world.begin().await;
    for name in ["o:b", "o:B", "o:a", "o:ä", "o:_"] {
        tx.put_setting(name, "").await.unwrap();
    }
    let names: Vec<String> = db::query_scalar(
        "SELECT name FROM setting WHERE name >= 'o:' AND name < 'o;' ORDER BY name",
    )
    .fetch_all(tx.conn())
    .await
    .unwrap();
    assert_eq!(names, ["o:B", "o:_", "o:a", "o:b", "o:ä"]);
    drop(tx);
    world.close().await;
}

/// PostgreSQL keeps no zero characters. Whatever becomes of a command that has one, its device goes on.
pub async fn a_zero_character_does_not_hold_up_the_queue(engine: Engine) {
    let world = World::on(engine).await;
    let mut till = Device::terminal(&world, 1).await;
    let odd = sale(Some(SELLER), 1, Some("dk:1:\u{0}"));
    let commands = [
        till.sign(&Command::SaleRecord(odd)),
        till.sign(&Command::SaleRecord(sale(Some(SELLER), 2, None))),
    ];
    let mut verdicts = Vec::new();
    for _ in 0..PUSHES_MAX {
        verdicts = till.push(&world, &commands).await.verdicts;
        if verdicts.len() == 2 && verdicts.iter().all(|one| one.class.is_final()) {
            break;
        }
    }
    assert_eq!(verdicts.len(), 2, "{verdicts:?}");
    assert!(verdicts[0].class.is_final(), "{verdicts:?}");
    assert_eq!(verdicts[1].class, Accepted, "{verdicts:?}");
    let again = till.push(&world, &commands).await;
    assert_eq!(again.verdicts, verdicts);
    assert!(world.active(SELLER).await >= 2 * SELLER_POINTS);
    println!("{engine:?}: {:?} {}", verdicts[0].class, verdicts[0].code);
    world.close().await;
}

pub async fn a_decision_that_cannot_read_is_put_aside_alone(engine: Engine) {
    let world = World::on(engine).await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, SELLER).await;
    let commands = [
        till.sign(&redeem(&phone, REWARD_COST, Cover::Online, START_MS, 1)),
        till.sign(&Command::SaleVoid(SaleVoid {
            sale_id: Uuid::new_v4(),
        })),
    ];
    // Balances are read when a decision asks for them, not ahead of it.
    alter(&world, "ALTER TABLE balance RENAME TO balance_away").await;
    let mut verdicts = Vec::new();
    for _ in 0..PUSHES_MAX {
        verdicts = till.push(&world, &commands).await.verdicts;
        if verdicts.len() == 2 {
            break;
        }
        assert_eq!(verdicts[0].class, Retry, "{verdicts:?}");
    }
    let told: Vec<_> = verdicts.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(told, ["internal", "nothing_to_void"]);
    assert_eq!(verdicts[0].class, Parked);
    let parked = world.store.parked(PROGRAMME, 10).await.unwrap();
    assert_eq!(parked.len(), 1);
    alter(&world, "ALTER TABLE balance_away RENAME TO balance").await;
    world.close().await;
}

/// Changes a table behind the server's back.
async fn alter(world: &World, words: &'static str) {
    match &world.home.database {
        Some(database) => drop(database.sql(words).unwrap()),
        None => {
            let mut tx = world.begin().await;
            db::query(words).execute(tx.conn()).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
}

pub async fn a_kind_with_a_zero_character_does_not_hold_up_the_queue(engine: Engine) {
    let world = World::on(engine).await;
    let mut till = Device::terminal(&world, 1).await;
    let mut body = till.body(&Command::SaleRecord(sale(Some(SELLER), 1, None)));
    body.kind = "sale\u{0}.\u{7}exchange".to_owned();
    let commands = [
        till.seal(&body),
        till.sign(&Command::SaleRecord(sale(Some(SELLER), 2, None))),
    ];
    let verdicts = till.push(&world, &commands).await.verdicts;
    let told: Vec<_> = verdicts.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(told[0], "kind_unknown", "{verdicts:?}");
    assert_eq!(verdicts[1].class, Accepted, "{verdicts:?}");
    let parked = world.store.parked(PROGRAMME, 10).await.unwrap();
    assert_eq!(parked[0].kind, "sale.exchange");
    world.close().await;
}
