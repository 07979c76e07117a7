//! The readers, in the order of their cost.

mod lines;
pub(crate) mod qr;
mod quirc;
mod row;
mod shelf;
mod traced;
#[cfg(feature = "scan-zxing-cpp")]
mod zxing;

use crate::Engine;
use crate::datamatrix::{DataMatrix, Look};
use crate::linear::{LinearReader, Strength};
use lines::Lines;
use qr::{Qr, QrView};
use quirc::Quirc;
use shelf::Shelf;
use traced::Traced;

/// The stages that [`crate::scan_luma`] runs.
///
/// The first finds what lies plainly in the picture, all of it; each later one
/// runs only when nothing has been accepted yet.
pub fn standard_stages() -> Vec<Vec<Box<dyn Engine>>> {
    vec![
        vec![
            Box::new(Qr(QrView::Full)),
            Box::new(Shelf),
            Box::new(DataMatrix(Look::Plain)),
        ],
        vec![
            Box::new(Qr(QrView::Halves)),
            Box::new(Quirc::Plain),
            Box::new(Qr(QrView::Hard)),
            Box::new(Qr(QrView::Blurred)),
            Box::new(Qr(QrView::Double)),
        ],
        vec![Box::new(LinearReader {
            strength: Strength::Deep,
        })],
        #[cfg(feature = "scan-zxing-cpp")]
        vec![Box::new(zxing::Zxing)],
        vec![
            Box::new(Quirc::Double),
            Box::new(DataMatrix(Look::Careful)),
            Box::new(DataMatrix(Look::Double)),
            Box::new(Traced),
        ],
        vec![Box::new(Lines)],
    ]
}
