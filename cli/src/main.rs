//! The `carrot` program.
fn main() {}
