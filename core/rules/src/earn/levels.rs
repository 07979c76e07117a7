//! Levels of recommendation: who recommended the buyer, who recommended that person, and so on. The
//! walk ends at its depth and at anybody who is already in it, so that no ring of people is paid.

use super::Party;
use super::bounds::Bounded;
use super::condition::Spot;
use super::on_event::Found;
use super::purse::Payee;
use super::run::{Asked, Run};
use super::scene::Scene;
use super::share::{self, Portion};
use super::steps::{Op, Step};
use super::value::{self, Value};
use super::why::Reason;
use crate::amount::{self, Overflow, RATE_ONE_BP};
use crate::facts::Seen;
use crate::outcome::WHOLE_EVENT;
use crate::ruleset::{Effect, LEVELS_MAX, Who};

/// What the levels are of, where that is an effect on lines: its sum over them.
pub(crate) fn of_lines(
    effect: &Effect,
    place: u32,
    (spots, mut unknown): (&[Spot<'_>], Option<&'static str>),
    scene: &Scene<'_>,
) -> Result<Found, Overflow> {
    let (mut sum, mut steps, mut why) = (0, Vec::new(), None);
    for spot in spots {
        match value::of_line(effect, *spot, 0, scene)? {
            Value::Gives(value, op) => {
                sum = amount::sum([sum, value])?;
                steps.push(Step {
                    op,
                    rule: Some(place),
                    line: spot.line.number,
                    inner: true,
                    points: sum,
                });
            }
            Value::Nothing(reason) => why = why.max(Some(reason)),
            Value::Unknown(reason) => unknown = unknown.or(Some(reason)),
        }
    }
    Ok(match (sum, unknown) {
        (0, Some(reason)) => Found::Unknown(reason),
        (0, None) => Found::Nothing(why.unwrap_or(value::Why::BelowStep)),
        (sum, unknown) => Found::Gives(sum, steps, unknown),
    })
}

/// Shares a value out along the chain.
pub(crate) fn give(
    run: &mut Run<'_, '_>,
    asked: Asked<'_>,
    value: i64,
    steps: Vec<Step>,
    shares_bp: &[i64],
) -> Result<(), Overflow> {
    let bounded = run
        .given
        .of_rule(asked.place, asked.rule, Bounded::of(value), run.scene)?;
    if let Some(spent) = bounded.spent {
        run.reasons.note(asked.place, Reason::Spent(spent));
        return Ok(());
    }
    let of = bounded.value;
    let inner = share::inner(steps, asked.place, WHOLE_EVENT, value, &bounded.caps);
    let shares_bp = &shares_bp[..shares_bp.len().min(LEVELS_MAX)];
    let mut portions = Vec::new();
    for (payee, share_bp) in chain(run, asked, shares_bp.len())
        .into_iter()
        .zip(shares_bp)
    {
        let part = i128::from(of) * i128::from((*share_bp).max(0));
        let part = amount::checked(part.div_euclid(RATE_ONE_BP.into()))?;
        if part == 0 {
            run.reasons
                .note(asked.place, Reason::Nothing(value::Why::BelowStep));
            continue;
        }
        portions.push(Portion {
            value: part,
            op: Op::Level {
                of,
                share_bp: *share_bp,
                level: payee.level,
            },
            inner: inner.clone(),
            caps: Vec::new(),
            payee,
        });
    }
    share::hand_out(run, asked, WHOLE_EVENT, bounded, portions)
}

/// Whoever recommended the buyer.
pub(crate) fn first(run: &mut Run<'_, '_>, asked: Asked<'_>) -> Option<Payee> {
    chain(run, asked, 1).into_iter().next()
}

/// The people up the chain from the principal, nearest first.
fn chain(run: &mut Run<'_, '_>, asked: Asked<'_>, depth: usize) -> Vec<Payee> {
    let mut payees = Vec::new();
    let mut person = match run.scene.principal(asked.side) {
        Party::Known(person) => person,
        Party::Nobody => return payees,
        Party::Unresolved => {
            run.wait(asked, "server_checks_referral");
            return payees;
        }
    };
    let mut seen = vec![person];
    for level in 1..=depth {
        match run.scene.referrer(person) {
            Seen::Known(referrer) if !seen.contains(&referrer) => {
                seen.push(referrer);
                person = referrer;
            }
            Seen::Known(_) | Seen::Absent => break,
            Seen::Unknown => {
                run.wait(asked, "server_checks_referral");
                return payees;
            }
        }
        payees.push(Payee {
            who: Who::Referrer,
            level: u8::try_from(level).unwrap_or(u8::MAX),
            person: Party::Known(person),
        });
    }
    if payees.is_empty() {
        run.reasons.note(asked.place, Reason::NobodyThere);
    }
    payees
}
