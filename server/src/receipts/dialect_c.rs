//! The HTTP dialect of `proverkacheka.com`: `POST /api/v1/check/get` with a token and the code's text,
//! always answered with status 200 where the service itself speaks.

use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::json;

use super::{
    ANSWER_BYTES_MAX, FiscalQuery, ReceiptVerifier, SourceSettings, Ticket, VerifierAnswer,
    read_answer,
};

/// How long a call may take, seconds.
const CALL_S_MAX: u64 = 20;
/// How long connecting may take, seconds.
const CONNECT_S_MAX: u64 = 5;

/// A client of the service.
pub struct DialectC {
    client: reqwest::Client,
    url: String,
    token: String,
    cashier_key: String,
}

impl DialectC {
    /// A client for a programme's service. None when the platform gives no TLS roots.
    #[must_use]
    pub fn new(settings: &SourceSettings) -> Option<Self> {
        // A second installation in one process is refused, and the first one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(CALL_S_MAX))
            .connect_timeout(Duration::from_secs(CONNECT_S_MAX))
            .redirect(reqwest::redirect::Policy::none())
            .build();
        match client {
            Ok(client) => Some(Self {
                client,
                url: settings.url.clone(),
                token: settings.token.clone(),
                cashier_key: settings.cashier_key.clone(),
            }),
            Err(error) => {
                tracing::error!(%error, "no client for the fiscal service");
                None
            }
        }
    }

    async fn ask(&self, text: &str) -> Result<VerifierAnswer, reqwest::Error> {
        let call = self
            .client
            .post(format!("{}/api/v1/check/get", self.url))
            .json(&json!({"token": self.token, "qrraw": text}));
        let mut response = call.send().await?;
        let retry_after_ms = response
            .headers()
            .get(reqwest::header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.trim().parse::<i64>().ok())
            .map(|seconds| seconds.clamp(0, 7 * 86_400) * 1_000);
        if let Some(answer) = by_status(response.status().as_u16(), retry_after_ms) {
            return Ok(answer);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Ok(VerifierAnswer::Permanent { why: "too_large" });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(asked(read_answer(&body, &self.cashier_key), retry_after_ms))
    }
}

/// What a status other than 200 says; the service itself never sends one.
fn by_status(status: u16, retry_after_ms: Option<i64>) -> Option<VerifierAnswer> {
    Some(match status {
        200 => return None,
        401 | 403 => VerifierAnswer::Refused {
            why: "token",
            retry_after_ms,
        },
        429 => VerifierAnswer::Refused {
            why: "quota",
            retry_after_ms,
        },
        400 | 413 | 422 => VerifierAnswer::Permanent {
            why: "bad_question",
        },
        _ => VerifierAnswer::Retryable {
            why: "status",
            retry_after_ms,
        },
    })
}

/// The answer with the wait that the header asks for.
fn asked(answer: VerifierAnswer, wait_ms: Option<i64>) -> VerifierAnswer {
    match answer {
        VerifierAnswer::Pending { retry_after_ms } => VerifierAnswer::Pending {
            retry_after_ms: retry_after_ms.or(wait_ms),
        },
        VerifierAnswer::Refused {
            why,
            retry_after_ms,
        } => VerifierAnswer::Refused {
            why,
            retry_after_ms: retry_after_ms.or(wait_ms),
        },
        other => other,
    }
}

impl ReceiptVerifier for DialectC {
    /// This dialect has no tickets of its own: the code's text is asked with each time.
    fn submit<'a>(
        &'a self,
        query: &'a FiscalQuery,
    ) -> BoxFuture<'a, Result<Ticket, VerifierAnswer>> {
        Box::pin(std::future::ready(Ok(Ticket(query.text()))))
    }

    fn poll<'a>(&'a self, ticket: &'a Ticket) -> BoxFuture<'a, VerifierAnswer> {
        Box::pin(async move {
            self.ask(&ticket.0).await.unwrap_or_else(|error| {
                // Without the address: a token never stands in it, but a host of a customer may.
                tracing::debug!(error = %error.without_url(), "the fiscal service did not answer");
                VerifierAnswer::Retryable {
                    why: "no_answer",
                    retry_after_ms: None,
                }
            })
        })
    }
}
