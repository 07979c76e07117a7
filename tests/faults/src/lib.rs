//! Faults against real files, processes and sockets: a day of a till and a phone, killed, cut off from
//! its power, its disk and its network at every point, and what has to hold afterwards.

#[allow(missing_docs, dead_code)] // each user takes a part of the server's own cast
#[path = "../../../server/tests/common/cast.rs"]
pub mod cast;
pub mod chance;
pub mod check;
pub mod day;
pub mod direct;
pub mod disk;
pub mod fixture;
pub mod proxy;
pub mod rows;
pub mod traced;
pub mod trial;
pub mod vfs;
pub mod world;
