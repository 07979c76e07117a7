//! What this device can prove to others.

use carrot_sync::outbox::STATES;
use carrot_wire::bundle::{BUNDLE_VERSION, Bundle};

use crate::error::{ClientError, Result};
use crate::membership::Membership;
use crate::outbox::NOTE_CERTIFICATE;

impl Membership {
    /// The commands that are kept here, in their order, with the countersignatures that bound them.
    /// Whoever has the server's public keys checks it with [`carrot_wire::bundle::check`].
    pub async fn proof(&self) -> Result<Bundle> {
        let certificate = self.outbox.note(NOTE_CERTIFICATE).await?;
        let certificate = certificate
            .ok_or_else(|| ClientError::OutboxUnreadable("no certificate".to_owned()))?;
        // Before the commands: one that comes in between would cover what is not in the list.
        let countersigned = self.outbox.countersigned().await?;
        let rows = self.outbox.rows(&STATES, i64::MAX).await?;
        Ok(Bundle {
            version: BUNDLE_VERSION,
            certificate: serde_json::from_str(&certificate)?,
            commands: rows.into_iter().map(|row| row.envelope).collect(),
            countersigned,
        })
    }
}
