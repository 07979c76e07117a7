//! Everything that can go wrong on a device, with its stable code.

use carrot_sync::flight::Failure;
use carrot_wire::CallError;
use thiserror::Error;

use crate::leave::Unsent;
use crate::transport::NoAnswer;

/// There is no space left.
pub const CODE_FULL: &str = "disk_full";

/// The result of a call.
pub type Result<T> = std::result::Result<T, ClientError>;

/// What went wrong. [`ClientError::to_call_error`] gives the stable code.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ClientError {
    /// The server said no, or that it cannot now.
    #[error("{call}")]
    Refused {
        /// Its words.
        call: CallError,
        /// HTTP status.
        status: u16,
        /// The pause that it wants, milliseconds.
        retry_after_ms: Option<i64>,
    },
    /// No answer. Nothing is lost; it is tried again.
    #[error("the server cannot be reached: {}", .0.detail)]
    Unreachable(NoAnswer),
    /// An answer that does not follow the protocol.
    #[error("the server's answer does not follow the protocol: {0}")]
    Protocol(String),
    /// Another process has the folder open.
    #[error("another program has this device folder open: {0}")]
    DeviceInUse(String),
    /// A newer version of the program wrote this file. Nothing was touched.
    #[error("{file} has schema version {found}; this program knows up to {known}: update it")]
    NewerSchema {
        /// The file.
        file: String,
        /// Its version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// The cache cannot be read; it can be rebuilt, and the outbox is safe.
    #[error("the cache cannot be read; rebuild it (commands that wait are kept): {0}")]
    CacheDamaged(String),
    /// The outbox cannot be read. Nothing was touched.
    #[error("the outbox cannot be read and was left as it is: {0}")]
    OutboxUnreadable(String),
    /// No keyring answers.
    #[error(
        "no keyring is available: start a secret service (for example gnome-keyring), or use \
         --insecure-key-file on a headless machine: {0}"
    )]
    KeyringUnavailable(String),
    /// The keyring, or the key file, does not hold this membership's keys.
    #[error("the keys of this membership are missing: {0}; enrol this device anew")]
    KeyMissing(String),
    /// The queue has reached its limit.
    #[error("{waiting} commands wait, the limit is {max}: connect to the server first")]
    QueueFull {
        /// Commands that wait.
        waiting: u64,
        /// The limit.
        max: u64,
    },
    /// Something waits for the server; leaving now would forget it.
    #[error(
        "{} commands and {} photos were not sent yet; send them, write them to a file, or keep \
         them here",
        .0.commands, .0.photos
    )]
    Unsent(Unsent),
    /// A PIN did not match.
    #[error("wrong PIN; {left} more tries before a pause")]
    WrongPin {
        /// Tries before the next pause.
        left: u32,
    },
    /// PINs are not looked at now.
    #[error("too many wrong PINs")]
    PinLocked {
        /// How long, milliseconds; zero when only a manager can help.
        wait_ms: i64,
        /// True when only a manager can help, by setting a new PIN.
        manager: bool,
    },
    /// A store failed.
    #[error("a store failed: {0}")]
    Storage(String),
    /// Refused here, with a code of its own.
    #[error("{0}")]
    Call(CallError),
}

impl ClientError {
    /// A refusal that is made here.
    #[must_use]
    pub fn call(code: &str, detail: impl Into<String>) -> Self {
        Self::Call(CallError::new(code, detail))
    }

    /// The code and parameters for a screen.
    #[must_use]
    pub fn to_call_error(&self) -> CallError {
        let plain = |code: &str| CallError::new(code, self.to_string());
        match self {
            Self::Refused { call, .. } | Self::Call(call) => call.clone(),
            Self::Unreachable(_) => plain("server_unreachable"),
            Self::Protocol(_) => plain("protocol_error"),
            Self::DeviceInUse(_) => plain("device_in_use"),
            Self::NewerSchema { file, found, known } => plain("newer_schema")
                .with("file", file.as_str())
                .with("found", *found)
                .with("known", *known),
            Self::CacheDamaged(_) => plain("cache_damaged"),
            Self::OutboxUnreadable(_) => plain("outbox_unreadable"),
            Self::KeyringUnavailable(_) => plain("keyring_unavailable"),
            Self::KeyMissing(_) => plain("key_missing"),
            Self::QueueFull { waiting, max } => plain("queue_full")
                .with("waiting", *waiting)
                .with("max", *max),
            Self::Unsent(unsent) => plain("unsent_commands")
                .with("count", unsent.commands)
                .with("photos", unsent.photos)
                .with("oldest_ms", unsent.oldest_ms),
            Self::WrongPin { left } => plain("wrong_pin").with("left", *left),
            Self::PinLocked { wait_ms, manager } => plain("pin_locked")
                .with("wait_ms", *wait_ms)
                .with("manager", *manager),
            Self::Storage(_) => plain("storage_failed"),
        }
    }

    /// True for what came of asking the server; nothing is wrong here.
    #[must_use]
    pub fn came_by_the_line(&self) -> bool {
        matches!(
            self,
            Self::Protocol(_) | Self::Unreachable(_) | Self::Refused { .. }
        )
    }

    /// True when there is no space left.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Call(call) if call.code == CODE_FULL)
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> String {
        self.to_call_error().code
    }

    /// What it means for the exchange.
    #[must_use]
    pub fn failure(&self) -> Failure<'_> {
        match self {
            Self::Unreachable(none) => Failure::Unreachable(none.fault),
            Self::Refused {
                call,
                status,
                retry_after_ms,
            } => Failure::Refused {
                status: *status,
                code: &call.code,
                retry_after_ms: *retry_after_ms,
            },
            _ => Failure::Other,
        }
    }

    /// The code that stops the queue, when the server's refusal does that: a revoked device, or a
    /// program too old. Everything is kept.
    #[must_use]
    pub fn blocks(&self) -> Option<String> {
        self.failure().blocks().then(|| self.code())
    }
}

impl From<sqlx::Error> for ClientError {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<std::io::Error> for ClientError {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(error.to_string())
    }
}

impl From<serde_json::Error> for ClientError {
    fn from(error: serde_json::Error) -> Self {
        Self::Storage(format!("a stored value cannot be read: {error}"))
    }
}

/// What is only a hint is left out where there is no space for it: what waits can still be sent.
pub(crate) fn if_there_is_space<T: Default>(noted: Result<T>) -> Result<T> {
    match noted {
        Err(error) if error.is_full() => {
            tracing::warn!(%error, "a hint was not noted");
            Ok(T::default())
        }
        noted => noted,
    }
}
