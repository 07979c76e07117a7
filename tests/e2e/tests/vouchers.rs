//! A voucher at the terminal's window with the server gone: the till asks in a picture, the phone
//! answers in another, the goods leave once, and the books agree afterwards.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::device::Headless;
use carrot_e2e::journal::Rows;
use carrot_e2e::place::Place;
use carrot_e2e::process::eventually;
use carrot_e2e::server::{Server, ledger};
use carrot_e2e::window::{Display, Window};

const POINTS: i64 = 60;
const PATIENCE: Duration = Duration::from_secs(60);

/// Puts points aside for the only terminal, and waits until the phone holds the voucher's text.
async fn voucher(phone: &Headless) -> Result<String> {
    let tills = phone.run(&["tills"])?;
    let till = tills[0]["device"]
        .as_str()
        .with_context(|| format!("{tills}"))?;
    let made = phone.run(&["voucher", "--till", till, "--points", &POINTS.to_string()])?;
    let id = made["id"].as_str().with_context(|| format!("{made}"))?;
    eventually("the voucher reaches its phone", PATIENCE, async || {
        phone.run(&["sync"])?;
        Ok(state(phone, id)? == "ready")
    })
    .await?;
    Ok(id.to_owned())
}

fn state(phone: &Headless, id: &str) -> Result<String> {
    let all = phone.run(&["voucher"])?;
    let mut rows = all.as_array().into_iter().flatten();
    let row = rows.find(|row| row["id"] == id);
    let state = row.and_then(|row| row["state"].as_str());
    Ok(state.with_context(|| format!("{all}"))?.to_owned())
}

/// Shows the question for the first reward that can be chosen; gives its text.
async fn ask(window: &Window) -> Result<String> {
    window.choose("reward-row", "").await?;
    window.press("redeem-confirm").await?;
    let asked = window.attribute("challenge-text", "data-code").await?;
    asked.context("no question")
}

#[tokio::test(flavor = "multi_thread")]
async fn m1_m17_a_voucher_is_spent_once_with_no_network_on_either_side() -> Result<()> {
    let place = Place::make()?;
    let display = Display::start(place.path())?;
    let server = Server::start(&place)?;
    let astrid = place.phone("astrid")?;
    let before = astrid.points()?;
    let id = voucher(&astrid).await?;
    ensure!(astrid.points()? == before - POINTS, "put aside at once");
    let window = Window::open(&place, &display, 1).await?;
    window.choose("cashier", "Jens").await?;
    window.enter("pin", &place.demo.terminal.pin).await?;
    window.text("scan-field").await?;
    server.kill();

    window.press("redeem-open").await?;
    if window.shows("redeem-by-phone").await? {
        window.press("redeem-by-phone").await?;
    }
    let answer = astrid.run(&["answer", &ask(&window).await?])?;
    ensure!(answer["voucher"] == id.as_str(), "{answer}");
    let text = answer["shown"]["text"].as_str().context("no answer")?;
    window.scan(text).await?;
    let given = window.attribute("redeem-state", "data-state").await?;
    ensure!(given.as_deref() == Some("with_voucher"), "{given:?}");
    window.press("redeem-close").await?;

    window.press("redeem-open").await?;
    ask(&window).await?;
    window.scan(text).await?;
    window.text("redeem-refused").await?;
    ensure!(!window.shows("redeem-state").await?, "handed over twice");

    let server = Server::start(&place)?;
    eventually("the till tells the server", PATIENCE, async || {
        astrid.run(&["sync"])?;
        Ok(state(&astrid, &id)? == "spent")
    })
    .await?;
    window.close().await?;
    let rows = Rows::open(&place.demo.server.data).await?;
    ensure!(rows.sum().await? == 0, "the books sum to zero");
    drop(server);
    ledger(&place.demo.server.data, &["verify"])?;
    Ok(())
}
