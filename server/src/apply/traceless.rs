//! Answers to commands that leave no trace.

use carrot_wire::envelope::{CommandBody, EnvelopeError};
use carrot_wire::{Envelope, Verdict, VerdictClass};
use uuid::Uuid;

use super::effects::Effect;

/// An answer to a command that leaves no trace.
pub(super) fn unrecorded(body: &CommandBody, class: VerdictClass, code: &str) -> Verdict {
    Effect::none(class, code).verdict(body.device_seq, body.command_id, 0, &Default::default())
}

/// The answer to bytes whose signature does not hold or that do not read: the queue stops, since
/// what comes after them in the chain cannot be trusted either.
pub(super) fn unreadable(envelope: &Envelope, error: &EnvelopeError) -> Verdict {
    let code = match error {
        EnvelopeError::TooLarge => "command_too_large",
        EnvelopeError::UnknownSuite => "upgrade_required",
        EnvelopeError::Crypto(_) => "signature_invalid",
        EnvelopeError::Unreadable(_) | EnvelopeError::UnknownKind(_) => "command_unreadable",
    };
    let (seq, id) = envelope
        .body()
        .map_or((0, Uuid::nil()), |body| (body.device_seq, body.command_id));
    Effect::none(VerdictClass::Blocked, code).verdict(seq, id, 0, &Default::default())
}
