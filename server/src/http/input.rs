//! What handlers take in: JSON with our own refusals, the device behind a token, the caller's address.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::Json;
use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::serve::IncomingStream;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;

use super::{ApiError, AppState, packed};
use crate::store::Device;
use crate::tls::TlsListener;

/// The address at the other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(stream.remote_addr().ip())
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        let address: &SocketAddr = stream.remote_addr();
        Self(address.ip())
    }
}

/// Whom attempts are counted against: the peer's address. Behind a proxy that is the proxy's, so
/// the proxy must limit attempts itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(pub String);

impl<S: Sync> FromRequestParts<S> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<Peer>>();
        Ok(Self(peer.map_or_else(
            || "unknown".to_owned(),
            |peer| peer.0.0.to_string(),
        )))
    }
}

/// The address at the other end, where the connection has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct From(pub Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<Peer>>();
        Ok(Self(peer.map(|peer| peer.0.0)))
    }
}

/// A JSON body, packed or not; what does not read is refused as `bad_input`.
#[derive(Debug)]
pub struct Input<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let plain = packed::unpacked(request, state).await?;
        match Json::<T>::from_request(plain, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(refusal(&rejection)),
        }
    }
}

/// What the query of an address says; what does not read is refused as `bad_input`.
#[derive(Debug)]
pub(super) struct Placed<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Placed<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(ApiError::refused("bad_input", &rejection.body_text())),
        }
    }
}

fn refusal(rejection: &JsonRejection) -> ApiError {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::refused("body_too_large", "the body is too large")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ApiError::refused("media_type_unknown", "the body must be application/json")
        }
        _ => ApiError::refused("bad_input", &rejection.body_text()),
    }
}

/// The device that holds the request's access token, revoked or not; otherwise `token_invalid`.
#[derive(Debug)]
pub(super) struct Caller(pub Device);

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let invalid = || ApiError::refused("token_invalid", "the access token is missing or over");
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .ok_or_else(invalid)?;
        let device = state.store.device_by_token(token.trim()).await?;
        device.map(Self).ok_or_else(invalid)
    }
}
