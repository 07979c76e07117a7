//! The console: sessions of its people, its routes under `/v1/console`, and its files.
//!
//! [`router`] gives everything as one axum router; [`rights`] says who may call what, and denies the
//! rest. Whatever changes something is a command or writes the audit log itself.

mod allowance;
mod audit;
mod claims;
mod devices;
mod events;
mod files;
mod forks;
mod limits;
mod money;
mod names;
mod offline;
mod overview;
mod people;
mod photos;
mod products;
mod qr;
mod receipts;
mod reply;
mod reviews;
mod rights;
mod rules;
mod sales;
mod series;
mod sessions;
mod sign_in;
pub mod typescript;
mod visits;
mod vouchers;

use std::sync::Arc;

use axum::{Router, middleware};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use allowance::{AllowanceNow, AllowanceRow, AllowanceWish};
pub use audit::AuditRow;
pub use claims::ClaimRow;
pub use devices::{DeviceRow, Enrolment, EnrolmentWish};
pub use events::{EventNames, EventRecorded, EventWish};
pub use forks::{ForkRow, ForkSide, ForkStep};
pub use limits::{ADDRESS_FAILURES_MAX, LOGIN_FAILURES_MAX, LOGIN_WINDOW_MS};
pub use money::{LeaseRow, Money};
pub use names::Named;
pub use offline::{ClearLoss, UsedTwice, VoucherUseRow, WriteOff, WrittenOff};
pub use overview::{Figure, Overview, Waiting};
pub use people::{ActivityRow, PersonDetail, PersonRow};
pub use products::{
    CHANGES_MAX, PIECE_POINTS_MAX, PointsChange, PointsChanges, PriceStep, ProductList, ProductRow,
    Published,
};
pub use receipts::{
    AliasRow, AliasWish, CashierWish, OutletSignal, ReceiptDecided, ReceiptDecision, ReceiptDetail,
    ReceiptRow, ReceiptSettings, ReceiptSettingsWish, RecogniseWish, Recognised,
};
pub use reply::{PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, Page};
pub use reviews::{Decided, Decision, ReviewDetail, ReviewRow};
pub use rights::{CONSOLE_HEADER, RIGHTS, Role};
pub use rules::{
    DraftWish, ProblemRow, PublishWish, REPLAYS_MAX, ReplayPhase, ReplayState, ReplayWish,
    RulesChecked, RulesNow, RulesPublished, RulesVersion, RulesVersions,
};
pub use sales::{AwardRow, CommandStep, EvidenceRow, SaleDetail, SaleRow, UnitRow};
pub use series::{
    CodeFound, ExportWish, Figures, Part, PartWish, ReturnDone, ReturnWish, SeriesFilled,
    SeriesMade, SeriesRow, SeriesShipped, SeriesVoided, SheetWish,
};
pub use sessions::{COOKIE, SESSION_AGE_MS_MAX, SESSION_IDLE_MS_MAX};
pub use sign_in::{Login, Me};
pub use visits::VisitRow;
pub use vouchers::{CancelVoucher, OpenVoucherRow};

use crate::store::Store;
use limits::LoginLimits;
use sessions::Sessions;

/// How many passwords are looked at side by side: each takes memory and time on purpose.
const PASSWORD_CHECKS_MAX: usize = 2;

struct Inner {
    store: Arc<Store>,
    public_url: Option<String>,
    secure: bool,
    sessions: Sessions,
    limits: LoginLimits,
    checks: tokio::sync::Semaphore,
    replays: rules::Replays,
}

/// What the console's routes share.
#[derive(Clone)]
pub struct ConsoleState(Arc<Inner>);

impl ConsoleState {
    /// A console over a store. `public_url` is the address that devices reach the server by, as
    /// enrolment codes carry it; without one it is the address that the console was opened by.
    /// `secure` is true when that is HTTPS: the session's cookie then travels only so.
    #[must_use]
    pub fn new(store: Arc<Store>, public_url: Option<String>, secure: bool) -> Self {
        Self(Arc::new(Inner {
            store,
            public_url,
            secure,
            sessions: Sessions::default(),
            limits: LoginLimits::default(),
            checks: tokio::sync::Semaphore::new(PASSWORD_CHECKS_MAX),
            replays: rules::Replays::default(),
        }))
    }

    fn store(&self) -> &Store {
        &self.0.store
    }

    fn store_owned(&self) -> Arc<Store> {
        Arc::clone(&self.0.store)
    }

    fn replays(&self) -> &rules::Replays {
        &self.0.replays
    }

    fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }
}

fn behind_session() -> OpenApiRouter<ConsoleState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in::me))
        .routes(routes!(sign_in::logout))
        .routes(routes!(overview::overview))
        .routes(routes!(people::list))
        .routes(routes!(people::detail))
        .routes(routes!(events::names))
        .routes(routes!(events::record))
        .routes(routes!(sales::list::list))
        .routes(routes!(sales::one::detail))
        .routes(routes!(claims::list))
        .routes(routes!(receipts::list))
        .routes(routes!(receipts::detail))
        .routes(routes!(receipts::acts::decide))
        .routes(routes!(receipts::acts::retry))
        .routes(routes!(receipts::aliases::list, receipts::aliases::put))
        .routes(routes!(receipts::settings::show, receipts::settings::put))
        .routes(routes!(receipts::settings::cashier))
        .routes(routes!(receipts::recognise::read))
        .routes(routes!(receipts::trials::alias))
        .routes(routes!(receipts::trials::source))
        .routes(routes!(visits::list))
        .routes(routes!(reviews::list))
        .routes(routes!(reviews::detail))
        .routes(routes!(reviews::decide))
        .routes(routes!(products::list::list))
        .routes(routes!(products::publish::preview))
        .routes(routes!(products::publish::publish))
        .routes(routes!(rules::current))
        .routes(routes!(rules::versions::versions))
        .routes(routes!(rules::draft::check))
        .routes(routes!(rules::draft::publish))
        .routes(routes!(rules::replay::start, rules::replay::state))
        .routes(routes!(rules::replay::cancel))
        .routes(routes!(devices::outlets))
        .routes(routes!(devices::list))
        .routes(routes!(forks::forked))
        .routes(routes!(devices::revoke))
        .routes(routes!(devices::enrol))
        .routes(routes!(money::leases))
        .routes(routes!(offline::used_twice))
        .routes(routes!(vouchers::open))
        .routes(routes!(vouchers::cancel))
        .routes(routes!(offline::write_off))
        .routes(routes!(offline::clear_loss))
        .routes(routes!(allowance::set))
        .routes(routes!(audit::list))
        .routes(routes!(photos::photo))
        .routes(routes!(series::list, series::acts::make))
        .routes(routes!(series::one))
        .routes(routes!(series::acts::fill))
        .routes(routes!(series::lookup::find))
        .routes(routes!(series::acts::ship))
        .routes(routes!(series::acts::void))
        .routes(routes!(series::print::sheet))
        .routes(routes!(series::print::export))
        .routes(routes!(series::acts::take_back))
}

/// The description of the console's routes.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    OpenApiRouter::<ConsoleState>::new()
        .routes(routes!(sign_in::login))
        .merge(behind_session())
        .split_for_parts()
        .1
}

/// The console's routes. The files are in [`files_router`].
pub fn api(state: ConsoleState) -> Router {
    let guard = middleware::from_fn_with_state(state.clone(), rights::guard);
    let (open, _) = OpenApiRouter::new()
        .routes(routes!(sign_in::login))
        .split_for_parts();
    let (closed, _) = behind_session().split_for_parts();
    open.merge(closed.route_layer(guard))
        .layer(middleware::from_fn(files::guard_answers))
        .with_state(state)
}

/// The console's files: `/` and what it loads.
pub fn files_router() -> Router {
    files::router()
}

/// Routes and files together.
pub fn router(state: ConsoleState) -> Router {
    api(state).merge(files_router())
}
