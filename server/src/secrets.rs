//! Random secrets, keyed hashes of contacts, and slow hashes of PINs and passwords.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use carrot_wire::entropy::{Entropy, NoEntropy, draw};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::error::{Error, Result};

/// Memory of one slow hash, KiB.
const ARGON2_MEMORY_KIB: u32 = 19_456;
/// Passes of one slow hash.
const ARGON2_PASSES: u32 = 2;
/// Hex digits of a contact hash.
const CONTACT_HASH_DIGITS: usize = 32;

/// Random bytes of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> std::result::Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|error| NoEntropy(error.to_string()))
    }
}

/// So many bytes of a source. Errors when it has none to give.
pub(crate) fn drawn<const N: usize>(entropy: &dyn Entropy) -> Result<[u8; N]> {
    draw(entropy).map_err(|error| Error::File(std::io::Error::other(error)))
}

/// Random bytes from the system. Errors when it has none to give.
pub fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    drawn(&SystemEntropy)
}

/// A random secret of 32 bytes as base64url, for tokens and challenges.
pub(crate) fn random_text(entropy: &dyn Entropy) -> Result<String> {
    Ok(carrot_wire::crypto::encode(&drawn::<32>(entropy)?))
}

/// HMAC-SHA-256 of a text under a key of hex, as hex.
pub(crate) fn keyed(key_hex: &str, text: &str) -> Result<String> {
    let key = hex::decode(key_hex).map_err(|_| Error::Damaged("a key is not hex".to_owned()))?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key)
        .map_err(|_| Error::Damaged("a key has no length".to_owned()))?;
    mac.update(text.as_bytes());
    Ok(hex::encode(mac.finalize().into_bytes()))
}

/// The keyed hash of a phone number in E.164 form: 32 hex digits. `contact_key` is hex, as in a
/// terminal's certificate; its decoded bytes are the key.
pub fn contact_hash(contact_key: &str, phone: &str) -> Result<String> {
    let mut hash = keyed(contact_key, &format!("phone:{phone}"))?;
    hash.truncate(CONTACT_HASH_DIGITS);
    Ok(hash)
}

/// The letters of a code that people tell each other: none looks like another.
const TOLD_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code of recommendation.
const REFERRAL_CODE_LETTERS: usize = 8;

/// Codes by which a person may recommend the programme, the usual one first; the others are for when
/// somebody has that one already. `contact_key` is hex. Nobody without the key can work them out.
pub fn referral_codes(contact_key: &str, participant: uuid::Uuid) -> Result<Vec<String>> {
    let hash = keyed(contact_key, &format!("referral:{participant}"))?;
    let bytes = hex::decode(hash).map_err(|_| Error::Damaged("a hash is not hex".to_owned()))?;
    let letter = |byte: &u8| char::from(TOLD_LETTERS[usize::from(byte % 32)]);
    let codes = bytes.chunks_exact(REFERRAL_CODE_LETTERS);
    Ok(codes
        .map(|part| part.iter().map(letter).collect())
        .collect())
}

fn slow() -> Result<Argon2<'static>> {
    let params = Params::new(ARGON2_MEMORY_KIB, ARGON2_PASSES, 1, None)
        .map_err(|error| Error::Damaged(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn slow_hash(text: &str) -> Result<String> {
    let salt = random_bytes::<16>()?;
    let hash = slow()?
        .hash_password_with_salt(text.as_bytes(), &salt)
        .map_err(|error| Error::Damaged(error.to_string()))?;
    Ok(hash.to_string())
}

fn slow_check(text: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        return false;
    };
    slow().is_ok_and(|argon2| argon2.verify_password(text.as_bytes(), &parsed).is_ok())
}

/// The verifier of a cashier's PIN, PHC text: Argon2id over the hex of HMAC(`pin_key`, PIN).
/// `pin_key` is hex; its decoded bytes are the key. Takes tens of milliseconds.
pub fn pin_hash(pin_key: &str, pin: &str) -> Result<String> {
    slow_hash(&keyed(pin_key, pin)?)
}

/// True when the PIN fits the verifier that [`pin_hash`] made.
#[must_use]
pub fn pin_fits(pin_key: &str, pin: &str, hash: &str) -> bool {
    keyed(pin_key, pin).is_ok_and(|text| slow_check(&text, hash))
}

/// The verifier of a console password, PHC text. Takes tens of milliseconds.
pub fn password_hash(password: &str) -> Result<String> {
    slow_hash(password)
}

/// True when the password fits the verifier that [`password_hash`] made.
#[must_use]
pub fn password_fits(password: &str, hash: &str) -> bool {
    slow_check(password, hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_hashes_depend_on_key_and_number() {
        let key = "00".repeat(32);
        let hash = contact_hash(&key, "+4520123401").unwrap();
        assert_eq!(hash.len(), CONTACT_HASH_DIGITS);
        assert_ne!(hash, contact_hash(&key, "+4520123402").unwrap());
        assert_ne!(hash, contact_hash(&"01".repeat(32), "+4520123401").unwrap());
    }

    #[test]
    fn a_pin_fits_only_its_own_verifier_and_key() {
        let key = "0a".repeat(32);
        let hash = pin_hash(&key, "4711").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(pin_fits(&key, "4711", &hash));
        assert!(!pin_fits(&key, "4712", &hash));
        assert!(!pin_fits(&"0b".repeat(32), "4711", &hash));
    }
}
