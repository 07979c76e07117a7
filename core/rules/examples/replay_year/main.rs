//! How fast a year goes by: `cargo run --profile bench -p carrot-rules --example replay_year -- 1000000`.

mod year;

use std::ops::ControlFlow;
use std::time::Instant;

use carrot_rules::replay::Replay;

fn main() {
    let count = std::env::args().nth(1);
    let count: u64 = count
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000);
    let mut replay = Replay::new(year::rules(12_000), year::rules(10_000));
    year::facts().for_each(|step| replay.feed(&step));
    let begun = Instant::now();
    replay.feed_all(year::events(count), count, |_| ControlFlow::Continue(()));
    let fed_ms = begun.elapsed().as_millis();
    match replay.report(20) {
        Ok(report) => println!(
            "{} events under two sets of {} rules in {fed_ms} ms; draft {} points, {} people gain, {} bounds met",
            report.events,
            report.rules.len().saturating_sub(1),
            report.draft.given.points,
            report.people.gain,
            report.bounds.len(),
        ),
        Err(error) => eprintln!("{error}"),
    }
}
