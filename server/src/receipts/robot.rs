//! The robot: looks for receipts that wait, asks their services, and settles what they say. It keeps
//! nothing in memory that a restart would lose.

use std::sync::Arc;
use std::time::Duration;

use carrot_rules::entity::FiscalCheck;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::job::{Allowance, Taken};
use super::{
    DialectC, FiscalQuery, JobRow, ReceiptVerifier, SourceSettings, Ticket, VerifierAnswer, settle,
};
use crate::error::Result;
use crate::store::Store;

/// How often the robot looks, seconds.
const EVERY_S: u64 = 5;
/// The most calls of one look at one programme: others want their turn.
const CALLS_MAX: usize = 500;
/// The most jobs of one look that are told that their service is closed.
const TOLD_MAX: i64 = 200;
/// The only services that there is a dialect for.
const RUSSIA: &str = "ru";

/// What one look did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LookReport {
    /// Receipts that began to wait.
    pub begun: u64,
    /// Answers, of any kind.
    pub asked: usize,
    /// Answers that could not be written, and are asked for again.
    pub faults: usize,
}

/// Asks services about receipts.
pub struct Robot {
    store: Arc<Store>,
    /// Whose jobs these are, among robots that share a database.
    name: String,
    /// Instead of the programme's own service, where a test wants another.
    verifier: Option<Arc<dyn ReceiptVerifier>>,
}

impl Robot {
    /// A robot over a store.
    #[must_use]
    pub fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            name: Uuid::new_v4().to_string(),
            verifier: None,
        }
    }

    /// The same with a verifier of the caller's for every programme that has a service.
    #[must_use]
    pub fn with(store: Arc<Store>, verifier: Arc<dyn ReceiptVerifier>) -> Self {
        Self {
            verifier: Some(verifier),
            ..Self::new(store)
        }
    }

    /// Looks at every programme once, at an instant.
    pub async fn look(&self, now_ms: i64) -> Result<LookReport> {
        let mut report = LookReport::default();
        for programme in self.store.programmes().await? {
            if let Some(settings) = self.store.receipt_source(programme.id).await? {
                self.look_at(programme.id, &settings, now_ms, &mut report)
                    .await?;
            }
        }
        Ok(report)
    }

    async fn look_at(
        &self,
        programme: Uuid,
        settings: &SourceSettings,
        now_ms: i64,
        report: &mut LookReport,
    ) -> Result<()> {
        let mut tx = self.store.begin_at(programme, now_ms).await?;
        report.begun += tx.begin_receipt_jobs().await?;
        tx.commit().await?;
        let mut verifier = self.verifier.clone();
        let allowance = Allowance {
            per_minute: settings.per_minute,
            per_day: settings.per_day,
        };
        for _ in 0..CALLS_MAX {
            let mut tx = self.store.begin_at(programme, now_ms).await?;
            let taken = tx.take_receipt_job(&self.name, RUSSIA, allowance).await?;
            let job = match taken {
                Taken::Job(job) => *job,
                Taken::Nothing => break,
                Taken::Closed { until_ms, by_quota } => {
                    if by_quota {
                        for mut job in tx.due_receipt_jobs(RUSSIA, TOLD_MAX).await? {
                            settle::wait(&mut tx, &mut job, "quota", Some(until_ms - now_ms))
                                .await?;
                            tx.put_receipt_job(&job).await?;
                        }
                        tx.commit().await?;
                    }
                    break;
                }
            };
            tx.commit().await?;
            if verifier.is_none() {
                verifier = DialectC::new(settings).map(|client| Arc::new(client) as _);
            }
            let Some(verifier) = &verifier else { break };
            report.asked += 1;
            if !self.run(programme, job, verifier.as_ref(), now_ms).await? {
                report.faults += 1;
            }
        }
        Ok(())
    }

    /// Asks about one job and writes what follows. A fault of ours leaves the job to be asked again
    /// when this runner's time with it is over; false then.
    async fn run(
        &self,
        programme: Uuid,
        mut job: JobRow,
        verifier: &dyn ReceiptVerifier,
        now_ms: i64,
    ) -> Result<bool> {
        let answer = self.ask(programme, &mut job, verifier).await?;
        let mut tx = self.store.begin_at(programme, now_ms).await?;
        if !tx.holds_receipt_job(&self.name, &job.key).await? {
            return Ok(true);
        }
        let check = tx.entity::<FiscalCheck>(&job.key).await?;
        if check.is_some_and(|check| check.claim.to_string() != job.claim_id) {
            // Meanwhile it was refused, and somebody else claims it: what was asked was the other's
            // question. The next look makes a job of theirs.
            tx.put_receipt_job(&job).await?;
            tx.commit().await?;
            return Ok(true);
        }
        match settle::settle(&mut tx, job, answer).await {
            Ok(()) => {
                tx.commit().await?;
                Ok(true)
            }
            Err(fault) => {
                tracing::error!(%fault, "a receipt's answer could not be written");
                Ok(false)
            }
        }
    }

    async fn ask(
        &self,
        programme: Uuid,
        job: &mut JobRow,
        verifier: &dyn ReceiptVerifier,
    ) -> Result<VerifierAnswer> {
        if job.ticket.is_none() {
            let check: Option<FiscalCheck> = self.store.entity(programme, &job.key).await?;
            let Some(query) = check.and_then(|check| FiscalQuery::of(&job.key, &check)) else {
                return Ok(VerifierAnswer::Permanent {
                    why: "bad_question",
                });
            };
            match verifier.submit(&query).await {
                Ok(Ticket(ticket)) => job.ticket = Some(ticket),
                Err(answer) => return Ok(answer),
            }
        }
        let ticket = Ticket(job.ticket.clone().unwrap_or_default());
        Ok(verifier.poll(&ticket).await)
    }
}

/// Starts the robot. It ends when `stopped` says so.
pub(crate) fn start(store: Arc<Store>, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let robot = Robot::new(Arc::clone(&store));
        loop {
            match robot.look(store.now_ms()).await {
                Ok(report) if report != LookReport::default() => {
                    tracing::info!(
                        begun = report.begun,
                        asked = report.asked,
                        "asked about receipts"
                    );
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "the robot's look failed"),
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
