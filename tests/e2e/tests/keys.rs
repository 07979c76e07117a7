//! A phone's keys in the system's own key store: a real secret service on a private bus. And a
//! machine without one, where the refusal says what to do.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use carrot_e2e::keyring::{Home, Step};
use carrot_e2e::place::Place;
use carrot_e2e::server::Server;
use carrot_e2e::words::{LANGUAGES, ensure_says};
use serde_json::Value;

/// Names of all files below a folder.
fn files_below(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn no_key_file(dir: &Path) -> Result<()> {
    let files = files_below(dir)?;
    ensure!(
        files.iter().any(|path| path.ends_with("outbox.db")),
        "{files:?}"
    );
    let named = |path: &&PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().contains("key")
    };
    let kept = files.iter().find(named);
    ensure!(kept.is_none(), "a key file: {kept:?}");
    let list: Value = serde_json::from_str(&std::fs::read_to_string(dir.join("device.json"))?)?;
    ensure!(list["memberships"][0]["keys"] == "keyring", "{list}");
    Ok(())
}

fn code_of(step: &Step) -> Result<String> {
    ensure!(step.code == 1, "not refused: {step:?}");
    let answer = step.json()?;
    let code = answer["error"]["code"].as_str();
    Ok(code.with_context(|| format!("{answer}"))?.to_owned())
}

#[test]
fn a_phone_keeps_its_keys_in_the_secret_service() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let mette = place.phone("mette")?;
    mette.run(&["sync"])?;
    let points = mette.points()?;
    let home = Home::make(&place.path().join("owner"))?;
    let dir = place.path().join("second phone");
    let folder = dir.to_string_lossy().into_owned();
    let device = ["device", "--json", "--dir", &folder];
    let code = place.enrolment_code("mette")?;

    let enrol = [&device[..], &["enrol", &code]].concat();
    let sync = [&device[..], &["sync"]].concat();
    let balance = [&device[..], &["balance"]].concat();
    let doctor = ["doctor", "--no-camera", "--json", "--dir", &folder];
    let steps = home.session(&[&enrol, &sync, &balance, &doctor])?;
    for step in &steps {
        ensure!(step.code == 0, "{step:?}");
    }
    no_key_file(&dir)?;
    let [_, _, read, _] = steps.as_slice() else {
        anyhow::bail!("{steps:?}");
    };
    ensure!(read.answer()?["active_points"] == points, "{read:?}");

    // As after a restart of the machine: another bus, another daemon, the same keyring on disk.
    let again = home.session(&[&balance])?;
    let read = again.first().context("no step")?;
    ensure!(read.answer()?["active_points"] == points, "{read:?}");

    // Somebody else's keyring has no such key, and no keyring at all is another matter.
    let stranger = Home::make(&place.path().join("stranger"))?;
    let steps = stranger.session(&[&balance])?;
    ensure!(code_of(steps.first().context("no step")?)? == "key_missing");
    let steps = stranger.without_service(&[&balance])?;
    ensure!(code_of(steps.first().context("no step")?)? == "keyring_unavailable");
    ensure!(home.daemons()?.is_empty() && stranger.daemons()?.is_empty());
    Ok(())
}

#[test]
fn without_a_secret_service_the_refusal_says_what_to_do() -> Result<()> {
    let place = Place::make()?;
    let _server = Server::start(&place)?;
    let home = Home::make(&place.path().join("bare"))?;
    let dir = place.path().join("phone");
    let folder = dir.to_string_lossy().into_owned();
    let device = ["device", "--dir", &folder];
    let code = place.enrolment_code("freja")?;

    let json = [&device[..], &["--json", "enrol", &code]].concat();
    let mut lines = vec![json];
    for language in LANGUAGES {
        lines.push([&device[..], &["--lang", language, "enrol", &code]].concat());
    }
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let steps = home.without_service(&lines)?;
    let (first, others) = steps.split_first().context("no step")?;
    ensure!(code_of(first)? == "keyring_unavailable");
    for (step, language) in others.iter().zip(LANGUAGES) {
        ensure!(step.code == 1, "{step:?}");
        ensure_says(&step.err, language, "keyring_unavailable")?;
        ensure!(step.err.contains("--insecure-key-file"), "{step:?}");
    }
    ensure!(!dir.join("m").exists(), "a membership was begun");

    // The code was not used up: with a file for the keys, which a person chose, it makes the device.
    let file = [&device[..], &["--json", "--insecure-key-file"]].concat();
    let enrol = [&file[..], &["enrol", &code]].concat();
    let balance = [&file[..], &["balance"]].concat();
    let steps = home.without_service(&[&enrol, &balance])?;
    for step in &steps {
        step.answer()?;
    }
    ensure!(no_key_file(&dir).is_err(), "the check sees a key file");
    ensure!(home.daemons()?.is_empty());
    Ok(())
}
