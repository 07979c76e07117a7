//! A layer between SQLite and the system's files: it writes down every write and sync below watched
//! folders, and refuses them where a test wants it to. It lies below the cipher, so encrypted files work.
//!
//! It becomes the default of this process: every database that anything in it opens goes through here.

mod log;
mod shim;

pub use log::{Event, Refusal, Watch, used};
pub use shim::register;
