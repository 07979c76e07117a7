//! Sends the planned month: signed commands through the same door as every device's, day by day, with
//! the server's clock set to the day.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use carrot_rules::command::{ChecklistAnswer, Cover, ReviewDecide, RewardRedeem, VisitRecord};
use carrot_rules::entity::{Campaign, ONLY, Review, RuleSet};
use carrot_rules::{Account, Command};
use carrot_server::apply::{apply_batch, console_command};
use carrot_server::store::{BlobRow, EntityFilter, Field};
use carrot_wire::Verdict;
use carrot_wire::envelope::Attachment;
use carrot_wire::limits::PUSH_COMMANDS_MAX;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::device::Intent;
use super::photo;
use super::plan::{Event, Phase, Sender, What};
use super::world::World;

/// Sends everything; answers how many commands that were. Fails at the first verdict that the plan did
/// not count on.
pub async fn replay(world: &mut World, events: &[Event]) -> anyhow::Result<usize> {
    let mut count = 0;
    let mut rest = events;
    while let Some(first) = rest.first() {
        let same = |event: &Event| {
            (event.day, event.phase, &event.sender) == (first.day, first.phase, &first.sender)
        };
        let length = rest
            .iter()
            .take(PUSH_COMMANDS_MAX)
            .take_while(|event| same(event))
            .count();
        let (batch, after) = rest.split_at(length);
        set_clock(world, first.day, first.phase)?;
        send(world, batch).await?;
        count += batch.len();
        if after.first().is_none_or(|next| next.day != first.day) {
            decide(world, first.day).await?;
        }
        rest = after;
    }
    Ok(count)
}

/// The server hears of a day's events in the evening, after the last shop has closed.
fn set_clock(world: &World, day: i64, phase: Phase) -> anyhow::Result<()> {
    let minute = 21 * 60
        + match phase {
            Phase::Phones => 0,
            Phase::Tills => 5,
            Phase::Evening => 10,
            Phase::Rewards => 15,
        };
    world
        .clock
        .set(world.days.instant_ms(day, minute, "Europe/Copenhagen")?);
    Ok(())
}

async fn send(world: &mut World, batch: &[Event]) -> anyhow::Result<()> {
    let Some(first) = batch.first() else {
        return Ok(());
    };
    let mut commands = Vec::with_capacity(batch.len());
    for event in batch {
        let (command, attachments) = command_of(world, event).await?;
        let intent = Intent {
            actor: event.actor,
            outlet: Some(event.outlet),
            at_ms: instant_of(world, event),
            command: &command,
            attachments: &attachments,
        };
        let device = match &event.sender {
            Sender::Till(outlet) => world.tills.get_mut(outlet),
            Sender::Phone(person) => world.phones.get_mut(person),
        };
        commands.push(
            device
                .with_context(|| format!("no device for {:?}", event.sender))?
                .sign(&intent)?,
        );
    }
    let device = match &first.sender {
        Sender::Till(outlet) => world.tills.get(outlet),
        Sender::Phone(person) => world.phones.get(person),
    };
    let device = device.with_context(|| format!("no device for {:?}", first.sender))?;
    let reply = apply_batch(&world.store, &device.device, &commands).await?;
    if reply.verdicts.len() != batch.len() {
        bail!(
            "day {}: {:?} got {} verdicts for {} commands",
            first.day,
            first.sender,
            reply.verdicts.len(),
            batch.len()
        );
    }
    agree(batch, &reply.verdicts)
}

/// When an event happens. What is asked online happens when the server hears of it.
fn instant_of(world: &World, event: &Event) -> i64 {
    match event.what {
        What::Redeem { .. } => world.store.now_ms(),
        _ => event.at_ms,
    }
}

/// Compares verdicts with what the plan counts on.
fn agree(batch: &[Event], verdicts: &[Verdict]) -> anyhow::Result<()> {
    for (event, verdict) in batch.iter().zip(verdicts) {
        if verdict.code != event.expect {
            let (day, sender, what) = (event.day, &event.sender, &event.what);
            let (expected, got) = (event.expect, &verdict.code);
            bail!("day {day}: {sender:?} expected {expected} and got {got} for {what:?}");
        }
    }
    Ok(())
}

async fn command_of(world: &World, event: &Event) -> anyhow::Result<(Command, Vec<Attachment>)> {
    Ok(match &event.what {
        What::Command(command) => (command.clone(), Vec::new()),
        What::Redeem {
            person,
            reward,
            cost_points,
        } => {
            let phone = world
                .phones
                .get(person)
                .with_context(|| format!("{person} has no phone"))?;
            let proof = phone.proof(
                world.store.keys().signing(),
                &world.tag,
                instant_of(world, event),
            )?;
            let redeem = RewardRedeem {
                redemption_id: Uuid::new_v5(
                    &world.programme,
                    format!("demo:redeem:{person}:{reward}:{}", event.at_ms).as_bytes(),
                ),
                reward: reward.clone(),
                cost_points: *cost_points,
                participant: world.person(person),
                proof,
                challenge: None,
                cover: Cover::Online,
            };
            (Command::RewardRedeem(redeem), Vec::new())
        }
        What::Visit { stop, task, items } => {
            const VISIT_MS: i64 = 14 * 60_000;
            let picture = put_picture(world, event).await?;
            let visit = VisitRecord {
                visit_id: Uuid::new_v5(
                    &world.programme,
                    format!("demo:visit:{}:{}", event.outlet, event.at_ms).as_bytes(),
                ),
                stop: stop.clone(),
                task: task.clone(),
                checked_in_ms: event.at_ms - VISIT_MS,
                checklist: items
                    .iter()
                    .map(|item| ChecklistAnswer {
                        item: item.clone(),
                        ok: true,
                    })
                    .collect(),
                photos: vec![picture.sha256.clone()],
                note: String::new(),
                shelf: Vec::new(),
            };
            (Command::VisitRecord(visit), vec![picture])
        }
    })
}

/// Draws the visit's picture and puts it where uploads go.
async fn put_picture(world: &World, event: &Event) -> anyhow::Result<Attachment> {
    let seed = u64::try_from(event.at_ms).unwrap_or(0) ^ event.outlet.as_u64_pair().0;
    let bytes = photo::shelf(seed)?;
    let sha256 = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    let path = world.store.blob_path(&sha256);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, &bytes)?;
    let device = match &event.sender {
        Sender::Phone(person) => world.phones.get(person).map(|phone| phone.device.id),
        Sender::Till(_) => None,
    };
    let size = i64::try_from(bytes.len())?;
    let mut tx = world.store.begin(world.programme).await?;
    tx.put_blob(&BlobRow {
        sha256: sha256.clone(),
        size,
        mime: photo::MIME.to_owned(),
        device,
    })
    .await?;
    tx.commit().await?;
    Ok(Attachment {
        sha256,
        size: bytes.len() as u64,
        mime: photo::MIME.to_owned(),
    })
}

/// The manager approves pictures and the approver refuses doubtful claims in the same evening, except
/// for the pictures that still wait today.
async fn decide(world: &World, day: i64) -> anyhow::Result<()> {
    let open = EntityFilter::all().with(Field::Status, "open");
    let reviews: Vec<(String, Review)> = world.store.entities(world.programme, &open).await?;
    world.clock.set(
        world
            .days
            .instant_ms(day, 21 * 60 + 30, "Europe/Copenhagen")?,
    );
    for (review_id, review) in reviews {
        let waits = world.history.photos_in_review.iter().any(|photo| {
            review.kind == "visit"
                && photo.day == day
                && review.participant == world.person(&photo.participant)
                && review.outlet == Some(world.outlet(&photo.outlet))
        });
        if waits {
            continue;
        }
        let approve = review.kind == "visit";
        let (actor, reason) = if approve {
            ("karen", "")
        } else {
            (
                "piotr",
                "The picture of the code cannot be read. Please send a new one.",
            )
        };
        let decision = ReviewDecide {
            review_id,
            approve,
            reason: reason.to_owned(),
        };
        let mut tx = world.store.begin(world.programme).await?;
        let verdict = console_command(
            &mut tx,
            world.person(actor),
            Command::ReviewDecide(decision),
        )
        .await?;
        tx.commit().await?;
        if verdict.code != "ok" {
            bail!("day {day}: {actor} could not decide: {}", verdict.code);
        }
    }
    Ok(())
}

/// Compares what everybody has with what `history.json` says.
pub async fn check(world: &World) -> anyhow::Result<()> {
    let opening = &world.history.opening;
    let mut wrong = BTreeMap::new();
    for line in opening.sellers.iter().chain(&opening.buyers) {
        let account = Account::active(world.person(&line.participant));
        let balance = world.store.balance(world.programme, account).await?;
        if balance != line.balance_points {
            wrong.insert(line.participant.as_str(), (balance, line.balance_points));
        }
    }
    if !wrong.is_empty() {
        bail!(
            "the month did not come to what history.json says (person, came to, should be): {wrong:?}"
        );
    }
    let dawn = &world.history.dawn;
    let campaign: Option<Campaign> = world.store.entity(world.programme, &dawn.campaign).await?;
    let campaign = campaign.with_context(|| format!("there is no campaign {}", dawn.campaign))?;
    let rules: Option<RuleSet> = world.store.entity(world.programme, ONLY).await?;
    let planned: i64 = opening.sellers.iter().map(|line| line.duo_units).sum();
    if campaign.sold_units != dawn.units_sold
        || planned != dawn.units_sold
        || rules.is_none_or(|rules| rules.rule(&dawn.campaign).is_none())
    {
        bail!(
            "the campaign's figures do not agree: {} {} {planned}",
            campaign.sold_units,
            dawn.units_sold
        );
    }
    Ok(())
}
