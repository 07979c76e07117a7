//! What the books know of one account in one unit: its balance, its lots, and which command took
//! and put which of them.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::lot::{LotId, OpenLot, Part, SpendingOrder, held};

/// One account in one unit.
#[derive(Debug, Clone, Default)]
pub(super) struct Holding {
    pub balance: i64,
    /// What is left of each lot, in spending order, none of them empty.
    lots: BTreeMap<SpendingOrder, i64>,
    /// What each command did here and no undoing has undone.
    trails: BTreeMap<Uuid, Trail>,
}

/// A command's movements in one account and unit, oldest first, less what was undone.
#[derive(Debug, Clone, Default)]
struct Trail {
    taken: Vec<Part>,
    put: Vec<Part>,
}

impl Holding {
    /// The lots in spending order.
    pub fn open(&self) -> impl Iterator<Item = OpenLot> {
        self.lots.iter().map(|(place, left)| place.open(*left))
    }

    /// What is left of the lot at this place.
    pub fn left(&self, place: SpendingOrder) -> i64 {
        self.lots.get(&place).copied().unwrap_or(0)
    }

    /// Adds to the lot at this place, or with a negative amount takes from it.
    pub fn shift(&mut self, place: SpendingOrder, amount: i64) {
        let left = self.left(place).saturating_add(amount);
        if left == 0 {
            self.lots.remove(&place);
        } else {
            self.lots.insert(place, left);
        }
        self.balance = self.balance.saturating_add(amount);
    }

    /// Remembers which lot a command put here, or with a negative amount took.
    pub fn note(&mut self, command: Uuid, lot: LotId, amount: i64) {
        let trail = self.trails.entry(command).or_default();
        if amount < 0 {
            trail.taken.push((lot, amount.saturating_neg()));
        } else {
            trail.put.push((lot, amount));
        }
    }

    /// What a command took from here and nobody gave back.
    pub fn taken(&self, command: Uuid) -> &[Part] {
        let trail = self.trails.get(&command);
        trail.map_or(&[], |trail| &trail.taken)
    }

    /// What to take first in order to undo a command: of the lots that it put here as much as it
    /// put, then the rest of those that it `began`. No more of a lot than is here.
    pub fn undoing(&self, command: Uuid, began: &[LotId]) -> Vec<Part> {
        let trail = self.trails.get(&command);
        let put = trail
            .into_iter()
            .flat_map(|trail| trail.put.iter().copied());
        let began = began.iter().map(|lot| (*lot, i64::MAX));
        let here: BTreeMap<LotId, i64> = self.open().map(|open| (open.id, open.left)).collect();
        let mut first: Vec<Part> = Vec::new();
        for (lot, amount) in put.chain(began) {
            let left = here.get(&lot).copied().unwrap_or(0) - held(&first, lot);
            first.push((lot, amount.min(left)));
        }
        first
    }

    /// Forgets parts that an undoing of the command has taken, the first put first.
    pub fn taken_again(&mut self, command: Uuid, parts: &[Part]) {
        if let Some(trail) = self.trails.get_mut(&command) {
            for part in parts {
                shrink(trail.put.iter_mut(), *part);
            }
            trail.put.retain(|part| part.1 > 0);
        }
    }

    /// Forgets parts that an undoing of the command has given back, the last taken first.
    pub fn given_back(&mut self, command: Uuid, parts: &[Part]) {
        if let Some(trail) = self.trails.get_mut(&command) {
            for part in parts {
                shrink(trail.taken.iter_mut().rev(), *part);
            }
            trail.taken.retain(|part| part.1 > 0);
        }
    }
}

/// Takes a lot's amount off the parts of that lot, one after the other.
fn shrink<'a>(parts: impl Iterator<Item = &'a mut Part>, (lot, amount): Part) {
    let mut rest = amount;
    for part in parts.filter(|part| part.0 == lot) {
        let less = part.1.min(rest);
        part.1 -= less;
        rest -= less;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAND: Uuid = Uuid::from_u128(0xc0);

    fn id(number: u128) -> LotId {
        LotId(Uuid::from_u128(number))
    }

    fn place(number: u128) -> SpendingOrder {
        OpenLot {
            id: id(number),
            left: 0,
            born_seq: 1,
            expires_ms: None,
        }
        .order()
    }

    /// A command puts or takes 5 of lot one, 3 of lot two and again 5 of lot one.
    fn noted(sign: i64) -> Holding {
        let mut holding = Holding::default();
        for (lot, amount) in [(1, 5), (2, 3), (1, 5)] {
            holding.shift(place(lot), amount);
            holding.note(COMMAND, id(lot), sign * amount);
        }
        holding
    }

    #[test]
    fn what_an_undoing_took_is_forgotten_from_the_first() {
        let mut holding = noted(1);
        let all = [(id(1), 5), (id(2), 3), (id(1), 5)];
        assert_eq!(holding.undoing(COMMAND, &[]), all);
        holding.taken_again(COMMAND, &[(id(1), 6)]);
        assert_eq!(holding.undoing(COMMAND, &[]), [(id(2), 3), (id(1), 4)]);
        holding.taken_again(COMMAND, &[(id(1), 9), (id(2), 1)]);
        assert_eq!(holding.undoing(COMMAND, &[]), [(id(2), 2)]);
        assert_eq!(holding.undoing(Uuid::nil(), &[]), []);
    }

    #[test]
    fn what_an_undoing_gave_back_is_forgotten_from_the_last() {
        let mut holding = noted(-1);
        holding.given_back(COMMAND, &[(id(1), 6)]);
        assert_eq!(holding.taken(COMMAND), [(id(1), 4), (id(2), 3)]);
        assert_eq!(holding.taken(Uuid::nil()), []);
    }

    #[test]
    fn an_undoing_asks_for_no_more_than_is_here() {
        let mut holding = noted(1);
        holding.shift(place(1), -4);
        let first = [(id(1), 5), (id(2), 3), (id(1), 1), (id(2), 0)];
        assert_eq!(holding.undoing(COMMAND, &[id(2)]), first);
        holding.shift(place(1), -6);
        assert_eq!(holding.left(place(1)), 0);
        assert_eq!(holding.open().count(), 1);
        let first = [(id(1), 0), (id(2), 3), (id(1), 0)];
        assert_eq!(holding.undoing(COMMAND, &[]), first);
    }
}
