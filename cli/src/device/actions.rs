//! What a device does from a shell, made of the same calls that screens make.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carrot_api::schema::{AmountView, BuyerView, CodeView, ProductView, StopView, SymbolView};
use carrot_api::{Api, CallError};
use clap::Args;
use serde_json::{Value, json};

use super::people::{self, read};

/// Who stands at the terminal.
#[derive(Debug, Args)]
pub struct CashierArgs {
    /// The cashier's name, or its beginning.
    #[arg(long)]
    pub(super) cashier: String,
    /// Their PIN.
    #[arg(long, env = "CARROT_PIN")]
    pub(super) pin: String,
}

/// A sale.
#[derive(Debug, Args)]
pub struct SellArgs {
    #[command(flatten)]
    cashier: CashierArgs,
    /// The buyer: a rotating code's text, a phone number, or a card's text.
    #[arg(long)]
    buyer: Option<String>,
    /// The seller's name, for the incentive.
    #[arg(long)]
    seller: Option<String>,
    /// A product: its number, or number*pieces. Or a piece's unique code. Can be given again.
    #[arg(long = "item")]
    items: Vec<String>,
    /// An amount that names no product, for example 12.50.
    #[arg(long)]
    amount: Option<String>,
    /// A receipt's text.
    #[arg(long)]
    receipt: Option<String>,
    /// Only show what it would earn.
    #[arg(long)]
    quote: bool,
}

/// A claim.
#[derive(Debug, Args)]
pub struct ClaimArgs {
    /// The code's or receipt's text, or a picture file with it.
    text: String,
    /// The product sold, where the code does not say.
    #[arg(long)]
    product: Option<String>,
}

/// A stop of the day.
#[derive(Debug, Args)]
pub struct VisitArgs {
    /// The stop's id; without it the stops are listed.
    stop: Option<String>,
    /// A photo.
    #[arg(long)]
    photo: Vec<PathBuf>,
    /// Checklist items that are not as they should be.
    #[arg(long)]
    wrong: Vec<String>,
    /// A remark.
    #[arg(long, default_value = "")]
    note: String,
    /// Only check in; the visit stays open.
    #[arg(long)]
    check_in: bool,
}

/// A redemption.
#[derive(Debug, Args)]
pub struct RedeemArgs {
    #[command(flatten)]
    cashier: CashierArgs,
    /// The member's rotating code, as text.
    #[arg(long, requires = "reward", required_unless_present = "answer")]
    proof: Option<String>,
    /// The reward's code.
    #[arg(long)]
    reward: Option<String>,
    /// The phone's answer to this terminal's challenge, as text or a picture file: needs no network.
    #[arg(long, conflicts_with_all = ["proof", "reward"])]
    answer: Option<String>,
}

fn file_base64(path: &Path) -> Result<String, CallError> {
    let bytes = std::fs::read(path).map_err(|error| {
        CallError::new("file_unreadable", format!("{}: {error}", path.display()))
    })?;
    Ok(STANDARD.encode(bytes))
}

/// A text as given, or the first code in the picture file that it names.
pub(super) async fn text_or_picture(api: &Api, text: &str) -> Result<String, CallError> {
    if !Path::new(text).is_file() {
        return Ok(text.to_owned());
    }
    let image = file_base64(Path::new(text))?;
    let symbols: Vec<SymbolView> = read(
        api.call("read_image", json!({ "image_base64": image }))
            .await?,
    )?;
    let first = symbols.into_iter().next();
    first
        .map(|symbol| symbol.text)
        .ok_or_else(|| CallError::new("no_code_found", text.to_owned()))
}

async fn line(api: &Api, item: &str) -> Result<Value, CallError> {
    let text = text_or_picture(api, item).await?;
    let (text, pieces) = match text.rsplit_once('*') {
        Some((text, pieces)) => {
            let wrong =
                |_| CallError::new("bad_amount", format!("{pieces} is no number of pieces"));
            (text.to_owned(), pieces.parse::<i64>().map_err(wrong)?)
        }
        None => (text, 1),
    };
    let view: CodeView = read(api.call("read_text", json!({ "text": text })).await?)?;
    let (product, code): (Option<ProductView>, Option<String>) = match view {
        CodeView::Product { product } => (Some(product), None),
        CodeView::Unique { code, product, .. } => (product, Some(code)),
        _ => {
            return Err(CallError::new(
                "code_not_ours",
                format!("{item} is no product"),
            ));
        }
    };
    let product = product
        .ok_or_else(|| CallError::new("product_needed", "the code does not name its product"))?;
    let price = product.price_minor.unwrap_or(0).saturating_mul(pieces);
    Ok(json!({ "product": product.id, "pieces": pieces, "amount_minor": price, "unit_code": code }))
}

async fn draft(api: &Api, args: &SellArgs) -> Result<Value, CallError> {
    let mut lines = Vec::new();
    for item in &args.items {
        lines.push(line(api, item).await?);
    }
    if let Some(amount) = &args.amount {
        let amount: AmountView = read(api.call("parse_amount", json!({ "text": amount })).await?)?;
        lines.push(json!({ "product": null, "pieces": 1, "amount_minor": amount.minor, "unit_code": null }));
    }
    let buyer = match &args.buyer {
        Some(text) => {
            let view: BuyerView = read(api.call("find_buyer", json!({ "text": text })).await?)?;
            json!(view.reference)
        }
        None => Value::Null,
    };
    let seller = match &args.seller {
        Some(name) => people::seller(api, name).await?,
        None => Value::Null,
    };
    let receipt_key = match &args.receipt {
        Some(text) => match read(api.call("read_text", json!({ "text": text })).await?)? {
            CodeView::Receipt { key, .. } => json!(key),
            _ => return Err(CallError::new("code_not_ours", "not a receipt")),
        },
        None => Value::Null,
    };
    Ok(json!({ "buyer": buyer, "seller": seller, "lines": lines, "receipt_key": receipt_key }))
}

/// Registers a sale.
pub async fn sell(api: &Api, args: SellArgs) -> Result<Value, CallError> {
    people::sign_in(api, &args.cashier.cashier, &args.cashier.pin).await?;
    let draft = draft(api, &args).await?;
    api.call(if args.quote { "quote" } else { "sell" }, draft)
        .await
}

/// Cancels the last sale.
pub async fn void(api: &Api, args: CashierArgs) -> Result<Value, CallError> {
    people::sign_in(api, &args.cashier, &args.pin).await?;
    api.call("void_last", json!({})).await
}

/// Claims a sale.
pub async fn claim(api: &Api, args: ClaimArgs) -> Result<Value, CallError> {
    let text = text_or_picture(api, &args.text).await?;
    let product = match args.product {
        Some(number) => {
            let product: ProductView =
                read(api.call("find_product", json!({ "text": number })).await?)?;
            json!(product.id)
        }
        None => Value::Null,
    };
    api.call("claim", json!({ "text": text, "product": product }))
        .await
}

/// Does a stop of the day from check-in to close, or lists the stops.
pub async fn visit(api: &Api, args: VisitArgs) -> Result<Value, CallError> {
    let Some(stop) = args.stop else {
        return api.call("stops", json!({})).await;
    };
    let answer = api.call("visit_check_in", json!({ "stop": stop })).await?;
    if args.check_in {
        return Ok(answer);
    }
    let view: StopView = read(answer)?;
    for item in &view.checklist {
        let ok = !args.wrong.contains(&item.code);
        api.call(
            "visit_answer",
            json!({ "stop": stop, "item": item.code, "ok": ok }),
        )
        .await?;
    }
    for photo in &args.photo {
        let image = file_base64(photo)?;
        api.call(
            "visit_photo",
            json!({ "stop": stop, "image_base64": image }),
        )
        .await?;
    }
    api.call("visit_close", json!({ "stop": stop, "note": args.note }))
        .await
}

/// Redeems a reward.
pub async fn redeem(api: &Api, args: RedeemArgs) -> Result<Value, CallError> {
    people::sign_in(api, &args.cashier.cashier, &args.cashier.pin).await?;
    if let Some(answer) = &args.answer {
        let text = text_or_picture(api, answer).await?;
        return api.call("redeem_answer", json!({ "text": text })).await;
    }
    let buyer: BuyerView = read(
        api.call("find_buyer", json!({ "text": args.proof }))
            .await?,
    )?;
    let participant = buyer
        .participant
        .ok_or_else(|| CallError::new("proof_required", "only a rotating code proves a member"))?;
    api.call(
        "redeem",
        json!({ "participant": participant, "proof": args.proof, "reward": args.reward }),
    )
    .await
}
