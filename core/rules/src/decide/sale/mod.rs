//! `sale.record`: one basket, two pots. The buyer's points and the seller's incentive are separate
//! awards; whatever was credited before for the same thing is not credited again.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{
    BuyerRef, INVOICE_CHARS_MAX, LINE_QUANTITY_MICRO_MAX, SALE_LINES_MAX, SaleLine, SaleRecord,
};
use crate::entity::{
    Beneficiary, Card, Code, Contact, Member, PartPaid, Participant, Product, Receipt, Sale, Unit,
    UnitIndex,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::index::Index;
use crate::outcome::{Because, Outcome};

use super::{
    Context, earning, evidence, part_pay, pay, payment, policy, policy_confirm, series, time,
};

mod basket;
mod buyer;
mod claims;
mod plan;
mod write;

use basket::Basket;
use buyer::{Buyer, buyer_of};
use plan::Plan;

/// Everything that the lines of one sale are judged by.
struct Desk<'a> {
    sale: &'a SaleRecord,
    buyer: &'a Buyer,
    context: &'a Context,
    facts: &'a Facts,
    rules: &'a Index,
    /// What the member's points pay of it.
    paid: Option<&'a PartPaid>,
}

impl<'a> Desk<'a> {
    /// How much of a line's amount points pay.
    fn paid_minor(&self, number: usize) -> i64 {
        let lines = self.paid.map(|paid| paid.lines.as_slice());
        lines
            .and_then(|lines| lines.get(number))
            .copied()
            .unwrap_or(0)
    }

    /// What its awards are booked by.
    fn pay(&self) -> pay::Desk<'a> {
        pay::Desk {
            context: self.context,
            facts: self.facts,
            rules: self.rules,
        }
    }
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
        time::purchase_needs(buyer, keys);
        pay::needs(context, [Beneficiary::Participant(buyer)], keys);
    }
    if let Some(seller) = sale.seller {
        keys.insert(FactKey::of::<Participant>(seller.to_string()));
        pay::needs(context, [Beneficiary::Participant(seller)], keys);
    }
    part_pay::needs(sale, context, keys);
    let own = sale.sale_id.to_string();
    payment::sale_needs(sale.invoice.as_deref().unwrap_or(&own), keys);
    if let Some(receipt) = &sale.receipt_key {
        keys.insert(FactKey::of::<Receipt>(receipt));
        if let Seen::Known(receipt) = facts.see::<Receipt>(receipt) {
            keys.extend(
                receipt
                    .sale
                    .map(|sale| FactKey::of::<Sale>(sale.to_string())),
            );
            for unit in &receipt.units {
                unit_needs(unit, facts, keys);
            }
        }
    }
    policy::needs(context, keys);
    for line in &sale.lines {
        line_needs(line, sale, context, facts, keys);
    }
    if keys.iter().any(|key| !facts.has(key)) {
        // What the rules ask about follows from these.
        return;
    }
    if let Some(rules) = facts.rules() {
        let buyer = buyer_of(sale, context, facts);
        let paid = part_pay::of(sale, context, facts, &rules);
        let paid = paid.ok().and_then(Result::ok).flatten();
        let desk = Desk {
            sale,
            buyer: &buyer,
            context,
            facts,
            rules: &rules,
            paid: paid.as_ref(),
        };
        let plan = Plan::of(&desk);
        plan.claims.needs(&desk, keys);
        if keys.iter().all(|key| facts.has(key)) {
            earning::needs(&plan.event(&desk), context, facts, keys);
        }
    }
}

/// A unit that was claimed before, and what its claim waits for.
fn unit_needs(key: &str, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Unit>(key));
    if let Some(code) = key.strip_prefix("code:") {
        series::needs(code, facts, keys);
        keys.insert(FactKey::of::<Code>(code));
    }
    if let Seen::Known(unit) = facts.see::<Unit>(key) {
        policy_confirm::needs(&unit, facts, keys);
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
        policy::product_needs(product, context, facts, keys);
        if let Some(seller) = sale.seller {
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
        unit_needs(&evidence::code_key(code), facts, keys);
    }
}

pub(super) fn decide(
    sale: &SaleRecord,
    context: &Context,
    facts: &Facts,
    rules: &Index,
) -> Result<Outcome, Overflow> {
    let Some(outlet) = context.outlet else {
        return Ok(Outcome::rejected(Because::new("outlet_needed")));
    };
    if let Some(because) = wrong(sale, facts) {
        return Ok(Outcome::rejected(because));
    }
    if receipt_cancelled(sale, facts) {
        return Ok(Outcome::parked(Because::new("receipt_cancelled")));
    }
    let buyer = buyer_of(sale, context, facts);
    let paid = match part_pay::of(sale, context, facts, rules)? {
        Ok(paid) => paid,
        Err(because) => return Ok(Outcome::rejected(because)),
    };
    if let (Some(_), Buyer::Refused(because)) = (&paid, &buyer) {
        return Ok(Outcome::rejected(because.clone()));
    }
    let desk = Desk {
        sale,
        buyer: &buyer,
        context,
        facts,
        rules,
        paid: paid.as_ref(),
    };
    let basket = Basket::of(Plan::of(&desk), &desk)?;
    if earning::points(&basket.earning.awards)? > rules.limits.sale_points_max {
        return Ok(Outcome::parked(Because::new("above_limit")));
    }
    write::close(basket, &desk, outlet)
}

/// True when the sale's receipt was cancelled before the till's report arrived.
fn receipt_cancelled(sale: &SaleRecord, facts: &Facts) -> bool {
    let receipt = sale
        .receipt_key
        .as_ref()
        .map(|key| facts.see::<Receipt>(key));
    matches!(receipt, Some(Seen::Known(receipt)) if receipt.cancelled)
}

fn wrong(sale: &SaleRecord, facts: &Facts) -> Option<Because> {
    if sale.lines.is_empty() || sale.lines.len() > SALE_LINES_MAX {
        return Some(Because::new("bad_input"));
    }
    let number = sale
        .invoice
        .as_deref()
        .map_or(1, |number| number.chars().count());
    if number == 0 || number > INVOICE_CHARS_MAX {
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
