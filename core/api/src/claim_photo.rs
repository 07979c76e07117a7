//! A claim by a photo of a receipt: made small, kept, and known again when it is shown once more. The
//! device remembers its own photos' likenesses, so that a second showing is refused without a network.

use carrot_client::Membership;
use carrot_rules::command::{Evidence, ReceiptPhoto};
use carrot_rules::entity::{PhotoKinship, photo_kinship};
use carrot_scan::ScanLimits;
use carrot_wire::CallError;
use serde::{Deserialize, Serialize};

use crate::api::{Answer, Api, refused};
use crate::photo;
use crate::reading::image_bytes;
use crate::schema::*;

/// The note that keeps the likenesses.
const NOTE_PHOTOS: &str = "receipt_photos";
/// The most likenesses that are remembered, the newest ones.
const PHOTOS_MAX: usize = 500;
/// The longest number and day, characters.
const TEXT_CHARS_MAX: usize = 64;

/// A photo that this device has claimed with.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Shown {
    likeness: String,
    at_ms: i64,
}

async fn shown(membership: &Membership) -> Answer<Vec<Shown>> {
    let note = membership.note(NOTE_PHOTOS).await.map_err(refused)?;
    let read = note.and_then(|note| serde_json::from_value(note).ok());
    Ok(read.unwrap_or_default())
}

/// The small photo and its likeness.
fn prepared(bytes: &[u8]) -> Answer<(Vec<u8>, String)> {
    let jpeg = photo::prepare(bytes)?;
    let likeness = carrot_scan::likeness(&jpeg, &ScanLimits::default())
        .map_err(|error| CallError::new("not_an_image", error.to_string()))?;
    Ok((jpeg, likeness.to_text()))
}

impl Api {
    pub(crate) async fn claim_photo(&self, request: ClaimPhoto) -> Answer<ClaimDone> {
        let texts = [&request.number, &request.day];
        let long = |text: &&Option<String>| {
            let text = text.as_deref().unwrap_or("");
            text.chars().count() > TEXT_CHARS_MAX
        };
        if texts.iter().any(long) || request.total_minor.is_some_and(|total| total < 0) {
            return Err(CallError::new("bad_input", "too long, or below zero"));
        }
        let membership = self.member()?;
        let bytes = image_bytes(&request.image_base64)?;
        let (jpeg, likeness) = tokio::task::spawn_blocking(move || prepared(&bytes))
            .await
            .map_err(|error| CallError::new("not_an_image", error.to_string()))??;
        let mut photos = shown(&membership).await?;
        let same = |known: &&Shown| photo_kinship(&known.likeness, &likeness) == PhotoKinship::Same;
        if let Some(first) = photos.iter().find(same) {
            let again = CallError::new("photo_same", "this receipt was shown before");
            return Err(again.with("at_ms", first.at_ms).with("by_you", true));
        }
        let kept = membership
            .put_photo(jpeg, "image/jpeg")
            .await
            .map_err(refused)?;
        let evidence = Evidence::Photo(ReceiptPhoto {
            product: request.product,
            photo: kept.sha256.clone(),
            likeness: likeness.clone(),
            number: request.number,
            total_minor: request.total_minor,
            day: request.day,
        });
        let done = self.submit_claim(&membership, evidence, vec![kept]).await?;
        photos.push(Shown {
            likeness,
            at_ms: membership.now_ms(),
        });
        let surplus = photos.len().saturating_sub(PHOTOS_MAX);
        photos.drain(..surplus);
        let note = serde_json::json!(photos);
        membership
            .put_note(NOTE_PHOTOS, &note)
            .await
            .map_err(refused)?;
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use carrot_rules::entity as rules;

    #[test]
    fn device_and_rules_draw_the_same_lines() {
        assert_eq!(carrot_scan::COARSE_BITS_MAX, rules::PHOTO_COARSE_BITS_MAX);
        assert_eq!(carrot_scan::SAME_BITS_MAX, rules::PHOTO_SAME_BITS_MAX);
        assert_eq!(carrot_scan::ALIKE_BITS_MAX, rules::PHOTO_ALIKE_BITS_MAX);
        let one = carrot_scan::Likeness {
            coarse: 0xf0,
            fine: 0x1ff,
        };
        let two = carrot_scan::Likeness { coarse: 0, fine: 0 };
        let bits = rules::photo_distance(&one.to_text(), &two.to_text());
        assert_eq!(bits, Some((4, one.distance(two))));
    }
}
