//! What each line of a sale is about, and how much of it is still to be credited on each side: what
//! other evidence has brought already is not credited again.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::amount::QUANTITY_ONE_MICRO;
use crate::command::SaleLine;
use crate::earn::{Event, EventLine, Party};
use crate::entity::{Code, Node, NodeId, NodeState, Product, Receipt, Unit, UnitIndex};
use crate::facts::Seen;
use crate::outcome::Because;
use crate::ruleset::Trigger;

use super::super::series::{self, Target};
use super::super::{evidence, guess};
use super::claims::Claims;
use super::{Buyer, Desk};

/// A line that names a product which is known.
pub(super) struct Planned {
    /// Its place in the sale.
    pub number: usize,
    /// The product's id.
    pub product: String,
    /// The unit with this sale's report on it.
    pub unit: Unit,
    /// Set when only the server can tell whether it was credited before.
    pub waits: Option<Because>,
    /// How much of it is still to be credited to the seller, millionths.
    pub seller_micro: i64,
    /// How much of it is still to be credited to the buyer, millionths.
    pub buyer_micro: i64,
    /// The code of the piece, when it was scanned.
    pub code: Option<String>,
}

/// A sale before anything is earned.
#[derive(Default)]
pub(super) struct Plan {
    pub lines: Vec<EventLine>,
    pub planned: Vec<Planned>,
    pub notes: Vec<Because>,
    /// The seller's recent units by product, as the lines so far left them.
    pub indexes: BTreeMap<String, UnitIndex>,
    /// What the till's word does to claims.
    pub claims: Claims,
}

/// The unit that a line is about, and what is known of it.
struct Subject {
    key: String,
    seen: Seen<Unit>,
    /// The line named a code that was never printed.
    false_code: bool,
}

fn own_key(desk: &Desk<'_>, number: usize) -> String {
    format!("sale:{}:{number}", desk.sale.sale_id)
}

fn subject_of(desk: &Desk<'_>, number: usize, line: &SaleLine) -> Subject {
    let subject = |key: String, seen, false_code| Subject {
        key,
        seen,
        false_code,
    };
    if let Some(code) = &line.unit_code {
        if is_false(desk, code) {
            return subject(own_key(desk, number), Seen::Absent, true);
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
    subject(own_key(desk, number), Seen::Absent, false)
}

/// True when the line's code was never printed, or is of no worth: the piece has none.
fn is_false(desk: &Desk<'_>, code: &str) -> bool {
    let Ok(node) = code.parse::<NodeId>() else {
        // Nothing may tell a code that was never printed from one that does not exist.
        return desk.facts.see::<Code>(code) == Seen::Absent || guess::is_canary(code, desk.facts);
    };
    if node.level > 0 {
        // A till sells pieces.
        return true;
    }
    match series::standing(&Target::Node(node), desk.context, desk.facts) {
        Err(_) => true,
        Ok(standing) => standing
            .and_then(|standing| standing.refusal)
            .is_some_and(|because| matches!(because.code.as_str(), "code_void" | "series_ended")),
    }
}

/// Why nobody is paid for the piece again: the carton or pallet that it came in was claimed.
fn claimed_with_more(desk: &Desk<'_>, line: &SaleLine) -> Option<Because> {
    let node = line.unit_code.as_deref()?.parse::<NodeId>().ok()?;
    let standing = series::standing(&Target::Node(node), desk.context, desk.facts);
    let refusal = standing.ok().flatten()?.refusal?;
    (refusal.code == "in_claimed_parent").then_some(refusal)
}

/// True when the line's code joined a claim that something else made: that claim is the piece's, though
/// no unit has the code's name.
fn joined_a_claim(desk: &Desk<'_>, line: &SaleLine, unit: &Unit) -> bool {
    let Some(code) = &line.unit_code else {
        return false;
    };
    if unit.key != evidence::code_key(code) || desk.facts.see::<Unit>(&unit.key) != Seen::Absent {
        return false;
    }
    if code.parse::<NodeId>().is_ok() {
        let node = desk.facts.see::<Node>(code);
        return matches!(node, Seen::Known(node) if node.state == NodeState::Claimed);
    }
    matches!(desk.facts.see::<Code>(code), Seen::Known(known) if known.claimed_by.is_some())
}

impl Plan {
    /// The plan of a sale.
    pub fn of(desk: &Desk<'_>) -> Self {
        let mut plan = Self::default();
        for (number, line) in desk.sale.lines.iter().enumerate() {
            plan.add(desk, number, line);
        }
        plan
    }

    /// The event that the rules are asked about.
    pub fn event(&self, desk: &Desk<'_>) -> Event {
        Event {
            trigger: Trigger::Sale,
            at_ms: desk.context.occurred_ms,
            outlet: desk.context.outlet,
            actor: Party::Known(desk.context.actor),
            buyer: match desk.buyer {
                Buyer::Known(person) => Party::Known(*person),
                Buyer::Unresolved => Party::Unresolved,
                Buyer::None | Buyer::Refused(_) => Party::Nobody,
            },
            seller: desk.sale.seller.map_or(Party::Nobody, Party::Known),
            currency: desk.sale.currency.clone(),
            evidence: "till".to_owned(),
            value: 0,
            lines: self.lines.clone(),
        }
    }

    fn add(&mut self, desk: &Desk<'_>, number: usize, line: &SaleLine) {
        let wants_buyer = matches!(desk.buyer, Buyer::Known(_) | Buyer::Unresolved);
        let mut open = EventLine {
            product: None,
            quantity_micro: line.quantity_micro,
            // What points pay does not earn again.
            amount_minor: line.amount_minor - desk.paid_minor(number),
            buyer_micro: 0,
            seller_micro: 0,
            fresh_micro: line.quantity_micro,
        };
        if let Some(id) = &line.product {
            match desk.facts.see::<Product>(id) {
                Seen::Known(product) => self.add_product(desk, (number, line), &product, &mut open),
                Seen::Absent | Seen::Unknown => {
                    let unknown = Because::new("unknown_product");
                    self.notes.push(unknown.with("product", id.clone()));
                    open.fresh_micro = 0;
                }
            }
        } else if wants_buyer {
            open.buyer_micro = line.quantity_micro;
        }
        self.lines.push(open);
    }

    fn add_product(
        &mut self,
        desk: &Desk<'_>,
        (number, line): (usize, &SaleLine),
        product: &Product,
        open: &mut EventLine,
    ) {
        let mut subject = subject_of(desk, number, line);
        if self
            .planned
            .iter()
            .any(|known| known.unit.key == subject.key)
        {
            // One code cannot stand for two pieces of the same sale: this piece has no code.
            self.notes.push(Because::new("already_claimed"));
            subject.key = own_key(desk, number);
            subject.seen = Seen::Absent;
        }
        if subject.false_code {
            self.notes.push(Because::new("code_unknown"));
        }
        open.product = Some(product.id.clone());
        if matches!(&subject.seen, Seen::Known(_)) {
            open.fresh_micro = 0;
        }
        let waits = (subject.seen == Seen::Unknown).then(|| Because::new("server_decides_code"));
        let mut unit = sold_unit(desk, &subject, product, line);
        self.claims.settle(desk, number, &mut unit);
        open.buyer_micro = self.buyer_micro(desk, &unit, product, line);
        if let Buyer::Known(person) = desk.buyer
            && unit.buyer.is_none()
        {
            unit.buyer = Some(*person);
        }
        let (left_micro, attached_micro) = self.left_micro(desk, number, &unit, (product, line));
        open.fresh_micro = (open.fresh_micro - attached_micro).max(0);
        if let Some(seller) = desk.sale.seller {
            open.seller_micro = left_micro;
            if left_micro == 0 && attached_micro > 0 {
                // Whoever shows the sale's receipt later is told that somebody was paid.
                unit.seller = Some(seller);
            }
        }
        // A unit that was found by its receipt may have a code: that is used up too.
        let own_code = unit.key.strip_prefix("code:").map(str::to_owned);
        self.planned.push(Planned {
            number,
            product: product.id.clone(),
            unit,
            waits,
            seller_micro: open.seller_micro,
            buyer_micro: open.buyer_micro,
            code: line.unit_code.clone().or(own_code),
        });
    }

    fn buyer_micro(
        &mut self,
        desk: &Desk<'_>,
        unit: &Unit,
        product: &Product,
        line: &SaleLine,
    ) -> i64 {
        if !matches!(desk.buyer, Buyer::Known(_) | Buyer::Unresolved) {
            return 0;
        }
        if unit.buyer.is_none() {
            return line.quantity_micro;
        }
        if product.points_at(desk.context.occurred_ms).buyer_points != 0 {
            self.attached(product);
        }
        0
    }

    fn attached(&mut self, product: &Product) {
        let because = Because::new("attached_to_existing");
        self.notes.push(because.with("product", product.id.clone()));
    }

    /// How much nobody has claimed yet, and how much was claimed before. Only what is left is the
    /// named seller's.
    fn left_micro(
        &mut self,
        desk: &Desk<'_>,
        number: usize,
        unit: &Unit,
        (product, line): (&Product, &SaleLine),
    ) -> (i64, i64) {
        let seller = desk.sale.seller;
        if unit.seller.is_some() {
            if seller.is_some() {
                self.attached(product);
            }
            return (0, 0);
        }
        if let Some(because) = claimed_with_more(desk, line) {
            self.notes.push(because);
            return (0, 0);
        }
        if joined_a_claim(desk, line, unit) {
            self.attached(product);
            return (0, 0);
        }
        if seller.is_some_and(|who| !evidence::may_work_here(who, desk.context, desk.facts)) {
            self.notes.push(Because::new("not_employed_there"));
            return (0, 0);
        }
        let mut attached = 0;
        if let Some(seller) = seller {
            attached = self.attach_own(desk, number, seller, (product, line));
        }
        attached += self
            .claims
            .link(desk, (number, line), &unit.key, &product.id, attached);
        if attached > 0 && seller.is_some() {
            self.attached(product);
        }
        let attached_micro = attached * QUANTITY_ONE_MICRO;
        if seller.is_some() && line.unit_code.is_none() && self.claims.codes_decide(desk) {
            self.notes.push(Because::new("awaits_code"));
            return (0, attached_micro);
        }
        (line.quantity_micro - attached_micro, attached_micro)
    }

    /// Links the line to what its own seller claimed; answers how many pieces.
    fn attach_own(
        &mut self,
        desk: &Desk<'_>,
        number: usize,
        seller: Uuid,
        (product, line): (&Product, &SaleLine),
    ) -> i64 {
        let index = match self.indexes.remove(&product.id) {
            Some(index) => index,
            None => evidence::index(desk.facts, seller, &product.id),
        };
        let (index, keys) = attach_claimed(index, desk, line);
        self.indexes.insert(product.id.clone(), index);
        let attached = i64::try_from(keys.len()).unwrap_or(i64::MAX);
        // A carton's unit is there once for each of its pieces.
        for key in keys.into_iter().collect::<BTreeSet<_>>() {
            self.claims.confirm(desk, &product.id, key, number);
        }
        attached
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

/// How the index names this sale's report.
pub(super) fn till_report(desk: &Desk<'_>) -> String {
    evidence::report("till", &desk.sale.sale_id.to_string())
}

/// Pieces of this line that the seller already claimed by code or receipt: the till's report is
/// further evidence for those units. A line that names its own code has found its unit already.
fn attach_claimed(
    mut index: UnitIndex,
    desk: &Desk<'_>,
    line: &SaleLine,
) -> (UnitIndex, Vec<String>) {
    let mut attached = Vec::new();
    if line.unit_code.is_some() {
        return (index, attached);
    }
    for _ in 0..evidence::whole(line.quantity_micro) {
        let Some(key) = evidence::unlinked(&index, desk.context, "till").map(|u| u.key.clone())
        else {
            break;
        };
        index = evidence::reported(index, &key, till_report(desk));
        attached.push(key);
    }
    (index, attached)
}
