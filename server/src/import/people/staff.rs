//! Staff lists and owners of outlets, brought up to date once for each outlet that a file touches.

use std::collections::{BTreeMap, BTreeSet};

use carrot_rules::Scope;
use carrot_rules::entity::{Outlet, Participant, Staff, StaffMember};
use uuid::Uuid;

use super::super::write::Writer;
use crate::error::Result;

/// How long a staff list remembers who left, milliseconds: far longer than a fact may be late.
const LEFT_MS_MAX: i64 = 400 * 24 * 3_600_000;

/// The people of a file, for the lists of the outlets where they work or worked.
#[derive(Default)]
pub(super) struct Changes {
    people: BTreeMap<Uuid, Participant>,
}

impl Changes {
    /// Takes a person as they are now.
    pub fn note(&mut self, person: &Participant) {
        self.people.insert(person.id, person.clone());
    }

    /// Writes the lists.
    pub async fn write(self, writer: &mut Writer) -> Result<()> {
        let jobs = self.people.values().flat_map(|person| &person.employments);
        let outlets: BTreeSet<Uuid> = jobs.map(|job| job.outlet).collect();
        for outlet in outlets {
            let list = self.list(writer, outlet).await?;
            let owner = self.owner(writer, &list).await?;
            let here = [Scope::Outlet(outlet)];
            writer.put(&outlet.to_string(), &list, &here).await?;
            set_owner(writer, outlet, owner).await?;
        }
        Ok(())
    }

    /// The outlet's list with the file's people as they are now, by their ids.
    async fn list(&self, writer: &mut Writer, outlet: Uuid) -> Result<Staff> {
        let now_ms = writer.tx.now_ms();
        let known = writer.entity::<Staff>(&outlet.to_string()).await?;
        let mut people = known.unwrap_or_default().people;
        people.retain(|member| !self.people.contains_key(&member.participant));
        for person in self.people.values() {
            let jobs = person.employments.iter();
            people.extend(
                jobs.filter(|job| job.outlet == outlet)
                    .map(|job| StaffMember {
                        participant: person.id,
                        share: job.share,
                        from_ms: job.from_ms,
                        until_ms: job.until_ms,
                    }),
            );
        }
        let recent = |until_ms: i64| now_ms.saturating_sub(until_ms) <= LEFT_MS_MAX;
        people.retain(|member| member.until_ms.is_none_or(recent));
        people.sort_by_key(|member| (member.participant, member.from_ms));
        Ok(Staff { people })
    }

    /// Who owns the shop, when it is one person.
    async fn owner(&self, writer: &mut Writer, list: &Staff) -> Result<Option<Uuid>> {
        let mut owners = BTreeSet::new();
        let lasting = list.people.iter().filter(|one| one.until_ms.is_none());
        for id in lasting.map(|member| member.participant) {
            let owns = match self.people.get(&id) {
                Some(person) => person.role == "owner",
                None => writer
                    .entity::<Participant>(&id.to_string())
                    .await?
                    .is_some_and(|person| person.role == "owner"),
            };
            if owns {
                owners.insert(id);
            }
        }
        Ok(if owners.len() == 1 {
            owners.pop_first()
        } else {
            None
        })
    }
}

async fn set_owner(writer: &mut Writer, outlet: Uuid, owner: Option<Uuid>) -> Result<()> {
    let id = outlet.to_string();
    if let Some(mut known) = writer.entity::<Outlet>(&id).await?
        && known.owner != owner
    {
        known.owner = owner;
        let all = writer.all();
        writer.put(&id, &known, &all).await?;
    }
    Ok(())
}
