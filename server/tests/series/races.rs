//! A thousand claims of one code at once have one winner, and the others hear why.

use carrot_rules::entity::{Code, Employment, Participant};
use carrot_rules::{Command, Scope};
use carrot_server::store::Device as StoredDevice;
use carrot_wire::{Verdict, VerdictClass};
use uuid::Uuid;

use super::common::*;
use super::{genuine, submit, with_series};

/// So many sellers of the outlet with a phone each.
async fn crowd(world: &World, people: u8) -> Vec<Device> {
    let mut phones = Vec::new();
    for number in 0..people {
        let id = Uuid::from_u128(1_000 + u128::from(number));
        let seller = Participant {
            id,
            role: "seller".to_owned(),
            employments: vec![Employment {
                outlet: OUTLET,
                from_ms: 0,
                until_ms: None,
                share: 1,
            }],
            segments: Vec::new(),
            joined_ms: 0,
        };
        let mut tx = world.begin().await;
        tx.put(&id.to_string(), &seller, &[Scope::Participant(id)])
            .await
            .unwrap();
        let person = carrot_server::store::Person {
            participant: id,
            code: format!("crowd-{number}"),
            given: "Some".to_owned(),
            family: "Body".to_owned(),
            phone: None,
            email: None,
            language: "en".to_owned(),
            sign_in: None,
            password_hash: None,
            pin_hash: None,
        };
        tx.put_person(&person).await.unwrap();
        tx.commit().await.unwrap();
        phones.push(Device::phone(world, 100 + number, id).await);
    }
    phones
}

/// Twenty commands of each of fifty phones, all in flight at once.
async fn race(world: &World, command: impl Fn() -> Command) -> Vec<(Uuid, Verdict)> {
    let mut phones = crowd(world, 50).await;
    let mut pushes = Vec::new();
    for phone in &mut phones {
        let envelopes: Vec<_> = (0..20).map(|_| phone.sign(&command())).collect();
        let stored: StoredDevice = world.store.device(phone.id).await.unwrap().unwrap();
        let (store, actor) = (world.store.clone(), phone.actor);
        pushes.push(tokio::spawn(async move {
            let reply = carrot_server::apply::apply_batch(&store, &stored, &envelopes);
            (actor, reply.await.unwrap())
        }));
    }
    let mut verdicts = Vec::new();
    for push in pushes {
        let (actor, reply) = push.await.unwrap();
        verdicts.extend(reply.verdicts.into_iter().map(|verdict| (actor, verdict)));
    }
    assert_eq!(verdicts.len(), 1_000);
    verdicts
}

/// One of a thousand claims is paid; all others are told that somebody was, and whether it was they.
async fn one_winner(world: &World, verdicts: Vec<(Uuid, Verdict)>, points: i64) {
    let won = |verdict: &Verdict| verdict.class == VerdictClass::Accepted;
    let winners: Vec<Uuid> = verdicts
        .iter()
        .filter(|(_, one)| won(one))
        .map(|(who, _)| *who)
        .collect();
    println!(
        "proof tried={} lost={} doubled={}",
        verdicts.len(),
        usize::from(winners.is_empty()),
        winners.len().saturating_sub(1)
    );
    assert_eq!(winners.len(), 1);
    for (who, verdict) in verdicts.iter().filter(|(_, one)| !won(one)) {
        assert_eq!(verdict.code, "already_claimed", "{verdict:?}");
        assert_eq!(verdict.params["by_you"], winners[0] == *who);
        assert!(verdict.params.contains_key("at_ms"));
    }
    for (who, _) in &verdicts {
        let owned = world.active(*who).await;
        assert_eq!(owned, if *who == winners[0] { points } else { 0 });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m5_a_thousand_claims_of_one_typed_code_have_one_winner() {
    let world = World::new().await;
    let verdicts = race(&world, || claim_code(CODE)).await;
    one_winner(&world, verdicts, SELLER_POINTS).await;
    let code: Code = world.store.entity(PROGRAMME, CODE).await.unwrap().unwrap();
    assert_eq!(code.status, "claimed");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m5_a_thousand_claims_of_one_pallet_have_one_winner() {
    let world = with_series().await;
    let shown = genuine(&world, 2, 0).await;
    let verdicts = race(&world, || submit(shown.clone())).await;
    one_winner(&world, verdicts, 1_000 * SELLER_POINTS).await;
    world.close().await;
}
