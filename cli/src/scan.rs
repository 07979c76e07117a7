//! `carrot scan FILE…`: reads the codes in image files, one answer a file;
//! `--corpus FOLDER` counts right answers instead.

mod corpus;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use carrot_api::CallError;
use carrot_scan::{ScanLimits, Symbol, scan_image_bytes};
use serde::Serialize;

use crate::embedded::error_text;

/// Reads the codes in image files.
#[derive(Debug, clap::Args)]
pub struct ScanArgs {
    /// PNG, JPEG, GIF, BMP or WebP files.
    #[arg(required_unless_present = "corpus")]
    pub files: Vec<PathBuf>,
    /// A folder of pictures with known contents (`expected.csv`, or `NAME.txt` beside
    /// `NAME.png`): counts what is read rightly.
    #[arg(long, value_name = "FOLDER", conflicts_with = "files")]
    pub corpus: Option<PathBuf>,
    /// Print a line of JSON for each file, or one for a corpus.
    #[arg(long)]
    pub json: bool,
    /// Milliseconds after which a file is given up.
    #[arg(long, default_value_t = ScanLimits::default().deadline_ms)]
    pub deadline_ms: u64,
    /// Language of messages.
    #[arg(long, env = "CARROT_LANG", default_value = "en")]
    pub lang: String,
}

/// A symbol as it is printed.
#[derive(Debug, Serialize)]
struct Line {
    format: &'static str,
    text: String,
    bytes_base64: String,
}

/// What became of one file; just one of `symbols` and `error` is printed.
#[derive(Debug, Serialize)]
struct Report {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbols: Option<Vec<Line>>,
    /// A stable code such as `not_an_image`.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    /// The error for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    ms: u64,
}

impl From<Symbol> for Line {
    fn from(symbol: Symbol) -> Self {
        Self {
            format: symbol.format.name(),
            text: symbol.text,
            bytes_base64: STANDARD.encode(symbol.bytes),
        }
    }
}

/// Scans every file in the given order and prints as it goes.
///
/// The exit code is 1 when a file could not be read or scanned, 0 otherwise,
/// also when a file holds no code.
///
/// # Errors
/// When standard output cannot be written or a corpus cannot be read.
pub fn run(args: ScanArgs) -> anyhow::Result<ExitCode> {
    let limits = ScanLimits {
        deadline_ms: args.deadline_ms,
        ..ScanLimits::default()
    };
    if let Some(folder) = &args.corpus {
        return corpus::run(folder, args.json, &limits);
    }
    let mut out = io::stdout().lock();
    let mut failed = false;
    for file in &args.files {
        let report = scan_file(file, &limits);
        failed |= report.error.is_some();
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&report)?)?;
        } else {
            write_table(&mut out, &report, &args.lang)?;
        }
        out.flush()?;
    }
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn scan_file(file: &Path, limits: &ScanLimits) -> Report {
    let start = Instant::now();
    let outcome = match fs::read(file) {
        Err(error) => Err(("file_unreadable", error.to_string())),
        Ok(bytes) => {
            scan_image_bytes(&bytes, limits).map_err(|error| (error.code(), error.to_string()))
        }
    };
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let file = file.display().to_string();
    match outcome {
        Ok(symbols) => Report {
            file,
            symbols: Some(symbols.into_iter().map(Line::from).collect()),
            error: None,
            message: None,
            ms,
        },
        Err((code, message)) => Report {
            file,
            symbols: None,
            error: Some(code),
            message: Some(message),
            ms,
        },
    }
}

fn write_table(out: &mut impl Write, report: &Report, lang: &str) -> io::Result<()> {
    if let Some(code) = report.error {
        let error = CallError::new(code, report.message.clone().unwrap_or_default());
        let text = error_text(lang, &error).replace('\n', "\n  ");
        return writeln!(out, "{}: {text}", report.file);
    }
    let symbols = report.symbols.as_deref().unwrap_or_default();
    if symbols.is_empty() {
        return writeln!(out, "{}: no code found ({} ms)", report.file, report.ms);
    }
    writeln!(out, "{}: ({} ms)", report.file, report.ms)?;
    for symbol in symbols {
        writeln!(out, "  {:<26} {}", symbol.format, printable(&symbol.text))?;
    }
    Ok(())
}

/// The text with control characters escaped, so that a code from a stranger
/// cannot steer the terminal.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(file: &str) -> serde_json::Value {
        let report = scan_file(Path::new(file), &ScanLimits::default());
        serde_json::to_value(report).expect("JSON")
    }

    #[test]
    fn a_missing_file_is_a_line_with_an_error() {
        let json = report("no/such/file.png");
        assert_eq!(json["error"], "file_unreadable");
        assert!(json.get("symbols").is_none() && json["ms"].is_u64());
    }

    #[test]
    fn a_code_cannot_steer_the_terminal() {
        assert_eq!(printable("åb'\u{1b}[2J\u{1d}"), "åb'\\u{1b}[2J\\u{1d}");
    }

    #[test]
    fn a_file_that_is_no_image_is_a_line_with_its_code() {
        let json = report(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        assert_eq!(json["error"], "not_an_image");
    }

    #[test]
    fn a_code_is_printed_with_format_text_and_bytes() {
        let code = fast_qr::QRBuilder::new("carrot")
            .build()
            .expect("a QR code");
        let side = code.size + 8;
        let picture = image::GrayImage::from_fn(side as u32 * 4, side as u32 * 4, |x, y| {
            let (x, y) = ((x / 4) as usize, (y / 4) as usize);
            let inside = (4..code.size + 4).contains(&x) && (4..code.size + 4).contains(&y);
            image::Luma([if inside && code[y - 4][x - 4].value() {
                0
            } else {
                255
            }])
        });
        let file = std::env::temp_dir().join(format!("carrot-scan-{}.png", std::process::id()));
        picture.save(&file).expect("a file");
        let json = report(&file.display().to_string());
        fs::remove_file(&file).expect("the file goes");
        assert_eq!(json["symbols"][0]["format"], "qr_code");
        assert_eq!(json["symbols"][0]["text"], "carrot");
        assert_eq!(json["symbols"][0]["bytes_base64"], "Y2Fycm90");
        assert!(json.get("error").is_none());
    }
}
