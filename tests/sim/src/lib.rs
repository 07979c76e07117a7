//! A fleet of real devices against the real server in one process: the line, the clocks, the disks and
//! the people are played, everything else is what runs in the field. One seed decides everything.

mod allowances;
pub mod auditor;
pub mod books;
pub mod cast;
mod console;
pub mod dice;
pub mod faults;
mod finish;
pub mod fleet;
mod habits;
mod last_words;
mod line;
pub mod looks;
mod meet;
mod mishaps;
pub mod net;
mod outages;
mod people;
mod photos;
#[cfg(feature = "planted")]
pub mod planted;
pub mod report;
mod rogue;
pub mod run;
mod spent;
pub mod store;
mod swarm;
pub mod template;
mod thief;
pub mod time;
pub mod trace;
pub mod unit;
mod upkeep;
mod versions;
mod vouchers;
pub mod work;
