//! What is looked at of photos.

use anyhow::{Context as _, Result};
use carrot_client::{Membership, QueuedCommand};
use sqlx::Connection as _;
use uuid::Uuid;

use crate::books::Books;
use crate::looks::{Queue, file};
use crate::unit::Unit;

/// I18: a photo that a command needs is here or there.
pub(crate) async fn photos(
    unit: &Unit,
    membership: &Membership,
    queue: &Queue,
    books: &mut Books,
    found: &mut Vec<(&'static str, String)>,
) -> Result<()> {
    for one in queue.values().filter(|one| one.kind == "visit.record") {
        let key = one.command_id;
        let wanted = match attached(unit, key).await? {
            wanted if wanted.is_empty() => continue,
            wanted => wanted,
        };
        for sha256 in wanted {
            let here = membership
                .photo(&sha256)
                .await
                .context("a photo")?
                .is_some();
            if !here && !books.has_blob(&sha256).await? {
                found.push(("I18", format!("photo {sha256:.12} of {key} is nowhere")));
            }
        }
    }
    Ok(())
}

/// I18 at rest: the photos of what the server took are there.
pub(crate) async fn photos_there(
    unit: &Unit,
    queue: &Queue,
    books: &mut Books,
    found: &mut Vec<(&'static str, String)>,
) -> Result<()> {
    let taken = |one: &&QueuedCommand| one.kind == "visit.record" && one.state == "reflected";
    for one in queue.values().filter(taken) {
        for sha256 in attached(unit, one.command_id).await? {
            if !books.has_blob(&sha256).await? {
                let detail = format!("photo {sha256:.12} of {} was not sent", one.command_id);
                found.push(("I18", detail));
            }
        }
    }
    Ok(())
}

/// The photos that a command of the outbox names, read from its file.
pub async fn attached(unit: &Unit, command: Uuid) -> Result<Vec<String>> {
    let mut conn = file(unit, "outbox.db").await?;
    let found = sqlx::query_scalar(
        "SELECT sha256 FROM attachment JOIN command USING (device_seq) WHERE command_id = ?1",
    )
    .bind(command.to_string())
    .fetch_all(&mut conn)
    .await?;
    conn.close().await?;
    Ok(found)
}
