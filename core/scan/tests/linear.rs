//! The reader of linear codes on drawn photographs of known contents: turned,
//! blurred, dark, noisy, and on textures that hold no code.

mod drawing;

use barcoders::sym::{code128::Code128, ean8::EAN8, ean13::EAN13, tf::TF};
use carrot_scan::linear::{LinearReader, Strength};
use carrot_scan::{Format, Luma, Stop};
use drawing::{Random, picture};

const EAN_13: &str = "4006381333931";
const UPC_A: &str = "036000291452";
const EAN_8: &str = "96385074";
const ITF_14: &str = "15400141288763";
const CODE_128: &str = "KARTON-2048";

/// How a code is photographed.
#[derive(Clone, Copy)]
struct Photo {
    width: u32,
    height: u32,
    /// Pixels in a module.
    module: f32,
    /// Height of the bars, modules.
    tall: f32,
    degrees: f32,
    /// Standard deviation, modules.
    blur: f32,
    black: f32,
    white: f32,
    /// How much lighter the right edge is than the left one, of full light.
    slope: f32,
    noise: u32,
}

const PLAIN: Photo = Photo {
    width: 600,
    height: 360,
    module: 2.5,
    tall: 40.0,
    degrees: 0.0,
    blur: 0.3,
    black: 20.0,
    white: 230.0,
    slope: 0.0,
    noise: 0,
};

impl Photo {
    /// Takes the photograph, the code in the middle.
    fn of(&self, modules: &[u8]) -> Luma {
        let (sin, cos) = self.degrees.to_radians().sin_cos();
        let (cx, cy) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        let weights: Vec<(f32, f32)> = (-12..=12)
            .map(|k| {
                let z = k as f32 / 4.0;
                (z * self.blur, (-z * z / 2.0).exp())
            })
            .collect();
        let whole: f32 = weights.iter().map(|w| w.1).sum();
        let ink = |u: f32| f32::from(u >= 0.0 && modules.get(u as usize) == Some(&1));
        let mut random = Random::new(7);
        let noise: Vec<u32> = (0..self.width * self.height)
            .map(|_| random.below(2 * self.noise + 1))
            .collect();
        picture(self.width, self.height, |x, y| {
            let (dx, dy) = (x as f32 - cx, y as f32 - cy);
            let u = (dx * cos + dy * sin) / self.module + modules.len() as f32 / 2.0;
            let v = (dy * cos - dx * sin) / self.module;
            let dark = if v.abs() < self.tall / 2.0 {
                weights.iter().map(|(z, w)| w * ink(u + z)).sum::<f32>() / whole
            } else {
                0.0
            };
            let light = 1.0 + self.slope * (x as f32 / self.width as f32 - 1.0);
            let value = (self.white + (self.black - self.white) * dark) * light;
            let jitter = noise[(y * self.width + x) as usize] as f32 - self.noise as f32;
            (value + jitter).clamp(0.0, 255.0) as u8
        })
    }
}

fn read(strength: Strength, luma: &Luma) -> Vec<(Format, String)> {
    LinearReader { strength }
        .read_luma(luma, &Stop::default())
        .into_iter()
        .map(|reading| (reading.symbol.format, reading.symbol.text))
        .collect()
}

fn codes() -> Vec<(Vec<u8>, Format, String)> {
    let ean = |text: &str| EAN13::new(text).expect("an EAN-13 number").encode();
    let gs1 = Code128::new("ĆŹ0104006381333931ŹƁ21AB").expect("a GS1-128 text");
    vec![
        (ean(EAN_13), Format::Ean13, EAN_13.into()),
        (ean(&format!("0{UPC_A}")), Format::UpcA, UPC_A.into()),
        (
            EAN8::new(EAN_8).expect("an EAN-8 number").encode(),
            Format::Ean8,
            EAN_8.into(),
        ),
        (
            TF::interleaved(ITF_14).expect("an ITF number").encode(),
            Format::Itf,
            ITF_14.into(),
        ),
        (
            Code128::new(format!("Ɓ{CODE_128}"))
                .expect("a text")
                .encode(),
            Format::Code128,
            CODE_128.into(),
        ),
        (
            gs1.encode(),
            Format::Code128,
            "0104006381333931\u{1d}21AB".into(),
        ),
    ]
}

fn assert_all(photo: Photo, strength: Strength, what: &str) {
    for (modules, format, text) in codes() {
        let found = read(strength, &photo.of(&modules));
        assert_eq!(found, [(format, text)], "{what}");
    }
}

#[test]
fn plain_codes_are_read_quickly() {
    assert_all(PLAIN, Strength::Quick, "plain");
    assert_all(
        Photo {
            degrees: 180.0,
            ..PLAIN
        },
        Strength::Quick,
        "on its head",
    );
}

#[test]
fn every_angle_is_read() {
    for degrees in (0..360).step_by(15) {
        let photo = Photo {
            width: 560,
            height: 560,
            degrees: degrees as f32 + 3.0,
            ..PLAIN
        };
        assert_all(photo, Strength::Deep, &format!("turned by {degrees}"));
    }
}

#[test]
fn bars_thinner_than_the_blur_are_read() {
    for blur in [0.5, 0.75, 1.0] {
        let photo = Photo {
            blur,
            module: 3.0,
            ..PLAIN
        };
        let modules = EAN13::new(EAN_13).expect("a number").encode();
        let found = read(Strength::Deep, &photo.of(&modules));
        assert_eq!(found, [(Format::Ean13, EAN_13.to_owned())], "blur {blur}");
    }
}

#[test]
fn bars_of_little_more_than_a_pixel_are_read() {
    for module in [1.3, 1.5, 1.7, 2.0] {
        let photo = Photo {
            module,
            blur: 0.5,
            tall: 60.0,
            degrees: 4.0,
            ..PLAIN
        };
        let modules = EAN13::new(EAN_13).expect("a number").encode();
        let found = read(Strength::Deep, &photo.of(&modules));
        assert_eq!(
            found,
            [(Format::Ean13, EAN_13.to_owned())],
            "{module} pixels"
        );
    }
}

#[test]
fn faint_noisy_and_unevenly_lit_codes_are_read() {
    let faint = Photo {
        black: 90.0,
        white: 130.0,
        noise: 3,
        ..PLAIN
    };
    assert_all(faint, Strength::Deep, "faint");
    let noisy = Photo { noise: 35, ..PLAIN };
    assert_all(noisy, Strength::Deep, "noisy");
    for slope in [0.8, -0.8] {
        let white = if slope < 0.0 { 140.0 } else { 230.0 };
        let lit = Photo {
            slope,
            white,
            ..PLAIN
        };
        assert_all(lit, Strength::Deep, "lit from one side");
    }
}

/// The modules of UPC-E 01234565: its check digit 5 sets the digits in sets
/// B, A, A, B, B, A.
fn upc_e() -> Vec<u8> {
    let digits = [
        "0110011", "0010011", "0111101", "0011101", "0111001", "0101111",
    ];
    let all = format!("101{}010101", digits.concat());
    all.bytes().map(|bit| bit - b'0').collect()
}

#[test]
fn upc_e_is_read_as_printed() {
    let found = read(Strength::Deep, &PLAIN.of(&upc_e()));
    assert_eq!(found, [(Format::UpcE, "01234565".to_owned())]);
}

#[test]
fn part_of_a_code_is_no_code() {
    let modules = EAN13::new(EAN_13).expect("a number").encode();
    for (from, to) in [(0, 50), (45, 95), (10, 77), (0, 80)] {
        let found = read(Strength::Deep, &PLAIN.of(&modules[from..to]));
        assert_eq!(found, [], "modules {from} to {to}");
    }
}

#[test]
fn two_codes_in_one_picture_are_both_read() {
    let (first, second) = (
        drawing::ean_13("400638133393", 2, 60),
        drawing::code_128("ƁAB12", 2, 60),
    );
    let sheet = drawing::sheet(640, 480, &[(40, 40, &first), (300, 300, &second)]);
    let mut found = read(Strength::Deep, &sheet);
    found.sort();
    let wanted = [
        (Format::Ean13, "4006381333931".to_owned()),
        (Format::Code128, "AB12".to_owned()),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn codes_side_by_side_are_all_read() {
    let codes = ["400638133393", "978020137962", "501234567890"];
    let rows = codes.map(|code| EAN13::new(code).expect("a number").encode());
    // Seven modules between them are the least quiet zone there may be.
    let sheet = Photo {
        width: 700,
        module: 2.0,
        ..PLAIN
    }
    .of(&rows.join([0; 7].as_slice()));
    let mut found = read(Strength::Deep, &sheet);
    found.sort();
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["4006381333931", "5012345678900", "9780201379624"]);
}

#[test]
fn a_reading_says_where_the_code_lies() {
    let modules = EAN13::new(EAN_13).expect("a number").encode();
    let luma = PLAIN.of(&modules);
    let reader = LinearReader {
        strength: Strength::Quick,
    };
    let readings = reader.read_luma(&luma, &Stop::default());
    let span = readings[0].span.expect("a place");
    let half = 95.0 * PLAIN.module / 2.0;
    assert!((span.left - (300.0 - half)).abs() < 6.0, "{span:?}");
    assert!((span.right - (300.0 + half)).abs() < 6.0, "{span:?}");
    assert!(span.top > 100.0 && span.bottom < 260.0, "{span:?}");
}

#[test]
fn textures_hold_no_code() {
    let mut random = Random::new(11);
    let mut widths: Vec<Vec<u8>> = Vec::new();
    for _ in 0..40 {
        // Bars of random widths between quiet zones: the look of a code, no sense.
        let mut bars = Vec::new();
        while bars.len() < 95 {
            let width = 1 + random.below(4) as usize;
            let ink = (bars.last().copied().unwrap_or(0) ^ 1) & 1;
            bars.extend(std::iter::repeat_n(ink, width));
        }
        widths.push(bars);
    }
    for (i, bars) in widths.iter().enumerate() {
        let photo = Photo {
            blur: 0.3 + 0.02 * i as f32,
            ..PLAIN
        };
        assert_eq!(read(Strength::Deep, &photo.of(bars)), [], "bars {i}");
    }
    for period in 2..14 {
        let stripes = picture(400, 300, |x, _| if x / period % 2 == 0 { 30 } else { 220 });
        assert_eq!(read(Strength::Deep, &stripes), [], "period {period}");
    }
    let bytes = random.bytes(400 * 300);
    let noise = picture(400, 300, |x, y| bytes[(y * 400 + x) as usize]);
    assert_eq!(read(Strength::Deep, &noise), []);
    let letters = picture(400, 300, |x, y| {
        let letter = bytes[((y / 9) * 400 + x / 5) as usize];
        if letter > 110 && y % 9 < 7 { 25 } else { 235 }
    });
    assert_eq!(read(Strength::Deep, &letters), []);
}

#[test]
fn no_size_makes_it_panic() {
    let mut random = Random::new(3);
    let sides = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 40, 41, 64, 901, 1803];
    for width in sides {
        for height in sides.into_iter().filter(|h| width * h < 80_000) {
            let bytes = random.bytes((width * height) as usize);
            let luma = picture(width, height, |x, y| bytes[(y * width + x) as usize]);
            read(Strength::Quick, &luma);
            read(Strength::Deep, &luma);
            let bars = picture(
                width,
                height,
                |x, y| if (x + y) / 2 % 2 == 0 { 0 } else { 255 },
            );
            read(Strength::Deep, &bars);
        }
    }
    let torn = Luma {
        width: 100,
        height: 100,
        pixels: vec![0; 10],
    };
    assert_eq!(read(Strength::Deep, &torn), []);
}
