//! What goes wrong: the kinds, how often each did, and which came together in one fleet.

use std::collections::{BTreeMap, BTreeSet};

/// Lists the kinds once, with their names in reports.
macro_rules! faults {
    ($($(#[$about:meta])* $name:ident $text:literal,)*) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault {
            $($(#[$about])* $name,)*
        }

        /// All kinds.
        pub const FAULTS: &[Fault] = &[$(Fault::$name,)*];

        impl Fault {
            /// Its name in reports.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

faults! {
    /// A request never arrives.
    Drop "drop",
    /// A call takes minutes.
    Delay "delay",
    /// A request arrives twice.
    Duplicate "duplicate",
    /// An old request arrives again behind newer ones.
    Reorder "reorder",
    /// An answer ends early.
    Truncate "truncate",
    /// A byte of a request or an answer is another one.
    Corrupt "corrupt",
    /// The line looks open, and nothing comes back on it.
    HalfOpen "half_open",
    /// Nothing passes for a while.
    Partition "partition",
    /// Requests pass for a while, answers do not.
    OneWay "one_way",
    /// Requests are held up and arrive when nobody waits any more.
    Clog "clog",
    /// The answer gets lost after the commit.
    LostReply "lost_reply",
    /// Something in between answers 500.
    Status500 "status_500",
    /// Something in between answers 503 with a pause.
    Status503 "status_503",
    /// Something in between answers 429 with a pause.
    Status429 "status_429",
    /// The answer is there when the device has given up.
    Slow "slow_server",
    /// The server ends before the commit.
    CrashBefore "server_crash_before_commit",
    /// The server ends after the commit.
    CrashAfter "server_crash_after_commit",
    /// The server goes on from an older copy of its data.
    Restore "server_restored",
    /// The database gives up a transaction for another's sake.
    Deadlock "serialization_failure",
    /// No connection is to be had.
    Pool "pool_exhausted",
    /// The server is newer: answers hold what the device does not know.
    Versions "mixed_versions",
    /// The device's program ends at a named point.
    Kill "device_kill",
    /// The device loses power: what was not synced is gone.
    Power "power_loss",
    /// No room is left on the device.
    DiskFull "disk_full",
    /// A file of the device cannot be written.
    Eio "io_error",
    /// A byte of the device's copy is another one.
    BitFlip "bit_flip",
    /// The wall clock jumps.
    ClockJump "clock_jump",
    /// The wall clock stands still.
    ClockFreeze "clock_freeze",
    /// The wall clock is fast or slow.
    ClockSkew "clock_skew",
    /// The machine starts anew.
    Reboot "reboot",
    /// A copy of the device's folder goes on elsewhere.
    Clone "database_cloned",
    /// The device's secrets are not where they were.
    KeyMissing "key_missing",
    /// Another person works at the till.
    Cashier "cashier_switch",
    /// An access token is over before its time.
    Token "token_expired",
    /// The device's rights are taken away.
    Revoke "revoked",
    /// A command fails inside the server whenever it is tried.
    Poison "poison",
    /// The device moves to another outlet.
    Scope "scope_moved",
    /// A device of ill will sends what it must not.
    Rogue "rogue_device",
    /// The app leaves the screen and comes back.
    Suspend "suspended",
    /// Somebody signs out, perhaps while something waits.
    SignOut "sign_out",
    /// A newer program comes to a device with a queue.
    Upgrade "program_upgraded",
    /// The server tells of news several times, or of none.
    Hint "hint_doubled",
    /// New rules are published while commands are under way.
    Rules "rules_published",
}

/// How often each kind happened.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    counts: BTreeMap<Fault, u64>,
    /// Pairs of kinds that happened in one fleet, and in how many.
    pairs: BTreeMap<(Fault, Fault), u64>,
}

impl Tally {
    /// One more.
    pub fn note(&mut self, fault: Fault) {
        *self.counts.entry(fault).or_insert(0) += 1;
    }

    /// How often a kind happened.
    #[must_use]
    pub fn count(&self, fault: Fault) -> u64 {
        self.counts.get(&fault).copied().unwrap_or(0)
    }

    /// All together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Kinds that happened.
    #[must_use]
    pub fn kinds(&self) -> BTreeSet<Fault> {
        self.counts.keys().copied().collect()
    }

    /// Adds what happened in one whole fleet.
    pub fn add_fleet(&mut self, fleet: &Self) {
        for (fault, count) in &fleet.counts {
            *self.counts.entry(*fault).or_insert(0) += count;
        }
        let kinds: Vec<Fault> = fleet.counts.keys().copied().collect();
        for (at, first) in kinds.iter().enumerate() {
            for second in kinds.iter().skip(at + 1) {
                *self.pairs.entry((*first, *second)).or_insert(0) += 1;
            }
        }
    }

    /// Adds what several fleets counted.
    pub fn merge(&mut self, other: &Self) {
        for (fault, count) in &other.counts {
            *self.counts.entry(*fault).or_insert(0) += count;
        }
        for (pair, count) in &other.pairs {
            *self.pairs.entry(*pair).or_insert(0) += count;
        }
    }

    /// Pairs of kinds that came together in fewer fleets than so many, and in how many; the rarest first.
    #[must_use]
    pub fn rare_pairs(&self, fewer_than: u64) -> Vec<((Fault, Fault), u64)> {
        let mut rare = Vec::new();
        for (at, first) in FAULTS.iter().enumerate() {
            for second in FAULTS.iter().skip(at + 1) {
                let pair = (*first, *second);
                let count = self.pairs.get(&pair).copied().unwrap_or(0);
                rare.extend((count < fewer_than).then_some((pair, count)));
            }
        }
        rare.sort_by_key(|(_, count)| *count);
        rare
    }

    /// Pairs of kinds that came together in one fleet, and how many there could be.
    #[must_use]
    pub fn pairs(&self) -> (usize, usize) {
        (self.pairs.len(), FAULTS.len() * (FAULTS.len() - 1) / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_pairs_are_counted_by_fleet() {
        let mut fleet = Tally::default();
        for fault in [Fault::Drop, Fault::Kill, Fault::Drop] {
            fleet.note(fault);
        }
        let mut all = Tally::default();
        all.add_fleet(&fleet);
        all.add_fleet(&fleet);
        assert_eq!((all.count(Fault::Drop), all.total()), (4, 6));
        assert_eq!(all.pairs().0, 1);
        let names: BTreeSet<&str> = FAULTS.iter().map(|fault| fault.name()).collect();
        assert_eq!(names.len(), FAULTS.len());
    }
}
