//! One till that serves the programmes of two makers: each with its own sign-in, queue and exposure.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::device::Headless;
use carrot_e2e::place::Place;
use carrot_e2e::process::eventually;
use carrot_e2e::screens::Screens;
use carrot_e2e::second::{self, BEANS, BUN};
use carrot_e2e::server::Server;
use serde_json::{Value, json};

/// The till of the demo, in a second programme too.
struct Till {
    screens: Screens,
    first: String,
    second: String,
}

fn id(value: &Value) -> Result<String> {
    Ok(value.as_str().context("no id")?.to_owned())
}

impl Till {
    /// Signed in in the first programme, then enrolled in the second.
    async fn open(place: &Place) -> Result<Self> {
        let log = place.path().join("till.log");
        let screens = Screens::start(&place.demo.terminal.dir, &log)?;
        let first = screens.call("status", json!({})).await?;
        let first = id(&first["programme"]["id"])?;
        let mut till = Self {
            screens,
            first,
            second: String::new(),
        };
        till.sign_in(&place.demo.terminal.pin).await?;
        let code = second::terminal_code(place)?;
        let wish = json!({ "code": code, "device_name": "Till 1" });
        let status = till.screens.call("enrol", wish).await?;
        till.second = id(&status["programme"]["id"])?;
        ensure!(status["programme"]["name"] == second::NAME, "{status}");
        ensure!(status["person"].is_null(), "nobody is signed in: {status}");
        Ok(till)
    }

    async fn cashier(&self) -> Result<Value> {
        let cashiers = self.screens.call("cashiers", json!({})).await?;
        Ok(cashiers[0]["participant"].clone())
    }

    async fn sign_in(&self, pin: &str) -> Result<Value> {
        let wish = json!({ "participant": self.cashier().await?, "pin": pin });
        self.screens.call("sign_in", wish).await
    }

    async fn choose(&self, programme: &str) -> Result<Value> {
        let wish = json!({ "programme_id": programme });
        self.screens.call("select_membership", wish).await
    }

    async fn membership(&self, programme: &str) -> Result<Value> {
        let all = self.screens.call("memberships", json!({})).await?;
        let mut rows = all.as_array().into_iter().flatten();
        let found = rows.find(|one| one["programme_id"] == programme);
        found.cloned().with_context(|| format!("{all}"))
    }

    /// The programmes that a text may be for, and whether each is the one in use.
    async fn takers(&self, text: &str) -> Result<Vec<(String, bool)>> {
        let takers = self
            .screens
            .call("route_scan", json!({ "text": text }))
            .await?;
        let rows = takers.as_array().into_iter().flatten();
        rows.map(|one| Ok((id(&one["programme_id"])?, one["current"] == true)))
            .collect()
    }

    async fn sell(&self, product: &str) -> Result<()> {
        let line =
            json!({ "product": product, "pieces": 1, "amount_minor": 3_200, "unit_code": null });
        let draft = json!({ "buyer": null, "seller": null, "lines": [line], "receipt_key": null });
        self.screens.call("sell", draft).await?;
        Ok(())
    }

    async fn waiting(&self, programme: &str) -> Result<i64> {
        let row = self.membership(programme).await?;
        row["waiting"].as_i64().with_context(|| format!("{row}"))
    }
}

fn rotating_code(phone: &Headless) -> Result<String> {
    id(&phone.run(&["code"])?["text"])
}

#[tokio::test]
async fn f115_each_programme_of_a_till_asks_for_its_own_pin_and_remembers_who_signed_in()
-> Result<()> {
    let place = Place::make()?;
    second::make(&place)?;
    let _server = Server::start(&place)?;
    let till = Till::open(&place).await?;
    let wish = json!({ "participant": till.cashier().await?, "pin": place.demo.terminal.pin });
    let refused = till.screens.refusal("sign_in", wish).await?;
    ensure!(
        refused == "wrong_pin",
        "the other programme's PIN: {refused}"
    );
    let lines = json!({ "buyer": null, "seller": null, "receipt_key": null,
        "lines": [{ "product": BUN, "pieces": 1, "amount_minor": 3_200, "unit_code": null }] });
    let refused = till.screens.refusal("sell", lines).await?;
    ensure!(refused == "not_signed_in", "{refused}");
    ensure!(till.choose(&till.first).await?["person"]["name"].is_string());
    till.choose(&till.second).await?;
    ensure!(till.sign_in(second::PIN).await?["person"]["name"].is_string());
    for programme in [&till.first, &till.second] {
        let status = till.choose(programme).await?;
        ensure!(status["person"]["name"].is_string(), "{status}");
        ensure!(till.membership(programme).await?["person"].is_string());
    }
    // Whoever signs out has left the till, not one half of it.
    let status = till.screens.call("sign_out", json!({})).await?;
    ensure!(status["person"].is_null(), "{status}");
    for programme in [&till.first, &till.second] {
        let status = till.choose(programme).await?;
        ensure!(status["person"].is_null(), "{status}");
    }
    Ok(())
}

#[tokio::test]
async fn f115_a_till_knows_which_programme_a_scan_belongs_to() -> Result<()> {
    let place = Place::make()?;
    second::make(&place)?;
    let _server = Server::start(&place)?;
    let till = Till::open(&place).await?;
    let (first, other) = (till.first.clone(), till.second.clone());
    till.choose(&first).await?;
    let member = second::member(&place)?;
    let of_second = vec![(other.clone(), false)];
    ensure!(till.takers(&rotating_code(&member)?).await? == of_second);
    ensure!(till.takers(BUN).await? == of_second);
    let both = vec![(first.clone(), true), (other.clone(), false)];
    ensure!(till.takers(BEANS).await? == both, "the one in use is first");
    let mut turned = vec![(other.clone(), true), (first.clone(), false)];
    till.choose(&other).await?;
    ensure!(till.takers(BEANS).await? == turned);
    turned.truncate(1);
    ensure!(till.takers(BUN).await? == turned);
    let own = rotating_code(&place.phone("astrid")?)?;
    ensure!(till.takers(&own).await? == vec![(first, false)]);
    Ok(())
}

#[tokio::test]
async fn f115_both_queues_of_a_till_wait_apart_go_out_by_themselves_and_one_can_be_left()
-> Result<()> {
    let place = Place::make()?;
    second::make(&place)?;
    let server = Server::start(&place)?;
    let till = Till::open(&place).await?;
    till.sign_in(second::PIN).await?;
    server.kill();
    till.sell(BUN).await?;
    till.choose(&till.first).await?;
    till.sell(BEANS).await?;
    till.sell(BEANS).await?;
    redeem_offline(&till, &place).await?;
    ensure!(till.waiting(&till.first).await? == 3);
    ensure!(till.waiting(&till.second).await? == 1);
    let wish = json!({ "limit": 10, "programme_id": till.second });
    let queue = till.screens.call("queue", wish).await?;
    let kinds: Vec<&Value> = queue.as_array().into_iter().flatten().collect();
    ensure!(kinds.len() == 1 && kinds[0]["state"] == "queued", "{queue}");
    let exposed = till.membership(&till.first).await?;
    ensure!(exposed["exposure_points"] == 30, "{exposed}");
    let exposed = till.membership(&till.second).await?;
    ensure!(exposed["exposure_points"].is_null(), "no lease: {exposed}");
    let wish = json!({ "programme_id": till.second, "keep_queue": false });
    let refused = till.screens.refusal("leave", wish.clone()).await?;
    ensure!(refused == "unsent_commands", "{refused}");

    // Nobody presses anything: both are sent once the server is there again.
    let _server = Server::start(&place)?;
    eventually(
        "both queues went out",
        Duration::from_secs(120),
        async || Ok(till.waiting(&till.first).await? + till.waiting(&till.second).await? == 0),
    )
    .await?;
    let status = till.screens.call("leave", wish).await?;
    ensure!(status["programme"]["id"] == till.first.as_str(), "{status}");
    ensure!(status["person"]["name"].is_string(), "{status}");
    let left = till.screens.call("memberships", json!({})).await?;
    ensure!(
        left.as_array().is_some_and(|rows| rows.len() == 1),
        "{left}"
    );
    till.sell(BEANS).await
}

#[tokio::test]
async fn f115_screens_hear_the_news_of_whichever_programme_is_in_use() -> Result<()> {
    let place = Place::make()?;
    second::make(&place)?;
    let _server = Server::start(&place)?;
    let till = Till::open(&place).await?;
    till.choose(&till.first).await?;
    // Whoever listens came while the first programme was in use, and hears of the second's sale.
    let mut news = till.screens.news().await?;
    till.choose(&till.second).await?;
    till.sign_in(second::PIN).await?;
    while news.changed(Duration::from_secs(3)).await? {}
    till.sell(BUN).await?;
    ensure!(news.changed(Duration::from_secs(10)).await?);
    Ok(())
}

/// A reward of 30 points under the first programme's lease, agreed to by the member's phone.
async fn redeem_offline(till: &Till, place: &Place) -> Result<()> {
    let wish = json!({ "reward": "coffee-here" });
    let asked = till.screens.call("challenge", wish).await?;
    let asked = id(&asked["shown"]["text"])?;
    let answer = place.phone("astrid")?.run(&["answer", &asked])?;
    let wish = json!({ "text": answer["shown"]["text"] });
    let done = till.screens.call("redeem_answer", wish).await?;
    ensure!(done["state"] == "under_lease", "{done}");
    Ok(())
}
