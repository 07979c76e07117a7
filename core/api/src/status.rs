//! Where the device stands: enrolment, queue, sync.

use carrot_client::Membership;
use carrot_rules::entity::{ONLY, Outlet, Participant, Programme};
use carrot_wire::CallError;
use uuid::Uuid;

use crate::api::{Answer, Api, exchange, refused};
use crate::convert;
use crate::schema::*;

const QUEUE_ITEMS_MAX: u32 = 200;
/// The note that keeps where a person works now.
const NOTE_OUTLET: &str = "outlet";

impl Api {
    pub(crate) async fn status(&self, _: Nothing) -> Answer<StatusView> {
        let Ok(membership) = self.member() else {
            return Ok(not_enrolled());
        };
        let status = membership.status().await.map_err(refused)?;
        let certificate = membership.certificate();
        let programme = membership.thing::<Programme>(ONLY).await.map_err(refused)?;
        let outlet = match self.place(&membership).await? {
            Some(outlet) => membership
                .thing::<Outlet>(&outlet.to_string())
                .await
                .map_err(refused)?,
            None => None,
        };
        let person = match certificate
            .participant_id
            .or_else(|| self.cashier(&membership))
        {
            Some(participant) => Some(convert::person(&membership, participant).await?),
            None => None,
        };
        Ok(StatusView {
            enrolled: true,
            role: certificate.role,
            programme: programme.map(convert::programme),
            outlet: outlet.map(convert::outlet),
            person,
            online: status.online,
            waiting: u32::try_from(status.waiting).unwrap_or(u32::MAX),
            oldest_waiting_ms: status.oldest_waiting_ms,
            blocked: status.blocked_code,
            last_sync_ms: status.last_sync_ms,
            last_error: status.last_error,
            next_try_ms: status.next_try_ms,
            clock_offset_ms: status.clock_offset_ms,
            lease: self.lease_view(&membership).await?,
            allowance: allowance_view(&membership).await?,
            certificate_ended_ms: membership
                .certificate_ended_ms()
                .filter(|_| certificate.outlet_id.is_some()),
            now_ms: membership.now_ms(),
            server: membership.server(),
        })
    }

    pub(crate) async fn lease_view(&self, membership: &Membership) -> Answer<Option<LeaseView>> {
        Ok(membership
            .lease()
            .await
            .map_err(refused)?
            .map(|view| LeaseView {
                left_points: view.left_points,
                granted_points: view.lease.granted_points,
                exposure_points: view.exposure_points,
                until_ms: view.lease.stale_ms,
                stale: view.stale,
                frozen: view.lease.frozen_ms.is_some(),
                shrinks_ms: view.shrinks_ms,
            }))
    }

    pub(crate) async fn memberships(&self, _: Nothing) -> Answer<Vec<MembershipView>> {
        let current = self
            .member()
            .ok()
            .map(|membership| membership.programme_id());
        let mut views = Vec::new();
        for membership in self.device.memberships() {
            views.push(self.membership_view(&membership, current).await?);
        }
        Ok(views)
    }

    /// A membership as screens list it; `current` is the one that calls are about. A damaged cache hides
    /// names and sums, not the membership.
    pub(crate) async fn membership_view(
        &self,
        membership: &Membership,
        current: Option<Uuid>,
    ) -> Answer<MembershipView> {
        let programme = membership.thing::<Programme>(ONLY).await.ok().flatten();
        let status = membership.status().await.map_err(refused)?;
        let certificate = membership.certificate();
        let person = match certificate
            .participant_id
            .or_else(|| self.cashier(membership))
        {
            Some(person) => convert::person(membership, person).await.ok(),
            None => None,
        };
        let lease = membership.lease().await.ok().flatten();
        let allowance = membership.allowance().await.ok().flatten();
        let shares = [
            lease.map(|lease| lease.exposure_points),
            allowance.map(|allowance| allowance.exposure_points),
        ];
        let code = membership.programme_code();
        let (name, points_word) = programme.map_or_else(
            || (code.clone(), Default::default()),
            |programme| (programme.name, programme.points_word),
        );
        Ok(MembershipView {
            programme_id: membership.programme_id(),
            code,
            name,
            current: current == Some(membership.programme_id()),
            waiting: u32::try_from(status.waiting).unwrap_or(u32::MAX),
            oldest_waiting_ms: status.oldest_waiting_ms,
            online: status.online,
            blocked: status.blocked_code,
            role: certificate.role,
            person: person.map(|person| person.name),
            exposure_points: shares.into_iter().flatten().reduce(i64::saturating_add),
            points_word,
        })
    }

    pub(crate) async fn select_membership(&self, request: SelectMembership) -> Answer<StatusView> {
        self.choose(self.member_of(Some(request.programme_id))?.programme_id());
        self.status(Nothing {}).await
    }

    pub(crate) async fn enrol(&self, request: EnrolDevice) -> Answer<StatusView> {
        let membership = self
            .device
            .enrol(&request.code, &request.device_name)
            .await
            .map_err(refused)?;
        // What the session knew of an earlier identity in this programme ended with it.
        self.forget(membership.programme_id());
        self.choose(membership.programme_id());
        self.keep_in_step(&membership);
        self.status(Nothing {}).await
    }

    pub(crate) async fn sync(&self, of: OfProgramme) -> Answer<SyncView> {
        let report = exchange(&*self.member_of(of.programme_id)?)
            .await
            .map_err(refused)?;
        Ok(SyncView {
            pushed: report.pushed,
            accepted: report.accepted,
            rejected: report.rejected,
            parked: report.parked,
            changes: report.pulled_changes,
            adjusted: report.adjusted,
        })
    }

    pub(crate) async fn queue(&self, request: QueueRequest) -> Answer<Vec<QueueItem>> {
        let limit = request.limit.clamp(1, QUEUE_ITEMS_MAX);
        let membership = self.member_of(request.programme_id)?;
        let commands = membership.commands(limit).await.map_err(refused)?;
        let mut items = Vec::with_capacity(commands.len());
        for command in commands {
            let made = convert::made(&command);
            let (code, params) = match command.verdict {
                Some(verdict) => (Some(verdict.code), verdict.params),
                None => {
                    let late = membership.late(command.command_id).await.map_err(refused)?;
                    (late.map(|because| because.code), Default::default())
                }
            };
            items.push(QueueItem {
                command_id: command.command_id,
                kind: command.kind,
                at_ms: command.created_ms,
                state: command.state,
                code,
                params,
                made: Some(made),
            });
        }
        Ok(items)
    }

    pub(crate) async fn proof(&self, _: Nothing) -> Answer<ProofView> {
        let bundle = self.member()?.proof().await.map_err(refused)?;
        let text = serde_json::to_string(&bundle)
            .map_err(|error| CallError::new("internal", error.to_string()))?;
        Ok(ProofView {
            text,
            commands: u32::try_from(bundle.commands.len()).unwrap_or(u32::MAX),
            countersigned: u32::try_from(bundle.countersigned.len()).unwrap_or(u32::MAX),
        })
    }

    /// The terminal's outlet, or the place where the phone's person works now.
    pub(crate) async fn place(&self, membership: &Membership) -> Answer<Option<Uuid>> {
        let certificate = membership.certificate();
        if certificate.outlet_id.is_some() {
            return Ok(certificate.outlet_id);
        }
        let Some(participant) = certificate.participant_id else {
            return Ok(None);
        };
        let places = self.places(membership, participant).await?;
        let noted = membership.note(NOTE_OUTLET).await.map_err(refused)?;
        let chosen = noted.and_then(|note| serde_json::from_value::<Uuid>(note).ok());
        Ok(chosen
            .filter(|outlet| places.contains(outlet))
            .or_else(|| places.first().copied()))
    }

    /// The outlets that employ a person now.
    pub(crate) async fn places(
        &self,
        membership: &Membership,
        participant: Uuid,
    ) -> Answer<Vec<Uuid>> {
        let now_ms = membership.now_ms();
        let person = membership
            .thing::<Participant>(&participant.to_string())
            .await
            .map_err(refused)?;
        Ok(person.map_or_else(Vec::new, |person| {
            let jobs = person
                .employments
                .iter()
                .filter(|job| person.employed_at(job.outlet, now_ms));
            jobs.map(|job| job.outlet).collect()
        }))
    }

    pub(crate) async fn set_outlet(&self, request: SetOutlet) -> Answer<StatusView> {
        let membership = self.member()?;
        let actor = self.actor(&membership)?;
        if !self
            .places(&membership, actor)
            .await?
            .contains(&request.outlet)
        {
            return Err(CallError::new(
                "not_employed_there",
                "this person does not work there now",
            ));
        }
        let note = serde_json::json!(request.outlet);
        membership
            .put_note(NOTE_OUTLET, &note)
            .await
            .map_err(refused)?;
        self.status(Nothing {}).await
    }
}

fn not_enrolled() -> StatusView {
    StatusView {
        enrolled: false,
        role: String::new(),
        programme: None,
        outlet: None,
        person: None,
        online: false,
        waiting: 0,
        oldest_waiting_ms: None,
        blocked: None,
        last_sync_ms: None,
        last_error: None,
        next_try_ms: None,
        clock_offset_ms: 0,
        lease: None,
        allowance: None,
        certificate_ended_ms: None,
        now_ms: 0,
        server: String::new(),
    }
}

async fn allowance_view(membership: &Membership) -> Answer<Option<AllowanceView>> {
    let known = membership.allowance().await.map_err(refused)?;
    Ok(known.map(|view| AllowanceView {
        left_points: view.left_points,
        exposure_points: view.exposure_points,
        stale: view.stale,
    }))
}
