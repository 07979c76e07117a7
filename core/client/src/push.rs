//! Commands up, verdicts down: carries out the flight of [`carrot_sync::flight::push`]. Each verdict
//! settles its own command; an answer that got lost is asked for again with the same bytes, and the
//! server repeats it word for word.

use carrot_sync::flight::push::{Effect, End, Event, Flight, Span, Stored};
use carrot_sync::outbox::{Happening, State, Waiting, pushed_bytes};
use carrot_wire::planted::{self, Bug};
use carrot_wire::push::{PushReply, PushRequest};
use carrot_wire::{Verdict, VerdictClass};

use crate::answers::{self, Moved};
use crate::error::{ClientError, Result, if_there_is_space};
use crate::membership::Membership;
use crate::outbox::{self, NOTE_STOPPED, Outbox, Row};
use crate::probe::Point;
use crate::sync::SyncReport;

/// The code of an accepted command whose points differ from those that the device showed.
const CODE_ADJUSTED: &str = "adjusted";

/// What a flight up holds between its effects.
#[derive(Default)]
struct Hold {
    rows: Vec<Row>,
    waiting: Vec<Waiting>,
    reply: Option<PushReply>,
    error: Option<ClientError>,
}

impl Membership {
    /// Sends everything that waits, in order.
    pub(crate) async fn push_all(&self, report: &mut SyncReport) -> Result<End> {
        let (mut flight, mut hold) = (Flight::new(), Hold::default());
        let mut effect = flight.step(Event::Done);
        loop {
            self.at(Point::Pushing).await?;
            let event = match effect {
                Effect::Move(happening, from) => Event::Moved(self.happen(happening, from).await?),
                Effect::Load(most) => {
                    self.load(&mut hold, most).await?;
                    Event::Loaded(&hold.waiting)
                }
                Effect::Depart(count) => self.depart(&hold, count).await?,
                Effect::Send(count) => self.send_batch(&mut hold, count).await,
                Effect::Store => Event::Stored(self.take(hold.reply.take(), report).await?),
                Effect::Stop(code) => self.stop(code).await.map(|()| Event::Done)?,
                Effect::End(End::Failed) => return Err(hold.error.unwrap_or_else(confused)),
                Effect::End(End::Confused) => return Err(confused()),
                Effect::End(end) => return Ok(end),
            };
            effect = flight.step(event);
        }
    }

    async fn load(&self, hold: &mut Hold, most: usize) -> Result<()> {
        let waiting = [State::Queued, State::Sending, State::Blocked];
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        hold.rows = self.outbox.rows(&waiting, most).await?;
        let seen = hold.rows.iter().map(|row| Waiting {
            seq: row.device_seq,
            state: row.state,
            bytes: pushed_bytes(&row.envelope),
        });
        hold.waiting = seen.collect();
        Ok(())
    }

    async fn depart<'a>(&self, hold: &Hold, count: usize) -> Result<Event<'a>> {
        let sent = hold.rows.get(..count).unwrap_or_default();
        if let (Some(first), Some(last)) = (sent.first(), sent.last()) {
            let now_ms = self.clock.now_ms();
            let (first, last) = (first.device_seq, last.device_seq);
            if_there_is_space(self.outbox.sent(first, last, now_ms).await)?;
        }
        Ok(Event::Done)
    }

    async fn send_batch<'a>(&self, hold: &mut Hold, count: usize) -> Event<'a> {
        let sent = hold.rows.iter().take(count);
        let request = PushRequest {
            commands: sent.map(|row| row.envelope.clone()).collect(),
        };
        match self.line.post("/v1/commands", &request).await {
            Ok(reply) => {
                hold.reply = Some(reply);
                Event::Answered
            }
            Err(error) => {
                let blocks = error.failure().blocks();
                hold.error = Some(error);
                Event::Failed { blocks }
            }
        }
    }

    /// Stores the verdicts.
    async fn take(&self, reply: Option<PushReply>, report: &mut SyncReport) -> Result<Stored> {
        let reply = reply.ok_or_else(confused)?;
        let mut view = self.view.write().await;
        view.overlay = None;
        let now_ms = self.now_ms();
        let mut write = self.outbox.write().await?;
        let moved = answers::store(&mut write, &reply.verdicts, now_ms).await?;
        let (mut settled, mut put_off) = (0_u32, None);
        for (verdict, moved) in reply.verdicts.iter().zip(moved) {
            let Some(Moved { before, after }) = moved else {
                tracing::warn!(
                    seq = verdict.device_seq,
                    "a verdict names a command not made here"
                );
                continue;
            };
            if before != after && verdict.class.is_final() {
                settled = settled.saturating_add(1);
                count(report, verdict);
            }
            if verdict.class == VerdictClass::Retry {
                put_off = Some(verdict.params.get("after_ms").and_then(|ms| ms.as_i64()));
            }
        }
        let rest = match planted::is(Bug::BatchWhole) {
            true => Happening::Answered(VerdictClass::Accepted),
            false => Happening::Unanswered,
        };
        Outbox::happen(&mut write, rest, 0).await?;
        write.commit().await.map_err(outbox::failed)?;
        self.outbox.journal_verdicts(&reply.verdicts).await;
        let span = self.span().await?;
        self.take_countersigned(reply.countersigned.as_ref())
            .await?;
        drop(view);
        self.bump();
        Ok(Stored {
            settled,
            put_off,
            expected_seq: reply.expected_seq,
            span,
        })
    }

    /// What is kept of this device's history.
    pub(crate) async fn span(&self) -> Result<Span> {
        let (lowest, highest, first_waiting) = self.outbox.span().await?;
        Ok(Span {
            lowest,
            highest,
            first_waiting,
        })
    }

    /// Stops the queue and notes why.
    pub(crate) async fn stop(&self, code: &str) -> Result<()> {
        let mut write = self.outbox.write().await?;
        Outbox::happen(&mut write, Happening::Answered(VerdictClass::Blocked), 0).await?;
        outbox::set_note(&mut write, NOTE_STOPPED, Some(code)).await?;
        write.commit().await.map_err(outbox::failed)
    }

    /// Moves the commands from a number on as a happening says; answers how many moved. What screens
    /// show is made anew from them.
    pub(crate) async fn happen(&self, happening: Happening, from_seq: i64) -> Result<u64> {
        let mut view = self.view.write().await;
        view.overlay = None;
        let moved = self.moved(happening, from_seq).await;
        match happening {
            Happening::Unanswered | Happening::AskedAgain => if_there_is_space(moved),
            _ => moved,
        }
    }

    /// [`Membership::happen`] for who holds the view and has dropped its overlay.
    pub(crate) async fn moved(&self, happening: Happening, from_seq: i64) -> Result<u64> {
        let mut write = self.outbox.write().await?;
        let moved = Outbox::happen(&mut write, happening, from_seq).await?;
        if happening == Happening::ServerLost {
            Self::doubt_photos(&mut write).await?;
        }
        write.commit().await.map_err(outbox::failed)?;
        if moved > 0 && happening == Happening::ServerLost {
            tracing::warn!(from_seq, "the server has lost commands and gets them again");
        }
        Ok(moved)
    }
}

/// A flight's effects and what came of them did not go together: a fault of this program.
pub(crate) fn confused() -> ClientError {
    ClientError::Storage("an exchange took a step that cannot follow".to_owned())
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
