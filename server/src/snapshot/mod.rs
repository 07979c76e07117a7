//! Snapshots of scopes: made from one view of the database, kept as files beside it, found again by
//! their hash. Servers that share a data folder share the files; one that is gone is made anew.

mod files;
mod make;

use std::path::PathBuf;

use carrot_rules::Scope;
use tokio::sync::Semaphore;
use uuid::Uuid;

use files::Found;

use crate::error::{Error, Result};
use crate::store::{Store, feed_head};

/// Snapshots that one server makes at once; more callers wait and mostly find it made.
const MAKERS_MAX: usize = 1;

/// Who makes snapshots.
#[derive(Debug)]
pub(crate) struct Makers(Semaphore);

impl Default for Makers {
    fn default() -> Self {
        Self(Semaphore::new(MAKERS_MAX))
    }
}

/// A snapshot that is to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ready {
    /// Its file.
    pub path: PathBuf,
    /// SHA-256 of its bytes, hex.
    pub hash: String,
    /// Its bytes.
    pub size: u64,
}

impl Store {
    /// The snapshot of a scope with this hash, if it is kept and of the scope's present history.
    pub(crate) async fn kept_snapshot(
        &self,
        programme: Uuid,
        scope: Scope,
        hash: &str,
    ) -> Result<Option<Ready>> {
        let head = self.feed_head(programme, scope).await?;
        let all = files::list(&files::folder(self.data(), programme, scope)).await?;
        let same = |found: &Found| found.hash == hash && found.epoch == head.epoch;
        ready(all.into_iter().find(same)).await
    }

    /// A snapshot of a scope that reaches `at_least`, or the newest number; made when none is kept.
    pub(crate) async fn snapshot(
        &self,
        programme: Uuid,
        scope: Scope,
        at_least: i64,
    ) -> Result<Ready> {
        if let Some(ready) = self.fresh(programme, scope, at_least).await? {
            return Ok(ready);
        }
        let _turn = self.makers.0.acquire().await;
        // Whoever had the turn before may have made it.
        if let Some(ready) = self.fresh(programme, scope, at_least).await? {
            return Ok(ready);
        }
        let folder = files::folder(self.data(), programme, scope);
        let made = make::make(self, programme, scope, &folder).await?;
        files::leave_two(&folder, &made).await?;
        let gone = || Error::File(std::io::Error::other("a snapshot that was made is gone"));
        ready(Some(made)).await?.ok_or_else(gone)
    }

    async fn fresh(&self, programme: Uuid, scope: Scope, at_least: i64) -> Result<Option<Ready>> {
        let head = self.feed_head(programme, scope).await?;
        let wanted = at_least.min(head.seq);
        let all = files::list(&files::folder(self.data(), programme, scope)).await?;
        let fits = |found: &Found| found.epoch == head.epoch && found.seq >= wanted;
        let newest = all.into_iter().filter(fits).max_by_key(|found| found.seq);
        ready(newest.filter(|found| found.seq <= head.seq)).await
    }

    async fn feed_head(&self, programme: Uuid, scope: Scope) -> Result<crate::store::FeedHead> {
        let mut read = self.reads(programme).acquire().await?;
        let unknown = || Error::refused("not_found", "nothing has happened in this scope");
        feed_head(&mut read, programme, scope)
            .await?
            .ok_or_else(unknown)
    }

    /// Takes away files that nobody has asked for in a while.
    pub(crate) async fn sweep_snapshots(&self) -> Result<u32> {
        files::sweep(self.data()).await
    }
}

async fn ready(found: Option<Found>) -> Result<Option<Ready>> {
    let Some(found) = found else { return Ok(None) };
    match tokio::fs::metadata(&found.path).await {
        Ok(file) => Ok(Some(Ready {
            size: file.len(),
            path: found.path,
            hash: found.hash,
        })),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}
