//! Recognisers: what is signed, what only looks so, and programs that do not come to an end.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};

use super::*;

const BODY: &str = r#"{"nrUnik":"EAZ1801234567","nrDok":15021,"zakSprzed":"2026-03-02T18:01:00","suma":"46,47",
  "pozycja":[{"nazwa":"Kawa ziarnista 1kg","ilosc":"2","cena":"19.99","wartosc":"39.98","kod":"4006381333931"},
             {"nazwa":"Ser","ilosc":0.432,"cena":15.02,"wartosc":6.49}]}"#;

fn part(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn jws(key: &SigningKey, algorithm: &str) -> String {
    let header = format!("{{\"alg\":\"{algorithm}\"}}");
    let signed = format!("{}.{}", part(header.as_bytes()), part(BODY.as_bytes()));
    let signature = key.sign(signed.as_bytes());
    format!("{signed}.{}", part(&signature.to_bytes()))
}

fn paragon(key: Option<&SigningKey>) -> Paragon {
    let bytes = key.map(|key| key.verifying_key().to_bytes().to_vec());
    Paragon {
        key: bytes.and_then(|bytes| JwsKey::new("EdDSA", bytes)),
    }
}

const TIME: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_signed_receipt_is_proof_and_a_forged_one_is_nothing() {
    let (key, other) = (
        SigningKey::from_bytes(&[1; 32]),
        SigningKey::from_bytes(&[2; 32]),
    );
    let text = jws(&key, "EdDSA");
    let found = recognise(&paragon(Some(&key)), text.as_bytes(), TIME)
        .await
        .unwrap();
    assert_eq!(found.certainty, Certainty::Signed);
    assert_eq!(
        found.key.as_deref(),
        Some("pl:EAZ1801234567:15021:2026-03-02T18:01:00")
    );
    assert_eq!(
        (found.total_minor, found.confidence_permille),
        (Some(4_647), 1_000)
    );
    assert_eq!(found.lines[0].gtin.as_deref(), Some("04006381333931"));
    assert_eq!(found.lines[1].quantity_micro, 432_000);
    let unsure = recognise(&paragon(None), text.as_bytes(), TIME)
        .await
        .unwrap();
    assert_eq!(unsure.certainty, Certainty::Form);
    let forged = recognise(&paragon(Some(&other)), text.as_bytes(), TIME).await;
    assert_eq!(forged, Err(NotRecognised::Forged));
    // A header cannot choose a weaker way of signing.
    for algorithm in ["ES256", "none"] {
        let text = jws(&key, algorithm);
        let answer = recognise(&paragon(Some(&key)), text.as_bytes(), TIME).await;
        assert!(answer.is_err(), "{algorithm}");
    }
    for strange in ["", "a.b", "a.b.c.d", "....", BODY] {
        let answer = recognise(&paragon(None), strange.as_bytes(), TIME).await;
        assert_eq!(answer, Err(NotRecognised::OtherKind), "{strange:.20}");
    }
    let large = vec![b'a'; 600 * 1024];
    let answer = recognise(&paragon(None), &large, TIME).await;
    assert_eq!(answer, Err(NotRecognised::TooLarge));
}

#[tokio::test]
async fn a_program_reads_is_missing_fails_or_is_ended() {
    let picture = "Sklep\nKawa 2 x 19,99 39,98\nSUMA PLN 46,47\n";
    let echo = Process::new("cat", &[]);
    let found = recognise(&echo, picture.as_bytes(), TIME).await.unwrap();
    assert_eq!(found.total_minor, Some(4_647));
    assert_eq!(found.certainty, Certainty::Guess);
    let missing = Process::new("no-such-program-here", &[]);
    let answer = recognise(&missing, b"x", TIME).await;
    assert_eq!(answer, Err(NotRecognised::Failed));
    let fails = recognise(&Process::new("false", &[]), b"x", TIME).await;
    assert_eq!(fails, Err(NotRecognised::Failed));
    let chatty = recognise(&Process::new("yes", &[]), b"x", TIME).await;
    assert_eq!(chatty, Err(NotRecognised::TooLarge));
    let slow = Process::new("sleep", &["600"]);
    let answer = recognise(&slow, b"x", Duration::from_millis(50)).await;
    assert_eq!(answer, Err(NotRecognised::TooSlow));
}
