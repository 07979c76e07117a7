//! Folders of pictures with known contents: reading the list, judging answers.
//!
//! A folder is listed by its `expected.csv` (columns `file`, `symbology`,
//! `kind` and `expected_hex`; a column `text` instead of the hex will do), or by
//! files beside the pictures: `NAME.txt` or `NAME.bin` beside `NAME.png`, an
//! empty one for a picture in which nothing may be read. Pictures without either
//! are only counted.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::{ScanError, Symbol};

/// Endings of the picture files that are looked for.
const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "bmp", "webp"];

/// What is known about a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// One code with this payload.
    Payload(Vec<u8>),
    /// Nothing may be read.
    Nothing,
    /// Codes, but no list of them.
    Unlisted,
}

/// A picture of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The picture's file.
    pub path: PathBuf,
    /// Its folder below the corpus, with `/` between names.
    pub folder: String,
    /// The symbology as the list names it; empty without a list.
    pub symbology: String,
    /// What is in it.
    pub truth: Truth,
}

/// What an answer is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The payload was read and nothing was invented, or nothing was to be read
    /// and nothing was; of an unlisted picture, something was read.
    Right,
    /// Nothing was read where something is.
    Missed,
    /// A text that is not there; the right one may have been read as well.
    Wrong(Symbol),
    /// The picture could not be scanned.
    Failed(ScanError),
}

/// Every picture below a folder, in a stable order.
///
/// # Errors
/// When the folder cannot be read, when it has an `expected.csv` that is not as
/// described above, and when it holds no picture.
pub fn entries(root: &Path) -> io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    walk(root, root, &mut found)?;
    if found.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no pictures"));
    }
    Ok(found)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Entry>) -> io::Result<()> {
    let list = folder.join("expected.csv");
    if list.is_file() {
        return listed(root, folder, &list, found);
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(root, &path, found)?;
        } else if is_picture(&path) {
            found.push(beside(root, path)?);
        }
    }
    Ok(())
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str());
    ending.is_some_and(|e| ENDINGS.contains(&e.to_ascii_lowercase().as_str()))
}

fn folder_name(root: &Path, path: &Path) -> String {
    let parent = path.parent().unwrap_or(path);
    let below = parent.strip_prefix(root).unwrap_or(parent);
    let names = below.components().map(|c| c.as_os_str().to_string_lossy());
    names.collect::<Vec<_>>().join("/")
}

/// A picture whose truth is a file beside it.
fn beside(root: &Path, path: PathBuf) -> io::Result<Entry> {
    let text = path.with_extension("txt");
    let raw = path.with_extension("bin");
    let truth = if text.is_file() {
        let bytes = fs::read(text)?;
        // Editors end a text with a line end.
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        payload_or_nothing(bytes.to_vec())
    } else if raw.is_file() {
        payload_or_nothing(fs::read(raw)?)
    } else {
        Truth::Unlisted
    };
    Ok(Entry {
        folder: folder_name(root, &path),
        symbology: String::new(),
        path,
        truth,
    })
}

fn payload_or_nothing(bytes: Vec<u8>) -> Truth {
    if bytes.is_empty() {
        Truth::Nothing
    } else {
        Truth::Payload(bytes)
    }
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("expected.csv: {what}"))
}

/// The pictures of a list.
fn listed(root: &Path, folder: &Path, list: &Path, found: &mut Vec<Entry>) -> io::Result<()> {
    let mut table = csv::Reader::from_path(list).map_err(|e| bad(&e.to_string()))?;
    let names = table.headers().map_err(|e| bad(&e.to_string()))?.clone();
    let column: BTreeMap<&str, usize> = names.iter().zip(0..).collect();
    for row in table.records() {
        let row = row.map_err(|e| bad(&e.to_string()))?;
        let cell = |name: &str| column.get(name).and_then(|&i| row.get(i));
        let file = cell("file").ok_or_else(|| bad("no column `file`"))?;
        let payload = match (cell("expected_hex"), cell("text")) {
            (Some(hex), _) => hex::decode(hex).map_err(|e| bad(&e.to_string()))?,
            (None, Some(text)) => text.as_bytes().to_vec(),
            (None, None) => return Err(bad("neither `expected_hex` nor `text`")),
        };
        let truth = match cell("kind") {
            Some("neg") => Truth::Nothing,
            Some("multi" | "sa") => Truth::Unlisted,
            // An empty payload cannot be told from none.
            Some(_) if payload.is_empty() => Truth::Unlisted,
            _ => payload_or_nothing(payload),
        };
        let path = folder.join(file);
        found.push(Entry {
            folder: folder_name(root, &path),
            symbology: cell("symbology").unwrap_or_default().to_owned(),
            path,
            truth,
        });
    }
    Ok(())
}

/// Judges what a scan of the entry's picture gave.
///
/// EAN-13 and UPC-A are one number with and without leading zeros. A matrix code
/// beside the right one is a second code that is really there; with its error
/// correction it cannot be invented.
pub fn judge(entry: &Entry, outcome: &Result<Vec<Symbol>, ScanError>) -> Verdict {
    let symbols = match outcome {
        Ok(symbols) => symbols,
        Err(error) => return Verdict::Failed(*error),
    };
    match &entry.truth {
        Truth::Unlisted if symbols.is_empty() => Verdict::Missed,
        Truth::Unlisted => Verdict::Right,
        Truth::Nothing => symbols
            .first()
            .map_or(Verdict::Right, |symbol| Verdict::Wrong(symbol.clone())),
        Truth::Payload(payload) => {
            let read = symbols.iter().any(|s| is_payload(s, payload));
            let wrong = |s: &&Symbol| !is_payload(s, payload) && (!read || s.format.is_linear());
            match symbols.iter().find(wrong) {
                Some(symbol) => Verdict::Wrong(symbol.clone()),
                None if read => Verdict::Right,
                None => Verdict::Missed,
            }
        }
    }
}

/// Whether the symbol says what is expected.
pub fn is_payload(symbol: &Symbol, expected: &[u8]) -> bool {
    let trimmed = |bytes: &[u8]| {
        let zeros = bytes.iter().take_while(|&&b| b == b'0').count();
        bytes.get(zeros..).unwrap_or_default().to_vec()
    };
    let is_number = symbol.format.is_linear() && symbol.bytes.iter().all(u8::is_ascii_digit);
    symbol.bytes == expected || (is_number && trimmed(&symbol.bytes) == trimmed(expected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;

    fn symbol(format: Format, text: &str) -> Symbol {
        Symbol {
            format,
            text: text.into(),
            bytes: text.into(),
        }
    }

    fn entry(truth: Truth) -> Entry {
        Entry {
            path: PathBuf::new(),
            folder: String::new(),
            symbology: String::new(),
            truth,
        }
    }

    #[test]
    fn a_second_number_is_wrong_and_a_second_matrix_code_is_not() {
        let entry = entry(Truth::Payload(b"0036000291452".to_vec()));
        let right = symbol(Format::UpcA, "036000291452");
        assert_eq!(judge(&entry, &Ok(vec![right.clone()])), Verdict::Right);
        let other = symbol(Format::QrCode, "x");
        let both = vec![right.clone(), other.clone()];
        assert_eq!(judge(&entry, &Ok(both)), Verdict::Right);
        assert_eq!(
            judge(&entry, &Ok(vec![other.clone()])),
            Verdict::Wrong(other)
        );
        let number = symbol(Format::Ean8, "40170725");
        let both = vec![right, number.clone()];
        assert_eq!(judge(&entry, &Ok(both)), Verdict::Wrong(number));
        assert_eq!(judge(&entry, &Ok(vec![])), Verdict::Missed);
    }

    #[test]
    fn nothing_is_right_where_nothing_is() {
        let entry = entry(Truth::Nothing);
        assert_eq!(judge(&entry, &Ok(vec![])), Verdict::Right);
        let invented = symbol(Format::Ean8, "40170725");
        let wrong = Verdict::Wrong(invented.clone());
        assert_eq!(judge(&entry, &Ok(vec![invented])), wrong);
        let failed = Verdict::Failed(ScanError::Deadline);
        assert_eq!(judge(&entry, &Err(ScanError::Deadline)), failed);
    }

    #[test]
    fn lists_and_files_beside_the_pictures_are_read() {
        let root = std::env::temp_dir().join(format!("carrot-corpus-{}", std::process::id()));
        let (a, b) = (root.join("a"), root.join("b/c"));
        fs::create_dir_all(&a).expect("a folder");
        fs::create_dir_all(&b).expect("a folder");
        fs::write(a.join("1.png"), b"").expect("a file");
        fs::write(a.join("1.txt"), b"4006381333931\n").expect("a file");
        fs::write(a.join("2.JPG"), b"").expect("a file");
        fs::write(a.join("2.txt"), b"").expect("a file");
        fs::write(a.join("3.webp"), b"").expect("a file");
        let list = "file,symbology,kind,expected_hex\nd/4.png,QR,pos,6162\n5.png,none,neg,\n";
        fs::write(b.join("expected.csv"), list).expect("a file");
        let found = entries(&root).expect("entries");
        let shown: Vec<_> = found
            .iter()
            .map(|e| (e.folder.as_str(), e.truth.clone()))
            .collect();
        fs::remove_dir_all(&root).expect("the folder goes");
        assert_eq!(
            shown,
            [
                ("a", Truth::Payload(b"4006381333931".to_vec())),
                ("a", Truth::Nothing),
                ("a", Truth::Unlisted),
                ("b/c/d", Truth::Payload(b"ab".to_vec())),
                ("b/c", Truth::Nothing),
            ]
        );
        assert!(entries(&root).is_err());
    }
}
