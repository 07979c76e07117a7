//! The drivers of a device: encrypted cache and outbox, transport, keys, clock.
//!
//! A [`Device`] is a folder with memberships; each [`Membership`] has its own id, key, chain, outbox
//! and cache in one programme. What a screen reads is always the confirmed base with the pending
//! commands on top; what a person does is signed and committed before a call returns.

mod answers;
mod bundle;
mod burnt;
mod cache;
pub mod clock;
mod compact;
pub mod db;
mod device;
pub mod error;
mod exit;
pub mod folder;
mod forget;
mod hand;
pub mod handover;
mod hints;
mod journal;
mod kept;
pub mod keys;
mod leave;
mod line;
mod lines;
mod looper;
mod membership;
mod notary;
mod outbox;
mod photos;
mod pin;
pub mod probe;
mod proof;
mod pull;
mod push;
mod recover;
mod reissue;
mod remembered;
mod sealed;
mod settle;
mod snapshot;
mod staging;
mod status;
mod submit;
mod suspend;
mod sync;
pub mod transport;
mod trust;
mod uploads;
mod view;
mod voucher;

pub use carrot_sync::flight::uploads::Surroundings;
pub use carrot_wire::entropy::{Entropy, NoEntropy};
pub use carrot_wire::envelope::Attachment;
pub use carrot_wire::pull::PersonName;
pub use clock::{Clock, SystemClock};
pub use compact::{Checkpoint, HISTORY_KEPT_MS};
pub use db::Durability;
pub use device::{Device, OpenOptions, Tuning};
pub use error::{ClientError, Result};
pub use handover::Exported;
pub use keys::{KeyChoice, SystemEntropy};
pub use leave::{Leave, Rest, Unsent};
pub use membership::Membership;
pub use reissue::{LeftCommand, LeftQueues, Standing};
pub use status::{QueuedCommand, ScopeStatus, Status};
pub use submit::Submitted;
pub use sync::SyncReport;
pub use uploads::Upload;
pub use view::{AllowanceView, Balances, LeaseView};
pub use voucher::{Answer, Taken};
