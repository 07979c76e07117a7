//! One signature convention: Ed25519 over a domain prefix, a zero byte, and the exact bytes; and
//! SHA-256 with the same kind of prefix for chains and digests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// The only signature suite so far.
pub const SUITE_ED25519: &str = "ed25519";
/// Domain of signed commands.
pub const DOMAIN_COMMAND: &str = "carrot/command/v1";
/// Domain of device certificates.
pub const DOMAIN_CERTIFICATE: &str = "carrot/certificate/v1";
/// Domain of access challenges.
pub const DOMAIN_CHALLENGE: &str = "carrot/challenge/v1";
/// Domain of enrolment proofs.
pub const DOMAIN_ENROL: &str = "carrot/enrol/v1";
/// Domain of printed codes of a series.
pub const DOMAIN_CODE: &str = "carrot/code/v1";
/// Domain of rotating member codes.
pub const DOMAIN_MEMBER: &str = "carrot/member/v1";
/// Domain of the list of the server's keys.
pub const DOMAIN_TRUST: &str = "carrot/trust/v1";
/// Domain of the countersignatures of chains.
pub const DOMAIN_RECEIPT: &str = "carrot/receipt/v1";
/// Domain of vouchers.
pub const DOMAIN_VOUCHER: &str = "carrot/voucher/v1";
/// Domain of a phone's answers that use a voucher.
pub const DOMAIN_VOUCHER_USE: &str = "carrot/voucher-use/v1";
/// Domain of a phone's answers that use its pass.
pub const DOMAIN_ANSWER: &str = "carrot/answer/v1";
/// Domain of the chain of commands.
pub const DOMAIN_CHAIN: &str = "carrot/chain/v1";
/// Domain of a scope's running digest.
pub const DOMAIN_DIGEST: &str = "carrot/digest/v1";

/// A key or signature that cannot be read, or that does not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CryptoError {
    /// Not base64url, or of the wrong length.
    #[error("a key or signature is malformed")]
    Malformed,
    /// The signature is not of these bytes by this key.
    #[error("a signature does not match")]
    Mismatch,
}

/// Bytes as base64url without padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Bytes from base64url without padding.
pub fn decode(text: &str) -> Result<Vec<u8>, CryptoError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| CryptoError::Malformed)
}

fn framed(domain: &str, bytes: &[u8]) -> Vec<u8> {
    let mut framed = Vec::with_capacity(domain.len() + 1 + bytes.len());
    framed.extend_from_slice(domain.as_bytes());
    framed.push(0);
    framed.extend_from_slice(bytes);
    framed
}

/// Signs `bytes` in a domain; base64url.
#[must_use]
pub fn sign(key: &SigningKey, domain: &str, bytes: &[u8]) -> String {
    encode(&key.sign(&framed(domain, bytes)).to_bytes())
}

/// The raw 64 bytes of [`sign`].
#[must_use]
pub fn sign_raw(key: &SigningKey, domain: &str, bytes: &[u8]) -> [u8; 64] {
    key.sign(&framed(domain, bytes)).to_bytes()
}

/// Checks a base64url signature of `bytes` in a domain.
pub fn verify(
    public: &VerifyingKey,
    domain: &str,
    bytes: &[u8],
    signature: &str,
) -> Result<(), CryptoError> {
    verify_raw(public, domain, bytes, &decode(signature)?)
}

/// Checks a raw signature of `bytes` in a domain.
pub fn verify_raw(
    public: &VerifyingKey,
    domain: &str,
    bytes: &[u8],
    signature: &[u8],
) -> Result<(), CryptoError> {
    let signature = Signature::from_slice(signature).map_err(|_| CryptoError::Malformed)?;
    public
        .verify(&framed(domain, bytes), &signature)
        .map_err(|_| CryptoError::Mismatch)
}

/// A public key from its base64url form.
pub fn public_key(text: &str) -> Result<VerifyingKey, CryptoError> {
    public_key_raw(&decode(text)?)
}

/// A public key from its 32 bytes.
pub fn public_key_raw(bytes: &[u8]) -> Result<VerifyingKey, CryptoError> {
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| CryptoError::Malformed)?;
    VerifyingKey::from_bytes(&bytes).map_err(|_| CryptoError::Malformed)
}

/// The id of a public key: the first 16 hex digits of its hash.
#[must_use]
pub fn key_id(public: &VerifyingKey) -> String {
    let mut id = hash(&[public.as_bytes()]);
    id.truncate(16);
    id
}

/// SHA-256 of the parts one after another, as hex.
#[must_use]
pub fn hash(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    hex::encode(digest.finalize())
}

/// The chain's next link: hash over the domain prefix and a command's bytes.
#[must_use]
pub fn chain_hash(bytes: &str) -> String {
    hash(&[DOMAIN_CHAIN.as_bytes(), &[0], bytes.as_bytes()])
}

/// A scope's running digest after one more change.
#[must_use]
pub fn digest_after(before: &str, sequence: i64, change: &str) -> String {
    let number = sequence.to_be_bytes();
    hash(&[
        DOMAIN_DIGEST.as_bytes(),
        &[0],
        before.as_bytes(),
        &number,
        change.as_bytes(),
    ])
}
