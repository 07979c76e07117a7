//! Drawn codes of every kind, made bad in seeded ways: how many are still read,
//! and that no other text ever comes out.

use carrot_scan::{Luma, ScanLimits, count_image_bytes, scan_luma};

mod drawing;
use drawing::{Random, bars, code_128, ean_8, ean_13, itf, picture, qr, sheet};

/// Pictures of each kind.
const COUNT: u64 = 24;

/// A code without its troubles, and its text.
type Draw = fn(&mut Random) -> (Luma, String);

fn digits(random: &mut Random, count: usize) -> String {
    (0..count)
        .map(|_| char::from(b'0' + random.below(10) as u8))
        .collect()
}

/// Digits with their GS1 check digit.
fn checked(body: &str) -> String {
    let weighted = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 0 { 3 } else { 1 });
    format!("{body}{}", (10 - weighted.sum::<u32>() % 10) % 10)
}

fn draw_qr(random: &mut Random) -> (Luma, String) {
    let text = format!("https://example.org/c/{}", digits(random, 18));
    (qr(&text, 4 + random.below(3)), text)
}

fn draw_ean_13(random: &mut Random) -> (Luma, String) {
    let text = checked(&format!("4{}", digits(random, 11)));
    (ean_13(&text, 3 + random.below(2), 130), text)
}

fn draw_ean_8(random: &mut Random) -> (Luma, String) {
    let text = checked(&format!("4{}", digits(random, 6)));
    (ean_8(&text, 3 + random.below(2), 120), text)
}

fn draw_code_128(random: &mut Random) -> (Luma, String) {
    let text = format!("CARROT-{}", digits(random, 5));
    (code_128(&format!("Ɓ{text}"), 3, 120), text)
}

fn draw_itf(random: &mut Random) -> (Luma, String) {
    let text = checked(&format!("1{}", digits(random, 12)));
    (itf(&text, 3, 130), text)
}

/// A Data Matrix with a quiet zone of two modules.
fn matrix(code: &datamatrix::DataMatrix, scale: u32) -> Luma {
    let bitmap = code.bitmap();
    let (width, height) = (bitmap.width() as u32, bitmap.height() as u32);
    let bits = bitmap.bits().to_vec();
    picture((width + 4) * scale, (height + 4) * scale, |x, y| {
        let (x, y) = ((x / scale).wrapping_sub(2), (y / scale).wrapping_sub(2));
        let dark = x < width && y < height && bits[(y * width + x) as usize];
        if dark { 0 } else { 255 }
    })
}

fn draw_data_matrix(random: &mut Random) -> (Luma, String) {
    let text = format!("Carrot {}", digits(random, 10));
    let sizes = datamatrix::SymbolList::default();
    let code = datamatrix::DataMatrix::encode(text.as_bytes(), sizes).expect("it fits");
    (matrix(&code, 4 + random.below(3)), text)
}

/// A goods code: GTIN, serial, key and a signature, parted by FNC1.
fn draw_marking(random: &mut Random) -> (Luma, String) {
    let gtin = checked(&format!("0460{}", digits(random, 9)));
    let text = format!(
        "01{gtin}215{}\u{1d}91EE{}\u{1d}92{}=",
        digits(random, 12),
        digits(random, 2),
        digits(random, 43)
    );
    let code = datamatrix::DataMatrixBuilder::new()
        .with_fnc1_start(true)
        .encode(text.as_bytes())
        .expect("it fits");
    (matrix(&code, 4), text)
}

/// GS1-128 with a separator: symbol values of code set C, then B, by hand.
fn draw_gs1_128(random: &mut Random) -> (Luma, String) {
    let gtin = checked(&format!("0401{}", digits(random, 9)));
    let lot = digits(random, 6);
    let text = format!("01{gtin}10{lot}\u{1d}17271231");
    // Đ? start C, FNC1, pairs.
    let code = code_128(&format!("ĆŹ01{gtin}10{lot}Ź17271231"), 3, 130);
    (code, text)
}

/// A picture as a poor camera would give it.
fn spoilt(code: &Luma, random: &mut Random, turn_max: u32) -> Luma {
    let side = code.width.max(code.height) * 3 / 2 + 20;
    let lean = f64::from(random.below(101)) / 1000.0;
    let turn = f64::from(random.below(2 * turn_max + 1)) - f64::from(turn_max);
    let (sin, cos) = turn.to_radians().sin_cos();
    let size = 0.75 + f64::from(random.below(26)) / 100.0;
    let (light, slope) = (200 + random.below(50), random.below(90));
    let ink = 20 + random.below(50);
    let half = f64::from(side) / 2.0;
    let seen = picture(side, side, |x, y| {
        let (x, y) = (f64::from(x) - half, f64::from(y) - half);
        // The picture leans away to the right.
        let depth = size * (1.0 + lean * x / half);
        let (u, v) = ((x * cos + y * sin) / depth, (y * cos - x * sin) / depth);
        let at = |v: f64, middle: u32| v + f64::from(middle) / 2.0 - 0.5;
        let grey = between(code, at(u, code.width), at(v, code.height));
        let paper = f64::from(light) - f64::from(slope) * (x / half + 1.0) / 2.0;
        let grey = f64::from(ink) + grey * (paper - f64::from(ink)) / 255.0;
        grey.clamp(0.0, 255.0) as u8
    });
    let seen = if random.below(2) == 0 {
        softened(&seen)
    } else {
        seen
    };
    let noise = random.below(14);
    let pixels = seen.pixels.iter().map(|&p| {
        let grey = u32::from(p) + random.below(2 * noise + 1);
        grey.saturating_sub(noise).min(255) as u8
    });
    Luma {
        pixels: pixels.collect(),
        ..seen.clone()
    }
}

/// The grey between pixels; paper outside.
fn between(luma: &Luma, x: f64, y: f64) -> f64 {
    let at = |x: f64, y: f64| {
        let inside =
            x >= 0.0 && y >= 0.0 && x < f64::from(luma.width) && y < f64::from(luma.height);
        if inside {
            f64::from(luma.pixels[y as usize * luma.width as usize + x as usize])
        } else {
            255.0
        }
    };
    let (x0, y0) = (x.floor(), y.floor());
    let (fx, fy) = (x - x0, y - y0);
    let upper = at(x0, y0) * (1.0 - fx) + at(x0 + 1.0, y0) * fx;
    let lower = at(x0, y0 + 1.0) * (1.0 - fx) + at(x0 + 1.0, y0 + 1.0) * fx;
    upper * (1.0 - fy) + lower * fy
}

/// Each pixel the mean of nine.
fn softened(luma: &Luma) -> Luma {
    let (w, h) = (luma.width as i64, luma.height as i64);
    picture(luma.width, luma.height, |x, y| {
        let near = (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)));
        let sum: u32 = near
            .map(|(dx, dy)| {
                let (x, y) = (i64::from(x) + dx, i64::from(y) + dy);
                let (x, y) = (x.clamp(0, w - 1), y.clamp(0, h - 1));
                u32::from(luma.pixels[(y * w + x) as usize])
            })
            .sum();
        (sum / 9) as u8
    })
}

fn inverted(luma: &Luma) -> Luma {
    Luma {
        pixels: luma.pixels.iter().map(|p| 255 - p).collect(),
        ..luma.clone()
    }
}

fn limits() -> ScanLimits {
    // Time is not what is measured here, and the machine may be busy.
    ScanLimits {
        deadline_ms: 60_000,
        ..ScanLimits::default()
    }
}

/// How many of [`COUNT`] pictures are read; another text ends the test.
fn read_of(name: &str, draw: Draw, spoil: impl Fn(&Luma, &mut Random) -> Luma) -> u64 {
    let read = |&seed: &u64| {
        let mut random = Random::new(seed * 7919 + name.len() as u64);
        let (code, text) = draw(&mut random);
        let seen = spoil(&code, &mut random);
        let symbols = scan_luma(&seen, &limits()).expect("an answer");
        for symbol in &symbols {
            assert_eq!(
                symbol.text, text,
                "{name} {seed}: an invented {}",
                symbol.format
            );
        }
        !symbols.is_empty()
    };
    let count = (0..COUNT).filter(read).count() as u64;
    println!("{name:14} {count} of {COUNT}");
    count
}

#[test]
fn spoilt_codes_are_read_and_none_is_invented() {
    let kinds: [(&str, Draw, u32, u64); 8] = [
        ("qr", draw_qr, 180, 22),
        ("data_matrix", draw_data_matrix, 180, 22),
        ("marking", draw_marking, 180, 20),
        ("ean_13", draw_ean_13, 20, 22),
        ("ean_8", draw_ean_8, 15, 20),
        ("code_128", draw_code_128, 20, 20),
        ("gs1_128", draw_gs1_128, 15, 18),
        ("itf", draw_itf, 15, 20),
    ];
    let counts = kinds.map(|(name, draw, turn, floor)| {
        let count = read_of(name, draw, |code, random| spoilt(code, random, turn));
        (name, count, floor)
    });
    for (name, count, floor) in counts {
        assert!(count >= floor, "{name}: {count} of {COUNT}, {floor} wanted");
    }
}

#[test]
fn white_codes_on_black_are_read() {
    let paper = |code: &Luma| sheet(code.width + 40, code.height + 40, &[(20, 20, code)]);
    for (name, draw) in [("qr", draw_qr as Draw), ("data_matrix", draw_data_matrix)] {
        let count = read_of(name, draw, |code, _| inverted(&paper(code)));
        assert!(count >= COUNT - 1, "{name}: {count} of {COUNT}");
    }
}

#[test]
fn a_shelf_gives_all_its_codes() {
    let mut random = Random::new(5);
    let mut codes = Vec::new();
    for number in 0..12u64 {
        let draw: Draw = match number % 3 {
            0 => draw_ean_13,
            1 => draw_qr,
            _ => draw_data_matrix,
        };
        codes.push(draw(&mut random));
    }
    let places = (0..12u32).map(|i| (40 + (i % 4) * 460, 40 + (i / 4) * 260));
    let parts: Vec<_> = places
        .zip(&codes)
        .map(|((x, y), (c, _))| (x, y, c))
        .collect();
    let shelf = sheet(1900, 860, &parts);
    let symbols = scan_luma(&shelf, &limits()).expect("an answer");
    let mut read: Vec<_> = symbols.into_iter().map(|s| s.text).collect();
    let mut wanted: Vec<_> = codes.into_iter().map(|(_, text)| text).collect();
    read.sort();
    wanted.sort();
    assert_eq!(read, wanted);
}

#[test]
fn equal_goods_on_a_shelf_are_counted() {
    let mut random = Random::new(6);
    let (ean, text) = draw_ean_13(&mut random);
    let (other, other_text) = draw_ean_13(&mut random);
    let places = [(60, 40), (600, 60), (1_150, 50), (80, 400), (640, 420)];
    let mut parts: Vec<_> = places.iter().map(|(x, y)| (*x, *y, &ean)).collect();
    parts.push((1_180, 430, &other));
    let shelf = sheet(1_900, 800, &parts);
    let mut png = Vec::new();
    let pixels = image::GrayImage::from_raw(shelf.width, shelf.height, shelf.pixels);
    let shelf = image::DynamicImage::ImageLuma8(pixels.expect("a picture"));
    let format = image::ImageFormat::Png;
    let mut file = std::io::Cursor::new(&mut png);
    shelf.write_to(&mut file, format).expect("a file");
    let seen = count_image_bytes(&png, &limits()).expect("an answer");
    let mut seen: Vec<_> = seen
        .into_iter()
        .map(|one| (one.symbol.text, one.places))
        .collect();
    let mut wanted = vec![(text, 5), (other_text, 1)];
    seen.sort();
    wanted.sort();
    assert_eq!(seen, wanted);
}

#[test]
fn stripes_and_noise_hold_no_code() {
    let mut random = Random::new(9);
    for _ in 0..12 {
        let modules: Vec<u8> = (0..120).map(|_| random.below(2) as u8).collect();
        let stripes = bars(&modules, 3, 120);
        let seen = spoilt(&stripes, &mut random, 20);
        assert_eq!(scan_luma(&seen, &limits()), Ok(Vec::new()));
        let bytes = random.bytes(200 * 200);
        let blocks = picture(200, 200, |x, y| bytes[(y / 4 * 200 + x / 4) as usize]);
        assert_eq!(scan_luma(&blocks, &limits()), Ok(Vec::new()));
    }
}
