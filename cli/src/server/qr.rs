//! Square codes as pictures and as text for a terminal window.

use anyhow::anyhow;
use fast_qr::{ECL, QRBuilder, QRCode};
use image::{GrayImage, Luma};

/// White modules around a code, as its standard asks for.
const QUIET_MODULES: u32 = 4;

fn code(text: &str) -> anyhow::Result<QRCode> {
    QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|error| anyhow!("a square code cannot hold this: {error}"))
}

/// A picture with so many pixels per module.
pub fn picture(text: &str, module_pixels: u32) -> anyhow::Result<GrayImage> {
    let code = code(text)?;
    let modules = u32::try_from(code.size)?;
    let side = (modules + 2 * QUIET_MODULES) * module_pixels;
    Ok(GrayImage::from_fn(side, side, |x, y| {
        let dark = |x: u32, y: u32| -> Option<bool> {
            let column = (x / module_pixels)
                .checked_sub(QUIET_MODULES)
                .filter(|at| *at < modules)?;
            let row = (y / module_pixels)
                .checked_sub(QUIET_MODULES)
                .filter(|at| *at < modules)?;
            Some(code[usize::try_from(row).ok()?][usize::try_from(column).ok()?].value())
        };
        Luma([if dark(x, y) == Some(true) { 0 } else { 255 }])
    }))
}

/// The code in block characters.
pub fn for_terminal(text: &str) -> anyhow::Result<String> {
    Ok(code(text)?.to_str())
}
