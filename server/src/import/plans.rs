//! Routes, wishes, and words on the wall.

use std::collections::HashSet;

use carrot_rules::Scope;
use carrot_rules::entity::{EntityKind, Goal, Outlet, Participant, Reward, Stop};
use jiff::civil::Date;
use uuid::Uuid;

use super::field;
use super::report::{Problem, RowError, Spot};
use super::table::Table;
use super::write::{Diff, Writer};
use super::{outlet_id, participant_id};
use crate::db;
use crate::error::Result;

struct StopRow {
    spot: Spot,
    merchandiser: String,
    outlet: String,
    day_offset: i64,
    order: i64,
}

fn parse_routes(file: &str, bytes: &[u8]) -> Result<Vec<StopRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    Table::read(
        file,
        bytes,
        &["merchandiser", "outlet", "day_offset", "order"],
        &[],
    )?
    .each(|row| {
        let stop = StopRow {
            spot: row.spot.clone(),
            merchandiser: row.get("merchandiser", field::code)?,
            outlet: row.get("outlet", field::code)?,
            day_offset: row.get("day_offset", field::day_offset)?,
            order: row.get("order", field::whole(1, 200))?,
        };
        row.unique(
            &mut seen,
            "order",
            &format!("{} {} {}", stop.merchandiser, stop.day_offset, stop.order),
        )?;
        Ok(stop)
    })
}

pub(super) async fn routes(
    writer: &mut Writer,
    file: &str,
    bytes: &[u8],
    today: Date,
) -> Result<()> {
    let rows = writer.parsed(parse_routes(file, bytes));
    let Some(task) = first_task(writer).await? else {
        if let Some(row) = rows.first() {
            let problem = Problem::new(
                "there is no task to do at a stop",
                "import tasks.json first",
            );
            writer.refuse(row.spot.error("", problem));
        }
        return Ok(());
    };
    for row in rows {
        write_stop(writer, &row, &task, today).await?;
    }
    Ok(())
}

/// The task that stops are for: the first by code.
async fn first_task(writer: &mut Writer) -> Result<Option<String>> {
    let programme = writer.programme().to_string();
    Ok(db::query_scalar(
        "SELECT id FROM entity WHERE programme_id = ? AND kind = ? ORDER BY id LIMIT 1",
    )
    .bind(programme)
    .bind(EntityKind::Task.as_str())
    .fetch_optional(writer.tx.conn())
    .await?)
}

async fn write_stop(writer: &mut Writer, row: &StopRow, task: &str, today: Date) -> Result<()> {
    let programme = writer.programme();
    let (person, outlet) = (
        participant_id(programme, &row.merchandiser),
        outlet_id(programme, &row.outlet),
    );
    if !stop_can_be(writer, row, person, outlet).await? {
        return Ok(());
    }
    let day = field::day_after(today, row.day_offset).to_string();
    let id = format!("{}:{day}:{}", row.merchandiser, row.order);
    let known = writer.entity::<Stop>(&id).await?;
    let visit = known.as_ref().and_then(|stop| stop.visit);
    if visit.is_some() && known.is_some_and(|stop| stop.outlet != outlet) {
        let problem = Problem::new(
            "the stop of this order was visited already",
            "give the new stop an order of its own",
        );
        writer.refuse(row.spot.error("order", problem));
        return Ok(());
    }
    let stop = Stop {
        id: id.clone(),
        participant: person,
        outlet,
        task: task.to_owned(),
        day,
        order: row.order,
        visit,
    };
    let diff = writer
        .put(&id, &stop, &[Scope::Participant(person)])
        .await?;
    writer.count(&[diff]);
    Ok(())
}

/// Refuses a stop of nobody, of somebody else than a merchandiser, or nowhere.
async fn stop_can_be(
    writer: &mut Writer,
    row: &StopRow,
    person: Uuid,
    outlet: Uuid,
) -> Result<bool> {
    let column = "merchandiser";
    let refusal = match writer.entity::<Participant>(&person.to_string()).await? {
        Some(known) if known.role == "merchandiser" => None,
        Some(_) => {
            let what = "this person is no merchandiser";
            let problem = Problem::new(what, "name somebody with that role");
            Some(row.spot.error(column, problem))
        }
        None => Some(row.spot.missing(column, &row.merchandiser, "people.csv")),
    };
    let refusal = match refusal {
        Some(refusal) => Some(refusal),
        None => {
            let known = writer.entity::<Outlet>(&outlet.to_string()).await?;
            let missing = || row.spot.missing("outlet", &row.outlet, "outlets.csv");
            known.is_none().then(missing)
        }
    };
    let fits = refusal.is_none();
    writer.report.refused.extend(refusal);
    Ok(fits)
}

struct WishRow {
    spot: Spot,
    participant: String,
    reward: String,
}

fn parse_wishes(file: &str, bytes: &[u8]) -> Result<Vec<WishRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    Table::read(file, bytes, &["participant", "reward"], &[])?.each(|row| {
        let participant = row.get("participant", field::code)?;
        row.unique(&mut seen, "participant", &participant)?;
        Ok(WishRow {
            spot: row.spot.clone(),
            participant,
            reward: row.get("reward", field::code)?,
        })
    })
}

pub(super) async fn wishes(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    for row in writer.parsed(parse_wishes(file, bytes)) {
        let person = participant_id(writer.programme(), &row.participant);
        if !is_participant(writer, &row.spot, "participant", &row.participant).await? {
            continue;
        }
        if writer.entity::<Reward>(&row.reward).await?.is_none() {
            writer.refuse(row.spot.missing("reward", &row.reward, "rewards.csv"));
            continue;
        }
        let goal = Goal {
            reward: Some(row.reward),
        };
        let diff = writer
            .put(&person.to_string(), &goal, &[Scope::Participant(person)])
            .await?;
        writer.count(&[diff]);
    }
    Ok(())
}

async fn is_participant(
    writer: &mut Writer,
    spot: &Spot,
    column: &str,
    code: &str,
) -> Result<bool> {
    let id = participant_id(writer.programme(), code);
    if writer
        .entity::<Participant>(&id.to_string())
        .await?
        .is_some()
    {
        return Ok(true);
    }
    writer.refuse(spot.missing(column, code, "people.csv"));
    Ok(false)
}

fn parse_posts(file: &str, bytes: &[u8]) -> Result<Vec<(Spot, String)>, Vec<RowError>> {
    Table::read(
        file,
        bytes,
        &["author", "kind", "text", "language", "day_offset"],
        &[],
    )?
    .each(|row| {
        row.get("kind", field::one_of(&["cheer", "question"]))?;
        row.get("text", field::text)?;
        row.get("language", field::language)?;
        row.get("day_offset", field::day_offset)?;
        Ok((row.spot.clone(), row.get("author", field::code)?))
    })
}

/// Checks a file of posts. There is nowhere yet to show them, so nothing is written and the report says so.
pub(super) async fn posts(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    let rows = writer.parsed(parse_posts(file, bytes));
    let count = rows.len();
    for (spot, author) in rows {
        if is_participant(writer, &spot, "author", &author).await? {
            writer.count(&[Diff::Same]);
        }
    }
    writer.report.notes.push(format!(
        "{count} posts were checked and not stored: programmes have no wall yet"
    ));
    Ok(())
}
