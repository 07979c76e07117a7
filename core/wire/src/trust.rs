//! Which keys of the server count, as a list that the server's own keys sign. A device takes a newer list
//! when one of the keys that it trusts already has signed it: a new key is endorsed by the old one.

use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::crypto::{self, CryptoError, DOMAIN_TRUST};

/// A key of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustedKey {
    /// The public key, base64url.
    pub key: String,
    /// True when it counts only for codes that were printed under it.
    #[serde(default)]
    pub codes_only: bool,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustList {
    /// Grows with every change; a device never goes back.
    pub version: i64,
    /// The keys, oldest first.
    pub keys: Vec<TrustedKey>,
}

/// One key's signature of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeySignature {
    /// The key.
    pub kid: String,
    /// Signature, base64url.
    pub signature: String,
}

/// A list as it is stored and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedTrust {
    /// The exact text that was signed: JSON of a [`TrustList`].
    pub bytes: String,
    /// Signatures of the listed keys.
    pub signatures: Vec<KeySignature>,
}

/// The keys of a list, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// The list's version; zero for keys that came with an enrolment code.
    pub version: i64,
    /// Keys that count for everything.
    pub keys: Vec<VerifyingKey>,
    /// Keys that printed codes may be signed with: the ones above and retired ones.
    pub code_keys: Vec<VerifyingKey>,
}

impl Trust {
    /// The keys of an enrolment code.
    #[must_use]
    pub fn root(keys: Vec<VerifyingKey>) -> Self {
        Self {
            version: 0,
            code_keys: keys.clone(),
            keys,
        }
    }

    /// The keys of a list; errors when one does not read or none counts.
    pub fn of(list: &TrustList) -> Result<Self, CryptoError> {
        let mut trust = Self {
            version: list.version,
            keys: Vec::new(),
            code_keys: Vec::new(),
        };
        for listed in &list.keys {
            let key = crypto::public_key(&listed.key)?;
            trust.code_keys.push(key);
            if !listed.codes_only {
                trust.keys.push(key);
            }
        }
        if trust.keys.is_empty() {
            return Err(CryptoError::Malformed);
        }
        Ok(trust)
    }
}

impl SignedTrust {
    /// Signs a list with these keys.
    pub fn seal<'a>(
        list: &TrustList,
        keys: impl Iterator<Item = &'a SigningKey>,
    ) -> Result<Self, serde_json::Error> {
        let bytes = serde_json::to_string(list)?;
        let signature = |key: &SigningKey| KeySignature {
            kid: crypto::key_id(&key.verifying_key()),
            signature: crypto::sign(key, DOMAIN_TRUST, bytes.as_bytes()),
        };
        let signatures = keys.map(signature).collect();
        Ok(Self { bytes, signatures })
    }

    /// The list's keys, when one of the keys that count so far has signed it and it is newer. None for
    /// one that is not newer. A key that counts only for codes so far stays so.
    ///
    /// # Errors
    /// `Mismatch` when no key that counts has signed it; `Malformed` when it does not read.
    pub fn succeed(&self, held: &Trust) -> Result<Option<Trust>, CryptoError> {
        let signed = |key: &VerifyingKey| {
            let kid = crypto::key_id(key);
            let of_key = self.signatures.iter().filter(|one| one.kid == kid);
            let bytes = self.bytes.as_bytes();
            let mut checked =
                of_key.map(|one| crypto::verify(key, DOMAIN_TRUST, bytes, &one.signature));
            checked.any(|result| result.is_ok())
        };
        if !held.keys.iter().any(signed) {
            return Err(CryptoError::Mismatch);
        }
        let list = self.list()?;
        if list.version <= held.version {
            return Ok(None);
        }
        // A server that came back from a backup may have forgotten that a key was retired.
        let retired = |key: &str| {
            let key = crypto::public_key(key);
            key.is_ok_and(|key| held.code_keys.contains(&key) && !held.keys.contains(&key))
        };
        let mut list = list;
        for listed in &mut list.keys {
            listed.codes_only |= retired(&listed.key);
        }
        Trust::of(&list).map(Some)
    }

    /// What it lists; says nothing about the signatures.
    pub fn list(&self) -> Result<TrustList, CryptoError> {
        serde_json::from_str(&self.bytes).map_err(|_| CryptoError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn list(version: i64, keys: &[(u8, bool)]) -> TrustList {
        let listed = |(seed, codes_only): &(u8, bool)| TrustedKey {
            key: crypto::encode(key(*seed).verifying_key().as_bytes()),
            codes_only: *codes_only,
        };
        TrustList {
            version,
            keys: keys.iter().map(listed).collect(),
        }
    }

    fn signed(list: &TrustList, by: &[u8]) -> SignedTrust {
        let keys: Vec<SigningKey> = by.iter().map(|seed| key(*seed)).collect();
        SignedTrust::seal(list, keys.iter()).unwrap()
    }

    #[test]
    fn a_new_key_is_endorsed_by_the_old_one() {
        let root = Trust::root(vec![key(1).verifying_key()]);
        let second = signed(&list(2, &[(1, false), (2, false)]), &[1, 2]);
        let trust = second.succeed(&root).unwrap().unwrap();
        assert_eq!(trust.keys.len(), 2);
        // The first is retired: it still counts for codes and endorses for those who lag behind.
        let third = signed(&list(4, &[(1, true), (2, false), (3, false)]), &[1, 2, 3]);
        for held in [&root, &trust] {
            let taken = third.succeed(held).unwrap().unwrap();
            let second = key(2).verifying_key();
            assert_eq!(taken.keys, [second, key(3).verifying_key()]);
            assert_eq!(taken.code_keys.len(), 3);
        }
    }

    #[test]
    fn nobody_goes_back_or_takes_the_word_of_a_retired_or_foreign_key() {
        let root = Trust::root(vec![key(1).verifying_key()]);
        let retired = signed(&list(3, &[(1, true), (2, false)]), &[1, 2]);
        let held = retired.succeed(&root).unwrap().unwrap();
        assert_eq!(retired.succeed(&held), Ok(None));
        let older = signed(&list(2, &[(1, false), (2, false)]), &[1, 2]);
        assert_eq!(older.succeed(&held), Ok(None));
        // A thief has the first key and makes a list of his own.
        let stolen = signed(&list(9, &[(1, false), (7, false)]), &[1, 7]);
        assert_eq!(stolen.succeed(&held), Err(CryptoError::Mismatch));
        let foreign = signed(&list(9, &[(7, false)]), &[7]);
        assert_eq!(foreign.succeed(&root), Err(CryptoError::Mismatch));
        let mut changed = signed(&list(9, &[(1, false)]), &[1]);
        changed.bytes = changed.bytes.replace('9', "8");
        assert_eq!(changed.succeed(&root), Err(CryptoError::Mismatch));
        let none = signed(&list(9, &[(1, true)]), &[1]);
        assert_eq!(none.succeed(&root), Err(CryptoError::Malformed));
    }
}
