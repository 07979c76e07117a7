//! What deciding costs: one line under few and many rules, beside a loop written by hand over just the
//! rules that match; a basket of twenty lines through to the books; memory of a compiled set.

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;

use anyhow::{Result, ensure};
use carrot_rules::command::{Command, SaleLine, SaleRecord};
use carrot_rules::decide::{Context, ProofCheck, decide, needs};
use carrot_rules::earn::{self, Event, EventLine, Party};
use carrot_rules::entity::{Employment, Entity, ONLY, Participant, Product};
use carrot_rules::index::Index;
use carrot_rules::ledger::{Books, Stamp};
use carrot_rules::outcome::{Derivation, transfer_id};
use carrot_rules::ruleset::{Effect, Number, Predicate, Rule, TextField, Who};
use carrot_rules::{Fact, FactKey, Facts, RuleSet};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

use crate::Sizes;
use crate::report::Report;
use crate::sample::{Watch, micros};

/// Rules that ask for the same product.
const MATCHING: usize = 10;
const AT_MS: i64 = 1_790_000_000_000;
const SELLER: Uuid = Uuid::from_u128(1);
const OUTLET: Uuid = Uuid::from_u128(2);
const CASHIER: Uuid = Uuid::from_u128(3);

fn product_id(number: usize) -> String {
    format!("{number:014}")
}

/// A set in which each product has ten rules of four conditions: the tenth doubles.
fn set(rules: usize) -> RuleSet {
    let rule = |number: usize| {
        let effect = if number % MATCHING == MATCHING - 1 {
            Effect::Multiply { rate_bp: 20_000 }
        } else {
            Effect::PerUnit {
                points: i64::try_from(number % MATCHING).unwrap_or(0) + 1,
            }
        };
        let is = |field, value: &str| Predicate::Is {
            field,
            values: vec![value.to_owned()],
        };
        Rule {
            when: Predicate::All(vec![
                is(TextField::Product, &product_id(number / MATCHING)),
                is(TextField::Evidence, "till"),
                is(TextField::Currency, "EUR"),
                Predicate::Between {
                    number: Number::AmountMinor,
                    from: Some(100),
                    to: None,
                },
            ]),
            ..Rule::of_sale(format!("rule-{number}"), Who::Seller, effect)
        }
    };
    RuleSet {
        version: 1,
        rules: (0..rules).map(rule).collect(),
        ..RuleSet::default()
    }
}

fn product(number: usize) -> Product {
    Product {
        id: product_id(number),
        gtin: product_id(number),
        brand: "Brand".to_owned(),
        category: "tools".to_owned(),
        name: BTreeMap::new(),
        buyer_points: 10,
        seller_points: 100,
        price_minor: BTreeMap::new(),
        price_version: 1,
        dated: Vec::new(),
    }
}

fn event() -> Event {
    Event {
        trigger: carrot_rules::ruleset::Trigger::Sale,
        at_ms: AT_MS,
        outlet: None,
        actor: Party::Known(CASHIER),
        buyer: Party::Nobody,
        seller: Party::Known(SELLER),
        currency: "EUR".to_owned(),
        evidence: "till".to_owned(),
        value: 0,
        lines: vec![EventLine {
            product: Some(product_id(0)),
            quantity_micro: 2_000_000,
            amount_minor: 5_000,
            buyer_micro: 0,
            seller_micro: 2_000_000,
            fresh_micro: 2_000_000,
        }],
    }
}

fn fact<T: Entity + Send + Sync + 'static>(facts: &mut Facts, id: &str, thing: T) {
    facts.insert(FactKey::of::<T>(id), Fact::Thing(Arc::new(thing)));
}

/// A rule as somebody who knows exactly what is asked would hold it.
struct Plain {
    id: String,
    amount_from: i64,
    points: Option<i64>,
    rate_bp: i64,
}

/// The loop by hand: the same numbers and the same steps, over the rules that match and no others.
fn by_hand(rules: &[Plain], event: &Event, product: &Product) -> (i64, Vec<Derivation>) {
    let mut steps = Vec::new();
    let mut running = 0;
    let step = |name: &str, rule: &str, points, params: serde_json::Value| Derivation {
        step: name.to_owned(),
        rule: rule.to_owned(),
        version: 1,
        line: 0,
        params: match params {
            serde_json::Value::Object(map) => map.into_iter().collect(),
            _ => BTreeMap::new(),
        },
        points,
    };
    for line in &event.lines {
        if line.product.as_ref() != Some(&product.id) || event.evidence != "till" {
            continue;
        }
        let pieces = line.seller_micro / 1_000_000;
        running += product.seller_points * pieces;
        let quantity = line.seller_micro;
        let params = json!({"each": product.seller_points, "quantity_micro": quantity});
        steps.push(step("per_unit", "price_list", running, params));
        for rule in rules {
            if line.amount_minor < rule.amount_from || event.currency != "EUR" {
                continue;
            }
            if let Some(points) = rule.points {
                running += points * pieces;
                let params = json!({"each": points, "quantity_micro": quantity});
                steps.push(step("per_unit", &rule.id, running, params));
            } else {
                running = (running * rule.rate_bp + 5_000) / 10_000;
                let params = json!({"rate_bp": rule.rate_bp});
                steps.push(step("multiplier", &rule.id, running, params));
            }
        }
    }
    (running, steps)
}

fn plain(set: &RuleSet) -> Vec<Plain> {
    let rules = set.rules.iter().take(MATCHING).map(|rule| {
        let (points, rate_bp) = match rule.effect {
            Effect::PerUnit { points } => (Some(points), 0),
            Effect::Multiply { rate_bp } => (None, rate_bp),
            _ => (None, 10_000),
        };
        Plain {
            id: rule.id.clone(),
            amount_from: 100,
            points,
            rate_bp,
        }
    });
    rules.collect()
}

/// CPU time of one call, the least of several rounds: other work on the machine only ever adds.
fn least_us(rounds: usize, calls: usize, mut call: impl FnMut()) -> f64 {
    let mut least = f64::MAX;
    for _ in 0..rounds {
        let watch = Watch::start();
        for _ in 0..calls {
            call();
        }
        let each = micros(watch.spent().cpu) / f64::from(u32::try_from(calls).unwrap_or(u32::MAX));
        least = least.min(each);
    }
    least
}

/// All parts.
pub fn run(_sizes: &Sizes, report: &mut Report) -> Result<()> {
    let event = event();
    let product = product(0);
    let mut facts = Facts::default();
    fact(&mut facts, &product.id, product.clone());
    let mut figures = Vec::new();
    for rules in [10, 1_000, 100_000] {
        let set = set(rules);
        let hand = plain(&set);
        let index = Index::new(set);
        let earning = earn::earn(&event, &index, &facts)?;
        let (points, steps) = by_hand(&hand, &event, &product);
        let award = earning.awards.first();
        ensure!(
            award.is_some_and(|award| award.points == points && award.derivation == steps),
            "the loop by hand and the engine differ"
        );
        let engine = least_us(9, 2_000, || {
            black_box(earn::earn(black_box(&event), &index, &facts).ok());
        });
        let loop_us = least_us(9, 2_000, || {
            black_box(by_hand(black_box(&hand), &event, &product));
        });
        report.limited(
            &format!("rules: one line of {rules}, ten match, loop by hand"),
            engine,
            loop_us,
            5.0,
        );
        figures.push((rules, engine));
    }
    if let [(_, few), rest @ ..] = figures.as_slice() {
        for (rules, engine) in rest {
            let name = format!("rules: growth of one line, 10 to {rules} rules");
            report.limited(&name, *engine, *few, 2.0);
        }
    }
    basket(report)?;
    memory(report)
}

/// Twenty lines: what a till asks for, decides and books.
fn basket(report: &mut Report) -> Result<()> {
    let rules = Arc::new(Index::new(set(1_000)));
    let line = |number: usize| SaleLine {
        product: Some(product_id(number)),
        quantity_micro: 2_000_000,
        amount_minor: 5_000,
        unit_code: None,
    };
    let sale = |lines: usize| {
        Command::SaleRecord(SaleRecord {
            sale_id: Uuid::from_u128(9),
            buyer: None,
            seller: Some(SELLER),
            lines: (0..lines).map(line).collect(),
            currency: "EUR".to_owned(),
            receipt_key: None,
            invoice: None,
            part_pay_points: None,
        })
    };
    let context = Context {
        command_id: Uuid::from_u128(10),
        device: Uuid::from_u128(11),
        actor: CASHIER,
        programme: Uuid::from_u128(12),
        outlet: Some(OUTLET),
        occurred_ms: AT_MS,
        now_ms: AT_MS,
        made: carrot_rules::made::Made::now(AT_MS),
        proof: ProofCheck::Absent,
        exposure_points: 0,
        address: carrot_rules::entity::Guess::default(),
    };
    let (twenty, one) = (sale(20), sale(1));
    let cost = |command: &Command| {
        let facts = known(command, &context, &rules);
        least_us(9, 200, || {
            let outcome = decide(black_box(command), &context, &facts);
            let mut books = Books::default();
            for (number, transfer) in outcome.transfers.iter().enumerate() {
                let stamp = Stamp {
                    transfer_id: transfer_id(context.command_id, number),
                    command: context.command_id,
                    occurred_ms: AT_MS,
                    recorded_ms: AT_MS,
                };
                black_box(books.post(&stamp, transfer).ok());
            }
        })
    };
    let (twenty, one) = (cost(&twenty), cost(&one));
    report.shown(
        "rules: decide and book 20 lines, 20 baskets of one",
        twenty,
        one * 20.0,
    );
    Ok(())
}

/// Everything that a command asks for, as a server would answer.
fn known(command: &Command, context: &Context, rules: &Arc<Index>) -> Facts {
    let mut facts = Facts::default();
    loop {
        let keys: BTreeSet<FactKey> = needs(command, context, &facts);
        if keys.is_empty() {
            return facts;
        }
        for key in keys {
            let fact = match &key {
                FactKey::Entity(kind, id) => thing(kind.as_str(), id, rules),
                FactKey::Balance(_) | FactKey::Lot(..) => Fact::Balance(0),
            };
            facts.insert(key, fact);
        }
    }
}

fn thing(kind: &str, id: &str, rules: &Arc<Index>) -> Fact {
    let body = match kind {
        "rule_set" if id == ONLY => return Fact::Rules(Arc::clone(rules)),
        "product" => serde_json::to_value(product(id.parse().unwrap_or(0))).ok(),
        "participant" => serde_json::to_value(Participant {
            id: SELLER,
            role: "seller".to_owned(),
            employments: vec![Employment {
                outlet: OUTLET,
                from_ms: 0,
                until_ms: None,
                share: 1,
            }],
            segments: Vec::new(),
            joined_ms: 0,
        })
        .ok(),
        _ => None,
    };
    Fact::Entity(body)
}

/// Memory of a compiled set, for each rule, beside the size of its text. Both in bytes.
fn memory(report: &mut Report) -> Result<()> {
    const RULES: u32 = 100_000;
    let set = set(usize::try_from(RULES)?);
    let text = serde_json::to_string(&set)?;
    drop(set);
    let before = resident_bytes()?;
    let index = Index::new(serde_json::from_str(&text)?);
    let after = resident_bytes()?;
    black_box(&index);
    let each = |bytes: f64| bytes / f64::from(RULES);
    let text = f64::from(u32::try_from(text.len())?);
    report.shown(
        "rules: bytes (not µs) of a compiled rule, of its text",
        each(after - before),
        each(text),
    );
    Ok(())
}

/// Memory that the process holds.
fn resident_bytes() -> Result<f64> {
    let statm = std::fs::read_to_string("/proc/self/statm")?;
    let pages: u32 = statm.split(' ').nth(1).unwrap_or("0").parse()?;
    Ok(f64::from(pages) * 4_096.0)
}
