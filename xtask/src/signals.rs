//! Ctrl-C and polite stops: two calls into the C library that every program links anyway.
//!
//! The standard library can neither catch a signal nor send one. A crate for it would be the
//! only dependency of this program that is not about reading text, so the two declarations
//! are here; the rest of the workspace stays free of `unsafe`.
#![allow(unsafe_code)]

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED_TO_END: AtomicBool = AtomicBool::new(false);

/// What to send to a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The same as Ctrl-C.
    Interrupt,
    /// What service managers send.
    Terminate,
}

/// Whether somebody pressed Ctrl-C or asked the program to terminate since [`watch`].
pub fn asked_to_end() -> bool {
    ASKED_TO_END.load(Ordering::SeqCst)
}

#[cfg(unix)]
mod system {
    use super::{ASKED_TO_END, Ordering, Signal};

    const SIGINT: i32 = 2;
    const SIGTERM: i32 = 15;

    unsafe extern "C" {
        fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
        fn kill(process: i32, number: i32) -> i32;
    }

    extern "C" fn note(_number: i32) {
        ASKED_TO_END.store(true, Ordering::SeqCst);
    }

    pub fn watch() {
        // SAFETY: `note` only stores to an atomic, which is allowed inside a signal handler,
        // and it lives as long as the program.
        unsafe {
            signal(SIGINT, note);
            signal(SIGTERM, note);
        }
    }

    pub fn send(process: u32, what: Signal) {
        let number = match what {
            Signal::Interrupt => SIGINT,
            Signal::Terminate => SIGTERM,
        };
        if let Ok(process) = i32::try_from(process) {
            // SAFETY: plain integers; a process that is gone gives an error that changes nothing.
            unsafe { kill(process, number) };
        }
    }
}

#[cfg(not(unix))]
mod system {
    use super::Signal;

    pub fn watch() {}

    pub fn send(_process: u32, _what: Signal) {}
}

/// From now on Ctrl-C and a request to terminate set a flag instead of ending the program.
pub fn watch() {
    system::watch();
}

/// Sends the signal to a child that has not been waited for.
pub fn send(child: &Child, what: Signal) {
    system::send(child.id(), what);
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{Signal, send};
    use std::os::unix::process::ExitStatusExt;
    use std::process::Command;

    fn comm(process: u32) -> String {
        std::fs::read_to_string(format!("/proc/{process}/comm")).unwrap()
    }

    #[test]
    fn a_child_is_ended_by_the_signal_that_was_sent() {
        for (what, number) in [(Signal::Interrupt, 2), (Signal::Terminate, 15)] {
            // Whoever started the tests may ignore SIGINT, and children inherit that.
            let mut child = Command::new("env")
                .args(["--default-signal=INT", "sleep", "60"])
                .spawn()
                .unwrap();
            // Until the exec, `env` may still ignore the signal.
            while comm(child.id()) != "sleep\n" {
                std::thread::yield_now();
            }
            send(&child, what);
            assert_eq!(child.wait().unwrap().signal(), Some(number));
        }
    }
}
