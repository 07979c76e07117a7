//! What each fuzz target is sown with: the golden vectors, the documents and the literals of tests,
//! the demo's tables, and small pictures.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a target's seeds come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The rule sets of the vectors.
    RuleSets,
    /// The vectors' questions as a whole.
    Questions,
    /// The texts in the tests of `core/codes`.
    Codes,
    /// The fields behind the `?` or the start of such texts, for receipts and links.
    Fields,
    /// A body for each command kind, and the envelopes of the seeds' folder.
    Commands,
    /// The calls of released versions, and the bodies of [`Source::Commands`].
    Wire,
    /// Vouchers, questions and answers, genuine and damaged.
    Vouchers,
    /// Lists of keys.
    Trust,
    /// Files of a device's queue.
    Handover,
    /// Lines of hints.
    Hints,
    /// Files beside an outbox.
    Journal,
    /// Packed bodies.
    Packed,
    /// Answers of a fiscal service.
    Answers,
    /// The demo's tables.
    Tables,
    /// Small pictures made here.
    Pictures,
}

/// Seeds of the generated vectors; those written by hand are all taken.
const GENERATED_MAX: usize = 200;
/// The longest seed, bytes.
const SEED_BYTES_MAX: usize = 64 * 1024;

/// Writes the seeds of a target into `folder`, one file for each, and says how many there are.
pub(super) fn sow(root: &Path, folder: &Path, source: Source) -> Result<usize> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let seeds = seeds(root, source)?;
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(folder.join(format!("{number:04}")), seed)?;
    }
    if seeds.is_empty() {
        bail!("there are no seeds for {}", folder.display());
    }
    Ok(seeds.len())
}

/// The seeds themselves.
pub(super) fn seeds(root: &Path, source: Source) -> Result<Vec<Vec<u8>>> {
    let mut seeds: Vec<Vec<u8>> = match source {
        Source::RuleSets => {
            let rules = |document: Value| document.get("rules").map(text);
            documents(root)?.into_iter().filter_map(rules).collect()
        }
        Source::Questions => documents(root)?.iter().map(text).collect(),
        Source::Codes => codes(root)?.into_iter().map(String::into_bytes).collect(),
        Source::Fields => fields(codes(root)?),
        Source::Commands => files(&root.join("tests/fuzz/seeds/commands"), "json")?,
        Source::Wire => wire(root)?,
        Source::Vouchers => files(&root.join("tests/fuzz/seeds/vouchers"), "txt")?,
        Source::Trust => files(&root.join("tests/fuzz/seeds/trust"), "json")?,
        Source::Handover => files(&root.join("tests/fuzz/seeds/handover"), "json")?,
        Source::Hints => files(&root.join("tests/fuzz/seeds/hints"), "txt")?,
        Source::Journal => files(&root.join("tests/fuzz/seeds/journal"), "bin")?,
        Source::Packed => files(&root.join("tests/fuzz/seeds/packed"), "bin")?,
        Source::Answers => files(&root.join("tests/fuzz/seeds/answers"), "json")?,
        Source::Tables => files(&root.join("cli/demo"), "csv")?,
        Source::Pictures => pictures(),
    };
    seeds.retain(|seed| seed.len() <= SEED_BYTES_MAX);
    Ok(seeds)
}

/// The bodies that released versions sent, as the fixtures of upgrades keep them.
fn wire(root: &Path) -> Result<Vec<Vec<u8>>> {
    let mut found = files(&root.join("tests/fuzz/seeds/commands"), "json")?;
    for fixture in fs::read_dir(root.join("tests/faults/fixtures"))? {
        for calls in files(&fixture?.path(), "jsonl")? {
            for line in String::from_utf8_lossy(&calls).lines() {
                let mut call: Value = serde_json::from_str(line)?;
                if let Value::String(body) = call["body"].take() {
                    found.push(body.into_bytes());
                }
            }
        }
    }
    Ok(found)
}

fn text(document: &Value) -> Vec<u8> {
    document.to_string().into_bytes()
}

/// The vectors' questions, and the documents of the rule sets' tests as questions without an event.
fn documents(root: &Path) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    for file in files(&root.join("tests/vectors/by_hand"), "json")? {
        let list: Vec<Value> = serde_json::from_slice(&file)?;
        found.extend(
            list.into_iter()
                .filter_map(|mut vector| vector.get_mut("input").map(Value::take)),
        );
    }
    let generated = fs::read_to_string(root.join("tests/vectors/generated.jsonl"))?;
    for line in generated.lines().take(GENERATED_MAX) {
        let mut vector: Value = serde_json::from_str(line)?;
        found.extend(vector.get_mut("input").map(Value::take));
    }
    for file in files(&root.join("core/rules/tests/check"), "json")? {
        let list: Vec<Value> = serde_json::from_slice(&file)?;
        let cases = list.iter().filter_map(|case| case.get("document"));
        found.extend(cases.map(|document| serde_json::json!({"rules": document})));
    }
    Ok(found)
}

/// The files of a folder with an extension, in the order of their names.
fn files(folder: &Path, extension: &str) -> Result<Vec<Vec<u8>>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == extension) {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: PathBuf| fs::read(&path).with_context(|| path.display().to_string());
    paths.into_iter().map(read).collect()
}

/// The golden texts and every literal of the tests of `core/codes`.
fn codes(root: &Path) -> Result<Vec<String>> {
    let tests = root.join("core/codes/tests");
    let golden = fs::read_to_string(tests.join("golden/codes.tsv"))?;
    let first = |line: &str| {
        line.split('\t')
            .next()
            .unwrap_or_default()
            .replace('␝', "\u{1d}")
    };
    let mut found: Vec<String> = golden.lines().map(first).collect();
    for source in files(&tests, "rs")? {
        found.extend(literals(&String::from_utf8_lossy(&source)));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The plain text literals of a source, escapes resolved; those that are formats are taken as well.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        let mut parts = line
            .replace("\\\"", "\u{0}")
            .split('"')
            .map(str::to_owned)
            .collect::<Vec<_>>();
        // What stands between an odd quote and the next one is a literal.
        for part in parts.iter_mut().skip(1).step_by(2) {
            let text = part
                .replace('\u{0}', "\"")
                .replace("\\u{1d}", "\u{1d}")
                .replace("\\\\", "\\");
            if text.len() > 3 {
                found.push(text);
            }
        }
    }
    found
}

/// What stands behind the host or the `?` of addresses, and texts of fields as they are.
fn fields(codes: Vec<String>) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for code in codes.into_iter().filter(|code| code.contains(['=', '/'])) {
        if let Some((_, query)) = code.split_once('?') {
            found.push(query.as_bytes().to_vec());
        }
        let path = code
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('/'));
        found.push(path.map_or_else(|| code.clone().into_bytes(), |(_, path)| path.into()));
    }
    found
}

/// A frame of stripes, one of noise, a bitmap file, and the beginnings of other formats.
fn pictures() -> Vec<Vec<u8>> {
    let stripes =
        std::iter::once(127).chain((0..64 * 64).map(|at| if at % 7 < 3 { 0 } else { 255 }));
    let noise = std::iter::once(125)
        .chain((0u32..63 * 63).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8));
    let with_mark = |bytes: &[u8]| {
        std::iter::once(0)
            .chain(bytes.iter().copied())
            .collect::<Vec<u8>>()
    };
    let mut found = vec![stripes.collect(), noise.collect(), with_mark(&bitmap())];
    for head in [
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\0\0\0\0"[..],
        b"GIF89a\x10\0\x10\0\x80\0\0",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01",
        b"RIFF\x24\0\0\0WEBPVP8L",
    ] {
        found.push(with_mark(head));
    }
    found
}

/// A bitmap of 16 by 16 grey pixels, 24 bits each.
fn bitmap() -> Vec<u8> {
    let mut file = b"BM".to_vec();
    for number in [
        822u32,
        0,
        54,
        40,
        16,
        16,
        0x0018_0001,
        0,
        768,
        2835,
        2835,
        0,
        0,
    ] {
        file.extend(number.to_le_bytes());
    }
    file.extend((0..768u32).map(|at| if at / 9 % 2 == 0 { 0 } else { 255 }));
    file
}

#[cfg(test)]
mod tests {
    use super::{Source, literals, seeds};
    use crate::workspace;

    #[test]
    fn every_source_has_seeds() {
        let root = workspace::root().unwrap();
        for (source, least) in [
            (Source::RuleSets, 50),
            (Source::Questions, 50),
            (Source::Codes, 150),
            (Source::Fields, 30),
            (Source::Commands, 5),
            (Source::Wire, 8),
            (Source::Vouchers, 5),
            (Source::Trust, 4),
            (Source::Handover, 2),
            (Source::Hints, 4),
            (Source::Journal, 4),
            (Source::Answers, 5),
            (Source::Tables, 5),
            (Source::Pictures, 5),
        ] {
            let found = seeds(&root, source).unwrap();
            assert!(found.len() >= least, "{source:?}: {}", found.len());
        }
    }

    #[test]
    fn literals_of_a_source_are_found() {
        let source = "// \"not this\"\nfails(\"01\\u{1d}21AB\", Kind::X, \"a\\\"bcd\");";
        assert_eq!(literals(source), ["01\u{1d}21AB", "a\"bcd"]);
    }
}
