//! Writes the console's TypeScript: `cargo run -p carrot-server --example console_types -- DIR`.
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let standard = || PathBuf::from("ui/src/lib/generated-console");
    let dir = std::env::args_os()
        .nth(1)
        .map_or_else(standard, PathBuf::from);
    match carrot_server::console::typescript::write(&dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("console_types: {error}");
            ExitCode::FAILURE
        }
    }
}
