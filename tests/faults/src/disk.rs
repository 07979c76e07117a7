//! What a disk may hold when its power goes: everything that was synced, and of the rest any part in any
//! order, torn at 512 or 4096 bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::chance::Chance;
use crate::vfs::Event;

/// The smallest piece that storage writes whole, bytes.
const SECTOR_BYTES: usize = 512;
/// The usual piece, bytes.
const PAGE_BYTES: usize = 4_096;

#[derive(Debug, Clone)]
enum Change {
    Written(usize, Vec<u8>),
    Sized(usize),
    Deleted,
}

/// One file: what is safe, and what came since.
#[derive(Debug, Clone, Default)]
struct Image {
    /// None when it may not exist at all.
    safe: Option<Vec<u8>>,
    since: Vec<Change>,
}

/// What happens to changes that were not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// None of them is on the disk.
    All,
    /// All are: only the program died.
    None,
    /// Those up to some point, the last one torn.
    Tail,
    /// Any of them in pieces of 512 bytes.
    Sectors,
    /// Any of them in pieces of 4096 bytes.
    Pages,
}

/// All ways to lose.
pub const LOSSES: [Loss; 5] = [
    Loss::All,
    Loss::None,
    Loss::Tail,
    Loss::Sectors,
    Loss::Pages,
];

/// A disk as it develops.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    files: BTreeMap<PathBuf, Image>,
    /// How many commands somebody was told about.
    pub told: usize,
}

impl Disk {
    /// A disk with the files of a folder, safe.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut disk = Self::default();
        disk.take(folder)?;
        Ok(disk)
    }

    fn take(&mut self, folder: &Path) -> Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.take(&path)?;
            } else {
                let safe = Some(std::fs::read(&path)?);
                let since = Vec::new();
                self.files.insert(path, Image { safe, since });
            }
        }
        Ok(())
    }

    /// Something happens.
    pub fn happen(&mut self, event: &Event) {
        match event {
            Event::Opened(path) => {
                self.files.entry(path.clone()).or_default();
            }
            Event::Written(path, at, bytes) => {
                let at = usize::try_from(*at).unwrap_or(usize::MAX);
                self.since(path, Change::Written(at, bytes.clone()));
            }
            Event::Sized(path, size) => {
                let size = usize::try_from(*size).unwrap_or(usize::MAX);
                self.since(path, Change::Sized(size));
            }
            Event::Deleted(path) => self.since(path, Change::Deleted),
            Event::Synced(path) => {
                let image = self.files.entry(path.clone()).or_default();
                let changes = std::mem::take(&mut image.since);
                let mut whole = image.safe.take().unwrap_or_default();
                for change in &changes {
                    apply(&mut whole, change);
                }
                image.safe = Some(whole);
            }
            Event::Told(number) => self.told = number + 1,
        }
    }

    fn since(&mut self, path: &Path, change: Change) {
        self.files
            .entry(path.to_owned())
            .or_default()
            .since
            .push(change);
    }

    /// Writes what is left after the power went, into another folder in place of `from`.
    pub fn crash(&self, from: &Path, to: &Path, loss: Loss, chance: &mut Chance) -> Result<()> {
        for (path, image) in &self.files {
            let Some(bytes) = image.left(loss, chance) else {
                continue;
            };
            let target = to.join(path.strip_prefix(from)?);
            if let Some(folder) = target.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(target, bytes)?;
        }
        Ok(())
    }
}

impl Image {
    /// The file's bytes after a loss; none when it is gone.
    fn left(&self, loss: Loss, chance: &mut Chance) -> Option<Vec<u8>> {
        let kept = match loss {
            Loss::All => Vec::new(),
            Loss::None => self.since.clone(),
            Loss::Tail => self.tail(chance),
            Loss::Sectors => self.pieces(SECTOR_BYTES, chance),
            Loss::Pages => self.pieces(PAGE_BYTES, chance),
        };
        let mut whole = self.safe.clone();
        for change in &kept {
            match change {
                Change::Deleted => whole = None,
                other => apply(whole.get_or_insert_default(), other),
            }
        }
        whole
    }

    fn tail(&self, chance: &mut Chance) -> Vec<Change> {
        let count = chance.below(self.since.len() + 1);
        let mut kept: Vec<Change> = self.since.iter().take(count).cloned().collect();
        if let Some(Change::Written(_, bytes)) = kept.last_mut() {
            let sectors = bytes.len() / SECTOR_BYTES;
            bytes.truncate(chance.below(sectors + 1) * SECTOR_BYTES);
        }
        kept
    }

    /// Each piece of each change is there or not, whatever came before or after it.
    fn pieces(&self, size: usize, chance: &mut Chance) -> Vec<Change> {
        let mut kept = Vec::new();
        for change in &self.since {
            match change {
                Change::Written(at, bytes) => {
                    for (number, piece) in bytes.chunks(size).enumerate() {
                        if chance.coin() {
                            kept.push(Change::Written(at + number * size, piece.to_vec()));
                        }
                    }
                }
                other => {
                    if chance.coin() {
                        kept.push(other.clone());
                    }
                }
            }
        }
        kept
    }
}

fn apply(whole: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Written(at, bytes) => {
            let end = at + bytes.len();
            if whole.len() < end {
                whole.resize(end, 0);
            }
            if let Some(place) = whole.get_mut(*at..end) {
                place.copy_from_slice(bytes);
            }
        }
        Change::Sized(size) => whole.resize(*size, 0),
        Change::Deleted => whole.clear(),
    }
}
