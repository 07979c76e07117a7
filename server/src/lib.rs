//! The server: store, application of commands, HTTP.
//!
//! [`store::Store`] owns the books, kept by a [`db::Backend`]; every write goes through a [`store::Tx`]. [`apply`] turns
//! signed commands into verdicts and effects, and [`http`] carries both to devices.

pub mod apply;
pub mod backup;
pub mod books;
pub mod burnt;
pub mod canary;
pub mod clock;
pub mod console;
pub mod db;
pub mod enrol;
pub mod error;
pub mod handover;
pub mod hints;
pub mod http;
pub mod import;
pub mod jobs;
mod key_ring;
pub mod keys;
mod parts;
pub mod publish;
pub mod pull;
pub mod receipts;
pub mod replay;
pub mod resolve;
pub mod secrets;
pub mod series;
mod serve;
mod snapshot;
pub mod store;
mod tls;
mod upload;
mod vouchers;

pub use clock::{Clock, ManualClock, SystemClock};
pub use enrol::create_enrolment;
pub use error::{Error, Result};
pub use http::{AppState, router};
pub use serve::{ServeConfig, Served, TlsFiles, serve, serve_store};
pub use store::{Durability, NewProgramme, Store, StorePoint, StoreProbe, StoreTuning, Tx};
