//! After a server's history was rebuilt. What it answered once may not be what it has now: a copy of a
//! command that was late on its way may have come to the new history first, and was decided anew there.
//! So every answer kept here is asked for again, by sending the same bytes; the server repeats what it
//! has word for word. Only then is what was booked taken to be in what was pulled.

use carrot_sync::outbox::{Happening, State, Waiting, pushed_bytes, repeated};
use carrot_wire::limits::PUSH_COMMANDS_MAX;
use carrot_wire::push::{PushReply, PushRequest};

use crate::answers;
use crate::error::{ClientError, Result};
use crate::membership::Membership;
use crate::outbox::{self, NOTE_REFLECTED, Row};

impl Membership {
    /// Takes the answers to commands up to a number from the server's new history, and takes those that
    /// it accepted to be shown. Errors as a push; what was not settled is tried again by the next flight.
    pub(crate) async fn settle_through(&self, through: i64) -> Result<()> {
        let mut from = 0;
        while let Some(last) = self.ask_answers(from, through).await? {
            from = last.saturating_add(1);
        }
        self.outbox.settle_through(through).await?;
        let stands = serde_json::to_string(&self.cache()?.stands().await?)?;
        let reflected = (NOTE_REFLECTED, Some(stands));
        self.outbox.set_notes(&[reflected]).await
    }

    /// Asks for the answers to the next commands that have one. Answers the last number asked for; none
    /// when there are no more.
    async fn ask_answers(&self, from: i64, through: i64) -> Result<Option<i64>> {
        let mut rows = self.answered_rows(from, through).await?;
        let asked = rows.iter().map(|row| Waiting {
            seq: row.device_seq,
            state: row.state,
            bytes: pushed_bytes(&row.envelope),
        });
        rows.truncate(repeated(asked).max(1));
        let Some(last) = rows.last().map(|row| row.device_seq) else {
            return Ok(None);
        };
        let request = PushRequest {
            commands: rows.into_iter().map(|row| row.envelope).collect(),
        };
        let reply: PushReply = self.line.post("/v1/commands", &request).await?;
        if reply.expected_seq <= last {
            let detail = "the server was set back while it repeated its answers";
            return Err(ClientError::Protocol(detail.to_owned()));
        }
        self.take_again(&reply).await?;
        let unsettled = reply.verdicts.iter().find(|one| !one.class.is_final());
        match unsettled {
            None => Ok(Some(last)),
            // Another copy of this device came first under that number: the queue goes on from there, and
            // hears why it cannot.
            Some(verdict) => {
                self.happen(Happening::ServerLost, verdict.device_seq)
                    .await?;
                Ok(None)
            }
        }
    }

    async fn take_again(&self, reply: &PushReply) -> Result<()> {
        let mut view = self.view.write().await;
        view.overlay = None;
        let mut write = self.outbox.write().await?;
        answers::correct(&mut write, &reply.verdicts, self.now_ms()).await?;
        write.commit().await.map_err(outbox::failed)?;
        self.outbox.journal_verdicts(&reply.verdicts).await;
        Ok(())
    }

    async fn answered_rows(&self, from: i64, through: i64) -> Result<Vec<Row>> {
        let answered = [
            State::Accepted,
            State::Reflected,
            State::Rejected,
            State::Parked,
        ];
        let most = i64::try_from(PUSH_COMMANDS_MAX).unwrap_or(i64::MAX);
        self.outbox
            .rows_between(&answered, from..=through, most)
            .await
    }
}
