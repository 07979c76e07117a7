//! Reading pictures of codes, beside zxing-cpp and zbar on the same pictures and core.
//!
//! The peers are those of PyPI (`zxing-cpp`, and `pyzbar` with Debian's `libzbar0` where that is
//! installed), put into a folder of their own under `target`. Without Python, or without the
//! network the first time, their rows are left out and said so.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carrot_scan::corpus::{self, Entry, Truth, Verdict};
use carrot_scan::frame::{FileFrames, FrameSource, frame_to_luma};
use carrot_scan::{Format, Luma, Prepared, ScanLimits, Stop, Symbol, pass, tally::Tally};
use cpu_time::ThreadTime;
use serde::Deserialize;

use crate::report::Report;

/// CPU a picture: the limit over zxing-cpp with everything switched on.
const CPU_LIMIT: f64 = 2.6;
/// Pictures not read, ours over zxing-cpp's.
const MISSES_LIMIT: f64 = 0.5;
/// Each picture is read so often; the fastest round counts.
const ROUNDS: usize = 3;

/// What a peer answers.
#[derive(Debug, Deserialize)]
struct Peer {
    name: String,
    seconds: f64,
    texts: Vec<Vec<String>>,
}

/// Measures over a corpus, as `carrot scan --corpus` takes one.
pub fn run(folder: &Path, report: &mut Report) -> Result<()> {
    let entries = corpus::entries(folder).with_context(|| folder.display().to_string())?;
    let coded = |e: &Entry| matches!(e.truth, Truth::Payload(_) | Truth::Nothing);
    let entries: Vec<Entry> = entries.into_iter().filter(coded).collect();
    let pictures = entries.iter().map(|e| luma(&e.path));
    let pictures = pictures.collect::<Result<Vec<Luma>>>()?;
    let (seconds, answers) = ours(&pictures)?;
    let (right, wrong) = judge(&entries, &answers);
    let count = entries.len() as f64;
    eprintln!(
        "Carrot: {right} right, {wrong} wrong of {}, {:.1} a second",
        entries.len(),
        count / seconds
    );
    for peer in peers(&entries)? {
        ensure!(
            peer.texts.len() == entries.len(),
            "{} lost pictures",
            peer.name
        );
        let answers: Vec<Vec<Symbol>> = peer.texts.iter().map(|t| symbols(t)).collect();
        let (their_right, their_wrong) = judge(&entries, &answers);
        let rate = count / peer.seconds;
        eprintln!(
            "{}: {their_right} right, {their_wrong} wrong, {rate:.1} a second",
            peer.name
        );
        let each = |seconds: f64| seconds * 1e6 / count;
        let missed = |right: usize| (entries.len() - right) as f64;
        let cpu = format!("read a picture, CPU, beside {}", peer.name);
        let misses = format!("pictures not read rightly, beside {}", peer.name);
        if peer.name == "zxing-cpp" {
            report.limited(&cpu, each(seconds), each(peer.seconds), CPU_LIMIT);
            report.limited(&misses, missed(right), missed(their_right), MISSES_LIMIT);
        } else {
            report.shown(&cpu, each(seconds), each(peer.seconds));
            report.shown(&misses, missed(right), missed(their_right));
        }
    }
    Ok(())
}

/// The picture as the readers get it; decoding the file is not measured.
fn luma(path: &Path) -> Result<Luma> {
    let frame = FileFrames::new([path.to_owned()]).next_frame();
    let frame = frame.with_context(|| path.display().to_string())?;
    Ok(frame_to_luma(&frame)?)
}

/// CPU seconds of the fastest round, and what was read. The stages run as in a scan, without its
/// worker thread, so that the thread's own clock can be read.
fn ours(pictures: &[Luma]) -> Result<(f64, Vec<Vec<Symbol>>)> {
    let limits = ScanLimits::default();
    let (stages, stop) = (pass::standard_stages(), Stop::default());
    let mut best = Duration::MAX;
    let mut answers = Vec::new();
    for _ in 0..ROUNDS {
        answers.clear();
        let mut spent = Duration::ZERO;
        for picture in pictures {
            picture.check(limits.pixels_max)?;
            let luma = picture.clone();
            let start = ThreadTime::now();
            let prepared = Prepared::new(luma)?;
            let mut tally = Tally::default();
            for stage in &stages {
                for engine in stage {
                    let readings = engine.read(&prepared, &stop);
                    if engine.settles() {
                        tally.add_settled(readings);
                    } else {
                        tally.add(readings);
                    }
                }
                if !tally.accepted().is_empty() {
                    break;
                }
            }
            answers.push(tally.accepted());
            spent += start.elapsed();
        }
        best = best.min(spent);
    }
    Ok((best.as_secs_f64(), answers))
}

/// How many answers are right, and in how many something is wrong.
fn judge(entries: &[Entry], answers: &[Vec<Symbol>]) -> (usize, usize) {
    let verdicts = entries
        .iter()
        .zip(answers)
        .map(|(entry, symbols)| corpus::judge(entry, &Ok(symbols.clone())));
    verdicts.fold((0, 0), |(right, wrong), verdict| match verdict {
        Verdict::Right => (right + 1, wrong),
        Verdict::Wrong(_) => (right, wrong + 1),
        _ => (right, wrong),
    })
}

/// A peer's texts; numbers count as linear codes, in which leading zeros mean nothing.
fn symbols(texts: &[String]) -> Vec<Symbol> {
    let format = |text: &str| {
        let number = text.len() <= 14 && text.bytes().all(|b| b.is_ascii_digit());
        if number {
            Format::Ean13
        } else {
            Format::QrCode
        }
    };
    let symbol = |text: &String| Symbol {
        format: format(text),
        text: text.clone(),
        bytes: text.clone().into_bytes(),
    };
    texts.iter().map(symbol).collect()
}

/// Where the peers live.
fn folder_of_peers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/scan-peers")
}

/// Runs a command to its end; whether it went well.
fn went_well(command: &mut Command) -> bool {
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// The Python that has the peers, set up the first time.
fn python() -> Option<PathBuf> {
    let folder = folder_of_peers();
    let python = folder.join("bin/python");
    if !python.is_file() && !went_well(Command::new("python3").args(["-m", "venv"]).arg(&folder)) {
        return None;
    }
    let has =
        |module: &str| went_well(Command::new(&python).args(["-c", &format!("import {module}")]));
    let packages = ["zxing-cpp==3.1.1", "pyzbar==0.1.9", "numpy", "pillow"];
    let install = || {
        went_well(
            Command::new(&python)
                .args(["-m", "pip", "install", "-q"])
                .args(packages),
        )
    };
    (has("zxingcpp, numpy, PIL") || install()).then_some(python)
}

fn peers(entries: &[Entry]) -> Result<Vec<Peer>> {
    let Some(python) = python() else {
        eprintln!(
            "zxing-cpp and zbar are not measured: no Python with them, and none could be made"
        );
        return Ok(Vec::new());
    };
    let script = folder_of_peers().join("peers.py");
    fs::write(&script, include_str!("peers.py"))?;
    let mut child = Command::new(python)
        .arg(script)
        .env("OMP_NUM_THREADS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = child.stdin.take().context("standard input")?;
    for entry in entries {
        writeln!(input, "{}", entry.path.display())?;
    }
    drop(input);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the peers' script failed");
    let lines = String::from_utf8(output.stdout)?;
    lines
        .lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}
