//! The cashier's terminal: a window over `carrot-api`.
fn main() {
    if let Err(error) = tauri::Builder::default().run(tauri::generate_context!()) {
        eprintln!("carrot-terminal: {error}");
        std::process::exit(1);
    }
}
