//! What a programme has set about its fiscal service, and the key under which cashiers are hashed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::recognise::JwsKey;
use crate::db;
use crate::error::Result;
use crate::secrets::keyed;
use crate::store::{Store, Tx};

const URL: &str = "receipt_service_url";
const TOKEN: &str = "receipt_service_token";
const LIMITS: &str = "receipt_service_limits";
const PARAGON_KEY: &str = "receipt_paragon_key";
const CASHIER_KEY: &str = "receipt_cashier_key";

/// The longest address and token, characters.
const TEXT_CHARS_MAX: usize = 500;

/// A programme's fiscal service.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceSettings {
    /// The address that the paths of the dialect are put after.
    pub url: String,
    /// What the service knows the programme by.
    pub token: String,
    /// Calls in one minute at most.
    pub per_minute: i64,
    /// Calls in one UTC day at most.
    pub per_day: i64,
    /// The key of cashiers' hashes, hex.
    pub cashier_key: String,
}

/// The same without what is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceView {
    /// Address; empty when there is none.
    pub url: String,
    /// True when a token is set.
    pub has_token: bool,
    /// Calls in one minute at most.
    pub per_minute: i64,
    /// Calls in one UTC day at most.
    pub per_day: i64,
}

#[derive(Serialize, Deserialize)]
struct Limits {
    per_minute: i64,
    per_day: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_minute: 30,
            per_day: 10_000,
        }
    }
}

/// Keyed hashes of a cashier's tax number and name (hex). `key` is hex; without one there are none.
/// Names compare whatever their case and spaces are.
#[must_use]
pub fn cashier_hashes<'a>(key: &str, texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let plain = texts.map(|text| {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    });
    let hashes = plain
        .filter(|text| !text.is_empty())
        .map(|text| keyed(key, &format!("cashier:{text}")));
    hashes.filter_map(Result::ok).collect()
}

async fn limits(store: &Store, programme: Uuid) -> Result<Limits> {
    let text = store.setting(programme, LIMITS).await?;
    let read = text.and_then(|text| serde_json::from_str(&text).ok());
    Ok(read.unwrap_or_default())
}

impl Store {
    /// The programme's fiscal service; none before it is set.
    pub async fn receipt_source(&self, programme: Uuid) -> Result<Option<SourceSettings>> {
        let url = self.setting(programme, URL).await?;
        let cashier_key = self.setting(programme, CASHIER_KEY).await?;
        let (Some(url), Some(cashier_key)) = (url.filter(|url| !url.is_empty()), cashier_key)
        else {
            return Ok(None);
        };
        let token = self.setting(programme, TOKEN).await?;
        let limits = limits(self, programme).await?;
        Ok(Some(SourceSettings {
            url,
            token: token.unwrap_or_default(),
            per_minute: limits.per_minute,
            per_day: limits.per_day,
            cashier_key,
        }))
    }

    /// What may be shown of it.
    pub async fn receipt_source_view(&self, programme: Uuid) -> Result<SourceView> {
        let url = self.setting(programme, URL).await?;
        let token = self.setting(programme, TOKEN).await?;
        let limits = limits(self, programme).await?;
        Ok(SourceView {
            url: url.unwrap_or_default(),
            has_token: token.is_some_and(|token| !token.is_empty()),
            per_minute: limits.per_minute,
            per_day: limits.per_day,
        })
    }

    /// Whose signatures on electronic receipts hold; none before it is set.
    pub async fn paragon_key(&self, programme: Uuid) -> Result<Option<JwsKey>> {
        let text = self.setting(programme, PARAGON_KEY).await?;
        Ok(text.as_deref().and_then(jws_key))
    }

    /// The key of cashiers' hashes, hex; none before the service is set.
    pub async fn cashier_key(&self, programme: Uuid) -> Result<Option<String>> {
        self.setting(programme, CASHIER_KEY).await
    }
}

/// An address of HTTP to put paths after: no name and password, no question, no part.
fn is_address(url: &str) -> bool {
    let Ok(read) = reqwest::Url::parse(url) else {
        return false;
    };
    matches!(read.scheme(), "http" | "https")
        && read.has_host()
        && read.username().is_empty()
        && read.password().is_none()
        && read.query().is_none()
        && read.fragment().is_none()
        && !url.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

/// A key as it is written: the algorithm, a colon, the bytes in hex.
fn jws_key(text: &str) -> Option<JwsKey> {
    let (algorithm, bytes) = text.split_once(':')?;
    JwsKey::new(algorithm, hex::decode(bytes).ok()?)
}

impl Tx {
    /// Sets whose signatures on electronic receipts hold: `ES256:`, `RS256:` or `EdDSA:` and the key's
    /// bytes in hex, or nothing. Refuses (`bad_input`) anything else.
    pub async fn put_paragon_key(&mut self, text: &str) -> Result<()> {
        if text.len() > 4 * TEXT_CHARS_MAX || (!text.is_empty() && jws_key(text).is_none()) {
            return Err(crate::Error::refused("bad_input", "no such key"));
        }
        self.put_setting(PARAGON_KEY, text).await
    }

    /// Sets the fiscal service. A token of none keeps the one that is known for the same address: told
    /// to another one it would be read by whoever answers there. Refuses (`bad_input`) what is no
    /// address of HTTP, or carries a name and password or a question, and limits below one.
    ///
    /// Whose address it may be is the manager's choice, inside the house too: many have a relay there.
    /// So no redirect is followed, and of an answer only what a receipt holds is ever shown.
    pub async fn put_receipt_source(
        &mut self,
        view: &SourceView,
        token: Option<&str>,
    ) -> Result<()> {
        let http = view.url.is_empty() || is_address(&view.url);
        let long = view.url.chars().count() > TEXT_CHARS_MAX
            || token.is_some_and(|token| token.chars().count() > TEXT_CHARS_MAX);
        if !http || long || view.per_minute < 1 || view.per_day < 1 {
            return Err(crate::Error::refused(
                "bad_input",
                "an address of HTTP and limits of one or more",
            ));
        }
        let url = view.url.trim_end_matches('/');
        let moved = self.receipt_setting(URL).await?.as_deref() != Some(url);
        self.put_setting(URL, url).await?;
        match token {
            Some(token) => self.put_setting(TOKEN, token).await?,
            None if moved => self.put_setting(TOKEN, "").await?,
            None => {}
        }
        let limits = Limits {
            per_minute: view.per_minute,
            per_day: view.per_day,
        };
        self.put_setting(LIMITS, &serde_json::to_string(&limits)?)
            .await?;
        self.begin_cashier_key().await
    }

    /// The key of cashiers' hashes, hex, as this transaction sees it.
    pub async fn cashier_key(&mut self) -> Result<Option<String>> {
        self.receipt_setting(CASHIER_KEY).await
    }

    async fn receipt_setting(&mut self, name: &str) -> Result<Option<String>> {
        let programme = self.programme().to_string();
        Ok(
            db::query_scalar("SELECT value FROM setting WHERE programme_id = ? AND name = ?")
                .bind(programme)
                .bind(name)
                .fetch_optional(self.conn())
                .await?,
        )
    }

    /// Makes the key of cashiers' hashes when there is none.
    pub async fn begin_cashier_key(&mut self) -> Result<()> {
        let programme = self.programme().to_string();
        let fresh = hex::encode(self.random::<32>()?);
        db::query("INSERT INTO setting (programme_id, name, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(programme)
            .bind(CASHIER_KEY)
            .bind(fresh)
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
