//! The project tasks: `cargo xtask run`, `test`, `bench`, `prove`, `shots`, `tidy`.
fn main() {}
