//! `carrot scan --corpus FOLDER`: how many pictures of a folder are read
//! rightly, and how long it takes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use carrot_scan::corpus::{self, Entry, Truth, Verdict};
use carrot_scan::{ScanLimits, scan_image_bytes};
use serde::Serialize;

use super::printable;

/// Pictures between two lines of progress.
const PROGRESS_STEP: usize = 50;

/// What was counted in one folder, or in all of them.
#[derive(Debug, Default, Clone, PartialEq, Serialize)]
struct Count {
    /// Pictures with a known content that was read, nothing else with it.
    correct: usize,
    /// Pictures with a known content.
    total: usize,
    /// Pictures without a code.
    empty: usize,
    /// Pictures with a wrong text, those without a code included.
    wrong: usize,
    /// Pictures with codes of which no list is known, and those of them in
    /// which something was read.
    unlisted: usize,
    unlisted_read: usize,
    /// Pictures that could not be opened or scanned.
    failed: usize,
    /// Milliseconds, opening and decoding the files included.
    ms: f64,
}

impl Count {
    fn add(&mut self, truth: &Truth, outcome: &Outcome, ms: f64) {
        self.ms += ms;
        let right = matches!(outcome, Outcome::Judged(Verdict::Right));
        match truth {
            Truth::Payload(_) => {
                self.total += 1;
                self.correct += usize::from(right);
            }
            Truth::Nothing => self.empty += 1,
            Truth::Unlisted => {
                self.unlisted += 1;
                self.unlisted_read += usize::from(right);
            }
        }
        match outcome {
            Outcome::Judged(Verdict::Wrong(_)) => self.wrong += 1,
            Outcome::Judged(Verdict::Failed(_)) | Outcome::Unreadable(_) => self.failed += 1,
            Outcome::Judged(_) => {}
        }
    }
}

enum Outcome {
    Judged(Verdict),
    /// The file could not be opened.
    Unreadable(String),
}

/// A picture worth naming.
#[derive(Debug, Serialize)]
struct Named {
    file: String,
    /// `wrong`, `missed`, or the code of an error.
    what: &'static str,
    /// The wrong text, or the error for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
}

/// The whole answer.
#[derive(Debug, Default, Serialize)]
struct Report {
    folders: BTreeMap<String, Count>,
    all: Count,
    /// Median of the milliseconds a picture.
    ms_median: f64,
    pictures: Vec<Named>,
}

/// Scans every picture of a folder, one after another, and prints the counts;
/// progress goes to standard error. The exit code is 1 when a picture could not
/// be opened or scanned.
///
/// # Errors
/// When the folder holds no pictures or an unreadable list, and when standard
/// output cannot be written.
pub fn run(folder: &Path, json: bool, limits: &ScanLimits) -> anyhow::Result<ExitCode> {
    let entries = corpus::entries(folder)
        .map_err(|error| anyhow::anyhow!("{}: {error}", folder.display()))?;
    let report = measure(&entries, folder, limits);
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        table(&mut out, &report)?;
    }
    Ok(if report.all.failed > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn measure(entries: &[Entry], root: &Path, limits: &ScanLimits) -> Report {
    let mut report = Report::default();
    let mut times = Vec::with_capacity(entries.len());
    for (number, entry) in entries.iter().enumerate() {
        if number % PROGRESS_STEP == 0 {
            eprintln!("{number} / {}", entries.len());
        }
        let start = Instant::now();
        let outcome = scan(entry, limits);
        let ms = start.elapsed().as_secs_f64() * 1e3;
        times.push(ms);
        report.all.add(&entry.truth, &outcome, ms);
        let folder = report.folders.entry(entry.folder.clone()).or_default();
        folder.add(&entry.truth, &outcome, ms);
        let file = entry.path.strip_prefix(root).unwrap_or(&entry.path);
        report.pictures.extend(named(file, &outcome));
    }
    times.sort_by(f64::total_cmp);
    report.ms_median = times.get(times.len() / 2).copied().unwrap_or(0.0);
    report
}

fn scan(entry: &Entry, limits: &ScanLimits) -> Outcome {
    match fs::read(&entry.path) {
        Ok(bytes) => Outcome::Judged(corpus::judge(entry, &scan_image_bytes(&bytes, limits))),
        Err(error) => Outcome::Unreadable(error.to_string()),
    }
}

fn named(file: &Path, outcome: &Outcome) -> Option<Named> {
    let (what, text) = match outcome {
        Outcome::Judged(Verdict::Right) => return None,
        Outcome::Judged(Verdict::Missed) => ("missed", String::new()),
        Outcome::Judged(Verdict::Wrong(symbol)) => ("wrong", symbol.text.clone()),
        Outcome::Judged(Verdict::Failed(error)) => (error.code(), error.to_string()),
        Outcome::Unreadable(error) => ("file_unreadable", error.clone()),
    };
    Some(Named {
        file: file.display().to_string(),
        what,
        text,
    })
}

fn table(out: &mut impl Write, report: &Report) -> io::Result<()> {
    for picture in &report.pictures {
        let text = printable(&picture.text);
        writeln!(out, "{:<16} {} {text}", picture.what, picture.file)?;
    }
    let width = report.folders.keys().map(|name| name.chars().count()).max();
    let width = width.unwrap_or(0).clamp(8, 60);
    writeln!(
        out,
        "{:width$} {:>7} {:>7} {:>6} {:>6} {:>9} {:>7} {:>9} {:>7}",
        "folder", "correct", "total", "wrong", "empty", "unlisted", "failed", "ms", "each"
    )?;
    let rows = report
        .folders
        .iter()
        .map(|(name, count)| (name.as_str(), count));
    for (name, count) in rows.chain([("all", &report.all)]) {
        let name = if name.is_empty() { "." } else { name };
        let pictures = (count.total + count.empty + count.unlisted).max(1);
        writeln!(
            out,
            "{name:width$} {:>7} {:>7} {:>6} {:>6} {:>4}/{:<4} {:>7} {:>9.1} {:>7.2}",
            count.correct,
            count.total,
            count.wrong,
            count.empty,
            count.unlisted_read,
            count.unlisted,
            count.failed,
            count.ms,
            count.ms / pictures as f64,
        )?;
    }
    let share = 100.0 * report.all.correct as f64 / report.all.total.max(1) as f64;
    writeln!(
        out,
        "{share:.1} % correct, median {:.2} ms",
        report.ms_median
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_names_and_failures() {
        let root = std::env::temp_dir().join(format!("carrot-cli-corpus-{}", std::process::id()));
        fs::create_dir_all(root.join("a")).expect("a folder");
        let code = fast_qr::QRBuilder::new("carrot")
            .build()
            .expect("a QR code");
        let side = code.size as u32 * 4 + 32;
        let picture = image::GrayImage::from_fn(side, side, |x, y| {
            let (x, y) = (
                (x as usize / 4).wrapping_sub(4),
                (y as usize / 4).wrapping_sub(4),
            );
            let dark = x < code.size && y < code.size && code[y][x].value();
            image::Luma([if dark { 0 } else { 255 }])
        });
        for name in ["right", "other", "none"] {
            let file = root.join(format!("a/{name}.png"));
            picture.save(&file).expect("a file");
        }
        for (name, text) in [("right", "carrot\n"), ("other", "parsnip"), ("broken", "x")] {
            fs::write(root.join(format!("a/{name}.txt")), text).expect("a file");
        }
        fs::write(root.join("a/broken.png"), b"no picture").expect("a file");
        let entries = corpus::entries(&root).expect("entries");
        let report = measure(&entries, &root, &ScanLimits::default());
        let mut shown = Vec::new();
        table(&mut shown, &report).expect("a table");
        let code = run(&root, true, &ScanLimits::default()).expect("an answer");
        fs::remove_dir_all(&root).expect("the folder goes");
        let count = &report.folders["a"];
        let counted = (count.correct, count.total, count.wrong, count.failed);
        assert_eq!(counted, (1, 3, 1, 1));
        assert_eq!((count.unlisted, count.unlisted_read), (1, 1));
        let whats: Vec<_> = report.pictures.iter().map(|p| p.what).collect();
        assert_eq!(whats, ["not_an_image", "wrong"]);
        let shown = String::from_utf8(shown).expect("text");
        assert!(shown.contains("a/broken.png") && shown.contains("33.3 % correct"));
        assert_eq!(code, ExitCode::FAILURE);
    }
}
