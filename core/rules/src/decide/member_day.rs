//! How much one member may be handed in a day without a network. A till and the server count alike: per
//! terminal, since tills that cannot talk to each other cannot count together. The count is an effect of
//! the redemptions themselves, so that it is as durable as they are.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::command::RewardRedeem;
use crate::earn::local::Local;
use crate::entity::MemberDay;
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

use super::Context;
use super::pay::Desk;

pub(super) fn needs(member: Uuid, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<MemberDay>(MemberDay::id_of(
        context.device,
        member,
    )));
}

/// What a terminal handed to a member on the day of `occurred_ms` (UTC milliseconds), as far as `known`
/// says. A day that is over begins anew; a clock that went back goes on with the later day, so that it
/// wins nothing.
fn today(known: Option<MemberDay>, rules: &RuleSet, occurred_ms: i64) -> MemberDay {
    let day = Local::at(occurred_ms, &rules.zone).day;
    known
        .filter(|known| known.day >= day)
        .unwrap_or(MemberDay { day, points: 0 })
}

/// How much more a terminal may hand to a member without a network on the day of `occurred_ms` (UTC
/// milliseconds), points; zero or more. `known` is what it is known to have handed over.
#[must_use]
pub fn left_today(known: Option<MemberDay>, rules: &RuleSet, occurred_ms: i64) -> i64 {
    let most = rules.limits.offline_member_day_points_max;
    let taken = today(known, rules, occurred_ms).points;
    most.saturating_sub(taken).max(0)
}

fn known(member: Uuid, context: &Context, facts: &Facts) -> Option<MemberDay> {
    match facts.see::<MemberDay>(&MemberDay::id_of(context.device, member)) {
        Seen::Known(known) => Some(known),
        Seen::Absent | Seen::Unknown => None,
    }
}

/// Why a redemption under a lease is more than the member may be handed that day.
pub(super) fn beyond(redeem: &RewardRedeem, desk: Desk<'_>) -> Option<Because> {
    let known = known(redeem.participant, desk.context, desk.facts);
    let left = left_today(known, desk.rules, desk.context.occurred_ms);
    (redeem.cost_points > left).then(|| {
        Because::new("offline_day_exceeded")
            .with("cost", redeem.cost_points)
            .with("left", left)
    })
}

/// Counts a redemption under a lease.
pub(super) fn count(outcome: &mut Outcome, redeem: &RewardRedeem, desk: Desk<'_>) {
    let known = known(redeem.participant, desk.context, desk.facts);
    let mut day = today(known, desk.rules, desk.context.occurred_ms);
    day.points = day.points.saturating_add(redeem.cost_points);
    let scopes: Vec<Scope> = desk.context.outlet.map(Scope::Outlet).into_iter().collect();
    let id = MemberDay::id_of(desk.context.device, redeem.participant);
    outcome.upserts.push(Upsert::of(id, &day, &scopes));
}
