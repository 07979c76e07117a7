//! `carrot serve`: serves devices and the console until Ctrl-C.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use carrot_server::{ServeConfig, Store, TlsFiles, serve};
use clap::Args;

use super::{DataArgs, admin, store};

/// How to serve.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// The certificate chain as PEM, for HTTPS.
    #[arg(long, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key as PEM.
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
}

/// Serves; ends cleanly on Ctrl-C.
pub async fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let tls = match (args.tls_cert, args.tls_key) {
        (Some(certificates), Some(key)) => Some(TlsFiles { certificates, key }),
        _ => None,
    };
    if tls.is_none() && !args.listen.ip().is_loopback() {
        eprintln!(
            "carrot: without --tls-cert passwords and tokens travel in the clear; put a proxy with HTTPS in front"
        );
    }
    let config = ServeConfig {
        place: args.data.place(),
        listen: args.listen,
        tls,
    };
    let mut served = serve(config)
        .await
        .with_context(|| format!("serving on {}", args.listen))?;
    println!("listening on {}", served.url());
    greet(&served.store, &store::options(&args.data.place())).await?;
    let ended = tokio::select! {
        ended = served.wait() => Some(ended),
        stopped = interrupted() => { stopped?; None }
    };
    if let Some(ended) = ended {
        ended?;
        bail!("the server ended by itself");
    }
    served.stop().await?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for Ctrl-C, or for the signal by which a service is stopped.
async fn interrupted() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut ended = signal(SignalKind::terminate())?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = ended.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Says what is missing before anybody can sign in; with a person at the terminal, makes the first
/// administrator.
async fn greet(store: &Store, options: &str) -> anyhow::Result<()> {
    let programmes = store.programmes().await?;
    if programmes.is_empty() {
        eprintln!("There is no programme yet. Make one: carrot import programme FILE {options}");
    }
    for programme in programmes {
        if admin::exists(store, programme.id).await? {
            continue;
        }
        if std::io::stdout().is_terminal() {
            let password =
                admin::create(store, programme.id, "admin", admin::ConsoleRole::Manager).await?;
            println!(
                "{}: first administrator made.\nuser: admin\npassword: {password}\nIt is shown this once.",
                programme.name
            );
        } else {
            eprintln!(
                "{}: nobody can sign in yet. Make an administrator: carrot admin create {options} --programme {} --user NAME",
                programme.name, programme.code
            );
        }
    }
    Ok(())
}
