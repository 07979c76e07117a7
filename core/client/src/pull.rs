//! Changes down: carries out the flight of [`carrot_sync::flight::pull`]. Each answer is checked page
//! by page, then applied with its cursors in one transaction.

use carrot_sync::Booked;
use carrot_sync::flight::pull::{Effect, End, Event, Flight};
use carrot_sync::flight::push::Span;
use carrot_sync::outbox::State;
use carrot_sync::pages::PageStep;
use carrot_sync::plan::{Held, Plan, cursors};
use carrot_sync::snapshot::{Reached, Wanted};
use carrot_wire::PROTO;
use carrot_wire::capability;
use carrot_wire::certificate::SignedCertificate;
use carrot_wire::limits::PULL_BYTES_MAX;
use carrot_wire::pull::{PullReply, PullRequest};

use crate::cache::{self, Cache, Write};
use crate::error::{ClientError, Result, if_there_is_space};
use crate::membership::Membership;
use crate::outbox::{self, NOTE_CERTIFICATE, NOTE_REFLECTED, NOTE_UNSETTLED, Outbox};
use crate::probe::Point;
use crate::push::confused;
use crate::snapshot;
use crate::sync::SyncReport;

/// The bytes of changes that a device asks for first, when it holds nothing.
const FIRST_BYTES_MAX: usize = 128 * 1024;

/// What a flight down holds between its effects.
#[derive(Default)]
struct Hold {
    held: Vec<Held>,
    reply: Option<PullReply>,
    reached: Option<Reached>,
    laid: Option<Write>,
    error: Option<ClientError>,
}

impl Membership {
    /// Pulls until nothing is left. True when the server has lost commands that wait again now.
    pub(crate) async fn pull_all(&self, report: &mut SyncReport) -> Result<bool> {
        let mut flight = match self.outbox.note(NOTE_UNSETTLED).await? {
            Some(_) => Flight::unsettled(),
            None => Flight::new(),
        };
        let mut hold = Hold::default();
        let mut effect = flight.step(Event::Done);
        loop {
            self.at(Point::Pulling).await?;
            let event = match effect {
                Effect::Ask => self.ask(&mut hold).await?,
                Effect::Renew => self.renew_from(&mut hold).await?,
                Effect::Apply(plan) => Event::Applied(self.apply(&plan, &hold, report).await?),
                Effect::Move(happening, from) => Event::Moved(self.happen(happening, from).await?),
                Effect::Stop(code) => self.stop(code).await.map(|()| Event::Done)?,
                Effect::SettleThrough(seq) => match self.settle_through(seq).await {
                    Ok(()) => Event::Done,
                    Err(error) if error.came_by_the_line() => {
                        hold.error = Some(error);
                        Event::Failed
                    }
                    Err(error) => return Err(error),
                },
                Effect::NoteSynced => self.cache()?.set_synced().await.map(|()| Event::Done)?,
                Effect::MarkReflected => Event::Moved(self.mark_reflected().await?),
                Effect::Prune => {
                    // By the server's clock: one that was set wrong here must not make years of what a
                    // restored server may ask for.
                    self.outbox.prune(self.now_ms()).await?;
                    if_there_is_space(self.compact_cache().await)?;
                    Event::Done
                }
                Effect::Fetch(wanted) => self.fetch(&wanted, &mut hold).await?,
                Effect::Stage(wanted) => {
                    (hold.reached, hold.laid) = match self.stage(&wanted).await? {
                        Some((reached, laid)) => (Some(reached), laid),
                        None => (None, None),
                    };
                    snapshot::staged(hold.reached.as_ref())
                }
                Effect::Swap(swap) => Event::Applied(self.swap(&swap, hold.laid.take()).await?),
                Effect::Discard(scope) => {
                    self.cache()?.discard(scope).await?;
                    Event::Done
                }
                Effect::End(end) => return self.pulled(end, hold.error).await,
            };
            effect = flight.step(event);
        }
    }

    async fn pulled(&self, end: End, error: Option<ClientError>) -> Result<bool> {
        let protocol = |detail: String| Err(ClientError::Protocol(detail));
        match end {
            End::Level { resend, news } => {
                self.view.write().await.overlay = None;
                if news {
                    self.bump();
                }
                Ok(resend)
            }
            End::Failed => Err(error.unwrap_or_else(confused)),
            End::Unfit(scope) => protocol(format!("pages of {scope} do not fit together")),
            End::Empty => protocol("the server promises more and sends nothing".to_owned()),
            End::Confused => Err(confused()),
        }
    }

    /// Asks the server whether it would serve this device; applies nothing of the answer.
    ///
    /// # Errors
    /// The server's refusal (`device_unknown`, `revoked`), or `server_unreachable`.
    pub async fn prove(&self) -> Result<()> {
        let held = match self.cache() {
            Ok(cache) => cache.scopes().await?,
            Err(_) => Vec::new(),
        };
        let request = PullRequest {
            proto: PROTO,
            scopes: held.iter().map(Held::asked).collect(),
            max_bytes: 1,
            made: None,
            trust_version: self.held_trust().version,
            capabilities: Vec::new(),
        };
        let _answer: PullReply = self.line.post("/v1/pull", &request).await?;
        Ok(())
    }

    async fn ask<'a>(&self, hold: &'a mut Hold) -> Result<Event<'a>> {
        let cache = self.cache()?;
        hold.held = cache.scopes().await?;
        let capabilities = cache.stages().then(|| capability::SNAPSHOT.to_owned());
        // A device that holds nothing may get a snapshot: a whole page would come for nothing.
        let first = hold.held.is_empty() && cache.stages();
        let request = PullRequest {
            proto: PROTO,
            scopes: cursors(&hold.held),
            max_bytes: if first {
                FIRST_BYTES_MAX
            } else {
                PULL_BYTES_MAX
            },
            capabilities: capabilities.into_iter().collect(),
            made: self.made().await?,
            trust_version: self.held_trust().version,
        };
        match self.line.post("/v1/pull", &request).await {
            Ok(reply) => Ok(Event::Answered {
                reply: hold.reply.insert(reply),
                held: &hold.held,
            }),
            Err(error) => {
                hold.error = Some(error);
                Ok(Event::Failed)
            }
        }
    }

    async fn fetch<'a>(&self, wanted: &Wanted, hold: &mut Hold) -> Result<Event<'a>> {
        match self.fetch_piece(wanted).await {
            Ok(came) => Ok(Event::Fetched(came)),
            Err(error) if error.came_by_the_line() => {
                hold.error = Some(error);
                Ok(Event::Failed)
            }
            Err(error) => Err(error),
        }
    }

    async fn renew_from<'a>(&self, hold: &mut Hold) -> Result<Event<'a>> {
        let reply = hold.reply.as_ref().ok_or_else(confused)?;
        // The keys first: the certificate may be signed with the newest.
        let renewed = match self.take_trust(reply.trust.as_ref()).await {
            Ok(()) => self.renew(&reply.certificate).await,
            refused => refused,
        };
        match renewed {
            Err(error @ ClientError::Protocol(_)) => {
                hold.error = Some(error);
                Ok(Event::Failed)
            }
            Err(error) => Err(error),
            Ok(()) => {
                self.keep_vouchers(&reply.vouchers).await?;
                Ok(Event::Done)
            }
        }
    }

    /// Applies an answer.
    async fn apply(&self, plan: &Plan, hold: &Hold, report: &mut SyncReport) -> Result<Span> {
        for scope in &plan.suspect {
            tracing::warn!(%scope, "a page does not fit");
        }
        let cache = self.cache()?;
        let reply = hold.reply.as_ref().ok_or_else(confused)?;
        let mut view = self.view.write().await;
        view.overlay = None;
        if plan.base_lost {
            self.lose_base(plan.rebuilt).await?;
        }
        let changing = cache.changing();
        let mut write = cache.db().write().await?;
        for (scope, high, step) in &plan.steps {
            match step {
                PageStep::Apply(page) => Cache::apply(&mut write, *scope, page, *high).await?,
                PageStep::Gone => Cache::drop_scope(&mut write, *scope).await?,
            }
        }
        for scope in &plan.suspect {
            Cache::suspect(&mut write, *scope).await?;
        }
        Cache::name(&mut write, &reply.people).await?;
        write.commit().await.map_err(cache::failed)?;
        drop(changing);
        self.take_countersigned(reply.countersigned.as_ref())
            .await?;
        drop(view);
        self.at(Point::Applied).await?;
        let changes = u32::try_from(plan.changes).unwrap_or(u32::MAX);
        report.pulled_changes = report.pulled_changes.saturating_add(changes);
        if changes > 0 {
            self.bump();
        }
        self.span().await
    }

    /// Takes over a renewed certificate after checking it.
    async fn renew(&self, signed: &SignedCertificate) -> Result<()> {
        let fresh = signed
            .open(&self.trust())
            .map_err(|error| ClientError::Protocol(format!("certificate: {error}")))?;
        let held = self.certificate();
        if fresh == held || fresh.until_ms < held.until_ms {
            return Ok(());
        }
        let same = fresh.device_id == held.device_id
            && fresh.programme_id == held.programme_id
            && fresh.public_key == held.public_key;
        if !same {
            let detail = "the certificate is of another device";
            return Err(ClientError::Protocol(detail.to_owned()));
        }
        let text = serde_json::to_string(signed)?;
        self.outbox
            .set_notes(&[(NOTE_CERTIFICATE, Some(text))])
            .await?;
        self.view.write().await.overlay = None;
        let news = fresh.cashiers != held.cashiers
            || fresh.participant_id != held.participant_id
            || fresh.outlet_id != held.outlet_id;
        self.set_certificate(fresh);
        if news {
            self.bump();
        }
        Ok(())
    }

    /// Notes which accepted commands the base shows now, and returns how many.
    async fn mark_reflected(&self) -> Result<u64> {
        self.recall().await?;
        let (cursors, sight) = (self.cache()?.cursors().await?, self.sight(true));
        let accepted = self.outbox.rows(&[State::Accepted], i64::MAX).await?;
        let shown = |row: &&outbox::Row| {
            row.verdict
                .as_ref()
                .is_some_and(|verdict| Booked::of(verdict).reflected(&cursors, &sight))
        };
        let shown: Vec<&outbox::Row> = accepted.iter().filter(shown).collect();
        let mut write = self.outbox.write().await?;
        for row in &shown {
            Outbox::set_state(&mut write, row.device_seq, State::Reflected).await?;
        }
        if !shown.is_empty() {
            // A cache that loses power forgets; what was reflected then shows again.
            let stands = serde_json::to_string(&self.cache()?.stands().await?)?;
            outbox::set_note(&mut write, NOTE_REFLECTED, Some(&stands)).await?;
        }
        write.commit().await.map_err(outbox::failed)?;
        Ok(u64::try_from(shown.len()).unwrap_or(u64::MAX))
    }
}
