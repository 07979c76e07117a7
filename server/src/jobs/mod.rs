//! Work that nobody asks for: what decisions left to the clock.

mod times;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::apply;
use crate::error::Result;
use crate::store::{Folded, Store};

/// How often the clock looks, seconds.
const EVERY_S: u64 = 30;
/// Every so many looks old changes are folded: once an hour.
const CLEAR_EVERY_LOOKS: u64 = 120;
/// The most items of one transaction.
const BATCH_MAX: i64 = 100;
/// The most transactions for one programme in one look.
const BATCHES_MAX: usize = 1_000;

/// What one look of the clock did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DueReport {
    /// Items that were run.
    pub done: usize,
    /// Items that failed inside the server and are tried again later.
    pub put_off: usize,
    /// Programmes whose work broke off; the next look tries them again.
    pub broken: usize,
}

impl Store {
    /// Runs everything whose instant is not after `now_ms`, batch by batch. Everybody else can write
    /// between two batches. What breaks in one programme is logged, counted, and stops no other one.
    pub async fn run_due(&self, now_ms: i64) -> Result<DueReport> {
        let mut report = DueReport::default();
        for programme in self.programmes().await? {
            let times = self.follow_times(programme.id, now_ms).await.map(drop);
            report.ended(programme.id, times);
            let burnt = self.follow_burnt(programme.id, now_ms).await.map(drop);
            report.ended(programme.id, burnt);
            let parts = self.sweep_parts(programme.id, now_ms).await.map(drop);
            report.ended(programme.id, parts);
        }
        self.sweep_left_files();
        for programme in self.programmes_with_due(now_ms).await? {
            let run = self.run_programme(programme, now_ms, &mut report).await;
            report.ended(programme, run);
        }
        Ok(report)
    }

    /// Folds old changes of every feed and takes away snapshots that nobody came for. What breaks in one
    /// programme stops no other one; the next round tries it again.
    pub(crate) async fn clear_away(&self) -> Result<Folded> {
        let mut all = Folded::default();
        for programme in self.programmes().await? {
            match self.fold_old(programme.id).await {
                Ok(folded) => all.add(folded),
                Err(error) => {
                    tracing::error!(programme = %programme.id, %error, "folding broke off");
                }
            }
        }
        self.sweep_snapshots().await?;
        Ok(all)
    }

    /// One programme's items. What committed before an error is counted too.
    async fn run_programme(
        &self,
        programme: Uuid,
        now_ms: i64,
        report: &mut DueReport,
    ) -> Result<()> {
        for _ in 0..BATCHES_MAX {
            let mut tx = self.begin_at(programme, now_ms).await?;
            let rows = tx.take_due(BATCH_MAX).await?;
            let mut done = 0;
            for row in &rows {
                if apply::run_item(&mut tx, row).await? {
                    done += 1;
                }
            }
            tx.commit().await?;
            report.done += done;
            report.put_off += rows.len() - done;
            if rows.is_empty() {
                break;
            }
        }
        Ok(())
    }
}

impl DueReport {
    /// Takes in how one part of a programme's work ended.
    fn ended(&mut self, programme: Uuid, result: Result<()>) {
        if let Err(error) = result {
            tracing::error!(%programme, %error, "the clock's work in a programme broke off");
            self.broken += 1;
        }
    }
}

/// Starts the clock's work. It ends when `stopped` says so.
pub(crate) fn start(store: Arc<Store>, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        for look in 0_u64.. {
            if look % CLEAR_EVERY_LOOKS == CLEAR_EVERY_LOOKS - 1 {
                match store.clear_away().await {
                    Ok(Folded { changes: 0, .. }) => {}
                    Ok(folded) => tracing::info!(
                        changes = folded.changes,
                        feeds = folded.feeds,
                        "folded old changes"
                    ),
                    Err(error) => tracing::error!(%error, "clearing away failed"),
                }
            }
            match store.run_due(store.now_ms()).await {
                Ok(report) if report != DueReport::default() => {
                    tracing::info!(
                        done = report.done,
                        put_off = report.put_off,
                        broken = report.broken,
                        "ran what was due"
                    );
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "the clock's work failed"),
            }
            let wait = tokio::time::sleep(Duration::from_secs(EVERY_S));
            tokio::select! {
                () = wait => {}
                // An error means that nobody is left who could stop it: then it stops.
                _ = stopped.wait_for(|stop| *stop) => return,
            }
        }
    })
}
