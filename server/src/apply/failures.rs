//! How often a command failed inside the server since it started. A count ends when the command has a
//! verdict that is durable, not before: one that could not be put aside is put aside the next time.

use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError};

use carrot_wire::planted::{self, Bug};
use uuid::Uuid;

use crate::store::{Device, Store};

/// How often a command may fail inside the server before it is put aside for a person.
pub(super) const FAILURES_MAX: u32 = 3;

/// Counts one more failure of a device's command; how many there were.
pub(super) fn count(store: &Store, device: Uuid, seq: i64) -> u32 {
    let mut counts = counts(store);
    let count = counts.entry((device, seq)).or_insert(0);
    *count = count.saturating_add(1);
    if planted::is(Bug::PoisonStays) {
        return 0;
    }
    *count
}

/// Drops the counts of what a device has behind it, now that this is durable.
pub(super) fn forget(store: &Store, device: &Device) {
    counts(store).retain(|(id, seq), _| *id != device.id || *seq > device.last_seq);
}

fn counts(store: &Store) -> MutexGuard<'_, HashMap<(Uuid, i64), u32>> {
    store
        .failures
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}
