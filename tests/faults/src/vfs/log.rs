//! What was written and synced below watched folders, and which of it is refused.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something that happened to a file, in the order of its happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It was opened; from now on it may exist.
    Opened(PathBuf),
    /// Bytes were written at a place.
    Written(PathBuf, u64, Vec<u8>),
    /// It was cut or extended to a length.
    Sized(PathBuf, u64),
    /// Everything before is on the disk.
    Synced(PathBuf),
    /// It was deleted.
    Deleted(PathBuf),
    /// Not a file: somebody was told that the command with this number among all is done.
    Told(usize),
}

/// What is refused from some point on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Writes fail as on a full disk once so many bytes are used below the folder.
    Full(u64),
    /// This one of all writes and syncs, counted from zero, fails as broken storage does.
    Broken(u64),
}

#[derive(Debug)]
struct Watched {
    folder: PathBuf,
    refusal: Option<Refusal>,
    /// Writes and syncs so far.
    steps: u64,
    /// Bytes of all files, as far as they were written while watched.
    events: Vec<Event>,
    keep: bool,
}

static WATCHED: Mutex<Vec<Watched>> = Mutex::new(Vec::new());

fn watched() -> MutexGuard<'static, Vec<Watched>> {
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn with<T>(path: &Path, work: impl FnOnce(&mut Watched) -> T) -> Option<T> {
    let mut all = watched();
    let one = all.iter_mut().find(|one| path.starts_with(&one.folder));
    one.map(work)
}

/// A watched folder; it is no longer watched once this is dropped.
#[derive(Debug)]
pub struct Watch(PathBuf);

impl Watch {
    /// Watches a folder and keeps what happens below it.
    #[must_use]
    pub fn recording(folder: &Path) -> Self {
        Self::start(folder, None, true)
    }

    /// Watches a folder and refuses.
    #[must_use]
    pub fn refusing(folder: &Path, refusal: Refusal) -> Self {
        Self::start(folder, Some(refusal), false)
    }

    /// Counts writes and syncs below a folder.
    #[must_use]
    pub fn counting(folder: &Path) -> Self {
        Self::start(folder, None, false)
    }

    fn start(folder: &Path, refusal: Option<Refusal>, keep: bool) -> Self {
        watched().push(Watched {
            folder: folder.to_owned(),
            refusal,
            steps: 0,
            events: Vec::new(),
            keep,
        });
        Self(folder.to_owned())
    }

    /// Notes that somebody was told that a command is done.
    pub fn told(&self, number: usize) {
        with(&self.0, |one| one.events.push(Event::Told(number)));
    }

    /// There is space again, the storage is mended.
    pub fn relent(&self) {
        with(&self.0, |one| one.refusal = None);
    }

    /// Writes and syncs so far.
    #[must_use]
    pub fn steps(&self) -> u64 {
        with(&self.0, |one| one.steps).unwrap_or(0)
    }

    /// What happened so far; it is forgotten.
    #[must_use]
    pub fn take(&self) -> Vec<Event> {
        with(&self.0, |one| std::mem::take(&mut one.events)).unwrap_or_default()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        watched().retain(|one| one.folder != self.0);
    }
}

/// How the layer has to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Pass,
    Full,
    Broken,
}

/// Asks before a write that ends at `end` in a file whose length is `length`.
pub(super) fn before_write(path: &Path, length: u64, end: u64) -> Answer {
    with(path, |one| {
        let step = one.steps;
        one.steps += 1;
        match one.refusal {
            Some(Refusal::Broken(at)) if at == step => Answer::Broken,
            Some(Refusal::Full(most))
                if end > length && used(&one.folder) + (end - length) > most =>
            {
                Answer::Full
            }
            _ => Answer::Pass,
        }
    })
    .unwrap_or(Answer::Pass)
}

/// Asks before a sync.
pub(super) fn before_sync(path: &Path) -> Answer {
    with(path, |one| {
        let step = one.steps;
        one.steps += 1;
        match one.refusal {
            Some(Refusal::Broken(at)) if at == step => Answer::Broken,
            _ => Answer::Pass,
        }
    })
    .unwrap_or(Answer::Pass)
}

/// Writes an event down.
pub(super) fn happened(path: &Path, event: impl FnOnce() -> Event) {
    with(path, |one| {
        if one.keep {
            one.events.push(event());
        }
    });
}

/// Bytes of all files below a folder, without shared memory.
#[must_use]
pub fn used(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => used(&entry.path()),
        // Shared memory is not on the disk.
        Ok(_) if entry.file_name().to_string_lossy().ends_with("-shm") => 0,
        Ok(found) => found.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
