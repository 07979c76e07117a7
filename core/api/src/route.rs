//! One scan screen for several programmes: which of them a code belongs to.

use std::sync::Arc;

use carrot_client::Membership;
use carrot_codes::{Code, Gtin, OwnCode};
use carrot_wire::CallError;
use carrot_wire::member::PROOF_PREFIX;

use crate::api::{Answer, Api};
use crate::reading::{code_error, is_phone_like, unique_in_link};
use crate::schema::*;

/// What tells programmes apart in a text.
#[derive(Debug, PartialEq, Eq)]
enum Mark {
    /// A programme's own tag.
    Tag(String),
    /// A trade item, which several may pay for.
    Item(Gtin),
    /// Nothing: a receipt, a pallet, a phone number can be for any of them.
    Any,
    /// It makes a device a member; no membership has it yet.
    None,
}

fn mark_of(text: &str) -> Result<Mark, CallError> {
    if let Some(rest) = text.strip_prefix(PROOF_PREFIX) {
        let tag = rest.split('.').next().unwrap_or_default();
        return Ok(Mark::Tag(tag.to_owned()));
    }
    let own = |own: &OwnCode| {
        own.programme()
            .map_or(Mark::None, |tag| Mark::Tag(tag.to_owned()))
    };
    let item = |gtin: Option<Gtin>| gtin.map_or(Mark::Any, Mark::Item);
    let foreign = || CallError::new("code_not_ours", "this text is no code of a programme");
    Ok(
        match carrot_codes::parse(text).map_err(|error| code_error(&error))? {
            Code::Own(code) => own(&code),
            Code::DigitalLink { base, gs1 } => match unique_in_link(&base, gs1.serial()) {
                Some(code) => own(&code),
                None => item(gs1.gtin()),
            },
            Code::Gtin(gtin) => Mark::Item(gtin),
            Code::Gs1(gs1) => item(gs1.gtin()),
            Code::Receipt(_) | Code::Sscc(_) => Mark::Any,
            Code::Other(text) if is_phone_like(&text) => Mark::Any,
            Code::Other(_) => return Err(foreign()),
        },
    )
}

impl Api {
    /// The memberships that a scanned text may belong to, the one in use first: one is it, several are
    /// asked about. Refuses a text that belongs to none of them, and says why.
    pub(crate) async fn route_scan(&self, request: ReadText) -> Answer<Vec<MembershipView>> {
        let mut all = self.device.memberships();
        let current = self.member()?.programme_id();
        all.sort_by_key(|one| one.programme_id() != current);
        let fit: Vec<Arc<Membership>> = match mark_of(request.text.trim())? {
            Mark::Tag(tag) => vec![self.member_by_tag(&tag)?],
            Mark::Item(gtin) => self.with_item(all, &gtin).await?,
            Mark::Any => all,
            Mark::None => Vec::new(),
        };
        let mut views = Vec::with_capacity(fit.len());
        for membership in fit {
            views.push(self.membership_view(&membership, Some(current)).await?);
        }
        Ok(views)
    }

    /// Those whose catalogue has the item. One whose catalogue cannot be read keeps no other back.
    async fn with_item(
        &self,
        all: Vec<Arc<Membership>>,
        gtin: &Gtin,
    ) -> Answer<Vec<Arc<Membership>>> {
        let (mut fit, mut why) = (Vec::new(), None);
        for membership in all {
            match self.product_by_gtin(&membership, gtin).await {
                Ok(_) => fit.push(membership),
                Err(error) => why = why.or(Some(error)),
            }
        }
        match why {
            Some(error) if fit.is_empty() => Err(error),
            _ => Ok(fit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f115_a_code_says_which_programme_it_belongs_to() {
        let tag = |text: &str| mark_of(text).unwrap();
        assert_eq!(tag("CRR1.morgen.x.y"), Mark::Tag("morgen".to_owned()));
        let gtin = Gtin::parse("9520001000201").unwrap();
        assert_eq!(tag("9520001000201"), Mark::Item(gtin));
        assert_eq!(tag("+45 20 12 34 19"), Mark::Any);
        assert_eq!(mark_of("hello").unwrap_err().code, "code_not_ours");
    }
}
