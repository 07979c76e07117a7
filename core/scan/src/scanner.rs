//! The guarded worker: every scan runs on its own thread, is watched by a
//! deadline, and cannot take the caller down with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::tally::Tally;
use crate::{Counted, Luma, Prepared, Reading, ScanError, ScanLimits, Symbol, picture};

/// Readers of deep pictures recurse; the default stack is too near the edge.
const STACK_BYTES: usize = 8 << 20;

const RUNNING: u8 = 0;
const FINISHED: u8 = 1;
const ABANDONED: u8 = 2;

/// Tells an engine that nobody waits for its answer any more.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Whether the scan's deadline has passed. Long loops should ask now and then.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// One way of reading a picture. It may be slow and it may panic.
pub trait Engine: Send + Sync {
    /// Everything this engine sees in the picture; nothing is an empty list.
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading>;

    /// Whether a reading of a linear code stands for several lines that were
    /// weighed already, so that it counts at once.
    fn settles(&self) -> bool {
        false
    }
}

/// Engines in stages of rising cost, and the workers that have overrun.
pub struct Scanner {
    stages: Arc<Vec<Vec<Box<dyn Engine>>>>,
    leftover: Arc<AtomicUsize>,
}

/// What caller and worker share about one scan.
struct Job {
    state: AtomicU8,
    stop: Stop,
    tally: Mutex<Tally>,
    leftover: Arc<AtomicUsize>,
}

impl Scanner {
    /// A scanner that runs the stages in order until one leaves something
    /// accepted; all engines of a stage run.
    pub fn with_stages(stages: Vec<Vec<Box<dyn Engine>>>) -> Self {
        Self {
            stages: Arc::new(stages),
            leftover: Arc::default(),
        }
    }

    /// A scanner with other stages whose leftover workers count together with
    /// this one's.
    pub fn sibling(&self, stages: Vec<Vec<Box<dyn Engine>>>) -> Self {
        let leftover = Arc::clone(&self.leftover);
        Self {
            stages: Arc::new(stages),
            leftover,
        }
    }

    /// How many workers still run past their deadline.
    pub fn leftover_workers(&self) -> usize {
        self.leftover.load(Ordering::SeqCst)
    }

    /// Reads every symbol in a grey picture; see [`crate::scan_luma`].
    ///
    /// # Errors
    /// As [`crate::scan_luma`].
    pub fn scan_luma(&self, luma: &Luma, limits: &ScanLimits) -> Result<Vec<Symbol>, ScanError> {
        luma.check(limits.pixels_max)?;
        self.scan_owned(luma.clone(), limits)
    }

    /// The same for a picture that the caller gives away: nothing is copied.
    ///
    /// # Errors
    /// As [`crate::scan_luma`].
    pub fn scan_owned(&self, luma: Luma, limits: &ScanLimits) -> Result<Vec<Symbol>, ScanError> {
        luma.check(limits.pixels_max)?;
        self.run(limits, move || Ok(luma)).map(symbols)
    }

    /// Reads every symbol in an image file; see [`crate::scan_image_bytes`].
    ///
    /// # Errors
    /// As [`crate::scan_image_bytes`].
    pub fn scan_image_bytes(
        &self,
        bytes: &[u8],
        limits: &ScanLimits,
    ) -> Result<Vec<Symbol>, ScanError> {
        self.count_image_bytes(bytes, limits).map(symbols)
    }

    /// Reads an image file and counts the places of each symbol; see
    /// [`crate::count_image_bytes`].
    ///
    /// # Errors
    /// As [`crate::scan_image_bytes`].
    pub fn count_image_bytes(
        &self,
        bytes: &[u8],
        limits: &ScanLimits,
    ) -> Result<Vec<Counted>, ScanError> {
        picture::check_header(bytes, limits.pixels_max)?;
        let (bytes, pixels_max) = (bytes.to_vec(), limits.pixels_max);
        self.run(limits, move || picture::decode(&bytes, pixels_max))
    }

    fn run(
        &self,
        limits: &ScanLimits,
        load: impl FnOnce() -> Result<Luma, ScanError> + Send + 'static,
    ) -> Outcome {
        let deadline = Instant::now() + Duration::from_millis(limits.deadline_ms);
        if self.leftover_workers() >= limits.leftover_workers_max {
            return Err(ScanError::Busy);
        }
        let job = Arc::new(Job {
            state: AtomicU8::new(RUNNING),
            stop: Stop::default(),
            tally: Mutex::default(),
            leftover: Arc::clone(&self.leftover),
        });
        let (sender, receiver) = sync_channel(1);
        let (worker_job, stages) = (Arc::clone(&job), Arc::clone(&self.stages));
        thread::Builder::new()
            .name("carrot-scan".into())
            .stack_size(STACK_BYTES)
            .spawn(move || work(&worker_job, &stages, load, &sender))
            .map_err(|_| ScanError::Busy)?;
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Disconnected) => Err(ScanError::EnginePanic),
            Err(RecvTimeoutError::Timeout) => job.abandon(),
        }
    }
}

impl Job {
    /// The caller gives up waiting: what has been accepted so far still counts,
    /// and the worker is counted as left over until it ends.
    fn abandon(&self) -> Outcome {
        self.stop.set();
        // Counted before the state changes, so that the worker cannot subtract
        // what has not been added.
        self.leftover.fetch_add(1, Ordering::SeqCst);
        if self.state.swap(ABANDONED, Ordering::SeqCst) == FINISHED {
            self.leftover.fetch_sub(1, Ordering::SeqCst);
        }
        let accepted = self.accepted();
        if accepted.is_empty() {
            Err(ScanError::Deadline)
        } else {
            Ok(accepted)
        }
    }

    fn accepted(&self) -> Vec<Counted> {
        self.tally
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .counted()
    }

    fn add(&self, readings: Vec<Reading>, settled: bool) {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        if settled {
            tally.add_settled(readings);
        } else {
            tally.add(readings);
        }
    }
}

/// Marks the end of a worker whichever way it ends.
struct Ending<'a>(&'a Job);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        if self.0.state.swap(FINISHED, Ordering::SeqCst) == ABANDONED {
            self.0.leftover.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

type Outcome = Result<Vec<Counted>, ScanError>;

fn symbols(counted: Vec<Counted>) -> Vec<Symbol> {
    counted.into_iter().map(|one| one.symbol).collect()
}

fn work(
    job: &Job,
    stages: &[Vec<Box<dyn Engine>>],
    load: impl FnOnce() -> Result<Luma, ScanError>,
    sender: &SyncSender<Outcome>,
) {
    let _ending = Ending(job);
    // Decoders of image files get the same guard as readers of codes.
    let loaded = catch_unwind(AssertUnwindSafe(load)).unwrap_or(Err(ScanError::EnginePanic));
    let outcome = loaded.and_then(|luma| read_stages(job, stages, &Prepared::new(luma)?));
    // A caller that has left took its answer from the tally.
    let _ = sender.send(outcome);
}

fn read_stages(job: &Job, stages: &[Vec<Box<dyn Engine>>], picture: &Prepared) -> Outcome {
    let mut panicked = false;
    for stage in stages {
        for engine in stage {
            if job.stop.is_set() {
                return Err(ScanError::Deadline);
            }
            match catch_unwind(AssertUnwindSafe(|| engine.read(picture, &job.stop))) {
                Ok(readings) => job.add(readings, engine.settles()),
                Err(_) => panicked = true,
            }
        }
        let accepted = job.accepted();
        if !accepted.is_empty() {
            return Ok(accepted);
        }
    }
    if panicked {
        Err(ScanError::EnginePanic)
    } else {
        Ok(Vec::new())
    }
}
