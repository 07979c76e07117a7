//! Generates the Kotlin, Swift and Python sides of the facade.
fn main() {
    uniffi::uniffi_bindgen_main()
}
