//! Where random bytes come from. Whatever decides draws none: a host passes a source in, and who plays
//! everything again from one seed passes its own.

use thiserror::Error;

/// No random bytes were to be had; what needed them has not happened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no random bytes: {0}")]
pub struct NoEntropy(pub String);

/// A source of bytes that nobody can guess: keys, ids and secrets are made of them.
pub trait Entropy: Send + Sync {
    /// Fills the whole slice, or errors.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
}

/// So many bytes of a source.
///
/// # Errors
/// The source's own.
pub fn draw<const N: usize>(entropy: &dyn Entropy) -> Result<[u8; N], NoEntropy> {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes)?;
    Ok(bytes)
}
