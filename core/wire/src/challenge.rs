//! The question of a till and the answer of a member's phone: a handshake of two pictures that needs
//! no network on either side.
//!
//! A challenge is `CRC1.{programme}.{base64url}` of, big endian: version (1), terminal (16 bytes),
//! nonce (16), price in points (8), instant (8), and the reward's code after its length (1).
//!
//! An answer is `CRA1.{programme}.{base64url}` of: what it stands on (1: a voucher, 2: the phone's
//! pass), the voucher's bytes (see [`crate::voucher`]) or the pass (see [`crate::member`]), the first
//! 16 bytes of the challenge's hash, and the phone's signature (64) over all before the hash, the
//! challenge's bytes and the programme, in the domain of voucher uses or of answers.

use ed25519_dalek::{SigningKey, VerifyingKey};
use uuid::Uuid;

use crate::crypto::{self, DOMAIN_ANSWER, DOMAIN_VOUCHER_USE};
use crate::limits::CHALLENGE_AGE_MS_MAX;
use crate::member::{self, PASS_BYTES};
use crate::planted::{self, Bug};
use crate::voucher::{
    self, Bytes, SIGNATURE_BYTES, VOUCHER_PREFIX, Voucher, VoucherError, bound, payload, put_text,
};

/// The prefix of a challenge's text.
pub const CHALLENGE_PREFIX: &str = "CRC1.";
/// The prefix of an answer's text.
pub const ANSWER_PREFIX: &str = "CRA1.";
const VERSION: u8 = 1;
const WITH_VOUCHER: u8 = 1;
const WITH_PASS: u8 = 2;
const HASH_BYTES: usize = 16;

/// What a till asks a phone to agree to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Terminal.
    pub terminal: Uuid,
    /// Random bytes of the terminal: no two challenges are the same.
    pub nonce: [u8; 16],
    /// The reward's code.
    pub reward: String,
    /// Its price, points.
    pub cost_points: i64,
    /// When it was made by the terminal's clock, UTC milliseconds.
    pub at_ms: i64,
}

impl Challenge {
    fn bytes(&self) -> Result<Vec<u8>, VoucherError> {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(self.terminal.as_bytes());
        bytes.extend_from_slice(&self.nonce);
        bytes.extend_from_slice(&self.cost_points.to_be_bytes());
        bytes.extend_from_slice(&self.at_ms.to_be_bytes());
        put_text(&mut bytes, &self.reward)?;
        Ok(bytes)
    }

    /// The challenge's text.
    pub fn to_text(&self, programme: &str) -> Result<String, VoucherError> {
        let bytes = crypto::encode(&self.bytes()?);
        Ok(format!("{CHALLENGE_PREFIX}{programme}.{bytes}"))
    }

    /// Reads a challenge's text.
    pub fn from_text(text: &str, programme: &str) -> Result<Self, VoucherError> {
        let bytes = payload(text, CHALLENGE_PREFIX, programme)?;
        let mut bytes = Bytes(&bytes);
        if bytes.byte()? != VERSION {
            return Err(VoucherError::Malformed);
        }
        let (terminal, nonce) = (bytes.id()?, bytes.array()?);
        let (cost_points, at_ms) = (bytes.number()?, bytes.number()?);
        let reward = bytes.text()?;
        bytes.end()?;
        Ok(Self {
            terminal,
            nonce,
            reward,
            cost_points,
            at_ms,
        })
    }

    /// What tells it from every other challenge: 32 hex digits.
    pub fn id(&self, programme: &str) -> Result<String, VoucherError> {
        let mut id = crypto::hash(&[&bound(&self.bytes()?, programme)]);
        id.truncate(2 * HASH_BYTES);
        Ok(id)
    }
}

/// What an answer stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A voucher.
    Voucher(Voucher),
    /// The pass of a member's phone: whose it is, and the phone's public key.
    Pass {
        /// Member.
        participant: Uuid,
        /// The phone's public key.
        phone: VerifyingKey,
    },
}

/// Answers a challenge with a voucher. The voucher must name this phone.
pub fn answer_with_voucher(
    phone: &SigningKey,
    voucher: &str,
    programme: &str,
    challenge: &Challenge,
) -> Result<String, VoucherError> {
    let bytes = payload(voucher, VOUCHER_PREFIX, programme)?;
    answer(phone, (WITH_VOUCHER, &bytes), programme, challenge)
}

/// Answers a challenge with the phone's pass, for a redemption that the terminal's lease covers.
pub fn answer_with_pass(
    phone: &SigningKey,
    pass: &str,
    programme: &str,
    challenge: &Challenge,
) -> Result<String, VoucherError> {
    let bytes = crypto::decode(pass).map_err(|_| VoucherError::Malformed)?;
    if bytes.len() != PASS_BYTES {
        return Err(VoucherError::Malformed);
    }
    answer(phone, (WITH_PASS, &bytes), programme, challenge)
}

fn domain(ground: u8) -> &'static str {
    if ground == WITH_VOUCHER {
        DOMAIN_VOUCHER_USE
    } else {
        DOMAIN_ANSWER
    }
}

fn answer(
    phone: &SigningKey,
    (ground, grant): (u8, &[u8]),
    programme: &str,
    challenge: &Challenge,
) -> Result<String, VoucherError> {
    let mut bytes = vec![ground];
    bytes.extend_from_slice(grant);
    let agreed = bound(&[bytes.as_slice(), &challenge.bytes()?].concat(), programme);
    let id = hex::decode(challenge.id(programme)?).map_err(|_| VoucherError::Malformed)?;
    bytes.extend_from_slice(&id);
    bytes.extend_from_slice(&crypto::sign_raw(phone, domain(ground), &agreed));
    let bytes = crypto::encode(&bytes);
    Ok(format!("{ANSWER_PREFIX}{programme}.{bytes}"))
}

/// Checks an answer: the server's signature over what it stands on, the phone's over this very
/// challenge, and that the challenge is not too old at `at_ms` by the terminal's clock.
pub fn check(
    text: &str,
    challenge: &Challenge,
    programme: &str,
    trusted: &[VerifyingKey],
    at_ms: i64,
) -> Result<Ground, VoucherError> {
    let bytes = payload(text, ANSWER_PREFIX, programme)?;
    let mut rest = Bytes(&bytes);
    let kind = rest.byte()?;
    let (ground, phone) = match kind {
        WITH_VOUCHER => {
            let voucher = voucher::read(&mut rest, programme, trusted)?;
            let phone = voucher.phone;
            (Ground::Voucher(voucher), phone)
        }
        WITH_PASS => {
            let pass = member::read_pass(rest.take(PASS_BYTES)?, programme, trusted);
            let pass = pass.map_err(|_| VoucherError::Untrusted)?;
            if at_ms >= pass.until_ms {
                return Err(VoucherError::PassExpired);
            }
            let (participant, phone) = (pass.participant, pass.phone);
            (Ground::Pass { participant, phone }, phone)
        }
        _ => return Err(VoucherError::Malformed),
    };
    let signed = bytes.get(..bytes.len() - rest.0.len());
    let signed = signed.ok_or(VoucherError::Malformed)?;
    let unchecked = planted::is(Bug::ChallengeUnchecked);
    if hex::encode(rest.take(HASH_BYTES)?) != challenge.id(programme)? && !unchecked {
        return Err(VoucherError::OtherChallenge);
    }
    let agreed = bound(&[signed, &challenge.bytes()?].concat(), programme);
    let signature = rest.take(SIGNATURE_BYTES)?;
    rest.end()?;
    let signed = crypto::verify_raw(&phone, domain(kind), &agreed, signature);
    if signed.is_err() && !unchecked {
        return Err(VoucherError::Untrusted);
    }
    if at_ms.saturating_sub(challenge.at_ms).saturating_abs() > CHALLENGE_AGE_MS_MAX {
        return Err(VoucherError::Stale);
    }
    Ok(ground)
}

/// The 32 hex digits of the challenge that a text says it answers; nothing is checked.
#[must_use]
pub fn answered_id(text: &str, programme: &str) -> Option<String> {
    let bytes = payload(text, ANSWER_PREFIX, programme).ok()?;
    let from = bytes.len().checked_sub(HASH_BYTES + SIGNATURE_BYTES)?;
    bytes.get(from..from + HASH_BYTES).map(hex::encode)
}
