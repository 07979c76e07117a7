//! JSON Web Signatures in their compact form: three parts of base64url with points between them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    VerificationAlgorithm,
};
use serde::Deserialize;

use super::NotRecognised;

/// A public key that signatures are held against.
#[derive(Clone)]
pub struct JwsKey {
    /// `ES256`, `RS256` or `EdDSA`: what the header must name.
    algorithm: Algorithm,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Es256,
    Rs256,
    EdDsa,
}

impl Algorithm {
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "ES256" => Some(Self::Es256),
            "RS256" => Some(Self::Rs256),
            "EdDSA" => Some(Self::EdDsa),
            _ => None,
        }
    }

    fn ring(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::Es256 => &ECDSA_P256_SHA256_FIXED,
            Self::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
            Self::EdDsa => &ED25519,
        }
    }
}

impl JwsKey {
    /// A key by its algorithm's name and its bytes: a point (ES256), a DER `RSAPublicKey` (RS256), or
    /// 32 bytes (`EdDSA`). None for another algorithm.
    #[must_use]
    pub fn new(algorithm: &str, bytes: Vec<u8>) -> Option<Self> {
        let algorithm = Algorithm::from_name(algorithm)?;
        Some(Self { algorithm, bytes })
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

/// The payload, and whether a key vouches for it. Without a key only the form is looked at. A header
/// that names another algorithm than the key's never holds.
pub(super) fn open(bytes: &[u8], key: Option<&JwsKey>) -> Result<(Vec<u8>, bool), NotRecognised> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotRecognised::OtherKind)?;
    let text = text.trim();
    let mut parts = text.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(NotRecognised::OtherKind);
    };
    let decoded = |part: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(part);
        bytes.map_err(|_| NotRecognised::OtherKind)
    };
    let header: Header =
        serde_json::from_slice(&decoded(header)?).map_err(|_| NotRecognised::OtherKind)?;
    let algorithm = Algorithm::from_name(&header.alg).ok_or(NotRecognised::OtherKind)?;
    let (body, signature) = (decoded(payload)?, decoded(signature)?);
    if signature.is_empty() {
        return Err(NotRecognised::OtherKind);
    }
    let Some(key) = key else {
        return Ok((body, false));
    };
    let signed = text.rsplit_once('.').map_or("", |(signed, _)| signed);
    let holds = key.algorithm == algorithm
        && UnparsedPublicKey::new(algorithm.ring(), &key.bytes)
            .verify(signed.as_bytes(), &signature)
            .is_ok();
    if holds {
        Ok((body, true))
    } else {
        Err(NotRecognised::Forged)
    }
}
