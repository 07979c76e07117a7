//! Commands survive lost answers, crashes and refusals, and have their effect once.

mod common;

use carrot_client::SyncReport;
use carrot_wire::VerdictClass;
use common::{Fault, PERSON, Role, Site, goal, set_goal, shown_goal, states};

/// So many commands were confirmed on the screen; says how many the server lost or carried out again.
fn each_had_its_effect_once(site: &Site, confirmed: usize) {
    let effects = site.server.effects();
    let carried = effects.iter().filter(|often| **often > 0).count();
    let doubled = effects.iter().filter(|often| **often > 1).count();
    let lost = confirmed.saturating_sub(carried);
    println!("proof tried={confirmed} lost={lost} doubled={doubled}");
    assert_eq!(effects, vec![1; confirmed]);
}

#[tokio::test]
async fn f_a_command_is_shown_at_once_then_confirmed() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    assert_eq!(shown_goal(&phone).await, None);
    let id = set_goal(&phone, "tea").await;
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    let base = phone
        .base_thing::<carrot_rules::entity::Goal>(&PERSON.to_string())
        .await;
    assert!(base.unwrap().is_none(), "nothing is confirmed yet");
    let report = phone.sync().await.unwrap();
    let expected = SyncReport {
        pushed: 1,
        accepted: 1,
        pulled_changes: 2,
        ..SyncReport::default()
    };
    assert_eq!(report, expected);
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    let balances = phone.balances(PERSON).await.unwrap();
    assert_eq!(
        (balances.confirmed_active, balances.view_active),
        (Some(10), Some(10))
    );
    let command = phone.command(id).await.unwrap().unwrap();
    assert_eq!(command.state, "reflected");
    assert_eq!(command.verdict.unwrap().class, VerdictClass::Accepted);
}

#[tokio::test]
async fn a_lost_answer_changes_nothing_and_the_next_push_gets_the_same_verdicts() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    for reward in ["tea", "cup", "tea"] {
        set_goal(&phone, reward).await;
    }
    for fault in [Fault::LoseReply, Fault::LoseRequest, Fault::LoseReply] {
        site.server.fault("/v1/commands", fault);
        let error = phone.sync().await.unwrap_err();
        assert_eq!(error.code(), "server_unreachable");
        assert_eq!(states(&phone).await, ["queued", "queued", "queued"]);
        assert!(!phone.status().await.unwrap().online);
    }
    assert_eq!(phone.sync().await.unwrap().accepted, 3);
    assert_eq!(phone.sync().await.unwrap(), SyncReport::default());
    each_had_its_effect_once(&site, 3);
    assert_eq!(
        phone.balances(PERSON).await.unwrap().confirmed_active,
        Some(30)
    );
}

#[tokio::test]
async fn what_was_booked_shows_once_while_the_pull_fails() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    site.server.fault("/v1/pull", Fault::LoseReply);
    assert!(phone.sync().await.is_err());
    assert_eq!(states(&phone).await, ["accepted"]);
    let balances = phone.balances(PERSON).await.unwrap();
    assert_eq!(
        (balances.confirmed_active, balances.view_active),
        (Some(0), Some(10))
    );
    assert_eq!(
        balances.spendable,
        Some(0),
        "not spendable before it is confirmed"
    );
    phone.sync().await.unwrap();
    let balances = phone.balances(PERSON).await.unwrap();
    assert_eq!(
        (balances.confirmed_active, balances.view_active),
        (Some(10), Some(10))
    );
    assert_eq!(balances.spendable, Some(10));
}

#[tokio::test]
async fn a_crash_at_any_point_loses_nothing() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    // The program ends without a word, with a push whose answer never came.
    site.server.fault("/v1/commands", Fault::LoseReply);
    assert!(phone.sync().await.is_err());
    set_goal(&phone, "cup").await;
    drop((device, phone));
    let (_device, phone) = site.reopened().await;
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("cup"));
    assert_eq!(phone.status().await.unwrap().waiting, 2);
    assert_eq!(phone.sync().await.unwrap().accepted, 2);
    each_had_its_effect_once(&site, 2);
}

#[tokio::test]
async fn each_command_gets_its_own_answer() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    for reward in ["tea", "cup", "tea", "cup"] {
        set_goal(&phone, reward).await;
    }
    site.server.class(2, VerdictClass::Rejected, "limit_daily");
    site.server.class(3, VerdictClass::Parked, "too_late");
    site.server.class(4, VerdictClass::Accepted, "adjusted");
    let report = phone.sync().await.unwrap();
    assert_eq!((report.pushed, report.accepted, report.adjusted), (4, 2, 1));
    assert_eq!((report.rejected, report.parked), (1, 1));
    assert_eq!(
        states(&phone).await,
        ["reflected", "rejected", "parked", "reflected"]
    );
}

#[tokio::test]
async fn a_rejected_command_no_longer_shows() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    site.server.class(1, VerdictClass::Rejected, "limit_daily");
    set_goal(&phone, "tea").await;
    assert!(shown_goal(&phone).await.is_some());
    phone.sync().await.unwrap();
    assert_eq!(shown_goal(&phone).await, None);
}

#[tokio::test]
async fn later_means_the_same_bytes_again() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    set_goal(&phone, "cup").await;
    site.server.class(2, VerdictClass::Retry, "busy");
    assert_eq!(phone.sync().await.unwrap().accepted, 1);
    assert_eq!(states(&phone).await, ["reflected", "queued"]);
    let waiting = &phone.commands(1).await.unwrap()[0];
    assert_eq!(waiting.verdict, None, "later is not an answer");
    assert_eq!(phone.sync().await.unwrap().accepted, 1);
    each_had_its_effect_once(&site, 2);
}

#[tokio::test]
async fn a_blocked_command_stops_the_queue_until_somebody_asks_again() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    set_goal(&phone, "cup").await;
    site.server
        .class(1, VerdictClass::Blocked, "upgrade_required");
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["blocked", "queued"]);
    let status = phone.status().await.unwrap();
    assert_eq!(status.blocked_code.as_deref(), Some("upgrade_required"));
    assert_eq!(
        shown_goal(&phone).await.as_deref(),
        Some("cup"),
        "it still shows"
    );
    assert_eq!(phone.sync().await.unwrap().accepted, 2);
    assert_eq!(phone.status().await.unwrap().blocked_code, None);
}

#[tokio::test]
async fn a_device_outside_the_protocols_window_keeps_its_queue_until_it_is_updated() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    // As the server answers a version that it does not speak: the command stops, the pull is refused.
    site.server
        .class(1, VerdictClass::Blocked, "upgrade_required");
    site.server
        .fault("/v1/pull", Fault::Refuse(426, "upgrade_required", None));
    assert_eq!(phone.sync().await.unwrap_err().code(), "upgrade_required");
    let status = phone.status().await.unwrap();
    assert_eq!(status.blocked_code.as_deref(), Some("upgrade_required"));
    assert!(status.online);
    assert_eq!(states(&phone).await, ["blocked"]);
    // Reading goes on, and so does work: it waits with the rest.
    let reward = phone.thing::<carrot_rules::entity::Reward>("tea").await;
    assert!(reward.unwrap().is_some());
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    set_goal(&phone, "cup").await;
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("cup"));
    assert_eq!(states(&phone).await, ["blocked", "queued"]);
    // One that refuses the whole call has the same effect.
    for path in ["/v1/commands", "/v1/pull"] {
        let refusal = Fault::Refuse(426, "upgrade_required", None);
        site.server.fault(path, refusal);
    }
    assert_eq!(phone.sync().await.unwrap_err().code(), "upgrade_required");
    assert_eq!(states(&phone).await.len(), 2);
    assert_eq!(phone.status().await.unwrap().waiting, 2);
    // The next version is spoken again: the same commands have their effect, once.
    assert_eq!(phone.sync().await.unwrap().accepted, 2);
    each_had_its_effect_once(&site, 2);
}

#[tokio::test]
async fn a_revoked_device_keeps_its_queue_and_says_why() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    site.server
        .fault("/v1/commands", Fault::Refuse(403, "revoked", None));
    site.server
        .fault("/v1/pull", Fault::Refuse(403, "revoked", None));
    assert_eq!(phone.sync().await.unwrap_err().code(), "revoked");
    let status = phone.status().await.unwrap();
    assert_eq!(status.blocked_code.as_deref(), Some("revoked"));
    assert!(status.online);
    assert_eq!(states(&phone).await, ["blocked"]);
}

#[tokio::test]
async fn a_token_that_is_no_longer_taken_is_renewed_once() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    site.server.drop_tokens();
    phone.sync().await.unwrap();
    site.server
        .fault("/v1/pull", Fault::Refuse(401, "token_invalid", None));
    site.server
        .fault("/v1/pull", Fault::Refuse(401, "token_invalid", None));
    assert_eq!(phone.sync().await.unwrap_err().code(), "token_invalid");
}

#[tokio::test]
async fn a_server_restored_from_a_backup_gets_what_it_lost() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    for reward in ["tea", "cup", "tea"] {
        set_goal(&phone, reward).await;
    }
    phone.sync().await.unwrap();
    site.server.restore(1, 2);
    let report = phone.sync().await.unwrap();
    assert_eq!(report.accepted, 2, "the two that were lost");
    each_had_its_effect_once(&site, 3);
    assert_eq!(states(&phone).await, ["reflected"; 3]);
}

/// A copy of a push that was late on its way comes to the restored server before the device does, and is
/// decided there anew: nothing is missing, and yet the answer is another one.
#[tokio::test]
async fn an_answer_of_a_rebuilt_history_takes_the_place_of_the_first() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    for reward in ["tea", "cup", "tea"] {
        set_goal(&phone, reward).await;
    }
    site.server
        .class(3, VerdictClass::Rejected, "unknown_reward");
    phone.sync().await.unwrap();
    let late = site.server.pushed();
    assert_eq!(states(&phone).await, ["reflected", "reflected", "rejected"]);

    site.server.restore(1, 2);
    site.server.rebuild();
    site.server.class(2, VerdictClass::Parked, "needs_review");
    site.server.arrives_late(late);
    // The flight that sees the new history breaks off before it has asked.
    site.server.fault("/v1/commands", Fault::LoseReply);
    phone.sync().await.unwrap_err();
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["reflected", "parked", "reflected"]);
    let calls = site.server.calls("/v1/commands");
    phone.sync().await.unwrap();
    assert_eq!(site.server.calls("/v1/commands"), calls, "asked once");
}

#[tokio::test]
async fn a_server_that_knows_more_than_this_folder_stops_the_queue() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    // Another copy of the folder goes on and then is lost.
    let copy = tempfile::TempDir::new().unwrap();
    device.close().await;
    let files = ["outbox.db", "outbox.journal"];
    for file in files {
        std::fs::copy(site.membership_dir().join(file), copy.path().join(file)).unwrap();
    }
    drop(phone);
    let (device, phone) = site.reopened().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    device.close().await;
    for file in files {
        std::fs::copy(copy.path().join(file), site.membership_dir().join(file)).unwrap();
    }
    drop(phone);
    let (_device, phone) = site.reopened().await;
    phone.sync().await.unwrap();
    assert_eq!(
        phone.status().await.unwrap().blocked_code.as_deref(),
        Some("forked")
    );
}

/// After a restore another copy of the folder was first under a number: nothing here is shown as answered
/// that the server does not have, and the queue stops.
#[tokio::test]
async fn a_copy_that_came_first_to_a_rebuilt_history_stops_the_queue() {
    let site = Site::new(Role::Phone);
    let files = ["outbox.db", "outbox.journal"];
    let keep = |to: &std::path::Path| {
        for file in files {
            std::fs::copy(site.membership_dir().join(file), to.join(file)).unwrap();
        }
    };
    let put = |from: &std::path::Path| {
        for file in files {
            std::fs::copy(from.join(file), site.membership_dir().join(file)).unwrap();
        }
    };
    let [copy, own] = [(); 2].map(|()| tempfile::TempDir::new().unwrap());
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    device.close().await;
    drop(phone);
    keep(copy.path());
    let (device, phone) = site.reopened().await;
    set_goal(&phone, "cup").await;
    phone.sync().await.unwrap();
    device.close().await;
    drop(phone);
    keep(own.path());

    site.server.restore(1, 2);
    put(copy.path());
    let (device, phone) = site.reopened().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    device.close().await;
    drop(phone);

    site.server.rebuild();
    put(own.path());
    let (_device, phone) = site.reopened().await;
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["reflected", "queued"]);
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["reflected", "blocked"]);
    let status = phone.status().await.unwrap();
    assert_eq!(status.blocked_code.as_deref(), Some("forked"));
}

#[tokio::test]
async fn two_syncs_at_once_are_two_flights_one_after_the_other() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    for _ in 0..20 {
        set_goal(&phone, "tea").await;
    }
    let (one, two) = tokio::join!(phone.sync(), phone.sync());
    assert_eq!(one.unwrap().accepted + two.unwrap().accepted, 20);
    each_had_its_effect_once(&site, 20);
    assert_eq!(site.server.flying_max(), 1);
}

#[tokio::test]
async fn more_than_one_push_is_sent_in_order() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let most = carrot_wire::limits::PUSH_COMMANDS_MAX;
    for _ in 0..=most {
        set_goal(&phone, "tea").await;
    }
    assert_eq!(phone.sync().await.unwrap().accepted as usize, most + 1);
    assert_eq!(site.server.calls("/v1/commands"), 2);
}

#[tokio::test]
async fn what_is_sure_to_be_refused_is_not_signed() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let offer = async |reward: &str| {
        let offered = phone.submit_unless_rejected(goal(reward), PERSON, None, Vec::new());
        offered.await.unwrap()
    };
    let refused = offer("nothing").await.unwrap_err();
    assert_eq!(refused.class, carrot_rules::outcome::Class::Rejected);
    assert!(states(&phone).await.is_empty());
    assert_eq!(offer("tea").await.unwrap().device_seq, 1);
    assert_eq!(offer("cup").await.unwrap().device_seq, 2);
    assert_eq!(phone.sync().await.unwrap().accepted, 2);
}
