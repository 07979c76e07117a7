//! Replays in the background: one at a time for a programme, a few in all.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use carrot_rules::index::Index;
use carrot_rules::replay::{Replay, Report};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use super::REPLAYS_MAX;
use crate::error::Result;
use crate::replay::Past;
use crate::store::Store;

/// Outlets that a report tells one by one.
const OUTLETS_TOLD: usize = 20;

/// How a replay ended.
#[derive(Debug)]
pub(super) enum Ending {
    Done(Box<Report>),
    Cancelled,
    /// It failed inside the server, or came to more than an amount can hold.
    Failed,
}

/// A replay.
#[derive(Debug)]
pub(super) struct Job {
    pub id: Uuid,
    /// The draft's version.
    pub version: i64,
    pub started_ms: i64,
    pub total: AtomicU64,
    pub taken: AtomicU64,
    cancelled: AtomicBool,
    ending: Mutex<Option<Arc<Ending>>>,
}

impl Job {
    pub fn new(id: Uuid, version: i64, started_ms: i64) -> Self {
        Self {
            id,
            version,
            started_ms,
            total: AtomicU64::new(0),
            taken: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
            ending: Mutex::new(None),
        }
    }

    /// How it ended; none while it runs.
    pub fn ending(&self) -> Option<Arc<Ending>> {
        let ending = self.ending.lock().unwrap_or_else(PoisonError::into_inner);
        ending.clone()
    }

    fn end(&self, ending: Ending) {
        let mut place = self.ending.lock().unwrap_or_else(PoisonError::into_inner);
        *place = Some(Arc::new(ending));
    }

    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// The newest replay of each programme.
#[derive(Debug)]
pub(crate) struct Replays {
    newest: Mutex<HashMap<Uuid, Arc<Job>>>,
    places: Arc<Semaphore>,
}

impl Default for Replays {
    fn default() -> Self {
        Self {
            newest: Mutex::default(),
            places: Arc::new(Semaphore::new(REPLAYS_MAX)),
        }
    }
}

impl Replays {
    pub(super) fn of(&self, programme: Uuid) -> Option<Arc<Job>> {
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        newest.get(&programme).map(Arc::clone)
    }

    /// Takes the programme's place for a new job; none while another one runs there, or while too many
    /// run in all.
    pub(super) fn claim(&self, programme: Uuid, job: &Arc<Job>) -> Option<OwnedSemaphorePermit> {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let runs = |job: &Arc<Job>| job.ending().is_none();
        if newest.get(&programme).is_some_and(runs) {
            return None;
        }
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        newest.insert(programme, Arc::clone(job));
        Some(place)
    }
}

/// What a replay is asked to do.
pub(super) struct Wish {
    pub programme: Uuid,
    pub draft: Arc<Index>,
    pub from_ms: Option<i64>,
    pub until_ms: i64,
}

/// Runs a job to its end on a thread of its own; the place is free when it ends.
pub(super) fn run(store: Arc<Store>, job: Arc<Job>, wish: Wish, place: OwnedSemaphorePermit) {
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let ending = runtime.block_on(replay(&store, &job, wish));
        job.end(ending.unwrap_or_else(|fault| {
            tracing::error!(%fault, "a replay failed");
            Ending::Failed
        }));
        drop(place);
    });
}

async fn replay(store: &Store, job: &Job, wish: Wish) -> Result<Ending> {
    let mut past = Past::open(store, wish.programme, wish.until_ms).await?;
    job.total.store(past.total(), Ordering::Relaxed);
    let current = past.rules().await?;
    let mut replay = Replay::new(wish.draft, current);
    if let Some(from_ms) = wish.from_ms {
        replay = replay.reporting_from(from_ms);
    }
    while let Some((steps, commands)) = past.next().await? {
        if job.cancelled.load(Ordering::Relaxed) {
            return Ok(Ending::Cancelled);
        }
        steps.iter().for_each(|step| replay.feed(step));
        job.taken.fetch_add(commands, Ordering::Relaxed);
    }
    Ok(replay
        .report(OUTLETS_TOLD)
        .map_or(Ending::Failed, |report| Ending::Done(Box::new(report))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(number: u128) -> Arc<Job> {
        Arc::new(Job::new(Uuid::from_u128(number), 1, 0))
    }

    #[test]
    fn f013_a_programme_has_one_replay_at_a_time_and_all_together_a_few() {
        let replays = Replays::default();
        let programme = Uuid::from_u128;
        let first = job(1);
        let place = replays.claim(programme(1), &first).unwrap();
        assert!(replays.claim(programme(1), &job(2)).is_none());
        let _second = replays.claim(programme(2), &job(3)).unwrap();
        assert!(
            replays.claim(programme(3), &job(4)).is_none(),
            "all places are taken"
        );
        first.end(Ending::Cancelled);
        drop(place);
        assert!(replays.claim(programme(1), &job(5)).is_some());
        assert_eq!(
            replays.of(programme(1)).map(|job| job.id),
            Some(Uuid::from_u128(5))
        );
        assert!(replays.of(programme(3)).is_none());
    }
}
