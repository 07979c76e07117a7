//! That a scope has news, told to the devices that may see it as soon as it is committed. A hint
//! carries no data and may get lost: a device pulls when it hears one, and also by itself.

mod others;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use carrot_rules::Scope;
use carrot_wire::hint::{HEARTBEAT_SECONDS, Hint};
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

use crate::db::Channel;
pub(crate) use others::start;

/// Hints that a slow listener may be behind before it is told that it missed some.
const BEHIND_MAX: usize = 1_024;
/// Lines that one device may hold open: the last one and those that are about to be found dead.
const LINES_PER_DEVICE_MAX: u32 = 4;

/// What is told within this process.
#[derive(Debug, Clone)]
pub(crate) enum News {
    /// A scope of a programme has news.
    Hint { programme: Uuid, hint: Hint },
    /// Anything of this programme may have changed; without one, of every programme.
    Missed { programme: Option<Uuid> },
}

/// Tells listeners; clones share them.
#[derive(Debug, Clone)]
pub struct Hints {
    sender: broadcast::Sender<News>,
    lines: Arc<Mutex<HashMap<Uuid, u32>>>,
    closing: watch::Sender<bool>,
    /// Milliseconds between two heartbeats.
    beat_ms: Arc<AtomicU64>,
    /// The way to other processes, where there is one.
    channel: Option<Channel>,
}

impl Default for Hints {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(BEHIND_MAX),
            lines: Arc::default(),
            closing: watch::Sender::new(false),
            beat_ms: Arc::new(AtomicU64::new(HEARTBEAT_SECONDS * 1_000)),
            channel: None,
        }
    }
}

/// One device's open line; it counts until it is dropped.
#[derive(Debug)]
pub(crate) struct Line {
    hints: Hints,
    device: Uuid,
    /// What is told.
    pub news: broadcast::Receiver<News>,
    /// True when the server stops.
    pub closing: watch::Receiver<bool>,
}

impl Hints {
    /// With a way to other processes.
    pub(crate) fn over(channel: Option<Channel>) -> Self {
        Self {
            channel,
            ..Self::default()
        }
    }

    /// Tells the devices of a programme that these scopes have news. For whoever has committed it.
    pub fn tell(&self, programme: Uuid, scopes: &BTreeMap<Scope, i64>) {
        for (scope, high) in scopes {
            let hint = Hint {
                scope: *scope,
                high: *high,
            };
            // An error means that nobody listens.
            let _ = self.sender.send(News::Hint { programme, hint });
        }
    }

    /// Tells the devices of a programme, or all, that anything may have changed.
    pub(crate) fn miss(&self, programme: Option<Uuid>) {
        // An error means that nobody listens.
        let _ = self.sender.send(News::Missed { programme });
    }

    /// Opens a line; none when the device has too many.
    pub(crate) fn open(&self, device: Uuid) -> Option<Line> {
        let mut lines = self.lines();
        let count = lines.entry(device).or_default();
        if *count >= LINES_PER_DEVICE_MAX {
            return None;
        }
        *count += 1;
        drop(lines);
        Some(Line {
            hints: self.clone(),
            device,
            news: self.sender.subscribe(),
            closing: self.closing.subscribe(),
        })
    }

    /// How often a line that has nothing to say shows that it lives, and looks whether its device may
    /// still listen and whether another process had news.
    #[must_use]
    pub fn beat(&self) -> Duration {
        Duration::from_millis(self.beat_ms.load(Ordering::Relaxed))
    }

    /// Another [`Hints::beat`] for lines that open from now on, milliseconds, at least one.
    pub fn set_beat_ms(&self, beat_ms: u64) {
        self.beat_ms.store(beat_ms.max(1), Ordering::Relaxed);
    }

    /// Ends every line: the server stops.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn lines(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, u32>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let mut lines = self.hints.lines();
        if let Some(count) = lines.get_mut(&self.device) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                lines.remove(&self.device);
            }
        }
    }
}
