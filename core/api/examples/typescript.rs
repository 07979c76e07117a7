//! Writes the schema's TypeScript: `cargo run -p carrot-api --example typescript -- DIR`.
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let dir = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("ui/src/lib/generated"), PathBuf::from);
    match carrot_api::typescript::write(&dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("typescript: {error}");
            ExitCode::FAILURE
        }
    }
}
