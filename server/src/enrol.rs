//! Enrolment: one-time codes become devices, and devices get their certificates.

use carrot_rules::Scope;
use carrot_rules::entity::{Outlet, Participant};
use carrot_wire::certificate::SignedCertificate;
use carrot_wire::crypto::{self, DOMAIN_ENROL};
use carrot_wire::enrol::{EnrolReply, EnrolRequest, EnrolmentCode};
use carrot_wire::limits::{CERTIFICATE_AGE_MS, ENROLMENT_AGE_MS_MAX};
use carrot_wire::{CashierGrant, Certificate, member};
use serde_json::json;
use uuid::Uuid;

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::store::{Device, DeviceRole, Enrolment, Store, Tx, programme_code, roster, secrets};
use crate::vouchers;

/// The longest name that a device may give itself, characters.
const DEVICE_NAME_CHARS_MAX: usize = 80;
/// The roster role whose people sign in at terminals.
const CASHIER: &str = "cashier";

/// Makes a one-time code and answers its text, valid for [`ENROLMENT_AGE_MS_MAX`] from the
/// transaction's instant. A terminal needs an outlet that exists, a phone a participant; otherwise
/// `bad_input`. `server_url` is what devices call, with scheme and port.
pub async fn create_enrolment(
    tx: &mut Tx,
    role: DeviceRole,
    outlet: Option<Uuid>,
    participant: Option<Uuid>,
    server_url: &str,
) -> Result<String> {
    let bad = |detail: &str| Err(Error::refused("bad_input", detail));
    match (role, outlet, participant) {
        (DeviceRole::Terminal, Some(outlet), None) => {
            if tx.entity::<Outlet>(&outlet.to_string()).await?.is_none() {
                return bad("there is no such outlet");
            }
        }
        (DeviceRole::Phone, None, Some(person)) => {
            if tx
                .entity::<Participant>(&person.to_string())
                .await?
                .is_none()
            {
                return bad("there is no such participant");
            }
        }
        _ => return bad("a terminal needs an outlet, a phone a participant, and neither both"),
    }
    let secret = tx.random_text()?;
    let expires_ms = tx.now_ms().saturating_add(ENROLMENT_AGE_MS_MAX);
    tx.insert_enrolment(&secret, role, outlet, participant, expires_ms)
        .await?;
    let subject = outlet.or(participant).unwrap_or_default().to_string();
    tx.audit(
        "server",
        "enrolment.create",
        &subject,
        &json!({"role": role.as_str()}),
    )
    .await?;
    let code = EnrolmentCode {
        server: server_url.trim_end_matches('/').to_owned(),
        trust: tx.keys().trust_texts(),
        secret,
    };
    Ok(code.to_text())
}

/// Turns a one-time code into a device. The same key may ask again with the same code, in case the
/// answer was lost; another key gets `enrolment_used`.
pub async fn enrol(store: &Store, request: &EnrolRequest) -> Result<EnrolReply> {
    if !carrot_wire::speaks(request.proto) {
        return Err(Error::refused(
            "upgrade_required",
            "device and server speak different versions of the protocol",
        ));
    }
    let key = crypto::public_key(&request.public_key)
        .map_err(|_| Error::refused("bad_input", "the public key does not read"))?;
    crypto::verify(
        &key,
        DOMAIN_ENROL,
        request.secret.as_bytes(),
        &request.proof,
    )
    .map_err(|_| Error::refused("bad_input", "the proof is not of this key"))?;
    let Some(enrolment) = store.enrolment(&request.secret).await? else {
        return Err(Error::refused("enrolment_unknown", "no such code"));
    };
    let device = match enrolment.device {
        Some(device) => known(store, device, request).await?,
        None => admit(store, &enrolment, request).await?,
    };
    let mut read = store.reads(device.programme).begin().await?;
    Ok(EnrolReply {
        device_id: device.id,
        certificate: issue(&mut read, store, &device).await?,
        trust: store.keys().trust_texts(),
        server_ms: store.now_ms(),
    })
}

fn used() -> Error {
    Error::refused("enrolment_used", "the code was used by another device")
}

async fn known(store: &Store, device: Uuid, request: &EnrolRequest) -> Result<Device> {
    let device = store.device(device).await?;
    let same = device.filter(|device| device.public_key == request.public_key && !device.revoked);
    same.ok_or_else(used)
}

async fn admit(store: &Store, enrolment: &Enrolment, request: &EnrolRequest) -> Result<Device> {
    let mut tx = store.begin(enrolment.programme).await?;
    let now_ms = tx.now_ms();
    if now_ms >= enrolment.expires_ms {
        return Err(Error::refused("enrolment_expired", "the code is too old"));
    }
    let device = Device {
        id: Uuid::from_bytes(store.random::<16>()?),
        programme: enrolment.programme,
        role: enrolment.role,
        outlet: enrolment.outlet,
        participant: enrolment.participant,
        public_key: request.public_key.clone(),
        name: request
            .device_name
            .chars()
            .take(DEVICE_NAME_CHARS_MAX)
            .collect(),
        revoked: false,
        last_seq: 0,
        last_hash: String::new(),
        enrolled_ms: now_ms,
        seen_ms: now_ms,
        trust_version: None,
        replaced: 0,
    };
    tx.insert_device(&device).await?;
    if !tx.use_enrolment(&enrolment.secret_hash, device.id).await? {
        return Err(used());
    }
    vouchers::show_till(&mut tx, &device, None).await?;
    let id = device.id.to_string();
    tx.audit(
        &id,
        "device.enrol",
        &id,
        &json!({"role": device.role.as_str()}),
    )
    .await?;
    tx.commit().await?;
    Ok(device)
}

/// Signs what the device is and may do, for [`CERTIFICATE_AGE_MS`] from now.
pub(crate) async fn issue(
    conn: &mut Conn,
    store: &Store,
    device: &Device,
) -> Result<SignedCertificate> {
    let from_ms = store.now_ms();
    let until_ms = from_ms.saturating_add(CERTIFICATE_AGE_MS);
    let keys = store.keys();
    let signing = keys.signing();
    let mut certificate = Certificate {
        device_id: device.id,
        programme_id: device.programme,
        programme_code: programme_code(conn, device.programme).await?,
        role: device.role.as_str().to_owned(),
        outlet_id: device.outlet,
        participant_id: device.participant,
        public_key: device.public_key.clone(),
        cashiers: Vec::new(),
        contact_key: None,
        pin_key: None,
        member_pass: None,
        from_ms,
        until_ms,
    };
    if let Some(outlet) = device.outlet {
        let keys = secrets(conn, device.programme).await?;
        certificate.cashiers = cashiers(conn, device.programme, outlet).await?;
        certificate.contact_key = Some(keys.contact_key);
        certificate.pin_key = Some(keys.pin_key);
    }
    if let Some(person) = device.participant {
        // Terminals check a pass, and may have been out of reach since the keys changed.
        certificate.member_pass = Some(member::issue_pass(
            keys.signing_for_offline(from_ms),
            &certificate.programme_code,
            person,
            &device.key()?,
            until_ms,
        ));
    }
    Ok(SignedCertificate::seal(&certificate, signing)?)
}

async fn cashiers(conn: &mut Conn, programme: Uuid, outlet: Uuid) -> Result<Vec<CashierGrant>> {
    let people = roster(conn, programme, &Scope::Outlet(outlet).to_string()).await?;
    let grant = |(role, person): (String, crate::store::Person)| {
        let pin_hash = person.pin_hash.filter(|_| role == CASHIER)?;
        Some(CashierGrant {
            participant: person.participant,
            pin_hash,
        })
    };
    Ok(people.into_iter().filter_map(grant).collect())
}
