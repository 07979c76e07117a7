//! A merchandiser's day. What is done at a stop is kept on the device at once, so that closing the
//! program loses nothing; closing the visit makes it a command.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carrot_client::Membership;
use carrot_rules::Command;
use carrot_rules::command::{ChecklistAnswer, VISIT_PHOTOS_MAX, VisitRecord};
use carrot_rules::entity::{Outlet, Stop, Task, Visit};
use carrot_rules::outcome::Class;
use carrot_wire::CallError;
use carrot_wire::envelope::Attachment;
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::reading::image_bytes;
use crate::schema::*;
use crate::{convert, photo, shelf};

fn draft_note(stop: &str) -> String {
    format!("visit:{stop}")
}

async fn draft(membership: &Membership, stop: &str) -> Answer<VisitDraft> {
    let note = membership.note(&draft_note(stop)).await.map_err(refused)?;
    Ok(note
        .and_then(|note| serde_json::from_value(note).ok())
        .unwrap_or_default())
}

async fn keep(membership: &Membership, stop: &str, draft: &VisitDraft) -> Answer<()> {
    let note = serde_json::to_value(draft)
        .map_err(|error| CallError::new("internal", error.to_string()))?;
    membership
        .put_note(&draft_note(stop), &note)
        .await
        .map_err(refused)
}

async fn state(membership: &Membership, stop: &Stop, draft: &VisitDraft) -> Answer<String> {
    let Some(visit) = stop.visit else {
        return Ok(if draft.checked_in_ms.is_some() {
            "started"
        } else {
            "open"
        }
        .to_owned());
    };
    let confirmed = membership
        .base_thing::<Visit>(&visit.to_string())
        .await
        .map_err(refused)?;
    Ok(confirmed.map_or_else(|| "waiting".to_owned(), |visit| visit.status))
}

async fn stop_view(membership: &Membership, stop: Stop) -> Answer<StopView> {
    let unknown = || CallError::new("task_unknown", stop.task.clone());
    let task = membership
        .thing::<Task>(&stop.task)
        .await
        .map_err(refused)?
        .ok_or_else(unknown)?;
    let outlet = membership
        .thing::<Outlet>(&stop.outlet.to_string())
        .await
        .map_err(refused)?;
    let outlet = outlet
        .ok_or_else(|| CallError::new("outlet_needed", "the stop's outlet is not here yet"))?;
    let mut draft = draft(membership, &stop.id).await?;
    if let Some(visit) = stop.visit
        && let Some(done) = membership
            .thing::<Visit>(&visit.to_string())
            .await
            .map_err(refused)?
    {
        draft = VisitDraft {
            checked_in_ms: Some(done.checked_in_ms),
            answers: done
                .checklist
                .into_iter()
                .map(|answer| (answer.item, answer.ok))
                .collect(),
            photos: done.photos,
            note: done.note,
            shelf: done.shelf,
        };
    }
    Ok(StopView {
        state: state(membership, &stop, &draft).await?,
        id: stop.id,
        day: stop.day,
        order: stop.order,
        outlet_online: outlet.online,
        outlet: convert::outlet(outlet),
        task: task.code,
        title: task.title,
        text: task.text,
        points: task.points,
        checklist: task.checklist,
        photo_required: task.photo_required,
        shelf: shelf::view(membership, &draft.shelf).await?,
        draft,
    })
}

impl Api {
    async fn stop(&self, id: &str) -> Answer<(Arc<Membership>, Stop, VisitDraft)> {
        let membership = self.member()?;
        let stop = membership.thing::<Stop>(id).await.map_err(refused)?;
        let stop = stop.ok_or_else(|| CallError::new("stop_unknown", id.to_owned()))?;
        let draft = draft(&membership, id).await?;
        Ok((membership, stop, draft))
    }

    /// The stop of an open visit that was checked in to.
    pub(crate) async fn started(&self, id: &str) -> Answer<(Arc<Membership>, Stop, VisitDraft)> {
        let (membership, stop, draft) = self.stop(id).await?;
        if stop.visit.is_some() {
            return Err(CallError::new("stop_done", "this visit is closed"));
        }
        if draft.checked_in_ms.is_none() {
            return Err(
                CallError::new("visit_incomplete", "check in first").with("missing", "check_in")
            );
        }
        Ok((membership, stop, draft))
    }

    /// Keeps a draft and answers the stop as it is now.
    pub(crate) async fn keep_stop(
        &self,
        membership: &Membership,
        stop: Stop,
        draft: &VisitDraft,
    ) -> Answer<StopView> {
        keep(membership, &stop.id, draft).await?;
        stop_view(membership, stop).await
    }

    pub(crate) async fn stops(&self, _: Nothing) -> Answer<Vec<StopView>> {
        let membership = self.member()?;
        let mut stops: Vec<Stop> = membership
            .things::<Stop>()
            .await
            .map_err(refused)?
            .into_iter()
            .map(|(_, stop)| stop)
            .collect();
        stops.sort_by(|a, b| (&a.day, a.order).cmp(&(&b.day, b.order)));
        let mut views = Vec::with_capacity(stops.len());
        for stop in stops {
            views.push(stop_view(&membership, stop).await?);
        }
        Ok(views)
    }

    pub(crate) async fn visit_check_in(&self, request: StopRequest) -> Answer<StopView> {
        let (membership, stop, mut draft) = self.stop(&request.stop).await?;
        if stop.visit.is_some() {
            return Err(CallError::new("stop_done", "this visit is closed"));
        }
        draft.checked_in_ms.get_or_insert(membership.now_ms());
        keep(&membership, &stop.id, &draft).await?;
        stop_view(&membership, stop).await
    }

    pub(crate) async fn visit_photo(&self, request: VisitPhoto) -> Answer<StopView> {
        let (membership, stop, mut draft) = self.started(&request.stop).await?;
        if draft.photos.len() >= VISIT_PHOTOS_MAX {
            return Err(CallError::new("too_many_photos", "remove one first")
                .with("most", VISIT_PHOTOS_MAX));
        }
        let bytes = image_bytes(&request.image_base64)?;
        let jpeg = tokio::task::spawn_blocking(move || photo::prepare(&bytes))
            .await
            .map_err(|error| CallError::new("not_an_image", error.to_string()))??;
        let kept = membership
            .put_photo(jpeg, "image/jpeg")
            .await
            .map_err(refused)?;
        if !draft.photos.contains(&kept.sha256) {
            draft.photos.push(kept.sha256);
        }
        keep(&membership, &stop.id, &draft).await?;
        stop_view(&membership, stop).await
    }

    pub(crate) async fn visit_photo_remove(&self, request: PhotoRequest) -> Answer<Vec<StopView>> {
        let membership = self.member()?;
        for (id, stop) in membership.things::<Stop>().await.map_err(refused)? {
            let mut draft = draft(&membership, &id).await?;
            if stop.visit.is_none() && draft.photos.contains(&request.sha256) {
                draft.photos.retain(|photo| *photo != request.sha256);
                keep(&membership, &id, &draft).await?;
            }
        }
        self.stops(Nothing {}).await
    }

    pub(crate) async fn visit_answer(&self, request: VisitAnswer) -> Answer<StopView> {
        let (membership, stop, mut draft) = self.started(&request.stop).await?;
        match request.ok {
            Some(ok) => draft.answers.insert(request.item, ok),
            None => draft.answers.remove(&request.item),
        };
        keep(&membership, &stop.id, &draft).await?;
        stop_view(&membership, stop).await
    }

    pub(crate) async fn visit_close(&self, request: VisitClose) -> Answer<StopView> {
        let (membership, stop, draft) = self.started(&request.stop).await?;
        let actor = self.actor(&membership)?;
        let attachments = attachments(&membership, &draft).await?;
        let record = VisitRecord {
            visit_id: Uuid::now_v7(),
            stop: Some(stop.id.clone()),
            task: stop.task.clone(),
            checked_in_ms: draft.checked_in_ms.unwrap_or_else(|| membership.now_ms()),
            checklist: draft
                .answers
                .iter()
                .map(|(item, ok)| ChecklistAnswer {
                    item: item.clone(),
                    ok: *ok,
                })
                .collect(),
            photos: draft.photos.clone(),
            note: request.note,
            shelf: draft.shelf.clone(),
        };
        let command = Command::VisitRecord(record);
        let outcome = membership
            .preview(&command, actor, Some(stop.outlet))
            .await
            .map_err(refused)?;
        if outcome.class != Class::Accepted {
            return Err(convert::refusal(&outcome.code, &outcome.params));
        }
        membership
            .submit(command, actor, Some(stop.outlet), attachments)
            .await
            .map_err(refused)?;
        let stop = membership
            .thing::<Stop>(&stop.id)
            .await
            .map_err(refused)?
            .unwrap_or(stop);
        stop_view(&membership, stop).await
    }

    pub(crate) async fn photo(&self, request: PhotoRequest) -> Answer<PhotoView> {
        let photo = self
            .member()?
            .photo(&request.sha256)
            .await
            .map_err(refused)?;
        Ok(PhotoView {
            image_base64: photo.map(|bytes| STANDARD.encode(bytes)),
        })
    }
}

async fn attachments(membership: &Membership, draft: &VisitDraft) -> Answer<Vec<Attachment>> {
    let mut attachments = Vec::new();
    for sha256 in &draft.photos {
        let size = membership
            .photo(sha256)
            .await
            .map_err(refused)?
            .map_or(0, |bytes| bytes.len() as u64);
        attachments.push(Attachment {
            sha256: sha256.clone(),
            size,
            mime: "image/jpeg".to_owned(),
        });
    }
    Ok(attachments)
}
