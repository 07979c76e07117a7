//! What a person does: decided, signed and committed before the call returns.

use carrot_rules::entity::{ONLY, RuleSet};
use carrot_rules::outcome::Class;
use carrot_rules::{Command, Outcome};
use carrot_sync::{Loaded, Overlay};
use carrot_wire::envelope::{Attachment, Basis, CommandTime, Envelope, EnvelopeError, Replaced};
use carrot_wire::{CommandBody, PROTO, crypto};
use uuid::Uuid;

use crate::error::{ClientError, Result};
use crate::membership::Membership;
use crate::outbox::{NOTE_LAST_HASH, NOTE_LAST_SEQ};
use crate::probe::Point;
use crate::sealed::Sealed;
use crate::view::{Known, NOTHING, Tail, View};

/// The version of every kind of command so far.
const KIND_VERSION: u32 = 1;

/// A committed command.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// Its id.
    pub command_id: Uuid,
    /// Its number on the device.
    pub device_seq: i64,
    /// What it comes to as far as the device can tell.
    pub outcome: Outcome,
}

/// A command before it has its place in the chain.
pub(crate) struct Draft {
    pub(crate) command: Command,
    pub(crate) actor: Uuid,
    pub(crate) outlet: Option<Uuid>,
    pub(crate) attachments: Vec<Attachment>,
    /// The commands of an earlier identity that it stands for.
    pub(crate) replaces: Vec<Replaced>,
}

impl Membership {
    /// What a command would come to as far as the device can tell. Has no effect.
    pub async fn preview(
        &self,
        command: &Command,
        actor: Uuid,
        outlet: Option<Uuid>,
    ) -> Result<Outcome> {
        let view = self.reading().await?;
        let overlay = view.overlay.as_ref().unwrap_or(&NOTHING);
        let body = self.body_of(command, actor, outlet, Vec::new())?;
        self.decide(command, &body, overlay, view.synced).await
    }

    /// Signs a command and commits it to the outbox; it is durable when this returns, and leaves
    /// with the next sync. A prediction that it will be refused does not keep it back: the server
    /// decides. Errors: `queue_full`, `command_too_large`, `photo_missing`, `cache_damaged`.
    pub async fn submit(
        &self,
        command: Command,
        actor: Uuid,
        outlet: Option<Uuid>,
        attachments: Vec<Attachment>,
    ) -> Result<Submitted> {
        let offered = self.offer(command, actor, outlet, attachments, |_| true);
        match offered.await? {
            Ok(submitted) => Ok(submitted),
            Err(outcome) => Err(ClientError::call("internal", outcome.code)),
        }
    }

    /// [`Membership::submit`], unless the device can tell already that the command will be refused:
    /// then nothing is signed and the outcome that says why comes back.
    pub async fn submit_unless_rejected(
        &self,
        command: Command,
        actor: Uuid,
        outlet: Option<Uuid>,
        attachments: Vec<Attachment>,
    ) -> Result<std::result::Result<Submitted, Outcome>> {
        let wanted = |outcome: &Outcome| outcome.class != Class::Rejected;
        self.offer(command, actor, outlet, attachments, wanted)
            .await
    }

    /// Decides a command, and commits it when the outcome is wanted.
    pub(crate) async fn offer(
        &self,
        command: Command,
        actor: Uuid,
        outlet: Option<Uuid>,
        attachments: Vec<Attachment>,
        wanted: impl Fn(&Outcome) -> bool,
    ) -> Result<std::result::Result<Submitted, Outcome>> {
        let draft = Draft {
            command,
            actor,
            outlet,
            attachments,
            replaces: Vec::new(),
        };
        self.offer_draft(draft, wanted).await
    }

    /// The same for a command that may stand for others. Errors `already_issued` when one of this queue
    /// stands for them.
    pub(crate) async fn offer_draft(
        &self,
        draft: Draft,
        wanted: impl Fn(&Outcome) -> bool,
    ) -> Result<std::result::Result<Submitted, Outcome>> {
        let Draft {
            command,
            actor,
            outlet,
            attachments,
            replaces,
        } = draft;
        let mut view = self.view.write().await;
        self.refuse_without_photos(&attachments).await?;
        self.refuse_issued(&replaces).await?;
        if view.overlay.is_none() {
            self.rebuild(&mut view).await?;
        }
        let tail = self.tail(&mut view).await?;
        let mut body = self.body_of(&command, actor, outlet, attachments)?;
        body.replaces = replaces;
        let pending = view.overlay.as_ref().unwrap_or(&NOTHING);
        let outcome = self.decide(&command, &body, pending, view.synced).await?;
        if !wanted(&outcome) {
            return Ok(Err(outcome));
        }
        body.basis = self.basis(&outcome).await?;
        // Taken away until the commit: if this call is given up in between, the next reader makes
        // the overlay anew from what was committed.
        let mut overlay = view.overlay.take().unwrap_or_default();
        view.tail = None;
        self.at(Point::Committing).await?;
        let tail = self.commit(&mut body, tail, &outcome).await?;
        self.at(Point::Committed).await?;
        let device_seq = tail.seq;
        overlay.apply(&outcome);
        overlay.expose(&command);
        view.overlay = Some(overlay);
        view.tail = Some(tail);
        drop(view);
        self.bump();
        self.nudge.notify_one();
        Ok(Ok(Submitted {
            command_id: body.command_id,
            device_seq,
            outcome,
        }))
    }

    /// What the next command follows. What waits is counted only when as many were added as there
    /// was room for: answers make room, and nothing but this call takes it while the overlay holds.
    async fn tail(&self, view: &mut View) -> Result<Tail> {
        if let Some(tail) = view.tail.as_ref().filter(|tail| tail.room > 0) {
            return Ok(tail.clone());
        }
        let (waiting, _) = self.outbox.waiting().await?;
        let room = self.queue_commands_max.saturating_sub(waiting);
        if room == 0 {
            return Err(ClientError::QueueFull {
                waiting,
                max: self.queue_commands_max,
            });
        }
        let last = self.outbox.note(NOTE_LAST_SEQ).await?;
        let seq = last.map_or(Ok(0), |text| {
            text.parse()
                .map_err(|_| ClientError::OutboxUnreadable(NOTE_LAST_SEQ.to_owned()))
        })?;
        let hash = self.outbox.note(NOTE_LAST_HASH).await?.unwrap_or_default();
        Ok(Tail { seq, hash, room })
    }

    async fn decide(
        &self,
        command: &Command,
        body: &CommandBody,
        overlay: &Overlay,
        synced: bool,
    ) -> Result<Outcome> {
        let cache = self.cache()?;
        let sight = self.sight(synced);
        let known = Known {
            cache: &cache,
            overlay,
            sight: &sight,
        };
        let context = self.context_of(body, command);
        known
            .decide(command, &context, &mut Loaded::default())
            .await
    }

    /// A command's body without its place in the chain.
    fn body_of(
        &self,
        command: &Command,
        actor: Uuid,
        outlet: Option<Uuid>,
        attachments: Vec<Attachment>,
    ) -> Result<CommandBody> {
        Ok(CommandBody {
            proto: PROTO,
            command_id: self.fresh_id()?,
            device_id: self.device_id(),
            device_seq: 0,
            prev_hash: String::new(),
            actor_id: actor,
            programme_id: self.programme_id(),
            outlet_id: outlet.or_else(|| self.certificate().outlet_id),
            kind: command.kind().as_str().to_owned(),
            kind_version: KIND_VERSION,
            class: command.class(),
            args: command.to_args()?,
            attachments,
            basis: Basis::default(),
            time: self.command_time(),
            replaces: Vec::new(),
        })
    }

    async fn basis(&self, outcome: &Outcome) -> Result<Basis> {
        let rules = self.base_thing::<RuleSet>(ONLY).await?;
        let deltas = outcome.deltas();
        Ok(Basis {
            ruleset_version: rules.map_or(0, |rules| rules.version),
            predicted: deltas
                .into_iter()
                .map(|(account, points)| (account.to_string(), points))
                .collect(),
        })
    }

    fn command_time(&self) -> CommandTime {
        let (wall_ms, boot_id) = (self.clock.now_ms(), self.clock.boot_id());
        let since_boot_ms = self.clock.since_boot_ms();
        let (server_offset_ms, offset_age_ms) = match self.line.offset() {
            None => (0, -1),
            Some(known) => {
                let age = if known.boot_id == boot_id {
                    since_boot_ms.saturating_sub(known.since_boot_ms)
                } else {
                    wall_ms.saturating_sub(known.wall_ms)
                };
                (known.offset_ms, age.max(0))
            }
        };
        CommandTime {
            wall_ms,
            boot_id,
            since_boot_ms,
            server_offset_ms,
            offset_age_ms,
            after: self.after_head(),
        }
    }

    /// Gives the command its number and link, signs it, and commits it.
    async fn commit(&self, body: &mut CommandBody, tail: Tail, outcome: &Outcome) -> Result<Tail> {
        body.device_seq = tail.seq.saturating_add(1);
        body.prev_hash = tail.hash;
        let envelope = Envelope::seal(body, &self.keys.signing).map_err(|error| match error {
            EnvelopeError::TooLarge => ClientError::call("command_too_large", error.to_string()),
            other => ClientError::Storage(other.to_string()),
        })?;
        let hash = crypto::chain_hash(&envelope.bytes);
        let shows = outcome.class == Class::Accepted && !outcome.upserts.is_empty();
        let shown = shows.then(|| serde_json::to_string(&outcome.upserts));
        let shown = shown.transpose()?;
        let signed = Sealed {
            body,
            envelope: &envelope,
            chain_hash: &hash,
            shown: shown.as_deref(),
        };
        self.outbox.append(signed).await?;
        Ok(Tail {
            seq: body.device_seq,
            hash,
            room: tail.room.saturating_sub(1),
        })
    }
}
