//! One exchange with the server: commands up, photos up, changes down. One flight at a time.

use std::sync::atomic::Ordering;

use carrot_sync::flight::exchange::{Effect, Event, Exchange};
use carrot_sync::flight::{pull, push, uploads};
use carrot_sync::outbox::Happening;
use serde::Serialize;

use crate::error::{ClientError, Result};
use crate::membership::{Membership, offset_text};
use crate::outbox::{NOTE_ERROR, NOTE_OFFSET, NOTE_REFUSED, NOTE_STOPPED, NOTE_SYNCED};
use crate::push::confused;
use crate::remembered::NOTE_PIN_COUNT_LOST;

/// What an exchange did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Commands that got their final answer.
    pub pushed: u32,
    /// Of these, accepted.
    pub accepted: u32,
    /// Refused.
    pub rejected: u32,
    /// Under review.
    pub parked: u32,
    /// Changes received.
    pub pulled_changes: u32,
    /// Accepted with other points than the device had shown.
    pub adjusted: u32,
}

impl Membership {
    /// Pushes everything, uploads photos, pulls everything. A second call at the same time waits for
    /// the first. Errors: `server_unreachable` and the server's refusals; nothing is lost by any.
    pub async fn sync(&self) -> Result<SyncReport> {
        // Whoever asks has the app awake.
        self.line.set_away(false);
        let flight = self.flight.lock().await;
        self.ask_again().await?;
        let mut report = SyncReport::default();
        let result = self.exchange(&mut report).await;
        self.heard(&result).await?;
        drop(flight);
        self.asked.store(true, Ordering::Relaxed);
        self.nudge.notify_one();
        result.map(|()| report)
    }

    /// Carries out a whole exchange; the last refusal of its flights is its own.
    async fn exchange(&self, report: &mut SyncReport) -> Result<()> {
        let mut exchange = Exchange::new();
        let (mut effect, mut error) = (exchange.step(Event::Begin), None);
        loop {
            let unreachable = |error: &ClientError| error.failure().unreachable();
            let event = match effect {
                Effect::Push => {
                    let pushed = self.push_all(report).await;
                    Event::Pushed {
                        unreachable: pushed.as_ref().is_err_and(unreachable),
                        end: pushed.unwrap_or_else(|failed| {
                            error = Some(failed);
                            push::End::Failed
                        }),
                    }
                }
                Effect::Upload => {
                    let brought = self.upload_photos().await;
                    Event::Uploaded {
                        unreachable: brought.as_ref().is_err_and(unreachable),
                        end: brought.unwrap_or_else(|failed| {
                            error = Some(failed);
                            uploads::End::Failed
                        }),
                    }
                }
                Effect::Pull => Event::Pulled(match self.pull_all(report).await {
                    Ok(resend) => pull::End::Level {
                        resend,
                        news: false,
                    },
                    Err(failed) => {
                        error = Some(failed);
                        pull::End::Failed
                    }
                }),
                Effect::End(true) => return Ok(()),
                Effect::End(false) => return Err(error.unwrap_or_else(confused)),
            };
            effect = exchange.step(event);
        }
    }

    /// Commands, then the photos that belong to them.
    pub(crate) async fn push_up(&self, report: &mut SyncReport) -> Result<push::End> {
        let end = self.push_all(report).await?;
        self.upload_photos().await?;
        Ok(end)
    }

    /// A person asks: what had stopped is tried again.
    async fn ask_again(&self) -> Result<()> {
        self.happen(Happening::AskedAgain, 0).await?;
        if self.outbox.note(NOTE_STOPPED).await?.is_some() {
            self.outbox.set_notes(&[(NOTE_STOPPED, None)]).await?;
        }
        Ok(())
    }

    /// Notes how an exchange ended, for status and for the next start.
    pub(crate) async fn heard<T>(&self, result: &Result<T>) -> Result<()> {
        let reached = !matches!(result, Err(ClientError::Unreachable(_)));
        self.attempted.store(true, Ordering::Relaxed);
        let was = self.online.swap(reached, Ordering::Relaxed);
        let mut notes = Vec::new();
        if let Some(offset) = self.line.offset() {
            notes.push((NOTE_OFFSET, Some(offset_text(&offset)?)));
        }
        match result {
            Ok(_) => {
                notes.push((NOTE_SYNCED, Some(self.now_ms().to_string())));
                notes.push((NOTE_ERROR, None));
                notes.push((NOTE_REFUSED, None));
                notes.push((NOTE_PIN_COUNT_LOST, None));
            }
            Err(error) => {
                notes.push((NOTE_ERROR, Some(error.code())));
                if let Some(code) = error.blocks() {
                    notes.push((NOTE_REFUSED, Some(code)));
                }
            }
        }
        self.outbox.set_notes(&notes).await?;
        if result.is_err() {
            self.forget_people_when_old().await?;
        }
        if was != reached {
            self.bump();
        }
        Ok(())
    }
}
