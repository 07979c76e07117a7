//! A virtual device: a key that nobody keeps, a chain, and commands signed in order.

use carrot_rules::Command;
use carrot_server::secrets::random_bytes;
use carrot_server::store::{Device, DeviceRole};
use carrot_wire::envelope::{Attachment, Basis, CommandTime};
use carrot_wire::{CommandBody, Envelope, PROTO, crypto, member};
use ed25519_dalek::SigningKey;
use uuid::Uuid;

/// A device whose key ends with the run; its id is the same in every demo.
pub struct Virtual {
    /// What the store knows about it.
    pub device: Device,
    key: SigningKey,
    seq: i64,
    last_hash: String,
}

/// A command about to be signed.
pub struct Intent<'a> {
    /// Who acts.
    pub actor: Uuid,
    /// Where.
    pub outlet: Option<Uuid>,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// What.
    pub command: &'a Command,
    /// Blobs that belong to it.
    pub attachments: &'a [Attachment],
}

impl Virtual {
    /// A terminal of an outlet.
    pub fn terminal(programme: Uuid, outlet: Uuid, name: &str, at_ms: i64) -> anyhow::Result<Self> {
        Self::new(
            programme,
            DeviceRole::Terminal,
            Some(outlet),
            None,
            name,
            at_ms,
        )
    }

    /// A person's phone.
    pub fn phone(programme: Uuid, person: Uuid, name: &str, at_ms: i64) -> anyhow::Result<Self> {
        Self::new(
            programme,
            DeviceRole::Phone,
            None,
            Some(person),
            name,
            at_ms,
        )
    }

    fn new(
        programme: Uuid,
        role: DeviceRole,
        outlet: Option<Uuid>,
        participant: Option<Uuid>,
        name: &str,
        at_ms: i64,
    ) -> anyhow::Result<Self> {
        let key = SigningKey::from_bytes(&random_bytes::<32>()?);
        let device = Device {
            id: Uuid::new_v5(&programme, format!("device:{name}").as_bytes()),
            programme,
            role,
            outlet,
            participant,
            public_key: crypto::encode(key.verifying_key().as_bytes()),
            name: name.to_owned(),
            revoked: false,
            last_seq: 0,
            last_hash: String::new(),
            enrolled_ms: at_ms,
            seen_ms: at_ms,
            trust_version: None,
            replaced: 0,
        };
        Ok(Self {
            device,
            key,
            seq: 0,
            last_hash: String::new(),
        })
    }

    /// Signs the device's next command.
    pub fn sign(&mut self, intent: &Intent<'_>) -> anyhow::Result<Envelope> {
        self.seq += 1;
        let command = intent.command;
        let body = CommandBody {
            proto: PROTO,
            command_id: Uuid::new_v5(&self.device.id, &self.seq.to_be_bytes()),
            device_id: self.device.id,
            device_seq: self.seq,
            prev_hash: std::mem::take(&mut self.last_hash),
            actor_id: intent.actor,
            programme_id: self.device.programme,
            outlet_id: intent.outlet,
            kind: command.kind().as_str().to_owned(),
            kind_version: 1,
            class: command.class(),
            args: command.to_args()?,
            attachments: intent.attachments.to_vec(),
            basis: Basis::default(),
            replaces: Vec::new(),
            time: CommandTime {
                wall_ms: intent.at_ms,
                boot_id: "demo".to_owned(),
                since_boot_ms: 0,
                server_offset_ms: 0,
                offset_age_ms: 0,
                after: None,
            },
        };
        let envelope = Envelope::seal(&body, &self.key)?;
        self.last_hash = crypto::chain_hash(&envelope.bytes);
        Ok(envelope)
    }

    /// The rotating code that the phone shows at an instant, under a pass of the server's key.
    pub fn proof(&self, server: &SigningKey, tag: &str, at_ms: i64) -> anyhow::Result<String> {
        const PASS_AGE_MS: i64 = 7 * 24 * 3_600_000;
        let person = self.device.participant.unwrap_or_default();
        let pass = member::issue_pass(
            server,
            tag,
            person,
            &self.key.verifying_key(),
            at_ms + PASS_AGE_MS,
        );
        Ok(member::make(
            &self.key,
            &pass,
            tag,
            at_ms,
            self.seq.unsigned_abs(),
        )?)
    }
}
