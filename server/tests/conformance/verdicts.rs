//! Verdicts: one for each command, the same words from whichever server.

use carrot_rules::Command;
use carrot_wire::VerdictClass::{Accepted, Rejected};
use futures_util::future::join_all;

use crate::common::*;

/// How many servers are asked at once.
const SERVERS: usize = 4;

async fn servers(world: &World) -> Vec<World> {
    join_all((0..SERVERS).map(|_| world.other())).await
}

fn one_sale() -> Command {
    Command::SaleRecord(sale(Some(SELLER), 1, None))
}

pub async fn a_verdict_is_repeated_word_for_word_by_every_server(engine: Engine) {
    let world = World::on(engine).await;
    let servers = servers(&world).await;
    let mut till = Device::terminal(&world, 1).await;
    for round in 1..=5 {
        let commands = [till.sign(&one_sale()), till.sign(&one_sale())];
        let pushed = servers.iter().map(|server| till.push(server, &commands));
        let replies = join_all(pushed).await;
        let first = &replies[0].verdicts;
        assert!(first.iter().all(|verdict| verdict.class == Accepted));
        for reply in &replies {
            assert_eq!(&reply.verdicts, first);
            assert_eq!(reply.expected_seq, round * 2 + 1);
        }
        world.clock.advance(1_000);
        let later = till.push(&world, &commands).await;
        assert_eq!(&later.verdicts, first, "told again later");
    }
    assert_eq!(world.active(SELLER).await, 10 * SELLER_POINTS);
    world.close().await;
}

pub async fn one_id_has_one_effect_whoever_is_asked(engine: Engine) {
    let world = World::on(engine).await;
    let servers = servers(&world).await;
    let mut tills = Vec::new();
    for number in 0..SERVERS {
        tills.push(Device::terminal(&world, 1 + number as u8).await);
    }
    let id = uuid::Uuid::new_v4();
    let mut envelopes = Vec::new();
    for till in &mut tills {
        let mut body = till.body(&one_sale());
        body.command_id = id;
        envelopes.push([till.seal(&body)]);
    }
    let pushed = (0..SERVERS).map(|at| tills[at].push(&servers[at], &envelopes[at]));
    let replies = join_all(pushed).await;
    let won = |class| {
        let of = replies
            .iter()
            .filter(|reply| reply.verdicts[0].class == class);
        of.count()
    };
    assert_eq!(
        (won(Accepted), won(Rejected)),
        (1, SERVERS - 1),
        "{replies:?}"
    );
    for (at, reply) in replies.iter().enumerate() {
        let verdict = &reply.verdicts[0];
        assert!(verdict.class == Accepted || verdict.code == "id_reused");
        let again = tills[at].push(&world, &envelopes[at]).await;
        assert_eq!(again.verdicts, reply.verdicts);
    }
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    world.close().await;
}

pub async fn a_gap_is_not_jumped_over_by_any_server(engine: Engine) {
    let world = World::on(engine).await;
    let servers = servers(&world).await;
    let mut till = Device::terminal(&world, 1).await;
    let commands: Vec<_> = (0..SERVERS).map(|_| [till.sign(&one_sale())]).collect();
    // Each server gets one of four commands; which of them come in their turn is chance.
    let pushed = (0..SERVERS).map(|at| till.push(&servers[at], &commands[at]));
    let mut taken = 0;
    for (at, reply) in join_all(pushed).await.into_iter().enumerate() {
        if reply.verdicts.is_empty() {
            assert!(reply.expected_seq <= at as i64 + 1, "{reply:?}");
        } else {
            taken += 1;
        }
    }
    assert_eq!(world.active(SELLER).await, taken * SELLER_POINTS);
    let all: Vec<_> = commands.into_iter().flatten().collect();
    let reply = till.push(&world, &all).await;
    assert!(
        reply
            .verdicts
            .iter()
            .all(|verdict| verdict.class == Accepted)
    );
    assert_eq!(world.active(SELLER).await, SERVERS as i64 * SELLER_POINTS);
    world.close().await;
}
