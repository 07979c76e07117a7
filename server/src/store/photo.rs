//! Photos by their likeness: the nearest that was shown before. The first half of a likeness is four
//! parts of 16 bits; two photos that differ in at most eleven of its bits have a part that differs in
//! at most two, so that looking up each part with up to two bits turned finds them all.

use std::sync::Arc;

use carrot_rules::entity::{EntityKind, PhotoSeen, photo_distance};

use super::Tx;
use crate::db;
use crate::error::Result;

/// Where each part begins in the text, from 1 as SQL counts.
const PARTS: [usize; 4] = [1, 5, 9, 13];
/// The most photos of one part that are compared.
const COMPARED_MAX: i64 = 2_000;

/// A part with none, one or two of its bits turned: 137 texts of four digits.
fn near(part: u16) -> Vec<String> {
    let mut all = vec![part];
    for first in 0..16 {
        all.push(part ^ (1 << first));
        for second in 0..first {
            all.push(part ^ (1 << first) ^ (1 << second));
        }
    }
    all.into_iter().map(|part| format!("{part:04x}")).collect()
}

impl Tx {
    /// The photo that is nearest to a likeness, as JSON; none when none is near. What this transaction
    /// has not yet sent to the database is looked at too.
    pub(crate) async fn nearest_photo(&mut self, likeness: &str) -> Result<Option<Arc<str>>> {
        let mut ids = self.unsent_photos();
        for at in PARTS {
            let part = likeness.get(at - 1..at + 3);
            let Some(part) = part.and_then(|part| u16::from_str_radix(part, 16).ok()) else {
                return Ok(None);
            };
            ids.extend(self.photos_near(at, part).await?);
        }
        let nearest = ids
            .into_iter()
            .filter_map(|id| Some((photo_distance(likeness, &id)?, id)))
            .min_by_key(|((_, bits), id)| (*bits, id.clone()));
        match nearest {
            Some((_, id)) => self.body_text(EntityKind::PhotoSeen, &id).await,
            None => Ok(None),
        }
    }

    fn unsent_photos(&self) -> Vec<String> {
        let first = (EntityKind::PhotoSeen, String::new());
        let things = self.batch.things.range(first..);
        let photos = things.take_while(|((kind, _), _)| *kind == EntityKind::PhotoSeen);
        let known = photos.filter(|(_, thing)| thing.body.is_some());
        known.map(|((_, id), _)| id.clone()).collect()
    }

    async fn photos_near(&mut self, at: usize, part: u16) -> Result<Vec<String>> {
        let programme = self.key();
        // The expression has to be the index's own, letter by letter.
        let mut query = db::QueryBuilder::new(
            "SELECT id FROM entity WHERE kind = 'photo_seen' AND programme_id = ",
        );
        query.push_bind(programme);
        query.push(format!(" AND substr(id, {at}, 4) IN ("));
        let mut list = query.separated(", ");
        for text in near(part) {
            list.push_bind(text);
        }
        query.push(") LIMIT ").push_bind(COMPARED_MAX);
        Ok(query.build_query_scalar().fetch_all(self.conn()).await?)
    }

    /// The nearest photo as a thing.
    pub async fn nearest_photo_seen(&mut self, likeness: &str) -> Result<Option<PhotoSeen>> {
        let text = self.nearest_photo(likeness).await?;
        Ok(text.as_deref().map(serde_json::from_str).transpose()?)
    }
}
