//! Partners and their outlets.

use std::collections::HashSet;

use carrot_rules::entity::Outlet;
use serde::{Deserialize, Serialize};

use super::field;
use super::outlet_id;
use super::report::{RowError, Spot};
use super::table::Table;
use super::write::Writer;
use crate::error::Result;

/// A partner as the settings keep it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Partner {
    pub name: String,
    pub country: String,
    pub currency: String,
}

struct PartnerRow {
    code: String,
    partner: Partner,
}

fn setting_name(code: &str) -> String {
    format!("partner:{code}")
}

fn parse_partners(file: &str, bytes: &[u8]) -> Result<Vec<PartnerRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    Table::read(file, bytes, &["code", "name", "country", "currency"], &[])?.each(|row| {
        let code = row.get("code", field::code)?;
        row.unique(&mut seen, "code", &code)?;
        let partner = Partner {
            name: row.get("name", field::text)?,
            country: row.get("country", field::country)?,
            currency: row.get("currency", field::currency)?,
        };
        Ok(PartnerRow { code, partner })
    })
}

pub(super) async fn partners(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    for row in writer.parsed(parse_partners(file, bytes)) {
        let value = serde_json::to_string(&row.partner)?;
        let diff = writer.put_setting(&setting_name(&row.code), &value).await?;
        writer.count(&[diff]);
    }
    Ok(())
}

/// A partner by its code.
pub(super) async fn partner(writer: &mut Writer, code: &str) -> Result<Option<Partner>> {
    let value = writer.setting(&setting_name(code)).await?;
    Ok(value.map(|text| serde_json::from_str(&text)).transpose()?)
}

struct OutletRow {
    spot: Spot,
    outlet: Outlet,
    till_api: bool,
}

const OUTLET_COLUMNS: [&str; 11] = [
    "code",
    "partner",
    "name",
    "address",
    "city",
    "country",
    "time_zone",
    "latitude_e6",
    "longitude_e6",
    "network",
    "till_api",
];

fn parse_outlets(file: &str, bytes: &[u8]) -> Result<Vec<OutletRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    Table::read(file, bytes, &OUTLET_COLUMNS, &[])?.each(|row| {
        let code = row.get("code", field::code)?;
        row.unique(&mut seen, "code", &code)?;
        let outlet = Outlet {
            id: uuid::Uuid::nil(),
            code,
            partner: row.get("partner", field::code)?,
            name: row.get("name", field::text)?,
            address: row.get("address", field::text)?,
            city: row.get("city", field::text)?,
            country: row.get("country", field::country)?,
            currency: String::new(),
            time_zone: row.get("time_zone", field::time_zone)?,
            latitude_e6: row.get("latitude_e6", field::whole(-90_000_000, 90_000_000))?,
            longitude_e6: row.get("longitude_e6", field::whole(-180_000_000, 180_000_000))?,
            online: row.get("network", field::one_of(&["online", "offline"]))? == "online",
            owner: None,
        };
        Ok(OutletRow {
            spot: row.spot.clone(),
            outlet,
            till_api: row.get("till_api", field::yes_no)?,
        })
    })
}

pub(super) async fn outlets(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    let (programme, all) = (writer.programme(), writer.all());
    for row in writer.parsed(parse_outlets(file, bytes)) {
        let mut outlet = row.outlet;
        let Some(partner) = partner(writer, &outlet.partner).await? else {
            writer.refuse(row.spot.missing("partner", &outlet.partner, "partners.csv"));
            continue;
        };
        outlet.id = outlet_id(programme, &outlet.code);
        outlet.currency = partner.currency;
        let known = writer.entity::<Outlet>(&outlet.id.to_string()).await?;
        outlet.owner = known.and_then(|known| known.owner);
        let shown = writer.put(&outlet.id.to_string(), &outlet, &all).await?;
        let till_api = if row.till_api { "yes" } else { "no" };
        let till = writer
            .put_setting(&format!("till_api:{}", outlet.code), till_api)
            .await?;
        writer.count(&[shown, till]);
    }
    Ok(())
}
