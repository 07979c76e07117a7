//! The line to one server: access tokens, the server's clock, and refusals as errors.

use std::sync::{Arc, Mutex, PoisonError};

use carrot_wire::CallError;
use carrot_wire::crypto::{self, DOMAIN_CHALLENGE};
use carrot_wire::enrol::{ChallengeReply, ChallengeRequest, TokenReply, TokenRequest};
use carrot_wire::error::ErrorBody;
use carrot_wire::planted::{self, Bug};
use ed25519_dalek::SigningKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;
use uuid::Uuid;

use crate::clock::Clock;
use crate::error::{ClientError, Result};
use crate::transport::{Answer, Call, Hear, Method, NoAnswer, Piece, Transport};

/// A token is renewed this long before it ends, milliseconds.
const TOKEN_SPARE_MS: i64 = 60_000;

/// The last measurement of the server's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offset {
    /// Server clock minus device clock, milliseconds.
    pub offset_ms: i64,
    /// The device's wall clock at the measurement, milliseconds.
    pub wall_ms: i64,
    /// The start during which it was measured.
    pub boot_id: String,
    /// Milliseconds since that start.
    pub since_boot_ms: i64,
}

/// Measures the server's clock at half the round trip.
#[must_use]
pub fn measure(clock: &dyn Clock, sent_ms: i64, server_ms: i64) -> Offset {
    let wall_ms = clock.now_ms();
    let halfway = sent_ms.saturating_add(wall_ms.saturating_sub(sent_ms) / 2);
    Offset {
        offset_ms: server_ms.saturating_sub(halfway),
        wall_ms,
        boot_id: clock.boot_id(),
        since_boot_ms: clock.since_boot_ms(),
    }
}

/// The device's side of the line.
pub struct Line {
    /// Sends calls.
    pub transport: Arc<dyn Transport>,
    /// The server's address.
    pub server: String,
    /// The device.
    pub device_id: Uuid,
    /// Its key.
    pub key: SigningKey,
    /// Its clocks.
    pub clock: Arc<dyn Clock>,
    /// True while no call may leave.
    away: watch::Sender<bool>,
    token: tokio::sync::Mutex<Option<(String, i64)>>,
    offset: Mutex<Option<Offset>>,
}

impl Line {
    /// A line without a token yet.
    #[must_use]
    pub fn new(
        transport: Arc<dyn Transport>,
        server: String,
        device_id: Uuid,
        key: SigningKey,
        clock: Arc<dyn Clock>,
        offset: Option<Offset>,
    ) -> Self {
        Self {
            transport,
            server,
            device_id,
            key,
            clock,
            away: watch::Sender::new(false),
            token: tokio::sync::Mutex::new(None),
            offset: Mutex::new(offset),
        }
    }

    /// The last measurement of the server's clock.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        self.offset
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The server's instant as far as the device can tell, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        let offset = self.offset().map_or(0, |offset| offset.offset_ms);
        self.clock.now_ms().saturating_add(offset)
    }

    /// From now on no call leaves, and those under way break off; or they may again.
    pub fn set_away(&self, away: bool) {
        self.away.send_replace(away);
    }

    /// True while no call may leave.
    #[must_use]
    pub fn away(&self) -> bool {
        *self.away.borrow()
    }

    /// Waits until calls may leave.
    pub async fn back(&self) {
        // The sender lives as long as this line.
        let mut away = self.away.subscribe();
        let _still_there = away.wait_for(|away| !away).await;
    }

    /// Posts JSON with an access token; a token that the server no longer takes is renewed once.
    pub async fn post<R: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<R> {
        let answer = self
            .authorised(Method::Post, path, "application/json", to_json(body)?)
            .await?;
        read(&answer)
    }

    /// Sends a call with an access token and returns a successful answer.
    pub async fn authorised(
        &self,
        method: Method,
        path: &str,
        mime: &str,
        body: Vec<u8>,
    ) -> Result<Answer> {
        self.asked(method, path, mime, body, None).await
    }

    /// Asks for a piece of what is to be had at a path. Errors as for other calls; status 412 when the
    /// server has another version by now.
    pub async fn piece(&self, path: &str, piece: Piece) -> Result<Answer> {
        self.asked(Method::Get, path, "", Vec::new(), Some(piece))
            .await
    }

    async fn asked(
        &self,
        method: Method,
        path: &str,
        mime: &str,
        body: Vec<u8>,
        piece: Option<Piece>,
    ) -> Result<Answer> {
        let mut renewed = false;
        loop {
            let call = Call {
                method,
                path: path.to_owned(),
                bearer: Some(self.token().await?),
                mime: mime.to_owned(),
                body: body.clone(),
                piece: piece.clone(),
            };
            match self.send(call).await {
                Err(ClientError::Refused { status: 401, .. })
                    if !renewed && !planted::is(Bug::TokenKept) =>
                {
                    renewed = true;
                    *self.token.lock().await = None;
                }
                answered => return answered,
            }
        }
    }

    /// True when the server can tell of news by itself.
    #[must_use]
    pub fn listens(&self) -> bool {
        self.transport.listens()
    }

    /// Listens to the server until it ends the line or it breaks off. Errors as for other calls.
    pub async fn listen(&self, path: &str, hear: Hear<'_>) -> Result<()> {
        let call = Call {
            method: Method::Get,
            path: path.to_owned(),
            bearer: Some(self.token().await?),
            mime: String::new(),
            body: Vec::new(),
            piece: None,
        };
        let mut away = self.away.subscribe();
        let answer = tokio::select! {
            biased;
            _left = away.wait_for(|away| *away) => Err(NoAnswer::passing("the app left the screen")),
            answer = self.transport.listen(&self.server, call, hear) => answer,
        };
        let ended = success(answer.map_err(ClientError::Unreachable)?);
        if let Err(ClientError::Refused { status: 401, .. }) = &ended {
            *self.token.lock().await = None;
        }
        ended.map(|_| ())
    }

    async fn token(&self) -> Result<String> {
        let mut held = self.token.lock().await;
        if let Some((token, until_ms)) = held.as_ref()
            && self.now_ms() < until_ms.saturating_sub(TOKEN_SPARE_MS)
        {
            return Ok(token.clone());
        }
        let asked = ChallengeRequest {
            device_id: self.device_id,
        };
        let challenge: ChallengeReply = self.open_post("/v1/challenge", &asked).await?;
        let signature = crypto::sign(&self.key, DOMAIN_CHALLENGE, challenge.challenge.as_bytes());
        let request = TokenRequest {
            device_id: self.device_id,
            challenge: challenge.challenge,
            signature,
        };
        let reply: TokenReply = self.open_post("/v1/token", &request).await?;
        *held = Some((reply.token.clone(), reply.until_ms));
        Ok(reply.token)
    }

    async fn open_post<R: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<R> {
        let call = Call {
            method: Method::Post,
            path: path.to_owned(),
            bearer: None,
            mime: "application/json".to_owned(),
            body: to_json(body)?,
            piece: None,
        };
        read(&self.send(call).await?)
    }

    async fn send(&self, call: Call) -> Result<Answer> {
        let sent_ms = self.clock.now_ms();
        let mut away = self.away.subscribe();
        let answer = tokio::select! {
            biased;
            _left = away.wait_for(|away| *away) => Err(NoAnswer::passing("the app left the screen")),
            answer = self.transport.send(&self.server, call) => answer,
        };
        let answer = answer.map_err(ClientError::Unreachable)?;
        if let Some(server_ms) = server_ms(&answer) {
            let measured = measure(self.clock.as_ref(), sent_ms, server_ms);
            *self.offset.lock().unwrap_or_else(PoisonError::into_inner) = Some(measured);
        }
        success(answer)
    }
}

/// Posts JSON without a token: before a device exists.
pub async fn post_once<R: DeserializeOwned>(
    transport: &dyn Transport,
    server: &str,
    path: &str,
    body: &impl Serialize,
) -> Result<R> {
    let call = Call {
        method: Method::Post,
        path: path.to_owned(),
        bearer: None,
        mime: "application/json".to_owned(),
        body: to_json(body)?,
        piece: None,
    };
    let answer = transport
        .send(server, call)
        .await
        .map_err(ClientError::Unreachable)?;
    read(&success(answer)?)
}

fn to_json(body: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(body).map_err(|error| ClientError::Protocol(error.to_string()))
}

fn read<R: DeserializeOwned>(answer: &Answer) -> Result<R> {
    serde_json::from_slice(&answer.body).map_err(|error| ClientError::Protocol(error.to_string()))
}

fn server_ms(answer: &Answer) -> Option<i64> {
    #[derive(serde::Deserialize)]
    struct Stamped {
        server_ms: i64,
    }
    let stamped: Stamped = serde_json::from_slice(&answer.body).ok()?;
    Some(stamped.server_ms)
}

fn success(answer: Answer) -> Result<Answer> {
    if (200..300).contains(&answer.status) {
        return Ok(answer);
    }
    let call = match serde_json::from_slice::<ErrorBody>(&answer.body) {
        Ok(body) => body.error,
        Err(_) => CallError::new("server_error", format!("HTTP status {}", answer.status)),
    };
    let seconds = answer.retry_after_s.and_then(|s| i64::try_from(s).ok());
    Err(ClientError::Refused {
        call,
        status: answer.status,
        retry_after_ms: seconds.map(|s| s.saturating_mul(1_000)),
    })
}
