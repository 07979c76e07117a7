//! The ledger: accounts, units, lots, transfers that sum to zero, and books that hold them.
//!
//! Everything is pure. A store keeps what [`Books`] keeps in memory and answers the same.

mod account;
mod lot;
mod name;
mod terms;
mod transfer;
mod unit;

pub use account::{Account, Pot, Sign};
pub use lot::{LotId, lot_id};
pub use name::{Country, Currency, Name, Unreadable};
pub use terms::{LotClass, LotTerms, Lots, ORIGIN_CHARS_MAX};
pub use transfer::{Leg, Transfer, TransferBuilder};
pub use unit::Unit;
