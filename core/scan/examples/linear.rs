//! Measures the reader of linear codes on a folder of pictures with a list of
//! what they hold: right, wrong and the time for each family.
//!
//! `cargo run --release --example linear -- FOLDER [quick|deep|rxing] [list] [NAME]`
//! reads `FOLDER/expected.csv` (file, symbology, kind, text, hex); `list` prints
//! each picture, NAME keeps only files whose name contains it.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use carrot_scan::linear::{LinearReader, Strength};
use carrot_scan::{Format, Luma, Stop};

/// Runs of each picture; the fastest counts.
const RUNS: usize = 4;

#[derive(Default)]
struct Family {
    pictures: usize,
    right: usize,
    wrong: usize,
    ms: Vec<f64>,
}

fn without_zeros(text: &str) -> &str {
    text.trim_start_matches('0')
}

fn same(format: Format, text: &str, expected: &str) -> bool {
    let number = matches!(format, Format::Ean13 | Format::UpcA | Format::UpcE);
    text == expected || (number && without_zeros(text) == without_zeros(expected))
}

fn rxing_texts(luma: &Luma) -> Vec<(Format, String)> {
    use rxing::BarcodeFormat as F;
    let mut hints = rxing::DecodeHints {
        TryHarder: Some(true),
        AssumeGs1: Some(true),
        PossibleFormats: Some([F::EAN_13, F::EAN_8, F::UPC_A, F::CODE_128, F::ITF].into()),
        ..rxing::DecodeHints::default()
    };
    let found = rxing::helpers::detect_in_luma_with_hints(
        luma.pixels.clone(),
        luma.width,
        luma.height,
        None,
        &mut hints,
    );
    let format = |f: &F| match f {
        F::EAN_8 => Format::Ean8,
        F::CODE_128 => Format::Code128,
        F::ITF => Format::Itf,
        _ => Format::Ean13,
    };
    found
        .iter()
        .map(|r| (format(r.getBarcodeFormat()), r.getText().replace("]C1", "")))
        .collect()
}

fn read(luma: &Luma, how: &str) -> Vec<(Format, String)> {
    let strength = match how {
        "quick" => Strength::Quick,
        "rxing" => return rxing_texts(luma),
        _ => Strength::Deep,
    };
    let readings = LinearReader { strength }.read_luma(luma, &Stop::default());
    readings
        .into_iter()
        .map(|r| (r.symbol.format, r.symbol.text))
        .collect()
}

fn share(times: &mut [f64], part: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = (times.len() as f64 * part) as usize;
    times
        .get(at.min(times.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0.0)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = args.first().map(Path::new) else {
        eprintln!("FOLDER [quick|deep|rxing] [list] [NAME]");
        return;
    };
    let how = args.get(1).map_or("deep", String::as_str);
    let list = args.iter().any(|a| a == "list");
    let name = args
        .get(if list { 3 } else { 2 })
        .cloned()
        .unwrap_or_default();
    let mut families = measure(folder, how, list, &name);
    print(&mut families);
}

/// Reads every picture whose name contains `name`.
fn measure(folder: &Path, how: &str, list: bool, name: &str) -> BTreeMap<String, Family> {
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let mut table = csv::Reader::from_path(folder.join("expected.csv")).expect("expected.csv");
    for row in table.records().map(|row| row.expect("a row")) {
        let (file, symbology) = (&row[0], &row[1]);
        let linear = ["EAN-13", "EAN-8", "UPC-A", "Code 128", "ITF"].contains(&symbology);
        if !file.contains(name) {
            continue;
        }
        let picture = image::open(folder.join(file))
            .expect("a picture")
            .to_luma8();
        let luma = Luma {
            width: picture.width(),
            height: picture.height(),
            pixels: picture.into_raw(),
        };
        let (mut texts, mut best) = (Vec::new(), f64::MAX);
        for _ in 0..RUNS {
            let before = Instant::now();
            texts = read(&luma, how);
            best = best.min(before.elapsed().as_secs_f64() * 1e3);
        }
        let right = linear && texts.iter().any(|(f, t)| same(*f, t, &row[3]));
        let several = symbology.starts_with("several");
        let wrong = !several && texts.iter().any(|(f, t)| !linear || !same(*f, t, &row[3]));
        let key = if linear {
            symbology.to_owned()
        } else {
            format!("~{symbology}")
        };
        let family = families.entry(key).or_default();
        family.pictures += 1;
        family.right += usize::from(right);
        family.wrong += usize::from(wrong);
        family.ms.push(best);
        if list || wrong {
            let verdict = if right { "right" } else { "-" };
            println!(
                "{verdict:6} {best:7.2} ms {}x{} {file} {} {texts:?}",
                luma.width, luma.height, &row[3]
            );
        }
    }
    families
}

fn print(families: &mut BTreeMap<String, Family>) {
    let (mut pictures, mut right, mut wrong, mut all) = (0, 0, 0, Vec::new());
    for (name, family) in families.iter_mut() {
        let (half, most) = (share(&mut family.ms, 0.5), share(&mut family.ms, 0.95));
        println!(
            "{name:24} {:4} of {:4} right, {:2} wrong, median {half:6.2} ms, 95% {most:6.2} ms",
            family.right, family.pictures, family.wrong
        );
        wrong += family.wrong;
        if !name.starts_with('~') {
            pictures += family.pictures;
            right += family.right;
            all.extend_from_slice(&family.ms);
        }
    }
    println!(
        "linear {right} of {pictures}, wrong anywhere {wrong}, median {:.2} ms, 95% {:.2} ms",
        share(&mut all, 0.5),
        share(&mut all, 0.95)
    );
}
