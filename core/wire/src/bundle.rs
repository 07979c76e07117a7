//! What a device can prove to anybody who has the server's public keys: its commands, in their order,
//! none left out, each made between two instants that the server has signed.

use std::collections::BTreeMap;

use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::certificate::{Certificate, SignedCertificate};
use crate::crypto;
use crate::envelope::{CommandBody, Envelope};
use crate::notary::Countersigned;

/// The version of a bundle's shape.
pub const BUNDLE_VERSION: u32 = 1;

/// A device's commands with what proves them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// Version of this shape.
    pub version: u32,
    /// Says, signed by the server, which key is the device's.
    pub certificate: SignedCertificate,
    /// The commands in the order of their numbers, without a gap.
    pub commands: Vec<Envelope>,
    /// The countersigned heads of the chain, in any order.
    pub countersigned: Vec<Countersigned>,
}

/// A command of a bundle whose place and interval are proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proven {
    /// Number on the device.
    pub device_seq: i64,
    /// Id.
    pub command_id: Uuid,
    /// Kind by name.
    pub kind: String,
    /// Who acted.
    pub actor_id: Uuid,
    /// When the device says that it was made, UTC milliseconds.
    pub estimated_ms: i64,
    /// Made after this instant, UTC milliseconds; none when no countersignature bounds it from below.
    pub from_ms: Option<i64>,
    /// Made before this instant, UTC milliseconds; none while no countersignature covers it.
    pub until_ms: Option<i64>,
}

/// Why a bundle proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BundleFault {
    /// Of a version that this program does not know.
    #[error("the bundle has version {0}; this program knows {BUNDLE_VERSION}")]
    Version(u32),
    /// The certificate's signature is of none of the keys.
    #[error("the certificate was not signed by one of the given keys")]
    Certificate,
    /// A command does not read, or its signature does not hold.
    #[error("command {0}: its signature does not hold or it does not read")]
    Command(usize),
    /// A command of another device or programme.
    #[error("command {0} is of another device or programme")]
    Foreign(i64),
    /// A number or a link does not follow from the command before.
    #[error("command {0} does not follow the one before: something was left out or put in")]
    Broken(i64),
    /// A countersignature of another key or device.
    #[error(
        "the countersignature at number {0} was not signed by one of the given keys for this device"
    )]
    Countersignature(i64),
    /// A countersigned head that the commands do not lead to.
    #[error("the server countersigned another history at number {0}: the commands were changed")]
    OtherHistory(i64),
    /// The server has countersigned more commands than there are.
    #[error("the server countersigned {countersigned} commands and the bundle ends at {last}")]
    Dropped {
        /// The highest countersigned number.
        countersigned: i64,
        /// The last command's number.
        last: i64,
    },
    /// A command that says it was made after it had arrived.
    #[error("command {0} names a countersignature that is later than its own arrival")]
    BackDated(i64),
}

/// Checks a bundle against the server's public keys and answers what it proves about each command.
///
/// # Errors
/// The first fault found, in the order of the checks.
pub fn check(bundle: &Bundle, trusted: &[VerifyingKey]) -> Result<Vec<Proven>, BundleFault> {
    if bundle.version != BUNDLE_VERSION {
        return Err(BundleFault::Version(bundle.version));
    }
    let certificate = bundle.certificate.open(trusted);
    let certificate = certificate.map_err(|_| BundleFault::Certificate)?;
    let bodies = bodies(bundle, &certificate)?;
    let links = links(bundle, &bodies)?;
    heads(bundle, &certificate, &links, trusted)?;
    intervals(bundle, &bodies)
}

fn bodies(bundle: &Bundle, certificate: &Certificate) -> Result<Vec<CommandBody>, BundleFault> {
    let key = crypto::public_key(&certificate.public_key);
    let key = key.map_err(|_| BundleFault::Certificate)?;
    let mut bodies = Vec::with_capacity(bundle.commands.len());
    for (place, envelope) in bundle.commands.iter().enumerate() {
        let body = envelope.verify(&key).and_then(|()| envelope.body());
        let body = body.map_err(|_| BundleFault::Command(place))?;
        let (device, programme) = (certificate.device_id, certificate.programme_id);
        if (body.device_id, body.programme_id) != (device, programme) {
            return Err(BundleFault::Foreign(body.device_seq));
        }
        bodies.push(body);
    }
    Ok(bodies)
}

/// The chain's link to each number, with the one before the first command.
fn links(bundle: &Bundle, bodies: &[CommandBody]) -> Result<BTreeMap<i64, String>, BundleFault> {
    let mut links = BTreeMap::new();
    let mut before: Option<(i64, String)> = None;
    for (envelope, body) in bundle.commands.iter().zip(bodies) {
        let (seq, link) = before
            .take()
            .unwrap_or_else(|| (body.device_seq.saturating_sub(1), body.prev_hash.clone()));
        let follows = body.device_seq == seq.saturating_add(1) && body.prev_hash == link;
        if !follows || (seq == 0 && !link.is_empty()) {
            return Err(BundleFault::Broken(body.device_seq));
        }
        links.insert(seq, link);
        before = Some((body.device_seq, crypto::chain_hash(&envelope.bytes)));
    }
    links.extend(before);
    Ok(links)
}

/// Every countersigned head must be one of this chain; those before its beginning say nothing here.
fn heads(
    bundle: &Bundle,
    certificate: &Certificate,
    links: &BTreeMap<i64, String>,
    trusted: &[VerifyingKey],
) -> Result<(), BundleFault> {
    let last = links.keys().next_back().copied().unwrap_or(0);
    for countersigned in &bundle.countersigned {
        let seq = countersigned.head.last_seq;
        let head = countersigned.verify(trusted);
        let head = head.map_err(|_| BundleFault::Countersignature(seq))?;
        if (head.device_id, head.programme_id) != (certificate.device_id, certificate.programme_id)
        {
            return Err(BundleFault::Countersignature(seq));
        }
        if seq > last {
            return Err(BundleFault::Dropped {
                countersigned: seq,
                last,
            });
        }
        if links.get(&seq).is_some_and(|link| *link != head.hash) {
            return Err(BundleFault::OtherHistory(seq));
        }
    }
    Ok(())
}

/// The interval of each command: a command is later than the one before it, so what bounds that from
/// below bounds it too; and earlier than every head that it lies under.
fn intervals(bundle: &Bundle, bodies: &[CommandBody]) -> Result<Vec<Proven>, BundleFault> {
    let mut from_ms = None;
    let mut proven = Vec::with_capacity(bodies.len());
    for body in bodies {
        if let Some(after) = &body.time.after {
            let named = |one: &&Countersigned| after.names(one);
            let found = bundle.countersigned.iter().find(named);
            from_ms = from_ms.max(found.map(|found| found.head.server_ms));
        }
        let over = |one: &&Countersigned| one.head.last_seq >= body.device_seq;
        let heads = bundle.countersigned.iter().filter(over);
        let until_ms = heads.map(|one| one.head.server_ms).min();
        if from_ms
            .zip(until_ms)
            .is_some_and(|(from, until)| from > until)
        {
            return Err(BundleFault::BackDated(body.device_seq));
        }
        proven.push(Proven {
            device_seq: body.device_seq,
            command_id: body.command_id,
            kind: body.kind.clone(),
            actor_id: body.actor_id,
            estimated_ms: body.time.estimated_ms(),
            from_ms,
            until_ms,
        });
    }
    Ok(proven)
}
