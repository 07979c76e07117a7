//! What a till's report does to claims: it confirms those that wait for it, and it takes a piece from
//! whoever claimed it where it names somebody else.

use std::collections::{BTreeMap, BTreeSet};

use crate::amount::Overflow;
use crate::command::SaleLine;
use crate::entity::{AwardNote, Deciding, Unit, UnitIndex};
use crate::facts::{FactKey, Seen};
use crate::outcome::{Outcome, Upsert};
use crate::scope::Scope;

use super::super::policy::{self, Pieces};
use super::super::{evidence, latest, policy_confirm, sell_in};
use super::Desk;
use super::plan::till_report;

/// The claims that a sale's lines meet.
#[derive(Default)]
pub(super) struct Claims {
    /// Units whose claims hold now, with the lines that report them.
    confirmed: Vec<(String, usize)>,
    /// Units as they were claimed by somebody else than whom the till names.
    overridden: Vec<Unit>,
    /// The outlet's recent pieces by product, where the till decides.
    pieces: BTreeMap<String, Pieces>,
}

impl Claims {
    /// The unit of a line was claimed before and its claim still waits: it holds if the till names
    /// the claimant or nobody, and gives way if it names somebody else.
    pub fn settle(&mut self, desk: &Desk<'_>, number: usize, unit: &mut Unit) {
        let Some(claimant) = unit.seller else { return };
        let waiting = policy_confirm::open(&Outcome::accepted(), desk.facts, unit);
        if waiting.is_empty() {
            return;
        }
        if desk.sale.seller.is_some_and(|named| named != claimant) {
            self.overridden.push(unit.clone());
            unit.seller = None;
            unit.sell_in = false;
            unit.promises.clear();
        } else if unit.outlet == desk.context.outlet {
            let product = unit.product.clone().unwrap_or_default();
            self.confirm(desk, &product, unit.key.clone(), number);
        }
    }

    /// The till reports a claimed unit.
    pub fn confirm(&mut self, desk: &Desk<'_>, product: &str, key: String, number: usize) {
        if let Some(pieces) = self.pieces(desk, product) {
            pieces.take_claim(&key);
        }
        self.confirmed.push((key, number));
    }

    /// Links what is left of a line to claims that wait at the outlet, and notes the rest for claims
    /// to come. Answers how many pieces were linked.
    pub fn link(
        &mut self,
        desk: &Desk<'_>,
        (number, line): (usize, &SaleLine),
        key: &str,
        product: &str,
        attached: i64,
    ) -> i64 {
        let seller = desk.sale.seller;
        let left = evidence::whole(line.quantity_micro) - attached;
        let Some(pieces) = self.pieces(desk, product) else {
            return 0;
        };
        let most = if line.unit_code.is_none() { left } else { 0 };
        let claims = pieces.take_waiting(seller, most);
        let linked = i64::try_from(claims.len()).unwrap_or(i64::MAX);
        pieces.report(key, desk.sale.sale_id, seller, left - linked);
        let confirmed = claims.into_iter().map(|claim| (claim.key, number));
        self.confirmed.extend(confirmed);
        linked
    }

    /// True where a till's line without a code pays no seller.
    pub fn codes_decide(&self, desk: &Desk<'_>) -> bool {
        let ruling = policy::ruling(desk.context, desk.facts);
        ruling.is_some_and(|step| step.deciding == Deciding::Code)
    }

    fn pieces(&mut self, desk: &Desk<'_>, product: &str) -> Option<&mut Pieces> {
        if !self.pieces.contains_key(product) {
            let ruling = policy::ruling(desk.context, desk.facts);
            let pieces = Pieces::of(desk.context, desk.facts, product, ruling)?;
            self.pieces.insert(product.to_owned(), pieces);
        }
        self.pieces.get_mut(product)
    }

    /// What doing all this depends on.
    pub fn needs(&self, desk: &Desk<'_>, keys: &mut BTreeSet<FactKey>) {
        for (key, _) in &self.confirmed {
            keys.insert(FactKey::of::<Unit>(key));
            if let Seen::Known(unit) = desk.facts.see::<Unit>(key) {
                policy_confirm::needs(&unit, desk.facts, keys);
            }
        }
    }

    /// Does it. Answers the claims' awards where the till decides: a return takes them back.
    pub fn write(self, outcome: &mut Outcome, desk: &Desk<'_>) -> Result<Vec<AwardNote>, Overflow> {
        for mut unit in self.overridden {
            policy_confirm::override_claim(outcome, desk.facts, &mut unit)?;
        }
        let mut notes = Vec::new();
        for (key, number) in self.confirmed {
            let Seen::Known(mut unit) = latest::see::<Unit>(outcome, desk.facts, &key) else {
                continue;
            };
            let line = i64::try_from(number).unwrap_or(i64::MAX);
            let held = policy_confirm::confirm(outcome, desk.pay(), &unit, line)?;
            report(outcome, desk, &mut unit);
            notes.extend(held);
        }
        let decides = policy::till_decides(policy::ruling(desk.context, desk.facts));
        for pieces in self.pieces.into_values() {
            pieces.write(outcome);
        }
        Ok(if decides { notes } else { Vec::new() })
    }
}

/// Writes the till's report onto a claimed unit: it no longer counts against what was shipped.
fn report(outcome: &mut Outcome, desk: &Desk<'_>, unit: &mut Unit) {
    let sale = desk.sale.sale_id.to_string();
    let known = |note: &crate::entity::EvidenceNote| note.kind == "till" && note.reference == sale;
    if !unit.evidence.iter().any(known) {
        unit.evidence
            .push(evidence::note(desk.context, "till", &sale));
    }
    unit.sale = Some(desk.sale.sale_id);
    sell_in::give_back(outcome, desk.facts, unit);
    let own: Vec<Scope> = unit.seller.map(Scope::Participant).into_iter().collect();
    outcome.upserts.push(Upsert::of(&unit.key, unit, &own));
    // The named seller's index is written with the sale.
    let (Some(seller), Some(product)) = (unit.seller, &unit.product) else {
        return;
    };
    if desk.sale.seller != Some(seller) {
        let id = evidence::index_id(seller, product);
        if let Seen::Known(index) = latest::see::<UnitIndex>(outcome, desk.facts, &id) {
            let index = evidence::reported(index, &unit.key, till_report(desk));
            outcome.upserts.push(Upsert::of(id, &index, &own));
        }
    }
}
