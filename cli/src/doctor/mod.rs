//! `carrot doctor`: looks at a device folder and its server, names what is wrong, and says what to
//! do. It changes nothing: no command is sent, no scope is read.

mod folder;
mod online;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use carrot_api::CallError;
use carrot_client::Device;
use clap::Args;
use serde_json::{Value, json};

use crate::embedded;

/// Versions, stores, queue, clock: what is wrong and what to do.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// The device's data folder.
    #[arg(long)]
    dir: PathBuf,
    /// Print a line of JSON.
    #[arg(long)]
    json: bool,
    /// Look for the keys in a file of the folder, not in the system's keyring.
    #[arg(long)]
    insecure_key_file: bool,
    /// Leave the camera out: this device scans by a wedge or by picture files.
    #[arg(long)]
    no_camera: bool,
    /// Language of messages.
    #[arg(long, env = "CARROT_LANG", default_value = "en")]
    lang: String,
}

/// One thing that was looked at.
pub struct Finding {
    /// What was looked at, in snake case.
    check: &'static str,
    /// What is wrong, if anything.
    wrong: Option<CallError>,
    /// What was seen.
    seen: String,
}

impl Finding {
    fn good(check: &'static str, seen: impl Into<String>) -> Self {
        Self {
            check,
            wrong: None,
            seen: seen.into(),
        }
    }

    fn bad(check: &'static str, error: CallError) -> Self {
        Self {
            check,
            seen: error.detail.clone(),
            wrong: Some(error),
        }
    }

    fn to_json(&self, language: &str) -> Value {
        json!({
            "check": self.check,
            "ok": self.wrong.is_none(),
            "code": self.wrong.as_ref().map(|error| &error.code),
            "seen": self.seen,
            "text": self.wrong.as_ref().map(|error| embedded::error_text(language, error)),
        })
    }
}

/// Looks at everything; the exit code is zero when nothing is wrong.
pub async fn run(args: DoctorArgs) -> anyhow::Result<ExitCode> {
    let mut findings = vec![folder::disk(&args.dir)];
    if !args.no_camera {
        findings.push(folder::camera());
    }
    if findings
        .iter()
        .all(|finding| finding.check != "disk" || finding.wrong.is_none())
    {
        look_inside(&args, &mut findings).await;
    }
    print(&args, &findings).context("writing what was found")?;
    let well = findings.iter().all(|finding| finding.wrong.is_none());
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn look_inside(args: &DoctorArgs, findings: &mut Vec<Finding>) {
    if !args.dir.join("device.json").is_file() {
        let error = CallError::new(
            "not_enrolled",
            format!("{} holds no device", args.dir.display()),
        );
        findings.push(Finding::bad("folder", error));
        return;
    }
    let options = crate::device::open_options(args.dir.clone(), args.insecure_key_file);
    let clock = options.clock.clone();
    let device = match Device::open(options).await {
        Ok(device) => device,
        Err(error) => {
            findings.push(Finding::bad("stores", error.to_call_error()));
            return;
        }
    };
    if device.memberships().is_empty() {
        let error = CallError::new("not_enrolled", "the device has no programme yet");
        findings.push(Finding::bad("folder", error));
    }
    for membership in device.memberships() {
        findings.extend(folder::stores(&membership).await);
        findings.extend(online::look(&membership, clock.as_ref()).await);
    }
    device.close().await;
}

/// Writes what was found. An output that takes nothing more, as on a full disk, is an error of its own.
fn print(args: &DoctorArgs, findings: &[Finding]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let version = env!("CARGO_PKG_VERSION");
    if args.json {
        let list: Vec<Value> = findings
            .iter()
            .map(|finding| finding.to_json(&args.lang))
            .collect();
        let well = findings.iter().all(|finding| finding.wrong.is_none());
        let answer = json!({ "version": version, "ok": well, "findings": list });
        writeln!(out, "{answer}")?;
        return out.flush();
    }
    writeln!(out, "carrot {version}")?;
    for finding in findings {
        match &finding.wrong {
            None => writeln!(out, "  ok     {:<9} {}", finding.check, finding.seen)?,
            Some(error) => {
                let text = embedded::error_text(&args.lang, error);
                let text = text.replace('\n', "\n                   ");
                writeln!(out, "  WRONG  {:<9} {text}", finding.check)?;
            }
        }
    }
    out.flush()
}
