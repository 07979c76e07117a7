//! Where people work: employments that begin and end, and the rosters of outlets.

use carrot_rules::Scope;
use carrot_rules::entity::{Employment, EntityKind, Participant};
use uuid::Uuid;

use super::super::write::{Diff, Writer};
use super::{PersonRow, ROSTER_ROLES};
use crate::db;
use crate::error::Result;

/// The participant with their employments: those that last keep their beginning, those that are no
/// longer named end now, and a new share is a new employment, so that what was earned stays as it was.
pub(super) async fn participant(
    writer: &mut Writer,
    id: Uuid,
    row: &PersonRow,
    outlets: &[Uuid],
) -> Result<Participant> {
    let now_ms = writer.tx.now_ms();
    let before = writer.entity::<Participant>(&id.to_string()).await?;
    let (mut employments, segments, joined_ms) = match before {
        Some(before) => (before.employments, before.segments, before.joined_ms),
        None => (Vec::new(), Vec::new(), now_ms),
    };
    for job in employments.iter_mut().filter(|job| lasts(job)) {
        let other_share = row.share.is_some_and(|share| share != job.share);
        if !outlets.contains(&job.outlet) || other_share {
            job.until_ms = Some(now_ms);
        }
    }
    for outlet in outlets {
        let mut known = employments.iter().rev();
        let known = known.find(|job| job.outlet == *outlet);
        if known.is_some_and(lasts) {
            continue;
        }
        let share = row.share.or(known.map(|job| job.share)).unwrap_or(1);
        employments.push(Employment {
            outlet: *outlet,
            from_ms: now_ms,
            until_ms: None,
            share,
        });
    }
    // What began and ended at once never was.
    employments.retain(|job| job.until_ms != Some(job.from_ms));
    Ok(Participant {
        id,
        role: row.role.clone(),
        employments,
        segments: row.segments.clone().unwrap_or(segments),
        joined_ms,
    })
}

fn lasts(job: &Employment) -> bool {
    job.until_ms.is_none()
}

/// Takes the person off the rosters of outlets where they no longer work.
pub(super) async fn leave(
    writer: &mut Writer,
    id: Uuid,
    row: &PersonRow,
    outlets: &[Uuid],
) -> Result<Diff> {
    let stays = ROSTER_ROLES.contains(&row.role.as_str());
    let mut diff = Diff::Same;
    for scope in writer
        .tx
        .scopes_of(EntityKind::Roster, &id.to_string())
        .await?
    {
        if matches!(scope, Scope::Outlet(outlet) if stays && outlets.contains(&outlet)) {
            continue;
        }
        let programme = writer.programme().to_string();
        db::query(
            "DELETE FROM entity_scope WHERE programme_id = ? AND kind = ? AND id = ? AND scope = ?",
        )
        .bind(programme)
        .bind(EntityKind::Roster.as_str())
        .bind(id.to_string())
        .bind(scope.to_string())
        .execute(writer.tx.conn())
        .await?;
        diff = Diff::Changed;
    }
    Ok(diff)
}
