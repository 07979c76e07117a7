//! Vouchers and the handshake without a network, from a shell: `challenge` on the terminal, `answer` on
//! the phone, `redeem --answer` on the terminal.

use carrot_api::schema::TillView;
use carrot_api::{Api, CallError};
use clap::Args;
use serde_json::{Value, json};

use super::actions::{CashierArgs, text_or_picture};
use super::people::{self, read};

/// A voucher.
#[derive(Debug, Args)]
pub struct VoucherArgs {
    /// The terminal: its id or its name; without it the vouchers are listed.
    #[arg(long)]
    till: Option<String>,
    /// How many points; without it the reward's price.
    #[arg(long)]
    points: Option<i64>,
    /// The only reward that it is for.
    #[arg(long)]
    reward: Option<String>,
    /// Until when, UTC milliseconds.
    #[arg(long)]
    expires_ms: Option<i64>,
}

/// A challenge.
#[derive(Debug, Args)]
pub struct ChallengeArgs {
    #[command(flatten)]
    cashier: CashierArgs,
    /// The reward's code.
    #[arg(long)]
    reward: String,
}

/// An answer.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// The challenge's text, or a picture file with it.
    challenge: String,
    /// The voucher to use; without it the smallest that covers the price.
    #[arg(long)]
    voucher: Option<String>,
    /// Only show what is asked.
    #[arg(long)]
    read: bool,
}

/// Puts points aside, or lists what was put aside.
pub async fn voucher(api: &Api, args: VoucherArgs) -> Result<Value, CallError> {
    let Some(wanted) = args.till else {
        return api.call("vouchers", json!({})).await;
    };
    let tills: Vec<TillView> = read(api.call("tills", json!({})).await?)?;
    let is_wanted = |till: &&TillView| till.name == wanted || till.device.to_string() == wanted;
    let found: Vec<&TillView> = tills.iter().filter(is_wanted).collect();
    let till = match found.as_slice() {
        [till] => till,
        [] => return Err(CallError::new("till_unknown", wanted)),
        _ => return Err(CallError::new("name_ambiguous", wanted)),
    };
    let wish = json!({ "terminal": till.device, "points": args.points, "reward": args.reward,
        "expires_ms": args.expires_ms });
    api.call("request_voucher", wish).await
}

/// Asks a member's phone to agree to a reward.
pub async fn challenge(api: &Api, args: ChallengeArgs) -> Result<Value, CallError> {
    people::sign_in(api, &args.cashier.cashier, &args.cashier.pin).await?;
    api.call("challenge", json!({ "reward": args.reward }))
        .await
}

/// Answers a terminal's challenge, or shows what it asks.
pub async fn answer(api: &Api, args: AnswerArgs) -> Result<Value, CallError> {
    let text = text_or_picture(api, &args.challenge).await?;
    let name = if args.read {
        "read_challenge"
    } else {
        "answer_challenge"
    };
    api.call(name, json!({ "text": text, "voucher": args.voucher }))
        .await
}
