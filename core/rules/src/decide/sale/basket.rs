//! A basket while its lines are added up: what each pot comes to, and which units were sold.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::amount::{self, Overflow, QUANTITY_ONE_MICRO};
use crate::command::SaleLine;
use crate::entity::{Code, Product, Receipt, Unit, UnitIndex};
use crate::facts::Seen;
use crate::outcome::{AwardKey, Because, PotRole, Upsert};
use crate::scope::Scope;

use super::super::evidence;
use super::super::points::{self, Earned};
use super::{Buyer, Desk};

/// A pot while the lines are added up.
#[derive(Default)]
pub(super) struct Sum {
    /// Points, their arithmetic, and what they wait for.
    pub earned: Earned,
    /// True when any line earned for this pot.
    pub any: bool,
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
#[derive(Default)]
pub(super) struct Basket {
    pub buyer: Sum,
    pub seller: Sum,
    pub notes: Vec<Because>,
    pub units: Vec<String>,
    pub keys: Vec<AwardKey>,
    pub upserts: Vec<Upsert>,
    /// The seller's recent units by product, as the lines so far left them.
    pub indexes: BTreeMap<String, UnitIndex>,
}

/// The unit that a line is about, and what is known of it.
struct Subject {
    key: String,
    seen: Seen<Unit>,
    /// The line named a code that was never printed.
    false_code: bool,
}

fn subject_of(desk: &Desk<'_>, number: usize, line: &SaleLine) -> Subject {
    let own_key = format!("sale:{}:{number}", desk.sale.sale_id);
    let subject = |key: String, seen, false_code| Subject {
        key,
        seen,
        false_code,
    };
    if let Some(code) = &line.unit_code {
        if desk.facts.see::<Code>(code) == Seen::Absent {
            return subject(own_key, Seen::Absent, true);
        }
        let key = evidence::code_key(code);
        let seen = desk.facts.see::<Unit>(&key);
        return subject(key, seen, false);
    }
    if let Some(receipt) = &desk.sale.receipt_key
        && let Seen::Known(receipt) = desk.facts.see::<Receipt>(receipt)
    {
        for key in receipt.units {
            if let Seen::Known(unit) = desk.facts.see::<Unit>(&key)
                && unit.product == line.product
            {
                return subject(key, Seen::Known(unit), false);
            }
        }
    }
    subject(own_key, Seen::Absent, false)
}

impl Basket {
    /// Points of both pots together.
    pub fn points(&self) -> Result<i64, Overflow> {
        amount::sum([self.buyer.earned.points, self.seller.earned.points])
    }

    /// Adds one line to both pots.
    pub fn add_line(
        &mut self,
        desk: &Desk<'_>,
        number: usize,
        line: &SaleLine,
    ) -> Result<(), Overflow> {
        let wants_buyer = matches!(desk.buyer, Buyer::Known(_) | Buyer::Unresolved);
        let Some(product_id) = &line.product else {
            if wants_buyer
                && let Some(earned) =
                    points::amount_points(desk.rules, &desk.sale.currency, line.amount_minor)?
            {
                self.buyer.add(earned)?;
            }
            return Ok(());
        };
        let Seen::Known(product) = desk.facts.see::<Product>(product_id) else {
            self.notes
                .push(Because::new("unknown_product").with("product", product_id.clone()));
            return Ok(());
        };
        let mut subject = subject_of(desk, number, line);
        if self.units.contains(&subject.key) {
            // One code cannot stand for two pieces of the same sale: this piece has no code.
            self.notes.push(Because::new("already_claimed"));
            subject.key = format!("sale:{}:{number}", desk.sale.sale_id);
            subject.seen = Seen::Absent;
        }
        if subject.false_code {
            self.notes.push(Because::new("code_unknown"));
        }
        let waits = (subject.seen == Seen::Unknown).then(|| Because::new("server_decides_code"));
        let mut unit = sold_unit(desk, &subject, &product, line);
        if wants_buyer {
            self.add_buyer(&unit, &product, line, waits.clone())?;
        }
        if let Buyer::Known(person) = desk.buyer
            && unit.buyer.is_none()
        {
            unit.buyer = Some(*person);
        }
        if let Some(seller) = desk.sale.seller {
            self.add_seller(desk, seller, &mut unit, (&product, line), waits)?;
        }
        self.units.push(unit.key.clone());
        self.upserts.push(Upsert::of(&unit.key, &unit, &[]));
        Ok(())
    }

    fn add_buyer(
        &mut self,
        unit: &Unit,
        product: &Product,
        line: &SaleLine,
        waits: Option<Because>,
    ) -> Result<(), Overflow> {
        if product.buyer_points == 0 {
            return Ok(());
        }
        if unit.buyer.is_some() {
            let because = Because::new("attached_to_existing");
            self.notes.push(because.with("product", product.id.clone()));
            return Ok(());
        }
        let mut earned = points::buyer_points(product, line.quantity_micro)?;
        earned.pending.extend(waits);
        self.buyer.add(earned)?;
        self.keys
            .push(evidence::award_key(&unit.key, PotRole::Buyer));
        Ok(())
    }

    fn add_seller(
        &mut self,
        desk: &Desk<'_>,
        seller: Uuid,
        unit: &mut Unit,
        (product, line): (&Product, &SaleLine),
        waits: Option<Because>,
    ) -> Result<(), Overflow> {
        if let Some(because) = not_payable(desk, seller, unit, product) {
            self.notes.push(because);
            return Ok(());
        }
        let index = match self.indexes.remove(&product.id) {
            Some(index) => index,
            None => evidence::index(desk.facts, seller, &product.id),
        };
        let (mut index, attached) = attach_claimed(index, desk, line);
        if attached > 0 {
            self.notes
                .push(Because::new("attached_to_existing").with("product", product.id.clone()));
        }
        let quantity = line.quantity_micro - attached * QUANTITY_ONE_MICRO;
        let at_ms = desk.context.occurred_ms;
        let mut earned =
            points::seller_points(product, seller, quantity, at_ms, desk.facts, desk.rules)?;
        if earned.points != 0 {
            earned.pending.extend(waits);
            unit.seller = Some(seller);
            self.seller.add(earned)?;
            self.keys
                .push(evidence::award_key(&unit.key, PotRole::Seller));
            let pieces = evidence::whole(quantity);
            index = evidence::indexed(index, desk.context, &unit.key, till_report(desk), pieces);
            self.claim_code(desk, seller, line);
        }
        let own = [Scope::Participant(seller)];
        let index_id = evidence::index_id(seller, &product.id);
        self.upserts.push(Upsert::of(index_id, &index, &own));
        self.indexes.insert(product.id.clone(), index);
        Ok(())
    }

    /// The code of the piece sold is now this seller's.
    fn claim_code(&mut self, desk: &Desk<'_>, seller: Uuid, line: &SaleLine) {
        if let Some(code) = &line.unit_code
            && let Seen::Known(mut known) = desk.facts.see::<Code>(code)
        {
            known.status = "claimed".to_owned();
            known.claimed_by = Some(seller);
            known.claimed_ms = Some(desk.context.occurred_ms);
            let own = [Scope::Participant(seller)];
            self.upserts.push(Upsert::of(code, &known, &own));
        }
    }
}

/// The unit with this sale's report on it.
fn sold_unit(desk: &Desk<'_>, subject: &Subject, product: &Product, line: &SaleLine) -> Unit {
    let report = evidence::note(desk.context, "till", &desk.sale.sale_id.to_string());
    let mut unit = match &subject.seen {
        Seen::Known(unit) => {
            let mut unit = unit.clone();
            unit.evidence.push(report);
            unit
        }
        Seen::Absent | Seen::Unknown => Unit {
            quantity_micro: line.quantity_micro,
            ..evidence::new_unit(desk.context, &subject.key, &product.id, report)
        },
    };
    unit.sale = Some(desk.sale.sale_id);
    unit
}

/// Why the seller is not paid for this unit, if there is a reason.
fn not_payable(desk: &Desk<'_>, seller: Uuid, unit: &Unit, product: &Product) -> Option<Because> {
    if unit.seller.is_some() {
        return Some(Because::new("attached_to_existing").with("product", product.id.clone()));
    }
    if !evidence::may_work_here(seller, desk.context, desk.facts) {
        return Some(Because::new("not_employed_there"));
    }
    None
}

fn till_report(desk: &Desk<'_>) -> String {
    evidence::report("till", &desk.sale.sale_id.to_string())
}

/// Pieces of this line that the seller already claimed by code or receipt: the till's report is
/// further evidence for those. A line that names its own code has found its unit already.
fn attach_claimed(mut index: UnitIndex, desk: &Desk<'_>, line: &SaleLine) -> (UnitIndex, i64) {
    let mut attached = 0;
    if line.unit_code.is_some() {
        return (index, attached);
    }
    while attached < evidence::whole(line.quantity_micro) {
        let Some(key) = evidence::unlinked(&index, desk.context, "till").map(|u| u.key.clone())
        else {
            break;
        };
        index = evidence::reported(index, &key, till_report(desk));
        attached += 1;
    }
    (index, attached)
}
