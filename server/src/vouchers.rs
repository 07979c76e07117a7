//! Vouchers beside their decisions: the terminals that they can be for, the texts that a phone gets,
//! and the return of what a terminal will not use any more.

use carrot_rules::Scope;
use carrot_rules::entity::{OpenVouchers, Till, Voucher};
use carrot_rules::outcome::Upsert;
use carrot_wire::pull::Made;
use carrot_wire::voucher;

use crate::apply::till_synced;
use crate::error::Result;
use crate::store::{Device, DeviceRole, Store, Tx};

/// The terminal that a device is, as phones see it; none for a phone.
fn till_of(device: &Device) -> Option<Till> {
    let outlet = device
        .outlet
        .filter(|_| device.role == DeviceRole::Terminal)?;
    Some(Till {
        device: device.id,
        outlet,
        name: device.name.clone(),
        open: !device.revoked,
    })
}

/// Shows a terminal to the programme's devices as it is now.
pub(crate) async fn show_till(tx: &mut Tx, device: &Device) -> Result<()> {
    let Some(till) = till_of(device) else {
        return Ok(());
    };
    let id = device.id.to_string();
    if tx.entity::<Till>(&id).await?.as_ref() == Some(&till) {
        return Ok(());
    }
    let scope = Scope::Programme(device.programme);
    tx.put_entity(&Upsert::of(id, &till, &[scope])).await
}

/// What a terminal's pull brings about: vouchers that were over before the instant that it names go
/// back, when the server has every command that it made until then. Terminals of an earlier time are
/// shown to phones.
pub(crate) async fn hear_till(store: &Store, device: &Device, made: Option<Made>) -> Result<()> {
    let Some(till) = till_of(device) else {
        return Ok(());
    };
    let (programme, id) = (device.programme, device.id.to_string());
    let shown = store.entity::<Till>(programme, &id).await? == Some(till);
    let open = store.entity::<OpenVouchers>(programme, &id).await?;
    // A clock that is ahead ends nothing early.
    let over_ms = made.map_or(0, |made| made.at_ms.min(store.now_ms()));
    let over = open
        .unwrap_or_default()
        .open
        .iter()
        .filter(|open| open.expires_ms <= over_ms)
        .count();
    if shown && over == 0 {
        return Ok(());
    }
    let mut tx = store.begin(programme).await?;
    if let Some(current) = tx.device(device.id).await? {
        show_till(&mut tx, &current).await?;
        let all_here = made.is_some_and(|made| made.seq == current.last_seq);
        if all_here && !current.revoked && over > 0 {
            till_synced(&mut tx, device.id, over_ms).await?;
        }
    }
    tx.commit().await
}

/// The texts of the open vouchers that a phone may use.
pub(crate) async fn texts(store: &Store, device: &Device, programme: &str) -> Result<Vec<String>> {
    let Some(person) = device.participant else {
        return Ok(Vec::new());
    };
    let open = store
        .entity::<OpenVouchers>(device.programme, &person.to_string())
        .await?;
    let mut texts = Vec::new();
    for open in open.unwrap_or_default().open {
        let known = store
            .entity::<Voucher>(device.programme, &open.id.to_string())
            .await?;
        let usable = |known: &Voucher| known.phone == device.id && known.state == "open";
        let Some(known) = known.filter(usable) else {
            continue;
        };
        let paper = voucher::Voucher {
            id: known.id,
            participant: known.participant,
            phone: device.key()?,
            terminal: known.terminal,
            points: known.points,
            from_ms: known.issued_ms,
            until_ms: known.expires_ms,
            reward: known.reward,
        };
        // The terminal may have been out of reach since the keys changed.
        let keys = store.keys();
        let signing = keys.signing_for_offline(store.now_ms());
        match voucher::seal(&paper, programme, signing) {
            Ok(text) => texts.push(text),
            Err(error) => tracing::warn!(voucher = %known.id, %error, "a voucher has no text"),
        }
    }
    Ok(texts)
}
