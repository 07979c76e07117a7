//! Which source decides at an outlet, and the linking that follows from it: a claim waits until the
//! till reports the same product there, and a till's piece that nobody was named for is the first
//! valid claim's. An outlet without a policy goes by `evidence` alone.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::entity::{
    Deciding, EvidencePolicy, ONLY, OUTLET_UNITS_MAX, OutletUnit, OutletUnits, PolicyStep,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Outcome, Upsert};

use super::Context;

/// The policies that speak of the place.
pub(super) fn needs(context: &Context, keys: &mut BTreeSet<FactKey>) {
    if let Some(outlet) = context.outlet {
        keys.insert(FactKey::of::<EvidencePolicy>(outlet.to_string()));
        keys.insert(FactKey::of::<EvidencePolicy>(ONLY));
    }
}

/// The outlet's recent pieces of a product, where the till decides.
pub(super) fn product_needs(
    product: &str,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    if let Some(outlet) = context.outlet
        && till_decides(ruling(context, facts))
    {
        keys.insert(FactKey::of::<OutletUnits>(list_id(outlet, product)));
    }
}

/// What holds at the place and instant: the outlet's own policy before the programme's.
pub(super) fn ruling(context: &Context, facts: &Facts) -> Option<PolicyStep> {
    let outlet = context.outlet?.to_string();
    let step = |id: &str| match facts.see::<EvidencePolicy>(id) {
        Seen::Known(policy) => policy.at(context.occurred_ms),
        Seen::Absent | Seen::Unknown => None,
    };
    step(&outlet).or_else(|| step(ONLY))
}

/// True where codes, photos and words wait for something stronger.
pub(super) fn till_decides(ruling: Option<PolicyStep>) -> bool {
    let deciding = ruling.map(|step| step.deciding);
    matches!(deciding, Some(Deciding::Till | Deciding::Receipt))
}

/// The id of an outlet's recent pieces of a product.
pub(super) fn list_id(outlet: Uuid, product: &str) -> String {
    format!("{outlet}:{product}")
}

/// An outlet's recent pieces of one product while a command works on them.
pub(super) struct Pieces {
    id: String,
    list: OutletUnits,
    at_ms: i64,
    window_ms: i64,
}

/// A till's pieces that a claim is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    /// The till's unit.
    pub key: String,
    /// Its sale.
    pub sale: Uuid,
    /// Whom the till named.
    pub seller: Option<Uuid>,
}

impl Pieces {
    /// The pieces as they are known here; none on a device, which sees only its own.
    pub fn of(
        context: &Context,
        facts: &Facts,
        product: &str,
        ruling: Option<PolicyStep>,
    ) -> Option<Self> {
        let step = ruling.filter(|_| till_decides(ruling))?;
        let id = list_id(context.outlet?, product);
        let list = match facts.see::<OutletUnits>(&id) {
            Seen::Known(list) => list,
            Seen::Absent | Seen::Unknown => OutletUnits::default(),
        };
        Some(Self {
            id,
            list,
            at_ms: context.occurred_ms,
            window_ms: step.till_window_ms.max(0),
        })
    }

    /// The first instant at which a till's report is no longer about a claim of now.
    pub fn until_ms(&self) -> i64 {
        self.at_ms.saturating_add(self.window_ms)
    }

    fn near(&self, unit: &OutletUnit) -> bool {
        self.at_ms.saturating_sub(unit.at_ms).saturating_abs() < self.window_ms
    }

    /// Takes one of the till's pieces for a claim of this seller: one that the till says is theirs,
    /// else the first that it names nobody for. What somebody else was named for is never theirs.
    pub fn take_reported(&mut self, seller: Uuid) -> Option<Reported> {
        let free = |pieces: &Self, whose: Option<Uuid>| {
            pieces.list.units.iter().position(|unit| {
                let open = unit.sale.is_some() && unit.open > 0;
                open && unit.seller == whose && pieces.near(unit)
            })
        };
        let place = free(self, Some(seller)).or_else(|| free(self, None))?;
        let unit = self.list.units.get_mut(place)?;
        unit.open -= 1;
        Some(Reported {
            key: unit.key.clone(),
            sale: unit.sale?,
            seller: unit.seller,
        })
    }

    /// Takes all open pieces of one of the till's units, as its receipt does; none when the unit is
    /// not among the recent ones.
    pub fn take_unit(&mut self, key: &str) -> Option<i64> {
        let unit = self.list.units.iter_mut().find(|unit| unit.key == key)?;
        Some(std::mem::take(&mut unit.open))
    }

    /// A claim begins to wait.
    pub fn wait(&mut self, key: &str, seller: Uuid) {
        self.push(OutletUnit {
            key: key.to_owned(),
            at_ms: self.at_ms,
            sale: None,
            seller: Some(seller),
            open: 1,
        });
    }

    /// The claims that wait and that a till's report of so many pieces confirms: those of whom it
    /// names, or, when it names nobody, the first ones. They wait no longer.
    pub fn take_waiting(&mut self, seller: Option<Uuid>, pieces: i64) -> Vec<OutletUnit> {
        let mut taken = Vec::new();
        for place in 0..self.list.units.len() {
            if i64::try_from(taken.len()).map_or(true, |taken| taken >= pieces) {
                break;
            }
            let of = |unit: &&OutletUnit| {
                let fits = seller.is_none() || unit.seller == seller;
                unit.sale.is_none() && unit.open > 0 && fits && self.near(unit)
            };
            if self.list.units.get(place).filter(of).is_none() {
                continue;
            }
            if let Some(unit) = self.list.units.get_mut(place) {
                unit.open = 0;
                taken.push(unit.clone());
            }
        }
        taken
    }

    /// The claim with this unit, if it waits; it does no longer.
    pub fn take_claim(&mut self, key: &str) -> Option<OutletUnit> {
        let waits =
            |unit: &&mut OutletUnit| unit.key == key && unit.sale.is_none() && unit.open > 0;
        let unit = self.list.units.iter_mut().find(waits)?;
        unit.open = 0;
        Some(unit.clone())
    }

    /// A till reported pieces, so many of which no claim is linked to.
    pub fn report(&mut self, key: &str, sale: Uuid, seller: Option<Uuid>, open: i64) {
        self.push(OutletUnit {
            key: key.to_owned(),
            at_ms: self.at_ms,
            sale: Some(sale),
            seller,
            open,
        });
    }

    /// What nothing can be linked to any more leaves first, then the oldest.
    fn push(&mut self, unit: OutletUnit) {
        self.list.units.push(unit);
        if self.list.units.len() > OUTLET_UNITS_MAX {
            let (at_ms, window_ms) = (self.at_ms, self.window_ms);
            let useful =
                |unit: &OutletUnit| unit.open > 0 && at_ms.saturating_sub(unit.at_ms) < window_ms;
            let gone = self.list.units.iter().position(|unit| !useful(unit));
            self.list.units.remove(gone.unwrap_or(0));
        }
    }

    /// Writes the list. No device gets it.
    pub fn write(self, outcome: &mut Outcome) {
        outcome.upserts.push(Upsert::of(self.id, &self.list, &[]));
    }
}
