//! Vouchers: points of one member that the server put aside for one terminal, signed, so that the
//! terminal can tell without a network that they are there.
//!
//! `CRV1.{programme}.{base64url}` of, big endian:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version, 1 |
//! | 8 | id of the server's key |
//! | 16 | voucher |
//! | 16 | participant |
//! | 32 | public key of the phone that may use it |
//! | 16 | terminal |
//! | 8 | points |
//! | 8 | first instant, UTC milliseconds |
//! | 8 | first instant after it, UTC milliseconds |
//! | 1, then so many | the reward's code; none for any reward |
//! | 64 | the server's signature over everything before and the programme, in the voucher domain |

use ed25519_dalek::{SigningKey, VerifyingKey};
use thiserror::Error;
use uuid::Uuid;

use crate::crypto::{self, DOMAIN_VOUCHER};

/// The prefix of a voucher's text.
pub const VOUCHER_PREFIX: &str = "CRV1.";
/// The longest code of a reward that a voucher or a challenge can name, bytes.
pub const REWARD_BYTES_MAX: usize = 64;
const VERSION: u8 = 1;
const KID_BYTES: usize = 8;
pub(crate) const SIGNATURE_BYTES: usize = 64;

/// Why a voucher's, a challenge's or an answer's text is not acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VoucherError {
    /// Not such a text, damaged, or of a newer version.
    #[error("this text is damaged, or it is not what is asked for")]
    Malformed,
    /// Of another programme.
    #[error("this belongs to another programme")]
    OtherProgramme,
    /// The key that it names is not among the trusted ones.
    #[error("the key that signed this is not known here; sync first")]
    UnknownKey,
    /// A signature does not match.
    #[error("this was not made by this programme, or not by the phone that it names")]
    Untrusted,
    /// It answers another challenge.
    #[error("this answers another question; show the newest one to the member")]
    OtherChallenge,
    /// The challenge is too old.
    #[error("the question is too old; show a new one")]
    Stale,
    /// The phone has not synced for too long.
    #[error("the phone must sync before it can answer")]
    PassExpired,
}

impl VoucherError {
    /// The error's stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed | Self::Untrusted => "proof_invalid",
            Self::OtherProgramme => "code_of_other_programme",
            Self::UnknownKey => "code_key_unknown",
            Self::OtherChallenge => "challenge_other",
            Self::Stale => "challenge_stale",
            Self::PassExpired => "proof_pass_expired",
        }
    }
}

/// What a voucher says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// Voucher.
    pub id: Uuid,
    /// Whose points.
    pub participant: Uuid,
    /// The phone that may use it.
    pub phone: VerifyingKey,
    /// The terminal that may take it.
    pub terminal: Uuid,
    /// How many points.
    pub points: i64,
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// First instant after it, UTC milliseconds.
    pub until_ms: i64,
    /// The only reward that it is for; none for any.
    pub reward: Option<String>,
}

/// Reads bytes from the front.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], VoucherError> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or(VoucherError::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], VoucherError> {
        self.take(N)?
            .try_into()
            .map_err(|_| VoucherError::Malformed)
    }

    pub(crate) fn number(&mut self) -> Result<i64, VoucherError> {
        Ok(i64::from_be_bytes(self.array()?))
    }

    pub(crate) fn id(&mut self) -> Result<Uuid, VoucherError> {
        Ok(Uuid::from_bytes(self.array()?))
    }

    pub(crate) fn byte(&mut self) -> Result<u8, VoucherError> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    /// A text of at most [`REWARD_BYTES_MAX`] after its length.
    pub(crate) fn text(&mut self) -> Result<String, VoucherError> {
        let count = usize::from(self.byte()?);
        if count > REWARD_BYTES_MAX {
            return Err(VoucherError::Malformed);
        }
        let text = std::str::from_utf8(self.take(count)?);
        Ok(text.map_err(|_| VoucherError::Malformed)?.to_owned())
    }

    pub(crate) fn end(&self) -> Result<(), VoucherError> {
        self.0
            .is_empty()
            .then_some(())
            .ok_or(VoucherError::Malformed)
    }
}

/// A text with its length before it; nothing when it is too long.
pub(crate) fn put_text(bytes: &mut Vec<u8>, text: &str) -> Result<(), VoucherError> {
    if text.len() > REWARD_BYTES_MAX {
        return Err(VoucherError::Malformed);
    }
    bytes.push(u8::try_from(text.len()).map_err(|_| VoucherError::Malformed)?);
    bytes.extend_from_slice(text.as_bytes());
    Ok(())
}

/// What is signed: the bytes and the programme that they hold for. The zero is in neither.
pub(crate) fn bound(bytes: &[u8], programme: &str) -> Vec<u8> {
    [bytes, &[0], programme.as_bytes()].concat()
}

/// The bytes behind a text's prefix and programme.
pub(crate) fn payload(text: &str, prefix: &str, programme: &str) -> Result<Vec<u8>, VoucherError> {
    let rest = text.trim().strip_prefix(prefix);
    let (named, payload) = rest
        .and_then(|rest| rest.split_once('.'))
        .ok_or(VoucherError::Malformed)?;
    if named != programme {
        return Err(VoucherError::OtherProgramme);
    }
    crypto::decode(payload).map_err(|_| VoucherError::Malformed)
}

/// Signs a voucher; its text.
pub fn seal(voucher: &Voucher, programme: &str, key: &SigningKey) -> Result<String, VoucherError> {
    let mut bytes = vec![VERSION];
    let kid = hex::decode(crypto::key_id(&key.verifying_key()));
    bytes.extend_from_slice(&kid.map_err(|_| VoucherError::Malformed)?);
    bytes.extend_from_slice(voucher.id.as_bytes());
    bytes.extend_from_slice(voucher.participant.as_bytes());
    bytes.extend_from_slice(voucher.phone.as_bytes());
    bytes.extend_from_slice(voucher.terminal.as_bytes());
    for number in [voucher.points, voucher.from_ms, voucher.until_ms] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    put_text(&mut bytes, voucher.reward.as_deref().unwrap_or_default())?;
    let signature = crypto::sign_raw(key, DOMAIN_VOUCHER, &bound(&bytes, programme));
    bytes.extend_from_slice(&signature);
    Ok(format!(
        "{VOUCHER_PREFIX}{programme}.{}",
        crypto::encode(&bytes)
    ))
}

/// Reads a voucher's text and checks the server's signature. Whether it may be used now and here is
/// the decision's to say.
pub fn open(
    text: &str,
    programme: &str,
    trusted: &[VerifyingKey],
) -> Result<Voucher, VoucherError> {
    let bytes = payload(text, VOUCHER_PREFIX, programme)?;
    let mut rest = Bytes(&bytes);
    let voucher = read(&mut rest, programme, trusted)?;
    rest.end()?;
    Ok(voucher)
}

/// Reads a voucher's bytes from the front and checks the server's signature.
pub(crate) fn read(
    bytes: &mut Bytes<'_>,
    programme: &str,
    trusted: &[VerifyingKey],
) -> Result<Voucher, VoucherError> {
    let whole = bytes.0;
    if bytes.byte()? != VERSION {
        return Err(VoucherError::Malformed);
    }
    let kid = hex::encode(bytes.take(KID_BYTES)?);
    let (id, participant) = (bytes.id()?, bytes.id()?);
    let phone = crypto::public_key_raw(bytes.take(32)?).map_err(|_| VoucherError::Malformed)?;
    let terminal = bytes.id()?;
    let (points, from_ms, until_ms) = (bytes.number()?, bytes.number()?, bytes.number()?);
    let reward = Some(bytes.text()?).filter(|reward| !reward.is_empty());
    let signed = whole.get(..whole.len() - bytes.0.len());
    let signed = bound(signed.ok_or(VoucherError::Malformed)?, programme);
    let signature = bytes.take(SIGNATURE_BYTES)?;
    let key = trusted
        .iter()
        .find(|key| crypto::key_id(key) == kid)
        .ok_or(VoucherError::UnknownKey)?;
    crypto::verify_raw(key, DOMAIN_VOUCHER, &signed, signature)
        .map_err(|_| VoucherError::Untrusted)?;
    Ok(Voucher {
        id,
        participant,
        phone,
        terminal,
        points,
        from_ms,
        until_ms,
        reward,
    })
}
