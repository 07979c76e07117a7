//! What must hold of any list of keys that a device is sent: it is taken when a key that counts has
//! signed it and it is newer, never else; a device never goes back, and a retired key stays retired.

use carrot_wire::crypto::{self, CryptoError};
use carrot_wire::trust::{SignedTrust, Trust, TrustList, TrustedKey};
use ed25519_dalek::SigningKey;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// How many keys there are in the game.
const KEYS: u8 = 5;
/// How many lists one text chooses: signatures are dear, and many short stories find more than a long one.
const LISTS_MAX: usize = 8;

/// Checks a text as a signed list, and the lists that the bytes of the text choose.
pub fn hold(text: &str) {
    let mut held = Trust::root(vec![key(1).verifying_key()]);
    if let Ok(signed) = serde_json::from_str::<SignedTrust>(text) {
        held = follow(&signed, held);
    }
    for choice in text.as_bytes().chunks_exact(4).take(LISTS_MAX) {
        let signed = chosen(choice, held.version);
        held = follow(&signed, held);
    }
}

/// A list that the server with some of its keys could send.
fn chosen(choice: &[u8], newest: i64) -> SignedTrust {
    let (listed, retired, by, step) = (choice[0], choice[1], choice[2], choice[3]);
    let has = |mask: u8, seed: u8| mask >> (seed - 1) & 1 == 1;
    let all = || 1..=KEYS;
    let one = |seed: u8| TrustedKey {
        key: crypto::encode(key(seed).verifying_key().as_bytes()),
        codes_only: has(retired, seed),
    };
    let list = TrustList {
        version: newest.saturating_add(i64::from(step % 4)).saturating_sub(1),
        keys: all().filter(|seed| has(listed, *seed)).map(one).collect(),
    };
    let signing: Vec<SigningKey> = all().filter(|seed| has(by, *seed)).map(key).collect();
    SignedTrust::seal(&list, signing.iter()).expect("a list is plain data")
}

/// Lists that a server sends one after another: a second key, the first one retired, a third.
#[allow(dead_code)] // the ordinary tests write seeds of them
pub fn genuine() -> Vec<SignedTrust> {
    let turns = [
        [0b1, 0, 0b1, 2],
        [0b11, 0, 0b11, 3],
        [0b11, 0b1, 0b11, 3],
        [0b111, 0b1, 0b111, 3],
    ];
    let numbered = turns.iter().zip([0, 1, 3, 5]);
    numbered
        .map(|(turn, newest)| chosen(turn, newest))
        .collect()
}

/// What a device believes after it was sent a list.
fn follow(signed: &SignedTrust, held: Trust) -> Trust {
    let by_counting = |key: &ed25519_dalek::VerifyingKey| {
        let kid = crypto::key_id(key);
        signed.signatures.iter().any(|one| one.kid == kid)
    };
    match signed.succeed(&held) {
        Ok(Some(next)) => {
            assert!(
                held.keys.iter().any(by_counting),
                "a key that counts signed"
            );
            assert!(next.version > held.version && !next.keys.is_empty());
            for key in &next.keys {
                let retired = held.code_keys.contains(key) && !held.keys.contains(key);
                assert!(!retired, "a retired key stays retired");
                assert!(next.code_keys.contains(key));
            }
            // A device that has it already takes nothing from it once more.
            let again = signed.succeed(&next);
            assert!(matches!(again, Ok(None) | Err(CryptoError::Mismatch)));
            next
        }
        Ok(None) => {
            let list = signed.list().expect("it was read");
            assert!(list.version <= held.version);
            held
        }
        Err(_) => held,
    }
}
