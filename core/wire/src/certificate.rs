//! A device's certificate: the signed grant of what it is and may do, readable without a network.

use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::crypto::{self, CryptoError, DOMAIN_CERTIFICATE};

/// A person who may act at a terminal, with their PIN's verifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashierGrant {
    /// Person.
    pub participant: Uuid,
    /// Argon2id hash of the PIN in PHC text form; over HMAC(`pin_key`, PIN).
    pub pin_hash: String,
}

/// What a device is and may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Device.
    pub device_id: Uuid,
    /// Programme.
    pub programme_id: Uuid,
    /// Programme's short code.
    pub programme_code: String,
    /// `terminal` or `phone`.
    pub role: String,
    /// Its outlet, for a terminal.
    pub outlet_id: Option<Uuid>,
    /// Its person, for a phone.
    pub participant_id: Option<Uuid>,
    /// The device's public key, base64url.
    pub public_key: String,
    /// Cashiers, for a terminal.
    pub cashiers: Vec<CashierGrant>,
    /// Key of contact hashes (hex), for a terminal.
    pub contact_key: Option<String>,
    /// Key under the PIN hashes (hex), for a terminal.
    pub pin_key: Option<String>,
    /// For a phone: what it shows in its rotating code to prove its key, base64url (see [`crate::member`]).
    pub member_pass: Option<String>,
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// First instant after it, UTC milliseconds.
    pub until_ms: i64,
}

/// A certificate as it is stored and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedCertificate {
    /// The server's key.
    pub kid: String,
    /// The exact text that was signed.
    pub bytes: String,
    /// Signature, base64url.
    pub signature: String,
}

impl SignedCertificate {
    /// Signs a certificate with the server's key.
    pub fn seal(certificate: &Certificate, key: &SigningKey) -> Result<Self, serde_json::Error> {
        let bytes = serde_json::to_string(certificate)?;
        let signature = crypto::sign(key, DOMAIN_CERTIFICATE, bytes.as_bytes());
        Ok(Self {
            kid: crypto::key_id(&key.verifying_key()),
            bytes,
            signature,
        })
    }

    /// Reads it without looking at the signature: for one that was checked when it was stored, by a key
    /// that may have been retired since.
    pub fn read_stored(&self) -> Result<Certificate, CryptoError> {
        serde_json::from_str(&self.bytes).map_err(|_| CryptoError::Malformed)
    }

    /// Checks the signature against one of the trusted server keys, then reads it.
    pub fn open(&self, trusted: &[VerifyingKey]) -> Result<Certificate, CryptoError> {
        let key = trusted
            .iter()
            .find(|key| crypto::key_id(key) == self.kid)
            .ok_or(CryptoError::Mismatch)?;
        crypto::verify(
            key,
            DOMAIN_CERTIFICATE,
            self.bytes.as_bytes(),
            &self.signature,
        )?;
        serde_json::from_str(&self.bytes).map_err(|_| CryptoError::Malformed)
    }
}
