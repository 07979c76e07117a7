//! Booking an award: from a budget or the issuance into a pot, with its lot, its line of history and,
//! when it waits for something, its promise.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::{self, Overflow, RATE_ONE_BP};
use crate::earn::{self, EarnedAward, Terms};
use crate::entity::{
    Activity, Awaits, AwardNote, Beneficiary, EntityKind, Outlet, Promise, PromiseState,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::index::Index;
use crate::ledger::{
    Account, LotClass, LotId, LotTerms, Lots, ORIGIN_CHARS_MAX, Pot, Transfer, lot_id,
};
use crate::outcome::{
    Award, Because, Derivation, Outcome, PotRole, Upsert, WHOLE_EVENT, transfer_id,
};
use crate::ruleset::{RuleSet, Who};

use super::{Context, due, promise};

/// What an award is booked by. The context's instant and outlet are those of the event.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub context: &'a Context,
    pub facts: &'a Facts,
    pub rules: &'a Index,
}

/// What an award is about.
#[derive(Clone, Default)]
pub(super) struct About<'a> {
    /// The activity's kind: `sale`, `claim`, `visit`, `quiz`, `event` and so on.
    pub kind: &'a str,
    /// The activity's subject: a product, a task, a lesson.
    pub subject: Option<String>,
    /// The unit, when it is about one.
    pub unit: Option<String>,
    /// The sale, when it is for one.
    pub sale: Option<Uuid>,
    /// The number of the sale's invoice, as [`super::payment::invoice_of`] says.
    pub invoice: Option<String>,
    /// The event's currency, for what a point costs; empty when it has none.
    pub currency: &'a str,
}

/// One award to book.
pub(super) struct Slip {
    pub role: PotRole,
    pub class: LotClass,
    /// Who is credited; none for somebody whom only the server can find.
    pub to: Option<Beneficiary>,
    pub points: i64,
    pub terms: Terms,
    pub pending: Vec<Because>,
    pub derivation: Vec<Derivation>,
}

/// What booking awards to these beneficiaries depends on.
pub(super) fn needs(
    context: &Context,
    to: impl IntoIterator<Item = Beneficiary>,
    keys: &mut BTreeSet<FactKey>,
) {
    if let Some(outlet) = context.outlet {
        keys.insert(FactKey::of::<Outlet>(outlet.to_string()));
    }
    keys.extend(
        to.into_iter()
            .map(|to| FactKey::Balance(Account::Clawback(to.id()))),
    );
}

/// Who is credited for a part in the event, as far as it is known here.
pub(super) fn beneficiary(
    who: Who,
    person: Option<Uuid>,
    context: &Context,
) -> Option<Beneficiary> {
    match who {
        Who::Shop => context.outlet.map(Beneficiary::Outlet),
        _ => person.map(Beneficiary::Participant),
    }
}

/// Books one award of the rules. Answers what the sale or the unit should remember of it; nothing
/// where it is not known here whose it is.
pub(super) fn pay(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    award: &EarnedAward,
    about: &About<'_>,
) -> Result<Option<AwardNote>, Overflow> {
    let class = match award.who {
        Who::Buyer | Who::Referrer => LotClass::BuyerPoints,
        _ => LotClass::SellerIncentive,
    };
    let slip = Slip {
        role: award.who.into(),
        class,
        to: beneficiary(award.who, award.participant, desk.context),
        points: award.points,
        terms: award.terms.clone(),
        pending: award.pending.clone(),
        derivation: award.derivation.clone(),
    };
    book(outcome, desk, slip, about)
}

/// Books points for work or learning. What they wait for, if anything, is in `pending`.
pub(super) fn pay_work(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    points: i64,
    (pending, derivation): (Vec<Because>, Vec<Derivation>),
    about: &About<'_>,
) -> Result<Option<AwardNote>, Overflow> {
    let slip = Slip {
        role: PotRole::Worker,
        class: LotClass::Work,
        to: Some(Beneficiary::Participant(desk.context.actor)),
        points,
        terms: Terms::default(),
        pending,
        derivation,
    };
    book(outcome, desk, slip, about)
}

/// Books one award.
pub(super) fn book(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    mut slip: Slip,
    about: &About<'_>,
) -> Result<Option<AwardNote>, Overflow> {
    let mut awaits: Vec<Awaits> = Vec::new();
    for because in &slip.pending {
        let reason = promise::awaited(because);
        if !awaits.contains(&reason) {
            awaits.push(reason);
        }
    }
    if let Some((reason, because)) = promise::by_credit(&slip.terms.credit, desk, about) {
        awaits.push(reason);
        slip.pending.push(because);
    }
    for because in &slip.pending {
        if !outcome.pending.contains(because) {
            outcome.pending.push(because.clone());
        }
    }
    let note = match slip.to {
        Some(to) => Some(credit(outcome, desk, &slip, (to, awaits), about)?),
        None => None,
    };
    outcome.awards.push(Award {
        participant: slip.to.and_then(Beneficiary::participant),
        role: slip.role,
        points: slip.points,
        pending: slip.pending,
        derivation: slip.derivation,
    });
    Ok(note)
}

/// True when something that the outcome writes waits for a person's look.
pub(super) fn awaits_review(outcome: &Outcome) -> bool {
    let mut awards = outcome.awards.iter().flat_map(|award| &award.pending);
    awards
        .any(|because| promise::awaited(because) == Awaits::Review && !promise::is_credit(because))
}

/// Moves the points, and writes the line of history and the promise.
fn credit(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    slip: &Slip,
    (to, awaits): (Beneficiary, Vec<Awaits>),
    about: &About<'_>,
) -> Result<AwardNote, Overflow> {
    let promised = !awaits.is_empty();
    let moved = move_points(outcome, desk, slip, (to, promised), about)?;
    let mut because = slip.pending.clone();
    if moved.kept_back > 0 {
        because.push(Because::new("paid_back").with("points", moved.kept_back));
    }
    let line = Line {
        role: slip.role.as_str(),
        state: promise::state_of(&awaits),
        subject: about.subject.clone(),
        unit: about.unit.clone(),
        because,
        derivation: slip.derivation.clone(),
        ..Line::about(about.kind, to, slip.points)
    };
    let note = AwardNote {
        to,
        role: slip.role.as_str().to_owned(),
        points: slip.points.max(0),
        activity: record(outcome, desk.context, line),
        promised,
        lines: per_line(&slip.derivation, slip.points.max(0)),
        budget: slip.terms.budget,
        gross_up_points: moved.gross_up_points,
        returned_points: 0,
    };
    if promised {
        let promise = Promise {
            id: note.activity.clone(),
            to,
            role: note.role.clone(),
            points: note.points,
            awaits,
            state: PromiseState::Open,
            command_id: desk.context.command_id,
            lot: moved.lot,
            sale: about.sale,
            unit: about.unit.clone(),
            budget: note.budget,
            gross_up_points: note.gross_up_points,
            at_ms: desk.context.occurred_ms,
        };
        promise::write(outcome, &promise);
    }
    Ok(note)
}

/// What moved for an award beside its points.
struct Moved {
    lot: Option<LotId>,
    kept_back: i64,
    gross_up_points: i64,
}

/// Moves an award's points into the pot where they wait or can be spent, in a lot of their own.
fn move_points(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    slip: &Slip,
    (to, promised): (Beneficiary, bool),
    about: &About<'_>,
) -> Result<Moved, Overflow> {
    let points = slip.points.max(0);
    let gross_up_points = gross_up(slip, points, desk.rules)?;
    let (pot, kept_back) = if promised {
        (Pot::Pending, 0)
    } else {
        (Pot::Active, paid_back(outcome, desk, to, points)?)
    };
    let source = slip.terms.budget.map_or(Account::Issuance, Account::Budget);
    let terms = lot_terms(desk, slip, about);
    let expires_ms = terms.expires_ms;
    let transfer = Transfer::of("award")
        .leg(source, -points - gross_up_points)
        .leg(Account::TaxReserve, gross_up_points)
        .leg(Account::Clawback(to.id()), kept_back)
        .leg_lots(to.account(pot), points - kept_back, Lots::Born(terms))
        .finish()?;
    let lot = begun(outcome, desk.context, &transfer, to.account(pot));
    outcome.transfers.push(transfer);
    if let (Some(lot), Some(expires_ms)) = (lot, expires_ms) {
        due::when_lot_expires(outcome, (to, lot), expires_ms);
    }
    Ok(Moved {
        lot,
        kept_back,
        gross_up_points,
    })
}

/// The lot that a transfer about to be booked begins in an account, if it begins one there.
fn begun(
    outcome: &Outcome,
    context: &Context,
    transfer: &Transfer,
    account: Account,
) -> Option<LotId> {
    let booked = outcome
        .transfers
        .iter()
        .filter(|transfer| !transfer.legs.is_empty());
    let id = transfer_id(context.command_id, booked.count());
    let leg = transfer
        .legs
        .iter()
        .position(|leg| leg.account == account)?;
    Some(lot_id(id, u32::try_from(leg).ok()?))
}

/// What the budget pays for tax on top of an award, rounded up.
fn gross_up(slip: &Slip, points: i64, rules: &RuleSet) -> Result<i64, Overflow> {
    let budget = slip.terms.budget;
    let found = rules.budgets.iter().find(|known| Some(known.id) == budget);
    let rate_bp = found.map_or(0, |budget| budget.gross_up_bp.max(0));
    amount::checked(earn::cost(points, rate_bp) - i128::from(points))
}

/// How much of `points` pays back what the beneficiary owes, after what this outcome has moved so far.
/// Where that is not known, nothing: the server knows, and its answer differs then.
pub(super) fn paid_back(
    outcome: &Outcome,
    desk: Desk<'_>,
    to: Beneficiary,
    points: i64,
) -> Result<i64, Overflow> {
    let debt = Account::Clawback(to.id());
    let owed = balance(outcome, desk.facts, debt).map_or(0, |owed| owed.min(0).saturating_neg());
    let share_bp = desk.rules.clawback.share_bp_max.clamp(0, RATE_ONE_BP);
    let most = i128::from(points.max(0)) * i128::from(share_bp) / i128::from(RATE_ONE_BP);
    Ok(owed.min(amount::checked(most)?))
}

/// An account's balance in points after what this outcome has moved so far, if it is known here.
pub(super) fn balance(outcome: &Outcome, facts: &Facts, account: Account) -> Option<i64> {
    let moved = outcome.deltas().get(&account).copied().unwrap_or(0);
    Some(facts.balance(account)?.saturating_add(moved))
}

fn lot_terms(desk: Desk<'_>, slip: &Slip, about: &About<'_>) -> LotTerms {
    let at_ms = desk.context.occurred_ms;
    let budget = slip.terms.budget;
    let budgets = &desk.rules.budgets;
    let of_budget = || {
        budgets
            .iter()
            .find(|known| Some(known.id) == budget)?
            .funder
    };
    let outlet = desk
        .context
        .outlet
        .map(|outlet| desk.facts.see::<Outlet>(&outlet.to_string()));
    let (country, home) = match &outlet {
        Some(Seen::Known(outlet)) => (outlet.country.parse().ok(), outlet.currency.as_str()),
        _ => (None, ""),
    };
    let currency = if about.currency.is_empty() {
        home
    } else {
        about.currency
    };
    let cost = desk.rules.minor_per_point_micro(currency, at_ms);
    let origin = slip
        .derivation
        .first()
        .map_or("", |step| step.rule.as_str());
    LotTerms {
        funder: slip.terms.funder.or_else(of_budget),
        unit_cost_micro: cost.unwrap_or(0).max(0),
        currency: cost.and_then(|_| currency.parse().ok()),
        country,
        class: slip.class,
        origin: origin.chars().take(ORIGIN_CHARS_MAX).collect(),
        expires_ms: slip
            .terms
            .expires_days
            .map(|days| promise::days_after(at_ms, days)),
    }
}

/// What each line came to, in the order of the lines: the last points of its steps. Steps about a
/// part of something else do not count, and arithmetic of an earlier time, which does not name its
/// lines, is one whole.
fn per_line(derivation: &[Derivation], points: i64) -> Vec<(i64, i64)> {
    let mut lines = std::collections::BTreeMap::new();
    let inner = |step: &Derivation| step.params.get("inner").is_some_and(|inner| inner == true);
    for step in derivation.iter().filter(|step| !inner(step)) {
        lines.insert(step.line, step.points);
    }
    let sound = lines.values().all(|part| *part >= 0);
    if sound && amount::sum(lines.values().copied()) == Ok(points) {
        return lines.into_iter().filter(|line| line.1 != 0).collect();
    }
    vec![(WHOLE_EVENT, points)]
}

/// A line of somebody's history about this command.
pub(super) struct Line<'a> {
    pub kind: &'a str,
    pub to: Beneficiary,
    pub role: &'a str,
    pub state: &'a str,
    pub points: i64,
    pub subject: Option<String>,
    pub unit: Option<String>,
    pub because: Vec<Because>,
    pub derivation: Vec<Derivation>,
}

impl<'a> Line<'a> {
    /// A line of a member, about nothing in particular, without anything to explain.
    pub fn about(kind: &'a str, to: Beneficiary, points: i64) -> Self {
        Self {
            kind,
            to,
            role: "member",
            state: "active",
            points,
            subject: None,
            unit: None,
            because: Vec::new(),
            derivation: Vec::new(),
        }
    }
}

/// Writes a line of history into the outcome, visible to whom it is about. Answers its id:
/// `COMMAND:role`, and `COMMAND:role:N` for further ones of a role, from 2.
pub(super) fn record(outcome: &mut Outcome, context: &Context, line: Line<'_>) -> String {
    let first = format!("{}:{}", context.command_id, line.role);
    let further = format!("{first}:");
    let lines = outcome
        .upserts
        .iter()
        .filter(|upsert| upsert.kind == EntityKind::Activity);
    let before = lines.filter(|upsert| upsert.id == first || upsert.id.starts_with(&further));
    let id = match before.count() {
        0 => first,
        before => format!("{further}{}", before + 1),
    };
    let activity = Activity {
        id: id.clone(),
        command_id: context.command_id,
        participant: line.to.id(),
        kind: line.kind.to_owned(),
        at_ms: context.occurred_ms,
        points: line.points,
        state: line.state.to_owned(),
        subject: line.subject,
        outlet: context.outlet,
        unit: line.unit,
        because: line.because,
        derivation: line.derivation,
    };
    outcome
        .upserts
        .push(Upsert::of(id.clone(), &activity, &[line.to.scope()]));
    id
}
