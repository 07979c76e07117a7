//! What travels between a device and the server: signed envelopes, verdicts, change pages,
//! certificates, rotating codes; with their limits, versions and error codes.
//!
//! Signed bytes are kept as they came: an [`envelope::Envelope`] holds the text that was signed, and
//! nobody serialises it again.

pub mod blob;
pub mod bundle;
pub mod burnt;
pub mod capability;
pub mod certificate;
pub mod challenge;
pub mod crypto;
pub mod enrol;
pub mod entropy;
pub mod envelope;
pub mod error;
pub mod handover;
pub mod hint;
pub mod limits;
pub mod member;
pub mod notary;
pub mod packing;
pub mod planted;
pub mod proof;
pub mod pull;
pub mod push;
pub mod resolve;
pub mod signed;
pub mod snapshot;
pub mod trust;
pub mod voucher;

pub use certificate::{CashierGrant, Certificate};
pub use envelope::{CommandBody, Envelope};
pub use error::CallError;
pub use push::{Verdict, VerdictClass};

/// The protocol's version.
pub const PROTO: u32 = 1;
/// The oldest version of the protocol that is still spoken. It rises only when a fork costs more than
/// the devices that it would shut out: those keep their queue and ask for an update.
pub const PROTO_FLOOR: u32 = 1;

/// True for a version of the protocol that is spoken here.
#[must_use]
pub fn speaks(proto: u32) -> bool {
    (PROTO_FLOOR..=PROTO).contains(&proto)
}
