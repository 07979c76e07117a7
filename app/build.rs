//! Compiles the window's capabilities; they live beside the shell, not at the root.
fn main() {
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("./app/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri build: {error:#}");
    }
}
