//! Commands up, verdicts down. Each verdict settles its own command; an answer that got lost is
//! asked for again with the same bytes, and the server repeats it word for word.

use carrot_sync::outbox::{Happening, Standing, State, batch, standing};
use carrot_wire::limits::PUSH_COMMANDS_MAX;
use carrot_wire::push::{PushReply, PushRequest};
use carrot_wire::{Verdict, VerdictClass};

use crate::answers::{self, Moved};
use crate::error::Result;
use crate::membership::Membership;
use crate::outbox::{self, NOTE_STOPPED, Outbox, Row};
use crate::sync::SyncReport;

/// The code of an accepted command whose points differ from those that the device showed.
const CODE_ADJUSTED: &str = "adjusted";
/// The server has commands of this device that this folder never made.
const CODE_FORKED: &str = "forked";
/// The server needs commands that are no longer kept here.
const CODE_HISTORY_MISSING: &str = "history_missing";

/// How a push came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PushEnd {
    /// Nothing waits any more.
    Empty,
    /// The queue has stopped.
    Blocked,
    /// The server wants the rest later, after so many milliseconds if it said.
    PutOff(Option<i64>),
}

/// What one answer did.
#[derive(Debug, Default)]
struct Taken {
    settled: u32,
    resend: bool,
    put_off: Option<Option<i64>>,
}

impl Membership {
    /// Sends everything that waits, in order.
    pub(crate) async fn push_all(&self, report: &mut SyncReport) -> Result<PushEnd> {
        self.happen(Happening::Unanswered, 0).await?;
        let waiting = [State::Queued, State::Sending, State::Blocked];
        let most = i64::try_from(PUSH_COMMANDS_MAX).unwrap_or(i64::MAX);
        let mut resent = false;
        loop {
            let rows = self.outbox.rows(&waiting, most).await?;
            if rows.is_empty() {
                return Ok(PushEnd::Empty);
            }
            let count = batch(
                rows.iter()
                    .map(|row| (row.device_seq, row.state, &row.envelope)),
            );
            let Some(sent) = rows.get(..count).filter(|sent| !sent.is_empty()) else {
                return Ok(PushEnd::Blocked);
            };
            let reply = self.push_batch(sent).await?;
            let taken = self.take(&reply, report).await?;
            if let Some(pause) = taken.put_off {
                return Ok(PushEnd::PutOff(pause));
            }
            let again = taken.resend && !resent;
            resent |= taken.resend;
            if self.outbox.stopped().await? {
                return Ok(PushEnd::Blocked);
            }
            if taken.settled == 0 && !again {
                return Ok(PushEnd::PutOff(None));
            }
        }
    }

    async fn push_batch(&self, sent: &[Row]) -> Result<PushReply> {
        if let (Some(first), Some(last)) = (sent.first(), sent.last()) {
            let now_ms = self.clock.now_ms();
            self.outbox
                .sent(first.device_seq, last.device_seq, now_ms)
                .await?;
        }
        let request = PushRequest {
            commands: sent.iter().map(|row| row.envelope.clone()).collect(),
        };
        let answered = self.line.post("/v1/commands", &request).await;
        if let Err(error) = &answered {
            let class = error.blocks().map(|_| VerdictClass::Blocked);
            let happening = class.map_or(Happening::Unanswered, Happening::Answered);
            self.happen(happening, 0).await?;
        }
        answered
    }

    /// Stores the verdicts and compares the two histories.
    async fn take(&self, reply: &PushReply, report: &mut SyncReport) -> Result<Taken> {
        let mut taken = Taken::default();
        let mut view = self.view.write().await;
        view.overlay = None;
        let now_ms = self.clock.now_ms();
        let mut write = self.outbox.write().await?;
        let moved = answers::store(&mut write, &reply.verdicts, now_ms).await?;
        for (verdict, moved) in reply.verdicts.iter().zip(moved) {
            let Some(Moved { before, after }) = moved else {
                tracing::warn!(
                    seq = verdict.device_seq,
                    "a verdict names a command not made here"
                );
                continue;
            };
            if before != after && verdict.class.is_final() {
                taken.settled = taken.settled.saturating_add(1);
                count(report, verdict);
            }
            if verdict.class == VerdictClass::Retry {
                taken.put_off = Some(verdict.params.get("after_ms").and_then(|ms| ms.as_i64()));
            }
        }
        Outbox::happen(&mut write, Happening::Unanswered, 0).await?;
        write.commit().await.map_err(outbox::failed)?;
        self.outbox.journal_verdicts(&reply.verdicts).await;
        taken.resend = self.compare(reply.expected_seq).await?;
        drop(view);
        self.bump();
        Ok(taken)
    }

    /// Compares the server's next number with what is kept here. True when commands must be sent
    /// again. The caller holds the view and has dropped its overlay.
    pub(crate) async fn compare(&self, expected_seq: i64) -> Result<bool> {
        let (lowest, highest, first_waiting) = self.outbox.span().await?;
        let code = match standing(expected_seq, lowest, highest, first_waiting) {
            Standing::Level => return Ok(false),
            Standing::ResendFrom(seq) => {
                tracing::warn!(seq, "the server has lost commands and gets them again");
                return Ok(self.happen(Happening::ServerLost, seq).await? > 0);
            }
            Standing::Forked => CODE_FORKED,
            Standing::HistoryMissing => CODE_HISTORY_MISSING,
        };
        let mut write = self.outbox.write().await?;
        Outbox::happen(&mut write, Happening::Answered(VerdictClass::Blocked), 0).await?;
        outbox::set_note(&mut write, NOTE_STOPPED, Some(code)).await?;
        write.commit().await.map_err(outbox::failed)?;
        Ok(false)
    }

    /// Moves every command on or above a number to the state that follows from a happening.
    pub(crate) async fn happen(&self, happening: Happening, from_seq: i64) -> Result<u64> {
        let mut write = self.outbox.write().await?;
        let moved = Outbox::happen(&mut write, happening, from_seq).await?;
        write.commit().await.map_err(outbox::failed)?;
        Ok(moved)
    }
}

fn count(report: &mut SyncReport, verdict: &Verdict) {
    let add = |number: &mut u32| *number = number.saturating_add(1);
    add(&mut report.pushed);
    match verdict.class {
        VerdictClass::Accepted => add(&mut report.accepted),
        VerdictClass::Rejected => add(&mut report.rejected),
        VerdictClass::Parked => add(&mut report.parked),
        VerdictClass::Retry | VerdictClass::Blocked => {}
    }
    if verdict.class == VerdictClass::Accepted && verdict.code == CODE_ADJUSTED {
        add(&mut report.adjusted);
    }
}
