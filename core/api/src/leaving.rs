//! Leaving a programme, coming back, and handing the queue over as a file.

use carrot_client::{Leave, Rest};
use carrot_wire::CallError;

use crate::api::{Answer, Api, refused};
use crate::schema::*;

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Api {
    pub(crate) async fn unsent(&self, _: Nothing) -> Answer<UnsentView> {
        let unsent = self.member()?.unsent().await.map_err(refused)?;
        Ok(UnsentView {
            commands: small(unsent.commands),
            photos: small(unsent.photos),
            oldest_ms: unsent.oldest_ms,
        })
    }

    pub(crate) async fn leave(&self, request: LeaveRequest) -> Answer<StatusView> {
        let choice = if request.keep_queue {
            Leave::KeepQueue
        } else {
            Leave::WhenSent
        };
        let left = self.device.leave(request.programme_id, choice).await;
        left.map_err(refused)?;
        self.forget(request.programme_id);
        self.status(Nothing {}).await
    }

    pub(crate) async fn resting(&self, _: Nothing) -> Answer<Vec<RestingView>> {
        let all = self.device.resting().await;
        let views = all.into_iter().map(|entry| RestingView {
            programme_id: entry.programme_id,
            code: entry.programme_code,
            waiting: entry.rest == Some(Rest::Waiting),
        });
        Ok(views.collect())
    }

    pub(crate) async fn resume(&self, request: SelectMembership) -> Answer<StatusView> {
        let back = self.device.resume(request.programme_id).await;
        let membership = back.map_err(refused)?;
        self.choose(membership.programme_id());
        self.keep_in_step(&membership);
        self.status(Nothing {}).await
    }

    pub(crate) async fn export_queue(&self, _: Nothing) -> Answer<ExportedView> {
        let exported = self.member()?.export_queue().await.map_err(refused)?;
        let path = exported.path.to_str().map(str::to_owned);
        let unreadable = || CallError::new("storage_failed", "the folder's name is not text");
        Ok(ExportedView {
            path: path.ok_or_else(unreadable)?,
            secret: exported.secret,
            commands: small(exported.commands),
            photos: small(exported.photos),
        })
    }
}
