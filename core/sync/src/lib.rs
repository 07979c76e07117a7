//! What a device does between its screens and the server, as pure functions and state machines:
//! the outbox's states, the flights of an exchange, the projection of pending commands over confirmed
//! facts, the checks of pulled pages, and the schedule. Instants and random numbers come in as arguments; effects go out
//! as values. Drivers live in `carrot-client`.

pub mod flight;
pub mod outbox;
pub mod overlay;
pub mod pages;
pub mod plan;
pub mod projection;
pub mod schedule;
pub mod snapshot;
pub mod vouch;

pub use overlay::{Booked, Overlay, Written, exposure};
pub use pages::{Cursor, PageFault, PageStep};
pub use projection::{Base, Loaded, Pending, Sight, Step, project, step};
pub use schedule::{Effect, Event, Scheduler};
