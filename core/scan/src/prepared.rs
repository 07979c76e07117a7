//! A picture with the views that several readers share, each made once and only
//! when somebody asks for it.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Deref;

use rxing::common::BitMatrix;
use rxing::common::cpp_essentials::ConcentricPattern;

use crate::black::Black;
use crate::geometry;
use crate::pass::qr;
use crate::{Luma, Reading, ScanError, Span, linear};

/// Places of parallel edges that are kept.
const REGIONS_MAX: usize = 4;
/// Halving stops when a side would fall below this.
const HALF_SIDE_MIN: u32 = 60;
/// Pictures larger than this on a side are not doubled.
const DOUBLE_SIDE_MAX: u32 = 1200;

/// A picture on its way through the readers. It stands for its pixels: whatever
/// takes a [`Luma`] takes this too.
pub struct Prepared {
    luma: Luma,
    black: OnceCell<Black>,
    matrix: OnceCell<Option<BitMatrix>>,
    finders: OnceCell<Vec<ConcentricPattern>>,
    regions: OnceCell<Vec<linear::Region>>,
    half: OnceCell<Option<Box<Self>>>,
    double: OnceCell<Option<Box<Self>>>,
    known: RefCell<Vec<Span>>,
    shows_data_matrix: Cell<bool>,
}

impl Prepared {
    /// The picture without any view yet.
    ///
    /// # Errors
    /// `not_an_image` when the pixels do not fill width x height.
    pub fn new(luma: Luma) -> Result<Self, ScanError> {
        luma.check(u64::MAX)?;
        Ok(Self::of(luma))
    }

    fn of(luma: Luma) -> Self {
        Self {
            luma,
            black: OnceCell::new(),
            matrix: OnceCell::new(),
            finders: OnceCell::new(),
            regions: OnceCell::new(),
            half: OnceCell::new(),
            double: OnceCell::new(),
            known: RefCell::default(),
            shows_data_matrix: Cell::new(false),
        }
    }

    /// Remembers where something was read, so that later readers may look
    /// elsewhere.
    pub(crate) fn note(&self, readings: &[Reading]) {
        let spans = readings.iter().filter_map(|reading| reading.span);
        self.known.borrow_mut().extend(spans);
    }

    /// Where something was read so far.
    pub(crate) fn known(&self) -> Vec<Span> {
        self.known.borrow().clone()
    }

    /// Something looks like a Data Matrix: a corner with a side of alternating
    /// modules.
    pub(crate) fn show_data_matrix(&self) {
        self.shows_data_matrix.set(true);
    }

    /// Whether a search so far saw what looks like a Data Matrix.
    pub(crate) fn shows_data_matrix(&self) -> bool {
        self.shows_data_matrix.get()
    }

    /// Black and white, decided locally.
    pub(crate) fn black(&self) -> &Black {
        self.black.get_or_init(|| Black::of(&self.luma))
    }

    /// The same in the form that rxing takes.
    pub(crate) fn matrix(&self) -> Option<&BitMatrix> {
        self.matrix
            .get_or_init(|| self.black().to_matrix())
            .as_ref()
    }

    /// The finder patterns of QR codes that a thin search shows.
    pub(crate) fn finders(&self) -> &[ConcentricPattern] {
        self.finders
            .get_or_init(|| self.matrix().map(qr::finders).unwrap_or_default())
    }

    /// Where edges run parallel as in linear codes, the most promising first.
    pub(crate) fn regions(&self) -> &[linear::Region] {
        let regions = || linear::regions(&self.luma, REGIONS_MAX);
        self.regions.get_or_init(regions)
    }

    /// Half the width and height; `None` when little would be left.
    pub(crate) fn half(&self) -> Option<&Self> {
        let half = || {
            let fits = self.luma.width.min(self.luma.height) / 2 >= HALF_SIDE_MIN;
            fits.then(|| Box::new(Self::of(geometry::half(&self.luma))))
        };
        self.half.get_or_init(half).as_deref()
    }

    /// Twice the width and height; `None` for a picture that is large already.
    pub(crate) fn double(&self) -> Option<&Self> {
        let double = || {
            let fits = self.luma.width.max(self.luma.height) <= DOUBLE_SIDE_MAX;
            fits.then(|| Box::new(Self::of(geometry::double(&self.luma))))
        };
        self.double.get_or_init(double).as_deref()
    }
}

impl Deref for Prepared {
    type Target = Luma;

    fn deref(&self) -> &Luma {
        &self.luma
    }
}
