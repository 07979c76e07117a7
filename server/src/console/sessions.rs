//! Sessions of console people. They live in memory: a restart of the server ends them, and nothing
//! that is stored or backed up opens a console.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, header};
use carrot_wire::crypto;
use uuid::Uuid;

use crate::error::Result;
use crate::secrets::{SystemEntropy, random_text};

/// The cookie's name.
pub const COOKIE: &str = "carrot_console";
/// How long a session lasts, milliseconds.
pub const SESSION_AGE_MS_MAX: i64 = 12 * 3_600_000;
/// How long a session lasts without a call, milliseconds.
pub const SESSION_IDLE_MS_MAX: i64 = 2 * 3_600_000;
/// The most sessions at a time; the oldest one ends when another begins.
const SESSIONS_MAX: usize = 1_000;

#[derive(Debug, Clone, Copy)]
struct Entry {
    programme: Uuid,
    participant: Uuid,
    began_ms: i64,
    seen_ms: i64,
}

/// The sessions that are open, by the hash of their secret.
#[derive(Debug, Default)]
pub struct Sessions {
    open: Mutex<HashMap<String, Entry>>,
}

fn ended(entry: &Entry, now_ms: i64) -> bool {
    now_ms - entry.began_ms >= SESSION_AGE_MS_MAX || now_ms - entry.seen_ms >= SESSION_IDLE_MS_MAX
}

impl Sessions {
    /// Opens a session and answers its secret.
    pub fn begin(&self, programme: Uuid, participant: Uuid, now_ms: i64) -> Result<String> {
        let secret = random_text(&SystemEntropy)?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, entry| !ended(entry, now_ms));
        if open.len() >= SESSIONS_MAX {
            let oldest = open.iter().min_by_key(|(_, entry)| entry.seen_ms);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                open.remove(&key);
            }
        }
        let entry = Entry {
            programme,
            participant,
            began_ms: now_ms,
            seen_ms: now_ms,
        };
        open.insert(crypto::hash(&[secret.as_bytes()]), entry);
        Ok(secret)
    }

    /// Programme and participant of a session that is still open; notes the call.
    pub fn find(&self, secret: &str, now_ms: i64) -> Option<(Uuid, Uuid)> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let key = crypto::hash(&[secret.as_bytes()]);
        let entry = open.get_mut(&key)?;
        if ended(entry, now_ms) {
            open.remove(&key);
            return None;
        }
        entry.seen_ms = now_ms;
        Some((entry.programme, entry.participant))
    }

    /// Ends a session.
    pub fn end(&self, secret: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&crypto::hash(&[secret.as_bytes()]));
    }
}

/// The session's secret in a request's cookies.
#[must_use]
pub fn secret(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.to_owned())
}

/// The `Set-Cookie` text that hands a secret out, or takes it back when `secret` is empty.
#[must_use]
pub fn cookie(secret: &str, secure: bool) -> String {
    let age_s = if secret.is_empty() {
        0
    } else {
        SESSION_AGE_MS_MAX / 1000
    };
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={secret}; Path=/; Max-Age={age_s}; HttpOnly; SameSite=Strict{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_end_by_age_by_idleness_and_by_signing_out() {
        let sessions = Sessions::default();
        let (programme, person) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let Ok(secret) = sessions.begin(programme, person, 0) else {
            panic!("no randomness")
        };
        assert_eq!(sessions.find(&secret, 1), Some((programme, person)));
        assert_eq!(sessions.find("another", 1), None);
        assert_eq!(sessions.find(&secret, 1 + SESSION_IDLE_MS_MAX), None);

        let Ok(secret) = sessions.begin(programme, person, 0) else {
            panic!("no randomness")
        };
        let mut now_ms = 0;
        while now_ms < SESSION_AGE_MS_MAX {
            assert!(sessions.find(&secret, now_ms).is_some(), "{now_ms}");
            now_ms += SESSION_IDLE_MS_MAX / 2;
        }
        assert_eq!(sessions.find(&secret, SESSION_AGE_MS_MAX), None);

        let Ok(secret) = sessions.begin(programme, person, 0) else {
            panic!("no randomness")
        };
        sessions.end(&secret);
        assert_eq!(sessions.find(&secret, 0), None);
    }

    #[test]
    fn the_cookie_is_found_among_others_and_is_strict() {
        let mut headers = HeaderMap::new();
        assert_eq!(secret(&headers), None);
        let text = format!("other=1; {COOKIE}=abc; more=2");
        headers.insert(
            header::COOKIE,
            text.parse().unwrap_or(header::HeaderValue::from_static("")),
        );
        assert_eq!(secret(&headers).as_deref(), Some("abc"));
        let plain = cookie("abc", false);
        assert!(plain.contains("HttpOnly") && plain.contains("SameSite=Strict"));
        assert!(!plain.contains("Secure") && cookie("abc", true).ends_with("; Secure"));
    }
}
