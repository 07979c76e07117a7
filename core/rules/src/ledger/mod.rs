//! The ledger: accounts, units, lots, transfers that sum to zero, and books that hold them.
//!
//! Everything is pure. A store keeps what [`Books`] keeps in memory and answers the same.

mod account;
mod books;
pub mod chain;
mod hold;
mod holding;
pub mod lot;
mod name;
mod posted;
mod posting;
mod refusal;
mod terms;
mod transfer;
mod unit;

pub use account::{Account, Pot, Sign};
pub use books::{Books, Expiring, Lot};
pub use lot::{LotId, OpenLot, Part, Short, lot_id};
pub use name::{Country, Currency, Name, Unreadable};
pub use posted::{Entry, Posted, Stamp};
pub use refusal::Refusal;
pub use terms::{LotClass, LotTerms, Lots, ORIGIN_CHARS_MAX};
pub use transfer::{LEGS_MAX, Leg, Transfer, TransferBuilder};
pub use unit::Unit;
