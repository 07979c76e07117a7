//! What came of many fleets, in words.

use crate::faults::{FAULTS, Fault, Tally};
use crate::run::Total;

/// In so many sessions each kind of fault is to come [`KIND_MIN`] times and each pair of kinds in
/// [`PAIR_MIN`] fleets; in fewer, that much less.
const SESSIONS: u64 = 200_000;
const KIND_MIN: u64 = 1_000;
const PAIR_MIN: u64 = 10;
/// Rare pairs that are named.
const NAMED_MAX: usize = 12;

/// The report.
#[must_use]
pub fn told(total: &Total) -> String {
    let sum = &total.sum;
    let (seconds, worked) = (total.took.as_secs_f64(), total.worked.as_secs_f64());
    let mut text = format!(
        "fleets {}  seeds {}  sessions {}  events {}  calls {}  crash points passed {}\n\
         commands promised {}  answered {}  time played {} h\n",
        total.fleets,
        total.seeds(),
        sum.sessions,
        sum.events,
        sum.calls,
        sum.points,
        sum.promises,
        sum.settled,
        sum.passed_ms / 3_600_000
    );
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = sum.sessions as f64 / worked.max(0.01);
    text.push_str(&format!(
        "took {seconds:.1} s and {worked:.1} s of processor time: {rate:.0} sessions in each of these\n"
    ));
    text.push_str(&faults(&sum.tally));
    text.push_str(&rare(&sum.tally, sum.sessions));
    for bad in &total.bad {
        if let Some(found) = &bad.violation {
            text.push_str(&format!(
                "seed {}: {} {}\n",
                bad.seed, found.law, found.detail
            ));
        }
    }
    text.push_str(&format!("violations {}\n", total.bad.len()));
    text
}

fn faults(tally: &Tally) -> String {
    let mut text = format!("faults {}", tally.total());
    let (pairs, possible) = tally.pairs();
    text.push_str(&format!(
        "  kinds {} of {}",
        tally.kinds().len(),
        FAULTS.len()
    ));
    text.push_str(&format!("  pairs in one fleet {pairs} of {possible}\n"));
    for group in FAULTS.chunks(4) {
        for fault in group {
            text.push_str(&format!(
                "  {:<26} {:>8}",
                fault.name(),
                tally.count(*fault)
            ));
        }
        text.push('\n');
    }
    text
}

/// What came too seldom for a run of this length.
fn rare(tally: &Tally, sessions: u64) -> String {
    let scaled = |wanted: u64| (wanted * sessions / SESSIONS).clamp(1, wanted);
    let (kind_min, pair_min) = (scaled(KIND_MIN), scaled(PAIR_MIN));
    let few = FAULTS.iter().filter(|kind| tally.count(**kind) < kind_min);
    let few: Vec<&str> = few.map(|kind| kind.name()).collect();
    let kinds = match few.is_empty() {
        true => "none".to_owned(),
        false => few.join(", "),
    };
    let rare = tally.rare_pairs(pair_min);
    let named = |((one, other), count): &((Fault, Fault), u64)| {
        format!("{} with {} ({count})", one.name(), other.name())
    };
    let mut pairs: Vec<String> = rare.iter().take(NAMED_MAX).map(named).collect();
    if rare.len() > NAMED_MAX {
        pairs.push("and others".to_owned());
    }
    let list = pairs.join(", ");
    format!(
        "kinds that came less than {kind_min} times: {kinds}\n\
         pairs that met in less than {pair_min} fleets: {}{}{list}\n",
        rare.len(),
        if rare.is_empty() { "" } else { ": " }
    )
}

#[cfg(test)]
mod tests {
    use super::rare;
    use crate::faults::{FAULTS, Fault, Tally};

    #[test]
    fn what_came_too_seldom_is_named_by_the_length_of_the_run() {
        let mut fleet = Tally::default();
        for fault in FAULTS.iter().filter(|fault| **fault != Fault::Scope) {
            fleet.note(*fault);
        }
        let mut all = Tally::default();
        all.add_fleet(&fleet);
        let told = rare(&all, 300);
        assert!(told.contains("less than 1 times: scope_moved\n"), "{told}");
        assert!(
            told.contains("fleets: 42: drop with scope_moved (0), "),
            "{told}"
        );
        assert!(rare(&all, 3_000_000).contains("less than 1000 times: drop, delay"));
        fleet.note(Fault::Scope);
        all.add_fleet(&fleet);
        let told = rare(&all, 300);
        assert!(
            told.contains("times: none\n") && told.ends_with("fleets: 0\n"),
            "{told}"
        );
    }
}
