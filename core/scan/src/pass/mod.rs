//! The readers, in the order of their cost.

mod lines;
mod matrix;
mod quirc;
mod row;

use crate::Engine;
use lines::{LineView, Lines};
use matrix::{Effort, Matrix, MatrixView};
use quirc::{Quirc, QuircView};

/// The stages that [`crate::scan_luma`] runs.
///
/// The first finds what lies plainly in the picture, all of it; each later one
/// runs only when nothing has been accepted yet.
pub fn standard_stages() -> Vec<Vec<Box<dyn Engine>>> {
    vec![
        vec![
            Box::new(Matrix {
                view: MatrixView::Full,
                effort: Effort::Fast,
            }),
            Box::new(Matrix {
                view: MatrixView::Halves,
                effort: Effort::Fast,
            }),
            Box::new(Lines(LineView::Plain)),
        ],
        vec![
            Box::new(Lines(LineView::Upright)),
            Box::new(Quirc(QuircView::Hybrid)),
            Box::new(Quirc(QuircView::Own)),
        ],
        vec![
            Box::new(Matrix {
                view: MatrixView::Full,
                effort: Effort::Hard,
            }),
            Box::new(Quirc(QuircView::DoubleHybrid)),
            Box::new(Matrix {
                view: MatrixView::Double,
                effort: Effort::Fast,
            }),
        ],
        vec![
            Box::new(Lines(LineView::LocalThreshold)),
            Box::new(Lines(LineView::Smoothed)),
            Box::new(Lines(LineView::SmoothedUpright)),
            Box::new(Lines(LineView::Double)),
            Box::new(Lines(LineView::Half)),
        ],
        vec![
            Box::new(Lines(LineView::Turned {
                sin: 0.258_819,
                cos: 0.965_925_8,
            })),
            Box::new(Lines(LineView::Turned {
                sin: -0.258_819,
                cos: 0.965_925_8,
            })),
            Box::new(Lines(LineView::Turned {
                sin: 0.5,
                cos: 0.866_025_4,
            })),
            Box::new(Lines(LineView::Turned {
                sin: -0.5,
                cos: 0.866_025_4,
            })),
        ],
    ]
}
