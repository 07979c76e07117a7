//! The schedule: pauses, priorities, and that something always happens next while commands wait.

use carrot_sync::schedule::{
    BACKGROUND_BACKOFF_MS_MAX, BACKGROUND_POLL_MS, BACKOFF_MS_MAX, FAILURES_PER_HOUR_MAX,
    HINTED_POLL_MS, LASTING_PAUSE_MS_MIN, PAUSE_MS_MIN, POLL_MS, RETRY_AFTER_MS_MAX, Trouble,
    backoff_ms,
};
use carrot_sync::{Effect, Event, Scheduler};
use proptest::prelude::*;

fn put_off(ms: i64) -> Event {
    Event::PushFailed(Trouble {
        retry_after_ms: Some(ms),
        lasting: false,
    })
}

#[test]
fn pauses_double_up_to_five_minutes() {
    let longest = |failures| {
        (0..2_000u64)
            .map(|n| backoff_ms(failures, n * 15_013, BACKOFF_MS_MAX))
            .max()
    };
    assert!(longest(0).is_some_and(|ms| (900..=1_000).contains(&ms)));
    assert!(longest(3).is_some_and(|ms| (7_000..=8_000).contains(&ms)));
    for failures in [9, 20, 31, 32, 53, 60, 64, u32::MAX] {
        assert!((0..=BACKOFF_MS_MAX).contains(&backoff_ms(failures, u64::MAX, BACKOFF_MS_MAX)));
        assert!(
            longest(failures).is_some_and(|ms| ms > 240_000),
            "{failures} failures"
        );
    }
}

#[test]
fn what_waits_goes_first_and_news_comes_after_it() {
    let mut scheduler = Scheduler::new();
    assert_eq!(
        scheduler.handle(Event::Started { waiting: true }, 0, 0),
        [Effect::Push]
    );
    let next = scheduler.handle(Event::PushDone { more: false }, 50, 0);
    assert_eq!(next, [Effect::Pull]);
    let next = scheduler.handle(Event::PullDone { more: false }, 90, 0);
    assert_eq!(next, [Effect::OpenHints, Effect::SetTimer(POLL_MS)]);
}

#[test]
fn a_command_committed_during_a_push_is_not_forgotten() {
    let mut scheduler = Scheduler::new();
    scheduler.handle(Event::Started { waiting: true }, 0, 0);
    assert_eq!(scheduler.handle(Event::Enqueued, 10, 0), []);
    let next = scheduler.handle(Event::PushDone { more: false }, 20, 0);
    assert!(next.contains(&Effect::Push), "{next:?}");
}

#[test]
fn a_new_command_does_not_break_into_a_pause_and_a_person_does() {
    let mut scheduler = Scheduler::new();
    scheduler.handle(Event::Started { waiting: true }, 0, 0);
    let failed = put_off(30_000);
    assert!(!scheduler.handle(failed, 0, 0).contains(&Effect::Push));
    assert!(
        !scheduler
            .handle(Event::Enqueued, 1_000, 0)
            .contains(&Effect::Push)
    );
    assert!(
        !scheduler
            .handle(Event::Tick, 29_999, 0)
            .contains(&Effect::Push)
    );
    assert!(
        scheduler
            .handle(Event::UserAsked, 29_999, 0)
            .contains(&Effect::Push)
    );
}

#[test]
fn the_servers_pause_wins_and_is_never_zero() {
    let mut scheduler = Scheduler::new();
    scheduler.handle(Event::Started { waiting: true }, 0, 0);
    let failed = put_off(0);
    let next = scheduler.handle(failed, 0, 0);
    assert!(!next.contains(&Effect::Push), "{next:?}");
    assert!(
        scheduler
            .handle(Event::Tick, PAUSE_MS_MIN, 0)
            .contains(&Effect::Push)
    );
}

#[test]
fn a_blocked_queue_rests_and_news_still_comes() {
    let mut scheduler = Scheduler::new();
    scheduler.handle(Event::Started { waiting: true }, 0, 0);
    let next = scheduler.handle(Event::PushBlocked, 10, 0);
    assert_eq!(next, [Effect::Pull]);
    let next = scheduler.handle(Event::PullDone { more: false }, 20, 0);
    assert_eq!(next, [Effect::OpenHints, Effect::SetTimer(POLL_MS)]);
    let next = scheduler.handle(Event::Tick, 20 + POLL_MS, 0);
    assert_eq!(next, [Effect::Pull]);
    let late = 30 + POLL_MS;
    let next = scheduler.handle(Event::Enqueued, late, 0);
    assert!(!next.contains(&Effect::Push), "{next:?}");
    assert!(
        scheduler
            .handle(Event::UserAsked, late, 0)
            .contains(&Effect::Push)
    );
}

/// Attempts of both directions in each hour of an outage of a day.
fn attempts_per_hour(
    trouble: Trouble,
    background: bool,
    mut draw: impl FnMut() -> u64,
) -> Vec<u32> {
    const HOUR_MS: i64 = 3_600_000;
    let (mut scheduler, mut now_ms, mut hours) = (Scheduler::new(), 0, vec![0; 24]);
    let mut events = vec![
        Event::Background(background),
        Event::Started { waiting: true },
    ];
    while now_ms < 24 * HOUR_MS {
        let event = if events.is_empty() {
            Event::Tick
        } else {
            events.remove(0)
        };
        for effect in scheduler.handle(event, now_ms, draw()) {
            match effect {
                Effect::Push => events.push(Event::PushFailed(trouble)),
                Effect::Pull => events.push(Event::PullFailed(trouble)),
                Effect::SetTimer(ms) if events.is_empty() => now_ms += ms,
                _ => continue,
            }
            let hour = usize::try_from(now_ms / HOUR_MS).unwrap();
            if let (Effect::Push | Effect::Pull, Some(count)) = (effect, hours.get_mut(hour)) {
                *count += 1;
            }
        }
    }
    hours
}

#[test]
fn an_outage_of_a_day_costs_no_more_attempts_than_its_budget() {
    // The unluckiest draws: always the shortest pause.
    let hours = attempts_per_hour(Trouble::default(), false, || 0);
    let most = 2 * FAILURES_PER_HOUR_MAX;
    // An hour of the clock can hold the end of one budget and the beginning of the next.
    assert!(hours.iter().all(|count| *count <= 2 * most), "{hours:?}");
    assert!(hours.iter().sum::<u32>() <= 25 * most, "{hours:?}");
    assert!(hours.iter().all(|count| *count > 0), "{hours:?}");
    // A server that asks for a second each time is not asked more often than the budget allows.
    let eager = Trouble {
        retry_after_ms: Some(1_000),
        lasting: false,
    };
    assert!(attempts_per_hour(eager, false, || 0).iter().sum::<u32>() <= 25 * most);
    // With usual draws the growing pauses alone keep it far below.
    let mut seed = 1_u64;
    let usual = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        seed >> 20
    };
    let hours = attempts_per_hour(Trouble::default(), true, usual);
    assert!(hours.iter().skip(1).all(|count| *count < 20), "{hours:?}");
}

#[test]
fn nobody_looking_makes_pauses_longer_and_looking_again_ends_them() {
    let mut scheduler = Scheduler::new();
    scheduler.handle(Event::Background(true), 0, 0);
    scheduler.handle(Event::Started { waiting: false }, 0, 0);
    let next = scheduler.handle(Event::PullDone { more: false }, 0, 0);
    assert_eq!(next, [Effect::SetTimer(BACKGROUND_POLL_MS)]);
    assert!(backoff_ms(30, u64::MAX / 7, BACKGROUND_BACKOFF_MS_MAX) > BACKOFF_MS_MAX);
    let next = scheduler.handle(Event::Background(false), 1, 0);
    assert_eq!(next, [Effect::Pull, Effect::OpenHints]);
}

#[test]
fn after_a_lasting_fault_neither_direction_is_tried_until_something_changes() {
    let mut scheduler = Scheduler::new();
    scheduler.handle(Event::Started { waiting: true }, 0, 0);
    let lasting = Trouble {
        retry_after_ms: None,
        lasting: true,
    };
    let next = scheduler.handle(Event::PushFailed(lasting), 0, 0);
    assert_eq!(next, [Effect::SetTimer(LASTING_PAUSE_MS_MIN)]);
    let soon = LASTING_PAUSE_MS_MIN - 1;
    let next = scheduler.handle(Event::Enqueued, soon, 0);
    assert_eq!(next, [Effect::SetTimer(1)]);
    let next = scheduler.handle(Event::NetworkUp, soon, 0);
    assert_eq!(next, [Effect::Push]);
}

#[test]
fn hints_bring_a_pull_and_make_asking_rare_until_the_line_is_gone() {
    let mut scheduler = Scheduler::new();
    scheduler.handle(Event::Started { waiting: false }, 0, 0);
    let next = scheduler.handle(Event::PullDone { more: false }, 0, 0);
    assert_eq!(next, [Effect::OpenHints, Effect::SetTimer(POLL_MS)]);
    // What happened before the line was open is not told on it.
    assert_eq!(scheduler.handle(Event::HintsUp, 5, 0), [Effect::Pull]);
    // News that comes during a pull may have come too late for it.
    assert_eq!(scheduler.handle(Event::Hint, 6, 0), []);
    let next = scheduler.handle(Event::PullDone { more: false }, 7, 0);
    assert_eq!(next, [Effect::Pull]);
    let next = scheduler.handle(Event::PullDone { more: false }, 8, 0);
    assert_eq!(next, [Effect::SetTimer(HINTED_POLL_MS)]);
    assert_eq!(scheduler.handle(Event::Hint, 1_000, 0), [Effect::Pull]);
    scheduler.handle(Event::PullDone { more: false }, 1_001, 0);
    // The line breaks: it is opened again after a pause, and until then asking is frequent.
    let next = scheduler.handle(Event::HintsDown(Trouble::default()), 2_000, 700);
    assert_eq!(next, [Effect::SetTimer(700)]);
    let next = scheduler.handle(Event::Tick, 2_700, 0);
    assert_eq!(next, [Effect::OpenHints, Effect::SetTimer(POLL_MS - 700)]);
    // Nobody looks: nobody listens.
    let next = scheduler.handle(Event::Background(true), 3_000, 0);
    assert!(next.contains(&Effect::CloseHints), "{next:?}");
}

#[test]
fn a_server_cannot_send_a_device_away_for_ever() {
    let mut scheduler = Scheduler::new();
    scheduler.handle(Event::Started { waiting: true }, 0, 0);
    scheduler.handle(put_off(i64::MAX), 0, 0);
    let next = scheduler.handle(Event::PullDone { more: false }, 0, 0);
    assert_eq!(next, [Effect::OpenHints, Effect::SetTimer(POLL_MS)]);
    let next = scheduler.handle(Event::Tick, RETRY_AFTER_MS_MAX, 0);
    assert!(next.contains(&Effect::Push), "{next:?}");
}

/// What a driver knows.
#[derive(Default)]
struct Driver {
    scheduler: Scheduler,
    now_ms: i64,
    pushing: bool,
    pulling: bool,
    listening: bool,
    timer: Option<i64>,
}

impl Driver {
    /// Turns a drawn number into an event that can happen now.
    fn event(&mut self, draw: u8, wait: i64) -> Event {
        let trouble = Trouble {
            retry_after_ms: (wait % 2 == 0).then_some(wait),
            lasting: wait % 3 == 0,
        };
        match (draw % 16, self.pushing, self.pulling) {
            (0..=1, true, _) => Event::PushDone { more: draw >= 128 },
            (2, true, _) => Event::PushBlocked,
            (3..=4, true, _) => Event::PushFailed(trouble),
            (5..=6, _, true) => Event::PullDone { more: draw >= 128 },
            (7, _, true) => Event::PullFailed(trouble),
            (8, ..) => Event::NetworkUp,
            (9, ..) => Event::UserAsked,
            (10, ..) => Event::Started {
                waiting: draw >= 128,
            },
            (12, ..) => Event::Background(draw >= 128),
            (13, ..) if self.listening => Event::HintsDown(trouble),
            (14, ..) if self.listening => Event::HintsUp,
            (15, ..) if self.listening => Event::Hint,
            _ if self.timer.is_some() && draw >= 64 => Event::Tick,
            _ => Event::Enqueued,
        }
    }

    fn take(&mut self, event: Event, random: u64) {
        match event {
            Event::PushDone { .. } | Event::PushBlocked | Event::PushFailed(_) => {
                self.pushing = false;
            }
            Event::PullDone { .. } | Event::PullFailed(_) => self.pulling = false,
            Event::HintsDown(_) => self.listening = false,
            Event::Tick => {
                self.now_ms = self.timer.take().unwrap_or(self.now_ms).max(self.now_ms);
            }
            _ => {}
        }
        for effect in self.scheduler.handle(event, self.now_ms, random) {
            match effect {
                Effect::Push => assert!(!std::mem::replace(&mut self.pushing, true)),
                Effect::Pull => assert!(!std::mem::replace(&mut self.pulling, true)),
                Effect::OpenHints => assert!(!std::mem::replace(&mut self.listening, true)),
                Effect::CloseHints => assert!(std::mem::replace(&mut self.listening, false)),
                Effect::SetTimer(ms) => {
                    assert!((0..=RETRY_AFTER_MS_MAX).contains(&ms));
                    self.timer = Some(self.now_ms + ms);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn while_commands_wait_something_is_about_to_happen(
        drawn in prop::collection::vec((any::<u8>(), 0i64..BACKOFF_MS_MAX, any::<u64>()), 1..200),
    ) {
        let mut driver = Driver::default();
        for (draw, wait, random) in drawn {
            driver.now_ms += wait / 50;
            let event = driver.event(draw, wait);
            driver.take(event, random);
            let idle = !driver.pushing && !driver.pulling && driver.timer.is_none();
            let resting = driver.scheduler.blocked() || !driver.scheduler.waiting();
            prop_assert!(!idle || resting, "stuck after {event:?}");
        }
        // And when everything works from here on, the queue is sent.
        driver.take(Event::UserAsked, 0);
        for _ in 0..8 {
            if driver.pushing {
                driver.take(Event::PushDone { more: false }, 0);
            } else if driver.pulling {
                driver.take(Event::PullDone { more: false }, 0);
            } else if driver.timer.is_some() {
                driver.take(Event::Tick, 0);
            }
        }
        prop_assert!(!driver.scheduler.waiting());
    }
}
