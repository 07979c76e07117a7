//! Who somebody is: rotating codes, contact hashes, names, and asking the server about a member.
//! Also the small notes that hosts keep beside the commands.

use carrot_codes::SignedCode;
use carrot_rules::command::BuyerRef;
use carrot_rules::decide::ProofCheck;
use carrot_wire::limits::PROOF_STEP_MS;
use carrot_wire::member;
use carrot_wire::pull::PersonName;
use carrot_wire::resolve::{ResolveReply, ResolveRequest};
use carrot_wire::signed::{self, SignedError};
use serde_json::Value;
use uuid::Uuid;

use crate::error::{ClientError, Result};
use crate::keys::random_bytes;
use crate::membership::Membership;
use crate::pin::keyed;

/// Hex digits of a contact hash.
const CONTACT_HASH_DIGITS: usize = 32;

impl Membership {
    /// A fresh id: a UUIDv7 of the device's wall clock and its source of random bytes. It names things
    /// and orders none. Errors when there are no random bytes.
    pub fn fresh_id(&self) -> Result<Uuid> {
        let random: [u8; 10] = random_bytes(self.entropy.as_ref())?;
        let wall_ms = u64::try_from(self.clock.now_ms()).unwrap_or(0);
        Ok(uuid::Builder::from_unix_timestamp_millis(wall_ms, &random).into_uuid())
    }

    /// The phone's rotating code for the current step. Errors `not_permitted` on a device that
    /// belongs to nobody.
    pub fn rotating_code(&self) -> Result<String> {
        let Some(pass) = self.certificate().member_pass else {
            let detail = "only a member's phone has a rotating code";
            return Err(ClientError::call("not_permitted", detail));
        };
        let now_ms = self.now_ms();
        let at_ms = now_ms.saturating_sub(now_ms.rem_euclid(PROOF_STEP_MS));
        let nonce = u64::from_be_bytes(random_bytes(self.entropy.as_ref())?);
        member::make(
            &self.keys.signing,
            &pass,
            &self.entry.programme_code,
            at_ms,
            nonce,
        )
        .map_err(|error| ClientError::call(error.code(), error.to_string()))
    }

    /// Checks somebody's rotating code now.
    #[must_use]
    pub fn check_proof(&self, text: &str) -> ProofCheck {
        match member::check(
            text,
            &self.entry.programme_code,
            &self.trust(),
            self.now_ms(),
        ) {
            Ok(proof) => ProofCheck::Valid {
                participant: proof.participant,
                id: proof.id,
            },
            Err(error) => ProofCheck::Invalid(error.code().to_owned()),
        }
    }

    /// Checks a signed code with the public keys that the device enrolled with.
    pub fn check_code(&self, code: &SignedCode) -> std::result::Result<(), SignedError> {
        signed::check_code(
            code,
            &self.entry.programme_code,
            &self.held_trust().code_keys,
        )
    }

    /// The keyed hash of a phone number in E.164 form; none where the device has no key for it.
    #[must_use]
    pub fn contact_hash(&self, e164: &str) -> Option<String> {
        let key = self.certificate().contact_key?;
        let mut hash = keyed(&key, &format!("phone:{e164}"))?;
        hash.truncate(CONTACT_HASH_DIGITS);
        Some(hash)
    }

    /// Asks the server whether the programme has such a member; when it has, the next pull brings
    /// them to this terminal. Errors `server_unreachable` and the server's refusals.
    pub async fn resolve_member(&self, reference: &BuyerRef) -> Result<bool> {
        let asked = match reference {
            BuyerRef::Contact { hash } => ResolveRequest::Contact { hash: hash.clone() },
            BuyerRef::Proof { participant, .. } => ResolveRequest::Participant { id: *participant },
            BuyerRef::Card { reference } => ResolveRequest::Code {
                code: reference.clone(),
            },
        };
        let answer: ResolveReply = self.line.post("/v1/members/resolve", &asked).await?;
        Ok(answer.found)
    }

    /// How a person is called, as far as this device was told.
    pub async fn person_name(&self, participant: Uuid) -> Result<Option<String>> {
        self.cache()?.person(participant).await
    }

    /// How everybody known here is called, by name.
    pub async fn people(&self) -> Result<Vec<PersonName>> {
        self.cache()?.people().await
    }

    /// A host's own note.
    pub async fn note(&self, key: &str) -> Result<Option<Value>> {
        if let Some(known) = self.host_notes().get(key) {
            return Ok(known.clone());
        }
        let text = self.outbox.note(&note_name(key)).await?;
        let read: Option<Value> = text.as_deref().map(serde_json::from_str).transpose()?;
        // What somebody has put meanwhile is newer than what was read.
        let mut notes = self.host_notes();
        Ok(notes.entry(key.to_owned()).or_insert(read).clone())
    }

    /// Keeps a host's own note durably; `null` removes it.
    pub async fn put_note(&self, key: &str, value: &Value) -> Result<()> {
        let text = (!value.is_null()).then(|| value.to_string());
        self.outbox.set_notes(&[(&note_name(key), text)]).await?;
        let kept = (!value.is_null()).then(|| value.clone());
        self.host_notes().insert(key.to_owned(), kept);
        self.bump();
        Ok(())
    }
}

fn note_name(key: &str) -> String {
    format!("note:{key}")
}
