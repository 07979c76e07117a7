//! Calls that no device makes: malformed, oversized, unsigned, foreign, replayed. Each is refused with a
//! documented code, and the server's data are what they were.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use carrot_client::transport::{Answer, Call, Method};
use carrot_faults::day;
use carrot_faults::rows::rows;
use carrot_faults::trial::{NOWHERE, TIME};
use carrot_faults::world::{self, PHONE, SERVER, TILL};
use carrot_server::Store;
use carrot_wire::crypto::{self, DOMAIN_CHALLENGE};
use carrot_wire::envelope::{Basis, CommandTime};
use carrot_wire::limits::PUSH_COMMANDS_MAX;
use carrot_wire::{CommandBody, Envelope};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// More than any request may have, bytes.
const TOO_MANY_BYTES: usize = 8 * 1024 * 1024;

/// A server, and what an enrolled device knows.
struct Site {
    root: TempDir,
    store: Arc<Store>,
}

/// A device's id, key and token.
struct Known {
    id: Uuid,
    key: SigningKey,
    token: String,
}

impl Site {
    async fn new() -> Result<Self> {
        let root = TempDir::new()?;
        world::make(root.path(), TIME, NOWHERE, u32::MAX).await?;
        let store = world::store(root.path(), TIME).await?;
        Ok(Self { root, store })
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        bearer: Option<&str>,
        body: Vec<u8>,
    ) -> Result<Answer> {
        let call = Call {
            method,
            path: path.to_owned(),
            bearer: bearer.map(str::to_owned),
            mime: "application/json".to_owned(),
            body,
            piece: None,
        };
        // A router of its own for each call: how often one address asks is not what is tried here.
        let sent = world::direct(&self.store).send("", call).await;
        sent.map_err(|error| anyhow::anyhow!("{}", error.detail))
    }

    async fn post(&self, path: &str, bearer: Option<&str>, body: &Value) -> Result<(u16, Value)> {
        let answer = self
            .send(Method::Post, path, bearer, body.to_string().into_bytes())
            .await?;
        Ok((
            answer.status,
            serde_json::from_slice(&answer.body).unwrap_or_default(),
        ))
    }

    async fn known(&self, name: &str) -> Result<Known> {
        let device = self.root.path().join(name);
        let read =
            |path: &Path| -> Result<Value> { Ok(serde_json::from_slice(&std::fs::read(path)?)?) };
        let list = read(&device.join("device.json"))?;
        let id: Uuid = serde_json::from_value(list["memberships"][0]["device_id"].clone())?;
        let keys = read(&world::files(&device).join("keys.json"))?;
        let seed = hex::decode(keys["seed"].as_str().context("no seed")?)?;
        let seed = seed
            .try_into()
            .map_err(|_| anyhow::anyhow!("a seed of another size"))?;
        let key = SigningKey::from_bytes(&seed);
        // A router keeps nothing about challenges; the store does.
        let (_, asked) = self
            .post("/v1/challenge", None, &json!({"device_id": id}))
            .await?;
        let challenge = asked["challenge"].as_str().context("no challenge")?;
        let signature = crypto::sign(&key, DOMAIN_CHALLENGE, challenge.as_bytes());
        let body = json!({"device_id": id, "challenge": challenge, "signature": signature});
        let (_, reply) = self.post("/v1/token", None, &body).await?;
        let token = reply["token"].as_str().context("no token")?.to_owned();
        Ok(Known { id, key, token })
    }

    /// Nothing changed since.
    async fn unchanged(
        &self,
        before: &std::collections::BTreeMap<String, Vec<String>>,
        what: &str,
    ) -> Result<()> {
        let after = rows(&self.root.path().join(SERVER)).await?;
        for (table, rows) in &after {
            ensure!(before.get(table) == Some(rows), "{what} changed {table}");
        }
        Ok(())
    }

    /// Nothing has changed but what is kept of a second history, and what the managers are told of it.
    async fn only_noted(
        &self,
        before: &std::collections::BTreeMap<String, Vec<String>>,
        what: &str,
    ) -> Result<()> {
        for (table, rows) in &self.rows().await? {
            // A feed that has news stands further.
            let noted = ["forked_command", "audit", "scope"].contains(&table.as_str());
            let had = before.get(table).context("a new table")?;
            let told = |row: &String| had.contains(row) || row.contains(SIGNAL);
            let kept = had.iter().all(|row| rows.contains(row));
            ensure!(
                noted || (kept && rows.iter().all(told)),
                "{what} changed {table}"
            );
        }
        Ok(())
    }

    async fn rows(&self) -> Result<std::collections::BTreeMap<String, Vec<String>>> {
        rows(&self.root.path().join(SERVER)).await
    }
}

/// How the signal about a copied device is named.
const SIGNAL: &str = "signal:copied:";

fn body(device: &Known, seq: i64, prev: &str) -> Result<CommandBody> {
    let command = day::sale(1);
    Ok(CommandBody {
        proto: carrot_wire::PROTO,
        command_id: Uuid::new_v4(),
        device_id: device.id,
        device_seq: seq,
        prev_hash: prev.to_owned(),
        actor_id: carrot_faults::cast::CASHIER,
        programme_id: carrot_faults::cast::PROGRAMME,
        outlet_id: Some(carrot_faults::cast::OUTLET),
        kind: command.kind().as_str().to_owned(),
        kind_version: 1,
        class: command.class(),
        args: command.to_args()?,
        attachments: Vec::new(),
        basis: Basis::default(),
        replaces: Vec::new(),
        time: CommandTime {
            wall_ms: carrot_faults::trial::NOW_MS,
            ..CommandTime::default()
        },
    })
}

/// The device routes as the interface describes them.
fn device_routes() -> Result<Vec<(Method, String, bool)>> {
    let described = serde_json::to_value(carrot_server::http::openapi())?;
    let paths = described["paths"].as_object().context("no paths")?;
    let mut found = Vec::new();
    for (path, methods) in paths.iter().filter(|(path, _)| !path.contains("/console")) {
        for (name, method) in [
            ("get", Method::Get),
            ("post", Method::Post),
            ("put", Method::Put),
            ("head", Method::Head),
        ] {
            if let Some(operation) = methods.get(name) {
                let with_token = operation.get("security").is_some();
                found.push((method, path.replace(['{', '}'], ""), with_token));
            }
        }
    }
    ensure!(found.len() >= 8, "{found:?}");
    Ok(found)
}

fn code(answer: &Answer) -> String {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    body["error"]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn every_device_route_refuses_strangers_and_nonsense_and_nothing_changes() -> Result<()> {
    let site = Site::new().await?;
    let till = site.known(TILL).await?;
    let before = site.rows().await?;
    let mut tried = 0;
    let mut bodies = vec![
        b"".to_vec(),
        b"{".to_vec(),
        b"[]".to_vec(),
        b"{\"proto\":1}".to_vec(),
    ];
    bodies.push(b"\xff\xfe\x00".to_vec());
    bodies.push(vec![b'['; 100_000]);
    bodies.push(vec![b' '; TOO_MANY_BYTES]);
    for (method, path, with_token) in device_routes()? {
        for bearer in [None, Some("nobody"), Some(till.token.as_str())] {
            let stranger = with_token && bearer != Some(till.token.as_str());
            if method == Method::Get && !stranger {
                continue;
            }
            for body in &bodies {
                let answer = site.send(method, &path, bearer, body.clone()).await?;
                let what = format!("{method:?} {path} {bearer:?} {} bytes", body.len());
                ensure!(
                    (400..500).contains(&answer.status),
                    "{what}: {}",
                    answer.status
                );
                if stranger && answer.status == 401 && method != Method::Head {
                    ensure!(
                        code(&answer) == "token_invalid",
                        "{what}: {}",
                        code(&answer)
                    );
                }
                ensure!(
                    !stranger || [401, 413].contains(&answer.status),
                    "{what}: {}",
                    answer.status
                );
                site.unchanged(&before, &what).await?;
                tried += 1;
            }
        }
    }
    carrot_faults::chance::told(tried, 0, 0);
    ensure!(tried > 100, "{tried}");
    Ok(())
}

#[tokio::test]
async fn unsigned_foreign_and_changed_commands_have_no_effect() -> Result<()> {
    let site = Site::new().await?;
    let (till, phone) = (site.known(TILL).await?, site.known(PHONE).await?);
    let right = Envelope::seal(&body(&till, 1, "")?, &till.key)?;
    let push = async |token: &str, envelope: &Envelope| {
        let request = json!({"commands": [envelope]});
        site.post("/v1/commands", Some(token), &request).await
    };
    let before = site.rows().await?;
    let mut unsigned = right.clone();
    unsigned.signature = String::new();
    let mut changed = right.clone();
    changed.bytes = changed.bytes.replace("DKK", "EUR");
    let mut suite = right.clone();
    suite.suite = "none".to_owned();
    let foreign = Envelope::seal(&body(&till, 1, "")?, &phone.key)?;
    let gap = Envelope::seal(&body(&till, 3, "x")?, &till.key)?;
    let unlinked = Envelope::seal(&body(&till, 1, "not empty")?, &till.key)?;
    let of_phone = Envelope::seal(&body(&phone, 1, "")?, &phone.key)?;
    let cases = [unsigned, changed, suite, foreign, gap, of_phone];
    for (number, envelope) in cases.iter().enumerate() {
        let (status, reply) = push(&till.token, envelope).await?;
        let none = reply["verdicts"].as_array().is_none_or(|verdicts| {
            verdicts
                .iter()
                .all(|one| ["blocked", "retry"].contains(&one["class"].as_str().unwrap_or("")))
        });
        ensure!(none, "case {number}: {status} {reply}");
        site.unchanged(&before, &format!("case {number}: {reply}"))
            .await?;
    }
    let (_, reply) = push(&till.token, &unlinked).await?;
    ensure!(reply["verdicts"][0]["code"] == "forked", "{reply}");
    site.only_noted(&before, "an unlinked command").await?;
    let before = site.rows().await?;
    // The right one is accepted once; replayed it gets the same answer and changes nothing more.
    let (_, first) = push(&till.token, &right).await?;
    ensure!(first["verdicts"][0]["class"] == "accepted", "{first}");
    let after = site.rows().await?;
    ensure!(after != before);
    let (_, again) = push(&till.token, &right).await?;
    ensure!(again["verdicts"] == first["verdicts"], "{again}");
    site.unchanged(&after, "a replay").await?;
    // Other bytes under the same number: the histories do not go together.
    let other = Envelope::seal(&body(&till, 1, "")?, &till.key)?;
    let (_, reply) = push(&till.token, &other).await?;
    let verdict = &reply["verdicts"][0];
    ensure!(
        verdict["class"] == "blocked" && verdict["code"] == "forked",
        "{reply}"
    );
    site.only_noted(&after, "a forked number").await?;
    let after = site.rows().await?;
    let many = vec![right; PUSH_COMMANDS_MAX + 1];
    let (status, reply) = site
        .post(
            "/v1/commands",
            Some(&till.token),
            &json!({"commands": many}),
        )
        .await?;
    ensure!(
        (status, &reply["error"]["code"]) == (413, &json!("push_too_large")),
        "{status} {reply}"
    );
    carrot_faults::chance::told(cases.len() + 4, 0, 0);
    site.unchanged(&after, "too many commands").await
}
