//! The readers, in the order of their cost.

mod lines;
mod matrix;
mod quirc;
mod row;

use crate::Engine;
use crate::datamatrix::{DataMatrix, Look};
use lines::{LineView, Lines};
use matrix::{Effort, Matrix, MatrixView};
use quirc::{Quirc, QuircView};

/// Sine and cosine of 15, -15, 30, -30 and 45 degrees: read both ways, no line
/// is more than eight degrees from one of them.
const TURNS: [(f32, f32); 5] = [
    (0.258_819, 0.965_925_8),
    (-0.258_819, 0.965_925_8),
    (0.5, 0.866_025_4),
    (-0.5, 0.866_025_4),
    (
        std::f32::consts::FRAC_1_SQRT_2,
        std::f32::consts::FRAC_1_SQRT_2,
    ),
];

/// The stages that [`crate::scan_luma`] runs.
///
/// The first finds what lies plainly in the picture, all of it; each later one
/// runs only when nothing has been accepted yet.
pub fn standard_stages() -> Vec<Vec<Box<dyn Engine>>> {
    vec![
        vec![
            Box::new(DataMatrix(Look::Plain)),
            Box::new(DataMatrix(Look::Half)),
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
            Box::new(DataMatrix(Look::Double)),
            Box::new(DataMatrix(Look::Inverted)),
            Box::new(Lines(LineView::Upright)),
            Box::new(Quirc(QuircView::Hybrid)),
            Box::new(Quirc(QuircView::Own)),
        ],
        vec![
            Box::new(Matrix {
                view: MatrixView::Full,
                effort: Effort::Hard,
            }),
            Box::new(Matrix {
                view: MatrixView::Blurred,
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
        TURNS
            .iter()
            .map(|&turn| Box::new(Lines(LineView::Turned(turn))) as Box<dyn Engine>)
            .collect(),
    ]
}
