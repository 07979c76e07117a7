//! Every call that a device's screen can make, as one schema: `name(Request) -> Response`.
//!
//! The catalogue lists them once; the dispatcher, the list of names and the TypeScript map are made
//! from that list, so that a host which misses one does not compile. Hosts call [`Api::call`].

mod api;
mod calls;
mod claim;
mod claim_photo;
mod convert;
mod goods;
mod home;
mod leaving;
mod left;
mod lesson;
mod member_code;
mod photo;
mod quote;
mod reading;
mod redeem;
mod route;
mod sale;
pub mod schema;
mod shelf;
mod stage;
mod status;
mod till;
pub mod typescript;
mod unit;
mod uploads;
mod visit;
mod voucher;

pub use api::{Api, CALL_NAMES};
pub use carrot_client::handover::open as open_handover;
pub use carrot_client::{Clock, KeyChoice, OpenOptions, SystemClock};
pub use carrot_wire::CallError;
