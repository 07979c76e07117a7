//! Pages against cursors: edges of pages, gaps, repeats, other histories, damage.

use carrot_rules::Scope;
use carrot_sync::pages::{Cursor, PageFault, PageStep, check, digest};
use carrot_wire::pull::ScopePage;
use proptest::prelude::*;
use uuid::Uuid;

fn texts(count: usize) -> Vec<String> {
    let text = |number: usize| {
        format!(r#"{{"type":"entity","kind":"reward","id":"{number}","body":{{}}}}"#)
    };
    (1..=count).map(text).collect()
}

fn page(log: &[String], after: usize, most: usize) -> ScopePage {
    let end = (after + most).min(log.len());
    ScopePage {
        id: Scope::Programme(Uuid::nil()),
        epoch: "e1".to_owned(),
        first: after as i64 + 1,
        last: end as i64,
        changes: log[after..end].to_vec(),
        high: log.len() as i64,
        digest_at_last: digest("", 1, &log[..end]),
        reset: false,
        gone: false,
        snapshot: false,
    }
}

fn cursor(log: &[String], after: usize) -> Cursor {
    Cursor {
        epoch: "e1".to_owned(),
        after: after as i64,
        digest: digest("", 1, &log[..after]),
    }
}

fn applied(step: Result<PageStep, PageFault>) -> carrot_sync::pages::Verified {
    match step {
        Ok(PageStep::Apply(verified)) => verified,
        other => panic!("{other:?}"),
    }
}

#[test]
fn pages_of_every_size_around_the_end_lead_to_the_same_cursor() {
    let log = texts(7);
    for most in [1, 6, 7, 8] {
        let mut held: Option<Cursor> = None;
        loop {
            let after = held.as_ref().map_or(0, |cursor| cursor.after as usize);
            let verified = applied(check(&page(&log, after, most), held.as_ref()));
            assert_eq!(verified.reset, held.is_none());
            held = Some(verified.cursor);
            if after + most >= log.len() {
                break;
            }
        }
        assert_eq!(held, Some(cursor(&log, 7)));
    }
}

#[test]
fn an_empty_page_keeps_the_cursor() {
    let log = texts(3);
    let verified = applied(check(&page(&log, 3, 5), Some(&cursor(&log, 3))));
    assert_eq!(verified.cursor, cursor(&log, 3));
    assert!(verified.changes.is_empty() && !verified.reset);
}

#[test]
fn a_page_twice_and_a_page_too_far_are_gaps() {
    let log = texts(9);
    let found = |after| check(&page(&log, after, 3), Some(&cursor(&log, 3)));
    assert_eq!(
        found(0),
        Err(PageFault::Gap {
            expected: 4,
            found: 1
        })
    );
    assert_eq!(
        found(2),
        Err(PageFault::Gap {
            expected: 4,
            found: 3
        })
    );
    assert_eq!(
        found(4),
        Err(PageFault::Gap {
            expected: 4,
            found: 5
        })
    );
    assert!(found(3).is_ok());
}

#[test]
fn changed_missing_and_swapped_changes_are_found() {
    let log = texts(5);
    let mut changed = page(&log, 0, 5);
    changed.changes[2] = changed.changes[2].replace("reward", "rewarD");
    assert_eq!(check(&changed, None), Err(PageFault::Digest));
    let mut swapped = page(&log, 0, 5);
    swapped.changes.swap(0, 1);
    assert_eq!(check(&swapped, None), Err(PageFault::Digest));
    let mut missing = page(&log, 0, 5);
    missing.changes.pop();
    assert_eq!(
        check(&missing, None),
        Err(PageFault::Count {
            first: 1,
            last: 5,
            count: 4
        })
    );
    let mut low = page(&log, 0, 5);
    low.high = 4;
    assert!(matches!(check(&low, None), Err(PageFault::Count { .. })));
}

#[test]
fn another_history_needs_to_say_so() {
    let log = texts(4);
    let held = cursor(&log, 4);
    let mut other = page(&log, 0, 4);
    other.epoch = "e2".to_owned();
    assert_eq!(check(&other, Some(&held)), Err(PageFault::Epoch));
    other.reset = true;
    let verified = applied(check(&other, Some(&held)));
    assert!(verified.reset);
    assert_eq!(verified.cursor.epoch, "e2");
}

#[test]
fn a_reset_that_does_not_begin_at_the_beginning_is_a_gap() {
    let log = texts(4);
    let mut late = page(&log, 2, 2);
    late.reset = true;
    let expected = Err(PageFault::Gap {
        expected: 1,
        found: 3,
    });
    assert_eq!(check(&late, Some(&cursor(&log, 2))), expected);
}

#[test]
fn a_scope_that_is_gone_is_dropped_whatever_else_the_page_says() {
    let mut gone = page(&texts(2), 0, 2);
    gone.gone = true;
    gone.digest_at_last = String::new();
    assert_eq!(check(&gone, None), Ok(PageStep::Gone));
}

#[test]
fn a_change_of_a_newer_version_is_skipped_and_still_counted() {
    let mut log = texts(2);
    log.push(r#"{"type":"hologram","beam":3}"#.to_owned());
    let verified = applied(check(&page(&log, 0, 3), None));
    assert!(verified.changes[0].is_some() && verified.changes[2].is_none());
    assert_eq!(verified.cursor.after, 3);
}

proptest! {
    #[test]
    fn any_split_of_a_history_ends_the_same(sizes in prop::collection::vec(0usize..6, 1..12)) {
        let log = texts(sizes.iter().sum());
        let mut held: Option<Cursor> = None;
        for most in sizes {
            let after = held.as_ref().map_or(0, |cursor| cursor.after as usize);
            held = Some(applied(check(&page(&log, after, most), held.as_ref())).cursor);
        }
        prop_assert_eq!(held, Some(cursor(&log, log.len())));
    }
}
