//! Points between two effects at which whoever opened the device may look on, and never come back: how a
//! simulator plays a program that ends there. Nobody looks on otherwise.

use std::future::Future;
use std::pin::Pin;

use crate::error::Result;
use crate::membership::Membership;

/// Where a membership is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// A command is about to be committed.
    Committing,
    /// A command was committed, and nobody was told yet.
    Committed,
    /// Between two effects of a flight up.
    Pushing,
    /// Between two effects of a flight down.
    Pulling,
    /// Commands were told that the base goes back, and it has not yet.
    BaseLost,
    /// The base has moved, and the outbox does not know yet.
    Applied,
}

/// What [`Probe::at`] returns.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Who looks on.
pub trait Probe: Send + Sync {
    /// Called at each point. What never comes back is a program that ended there; an error is a file
    /// that could not be written.
    fn at(&self, point: Point) -> Looking<'_>;
}

impl Membership {
    /// Tells whoever looks on.
    pub(crate) async fn at(&self, point: Point) -> Result<()> {
        match &self.probe {
            Some(probe) => probe.at(point).await,
            None => Ok(()),
        }
    }
}
