//! Flights: what a device does in one exchange with its server, as machines. Each takes an event and
//! answers the one effect that comes next; the driver carries it out and reports what came of it.
//! A flight that is dropped between two effects has lost nothing: the next one begins from the files.

pub mod exchange;
pub mod failure;
pub mod pull;
pub mod push;
pub mod uploads;

pub use failure::{Failure, LineFault};
