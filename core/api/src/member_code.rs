//! The member's rotating code as text and picture.

use carrot_wire::CallError;
use carrot_wire::limits::PROOF_STEP_MS;
use fast_qr::ECL;
use fast_qr::qr::{QRBuilder, QRCode};

use crate::api::{Answer, Api, refused};
use crate::schema::*;

/// Clear modules around the picture, as the symbology asks.
const QUIET_MODULES: usize = 4;

/// A picture's dark modules as an SVG path with one unit per module.
fn svg_path(code: &QRCode) -> String {
    let mut path = String::new();
    for row in 0..code.size {
        for column in 0..code.size {
            if code[row][column].value() {
                path.push_str(&format!(
                    "M{} {}h1v1h-1z",
                    column + QUIET_MODULES,
                    row + QUIET_MODULES
                ));
            }
        }
    }
    path
}

/// A text with its picture.
pub(crate) fn picture_of(text: String) -> Answer<Shown> {
    let picture = QRBuilder::new(text.as_bytes())
        .ecl(ECL::M)
        .build()
        .map_err(|error| CallError::new("internal", format!("{error:?}")))?;
    Ok(Shown {
        svg_path: svg_path(&picture),
        modules: u32::try_from(picture.size + 2 * QUIET_MODULES).unwrap_or(0),
        text,
    })
}

impl Api {
    pub(crate) async fn my_code(&self, _: Nothing) -> Answer<MyCode> {
        let membership = self.member()?;
        let text = membership.rotating_code().map_err(refused)?;
        let shown = picture_of(text)?;
        let now_ms = membership.now_ms();
        Ok(MyCode {
            svg_path: shown.svg_path,
            modules: shown.modules,
            next_ms: now_ms - now_ms.rem_euclid(PROOF_STEP_MS) + PROOF_STEP_MS,
            text: shown.text,
        })
    }
}
