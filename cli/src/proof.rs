//! `carrot verify-proof`: checks with public keys alone what a device says about its work.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use carrot_wire::bundle::{Bundle, Proven, check};
use carrot_wire::crypto;
use serde_json::json;

/// The largest bundle that is read, bytes.
const BUNDLE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Options of `carrot verify-proof`.
#[derive(Debug, clap::Args)]
pub struct ProofArgs {
    /// The bundle that `carrot device proof` wrote.
    file: PathBuf,
    /// The server's public keys, one per line, as `carrot keys list --public` prints them.
    #[arg(long)]
    keys: PathBuf,
    /// Print a line of JSON per command.
    #[arg(long)]
    json: bool,
}

/// Checks the bundle: the order, that nothing was left out, and between which instants each command was
/// made. Exit code 0 when all of it holds.
///
/// # Errors
/// When a file cannot be read, and with the first thing that does not hold.
pub fn run(args: ProofArgs) -> anyhow::Result<ExitCode> {
    let size = std::fs::metadata(&args.file)
        .with_context(|| format!("reading {}", args.file.display()))?
        .len();
    anyhow::ensure!(
        size <= BUNDLE_BYTES_MAX,
        "the bundle has {size} bytes; at most {BUNDLE_BYTES_MAX} are read"
    );
    let text = std::fs::read_to_string(&args.file)?;
    let bundle: Bundle = serde_json::from_str(&text).context("this is not a bundle")?;
    let keys = std::fs::read_to_string(&args.keys)
        .with_context(|| format!("reading {}", args.keys.display()))?;
    let keys: Vec<_> = keys
        .split_whitespace()
        .map(|key| crypto::public_key(key).with_context(|| format!("{key} is no public key")))
        .collect::<anyhow::Result<_>>()?;
    let proven = check(&bundle, &keys)?;
    for one in &proven {
        if args.json {
            println!("{}", json!(one));
        } else {
            println!("{}", line(one));
        }
    }
    if !args.json {
        println!(
            "{} commands in their order, none left out; {} countersignatures",
            proven.len(),
            bundle.countersigned.len()
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn line(one: &Proven) -> String {
    format!(
        "{:>6}  {:20}  after {}  before {}  (the device says {})",
        one.device_seq,
        one.kind,
        at(one.from_ms),
        at(one.until_ms),
        at(Some(one.estimated_ms)),
    )
}

fn at(instant_ms: Option<i64>) -> String {
    let instant = instant_ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    instant.map_or_else(|| "?".to_owned(), |instant| instant.to_string())
}
