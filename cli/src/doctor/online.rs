//! What the server says: whether it answers, what time it has, and whether it knows this device.

use carrot_api::{CallError, Clock};
use carrot_client::Membership;
use serde::Deserialize;

use super::Finding;

/// A clock that is further off is named: commands carry estimated times, and proofs live minutes.
const CLOCK_OFF_MS: i64 = 120_000;

#[derive(Deserialize)]
struct Health {
    version: String,
    server_ms: i64,
    programmes: Vec<String>,
}

/// Asks the server of one membership.
pub async fn look(membership: &Membership, clock: &dyn Clock) -> Vec<Finding> {
    let health = match health(&membership.server()).await {
        Ok(health) => health,
        Err(error) => return vec![Finding::bad("server", error)],
    };
    let seen = format!(
        "{} answers, version {}",
        membership.server(),
        health.version
    );
    let mut findings = vec![Finding::good("server", seen)];
    findings.push(compare_clocks(health.server_ms, clock.now_ms()));
    if !health.programmes.contains(&membership.programme_code()) {
        let detail = format!(
            "{} serves {}; this device belongs to {}",
            membership.server(),
            health.programmes.join(", "),
            membership.programme_code()
        );
        findings.push(Finding::bad(
            "programme",
            CallError::new("wrong_programme", detail),
        ));
        return findings;
    }
    findings.push(match membership.prove().await {
        Ok(()) => Finding::good("access", "the server knows this device"),
        Err(error) => Finding::bad("access", error.to_call_error()),
    });
    findings
}

async fn health(server: &str) -> Result<Health, CallError> {
    let client = reqwest::Client::builder()
        .timeout(std::time::Duration::from_secs(5))
        .build()
        .map_err(unreachable)?;
    let url = format!("{}/healthz", server.trim_end_matches('/'));
    let answer = client.get(url).send().await.map_err(unreachable)?;
    let answer = answer.error_for_status().map_err(unreachable)?;
    answer.json().await.map_err(unreachable)
}

fn unreachable(error: reqwest::Error) -> CallError {
    // The outermost text names only the address; the innermost one says what happened.
    let mut inner: &dyn std::error::Error = &error;
    while let Some(cause) = inner.source() {
        inner = cause;
    }
    CallError::new("server_unreachable", format!("{error}: {inner}"))
}

fn compare_clocks(server_ms: i64, here_ms: i64) -> Finding {
    let off_ms = here_ms.saturating_sub(server_ms);
    if off_ms.abs() <= CLOCK_OFF_MS {
        return Finding::good("clock", format!("{off_ms} ms off"));
    }
    let detail = format!("{} minutes off", off_ms / 60_000);
    Finding::bad(
        "clock",
        CallError::new("clock_off", detail).with("offset_ms", off_ms),
    )
}
