//! A shelf counted from its photo: every trade item's number that can be read in it, how often, and the
//! share of the programme's own products. Counts of several photos add up, and people may correct them.

use std::collections::BTreeMap;

use carrot_client::Membership;
use carrot_codes::{Code, Gtin};
use carrot_rules::command::{SHELF_COUNT_MAX, SHELF_ROWS_MAX, ShelfFace, shelf_share_bp};
use carrot_rules::entity::{Outlet, Product};
use carrot_wire::CallError;
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::reading::counted_symbols;
use crate::schema::*;

/// The trade item that a code in a picture names; none for anything else.
fn trade_item(text: &str) -> Option<Gtin> {
    match carrot_codes::parse(text).ok()? {
        Code::Gtin(gtin) => Some(gtin),
        Code::Gs1(gs1) | Code::DigitalLink { gs1, .. } => gs1.gtin(),
        _ => None,
    }
}

/// Trade items of a picture's texts with the number of places of each, in order of their numbers.
fn count<'a>(seen: impl Iterator<Item = (&'a str, usize)>) -> BTreeMap<Gtin, i64> {
    let mut counts = BTreeMap::new();
    for (text, places) in seen {
        if let Some(gtin) = trade_item(text) {
            let count: &mut i64 = counts.entry(gtin).or_default();
            *count = count.saturating_add(i64::try_from(places).unwrap_or(i64::MAX));
        }
    }
    counts
}

/// Puts counts of one more picture to those that are there.
fn add(faces: &mut Vec<ShelfFace>, fresh: Vec<ShelfFace>) -> Answer<()> {
    for face in fresh {
        let full = faces.len() >= SHELF_ROWS_MAX;
        match faces.iter_mut().find(|known| known.gtin == face.gtin) {
            Some(known) => {
                known.count = known.count.saturating_add(face.count).min(SHELF_COUNT_MAX)
            }
            None if full => {
                return Err(CallError::new(
                    "shelf_full",
                    "too many different products on one shelf",
                )
                .with("most", SHELF_ROWS_MAX));
            }
            None => faces.push(face),
        }
    }
    Ok(())
}

/// A shelf as screens show it.
pub(crate) async fn view(membership: &Membership, faces: &[ShelfFace]) -> Answer<ShelfView> {
    let mut rows = Vec::with_capacity(faces.len());
    for face in faces {
        let product = match &face.product {
            Some(id) => membership.thing::<Product>(id).await.map_err(refused)?,
            None => None,
        };
        rows.push(ShelfRow {
            gtin: face.gtin.clone(),
            own: face.product.is_some(),
            name: product.map(|product| product.name),
            count: face.count,
        });
    }
    Ok(ShelfView {
        rows,
        share_bp: shelf_share_bp(faces),
    })
}

impl Api {
    /// What a picture of a shelf shows. The numbers of the outlet's own packing name its partner's
    /// products.
    async fn faces(
        &self,
        membership: &Membership,
        outlet: Uuid,
        image_base64: String,
    ) -> Answer<Vec<ShelfFace>> {
        let seen = counted_symbols(&image_base64).await?;
        let counts = count(
            seen.iter()
                .map(|one| (one.symbol.text.as_str(), one.places)),
        );
        if counts.is_empty() {
            return Err(CallError::new(
                "no_product_code_found",
                "the codes of the picture name no trade items",
            ));
        }
        let outlet = membership.thing::<Outlet>(&outlet.to_string()).await;
        let partner = outlet.map_err(refused)?.map(|outlet| outlet.partner);
        let mut faces = Vec::with_capacity(counts.len());
        for (gtin, count) in counts {
            let id = match &partner {
                Some(partner) if gtin.is_restricted() => format!("{partner}:{}", gtin.as_str()),
                _ => gtin.as_str().to_owned(),
            };
            let product = membership.thing::<Product>(&id).await.map_err(refused)?;
            faces.push(ShelfFace {
                gtin: gtin.as_str().to_owned(),
                product: product.map(|product| product.id),
                count,
            });
        }
        Ok(faces)
    }

    pub(crate) async fn visit_shelf(&self, request: VisitPhoto) -> Answer<StopView> {
        let (membership, stop, _) = self.started(&request.stop).await?;
        let fresh = self
            .faces(&membership, stop.outlet, request.image_base64)
            .await?;
        // The reading took its time: the draft is what it is now.
        let (membership, stop, mut draft) = self.started(&request.stop).await?;
        add(&mut draft.shelf, fresh)?;
        self.keep_stop(&membership, stop, &draft).await
    }

    pub(crate) async fn visit_shelf_count(&self, request: ShelfCount) -> Answer<StopView> {
        let (membership, stop, mut draft) = self.started(&request.stop).await?;
        let wanted = request.count.clamp(0, SHELF_COUNT_MAX);
        match draft
            .shelf
            .iter_mut()
            .find(|face| face.gtin == request.gtin)
        {
            Some(face) => face.count = wanted,
            None => {
                return Err(CallError::new(
                    "bad_input",
                    "this number is not on the shelf",
                ));
            }
        }
        draft.shelf.retain(|face| face.count > 0);
        self.keep_stop(&membership, stop, &draft).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(gtin: &str, own: bool, count: i64) -> ShelfFace {
        ShelfFace {
            gtin: gtin.to_owned(),
            product: own.then(|| gtin.to_owned()),
            count,
        }
    }

    #[test]
    fn trade_items_are_counted_in_every_carrier_and_nothing_else_is() {
        let texts = [
            "9520001000010",
            "09520001000010",
            "(01)09520001000010(21)7",
            "https://id.example.com/01/09520001000010",
            "9520001000201",
            "https://example.com/a-page",
            "9520001000011",
        ];
        // A photo shows each text at two places.
        let counts = count(texts.into_iter().map(|text| (text, 2)));
        let rows: Vec<_> = counts.iter().map(|(gtin, n)| (gtin.as_str(), *n)).collect();
        assert_eq!(rows, [("09520001000010", 8), ("09520001000201", 2)]);
    }

    #[test]
    fn counts_of_several_photos_add_up() {
        let mut faces = vec![face("a", true, 2)];
        add(&mut faces, vec![face("a", true, 3), face("b", false, 1)]).unwrap();
        assert_eq!(faces, [face("a", true, 5), face("b", false, 1)]);
        assert_eq!(shelf_share_bp(&faces), Some(8_333));
        assert_eq!(shelf_share_bp(&[]), None);
    }

    #[test]
    fn a_shelf_takes_only_so_many_products() {
        let mut faces: Vec<_> = (0..SHELF_ROWS_MAX)
            .map(|number| face(&number.to_string(), false, 1))
            .collect();
        let refused = add(&mut faces, vec![face("new", false, 1)]).unwrap_err();
        assert_eq!(refused.code, "shelf_full");
        assert!(add(&mut faces, vec![face("7", false, SHELF_COUNT_MAX)]).is_ok());
        assert_eq!(faces[7].count, SHELF_COUNT_MAX);
    }
}
