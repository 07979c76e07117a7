//! Ten faults, and the doctor names each: a stable code, and a sentence with its remedy in the
//! person's language. A device without a fault gives exit code 0.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::console::{Console, http_client};
use carrot_e2e::device::Headless;
use carrot_e2e::doctor::Doctor;
use carrot_e2e::place::Place;
use carrot_e2e::process::{Running, eventually, program};
use carrot_e2e::server::Server;
use carrot_e2e::words::{LANGUAGES, ensure_says};
use serde_json::{Value, json};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

const DAY_MS: i64 = 24 * 3_600_000;

/// The doctor finds this fault and only this one, and its words are those of the language.
fn ensure_finds(doctor: &Doctor, code: &str) -> Result<()> {
    let found = doctor.codes()?;
    ensure!(found == [code], "{found:?} instead of {code}");
    ensure_worded(doctor, code)
}

fn ensure_worded(doctor: &Doctor, code: &str) -> Result<()> {
    for language in LANGUAGES {
        let findings = doctor.findings(language)?;
        let named = findings
            .iter()
            .find(|found| found.code.as_deref() == Some(code));
        let text = named.and_then(|found| found.text.as_deref());
        ensure_says(text.context("no text")?, language, code)?;
    }
    let (english, danish) = (doctor.page("en")?, doctor.page("da")?);
    ensure!(english != danish, "the same words: {danish}");
    for (page, language) in [(&english, "en"), (&danish, "da")] {
        ensure_says(page, language, code)?;
        ensure!(page.contains(code), "support needs the code: {page}");
    }
    Ok(())
}

fn has_camera() -> bool {
    Path::new("/dev/video0").exists()
}

#[test]
fn a_healthy_device_has_nothing_wrong() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    for device in [place.phone("mette")?, place.till()] {
        let doctor = Doctor::of(device.dir());
        let findings = doctor.findings("en")?;
        ensure!(
            findings.iter().all(|found| found.code.is_none()),
            "{findings:?}"
        );
        let checks: Vec<&str> = findings.iter().map(|found| found.check.as_str()).collect();
        for wanted in ["disk", "stores", "queue", "server", "clock", "access"] {
            ensure!(checks.contains(&wanted), "{wanted} not in {checks:?}");
        }
        ensure!(!doctor.page("en")?.contains("WRONG"));
    }
    Ok(())
}

#[test]
fn a_server_that_is_down_is_named() -> Result<()> {
    let place = Place::make()?;
    let phone = place.phone("mette")?;
    ensure_finds(&Doctor::of(phone.dir()), "server_unreachable")
}

#[test]
fn a_clock_that_is_a_day_off_is_named() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let phone = place.phone("mette")?;
    ensure_finds(&Doctor::of(phone.dir()).ahead(DAY_MS), "clock_off")?;
    ensure_finds(&Doctor::of(phone.dir()).ahead(-DAY_MS), "clock_off")
}

#[test]
fn a_missing_key_is_named() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let phone = place.phone("mette")?;
    std::fs::remove_file(phone.membership()?.join("keys.json"))?;
    ensure_finds(&Doctor::of(phone.dir()), "key_missing")
}

#[test]
fn a_full_disk_is_named() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let phone = place.phone("mette")?;
    let doctor = Doctor::of(phone.dir()).with_little_room();
    ensure_finds(&doctor, "disk_full")?;
    let left: Vec<PathBuf> = std::fs::read_dir(phone.dir())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    let probe = left
        .iter()
        .find(|path| path.to_string_lossy().contains("probe"));
    ensure!(probe.is_none(), "the doctor left {probe:?}");
    Ok(())
}

#[tokio::test]
async fn a_revoked_device_is_named() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let phone = place.phone("mette")?;
    let list: Value =
        serde_json::from_str(&std::fs::read_to_string(phone.dir().join("device.json"))?)?;
    let device = list["memberships"][0]["device_id"]
        .as_str()
        .context("no id")?;
    let console = Console::sign_in(&place).await?;
    console
        .post(&format!("devices/{device}/revoke"), &json!({}))
        .await?;
    ensure_finds(&Doctor::of(phone.dir()), "revoked")?;
    ensure!(phone.refusal(&["sync"])? == "revoked");
    ensure!(Doctor::of(place.till().dir()).codes()?.is_empty());
    Ok(())
}

#[test]
fn a_server_of_another_programme_is_named() -> Result<()> {
    let place = Place::make()?;
    let other = place.path().join("other");
    let file = place.path().join("programme.json");
    std::fs::write(&file, another_programme().to_string())?;
    let made = Command::new(program("carrot")?)
        .args(["import", "programme"])
        .args([file.as_os_str(), "--data".as_ref(), other.as_os_str()])
        .output()?;
    ensure!(made.status.success(), "{made:?}");
    let _server = Server::start_over(&place, &other, 0)?;
    let phone = place.phone("mette")?;
    ensure_finds(&Doctor::of(phone.dir()), "wrong_programme")
}

fn another_programme() -> Value {
    json!({
        "code": "aften", "name": "Aften Tea", "code_tag": "aftentea",
        "points_word": { "en": { "one": "leaf", "other": "leaves" } }, "theme": {},
        "languages": ["en"], "time_zone": "Europe/Copenhagen", "currency": "DKK",
        "offline_budget_points": 0, "return_window_days": 14, "per_amount": []
    })
}

#[test]
fn a_stale_lease_is_named_beside_the_missing_server() -> Result<()> {
    let place = Place::make()?;
    let till = place.till();
    let fresh = Doctor::of(till.dir()).codes()?;
    ensure!(fresh == ["server_unreachable"], "{fresh:?}");
    let doctor = Doctor::of(till.dir()).ahead(4 * DAY_MS);
    let found = doctor.codes()?;
    ensure!(found == ["lease_stale", "server_unreachable"], "{found:?}");
    ensure_worded(&doctor, "lease_stale")
}

#[tokio::test]
async fn a_newer_schema_is_named_and_left_as_it_is() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    for (who, file) in [("mette", "outbox.db"), ("emil", "cache.db")] {
        let phone = place.phone(who)?;
        let path = phone.membership()?.join(file);
        write_newer(&phone, file).await?;
        let before = std::fs::read(&path)?;
        ensure_finds(&Doctor::of(phone.dir()), "newer_schema")?;
        ensure!(std::fs::read(&path)? == before, "{file} was touched");
    }
    Ok(())
}

/// Stamps a store as a later version of the program would.
async fn write_newer(phone: &Headless, file: &str) -> Result<()> {
    let dir = phone.membership()?;
    let keys: Value = serde_json::from_str(&std::fs::read_to_string(dir.join("keys.json"))?)?;
    let key = keys["database"].as_str().context("no key")?;
    let options = SqliteConnectOptions::new()
        .filename(dir.join(file))
        .pragma("key", format!("\"x'{key}'\""));
    let mut store = SqliteConnection::connect_with(&options).await?;
    sqlx::raw_sql("PRAGMA user_version = 9")
        .execute(&mut store)
        .await?;
    store.close().await?;
    Ok(())
}

#[test]
fn a_missing_camera_is_named() -> Result<()> {
    if has_camera() {
        eprintln!("skipped: this machine has a camera");
        return Ok(());
    }
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let phone = place.phone("mette")?;
    ensure_finds(&Doctor::of(phone.dir()).with_camera(), "no_camera")
}

#[test]
fn a_damaged_cache_is_named_and_the_next_sync_fetches_it_anew() -> Result<()> {
    let place = Place::make()?;
    let phone = place.phone("mette")?;
    let points = phone.points()?;
    let claimed = place
        .codes_on("warranty-codes")?
        .pop()
        .context("no code on the sheet")?;
    phone.run(&["claim", &claimed])?;
    damage_cache(&phone)?;

    let found = Doctor::of(phone.dir()).codes()?;
    ensure!(
        found == ["cache_damaged", "server_unreachable"],
        "{found:?}"
    );
    ensure!(phone.refusal(&["balance"])? == "cache_damaged");
    ensure!(
        phone.refusal(&["sync"])? == "server_unreachable",
        "nothing is thrown away"
    );

    let _server = Server::start(&place)?;
    ensure_finds(&Doctor::of(phone.dir()), "cache_damaged")?;
    phone.run(&["sync"])?;
    ensure!(Doctor::of(phone.dir()).codes()?.is_empty());
    ensure!(
        phone.points()? > points,
        "the claim that waited has arrived"
    );
    Ok(())
}

fn damage_cache(phone: &Headless) -> Result<()> {
    let noise: Vec<u8> = (0..16_384_u32)
        .map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0])
        .collect();
    std::fs::write(phone.membership()?.join("cache.db"), noise)?;
    Ok(())
}

#[tokio::test]
async fn screens_fetch_a_damaged_cache_anew_by_themselves() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let phone = place.phone("mette")?;
    phone.run(&["sync"])?;
    let points = phone.points()?;
    damage_cache(&phone)?;

    let mut command = Command::new(program("carrot")?);
    command.args(["device", "--insecure-key-file", "--dir"]);
    command
        .arg(phone.dir())
        .args(["ui", "--listen", "127.0.0.1:0"]);
    let mut screens = Running::start(command, &place.path().join("screens.log"))?;
    let line = screens.wait_for("#token=", Duration::from_secs(30))?;
    let (address, token) = line.split_once("#token=").context("no token")?;
    let client = http_client()?;
    let read = async || -> Result<bool> {
        let call = client.post(format!("{address}call/home"));
        let call = call.header("x-carrot-token", token).json(&json!({}));
        let home: Value = call.send().await?.json().await?;
        Ok(home["active_points"] == points)
    };
    eventually("the balance is there again", Duration::from_secs(30), read).await?;
    screens.kill();
    ensure!(Doctor::of(phone.dir()).codes()?.is_empty());
    Ok(())
}
