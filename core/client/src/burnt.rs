//! The filter of used codes on a phone: fetched in the background a few times a day, kept in a file
//! beside the cache, asked before a claim is sent. Advice only: a claim is sent all the same.

use std::path::PathBuf;

use carrot_wire::burnt::Burnt;
use carrot_wire::crypto;

use crate::error::{ClientError, Result};
use crate::membership::Membership;
use crate::transport::Method;

/// The file's name in the membership's folder.
const FILE: &str = "burnt.bin";
/// The note of when the filter was last asked for, UTC milliseconds.
const NOTE_ASKED: &str = "burnt_ms";
/// How long a filter is taken as it is, milliseconds.
const FRESH_MS: i64 = 6 * 3_600_000;

impl Membership {
    fn burnt_file(&self) -> PathBuf {
        self.dir.join(FILE)
    }

    /// Fetches the filter when it is time and there is a newer one; true when one was kept. Only
    /// phones claim, so only phones ask.
    pub async fn refresh_burnt(&self) -> Result<bool> {
        let now_ms = self.now_ms();
        let asked = self.outbox.note(NOTE_ASKED).await?;
        let asked = asked.and_then(|text| text.parse::<i64>().ok());
        // A clock that was set back must not keep the filter for ever.
        let fresh =
            asked.is_some_and(|at_ms| now_ms.saturating_sub(at_ms).saturating_abs() < FRESH_MS);
        if fresh || self.certificate().role != "phone" {
            return Ok(false);
        }
        // Asked for, whatever comes of it: a server that cannot answer is not asked every ten seconds.
        let note = [(NOTE_ASKED, Some(now_ms.to_string()))];
        self.outbox.set_notes(&note).await?;
        let kept = tokio::fs::read(self.burnt_file()).await.unwrap_or_default();
        let path = match Burnt::from_bytes(&kept) {
            Some(_) => format!("/v1/burnt?have={}", crypto::hash(&[&kept])),
            None => "/v1/burnt".to_owned(),
        };
        let answer = self
            .line
            .authorised(Method::Get, &path, "", Vec::new())
            .await?;
        if answer.status == 204 {
            return Ok(false);
        }
        if Burnt::from_bytes(&answer.body).is_none() {
            return Err(ClientError::call(
                "protocol_error",
                "no filter of used codes",
            ));
        }
        self.keep_burnt(&answer.body).await?;
        Ok(true)
    }

    /// Writes beside the file and renames, so that half a filter is never read.
    async fn keep_burnt(&self, bytes: &[u8]) -> Result<()> {
        let half = self.burnt_file().with_extension("new");
        let failed = |error: std::io::Error| ClientError::call("storage_failed", error.to_string());
        tokio::fs::write(&half, bytes).await.map_err(failed)?;
        tokio::fs::rename(&half, self.burnt_file())
            .await
            .map_err(failed)
    }

    /// Whether a code was probably used already, as of the last filter; false without one. Errs
    /// towards yes in fewer than one case of a hundred, and towards no for what was used since.
    pub async fn probably_burnt(&self, code: &str) -> bool {
        let kept = tokio::fs::read(self.burnt_file()).await.unwrap_or_default();
        Burnt::from_bytes(&kept).is_some_and(|burnt| burnt.probably(code))
    }
}
