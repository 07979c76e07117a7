//! Folders of every released schema come up to this one with all that waits in them, also when the upgrade
//! is stopped at any write; and the server takes the calls of every release.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use carrot_client::transport::{Call, Method};
use carrot_faults::chance::{cases, spread};
use carrot_faults::direct::Nobody;
use carrot_faults::fixture::{self, Fixture};
use carrot_faults::trial::{self, Ended, Found, TIME};
use carrot_faults::vfs::{self, Refusal, Watch};
use carrot_faults::world::{self, PHONE, TILL};
use carrot_wire::crypto::{self, DOMAIN_CHALLENGE};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Writes of an upgrade that are refused, in the usual tests.
const STOPPED: usize = 6;

/// The fixtures, oldest name first.
fn fixtures() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(fixture::folder())? {
        found.push(entry?.path());
    }
    found.sort();
    ensure!(!found.is_empty(), "no fixtures");
    Ok(found)
}

fn copy(folder: &Path) -> Result<TempDir> {
    let root = TempDir::new()?;
    world::copy(folder, root.path())?;
    Ok(root)
}

/// Opens everything with this program, delivers, and reckons.
async fn delivers(root: &Path) -> Result<Found> {
    let fixture = Fixture::read(root)?;
    let ended = Ended {
        till: fixture.till,
        phone: fixture.phone,
        ..Ended::default()
    };
    let store = world::store(root, TIME).await?;
    let report = store.verify_books().await?;
    ensure!(report.holds(), "{:#?}", report.faults);
    let found = trial::reckon(root, TIME, &store, &ended, &fixture.before).await;
    store.close().await;
    found
}

#[tokio::test]
async fn f_folders_of_every_release_are_upgraded_and_deliver_their_queues() -> Result<()> {
    let mut found = Found::default();
    for folder in fixtures()? {
        let root = copy(&folder)?;
        let one = delivers(root.path()).await;
        found.add(one.with_context(|| folder.display().to_string())?);
    }
    found.settle()
}

#[tokio::test]
async fn an_upgrade_that_is_stopped_at_any_write_goes_on_the_next_time() -> Result<()> {
    vfs::register();
    let mut found = Found::default();
    for folder in fixtures()? {
        for name in [TILL, PHONE] {
            let steps = steps(&folder, name).await?;
            for at in spread(steps, cases(STOPPED, steps)) {
                let root = copy(&folder)?;
                let device = root.path().join(name);
                let watch = Watch::refusing(&device, Refusal::Broken(u64::try_from(at)?));
                // Whether it says so or can do without that write, nothing may be lost.
                let _refused = open_and_close(&device).await;
                drop(watch);
                let one = delivers(root.path()).await;
                found.add(one.with_context(|| format!("{}: {name} {at}", folder.display()))?);
            }
        }
    }
    found.settle()
}

/// Writes and syncs of an opening.
async fn steps(folder: &Path, name: &str) -> Result<usize> {
    let root = copy(folder)?;
    let device = root.path().join(name);
    let watch = Watch::counting(&device);
    open_and_close(&device).await?;
    Ok(usize::try_from(watch.steps())?)
}

async fn open_and_close(device: &Path) -> Result<()> {
    let opened = world::device(device, TIME, world::over(Arc::new(Nobody))).await?;
    opened.close().await;
    Ok(())
}

#[tokio::test]
async fn the_calls_of_every_release_are_taken_word_for_word() -> Result<()> {
    let mut taken = 0;
    for folder in fixtures()? {
        let Ok(calls) = fixture::calls(&folder) else {
            continue;
        };
        let root = copy(&folder)?;
        let store = world::store(root.path(), TIME).await?;
        for made in calls {
            let token = sign_in(&store, &root.path().join(&made.device)).await?;
            let answer = post(&store, &made.path, Some(token), made.body.into_bytes()).await?;
            if made.path == "/v1/commands" {
                let verdicts = answer["verdicts"].as_array().context("verdicts")?;
                let told = verdicts
                    .iter()
                    .all(|one| one["class"] != "retry" && one["class"] != "blocked");
                ensure!(told && !verdicts.is_empty(), "{answer}");
            }
            taken += 1;
        }
        ensure!(store.verify_books().await?.holds());
        store.close().await;
    }
    carrot_faults::chance::told(taken, 0, 0);
    ensure!(taken > 0, "no calls");
    Ok(())
}

async fn post(
    store: &Arc<carrot_server::Store>,
    path: &str,
    bearer: Option<String>,
    body: Vec<u8>,
) -> Result<Value> {
    let call = Call {
        method: Method::Post,
        path: path.to_owned(),
        bearer,
        mime: "application/json".to_owned(),
        body,
        piece: None,
    };
    let answer = world::direct(store).send("", call).await;
    let answer = answer.map_err(|error| anyhow::anyhow!("{}", error.detail))?;
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    ensure!(answer.status == 200, "{path}: {} {text}", answer.status);
    Ok(serde_json::from_str(&text)?)
}

/// Signs in as a release's device does.
async fn sign_in(store: &Arc<carrot_server::Store>, device: &Path) -> Result<String> {
    let list: Value = serde_json::from_slice(&std::fs::read(device.join("device.json"))?)?;
    let id = &list["memberships"][0]["device_id"];
    let keys: Value =
        serde_json::from_slice(&std::fs::read(world::files(device).join("keys.json"))?)?;
    let seed = hex::decode(keys["seed"].as_str().context("no seed")?)?;
    let seed = seed
        .try_into()
        .map_err(|_| anyhow::anyhow!("a seed of another size"))?;
    let asked = json!({"device_id": id}).to_string().into_bytes();
    let challenge = post(store, "/v1/challenge", None, asked).await?;
    let challenge = challenge["challenge"]
        .as_str()
        .context("no challenge")?
        .to_owned();
    let key = SigningKey::from_bytes(&seed);
    let signature = crypto::sign(&key, DOMAIN_CHALLENGE, challenge.as_bytes());
    let body = json!({"device_id": id, "challenge": challenge, "signature": signature});
    let reply = post(store, "/v1/token", None, body.to_string().into_bytes()).await?;
    Ok(reply["token"].as_str().context("no token")?.to_owned())
}
