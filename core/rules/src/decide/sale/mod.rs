//! `sale.record`: one basket, two pots. The buyer's points and the seller's incentive are separate
//! awards; whatever was credited before for the same thing is not credited again.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{BuyerRef, LINE_QUANTITY_MICRO_MAX, SALE_LINES_MAX, SaleLine, SaleRecord};
use crate::entity::{
    Card, Code, Contact, Member, Participant, Product, Receipt, Sale, Unit, UnitIndex,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome};
use crate::ruleset::RuleSet;

use super::{Context, evidence, points};

mod basket;
mod buyer;
mod write;

use basket::Basket;
use buyer::{Buyer, buyer_of};

/// Everything that the lines of one sale are judged by.
struct Desk<'a> {
    sale: &'a SaleRecord,
    buyer: &'a Buyer,
    context: &'a Context,
    facts: &'a Facts,
    rules: &'a RuleSet,
}

pub(super) fn needs(
    sale: &SaleRecord,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Sale>(sale.sale_id.to_string()));
    match &sale.buyer {
        Some(BuyerRef::Contact { hash }) => {
            keys.insert(FactKey::of::<Contact>(hash));
        }
        Some(BuyerRef::Card { reference }) => {
            keys.insert(FactKey::of::<Card>(reference));
        }
        Some(BuyerRef::Proof { .. }) | None => {}
    }
    if let Buyer::Known(buyer) = buyer_of(sale, context, facts) {
        keys.insert(FactKey::of::<Member>(buyer.to_string()));
        points::credit_needs(buyer, keys);
    }
    if let Some(seller) = sale.seller {
        keys.insert(FactKey::of::<Participant>(seller.to_string()));
        points::credit_needs(seller, keys);
    }
    if let Some(receipt) = &sale.receipt_key {
        keys.insert(FactKey::of::<Receipt>(receipt));
        if let Seen::Known(receipt) = facts.see::<Receipt>(receipt) {
            keys.extend(receipt.units.iter().map(FactKey::of::<Unit>));
        }
    }
    for line in &sale.lines {
        line_needs(line, sale, context, facts, keys);
    }
}

fn line_needs(
    line: &SaleLine,
    sale: &SaleRecord,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    if let Some(product) = &line.product {
        keys.insert(FactKey::of::<Product>(product));
        if let Some(seller) = sale.seller {
            points::seller_needs(product, seller, context.occurred_ms, facts, keys);
            let id = evidence::index_id(seller, product);
            if let Seen::Known(index) = facts.see::<UnitIndex>(&id) {
                keys.extend(
                    index
                        .units
                        .iter()
                        .map(|unit| FactKey::of::<Unit>(&unit.key)),
                );
            }
            keys.insert(FactKey::of::<UnitIndex>(id));
        }
    }
    if let Some(code) = &line.unit_code {
        keys.insert(FactKey::of::<Code>(code));
        keys.insert(FactKey::of::<Unit>(evidence::code_key(code)));
    }
}

pub(super) fn decide(
    sale: &SaleRecord,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Outcome, Overflow> {
    let Some(outlet) = context.outlet else {
        return Ok(Outcome::rejected(Because::new("outlet_needed")));
    };
    if let Some(because) = wrong(sale, facts) {
        return Ok(Outcome::rejected(because));
    }
    let buyer = buyer_of(sale, context, facts);
    let desk = Desk {
        sale,
        buyer: &buyer,
        context,
        facts,
        rules,
    };
    let mut basket = Basket::default();
    for (number, line) in sale.lines.iter().enumerate() {
        basket.add_line(&desk, number, line)?;
    }
    if basket.points()? > rules.limits.sale_points_max {
        return Ok(Outcome::parked(Because::new("above_limit")));
    }
    write::close(basket, &desk, outlet)
}

fn wrong(sale: &SaleRecord, facts: &Facts) -> Option<Because> {
    if sale.lines.is_empty() || sale.lines.len() > SALE_LINES_MAX {
        return Some(Because::new("bad_input"));
    }
    let unsound = |line: &SaleLine| {
        let pieces = 1..=LINE_QUANTITY_MICRO_MAX;
        !pieces.contains(&line.quantity_micro) || line.amount_minor < 0
    };
    if sale.lines.iter().any(unsound) {
        return Some(Because::new("bad_amount"));
    }
    matches!(facts.see::<Sale>(&sale.sale_id.to_string()), Seen::Known(_))
        .then(|| Because::new("duplicate_sale"))
}
