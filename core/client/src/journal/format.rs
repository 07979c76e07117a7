//! The journal's records as bytes. Nothing of a device in here: what reads them is tried with any bytes.
//!
//! A record is `CRJ1`, the length of what is sealed (four bytes, little end first), a nonce of twelve
//! bytes, and the sealed text (ChaCha20-Poly1305; the first eight bytes are authenticated with it). The
//! tag tells a torn end and a changed byte from what was written, so there is no checksum besides.

use carrot_wire::{Envelope, Verdict};
use hmac::{Hmac, KeyInit, Mac as _};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use thiserror::Error;
use uuid::Uuid;

/// What a record begins with.
pub const MARK: [u8; 4] = *b"CRJ1";
const LENGTH_BYTES: usize = 4;
/// Random bytes of a record.
pub const NONCE_BYTES: usize = 12;
/// Mark and length: what the tag covers besides the text.
const HEAD_BYTES: usize = MARK.len() + LENGTH_BYTES;
/// The largest sealed record; a certificate with many cashiers is the longest of all.
const SEALED_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Separates this key from the one of the databases.
const KEY_DOMAIN: &[u8] = b"carrot/journal/v1";

/// Why a record cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormatError {
    /// The key has another size.
    #[error("a key of another size")]
    Key,
    /// It has no text.
    #[error("a record that is no text: {0}")]
    Text(String),
    /// It is longer than a record may be, bytes.
    #[error("a record of {0} bytes")]
    Long(usize),
    /// The cipher refused it.
    #[error("it cannot be sealed")]
    Sealing,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// The signed certificate as its note holds it.
    Certificate(String),
    /// The server's keys that are trusted, as their note holds them.
    Trust(String),
    /// A note that a queue made anew must not have forgotten, as the outbox holds it.
    Note {
        /// Its name.
        name: String,
        /// Its text.
        value: String,
    },
    /// A signed command.
    Command(Envelope),
    /// The server's answer to one.
    Verdict(Verdict),
    /// A command's id: the outbox did not take it, nobody was told that it is done.
    Void(Uuid),
}

/// The key of the journal, from the one of the databases.
pub fn key_from(database_key: &[u8; 32]) -> Result<LessSafeKey, FormatError> {
    let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(database_key);
    let mut mac = mac.map_err(|_| FormatError::Key)?;
    mac.update(KEY_DOMAIN);
    let bytes = mac.finalize().into_bytes();
    let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(|_| FormatError::Key)?;
    Ok(LessSafeKey::new(key))
}

/// The bytes of a record. No two records under one key have the same nonce.
pub fn sealed(
    record: &Record,
    key: &LessSafeKey,
    nonce: [u8; NONCE_BYTES],
) -> Result<Vec<u8>, FormatError> {
    let text = serde_json::to_vec(record);
    let mut text = text.map_err(|error| FormatError::Text(error.to_string()))?;
    let length = text.len().saturating_add(CHACHA20_POLY1305.tag_len());
    if length > SEALED_BYTES_MAX {
        return Err(FormatError::Long(length));
    }
    let mut bytes = MARK.to_vec();
    bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::from(&bytes),
        &mut text,
    )
    .map_err(|_| FormatError::Sealing)?;
    bytes.extend(nonce);
    bytes.extend(text);
    Ok(bytes)
}

/// Every record of a file, where the last one ends, and whether anything else was in it.
pub fn scan(bytes: &[u8], key: &LessSafeKey) -> (Vec<Record>, u64, bool) {
    let (mut records, mut damaged, mut at, mut end) = (Vec::new(), false, 0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((record, length)) = opened(rest, key) {
            records.push(record);
            at += length;
            end = at;
            continue;
        }
        if rest.iter().all(|byte| *byte == 0) {
            break;
        }
        damaged = true;
        let next = rest.windows(MARK.len()).skip(1).position(|w| w == MARK);
        match next {
            Some(found) => at += found + 1,
            None => break,
        }
    }
    (records, u64::try_from(end).unwrap_or(u64::MAX), damaged)
}

/// The record that these bytes begin with, and its length.
fn opened(bytes: &[u8], key: &LessSafeKey) -> Option<(Record, usize)> {
    let (head, rest) = bytes.split_at_checked(HEAD_BYTES)?;
    let length = head.strip_prefix(&MARK)?;
    let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
    if length > SEALED_BYTES_MAX {
        return None;
    }
    let (nonce, rest) = rest.split_at_checked(NONCE_BYTES)?;
    let mut text = rest.get(..length)?.to_vec();
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let text = key.open_in_place(nonce, Aad::from(head), &mut text).ok()?;
    let record = serde_json::from_slice(text).ok()?;
    Some((record, HEAD_BYTES + NONCE_BYTES + length))
}
