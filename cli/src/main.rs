//! One program: the server, a headless phone or terminal, and the tools around them.

mod device;
mod doctor;
mod embedded;
mod output;
mod parse;
mod proof;
mod rules;
mod scan;
mod sentences;
mod server;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Pays the people who move goods: server, device and tools in one program.
#[derive(Debug, Parser)]
#[command(name = "carrot", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// A headless phone or terminal.
    Device(device::DeviceArgs),
    /// Versions, stores, queue, clock: what is wrong and what to do.
    Doctor(doctor::DoctorArgs),
    /// Reads the codes in image files.
    Scan(scan::ScanArgs),
    /// Rule sets before they are published, and why an event earns what it earns.
    Rules(rules::RulesArgs),
    /// Checks with the server's public keys alone what a device proves about its work.
    VerifyProof(proof::ProofArgs),
    /// Reads codes' texts from standard input, one per line.
    Parse(parse::ParseArgs),
    /// Plays fleets of devices against a server with faults, each fleet from one seed. A law that is
    /// broken ends it with the line that plays it again.
    Sim(carrot_sim::run::SimArgs),
    #[command(flatten)]
    Server(server::ServerCommand),
}

/// Whoever reads the output may stop (`| head`): then there is nothing to report.
fn end_quietly_when_nobody_reads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let text = panic.payload_as_str().unwrap_or_default();
        if text.starts_with("failed printing to stdout") && text.contains("Broken pipe") {
            std::process::exit(0);
        }
        usual(panic);
    }));
}

fn main() -> ExitCode {
    end_quietly_when_nobody_reads();
    // The provider is set once, at the start of the program: a second time would be refused.
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("carrot: {}", told(&error));
            ExitCode::FAILURE
        }
    }
}

/// A refusal in words with what to do about it, in the language of `CARROT_LANG`; anything else as it is.
fn told(error: &anyhow::Error) -> String {
    let language = std::env::var("CARROT_LANG").unwrap_or_default();
    let refusal = error.chain().find_map(|cause| {
        let direct = cause.downcast_ref::<carrot_api::CallError>();
        direct.or_else(|| match cause.downcast_ref::<carrot_server::Error>() {
            Some(carrot_server::Error::Refused(refusal)) => Some(refusal),
            _ => None,
        })
    });
    refusal
        .and_then(|refusal| embedded::words_of(&language, refusal))
        .unwrap_or_else(|| format!("{error:#}"))
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Scan(args) => scan::run(args),
        Command::Parse(args) => parse::run(args),
        Command::VerifyProof(args) => proof::run(args),
        Command::Rules(args) => rules::run(args),
        Command::Sim(args) => carrot_sim::run::main(&args).map(|()| ExitCode::SUCCESS),
        Command::Device(args) => on_runtime(device::run(args)),
        Command::Doctor(args) => on_runtime(doctor::run(args)),
        Command::Server(command) => on_runtime(server::run(command)),
    }
}

fn on_runtime(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let answer = runtime.block_on(work);
    // Scans that overran their deadline may still hold a thread; nobody waits for them.
    runtime.shutdown_background();
    answer
}
