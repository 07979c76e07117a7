//! The write step: compares each thing with what is stored and writes what differs.

use carrot_rules::entity::{Entity, ONLY};
use carrot_rules::{RuleSet, Scope};
use serde::de::DeserializeOwned;
use serde_json::json;
use uuid::Uuid;

use super::report::{Report, RowError};
use crate::db;
use crate::error::{Error, Result};
use crate::store::Tx;

/// How a thing compares with what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Diff {
    New,
    Changed,
    Same,
}

/// One file's transaction and its report.
pub(super) struct Writer {
    pub tx: Tx,
    pub report: Report,
}

impl Writer {
    pub fn new(tx: Tx) -> Self {
        Self {
            tx,
            report: Report::default(),
        }
    }

    /// The programme that is written to.
    pub fn programme(&self) -> Uuid {
        self.tx.programme()
    }

    /// The scope that everybody sees.
    pub fn all(&self) -> [Scope; 1] {
        [Scope::Programme(self.tx.programme())]
    }

    /// Takes the parse step's errors; `None` means that there is nothing to write.
    pub fn parsed<T>(&mut self, parsed: std::result::Result<Vec<T>, Vec<RowError>>) -> Vec<T> {
        match parsed {
            Ok(rows) => rows,
            Err(errors) => {
                self.report.refused.extend(errors);
                Vec::new()
            }
        }
    }

    /// Refuses a row.
    pub fn refuse(&mut self, error: RowError) {
        self.report.refused.push(error);
    }

    /// Writes a thing when its body differs or a scope has not seen it.
    pub async fn put<T: Entity>(&mut self, id: &str, thing: &T, scopes: &[Scope]) -> Result<Diff> {
        let before = self.tx.body(T::KIND, id).await?;
        let diff = match before {
            None => Diff::New,
            Some(before) if before != serde_json::to_value(thing)? => Diff::Changed,
            Some(_) => {
                let known = self.tx.scopes_of(T::KIND, id).await?;
                if scopes.iter().all(|scope| known.contains(scope)) {
                    return Ok(Diff::Same);
                }
                Diff::Changed
            }
        };
        self.tx.put(id, thing, scopes).await?;
        Ok(diff)
    }

    /// Writes a setting when it differs.
    pub async fn put_setting(&mut self, name: &str, value: &str) -> Result<Diff> {
        let diff = match self.setting(name).await? {
            None => Diff::New,
            Some(before) if before != value => Diff::Changed,
            Some(_) => return Ok(Diff::Same),
        };
        self.tx.put_setting(name, value).await?;
        Ok(diff)
    }

    /// A setting as this transaction sees it.
    pub async fn setting(&mut self, name: &str) -> Result<Option<String>> {
        let programme = self.tx.programme().to_string();
        Ok(
            db::query_scalar("SELECT value FROM setting WHERE programme_id = ? AND name = ?")
                .bind(programme)
                .bind(name)
                .fetch_optional(self.tx.conn())
                .await?,
        )
    }

    /// A thing as this transaction sees it.
    pub async fn entity<T: Entity + DeserializeOwned>(&mut self, id: &str) -> Result<Option<T>> {
        self.tx.entity(id).await
    }

    /// The rule set; a programme always has one.
    pub async fn rules(&mut self) -> Result<RuleSet> {
        let rules = self.entity::<RuleSet>(ONLY).await?;
        rules.ok_or_else(|| Error::Damaged("a programme without rules".to_owned()))
    }

    /// Counts a row by what its things came to; the first thing says whether the row is new.
    pub fn count(&mut self, diffs: &[Diff]) {
        match diffs.first() {
            Some(Diff::New) => self.report.new += 1,
            _ if diffs.iter().any(|diff| *diff != Diff::Same) => self.report.changed += 1,
            _ => self.report.unchanged += 1,
        }
    }

    /// Commits, unless a row was refused, nothing changed, or it was a dry run.
    pub async fn finish(mut self, what: &str, dry_run: bool) -> Result<Report> {
        if !self.report.is_clean() {
            // What was compared before the refusal was not written either.
            (self.report.new, self.report.changed, self.report.unchanged) = (0, 0, 0);
            return Ok(self.report);
        }
        if dry_run || !self.report.changes() {
            return Ok(self.report);
        }
        let detail = json!({"new": self.report.new, "changed": self.report.changed, "unchanged": self.report.unchanged});
        self.tx
            .audit("server", "import.write", what, &detail)
            .await?;
        self.tx.commit().await?;
        Ok(self.report)
    }
}
