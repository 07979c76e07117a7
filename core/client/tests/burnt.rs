//! The filter of used codes on a phone: fetched when it is time, kept, asked, and never in the way.

mod common;

use carrot_wire::burnt::Burnt;
use common::{Fault, Role, Site};

const HOUR_MS: i64 = 3_600_000;

fn filter(salt: u8, codes: &[&str]) -> Vec<u8> {
    Burnt::of([salt; 16], codes.iter().copied()).to_bytes()
}

#[tokio::test]
async fn a_phone_fetches_it_a_few_times_a_day_and_keeps_it() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    assert!(!phone.probably_burnt("C1").await, "nothing is known yet");
    site.server.set_burnt(filter(1, &["C1"]));
    assert!(phone.refresh_burnt().await.unwrap());
    assert!(phone.probably_burnt("C1").await && !phone.probably_burnt("C2").await);
    // Too early to ask again; later the same version is not sent again.
    site.server.set_burnt(filter(2, &["C1", "C2"]));
    assert!(!phone.refresh_burnt().await.unwrap());
    assert!(!phone.probably_burnt("C2").await);
    site.clock.pass(7 * HOUR_MS);
    assert!(phone.refresh_burnt().await.unwrap());
    assert!(phone.probably_burnt("C2").await);
    site.clock.pass(7 * HOUR_MS);
    assert!(!phone.refresh_burnt().await.unwrap());
    assert_eq!(site.server.burnt_sent(), 2);
}

#[tokio::test]
async fn what_is_no_filter_is_not_kept_and_the_old_one_stays() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    site.server.set_burnt(filter(1, &["C1"]));
    phone.refresh_burnt().await.unwrap();
    site.clock.pass(7 * HOUR_MS);
    site.server
        .set_burnt(b"<html>a hotel's page</html>".to_vec());
    assert!(phone.refresh_burnt().await.is_err());
    assert!(phone.probably_burnt("C1").await);
    // Without an answer it is tried again hours later, not with every exchange.
    site.clock.pass(7 * HOUR_MS);
    site.server.set_burnt(filter(3, &["C3"]));
    site.server.fault("/v1/burnt", Fault::LoseRequest);
    let _ = phone.refresh_burnt().await;
    assert!(!phone.refresh_burnt().await.unwrap());
    phone.sync().await.unwrap();
}

#[tokio::test]
async fn a_terminal_does_not_ask() {
    let site = Site::new(Role::Terminal);
    let (_device, till) = site.enrolled().await;
    site.server.set_burnt(filter(1, &["C1"]));
    assert!(!till.refresh_burnt().await.unwrap());
    assert_eq!(site.server.burnt_sent(), 0);
}
