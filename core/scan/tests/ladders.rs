//! How much a drawn code may suffer before it is not read any more.
//!
//! Each ladder raises one trouble step by step until reading fails; the last
//! step that was read is compared with the recorded one and must not be lower.
//! Run with `CARROT_LADDERS=write` to record what is measured.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use carrot_scan::{Luma, ScanLimits, scan_luma};

mod drawing;
use drawing::{Random, code_128, ean_13, picture, qr, sheet};

const QR_TEXT: &str = "https://example.org/c/7Q2M-4H7K-0001";
const EAN_TEXT: &str = "4006381333931";
const CODE_128_TEXT: &str = "CARROT-0042";

/// Reads the picture; a wrong text ends the test.
fn is_read(luma: &Luma, text: &str) -> bool {
    // Time is not what is measured here, and the machine may be busy.
    let limits = ScanLimits {
        deadline_ms: 60_000,
        ..ScanLimits::default()
    };
    let symbols = scan_luma(luma, &limits).expect("an answer");
    for symbol in &symbols {
        assert_eq!(symbol.text, text, "an invented {}", symbol.format);
    }
    !symbols.is_empty()
}

/// The last step from 1 that is read with every step before it; 0 when none is.
fn climb(steps: u32, text: &str, draw: impl Fn(u32) -> Luma) -> u32 {
    (1..=steps)
        .take_while(|&step| is_read(&draw(step), text))
        .last()
        .unwrap_or(0)
}

/// Grey paper around a drawing.
fn on_paper(part: &Luma, margin: u32) -> Luma {
    sheet(
        part.width + 2 * margin,
        part.height + 2 * margin,
        &[(margin, margin, part)],
    )
}

/// The grey at a point given in 1/256 pixel; white outside.
fn sample(luma: &Luma, x: i64, y: i64) -> u8 {
    let at = |x: i64, y: i64| {
        let inside =
            (0..i64::from(luma.width)).contains(&x) && (0..i64::from(luma.height)).contains(&y);
        if inside {
            i64::from(luma.pixels[(y * i64::from(luma.width) + x) as usize])
        } else {
            255
        }
    };
    let (xi, yi, fx, fy) = (x >> 8, y >> 8, x & 255, y & 255);
    let row = |y: i64| at(xi, y) * (256 - fx) + at(xi + 1, y) * fx;
    ((row(yi) * (256 - fy) + row(yi + 1) * fy) >> 16) as u8
}

/// Leaning: the depth of the picture's sides differs by `step` parts in 20.
fn tilted(luma: &Luma, step: u32) -> Luma {
    let (w, h) = (i64::from(luma.width), i64::from(luma.height));
    picture(luma.width, luma.height, |x, y| {
        let (x, y) = (2 * i64::from(x) - w, 2 * i64::from(y) - h);
        // The left side leans forward: divide by a depth that grows to the right.
        let depth = 40 * w + i64::from(step) * x;
        if depth <= 0 {
            return 255;
        }
        sample(
            luma,
            (x * 40 * w * 128) / depth + w * 128,
            (y * 40 * w * 128) / depth + h * 128,
        )
    })
}

/// Blurred with a spread of about `step` / 2 pixels.
fn blurred(luma: &Luma, step: u32) -> Luma {
    let (w, h) = (luma.width as usize, luma.height as usize);
    let mut grey: Vec<u32> = luma.pixels.iter().map(|&p| u32::from(p) << 8).collect();
    // Weights 1 2 1 across and down add half a square pixel of spread a pass.
    for _ in 0..(step * step).div_ceil(2) {
        for (stride, lines, count, line_stride) in [(1, h, w, w), (w, w, h, 1)] {
            for line in 0..lines {
                let at = |i: usize| line * line_stride + i * stride;
                let mut before = grey[at(0)];
                for i in 0..count {
                    let here = grey[at(i)];
                    let after = grey[at((i + 1).min(count - 1))];
                    grey[at(i)] = (before + 2 * here + after + 2) / 4;
                    before = here;
                }
            }
        }
    }
    Luma {
        pixels: grey.iter().map(|g| (g >> 8) as u8).collect(),
        ..luma.clone()
    }
}

/// Less light with each step, and more noise.
fn dark(luma: &Luma, step: u32) -> Luma {
    let mut random = Random::new(u64::from(step));
    let contrast = 200u32.saturating_sub(12 * step);
    let noise = 4 * step;
    let pixel = |&p: &u8| {
        let grey = 20 + noise + u32::from(p) * contrast / 255;
        (grey + random.below(2 * noise + 1) - noise).min(255) as u8
    };
    Luma {
        pixels: luma.pixels.iter().map(pixel).collect(),
        ..luma.clone()
    }
}

/// Shrunk from 8 pixels a module to 4 less `step` / 8.
fn shrunk(luma: &Luma, step: u32) -> Luma {
    let (part, whole) = (32u32.saturating_sub(step).max(1), 64);
    let (width, height) = (luma.width * part / whole, luma.height * part / whole);
    picture(width, height, |x, y| {
        let range = |i: u32| i * whole / part..((i + 1) * whole / part);
        let (mut sum, mut count) = (0u32, 0u32);
        for row in range(y) {
            for column in range(x) {
                sum += u32::from(luma.pixels[(row * luma.width + column) as usize]);
                count += 1;
            }
        }
        (sum / count) as u8
    })
}

/// Turned by `step` times 5 degrees.
fn turned(luma: &Luma, step: u32) -> Luma {
    let angle = f64::from(step) * 5.0;
    // In 1/65536, so that the picture depends on no rounding of the machine.
    let (sin, cos) = angle.to_radians().sin_cos();
    let (sin, cos) = (
        (sin * 65536.0).round() as i64,
        (cos * 65536.0).round() as i64,
    );
    let (w, h) = (i64::from(luma.width), i64::from(luma.height));
    picture(luma.width, luma.height, |x, y| {
        let (x, y) = (2 * i64::from(x) - w, 2 * i64::from(y) - h);
        sample(
            luma,
            (x * cos - y * sin) / 512 + w * 128,
            (x * sin + y * cos) / 512 + h * 128,
        )
    })
}

/// A drawing of one code at a number of pixels a module.
type Draw = fn(u32) -> Luma;

fn measure() -> BTreeMap<String, u32> {
    let codes: [(&str, &str, Draw); 3] = [
        ("qr_code", QR_TEXT, |scale| qr(QR_TEXT, scale)),
        ("ean_13", EAN_TEXT, |scale| {
            ean_13(EAN_TEXT, scale, 40 * scale)
        }),
        ("code_128", CODE_128_TEXT, |scale| {
            code_128("ƁCARROT-0042", scale, 40 * scale)
        }),
    ];
    let mut measured = BTreeMap::new();
    for (name, text, draw) in codes {
        let mut ladder = |trouble: &str, steps, step: &dyn Fn(u32) -> Luma| {
            measured.insert(format!("{name}_{trouble}"), climb(steps, text, step));
        };
        let drawn = on_paper(&draw(4), 60);
        ladder("perspective", 72, &|step| tilted(&drawn, step));
        ladder("blur", 16, &|step| blurred(&drawn, step));
        ladder("dark", 16, &|step| dark(&drawn, step));
        // Room for the corners to turn in.
        let part = draw(3);
        let side = part.width + part.height;
        let (left, top) = ((side - part.width) / 2, (side - part.height) / 2);
        let roomy = sheet(side, side, &[(left, top, &part)]);
        ladder("rotation", 18, &|step| turned(&roomy, step));
        let large = on_paper(&draw(8), 40);
        ladder("size", 28, &|step| shrunk(&large, step));
    }
    measured
}

fn snapshot_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ladders.snapshot.json")
}

#[test]
fn no_ladder_breaks_earlier_than_recorded() {
    let measured = measure();
    println!("{measured:#?}");
    if std::env::var_os("CARROT_LADDERS").is_some_and(|value| value == "write") {
        let json = serde_json::to_string_pretty(&measured).expect("JSON");
        std::fs::write(snapshot_path(), json + "\n").expect("the snapshot is written");
    }
    let recorded = std::fs::read_to_string(snapshot_path()).expect("the snapshot");
    let recorded: BTreeMap<String, u32> = serde_json::from_str(&recorded).expect("numbers");
    assert!(
        measured.keys().eq(recorded.keys()),
        "other ladders than recorded"
    );
    for (ladder, step) in &measured {
        assert!(
            *step >= recorded[ladder],
            "{ladder}: {step}, recorded {}",
            recorded[ladder]
        );
    }
}

#[test]
fn pictures_are_the_same_on_every_run() {
    let drawn = qr(QR_TEXT, 4);
    assert_eq!(dark(&drawn, 3), dark(&drawn, 3));
    assert_ne!(dark(&drawn, 3), dark(&drawn, 4));
    assert_eq!(blurred(&drawn, 0), drawn);
    assert_eq!(turned(&drawn, 0), drawn);
    assert_eq!(tilted(&drawn, 0), drawn);
}
