//! The open device and the dispatcher.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use carrot_client::{ClientError, Device, Membership, OpenOptions, SyncReport};
use carrot_wire::CallError;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::calls::catalogue;
use crate::schema::*;

/// The result of every call.
pub type Answer<T> = Result<T, CallError>;

/// How long a call waits for the server before it answers from what the device knows.
const SERVER_WAIT: Duration = Duration::from_millis(2_500);

#[derive(Default)]
struct Session {
    programme: Option<Uuid>,
    /// Who is signed in, by programme: each asks for a PIN of its own.
    cashiers: BTreeMap<Uuid, Uuid>,
    loops: Vec<(Uuid, JoinHandle<()>)>,
    keeps_in_step: bool,
}

/// An open device folder, as screens use it.
pub struct Api {
    pub(crate) device: Device,
    session: RwLock<Session>,
    changed: watch::Sender<u64>,
}

macro_rules! dispatcher {
    ($($name:ident($request:ty) -> $response:ty,)*) => {
        /// The names of all calls, in the catalogue's order.
        pub const CALL_NAMES: &[&str] = &[$(stringify!($name)),*];

        impl Api {
            /// Makes a call by its name with its request as JSON.
            ///
            /// # Errors
            /// `call_unknown`, `bad_input` when the request does not read, and whatever the call refuses.
            pub async fn call(&self, name: &str, request: Value) -> Answer<Value> {
                match name {
                    $(stringify!($name) => {
                        let request: $request = read_request(name, request)?;
                        let response: $response = self.$name(request).await?;
                        write_response(&response)
                    })*
                    _ => Err(CallError::new("call_unknown", format!("there is no call {name:.60}"))),
                }
            }
        }
    };
}
catalogue!(dispatcher);

fn read_request<T: serde::de::DeserializeOwned>(name: &str, request: Value) -> Answer<T> {
    let request = if request.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        request
    };
    serde_json::from_value(request)
        .map_err(|error| CallError::new("bad_input", format!("{name}: {error}")))
}

fn write_response<T: serde::Serialize>(response: &T) -> Answer<Value> {
    serde_json::to_value(response).map_err(|error| CallError::new("internal", error.to_string()))
}

/// A refusal of the client, as screens get it.
pub(crate) fn refused(error: ClientError) -> CallError {
    error.to_call_error()
}

impl Api {
    /// Opens a device folder, creating it when it is missing.
    ///
    /// # Errors
    /// Those of [`Device::open`]: keys, disk, damage, another process.
    pub async fn open(options: OpenOptions) -> Answer<Self> {
        let device = Device::open(options).await.map_err(refused)?;
        let api = Self {
            device,
            session: RwLock::new(Session::default()),
            changed: watch::Sender::new(0),
        };
        for membership in api.device.memberships() {
            api.hear(&membership);
        }
        Ok(api)
    }

    /// Passes the news of a membership on, whichever one the screens are about now.
    fn hear(&self, membership: &Membership) {
        let mut news = membership.subscribe();
        let changed = self.changed.clone();
        // It ends with the membership.
        tokio::spawn(async move {
            while news.changed().await.is_ok() {
                changed.send_modify(|count| *count += 1);
            }
        });
    }

    fn tell(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    /// Keeps every membership in step with its server from now on; screens want this, one-shot
    /// commands do not.
    pub fn start_sync(&self) {
        self.session
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .keeps_in_step = true;
        for membership in self.device.memberships() {
            let id = membership.programme_id();
            let mut session = self.session.write().unwrap_or_else(PoisonError::into_inner);
            if !session.loops.iter().any(|(known, _)| *known == id) {
                let damaged = Arc::clone(&membership);
                session
                    .loops
                    .push((id, tokio::spawn(async move { repair(&damaged).await })));
                session.loops.push((id, membership.spawn_sync_loop()));
            }
        }
    }

    /// Takes a membership that was just enrolled into step too, when the others are, and tells its news.
    pub(crate) fn keep_in_step(&self, membership: &Membership) {
        self.hear(membership);
        let session = self.session.read().unwrap_or_else(PoisonError::into_inner);
        let wanted = session.keeps_in_step;
        drop(session);
        if wanted {
            self.start_sync();
        }
    }

    /// Stops syncing and closes every file.
    pub async fn close(self) {
        let loops = std::mem::take(
            &mut self
                .session
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .loops,
        );
        for (_, handle) in loops {
            handle.abort();
        }
        self.device.close().await;
    }

    /// Counts up whenever something on the screens may have changed, in any of the programmes.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// The membership that calls are about.
    pub(crate) fn member(&self) -> Answer<Arc<Membership>> {
        let chosen = self
            .session
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .programme;
        let all = self.device.memberships();
        let found = chosen
            .and_then(|id| all.iter().find(|one| one.programme_id() == id))
            .or_else(|| all.first());
        found
            .cloned()
            .ok_or_else(|| CallError::new("not_enrolled", "this device has no programme yet"))
    }

    /// The membership of a programme that a call names, or the one that calls are about.
    pub(crate) fn member_of(&self, programme: Option<Uuid>) -> Answer<Arc<Membership>> {
        let Some(programme) = programme else {
            return self.member();
        };
        self.device
            .membership(programme)
            .ok_or_else(|| CallError::new("not_enrolled", "this device has no such programme"))
    }

    /// The membership whose codes carry this tag.
    pub(crate) fn member_by_tag(&self, tag: &str) -> Answer<Arc<Membership>> {
        self.device
            .memberships()
            .into_iter()
            .find(|one| one.programme_code() == tag)
            .ok_or_else(|| {
                CallError::new("code_of_other_programme", format!("programme {tag}"))
                    .with("programme", tag)
            })
    }

    pub(crate) fn choose(&self, programme: Uuid) {
        let mut session = self.session.write().unwrap_or_else(PoisonError::into_inner);
        session.programme = Some(programme);
        drop(session);
        self.tell();
    }

    /// A membership has left the screens: nothing of the session is about it any more.
    pub(crate) fn forget(&self, programme: Uuid) {
        let mut session = self.session.write().unwrap_or_else(PoisonError::into_inner);
        session.loops.retain(|(id, _)| *id != programme);
        if session.programme == Some(programme) {
            session.programme = None;
        }
        session.cashiers.remove(&programme);
        drop(session);
        self.tell();
    }

    /// Breaks off calls to servers and closes every file; true when all are closed. Any call opens
    /// them again.
    pub async fn suspend(&self) -> bool {
        self.device.suspend().await
    }

    /// The app is on the screen again.
    pub fn wake(&self) {
        self.device.wake();
    }

    /// Nobody looks (true), or somebody does again.
    pub fn set_background(&self, away: bool) {
        self.device.set_background(away);
    }

    pub(crate) fn set_cashier(&self, programme: Uuid, cashier: Uuid) {
        let mut session = self.session.write().unwrap_or_else(PoisonError::into_inner);
        session.cashiers.insert(programme, cashier);
        drop(session);
        self.tell();
    }

    /// Whoever stood here goes: in no programme anybody acts in their name.
    pub(crate) fn forget_cashiers(&self) {
        let mut session = self.session.write().unwrap_or_else(PoisonError::into_inner);
        session.cashiers.clear();
        drop(session);
        self.tell();
    }

    pub(crate) fn cashier(&self, membership: &Membership) -> Option<Uuid> {
        let session = self.session.read().unwrap_or_else(PoisonError::into_inner);
        session.cashiers.get(&membership.programme_id()).copied()
    }

    /// Who acts: the phone's person, or the cashier who signed in.
    pub(crate) fn actor(&self, membership: &Membership) -> Answer<Uuid> {
        membership
            .certificate()
            .participant_id
            .or_else(|| self.cashier(membership))
            .ok_or_else(|| CallError::new("not_signed_in", "a cashier must sign in first"))
    }

    /// Tries to exchange with the server for a short while; true when that worked. The exchange runs
    /// on by itself when the wait ends.
    pub(crate) async fn try_sync(&self, membership: &Arc<Membership>) -> bool {
        let flight = Arc::clone(membership);
        let task = tokio::spawn(async move { exchange(&flight).await });
        matches!(tokio::time::timeout(SERVER_WAIT, task).await, Ok(Ok(Ok(_))))
    }
}

/// An exchange with the server. A damaged cache is fetched anew, but only once the server answers:
/// until then it shows what can still be read.
pub(crate) async fn exchange(membership: &Membership) -> Result<SyncReport, ClientError> {
    match membership.sync().await {
        Err(ClientError::CacheDamaged(_)) => {
            membership.prove().await?;
            membership.rebuild_cache().await?;
            membership.sync().await
        }
        ended => ended,
    }
}

/// At the start of a screen: a damaged cache is not left to the person who meets it.
async fn repair(membership: &Membership) {
    let damaged = matches!(membership.status().await, Ok(status) if status.cache_schema.is_none());
    if damaged {
        // Without a server it waits for the next exchange; the status shows why.
        let _later = exchange(membership).await;
    }
}
