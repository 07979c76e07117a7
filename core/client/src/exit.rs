//! How open files meet the end of the program.
//!
//! SQLCipher has C's `exit` free its memory and its locks, while each connection still has a thread of
//! its own that may be opening, reading, writing or closing: the program then ends in a fault of memory
//! although nothing was wrong. SQLite therefore tells of each connection here before SQLCipher sees it,
//! and before SQLCipher's turn comes every one of them is held: its thread waits at SQLite's door until
//! the process is gone, and no other is opened. What was not committed by then is rolled back at the
//! next opening, as after any other end.
#![allow(unsafe_code)] // the handles, locks and end-of-program calls are functions of C

use std::collections::BTreeMap;
use std::ffi::{c_char, c_int, c_void};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use libsqlite3_sys as c;

/// How often, and for how long at most, the end of the program asks a connection that is at work.
const ASK: Duration = Duration::from_millis(1);
const ASKS_MAX: u32 = 2_000;

/// The connections of this process that have a lock.
struct Connections {
    /// Those that are open, being opened or being closed, by address, each with its lock's address: a
    /// connection that is being closed no longer tells it.
    open: BTreeMap<usize, usize>,
    /// The program ends: no other is opened.
    ended: bool,
}

static CONNECTIONS: Mutex<Connections> = Mutex::new(Connections {
    open: BTreeMap::new(),
    ended: false,
});
static WATCHED: Once = Once::new();

unsafe extern "C" {
    fn atexit(run: extern "C" fn()) -> c_int;
}

/// Sees to it that the end of the program holds every connection that is opened from now on. They have
/// to be opened "serialized": others have no lock that could be held.
pub(crate) fn watch() {
    WATCHED.call_once(|| {
        // The first call lets SQLCipher register its end: what is registered later runs earlier.
        // SAFETY: functions without state of the caller's; they touch only this module's own.
        let (told, registered) =
            unsafe { (c::sqlite3_auto_extension(Some(told_of)), atexit(hold_all)) };
        if (told, registered) != (c::SQLITE_OK, 0) {
            tracing::warn!("the program's end does not wait for open files");
        }
    });
}

fn connections() -> std::sync::MutexGuard<'static, Connections> {
    CONNECTIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// SQLite calls this in each opening, under the connection's lock and before its key is known.
unsafe extern "C" fn told_of(
    db: *mut c::sqlite3,
    _: *mut *mut c_char,
    _: *const c::sqlite3_api_routines,
) -> c_int {
    // SAFETY: `db` is being opened by the caller.
    let lock = unsafe { c::sqlite3_db_mutex(db) };
    if lock.is_null() {
        return c::SQLITE_OK;
    }
    let mut known = connections();
    if known.ended {
        return c::SQLITE_INTERRUPT;
    }
    known.open.insert(db as usize, lock as usize);
    drop(known);
    // A function's destructor is the one call of SQLite that comes after a connection's files, and
    // with them everything of SQLCipher's, are closed, and before its lock goes. Where the function
    // cannot be made SQLite calls it at once.
    // SAFETY: `db` is open during this call; the pointer handed on is a number to us.
    unsafe {
        c::sqlite3_create_function_v2(
            db,
            c"carrot_open".as_ptr(),
            0,
            c::SQLITE_UTF8,
            db.cast::<c_void>(),
            Some(answer_nothing),
            None,
            None,
            Some(closed),
        )
    }
}

unsafe extern "C" fn answer_nothing(
    _: *mut c::sqlite3_context,
    _: c_int,
    _: *mut *mut c::sqlite3_value,
) {
}

unsafe extern "C" fn closed(db: *mut c_void) {
    connections().open.remove(&(db as usize));
}

extern "C" fn hold_all() {
    for _ in 0..ASKS_MAX {
        let mut left = connections();
        left.open
            .retain(|_, lock| !held(*lock as *mut c::sqlite3_mutex));
        if left.open.is_empty() {
            left.ended = true;
            return;
        }
        // A connection that is closing needs the list to say so.
        drop(left);
        sleep(ASK);
    }
}

/// Takes a connection's lock for good. False while its thread is inside SQLite.
fn held(lock: *mut c::sqlite3_mutex) -> bool {
    // SAFETY: the connection is listed, so it is not closed: its lock is there. Closing waits for the
    // list, which the caller has, before it lets the lock go.
    unsafe { c::sqlite3_mutex_try(lock) == c::SQLITE_OK }
}
