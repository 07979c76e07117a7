//! A phone that cannot send hands its queue over as a file, and proves its work as another: through the
//! programs that ship, with everything that may be wrong with either file.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::device::Headless;
use carrot_e2e::journal::Rows;
use carrot_e2e::place::Place;
use carrot_e2e::process::program;
use carrot_e2e::server::{Server, ledger};

/// Runs `carrot` with these words.
fn carrot(words: &[&str]) -> Result<Output> {
    let output = Command::new(program("carrot")?).args(words).output();
    output.with_context(|| format!("{words:?}"))
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

fn import(place: &Place, file: &Path, secret: &str) -> Result<Output> {
    let (file, data) = (file.display().to_string(), &place.demo.server.data);
    let data = data.display().to_string();
    carrot(&["import-queue", &file, "--secret", secret, "--data", &data])
}

/// A copy of a file with one byte in its middle changed.
fn flipped(file: &Path, place: &Place) -> Result<PathBuf> {
    let mut bytes = std::fs::read(file)?;
    let middle = bytes.len() / 2;
    *bytes.get_mut(middle).context("an empty file")? ^= 1;
    let copy = place.path().join("flipped");
    std::fs::write(&copy, bytes)?;
    Ok(copy)
}

/// Refused with this code.
fn ensure_refused(refused: &Output, code: &str) -> Result<()> {
    let text = said(refused);
    ensure!(
        refused.status.code() == Some(1),
        "{} {text}",
        refused.status
    );
    ensure!(text.contains(code), "no {code} in {text}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn f101_a_queue_goes_over_as_a_file_once_and_no_other_file_does() -> Result<()> {
    let (place, elsewhere) = (Place::make()?, Place::make()?);
    let phone = place.phone("mette")?;
    let rows = Rows::open(&place.demo.server.data).await?;
    let before = rows.all_commands().await?;
    let codes = place.codes_on("warranty-codes")?;
    let code = codes.last().context("no code on the sheet")?;
    phone.run(&["claim", code])?;
    phone.run(&["call", "set_goal", r#"{"reward":"bag-of-beans-kg"}"#])?;
    let exported = phone.run(&["export-queue"])?;
    let file = PathBuf::from(exported["path"].as_str().context("no path")?);
    let secret = exported["secret"].as_str().context("no secret")?;
    ensure!(exported["commands"] == 2, "{exported}");

    let changed = flipped(&file, &place)?;
    let text = place.path().join("note.txt");
    std::fs::write(&text, "not a queue")?;
    ensure_refused(&import(&place, &changed, secret)?, "wrong_secret")?;
    ensure_refused(&import(&place, &file, "0000-0000")?, "wrong_secret")?;
    ensure_refused(&import(&place, &text, secret)?, "not_a_queue_file")?;
    let foreign = import(&elsewhere, &file, secret)?;
    ensure_refused(&foreign, "device_unknown")?;
    ensure!(rows.all_commands().await? == before, "something was booked");

    let first = import(&place, &file, secret)?;
    ensure!(first.status.success(), "{}", said(&first));
    ensure!(
        said(&first).contains("2 accepted, 0 rejected"),
        "{}",
        said(&first)
    );
    let booked = (rows.all_commands().await?, rows.all_transfers().await?);
    ensure!(booked.0 == before + 2, "{booked:?}");
    let again = import(&place, &file, secret)?;
    ensure!(
        again.status.success() && again.stdout == first.stdout,
        "{}",
        said(&again)
    );
    let after = (rows.all_commands().await?, rows.all_transfers().await?);
    ensure!(after == booked, "twice: {booked:?} became {after:?}");

    // The phone reaches the server after all: it gets the answers that the file had.
    let server = Server::start(&place)?;
    phone.run(&["sync"])?;
    ensure!(phone.run(&["status"])?["waiting"] == 0, "it waits still");
    ensure!(rows.all_commands().await? == booked.0, "booked again");
    server.kill();
    ledger(&place.demo.server.data, &["verify"])?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn f101_a_file_is_issued_again_by_another_phone_and_counts_once() -> Result<()> {
    let place = Place::make()?;
    let old = place.phone("mette")?;
    let codes = place.codes_on("warranty-codes")?;
    let code = codes.last().context("no code on the sheet")?;
    old.run(&["claim", code])?;
    old.run(&["call", "set_goal", r#"{"reward":"bag-of-beans-kg"}"#])?;
    let exported = old.run(&["export-queue"])?;
    let file = exported["path"].as_str().context("no path")?;
    let secret = exported["secret"].as_str().context("no secret")?;
    let enrolment = place.enrolment_code("mette")?;
    let server = Server::start(&place)?;
    let new = Headless::new(&place.path().join("new-phone"));
    new.run(&["enrol", &enrolment])?;
    let listed = ["reissue", "--file", file, "--secret", secret];
    let issued = ["reissue", "--file", file, "--secret", secret, "--all"];
    let standings = |view: &serde_json::Value| -> Vec<String> {
        let items = view["items"].as_array().into_iter().flatten();
        items.map(|item| item["standing"].to_string()).collect()
    };
    let open = new.run(&listed)?;
    ensure!(standings(&open) == [r#""open""#; 2], "{open}");
    let rows = Rows::open(&place.demo.server.data).await?;
    let before = rows.all_commands().await?;
    for _ in 0..2 {
        let view = new.run(&issued)?;
        ensure!(standings(&view) == [r#""issued""#; 2], "{view}");
    }
    let sent = new.run(&["sync"])?;
    ensure!(sent["accepted"] == 2, "{sent}");
    ensure!(
        rows.all_commands().await? == before + 2,
        "sent more than once"
    );

    // The old phone reaches the server after all: what stands for its work counted already.
    let late = old.run(&["sync"])?;
    ensure!(late["rejected"] == 2, "{late}");
    let queue = old.queue()?;
    let replaced = queue.iter().filter(|row| row["code"] == "replaced").count();
    ensure!(replaced == 2, "{queue:?}");
    server.kill();
    ledger(&place.demo.server.data, &["verify"])?;
    Ok(())
}

/// The public keys of a place's server, in a file.
fn public_keys(place: &Place) -> Result<String> {
    let data = place.demo.server.data.display().to_string();
    let listed = carrot(&["keys", "list", "--public", "--data", &data])?;
    ensure!(listed.status.success(), "{}", said(&listed));
    let file = place.path().join("keys.txt");
    std::fs::write(&file, listed.stdout)?;
    Ok(file.display().to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn m4_a_proof_holds_with_the_servers_keys_and_a_changed_one_does_not() -> Result<()> {
    let (place, elsewhere) = (Place::make()?, Place::make()?);
    let phone = place.phone("mette")?;
    let server = Server::start(&place)?;
    phone.run(&["call", "set_goal", r#"{"reward":"bag-of-beans-kg"}"#])?;
    phone.run(&["sync"])?;
    server.kill();
    phone.run(&["call", "set_goal", r#"{"reward":null}"#])?;
    let out = place.path().join("proof.json");
    let file = out.display().to_string();
    phone.run(&["proof", "--out", &file])?;
    let keys = public_keys(&place)?;
    let verify = |file: &str, keys: &str| carrot(&["verify-proof", file, "--keys", keys]);
    let held = verify(&file, &keys)?;
    ensure!(held.status.success(), "{}", said(&held));
    ensure!(said(&held).contains("none left out"), "{}", said(&held));
    let other = verify(&file, &public_keys(&elsewhere)?)?;
    ensure!(!other.status.success(), "with another server's keys");
    // A word of the second command is changed; what was signed is not what is there.
    let text = std::fs::read_to_string(&out)?;
    let at = text.rfind("goal.set").context("no second command")?;
    let mut changed = text.into_bytes();
    *changed.get_mut(at).context("an end")? ^= 1;
    let copy = place.path().join("changed.json");
    std::fs::write(&copy, changed)?;
    let refused = verify(&copy.display().to_string(), &keys)?;
    ensure!(!refused.status.success(), "{}", said(&refused));
    Ok(())
}
