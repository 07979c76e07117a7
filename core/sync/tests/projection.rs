//! The projection: what is pending shows over the base, once, and leaves when the base shows it.

use std::collections::BTreeMap;

use carrot_rules::command::{Cover, GoalSet, QuizSubmit, RewardRedeem};
use carrot_rules::decide::{Context, ProofCheck};
use carrot_rules::entity::EntityKind;
use carrot_rules::{Account, Class, Command, RuleSet, Scope};
use carrot_sync::overlay::exposure;
use carrot_sync::projection::{Base, Pending, Sight, project};
use carrot_sync::{Booked, Overlay};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

const PERSON: Uuid = Uuid::from_u128(7);
const CASHIER: Uuid = Uuid::from_u128(8);
const DEVICE: Uuid = Uuid::from_u128(9);
const OUTLET: Uuid = Uuid::from_u128(10);

#[derive(Default)]
struct Known {
    entities: BTreeMap<(EntityKind, String), Value>,
    balances: BTreeMap<Account, i64>,
}

impl Base for Known {
    fn entity(&self, kind: EntityKind, id: &str) -> Option<Value> {
        self.entities.get(&(kind, id.to_owned())).cloned()
    }
    fn balance(&self, account: Account) -> Option<i64> {
        self.balances.get(&account).copied()
    }
}

fn base() -> Known {
    let rules = RuleSet {
        version: 1,
        ..RuleSet::default()
    };
    let mut known = Known::default();
    let mut put = |kind, id: &str, body| known.entities.insert((kind, id.to_owned()), body);
    put(
        EntityKind::RuleSet,
        carrot_rules::entity::ONLY,
        serde_json::to_value(rules).unwrap(),
    );
    for code in ["tea", "cup"] {
        let reward = json!({"code": code, "kind": "goods", "name": {}, "cost_points": 400,
            "cash_minor": 0, "currency": "EUR", "stock": null, "low_stock_at": 0, "at_till": true});
        put(EntityKind::Reward, code, reward);
    }
    let lease = json!({"id": DEVICE, "device": DEVICE, "outlet": OUTLET, "granted_points": 1_000,
        "granted_ms": 0, "stale_ms": 1_000_000, "loss_points": 0});
    put(EntityKind::Lease, &DEVICE.to_string(), lease);
    known.balances.insert(Account::Lease(DEVICE), 1_000);
    known
}

fn phone() -> Sight {
    Sight {
        device: DEVICE,
        participant: Some(PERSON),
        outlet: None,
        synced: true,
    }
}

fn terminal() -> Sight {
    Sight {
        device: DEVICE,
        participant: None,
        outlet: Some(OUTLET),
        synced: true,
    }
}

fn pending(device_seq: i64, actor: Uuid, command: Command) -> Pending {
    let proof = match &command {
        Command::RewardRedeem(redeem) => ProofCheck::Valid {
            participant: redeem.participant,
            id: format!("proof-{device_seq}"),
        },
        _ => ProofCheck::Absent,
    };
    let context = Context {
        command_id: Uuid::from_u128(device_seq.unsigned_abs().into()),
        device: DEVICE,
        actor,
        programme: Uuid::nil(),
        outlet: Some(OUTLET),
        occurred_ms: 1_000,
        now_ms: 1_000,
        made: carrot_rules::made::Made::now(1_000),
        proof,
        exposure_points: 0,
        address: carrot_rules::entity::Guess::default(),
    };
    Pending {
        device_seq,
        command,
        context,
        booked: None,
    }
}

fn goal(device_seq: i64, reward: &str) -> Pending {
    let reward = Some(reward.to_owned());
    pending(device_seq, PERSON, Command::GoalSet(GoalSet { reward }))
}

fn redeem(device_seq: i64, cost_points: i64) -> Pending {
    let command = Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::from_u128(1_000 + device_seq.unsigned_abs() as u128),
        reward: "tea".to_owned(),
        cost_points,
        participant: PERSON,
        proof: "text".to_owned(),
        challenge: None,
        cover: Cover::Lease { lease_id: DEVICE },
    });
    pending(device_seq, CASHIER, command)
}

fn shown(overlay: &Overlay) -> Option<&Value> {
    let key = (EntityKind::Goal, PERSON.to_string());
    overlay
        .entities
        .get(&key)
        .map(|written| &written.body["reward"])
}

#[test]
fn later_commands_decide_over_earlier_ones() {
    let queue = [goal(1, "tea"), goal(2, "cup")];
    let overlay = project(&queue, &base(), &phone(), &BTreeMap::new());
    assert_eq!(shown(&overlay), Some(&json!("cup")));
}

#[test]
fn a_predicted_refusal_leaves_nothing() {
    let overlay = project(&[goal(1, "no-such")], &base(), &phone(), &BTreeMap::new());
    assert_eq!(overlay, Overlay::default());
    // Before the first full pull the device cannot know that there is none.
    let unsynced = Sight {
        synced: false,
        ..phone()
    };
    let overlay = project(&[goal(1, "no-such")], &base(), &unsynced, &BTreeMap::new());
    assert_eq!(shown(&overlay), Some(&json!("no-such")));
}

#[test]
fn an_accepted_command_shows_until_its_scope_has_passed_and_not_after() {
    let scope = Scope::Participant(PERSON);
    let mut accepted = goal(1, "tea");
    accepted.booked = Some(Booked {
        deltas: BTreeMap::from([(Account::active(PERSON), 25)]),
        scope_seqs: BTreeMap::from([(scope, 12)]),
    });
    let at = |cursor| {
        project(
            &[accepted.clone()],
            &base(),
            &phone(),
            &BTreeMap::from([(scope, cursor)]),
        )
    };
    for cursor in [0, 11] {
        assert_eq!(
            at(cursor).balances,
            BTreeMap::from([(Account::active(PERSON), 25)])
        );
        assert!(shown(&at(cursor)).is_some());
    }
    for cursor in [12, 13] {
        assert_eq!(at(cursor), Overlay::default());
    }
}

#[test]
fn scopes_pass_one_by_one() {
    let (own, all) = (Scope::Participant(PERSON), Scope::Programme(Uuid::nil()));
    let mut accepted = goal(1, "tea");
    accepted.booked = Some(Booked {
        deltas: BTreeMap::from([(Account::active(PERSON), 25)]),
        scope_seqs: BTreeMap::from([(own, 5), (all, 9)]),
    });
    let cursors = BTreeMap::from([(own, 5), (all, 8)]);
    let overlay = project(&[accepted], &base(), &phone(), &cursors);
    assert_eq!(
        overlay,
        Overlay::default(),
        "own things are in the base already"
    );
}

#[test]
fn exposure_counts_until_the_lease_is_used_up() {
    let queue = [redeem(1, 400), redeem(2, 400), redeem(3, 400)];
    let overlay = project(&queue, &base(), &terminal(), &BTreeMap::new());
    assert_eq!(
        overlay.exposure_points, 1_200,
        "goods that were handed over all count"
    );
    let kinds = overlay
        .entities
        .keys()
        .filter(|(kind, _)| *kind == EntityKind::Redemption);
    assert_eq!(
        kinds.count(),
        2,
        "the third is beyond the lease and waits for a person"
    );
    let commands: Vec<Command> = queue.into_iter().map(|one| one.command).collect();
    assert_eq!(exposure(&commands), 1_200);
    assert_eq!(exposure(&[]), 0);
}

#[test]
fn what_only_the_server_knows_is_pending_and_moves_no_points() {
    let mut known = base();
    let question = json!({"text": {}, "answers": [{}, {}]});
    let lesson = json!({"code": "l1", "title": {}, "paragraphs": [], "questions": [question],
        "points": 50});
    known
        .entities
        .insert((EntityKind::Lesson, "l1".to_owned()), lesson);
    let quiz = QuizSubmit {
        lesson: "l1".to_owned(),
        answers: vec![1],
    };
    let queue = [pending(1, PERSON, Command::QuizSubmit(quiz))];
    let overlay = project(&queue, &known, &phone(), &BTreeMap::new());
    assert!(overlay.balances.is_empty());
    let lines = overlay
        .entities
        .keys()
        .filter(|(kind, _)| *kind == EntityKind::Activity);
    assert_eq!(lines.count(), 1);
}

#[test]
fn an_effect_is_reflected_when_every_scope_held_here_has_reached_its_number() {
    let (own, all) = (Scope::Participant(PERSON), Scope::Programme(Uuid::nil()));
    let booked = Booked {
        deltas: BTreeMap::new(),
        scope_seqs: BTreeMap::from([(own, 5), (all, 9)]),
    };
    let at = |cursors: &[(Scope, i64)]| {
        let cursors = cursors.iter().copied().collect();
        booked.reflected(&cursors, &phone())
    };
    assert!(at(&[(own, 5), (all, 9)]));
    assert!(
        at(&[(own, 6)]),
        "a scope that is not held here shows nothing here"
    );
    assert!(!at(&[(own, 4), (all, 9)]));
    assert!(!at(&[(own, 5), (all, 8)]));
    assert!(!at(&[(all, 9)]), "nothing of the own scope came yet");
}

#[test]
fn only_an_accepted_prediction_shows() {
    let mut outcome = carrot_rules::Outcome::accepted();
    let goal = carrot_rules::entity::Goal { reward: None };
    let scopes = [Scope::Participant(PERSON)];
    outcome
        .upserts
        .push(carrot_rules::Upsert::of(PERSON.to_string(), &goal, &scopes));
    for class in [Class::Rejected, Class::Parked] {
        outcome.class = class;
        let mut overlay = Overlay::default();
        overlay.apply(&outcome);
        assert_eq!(overlay, Overlay::default());
    }
    outcome.class = Class::Accepted;
    let mut overlay = Overlay::default();
    overlay.apply(&outcome);
    assert!(shown(&overlay).is_some());
}

proptest! {
    #[test]
    fn projecting_twice_gives_the_same_and_the_last_goal_wins(
        picks in prop::collection::vec(any::<bool>(), 1..12),
    ) {
        let queue: Vec<Pending> = (1..).zip(&picks)
            .map(|(seq, tea)| goal(seq, if *tea { "tea" } else { "cup" }))
            .collect();
        let once = project(&queue, &base(), &phone(), &BTreeMap::new());
        let twice = project(&queue, &base(), &phone(), &BTreeMap::new());
        prop_assert_eq!(&once, &twice);
        let last = picks.last().map(|tea| json!(if *tea { "tea" } else { "cup" }));
        prop_assert_eq!(shown(&once).cloned(), last);
    }
}
