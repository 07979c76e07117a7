//! The facade that the phone shells host: every call by name for the web view, and typed calls for
//! those who prefer native screens. It holds no logic.
//!
//! Work runs on a runtime of our own, so that a foreign side which gives up waiting strands nothing,
//! and a panic becomes an error with the call's name.

mod camera;
mod device;
mod error;
mod records;
mod rules;
mod runtime;

pub use camera::{CameraReader, CameraSymbol, LumaPlane, Viewfinder};
pub use device::{CarrotDevice, ChangeListener};
pub use error::CarrotError;
pub use records::{ActivityLine, ClaimResult, DeviceStatus, PointsBalance, SyncResult};
pub use rules::rules_dry_run;

uniffi::setup_scaffolding!();
