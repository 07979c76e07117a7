//! The sync loop: drives the schedule with the real clock, and the schedule drives the flights.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use carrot_sync::schedule::Trouble;
use carrot_sync::{Effect, Event, Scheduler};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::error::{ClientError, Result};
use crate::keys::random_bytes;
use crate::membership::Membership;
use crate::sync::SyncReport;

/// A timer that is set for nothing sooner looks again after this long.
const IDLE: Duration = Duration::from_secs(60);

impl Membership {
    /// Keeps this membership in step with its server until the handle is aborted or the device is
    /// closed: after each submit, on timers, and regularly while online.
    pub fn spawn_sync_loop(self: &Arc<Self>) -> JoinHandle<()> {
        let membership = Arc::clone(self);
        let task = tokio::spawn(async move { membership.run_loop().await });
        self.keep_task(task.abort_handle());
        task
    }

    async fn run_loop(self: &Arc<Self>) {
        let start = Instant::now();
        let mut scheduler = Scheduler::new();
        let mut timer: Option<Instant> = None;
        let mut events = VecDeque::from([self.started().await]);
        loop {
            while let Some(event) = events.pop_front() {
                let now_ms = i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX);
                for effect in scheduler.handle(event, now_ms, self.random()) {
                    if let Effect::SetTimer(ms) = effect {
                        timer = Some(Instant::now() + wait(ms));
                        self.tries_again(ms);
                    }
                    events.extend(self.run(effect).await);
                }
            }
            self.line.back().await;
            let due = timer.unwrap_or_else(|| Instant::now() + IDLE);
            tokio::select! {
                () = self.nudge.notified() => events.extend(self.nudged(&scheduler).await),
                () = tokio::time::sleep_until(due) => {
                    timer = None;
                    events.push_back(Event::Tick);
                }
            }
        }
    }

    /// Notes for the screens when the next exchange is tried, `wait_ms` from now.
    fn tries_again(&self, wait_ms: i64) {
        let at_ms = self.now_ms().saturating_add(wait_ms);
        self.next_try_ms.store(at_ms, Ordering::Relaxed);
    }

    /// What a schedule of this membership is told first.
    pub async fn started(&self) -> Event {
        let waiting = self.some_wait().await;
        Event::Started { waiting }
    }

    /// Carries out one effect of a schedule and answers what the schedule is to be told. Whoever owns
    /// the clock drives it: the loop of [`Membership::spawn_sync_loop`], or a simulator. A timer is
    /// the clock owner's own affair; nothing is done for it here.
    pub async fn run(self: &Arc<Self>, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Push => vec![self.fly_push().await],
            Effect::Pull => self.fly_pull().await,
            Effect::OpenHints => self.open_hints(),
            Effect::CloseHints => {
                self.close_hints();
                Vec::new()
            }
            Effect::SetTimer(_) => Vec::new(),
        }
    }

    /// A command was committed, a person's own sync has ended, or the host has something to tell.
    async fn nudged(&self, scheduler: &Scheduler) -> Vec<Event> {
        let mut events = Vec::new();
        let asked = self.asked.swap(false, Ordering::Relaxed);
        // Who suspends holds the flight: the files are not opened again behind its back.
        let _flight = self.flight.lock().await;
        for event in self.take_events() {
            events.extend(self.worth(event).await);
        }
        if asked && scheduler.blocked() {
            events.push(Event::UserAsked);
        } else if !self.line.away() && self.some_wait().await {
            events.push(Event::Enqueued);
        }
        events
    }

    async fn some_wait(&self) -> bool {
        // A store that cannot be read now is looked at by the push, which reports it.
        let commands = self.outbox.waiting().await;
        let some = commands.map_or(true, |(count, _)| count > 0);
        some || self.photos_due().await.unwrap_or(true)
    }

    async fn fly_push(&self) -> Event {
        let flight = self.flight.lock().await;
        if self.line.away() {
            return Event::PushFailed(Trouble::default());
        }
        let pushed = self.push_up(&mut SyncReport::default()).await;
        if pushed.is_err() {
            self.note_outcome(&pushed).await;
        }
        drop(flight);
        Event::pushed(pushed.as_ref().copied().map_err(ClientError::failure))
    }

    async fn fly_pull(&self) -> Vec<Event> {
        let was_online = self.online.load(Ordering::Relaxed);
        let _flight = self.flight.lock().await;
        if self.line.away() {
            return vec![Event::PullFailed(Trouble::default())];
        }
        let pulled = self.pull_all(&mut SyncReport::default()).await;
        self.note_outcome(&pulled).await;
        if pulled.is_ok()
            && let Err(error) = self.refresh_burnt().await
        {
            tracing::debug!(%error, "the filter of used codes was not renewed");
        }
        let lost = matches!(pulled, Ok(true));
        let failed = pulled.as_ref().err().map(ClientError::failure);
        let mut events = vec![Event::pulled(failed)];
        if lost {
            events.push(Event::Enqueued);
        } else if !was_online && self.online.load(Ordering::Relaxed) && self.some_wait().await {
            events.push(Event::NetworkUp);
        }
        events
    }

    /// Without random bytes every device would wait equally long, which is only less polite.
    fn random(&self) -> u64 {
        random_bytes(self.entropy.as_ref()).map_or(0, u64::from_be_bytes)
    }

    async fn note_outcome<T>(&self, result: &Result<T>) {
        if let Err(error) = result
            && !matches!(error, ClientError::Unreachable(_))
        {
            tracing::warn!(%error, "an exchange failed");
        }
        if let Err(error) = self.heard(result).await {
            tracing::warn!(%error, "the outcome of an exchange could not be noted");
        }
    }
}

fn wait(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}
