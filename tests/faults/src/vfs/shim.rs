//! The layer itself: every method passes on to the system's own, and tells the log.
#![allow(unsafe_code)] // SQLite's interface for layers is one of C functions and pointers

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use libsqlite3_sys::{
    SQLITE_FULL, SQLITE_IOERR_FSYNC, SQLITE_IOERR_WRITE, SQLITE_OK, sqlite3_file,
    sqlite3_initialize, sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};

use super::log::{Answer, Event, before_sync, before_write, happened};

/// Our part of an open file; the system's own follows behind it.
#[repr(C)]
struct Layered {
    base: sqlite3_file,
    /// Owned; none for a temporary file without a name.
    path: *mut PathBuf,
}

struct Real(*mut sqlite3_vfs);
// SAFETY: SQLite's own file system object lives as long as the process and may be used by any thread.
unsafe impl Send for Real {}
// SAFETY: as above; it is only read.
unsafe impl Sync for Real {}

static REAL: OnceLock<Real> = OnceLock::new();

const HEAD_BYTES: usize = size_of::<Layered>();

/// Puts the layer in front of the system's files for the rest of this process.
pub fn register() {
    REAL.get_or_init(|| {
        // SAFETY: SQLite is initialised before its list is asked, the found object is never freed, and
        // ours is leaked, so that it lives as long.
        unsafe {
            sqlite3_initialize();
            let real = sqlite3_vfs_find(std::ptr::null());
            let mut ours: sqlite3_vfs = *real;
            ours.zName = c"carrot-faults".as_ptr();
            ours.pNext = std::ptr::null_mut();
            ours.szOsFile += c_int::try_from(HEAD_BYTES).unwrap_or(c_int::MAX);
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            sqlite3_vfs_register(Box::leak(Box::new(ours)), 1);
            Real(real)
        }
    });
}

fn real() -> *mut sqlite3_vfs {
    REAL.get().map_or(std::ptr::null_mut(), |real| real.0)
}

/// The system's own part of an open file.
unsafe fn below(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: SQLite allocated `szOsFile` bytes, ours and the system's behind them.
    unsafe { file.cast::<u8>().add(HEAD_BYTES).cast() }
}

unsafe fn path_of<'a>(file: *mut sqlite3_file) -> Option<&'a Path> {
    // SAFETY: `open` has set the pointer, and `close` frees it after the last use.
    unsafe {
        (*file.cast::<Layered>())
            .path
            .as_ref()
            .map(PathBuf::as_path)
    }
}

unsafe fn named(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: SQLite's names end with a zero byte.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    Some(PathBuf::from(OsStr::from_bytes(bytes)))
}

unsafe extern "C" fn open(
    _vfs: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: the file has room for both parts; the system's own method gets its own part and object.
    unsafe {
        let layered = file.cast::<Layered>();
        (*layered).base.pMethods = std::ptr::null();
        (*layered).path = std::ptr::null_mut();
        let lower = below(file);
        (*lower).pMethods = std::ptr::null();
        let Some(method) = (*real()).xOpen else {
            return libsqlite3_sys::SQLITE_CANTOPEN;
        };
        let code = method(real(), name, lower, flags, out);
        if (*lower).pMethods.is_null() {
            return code;
        }
        if let Some(path) = named(name) {
            happened(&path, || Event::Opened(path.clone()));
            (*layered).path = Box::into_raw(Box::new(path));
        }
        (*layered).base.pMethods = &raw const METHODS;
        code
    }
}

unsafe extern "C" fn delete(_vfs: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        if let Some(path) = named(name) {
            happened(&path, || Event::Deleted(path.clone()));
        }
        (*real())
            .xDelete
            .map_or(SQLITE_OK, |method| method(real(), name, sync))
    }
}

/// Passes a call on to the system's own part of the file.
macro_rules! pass {
    ($file:expr, $method:ident $(, $argument:expr)*) => {{
        let lower = below($file);
        match (*(*lower).pMethods).$method {
            Some(method) => method(lower $(, $argument)*),
            None => libsqlite3_sys::SQLITE_IOERR,
        }
    }};
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: the path was boxed by `open` and is not used after this.
    unsafe {
        let code = pass!(file, xClose);
        let layered = file.cast::<Layered>();
        if !(*layered).path.is_null() {
            drop(Box::from_raw((*layered).path));
            (*layered).path = std::ptr::null_mut();
        }
        code
    }
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    to: *mut c_void,
    bytes: c_int,
    at: i64,
) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xRead, to, bytes, at) }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: i64,
) -> c_int {
    // SAFETY: SQLite promises `bytes` readable bytes at `from`.
    unsafe {
        if let Some(path) = path_of(file) {
            let start = u64::try_from(at).unwrap_or(0);
            let count = usize::try_from(bytes).unwrap_or(0);
            let mut length: i64 = 0;
            pass!(file, xFileSize, &raw mut length);
            let end = start + u64::try_from(count).unwrap_or(0);
            match before_write(path, u64::try_from(length).unwrap_or(0), end) {
                Answer::Full => return SQLITE_FULL,
                Answer::Broken => return SQLITE_IOERR_WRITE,
                Answer::Pass => {}
            }
            let data = std::slice::from_raw_parts(from.cast::<u8>(), count);
            happened(path, || {
                Event::Written(path.to_owned(), start, data.to_vec())
            });
        }
        pass!(file, xWrite, from, bytes, at)
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: i64) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        if let Some(path) = path_of(file) {
            let size = u64::try_from(size).unwrap_or(0);
            happened(path, || Event::Sized(path.to_owned(), size));
        }
        pass!(file, xTruncate, size)
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        if let Some(path) = path_of(file) {
            if before_sync(path) != Answer::Pass {
                return SQLITE_IOERR_FSYNC;
            }
            let code = pass!(file, xSync, flags);
            if code == SQLITE_OK {
                happened(path, || Event::Synced(path.to_owned()));
            }
            return code;
        }
        pass!(file, xSync, flags)
    }
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut i64) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xFileSize, size) }
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xLock, level) }
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xUnlock, level) }
}

unsafe extern "C" fn check_lock(file: *mut sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xCheckReservedLock, out) }
}

unsafe extern "C" fn control(file: *mut sqlite3_file, what: c_int, with: *mut c_void) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xFileControl, what, with) }
}

unsafe extern "C" fn sector_size(file: *mut sqlite3_file) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xSectorSize) }
}

unsafe extern "C" fn characteristics(file: *mut sqlite3_file) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xDeviceCharacteristics) }
}

unsafe extern "C" fn shared(
    file: *mut sqlite3_file,
    page: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xShmMap, page, size, extend, out) }
}

unsafe extern "C" fn lock_shared(
    file: *mut sqlite3_file,
    at: c_int,
    n: c_int,
    how: c_int,
) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xShmLock, at, n, how) }
}

unsafe extern "C" fn barrier(file: *mut sqlite3_file) {
    // SAFETY: passed on as it came.
    unsafe {
        let lower = below(file);
        if let Some(method) = (*(*lower).pMethods).xShmBarrier {
            method(lower);
        }
    }
}

unsafe extern "C" fn unmap_shared(file: *mut sqlite3_file, delete: c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe { pass!(file, xShmUnmap, delete) }
}

/// Version 2: with shared memory, without memory maps of the file itself, which would pass by the log.
static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_lock),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shared),
    xShmLock: Some(lock_shared),
    xShmBarrier: Some(barrier),
    xShmUnmap: Some(unmap_shared),
    xFetch: None,
    xUnfetch: None,
};
