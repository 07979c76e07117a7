//! A time zone as the steps that a rule set carries, so that every place counts days alike.

use carrot_rules::ruleset::ZoneStep;
use jiff::Timestamp;
use jiff::tz::TimeZone;

const YEAR_MS: i64 = 365 * 86_400_000;
/// How far back steps are written: facts arrive late, and windows reach back.
const YEARS_BACK: i64 = 2;
/// How far ahead steps are written; publishing again writes them anew.
const YEARS_AHEAD: i64 = 10;

/// The steps of a zone around an instant, UTC milliseconds. A zone that nobody knows is UTC, which has
/// none.
#[must_use]
pub fn zone_steps(name: &str, now_ms: i64) -> Vec<ZoneStep> {
    let begin_ms = now_ms.saturating_sub(YEARS_BACK * YEAR_MS);
    let end_ms = now_ms.saturating_add(YEARS_AHEAD * YEAR_MS);
    let (Ok(zone), Ok(begin)) = (TimeZone::get(name), Timestamp::from_millisecond(begin_ms)) else {
        return Vec::new();
    };
    let step = |from_ms: i64, seconds: i32| ZoneStep {
        from_ms,
        offset_s: seconds.into(),
    };
    let first = step(begin_ms, zone.to_offset(begin).seconds());
    let later = zone.following(begin).map(|change| {
        step(
            change.timestamp().as_millisecond(),
            change.offset().seconds(),
        )
    });
    let later = later.take_while(|step| step.from_ms <= end_ms);
    let steps: Vec<ZoneStep> = std::iter::once(first).chain(later).collect();
    if steps.iter().all(|step| step.offset_s == 0) {
        return Vec::new();
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 22 November 2026, noon UTC.
    const NOW_MS: i64 = 1_795_348_800_000;

    #[test]
    fn f002_summer_time_comes_and_goes_for_twelve_years() {
        let steps = zone_steps("Europe/Warsaw", NOW_MS);
        assert_eq!(steps.len(), 25);
        assert_eq!(steps[0].offset_s, 3_600);
        // 29 March 2026, 01:00 UTC.
        let spring = steps.iter().find(|step| step.from_ms == 1_774_746_000_000);
        assert_eq!(spring.map(|step| step.offset_s), Some(7_200));
        assert!(
            steps
                .windows(2)
                .all(|pair| pair[0].from_ms < pair[1].from_ms)
        );
    }

    #[test]
    fn f002_zones_without_a_change_have_one_step_and_utc_none() {
        assert_eq!(zone_steps("Asia/Kolkata", NOW_MS)[0].offset_s, 19_800);
        assert_eq!(zone_steps("Asia/Kolkata", NOW_MS).len(), 1);
        assert!(zone_steps("UTC", NOW_MS).is_empty());
        assert!(zone_steps("Nowhere/Town", NOW_MS).is_empty());
    }
}
