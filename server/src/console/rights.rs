//! Who may do what: one table of all routes. A route that is not in it is denied to everybody.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use carrot_rules::entity::Participant;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::reply::Refusal;
use super::{ConsoleState, sessions};

/// The header that every call of the console carries. A page of another origin cannot send it
/// without asking first, so a cookie alone moves nothing.
pub const CONSOLE_HEADER: &str = "x-carrot-console";

/// What a console person is in their programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sets up and publishes.
    Manager,
    /// Looks at what waits for a decision.
    Approver,
    /// Buys for a partner: sees the price list and their own outlets' sales.
    Purchaser,
}

impl Role {
    /// The role by a participant's role name; none for people without a place on the console.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "manager" => Some(Self::Manager),
            "approver" => Some(Self::Approver),
            "purchaser" => Some(Self::Purchaser),
            _ => None,
        }
    }
}

const ALL: &[Role] = &[Role::Manager, Role::Approver, Role::Purchaser];
const DECIDERS: &[Role] = &[Role::Manager, Role::Approver];
const MANAGERS: &[Role] = &[Role::Manager];

/// Every route behind a session: method, path and the roles that may call it.
pub const RIGHTS: &[(Method, &str, &[Role])] = &[
    (Method::GET, "/v1/console/me", ALL),
    (Method::POST, "/v1/console/logout", ALL),
    (Method::GET, "/v1/console/overview", DECIDERS),
    (Method::GET, "/v1/console/participants", DECIDERS),
    (Method::GET, "/v1/console/participants/{id}", DECIDERS),
    (Method::GET, "/v1/console/events", MANAGERS),
    (
        Method::POST,
        "/v1/console/participants/{id}/events",
        MANAGERS,
    ),
    (Method::GET, "/v1/console/sales", ALL),
    (Method::GET, "/v1/console/sales/{id}", ALL),
    (Method::GET, "/v1/console/claims", DECIDERS),
    (Method::GET, "/v1/console/receipts", DECIDERS),
    (Method::GET, "/v1/console/receipts/{key}", DECIDERS),
    (Method::POST, "/v1/console/receipts/{key}/decide", DECIDERS),
    (Method::POST, "/v1/console/receipts/{key}/retry", DECIDERS),
    (Method::GET, "/v1/console/receipt-aliases", DECIDERS),
    (Method::POST, "/v1/console/receipt-aliases", DECIDERS),
    (Method::POST, "/v1/console/receipt-recognition", DECIDERS),
    (Method::GET, "/v1/console/receipt-settings", MANAGERS),
    (Method::POST, "/v1/console/receipt-settings", MANAGERS),
    (Method::POST, "/v1/console/receipt-settings/test", MANAGERS),
    (
        Method::POST,
        "/v1/console/receipt-aliases/preview",
        DECIDERS,
    ),
    (
        Method::POST,
        "/v1/console/participants/{id}/cashier",
        MANAGERS,
    ),
    (Method::GET, "/v1/console/visits", DECIDERS),
    (Method::GET, "/v1/console/reviews", DECIDERS),
    (Method::GET, "/v1/console/reviews/{id}", DECIDERS),
    (Method::POST, "/v1/console/reviews/{id}/decide", DECIDERS),
    (Method::GET, "/v1/console/products", ALL),
    (Method::POST, "/v1/console/products/preview", MANAGERS),
    (Method::POST, "/v1/console/products/publish", MANAGERS),
    (Method::GET, "/v1/console/rules", DECIDERS),
    (Method::GET, "/v1/console/rules/versions", DECIDERS),
    (Method::POST, "/v1/console/rules/check", MANAGERS),
    (Method::POST, "/v1/console/rules/publish", MANAGERS),
    (Method::GET, "/v1/console/rules/replay", DECIDERS),
    (Method::POST, "/v1/console/rules/replay", MANAGERS),
    (Method::POST, "/v1/console/rules/replay/cancel", MANAGERS),
    (Method::GET, "/v1/console/outlets", ALL),
    (Method::GET, "/v1/console/devices", DECIDERS),
    (Method::GET, "/v1/console/devices/forked", DECIDERS),
    (Method::POST, "/v1/console/devices/{id}/revoke", MANAGERS),
    (Method::POST, "/v1/console/enrolments", MANAGERS),
    (Method::GET, "/v1/console/leases", DECIDERS),
    (Method::POST, "/v1/console/leases/{id}/write-off", MANAGERS),
    (Method::POST, "/v1/console/leases/{id}/clear", MANAGERS),
    (Method::POST, "/v1/console/allowance", MANAGERS),
    (Method::GET, "/v1/console/vouchers/used-twice", DECIDERS),
    (Method::GET, "/v1/console/vouchers/open", DECIDERS),
    (Method::POST, "/v1/console/vouchers/{id}/cancel", MANAGERS),
    (Method::GET, "/v1/console/audit", MANAGERS),
    (Method::GET, "/v1/console/photos/{sha256}", DECIDERS),
    (Method::GET, "/v1/console/series", DECIDERS),
    (Method::POST, "/v1/console/series", MANAGERS),
    (Method::GET, "/v1/console/series/{code}", DECIDERS),
    (Method::POST, "/v1/console/series/{code}/fill", MANAGERS),
    (Method::GET, "/v1/console/codes", DECIDERS),
    (Method::POST, "/v1/console/series/{code}/ship", MANAGERS),
    (Method::POST, "/v1/console/series/{code}/void", MANAGERS),
    (Method::POST, "/v1/console/series/{code}/sheet", MANAGERS),
    (Method::POST, "/v1/console/series/{code}/export", MANAGERS),
    (Method::POST, "/v1/console/returns", DECIDERS),
];

/// Who calls, as the guard found them.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Programme.
    pub programme: Uuid,
    /// The person.
    pub participant: Uuid,
    /// The only outlets that they may see; none when they may see all.
    pub outlets: Option<Vec<Uuid>>,
}

impl Caller {
    /// The caller for entries of the audit log.
    #[must_use]
    pub fn actor(&self) -> String {
        self.participant.to_string()
    }
}

fn allowed(method: &Method, path: &str, role: Role) -> bool {
    RIGHTS
        .iter()
        .any(|(known, route, roles)| known == method && *route == path && roles.contains(&role))
}

/// Lets a call through when it carries the header, an open session, and a role that the table names.
/// The role is read anew each time: who loses it is out at once.
pub async fn guard(
    State(state): State<ConsoleState>,
    path: MatchedPath,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let signed_out = || Refusal::new("not_signed_in", "no open session");
    let picture = request.method() == Method::GET && path.as_str().contains("/photos/");
    if !picture && !request.headers().contains_key(CONSOLE_HEADER) {
        return Err(Refusal::new("console_header_missing", CONSOLE_HEADER));
    }
    let store = state.store();
    let secret = sessions::secret(request.headers()).ok_or_else(signed_out)?;
    let (programme, participant) = state
        .sessions()
        .find(&secret, store.now_ms())
        .ok_or_else(signed_out)?;
    let person = store
        .entity::<Participant>(programme, &participant.to_string())
        .await?;
    let person = person.ok_or_else(signed_out)?;
    let role = Role::from_name(&person.role)
        .filter(|role| allowed(request.method(), path.as_str(), *role))
        .ok_or_else(|| Refusal::new("not_permitted", "the role may not do this"))?;
    let now_ms = store.now_ms();
    let own = || {
        let works = |outlet: &Uuid| person.employed_at(*outlet, now_ms);
        person
            .employments
            .iter()
            .map(|job| job.outlet)
            .filter(works)
            .collect()
    };
    let outlets = (role == Role::Purchaser).then(own);
    request.extensions_mut().insert(Caller {
        programme,
        participant,
        outlets,
    });
    Ok(next.run(request).await)
}
