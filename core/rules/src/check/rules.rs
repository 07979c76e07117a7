//! Rules one by one: dates, beneficiaries, limits, credit, names.

use std::collections::BTreeSet;

use super::bounds::{DAYS_MAX, ID_CHARS_MAX, LIMITS_MAX, RULES_MAX};
use super::codes::{
    BENEFICIARY_NEVER_THERE, DATES_REVERSED, EXPIRES_BEFORE_CREDIT, LIMIT_WITHOUT_MAXIMUM,
    MALFORMED_TEXT, NO_INVOICE, RULE_OVER, SHARE_TWICE, SHARES_SIDES_MIXED, SHARES_SUM,
};
use super::impossible::Seed;
use super::problem::{Place, shown};
use super::{Look, Problem, conditions, effects};
use crate::amount::{AMOUNT_SIZE_MAX, RATE_ONE_BP};
use crate::ledger::Name;
use crate::ruleset::{Credit, Effect, Limit, Rule, Share, Trigger, WINDOW_DAYS_MAX, Who, Window};

/// What derivations call the price list: no rule can have this id.
const PRICE_LIST: &str = "price_list";

/// Checks every rule.
pub(super) fn check(look: &mut Look<'_>) {
    let place = Place::ROOT.key("rules");
    let set = look.set;
    if !look.length(&place, set.rules.len(), (0, RULES_MAX)) {
        return;
    }
    let mut ids = BTreeSet::from([PRICE_LIST]);
    for (index, rule) in set.rules.iter().enumerate() {
        let place = place.at(index);
        look.id(&place.key("id"), &rule.id, false, &mut ids);
        look.title(&place.key("title"), &rule.title);
        trigger(look, &rule.trigger, &place.key("trigger"));
        let seed = Seed {
            trigger: &rule.trigger,
            currency: currency_of(&rule.effect),
            referred: !rule.to.is_empty() && rule.to.iter().all(|share| share.who == Who::Referrer),
        };
        conditions::check(look, &rule.when, &place.key("when"), &seed);
        dates(look, rule, &place);
        effects::check(look, rule, &place);
        shares(look, rule, &place.key("to"));
        limits(look, &rule.limits, &place.key("limits"));
        terms(look, rule, &place);
    }
}

fn currency_of(effect: &Effect) -> Option<&str> {
    match effect {
        Effect::PerAmount { currency, .. } | Effect::Percent { currency, .. } => Some(currency),
        // Only one level: nested levels are refused elsewhere.
        Effect::Levels { of, .. } => match of.as_ref() {
            Effect::PerAmount { currency, .. } | Effect::Percent { currency, .. } => Some(currency),
            _ => None,
        },
        _ => None,
    }
}

/// Checks what a rule or a tally looks at.
pub(super) fn trigger(look: &mut Look<'_>, trigger: &Trigger, place: &Place<'_>) {
    let catalogue = look.catalogue;
    match trigger {
        Trigger::Event(name) => {
            look.known(
                &place.key("event"),
                "measured event",
                name,
                catalogue.events.as_ref(),
            );
        }
        Trigger::Quiet { days } => {
            look.range(&place.key("quiet").key("days"), *days, (1, DAYS_MAX));
        }
        Trigger::Anniversary { days } => {
            look.range(&place.key("anniversary").key("days"), *days, (1, DAYS_MAX));
        }
        Trigger::Sale | Trigger::Payment | Trigger::Joined => {}
    }
}

/// Checks over which time something counts.
pub(super) fn window(look: &mut Look<'_>, window: Window, place: &Place<'_>) {
    if let Window::Days(days) = window {
        look.range(&place.key("days"), days, (1, WINDOW_DAYS_MAX));
    }
}

fn dates(look: &mut Look<'_>, rule: &Rule, place: &Place<'_>) {
    let place = place.key("ends_ms");
    let Some(ends_ms) = rule.ends_ms else { return };
    if let Some(starts_ms) = rule.starts_ms.filter(|starts_ms| *starts_ms >= ends_ms) {
        let detail = format!("The rule begins at {starts_ms} and ends at {ends_ms}.");
        look.report.say(&DATES_REVERSED, &place, detail);
    } else if let Some(now_ms) = look.catalogue.now_ms.filter(|now_ms| ends_ms <= *now_ms) {
        let detail = format!("The rule ended at {ends_ms}, and now is {now_ms}.");
        look.report.say(&RULE_OVER, &place, detail);
    }
}

/// True for a beneficiary of the buyer's side.
pub(super) fn of_buyer(who: Who) -> bool {
    matches!(who, Who::Buyer | Who::Referrer)
}

fn shares(look: &mut Look<'_>, rule: &Rule, place: &Place<'_>) {
    let mut seen = BTreeSet::new();
    let mut sum_bp = 0_i128;
    for (index, share) in rule.to.iter().enumerate() {
        let place = place.at(index);
        look.range(&place.key("share_bp"), share.share_bp, (1, RATE_ONE_BP));
        sum_bp += i128::from(share.share_bp);
        if !seen.insert(share.who) {
            look.report.say(
                &SHARE_TWICE,
                &place,
                "This beneficiary has a share already.",
            );
        }
        if never_there(&rule.trigger, share.who) {
            let detail = "Events of this trigger have no such person.";
            look.report
                .say(&BENEFICIARY_NEVER_THERE, &place.key("who"), detail);
        }
    }
    if sum_bp != i128::from(RATE_ONE_BP) {
        let detail = format!("The shares come to {sum_bp} basis points, not to {RATE_ONE_BP}.");
        let problem = Problem::new(&SHARES_SUM, place.pointer(), detail);
        look.report.push(problem.with("sum_bp", sum_bp.to_string()));
    }
    let buyers = |share: &Share| of_buyer(share.who);
    // Only sales have two sides.
    let sides = rule.trigger == Trigger::Sale;
    if sides && rule.to.iter().any(buyers) && !rule.to.iter().all(buyers) {
        let detail =
            "Buyer and referrer are one side; seller, actor, owner, shop and staff the other.";
        look.report.say(&SHARES_SIDES_MIXED, place, detail);
    }
}

/// True when events of this trigger, as they are recorded, never have this beneficiary.
fn never_there(trigger: &Trigger, who: Who) -> bool {
    match who {
        Who::Buyer | Who::Referrer => false,
        Who::Seller => *trigger != Trigger::Sale,
        Who::Actor => matches!(
            trigger,
            Trigger::Payment | Trigger::Quiet { .. } | Trigger::Anniversary { .. }
        ),
        Who::Owner | Who::Shop | Who::Staff => !conditions::has_outlet(trigger),
    }
}

fn limits(look: &mut Look<'_>, limits: &[Limit], place: &Place<'_>) {
    if !look.length(place, limits.len(), (0, LIMITS_MAX)) {
        return;
    }
    for (index, limit) in limits.iter().enumerate() {
        let place = place.at(index);
        window(look, limit.within, &place.key("within"));
        for (key, most) in [
            ("points_max", limit.points_max),
            ("times_max", limit.times_max),
        ] {
            if let Some(most) = most {
                look.range(&place.key(key), most, (1, AMOUNT_SIZE_MAX));
            }
        }
        if limit.points_max.is_none() && limit.times_max.is_none() {
            look.report
                .say(&LIMIT_WITHOUT_MAXIMUM, &place, "The limit bounds nothing.");
        }
    }
}

fn terms(look: &mut Look<'_>, rule: &Rule, place: &Place<'_>) {
    let catalogue = look.catalogue;
    let missing = |budget: &Name| !look.names.budgets.contains_key(budget.as_str());
    if let Some(budget) = rule.budget.filter(missing) {
        look.unknown(&place.key("budget"), "budget", budget.as_str());
    }
    if let Some(funder) = rule.funder {
        look.known(
            &place.key("funder"),
            "funder",
            funder.as_str(),
            catalogue.funders.as_ref(),
        );
    }
    let group = rule.group.as_deref().unwrap_or("group");
    if group.is_empty() || group.chars().count() > ID_CHARS_MAX {
        let detail = format!(
            "{} is not a name of 1 to {ID_CHARS_MAX} characters.",
            shown(group)
        );
        look.report
            .say(&MALFORMED_TEXT, &place.key("group"), detail);
    }
    if let Some(days) = rule.expires_days {
        look.range(&place.key("expires_days"), days, (1, DAYS_MAX));
    }
    credit(look, rule, place);
}

fn credit(look: &mut Look<'_>, rule: &Rule, place: &Place<'_>) {
    let credit = place.key("credit");
    let waits_days = match rule.credit {
        Credit::Now => return,
        Credit::AfterReturnWindow { days } => {
            look.range(
                &credit.key("after_return_window").key("days"),
                days,
                (1, DAYS_MAX),
            );
            days
        }
        Credit::WhenPaid { days } => {
            look.range(&credit.key("when_paid").key("days"), days, (1, DAYS_MAX));
            if !effects::has_lines(&rule.trigger) {
                let detail = "Only sales and payments have an invoice.";
                look.report.say(&NO_INVOICE, &credit, detail);
            }
            days
        }
        Credit::NextMonth { day } => {
            look.range(&credit.key("next_month").key("day"), day, (1, 28));
            // From the last day of a month to this day of the next one.
            day
        }
    };
    if let Some(days) = rule.expires_days.filter(|days| *days <= waits_days) {
        let detail =
            format!("The points expire after {days} days and wait for up to {waits_days} or more.");
        look.report
            .say(&EXPIRES_BEFORE_CREDIT, &place.key("expires_days"), detail);
    }
}
