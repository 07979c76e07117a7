//! Where a store is: its folder, and the database of its rows when that is not a file in the folder.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Store, StoreTuning};
use crate::db::{Backend, DATABASE_FILE, Postgres, Sqlite};
use crate::error::Result;

/// How PostgreSQL is reached.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrls {
    /// `postgres://…` of the role that reads and writes.
    pub url: String,
    /// The same of the role that owns the tables; none when one role does both.
    pub owner_url: Option<String>,
}

impl fmt::Debug for PostgresUrls {
    /// Without the URLs: they may have passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresUrls")
    }
}

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder with keys and blobs, and with the rows unless they are elsewhere.
    pub data: PathBuf,
    /// Where the rows are when they are not in the folder.
    pub postgres: Option<PostgresUrls>,
}

impl From<&Path> for Place {
    fn from(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            postgres: None,
        }
    }
}

impl Place {
    /// Connects to the database, making its file when it is one.
    async fn backend(&self, tuning: &StoreTuning) -> Result<Arc<dyn Backend>> {
        if let Some(urls) = &self.postgres {
            let backend = Postgres::open(&urls.url, urls.owner_url.as_deref()).await?;
            return Ok(Arc::new(backend));
        }
        std::fs::create_dir_all(&self.data)?;
        let file = self.data.join(DATABASE_FILE);
        let backend = Sqlite::open(&file, tuning.readers_max, tuning.durability).await?;
        Ok(Arc::new(backend))
    }
}

impl Store {
    /// Opens the store at this place, making it when there is none, and brings its schema up to date.
    pub async fn open_at(place: &Place, tuning: StoreTuning) -> Result<Self> {
        let backend = place.backend(&tuning).await?;
        Self::open_on(backend, &place.data, tuning).await
    }
}
