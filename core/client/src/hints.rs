//! Listening for hints: one task of the membership reads the line, the loop decides what follows.

use std::sync::{Arc, PoisonError};

use carrot_sync::Event;
use carrot_sync::flight::Failure;
use carrot_sync::plan::worth_a_pull;
use carrot_sync::schedule::Trouble;
use carrot_wire::hint::{Heard, Reader};

use crate::membership::Membership;

/// The most hints that are kept until somebody looks; beyond it they are only counted as missed.
const HEARD_MAX: usize = 64;

impl Membership {
    /// Opens the line, when the transport can listen.
    pub(crate) fn open_hints(self: &Arc<Self>) -> Vec<Event> {
        if !self.line.listens() {
            let trouble = Trouble {
                retry_after_ms: None,
                lasting: true,
            };
            return vec![Event::HintsDown(trouble)];
        }
        let membership = Arc::clone(self);
        let task = tokio::spawn(async move { membership.hear_hints().await });
        self.keep_task(task.abort_handle());
        let mut ear = self.ear.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = ear.replace(task.abort_handle()) {
            old.abort();
        }
        Vec::new()
    }

    /// Closes the line.
    pub(crate) fn close_hints(&self) {
        let mut ear = self.ear.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = ear.take() {
            task.abort();
        }
    }

    async fn hear_hints(&self) {
        let (mut reader, mut up) = (Reader::default(), false);
        let mut hear = |bytes: &[u8]| {
            if !std::mem::replace(&mut up, true) {
                self.send_event(Event::HintsUp);
            }
            for heard in reader.take(bytes) {
                self.keep_heard(heard);
                self.send_event(Event::Hint);
            }
        };
        let ended = self.line.listen("/v1/hints", &mut hear).await;
        let trouble = match &ended {
            Ok(()) => Trouble::default(),
            Err(error) => match error.failure() {
                // An older server has no such line, and will not have one in a moment.
                Failure::Refused { status: 404, .. } => Trouble {
                    retry_after_ms: None,
                    lasting: true,
                },
                failure => Trouble::from(failure),
            },
        };
        self.send_event(Event::HintsDown(trouble));
    }

    fn keep_heard(&self, one: Heard) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.len() >= HEARD_MAX {
            heard.clear();
            heard.push(Heard::Missed);
        } else {
            heard.push(one);
        }
    }

    /// A hint of what is known already, such as of one's own command, is no news.
    pub(crate) async fn worth(&self, event: Event) -> Option<Event> {
        if event != Event::Hint {
            return Some(event);
        }
        let heard = {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *heard)
        };
        let cursors = match self.cache() {
            Ok(cache) => cache.cursors().await.unwrap_or_default(),
            Err(_) => Default::default(),
        };
        worth_a_pull(&heard, &cursors).then_some(event)
    }
}
