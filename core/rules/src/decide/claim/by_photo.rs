//! A claim by a photo of a receipt that has no square code: somebody looks at it. The same photo, sent
//! again in another form, is known by its likeness.

use crate::amount::Overflow;
use crate::command::ReceiptPhoto;
use crate::entity::{EntityKind, PhotoKinship, PhotoSeen, photo_kinship};
use crate::facts::Seen;
use crate::outcome::{Because, Class, Outcome, Upsert};

use super::place::{self, Placed};
use super::{Desk, Shown, credit};

/// The longest number of a receipt that is kept, characters.
const NUMBER_CHARS_MAX: usize = 64;

pub(super) fn decide(
    desk: &Desk<'_>,
    claim: &str,
    photo: &ReceiptPhoto,
) -> Result<Outcome, Overflow> {
    if !sound(photo) {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    let mut pending = vec![stated(photo)];
    let mut photos = vec![photo.photo.clone()];
    match shown_before(desk, photo) {
        Some((PhotoKinship::Same, first)) => {
            let again = Because::new("photo_same").with("at_ms", first.at_ms);
            let by_you = first.participant == desk.context.actor;
            return Ok(Outcome::rejected(again.with("by_you", by_you)));
        }
        Some((PhotoKinship::Alike, first)) => {
            let alike = Because::new("photo_alike").with("claim", first.claim.to_string());
            pending.push(alike.with("at_ms", first.at_ms));
            photos.push(first.photo);
        }
        Some((PhotoKinship::Other, _)) | None => {}
    }
    let proof = Shown {
        kind: "photo",
        reference: &photo.photo,
    };
    let mut outcome = match place::own_unit(desk, &photo.product, proof.kind) {
        Some(unit) => credit::attach(desk, &unit, &photo.product, proof)?,
        None => {
            let key = format!("photo:{claim}");
            let placed = Placed::new(desk, &photo.product, proof.kind);
            credit::credit(desk, &key, &photo.product, proof, pending, placed)?
        }
    };
    if outcome.class == Class::Accepted {
        show(&mut outcome, &photos);
        let seen = PhotoSeen {
            likeness: photo.likeness.clone(),
            photo: photo.photo.clone(),
            claim: desk.context.command_id,
            participant: desk.context.actor,
            at_ms: desk.context.occurred_ms,
        };
        let id = photo.likeness.clone();
        outcome.upserts.push(Upsert::of(id, &seen, &[]));
    }
    Ok(outcome)
}

/// Why it waits, with what the claimant wrote beside the photo.
fn stated(photo: &ReceiptPhoto) -> Because {
    let mut because = Because::new("awaits_review");
    if let Some(number) = &photo.number {
        because = because.with("number", number.as_str());
    }
    if let Some(total) = photo.total_minor {
        because = because.with("total_minor", total);
    }
    if let Some(day) = &photo.day {
        because = because.with("day", day.as_str());
    }
    because
}

/// The photo known to be nearest to this one, and how near it is.
fn shown_before(desk: &Desk<'_>, photo: &ReceiptPhoto) -> Option<(PhotoKinship, PhotoSeen)> {
    let Seen::Known(first) = desk.facts.see::<PhotoSeen>(&photo.likeness) else {
        return None;
    };
    Some((photo_kinship(&photo.likeness, &first.likeness), first))
}

/// Whoever looks at the claim sees the photo, and the earlier one that it resembles.
fn show(outcome: &mut Outcome, photos: &[String]) {
    let mut written = outcome.upserts.iter_mut();
    if let Some(review) = written.find(|upsert| upsert.kind == EntityKind::Review)
        && let Some(body) = review.body.as_object_mut()
    {
        body.insert("photos".to_owned(), photos.to_vec().into());
    }
}

/// Lengths, and hex where it has to be.
fn sound(photo: &ReceiptPhoto) -> bool {
    let hex = |text: &str, length: usize| {
        let mut digits = text.bytes();
        text.len() == length && digits.all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let short = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or("");
        text.chars().count() <= NUMBER_CHARS_MAX
    };
    hex(&photo.photo, 64)
        && hex(&photo.likeness, 32)
        && short(&photo.number)
        && short(&photo.day)
        && photo.total_minor.is_none_or(|total| total >= 0)
}
