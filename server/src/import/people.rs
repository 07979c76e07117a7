//! People: personal data to its own table, and what decisions need without a name in it.

use std::collections::HashSet;

use carrot_rules::Scope;
use carrot_rules::entity::{
    Card, Contact, Employment, EntityKind, Member, Outlet, Participant, Roster,
};
use uuid::Uuid;

use super::field;
use super::report::{Problem, RowError, Spot};
use super::table::{Row, Table};
use super::write::{Diff, Writer};
use super::{outlet_id, participant_id};
use crate::error::Result;
use crate::secrets::{contact_hash, pin_fits, pin_hash};
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
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<PersonRow>, Vec<RowError>> {
    let needed = [
        "code", "given", "family", "role", "phone", "email", "language", "outlets", "pin",
        "sign_in",
    ];
    let (mut codes, mut phones, mut sign_ins) = (HashSet::new(), HashSet::new(), HashSet::new());
    Table::read(file, bytes, &needed, &["note", "card"])?.each(|row| {
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
    })
}

fn outlet_codes(text: &str) -> Result<Vec<String>, Problem> {
    text.split(';')
        .map(|code| field::code(code.trim()))
        .collect()
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
    for row in writer.parsed(parse(file, bytes)) {
        match outlets_of(writer, &row).await? {
            Ok(outlets) => write(writer, secrets, &row, &outlets).await?,
            Err(error) => writer.refuse(error),
        }
    }
    Ok(())
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

async fn write(
    writer: &mut Writer,
    secrets: &ProgrammeSecrets,
    row: &PersonRow,
    outlets: &[Uuid],
) -> Result<()> {
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
        return Ok(());
    }
    let participant = participant(writer, id, row, outlets).await?;
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
    diffs.push(leave(writer, id, row, outlets).await?);
    diffs.extend(put_member(writer, id, contact, row.card.clone()).await?);
    writer.count(&diffs);
    Ok(())
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
    sqlx::query(
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

/// The participant with their employments: those that last keep their beginning, those that are no
/// longer named end now.
async fn participant(
    writer: &mut Writer,
    id: Uuid,
    row: &PersonRow,
    outlets: &[Uuid],
) -> Result<Participant> {
    let now_ms = writer.tx.now_ms();
    let before = writer.entity::<Participant>(&id.to_string()).await?;
    let (mut employments, segments, joined_ms) = match before {
        Some(before) => (before.employments, before.segments, before.joined_ms),
        None => (Vec::new(), Vec::new(), now_ms),
    };
    for job in &mut employments {
        if job.until_ms.is_none() && !outlets.contains(&job.outlet) {
            job.until_ms = Some(now_ms);
        }
    }
    for outlet in outlets {
        if !employments
            .iter()
            .any(|job| job.outlet == *outlet && job.until_ms.is_none())
        {
            employments.push(Employment {
                outlet: *outlet,
                from_ms: now_ms,
                until_ms: None,
                share: 1,
            });
        }
    }
    Ok(Participant {
        id,
        role: row.role.clone(),
        employments,
        segments,
        joined_ms,
    })
}

/// Takes the person off the rosters of outlets where they no longer work.
async fn leave(writer: &mut Writer, id: Uuid, row: &PersonRow, outlets: &[Uuid]) -> Result<Diff> {
    let stays = ROSTER_ROLES.contains(&row.role.as_str());
    let mut diff = Diff::Same;
    for scope in writer
        .tx
        .scopes_of(EntityKind::Roster, &id.to_string())
        .await?
    {
        if matches!(scope, Scope::Outlet(outlet) if stays && outlets.contains(&outlet)) {
            continue;
        }
        let programme = writer.programme().to_string();
        sqlx::query(
            "DELETE FROM entity_scope WHERE programme_id = ? AND kind = ? AND id = ? AND scope = ?",
        )
        .bind(programme)
        .bind(EntityKind::Roster.as_str())
        .bind(id.to_string())
        .bind(scope.to_string())
        .execute(writer.tx.conn())
        .await?;
        diff = Diff::Changed;
    }
    Ok(diff)
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
