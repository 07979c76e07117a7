//! Any text as what a device sends: an envelope, the command in it, a push, a pull, an enrolment and
//! a member's code. What reads is written as what reads the same; nothing is trusted unsigned.

#![no_main]

use carrot_rules::Command;
use carrot_wire::Envelope;
use carrot_wire::enrol::EnrolmentCode;
use carrot_wire::pull::PullRequest;
use carrot_wire::push::PushRequest;
use carrot_wire::member;
use ed25519_dalek::SigningKey;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
    let unsigned = Envelope {
        suite: "ed25519".to_owned(),
        kid: String::new(),
        bytes: text.to_owned(),
        signature: text.chars().rev().take(88).collect(),
    };
    read(&unsigned, &key);
    if let Ok(envelope) = serde_json::from_str::<Envelope>(text) {
        read(&envelope, &key);
    }
    if let Ok(push) = serde_json::from_str::<PushRequest>(text) {
        push.commands.iter().for_each(|envelope| read(envelope, &key));
    }
    let _ = serde_json::from_str::<PullRequest>(text);
    let _ = EnrolmentCode::from_text(text);
    assert!(member::check(text, "morgenro", &[key], 1_760_000_000_000).is_err());
});

/// Nobody holds the key: every signature is a forgery.
fn read(envelope: &Envelope, key: &ed25519_dalek::VerifyingKey) {
    assert!(envelope.verify(key).is_err());
    let Ok(body) = envelope.body() else { return };
    let _ = body.time.estimated_ms();
    let Ok(command) = body.command() else { return };
    let args = command.to_args().expect("a command is plain data");
    let again = Command::from_args(command.kind(), args.clone()).expect("what was read reads");
    assert_eq!(again.to_args().ok(), Some(args));
}
