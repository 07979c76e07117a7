//! How devices come in: enrolment, challenges and access tokens.

use axum::Json;
use axum::extract::State;
use carrot_wire::crypto::{self, DOMAIN_CHALLENGE};
use carrot_wire::enrol::{
    ChallengeReply, ChallengeRequest, EnrolReply, EnrolRequest, TokenReply, TokenRequest,
};
use carrot_wire::error::ErrorBody;

use super::{ApiError, AppState, Input, Source};
use crate::enrol;
use crate::error::{Error, Result};
use crate::store::{Device, Store};

/// Runs an attempt unless its source has failed too often; a refusal counts against it. Codes are
/// tried per address; a device's own key is tried per device, so that nobody behind the same proxy
/// can lock a fleet out.
async fn attempt<T>(
    state: &AppState,
    source: &str,
    work: impl Future<Output = Result<T>>,
) -> Result<T, ApiError> {
    let now_ms = state.store.now_ms();
    state
        .attempts
        .check(source, now_ms)
        .map_err(ApiError::too_many)?;
    let done = work.await;
    if matches!(done, Err(Error::Refused(_))) {
        state.attempts.note(source, now_ms);
    }
    Ok(done?)
}

fn device_source(device: uuid::Uuid) -> String {
    format!("device:{device}")
}

/// Turns a one-time code into a device.
#[utoipa::path(post, path = "/v1/enrol", tag = "devices",
    request_body = EnrolRequest,
    responses(
        (status = 200, body = EnrolReply),
        (status = 404, description = "`enrolment_unknown`", body = ErrorBody),
        (status = 409, description = "`enrolment_used`", body = ErrorBody),
        (status = 410, description = "`enrolment_expired`", body = ErrorBody),
        (status = 429, description = "`too_many_attempts`", body = ErrorBody),
    ))]
pub(super) async fn enrol(
    State(state): State<AppState>,
    source: Source,
    Input(request): Input<EnrolRequest>,
) -> Result<Json<EnrolReply>, ApiError> {
    let reply = attempt(&state, &source.0, enrol::enrol(&state.store, &request)).await?;
    Ok(Json(reply))
}

/// Gives a device something to sign.
#[utoipa::path(post, path = "/v1/challenge", tag = "devices",
    request_body = ChallengeRequest,
    responses(
        (status = 200, body = ChallengeReply),
        (status = 404, description = "`device_unknown`", body = ErrorBody),
        (status = 429, description = "`too_many_attempts`", body = ErrorBody),
    ))]
pub(super) async fn challenge(
    State(state): State<AppState>,
    Input(request): Input<ChallengeRequest>,
) -> Result<Json<ChallengeReply>, ApiError> {
    let reply = attempt(
        &state,
        &device_source(request.device_id),
        offer(&state.store, &request),
    )
    .await?;
    Ok(Json(reply))
}

async fn known(store: &Store, id: uuid::Uuid) -> Result<Device> {
    let unknown = || Error::refused("device_unknown", "the device is not enrolled");
    store.device(id).await?.ok_or_else(unknown)
}

async fn offer(store: &Store, request: &ChallengeRequest) -> Result<ChallengeReply> {
    let device = known(store, request.device_id).await?;
    let challenge = store.random_text()?;
    let mut tx = store.begin(device.programme).await?;
    tx.insert_challenge(device.id, &challenge).await?;
    tx.commit().await?;
    Ok(ChallengeReply {
        challenge,
        server_ms: store.now_ms(),
    })
}

/// Takes a signed challenge for an access token. A revoked device gets one too: what it signed
/// before must still be able to arrive and be parked.
#[utoipa::path(post, path = "/v1/token", tag = "devices",
    request_body = TokenRequest,
    responses(
        (status = 200, body = TokenReply),
        (status = 401, description = "`challenge_invalid`", body = ErrorBody),
        (status = 404, description = "`device_unknown`", body = ErrorBody),
        (status = 429, description = "`too_many_attempts`", body = ErrorBody),
    ))]
pub(super) async fn token(
    State(state): State<AppState>,
    Input(request): Input<TokenRequest>,
) -> Result<Json<TokenReply>, ApiError> {
    let reply = attempt(
        &state,
        &device_source(request.device_id),
        admit(&state.store, &request),
    )
    .await?;
    Ok(Json(reply))
}

async fn admit(store: &Store, request: &TokenRequest) -> Result<TokenReply> {
    let invalid = || Error::refused("challenge_invalid", "the signed challenge is wrong or over");
    let device = known(store, request.device_id).await?;
    let challenge = request.challenge.as_bytes();
    crypto::verify(
        &device.key()?,
        DOMAIN_CHALLENGE,
        challenge,
        &request.signature,
    )
    .map_err(|_| invalid())?;
    let token = store.random_text()?;
    let mut tx = store.begin(device.programme).await?;
    if !tx.take_challenge(device.id, &request.challenge).await? {
        return Err(invalid());
    }
    let until_ms = tx.insert_token(device.id, &token).await?;
    tx.touch_device(device.id).await?;
    tx.commit().await?;
    Ok(TokenReply {
        token,
        until_ms,
        server_ms: store.now_ms(),
    })
}
