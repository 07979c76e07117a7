//! What must hold of any text that a till or a phone reads from a picture: a voucher, a challenge, an
//! answer. What passes is written as what was read; nothing passes that nobody signed.

use carrot_wire::challenge::{self, Challenge, Ground};
use carrot_wire::voucher::{self, Voucher};
use ed25519_dalek::{SigningKey, VerifyingKey};
use uuid::Uuid;

/// The programme of the seeds.
pub const TAG: &str = "morgenro";
/// When the till asks, UTC milliseconds.
pub const AT_MS: i64 = 1_900_000_000_000;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// The server's key in the seeds.
fn server() -> SigningKey {
    key(1)
}

fn trusted() -> [VerifyingKey; 1] {
    [server().verifying_key()]
}

/// The voucher of the seeds.
pub fn paper() -> Voucher {
    Voucher {
        id: Uuid::from_u128(70),
        participant: Uuid::from_u128(7),
        phone: key(2).verifying_key(),
        terminal: Uuid::from_u128(9),
        points: 500,
        from_ms: AT_MS,
        until_ms: AT_MS + 1_000_000,
        reward: Some("coffee".to_owned()),
    }
}

/// The question of the seeds.
pub fn question() -> Challenge {
    Challenge {
        terminal: Uuid::from_u128(9),
        nonce: [3; 16],
        reward: "coffee".to_owned(),
        cost_points: 300,
        at_ms: AT_MS,
    }
}

/// Genuine texts: a voucher, a question, and the phone's answer.
pub fn genuine() -> [String; 3] {
    let voucher = voucher::seal(&paper(), TAG, &server()).expect("a voucher is short");
    let asked = question().to_text(TAG).expect("a question is short");
    let answer = challenge::answer_with_voucher(&key(2), &voucher, TAG, &question());
    [voucher, asked, answer.expect("an answer is short")]
}

/// Checks a text in every place where one is read.
pub fn hold(text: &str) {
    if let Ok(read) = voucher::open(text, TAG, &trusted()) {
        let again = voucher::seal(&read, TAG, &server());
        assert_eq!(
            again.as_deref(),
            Ok(text.trim()),
            "only the server's own words pass"
        );
        assert_eq!(read, paper(), "nobody has signed another one");
    }
    if let Ok(asked) = Challenge::from_text(text, TAG) {
        assert_eq!(asked.to_text(TAG).as_deref(), Ok(text.trim()));
        let id = asked.id(TAG).expect("what was read is short enough");
        assert_eq!(id.len(), 32);
        assert_eq!(
            id == question().id(TAG).expect("short"),
            asked == question()
        );
    }
    let asked = question();
    if let Ok(ground) = challenge::check(text, &asked, TAG, &trusted(), AT_MS) {
        assert_eq!(ground, Ground::Voucher(paper()));
        assert_eq!(text.trim(), genuine()[2], "nobody has signed another one");
        assert_eq!(challenge::answered_id(text, TAG), asked.id(TAG).ok());
    }
    let id = challenge::answered_id(text, TAG);
    assert!(id.is_none_or(|id| id.len() == 32));
    changed(text.as_bytes());
}

/// A genuine text with one letter changed is refused.
fn changed(choice: &[u8]) {
    let [at_high, at_low, letter, ..] = choice else {
        return;
    };
    let at = usize::from(*at_high) * 256 + usize::from(*at_low);
    let [voucher, _, answer] = genuine();
    for text in [voucher, answer] {
        let mut letters = text.clone().into_bytes();
        let at = at % letters.len();
        letters[at] = *letter;
        let Ok(forged) = String::from_utf8(letters) else {
            continue;
        };
        // Spaces around a text are not a part of it.
        if forged.trim() == text {
            continue;
        }
        assert!(voucher::open(&forged, TAG, &trusted()).is_err(), "{forged}");
        let checked = challenge::check(&forged, &question(), TAG, &trusted(), AT_MS);
        assert!(checked.is_err(), "{forged}");
    }
}
