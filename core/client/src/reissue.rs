//! What an earlier identity of this device could not send. Its signatures are of no use any more; a
//! person chooses what the new identity issues anew. The server lets at most one of the two count.

use std::collections::BTreeMap;

use carrot_sync::outbox::State;
use carrot_wire::envelope::Replaced;
use carrot_wire::handover::{HandedPhoto, Handover};
use carrot_wire::{CommandBody, crypto};
use uuid::Uuid;

use crate::device::Device;
use crate::error::{ClientError, Result};
use crate::folder::FolderList;
use crate::keys::{KeyChoice, KeyPlace};
use crate::membership::Membership;
use crate::outbox::{Outbox, failed};
use crate::submit::Draft;

/// Whether a command of an earlier identity can be issued anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Open,
    /// A command of this queue stands for it, in this state.
    Issued(State),
    /// It was lent or proven to the old identity alone: a manager looks at it.
    Bound,
    /// It is of another person, or of another outlet.
    Foreign,
    /// It was issued anew as often as that goes.
    TooOften,
}

/// A command that an earlier identity could not send.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftCommand {
    /// What it says.
    pub body: CommandBody,
    /// Whether it can be issued anew.
    pub standing: Standing,
}

/// The queues of earlier identities.
#[derive(Debug, Clone, Default)]
pub struct LeftQueues {
    /// Those that can be read, without those that have nothing left to send.
    pub queues: Vec<Handover>,
    /// How many cannot be read: their keys are gone.
    pub unreadable: u32,
}

impl Device {
    /// What earlier identities of this device in a programme could not send. Their folders stay as they
    /// are.
    pub async fn left(&self, programme: Uuid) -> Result<LeftQueues> {
        let list = self.list.lock().await;
        let here = self.folder.membership_dir(programme);
        let prefix = format!("{programme}.left-");
        let mut left = LeftQueues::default();
        let Some(parent) = here.parent().filter(|parent| parent.exists()) else {
            return Ok(left);
        };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(parent)? {
            let name = entry?.file_name();
            let name = name.to_str().and_then(|name| name.strip_prefix(&prefix));
            names.extend(name.and_then(|id| Uuid::parse_str(id).ok()));
        }
        names.sort_unstable();
        for device in names {
            match self.left_by(&list, programme, device).await {
                Ok(queue) if queue.commands.is_empty() => {}
                Ok(queue) => left.queues.push(queue),
                Err(error) => {
                    tracing::warn!(%device, %error, "an earlier queue cannot be read");
                    left.unreadable = left.unreadable.saturating_add(1);
                }
            }
        }
        Ok(left)
    }

    async fn left_by(&self, list: &FolderList, programme: Uuid, device: Uuid) -> Result<Handover> {
        let dir = self.folder.membership_dir(programme);
        let dir = dir.with_extension(format!("left-{device}"));
        let choice = match dir.join("keys.json").exists() {
            true => KeyChoice::InsecureFile,
            false => KeyChoice::Keyring,
        };
        let name = format!("{programme}.left-{device}");
        let keys = KeyPlace::of(choice, &list.folder_id, &name, &dir)
            .read()
            .await?;
        let now_ms = self.shared.clock.now_ms();
        let outbox = Outbox::open(&dir, &keys, self.shared.files, now_ms).await?;
        let read = outbox.handover(programme, device, now_ms).await;
        outbox.db().close().await;
        read
    }
}

impl Membership {
    /// What can become of the commands of an earlier identity, in its order. Commands that do not read
    /// are left out. Errors `wrong_programme`.
    pub async fn left_commands(&self, old: &Handover) -> Result<Vec<LeftCommand>> {
        if old.programme_id != self.programme_id() || old.device_id == self.device_id() {
            let detail = "the commands are of another programme, or of this very device";
            return Err(ClientError::call("wrong_programme", detail));
        }
        let issued = self.issued().await?;
        let bodies = old.commands.iter().filter_map(|one| one.body().ok());
        let left = bodies.map(|body| LeftCommand {
            standing: self.standing(&body, &issued),
            body,
        });
        Ok(left.collect())
    }

    /// Issues chosen commands of an earlier identity anew, in their order: each becomes a command of
    /// this device that names the one it stands for. One that cannot be issued is left as it is. Answers
    /// how many were issued. Errors as [`Membership::submit`].
    pub async fn issue_again(&self, old: &Handover, chosen: &[Uuid]) -> Result<u32> {
        let mut count = 0;
        for left in self.left_commands(old).await? {
            let body = left.body;
            if left.standing != Standing::Open || !chosen.contains(&body.command_id) {
                continue;
            }
            let (Ok(command), Some(replaces)) = (body.command(), body.line_of()) else {
                continue;
            };
            for attachment in &body.attachments {
                self.take_photo(&old.photos, &attachment.sha256).await?;
            }
            let draft = Draft {
                command,
                actor: body.actor_id,
                outlet: body.outlet_id,
                attachments: body.attachments,
                replaces,
            };
            if let Err(outcome) = self.offer_draft(draft, |_| true).await? {
                return Err(ClientError::call("internal", outcome.code));
            }
            count += 1;
        }
        Ok(count)
    }

    /// Keeps a photo of the old queue for the command that names it anew.
    async fn take_photo(&self, photos: &[HandedPhoto], sha256: &str) -> Result<()> {
        if let Some(photo) = photos.iter().find(|photo| photo.sha256 == sha256) {
            let bytes = crypto::decode(&photo.bytes)
                .map_err(|_| ClientError::call("photo_missing", "a photo does not read"))?;
            self.put_photo(bytes, &photo.mime).await?;
        }
        Ok(())
    }

    fn standing(&self, body: &CommandBody, issued: &BTreeMap<Uuid, State>) -> Standing {
        if let Some(state) = issued.get(&body.command_id) {
            return Standing::Issued(*state);
        }
        let certificate = self.certificate();
        let mine = match certificate.participant_id {
            Some(person) => person == body.actor_id,
            None => certificate.outlet_id == body.outlet_id,
        };
        if !mine {
            return Standing::Foreign;
        }
        let may = |command: carrot_rules::Command| command.may_be_issued_again();
        if !body.command().is_ok_and(may) {
            return Standing::Bound;
        }
        match body.line_of() {
            Some(_) => Standing::Open,
            None => Standing::TooOften,
        }
    }

    /// The commands for which one of this queue stands, with where that one stands.
    async fn issued(&self) -> Result<BTreeMap<Uuid, State>> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT json_extract(named.value, '$.command_id'), command.state FROM command, \
             json_each(command.bytes, '$.replaces') AS named \
             WHERE instr(command.bytes, '\"replaces\"') > 0",
        )
        .fetch_all(self.outbox.db().reader())
        .await
        .map_err(failed)?;
        let known = rows.into_iter().filter_map(|(id, state)| {
            let id = Uuid::parse_str(&id).ok()?;
            Some((id, State::from_name(&state)))
        });
        Ok(known.collect())
    }

    /// Refuses what a command of this queue stands for already.
    pub(crate) async fn refuse_issued(&self, replaces: &[Replaced]) -> Result<()> {
        if replaces.is_empty() {
            return Ok(());
        }
        let issued = self.issued().await?;
        if replaces
            .iter()
            .any(|one| issued.contains_key(&one.command_id))
        {
            let detail = "a command of this queue stands for it";
            return Err(ClientError::call("already_issued", detail));
        }
        Ok(())
    }
}
