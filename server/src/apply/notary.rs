//! What proves when a device's commands were made: the countersignatures that they name. They are not
//! kept here; each is made again from what is recorded, and compared.

use std::collections::BTreeMap;

use carrot_rules::made::{Made, made};
use carrot_wire::notary::{AfterHead, Countersigned, Head};
use carrot_wire::{Envelope, crypto};

use super::Incoming;
use crate::error::Result;
use crate::keys::Keys;
use crate::store::{Device, Store, Tx};
use uuid::Uuid;

/// How far the device's chain has come, countersigned.
pub(crate) fn countersign(keys: &Keys, device: &Device, server_ms: i64) -> Countersigned {
    let head = Head {
        programme_id: device.programme,
        device_id: device.id,
        last_seq: device.last_seq,
        hash: device.last_hash.clone(),
        server_ms,
    };
    head.countersign(keys.signing())
}

/// Works out for each command of a push when it was made.
pub(super) async fn place(
    tx: &mut Tx,
    device: &Device,
    incoming: &mut [Incoming<'_>],
) -> Result<()> {
    // Links of this push: what a device names is usually its last head, sometimes one sent just now.
    let mut links = BTreeMap::from([(0, String::new())]);
    for incoming in incoming.iter() {
        if let Ok(body) = &incoming.body {
            let link = crypto::chain_hash(&incoming.envelope.bytes);
            links.insert(body.device_seq, link);
        }
    }
    links.insert(device.last_seq, device.last_hash.clone());
    let mut checked: Vec<(AfterHead, bool)> = Vec::new();
    for incoming in incoming {
        let Ok(body) = &incoming.body else { continue };
        let genuine = match &body.time.after {
            None => false,
            Some(after) => {
                let same = |(known, _): &&(AfterHead, bool)| names_same(known, after);
                match checked.iter().rev().find(same) {
                    Some((_, genuine)) => *genuine,
                    None => {
                        let genuine = is_genuine(tx, device, after, &links).await?;
                        checked.push((after.clone(), genuine));
                        genuine
                    }
                }
            }
        };
        incoming.made = made(body.said(genuine), tx.now_ms());
    }
    Ok(())
}

fn names_same(one: &AfterHead, other: &AfterHead) -> bool {
    (one.seq, one.server_ms, &one.tag) == (other.seq, other.server_ms, &other.tag)
}

async fn is_genuine(
    tx: &mut Tx,
    device: &Device,
    after: &AfterHead,
    links: &BTreeMap<i64, String>,
) -> Result<bool> {
    let link = match links.get(&after.seq) {
        Some(link) => Some(link.clone()),
        None => tx.recorded_link(device.id, after.seq).await?,
    };
    let who = (device.programme, device.id);
    Ok(link.is_some_and(|link| after.is_genuine(who, &link, tx.keys().countersigners())))
}

impl Store {
    /// When a device's recorded command was made, worked out again from what is recorded. None for a
    /// command that no device sent.
    pub async fn made(&self, programme: Uuid, command_id: Uuid) -> Result<Option<Made>> {
        let Some(row) = self.command(programme, command_id).await? else {
            return Ok(None);
        };
        let Ok(device) = Uuid::parse_str(&row.device) else {
            return Ok(None);
        };
        let envelope: Envelope = serde_json::from_str(&row.envelope)?;
        let Ok(body) = envelope.body() else {
            return Ok(None);
        };
        let mut genuine = false;
        if let Some(after) = &body.time.after {
            let link = match after.seq {
                0 => Some(String::new()),
                seq => self.recorded_link(programme, device, seq).await?,
            };
            let keys = self.keys();
            genuine = link.is_some_and(|link| {
                after.is_genuine((programme, device), &link, keys.countersigners())
            });
        }
        Ok(Some(made(body.said(genuine), row.recorded_ms)))
    }
}
