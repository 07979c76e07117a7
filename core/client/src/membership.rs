//! A device's place in one programme: its files, keys, certificate and line to the server.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use carrot_sync::flight::uploads::Surroundings;
use carrot_sync::outbox::Happening;
use carrot_sync::vouch::{Instant, vouches};
use carrot_sync::{Event, Sight};
use carrot_wire::Certificate;
use carrot_wire::certificate::SignedCertificate;
use carrot_wire::entropy::Entropy;
use carrot_wire::hint::Heard;
use carrot_wire::notary::AfterHead;
use carrot_wire::trust::Trust;
use ed25519_dalek::VerifyingKey;
use serde_json::Value;
use tokio::sync::{Notify, watch};
use tokio::task::AbortHandle;
use uuid::Uuid;

use crate::cache::Cache;
use crate::clock::Clock;
use crate::db::{Db, FileLimits, Store};
use crate::device::{Shared, trust_of};
use crate::error::{ClientError, Result, if_there_is_space};
use crate::folder::{MembershipEntry, set_aside};
use crate::keys::Keys;
use crate::line::{Line, Offset};
use crate::notary::Newest;
use crate::outbox::{self, NOTE_REFLECTED, Outbox};
use crate::probe::Probe;
use crate::view::View;

/// A device's place in one programme.
pub struct Membership {
    pub(crate) entry: MembershipEntry,
    pub(crate) dir: PathBuf,
    pub(crate) keys: Keys,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) probe: Option<Arc<dyn Probe>>,
    pub(crate) line: Line,
    pub(crate) outbox: Outbox,
    pub(crate) queue_commands_max: u64,
    pub(crate) view: tokio::sync::RwLock<View>,
    /// One flight at a time: a second `sync` waits for the first.
    pub(crate) flight: tokio::sync::Mutex<()>,
    /// One answer to a till at a time: a voucher answers once.
    pub(crate) answering: tokio::sync::Mutex<()>,
    /// The base forgot commands that the outbox calls reflected, and no room was left to note it: they
    /// are read as accepted until the base has them again or the outbox could be told.
    pub(crate) forgot: AtomicBool,
    pub(crate) online: AtomicBool,
    /// True once an exchange was attempted since the start.
    pub(crate) attempted: AtomicBool,
    pub(crate) nudge: Notify,
    pub(crate) asked: AtomicBool,
    /// When the loop tries again, UTC milliseconds by the server's clock; zero while nothing is set.
    pub(crate) next_try_ms: AtomicI64,
    /// What the loop is to be told besides.
    events: Mutex<Vec<Event>>,
    pub(crate) tasks: Mutex<Vec<AbortHandle>>,
    /// What listens for hints, while it does.
    pub(crate) ear: Mutex<Option<AbortHandle>>,
    /// Hints that were heard and not looked at.
    pub(crate) heard: Mutex<Vec<Heard>>,
    /// Notes of the host as stored, those that were read or put since the start.
    host_notes: Mutex<BTreeMap<String, Option<Value>>>,
    /// Where the device is; memberships share it.
    pub(crate) surroundings: Arc<RwLock<Surroundings>>,
    /// Bytes of large photos that the server said it has, by hash.
    pub(crate) progress: Mutex<BTreeMap<String, u64>>,
    files: FileLimits,
    cache: RwLock<std::result::Result<Cache, ClientError>>,
    certificate: RwLock<Certificate>,
    trust: RwLock<Trust>,
    countersigned: RwLock<Option<Newest>>,
    changed: watch::Sender<u64>,
}

/// What the membership notes about the server's clock, as text.
pub(crate) fn offset_text(offset: &Offset) -> Result<String> {
    let stored = (
        offset.offset_ms,
        offset.wall_ms,
        &offset.boot_id,
        offset.since_boot_ms,
    );
    Ok(serde_json::to_string(&stored)?)
}

fn offset_of(text: &str) -> Option<Offset> {
    let (offset_ms, wall_ms, boot_id, since_boot_ms) = serde_json::from_str(text).ok()?;
    Some(Offset {
        offset_ms,
        wall_ms,
        boot_id,
        since_boot_ms,
    })
}

impl Membership {
    pub(crate) async fn open(
        entry: MembershipEntry,
        dir: PathBuf,
        keys: Keys,
        shared: &Shared,
    ) -> Result<Self> {
        let root = trust_of(&entry.trust)?;
        let cache = open_cache(&dir, &keys, shared.files).await?;
        let outbox = Outbox::open(&dir, &keys, shared.files, shared.clock.now_ms()).await?;
        let signed: SignedCertificate = match outbox.note("certificate").await? {
            Some(text) => serde_json::from_str(&text)?,
            None => return Err(ClientError::OutboxUnreadable("no certificate".to_owned())),
        };
        let trust = outbox.trust().await?.unwrap_or_else(|| Trust::root(root));
        let certificate = signed
            .open(&trust.keys)
            .or_else(|_| signed.read_stored())
            .map_err(|error| ClientError::OutboxUnreadable(error.to_string()))?;
        let countersigned = outbox.newest_countersigned().await?;
        let offset = outbox.note("offset").await?;
        let offset = offset.as_deref().and_then(offset_of);
        if_there_is_space(try_again(&outbox).await)?;
        let forgot = match &cache {
            Ok(cache) => show_again(cache, &outbox).await?,
            Err(_) => false,
        };
        let line = Line::new(
            Arc::clone(&shared.transport),
            entry.server.clone(),
            entry.device_id,
            keys.signing.clone(),
            Arc::clone(&shared.clock),
            offset,
        );
        Ok(Self {
            entry,
            dir,
            keys,
            clock: Arc::clone(&shared.clock),
            entropy: Arc::clone(&shared.entropy),
            probe: shared.probe.clone(),
            line,
            outbox,
            queue_commands_max: shared.queue_commands_max,
            view: tokio::sync::RwLock::new(View::default()),
            flight: tokio::sync::Mutex::new(()),
            answering: tokio::sync::Mutex::new(()),
            forgot: AtomicBool::new(forgot),
            online: AtomicBool::new(false),
            attempted: AtomicBool::new(false),
            nudge: Notify::new(),
            asked: AtomicBool::new(false),
            next_try_ms: AtomicI64::new(0),
            events: Mutex::default(),
            tasks: Mutex::new(Vec::new()),
            ear: Mutex::default(),
            heard: Mutex::default(),
            host_notes: Mutex::default(),
            surroundings: Arc::clone(&shared.surroundings),
            progress: Mutex::default(),
            files: shared.files,
            cache: RwLock::new(cache),
            certificate: RwLock::new(certificate),
            trust: RwLock::new(trust),
            countersigned: RwLock::new(countersigned),
            changed: watch::Sender::new(0),
        })
    }

    /// What this device is and may do, as of the last pull.
    #[must_use]
    pub fn certificate(&self) -> Certificate {
        self.certificate
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_certificate(&self, certificate: Certificate) {
        *self
            .certificate
            .write()
            .unwrap_or_else(PoisonError::into_inner) = certificate;
    }

    /// The server's keys that this device trusts.
    #[must_use]
    pub fn trust(&self) -> Vec<VerifyingKey> {
        self.held_trust().keys
    }

    /// The server's keys as this device holds them.
    pub(crate) fn held_trust(&self) -> Trust {
        self.trust
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_trust(&self, trust: Trust) {
        *self.trust.write().unwrap_or_else(PoisonError::into_inner) = trust;
    }

    /// What a command made now says about the newest countersignature; none before the first.
    pub(crate) fn after_head(&self) -> Option<AfterHead> {
        let newest = self
            .countersigned
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        Some(newest.as_ref()?.named(self.clock.as_ref()))
    }

    /// When the certificate ended that lets cashiers sign in, UTC milliseconds; none while it vouches for
    /// them.
    #[must_use]
    pub fn certificate_ended_ms(&self) -> Option<i64> {
        let after = self.after_head();
        let instant = Instant {
            now_ms: self.now_ms(),
            heard_ms: after.as_ref().map(|after| after.server_ms),
            counted_ms: after.as_ref().and_then(|after| after.counted_ms),
        };
        let until_ms = self.certificate().until_ms;
        (!vouches(until_ms, instant)).then_some(until_ms)
    }

    pub(crate) fn set_newest_countersigned(&self, newest: Newest) {
        *self
            .countersigned
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(newest);
    }

    /// The server's address.
    #[must_use]
    pub fn server(&self) -> String {
        self.entry.server.clone()
    }

    /// The programme.
    #[must_use]
    pub fn programme_id(&self) -> Uuid {
        self.entry.programme_id
    }

    /// The device's id in the programme.
    #[must_use]
    pub fn device_id(&self) -> Uuid {
        self.entry.device_id
    }

    /// The programme's short code.
    #[must_use]
    pub fn programme_code(&self) -> String {
        self.entry.programme_code.clone()
    }

    /// The server's instant as far as the device can tell, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.line.now_ms()
    }

    /// A number that grows after every local or pulled change.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// True when the last attempt reached the server.
    #[must_use]
    pub fn online(&self) -> bool {
        self.online.load(Ordering::Relaxed)
    }

    /// False when the last attempt did not reach the server: waiting for an answer now would only
    /// cost time. Before the first attempt nobody knows.
    #[must_use]
    pub fn may_answer(&self) -> bool {
        self.online() || !self.attempted.load(Ordering::Relaxed)
    }

    pub(crate) fn host_notes(&self) -> MutexGuard<'_, BTreeMap<String, Option<Value>>> {
        self.host_notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn bump(&self) {
        self.changed
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    pub(crate) fn sight(&self, synced: bool) -> Sight {
        let certificate = self.certificate();
        Sight {
            device: certificate.device_id,
            participant: certificate.participant_id,
            outlet: certificate.outlet_id,
            synced,
        }
    }

    /// The cache, or why it cannot be used.
    pub(crate) fn cache(&self) -> Result<Cache> {
        self.cache
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set_cache(&self, cache: Result<Cache>) -> Result<Cache> {
        let mut held = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *held, cache)
    }

    /// Moves the cache aside, makes a new one, and pulls everything anew when the server can be
    /// reached. The outbox is not touched except that booked commands show again until the pull has
    /// caught up with them, on a full disk too.
    pub async fn rebuild_cache(&self) -> Result<()> {
        let flight = self.flight.lock().await;
        let mut view = self.view.write().await;
        view.overlay = None;
        let forgot = tell_of_loss(&self.outbox).await?;
        self.forgot.store(forgot, Ordering::Relaxed);
        let moved = ClientError::CacheDamaged("it is being rebuilt".to_owned());
        if let Ok(old) = self.set_cache(Err(moved)) {
            old.db().close().await;
        }
        set_aside(&self.dir, Store::Cache.file(), self.clock.now_ms())?;
        let fresh = open_cache(&self.dir, &self.keys, self.files).await?;
        let usable = fresh.clone().map(|_| ());
        let _ = self.set_cache(fresh);
        usable?;
        drop(view);
        drop(flight);
        self.bump();
        match self.sync().await {
            Ok(_) | Err(ClientError::Unreachable(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// While the base lacks what it had shown: looks whether it has it again, or the outbox has room to
    /// be told.
    pub(crate) async fn recall(&self) -> Result<()> {
        if self.forgot.load(Ordering::Relaxed) {
            let forgot = show_again(&self.cache()?, &self.outbox).await?;
            self.forgot.store(forgot, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Tells the loop, when one runs.
    pub(crate) fn send_event(&self, event: Event) {
        self.events
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event);
        self.nudge.notify_one();
    }

    /// What the loop was told since it last asked.
    pub(crate) fn take_events(&self) -> Vec<Event> {
        std::mem::take(&mut *self.events.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers a task that ends with the membership.
    pub(crate) fn keep_task(&self, task: AbortHandle) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|task| !task.is_finished());
        tasks.push(task);
    }

    pub(crate) async fn close(&self) {
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            task.abort();
        }
        let _flight = self.flight.lock().await;
        let _view = self.view.write().await;
        self.shut().await;
    }

    /// Closes the files for good. The caller holds flight and view.
    pub(crate) async fn shut(&self) {
        if let Ok(cache) = self.cache() {
            cache.db().close().await;
        }
        self.outbox.db().close().await;
        self.online.store(false, Ordering::Relaxed);
    }
}

/// What was under way or stopped when the program ended is tried again.
async fn try_again(outbox: &Outbox) -> Result<()> {
    let mut write = outbox.write().await?;
    Outbox::happen(&mut write, Happening::Unanswered, 0).await?;
    Outbox::happen(&mut write, Happening::AskedAgain, 0).await?;
    write.commit().await.map_err(outbox::failed)
}

/// A cache that lost power forgets: what it had shown shows from the outbox again until it comes back.
/// True when the outbox has no room to be told so.
async fn show_again(cache: &Cache, outbox: &Outbox) -> Result<bool> {
    let Some(before) = outbox.note(NOTE_REFLECTED).await? else {
        return Ok(false);
    };
    let back = match serde_json::from_str(&before) {
        Ok(before) => cache.went_back(&before).await.unwrap_or(true),
        Err(_) => return Ok(false),
    };
    if !back {
        return Ok(false);
    }
    tell_of_loss(outbox).await
}

/// What the base had shown shows from the outbox again. True when that has no room to note it.
async fn tell_of_loss(outbox: &Outbox) -> Result<bool> {
    match outbox.lose_base().await {
        Err(error) if error.is_full() => {
            tracing::warn!(%error, "what the base forgot is not noted");
            Ok(true)
        }
        told => told.map(|()| false),
    }
}

/// Opens the cache. Damage is a finding, not a failure.
async fn open_cache(
    dir: &std::path::Path,
    keys: &Keys,
    files: FileLimits,
) -> Result<Result<Cache>> {
    match Db::open_within(Store::Cache, dir, &keys.database, files).await {
        Ok(db) => Ok(Ok(Cache::new(db))),
        Err(ClientError::CacheDamaged(detail)) => Ok(Err(ClientError::CacheDamaged(detail))),
        Err(error) => Err(error),
    }
}
