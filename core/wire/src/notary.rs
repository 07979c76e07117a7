//! The scan notary. At each exchange the server countersigns how far a device's chain has come: the
//! device's next command names that countersignature inside its own signed bytes and is thereby proven
//! to have been made after it; the next countersignature bounds it from above. What was countersigned
//! cannot be dropped, reordered or dated back, and public keys alone are enough to check that.
//!
//! The signed text is made of the fields, word by word, so that everybody who knows them makes the same
//! text: the server keeps no list of what it countersigned.

use carrot_rules::made::Said;
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::crypto::{self, CryptoError, DOMAIN_RECEIPT};
use crate::envelope::CommandTime;

/// Hex digits of a countersignature's tag: 128 bits.
const TAG_DIGITS: usize = 32;

/// How far a device's chain has come, as the server says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Head {
    /// Programme.
    pub programme_id: Uuid,
    /// Device.
    pub device_id: Uuid,
    /// Its last recorded command; zero before the first.
    pub last_seq: i64,
    /// Chain hash of that command; empty before the first.
    pub hash: String,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
}

/// A head with the server's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Countersigned {
    /// What is signed.
    #[serde(flatten)]
    pub head: Head,
    /// The server's key.
    pub kid: String,
    /// Signature, base64url.
    pub signature: String,
}

/// What a command says about the countersignature that its device held when it made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterHead {
    /// The countersigned command's number; zero before the first.
    pub seq: i64,
    /// The server's instant in it, UTC milliseconds.
    pub server_ms: i64,
    /// Its tag: nobody can know it before the server has signed.
    pub tag: String,
    /// Milliseconds counted since it was received, while the device did not start anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_ms: Option<i64>,
}

impl Head {
    /// The signed text.
    fn text(&self) -> String {
        format!(
            "{} {} {} {} {}",
            self.programme_id, self.device_id, self.last_seq, self.hash, self.server_ms
        )
    }

    /// Signs it.
    #[must_use]
    pub fn countersign(self, key: &SigningKey) -> Countersigned {
        let signature = crypto::sign(key, DOMAIN_RECEIPT, self.text().as_bytes());
        Countersigned {
            kid: crypto::key_id(&key.verifying_key()),
            signature,
            head: self,
        }
    }
}

impl Countersigned {
    /// Checks the signature against one of the trusted server keys.
    pub fn verify(&self, trusted: &[VerifyingKey]) -> Result<&Head, CryptoError> {
        let key = trusted
            .iter()
            .find(|key| crypto::key_id(key) == self.kid)
            .ok_or(CryptoError::Mismatch)?;
        let text = self.head.text();
        crypto::verify(key, DOMAIN_RECEIPT, text.as_bytes(), &self.signature)?;
        Ok(&self.head)
    }

    /// The short name that only somebody who has seen the signature knows.
    #[must_use]
    pub fn tag(&self) -> String {
        let mut tag = crypto::hash(&[DOMAIN_RECEIPT.as_bytes(), &[0], self.signature.as_bytes()]);
        tag.truncate(TAG_DIGITS);
        tag
    }

    /// What a command made now says about it, with the milliseconds counted since it was received.
    #[must_use]
    pub fn named(&self, counted_ms: Option<i64>) -> AfterHead {
        AfterHead {
            seq: self.head.last_seq,
            server_ms: self.head.server_ms,
            tag: self.tag(),
            counted_ms,
        }
    }
}

impl AfterHead {
    /// True when it names this countersignature.
    #[must_use]
    pub fn names(&self, countersigned: &Countersigned) -> bool {
        let head = &countersigned.head;
        self.seq == head.last_seq
            && self.server_ms == head.server_ms
            && self.tag == countersigned.tag()
    }

    /// True when one of the keys signed it: the head that it speaks of is signed again, which gives the
    /// same signature. `hash` is the chain hash of the command with the number [`AfterHead::seq`].
    #[must_use]
    pub fn is_genuine<'a>(
        &self,
        (programme_id, device_id): (Uuid, Uuid),
        hash: &str,
        mut keys: impl Iterator<Item = &'a SigningKey>,
    ) -> bool {
        let head = Head {
            programme_id,
            device_id,
            last_seq: self.seq,
            hash: hash.to_owned(),
            server_ms: self.server_ms,
        };
        keys.any(|key| self.names(&head.clone().countersign(key)))
    }
}

impl CommandTime {
    /// What the command says about its instant. What it says about a countersignature counts only when
    /// that was checked.
    #[must_use]
    pub fn said(&self, is_checked: bool) -> Said {
        let after = self.after.as_ref().filter(|_| is_checked);
        Said {
            estimated_ms: self.estimated_ms(),
            after_ms: after.map(|after| after.server_ms),
            counted_ms: after.and_then(|after| after.counted_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn head() -> Head {
        Head {
            programme_id: Uuid::from_u128(1),
            device_id: Uuid::from_u128(2),
            last_seq: 7,
            hash: crypto::chain_hash("seven"),
            server_ms: 1_000,
        }
    }

    #[test]
    fn m4_a_countersignature_holds_for_its_own_words_only() {
        let signed = head().countersign(&key(1));
        let trusted = [key(1).verifying_key(), key(2).verifying_key()];
        assert_eq!(signed.verify(&trusted), Ok(&head()));
        let changes: [fn(&mut Countersigned); 6] = [
            |signed| signed.head.programme_id = Uuid::nil(),
            |signed| signed.head.device_id = Uuid::nil(),
            |signed| signed.head.last_seq = 8,
            |signed| signed.head.hash = crypto::chain_hash("eight"),
            |signed| signed.head.server_ms = 999,
            |signed| signed.kid = crypto::key_id(&key(2).verifying_key()),
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut changed = signed.clone();
            change(&mut changed);
            assert_eq!(
                changed.verify(&trusted),
                Err(CryptoError::Mismatch),
                "{number}"
            );
        }
        assert!(signed.verify(&trusted[1..]).is_err());
        let text = serde_json::to_string(&signed).unwrap();
        assert_eq!(
            serde_json::from_str::<Countersigned>(&text).unwrap(),
            signed
        );
    }

    #[test]
    fn m4_what_a_command_names_is_checked_without_a_list() {
        let signed = head().countersign(&key(1));
        let named = signed.named(Some(50));
        let device = (head().programme_id, head().device_id);
        let keys = [key(2), key(1)];
        assert!(named.is_genuine(device, &head().hash, keys.iter()));
        assert!(!named.is_genuine(device, &crypto::chain_hash("other"), keys.iter()));
        assert!(!named.is_genuine((device.1, device.0), &head().hash, keys.iter()));
        assert!(!named.is_genuine(device, &head().hash, keys[..1].iter()));
        let later = AfterHead {
            server_ms: 2_000,
            ..named
        };
        assert!(!later.is_genuine(device, &head().hash, keys.iter()));
    }

    #[test]
    fn what_was_not_checked_proves_nothing() {
        let named = head().countersign(&key(1)).named(Some(50));
        let time = CommandTime {
            wall_ms: 1_500,
            after: Some(named),
            ..CommandTime::default()
        };
        assert_eq!(time.said(false).after_ms, None);
        assert_eq!(time.said(false).counted_ms, None);
        assert_eq!(time.said(true).after_ms, Some(1_000));
        assert_eq!(time.said(true).counted_ms, Some(50));
    }
}
