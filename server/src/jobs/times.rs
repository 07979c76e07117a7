//! Rules that ask about time need an item for everybody. A purchase and a new member bring their own;
//! when rules on other lengths of time are published, however that happened, everybody gets them here.

use carrot_rules::RuleSet;
use carrot_rules::decide::time::{Lengths, schedule};
use carrot_rules::entity::{EntityKind, ONLY, Participant, Purchases};
use uuid::Uuid;

use crate::db;
use crate::error::Result;
use crate::store::{Store, Tx};

/// The most people of one transaction.
const PEOPLE_MAX: i64 = 500;
/// The version of the rules that was looked at last.
const VERSION_SETTING: &str = "time_rules_version";
/// The lengths that everybody has items for.
const LENGTHS_SETTING: &str = "time_rules_lengths";

impl Store {
    /// Looks whether a programme's rules ask about other lengths of time than before, and puts up the
    /// items. Answers for how many people.
    pub(crate) async fn follow_times(&self, programme: Uuid, now_ms: i64) -> Result<usize> {
        let Some(version) = self.new_version(programme).await? else {
            return Ok(0);
        };
        let rules = self.entity::<RuleSet>(programme, ONLY).await?;
        let lengths = Lengths::of(&rules.unwrap_or_default());
        let text = format!("{:?} {:?}", lengths.quiet, lengths.anniversary);
        let known = self.setting(programme, LENGTHS_SETTING).await?;
        let people = if lengths.is_empty() || known.as_deref() == Some(text.as_str()) {
            0
        } else {
            self.put_up(programme, &lengths, now_ms).await?
        };
        let mut tx = self.begin_at(programme, now_ms).await?;
        tx.put_setting(LENGTHS_SETTING, &text).await?;
        tx.put_setting(VERSION_SETTING, &version).await?;
        tx.commit().await?;
        Ok(people)
    }

    /// The rules' version, when it is not the one that was looked at last.
    async fn new_version(&self, programme: Uuid) -> Result<Option<String>> {
        let version: Option<i64> = db::query_scalar(
            "SELECT json_extract(body, '$.version') FROM entity
             WHERE programme_id = ? AND kind = ? AND id = ?",
        )
        .bind(programme.to_string())
        .bind(EntityKind::RuleSet.as_str())
        .bind(ONLY)
        .fetch_optional(self.reads(programme))
        .await?;
        let known = self.setting(programme, VERSION_SETTING).await?;
        let version = version.map(|version| version.to_string());
        Ok(version.filter(|version| known.as_ref() != Some(version)))
    }

    /// Puts up everybody's items, some people at a time.
    async fn put_up(&self, programme: Uuid, lengths: &Lengths, now_ms: i64) -> Result<usize> {
        let (mut people, mut after) = (0, String::new());
        loop {
            let mut tx = self.begin_at(programme, now_ms).await?;
            let ids = next(&mut tx, &after).await?;
            let Some(last) = ids.last() else {
                return Ok(people);
            };
            after.clone_from(last);
            for id in &ids {
                put_up_one(&mut tx, id, lengths).await?;
            }
            people += ids.len();
            tx.commit().await?;
        }
    }
}

/// Puts up one person's items.
async fn put_up_one(tx: &mut Tx, id: &str, lengths: &Lengths) -> Result<()> {
    let Some(person) = tx.entity::<Participant>(id).await? else {
        return Ok(());
    };
    let purchases = tx.entity::<Purchases>(id).await?.unwrap_or_default();
    for due in schedule(lengths, &person, &purchases, tx.now_ms()) {
        tx.put_due(&due).await?;
    }
    Ok(())
}

/// The ids of the next participants, in their order.
async fn next(tx: &mut Tx, after: &str) -> Result<Vec<String>> {
    let programme = tx.programme().to_string();
    Ok(db::query_scalar(
        "SELECT id FROM entity WHERE programme_id = ? AND kind = ? AND id > ? ORDER BY id LIMIT ?",
    )
    .bind(programme)
    .bind(EntityKind::Participant.as_str())
    .bind(after)
    .bind(PEOPLE_MAX)
    .fetch_all(tx.conn())
    .await?)
}
