//! From a rule's value to those who benefit: bounds, shares, bounds again, awards.

use std::rc::Rc;

use super::Party;
use super::bounds::Bounded;
use super::purse::{Addition, Payee};
use super::run::{Asked, Run, terms};
use super::scene::{Counting, Scene};
use super::steps::{Op, Step};
use super::why::Reason;
use crate::amount::{self, Overflow};
use crate::entity::Staff;
use crate::facts::Seen;
use crate::ruleset::Who;

/// Somebody's part of a rule's value, with the operation that makes it.
pub(crate) struct Portion {
    pub payee: Payee,
    pub value: i64,
    pub op: Op,
    /// The steps before it that do not add.
    pub inner: Vec<Step>,
    /// The bounds that were met before it was shared out, where the whole value is one portion.
    pub caps: Vec<Op>,
}

/// For whom a limit per person counts.
pub(crate) fn counting(person: Party) -> Counting {
    match person {
        Party::Known(id) => Counting::For(id.to_string()),
        Party::Nobody => Counting::Nobody,
        Party::Unresolved => Counting::Unknown,
    }
}

/// Gives a rule's value to whom it is for. `steps` lead to the value; the last one is it.
pub(crate) fn give(
    run: &mut Run<'_, '_>,
    asked: Asked<'_>,
    line: i64,
    value: i64,
    steps: Vec<Step>,
) -> Result<(), Overflow> {
    let bounded = run
        .given
        .of_rule(asked.place, asked.rule, Bounded::of(value), run.scene)?;
    if let Some(spent) = bounded.spent {
        run.reasons.note(asked.place, Reason::Spent(spent));
        return Ok(());
    }
    let portions = portions(run, asked, line, (value, &bounded), steps)?;
    hand_out(run, asked, line, bounded, portions)
}

/// Books the portions, each within the bounds of its beneficiary, and counts what was given.
pub(crate) fn hand_out(
    run: &mut Run<'_, '_>,
    asked: Asked<'_>,
    line: i64,
    whole: Bounded,
    portions: Vec<Portion>,
) -> Result<(), Overflow> {
    let mut given = 0;
    for portion in portions {
        let part = hand(run, asked, line, &whole.waits, portion)?;
        given = amount::sum([given, part])?;
    }
    if given > 0 {
        run.given.count(asked.place, &whole, given)?;
        run.reasons.gave(asked.place);
    }
    Ok(())
}

fn hand(
    run: &mut Run<'_, '_>,
    asked: Asked<'_>,
    line: i64,
    waits: &[&'static str],
    portion: Portion,
) -> Result<i64, Overflow> {
    let Asked { place, rule, .. } = asked;
    let Portion {
        payee,
        value,
        op,
        inner,
        mut caps,
    } = portion;
    let cut: i64 = amount::sum(caps.iter().map(|cap| match cap {
        Op::Capped { cut, .. } => *cut,
        _ => 0,
    }))?;
    let whom = if payee.who == Who::Shop {
        run.scene
            .outlet_id()
            .map_or(Counting::Nobody, Counting::For)
    } else {
        counting(payee.person)
    };
    let bounded = Bounded::of(amount::sum([value, -cut])?);
    let bounded = run
        .given
        .of_person(place, rule, &whom, bounded, run.scene)?;
    let bounded = match bounded.spent {
        None => run.given.of_money(Some(rule), bounded, run.scene),
        Some(_) => bounded,
    };
    if let Some(spent) = bounded.spent {
        run.reasons.note(place, Reason::Spent(spent));
        return Ok(0);
    }
    caps.extend(bounded.caps.iter().cloned());
    let mut waits = waits.to_vec();
    waits.extend(&bounded.waits);
    if !waits.is_empty() {
        run.reasons.waits(place);
    }
    run.given.count(place, &bounded, bounded.value)?;
    run.given.award(bounded.value, rule.budget, run.scene)?;
    run.purse.add(Addition {
        payee,
        terms: terms(rule),
        rule: Some(place),
        line,
        inner,
        value,
        op,
        caps,
        waits: &waits,
    })?;
    Ok(bounded.value)
}

/// Who gets how much of a value.
fn portions(
    run: &mut Run<'_, '_>,
    asked: Asked<'_>,
    line: i64,
    (value, bounded): (i64, &Bounded),
    mut steps: Vec<Step>,
) -> Result<Vec<Portion>, Overflow> {
    let rule = asked.rule;
    if let [share] = rule.to.as_slice()
        && share.who != Who::Staff
    {
        let Some(payee) = payee_of(run, asked, share.who) else {
            return Ok(Vec::new());
        };
        let last = steps.pop();
        return Ok(last
            .into_iter()
            .map(|step| Portion {
                payee,
                value,
                op: step.op,
                inner: Vec::new(),
                caps: bounded.caps.clone(),
            })
            .collect());
    }
    let inner = inner(steps, asked.place, line, value, &bounded.caps);
    let value = bounded.value;
    if let [_] = rule.to.as_slice() {
        return staff_portions(run, asked, value, inner);
    }
    let weights: Vec<i64> = rule.to.iter().map(|share| share.share_bp).collect();
    let parts = amount::split(value, &weights).map_err(|_| Overflow)?;
    let mut portions = Vec::new();
    for (place, (share, part)) in rule.to.iter().zip(parts).enumerate() {
        if part == 0 {
            continue;
        }
        let op = Op::Part { of: value, place };
        if share.who == Who::Staff {
            let mut inner = inner.clone();
            inner.push(Step {
                op,
                rule: Some(asked.place),
                line,
                inner: true,
                points: part,
            });
            portions.extend(staff_portions(run, asked, part, inner)?);
        } else if let Some(payee) = payee_of(run, asked, share.who) {
            let inner = inner.clone();
            portions.push(Portion {
                payee,
                value: part,
                op,
                inner,
                caps: Vec::new(),
            });
        }
    }
    Ok(portions)
}

/// The steps to a value that is shared out, its cuts among them; none of them adds.
pub(crate) fn inner(steps: Vec<Step>, rule: u32, line: i64, value: i64, caps: &[Op]) -> Vec<Step> {
    let mut inner: Vec<Step> = steps
        .into_iter()
        .map(|step| Step {
            inner: true,
            ..step
        })
        .collect();
    let mut points = value;
    for cap in caps {
        if let Op::Capped { left, .. } = cap {
            points = *left;
        }
        inner.push(Step {
            op: cap.clone(),
            rule: Some(rule),
            line,
            inner: true,
            points,
        });
    }
    inner
}

fn staff_portions(
    run: &mut Run<'_, '_>,
    asked: Asked<'_>,
    value: i64,
    inner: Vec<Step>,
) -> Result<Vec<Portion>, Overflow> {
    let staff = match staff(run.scene) {
        Seen::Known(staff) if staff.iter().any(|(_, share)| *share > 0) => staff,
        Seen::Unknown => {
            run.wait(asked, "server_checks_staff");
            return Ok(Vec::new());
        }
        Seen::Known(_) | Seen::Absent => {
            run.reasons.note(asked.place, Reason::NobodyThere);
            return Ok(Vec::new());
        }
    };
    let shares: Rc<[i64]> = staff.iter().map(|(_, share)| (*share).max(0)).collect();
    let parts = amount::split(value, &shares).map_err(|_| Overflow)?;
    let portions = staff
        .iter()
        .zip(parts)
        .enumerate()
        .filter(|(_, (_, part))| *part > 0);
    Ok(portions
        .map(|(place, ((person, _), part))| Portion {
            payee: Payee::of(Who::Staff, Party::Known(*person)),
            value: part,
            op: Op::StaffPart {
                of: value,
                place,
                shares: Rc::clone(&shares),
            },
            inner: inner.clone(),
            caps: Vec::new(),
        })
        .collect())
}

/// Everybody employed at the outlet at the event's instant, with their shares, by their ids.
fn staff(scene: &Scene<'_>) -> Seen<Vec<(uuid::Uuid, i64)>> {
    let Some(outlet) = scene.event.outlet else {
        return Seen::Absent;
    };
    match scene.facts.look::<Staff>(&outlet.to_string()) {
        Seen::Known(staff) => {
            let at_ms = scene.event.at_ms;
            let there = staff.people.iter().filter(|job| {
                job.from_ms <= at_ms && job.until_ms.is_none_or(|until| at_ms < until)
            });
            let mut people: Vec<_> = there.map(|job| (job.participant, job.share)).collect();
            people.sort_unstable();
            Seen::Known(people)
        }
        Seen::Absent => Seen::Absent,
        Seen::Unknown => Seen::Unknown,
    }
}

/// Who stands for one part in the event; none when there is nobody, or when that is not known.
fn payee_of(run: &mut Run<'_, '_>, asked: Asked<'_>, who: Who) -> Option<Payee> {
    let scene = run.scene;
    let event = scene.event;
    let person = match who {
        Who::Buyer => event.buyer,
        Who::Seller => event.seller,
        Who::Actor => event.actor,
        Who::Shop => {
            let shop = event.outlet.map(|_| Payee::of(who, Party::Nobody));
            if shop.is_none() {
                run.reasons.note(asked.place, Reason::NobodyThere);
            }
            return shop;
        }
        Who::Owner => match &scene.place {
            Seen::Known(place) => place.owner.map_or(Party::Nobody, Party::Known),
            Seen::Absent => Party::Nobody,
            Seen::Unknown => {
                run.wait(asked, "server_checks_staff");
                return None;
            }
        },
        Who::Referrer => return super::levels::first(run, asked),
        Who::Staff => Party::Nobody,
    };
    if !person.somebody() {
        run.reasons.note(asked.place, Reason::NobodyThere);
        return None;
    }
    Some(Payee::of(who, person))
}
