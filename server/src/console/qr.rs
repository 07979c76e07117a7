//! QR pictures as one SVG path, drawn on the page that shows them.

use fast_qr::{ECL, QRBuilder};
use std::fmt::Write as _;

use crate::error::{Error, Result};

/// A QR picture.
pub struct QrPath {
    /// Modules along one side, without the quiet zone.
    pub size: usize,
    /// The dark modules, in units of one module.
    pub path: String,
}

/// The QR picture of a text, with medium error correction. Errors when the text is too long.
pub fn qr_path(text: &str) -> Result<QrPath> {
    let code = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|error| Error::Damaged(format!("QR: {error}")))?;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = code[y]
                .iter()
                .skip(x)
                .take_while(|module| module.value())
                .count();
            if run > 0 {
                // Writing into a String cannot fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Ok(QrPath {
        size: code.size,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_begins_with_the_finder_pattern() {
        let Ok(code) = qr_path("CRE1.abc") else {
            panic!("no picture")
        };
        assert!(code.path.starts_with("M0 0h7v1h-7z"), "{}", code.path);
        assert_eq!(code.size % 4, 1);
        assert!(qr_path(&"x".repeat(5_000)).is_err());
    }
}
