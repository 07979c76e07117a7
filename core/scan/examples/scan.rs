//! Prints what is read from the image files given on the command line.

use carrot_scan::{ScanLimits, scan_image_bytes};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        match scan_image_bytes(&bytes, &ScanLimits::default()) {
            Ok(symbols) => {
                println!("{path}: {} symbols", symbols.len());
                for symbol in symbols {
                    println!("  {} {:?}", symbol.format, symbol.text);
                }
            }
            Err(error) => println!("{path}: {} ({error})", error.code()),
        }
    }
    Ok(())
}
