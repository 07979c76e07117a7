//! What Linux says about a process: CPU time and memory.

use std::time::Duration;

use anyhow::{Context as _, Result};

/// Ticks of a second in `/proc`, the same on every machine that Linux tells programs about.
const TICKS_PER_SECOND: u32 = 100;

/// A process's CPU times.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// Who started it.
    pub parent: u32,
    /// Its own.
    pub spent: Duration,
    /// Of its children that have ended.
    pub of_ended: Duration,
}

impl Times {
    /// Of a process that lives.
    pub fn of(pid: u32) -> Result<Self> {
        let text = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
        Self::read(&text).with_context(|| format!("/proc/{pid}/stat"))
    }

    fn read(text: &str) -> Option<Self> {
        // The name stands in brackets and may have anything in it.
        let (_, rest) = text.rsplit_once(") ")?;
        let fields: Vec<&str> = rest.split(' ').collect();
        let ticks = |at: usize| fields.get(at)?.parse::<u32>().ok();
        let both = |at: usize| {
            let sum = ticks(at)?.checked_add(ticks(at + 1)?)?;
            Some(Duration::from_secs(u64::from(sum)) / TICKS_PER_SECOND)
        };
        Some(Self {
            parent: ticks(1)?,
            spent: both(11)?,
            of_ended: both(13)?,
        })
    }
}

/// Memory of a process, KiB.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// What it holds now, shared pages divided among who shares them.
    pub now: f64,
    /// The most that it ever held, shared pages in full.
    pub peak: f64,
}

impl Memory {
    /// Of a process that lives.
    pub fn of(pid: u32) -> Result<Self> {
        let read = |file: &str, name: &str| {
            let text = std::fs::read_to_string(format!("/proc/{pid}/{file}"))?;
            kib(&text, name).with_context(|| format!("/proc/{pid}/{file}: {name}"))
        };
        Ok(Self {
            now: read("smaps_rollup", "Pss:")?,
            peak: read("status", "VmHWM:")?,
        })
    }
}

fn kib(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_brackets_is_no_field() {
        let times =
            Times::read("7 (a) b (c)) S 3 7 7 0 -1 0 1 2 3 4 150 50 20 5 20 0 1 0 9").unwrap();
        assert_eq!(times.parent, 3);
        assert_eq!(times.spent, Duration::from_secs(2));
        assert_eq!(times.of_ended, Duration::from_millis(250));
        assert!(Times::read("7 (a) S 3").is_none());
    }

    #[test]
    fn memory_is_read_by_its_name() {
        assert_eq!(kib("Rss:  9 kB\nPss:       12 kB\n", "Pss:"), Some(12.0));
        assert_eq!(kib("Rss:  9 kB\n", "Pss:"), None);
    }
}
