//! Leaving a programme on a device, and coming back. What was not sent is never deleted: leaving is
//! refused while something waits, or the membership rests with its queue until its person returns.

use std::sync::{Arc, PoisonError};

use carrot_sync::outbox::{State, ends_identity};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::device::Device;
use crate::error::{ClientError, Result};
use crate::folder::{FolderList, MembershipEntry};
use crate::keys::{KeyChoice, KeyPlace};
use crate::membership::Membership;
use crate::outbox::failed;

/// How a membership rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// Everything was sent before.
    Sent,
    /// Its queue waits on the device for its person.
    Waiting,
}

/// What to do with commands that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// Leave only when nothing waits.
    WhenSent,
    /// Keep the queue on the device until its person returns.
    KeepQueue,
}

/// What the server does not have yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Unsent {
    /// Commands without a final answer.
    pub commands: u64,
    /// Photos of commands that were not refused.
    pub photos: u64,
    /// When the oldest of the commands was made, UTC milliseconds by the device's wall clock.
    pub oldest_ms: Option<i64>,
}

impl Unsent {
    /// True when the server has everything.
    #[must_use]
    pub fn nothing(&self) -> bool {
        self.commands == 0 && self.photos == 0
    }
}

impl Membership {
    /// What the server does not have yet.
    pub async fn unsent(&self) -> Result<Unsent> {
        let (commands, oldest_ms) = self.outbox.waiting().await?;
        let photos: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM photo WHERE uploaded = 0 AND bytes IS NOT NULL AND EXISTS \
             (SELECT 1 FROM attachment JOIN command USING (device_seq) WHERE attachment.sha256 = \
             photo.sha256 AND command.state <> ?1)",
        )
        .bind(State::Rejected.as_str())
        .fetch_one(self.outbox.db().reader())
        .await
        .map_err(failed)?;
        Ok(Unsent {
            commands,
            photos: photos.unsigned_abs(),
            oldest_ms,
        })
    }

    /// Closes the membership when it can send nothing more under its identity; false when it can.
    async fn end_when_over(&self) -> Result<bool> {
        let code = self.blocked_code().await?;
        let over = code.is_some_and(|code| ends_identity(&code));
        if over {
            self.close().await;
        }
        Ok(over)
    }

    /// Refuses while something waits, then answers how the membership rests. Nothing is made or sent
    /// in between: the caller holds flight and view.
    async fn rest_of(&self, choice: Leave) -> Result<Rest> {
        let unsent = self.unsent().await?;
        match choice {
            _ if unsent.nothing() => Ok(Rest::Sent),
            Leave::KeepQueue => Ok(Rest::Waiting),
            Leave::WhenSent => Err(ClientError::Unsent(unsent)),
        }
    }
}

impl Device {
    /// Takes a membership off the device's screens. Its files and keys stay. Errors `unsent_commands`
    /// with the count and the age of what waits, unless its queue is to be kept here; `not_enrolled`.
    pub async fn leave(&self, programme: Uuid, choice: Leave) -> Result<()> {
        let mut list = self.list.lock().await;
        let membership = self.membership(programme).ok_or_else(not_enrolled)?;
        {
            let _flight = membership.flight.lock().await;
            let _view = membership.view.write().await;
            let rest = membership.rest_of(choice).await?;
            for entry in &mut list.memberships {
                if entry.programme_id == programme {
                    entry.rest = Some(rest);
                }
            }
            self.folder.write(&list)?;
            // Whoever still holds the membership can make no command that nobody would send.
            membership.shut().await;
        }
        membership.close().await;
        self.memberships
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|one| one.programme_id() != programme);
        Ok(())
    }

    /// Memberships that rest, with what their queues hold back.
    pub async fn resting(&self) -> Vec<MembershipEntry> {
        let list = self.list.lock().await;
        let rests = |entry: &&MembershipEntry| entry.rest.is_some();
        list.memberships.iter().filter(rests).cloned().collect()
    }

    /// The person of a resting membership returns: it goes on where it was. Errors `not_enrolled`, and
    /// those of [`Device::open`].
    pub async fn resume(&self, programme: Uuid) -> Result<Arc<Membership>> {
        let mut list = self.list.lock().await;
        let resting =
            |entry: &&mut MembershipEntry| entry.programme_id == programme && entry.rest.is_some();
        let folder_id = list.folder_id.clone();
        let entry = list.memberships.iter_mut().find(resting);
        let entry = entry.ok_or_else(not_enrolled)?;
        let awake = MembershipEntry {
            rest: None,
            ..entry.clone()
        };
        let dir = self.folder.membership_dir(programme);
        let place = KeyPlace::of(awake.keys, &folder_id, &programme.to_string(), &dir);
        let keys = place.read().await?;
        let membership = Membership::open(awake.clone(), dir, keys, &self.shared).await?;
        *entry = awake;
        self.folder.write(&list)?;
        let membership = Arc::new(membership);
        self.memberships
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Arc::clone(&membership));
        Ok(membership)
    }

    /// A new membership in a programme takes the place of one that rests and has nothing to send, or
    /// that can send nothing more (a copied or revoked device): its folder and keys are kept beside.
    /// Errors `already_enrolled` and `membership_resting`.
    pub(crate) async fn make_room(&self, list: &mut FolderList, programme: Uuid) -> Result<()> {
        let here = |entry: &MembershipEntry| entry.programme_id == programme;
        let dir = self.folder.membership_dir(programme);
        let Some(entry) = list.memberships.iter().find(|entry| here(entry)) else {
            return Ok(());
        };
        let entry = entry.clone();
        let ended = match (self.membership(programme), entry.rest) {
            (Some(old), None) => old.end_when_over().await?,
            // A move beside that a crash had cut short after the folder was gone.
            (None, Some(Rest::Waiting)) => !dir.exists(),
            _ => false,
        };
        match entry.rest {
            _ if ended => self.rests(list, programme)?,
            Some(Rest::Sent) => {}
            Some(Rest::Waiting) => {
                let detail = "another person's commands of this programme wait on this device";
                return Err(ClientError::call("membership_resting", detail));
            }
            None => {
                let detail = "this folder already has a membership in the programme";
                return Err(ClientError::call("already_enrolled", detail));
            }
        }
        let name = programme.to_string();
        let held = KeyPlace::of(entry.keys, &list.folder_id, &name, &dir);
        if entry.keys == KeyChoice::Keyring && dir.exists() {
            let keys = held.read().await?;
            let kept = format!("{name}.left-{}", entry.device_id);
            let beside = KeyPlace::of(entry.keys, &list.folder_id, &kept, &dir);
            beside.write(&keys).await?;
        }
        let beside = dir.with_extension(format!("left-{}", entry.device_id));
        if dir.exists() {
            std::fs::rename(&dir, beside)?;
        }
        list.memberships.retain(|entry| !here(entry));
        self.folder.write(list)
    }

    /// Takes an ended membership off the screens before its folder moves: should the program end in
    /// between, nothing is opened whose keys are elsewhere.
    fn rests(&self, list: &mut FolderList, programme: Uuid) -> Result<()> {
        for entry in &mut list.memberships {
            if entry.programme_id == programme {
                entry.rest = Some(Rest::Waiting);
            }
        }
        self.folder.write(list)?;
        self.memberships
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|one| one.programme_id() != programme);
        Ok(())
    }

    /// The membership in a programme, when it is on the screens.
    #[must_use]
    pub fn membership(&self, programme: Uuid) -> Option<Arc<Membership>> {
        let mut all = self.memberships().into_iter();
        all.find(|one| one.programme_id() == programme)
    }
}

fn not_enrolled() -> ClientError {
    ClientError::call("not_enrolled", "this device has no such programme")
}
