//! What a store promises, on every database that it can be kept in. Several servers over one store are
//! several [`World`]s with connections of their own, as several processes would be.

#[path = "../common/mod.rs"]
mod common;

mod apart;
mod books;
mod faults;
mod feeds;
mod hints;
mod once;
mod one_winner;
mod parts;
mod races;
mod replaced;
mod schema;
mod snapshots;
mod transactions;
mod verdicts;

/// Makes of each function a test on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($module:ident: $($name:ident)+;)+) => {
        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    crate::$module::$name(crate::common::Engine::Sqlite).await;
                }
            )+)+
        }
        mod postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    crate::$module::$name(crate::common::Engine::Postgres).await;
                }
            )+)+
        }
    };
}

on_both! {
    transactions:
        what_is_committed_is_what_every_server_sees
        a_dropped_transaction_leaves_nothing
        a_refused_command_leaves_its_neighbours
        what_happened_cannot_be_changed_or_removed
        texts_come_back_as_they_were_written
        a_zero_character_does_not_hold_up_the_queue
        a_kind_with_a_zero_character_does_not_hold_up_the_queue
        a_decision_that_cannot_read_is_put_aside_alone;
    feeds:
        a_tail_sees_every_change_once_while_many_write
        another_history_is_told_by_its_epoch_on_every_server;
    hints:
        a_commit_is_heard_at_once_and_nothing_else;
    snapshots:
        i13_a_snapshot_and_the_changes_after_it_are_the_whole_log
        a_folded_feed_is_had_as_a_snapshot_or_not_at_all
        a_snapshot_is_had_in_pieces_of_one_version
        a_new_history_has_snapshots_of_its_own;
    verdicts:
        a_verdict_is_repeated_word_for_word_by_every_server
        one_id_has_one_effect_whoever_is_asked
        a_gap_is_not_jumped_over_by_any_server;
    books:
        a_balance_never_falls_below_zero
        the_offline_budget_is_lent_once
        points_that_lapse_first_are_spent_first
        what_was_true_then_is_told_later
        things_are_listed_by_their_fields
        what_was_recorded_is_replayed;
    once:
        an_enrolment_code_makes_one_device
        a_typed_code_pays_once
        what_is_due_is_run_once
        a_photo_is_kept_once;
    replaced:
        f101_one_of_two_counts_in_either_order
        f101_a_race_of_both_has_one_winner
        f101_what_waits_for_a_person_is_not_issued_anew
        f101_what_was_issued_anew_twice_counts_once
        f101_nobody_else_stands_for_a_command;
    parts:
        a_large_photo_goes_on_where_it_broke_off
        two_devices_and_two_servers_at_once_leave_one_photo
        a_photo_of_another_hash_is_forgotten_and_begins_anew
        parts_have_limits_and_those_that_never_end_are_swept
        a_full_disk_leaves_nothing_of_a_part;
    races:
        many_redemptions_of_one_balance_over_http_have_one_winner;
    one_winner:
        one_voucher_is_used_once
        the_last_points_of_a_lease_are_given_once
        one_typed_code_pays_once;
}
