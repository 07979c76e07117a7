//! Commands up, changes down, and the question for a member.

use axum::Json;
use axum::extract::State;
use carrot_wire::error::ErrorBody;
use carrot_wire::limits::{PUSH_BYTES_MAX, PUSH_COMMANDS_MAX};
use carrot_wire::pull::{PullReply, PullRequest};
use carrot_wire::push::{PushReply, PushRequest};
use carrot_wire::resolve::{ResolveReply, ResolveRequest};

use super::input::{Caller, From};
use super::{ApiError, AppState, Input};
use crate::apply::apply_batch_from;
use crate::{pull as pulling, resolve as resolving};

/// Takes signed commands in the order of their numbers and answers a verdict for each.
#[utoipa::path(post, path = "/v1/commands", tag = "sync", security(("token" = [])),
    request_body = PushRequest,
    responses(
        (status = 200, body = PushReply),
        (status = 401, description = "`token_invalid`", body = ErrorBody),
        (status = 413, description = "`push_too_large`, `body_too_large`", body = ErrorBody),
    ))]
pub(super) async fn commands(
    State(state): State<AppState>,
    Caller(device): Caller,
    From(address): From,
    Input(request): Input<PushRequest>,
) -> Result<Json<PushReply>, ApiError> {
    let bytes: usize = request
        .commands
        .iter()
        .map(|command| command.bytes.len())
        .sum();
    if request.commands.len() > PUSH_COMMANDS_MAX || bytes > PUSH_BYTES_MAX {
        return Err(ApiError::refused(
            "push_too_large",
            "too many commands or bytes in one push",
        ));
    }
    let (programme, guesses) = (device.programme, &state.guesses);
    let known = guesses.of(programme, address);
    let began_ms = state.store.now_ms();
    let reply = apply_batch_from(&state.store, &device, &request.commands, known).await?;
    guesses.note(programme, address, &reply.verdicts, began_ms);
    Ok(Json(reply))
}

/// Answers what changed in the scopes that the device may see, with names and a fresh certificate.
#[utoipa::path(post, path = "/v1/pull", tag = "sync", security(("token" = [])),
    request_body = PullRequest,
    responses(
        (status = 200, body = PullReply),
        (status = 401, description = "`token_invalid`", body = ErrorBody),
        (status = 403, description = "`revoked`", body = ErrorBody),
        (status = 426, description = "`upgrade_required`", body = ErrorBody),
    ))]
pub(super) async fn pull(
    State(state): State<AppState>,
    Caller(device): Caller,
    Input(request): Input<PullRequest>,
) -> Result<Json<PullReply>, ApiError> {
    Ok(Json(
        pulling::pull(&state.store, device.id, &request).await?,
    ))
}

/// Makes a member visible to the terminal's outlet.
#[utoipa::path(post, path = "/v1/members/resolve", tag = "sync", security(("token" = [])),
    request_body = ResolveRequest,
    responses(
        (status = 200, body = ResolveReply),
        (status = 401, description = "`token_invalid`", body = ErrorBody),
        (status = 403, description = "`not_permitted`, `revoked`", body = ErrorBody),
        (status = 429, description = "`too_many_attempts`", body = ErrorBody),
    ))]
pub(super) async fn resolve(
    State(state): State<AppState>,
    Caller(device): Caller,
    Input(request): Input<ResolveRequest>,
) -> Result<Json<ResolveReply>, ApiError> {
    let (source, now_ms) = (device.id.to_string(), state.store.now_ms());
    state
        .resolves
        .check(&source, now_ms)
        .map_err(ApiError::too_many)?;
    state.resolves.note(&source, now_ms);
    let found = resolving::resolve(&state.store, &device, &request).await?;
    Ok(Json(ResolveReply { found }))
}
