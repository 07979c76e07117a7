//! A queue that came as a file: its commands are applied as if their device had sent them, and its
//! photos are kept. Each command has one verdict, by whichever way it arrives first.

use axum::body::Body;
use carrot_wire::handover::{HandedPhoto, Handover};
use carrot_wire::limits::{BLOB_BYTES_MAX, PUSH_COMMANDS_MAX};
use carrot_wire::{Verdict, VerdictClass, crypto};

use crate::apply::apply_batch;
use crate::error::{Error, Result};
use crate::store::{BlobRow, Device, Store};
use crate::upload;

/// What taking in a queue did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Commands that were booked, now or before.
    pub accepted: u32,
    /// Refused.
    pub rejected: u32,
    /// Kept for a person.
    pub parked: u32,
    /// The number and code of the first command that could not be looked at; those after it wait.
    pub stopped: Option<(i64, String)>,
    /// Commands before the first of the file that the server has never seen.
    pub missing_before: Option<i64>,
    /// Photos kept, now or before.
    pub photos: u32,
    /// Photos that were not kept, by hash and code.
    pub photos_refused: Vec<(String, String)>,
}

/// Takes in a queue. Commands keep their signatures, numbers and links: nothing in the file can be
/// changed, left out in the middle or counted twice. Refuses a device that is not enrolled here
/// (`device_unknown`) and one of another programme (`wrong_programme`).
pub async fn take(store: &Store, handover: &Handover) -> Result<Taken> {
    let unknown = || Error::refused("device_unknown", "the device is not enrolled here");
    let device = store.device(handover.device_id).await?;
    let device = device.ok_or_else(unknown)?;
    if device.programme != handover.programme_id {
        let detail = "the file is of another programme than its device";
        return Err(Error::refused("wrong_programme", detail));
    }
    let mut taken = Taken::default();
    for commands in handover.commands.chunks(PUSH_COMMANDS_MAX) {
        let reply = apply_batch(store, &device, commands).await?;
        let complete = reply.verdicts.len() == commands.len();
        for verdict in &reply.verdicts {
            taken.note(verdict);
        }
        if !complete && taken.stopped.is_none() {
            taken.missing_before = Some(reply.expected_seq);
        }
        if !complete || taken.stopped.is_some() {
            break;
        }
    }
    for photo in &handover.photos {
        match keep(store, &device, photo).await {
            Ok(()) => taken.photos = taken.photos.saturating_add(1),
            Err(Error::Refused(refusal)) => {
                let refused = (photo.sha256.clone(), refusal.code);
                taken.photos_refused.push(refused);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

impl Taken {
    fn note(&mut self, verdict: &Verdict) {
        let add = |number: &mut u32| *number = number.saturating_add(1);
        match verdict.class {
            VerdictClass::Accepted => add(&mut self.accepted),
            VerdictClass::Rejected => add(&mut self.rejected),
            VerdictClass::Parked => add(&mut self.parked),
            VerdictClass::Retry | VerdictClass::Blocked => {
                self.stopped = Some((verdict.device_seq, verdict.code.clone()));
            }
        }
    }
}

async fn keep(store: &Store, device: &Device, photo: &HandedPhoto) -> Result<()> {
    let bytes = crypto::decode(&photo.bytes).ok();
    let bytes = bytes.filter(|_| upload::is_hash(&photo.sha256));
    let bytes = bytes.ok_or_else(|| Error::refused("bad_input", "a photo does not read"))?;
    let known = store.blob(device.programme, &photo.sha256).await?;
    if known.is_some() {
        return Ok(());
    }
    let mime = upload::media_type(Some(&photo.mime))?;
    let size = upload::receive(store, &photo.sha256, Body::from(bytes), BLOB_BYTES_MAX).await?;
    let row = BlobRow {
        sha256: photo.sha256.clone(),
        size,
        mime,
        device: Some(device.id),
    };
    let mut tx = store.begin(device.programme).await?;
    tx.put_blob(&row).await?;
    tx.commit().await
}
