//! A basket after the rules were asked: which units were credited to whom, and what is written about
//! them.

use std::collections::BTreeMap;

use crate::amount::Overflow;
use crate::earn::{Earning, Event};
use crate::entity::{Code, NodeId, UnitIndex};
use crate::facts::Seen;
use crate::outcome::{AwardKey, Because, Outcome, PotRole, Upsert, WHOLE_EVENT};
use crate::ruleset::Who;
use crate::scope::Scope;

use super::super::{earning, evidence, guess, series};
use super::Desk;
use super::claims::Claims;
use super::plan::{Plan, Planned, till_report};

/// What a sale's lines come to, before it is written.
pub(super) struct Basket {
    pub event: Event,
    pub earning: Earning,
    pub notes: Vec<Because>,
    pub units: Vec<String>,
    pub keys: Vec<AwardKey>,
    pub upserts: Vec<Upsert>,
    pub claims: Claims,
}

/// True for those whom the seller's side pays.
fn of_seller(who: Who) -> bool {
    !matches!(who, Who::Buyer | Who::Referrer)
}

/// True when a side earned anything on a line, or on the event as a whole.
fn earned(earning: &Earning, seller: bool, number: usize) -> bool {
    let line = i64::try_from(number).unwrap_or(i64::MAX);
    let own = earning
        .awards
        .iter()
        .filter(|award| of_seller(award.who) == seller);
    own.flat_map(|award| &award.derivation)
        .any(|step| step.points != 0 && (step.line == line || step.line == WHOLE_EVENT))
}

impl Basket {
    /// Asks the rules about a planned sale.
    pub fn of(plan: Plan, desk: &Desk<'_>) -> Result<Self, Overflow> {
        let event = plan.event(desk);
        let mut basket = Self {
            earning: earning::work_out(&event, desk.pay())?,
            event,
            notes: plan.notes,
            units: Vec::new(),
            keys: Vec::new(),
            upserts: Vec::new(),
            claims: plan.claims,
        };
        basket.let_wait(&plan.planned);
        let mut indexes = plan.indexes;
        for planned in plan.planned {
            basket.write(desk, planned, &mut indexes);
        }
        basket.write_indexes(desk, &indexes);
        Ok(basket)
    }

    /// Awards on lines of which only the server can tell whether they were credited before.
    fn let_wait(&mut self, planned: &[Planned]) {
        for line in planned {
            let Some(because) = &line.waits else { continue };
            let number = i64::try_from(line.number).unwrap_or(i64::MAX);
            for award in &mut self.earning.awards {
                let open = if of_seller(award.who) {
                    line.seller_micro
                } else {
                    line.buyer_micro
                };
                let mut steps = award.derivation.iter();
                let about = steps.any(|step| step.line == number || step.line == WHOLE_EVENT);
                if open > 0 && about && !award.pending.contains(because) {
                    award.pending.push(because.clone());
                }
            }
        }
    }

    fn write(
        &mut self,
        desk: &Desk<'_>,
        planned: Planned,
        indexes: &mut BTreeMap<String, UnitIndex>,
    ) {
        let mut unit = planned.unit;
        if planned.buyer_micro > 0 && earned(&self.earning, false, planned.number) {
            self.keys
                .push(evidence::award_key(&unit.key, PotRole::Buyer));
        }
        if let Some(seller) = desk.sale.seller.filter(|_| planned.seller_micro > 0)
            && earned(&self.earning, true, planned.number)
        {
            unit.seller = Some(seller);
            self.keys
                .push(evidence::award_key(&unit.key, PotRole::Seller));
            let pieces = evidence::whole(planned.seller_micro);
            let index = indexes.remove(&planned.product).unwrap_or_default();
            let report = till_report(desk);
            let index = evidence::indexed(index, desk.context, &unit.key, report, pieces);
            indexes.insert(planned.product, index);
            self.claim_code(desk, seller, (planned.code.as_deref(), &unit.key));
        }
        self.units.push(unit.key.clone());
        self.upserts.push(Upsert::of(&unit.key, &unit, &[]));
    }

    fn write_indexes(&mut self, desk: &Desk<'_>, indexes: &BTreeMap<String, UnitIndex>) {
        let Some(seller) = desk.sale.seller else {
            return;
        };
        let own = [Scope::Participant(seller)];
        for (product, index) in indexes {
            let id = evidence::index_id(seller, product);
            self.upserts.push(Upsert::of(id, index, &own));
        }
    }

    /// The code of the piece sold is now this seller's.
    fn claim_code(
        &mut self,
        desk: &Desk<'_>,
        seller: uuid::Uuid,
        (code, unit): (Option<&str>, &str),
    ) {
        if let Some(Ok(node)) = code.map(str::parse::<NodeId>) {
            let mut outcome = Outcome::accepted();
            std::mem::swap(&mut outcome.upserts, &mut self.upserts);
            let here = (desk.context, desk.facts);
            series::claim(&mut outcome, here, &node, (unit, 1, seller));
            self.upserts = outcome.upserts;
            return;
        }
        if let Some(code) = code
            && let Seen::Known(mut known) = desk.facts.see::<Code>(code)
            && known.status != guess::CANARY
        {
            known.status = "claimed".to_owned();
            known.claimed_by = Some(seller);
            known.claimed_ms = Some(desk.context.occurred_ms);
            let own = [Scope::Participant(seller)];
            self.upserts.push(Upsert::of(code, &known, &own));
        }
    }
}
