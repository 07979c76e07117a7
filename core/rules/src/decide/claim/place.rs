//! Where a claim belongs that no code or receipt links by itself: the outlet's policy says whether it
//! counts, waits for the till, or is about a piece that the till has reported already.

use std::collections::BTreeSet;

use crate::entity::{AwardNote, Deciding, Sale, Unit};
use crate::facts::{FactKey, Seen};
use crate::outcome::{Because, Outcome, Upsert};
use crate::scope::Scope;

use super::super::policy::{self, Pieces, Reported};
use super::super::{evidence, latest};
use super::Desk;

/// Where a claim belongs.
pub(super) enum Place {
    /// Nothing speaks against it.
    Free,
    /// The till reported a piece as this seller's: one more proof for that unit.
    Theirs(String),
    /// The till reported a piece and named nobody.
    Nobodys(Reported),
    /// Stronger evidence has to come before the instant.
    Waits(i64),
    /// Only codes pay here.
    CodeNeeded,
}

/// A claim's place, with the outlet's pieces that it takes or joins.
pub(super) struct Placed {
    pub place: Place,
    /// How much of the unit is still to be credited, millionths; none is all of it.
    pub open_micro: Option<i64>,
    pieces: Option<Pieces>,
}

impl Placed {
    /// The place of a claim that is linked to nothing yet.
    pub fn new(desk: &Desk<'_>, product: &str, kind: &str) -> Self {
        let ruling = policy::ruling(desk.context, desk.facts);
        let mut pieces = Pieces::of(desk.context, desk.facts, product, ruling);
        let deciding = ruling.map(|step| step.deciding);
        let taken = pieces
            .as_mut()
            .map(|pieces| (pieces.take_reported(desk.context.actor), pieces.until_ms()));
        let place = match taken {
            None if deciding == Some(Deciding::Code) && kind != "code" => Place::CodeNeeded,
            None => Place::Free,
            Some((Some(piece), _)) if piece.seller.is_some() => Place::Theirs(piece.key),
            Some((Some(piece), _)) => Place::Nobodys(piece),
            // A person looks at receipts where they decide.
            Some((None, _)) if kind == "receipt" && deciding == Some(Deciding::Receipt) => {
                Place::Free
            }
            Some((None, until_ms)) => Place::Waits(until_ms),
        };
        Self {
            place,
            open_micro: None,
            pieces,
        }
    }

    /// The place of a claim for a unit that the till reported itself. What is left of it to be
    /// claimed is known only where the till decides.
    pub fn on_unit(desk: &Desk<'_>, product: &str, unit: &Unit) -> Self {
        let ruling = policy::ruling(desk.context, desk.facts);
        let mut pieces = Pieces::of(desk.context, desk.facts, product, ruling);
        let open = pieces.as_mut().and_then(|list| list.take_unit(&unit.key));
        let one = crate::amount::QUANTITY_ONE_MICRO;
        let place = match (unit.sale, policy::till_decides(ruling)) {
            (Some(sale), true) => Place::Nobodys(Reported {
                key: unit.key.clone(),
                sale,
                seller: None,
            }),
            _ => Place::Free,
        };
        Self {
            place,
            open_micro: open.map(|pieces| pieces.saturating_mul(one)),
            pieces,
        }
    }

    /// True when nothing of the unit is left to be claimed.
    pub fn exhausted(&self) -> bool {
        self.open_micro == Some(0)
    }

    /// Why the claim waits, if the policy makes it wait.
    pub fn because(&self) -> Option<Because> {
        match self.place {
            Place::Waits(until_ms) => Some(Because::new("awaits_till").with("until_ms", until_ms)),
            _ => None,
        }
    }

    /// The till's report joins the claim's unit.
    pub fn mark(&self, desk: &Desk<'_>, unit: &mut Unit) {
        if let Place::Nobodys(piece) = &self.place
            && unit.sale.is_none()
        {
            let sale = piece.sale.to_string();
            unit.evidence
                .push(evidence::note(desk.context, "till", &sale));
            unit.sale = Some(piece.sale);
        }
    }

    /// What writing it depends on.
    pub fn needs(&self, keys: &mut BTreeSet<FactKey>) {
        match &self.place {
            Place::Theirs(key) => keys.insert(FactKey::of::<Unit>(key)),
            Place::Nobodys(piece) => keys.insert(FactKey::of::<Sale>(piece.sale.to_string())),
            Place::Free | Place::Waits(_) | Place::CodeNeeded => false,
        };
    }

    /// Writes what became of the outlet's pieces. A sale of the till remembers what its piece brought
    /// the claimant, so that a return takes it back.
    pub fn write(mut self, outcome: &mut Outcome, desk: &Desk<'_>, key: &str, notes: &[AwardNote]) {
        let waiting = notes.iter().any(|note| note.promised);
        if let (Place::Free | Place::Waits(_), true, Some(pieces)) =
            (&self.place, waiting, &mut self.pieces)
        {
            pieces.wait(key, desk.context.actor);
        }
        if let Some(pieces) = self.pieces {
            pieces.write(outcome);
        }
        if let Place::Nobodys(piece) = self.place {
            remember(outcome, desk, &piece, notes);
        }
    }
}

fn remember(outcome: &mut Outcome, desk: &Desk<'_>, piece: &Reported, notes: &[AwardNote]) {
    let id = piece.sale.to_string();
    let Seen::Known(mut sale) = latest::see::<Sale>(outcome, desk.facts, &id) else {
        return;
    };
    let place = sale.units.iter().position(|unit| *unit == piece.key);
    let own = piece.key.strip_prefix(&format!("sale:{id}:"));
    let line = own
        .and_then(|number| number.parse().ok())
        .or_else(|| place.and_then(|place| i64::try_from(place).ok()));
    for note in notes {
        let mut note = note.clone();
        note.lines = vec![(line.unwrap_or(crate::outcome::WHOLE_EVENT), note.points)];
        sale.awards.push(note);
    }
    let here = [Scope::Outlet(sale.outlet)];
    outcome.upserts.push(Upsert::of(id, &sale, &here));
}

/// The unit of a seller that a claim of this kind links to.
pub(super) fn own_unit(desk: &Desk<'_>, product: &str, kind: &str) -> Option<String> {
    let index = evidence::index(desk.facts, desk.context.actor, product);
    // A verified receipt speaks of all the pieces on it; a person shows one piece at a time.
    let unit = match desk.sold {
        Some(_) => evidence::untold(&index, desk.context, kind),
        None => evidence::unlinked(&index, desk.context, kind),
    };
    unit.map(|unit| unit.key.clone())
}
