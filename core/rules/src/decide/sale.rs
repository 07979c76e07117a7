//! `sale.record`: one basket, two pots. The buyer's points and the seller's incentive are separate
//! awards; whatever was credited before for the same thing is not credited again.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::{self, Overflow};
use crate::command::{BuyerRef, SALE_LINES_MAX, SaleLine, SaleRecord};
use crate::entity::{
    AwardNote, Card, Code, Contact, Member, Participant, Product, Receipt, Sale, Unit, UnitIndex,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Award, AwardKey, Because, Outcome, PotRole, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

use super::points::{self, Earned, Line};
use super::{Context, ProofCheck, evidence};

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
    }
    if let Some(seller) = sale.seller {
        keys.insert(FactKey::of::<Participant>(seller.to_string()));
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
            keys.insert(FactKey::of::<UnitIndex>(evidence::index_id(
                seller, product,
            )));
            points::seller_needs(product, seller, context.occurred_ms, facts, keys);
        }
    }
    if let Some(code) = &line.unit_code {
        keys.insert(FactKey::of::<Code>(code));
        keys.insert(FactKey::of::<Unit>(evidence::code_key(code)));
    }
}

/// Who buys, as far as this place can tell.
enum Buyer {
    None,
    Known(Uuid),
    Unresolved,
    Refused(Because),
}

fn buyer_of(sale: &SaleRecord, context: &Context, facts: &Facts) -> Buyer {
    let found = match &sale.buyer {
        None => return Buyer::None,
        Some(BuyerRef::Proof { participant, .. }) => match &context.proof {
            ProofCheck::Valid {
                participant: proven,
                ..
            } if proven == participant => Seen::Known(*participant),
            ProofCheck::Valid { .. } => return Buyer::Refused(Because::new("proof_invalid")),
            ProofCheck::Invalid(code) => return Buyer::Refused(Because::new(code)),
            ProofCheck::Absent => return Buyer::Refused(Because::new("proof_required")),
        },
        Some(BuyerRef::Contact { hash }) => match facts.see::<Contact>(hash) {
            Seen::Known(contact) => Seen::Known(contact.participant),
            Seen::Absent => Seen::Absent,
            Seen::Unknown => Seen::Unknown,
        },
        Some(BuyerRef::Card { reference }) => match facts.see::<Card>(reference) {
            Seen::Known(card) => Seen::Known(card.participant),
            Seen::Absent => Seen::Absent,
            Seen::Unknown => Seen::Unknown,
        },
    };
    match found {
        Seen::Known(buyer) if buyer == context.actor || sale.seller == Some(buyer) => {
            Buyer::Refused(Because::new("own_sale"))
        }
        Seen::Known(buyer) => Buyer::Known(buyer),
        Seen::Absent => Buyer::Refused(Because::new("unknown_member")),
        Seen::Unknown => Buyer::Unresolved,
    }
}

/// A pot while the lines are added up.
#[derive(Default)]
struct Sum {
    earned: Earned,
    any: bool,
}

impl Sum {
    fn add(&mut self, more: Earned) -> Result<(), Overflow> {
        self.any = true;
        self.earned.points = amount::sum([self.earned.points, more.points])?;
        self.earned.derivation.extend(more.derivation);
        for because in more.pending {
            if !self.earned.pending.contains(&because) {
                self.earned.pending.push(because);
            }
        }
        Ok(())
    }
}

/// What a sale's lines come to, before it is written.
struct Basket {
    buyer: Sum,
    seller: Sum,
    notes: Vec<Because>,
    units: Vec<String>,
    keys: Vec<AwardKey>,
    upserts: Vec<Upsert>,
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
    if sale.lines.is_empty() || sale.lines.len() > SALE_LINES_MAX {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    if sale
        .lines
        .iter()
        .any(|line| line.quantity_micro <= 0 || line.amount_minor < 0)
    {
        return Ok(Outcome::rejected(Because::new("bad_amount")));
    }
    if matches!(facts.see::<Sale>(&sale.sale_id.to_string()), Seen::Known(_)) {
        return Ok(Outcome::rejected(Because::new("duplicate_sale")));
    }
    let buyer = buyer_of(sale, context, facts);
    let mut basket = Basket {
        buyer: Sum::default(),
        seller: Sum::default(),
        notes: Vec::new(),
        units: Vec::new(),
        keys: Vec::new(),
        upserts: Vec::new(),
    };
    for (number, line) in sale.lines.iter().enumerate() {
        add_line(
            &mut basket,
            number,
            line,
            sale,
            &buyer,
            context,
            facts,
            rules,
        )?;
    }
    close(basket, sale, outlet, &buyer, context, facts)
}

/// What is known of the unit that a line is about.
fn unit_of(
    number: usize,
    line: &SaleLine,
    sale: &SaleRecord,
    facts: &Facts,
) -> (String, Seen<Unit>, bool) {
    let own_key = format!("sale:{}:{number}", sale.sale_id);
    if let Some(code) = &line.unit_code {
        match facts.see::<Code>(code) {
            Seen::Absent => return (own_key, Seen::Absent, true),
            Seen::Known(_) | Seen::Unknown => {
                let key = evidence::code_key(code);
                let seen = facts.see::<Unit>(&key);
                return (key, seen, false);
            }
        }
    }
    if let Some(receipt) = &sale.receipt_key
        && let Seen::Known(receipt) = facts.see::<Receipt>(receipt)
    {
        for key in &receipt.units {
            if let Seen::Known(unit) = facts.see::<Unit>(key)
                && unit.product == line.product
            {
                return (key.clone(), Seen::Known(unit), false);
            }
        }
    }
    (own_key, Seen::Absent, false)
}

#[allow(clippy::too_many_arguments)] // one line of one sale, with everything it may depend on
fn add_line(
    basket: &mut Basket,
    number: usize,
    line: &SaleLine,
    sale: &SaleRecord,
    buyer: &Buyer,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<(), Overflow> {
    let wants_buyer = matches!(buyer, Buyer::Known(_) | Buyer::Unresolved);
    let Some(product_id) = &line.product else {
        if wants_buyer
            && let Some(earned) = points::amount_points(rules, &sale.currency, line.amount_minor)?
        {
            basket.buyer.add(earned)?;
        }
        return Ok(());
    };
    let product = match facts.see::<Product>(product_id) {
        Seen::Known(product) => product,
        Seen::Absent | Seen::Unknown => {
            basket
                .notes
                .push(Because::new("unknown_product").with("product", product_id.clone()));
            return Ok(());
        }
    };
    let (key, seen, false_code) = unit_of(number, line, sale, facts);
    if false_code {
        basket.notes.push(Because::new("code_unknown"));
    }
    let mut unit = match &seen {
        Seen::Known(unit) => unit.clone(),
        Seen::Absent | Seen::Unknown => Unit {
            evidence: Vec::new(),
            quantity_micro: line.quantity_micro,
            ..evidence::new_unit(
                context,
                &key,
                product_id,
                evidence::note(context, "till", ""),
            )
        },
    };
    let waits = (seen == Seen::Unknown).then(|| Because::new("server_decides_code"));
    unit.evidence
        .push(evidence::note(context, "till", &sale.sale_id.to_string()));
    unit.sale = Some(sale.sale_id);
    if let Buyer::Known(person) = buyer
        && unit.buyer.is_none()
    {
        unit.buyer = Some(*person);
    }
    if wants_buyer
        && product.buyer_points != 0
        && unit
            .buyer
            .is_none_or(|by| matches!(buyer, Buyer::Known(p) if *p == by))
    {
        let mut earned = points::buyer_points(&product, line.quantity_micro)?;
        earned.pending.extend(waits.clone());
        basket.buyer.add(earned)?;
        basket.keys.push(award_key(&key, "buyer"));
    }
    if let Some(seller) = sale.seller {
        add_seller(
            basket, seller, &mut unit, &product, line, waits, context, facts, rules,
        )?;
    }
    basket.units.push(key.clone());
    basket.upserts.push(Upsert::of(&key, &unit, &[]));
    Ok(())
}

#[allow(clippy::too_many_arguments)]
fn add_seller(
    basket: &mut Basket,
    seller: Uuid,
    unit: &mut Unit,
    product: &Product,
    line: &SaleLine,
    waits: Option<Because>,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<(), Overflow> {
    let key = unit.key.clone();
    if unit.seller.is_some() {
        basket
            .notes
            .push(Because::new("attached_to_existing").with("product", product.id.clone()));
        return Ok(());
    }
    if let Seen::Known(person) = facts.see::<Participant>(&seller.to_string())
        && !context
            .outlet
            .is_some_and(|outlet| person.employed_at(outlet, context.occurred_ms))
    {
        basket.notes.push(Because::new("not_employed_there"));
        return Ok(());
    }
    let mut earned = points::seller_points(
        product,
        seller,
        line.quantity_micro,
        context.occurred_ms,
        facts,
        rules,
    )?;
    if earned.points == 0 {
        return Ok(());
    }
    earned.pending.extend(waits);
    unit.seller = Some(seller);
    basket.seller.add(earned)?;
    basket.keys.push(award_key(&key, "seller"));
    let own = [Scope::Participant(seller)];
    let index = evidence::indexed(
        evidence::index(facts, seller, &product.id),
        context,
        &key,
        "till",
    );
    basket.upserts.push(Upsert::of(
        evidence::index_id(seller, &product.id),
        &index,
        &own,
    ));
    if let (Some(code), Seen::Known(mut known)) = (
        &line.unit_code,
        line.unit_code
            .as_deref()
            .map_or(Seen::Absent, |code| facts.see::<Code>(code)),
    ) {
        known.status = "claimed".to_owned();
        known.claimed_by = Some(seller);
        known.claimed_ms = Some(context.occurred_ms);
        basket.upserts.push(Upsert::of(code, &known, &own));
    }
    Ok(())
}

fn award_key(unit: &str, role: &str) -> AwardKey {
    AwardKey {
        unit: unit.to_owned(),
        purpose: "sale".to_owned(),
        role: role.to_owned(),
    }
}

fn close(
    basket: Basket,
    sale: &SaleRecord,
    outlet: Uuid,
    buyer: &Buyer,
    context: &Context,
    facts: &Facts,
) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    outcome.upserts = basket.upserts;
    outcome.award_keys = basket.keys;
    outcome.pending = basket.notes;
    let mut awards = Vec::new();
    let known_buyer = match buyer {
        Buyer::Known(person) => Some(*person),
        Buyer::Refused(because) => {
            outcome.pending.push(because.clone());
            None
        }
        Buyer::None | Buyer::Unresolved => None,
    };
    let mut buyer_sum = basket.buyer;
    if matches!(buyer, Buyer::Unresolved) {
        buyer_sum
            .earned
            .pending
            .push(Because::new("server_resolves_member"));
    }
    for (role, person, sum) in [
        (PotRole::Buyer, known_buyer, buyer_sum),
        (PotRole::Seller, sale.seller, basket.seller),
    ] {
        if sum.any {
            awards.extend(pay(&mut outcome, role, person, sum.earned, sale, context)?);
        }
    }
    if let Some(person) = known_buyer
        && let Seen::Known(member) = facts.see::<Member>(&person.to_string())
    {
        outcome.upserts.push(Upsert::of(
            person.to_string(),
            &member,
            &[Scope::Outlet(outlet)],
        ));
    }
    write(
        &mut outcome,
        sale,
        outlet,
        known_buyer,
        basket.units,
        awards,
        context,
        facts,
    )?;
    Ok(outcome)
}

fn pay(
    outcome: &mut Outcome,
    role: PotRole,
    person: Option<Uuid>,
    earned: Earned,
    sale: &SaleRecord,
    context: &Context,
) -> Result<Option<AwardNote>, Overflow> {
    let mut note = None;
    if let Some(participant) = person {
        let waits = !earned.pending.is_empty();
        let line = Line {
            kind: "sale",
            participant,
            role: role.as_str(),
            state: if waits { "pending" } else { "active" },
            subject: sale.lines.iter().find_map(|line| line.product.clone()),
            unit: None,
        };
        let activity = points::record(outcome, context, line, &earned);
        outcome
            .transfers
            .push(points::credit(participant, earned.points, waits)?);
        note = Some(AwardNote {
            participant,
            role: role.as_str().to_owned(),
            points: earned.points,
            activity,
        });
    }
    for because in &earned.pending {
        if !outcome.pending.contains(because) {
            outcome.pending.push(because.clone());
        }
    }
    outcome.awards.push(Award {
        participant: person,
        role,
        points: earned.points,
        pending: earned.pending,
        derivation: earned.derivation,
    });
    Ok(note)
}

#[allow(clippy::too_many_arguments)]
fn write(
    outcome: &mut Outcome,
    sale: &SaleRecord,
    outlet: Uuid,
    buyer: Option<Uuid>,
    units: Vec<String>,
    awards: Vec<AwardNote>,
    context: &Context,
    facts: &Facts,
) -> Result<(), Overflow> {
    if let Some(key) = &sale.receipt_key {
        let mut receipt = match facts.see::<Receipt>(key) {
            Seen::Known(receipt) => receipt,
            Seen::Absent | Seen::Unknown => Receipt {
                sale: None,
                units: Vec::new(),
                claimed_by: None,
            },
        };
        receipt.sale = Some(sale.sale_id);
        for unit in &units {
            if !receipt.units.contains(unit) {
                receipt.units.push(unit.clone());
            }
        }
        outcome.upserts.push(Upsert::of(key, &receipt, &[]));
    }
    let recorded = Sale {
        id: sale.sale_id,
        outlet,
        cashier: context.actor,
        buyer,
        seller: sale.seller,
        at_ms: context.occurred_ms,
        amount_minor: amount::sum(sale.lines.iter().map(|line| line.amount_minor))?,
        currency: sale.currency.clone(),
        lines: sale.lines.clone(),
        units,
        awards,
        void: false,
    };
    outcome.upserts.push(Upsert::of(
        sale.sale_id.to_string(),
        &recorded,
        &[Scope::Outlet(outlet)],
    ));
    Ok(())
}
