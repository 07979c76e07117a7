//! Vouchers beside their decisions: the terminals that they can be for, the texts that a phone gets,
//! and the return of what a terminal will not use any more.

use carrot_rules::Scope;
use carrot_rules::entity::{OpenVouchers, Till, Voucher};
use carrot_rules::outcome::Upsert;
use carrot_wire::planted::{self, Bug};
use carrot_wire::pull::{Made, ScopePage};
use carrot_wire::voucher;
use uuid::Uuid;

use crate::apply::{give_back_cancelled, till_synced};
use crate::db::{self, Conn};
use crate::error::Result;
use crate::store::{Device, DeviceRole, Store, Tx};

/// How many commands a terminal of an earlier time may still send in which a rotating code stands for
/// consent under a lease, when it has not said what it has made.
const CODE_COMMANDS_MAX: i64 = 1_000;

/// The terminal that a device is, as phones see it; none for a phone. `known` is what is kept of it.
fn till_of(device: &Device, known: Option<&Till>, made: Option<Made>) -> Option<Till> {
    let outlet = device
        .outlet
        .filter(|_| device.role == DeviceRole::Terminal)?;
    Some(Till {
        device: device.id,
        outlet,
        name: device.name.clone(),
        open: !device.revoked,
        codes_until_seq: codes_until(device, known, made),
    })
}

/// Where the old form ends for a terminal: a new one never had it; what an earlier one has made by its
/// first word since still counts. It never moves later.
fn codes_until(device: &Device, known: Option<&Till>, made: Option<Made>) -> Option<i64> {
    if device.last_seq == 0 && known.is_none() && made.is_none() {
        return Some(0);
    }
    let most = device.last_seq.saturating_add(CODE_COMMANDS_MAX);
    let said = made.map(|made| made.seq.min(most));
    let kept = known.and_then(|till| till.codes_until_seq);
    match (kept, said) {
        (Some(kept), Some(said)) => Some(kept.min(said)),
        (kept, said) => kept.or(said),
    }
}

/// Whether a rotating code stands for consent under a lease in a terminal's command with this number.
/// A terminal of an earlier time is given its end here when it has none yet.
pub(crate) async fn code_consents(tx: &mut Tx, device: Uuid, seq: i64) -> Result<bool> {
    let Some(device) = tx.device(device).await? else {
        return Ok(false);
    };
    let id = device.id.to_string();
    let known = tx.entity::<Till>(&id).await?;
    if let Some(until_seq) = known.as_ref().and_then(|till| till.codes_until_seq) {
        return Ok(seq <= until_seq);
    }
    let made = Made {
        seq: i64::MAX,
        at_ms: 0,
    };
    if let Some(till) = till_of(&device, known.as_ref(), Some(made)) {
        let scope = Scope::Programme(device.programme);
        tx.put_entity(&Upsert::of(id, &till, &[scope])).await?;
    }
    Ok(true)
}

/// Shows a terminal to the programme's devices as it is now.
pub(crate) async fn show_till(tx: &mut Tx, device: &Device, made: Option<Made>) -> Result<()> {
    let id = device.id.to_string();
    let known = tx.entity::<Till>(&id).await?;
    let Some(till) = till_of(device, known.as_ref(), made) else {
        return Ok(());
    };
    if known.as_ref() == Some(&till) {
        return Ok(());
    }
    let scope = Scope::Programme(device.programme);
    tx.put_entity(&Upsert::of(id, &till, &[scope])).await
}

/// What a terminal's pull brings about: vouchers that were over before the instant that it names go
/// back, when the server has every command that it made until then. Terminals of an earlier time are
/// shown to phones.
pub(crate) async fn hear_till(store: &Store, device: &Device, made: Option<Made>) -> Result<()> {
    if device.role != DeviceRole::Terminal {
        return Ok(());
    }
    let (programme, id) = (device.programme, device.id.to_string());
    let known = store.entity::<Till>(programme, &id).await?;
    let Some(till) = till_of(device, known.as_ref(), made) else {
        return Ok(());
    };
    let shown = known == Some(till);
    let open = store.entity::<OpenVouchers>(programme, &id).await?;
    // A clock that is ahead ends nothing early.
    let over_ms = made.map_or(0, |made| made.at_ms.min(store.now_ms()));
    let over = open
        .unwrap_or_default()
        .open
        .iter()
        .filter(|open| open.expires_ms <= over_ms || planted::is(Bug::ReturnedEarly))
        .count();
    if shown && over == 0 {
        return Ok(());
    }
    let mut tx = store.begin(programme).await?;
    if let Some(current) = tx.device(device.id).await? {
        show_till(&mut tx, &current, made).await?;
        let early = planted::is(Bug::ReturnedEarly);
        let all_here = early || made.is_some_and(|made| made.seq == current.last_seq);
        let over_ms = if early { i64::MAX } else { over_ms };
        if all_here && !current.revoked && over > 0 {
            till_synced(&mut tx, device.id, over_ms).await?;
        }
    }
    tx.commit().await
}

/// The most cancelled vouchers that one pull brings back.
const CANCELLED_MAX: i64 = 64;

/// The open vouchers of a terminal that were cancelled, when the terminal had heard of it before it asked
/// and the server has every command that it made: it has not taken them and will not.
pub(crate) async fn cancelled_unused(
    conn: &mut Conn,
    device: &Device,
    made: Option<Made>,
    pages: &[ScopePage],
) -> Result<Vec<String>> {
    let Some(outlet) = device.outlet else {
        return Ok(Vec::new());
    };
    let told = made.is_some_and(|made| made.seq == device.last_seq);
    let knew = |page: &ScopePage| {
        let all = page.changes.is_empty() && page.last == page.high;
        page.id == Scope::Outlet(outlet) && all && !page.reset && !page.gone
    };
    if !told || device.revoked || !pages.iter().any(knew) {
        return Ok(Vec::new());
    }
    Ok(db::query_scalar(
        "SELECT id FROM entity WHERE programme_id = ? AND kind = 'voucher'
           AND json_extract(body, '$.state') = 'open' AND json_extract(body, '$.terminal') = ?
           AND json_extract(body, '$.cancelled_ms') IS NOT NULL ORDER BY id LIMIT ?",
    )
    .bind(device.programme.to_string())
    .bind(device.id.to_string())
    .bind(CANCELLED_MAX)
    .fetch_all(conn)
    .await?)
}

/// Gives the points of cancelled vouchers back to their members.
pub(crate) async fn return_cancelled(store: &Store, programme: Uuid, ids: &[String]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut tx = store.begin(programme).await?;
    for id in ids {
        give_back_cancelled(&mut tx, id).await?;
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
        let usable = |known: &Voucher| {
            known.phone == device.id && known.state == "open" && known.cancelled_ms.is_none()
        };
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
