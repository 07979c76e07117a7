//! Every call that a device's screen can make, as one schema: `name(Request) -> Response`.
//!
//! The catalogue lists them once; the dispatcher, the list of names and the TypeScript map are made
//! from that list, so that a host which misses one does not compile.

mod calls;
pub mod schema;
pub mod typescript;

pub use carrot_wire::CallError;
