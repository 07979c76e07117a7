//! A replay's report as a table for people.

use std::fmt::Write as _;

use carrot_rules::replay::{Compared, PersonChange, Report, Total};
use jiff::Timestamp;

/// The widest name of a line.
const NAME_CHARS: usize = 38;

/// The whole report.
pub fn text(report: &Report) -> String {
    let mut out = String::new();
    head(&mut out, report);
    total(&mut out, "draft", &report.draft);
    total(&mut out, "now", &report.current);
    list(&mut out, "By rule", &report.rules);
    list(&mut out, "By part", &report.roles);
    let others = report.other_outlets.iter().map(|line| Compared {
        key: "all others".to_owned(),
        ..line.clone()
    });
    let outlets: Vec<Compared> = report.outlets.iter().cloned().chain(others).collect();
    list(&mut out, "By outlet", &outlets);
    list(&mut out, "By month", &report.months);
    people(&mut out, report);
    bounds(&mut out, report);
    out
}

/// Writing into a text cannot fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{text}");
}

fn day(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .map_or_else(|_| ms.to_string(), |at| at.strftime("%Y-%m-%d").to_string())
}

fn head(out: &mut String, report: &Report) {
    let span = report.first_ms.zip(report.last_ms);
    let span = span.map(|(first, last)| format!(", {} to {}", day(first), day(last)));
    let span = span.unwrap_or_default();
    line(out, format_args!("{} events{span}", report.events));
    if report.earlier_events > 0 {
        let earlier = report.earlier_events;
        line(
            out,
            format_args!("{earlier} earlier events filled limits and tallies"),
        );
    }
}

fn total(out: &mut String, name: &str, total: &Total) {
    let given = total.given;
    let mut text = format!(
        "{name:<6} {:>14} points in {} awards, cost {} points",
        given.points, given.awards, total.cost_points
    );
    for (currency, minor) in &total.cost_minor {
        let _ = write!(text, ", {minor} minor {currency}");
    }
    for (currency, minor) in &total.discounts_minor {
        let _ = write!(text, ", discounts {minor} minor {currency}");
    }
    if total.refused_events > 0 {
        let _ = write!(text, ", {} events too large", total.refused_events);
    }
    line(out, format_args!("{text}"));
}

fn list(out: &mut String, title: &str, lines: &[Compared]) {
    if lines.is_empty() {
        return;
    }
    line(
        out,
        format_args!(
            "\n{title:<NAME_CHARS$} {:>14} {:>14} {:>14}",
            "draft", "now", "change"
        ),
    );
    for one in lines {
        let key = if one.key.is_empty() {
            "nowhere"
        } else {
            &one.key
        };
        let (draft, now) = (one.draft.points, one.current.points);
        let change = draft.saturating_sub(now);
        line(
            out,
            format_args!("{key:<NAME_CHARS$} {draft:>14} {now:>14} {change:>+14}"),
        );
    }
}

fn people(out: &mut String, report: &Report) {
    let counted = report.people;
    line(
        out,
        format_args!(
            "\nPeople: {} gain, {} lose, {} stay",
            counted.gain, counted.lose, counted.stay
        ),
    );
    let told = report.quantiles.iter().map(|quantile| {
        let (of, change) = (quantile.people_bp / 100, quantile.change_points);
        format!("{of} %: {change:+}")
    });
    let told: Vec<String> = told.collect();
    if !told.is_empty() {
        line(out, format_args!("Change of points: {}", told.join(", ")));
    }
    changes(out, "Gain most", &report.winners);
    changes(out, "Lose most", &report.losers);
    let exposure = &report.exposure;
    let (whole, part) = (exposure.top_share_bp / 100, exposure.top_share_bp % 100);
    line(
        out,
        format_args!(
            "The top 1 % ({} people) get {whole}.{part:02} % of the cost",
            exposure.top_people
        ),
    );
    if let Some(best) = &exposure.best_day {
        let at = day(best.day.saturating_mul(86_400_000));
        line(
            out,
            format_args!(
                "The highest day: {} points by {} on {at}",
                best.points, best.participant
            ),
        );
    }
}

fn changes(out: &mut String, title: &str, people: &[PersonChange]) {
    for (number, person) in people.iter().enumerate() {
        let title = if number == 0 { title } else { "" };
        let (id, change) = (person.participant, person.change_points);
        let (draft, now) = (person.draft_points, person.current_points);
        line(
            out,
            format_args!("{title:<10} {id} {change:>+12} ({now} to {draft})"),
        );
    }
}

fn bounds(out: &mut String, report: &Report) {
    for budget in &report.budgets {
        let end = match budget.exhausted_ms {
            Some(at_ms) => format!("used up on {}", day(at_ms)),
            None => "lasts".to_owned(),
        };
        let (name, left, points) = (&budget.budget, budget.left_points, budget.points);
        line(
            out,
            format_args!("Budget {name}: {left} of {points} left, {end}"),
        );
    }
    for bound in &report.bounds {
        let (rule, kind) = (&bound.rule, &bound.bound);
        let (cut, refused) = (bound.cut_events, bound.refused_events);
        line(
            out,
            format_args!("Bound of {rule} ({kind}): cut {cut} events, left nothing of {refused}"),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use carrot_rules::RuleSet;
    use carrot_rules::index::Index;
    use carrot_rules::replay::{Replay, ReplayLine};
    use carrot_rules::ruleset::{Effect, Rule, Who};

    use super::*;

    #[test]
    fn f013_the_table_says_what_changes_for_whom() {
        let mut set = RuleSet::default();
        let effect = Effect::Fixed { points: 30 };
        set.rules.push(Rule::of_sale("bonus", Who::Seller, effect));
        let index = |set: RuleSet| Arc::new(Index::new(set));
        let mut replay = Replay::new(index(set), index(RuleSet::default()));
        let seller = "00000000-0000-4000-8000-000000000007";
        let event = format!(
            "{{\"event\": {{\"trigger\": \"sale\", \"at_ms\": 1777593600000, \"seller\": {{\"known\": \"{seller}\"}},
               \"lines\": [{{\"quantity_micro\": 1000000, \"amount_minor\": 5, \"seller_micro\": 1000000}}]}}}}"
        );
        replay.feed(&ReplayLine::read(&event).unwrap().step());
        let text = text(&replay.report(5).unwrap());
        assert!(
            text.starts_with("1 events, 2026-05-01 to 2026-05-01\n"),
            "{text}"
        );
        let rule = text.lines().find(|line| line.starts_with("bonus")).unwrap();
        let numbers: Vec<&str> = rule.split_whitespace().skip(1).collect();
        assert_eq!(numbers, ["30", "0", "+30"]);
        assert!(text.contains("People: 1 gain, 0 lose, 0 stay"), "{text}");
        assert!(
            text.contains(&format!("Gain most  {seller}          +30 (0 to 30)")),
            "{text}"
        );
        assert!(
            text.contains("(1 people) get 100.00 % of the cost"),
            "{text}"
        );
        assert!(text.contains("The highest day: 30 points"), "{text}");
    }
}
