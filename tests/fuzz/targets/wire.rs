//! Any text as any message of the protocol: what reads is written as what reads the same, and what was
//! signed is refused with one byte changed, under another key, or in another domain.

#![no_main]

use carrot_wire::bundle::Bundle;
use carrot_wire::certificate::SignedCertificate;
use carrot_wire::crypto::{self, DOMAIN_CERTIFICATE, DOMAIN_COMMAND};
use carrot_wire::enrol::{
    ChallengeReply, ChallengeRequest, EnrolReply, EnrolRequest, EnrolmentCode, TokenReply,
    TokenRequest,
};
use carrot_wire::error::ErrorBody;
use carrot_wire::member;
use carrot_wire::notary::{AfterHead, Countersigned};
use carrot_wire::pull::{PullReply, PullRequest};
use carrot_wire::push::{PushReply, PushRequest};
use carrot_wire::handover::{HandedPhoto, Handover};
use carrot_wire::hint::Hint;
use carrot_wire::resolve::{ResolveReply, ResolveRequest};
use carrot_wire::trust::{SignedTrust, TrustList};
use carrot_wire::{Certificate, CommandBody, Envelope, Verdict};
use ed25519_dalek::SigningKey;
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An instant at which codes are read, UTC milliseconds: the beginning of a step.
const NOW_MS: i64 = 1_760_000_010_000;

fuzz_target!(|text: &str| {
    round::<Envelope>(text);
    round::<CommandBody>(text);
    round::<PushRequest>(text);
    round::<PushReply>(text);
    round::<Verdict>(text);
    round::<PullRequest>(text);
    round::<PullReply>(text);
    round::<Certificate>(text);
    round::<SignedCertificate>(text);
    round::<EnrolRequest>(text);
    round::<EnrolReply>(text);
    round::<ChallengeRequest>(text);
    round::<ChallengeReply>(text);
    round::<TokenRequest>(text);
    round::<TokenReply>(text);
    round::<ResolveRequest>(text);
    round::<ResolveReply>(text);
    round::<ErrorBody>(text);
    round::<Bundle>(text);
    round::<Countersigned>(text);
    round::<AfterHead>(text);
    round::<Handover>(text);
    round::<HandedPhoto>(text);
    round::<Hint>(text);
    round::<SignedTrust>(text);
    round::<TrustList>(text);
    if let Some(code) = EnrolmentCode::from_text(text) {
        assert_eq!(EnrolmentCode::from_text(&code.to_text()), Some(code));
    }
    if let Ok(bundle) = serde_json::from_str::<Bundle>(text) {
        // Nobody holds the key.
        let trusted = [SigningKey::from_bytes(&[7; 32]).verifying_key()];
        let proven = carrot_wire::bundle::check(&bundle, &trusted);
        assert!(proven.is_err() || bundle.commands.is_empty());
    }
    signed(text);
    member_code(text);
});

/// What reads is written, and read again is written the same.
fn round<T: Serialize + DeserializeOwned>(text: &str) {
    let Ok(read) = serde_json::from_str::<T>(text) else {
        return;
    };
    let written = serde_json::to_string(&read).expect("a message is plain data");
    let again: T = serde_json::from_str(&written).expect("what was written reads");
    let twice = serde_json::to_string(&again).expect("a message is plain data");
    assert_eq!(written, twice);
}

/// The place of the change, from the text itself.
fn place(bytes: &[u8], length: usize) -> (usize, u8) {
    let sum = bytes.iter().fold(7_usize, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(*byte))
    });
    (sum % length.max(1), 1 << (sum / length.max(1) % 8))
}

fn signed(text: &str) {
    let bytes = text.as_bytes();
    let (key, other) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
    let public = key.verifying_key();
    let signature = crypto::sign_raw(&key, DOMAIN_COMMAND, bytes);
    let holds = |domain: &str, bytes: &[u8], signature: &[u8]| {
        crypto::verify_raw(&public, domain, bytes, signature).is_ok()
    };
    assert!(holds(DOMAIN_COMMAND, bytes, &signature));
    assert!(!holds(DOMAIN_CERTIFICATE, bytes, &signature));
    assert!(crypto::verify_raw(&other.verifying_key(), DOMAIN_COMMAND, bytes, &signature).is_err());
    if !bytes.is_empty() {
        let mut changed = bytes.to_vec();
        let (at, bit) = place(bytes, bytes.len());
        changed[at] ^= bit;
        assert!(!holds(DOMAIN_COMMAND, &changed, &signature));
    }
    let mut forged = signature;
    let (at, bit) = place(bytes, forged.len());
    forged[at] ^= bit;
    assert!(!holds(DOMAIN_COMMAND, bytes, &forged));
    assert!(!holds(DOMAIN_COMMAND, bytes, &signature[..at]));
}

/// A member's code with one letter changed is not one.
fn member_code(text: &str) {
    let (server, phone) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
    let trusted = [server.verifying_key()];
    let until_ms = NOW_MS + 1_000_000;
    let nobody = uuid::Uuid::nil();
    let pass = member::issue_pass(&server, "morgen", nobody, &phone.verifying_key(), until_ms);
    let Ok(code) = member::make(&phone, &pass, "morgen", NOW_MS, 5) else {
        return;
    };
    assert!(member::check(&code, "morgen", &trusted, NOW_MS).is_ok());
    let mut letters = code.clone().into_bytes();
    let (at, _) = place(text.as_bytes(), letters.len());
    let letter = text.bytes().next().unwrap_or(b'x');
    if letters[at] == letter || !letter.is_ascii() {
        return;
    }
    letters[at] = letter;
    let changed = String::from_utf8(letters).expect("ASCII");
    // The prefix is read in any case; everything else is under a signature.
    let same = changed.eq_ignore_ascii_case(&code) && at < 12;
    assert!(same || member::check(&changed, "morgen", &trusted, NOW_MS).is_err());
}
