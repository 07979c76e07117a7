//! Digits and a check digit from what each place costs.

/// Costs of the ten digits at one place.
pub(super) type Costs = [f32; 10];

/// The cheapest digits whose weighted sum is right.
#[derive(Debug, Clone)]
pub(super) struct Solved {
    pub digits: Vec<u8>,
    pub cost: f32,
    /// Cost of the cheapest other digits whose sum is right, too.
    pub second: f32,
}

/// The least cost of digits with `sum of weight * digit = target` modulo ten.
pub(super) fn least(places: &[(Costs, u8)], target: usize) -> f32 {
    let mut row = BEGIN;
    for place in places {
        row = after_one(&row, place);
    }
    at(&row, target)
}

/// Finds the cheapest digits with `sum of weight * digit = target` modulo ten
/// and the cost of the next best ones (Viterbi over the sum from both ends).
pub(super) fn solve(places: &[(Costs, u8)], target: usize) -> Option<Solved> {
    let before = sums(places.iter());
    let mut after = sums(places.iter().rev());
    after.reverse();
    let cost = *before.last()?.get(target % 10)?;
    let mut digits = Vec::with_capacity(places.len());
    let mut sum = target % 10;
    for ((costs, weight), from) in places.iter().zip(&before).rev() {
        let step = |d: usize| (sum + 100 - usize::from(*weight) * d) % 10;
        let total = |d: usize| costs.get(d).copied().unwrap_or(f32::MAX) + at(from, step(d));
        let digit = (0..10).min_by(|&a, &b| total(a).total_cmp(&total(b)))?;
        digits.push(digit as u8);
        sum = step(digit);
    }
    digits.reverse();
    let mut second = f32::MAX;
    let sides = before.iter().zip(after.iter().skip(1));
    for ((place, chosen), (before, after)) in places.iter().zip(&digits).zip(sides) {
        let mut others = *place;
        if let Some(cost) = others.0.get_mut(usize::from(*chosen)) {
            *cost = f32::INFINITY;
        }
        let row = after_one(before, &others);
        for (sum, cost) in row.iter().enumerate() {
            second = second.min(cost + at(after, target + 10 - sum));
        }
    }
    Some(Solved {
        digits,
        cost,
        second,
    })
}

fn at(row: &Costs, sum: usize) -> f32 {
    row.get(sum % 10).copied().unwrap_or(f32::MAX)
}

/// The costs of the sums before any place.
const BEGIN: Costs = {
    let mut row = [f32::INFINITY; 10];
    row[0] = 0.0;
    row
};

/// The cheapest way to each sum after one place more.
fn after_one(row: &Costs, (costs, weight): &(Costs, u8)) -> Costs {
    // What it costs to add each sum, twice over, so that rests modulo ten are a
    // matter of where one begins.
    let mut adding = [f32::INFINITY; 20];
    for (digit, &cost) in costs.iter().enumerate() {
        let sum = usize::from(*weight) * digit % 10;
        for slot in adding.iter_mut().skip(sum).step_by(10) {
            *slot = slot.min(cost);
        }
    }
    let mut next = [f32::INFINITY; 10];
    for (sum, &cost) in row.iter().enumerate() {
        let turned = adding.get(10 - sum..20 - sum).unwrap_or_default();
        for (slot, more) in next.iter_mut().zip(turned) {
            *slot = slot.min(cost + more);
        }
    }
    next
}

/// The cheapest way to each sum after none, one, two ... places.
fn sums<'a>(places: impl Iterator<Item = &'a (Costs, u8)>) -> Vec<Costs> {
    let mut row = BEGIN;
    let mut out = vec![row];
    for place in places {
        row = after_one(&row, place);
        out.push(row);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(digit: usize, sure: f32) -> Costs {
        std::array::from_fn(|d| if d == digit { 0.0 } else { sure })
    }

    #[test]
    fn a_doubtful_digit_is_put_right_by_the_check() {
        let digits = [4, 0, 0, 6, 3, 8, 1, 3, 3, 3, 9, 3, 1];
        let mut places: Vec<(Costs, u8)> = digits
            .iter()
            .enumerate()
            .map(|(i, &d)| (costs(d, 20.0), if i % 2 == 0 { 1 } else { 3 }))
            .collect();
        assert_eq!(solve(&places, 0).unwrap().digits, digits.map(|d| d as u8));
        places[5].0 = costs(7, 1.0);
        let solved = solve(&places, 0).unwrap();
        assert_eq!(solved.digits, digits.map(|d| d as u8));
        assert!(solved.second > solved.cost);
    }

    #[test]
    fn of_two_equal_words_neither_is_sure() {
        let mut places: Vec<(Costs, u8)> = [1, 2, 3, 6].map(|d| (costs(d, 9.0), 1)).to_vec();
        // 1 and 2 in places of one weight may change places.
        places[0].0[2] = 0.0;
        places[1].0[1] = 0.0;
        let solved = solve(&places, 2).unwrap();
        assert!(solved.second - solved.cost < 0.1);
    }
}
