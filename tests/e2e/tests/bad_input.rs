//! What people and files get wrong: each gives its stable code, exit code 1, and a sentence with its
//! remedy in the person's language; and nothing is half-done afterwards.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::device::Headless;
use carrot_e2e::journal::Rows;
use carrot_e2e::place::Place;
use carrot_e2e::process::program;
use carrot_e2e::server::{Server, ledger};
use carrot_e2e::words::{LANGUAGES, ensure_says};

const BEANS: &str = "9520001000201";
/// The same with its last digit changed.
const BEANS_MISTYPED: &str = "9520001000202";
/// Eleven minutes: an enrolment code lives for ten.
const OUTLIVED_MS: i64 = 11 * 60_000;

/// What must be the same before and after a refusal.
#[derive(Debug, PartialEq, Eq)]
struct Books {
    queues: [usize; 2],
    points: [i64; 2],
    commands: i64,
    transfers: i64,
    sum: i64,
    verified: String,
}

async fn books(place: &Place) -> Result<Books> {
    let (mette, astrid, till) = (place.phone("mette")?, place.phone("astrid")?, place.till());
    let rows = Rows::open(&place.demo.server.data).await?;
    Ok(Books {
        queues: [mette.queue()?.len(), till.queue()?.len()],
        points: [mette.points()?, astrid.points()?],
        commands: rows.all_commands().await?,
        transfers: rows.all_transfers().await?,
        sum: rows.sum().await?,
        verified: ledger(&place.demo.server.data, &["verify"])?,
    })
}

/// Refused with this code, worded in every language as the message files have it, and without a trace.
async fn ensure_refused(place: &Place, device: &Headless, args: &[&str], code: &str) -> Result<()> {
    let before = books(place).await?;
    let refused = device.refusal(args)?;
    ensure!(refused == code, "{args:?}: {refused} instead of {code}");
    ensure_languages_differ(device, args, code, || Ok(()))?;
    let after = books(place).await?;
    ensure!(before == after, "{args:?}: {before:?} became {after:?}");
    Ok(())
}

/// `before_each` runs before every attempt.
fn ensure_languages_differ(
    device: &Headless,
    args: &[&str],
    code: &str,
    mut before_each: impl FnMut() -> Result<()>,
) -> Result<()> {
    let mut texts = Vec::new();
    for language in LANGUAGES {
        before_each()?;
        let text = device.refusal_text(language, args)?;
        ensure_worded(&text, language, code)?;
        texts.push(text);
    }
    texts.sort();
    texts.dedup();
    ensure!(texts.len() == LANGUAGES.len(), "the same words: {texts:?}");
    Ok(())
}

fn ensure_worded(text: &str, language: &str, code: &str) -> Result<()> {
    ensure_says(text, language, code)?;
    let first = text.lines().next().unwrap_or_default();
    ensure!(
        !first.contains(code) && first.contains(' '),
        "a raw code comes first: {text:?}"
    );
    Ok(())
}

/// What a cashier types, with name and PIN.
fn at_till<'a>(place: &'a Place, action: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    let terminal = &place.demo.terminal;
    let mut args = vec![
        action,
        "--cashier",
        &terminal.cashier,
        "--pin",
        &terminal.pin,
    ];
    args.extend(rest);
    args
}

fn no_picture(place: &Place) -> Result<PathBuf> {
    let path = place.path().join("holiday.jpg");
    std::fs::write(&path, "This is a letter.\n")?;
    Ok(path)
}

#[tokio::test]
async fn a_file_that_is_no_picture_cannot_be_claimed_with() -> Result<()> {
    let place = Place::make()?;
    let file = no_picture(&place)?.to_string_lossy().into_owned();
    let phone = place.phone("mette")?;
    ensure_refused(&place, &phone, &["claim", &file], "not_an_image").await
}

#[test]
fn a_file_that_is_no_picture_cannot_be_scanned() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("holiday.jpg");
    std::fs::write(&file, "This is a letter.\n")?;
    let answer: serde_json::Value = serde_json::from_slice(&scan(&file, &["--json"])?)?;
    ensure!(answer["error"] == "not_an_image", "{answer}");
    for language in LANGUAGES {
        let text = String::from_utf8(scan(&file, &["--lang", language])?)?;
        ensure_says(&text, language, "not_an_image")?;
    }
    Ok(())
}

fn scan(file: &Path, args: &[&str]) -> Result<Vec<u8>> {
    let mut command = Command::new(program("carrot")?);
    let output = command.arg("scan").args(args).arg(file).output()?;
    ensure!(output.status.code() == Some(1), "{output:?}");
    Ok(output.stdout)
}

#[tokio::test]
async fn a_code_of_a_programme_without_membership_is_refused() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let codes = place.codes_on("traps")?;
    let foreign = codes.iter().find(|code| code.starts_with("NORDBRYG"));
    let foreign = foreign.with_context(|| format!("none in {codes:?}"))?;
    let phone = place.phone("mette")?;
    let code = "code_of_other_programme";
    ensure_refused(&place, &phone, &["claim", foreign], code).await?;
    let sale = at_till(&place, "sell", &["--item", foreign]);
    ensure_refused(&place, &place.till(), &sale, code).await
}

#[tokio::test]
async fn a_product_number_with_a_wrong_check_digit_is_refused() -> Result<()> {
    let place = Place::make()?;
    let sale = at_till(&place, "sell", &["--item", BEANS, "--item", BEANS_MISTYPED]);
    ensure_refused(&place, &place.till(), &sale, "check_digit").await
}

#[tokio::test]
async fn an_amount_with_a_third_decimal_is_refused() -> Result<()> {
    let place = Place::make()?;
    for amount in ["12.345", "12,345 kr", "0.001"] {
        let sale = at_till(&place, "sell", &["--item", BEANS, "--amount", amount]);
        ensure_refused(&place, &place.till(), &sale, "too_many_decimals").await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_unknown_member_is_refused_while_the_server_is_there() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let sale = at_till(&place, "sell", &["--item", BEANS, "--buyer", "+4520999999"]);
    ensure_refused(&place, &place.till(), &sale, "unknown_member").await
}

#[tokio::test]
async fn an_expired_enrolment_code_makes_no_device() -> Result<()> {
    let place = Place::make()?;
    let code = place.enrolment_code("freja")?;
    let data = &place.demo.server.data;
    let dir = place.path().join("late");
    let phone = Headless::new(&dir);
    let enrol = ["enrol", code.as_str()];
    let before = books(&place).await?;
    let mut server = Server::start_over(&place, data, OUTLIVED_MS)?;
    ensure!(phone.refusal(&enrol)? == "enrolment_expired");
    // A server takes few attempts in a minute; one that was just started has counted none.
    ensure_languages_differ(&phone, &enrol, "enrolment_expired", || {
        server.restart(&place, data, OUTLIVED_MS)
    })?;
    server.kill();
    let after = books(&place).await?;
    ensure!(before == after, "{before:?} became {after:?}");
    ensure!(phone.run(&["status"])?["enrolled"] == false);
    ensure!(!dir.join("m").exists(), "a membership was begun");

    // The same code in time: the clock was what refused it.
    let _server = Server::start(&place)?;
    phone.run(&enrol)?;
    ensure!(phone.run(&["status"])?["enrolled"] == true);
    Ok(())
}

#[tokio::test]
async fn a_redemption_beyond_the_lease_is_refused() -> Result<()> {
    let place = Place::make()?;
    let (mette, till) = (place.phone("mette")?, place.till());
    let before = till.queue()?.len();
    let mut covered = 0;
    loop {
        let answer = agreed(&place, &mette)?;
        let answer = ["--answer", &answer];
        let args = at_till(&place, "redeem", &answer);
        match till.run(&args) {
            Ok(done) => ensure!(done["state"] == "under_lease", "{done}"),
            Err(_) => break,
        }
        covered += 1;
        ensure!(covered < 20, "the lease has no end");
    }
    ensure!(covered > 0, "not even one was covered");
    ensure!(till.queue()?.len() == before + covered);
    let answer = agreed(&place, &mette)?;
    let answer = ["--answer", &answer];
    let args = at_till(&place, "redeem", &answer);
    ensure_refused(&place, &till, &args, "lease_exceeded").await?;

    // What was covered arrives, and the books agree.
    let _server = Server::start(&place)?;
    till.run(&["sync"])?;
    let left = till.run(&["status"])?;
    ensure!(left["waiting"] == 0, "{left}");
    ledger(&place.demo.server.data, &["verify"])?;
    Ok(())
}

/// What a phone answers to the till's question about a kilogram of beans.
fn agreed(place: &Place, phone: &Headless) -> Result<String> {
    let reward = ["--reward", "bag-of-beans-kg"];
    let asked = place.till().run(&at_till(place, "challenge", &reward))?;
    let asked = asked["shown"]["text"].as_str();
    let answer = phone.run(&["answer", asked.context("no question")?])?;
    let text = answer["shown"]["text"].as_str();
    Ok(text.with_context(|| format!("{answer}"))?.to_owned())
}
