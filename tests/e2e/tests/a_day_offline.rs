//! The main job, end to end: a terminal's window, a seller's phone and a merchandiser's phone work
//! without their server; the terminal is killed in the middle; afterwards everything that a screen
//! confirmed is in the books exactly once, and a stranger's program agrees with them.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::device::Headless;
use carrot_e2e::journal::{Rows, hledger_agrees};
use carrot_e2e::place::Place;
use carrot_e2e::process::eventually;
use carrot_e2e::server::{Server, ledger};
use carrot_e2e::window::{Display, Window};
use serde_json::Value;

const BEANS: &str = "9520001000201";
const SELLER: &str = "Mette";

async fn sign_in(window: &Window, place: &Place) -> Result<()> {
    window
        .choose("cashier", &first_name(&place.demo.terminal.cashier))
        .await?;
    window.enter("pin", &place.demo.terminal.pin).await?;
    window.text("scan-field").await?;
    Ok(())
}

/// The demo names people by code; screens show their names, which begin alike.
fn first_name(code: &str) -> String {
    let mut letters = code.chars();
    letters
        .next()
        .map(char::to_uppercase)
        .into_iter()
        .flatten()
        .chain(letters)
        .collect()
}

/// Sells as a cashier does, and gives the sale's id from the confirmation.
async fn sell(window: &Window, goods: &[&str], buyer: Option<&str>) -> Result<String> {
    window.press("seller-open").await?;
    window.choose("seller-", SELLER).await?;
    for gtin in goods {
        window.enter("scan-field", gtin).await?;
        window.text("line-row").await?;
    }
    if let Some(code) = buyer {
        window.scan(code).await?;
        window.text("buyer-name").await?;
    }
    let sale = confirm(window).await?;
    window.press("next-sale").await?;
    Ok(sale)
}

/// Presses the finishing key and gives the sale's id as soon as the screen confirms it.
async fn confirm(window: &Window) -> Result<String> {
    window.press("finish").await?;
    let sale = window.attribute("done-panel", "data-sale").await?;
    sale.context("no sale id")
}

async fn redeem(window: &Window, phone: &Headless, reward: &str) -> Result<()> {
    let code = rotating_code(phone)?;
    window.press("redeem-open").await?;
    window.text("redeem-proof").await?;
    window.scan(&code).await?;
    window.text("redeem-member").await?;
    window.choose("reward-row", reward).await?;
    window.press("redeem-confirm").await?;
    let state = window.attribute("redeem-state", "data-state").await?;
    ensure!(
        state.as_deref() == Some("under_lease"),
        "redeemed: {state:?} {}",
        window.page().await
    );
    window.press("redeem-close").await
}

fn rotating_code(phone: &Headless) -> Result<String> {
    let code = phone.run(&["code"])?;
    Ok(code["text"]
        .as_str()
        .with_context(|| format!("{code}"))?
        .to_owned())
}

/// The first stop of the merchandiser's days that is still open.
fn open_stop(phone: &Headless) -> Result<String> {
    let stops = phone.run(&["visit"])?;
    let mut rows = stops.as_array().into_iter().flatten();
    let open = rows.find(|row| row["state"] == "open");
    let id = open
        .and_then(|row| row["id"].as_str())
        .with_context(|| format!("{stops}"))?;
    Ok(id.to_owned())
}

fn waiting(device: &Headless) -> Result<i64> {
    let status = device.run(&["status"])?;
    status["waiting"]
        .as_i64()
        .with_context(|| format!("{status}"))
}

fn ids(device: &Headless) -> Result<Vec<(String, String)>> {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    Ok(device
        .queue()?
        .iter()
        .map(|row| (text(row, "command_id"), text(row, "kind")))
        .collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn f099_a_day_without_a_server_ends_in_the_books_exactly_once() -> Result<()> {
    let place = Place::make()?;
    let display = Display::start(place.path())?;
    let (mette, emil, astrid) = (
        place.phone("mette")?,
        place.phone("emil")?,
        place.phone("astrid")?,
    );
    let server = Server::start(&place)?;
    let window = Window::open(&place, &display, 1).await?;
    sign_in(&window, &place).await?;
    let before = sell(&window, &[BEANS, BEANS], Some(&rotating_code(&astrid)?)).await?;
    let points_before = mette.points()?;

    server.kill();
    let code = place
        .codes_on("warranty-codes")?
        .pop()
        .context("no code on the sheet")?;
    let claimed = mette.run(&["claim", &code])?;
    ensure!(claimed["activity"]["confirmed"] == false, "{claimed}");
    let stop = open_stop(&emil)?;
    let photo = place.sheet("products")?.to_string_lossy().into_owned();
    emil.run(&["visit", &stop, "--photo", &photo])?;

    let offline = sell(&window, &[BEANS], Some(&rotating_code(&astrid)?)).await?;
    redeem(&window, &astrid, "").await?;
    window.enter("scan-field", BEANS).await?;
    window.text("line-row").await?;
    let last_breath = confirm(&window).await?;
    window.kill();

    let window = Window::open(&place, &display, 2).await?;
    sign_in(&window, &place).await?;
    let after = sell(&window, &[BEANS], None).await?;
    ensure!(window.attribute("badge", "data-state").await?.as_deref() == Some("offline"));

    let server = Server::start(&place)?;
    let patience = Duration::from_secs(60);
    eventually(
        "the terminal's queue drains by itself",
        patience,
        async || {
            Ok(window
                .attribute("waiting-count", "data-count")
                .await?
                .as_deref()
                == Some("0")
                || !window.shows("waiting-count").await?)
        },
    )
    .await?;
    window.close().await?;
    for phone in [&mette, &emil, &astrid] {
        phone.run(&["sync"])?;
        ensure!(waiting(phone)? == 0);
    }
    ensure!(
        mette.points()? > points_before,
        "sales and the claim arrived"
    );

    let rows = Rows::open(&place.demo.server.data).await?;
    for sale in [&before, &offline, &last_breath, &after] {
        ensure!(rows.things(sale).await? == 1, "sale {sale}");
    }
    for device in [&place.till(), &mette, &emil] {
        for (id, kind) in ids(device)? {
            ensure!(
                rows.commands(&id).await? == 1,
                "{kind} {id} is not there once"
            );
        }
    }
    let till = ids(&place.till())?;
    let sales = till
        .iter()
        .filter(|(_, kind)| kind == "sale.record")
        .count();
    ensure!(sales == 4, "{sales} sales were confirmed and recorded");
    ensure!(
        till.iter()
            .filter(|(_, kind)| kind == "reward.redeem")
            .count()
            == 1
    );
    ensure!(rows.sum().await? == 0, "the books sum to zero");
    drop(server);
    ledger(&place.demo.server.data, &["verify"])?;
    let agreed = hledger_agrees(&place.demo.server.data, &place.path().join("journal"))?;
    ensure!(agreed > 20, "only {agreed} accounts");
    Ok(())
}
