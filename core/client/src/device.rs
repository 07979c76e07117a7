//! A device: a folder, its lock, and its memberships.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use carrot_sync::flight::uploads::Surroundings;
use carrot_wire::crypto::{self, DOMAIN_ENROL};
use carrot_wire::enrol::{EnrolReply, EnrolRequest, EnrolmentCode};
use carrot_wire::entropy::Entropy;
use carrot_wire::limits::QUEUE_COMMANDS_MAX;
use carrot_wire::{Certificate, PROTO};
use ed25519_dalek::VerifyingKey;

use crate::clock::Clock;
use crate::db::{Durability, FileLimits};
use crate::error::{ClientError, Result};
use crate::folder::{Folder, FolderList, MembershipEntry};
use crate::keys::{KeyChoice, KeyPlace, Keys, SystemEntropy};
use crate::line::{measure, post_once};
use crate::membership::Membership;
use crate::outbox::Outbox;
use crate::probe::Probe;
use crate::transport::{HttpTransport, Transport};

/// How to open a device.
#[derive(Clone)]
pub struct OpenOptions {
    /// The folder; made when missing.
    pub dir: PathBuf,
    /// Where the secrets of *new* memberships go; each keeps the place that it was enrolled with.
    pub keys: KeyChoice,
    /// The device's clocks.
    pub clock: Arc<dyn Clock>,
}

/// What only hosts of another kind and tests set.
#[derive(Clone)]
pub struct Tuning {
    /// Sends calls; the real transport when none.
    pub transport: Option<Arc<dyn Transport>>,
    /// The most commands that may wait.
    pub queue_commands_max: u64,
    /// The newest schema that the program acts as if it knew; for trying upgrades.
    pub schema_max: u32,
    /// The most pages that each database may have; for trying a full disk.
    pub pages_max: Option<u32>,
    /// Where keys, ids and waiting times come from.
    pub entropy: Arc<dyn Entropy>,
    /// How writes reach the disk; [`Durability::Full`] everywhere but where a disk is played.
    pub durability: Durability,
    /// Who looks on between effects; nobody where nothing is played.
    pub probe: Option<Arc<dyn Probe>>,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            transport: None,
            queue_commands_max: QUEUE_COMMANDS_MAX,
            schema_max: u32::MAX,
            pages_max: None,
            entropy: Arc::new(SystemEntropy),
            durability: Durability::Full,
            probe: None,
        }
    }
}

/// What memberships of one device share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) queue_commands_max: u64,
    pub(crate) files: FileLimits,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) probe: Option<Arc<dyn Probe>>,
    pub(crate) surroundings: Arc<RwLock<Surroundings>>,
}

/// An open device. One process at a time has it open.
pub struct Device {
    pub(crate) folder: Folder,
    pub(crate) list: tokio::sync::Mutex<FolderList>,
    keys: KeyChoice,
    pub(crate) shared: Shared,
    pub(crate) memberships: Mutex<Vec<Arc<Membership>>>,
    locked: Vec<(MembershipEntry, ClientError)>,
}

impl Device {
    /// Opens the device; makes the folder if it is missing. Errors: `device_in_use`,
    /// `newer_schema`, `key_missing` when no membership has its keys, `keyring_unavailable`, `outbox_unreadable`. A damaged cache
    /// does not stop it: the membership's calls then answer `cache_damaged` until
    /// [`Membership::rebuild_cache`].
    pub async fn open(options: OpenOptions) -> Result<Self> {
        Self::open_with(options, Tuning::default()).await
    }

    /// [`Device::open`] with settings of its own.
    pub async fn open_with(options: OpenOptions, tuning: Tuning) -> Result<Self> {
        let (folder, list) = Folder::open(&options.dir, tuning.entropy.as_ref())?;
        let transport = match tuning.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::new().map_err(ClientError::Unreachable)?),
        };
        let shared = Shared {
            clock: options.clock,
            transport,
            queue_commands_max: tuning.queue_commands_max,
            files: FileLimits {
                schema_max: tuning.schema_max,
                pages_max: tuning.pages_max,
                durability: tuning.durability,
            },
            entropy: tuning.entropy,
            probe: tuning.probe,
            surroundings: Arc::default(),
        };
        let (mut memberships, mut locked) = (Vec::new(), Vec::new());
        for entry in list.memberships.iter().filter(|entry| entry.rest.is_none()) {
            let dir = folder.membership_dir(entry.programme_id);
            let programme = entry.programme_id.to_string();
            let place = KeyPlace::of(entry.keys, &list.folder_id, &programme, &dir);
            match place.read().await {
                Ok(keys) => {
                    let opened = Membership::open(entry.clone(), dir, keys, &shared).await?;
                    match opened.forget_people_when_old().await {
                        // Damage that shows only now is a finding too: what cannot be read is rebuilt.
                        Err(error @ ClientError::CacheDamaged(_)) => {
                            tracing::warn!(%error, "old names could not be dropped");
                        }
                        done => done?,
                    }
                    memberships.push(Arc::new(opened));
                }
                // Its files stay as they are, and nothing is ever written over them: the keys may come
                // back with the machine's secret store.
                Err(error @ ClientError::KeyMissing(_)) => locked.push((entry.clone(), error)),
                Err(error) => return Err(error),
            }
        }
        if memberships.is_empty()
            && let Some((_, error)) = locked.first()
        {
            return Err(error.clone());
        }
        Ok(Self {
            folder,
            list: tokio::sync::Mutex::new(list),
            keys: options.keys,
            shared,
            memberships: Mutex::new(memberships),
            locked,
        })
    }

    /// Memberships whose keys were not found when the device was opened, with what was missing. They are
    /// left as they are; the others work.
    #[must_use]
    pub fn locked(&self) -> &[(MembershipEntry, ClientError)] {
        &self.locked
    }

    /// The memberships, in the order of their enrolment.
    #[must_use]
    pub fn memberships(&self) -> Vec<Arc<Membership>> {
        self.memberships
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Enrols this device with a code's text (`CRE1.…`) and pulls for the first time when the server
    /// can be reached. Errors: `bad_enrolment_code`, `already_enrolled`, `keyring_unavailable`,
    /// `server_unreachable`, or the server's refusal.
    pub async fn enrol(&self, code_text: &str, device_name: &str) -> Result<Arc<Membership>> {
        let mut list = self.list.lock().await;
        let code = EnrolmentCode::from_text(code_text)
            .ok_or_else(|| ClientError::call("bad_enrolment_code", "not an enrolment code"))?;
        let trust = trust_of(&code.trust)?;
        if self.keys == KeyChoice::Keyring {
            let place = KeyPlace::Keyring(format!("{}:probe", list.folder_id));
            place.probe().await?;
        }
        let keys = Keys::generate(self.shared.entropy.as_ref())?;
        let (reply, certificate, offset) = self.ask(&code, device_name, &keys, &trust).await?;
        let programme_id = certificate.programme_id;
        self.make_room(&mut list, programme_id).await?;
        let entry = MembershipEntry {
            programme_id,
            programme_code: certificate.programme_code.clone(),
            server: code.server.trim_end_matches('/').to_owned(),
            trust: code.trust.clone(),
            device_id: reply.device_id,
            keys: self.keys,
            rest: None,
        };
        let dir = self.folder.membership_dir(programme_id);
        set_aside_unfinished(&dir)?;
        std::fs::create_dir_all(&dir)?;
        let programme = programme_id.to_string();
        let place = KeyPlace::of(self.keys, &list.folder_id, &programme, &dir);
        place.write(&keys).await?;
        let now_ms = self.shared.clock.now_ms();
        let outbox = Outbox::open(&dir, &keys, self.shared.files, now_ms).await?;
        let notes = [
            (
                "certificate",
                Some(serde_json::to_string(&reply.certificate)?),
            ),
            ("offset", Some(offset)),
        ];
        outbox.set_notes(&notes).await?;
        outbox.db().close().await;
        let membership = Arc::new(Membership::open(entry.clone(), dir, keys, &self.shared).await?);
        // From here on the membership exists; before, a crash leaves nothing that is opened again.
        list.memberships.push(entry);
        self.folder.write(&list)?;
        self.memberships
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Arc::clone(&membership));
        if let Err(error) = membership.sync().await {
            tracing::info!(%error, "the first pull waits for the server");
        }
        Ok(membership)
    }

    async fn ask(
        &self,
        code: &EnrolmentCode,
        device_name: &str,
        keys: &Keys,
        trust: &[VerifyingKey],
    ) -> Result<(EnrolReply, Certificate, String)> {
        let public_key = crypto::encode(keys.signing.verifying_key().as_bytes());
        let request = EnrolRequest {
            proto: PROTO,
            secret: code.secret.clone(),
            public_key: public_key.clone(),
            proof: crypto::sign(&keys.signing, DOMAIN_ENROL, code.secret.as_bytes()),
            device_name: device_name.to_owned(),
        };
        let sent_ms = self.shared.clock.now_ms();
        let transport = self.shared.transport.as_ref();
        let reply: EnrolReply = post_once(transport, &code.server, "/v1/enrol", &request).await?;
        let certificate = reply
            .certificate
            .open(trust)
            .map_err(|error| ClientError::Protocol(format!("certificate: {error}")))?;
        if certificate.public_key != public_key || certificate.device_id != reply.device_id {
            let detail = "the certificate is of another device";
            return Err(ClientError::Protocol(detail.to_owned()));
        }
        let measured = measure(self.shared.clock.as_ref(), sent_ms, reply.server_ms);
        let offset = crate::membership::offset_text(&measured)?;
        Ok((reply, certificate, offset))
    }

    /// Stops the sync loops and closes every connection.
    pub async fn close(self) {
        for membership in self.memberships() {
            membership.close().await;
        }
    }
}

/// What an enrolment left behind that did not come to its end is kept beside, never deleted.
fn set_aside_unfinished(dir: &std::path::Path) -> Result<()> {
    let mut number = 1;
    while dir.exists() {
        let aside = dir.with_extension(format!("unfinished-{number}"));
        if !aside.exists() {
            std::fs::rename(dir, aside)?;
        }
        number += 1;
    }
    Ok(())
}

/// Reads a trust root.
pub(crate) fn trust_of(texts: &[String]) -> Result<Vec<VerifyingKey>> {
    let keys: std::result::Result<Vec<_>, _> =
        texts.iter().map(|text| crypto::public_key(text)).collect();
    let keys = keys.map_err(|error| ClientError::call("bad_enrolment_code", error.to_string()))?;
    if keys.is_empty() {
        return Err(ClientError::call("bad_enrolment_code", "no trust root"));
    }
    Ok(keys)
}
