//! Whether a condition holds, with three values: what reads a fact that this place does not know is
//! neither true nor false, and the tree above it keeps that unless another part settles it.

use serde_json::{Value, json};

use super::Party;
use super::line::Part;
use super::scene::{Person, Place, Scene, Side, Word};
use super::tiers;
use crate::amount::Overflow;
use crate::facts::Seen;
use crate::index::{Cond, Num, Symbol};
use crate::ruleset::TextField;

/// One of three values; the unknown one with the reason of the first leaf that leaves it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    True,
    False,
    Unknown(&'static str),
}

impl Truth {
    fn of(known: Option<bool>, reason: &'static str) -> Self {
        match known {
            Some(true) => Self::True,
            Some(false) => Self::False,
            None => Self::Unknown(reason),
        }
    }
}

/// Where a condition is asked: a side, a line, and the part of it that counts.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'s> {
    pub side: Side,
    pub line: &'s super::line::Line,
    pub part: Part,
}

/// What a text field holds.
enum Text<'s> {
    Unknown(&'static str),
    /// The question is about nobody: no leaf about it holds.
    NoOne,
    Words(Option<&'s Word>),
    Many(&'s [Word]),
}

/// A leaf that made a condition false: its field and what was found there.
pub(crate) struct Unmet {
    pub field: String,
    pub found: Value,
}

/// Whether a condition holds at a spot.
pub(crate) fn holds(cond: &Cond, spot: Spot<'_>, scene: &Scene<'_>) -> Result<Truth, Overflow> {
    Ok(match cond {
        Cond::All(parts) => {
            let mut open = Truth::True;
            for part in parts {
                match holds(part, spot, scene)? {
                    Truth::False => return Ok(Truth::False),
                    Truth::Unknown(reason) if open == Truth::True => open = Truth::Unknown(reason),
                    Truth::True | Truth::Unknown(_) => {}
                }
            }
            open
        }
        Cond::Any(parts) => {
            let mut open = Truth::False;
            for part in parts {
                match holds(part, spot, scene)? {
                    Truth::True => return Ok(Truth::True),
                    Truth::Unknown(reason) if open == Truth::False => open = Truth::Unknown(reason),
                    Truth::False | Truth::Unknown(_) => {}
                }
            }
            open
        }
        Cond::Not(part) => match holds(part, spot, scene)? {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            unknown => unknown,
        },
        Cond::Is(field, values) => is(text(*field, spot, scene), values),
        Cond::Absent(field) => match text(*field, spot, scene) {
            Text::Unknown(reason) => Truth::Unknown(reason),
            Text::NoOne => Truth::False,
            Text::Words(word) => Truth::of(Some(word.is_none()), ""),
            Text::Many(words) => Truth::of(Some(words.is_empty()), ""),
        },
        Cond::Between(number, from, to) => {
            let inside = |value: i64| {
                from.is_none_or(|from| from <= value) && to.is_none_or(|to| value < to)
            };
            let value = self::number(*number, spot, scene)?;
            Truth::of(value.map(inside), "server_checks_tally")
        }
        Cond::Lesson(lesson) => match scene.principal(spot.side) {
            Party::Nobody => Truth::False,
            Party::Unresolved => Truth::Unknown("server_checks_lesson"),
            Party::Known(person) => Truth::of(scene.passed(person, lesson), "server_checks_lesson"),
        },
        Cond::Tier(None) => Truth::False,
        Cond::Tier(Some((ladder, at_least))) => match tiers::step(*ladder, spot.side, scene)? {
            tiers::Step::Nobody | tiers::Step::Below => Truth::False,
            tiers::Step::Unknown => Truth::Unknown("server_checks_tier"),
            tiers::Step::On(step) => Truth::of(Some(step >= *at_least), ""),
        },
        Cond::Referred(wanted) => match referred(spot.side, scene) {
            Seen::Absent => Truth::False,
            Seen::Unknown => Truth::Unknown("server_checks_referral"),
            Seen::Known(referred) => Truth::of(Some(referred == *wanted), ""),
        },
    })
}

fn is(text: Text<'_>, values: &[Symbol]) -> Truth {
    let listed = |word: &Word| {
        word.symbol
            .is_some_and(|symbol| values.binary_search(&symbol).is_ok())
    };
    match text {
        Text::Unknown(reason) => Truth::Unknown(reason),
        Text::NoOne => Truth::False,
        Text::Words(word) => Truth::of(Some(word.is_some_and(listed)), ""),
        Text::Many(words) => Truth::of(Some(words.iter().any(listed)), ""),
    }
}

/// Whether the principal was recommended; absent without a principal.
fn referred(side: Side, scene: &Scene<'_>) -> Seen<bool> {
    match scene.principal(side) {
        Party::Nobody => Seen::Absent,
        Party::Unresolved => Seen::Unknown,
        Party::Known(person) => match scene.referrer(person) {
            Seen::Known(_) => Seen::Known(true),
            Seen::Absent => Seen::Known(false),
            Seen::Unknown => Seen::Unknown,
        },
    }
}

fn text<'s>(field: TextField, spot: Spot<'s>, scene: &'s Scene<'_>) -> Text<'s> {
    let goods = &spot.line.goods;
    match field {
        TextField::Product => Text::Words(goods.product.as_ref()),
        TextField::Brand => Text::Words(goods.brand.as_ref()),
        TextField::Category => Text::Words(goods.category.as_ref()),
        TextField::Evidence => Text::Words(scene.evidence.as_ref()),
        TextField::Currency => Text::Words(scene.currency.as_ref()),
        TextField::Outlet => of_place(scene, |place| place.code.as_ref()),
        TextField::Partner => of_place(scene, |place| place.partner.as_ref()),
        TextField::Country => of_place(scene, |place| place.country.as_ref()),
        TextField::City => of_place(scene, |place| place.city.as_ref()),
        TextField::Role => of_person(spot, scene, |person| Text::Words(person.role.as_ref())),
        TextField::Segment => of_person(spot, scene, |person| Text::Many(&person.segments)),
    }
}

fn of_place<'s>(scene: &'s Scene<'_>, word: impl Fn(&'s Place) -> Option<&'s Word>) -> Text<'s> {
    match &scene.place {
        Seen::Known(place) => Text::Words(word(place)),
        Seen::Absent => Text::Words(None),
        Seen::Unknown => Text::Unknown("server_checks_outlet"),
    }
}

fn of_person<'s>(
    spot: Spot<'s>,
    scene: &'s Scene<'_>,
    words: impl Fn(&'s Person) -> Text<'s>,
) -> Text<'s> {
    match scene.person_of(spot.side) {
        Seen::Known(person) => words(person),
        Seen::Absent => Text::NoOne,
        Seen::Unknown => Text::Unknown("server_checks_person"),
    }
}

/// A number at a spot; none where it is a tally that is not known.
pub(crate) fn number(
    number: Num,
    spot: Spot<'_>,
    scene: &Scene<'_>,
) -> Result<Option<i64>, Overflow> {
    Ok(match number {
        Num::QuantityMicro => Some(spot.part.quantity_micro),
        Num::AmountMinor => Some(spot.part.amount_minor),
        Num::BasketMinor => Some(scene.basket_minor),
        Num::Value => Some(scene.event.value),
        Num::Weekday => Some(scene.local.weekday()),
        Num::Minute => Some(scene.local.minute),
        Num::Tally(None) => Some(0),
        Num::Tally(Some(tally)) => return scene.tally(tally, scene.local.day),
    })
}

/// The first leaf, in the order written, of the parts that make a condition false.
pub(crate) fn unmet(cond: &Cond, spot: Spot<'_>, scene: &Scene<'_>) -> Result<Unmet, Overflow> {
    let culprit = match cond {
        Cond::All(parts) => {
            let mut found = None;
            for part in parts {
                if holds(part, spot, scene)? == Truth::False {
                    found = Some(part);
                    break;
                }
            }
            found
        }
        Cond::Any(parts) => parts.first(),
        Cond::Not(part) => return first_leaf(part, spot, scene),
        leaf => return of_leaf(leaf, spot, scene),
    };
    culprit.map_or_else(|| Ok(Unmet::nothing()), |part| unmet(part, spot, scene))
}

fn first_leaf(cond: &Cond, spot: Spot<'_>, scene: &Scene<'_>) -> Result<Unmet, Overflow> {
    let mut leaves = Vec::new();
    cond.leaves(&mut leaves);
    leaves
        .first()
        .map_or_else(|| Ok(Unmet::nothing()), |leaf| of_leaf(leaf, spot, scene))
}

impl Unmet {
    fn nothing() -> Self {
        Self {
            field: String::new(),
            found: Value::Null,
        }
    }
}

fn of_leaf(leaf: &Cond, spot: Spot<'_>, scene: &Scene<'_>) -> Result<Unmet, Overflow> {
    let (field, found) = match leaf {
        Cond::Is(field, _) | Cond::Absent(field) => {
            let found = match text(*field, spot, scene) {
                Text::Words(Some(word)) => json!(word.text),
                Text::Many(words) => json!(words.iter().map(|word| &word.text).collect::<Vec<_>>()),
                Text::Words(None) | Text::NoOne | Text::Unknown(_) => Value::Null,
            };
            (field.name(), found)
        }
        Cond::Between(of, ..) => (number_name(*of), json!(number(*of, spot, scene)?)),
        Cond::Lesson(lesson) => {
            let passed = scene
                .principal(spot.side)
                .known()
                .and_then(|id| scene.passed(id, lesson));
            ("lesson", json!(passed))
        }
        Cond::Tier(ladder) => ("tier", tier_code(*ladder, spot, scene)?),
        Cond::Referred(_) => match referred(spot.side, scene) {
            Seen::Known(referred) => ("referred", json!(referred)),
            Seen::Absent | Seen::Unknown => ("referred", Value::Null),
        },
        Cond::All(_) | Cond::Any(_) | Cond::Not(_) => ("", Value::Null),
    };
    Ok(Unmet {
        field: field.to_owned(),
        found,
    })
}

fn tier_code(
    ladder: Option<(usize, usize)>,
    spot: Spot<'_>,
    scene: &Scene<'_>,
) -> Result<Value, Overflow> {
    let Some((ladder, _)) = ladder else {
        return Ok(Value::Null);
    };
    let tiers::Step::On(step) = tiers::step(ladder, spot.side, scene)? else {
        return Ok(Value::Null);
    };
    let ladder = scene.index.ladders.get(ladder);
    let step = ladder.and_then(|ladder| ladder.steps.get(step));
    Ok(json!(step.map(|step| &step.code)))
}

fn number_name(number: Num) -> &'static str {
    match number {
        Num::QuantityMicro => "quantity",
        Num::AmountMinor => "amount",
        Num::BasketMinor => "basket",
        Num::Value => "value",
        Num::Weekday => "weekday",
        Num::Minute => "minute",
        Num::Tally(_) => "tally",
    }
}
