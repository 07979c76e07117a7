//! Verdicts go onto the commands that they name, many at a time.

use std::collections::{BTreeMap, HashMap};

use carrot_sync::outbox::{Happening, State, after};
use carrot_wire::{Verdict, VerdictClass};
use sqlx::AssertSqlSafe;

use crate::error::Result;
use crate::outbox::{Write, failed};

/// Verdicts per statement, the most first.
const GROUPS: [usize; 3] = [64, 8, 1];

/// What a verdict did to its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Where it stood.
    pub before: State,
    /// Where it stands.
    pub after: State,
}

/// A verdict on its way into the file.
struct Stored {
    state: &'static str,
    verdict: String,
    settled_ms: Option<i64>,
    device_seq: i64,
}

/// Stores verdicts on commands that wait. Answers what each one did, in their order; none for a verdict
/// that names no command of this device.
pub async fn store(
    write: &mut Write,
    verdicts: &[Verdict],
    now_ms: i64,
) -> Result<Vec<Option<Moved>>> {
    keep(write, verdicts, now_ms, Happening::Answered).await
}

/// Stores verdicts that a server whose history was rebuilt repeated, in the place of those heard before;
/// commands that wait keep waiting. Answers as [`store`].
pub async fn correct(
    write: &mut Write,
    verdicts: &[Verdict],
    now_ms: i64,
) -> Result<Vec<Option<Moved>>> {
    keep(write, verdicts, now_ms, Happening::AnsweredAnew).await
}

async fn keep(
    write: &mut Write,
    verdicts: &[Verdict],
    now_ms: i64,
    happens: fn(VerdictClass) -> Happening,
) -> Result<Vec<Option<Moved>>> {
    let mut states = states(write, verdicts).await?;
    let mut moved = Vec::with_capacity(verdicts.len());
    let mut stored: BTreeMap<i64, Stored> = BTreeMap::new();
    for verdict in verdicts {
        let named = states.get_mut(&verdict.device_seq);
        let Some((_, state)) = named.filter(|(id, _)| *id == verdict.command_id.to_string()) else {
            moved.push(None);
            continue;
        };
        let happening = happens(verdict.class);
        let (before, next) = (*state, after(*state, happening));
        // "Later" is not an answer to keep, and only a final one takes another's place.
        let kept = match happening {
            Happening::AnsweredAnew(class) => !before.waits() && class.is_final(),
            _ => before.waits() && verdict.class != VerdictClass::Retry,
        };
        if kept {
            let answer = Stored {
                state: next.as_str(),
                verdict: serde_json::to_string(verdict)?,
                settled_ms: verdict.class.is_final().then_some(now_ms),
                device_seq: verdict.device_seq,
            };
            stored.insert(verdict.device_seq, answer);
            *state = next;
        }
        moved.push(Some(Moved {
            before,
            after: next,
        }));
    }
    let stored: Vec<Stored> = stored.into_values().collect();
    update(write, &stored).await?;
    Ok(moved)
}

/// The commands whose numbers the verdicts carry: their ids and states.
async fn states(write: &mut Write, verdicts: &[Verdict]) -> Result<HashMap<i64, (String, State)>> {
    let numbers: Vec<i64> = verdicts.iter().map(|verdict| verdict.device_seq).collect();
    let rows: Vec<(i64, String, String)> = sqlx::query_as(
        "SELECT device_seq, command_id, state FROM command \
         WHERE device_seq IN (SELECT value FROM json_each(?1))",
    )
    .bind(serde_json::to_string(&numbers)?)
    .fetch_all(&mut **write)
    .await
    .map_err(failed)?;
    Ok(rows
        .into_iter()
        .map(|(seq, id, state)| (seq, (id, State::from_name(&state))))
        .collect())
}

async fn update(write: &mut Write, stored: &[Stored]) -> Result<()> {
    let mut rest = stored;
    for size in GROUPS {
        if rest.len() < size {
            continue;
        }
        let text = statement(size);
        while let Some((group, after)) = rest.split_at_checked(size) {
            let mut query = sqlx::query(AssertSqlSafe(text.clone()));
            for row in group {
                query = query
                    .bind(row.device_seq)
                    .bind(row.state)
                    .bind(&row.verdict)
                    .bind(row.settled_ms);
            }
            query.execute(&mut **write).await.map_err(failed)?;
            rest = after;
        }
    }
    Ok(())
}

fn statement(rows: usize) -> String {
    let values = vec!["(?, ?, ?, ?)"; rows].join(", ");
    format!(
        "WITH answer (device_seq, state, verdict, settled_ms) AS (VALUES {values}) \
         UPDATE command SET state = answer.state, verdict = answer.verdict, \
         settled_ms = answer.settled_ms FROM answer WHERE command.device_seq = answer.device_seq"
    )
}
