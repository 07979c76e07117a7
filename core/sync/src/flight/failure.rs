//! Why a call brought nothing, and what follows from it.

/// What kept a call from arriving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// No network, a closed port, a timeout, an answer that broke off: it may pass in a moment.
    Passing,
    /// The server's name is not known or its certificate is not trusted: asking again soon changes
    /// nothing.
    Lasting,
}

/// A call that brought nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure<'a> {
    /// No answer: it cannot be known whether the call had an effect.
    Unreachable(LineFault),
    /// The server said no, or that it cannot now.
    Refused {
        /// HTTP status.
        status: u16,
        /// Its code.
        code: &'a str,
        /// The pause that it wants, milliseconds.
        retry_after_ms: Option<i64>,
    },
    /// An answer that does not follow the protocol, or a store of this device that failed.
    Other,
}

/// The status of a server that speaks no protocol of this device.
const STATUS_UPGRADE: u16 = 426;
/// The status of a refusal for want of rights.
const STATUS_FORBIDDEN: u16 = 403;
/// The code of a device whose rights were taken away.
const CODE_REVOKED: &str = "revoked";

impl Failure<'_> {
    /// True when the queue stops until somebody asks again: a revoked device, or a program that is
    /// too old. Everything is kept.
    #[must_use]
    pub fn blocks(&self) -> bool {
        matches!(self, Self::Refused { status, code, .. }
            if *status == STATUS_UPGRADE || (*status == STATUS_FORBIDDEN && *code == CODE_REVOKED))
    }

    /// The pause that the server wants, milliseconds.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<i64> {
        match self {
            Self::Refused { retry_after_ms, .. } => *retry_after_ms,
            Self::Unreachable(_) | Self::Other => None,
        }
    }

    /// True when the server did not answer at all.
    #[must_use]
    pub fn unreachable(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }

    /// True when asking again soon changes nothing.
    #[must_use]
    pub fn lasting(&self) -> bool {
        matches!(self, Self::Unreachable(LineFault::Lasting))
    }

    /// True when the server understood and does not take just this: others may still be taken.
    #[must_use]
    pub fn only_this(&self) -> bool {
        matches!(self, Self::Refused { status, .. } if (400..500).contains(status)
            && !matches!(*status, 401 | 408 | 425 | 429) && !self.blocks())
    }
}
