//! The server's keys as they change: a newer list is taken when a key that counts here has signed it.

use carrot_wire::trust::{SignedTrust, Trust};

use crate::error::{ClientError, Result};
use crate::membership::Membership;
use crate::outbox::{NOTE_TRUST, Outbox};

impl Outbox {
    /// The newest list that was taken; none while the enrolment's keys hold.
    pub(crate) async fn trust(&self) -> Result<Option<Trust>> {
        let Some(text) = self.note(NOTE_TRUST).await? else {
            return Ok(None);
        };
        let signed: SignedTrust = serde_json::from_str(&text)?;
        let unreadable = |_| ClientError::OutboxUnreadable(NOTE_TRUST.to_owned());
        let list = signed.list().map_err(unreadable)?;
        Trust::of(&list).map(Some).map_err(unreadable)
    }
}

impl Membership {
    /// Takes over a newer list of the server's keys. One that no key which counts here has signed is
    /// refused.
    pub(crate) async fn take_trust(&self, signed: Option<&SignedTrust>) -> Result<()> {
        let Some(signed) = signed else { return Ok(()) };
        let taken = signed
            .succeed(&self.held_trust())
            .map_err(|error| ClientError::Protocol(format!("the server's keys: {error}")))?;
        let Some(trust) = taken else { return Ok(()) };
        let text = serde_json::to_string(signed)?;
        self.outbox.set_notes(&[(NOTE_TRUST, Some(text))]).await?;
        tracing::info!(version = trust.version, "the server's keys have changed");
        self.view.write().await.overlay = None;
        self.set_trust(trust);
        self.bump();
        Ok(())
    }
}
