//! A bundle proves order, completeness and intervals with public keys alone; each way to cheat is found.

use carrot_rules::command::{CommandClass, GoalSet};
use carrot_rules::{Command, Kind};
use carrot_wire::bundle::{BUNDLE_VERSION, Bundle, BundleFault, check};
use carrot_wire::certificate::SignedCertificate;
use carrot_wire::crypto::{self, chain_hash};
use carrot_wire::envelope::{Basis, CommandTime};
use carrot_wire::notary::{Countersigned, Head};
use carrot_wire::{Certificate, CommandBody, Envelope, PROTO};
use ed25519_dalek::{SigningKey, VerifyingKey};
use uuid::Uuid;

const PROGRAMME: Uuid = Uuid::from_u128(1);
const DEVICE: Uuid = Uuid::from_u128(2);

fn server() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn device() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

fn trusted() -> Vec<VerifyingKey> {
    vec![server().verifying_key()]
}

fn certificate() -> SignedCertificate {
    let certificate = Certificate {
        device_id: DEVICE,
        programme_id: PROGRAMME,
        programme_code: "morgen".to_owned(),
        role: "phone".to_owned(),
        outlet_id: None,
        participant_id: Some(Uuid::from_u128(3)),
        public_key: crypto::encode(device().verifying_key().as_bytes()),
        cashiers: Vec::new(),
        contact_key: None,
        pin_key: None,
        member_pass: None,
        from_ms: 0,
        until_ms: 1,
    };
    SignedCertificate::seal(&certificate, &server()).unwrap()
}

/// A device at work: it signs, the server countersigns.
struct Story {
    bundle: Bundle,
    last: (i64, String),
    newest: Option<Countersigned>,
}

impl Story {
    fn new() -> Self {
        Self {
            bundle: Bundle {
                version: BUNDLE_VERSION,
                certificate: certificate(),
                commands: Vec::new(),
                countersigned: Vec::new(),
            },
            last: (0, String::new()),
            newest: None,
        }
    }

    fn countersign(&mut self, server_ms: i64) {
        let head = Head {
            programme_id: PROGRAMME,
            device_id: DEVICE,
            last_seq: self.last.0,
            hash: self.last.1.clone(),
            server_ms,
        };
        let signed = head.countersign(&server());
        self.bundle.countersigned.push(signed.clone());
        self.newest = Some(signed);
    }

    fn act(&mut self, wall_ms: i64) {
        let command = Command::GoalSet(GoalSet { reward: None });
        let body = CommandBody {
            proto: PROTO,
            command_id: Uuid::from_u128(wall_ms.unsigned_abs().into()),
            device_id: DEVICE,
            device_seq: self.last.0 + 1,
            prev_hash: self.last.1.clone(),
            actor_id: Uuid::from_u128(3),
            programme_id: PROGRAMME,
            outlet_id: None,
            kind: Kind::GoalSet.as_str().to_owned(),
            kind_version: 1,
            class: CommandClass::Request,
            args: command.to_args().unwrap(),
            attachments: Vec::new(),
            basis: Basis::default(),
            replaces: Vec::new(),
            time: CommandTime {
                wall_ms,
                after: self.newest.as_ref().map(|newest| newest.named(None)),
                ..CommandTime::default()
            },
        };
        let envelope = Envelope::seal(&body, &device()).unwrap();
        self.last = (body.device_seq, chain_hash(&envelope.bytes));
        self.bundle.commands.push(envelope);
    }
}

/// Two commands between 1,000 and 2,000, one between 2,000 and 3,000, one that nobody has seen yet.
fn story() -> Bundle {
    let mut story = Story::new();
    story.countersign(1_000);
    story.act(1_100);
    story.act(1_200);
    story.countersign(2_000);
    story.act(1_500);
    story.countersign(3_000);
    story.act(3_100);
    story.bundle
}

#[test]
fn m4_order_completeness_and_intervals_are_proven_with_public_keys_alone() {
    let proven = check(&story(), &trusted()).unwrap();
    let intervals: Vec<_> = proven
        .iter()
        .map(|one| (one.device_seq, one.from_ms, one.until_ms))
        .collect();
    assert_eq!(
        intervals,
        [
            (1, Some(1_000), Some(2_000)),
            (2, Some(1_000), Some(2_000)),
            // The device says 1,500; the chain says that it was later.
            (3, Some(2_000), Some(3_000)),
            (4, Some(3_000), None),
        ]
    );
    let text = serde_json::to_string(&story()).unwrap();
    let read: Bundle = serde_json::from_str(&text).unwrap();
    assert!(check(&read, &trusted()).is_ok());
}

#[test]
fn a_journal_whose_beginning_was_forgotten_still_proves_the_rest() {
    let mut bundle = story();
    bundle.commands.drain(..2);
    let proven = check(&bundle, &trusted()).unwrap();
    assert_eq!(
        (proven[0].from_ms, proven[0].until_ms),
        (Some(2_000), Some(3_000))
    );
}

/// What somebody does to a bundle before handing it on.
type Change = fn(&mut Bundle);

#[test]
fn m4_every_way_to_cheat_is_found() {
    let cases: [(Change, BundleFault); 9] = [
        (|b| b.version = 2, BundleFault::Version(2)),
        (
            |b| b.certificate.kid = "0".repeat(16),
            BundleFault::Certificate,
        ),
        (|b| drop(b.commands.remove(1)), BundleFault::Broken(3)),
        (|b| b.commands.swap(0, 1), BundleFault::Broken(1)),
        (
            |b| b.commands.truncate(2),
            BundleFault::Dropped {
                countersigned: 3,
                last: 2,
            },
        ),
        (
            |b| b.commands[0].bytes = b.commands[0].bytes.replace("1100", "9100"),
            BundleFault::Command(0),
        ),
        (
            |b| b.countersigned[1].head.server_ms = 1,
            BundleFault::Countersignature(2),
        ),
        (another_second_command, BundleFault::OtherHistory(2)),
        (late_word, BundleFault::BackDated(1)),
    ];
    for (number, (cheat, fault)) in cases.into_iter().enumerate() {
        let mut bundle = story();
        cheat(&mut bundle);
        assert_eq!(check(&bundle, &trusted()), Err(fault), "case {number}");
    }
    assert_eq!(
        check(&story(), &[device().verifying_key()]),
        Err(BundleFault::Certificate)
    );
}

/// The device signs its history anew with another second command.
fn another_second_command(bundle: &mut Bundle) {
    let mut anew = Story::new();
    anew.newest = Some(bundle.countersigned[0].clone());
    anew.act(1_100);
    anew.act(1_999);
    anew.act(1_500);
    bundle.commands = anew.bundle.commands;
}

/// A command that names a head countersigned after it had arrived itself.
fn late_word(bundle: &mut Bundle) {
    let mut story = Story::new();
    story.countersign(5_000);
    story.act(1_100);
    story.countersign(2_000);
    *bundle = story.bundle;
}
