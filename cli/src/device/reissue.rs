//! Issuing anew what an earlier identity of the device could not send.

use carrot_api::schema::{LeftStanding, LeftView};
use carrot_api::{Api, CallError};
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::read;

/// Lists what was left, or issues the chosen of it anew: those with these ids, or all that can be.
/// `file` says where it is when it is not in the device's own folder.
pub async fn reissue(
    api: &Api,
    ids: Vec<Uuid>,
    all: bool,
    file: Option<Value>,
) -> Result<Value, CallError> {
    let left = api.call("left_work", json!({ "file": file })).await?;
    let mut chosen = ids;
    if all {
        let view: LeftView = read(left.clone())?;
        let open = view.items.iter();
        let open = open.filter(|item| item.standing == LeftStanding::Open);
        chosen.extend(open.map(|item| item.command_id));
    }
    if chosen.is_empty() {
        return Ok(left);
    }
    let request = json!({ "command_ids": chosen, "file": file });
    api.call("issue_again", request).await
}
