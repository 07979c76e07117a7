//! Feeds: numbers in the order of commits, none missing, none late.

use std::collections::BTreeSet;
use std::sync::Arc;

use carrot_rules::Scope;
use carrot_rules::entity::Contact;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::common::*;

/// Servers that write at once, writers in each, and changes of each writer.
const SERVERS: usize = 4;
const WRITERS: usize = 2;
const CHANGES: usize = 15;

fn name(writer: usize, change: usize) -> String {
    format!("tail-{writer:02}-{change:03}")
}

/// Writes its changes to two feeds; after every third one a transaction that is given up.
async fn write(server: Arc<World>, writer: usize) {
    let scopes = [Scope::Programme(PROGRAMME), Scope::Outlet(OUTLET)];
    let thing = Contact { participant: BUYER };
    for change in 0..CHANGES {
        let mut tx = server.begin().await;
        let id = name(writer, change);
        tx.put(&id, &thing, &scopes).await.unwrap();
        tx.commit().await.unwrap();
        if change % 3 == 0 {
            let mut tx = server.begin().await;
            let id = format!("given-up-{}", Uuid::new_v4());
            tx.put(&id, &thing, &scopes).await.unwrap();
        }
    }
}

pub async fn a_tail_sees_every_change_once_while_many_write(engine: Engine) {
    let world = World::on(engine).await;
    let till = Device::terminal(&world, 1).await;
    let mut tasks = Vec::new();
    for server in 0..SERVERS {
        let other = Arc::new(world.other().await);
        for writer in 0..WRITERS {
            let number = server * WRITERS + writer;
            tasks.push(tokio::spawn(write(other.clone(), number)));
        }
    }
    // The follower checks at each page that numbers and digests go on where it stopped.
    let mut tail = Follower::default();
    let mut rounds = 0_usize;
    loop {
        let finished = tasks.iter().all(JoinHandle::is_finished);
        rounds += tail.follow(&world, &till, 2_000).await;
        if finished {
            break;
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
    let mut whole = Follower::default();
    whole.follow(&world, &till, 1 << 20).await;
    assert_eq!(tail.scopes, whole.scopes);
    let mut left: BTreeSet<String> = (0..SERVERS * WRITERS)
        .flat_map(|writer| (0..CHANGES).map(move |change| name(writer, change)))
        .collect();
    let wanted = left.len();
    let mut seen = 0;
    for text in tail.texts.iter().filter(|text| text.contains("tail-")) {
        seen += 1;
        left.retain(|name| !text.contains(name));
    }
    assert!(left.is_empty(), "never seen: {left:?}");
    assert_eq!(seen, wanted * 2, "once in each of two feeds");
    assert!(!tail.texts.iter().any(|text| text.contains("given-up")));
    println!("{engine:?}: {wanted} changes in {rounds} pages");
    world.close().await;
}

pub async fn another_history_is_told_by_its_epoch_on_every_server(engine: Engine) {
    let world = World::on(engine).await;
    let other = world.other().await;
    let till = Device::terminal(&world, 1).await;
    let mut follower = Follower::default();
    follower.follow(&other, &till, 1 << 20).await;
    let mut tx = world.begin().await;
    tx.renew_epoch().await.unwrap();
    tx.commit().await.unwrap();
    let reply = till.pull(&other, follower.cursors(), 1 << 20).await;
    assert!(!reply.scopes.is_empty());
    assert!(
        reply
            .scopes
            .iter()
            .all(|page| page.reset && page.first == 1)
    );
    world.close().await;
}
