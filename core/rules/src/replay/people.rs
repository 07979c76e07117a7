//! What each person gets under both rule sets, and the most that one of them gets in a day.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Which;

/// Days that are kept open for one person: facts arrive up to a month late.
const DAYS_OPEN: usize = 40;

/// Somebody's sums.
#[derive(Debug, Default)]
pub(crate) struct Gained {
    pub draft_points: i64,
    pub current_points: i64,
    /// What the draft's points cost, tax and contributions included.
    pub draft_cost: i128,
    /// The day on which the draft gave most so far: the day and its points.
    pub best_day: Option<(i64, i64)>,
    /// The newest days and what the draft gave on them, the oldest first.
    open: Vec<(i64, i64)>,
}

impl Gained {
    /// What the draft changes for the person.
    pub fn change(&self) -> i64 {
        self.draft_points.saturating_sub(self.current_points)
    }

    fn on_day(&mut self, day: i64, points: i64) {
        let place = match self.open.binary_search_by_key(&day, |(day, _)| *day) {
            Ok(place) => place,
            Err(place) => {
                self.open.insert(place, (day, 0));
                place
            }
        };
        let sum = &mut self.open[place].1;
        *sum = sum.saturating_add(points);
        if self.best_day.is_none_or(|(_, most)| *sum > most) {
            self.best_day = Some((day, *sum));
        }
        if self.open.len() > DAYS_OPEN {
            self.open.remove(0);
        }
    }
}

/// Everybody who was in an event or got points.
#[derive(Debug, Default)]
pub(crate) struct People(BTreeMap<Uuid, Gained>);

impl People {
    pub fn meet(&mut self, person: Uuid) {
        self.0.entry(person).or_default();
    }

    pub fn gain(&mut self, person: Uuid, which: Which, points: i64, cost: i128, day: i64) {
        let gained = self.0.entry(person).or_default();
        match which {
            Which::Draft => {
                gained.draft_points = gained.draft_points.saturating_add(points);
                gained.draft_cost += cost;
                gained.on_day(day, points);
            }
            Which::Current => {
                gained.current_points = gained.current_points.saturating_add(points);
            }
        }
    }

    pub fn each(&self) -> impl Iterator<Item = (&Uuid, &Gained)> {
        self.0.iter()
    }
}
