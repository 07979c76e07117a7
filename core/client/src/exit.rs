//! How open files meet the end of the program.
//!
//! SQLCipher has C's `exit` free its memory and its locks, while each connection still has a thread of
//! its own that may be reading, writing or closing: the program then ends in a fault of memory
//! although nothing was wrong. Each connection is therefore told of here, and before SQLCipher's turn
//! comes every one of them is held: its thread waits at SQLite's door until the process is gone.
//! What was not committed by then is rolled back at the next opening, as after any other end.
#![allow(unsafe_code)] // the handles, locks and end-of-program calls are functions of C

use std::collections::BTreeSet;
use std::ffi::{c_int, c_void};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use libsqlite3_sys as c;
use sqlx::SqliteConnection;

/// How often, and for how long at most, the end of the program asks a connection that is at work.
const ASK: Duration = Duration::from_millis(1);
const ASKS_MAX: u32 = 2_000;

/// The connections that are open, by address.
static OPEN: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());
static AT_EXIT: Once = Once::new();

unsafe extern "C" {
    fn atexit(run: extern "C" fn()) -> c_int;
}

/// Sees to it that the end of the program holds this connection. It has to be opened "serialized":
/// others have no lock that could be held.
///
/// # Errors
/// When the connection is gone or SQLite has no memory left.
pub(crate) async fn told_of(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let mut locked = connection.lock_handle().await?;
    let db = locked.as_raw_handle().as_ptr();
    // Opening the connection let SQLCipher register first; what is registered later runs earlier.
    // SAFETY: a plain function without arguments; it touches only this module's own state.
    let registered = || {
        if unsafe { atexit(hold_all) } != 0 {
            tracing::warn!("the program's end does not wait for open files");
        }
    };
    AT_EXIT.call_once(registered);
    open().insert(db as usize);
    // A function's destructor is the one call of SQLite that comes after a connection's files, and
    // with them everything of SQLCipher's, are closed, and before its lock goes.
    // SAFETY: `db` is open while `locked` lives; the pointer handed on is a number to us.
    let code = unsafe {
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
    };
    if code == c::SQLITE_OK {
        return Ok(());
    }
    // SQLite has called `closed` by then.
    Err(sqlx::Error::Protocol(format!(
        "a connection could not be told of: SQLite's code {code}"
    )))
}

fn open() -> std::sync::MutexGuard<'static, BTreeSet<usize>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

unsafe extern "C" fn answer_nothing(
    _: *mut c::sqlite3_context,
    _: c_int,
    _: *mut *mut c::sqlite3_value,
) {
}

unsafe extern "C" fn closed(db: *mut c_void) {
    open().remove(&(db as usize));
}

extern "C" fn hold_all() {
    for _ in 0..ASKS_MAX {
        let mut left = open();
        left.retain(|db| !held(*db as *mut c::sqlite3));
        if left.is_empty() {
            return;
        }
        // A connection that is closing needs the list to say so.
        drop(left);
        sleep(ASK);
    }
}

/// Takes the connection's lock for good. False while its thread is inside SQLite.
fn held(db: *mut c::sqlite3) -> bool {
    // SAFETY: the connection is listed, so it is not closed: its lock is there. Closing waits for the
    // list, which the caller has, before it lets the lock go.
    unsafe { c::sqlite3_mutex_try(c::sqlite3_db_mutex(db)) == c::SQLITE_OK }
}
