//! Parsing of codes: a million texts of all kinds beside copying and checking the same bytes, links
//! beside a general parser of addresses, and the memory that stays.

use std::hint::black_box;

use anyhow::{Result, anyhow};
use carrot_codes::{OwnCode, check_digit, unique_from_bytes};

use crate::Sizes;
use crate::report::Report;
use crate::sample::Watch;

/// How many texts are parsed, whatever the sizes.
const TEXTS: usize = 1_000_000;
/// Different texts; they are gone through again and again, as a till's day goes.
const DIFFERENT: usize = 10_000;
/// Rounds of each side; the quickest counts.
const ROUNDS: usize = 3;
/// Against copying the bytes and checking their UTF-8, which touches every byte twice.
const FLOOR_RATIO_MAX: f64 = 60.0;
/// Against a parser that only cuts the address into its parts.
const LINK_RATIO_MAX: f64 = 8.0;
/// What stays in memory after a million texts, beside what was there before.
const MEMORY_RATIO_MAX: f64 = 1.05;

fn gtin(number: usize) -> String {
    let body = format!("{:013}", 460_000_000_000 + number);
    let digit = check_digit(&body).unwrap_or(0);
    format!("{body}{digit}")
}

/// One text of each kind in turn: trade items, marking codes, links, receipts of two countries, own
/// codes typed and in links, pallets, damaged ones, and texts that are no code.
fn text(number: usize) -> String {
    let gtin = gtin(number);
    let unique = unique_from_bytes("morgenro", {
        let mut bytes = [3; 10];
        bytes[2..].copy_from_slice(&(number as u64).to_be_bytes());
        bytes
    });
    match number % 12 {
        0 => gtin.trim_start_matches('0').to_owned(),
        1 => format!(
            "]d201{gtin}21G+mgs{number:08}\u{1d}91EE05\u{1d}92{}",
            "b+/=".repeat(11)
        ),
        2 => format!("01{gtin}215{number:05}\u{1d}93dGVz"),
        3 => format!("https://id.gs1.org/01/{gtin}/10/L{number}/21/S{number}?17=261231"),
        4 => format!(
            "t=20240917T1801&s={number}.21&fn=7281440500751551&i={number}&fp=1168453787&n=1"
        ),
        5 => format!(
            "https://cabinet.tax.gov.ua/cashregs/check?fn=4000438533&id={number}&sm=950.04&time=152618&date=20240604&mac=47a0f6e4"
        ),
        6 => unique.to_text(),
        7 => unique.to_qr_text(),
        8 => OwnCode::member_card("morgenro", [number as u8; 16]).to_text(),
        9 => format!("(01){gtin}(10)LOT{number}(17)261231"),
        10 => format!("01{gtin}10LOT{number}\u{1d}\u{1d}21X"),
        _ => format!("Kaffe {number} g, ristet"),
    }
}

fn texts(kinds: impl Fn(usize) -> bool) -> Vec<String> {
    let wanted = (0..).filter(|number| kinds(number % 12));
    wanted.take(DIFFERENT).map(text).collect()
}

/// The quickest of a few rounds over a million texts, microseconds of CPU.
fn quickest_us(texts: &[String], work: impl Fn(&str)) -> f64 {
    let round = || {
        let watch = Watch::start();
        for text in texts.iter().cycle().take(TEXTS) {
            work(black_box(text));
        }
        watch.spent().cpu.as_secs_f64() * 1e6
    };
    (0..ROUNDS).map(|_| round()).fold(f64::INFINITY, f64::min)
}

fn parsed(text: &str) {
    let _ = black_box(carrot_codes::parse(text));
}

fn copied(text: &str) {
    let bytes = black_box(text.as_bytes().to_vec());
    let _ = black_box(String::from_utf8(bytes));
}

/// Resident memory, KiB; nothing where the system does not say.
fn resident_kib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// Measures parsing.
pub fn run(_sizes: &Sizes, report: &mut Report) -> Result<()> {
    let mixed = texts(|_| true);
    let codes = mixed
        .iter()
        .filter(|text| carrot_codes::parse(text).is_ok())
        .count();
    if codes < DIFFERENT * 10 / 12 {
        return Err(anyhow!(
            "only {codes} of {DIFFERENT} texts parse: the figures would mean nothing"
        ));
    }
    let floor = quickest_us(&mixed, copied);
    let before = resident_kib();
    let ours = quickest_us(&mixed, parsed);
    let after = resident_kib();
    report.limited(
        "parse a million mixed codes, against a copy",
        ours,
        floor,
        FLOOR_RATIO_MAX,
    );

    let links = texts(|kind| kind == 3);
    let peer = quickest_us(&links, |text| {
        let _ = black_box(url::Url::parse(text));
    });
    let ours = quickest_us(&links, parsed);
    report.limited(
        "parse a million links, against a URL parser",
        ours,
        peer,
        LINK_RATIO_MAX,
    );

    if let (Some(before), Some(after)) = (before, after) {
        report.limited(
            "memory after three million codes (KiB)",
            after,
            before,
            MEMORY_RATIO_MAX,
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{text, texts};

    #[test]
    fn every_kind_is_what_it_is_meant_to_be() {
        let kinds: Vec<String> = (0..12)
            .map(|number| match carrot_codes::parse(&text(number)) {
                Ok(code) => code.kind().to_owned(),
                Err(error) => error.code().to_owned(),
            })
            .collect();
        let expected = [
            "gtin",
            "gs1",
            "gs1",
            "digital_link",
            "receipt",
            "receipt",
            "own",
            "own",
            "own",
            "gs1",
            "double_separator",
            "other",
        ];
        assert_eq!(kinds, expected);
        assert!(
            texts(|kind| kind == 3)
                .iter()
                .all(|link| link.starts_with("https://id.gs1.org"))
        );
    }
}
