//! Leaving the screen: every file is closed within a moment, calls under way break off, and the next
//! use opens the files again. An app that holds a locked file while the system has stopped it is killed.

use carrot_sync::Event;

use crate::device::Device;
use crate::membership::Membership;

impl Device {
    /// Breaks off calls to servers, lets what is being written come to its end, and closes every
    /// connection to the device's files. True when all are closed. Nothing is lost: what had no answer
    /// is asked again. Any call opens the files again; syncing goes on with [`Device::wake`].
    pub async fn suspend(&self) -> bool {
        let mut closed = true;
        for membership in self.memberships() {
            // All of them break off first, so that none waits for another's server.
            membership.line.set_away(true);
        }
        for membership in self.memberships() {
            closed &= membership.suspend().await;
        }
        closed
    }

    /// The app is on the screen again: syncing goes on at once.
    pub fn wake(&self) {
        for membership in self.memberships() {
            membership.wake();
        }
    }

    /// Nobody looks (true), or somebody does again: while nobody looks, syncing takes its time.
    pub fn set_background(&self, away: bool) {
        for membership in self.memberships() {
            membership.send_event(Event::Background(away));
        }
    }
}

impl Membership {
    async fn suspend(&self) -> bool {
        self.line.set_away(true);
        // A flight ends as soon as its call has broken off; a command being written is written.
        let _flight = self.flight.lock().await;
        let _view = self.view.write().await;
        let cache = match self.cache() {
            Ok(cache) => cache.rest().await,
            Err(_) => true,
        };
        self.outbox.db().rest().await && cache
    }

    /// Calls may leave again.
    pub(crate) fn wake(&self) {
        self.line.set_away(false);
        self.send_event(Event::Background(false));
    }
}
