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

/// Redeems with no network on either side: the till asks in a picture, the phone answers in another.
async fn redeem(window: &Window, phone: &Headless, reward: &str) -> Result<()> {
    window.press("redeem-open").await?;
    window.choose("reward-row", reward).await?;
    window.press("redeem-confirm").await?;
    let asked = window.attribute("challenge-text", "data-code").await?;
    let answer = phone.run(&["answer", &asked.context("no question")?])?;
    let text = answer["shown"]["text"].as_str();
    window
        .scan(text.with_context(|| format!("{answer}"))?)
        .await?;
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

/// The people of the day, and what their screens confirmed.
struct Day {
    place: Place,
    mette: Headless,
    emil: Headless,
    astrid: Headless,
    sales: Vec<String>,
}

impl Day {
    fn begin() -> Result<Self> {
        let place = Place::make()?;
        Ok(Self {
            mette: place.phone("mette")?,
            emil: place.phone("emil")?,
            astrid: place.phone("astrid")?,
            sales: Vec::new(),
            place,
        })
    }

    /// Phones without a server: a claim by a printed code, a visit with a photo.
    fn phones_work_offline(&self) -> Result<()> {
        let codes = self.place.codes_on("warranty-codes")?;
        let code = codes.last().context("no code on the sheet")?;
        let claimed = self.mette.run(&["claim", code])?;
        ensure!(claimed["activity"]["confirmed"] == false, "{claimed}");
        ensure!(
            claimed["activity"]["points"].as_i64() > Some(0),
            "{claimed}"
        );
        let stop = open_stop(&self.emil)?;
        let photo = self.place.sheet("products")?.to_string_lossy().into_owned();
        self.emil.run(&["visit", &stop, "--photo", &photo])?;
        ensure!(waiting(&self.mette)? == 1 && waiting(&self.emil)? == 1);
        Ok(())
    }

    /// A terminal without a server: a sale, a reward, and a sale after whose confirmation it dies.
    async fn terminal_works_offline_and_dies(&mut self, window: Window) -> Result<()> {
        let buyer = rotating_code(&self.astrid)?;
        self.sales
            .push(sell(&window, &[BEANS], Some(&buyer)).await?);
        redeem(&window, &self.astrid, "").await?;
        window.enter("scan-field", BEANS).await?;
        window.text("line-row").await?;
        self.sales.push(confirm(&window).await?);
        window.kill();
        Ok(())
    }

    fn phones_sync(&self) -> Result<()> {
        for phone in [&self.mette, &self.emil, &self.astrid] {
            phone.run(&["sync"])?;
            ensure!(waiting(phone)? == 0);
        }
        Ok(())
    }

    /// Everything that was confirmed is recorded once, and nothing else is.
    async fn every_confirmed_action_is_there_once(&self) -> Result<()> {
        let rows = Rows::open(&self.place.demo.server.data).await?;
        for sale in &self.sales {
            ensure!(rows.things(sale).await? == 1, "sale {sale}");
        }
        let till = self.place.till();
        for device in [&till, &self.mette, &self.emil] {
            for (id, kind) in ids(device)? {
                ensure!(
                    rows.commands(&id).await? == 1,
                    "{kind} {id} is not there once"
                );
            }
        }
        let kinds = ids(&till)?;
        let count = |kind: &str| kinds.iter().filter(|(_, known)| known == kind).count();
        ensure!(count("sale.record") == self.sales.len(), "{kinds:?}");
        ensure!(count("reward.redeem") == 1, "{kinds:?}");
        ensure!(rows.sum().await? == 0, "the books sum to zero");
        Ok(())
    }
}

async fn drains(window: &Window) -> Result<()> {
    let patience = Duration::from_secs(60);
    eventually(
        "the terminal's queue drains by itself",
        patience,
        async || {
            let count = window.attribute("waiting-count", "data-count").await?;
            Ok(count.as_deref() == Some("0"))
        },
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn f099_a_day_without_a_server_ends_in_the_books_exactly_once() -> Result<()> {
    let mut day = Day::begin()?;
    let display = Display::start(day.place.path())?;
    let server = Server::start(&day.place)?;
    let window = Window::open(&day.place, &display, 1).await?;
    sign_in(&window, &day.place).await?;
    let buyer = rotating_code(&day.astrid)?;
    day.sales
        .push(sell(&window, &[BEANS, BEANS], Some(&buyer)).await?);
    let points_before = day.mette.points()?;

    server.kill();
    day.phones_work_offline()?;
    day.terminal_works_offline_and_dies(window).await?;
    let window = Window::open(&day.place, &display, 2).await?;
    sign_in(&window, &day.place).await?;
    day.sales.push(sell(&window, &[BEANS], None).await?);
    ensure!(window.attribute("badge", "data-state").await?.as_deref() == Some("offline"));

    let server = Server::start(&day.place)?;
    drains(&window).await?;
    window.close().await?;
    day.phones_sync()?;
    ensure!(
        day.mette.points()? > points_before,
        "sales and the claim arrived"
    );
    day.every_confirmed_action_is_there_once().await?;
    drop(server);
    let data = &day.place.demo.server.data;
    ledger(data, &["verify"])?;
    let agreed = hledger_agrees(data, &day.place.path().join("journal"))?;
    ensure!(agreed > 20, "only {agreed} accounts");
    Ok(())
}
