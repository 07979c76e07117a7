//! What an old identity of a till could not send and its new one issued anew counts once.

use carrot_rules::Command;
use carrot_rules::command::LeaseReturn;
use carrot_wire::VerdictClass::{Accepted, Parked, Rejected};
use carrot_wire::envelope::Replaced;
use carrot_wire::{CommandBody, Envelope, Verdict};
use uuid::Uuid;

use crate::common::*;

/// How often both are sent at once.
const ROUNDS: usize = 8;

fn one_sale() -> Command {
    Command::SaleRecord(sale(Some(SELLER), 1, None))
}

/// What the new till signs for commands of the old one.
fn anew(new: &mut Device, command: &Command, line: Vec<Replaced>) -> Envelope {
    let mut body = new.body(command);
    body.replaces = line;
    new.seal(&body)
}

fn line_of(envelope: &Envelope) -> Vec<Replaced> {
    envelope.body().unwrap().line_of().unwrap()
}

async fn pushed(device: &Device, world: &World, envelope: Envelope) -> Verdict {
    let mut reply = device.push(world, &[envelope]).await;
    reply.verdicts.pop().unwrap()
}

fn said(verdict: &Verdict) -> (carrot_wire::VerdictClass, &str) {
    (verdict.class, verdict.code.as_str())
}

pub async fn f101_one_of_two_counts_in_either_order(engine: Engine) {
    let world = World::on(engine).await;
    let mut old = Device::terminal(&world, 1).await;
    let mut new = Device::terminal(&world, 2).await;
    let (first, second) = (one_sale(), one_sale());
    let (one, two) = (old.sign(&first), old.sign(&second));
    let (instead, too_late) = (
        anew(&mut new, &first, line_of(&one)),
        anew(&mut new, &second, line_of(&two)),
    );
    // The new one first: the old one counts no more.
    let verdict = pushed(&new, &world, instead.clone()).await;
    assert_eq!(said(&verdict), (Accepted, "ok"));
    let late = pushed(&old, &world, one.clone()).await;
    assert_eq!(said(&late), (Rejected, "replaced"));
    // The old one first: nothing stands for it any more.
    assert_eq!(said(&pushed(&old, &world, two).await), (Accepted, "ok"));
    let refused = pushed(&new, &world, too_late).await;
    assert_eq!(said(&refused), (Rejected, "replaces_accepted"));
    assert_eq!(world.active(SELLER).await, 2 * SELLER_POINTS);
    // Both answers stay what they were.
    assert_eq!(pushed(&new, &world, instead).await, verdict);
    assert_eq!(pushed(&old, &world, one).await, late);
    assert_eq!(world.active(SELLER).await, 2 * SELLER_POINTS);
    world.close().await;
}

pub async fn f101_a_race_of_both_has_one_winner(engine: Engine) {
    let world = World::on(engine).await;
    let other = world.other().await;
    let mut old = Device::terminal(&world, 1).await;
    let mut new = Device::terminal(&world, 2).await;
    for round in 1..=ROUNDS {
        let command = one_sale();
        let first = old.sign(&command);
        let instead = anew(&mut new, &command, line_of(&first));
        let (one, two) = tokio::join!(pushed(&old, &world, first), pushed(&new, &other, instead));
        match (one.class, two.class) {
            (Accepted, Rejected) => assert_eq!(two.code, "replaces_accepted"),
            (Rejected, Accepted) => assert_eq!(one.code, "replaced"),
            other => panic!("round {round}: {other:?}"),
        }
        let rounds = i64::try_from(round).unwrap();
        assert_eq!(world.active(SELLER).await, rounds * SELLER_POINTS);
    }
    other.close().await;
    world.close().await;
}

pub async fn f101_what_waits_for_a_person_is_not_issued_anew(engine: Engine) {
    let world = World::on(engine).await;
    let mut old = Device::terminal(&world, 1).await;
    let mut new = Device::terminal(&world, 2).await;
    let command = one_sale();
    let first = old.sign(&command);
    let token = old.clone();
    let mut tx = world.begin().await;
    tx.revoke_device(old.id, "test").await.unwrap();
    tx.commit().await.unwrap();
    let file = carrot_wire::handover::Handover {
        programme_id: PROGRAMME,
        device_id: token.id,
        made_ms: START_MS,
        commands: vec![first.clone()],
        photos: Vec::new(),
    };
    let taken = carrot_server::handover::take(&world.store, &file)
        .await
        .unwrap();
    assert_eq!(taken.parked, 1);
    let instead = anew(&mut new, &command, line_of(&first));
    let refused = pushed(&new, &world, instead).await;
    assert_eq!(said(&refused), (Rejected, "replaces_parked"));
    // What stands for another and waits itself keeps the other from counting.
    let second = one_sale();
    let (mut third, mut last) = (Device::terminal(&world, 3).await, token);
    let queued = last.sign(&second);
    let mut body = third.body(&second);
    body.replaces = line_of(&queued);
    body.actor_id = SELLER;
    let waits = third.seal(&body);
    assert_eq!(pushed(&third, &world, waits).await.class, Parked);
    let file = carrot_wire::handover::Handover {
        commands: vec![queued],
        ..file
    };
    let taken = carrot_server::handover::take(&world.store, &file)
        .await
        .unwrap();
    assert_eq!((taken.rejected, taken.parked), (1, 0));
    assert_eq!(world.active(SELLER).await, 0);
    world.close().await;
}

pub async fn f101_what_was_issued_anew_twice_counts_once(engine: Engine) {
    let world = World::on(engine).await;
    let mut old = Device::terminal(&world, 1).await;
    let mut new = Device::terminal(&world, 2).await;
    let mut newest = Device::terminal(&world, 3).await;
    let command = one_sale();
    let first = old.sign(&command);
    let second = anew(&mut new, &command, line_of(&first));
    let third = anew(&mut newest, &command, line_of(&second));
    assert_eq!(line_of(&second).len(), 2);
    assert_eq!(
        said(&pushed(&newest, &world, third).await),
        (Accepted, "ok")
    );
    for (device, envelope) in [(&old, first), (&new, second)] {
        let late = pushed(device, &world, envelope).await;
        assert_eq!(said(&late), (Rejected, "replaced"));
    }
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    world.close().await;
}

pub async fn f101_nobody_else_stands_for_a_command(engine: Engine) {
    let world = World::on(engine).await;
    let mut old = Device::terminal(&world, 1).await;
    let mut new = Device::terminal(&world, 2).await;
    let mut phone = Device::phone(&world, 3, SELLER).await;
    let command = one_sale();
    let first = old.sign(&command);
    let line = line_of(&first);
    let named = |device_id: Uuid, command_id: Uuid| {
        let one = Replaced {
            device_id,
            command_id,
            ..line[0]
        };
        vec![one]
    };
    let unknown = named(Uuid::from_u128(7), line[0].command_id);
    let of_a_phone = named(phone.id, line[0].command_id);
    let own = named(new.id, Uuid::from_u128(8));
    let long = vec![line[0]; carrot_wire::limits::REPLACES_MAX + 1];
    let lent = Command::LeaseReturn(LeaseReturn {
        lease_id: Uuid::from_u128(9),
        points: 1,
    });
    let bodies: Vec<(CommandBody, &str)> = vec![
        (body(&new, &command, unknown), "replaces_foreign"),
        (body(&new, &command, of_a_phone), "replaces_foreign"),
        (body(&new, &command, own), "replaces_own"),
        (body(&new, &command, long), "bad_input"),
        (body(&new, &lent, line.clone()), "not_issued_again"),
        (
            CommandBody {
                kind: "sale.undo".to_owned(),
                ..body(&new, &command, line.clone())
            },
            "not_issued_again",
        ),
    ];
    for (mut body, code) in bodies {
        body.device_seq = new.seq + 1;
        body.prev_hash.clone_from(&new.prev);
        let envelope = new.seal(&body);
        assert_eq!(
            said(&pushed(&new, &world, envelope).await),
            (Rejected, code)
        );
    }
    // A phone neither: and a command that names itself is of its own device.
    let claim = claim_receipt("somebody's");
    let foreign = anew(&mut phone, &claim, line.clone());
    let refused = pushed(&phone, &world, foreign).await;
    assert_eq!(said(&refused), (Rejected, "replaces_foreign"));
    // None of them keeps the command from counting.
    assert_eq!(said(&pushed(&old, &world, first).await), (Accepted, "ok"));
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    world.close().await;
}

fn body(device: &Device, command: &Command, line: Vec<Replaced>) -> CommandBody {
    CommandBody {
        replaces: line,
        ..device.body(command)
    }
}
