//! How long cashiers sign in without the server: a night out of reach keeps nobody out, and a certificate
//! that has ended does until the till was in touch once.

mod common;

use std::sync::atomic::Ordering;

use common::{Role, START_MS, Site};

const DAY_MS: i64 = 24 * 3_600_000;

#[tokio::test]
async fn f102_cashiers_sign_in_until_the_certificate_ends_and_after_one_contact_again() {
    let site = Site::new(Role::Terminal);
    let (_device, till) = site.enrolled().await;
    let until_ms = till.certificate().until_ms;
    site.server.down(true);
    site.clock.pass(until_ms - START_MS - 7 * DAY_MS);
    site.clock.pass(DAY_MS / 2);
    assert!(till.sync().await.is_err());
    assert_eq!(till.certificate_ended_ms(), None, "a night");
    // The wall clock alone jumps a year ahead: the other one knows better, until the till starts anew.
    site.clock.wall_ms.fetch_add(365 * DAY_MS, Ordering::SeqCst);
    assert_eq!(till.certificate_ended_ms(), None);
    site.clock.boot.fetch_add(1, Ordering::SeqCst);
    assert_eq!(till.certificate_ended_ms(), Some(until_ms));
    site.clock.wall_ms.fetch_sub(365 * DAY_MS, Ordering::SeqCst);
    assert_eq!(till.certificate_ended_ms(), None);
    site.clock.pass(7 * DAY_MS);
    assert_eq!(till.certificate_ended_ms(), Some(until_ms));
    site.server.down(false);
    site.server
        .edit_certificate(|certificate| certificate.until_ms += 30 * DAY_MS);
    till.sync().await.unwrap();
    assert_eq!(till.certificate_ended_ms(), None);
}
