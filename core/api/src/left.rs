//! What an earlier identity of the device could not send, and issuing it anew.

use carrot_client::{LeftCommand, LeftQueues, Membership, Standing, handover};
use carrot_rules::Command;
use carrot_rules::command::Evidence;
use carrot_wire::CallError;

use crate::api::{Answer, Api, refused};
use crate::schema::*;

/// The largest file of waiting commands that is opened, bytes.
const QUEUE_FILE_BYTES_MAX: u64 = 1024 * 1024 * 1024;

impl Api {
    pub(crate) async fn left_work(&self, request: LeftRequest) -> Answer<LeftView> {
        let membership = self.member()?;
        let left = self.left_queues(&membership, request.file).await?;
        view(&membership, &left).await
    }

    pub(crate) async fn issue_again(&self, request: IssueAgain) -> Answer<LeftView> {
        let membership = self.member()?;
        let left = self.left_queues(&membership, request.file).await?;
        for old in &left.queues {
            let issued = membership.issue_again(old, &request.command_ids).await;
            issued.map_err(refused)?;
        }
        view(&membership, &left).await
    }

    async fn left_queues(
        &self,
        membership: &Membership,
        file: Option<QueueFile>,
    ) -> Answer<LeftQueues> {
        let Some(file) = file else {
            let left = self.device.left(membership.programme_id()).await;
            return left.map_err(refused);
        };
        let unreadable = |error: std::io::Error| {
            CallError::new("file_unreadable", format!("{:.200}: {error}", file.path))
        };
        let size = std::fs::metadata(&file.path).map_err(unreadable)?.len();
        if size > QUEUE_FILE_BYTES_MAX {
            return Err(CallError::new("not_a_queue_file", "the file is too large"));
        }
        let bytes = std::fs::read(&file.path).map_err(unreadable)?;
        let queue = handover::open(&bytes, &file.secret).map_err(refused)?;
        Ok(LeftQueues {
            queues: vec![queue],
            unreadable: 0,
        })
    }
}

async fn view(membership: &Membership, left: &LeftQueues) -> Answer<LeftView> {
    let mut items = Vec::new();
    for old in &left.queues {
        let commands = membership.left_commands(old).await.map_err(refused)?;
        items.extend(commands.iter().map(item));
    }
    items.sort_by_key(|item| item.at_ms);
    Ok(LeftView {
        items,
        unreadable: left.unreadable,
    })
}

fn item(left: &LeftCommand) -> LeftItem {
    let (standing, state) = match &left.standing {
        Standing::Open => (LeftStanding::Open, None),
        Standing::Issued(state) => (LeftStanding::Issued, Some(state.as_str().to_owned())),
        Standing::Bound => (LeftStanding::Bound, None),
        Standing::Foreign => (LeftStanding::Foreign, None),
        Standing::TooOften => (LeftStanding::TooOften, None),
    };
    let command = left.body.command().ok();
    let (amount_minor, currency) = command.as_ref().map_or((None, None), paid);
    LeftItem {
        command_id: left.body.command_id,
        kind: left.body.kind.clone(),
        at_ms: left.body.said(false).estimated_ms,
        about: command.as_ref().and_then(about),
        amount_minor,
        currency,
        points: command.as_ref().and_then(points),
        standing,
        state,
    }
}

fn paid(command: &Command) -> (Option<i64>, Option<String>) {
    match command {
        Command::SaleRecord(sale) => {
            let lines = sale.lines.iter().map(|line| line.amount_minor);
            let sum = lines.fold(0_i64, i64::saturating_add);
            (Some(sum), Some(sale.currency.clone()))
        }
        _ => (None, None),
    }
}

fn about(command: &Command) -> Option<String> {
    match command {
        Command::SaleRecord(sale) => sale.receipt_key.clone(),
        Command::ClaimSubmit(claim) => match &claim.evidence {
            Evidence::Code { code, .. } => Some(code.clone()),
            _ => None,
        },
        Command::RewardRedeem(redeem) => Some(redeem.reward.clone()),
        Command::GoalSet(goal) => goal.reward.clone(),
        _ => None,
    }
}

fn points(command: &Command) -> Option<i64> {
    match command {
        Command::RewardRedeem(redeem) => Some(redeem.cost_points),
        Command::HoldCapture(hold) => Some(hold.points),
        Command::LeaseReturn(lease) => Some(lease.points),
        _ => None,
    }
}
