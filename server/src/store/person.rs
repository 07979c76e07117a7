//! Personal data: names, contacts, sign-ins. Nothing outside this table names a person.

use carrot_rules::Upsert;
use carrot_rules::entity::EntityKind;
use sqlx::FromRow;
use uuid::Uuid;

use super::programme::uuid;
use super::{Store, Tx};
use crate::db::{self, Conn};
use crate::error::Result;

/// What is known about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The participant.
    pub participant: Uuid,
    /// Short code, unique in the programme.
    pub code: String,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Phone number in E.164 form.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Two-letter language.
    pub language: String,
    /// The console's user name.
    pub sign_in: Option<String>,
    /// The console password's verifier, PHC text.
    pub password_hash: Option<String>,
    /// The PIN's verifier, PHC text.
    pub pin_hash: Option<String>,
}

impl Person {
    /// The name in full.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    /// Given name and the family name's first letter, as other people's screens show it.
    #[must_use]
    pub fn short_name(&self) -> String {
        match self.family.chars().next() {
            Some(initial) => format!("{} {initial}.", self.given).trim().to_owned(),
            None => self.given.clone(),
        }
    }
}

#[derive(FromRow)]
struct Row {
    participant_id: String,
    code: String,
    given: String,
    family: String,
    phone: Option<String>,
    email: Option<String>,
    language: String,
    sign_in: Option<String>,
    password_hash: Option<String>,
    pin_hash: Option<String>,
}

impl Row {
    fn person(self) -> Result<Person> {
        Ok(Person {
            participant: uuid(&self.participant_id)?,
            code: self.code,
            given: self.given,
            family: self.family,
            phone: self.phone,
            email: self.email,
            language: self.language,
            sign_in: self.sign_in,
            password_hash: self.password_hash,
            pin_hash: self.pin_hash,
        })
    }
}

impl Tx {
    /// Writes a person. When outlets know them as a member, the member is shown again, so that the
    /// name reaches their terminals.
    pub async fn put_person(&mut self, person: &Person) -> Result<()> {
        let programme = self.key();
        db::query(
            "INSERT INTO person (programme_id, participant_id, code, given, family, phone, email, language, sign_in, password_hash, pin_hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (programme_id, participant_id) DO UPDATE SET
               code = excluded.code, given = excluded.given, family = excluded.family, phone = excluded.phone,
               email = excluded.email, language = excluded.language, sign_in = excluded.sign_in,
               password_hash = excluded.password_hash, pin_hash = excluded.pin_hash",
        )
        .bind(programme)
        .bind(person.participant.to_string())
        .bind(&person.code)
        .bind(&person.given)
        .bind(&person.family)
        .bind(&person.phone)
        .bind(&person.email)
        .bind(&person.language)
        .bind(&person.sign_in)
        .bind(&person.password_hash)
        .bind(&person.pin_hash)
        .execute(self.conn())
        .await?;
        let id = person.participant.to_string();
        if let Some(body) = self.body(EntityKind::Member, &id).await? {
            let again = Upsert {
                kind: EntityKind::Member,
                id,
                body,
                scopes: Vec::new(),
            };
            self.put_entity(&again).await?;
        }
        Ok(())
    }
}

impl Store {
    /// A person by participant.
    pub async fn person(&self, programme: Uuid, participant: Uuid) -> Result<Option<Person>> {
        let mut conn = self.reads(programme).acquire().await?;
        person(&mut conn, programme, participant).await
    }

    /// A person by the console's user name.
    pub async fn person_by_sign_in(
        &self,
        programme: Uuid,
        sign_in: &str,
    ) -> Result<Option<Person>> {
        let row: Option<Row> =
            db::query_as("SELECT * FROM person WHERE programme_id = ? AND sign_in = ?")
                .bind(programme.to_string())
                .bind(sign_in)
                .fetch_optional(self.reads(programme))
                .await?;
        row.map(Row::person).transpose()
    }

    /// A person by their short code.
    pub async fn person_by_code(&self, programme: Uuid, code: &str) -> Result<Option<Person>> {
        let row: Option<Row> =
            db::query_as("SELECT * FROM person WHERE programme_id = ? AND code = ?")
                .bind(programme.to_string())
                .bind(code)
                .fetch_optional(self.reads(programme))
                .await?;
        row.map(Row::person).transpose()
    }

    /// Everybody, by code.
    pub async fn people(&self, programme: Uuid) -> Result<Vec<Person>> {
        let rows: Vec<Row> =
            db::query_as("SELECT * FROM person WHERE programme_id = ? ORDER BY code")
                .bind(programme.to_string())
                .fetch_all(self.reads(programme))
                .await?;
        rows.into_iter().map(Row::person).collect()
    }
}

/// A person by participant, on a given connection.
pub(crate) async fn person(
    conn: &mut Conn,
    programme: Uuid,
    participant: Uuid,
) -> Result<Option<Person>> {
    let row: Option<Row> =
        db::query_as("SELECT * FROM person WHERE programme_id = ? AND participant_id = ?")
            .bind(programme.to_string())
            .bind(participant.to_string())
            .fetch_optional(conn)
            .await?;
    row.map(Row::person).transpose()
}

/// The people on an outlet's roster with their role there.
pub(crate) async fn roster(
    conn: &mut Conn,
    programme: Uuid,
    scope: &str,
) -> Result<Vec<(String, Person)>> {
    #[derive(FromRow)]
    struct OnRoster {
        roster_role: Option<String>,
        #[sqlx(flatten)]
        row: Row,
    }
    let rows: Vec<OnRoster> = db::query_as(
        "SELECT json_extract(entity.body, '$.role') AS roster_role, person.*
         FROM entity_scope JOIN entity USING (programme_id, kind, id)
         JOIN person ON person.programme_id = entity.programme_id AND person.participant_id = entity.id
         WHERE entity_scope.programme_id = ? AND entity_scope.scope = ? AND entity_scope.kind = 'roster'
         ORDER BY person.code",
    )
    .bind(programme.to_string())
    .bind(scope)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|found| Ok((found.roster_role.unwrap_or_default(), found.row.person()?)))
        .collect()
}

/// The people whom an outlet's terminals know as members.
pub(crate) async fn members(conn: &mut Conn, programme: Uuid, scope: &str) -> Result<Vec<Person>> {
    let rows: Vec<Row> = db::query_as(
        "SELECT person.* FROM entity_scope
         JOIN person ON person.programme_id = entity_scope.programme_id
           AND person.participant_id = entity_scope.id
         WHERE entity_scope.programme_id = ? AND entity_scope.scope = ? AND entity_scope.kind = 'member'
         ORDER BY person.code",
    )
    .bind(programme.to_string())
    .bind(scope)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::person).collect()
}
