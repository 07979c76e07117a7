//! `carrot parse`: a code's text per line on standard input, what it means on standard output.

use anyhow::Context;
use carrot_codes::{Code, CodeErrorKind, Gs1, TEXT_LENGTH_BYTES_MAX, parse};
use serde_json::{Map, Value, json};
use std::io::{BufRead, Read, Write};
use std::process::ExitCode;

/// The longest line that is kept, in bytes; what follows on the same line is dropped.
const LINE_LENGTH_BYTES_MAX: usize = 2 * TEXT_LENGTH_BYTES_MAX;

/// Options of `carrot parse`.
#[derive(Debug, clap::Args)]
pub struct ParseArgs {
    /// Write a line of JSON per code: kind, fields, canonical form and identity, or the error.
    #[arg(long)]
    pub json: bool,
}

/// Reads standard input to its end; exit code 0 when every line parsed, else 1.
///
/// # Errors
/// When standard input or output fails.
pub fn run(args: ParseArgs) -> anyhow::Result<ExitCode> {
    let input = std::io::stdin().lock();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let all_parsed = parse_lines(input, &mut output, args.json)?;
    output.flush().context("writing the results")?;
    Ok(if all_parsed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Writes one line per line of `input`; returns whether all of them parsed.
fn parse_lines(
    mut input: impl BufRead,
    output: &mut impl Write,
    as_json: bool,
) -> anyhow::Result<bool> {
    let mut all_parsed = true;
    let mut line = Vec::new();
    while read_line(&mut input, &mut line).context("reading the codes")? {
        let report = describe(&line);
        all_parsed &= report.get("error").is_none();
        let written = if as_json {
            writeln!(output, "{report}")
        } else {
            writeln!(output, "{}", plain(&report))
        };
        written.context("writing the results")?;
    }
    Ok(all_parsed)
}

/// Reads one line without its end, at most [`LINE_LENGTH_BYTES_MAX`] bytes of it; `false` at the end.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let limit = LINE_LENGTH_BYTES_MAX as u64;
    if input.by_ref().take(limit).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() == LINE_LENGTH_BYTES_MAX {
        input.skip_until(b'\n')?;
    }
    Ok(true)
}

/// The report on one line.
fn describe(line: &[u8]) -> Value {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        // A line cut at its limit may end inside a character: its length is what is wrong with it.
        Err(_) if line.len() == LINE_LENGTH_BYTES_MAX => {
            let kind = CodeErrorKind::TooLong;
            return failure(kind.code(), TEXT_LENGTH_BYTES_MAX, kind.sentence());
        }
        Err(error) => return failure("not_utf8", error.valid_up_to(), "This is not UTF-8 text"),
    };
    match parse(text) {
        Err(error) => failure(error.code(), error.position, &error.to_string()),
        Ok(code) => {
            let fields = fields(&code);
            json!({ "kind": code.kind(), "fields": fields, "canonical": code.canonical(), "identity": code.identity() })
        }
    }
}

fn failure(code: &str, position: usize, message: &str) -> Value {
    json!({ "error": { "code": code, "position": position, "message": message } })
}

/// The serialised code without its tag; GS1 codes also name what their elements mean.
fn fields(code: &Code) -> Map<String, Value> {
    let mut fields = match serde_json::to_value(code) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    fields.remove("kind");
    match code {
        Code::Gtin(gtin) => {
            fields.insert("display".into(), gtin.display().into());
            fields.insert("restricted".into(), gtin.is_restricted().into());
        }
        Code::Receipt(receipt) => {
            fields.insert("receipt_key".into(), receipt.receipt_key().into());
            fields.insert("currency".into(), receipt.currency().into());
        }
        _ => {}
    }
    if let Some(gs1) = code.gs1() {
        // A link keeps its elements one level down; here all kinds of GS1 code look alike.
        fields.remove("gs1");
        fields.insert("elements".into(), json!(gs1.elements));
        fields.extend(meanings(gs1));
    }
    fields
}

/// The meanings that a GS1 code has; absent ones are left out.
fn meanings(gs1: &Gs1) -> impl Iterator<Item = (String, Value)> {
    [
        ("gtin", gs1.gtin().map(|gtin| json!(gtin))),
        ("serial", gs1.serial().map(Value::from)),
        ("lot", gs1.lot().map(Value::from)),
        ("expiry", gs1.expiry().map(Value::from)),
        ("count", gs1.count().map(Value::from)),
        ("sscc", gs1.sscc().map(|sscc| json!(sscc))),
        ("marking", gs1.marking().map(|kind| json!(kind))),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
}

/// The report for people: kind and canonical form, or the error.
fn plain(report: &Value) -> String {
    let text = |pointer: &str| {
        report
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    match report.get("error") {
        Some(_) => format!("error\t{}\t{}", text("/error/code"), text("/error/message")),
        None => format!("{}\t{}", text("/kind"), text("/canonical")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8], as_json: bool) -> (Vec<String>, bool) {
        let mut output = Vec::new();
        let all_parsed = parse_lines(input, &mut output, as_json).unwrap();
        (
            String::from_utf8(output)
                .unwrap()
                .lines()
                .map(str::to_owned)
                .collect(),
            all_parsed,
        )
    }

    #[test]
    fn a_line_of_json_per_code() {
        let (out, all_parsed) = lines(
            b"4006381333931\r\n(01)09521234543213(21)A1\n4006381333932",
            true,
        );
        assert!(!all_parsed);
        let values: Vec<Value> = out
            .iter()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(values[0]["fields"]["gtin"], "04006381333931");
        assert_eq!(
            (&values[1]["kind"], &values[1]["fields"]["serial"]),
            (&json!("gs1"), &json!("A1"))
        );
        assert_eq!(values[1]["identity"], "010952123454321321A1");
        assert_eq!(values[2]["error"]["code"], "check_digit");
        assert_eq!(values[2]["error"]["position"], 12);
    }

    #[test]
    fn bytes_that_are_no_text_and_lines_without_end() {
        let (out, _) = lines(b"ab\xff\n", true);
        assert!(out[0].contains("not_utf8"), "{out:?}");
        let long = [vec![b'x'; 3 * LINE_LENGTH_BYTES_MAX], b"\nhello\n".to_vec()].concat();
        let (out, all_parsed) = lines(&long, false);
        assert_eq!((out.len(), all_parsed), (2, false));
        assert_eq!(out[1], "other\thello");
        assert_eq!(lines(b"", true), (vec![], true));
    }
}
