//! `carrot rules sample`: a year of events from a seed, to try a rule set on and to measure with.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::demo::dice::Dice;

const YEAR_MS: i64 = 365 * 86_400_000;
/// 1 January 2026, midnight UTC.
const START_MS: i64 = 1_767_225_600_000;
const PRODUCTS: i64 = 150;
const BRANDS: i64 = 10;
const CATEGORIES: i64 = 4;
const PIECE_MICRO: i64 = 1_000_000;

/// Options of `carrot rules sample`.
#[derive(Debug, clap::Args)]
pub struct SampleArgs {
    /// How many events, spread over a year.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(i64).range(1..=100_000_000))]
    events: i64,
    /// The same seed writes the same file.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file; standard output if not given.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Writes the sample.
///
/// # Errors
/// When the file cannot be written.
pub fn run(args: &SampleArgs) -> anyhow::Result<ExitCode> {
    match &args.out {
        None => write(&mut std::io::stdout().lock(), args)?,
        Some(path) => {
            let named = || format!("writing {}", path.display());
            let file = File::create(path).with_context(named)?;
            write(&mut BufWriter::new(file), args).with_context(named)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// How many people and outlets take part: a seller for some hundred events, at least a few.
struct Cast {
    sellers: i64,
    outlets: i64,
    buyers: i64,
}

impl Cast {
    fn of(events: i64) -> Self {
        let sellers = (events / 500).clamp(20, 100_000);
        Self {
            sellers,
            outlets: (sellers / 5).max(4),
            buyers: sellers * 10,
        }
    }
}

fn id(kind: u128, number: i64) -> Uuid {
    Uuid::from_u128(kind << 64 | u128::from(number.unsigned_abs()))
}

fn product(number: i64) -> String {
    format!("{:014}", 4_000_000_000_000 + number)
}

fn write(out: &mut impl Write, args: &SampleArgs) -> std::io::Result<()> {
    let cast = Cast::of(args.events);
    let mut dice = Dice::new(args.seed);
    for number in 0..PRODUCTS {
        let about = json!({"brand": format!("brand{}", number % BRANDS),
            "category": format!("category{}", number % CATEGORIES),
            "buyer_points": dice.between(0, 5), "seller_points": dice.between(1, 40)});
        writeln!(
            out,
            "{}",
            json!({"facts": {"products": {product(number): about}}})
        )?;
    }
    for number in 0..cast.outlets {
        let outlet = json!({"code": format!("S{number}"), "partner": format!("P{}", number / 10),
            "country": "DE", "city": format!("City {}", number % 30)});
        let line = json!({"outlet_id": id(1, number), "facts": {"outlet": outlet}});
        writeln!(out, "{line}")?;
    }
    let gap_ms = (YEAR_MS / args.events).max(1);
    for number in 0..args.events {
        let at_ms = START_MS + number * gap_ms;
        writeln!(out, "{}", json!({"event": event(&mut dice, &cast, at_ms)}))?;
    }
    Ok(())
}

/// A sale: a few sellers sell most, as everywhere.
fn event(dice: &mut Dice, cast: &Cast, at_ms: i64) -> Value {
    let wide = dice.below(cast.sellers);
    let seller = dice.between(0, wide);
    let buyer = match dice.below(2) {
        0 => json!("nobody"),
        _ => json!({"known": id(3, dice.below(cast.buyers))}),
    };
    let count = dice.between(1, 3);
    let lines: Vec<Value> = (0..count)
        .map(|_| {
            let quantity = dice.between(1, 2) * PIECE_MICRO;
            json!({"product": product(dice.below(PRODUCTS)), "quantity_micro": quantity,
                "amount_minor": dice.between(500, 40_000), "buyer_micro": quantity,
                "seller_micro": quantity, "fresh_micro": quantity})
        })
        .collect();
    let seller_id = id(2, seller);
    json!({"trigger": "sale", "at_ms": at_ms, "outlet": id(1, seller % cast.outlets),
        "actor": {"known": seller_id}, "buyer": buyer, "seller": {"known": seller_id},
        "currency": "EUR", "evidence": "till", "lines": lines})
}

#[cfg(test)]
mod tests {
    use carrot_rules::replay::ReplayLine;

    use super::*;

    fn sample(events: i64, seed: u64) -> String {
        let args = SampleArgs {
            events,
            seed,
            out: None,
        };
        let mut out = Vec::new();
        write(&mut out, &args).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn f013_the_same_seed_writes_the_same_lines_and_each_reads() {
        let text = sample(200, 7);
        assert_eq!(text, sample(200, 7));
        assert_ne!(text, sample(200, 8));
        let steps = text
            .lines()
            .map(|line| ReplayLine::read(line).unwrap().step());
        let (events, facts): (Vec<_>, Vec<_>) = steps.partition(|step| step.event.is_some());
        assert_eq!(events.len(), 200);
        assert!(facts.iter().all(|step| !step.facts.is_empty()));
    }
}
