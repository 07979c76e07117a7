//! Why rules gave nothing: of each rule about the event the reason that came furthest.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::bounds::Spent;
use super::brief::Hit;
use super::condition::{Spot, unmet};
use super::line::Line;
use super::run::side_of;
use super::scene::{Scene, Side};
use super::steps::PRICE_LIST;
use super::value::Why;
use crate::amount::Overflow;
use crate::facts::Seen;
use crate::index::places_asked;
use crate::outcome::WhyNot;
use crate::ruleset::{Rule, TextField};

/// The most reasons that one event tells.
const REASONS_MAX: usize = 20;

/// Why a rule gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    NotYet(i64),
    Over(i64),
    /// Its condition does not hold for this line.
    NotMet(i64, Side),
    Nothing(Why),
    /// This rule of its group gives more.
    Better(u32),
    NobodyThere,
    Spent(Spent),
}

impl Reason {
    /// How far a rule came; of equals the first counts.
    fn rank(self) -> u8 {
        match self {
            Self::NotYet(_)
            | Self::Over(_)
            | Self::NotMet(..)
            | Self::Nothing(Why::OtherCurrency) => 0,
            Self::Nothing(Why::NoRate) => 1,
            Self::Nothing(Why::BelowStep) => 2,
            Self::Better(_) => 3,
            Self::NobodyThere => 4,
            Self::Spent(Spent::Limit) => 5,
            Self::Spent(Spent::Budget) => 6,
            Self::Spent(Spent::Liability) => 7,
        }
    }
}

/// The reasons of one event.
#[derive(Debug, Default)]
pub(crate) struct Reasons {
    price_list: Option<Spent>,
    price_list_gave: bool,
    found: BTreeMap<u32, Reason>,
    gave: BTreeSet<u32>,
}

impl Reasons {
    /// Notes a reason, unless a better one is known.
    pub fn note(&mut self, rule: u32, reason: Reason) {
        let known = self.found.entry(rule).or_insert(reason);
        if reason.rank() > known.rank() {
            *known = reason;
        }
    }

    /// The rule gave something.
    pub fn gave(&mut self, rule: u32) {
        self.gave.insert(rule);
    }

    /// The rule waits for something: it says nothing.
    pub fn waits(&mut self, rule: u32) {
        self.gave.insert(rule);
    }

    /// The price list gave something.
    pub fn price_list_gave(&mut self) {
        self.price_list_gave = true;
    }

    /// The price list could give nothing on some line.
    pub fn price_list(&mut self, spent: Spent) {
        self.price_list = Some(spent);
    }

    /// The bounds that left nothing of a rule.
    pub fn spent(&self) -> impl Iterator<Item = Hit> + use<'_> {
        let hit = |rule, bound| Hit {
            rule,
            bound,
            refused: true,
        };
        let list = self.price_list.map(|spent| hit(None, spent));
        let rules = self.found.iter().filter_map(move |(rule, reason)| {
            let Reason::Spent(spent) = reason else {
                return None;
            };
            (!self.gave.contains(rule)).then(|| hit(Some(*rule), *spent))
        });
        list.into_iter().chain(rules)
    }

    /// The reasons as data, of the rules that are about the event.
    pub fn told(&self, scene: &Scene<'_>) -> Result<Vec<WhyNot>, Overflow> {
        let mut told = Vec::new();
        let spent = self.price_list.filter(|_| !self.price_list_gave);
        told.extend(spent.map(|spent| WhyNot {
            rule: PRICE_LIST.to_owned(),
            code: spent_code(spent).to_owned(),
            params: BTreeMap::new(),
        }));
        for (place, reason) in &self.found {
            if told.len() >= REASONS_MAX {
                break;
            }
            let rule = scene.index.rules.get(*place as usize);
            if let Some(rule) = rule.filter(|_| !self.gave.contains(place))
                && about(rule, scene)?
            {
                told.push(tell(*place, rule, *reason, scene)?);
            }
        }
        Ok(told)
    }
}

/// True when the rule is about the event: what it says at its top about goods and places is so for
/// some open line.
fn about(rule: &Rule, scene: &Scene<'_>) -> Result<bool, Overflow> {
    let side = side_of(rule, scene);
    for line in &scene.lines {
        if line.open(side, scene)?.is_some() && about_line(rule, line, scene) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// True when the rule is about this line.
pub(crate) fn about_line(rule: &Rule, line: &Line, scene: &Scene<'_>) -> bool {
    let mut asked = Vec::new();
    places_asked(&rule.when, &mut asked);
    let mut asked = asked.iter();
    asked.all(|(field, values)| is(*field, values, line, scene))
}

fn is(field: TextField, values: &[String], line: &Line, scene: &Scene<'_>) -> bool {
    let place = match &scene.place {
        Seen::Known(place) => Some(place),
        Seen::Absent | Seen::Unknown => None,
    };
    let word = match field {
        TextField::Product => line.goods.product.as_ref(),
        TextField::Brand => line.goods.brand.as_ref(),
        TextField::Category => line.goods.category.as_ref(),
        TextField::Outlet => place.and_then(|place| place.code.as_ref()),
        _ => place.and_then(|place| place.partner.as_ref()),
    };
    word.is_some_and(|word| values.contains(&word.text))
}

fn spent_code(spent: Spent) -> &'static str {
    match spent {
        Spent::Limit => "limit_reached",
        Spent::Budget => "budget_spent",
        Spent::Liability => "liability_reached",
    }
}

fn tell(place: u32, rule: &Rule, reason: Reason, scene: &Scene<'_>) -> Result<WhyNot, Overflow> {
    let with = |name: &str, value: Value| vec![(name.to_owned(), value)];
    let (code, params) = match reason {
        Reason::NotYet(starts_ms) => ("not_yet", with("starts_ms", json!(starts_ms))),
        Reason::Over(ends_ms) => ("over", with("ends_ms", json!(ends_ms))),
        Reason::NotMet(line, side) => ("not_met", found(place, line, side, scene)?),
        Reason::Nothing(Why::OtherCurrency) => {
            let currency = scene.currency.as_ref().map(|word| &word.text);
            let mut params = with("field", json!("currency"));
            params.extend(with("found", json!(currency)));
            ("not_met", params)
        }
        Reason::Nothing(Why::NoRate) => ("no_rate", Vec::new()),
        Reason::Nothing(Why::BelowStep) => ("below_step", Vec::new()),
        Reason::Better(winner) => {
            let winner = scene.index.rules.get(winner as usize).map(|rule| &rule.id);
            ("better_rule", with("rule", json!(winner)))
        }
        Reason::NobodyThere => ("nobody_there", Vec::new()),
        Reason::Spent(spent) => (spent_code(spent), Vec::new()),
    };
    Ok(WhyNot {
        rule: rule.id.clone(),
        code: code.to_owned(),
        params: params.into_iter().collect(),
    })
}

/// The leaf that is not met on a line, and what was found there.
fn found(
    place: u32,
    line: i64,
    side: Side,
    scene: &Scene<'_>,
) -> Result<Vec<(String, Value)>, Overflow> {
    let line = scene.lines.iter().find(|known| known.number == line);
    let Some(line) = line else {
        return Ok(Vec::new());
    };
    let Some(part) = line.open(side, scene)? else {
        return Ok(Vec::new());
    };
    let unmet = unmet(scene.index.cond(place), Spot { side, line, part }, scene)?;
    Ok(vec![
        ("field".to_owned(), json!(unmet.field)),
        ("found".to_owned(), unmet.found),
    ])
}
