//! A manager changes what earns, through the programs that ship: a draft with the classic gap is
//! refused, a sound one is replayed over the demo's month, published, and felt at the till.

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::console::Console;
use carrot_e2e::place::Place;
use carrot_e2e::process::program;
use carrot_e2e::server::{Server, ledger};
use serde_json::{Value, json};

const DUO: &str = "9520001000010";

fn carrot(args: &[&str]) -> Result<Output> {
    Ok(Command::new(program("carrot")?).args(args).output()?)
}

fn printed(output: &Output) -> Result<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_str(&text).with_context(|| format!("{text}{said}"))
}

/// The rules in force with a discount by what a buyer bought in ninety days, in these bands.
async fn draft(console: &Console, bands: Value) -> Result<Value> {
    let mut set = console.get("rules").await?["set"].clone();
    let version = set["version"].as_i64().context("a version")?;
    set["version"] = json!(version + 1);
    let rules = set["rules"].as_array_mut().context("rules")?;
    rules.push(json!({
        "id": "volume", "title": {"en": "Volume"}, "trigger": "sale",
        "effect": {"percent": {"currency": "DKK", "gives": "discount",
            "rate": {"banded": {"by": {"tally": "bought"}, "bands": bands}}}},
        "to": [{"who": "buyer", "share_bp": 10_000}]
    }));
    set["tallies"] = json!([{"id": "bought", "subject": "buyer", "on": "sale",
        "counts": "amount_minor", "within": {"days": 90}}]);
    Ok(set)
}

fn written(place: &Place, name: &str, set: &Value) -> Result<String> {
    let file = place.path().join(name);
    std::fs::write(&file, serde_json::to_string_pretty(set)?)?;
    Ok(file.display().to_string())
}

fn sold(place: &Place, phone: &str) -> Result<Value> {
    let terminal = &place.demo.terminal;
    let (cashier, pin) = (&terminal.cashier, &terminal.pin);
    let args = [
        "sell",
        "--cashier",
        cashier,
        "--pin",
        pin,
        "--item",
        DUO,
        "--buyer",
        phone,
    ];
    place.till().run(&args)
}

fn data(place: &Place) -> &Path {
    &place.demo.server.data
}

#[tokio::test]
async fn f080_a_manager_tries_publishes_and_the_till_takes_the_discount_off() -> Result<()> {
    let place = Place::make()?;
    let folder = data(&place).display().to_string();
    let server = Server::start(&place)?;
    let console = Console::sign_in(&place).await?;
    // The classic: nobody said what happens between 500,000 and 1,000,000.
    let gap =
        json!([{"from": 0, "to": 500_000, "rate_bp": 0}, {"from": 1_000_000, "rate_bp": 500}]);
    let file = written(&place, "gap.json", &draft(&console, gap).await?)?;
    let checked = carrot(&["rules", "check", &file, "--json"])?;
    ensure!(!checked.status.success(), "a gap was let through");
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    ensure!(
        told.contains("500000") && told.contains("/bands/"),
        "{told}"
    );
    let refused = carrot(&["rules", "publish", &file, "--data", &folder])?;
    ensure!(!refused.status.success(), "a gap was published");

    let bands =
        json!([{"from": 0, "to": 10_000, "rate_bp": 0}, {"from": 10_000, "rate_bp": 1_000}]);
    let file = written(&place, "volume.json", &draft(&console, bands).await?)?;
    let replayed = carrot(&["rules", "replay", &file, "--data", &folder, "--json"])?;
    ensure!(
        replayed.status.success(),
        "{}",
        String::from_utf8_lossy(&replayed.stderr)
    );
    let report = printed(&replayed)?;
    ensure!(report.to_string().contains("volume"), "{report}");
    let published = carrot(&[
        "rules", "publish", &file, "--data", &folder, "--note", "Volume",
    ])?;
    ensure!(
        published.status.success(),
        "{}",
        String::from_utf8_lossy(&published.stderr)
    );

    place.till().run(&["sync"])?;
    let first = sold(&place, "+4520123419")?;
    let total = first["quote"]["total_minor"].as_i64().context("a total")?;
    place.till().run(&["sync"])?;
    let second = sold(&place, "+4520123419")?;
    place.till().run(&["sync"])?;
    let sales = console.get("sales").await?;
    ensure!(total > 10_000, "{first}");
    ensure!(second["quote"]["total_minor"] == json!(total), "{second}");
    let known = second["quote"]["discounts"]
        .as_array()
        .context("discounts")?;
    ensure!(
        known
            .iter()
            .any(|off| off["rule"] == "volume" && off["amount_minor"] == json!(total / 10)),
        "{second}\n{sales}"
    );
    ensure!(
        second["quote"]["payable_minor"] == json!(total - total / 10),
        "{second}"
    );
    drop(server);
    let verified = ledger(data(&place), &["verify"])?;
    ensure!(verified.contains("hold"), "{verified}");
    Ok(())
}
