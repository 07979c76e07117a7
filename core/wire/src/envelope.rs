//! A signed command: the exact text that was signed, and what it says.

use carrot_rules::command::CommandClass;
use carrot_rules::made::Said;
use carrot_rules::{Command, Kind};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;
use uuid::Uuid;

use crate::crypto::{self, CryptoError, DOMAIN_COMMAND, SUITE_ED25519};
use crate::limits::{COMMAND_BYTES_MAX, REPLACES_MAX};
use crate::notary::AfterHead;

/// A signed command as it is stored and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope {
    /// Signature suite.
    pub suite: String,
    /// Id of the key.
    pub kid: String,
    /// The exact text that was signed: JSON of a [`CommandBody`].
    pub bytes: String,
    /// Signature over the domain prefix and `bytes`, base64url.
    pub signature: String,
}

/// A reference to a blob that belongs to a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// SHA-256, hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Media type.
    pub mime: String,
}

/// A command of an earlier identity of the same till or the same person's phone, for which another
/// command stands. At most one of the two counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// The device that made it.
    pub device_id: Uuid,
    /// Its id.
    pub command_id: Uuid,
    /// When it was made as far as its device could tell, UTC milliseconds.
    pub made_ms: i64,
}

/// What the device showed when it made the command.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Basis {
    /// Version of the rule set that it decided with.
    pub ruleset_version: i64,
    /// Net points that it showed, per account; the server answers `adjusted` when they differ.
    pub predicted: std::collections::BTreeMap<String, i64>,
}

/// When a command was made, as far as the device can tell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CommandTime {
    /// The device's wall clock, UTC milliseconds.
    pub wall_ms: i64,
    /// Identifies the device's current start.
    pub boot_id: String,
    /// Milliseconds since that start.
    pub since_boot_ms: i64,
    /// Last measured server clock minus device clock, milliseconds.
    pub server_offset_ms: i64,
    /// Age of that measurement, milliseconds; -1 when there was none.
    pub offset_age_ms: i64,
    /// The countersignature that the device held; none before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<AfterHead>,
}

impl CommandTime {
    /// The estimated instant of the command, UTC milliseconds.
    #[must_use]
    pub fn estimated_ms(&self) -> i64 {
        self.wall_ms.saturating_add(self.server_offset_ms)
    }
}

/// What a command says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommandBody {
    /// Protocol version.
    pub proto: u32,
    /// Id, made before the first send.
    pub command_id: Uuid,
    /// The device.
    pub device_id: Uuid,
    /// 1, 2, 3, … per device.
    pub device_seq: i64,
    /// Chain hash of the device's previous command; empty for the first.
    pub prev_hash: String,
    /// Who acts.
    pub actor_id: Uuid,
    /// The programme.
    pub programme_id: Uuid,
    /// Where.
    pub outlet_id: Option<Uuid>,
    /// Kind, by its name.
    pub kind: String,
    /// Version of the kind.
    pub kind_version: u32,
    /// Whether the server may refuse.
    pub class: CommandClass,
    /// Arguments of the kind.
    pub args: Value,
    /// Blobs.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What the device showed.
    #[serde(default)]
    pub basis: Basis,
    /// When.
    pub time: CommandTime,
    /// The commands that this one stands for, the oldest first: one, or a line of them when what was
    /// issued anew had to be issued anew. At most [`REPLACES_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<Replaced>,
}

/// A command that cannot be read or trusted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EnvelopeError {
    /// More than [`COMMAND_BYTES_MAX`] bytes.
    #[error("a command is larger than {COMMAND_BYTES_MAX} bytes")]
    TooLarge,
    /// A suite that this version does not know.
    #[error("unknown signature suite")]
    UnknownSuite,
    /// Bad signature or key.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// Not the JSON of a command.
    #[error("a command cannot be read: {0}")]
    Unreadable(String),
    /// A kind that this version does not know.
    #[error("unknown command kind: {0}")]
    UnknownKind(String),
}

impl Envelope {
    /// Signs a body. Errors when it is too large.
    pub fn seal(body: &CommandBody, key: &SigningKey) -> Result<Self, EnvelopeError> {
        let bytes = serde_json::to_string(body)
            .map_err(|error| EnvelopeError::Unreadable(error.to_string()))?;
        if bytes.len() > COMMAND_BYTES_MAX {
            return Err(EnvelopeError::TooLarge);
        }
        let signature = crypto::sign(key, DOMAIN_COMMAND, bytes.as_bytes());
        Ok(Self {
            suite: SUITE_ED25519.to_owned(),
            kid: crypto::key_id(&key.verifying_key()),
            bytes,
            signature,
        })
    }

    /// Checks the signature against the device's key.
    pub fn verify(&self, public: &VerifyingKey) -> Result<(), EnvelopeError> {
        if self.bytes.len() > COMMAND_BYTES_MAX {
            return Err(EnvelopeError::TooLarge);
        }
        if self.suite != SUITE_ED25519 {
            return Err(EnvelopeError::UnknownSuite);
        }
        Ok(crypto::verify(
            public,
            DOMAIN_COMMAND,
            self.bytes.as_bytes(),
            &self.signature,
        )?)
    }

    /// Reads the body; says nothing about the signature.
    pub fn body(&self) -> Result<CommandBody, EnvelopeError> {
        serde_json::from_str(&self.bytes)
            .map_err(|error| EnvelopeError::Unreadable(error.to_string()))
    }
}

impl CommandBody {
    /// What the command says about its instant. What it says about a countersignature counts only when
    /// that was checked. A command that stands for an earlier one is of the instant that the earlier
    /// one names, which nothing proves.
    #[must_use]
    pub fn said(&self, is_checked: bool) -> Said {
        match self.replaces.first() {
            None => self.time.said(is_checked),
            Some(first) => Said {
                estimated_ms: first.made_ms.min(self.time.estimated_ms()),
                after_ms: None,
                counted_ms: None,
            },
        }
    }

    /// What a command that stands for this one names: this one, behind those that it stood for itself.
    /// None when the line would be longer than [`REPLACES_MAX`].
    #[must_use]
    pub fn line_of(&self) -> Option<Vec<Replaced>> {
        let mut line = self.replaces.clone();
        line.push(Replaced {
            device_id: self.device_id,
            command_id: self.command_id,
            made_ms: self.said(false).estimated_ms,
        });
        (line.len() <= REPLACES_MAX).then_some(line)
    }

    /// The typed command.
    pub fn command(&self) -> Result<Command, EnvelopeError> {
        let kind = Kind::from_name(&self.kind)
            .ok_or_else(|| EnvelopeError::UnknownKind(self.kind.clone()))?;
        Command::from_args(kind, self.args.clone())
            .map_err(|error| EnvelopeError::Unreadable(error.to_string()))
    }
}
