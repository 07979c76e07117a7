//! Known mistakes, planted on purpose to see whether the simulator finds them.
//!
//! Each place that could be wrong asks [`is`] for its own mistake. Without the feature `planted` the
//! answer is a constant `false` and the compiler leaves nothing of the question; no release has the
//! feature.

/// A mistake that can be switched on, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bug {
    /// The server decides and books a repeated command again.
    Repeat,
    /// The server answers a repeated command without looking at what it answered before.
    VerdictNotStored,
    /// A refused command is accepted when it comes again.
    RejectedLater,
    /// The server takes a number that is too high.
    GapAccepted,
    /// The server does not look at the chain.
    PrevHash,
    /// Other bytes under a known number get the known answer.
    IdReused,
    /// The server does not look at signatures.
    Signature,
    /// A device without rights has an effect.
    Revoked,
    /// A restored server goes on as if nothing had happened.
    EpochKept,
    /// A device gets any scope that it asks for.
    ScopeOpen,
    /// The server answers though the commit failed.
    CommitIgnored,
    /// A command that fails inside the server is tried for ever.
    PoisonStays,
    /// Points that go are not told to who watches.
    FeedSilent,
    /// The last leg of a transfer is not booked.
    HalfTransfer,
    /// What a lease loses is not booked.
    LossForgotten,
    /// A command that is to come later is taken for refused, and stays so.
    RetryForgets,
    /// What a push carried is accepted as soon as one of it is answered, and stays so.
    BatchWhole,
    /// An accepted command no longer shows before it comes back.
    OverlayDropped,
    /// The cursor is one ahead of what was applied.
    CursorPlusOne,
    /// A page is taken whatever its digest says.
    DigestUnchecked,
    /// After a failure nothing is tried again by itself.
    TimerNotSet,
    /// Pauses double without an end.
    BackoffUncapped,
    /// A till does not count what it has already given away.
    LeaseAtTill,
    /// After a start a till has forgotten what it gave away.
    ExposureForgotten,
    /// A photo is taken for brought when the server does not know it.
    PhotoReleased,
    /// Answered commands are forgotten at once.
    PrunedEarly,
    /// A command is acknowledged before it is on the disk.
    AckBeforeSync,
    /// What the device was not told does not exist.
    UnknownGuessed,
    /// The first change of a page is not applied.
    PageFirstLost,
    /// What a device has of a history that is void stays beside the new one.
    ResetKeeps,
    /// Commands that a restored server lost are not sent again.
    LossUnnoticed,
    /// A refused token is used again.
    TokenKept,
    /// An hour's attempts are not counted.
    BudgetIgnored,
    /// A till does not remember which vouchers it took.
    SpentForgotten,
    /// A voucher goes back though its till has not said that it used none.
    ReturnedEarly,
    /// Any answer of the right phone is taken for an answer to this question.
    ChallengeUnchecked,
    /// A voucher for another till is taken.
    ElsewhereTaken,
    /// How often a voucher was used is not kept, nor what it lost.
    UsesForgotten,
    /// A phone does not remember what it answered with a voucher.
    AnsweredTwice,
    /// A till forgets before which instant it said to have done nothing more.
    ToldForgotten,
}

/// Every mistake with its name in reports.
pub const BUGS: &[(Bug, &str)] = &[
    (Bug::Repeat, "no_idempotency"),
    (Bug::VerdictNotStored, "verdict_not_stored"),
    (Bug::RejectedLater, "rejected_succeeds_later"),
    (Bug::GapAccepted, "gap_accepted"),
    (Bug::PrevHash, "prev_hash_not_checked"),
    (Bug::IdReused, "id_reused_ignored"),
    (Bug::Signature, "signature_not_checked"),
    (Bug::Revoked, "revoked_device_accepted"),
    (Bug::EpochKept, "epoch_kept"),
    (Bug::ScopeOpen, "scope_not_filtered"),
    (Bug::CommitIgnored, "commit_not_awaited"),
    (Bug::PoisonStays, "poison_never_parked"),
    (Bug::FeedSilent, "feed_leaves_out"),
    (Bug::HalfTransfer, "half_a_transfer"),
    (Bug::LossForgotten, "loss_not_booked"),
    (Bug::RetryForgets, "retry_forgets"),
    (Bug::BatchWhole, "batch_as_a_whole"),
    (Bug::OverlayDropped, "overlay_dropped_on_accept"),
    (Bug::CursorPlusOne, "cursor_plus_one"),
    (Bug::DigestUnchecked, "digest_not_checked"),
    (Bug::TimerNotSet, "timer_not_set"),
    (Bug::BackoffUncapped, "backoff_without_cap"),
    (Bug::LeaseAtTill, "lease_exceeded_at_the_till"),
    (Bug::ExposureForgotten, "exposure_forgotten"),
    (Bug::PhotoReleased, "photo_released_too_early"),
    (Bug::PrunedEarly, "pruned_too_early"),
    (Bug::AckBeforeSync, "acknowledged_before_sync"),
    (Bug::UnknownGuessed, "unknown_fact_guessed"),
    (Bug::PageFirstLost, "change_of_a_page_lost"),
    (Bug::ResetKeeps, "reset_keeps_old"),
    (Bug::LossUnnoticed, "server_loss_unnoticed"),
    (Bug::TokenKept, "token_not_renewed"),
    (Bug::BudgetIgnored, "budget_ignored"),
    (Bug::SpentForgotten, "spent_voucher_forgotten"),
    (Bug::ReturnedEarly, "voucher_returned_early"),
    (Bug::ChallengeUnchecked, "challenge_not_checked"),
    (Bug::ElsewhereTaken, "voucher_of_another_till_taken"),
    (Bug::UsesForgotten, "loss_above_the_voucher"),
    (Bug::AnsweredTwice, "phone_answers_twice"),
    (Bug::ToldForgotten, "till_forgets_what_it_said"),
];

/// Whether a mistake is switched on in this program.
#[cfg(not(feature = "planted"))]
#[must_use]
pub const fn is(_bug: Bug) -> bool {
    false
}

#[cfg(feature = "planted")]
pub use on::{is, plant};

#[cfg(feature = "planted")]
mod on {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{BUGS, Bug};

    /// The place in [`BUGS`] of the mistake that is on, plus one; zero for none.
    static PLANTED: AtomicUsize = AtomicUsize::new(0);

    /// Whether a mistake is switched on in this program.
    #[must_use]
    pub fn is(bug: Bug) -> bool {
        let planted = PLANTED.load(Ordering::Relaxed);
        let at = planted.checked_sub(1);
        at.and_then(|at| BUGS.get(at))
            .is_some_and(|(known, _)| *known == bug)
    }

    /// Switches one mistake on and every other off, in the whole program.
    pub fn plant(bug: Option<Bug>) {
        let at = bug.and_then(|bug| BUGS.iter().position(|(known, _)| *known == bug));
        PLANTED.store(at.map_or(0, |at| at + 1), Ordering::Relaxed);
    }
}

#[cfg(all(test, not(feature = "planted")))]
mod tests {
    use super::{BUGS, Bug, is};

    #[test]
    fn no_mistake_is_on_without_the_feature() {
        // A constant: the compiler takes what follows from a mistake out.
        const { assert!(!is(Bug::Repeat)) };
        assert!(BUGS.iter().all(|(bug, _)| !is(*bug)));
    }
}
