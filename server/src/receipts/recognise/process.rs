//! A program that reads pictures, as a process of its own: the picture goes in, text comes out. It is
//! killed when it takes too long or says too much.

use std::process::Stdio;

use carrot_codes::parse_amount;
use futures_util::future::BoxFuture;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

use super::{Candidate, Certainty, NotRecognised, Recogniser};

/// The most bytes of a picture.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// The most pixels of a picture that a reader of pictures is given: a few bytes can stand for more than
/// a machine's memory holds.
const PIXELS_MAX: u64 = 50_000_000;
/// The most bytes of text.
const TEXT_BYTES_MAX: u64 = 256 * 1024;
/// What stands before a receipt's total, in the languages of the field.
const TOTAL_WORDS: [&str; 10] = [
    "итого",
    "итог",
    "всього",
    "сума",
    "suma",
    "razem",
    "total",
    "summa",
    "i alt",
    "att betala",
];

/// A program and its arguments.
#[derive(Debug, Clone)]
pub struct Process {
    program: String,
    args: Vec<String>,
    /// True when only pictures of a known kind and size are given to it.
    pictures: bool,
}

impl Process {
    /// Tesseract, as Debian packages it, reading from its input in the field's languages.
    #[must_use]
    pub fn tesseract() -> Self {
        let reader = Self::new(
            "tesseract",
            &[
                "stdin",
                "stdout",
                "-l",
                "eng+rus+ukr+pol+swe+dan",
                "--psm",
                "6",
            ],
        );
        Self {
            pictures: true,
            ..reader
        }
    }

    /// Any program that reads a picture from its input and writes text.
    #[must_use]
    pub fn new(program: &str, args: &[&str]) -> Self {
        Self {
            program: program.to_owned(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            pictures: false,
        }
    }

    async fn text(&self, bytes: &[u8]) -> Result<String, NotRecognised> {
        let failed = |_| NotRecognised::Failed;
        let mut child = Command::new(&self.program)
            .args(&self.args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Who drops this future, at the end of its time, ends the program too.
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(NotRecognised::Failed);
        };
        let mut text = Vec::new();
        let mut output = output.take(TEXT_BYTES_MAX);
        let write = async {
            // A program that has read enough closes its input; that is no fault.
            let _ = input.write_all(bytes).await;
            drop(input);
        };
        let ((), read) = tokio::join!(write, output.read_to_end(&mut text));
        read.map_err(failed)?;
        if output.limit() == 0 {
            return Err(NotRecognised::TooLarge);
        }
        let status = child.wait().await.map_err(failed)?;
        if !status.success() {
            return Err(NotRecognised::Failed);
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

/// Whether it is a picture of a known kind and of a size that a camera takes, as its head says.
fn is_picture(bytes: &[u8]) -> Result<(), NotRecognised> {
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format();
    let size = reader.map(image::ImageReader::into_dimensions);
    let Ok(Ok((width, height))) = size else {
        return Err(NotRecognised::OtherKind);
    };
    match u64::from(width) * u64::from(height) {
        1..=PIXELS_MAX => Ok(()),
        _ => Err(NotRecognised::TooLarge),
    }
}

/// The amount at the end of a line that names the total.
fn total(text: &str) -> Option<i64> {
    let lines = text.lines().map(str::to_lowercase);
    let named = lines.filter(|line| TOTAL_WORDS.iter().any(|word| line.contains(word)));
    let amount = |line: String| {
        let digits = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
        let tail: Vec<char> = line.trim_end().chars().rev().collect();
        let amount = tail.iter().skip_while(|letter| !digits(**letter));
        let amount: String = amount.take_while(|letter| digits(**letter)).collect();
        let amount: String = amount.chars().rev().collect();
        parse_amount(&amount, 2).ok()
    };
    // The last one is the total after all discounts.
    named
        .filter_map(amount)
        .fold(None, |_, amount| Some(amount))
}

impl Recogniser for Process {
    fn bytes_max(&self) -> usize {
        BYTES_MAX
    }

    fn recognise<'a>(&'a self, bytes: &'a [u8]) -> BoxFuture<'a, Result<Candidate, NotRecognised>> {
        Box::pin(async move {
            if self.pictures {
                is_picture(bytes)?;
            }
            let text = self.text(bytes).await?;
            if text.trim().is_empty() {
                return Err(NotRecognised::OtherKind);
            }
            let total_minor = total(&text);
            Ok(Candidate {
                key: None,
                local_time: None,
                total_minor,
                currency: None,
                lines: Vec::new(),
                certainty: Certainty::Guess,
                confidence_permille: if total_minor.is_some() { 400 } else { 100 },
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{NotRecognised, is_picture};

    /// The head of a picture that says how large it is, and nothing behind it.
    fn bitmap(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"BM".to_vec();
        bytes.extend(54_u32.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(54_u32.to_le_bytes());
        bytes.extend(40_u32.to_le_bytes());
        bytes.extend(width.to_le_bytes());
        bytes.extend(height.to_le_bytes());
        bytes.extend(1_u16.to_le_bytes());
        bytes.extend(24_u16.to_le_bytes());
        bytes.extend([0; 24]);
        bytes
    }

    #[test]
    fn a_small_file_that_stands_for_a_huge_picture_is_not_read() {
        assert_eq!(is_picture(&bitmap(4_000, 3_000)), Ok(()));
        let huge = is_picture(&bitmap(60_000, 60_000));
        assert_eq!(huge, Err(NotRecognised::TooLarge));
        let script = is_picture(b"#!/bin/sh");
        assert_eq!(script, Err(NotRecognised::OtherKind));
    }
}
