//! The member's rotating code: proof that this phone is here now, checked without a network.
//!
//! `CRR1.{programme}.{base64url}` of: pass (server's signature over the phone's key and its person),
//! then the instant, a nonce and the phone's signature. Layout, big endian:
//!
//! | bytes | what |
//! |---|---|
//! | 16 | participant |
//! | 32 | the phone's public key |
//! | 8 | pass valid until, UTC milliseconds |
//! | 64 | the server's signature over the 56 bytes before, in the certificate domain |
//! | 8 | instant of the code, UTC milliseconds, a multiple of the step |
//! | 8 | nonce |
//! | 64 | the phone's signature over everything before, in the member domain |

use ed25519_dalek::{SigningKey, VerifyingKey};
use thiserror::Error;
use uuid::Uuid;

use crate::crypto::{self, DOMAIN_CERTIFICATE, DOMAIN_MEMBER};
use crate::limits::PROOF_SKEW_MS_MAX;

pub(crate) const PASS_BYTES: usize = 16 + 32 + 8 + 64;
const SIGNED_BYTES: usize = PASS_BYTES + 8 + 8;
const PROOF_BYTES: usize = SIGNED_BYTES + 64;
/// The prefix of a rotating code's text.
pub const PROOF_PREFIX: &str = "CRR1.";

/// Why a rotating code is not acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProofError {
    /// Not a rotating code, or damaged.
    #[error("this is not a member's rotating code")]
    Malformed,
    /// Of another programme.
    #[error("this code belongs to another programme")]
    OtherProgramme,
    /// A signature does not match.
    #[error("this code was not made by a phone of this programme")]
    Untrusted,
    /// Its instant is too far from the reader's clock.
    #[error("this code is too old; show a fresh one")]
    Expired,
    /// The phone has not synced for too long.
    #[error("the phone must sync before its code can be used")]
    PassExpired,
}

impl ProofError {
    /// The error's stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed | Self::Untrusted => "proof_invalid",
            Self::OtherProgramme => "code_of_other_programme",
            Self::Expired => "proof_expired",
            Self::PassExpired => "proof_pass_expired",
        }
    }
}

/// A checked rotating code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberProof {
    /// Who.
    pub participant: Uuid,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Hash of the code, for using it once (hex).
    pub id: String,
    /// Public key of the phone that showed it, base64url: a server refuses those it has revoked.
    pub phone: String,
}

/// What is signed: the bytes and the programme that they hold for, so that no programme's pass or
/// code counts in another that the same server runs.
fn bound(bytes: &[u8], programme: &str) -> Vec<u8> {
    [bytes, programme.as_bytes()].concat()
}

/// Makes the pass that a phone puts into its codes of one programme; base64url.
#[must_use]
pub fn issue_pass(
    server: &SigningKey,
    programme: &str,
    participant: Uuid,
    phone: &VerifyingKey,
    until_ms: i64,
) -> String {
    let mut pass = Vec::with_capacity(PASS_BYTES);
    pass.extend_from_slice(participant.as_bytes());
    pass.extend_from_slice(phone.as_bytes());
    pass.extend_from_slice(&until_ms.to_be_bytes());
    let signature = crypto::sign_raw(server, DOMAIN_CERTIFICATE, &bound(&pass, programme));
    pass.extend_from_slice(&signature);
    crypto::encode(&pass)
}

/// Makes a rotating code's text for the instant.
pub fn make(
    phone: &SigningKey,
    pass: &str,
    programme: &str,
    at_ms: i64,
    nonce: u64,
) -> Result<String, ProofError> {
    let mut bytes = crypto::decode(pass).map_err(|_| ProofError::Malformed)?;
    if bytes.len() != PASS_BYTES {
        return Err(ProofError::Malformed);
    }
    bytes.extend_from_slice(&at_ms.to_be_bytes());
    bytes.extend_from_slice(&nonce.to_be_bytes());
    let signature = crypto::sign_raw(phone, DOMAIN_MEMBER, &bound(&bytes, programme));
    bytes.extend_from_slice(&signature);
    Ok(format!(
        "{PROOF_PREFIX}{programme}.{}",
        crypto::encode(&bytes)
    ))
}

fn instant(bytes: &[u8]) -> Result<i64, ProofError> {
    Ok(i64::from_be_bytes(
        bytes.try_into().map_err(|_| ProofError::Malformed)?,
    ))
}

/// Checks a rotating code's text against the server's keys and the instant of use.
pub fn check(
    text: &str,
    programme: &str,
    trusted: &[VerifyingKey],
    at_ms: i64,
) -> Result<MemberProof, ProofError> {
    let rest = text
        .trim()
        .strip_prefix(PROOF_PREFIX)
        .ok_or(ProofError::Malformed)?;
    let (named, payload) = rest.split_once('.').ok_or(ProofError::Malformed)?;
    if named != programme {
        return Err(ProofError::OtherProgramme);
    }
    let bytes = crypto::decode(payload).map_err(|_| ProofError::Malformed)?;
    if bytes.len() != PROOF_BYTES {
        return Err(ProofError::Malformed);
    }
    let (signed, phone_signature) = bytes.split_at(SIGNED_BYTES);
    let (pass, moment) = signed.split_at(PASS_BYTES);
    let pass = read_pass(pass, programme, trusted)?;
    let shown = bound(signed, programme);
    crypto::verify_raw(&pass.phone, DOMAIN_MEMBER, &shown, phone_signature)
        .map_err(|_| ProofError::Untrusted)?;
    let (shown, _nonce) = moment.split_at(8);
    let shown_ms = instant(shown)?;
    if at_ms >= pass.until_ms {
        return Err(ProofError::PassExpired);
    }
    if at_ms.saturating_sub(shown_ms).saturating_abs() > PROOF_SKEW_MS_MAX {
        return Err(ProofError::Expired);
    }
    let mut id = crypto::hash(&[signed]);
    id.truncate(32);
    Ok(MemberProof {
        participant: pass.participant,
        at_ms: shown_ms,
        id,
        phone: crypto::encode(pass.phone.as_bytes()),
    })
}

/// What a pass says.
pub(crate) struct Pass {
    /// Whose phone.
    pub participant: Uuid,
    /// The phone's public key.
    pub phone: VerifyingKey,
    /// First instant after it, UTC milliseconds.
    pub until_ms: i64,
}

/// Reads a pass and checks the server's signature over it.
pub(crate) fn read_pass(
    pass: &[u8],
    programme: &str,
    trusted: &[VerifyingKey],
) -> Result<Pass, ProofError> {
    let parts = pass.split_at_checked(PASS_BYTES - 64);
    let (granted, server_signature) = parts.ok_or(ProofError::Malformed)?;
    let (person, rest) = granted.split_at(16);
    let (phone, until) = rest.split_at(32);
    let by_server = |key: &VerifyingKey| {
        let granted = bound(granted, programme);
        crypto::verify_raw(key, DOMAIN_CERTIFICATE, &granted, server_signature).is_ok()
    };
    if !trusted.iter().any(by_server) {
        return Err(ProofError::Untrusted);
    }
    Ok(Pass {
        participant: Uuid::from_slice(person).map_err(|_| ProofError::Malformed)?,
        phone: crypto::public_key_raw(phone).map_err(|_| ProofError::Malformed)?,
        until_ms: instant(until)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn code(at_ms: i64) -> String {
        let pass = issue_pass(
            &key(1),
            "morgenrod",
            Uuid::from_u128(7),
            &key(2).verifying_key(),
            1_000_000,
        );
        make(&key(2), &pass, "morgenrod", at_ms, 5).unwrap()
    }

    #[test]
    fn f_a_fresh_code_proves_its_person_and_an_old_one_does_not() {
        let trusted = [key(1).verifying_key()];
        let found = check(&code(30_000), "morgenrod", &trusted, 40_000).unwrap();
        assert_eq!(found.participant, Uuid::from_u128(7));
        assert_eq!(
            check(&code(30_000), "morgenrod", &trusted, 90_000),
            Err(ProofError::Expired)
        );
        assert_eq!(
            check(&code(999_990), "morgenrod", &trusted, 1_000_000),
            Err(ProofError::PassExpired)
        );
    }

    #[test]
    fn forged_damaged_and_foreign_codes_are_refused() {
        let trusted = [key(1).verifying_key()];
        assert_eq!(
            check(&code(0), "other", &trusted, 0),
            Err(ProofError::OtherProgramme)
        );
        let renamed = code(0).replace("morgenrod", "other");
        assert_eq!(
            check(&renamed, "other", &trusted, 0),
            Err(ProofError::Untrusted)
        );
        assert_eq!(
            check(&code(0), "morgenrod", &[key(9).verifying_key()], 0),
            Err(ProofError::Untrusted)
        );
        let pass = issue_pass(
            &key(1),
            "morgenrod",
            Uuid::from_u128(7),
            &key(2).verifying_key(),
            1_000_000,
        );
        let forged = make(&key(3), &pass, "morgenrod", 0, 5).unwrap();
        assert_eq!(
            check(&forged, "morgenrod", &trusted, 0),
            Err(ProofError::Untrusted)
        );
        assert_eq!(
            check("CRR1.morgenrod.AAAA", "morgenrod", &trusted, 0),
            Err(ProofError::Malformed)
        );
    }
}
