//! Effects: numbers in their range, and effects that fit their trigger and their beneficiaries.

use super::Look;
use super::bands;
use super::bounds::RATE_BP_MAX;
use super::codes::{
    DISCOUNT_TO_OTHERS, DISCOUNT_WITH_TERMS, EVERY_OF_OTHER_EVENT, GIVES_NOTHING, LEVELS_NESTED,
    LEVELS_TO_OTHERS, LINE_EFFECT_WITHOUT_LINES, MEASURE_WITHOUT_VALUE, MULTIPLIER_SHARED, NO_PEG,
};
use super::conditions;
use super::problem::{Place, shown};
use crate::amount::{AMOUNT_SIZE_MAX, RATE_ONE_BP};
use crate::ruleset::{Effect, Gives, LEVELS_MAX, Rate, Rule, Trigger, Who};

/// Checks a rule's effect; `place` is the rule's.
pub(super) fn check(look: &mut Look<'_>, rule: &Rule, place: &Place<'_>) {
    let place = place.key("effect");
    effect(look, rule, &rule.effect, &place);
    if rule.effect.is_discount() {
        discount(look, rule, &place);
    }
}

/// True when events of this trigger have lines.
pub(super) fn has_lines(trigger: &Trigger) -> bool {
    matches!(trigger, Trigger::Sale | Trigger::Payment)
}

fn effect(look: &mut Look<'_>, rule: &Rule, effect: &Effect, place: &Place<'_>) {
    if effect.of_line() && !has_lines(&rule.trigger) {
        let detail = "Events of this trigger have no lines, so this effect comes to nothing.";
        look.report.say(&LINE_EFFECT_WITHOUT_LINES, place, detail);
    }
    match effect {
        Effect::PerUnit { points: each } => points(look, &place.key("per_unit"), *each),
        Effect::Fixed { points: each } => points(look, &place.key("fixed"), *each),
        Effect::PerAmount {
            currency,
            step_minor,
            points: each,
        } => {
            let place = place.key("per_amount");
            look.currency(&place.key("currency"), currency);
            look.range(&place.key("step_minor"), *step_minor, (1, AMOUNT_SIZE_MAX));
            points(look, &place, *each);
        }
        Effect::Percent {
            currency,
            rate,
            gives,
        } => percent(look, rule, (currency, rate, *gives), &place.key("percent")),
        Effect::Multiply { rate_bp } => multiply(look, rule, *rate_bp, &place.key("multiply")),
        Effect::Every {
            tally,
            nth,
            points: each,
        } => every(look, rule, (tally, *nth, *each), &place.key("every")),
        Effect::PerMeasure { step, points: each } => {
            if !matches!(rule.trigger, Trigger::Event(_)) {
                let detail = "Only measured events have a value.";
                look.report.say(&MEASURE_WITHOUT_VALUE, place, detail);
            }
            let place = place.key("per_measure");
            look.range(&place.key("step"), *step, (1, AMOUNT_SIZE_MAX));
            points(look, &place, *each);
        }
        Effect::Levels { of, shares_bp } => {
            levels(look, rule, (of, shares_bp), &place.key("levels"));
        }
    }
}

fn points(look: &mut Look<'_>, place: &Place<'_>, points: i64) {
    let place = place.key("points");
    if look.range(&place, points, (0, AMOUNT_SIZE_MAX)) && points == 0 {
        look.report
            .say(&GIVES_NOTHING, &place, "The effect gives 0 points.");
    }
}

fn multiply(look: &mut Look<'_>, rule: &Rule, rate_bp: i64, place: &Place<'_>) {
    let rate = place.key("rate_bp");
    if look.range(&rate, rate_bp, (0, RATE_BP_MAX)) && rate_bp <= RATE_ONE_BP {
        let detail = "A multiplier of at most 10000 basis points adds nothing.";
        look.report.say(&GIVES_NOTHING, &rate, detail);
    }
    if rule.to.len() > 1 {
        let detail = "A multiplier looks at what one beneficiary has earned so far.";
        look.report.say(&MULTIPLIER_SHARED, place, detail);
    }
}

fn percent(
    look: &mut Look<'_>,
    rule: &Rule,
    (currency, rate, gives): (&str, &Rate, Gives),
    place: &Place<'_>,
) {
    look.currency(&place.key("currency"), currency);
    let most = match gives {
        Gives::Bonus => RATE_BP_MAX,
        Gives::Discount => RATE_ONE_BP,
    };
    let rate_place = place.key("rate");
    match rate {
        Rate::Flat(rate_bp) => {
            let place = rate_place.key("flat");
            if look.range(&place, *rate_bp, (0, most)) && *rate_bp == 0 {
                look.report
                    .say(&GIVES_NOTHING, &place, "A rate of 0 gives nothing.");
            }
        }
        Rate::Banded { by, bands } => {
            let place = rate_place.key("banded");
            conditions::number(look, &rule.trigger, by, &place.key("by"));
            bands::check(look, &place.key("bands"), (by, bands), most);
        }
    }
    if gives == Gives::Bonus {
        pegged(look, rule, currency, place);
    }
}

/// A bonus needs a rate from the rule's first instant on. A rule without one begins now.
fn pegged(look: &mut Look<'_>, rule: &Rule, currency: &str, place: &Place<'_>) {
    let begins_ms = rule.starts_ms.or(look.catalogue.now_ms);
    let detail = match (look.names.pegs.get(currency), begins_ms) {
        (None, _) => format!("No rate says what a point is worth in {}.", shown(currency)),
        (Some(from_ms), Some(begins_ms)) if *from_ms > begins_ms => {
            format!(
                "The first rate in {} begins at {from_ms}, the rule at {begins_ms}.",
                shown(currency)
            )
        }
        _ => return,
    };
    look.report.say(&NO_PEG, place, detail);
}

fn every(
    look: &mut Look<'_>,
    rule: &Rule,
    (tally, nth, each): (&str, i64, i64),
    place: &Place<'_>,
) {
    look.range(&place.key("nth"), nth, (1, AMOUNT_SIZE_MAX));
    points(look, place, each);
    let place = place.key("tally");
    look.tally(&place, tally);
    let other = look
        .names
        .tallies
        .get(tally)
        .is_some_and(|tally| tally.on != rule.trigger);
    if other {
        let detail = format!(
            "{} counts events of another trigger, so it never moves here.",
            shown(tally)
        );
        look.report.say(&EVERY_OF_OTHER_EVENT, &place, detail);
    }
}

fn levels(look: &mut Look<'_>, rule: &Rule, (of, shares_bp): (&Effect, &[i64]), place: &Place<'_>) {
    let shares_place = place.key("shares_bp");
    look.length(&shares_place, shares_bp.len(), (1, LEVELS_MAX));
    for (index, share_bp) in shares_bp.iter().take(LEVELS_MAX).enumerate() {
        look.range(&shares_place.at(index), *share_bp, (0, RATE_ONE_BP));
    }
    let inner = place.key("of");
    match of {
        Effect::Levels { .. } | Effect::Multiply { .. } => {
            let detail = "`levels` and `multiply` have no value that could be shared out.";
            look.report.say(&LEVELS_NESTED, &inner, detail);
        }
        of if of.is_discount() => {
            look.report
                .say(&LEVELS_NESTED, &inner, "A discount is not shared out.");
        }
        of => effect(look, rule, of, &inner),
    }
    if !whole_to(rule, Who::Referrer) {
        let detail = "Levels of recommendation pay the referrer alone.";
        look.report.say(&LEVELS_TO_OTHERS, place, detail);
    }
}

fn discount(look: &mut Look<'_>, rule: &Rule, place: &Place<'_>) {
    if !whole_to(rule, Who::Buyer) {
        let detail = "Money off a line is the buyer's alone.";
        look.report.say(&DISCOUNT_TO_OTHERS, place, detail);
    }
    if rule.budget.is_some() || !rule.credit.is_now() || rule.expires_days.is_some() {
        let detail = "Money off is given at once: it has no budget, credit or expiry.";
        look.report.say(&DISCOUNT_WITH_TERMS, place, detail);
    }
}

/// True when one beneficiary gets all of it.
fn whole_to(rule: &Rule, who: Who) -> bool {
    matches!(rule.to.as_slice(), [share] if share.who == who)
}
