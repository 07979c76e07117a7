//! People: personal data to its own table, and what decisions need without a name in it.

use std::collections::HashSet;

use carrot_rules::Scope;
use carrot_rules::decide::time::{Lengths, schedule};
use carrot_rules::entity::{
    Card, Contact, EntityKind, Member, Outlet, Participant, Purchases, ReferralCode, Roster,
};
use uuid::Uuid;

mod staff;
mod work;

use super::field;
use super::report::{Problem, RowError, Spot};
use super::table::{Row, Table};
use super::write::{Diff, Writer};
use super::{outlet_id, participant_id};
use crate::db;
use crate::error::{Error, Result};
use crate::secrets::{contact_hash, pin_fits, pin_hash, referral_codes};
use crate::store::{Person, ProgrammeSecrets, person as stored_person};

const ROLES: [&str; 8] = [
    "seller",
    "cashier",
    "buyer",
    "merchandiser",
    "owner",
    "purchaser",
    "manager",
    "approver",
];
/// Who may stand behind a counter.
const ROSTER_ROLES: [&str; 3] = ["seller", "cashier", "owner"];
/// Who may sign in at the console.
const CONSOLE_ROLES: [&str; 3] = ["manager", "approver", "purchaser"];
/// The largest weight in what an outlet's staff shares.
const SHARE_MAX: i64 = 10_000;

struct PersonRow {
    spot: Spot,
    code: String,
    given: String,
    family: String,
    role: String,
    phone: Option<String>,
    email: Option<String>,
    language: String,
    outlets: Vec<String>,
    pin: Option<String>,
    sign_in: Option<String>,
    card: Option<String>,
    segments: Option<Vec<String>>,
    share: Option<i64>,
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<PersonRow>, Vec<RowError>> {
    let needed = [
        "code", "given", "family", "role", "phone", "email", "language", "outlets", "pin",
        "sign_in",
    ];
    let (mut codes, mut phones, mut sign_ins) = (HashSet::new(), HashSet::new(), HashSet::new());
    Table::read(file, bytes, &needed, &["note", "card", "segments", "share"])?.each(|row| {
        let person = parse_row(row)?;
        row.unique(&mut codes, "code", &person.code)?;
        if let Some(phone) = &person.phone {
            row.unique(&mut phones, "phone", phone)?;
        }
        if let Some(sign_in) = &person.sign_in {
            row.unique(&mut sign_ins, "sign_in", sign_in)?;
        }
        Ok(person)
    })
}

fn parse_row(row: &Row) -> Result<PersonRow, RowError> {
    let role = row.get("role", field::one_of(&ROLES))?;
    let pin = row.maybe("pin", field::pin)?;
    if pin.is_some() && role != "cashier" {
        return Err(row.error(
            "pin",
            Problem::new(
                "only cashiers have a PIN",
                "empty the cell, or make the role cashier",
            ),
        ));
    }
    let sign_in = row.maybe("sign_in", field::code)?;
    if sign_in.is_some() && !CONSOLE_ROLES.contains(&role.as_str()) {
        let remedy = "empty the cell, or make the role manager, approver or purchaser";
        return Err(row.error(
            "sign_in",
            Problem::new("this role does not sign in at the console", remedy),
        ));
    }
    Ok(PersonRow {
        spot: row.spot.clone(),
        code: row.get("code", field::code)?,
        given: row.get("given", field::text)?,
        family: row.get("family", field::text)?,
        role,
        phone: row.maybe("phone", field::phone)?,
        email: row.maybe("email", field::email)?,
        language: row.get("language", field::language)?,
        outlets: row.maybe("outlets", outlet_codes)?.unwrap_or_default(),
        pin,
        sign_in,
        card: row.maybe("card", card)?,
        segments: segments(row)?,
        share: row.maybe("share", field::whole(0, SHARE_MAX))?,
    })
}

fn outlet_codes(text: &str) -> Result<Vec<String>, Problem> {
    text.split(';')
        .map(|code| field::code(code.trim()))
        .collect()
}

/// Groups, separated by spaces; none when the file does not say, so that it changes nothing.
fn segments(row: &Row) -> Result<Option<Vec<String>>, RowError> {
    if !row.has("segments") {
        return Ok(None);
    }
    let named = |text: &str| {
        let codes = text.split_whitespace().map(field::code);
        let mut codes = codes.collect::<Result<Vec<_>, _>>()?;
        codes.sort();
        codes.dedup();
        Ok(codes)
    };
    Ok(Some(row.maybe("segments", named)?.unwrap_or_default()))
}

fn card(text: &str) -> Result<String, Problem> {
    if text.len() == 32
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
    {
        return Ok(text.to_owned());
    }
    Err(Problem::new(
        "this is no card reference",
        "write its 32 hexadecimal digits in lower case",
    ))
}

pub(super) async fn people(
    writer: &mut Writer,
    secrets: &ProgrammeSecrets,
    file: &str,
    bytes: &[u8],
) -> Result<()> {
    let mut staff = staff::Changes::default();
    let lengths = Lengths::of(&writer.rules().await?);
    for row in writer.parsed(parse(file, bytes)) {
        match outlets_of(writer, &row).await? {
            Ok(outlets) => {
                let is_new = write(writer, secrets, &row, &outlets, &mut staff).await?;
                if is_new {
                    put_up_times(writer, &row, &lengths).await?;
                }
            }
            Err(error) => writer.refuse(error),
        }
    }
    staff.write(writer).await
}

async fn outlets_of(
    writer: &mut Writer,
    row: &PersonRow,
) -> Result<std::result::Result<Vec<Uuid>, RowError>> {
    let mut outlets = Vec::new();
    for code in &row.outlets {
        let id = outlet_id(writer.programme(), code);
        if writer.entity::<Outlet>(&id.to_string()).await?.is_none() {
            return Ok(Err(row.spot.missing("outlets", code, "outlets.csv")));
        }
        outlets.push(id);
    }
    Ok(Ok(outlets))
}

/// Writes a person; true when nobody knew them.
async fn write(
    writer: &mut Writer,
    secrets: &ProgrammeSecrets,
    row: &PersonRow,
    outlets: &[Uuid],
    staff: &mut staff::Changes,
) -> Result<bool> {
    let id = participant_id(writer.programme(), &row.code);
    let mut diffs = Vec::new();
    let contact = match &row.phone {
        Some(phone) => Some(contact_hash(&secrets.contact_key, phone)?),
        None => None,
    };
    if let Some(hash) = &contact
        && is_of_somebody_else(writer, hash, id, row).await?
    {
        let problem = Problem::new(
            "somebody else in the programme has this number",
            "give each person their own number",
        );
        writer.refuse(row.spot.error("phone", problem));
        return Ok(false);
    }
    let participant = work::participant(writer, id, row, outlets).await?;
    staff.note(&participant);
    let shops: Vec<Scope> = outlets
        .iter()
        .map(|outlet| Scope::Outlet(*outlet))
        .collect();
    let mut seen_by = vec![Scope::Participant(id)];
    seen_by.extend(&shops);
    diffs.push(writer.put(&id.to_string(), &participant, &seen_by).await?);
    diffs.push(put_person(writer, secrets, id, row).await?);
    if ROSTER_ROLES.contains(&row.role.as_str()) && !shops.is_empty() {
        let role = row.role.clone();
        let roster = Roster {
            participant: id,
            role,
        };
        diffs.push(writer.put(&id.to_string(), &roster, &shops).await?);
    }
    diffs.push(work::leave(writer, id, row, outlets).await?);
    diffs.push(put_referral_code(writer, secrets, id).await?);
    diffs.extend(put_member(writer, id, contact, row.card.clone()).await?);
    writer.count(&diffs);
    Ok(diffs.first() == Some(&Diff::New))
}

/// What the clock has to look at for somebody new.
async fn put_up_times(writer: &mut Writer, row: &PersonRow, lengths: &Lengths) -> Result<()> {
    let id = participant_id(writer.programme(), &row.code).to_string();
    if let Some(person) = writer.entity::<Participant>(&id).await? {
        let now_ms = writer.tx.now_ms();
        for due in schedule(lengths, &person, &Purchases::default(), now_ms) {
            writer.tx.put_due(&due).await?;
        }
    }
    Ok(())
}

/// The code by which the person recommends the programme to others.
async fn put_referral_code(
    writer: &mut Writer,
    secrets: &ProgrammeSecrets,
    id: Uuid,
) -> Result<Diff> {
    for code in referral_codes(&secrets.contact_key, id)? {
        match writer.entity::<ReferralCode>(&code).await? {
            Some(known) if known.participant == id => return Ok(Diff::Same),
            Some(_) => {}
            None => {
                let own = [Scope::Participant(id)];
                return writer
                    .put(&code, &ReferralCode { participant: id }, &own)
                    .await;
            }
        }
    }
    Err(Error::Damaged(format!("no code is left for {id}")))
}

/// True when a contact belongs to another person who still has the number.
async fn is_of_somebody_else(
    writer: &mut Writer,
    hash: &str,
    id: Uuid,
    row: &PersonRow,
) -> Result<bool> {
    let Some(known) = writer.entity::<Contact>(hash).await? else {
        return Ok(false);
    };
    if known.participant == id {
        return Ok(false);
    }
    let programme = writer.programme();
    let other = stored_person(writer.tx.conn(), programme, known.participant).await?;
    Ok(other.is_some_and(|other| other.phone == row.phone))
}

/// The member with the contact and card that they are found by; old ones find nobody any more.
async fn put_member(
    writer: &mut Writer,
    id: Uuid,
    contact: Option<String>,
    card: Option<String>,
) -> Result<Vec<Diff>> {
    let member = Member {
        participant: id,
        contacts: contact.into_iter().collect(),
        cards: card.into_iter().collect(),
    };
    let before = writer.entity::<Member>(&id.to_string()).await?;
    let mut diffs = vec![writer.put(&id.to_string(), &member, &[]).await?];
    for hash in &member.contacts {
        diffs.push(writer.put(hash, &Contact { participant: id }, &[]).await?);
    }
    for reference in &member.cards {
        let card = Card { participant: id };
        diffs.push(writer.put(reference, &card, &[]).await?);
    }
    if let Some(before) = before {
        for hash in before.contacts {
            if !member.contacts.contains(&hash) {
                forget(writer, EntityKind::Contact, &hash, id).await?;
            }
        }
        for reference in before.cards {
            if !member.cards.contains(&reference) {
                forget(writer, EntityKind::Card, &reference, id).await?;
            }
        }
    }
    Ok(diffs)
}

/// Takes away what a person was found by, unless it is somebody else's by now. No device has it.
async fn forget(writer: &mut Writer, kind: EntityKind, reference: &str, id: Uuid) -> Result<()> {
    let programme = writer.programme().to_string();
    db::query(
        "DELETE FROM entity WHERE programme_id = ? AND kind = ? AND id = ?
         AND json_extract(body, '$.participant') = ?",
    )
    .bind(programme)
    .bind(kind.as_str())
    .bind(reference)
    .bind(id.to_string())
    .execute(writer.tx.conn())
    .await?;
    Ok(())
}

async fn put_person(
    writer: &mut Writer,
    secrets: &ProgrammeSecrets,
    id: Uuid,
    row: &PersonRow,
) -> Result<Diff> {
    let programme = writer.programme();
    let before = stored_person(writer.tx.conn(), programme, id).await?;
    let known_pin = before.as_ref().and_then(|person| person.pin_hash.clone());
    let pin_hash = match (&row.pin, known_pin) {
        (Some(pin), Some(known)) if pin_fits(&secrets.pin_key, pin, &known) => Some(known),
        (Some(pin), _) => Some(pin_hash(&secrets.pin_key, pin)?),
        (None, _) => None,
    };
    let person = Person {
        participant: id,
        code: row.code.clone(),
        given: row.given.clone(),
        family: row.family.clone(),
        phone: row.phone.clone(),
        email: row.email.clone(),
        language: row.language.clone(),
        sign_in: row.sign_in.clone(),
        password_hash: before
            .as_ref()
            .and_then(|person| person.password_hash.clone()),
        pin_hash,
    };
    let diff = match &before {
        None => Diff::New,
        Some(before) if *before != person => Diff::Changed,
        Some(_) => return Ok(Diff::Same),
    };
    writer.tx.put_person(&person).await?;
    Ok(diff)
}
