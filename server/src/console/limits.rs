//! Limits on signing in: so many wrong passwords per user name and per address, then a wait.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Wrong passwords before a name or an address has to wait.
pub const LOGIN_FAILURES_MAX: usize = 5;
/// Wrong passwords from one address, which may be the proxy of a whole office.
pub const ADDRESS_FAILURES_MAX: usize = 50;
/// How long a wrong password counts, milliseconds.
pub const LOGIN_WINDOW_MS: i64 = 15 * 60_000;
/// The most names and addresses that are remembered.
const LOGIN_KEYS_MAX: usize = 10_000;

/// Recent attempts by name and address.
#[derive(Debug, Default)]
pub struct LoginLimits {
    attempts: Mutex<HashMap<String, Vec<i64>>>,
}

fn most(key: &str) -> usize {
    if key.starts_with("address:") {
        ADDRESS_FAILURES_MAX
    } else {
        LOGIN_FAILURES_MAX
    }
}

impl LoginLimits {
    /// Counts an attempt under each key before the password is looked at, so that attempts side by
    /// side count too. Answers how long to wait, milliseconds, when a key has had too many; then the
    /// attempt is not counted and must not be looked at.
    pub fn begin(&self, keys: &[String], now_ms: i64) -> Result<(), i64> {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut wait_ms = 0;
        for key in keys {
            let Some(times) = attempts.get_mut(key) else {
                continue;
            };
            times.retain(|at| now_ms - at < LOGIN_WINDOW_MS);
            if times.len() >= most(key) {
                let oldest = times.first().copied().unwrap_or(now_ms);
                wait_ms = wait_ms.max(oldest + LOGIN_WINDOW_MS - now_ms);
            }
        }
        if wait_ms > 0 {
            return Err(wait_ms);
        }
        if attempts.len() + keys.len() > LOGIN_KEYS_MAX {
            attempts.retain(|_, times| times.iter().any(|at| now_ms - at < LOGIN_WINDOW_MS));
        }
        if attempts.len() + keys.len() > LOGIN_KEYS_MAX {
            return Err(LOGIN_WINDOW_MS);
        }
        for key in keys {
            attempts.entry(key.clone()).or_default().push(now_ms);
        }
        Ok(())
    }

    /// Takes back an attempt that was right; earlier wrong ones of the same name are forgotten.
    pub fn succeeded(&self, name: &str, keys: &[String]) {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            if key == name {
                attempts.remove(key);
            } else if let Some(times) = attempts.get_mut(key) {
                times.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_attempt_waits_until_the_first_is_old() {
        let limits = LoginLimits::default();
        let keys = ["user:karen".to_owned()];
        for at in 0..5 {
            assert_eq!(limits.begin(&keys, at), Ok(()));
        }
        assert_eq!(limits.begin(&keys, 10), Err(LOGIN_WINDOW_MS - 10));
        assert_eq!(limits.begin(&keys, LOGIN_WINDOW_MS), Ok(()));
    }

    #[test]
    fn a_right_password_clears_the_name_and_not_the_address() {
        let limits = LoginLimits::default();
        let keys = ["user:karen".to_owned(), "address:10.0.0.1".to_owned()];
        assert_eq!(limits.begin(&keys, 0), Ok(()));
        limits.succeeded(&keys[0], &keys);
        for number in 0..ADDRESS_FAILURES_MAX {
            let other = [format!("user:{number}"), keys[1].clone()];
            assert_eq!(limits.begin(&other, 0), Ok(()));
        }
        let other = ["user:piotr".to_owned(), keys[1].clone()];
        assert!(limits.begin(&other, 0).is_err());
    }
}
