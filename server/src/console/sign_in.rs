//! Signing in and out, and who is signed in.

use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::{Extension, Json};
use carrot_rules::entity::{ONLY, Participant, Programme};
use carrot_wire::CallError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::IpAddr;
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::reply::{Answer, Body, Refusal};
use super::rights::{CONSOLE_HEADER, Caller, Role};
use super::{ConsoleState, sessions};
use crate::db;
use crate::error::{Error, Result};
use crate::http::Peer;
use crate::secrets::password_fits;
use crate::store::Person;

/// The longest user name, characters.
const USER_CHARS_MAX: usize = 120;
/// The longest password, characters.
const PASSWORD_CHARS_MAX: usize = 200;
/// A verifier that no password fits, of the same cost as the others: an unknown name takes as long
/// as a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// `POST /v1/console/login`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct Login {
    /// User name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// Who is signed in, and to what.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct Me {
    /// The person.
    pub participant: String,
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The two-letter language that they chose.
    pub language: String,
    /// The programme's name.
    pub programme: String,
    /// The word for points: language, then plural category.
    pub points_word: BTreeMap<String, BTreeMap<String, String>>,
    /// Colours by role.
    pub theme: BTreeMap<String, String>,
    /// ISO 4217 code of the home currency.
    pub currency: String,
    /// IANA time zone.
    pub time_zone: String,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
    /// How many things wait for a decision.
    pub reviews_open: i64,
}

/// The address that a call came from, when the server knows it.
pub struct From(Option<IpAddr>);

impl<S: Send + Sync> FromRequestParts<S> for From {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let info = parts.extensions.get::<ConnectInfo<Peer>>();
        Ok(Self(info.map(|ConnectInfo(Peer(address))| *address)))
    }
}

/// Opens a session.
#[utoipa::path(post, path = "/v1/console/login", tag = "console", request_body = Login, responses(
    (status = 200, description = "signed in; the cookie carries the session", body = Me),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`login_wrong`"),
    (status = 403, description = "`console_header_missing`"),
    (status = 429, description = "`login_locked`: too many wrong passwords; `wait_s` says how long"),
))]
pub async fn login(
    State(state): State<ConsoleState>,
    From(peer): From,
    headers: HeaderMap,
    Body(login): Body<Login>,
) -> Result<impl IntoResponse, Refusal> {
    if !headers.contains_key(CONSOLE_HEADER) {
        return Err(Refusal::new("console_header_missing", CONSOLE_HEADER));
    }
    let user = login.user.trim().to_lowercase();
    let long = user.chars().count() > USER_CHARS_MAX
        || login.password.chars().count() > PASSWORD_CHARS_MAX;
    if user.is_empty() || long {
        return Err(Refusal::new("bad_input", "user or password"));
    }
    let name = format!("user:{user}");
    let keys: Vec<String> = [Some(name.clone()), peer.map(|ip| format!("address:{ip}"))]
        .into_iter()
        .flatten()
        .collect();
    let now_ms = state.store().now_ms();
    if let Err(wait_ms) = state.0.limits.begin(&keys, now_ms) {
        let seconds = (wait_ms + 999) / 1000;
        let locked = CallError::new("login_locked", "too many wrong passwords");
        return Err(Refusal::of(
            locked
                .with("wait_s", seconds)
                .with("minutes", (seconds + 59) / 60),
        ));
    }
    let Some((programme, person)) = who(&state, &user, &login.password).await? else {
        return Err(Refusal::new("login_wrong", "user name or password"));
    };
    state.0.limits.succeeded(&name, &keys);
    let secret = state
        .sessions()
        .begin(programme, person.participant, now_ms)?;
    note(&state, programme, person.participant, "session.begin").await?;
    let me = about(&state, programme, person.participant).await?;
    let cookie = sessions::cookie(&secret, state.0.secure);
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(me)))
}

/// The person of this name and password, with a role on the console.
async fn who(state: &ConsoleState, user: &str, password: &str) -> Result<Option<(Uuid, Person)>> {
    let store = state.store();
    let mut known = Vec::new();
    for programme in store.programmes().await? {
        if let Some(person) = store.person_by_sign_in(programme.id, user).await? {
            known.push((programme.id, person));
        }
    }
    let hashes: Vec<String> = known
        .iter()
        .map(|(_, person)| {
            person
                .password_hash
                .clone()
                .unwrap_or_else(|| NOBODY.to_owned())
        })
        .collect();
    let password = password.to_owned();
    let closed = |_| Error::Damaged("the console is closing".to_owned());
    let _turn = state.0.checks.acquire().await.map_err(closed)?;
    let fits = tokio::task::spawn_blocking(move || {
        if hashes.is_empty() {
            // Only for the time that it takes.
            let _ = password_fits(&password, NOBODY);
        }
        hashes
            .iter()
            .position(|hash| password_fits(&password, hash))
    })
    .await
    .map_err(|error| Error::File(std::io::Error::other(error)))?;
    let Some((programme, person)) = fits.and_then(|at| known.into_iter().nth(at)) else {
        return Ok(None);
    };
    let id = person.participant.to_string();
    let found = store.entity::<Participant>(programme, &id).await?;
    let role = found.and_then(|participant| Role::from_name(&participant.role));
    Ok(role.map(|_| (programme, person)))
}

async fn note(state: &ConsoleState, programme: Uuid, person: Uuid, action: &str) -> Result<()> {
    let mut tx = state.store().begin(programme).await?;
    let id = person.to_string();
    tx.audit(&id, action, &id, &serde_json::json!({})).await?;
    tx.commit().await
}

/// Who is signed in.
#[utoipa::path(get, path = "/v1/console/me", tag = "console", responses(
    (status = 200, description = "the signed-in person", body = Me),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`console_header_missing`"),
))]
pub async fn me(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Me> {
    Ok(Json(
        about(&state, caller.programme, caller.participant).await?,
    ))
}

/// Ends the session.
#[utoipa::path(post, path = "/v1/console/logout", tag = "console", responses(
    (status = 200, description = "signed out"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`console_header_missing`"),
))]
pub async fn logout(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refusal> {
    if let Some(secret) = sessions::secret(&headers) {
        state.sessions().end(&secret);
    }
    note(&state, caller.programme, caller.participant, "session.end").await?;
    let cookie = sessions::cookie("", state.0.secure);
    Ok((
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        Json(serde_json::json!({})),
    ))
}

async fn about(state: &ConsoleState, programme: Uuid, participant: Uuid) -> Result<Me> {
    let store = state.store();
    let missing = |what: &str| Error::Damaged(format!("a console person without {what}"));
    let person = store
        .person(programme, participant)
        .await?
        .ok_or_else(|| missing("a name"))?;
    let found = store
        .entity::<Participant>(programme, &participant.to_string())
        .await?;
    let role = found
        .and_then(|found| Role::from_name(&found.role))
        .ok_or_else(|| missing("a role"))?;
    let look = store
        .entity::<Programme>(programme, ONLY)
        .await?
        .ok_or_else(|| missing("a programme"))?;
    let reviews_open = db::query_scalar(
        "SELECT COUNT(*) FROM entity WHERE programme_id = ? AND kind = 'review'
         AND json_extract(body, '$.status') = 'open'",
    )
    .bind(programme.to_string())
    .fetch_one(store.reads(programme))
    .await?;
    Ok(Me {
        participant: participant.to_string(),
        name: person.full_name(),
        role,
        language: person.language,
        programme: look.name,
        points_word: look.points_word,
        theme: look.theme,
        currency: look.currency,
        time_zone: look.time_zone,
        server_ms: store.now_ms(),
        reviews_open,
    })
}
