//! The line on which a device hears that there is news.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, Sse};
use carrot_rules::Scope;
use carrot_wire::error::ErrorBody;
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::input::Caller;
use super::{ApiError, AppState};
use crate::hints::{Line, News};
use crate::pull::granted;
use crate::store::{Device, Store};

/// How long one line lives; then the device opens another with a token that still holds, seconds.
const LINE_SECONDS_MAX: u64 = 30 * 60;
/// When a device with too many lines may try again, milliseconds.
const LINE_WAIT_MS: i64 = 60_000;

/// What a line holds between two events.
struct Open {
    store: std::sync::Arc<Store>,
    device: Device,
    line: Line,
    beat: tokio::time::Interval,
    ends: tokio::time::Instant,
    greeted: bool,
    /// The newest number told of each scope.
    told: BTreeMap<Scope, i64>,
}

/// Tells a device which of its scopes have news, as server-sent events: `hint` with `{scope, high}`,
/// or `missed` when some were lost and anything may have changed. A comment every 25 seconds shows
/// that the line lives. The line ends by itself and is opened again.
#[utoipa::path(get, path = "/v1/hints", tag = "sync", security(("token" = [])),
    responses(
        (status = 200, description = "Events without end", body = String, content_type = "text/event-stream"),
        (status = 401, description = "`token_invalid`", body = ErrorBody),
        (status = 403, description = "`revoked`", body = ErrorBody),
        (status = 429, description = "`too_many_attempts`: too many lines of this device", body = ErrorBody),
    ))]
pub(super) async fn hints(
    State(state): State<AppState>,
    Caller(device): Caller,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    if device.revoked {
        let detail = "the device's rights were taken away";
        return Err(ApiError::refused("revoked", detail));
    }
    let line = state.store.hints().open(device.id);
    let line = line.ok_or_else(|| ApiError::too_many(LINE_WAIT_MS))?;
    // After the line is open, so that nothing falls in between.
    let scopes = granted(&device);
    let told = state.store.heads(device.programme, &scopes).await?;
    let now = tokio::time::Instant::now();
    let beat = state.store.hints().beat();
    let open = Open {
        store: state.store,
        device,
        line,
        beat: tokio::time::interval_at(now + beat, beat),
        ends: now + Duration::from_secs(LINE_SECONDS_MAX),
        greeted: false,
        told,
    };
    Ok(Sse::new(stream::unfold(open, next)))
}

async fn next(mut open: Open) -> Option<(Result<Event, Infallible>, Open)> {
    if !std::mem::replace(&mut open.greeted, true) {
        // The answer's head leaves with the first event.
        return Some((Ok(Event::default().comment("open")), open));
    }
    loop {
        let event = tokio::select! {
            told = open.line.news.recv() => match told {
                Ok(news) => match open.event(&news) {
                    Some(event) => event,
                    None => continue,
                },
                Err(RecvError::Lagged(_)) => missed(),
                Err(RecvError::Closed) => return None,
            },
            _ = open.beat.tick() => {
                open.refresh().await?
            }
            () = tokio::time::sleep_until(open.ends) => return None,
            () = closes(&mut open.line.closing) => return None,
        };
        return Some((Ok(event), open));
    }
}

/// Anything may have changed.
fn missed() -> Event {
    Event::default().event("missed").data("{}")
}

/// Waits until the server stops.
async fn closes(closing: &mut watch::Receiver<bool>) {
    // An error means that nobody is left who could say so.
    let _said = closing.wait_for(|closing| *closing).await;
}

impl Open {
    /// The event for news that the device may hear of.
    fn event(&mut self, news: &News) -> Option<Event> {
        let own = self.device.programme;
        let hint = match news {
            News::Hint { programme, hint } if *programme == own => hint,
            News::Missed { programme } if programme.is_none_or(|id| id == own) => {
                return Some(missed());
            }
            News::Hint { .. } | News::Missed { .. } => return None,
        };
        let heard = granted(&self.device).contains(&hint.scope);
        let text = serde_json::to_string(hint).ok().filter(|_| heard)?;
        self.told.insert(hint.scope, hint.high);
        Some(Event::default().event("hint").data(text))
    }

    /// A heartbeat: what the device is and may see now, and what another process committed since; none
    /// ends the line.
    async fn refresh(&mut self) -> Option<Event> {
        let found = self.store.device(self.device.id).await.ok().flatten();
        self.device = found.filter(|device| !device.revoked)?;
        let scopes = granted(&self.device);
        let heads = self
            .store
            .heads(self.device.programme, &scopes)
            .await
            .ok()?;
        let told = std::mem::replace(&mut self.told, heads);
        let untold =
            |(scope, high): (&Scope, &i64)| told.get(scope).is_none_or(|known| known < high);
        Some(if self.told.iter().any(untold) {
            missed()
        } else {
            Event::default().comment("alive")
        })
    }
}
