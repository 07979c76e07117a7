//! The sizes in which Data Matrix symbols exist (ISO/IEC 16022 and 21471).

/// One size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// Modules from top to bottom, finder and timing included.
    pub rows: usize,
    /// Modules from left to right, not less than `rows`.
    pub columns: usize,
    /// Data regions from top to bottom.
    pub down: usize,
    /// Data regions from left to right.
    pub across: usize,
    /// Codewords that carry data; the rest correct errors.
    pub data: usize,
}

const fn square(side: usize, regions: usize, data: usize) -> Size {
    Size {
        rows: side,
        columns: side,
        down: regions,
        across: regions,
        data,
    }
}

const fn flat(rows: usize, columns: usize, across: usize, data: usize) -> Size {
    Size {
        rows,
        columns,
        down: 1,
        across,
        data,
    }
}

/// All sizes.
pub(crate) const SIZES: [Size; 48] = [
    square(10, 1, 3),
    square(12, 1, 5),
    square(14, 1, 8),
    square(16, 1, 12),
    square(18, 1, 18),
    square(20, 1, 22),
    square(22, 1, 30),
    square(24, 1, 36),
    square(26, 1, 44),
    square(32, 2, 62),
    square(36, 2, 86),
    square(40, 2, 114),
    square(44, 2, 144),
    square(48, 2, 174),
    square(52, 2, 204),
    square(64, 4, 280),
    square(72, 4, 368),
    square(80, 4, 456),
    square(88, 4, 576),
    square(96, 4, 696),
    square(104, 4, 816),
    square(120, 6, 1050),
    square(132, 6, 1304),
    square(144, 6, 1558),
    flat(8, 18, 1, 5),
    flat(8, 32, 2, 10),
    flat(12, 26, 1, 16),
    flat(12, 36, 2, 22),
    flat(16, 36, 2, 32),
    flat(16, 48, 2, 49),
    flat(8, 48, 2, 18),
    flat(8, 64, 4, 24),
    flat(8, 80, 4, 32),
    flat(8, 96, 4, 38),
    flat(8, 120, 6, 49),
    flat(8, 144, 6, 63),
    flat(12, 64, 4, 43),
    flat(12, 88, 4, 64),
    flat(16, 64, 4, 62),
    flat(20, 36, 2, 44),
    flat(20, 44, 2, 56),
    flat(20, 64, 4, 84),
    flat(22, 48, 2, 72),
    flat(24, 48, 2, 80),
    flat(24, 64, 4, 108),
    flat(26, 40, 2, 70),
    flat(26, 48, 2, 90),
    flat(26, 64, 4, 118),
];

/// The size with these rows and columns.
pub(crate) fn size(rows: usize, columns: usize) -> Option<Size> {
    SIZES
        .into_iter()
        .find(|size| (size.rows, size.columns) == (rows, columns))
}

/// Whether a symbol may have these sides, also when it lies on its side or is
/// seen in a mirror.
pub(crate) fn exists(rows: usize, columns: usize) -> bool {
    size(rows, columns).is_some() || size(columns, rows).is_some()
}
