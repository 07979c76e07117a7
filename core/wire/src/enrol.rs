//! Enrolment and access: a one-time code makes a device; a signed challenge opens its sessions.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::certificate::SignedCertificate;
use crate::crypto;

/// What an enrolment code's text carries (`CRE1.` and base64url of this as JSON).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentCode {
    /// The server's address, with scheme and port.
    pub server: String,
    /// The server's public keys, base64url: the device's trust root.
    pub trust: Vec<String>,
    /// The one-time secret.
    pub secret: String,
}

/// The prefix of an enrolment code's text.
pub const ENROLMENT_PREFIX: &str = "CRE1.";

impl EnrolmentCode {
    /// The code's text, for a QR picture or for pasting.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Plain strings: turning them into JSON cannot fail.
        let json = serde_json::to_vec(self).unwrap_or_default();
        format!("{ENROLMENT_PREFIX}{}", crypto::encode(&json))
    }

    /// Reads a code's text.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let payload = text.trim().strip_prefix(ENROLMENT_PREFIX)?;
        serde_json::from_slice(&crypto::decode(payload).ok()?).ok()
    }
}

/// `POST /v1/enrol`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolRequest {
    /// Protocol version.
    pub proto: u32,
    /// The code's secret.
    pub secret: String,
    /// The device's public key, base64url.
    pub public_key: String,
    /// Signature over the secret in the enrolment domain: proof of the private key.
    pub proof: String,
    /// What the device calls itself.
    pub device_name: String,
}

/// The answer: a device.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolReply {
    /// Device.
    pub device_id: Uuid,
    /// Certificate.
    pub certificate: SignedCertificate,
    /// The server's public keys, base64url.
    pub trust: Vec<String>,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
}

/// `POST /v1/challenge`: asks for something to sign.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChallengeRequest {
    /// Device.
    pub device_id: Uuid,
}

/// What to sign.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChallengeReply {
    /// Random text, valid for a minute and once.
    pub challenge: String,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
}

/// `POST /v1/token`: the signed challenge for an access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenRequest {
    /// Device.
    pub device_id: Uuid,
    /// Challenge.
    pub challenge: String,
    /// Signature over the challenge in the challenge domain, base64url.
    pub signature: String,
}

/// An opaque token for `Authorization: Bearer`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenReply {
    /// Token.
    pub token: String,
    /// When it ends, UTC milliseconds.
    pub until_ms: i64,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
}
