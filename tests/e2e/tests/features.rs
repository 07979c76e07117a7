//! What people can do, each on a demo programme of its own and through the programs that ship. The
//! number in a name is the feature's line in docs/features.md.

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::console::Console;
use carrot_e2e::device::Headless;
use carrot_e2e::journal::Rows;
use carrot_e2e::place::Place;
use carrot_e2e::server::{Server, ledger};
use serde_json::{Value, json};

const BEANS: &str = "9520001000201";
const DUO: &str = "9520001000010";
const ASTRID_PHONE: &str = "+4520123419";

fn code(place: &Place, sheet: &str, part: &str) -> Result<String> {
    let codes = place.codes_on(sheet)?;
    let found = codes.iter().find(|code| code.contains(part));
    Ok(found.with_context(|| format!("{codes:?}"))?.clone())
}

fn number(value: &Value, path: &str) -> Result<i64> {
    let found = value.pointer(path).and_then(Value::as_i64);
    found.with_context(|| format!("no number at {path} in {value}"))
}

fn rotating_code(phone: &Headless) -> Result<String> {
    let code = phone.run(&["code"])?;
    Ok(code["text"].as_str().context("no code")?.to_owned())
}

#[test]
fn f015_a_warranty_code_is_paid_once_and_the_second_seller_hears_why() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let (mette, oksana) = (place.phone("mette")?, place.phone("oksana")?);
    let code = code(&place, "warranty-codes", "/21/")?;
    let before = mette.points()?;
    let done = mette.run(&["claim", &code])?;
    ensure!(
        done["activity"]["state"] == "active" && done["activity"]["confirmed"] == true,
        "{done}"
    );
    ensure!(mette.points()? == before + number(&done, "/activity/points")?);
    ensure!(mette.refusal(&["claim", &code])? == "already_claimed");
    ensure!(oksana.refusal(&["claim", &code])? == "already_claimed");
    Ok(())
}

#[test]
fn f112_a_receipt_and_a_warranty_code_of_one_sale_are_credited_once() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let mette = place.phone("mette")?;
    let receipt = code(&place, "traps", "tax.gov.ua")?;
    let warranty = place.codes_on("traps")?;
    let claims = warranty.iter().filter(|text| text.contains("carrot.app"));
    let before = mette.points()?;
    let mut answers = Vec::new();
    for text in claims {
        let answer = match mette.run(&["claim", text]) {
            Ok(done) => done["code"].as_str().context("no code")?.to_owned(),
            Err(_) => mette.refusal(&["claim", text])?,
        };
        answers.push(answer);
    }
    answers.sort();
    ensure!(
        answers == ["already_claimed", "attached_to_existing"],
        "{answers:?}"
    );
    let further = mette.run(&["claim", &receipt, "--product", DUO])?;
    ensure!(further["code"] == "attached_to_existing", "{further}");
    ensure!(number(&further, "/activity/points")? == 0);
    ensure!(mette.points()? == before, "the till paid for it before");
    Ok(())
}

#[test]
fn f025_a_claim_says_where_it_stands_from_the_queue_to_the_books() -> Result<()> {
    let place = Place::make()?;
    let mette = place.phone("mette")?;
    let done = mette.run(&["claim", &code(&place, "warranty-codes", "/21/")?])?;
    ensure!(done["activity"]["state"] == "pending", "{done}");
    ensure!(
        done["activity"]["because"][0]["code"] == "server_decides_code",
        "{done}"
    );
    ensure!(mette.queue()?[0]["state"] == "queued");
    let _server = Server::start(&place)?;
    mette.run(&["sync"])?;
    let newest = &mette.run(&["activity"])?[0];
    ensure!(
        newest["state"] == "active" && newest["confirmed"] == true,
        "{newest}"
    );
    Ok(())
}

#[test]
fn f100_the_phone_shows_offline_what_the_server_books_later() -> Result<()> {
    let place = Place::make()?;
    let mette = place.phone("mette")?;
    let before = mette.points()?;
    let done = mette.run(&["claim", &code(&place, "warranty-codes", "/21/")?])?;
    let shown = number(&done, "/activity/points")?;
    ensure!(shown == 240, "a Duo counts double in the campaign: {shown}");
    let _server = Server::start(&place)?;
    let sync = mette.run(&["sync"])?;
    ensure!(
        number(&sync, "/accepted")? == 1 && number(&sync, "/adjusted")? == 0,
        "{sync}"
    );
    ensure!(mette.points()? == before + shown);
    Ok(())
}

#[test]
fn f068_f113_a_sale_fills_the_buyers_and_the_sellers_pot() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let (mette, astrid) = (place.phone("mette")?, place.phone("astrid")?);
    let (seller, buyer) = (mette.points()?, astrid.points()?);
    let goods = [
        "--item",
        "9520001000201*2",
        "--seller",
        "Mette",
        "--buyer",
        ASTRID_PHONE,
    ];
    let quote = place.at_till("sell", &[&goods[..], &["--quote"]].concat())?;
    let done = place.at_till("sell", &goods)?;
    ensure!(
        done["confirmed"] == true && done["quote"]["buyer"] == quote["buyer"],
        "{done}"
    );
    mette.run(&["sync"])?;
    astrid.run(&["sync"])?;
    ensure!(mette.points()? == seller + 8 && astrid.points()? == buyer + 20);
    ensure!(number(&done, "/balance_points")? == buyer + 20, "{done}");
    Ok(())
}

#[test]
fn f024_a_cancelled_sale_takes_both_pots_back() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let (mette, astrid) = (place.phone("mette")?, place.phone("astrid")?);
    let before = (mette.points()?, astrid.points()?);
    place.at_till(
        "sell",
        &[
            "--item",
            BEANS,
            "--seller",
            "Mette",
            "--buyer",
            ASTRID_PHONE,
        ],
    )?;
    let void = place.at_till("void", &[])?;
    ensure!(void["sale"]["void"] == true, "{void}");
    mette.run(&["sync"])?;
    astrid.run(&["sync"])?;
    ensure!((mette.points()?, astrid.points()?) == before);
    Ok(())
}

#[tokio::test]
async fn f069_f114_a_member_redeems_with_and_without_a_server() -> Result<()> {
    let place = Place::make()?;
    let server = Server::start(&place)?;
    let astrid = place.phone("astrid")?;
    let before = astrid.points()?;
    let proof = rotating_code(&astrid)?;
    let online = place.at_till("redeem", &["--proof", &proof, "--reward", "coffee-here"])?;
    ensure!(online["state"] == "confirmed", "{online}");
    server.kill();
    let cashier = ["redeem", "--cashier", "Jens", "--pin", "2468"];
    let proof = rotating_code(&astrid)?;
    let by_code = ["--proof", &proof, "--reward", "coffee-here"];
    let refused = place.till().refusal(&[&cashier[..], &by_code].concat())?;
    ensure!(refused == "challenge_needed", "{refused}");
    let asked = place.at_till("challenge", &["--reward", "coffee-here"])?;
    let asked = asked["shown"]["text"].as_str().context("no question")?;
    let answer = astrid.run(&["answer", asked])?;
    let answer = answer["shown"]["text"].as_str().context("no answer")?;
    let offline = place.at_till("redeem", &["--answer", answer])?;
    ensure!(offline["state"] == "under_lease", "{offline}");
    let by_answer = ["--answer", answer];
    let again = place.till().refusal(&[&cashier[..], &by_answer].concat())?;
    ensure!(again == "challenge_other", "{again}");
    let _server = Server::start(&place)?;
    place.till().run(&["sync"])?;
    astrid.run(&["sync"])?;
    ensure!(astrid.points()? == before - 60);
    ensure!(Rows::open(&place.demo.server.data).await?.sum().await? == 0);
    ledger(&place.demo.server.data, &["verify"])?;
    Ok(())
}

#[tokio::test]
async fn f022_f040_a_visit_without_a_network_is_approved_and_paid() -> Result<()> {
    let place = Place::make()?;
    let emil = place.phone("emil")?;
    let before = emil.points()?;
    let stops = emil.run(&["visit"])?;
    let stops = stops.as_array().context("no stops")?;
    let stop = stops
        .iter()
        .find(|stop| stop["state"] == "open")
        .context("no open stop")?;
    let id = stop["id"].as_str().context("no id")?;
    let photo = place.sheet("products")?.to_string_lossy().into_owned();
    ensure!(
        emil.refusal(&["visit", id])? == "visit_incomplete",
        "a photo is needed"
    );
    emil.run(&["visit", id, "--photo", &photo])?;
    ensure!(emil.refusal(&["visit", id])? == "stop_done");
    let _server = Server::start(&place)?;
    emil.run(&["sync"])?;
    let console = Console::sign_in(&place).await?;
    let open = console.get("reviews?status=open").await?;
    let rows = open["rows"].as_array().context("no rows")?;
    let newest = rows
        .iter()
        .max_by_key(|row| row["at_ms"].as_i64())
        .context("nothing waits")?;
    let review = newest["id"].as_str().context("no review")?;
    let decision = json!({ "approve": true, "reason": "" });
    let path = format!("reviews/{review}/decide");
    console.post(&path, &decision).await?;
    ensure!(
        console.post(&path, &decision).await.is_err(),
        "decided once"
    );
    emil.run(&["sync"])?;
    ensure!(emil.points()? == before + 60);
    Ok(())
}

#[tokio::test]
async fn f001_a_published_price_reaches_every_device() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let console = Console::sign_in(&place).await?;
    let change = json!({ "product": "09520001000201", "buyer_points": 11, "seller_points": 7 });
    let published = console
        .post("products/publish", &json!({ "changes": [change] }))
        .await?;
    ensure!(published["changed"] == 1, "{published}");
    for device in [place.till(), place.phone("mette")?] {
        device.run(&["sync"])?;
        let asked = format!("{{\"text\":\"{BEANS}\"}}");
        let product = device.run(&["call", "find_product", &asked])?;
        let points = (
            number(&product, "/buyer_points")?,
            number(&product, "/seller_points")?,
        );
        ensure!(points == (11, 7), "{product}");
    }
    let done = place.at_till("sell", &["--item", BEANS, "--seller", "Mette"])?;
    ensure!(number(&done, "/quote/seller/points")? == 7, "{done}");
    Ok(())
}

#[test]
fn f066_a_wish_shows_the_way_to_it() -> Result<()> {
    let place = Place::make()?;
    let astrid = place.phone("astrid")?;
    let home = astrid.run(&["call", "set_goal", r#"{"reward":"cinnamon-roll"}"#])?;
    ensure!(home["goal"]["reward"]["code"] == "cinnamon-roll", "{home}");
    let _server = Server::start(&place)?;
    astrid.run(&["sync"])?;
    let home = astrid.run(&["balance"])?;
    ensure!(home["goal"]["reward"]["code"] == "cinnamon-roll", "{home}");
    Ok(())
}
