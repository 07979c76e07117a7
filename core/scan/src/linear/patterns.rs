//! The bars of each symbology, drawn once for every kind of blur and kept.

use std::sync::OnceLock;

use super::kind::Kind;
use super::template::{Alphabet, Beside, Optics, Pattern, ink};

/// Blurs that are tried, modules.
pub(super) const BLURS: [f32; 6] = [0.3, 0.5, 0.7, 0.9, 1.1, 1.35];
/// Growths of the bars that are tried, modules; the fourth is none.
pub(super) const GROWTHS: [f32; 8] = [-0.45, -0.3, -0.15, 0.0, 0.15, 0.3, 0.45, 0.6];
/// Pairs of a blur and a growth.
const CASES: usize = BLURS.len() * GROWTHS.len();
/// Modules of quiet zone compared along with the first and last guard.
pub(super) const QUIET: f32 = 2.0;
/// Widths of wide elements of ITF that are tried, narrow ones.
pub(super) const RATIOS: [f32; 3] = [2.0, 2.5, 3.0];

/// Widths of EAN digits; set A begins with a space, C with a bar, and B is A
/// read backwards.
const DIGITS: [[f32; 4]; 10] = [
    [3.0, 2.0, 1.0, 1.0],
    [2.0, 2.0, 2.0, 1.0],
    [2.0, 1.0, 2.0, 2.0],
    [1.0, 4.0, 1.0, 1.0],
    [1.0, 1.0, 3.0, 2.0],
    [1.0, 2.0, 3.0, 1.0],
    [1.0, 1.0, 1.0, 4.0],
    [1.0, 3.0, 1.0, 2.0],
    [1.0, 2.0, 1.0, 3.0],
    [3.0, 1.0, 1.0, 2.0],
];

/// Widths of Code 128's characters 0 to 105; 103 to 105 begin a code.
const CODE_128: [&[u8; 6]; 106] = [
    b"212222", b"222122", b"222221", b"121223", b"121322", b"131222", b"122213", b"122312",
    b"132212", b"221213", b"221312", b"231212", b"112232", b"122132", b"122231", b"113222",
    b"123122", b"123221", b"223211", b"221132", b"221231", b"213212", b"223112", b"312131",
    b"311222", b"321122", b"321221", b"312212", b"322112", b"322211", b"212123", b"212321",
    b"232121", b"111323", b"131123", b"131321", b"112313", b"132113", b"132311", b"211313",
    b"231113", b"231311", b"112133", b"112331", b"132131", b"113123", b"113321", b"133121",
    b"313121", b"211331", b"231131", b"213113", b"213311", b"213131", b"311123", b"311321",
    b"331121", b"312113", b"312311", b"332111", b"314111", b"221411", b"431111", b"111224",
    b"111422", b"121124", b"121421", b"141122", b"141221", b"112214", b"112412", b"122114",
    b"122411", b"142112", b"142211", b"241211", b"221114", b"413111", b"241112", b"134111",
    b"111242", b"121142", b"121241", b"114212", b"124112", b"124211", b"411212", b"421112",
    b"421211", b"212141", b"214121", b"412121", b"111143", b"111341", b"131141", b"114113",
    b"114311", b"411113", b"411311", b"113141", b"114131", b"311141", b"411131", b"211412",
    b"211214", b"211232",
];
const CODE_128_STOP: [f32; 7] = [2.0, 3.0, 3.0, 1.0, 1.0, 1.0, 2.0];

/// Which elements of an ITF digit are wide.
const ITF_WIDE: [[bool; 5]; 10] = [
    [false, false, true, true, false],
    [true, false, false, false, true],
    [false, true, false, false, true],
    [true, true, false, false, false],
    [false, false, true, false, true],
    [true, false, true, false, false],
    [false, true, true, false, false],
    [false, false, false, true, true],
    [true, false, false, true, false],
    [false, true, false, true, false],
];

/// Blur and growth by their indices in [`BLURS`] and [`GROWTHS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Case {
    pub blur: usize,
    pub growth: usize,
}

impl Case {
    fn index(self) -> usize {
        (self.blur * GROWTHS.len() + self.growth).min(CASES - 1)
    }

    /// The cases one step away.
    pub fn neighbours(self) -> impl Iterator<Item = Self> {
        let Self { blur, growth } = self;
        let blurs = [blur + 1, blur.wrapping_sub(1)].map(|blur| Self { blur, growth });
        let growths = [growth + 1, growth.wrapping_sub(1)].map(|growth| Self { blur, growth });
        blurs
            .into_iter()
            .chain(growths)
            .filter(|c| c.blur < BLURS.len() && c.growth < GROWTHS.len())
    }

    fn optics(self) -> Optics {
        Optics {
            blur: BLURS.get(self.blur).copied().unwrap_or(0.5),
            growth: GROWTHS.get(self.growth).copied().unwrap_or(0.0),
        }
    }
}

/// The alphabets of the EAN family.
pub(super) struct Ean {
    pub start: Alphabet,
    /// Sets A (digits 0 to 9) and B (10 to 19).
    pub left: Alphabet,
    pub middle: Alphabet,
    pub right: Alphabet,
    pub end: Alphabet,
    /// The end of UPC-E.
    pub short_end: Alphabet,
}

/// The alphabets of Code 128.
pub(super) struct Code128 {
    pub start: Alphabet,
    pub middle: Alphabet,
    pub stop: Alphabet,
}

/// The alphabets of ITF for one width of the wide elements.
pub(super) struct Itf {
    pub start: Alphabet,
    /// Digits in pairs, 0 to 99.
    pub pairs: Alphabet,
    pub stop: Alphabet,
}

/// The EAN family as seen in a case.
pub(super) fn ean(case: Case) -> &'static Ean {
    static KEPT: [OnceLock<Ean>; CASES] = [const { OnceLock::new() }; CASES];
    kept(&KEPT, case.index(), || draw_ean(case.optics()))
}

/// Code 128 as seen in a case.
pub(super) fn code_128(case: Case) -> &'static Code128 {
    static KEPT: [OnceLock<Code128>; CASES] = [const { OnceLock::new() }; CASES];
    kept(&KEPT, case.index(), || draw_code_128(case.optics()))
}

/// ITF as seen in a case, by the index of its ratio in [`RATIOS`].
pub(super) fn itf(case: Case, ratio: usize) -> &'static Itf {
    const COUNT: usize = CASES * RATIOS.len();
    static KEPT: [OnceLock<Itf>; COUNT] = [const { OnceLock::new() }; COUNT];
    let ratio = ratio.min(RATIOS.len() - 1);
    kept(&KEPT, case.index() * RATIOS.len() + ratio, || {
        draw_itf(RATIOS.get(ratio).copied().unwrap_or(2.5), case.optics())
    })
}

/// The ink of each form that a slot of EAN may have.
type Forms = Vec<Vec<f32>>;

struct EanInk {
    start: Forms,
    left: Forms,
    middle: Forms,
    right: Forms,
    end: Forms,
}

/// For each slot of an EAN-13 or EAN-8 the ink of its templates, in the order of
/// the slot's alphabet; nothing for other kinds.
pub(super) fn inks(kind: Kind, case: Case) -> Vec<&'static [Vec<f32>]> {
    static KEPT: [OnceLock<EanInk>; CASES] = [const { OnceLock::new() }; CASES];
    let half = match kind {
        Kind::Ean13 => 6,
        Kind::Ean8 => 4,
        _ => return Vec::new(),
    };
    let set = kept(&KEPT, case.index(), || draw_ean_ink(case.optics()));
    let sets = if half == 4 { 10 } else { 20 };
    let left = set.left.get(..sets).unwrap_or_default();
    std::iter::once(set.start.as_slice())
        .chain(std::iter::repeat_n(left, half))
        .chain([set.middle.as_slice()])
        .chain(std::iter::repeat_n(set.right.as_slice(), half))
        .chain([set.end.as_slice()])
        .collect()
}

fn draw_ean_ink(optics: Optics) -> EanInk {
    let one = |widths: &[f32], bar_first, room| ink(&Pattern { widths, bar_first }, room, optics);
    let none = (0.0, 0.0);
    let backwards = DIGITS.map(|[a, b, c, d]| [d, c, b, a]);
    EanInk {
        start: vec![one(&[1.0; 3], true, (QUIET, 0.0))],
        left: DIGITS
            .iter()
            .chain(&backwards)
            .map(|widths| one(widths, false, none))
            .collect(),
        middle: vec![one(&[1.0; 5], false, none)],
        right: DIGITS
            .iter()
            .map(|widths| one(widths, true, none))
            .collect(),
        end: vec![one(&[1.0; 3], true, (0.0, QUIET))],
    }
}

fn kept<T, const N: usize>(
    all: &'static [OnceLock<T>; N],
    index: usize,
    draw: impl FnOnce() -> T,
) -> &'static T {
    all.get(index).unwrap_or(&all[0]).get_or_init(draw)
}

fn draw_ean(optics: Optics) -> Ean {
    let one = |widths: &[f32], bar_first, sides, room| {
        Alphabet::draw([Pattern { widths, bar_first }], sides, room, optics)
    };
    let ones = [1.0; 6];
    let [a, b, c, d] = [&ones[..3], &ones[..5], &ones[..3], &ones[..6]];
    let backwards = DIGITS.map(|[a, b, c, d]| [d, c, b, a]);
    let left = DIGITS.iter().chain(&backwards).map(|widths| Pattern {
        widths,
        bar_first: false,
    });
    let right = DIGITS.iter().map(|widths| Pattern {
        widths,
        bar_first: true,
    });
    use Beside::{Bar, Quiet, Space};
    Ean {
        start: one(a, true, (Quiet, Space), (QUIET, 0.0)),
        left: Alphabet::draw(left, (Bar, Space), (0.0, 0.0), optics),
        middle: one(b, false, (Bar, Bar), (0.0, 0.0)),
        right: Alphabet::draw(right, (Space, Bar), (0.0, 0.0), optics),
        end: one(c, true, (Space, Quiet), (0.0, QUIET)),
        short_end: one(d, false, (Bar, Quiet), (0.0, QUIET)),
    }
}

fn draw_code_128(optics: Optics) -> Code128 {
    let widths = CODE_128.map(|text| text.map(|digit| f32::from(digit - b'0')));
    let pattern = |widths| Pattern {
        widths,
        bar_first: true,
    };
    let all = |from: usize| widths.iter().skip(from).map(|w| pattern(w.as_slice()));
    use Beside::{Bar, Quiet, Space};
    Code128 {
        start: Alphabet::draw(all(103), (Quiet, Bar), (QUIET, 0.0), optics),
        middle: Alphabet::draw(all(0).take(103), (Space, Bar), (0.0, 0.0), optics),
        stop: Alphabet::draw(
            [pattern(&CODE_128_STOP)],
            (Space, Quiet),
            (0.0, QUIET),
            optics,
        ),
    }
}

fn draw_itf(ratio: f32, optics: Optics) -> Itf {
    let width = |wide: bool| if wide { ratio } else { 1.0 };
    let pairs: Vec<[f32; 10]> = (0..100)
        .map(|pair| {
            let digit = |d: usize| ITF_WIDE.get(d).copied().unwrap_or_default();
            let (bars, spaces) = (digit(pair / 10), digit(pair % 10));
            std::array::from_fn(|i| {
                let from = if i % 2 == 0 { &bars } else { &spaces };
                width(from.get(i / 2).copied().unwrap_or(false))
            })
        })
        .collect();
    let pattern = |widths| Pattern {
        widths,
        bar_first: true,
    };
    use Beside::{Bar, Quiet, Space};
    Itf {
        start: Alphabet::draw([pattern(&[1.0; 4])], (Quiet, Bar), (QUIET, 0.0), optics),
        pairs: Alphabet::draw(
            pairs.iter().map(|w| pattern(w.as_slice())),
            (Space, Bar),
            (0.0, 0.0),
            optics,
        ),
        stop: Alphabet::draw(
            [pattern(&[ratio, 1.0, 1.0])],
            (Space, Quiet),
            (0.0, QUIET),
            optics,
        ),
    }
}
