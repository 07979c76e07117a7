//! The schema of every call: request and response types, all of them plain data.
//!
//! Amounts are whole numbers: points, or minor units of a currency. Instants are UTC milliseconds.
//! Texts of a programme come as language -> text; sentences come from the language files by code.

mod common;
mod left;
mod membership;
mod phone;
mod terminal;
mod uploads;
mod voucher;

pub use common::*;
pub use left::*;
pub use membership::*;
pub use phone::*;
pub use terminal::*;
pub use uploads::*;
pub use voucher::*;
