//! Codes of pieces, cartons, pallets and waybills: what they stand for, as far as this device can tell.

use std::sync::Arc;

use carrot_client::Membership;
use carrot_codes::{Gs1, SignedCode};
use carrot_rules::command::UnitShown;
use carrot_rules::entity::{NodeId, Product, SerialRanges, Series};
use carrot_wire::CallError;
use carrot_wire::signed::SignedError;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::schema::*;

impl Api {
    /// A signed code: the device's own keys tell whether it is genuine. One under a key that it has
    /// not heard of may be newer than its last enrolment: the server decides.
    pub(crate) async fn signed(
        &self,
        membership: &Arc<Membership>,
        code: &SignedCode,
    ) -> Answer<CodeView> {
        match membership.check_code(code) {
            Ok(()) | Err(SignedError::UnknownKey) => {}
            Err(error) => return Err(CallError::new(error.code(), error.to_string())),
        }
        let node = NodeId {
            series: code.series.clone(),
            level: code.level,
            index: code.index,
        };
        let text = code.to_text();
        let view = node.to_string();
        let shown = UnitShown::Signed { text, node };
        self.unit_view(membership, view, shown).await
    }

    /// GS1 elements: a registered serial number, a logistic unit or a waybill, else the trade item.
    pub(crate) async fn elements(
        &self,
        gs1: &Gs1,
        text: &str,
    ) -> Answer<(Arc<Membership>, CodeView)> {
        if let Some(sscc) = gs1.sscc() {
            return self.logistic(sscc.as_str()).await;
        }
        if let Some(number) = gs1.get("401").or_else(|| gs1.get("402")) {
            let membership = self.member()?;
            let shown = UnitShown::Waybill {
                number: number.to_owned(),
            };
            let view = format!("waybill:{number}");
            let view = self.unit_view(&membership, view, shown).await?;
            return Ok((membership, view));
        }
        let serial = gs1
            .serial()
            .filter(|serial| *serial == serial.trim_start_matches('+'));
        let serial = serial.and_then(|serial| serial.parse::<i64>().ok());
        if let (Some(gtin), Some(serial)) = (gs1.gtin(), serial) {
            let membership = self.member()?;
            let ranges = membership.thing::<SerialRanges>(gtin.as_str()).await;
            let ranges = ranges.map_err(refused)?.unwrap_or_default();
            if let Some(view) = self
                .serial(&membership, &ranges, (gtin.as_str(), serial))
                .await?
            {
                return Ok((membership, view));
            }
        }
        self.trade_item(gs1.gtin(), text).await
    }

    /// A logistic unit. What is in it only the server knows.
    pub(crate) async fn logistic(&self, sscc: &str) -> Answer<(Arc<Membership>, CodeView)> {
        let membership = self.member()?;
        let shown = UnitShown::Sscc {
            sscc: sscc.to_owned(),
        };
        let view = self
            .unit_view(&membership, format!("sscc:{sscc}"), shown)
            .await?;
        Ok((membership, view))
    }

    async fn serial(
        &self,
        membership: &Arc<Membership>,
        ranges: &SerialRanges,
        (product, serial): (&str, i64),
    ) -> Answer<Option<CodeView>> {
        let Some(code) = ranges.series_of(serial) else {
            return Ok(None);
        };
        let series = membership.thing::<Series>(code).await.map_err(refused)?;
        let Some(node) = series.and_then(|series| series.of_serial(serial)) else {
            return Ok(None);
        };
        let shown = UnitShown::Serial {
            product: product.to_owned(),
            serial,
        };
        let view = self.unit_view(membership, node.to_string(), shown).await?;
        Ok(Some(view))
    }

    /// How screens see it. A till sells single pieces: it has no use for what holds many.
    async fn unit_view(
        &self,
        membership: &Arc<Membership>,
        code: String,
        shown: UnitShown,
    ) -> Answer<CodeView> {
        let node: Option<NodeId> = code.parse().ok();
        let single = node.as_ref().is_some_and(|node| node.level == 0);
        if membership.certificate().role == "terminal" && !single {
            return Err(CallError::new(
                "code_of_pallet",
                "it stands for many pieces",
            ));
        }
        let (mut product, mut covers) = (None, None);
        if let Some(node) = &node
            && let Some(series) = membership
                .thing::<Series>(&node.series)
                .await
                .map_err(refused)?
        {
            let Some(pieces) = series.pieces_of(node) else {
                return Err(CallError::new(
                    "code_unknown",
                    "the series has no such place",
                ));
            };
            covers = Some(CoversView {
                level: series.name(node.level).to_owned(),
                number: node.index.saturating_add(1),
                pieces,
            });
            let known = membership.thing::<Product>(&series.product).await;
            let currency = self
                .outlet_here(membership)
                .await?
                .map(|outlet| outlet.currency);
            product = known
                .map_err(refused)?
                .map(|known| convert::product(known, currency.as_deref()));
        }
        Ok(CodeView::Unique {
            code,
            product,
            unit: Some(shown),
            covers,
            perhaps_used: false,
        })
    }
}
