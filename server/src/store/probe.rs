//! Points at which whoever opened the store may look on and let it fail: how a simulator plays a database
//! that gives up, and a server that ends at a bad moment. Nobody looks on otherwise.

use std::sync::Arc;

use uuid::Uuid;

use crate::error::Result;

/// Where a store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorePoint {
    /// A write transaction is about to begin.
    Begin,
    /// A write transaction is about to be made durable.
    Commit,
    /// A device's command of this number is about to be applied.
    Apply(Uuid, i64),
}

/// Who looks on.
pub trait StoreProbe: Send + Sync {
    /// Called at each point. An error there is the database's.
    fn at(&self, point: StorePoint) -> std::result::Result<(), sqlx::Error>;
}

/// Somebody who looks on, or nobody.
pub(crate) type Probe = Option<Arc<dyn StoreProbe>>;

/// Tells whoever looks on.
pub(crate) fn tell(probe: &Probe, point: StorePoint) -> Result<()> {
    match probe {
        Some(probe) => Ok(probe.at(point)?),
        None => Ok(()),
    }
}
