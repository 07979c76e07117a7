//! `carrot device`: a phone or terminal without a screen, over the same calls that screens make.

mod actions;
mod people;
mod reissue;
mod screens;
mod vouchers;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use carrot_api::{Api, CallError, KeyChoice, OpenOptions, SystemClock};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::output;

/// A headless phone or terminal.
#[derive(Debug, Args)]
pub struct DeviceArgs {
    /// The device's data folder.
    #[arg(long)]
    dir: PathBuf,
    /// Print a line of JSON.
    #[arg(long, global = true)]
    json: bool,
    /// Keep keys in a file of the folder, for machines without a secret service.
    #[arg(long, global = true)]
    insecure_key_file: bool,
    /// Language of messages.
    #[arg(long, global = true, env = "CARROT_LANG", default_value = "en")]
    lang: String,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Makes this folder a device of a programme.
    Enrol {
        /// The enrolment code's text (CRE1.…).
        code: String,
        /// What the device calls itself.
        #[arg(long, default_value = "headless")]
        name: String,
    },
    /// Where the device stands.
    Status,
    /// Sends what waits and gets what is new.
    Sync,
    /// Points, wish and latest history of the phone's person.
    Balance,
    /// What waits for the server, and its answers.
    Queue,
    /// Writes what waits to a sealed file.
    ExportQueue,
    /// Lists what an earlier identity of this device could not send, or issues chosen commands anew.
    Reissue {
        /// The commands, by their old ids.
        ids: Vec<uuid::Uuid>,
        /// Issue everything anew that can be.
        #[arg(long, conflicts_with = "ids")]
        all: bool,
        /// A file that `export-queue` wrote, instead of what was left in this folder.
        #[arg(long, requires = "secret")]
        file: Option<String>,
        /// What opens the file.
        #[arg(long, requires = "file")]
        secret: Option<String>,
    },
    /// Leaves a programme on this device; refuses while something waits.
    Leave {
        /// Programme.
        programme: uuid::Uuid,
        /// Keep what waits here until its person returns.
        #[arg(long)]
        keep_queue: bool,
    },
    /// Comes back to a programme that was left on this device.
    Resume {
        /// Programme.
        programme: uuid::Uuid,
    },
    /// A person's history.
    Activity,
    /// Registers a sale (terminal).
    Sell(actions::SellArgs),
    /// Cancels the last sale (terminal).
    Void(actions::CashierArgs),
    /// Claims a sale by code or receipt (phone).
    Claim(actions::ClaimArgs),
    /// Does a stop of the merchandiser's day, or lists them.
    Visit(actions::VisitArgs),
    /// Redeems a reward (terminal).
    Redeem(actions::RedeemArgs),
    /// Asks for escrow to redeem from without a network (terminal).
    Lease {
        /// Points that it should hold.
        #[arg(long)]
        points: i64,
    },
    /// Writes what this device can prove about its work, for `carrot verify-proof`.
    Proof {
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// The member's rotating code (phone).
    Code,
    /// The terminals that a voucher can be for (phone).
    Tills,
    /// Puts points aside for one terminal, or lists the vouchers (phone).
    Voucher(vouchers::VoucherArgs),
    /// Asks a member's phone to agree to a reward (terminal).
    Challenge(vouchers::ChallengeArgs),
    /// Answers a terminal's challenge (phone).
    Answer(vouchers::AnswerArgs),
    /// Makes any call of the schema.
    Call {
        /// The call's name.
        name: String,
        /// Its request as JSON.
        #[arg(default_value = "{}")]
        request: String,
    },
    /// Serves the device's screens to a browser of this machine.
    Ui(screens::UiArgs),
}

pub(crate) fn open_options(dir: PathBuf, insecure_key_file: bool) -> OpenOptions {
    let keys = if insecure_key_file {
        KeyChoice::InsecureFile
    } else {
        KeyChoice::Keyring
    };
    OpenOptions {
        dir,
        keys,
        clock: Arc::new(SystemClock::new()),
    }
}

/// Runs an action of a device.
pub async fn run(args: DeviceArgs) -> anyhow::Result<ExitCode> {
    output::set_language(args.lang);
    let api = match Api::open(open_options(args.dir, args.insecure_key_file)).await {
        Ok(api) => api,
        Err(error) => return Ok(output::print(Err(error), args.json)),
    };
    if let Action::Ui(ui) = args.action {
        return screens::serve(api, ui).await;
    }
    let answer = act(&api, args.action).await;
    api.close().await;
    Ok(output::print(answer, args.json))
}

async fn act(api: &Api, action: Action) -> Result<Value, CallError> {
    match action {
        Action::Enrol { code, name } => {
            api.call("enrol", json!({ "code": code, "device_name": name }))
                .await
        }
        Action::Status => api.call("status", json!({})).await,
        Action::Sync => api.call("sync", json!({})).await,
        Action::Balance => api.call("home", json!({})).await,
        Action::Queue => api.call("queue", json!({ "limit": 200 })).await,
        Action::ExportQueue => api.call("export_queue", json!({})).await,
        Action::Reissue {
            ids,
            all,
            file,
            secret,
        } => {
            let file = file.zip(secret);
            let file = file.map(|(path, secret)| json!({ "path": path, "secret": secret }));
            reissue::reissue(api, ids, all, file).await
        }
        Action::Leave {
            programme,
            keep_queue,
        } => {
            let request = json!({ "programme_id": programme, "keep_queue": keep_queue });
            api.call("leave", request).await
        }
        Action::Resume { programme } => {
            api.call("resume", json!({ "programme_id": programme }))
                .await
        }
        Action::Activity => api.call("activity", json!({ "limit": 500 })).await,
        Action::Sell(args) => actions::sell(api, args).await,
        Action::Void(args) => actions::void(api, args).await,
        Action::Claim(args) => actions::claim(api, args).await,
        Action::Visit(args) => actions::visit(api, args).await,
        Action::Redeem(args) => actions::redeem(api, args).await,
        Action::Lease { points } => api.call("request_lease", json!({ "points": points })).await,
        Action::Proof { out } => {
            let mut proof = api.call("proof", json!({})).await?;
            let text = proof["text"].take();
            std::fs::write(&out, text.as_str().unwrap_or_default())
                .map_err(|error| CallError::new("storage_failed", error.to_string()))?;
            proof["text"] = json!(out.display().to_string());
            Ok(proof)
        }
        Action::Code => api.call("my_code", json!({})).await,
        Action::Tills => api.call("tills", json!({})).await,
        Action::Voucher(args) => vouchers::voucher(api, args).await,
        Action::Challenge(args) => vouchers::challenge(api, args).await,
        Action::Answer(args) => vouchers::answer(api, args).await,
        Action::Call { name, request } => {
            let request = serde_json::from_str(&request).map_err(|error| {
                CallError::new("bad_input", format!("the request is not JSON: {error}"))
            })?;
            api.call(&name, request).await
        }
        Action::Ui(_) => Err(CallError::new("internal", "served before")),
    }
}
