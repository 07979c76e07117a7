//! Signed codes: made with the server's newest key, checked with the public keys that every device
//! holds as its trust root. A key that signs no more stays trusted, so codes printed under it stay
//! genuine.

use carrot_codes::{Code, OwnCode, SignedCode};
use ed25519_dalek::{SigningKey, VerifyingKey};
use thiserror::Error;

use crate::crypto::{self, DOMAIN_CODE};

/// Why a text is no genuine code of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignedError {
    /// Not a signed code, or damaged.
    #[error("this is not a signed code")]
    Malformed,
    /// Of another programme.
    #[error("this code belongs to another programme")]
    OtherProgramme,
    /// The key that it names is not among the trusted ones: newer than this device's, or nobody's.
    #[error("the key that signed this code is not known here")]
    UnknownKey,
    /// The signature is not of these bytes.
    #[error("this code was not made for this programme: its signature does not fit")]
    Forged,
}

impl SignedError {
    /// The error's stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed | Self::Forged => "code_not_genuine",
            Self::OtherProgramme => "code_of_other_programme",
            Self::UnknownKey => "code_key_unknown",
        }
    }
}

/// What is signed: the code's bytes and the programme that it holds for. The zero between them is in
/// neither: without it the end of a series' code could pass as the beginning of a programme's tag.
fn bound(body: &[u8], programme: &str) -> Vec<u8> {
    [body, &[0], programme.as_bytes()].concat()
}

/// Signs a place in a series. Nothing when the programme's tag, the series' code, the level or the
/// index is outside what a code can hold.
#[must_use]
pub fn sign_code(
    key: &SigningKey,
    programme: &str,
    (series, level, index): (&str, u8, i64),
) -> Option<SignedCode> {
    let mut code = SignedCode {
        programme: programme.to_owned(),
        kid: crypto::key_id(&key.verifying_key()),
        series: series.to_owned(),
        level,
        index,
        signature: String::new(),
    };
    let body = bound(&code.body()?, programme);
    code.signature = hex::encode(crypto::sign_raw(key, DOMAIN_CODE, &body));
    carrot_codes::is_programme_tag(programme).then_some(code)
}

/// Checks a signed code of a programme against the trusted keys.
pub fn check_code(
    code: &SignedCode,
    programme: &str,
    trusted: &[VerifyingKey],
) -> Result<(), SignedError> {
    if code.programme != programme {
        return Err(SignedError::OtherProgramme);
    }
    let body = code.body().ok_or(SignedError::Malformed)?;
    let signature = code.signature_bytes().ok_or(SignedError::Malformed)?;
    let key = trusted
        .iter()
        .find(|key| crypto::key_id(key) == code.kid)
        .ok_or(SignedError::UnknownKey)?;
    crypto::verify_raw(key, DOMAIN_CODE, &bound(&body, programme), &signature)
        .map_err(|_| SignedError::Forged)
}

/// Reads a text and checks it.
pub fn read_code(
    text: &str,
    programme: &str,
    trusted: &[VerifyingKey],
) -> Result<SignedCode, SignedError> {
    match carrot_codes::parse(text) {
        Ok(Code::Own(OwnCode::Signed(code))) => {
            check_code(&code, programme, trusted)?;
            Ok(code)
        }
        Ok(_) | Err(_) => Err(SignedError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn text(seed: u8, index: i64) -> String {
        let code = sign_code(&key(seed), "morgenro", ("spring-2027", 2, index));
        code.unwrap().to_text()
    }

    #[test]
    fn f_a_device_tells_a_genuine_code_with_public_keys_only() {
        let trusted = [key(1).verifying_key()];
        let code = read_code(&text(1, 77), "morgenro", &trusted).unwrap();
        assert_eq!(code.node(), "spring-2027:2:77");
        let foreign = read_code(&text(1, 77), "other", &trusted);
        assert_eq!(foreign, Err(SignedError::OtherProgramme));
        let moved = SignedCode {
            programme: "other".to_owned(),
            ..code.clone()
        };
        let moved = check_code(&moved, "other", &trusted);
        assert_eq!(moved, Err(SignedError::Forged));
        let elsewhere = SignedCode { index: 78, ..code };
        let elsewhere = check_code(&elsewhere, "morgenro", &trusted);
        assert_eq!(elsewhere, Err(SignedError::Forged));
    }

    #[test]
    fn a_code_of_one_programme_is_none_of_anothers_series_with_a_longer_name() {
        let trusted = [key(1).verifying_key()];
        let code = sign_code(&key(1), "abgenro", ("spring", 2, 7)).unwrap();
        let moved = SignedCode {
            programme: "genro".to_owned(),
            series: "springab".to_owned(),
            ..code
        };
        let read = read_code(&moved.to_text(), "genro", &trusted);
        assert_eq!(read, Err(SignedError::Forged));
    }

    #[test]
    fn codes_printed_under_an_older_key_stay_genuine() {
        let after = [key(1).verifying_key(), key(2).verifying_key()];
        assert!(read_code(&text(1, 5), "morgenro", &after).is_ok());
        assert!(read_code(&text(2, 5), "morgenro", &after).is_ok());
        let unknown = read_code(&text(2, 5), "morgenro", &after[..1]);
        assert_eq!(unknown, Err(SignedError::UnknownKey));
        assert_eq!(unknown.map_err(SignedError::code), Err("code_key_unknown"));
    }

    /// Changes one character of a genuine text so many times; answers how many passed.
    fn passed(changes: u32) -> u32 {
        let trusted = [key(1).verifying_key()];
        let original = text(1, 99_999);
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut passed = 0;
        for _ in 0..changes {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let mut bytes = original.clone().into_bytes();
            let at = (state >> 8) as usize % bytes.len();
            let flip = 1 + ((state >> 40) % 127) as u8;
            // Seven bits stay a text; the parser takes nothing else.
            bytes[at] = (bytes[at] ^ flip) & 0x7f;
            let changed = String::from_utf8(bytes).unwrap();
            assert_ne!(changed, original);
            passed += u32::from(read_code(&changed, "morgenro", &trusted).is_ok());
        }
        passed
    }

    #[test]
    fn no_changed_character_passes() {
        assert_eq!(passed(20_000), 0);
    }
}
