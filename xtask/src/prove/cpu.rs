//! How much processor time the programs used that this one has started and waited for.

use std::time::Duration;

/// The kernel counts in hundredths of a second towards programs, whatever its own clock does.
const TICK: Duration = Duration::from_millis(10);
/// The place of `cutime`, user time of children, counted behind the program's name; `cstime` follows.
const CHILDREN_AT: usize = 13;

/// Processor time of all children that have ended. None where the system does not tell (it is read
/// from `/proc`).
pub fn of_children() -> Option<Duration> {
    children(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

fn children(stat: &str) -> Option<Duration> {
    // The name stands in brackets and may hold spaces and brackets itself.
    let (_, behind) = stat.rsplit_once(')')?;
    let mut fields = behind.split_whitespace().skip(CHILDREN_AT);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(TICK * user.checked_add(system)?)
}

/// Counts what children use from its making on; passes time on the wall where processor time is not told.
pub struct Meter {
    cpu: Option<Duration>,
    wall: std::time::Instant,
}

impl Meter {
    /// Begins at zero.
    pub fn start() -> Self {
        Self {
            cpu: of_children(),
            wall: std::time::Instant::now(),
        }
    }

    /// What was used since, seconds.
    pub fn seconds(&self) -> f64 {
        let used = match (self.cpu, of_children()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.wall.elapsed(),
        };
        used.as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::children;
    use std::time::Duration;

    #[test]
    fn childrens_time_is_found_behind_any_name() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194304 1 2 3 4 50 60 120 30 20 0 1 0 9";
        assert_eq!(children(stat), Some(Duration::from_millis(1_500)));
        assert_eq!(children("7 (x) S 1"), None);
    }
}
