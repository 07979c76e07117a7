//! A person's first screen, history and wish.

use carrot_client::Membership;
use carrot_rules::Command;
use carrot_rules::command::GoalSet;
use carrot_rules::entity::{Activity, Campaign, Goal, LessonResult, Outlet, Product, Reward};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::schema::*;
use crate::stage;

const RECENT_LINES: usize = 8;
const ACTIVITY_LINES_MAX: u32 = 500;

/// The first instant of the day of `now_ms` in a zone, UTC milliseconds.
pub(crate) fn day_start_ms(now_ms: i64, zone: &str) -> i64 {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let Ok(now) = Timestamp::from_millisecond(now_ms) else {
        return now_ms;
    };
    now.to_zoned(zone)
        .start_of_day()
        .map_or(now_ms, |day| day.timestamp().as_millisecond())
}

impl Api {
    pub(crate) async fn home(&self, _: Nothing) -> Answer<HomeView> {
        let membership = self.member()?;
        let person = self.actor(&membership)?;
        let balances = membership.balances(person).await.map_err(refused)?;
        let history = history(&membership, person).await?;
        let outlet = self.outlet_here(&membership).await?;
        let zone = outlet
            .as_ref()
            .map_or("UTC", |outlet| outlet.time_zone.as_str());
        let since = day_start_ms(membership.now_ms(), zone);
        let earned = |line: &&Activity| {
            line.at_ms >= since
                && line.points > 0
                && !matches!(line.state.as_str(), "rejected" | "reversed")
        };
        let mut view = HomeView {
            active_points: balances.view_active.unwrap_or(0),
            pending_points: balances.view_pending.unwrap_or(0),
            today_points: history.iter().filter(earned).map(|line| line.points).sum(),
            goal: None,
            campaigns: self.campaigns(&membership, person, outlet.as_ref()).await?,
            recent: Vec::new(),
            outlets: Vec::new(),
        };
        view.goal = goal(&membership, person, &view).await?;
        for line in history.into_iter().take(RECENT_LINES) {
            view.recent
                .push(convert::activity(&membership, line).await?);
        }
        for outlet in self.places(&membership, person).await? {
            if let Some(outlet) = membership
                .thing::<Outlet>(&outlet.to_string())
                .await
                .map_err(refused)?
            {
                view.outlets.push(convert::outlet(outlet));
            }
        }
        Ok(view)
    }

    async fn campaigns(
        &self,
        membership: &Membership,
        person: Uuid,
        outlet: Option<&Outlet>,
    ) -> Answer<Vec<CampaignView>> {
        let now_ms = membership.now_ms();
        let currency = outlet.map(|outlet| outlet.currency.as_str());
        let mut views = Vec::new();
        for (_, campaign) in membership.things::<Campaign>().await.map_err(refused)? {
            if campaign.ends_ms <= now_ms {
                continue;
            }
            let open = match &campaign.lesson {
                Some(lesson) => membership
                    .thing::<LessonResult>(&format!("{person}:{lesson}"))
                    .await
                    .map_err(refused)?
                    .is_some_and(|result| result.passed),
                None => true,
            };
            let product = membership
                .thing::<Product>(&campaign.product)
                .await
                .map_err(refused)?;
            views.push(CampaignView {
                code: campaign.code,
                title: campaign.title,
                text: campaign.text,
                product: product.map(|product| convert::product(product, currency)),
                multiplier_bp: campaign.multiplier_bp,
                starts_ms: campaign.starts_ms,
                ends_ms: campaign.ends_ms,
                target_units: campaign.target_units,
                sold_units: campaign.sold_units,
                lesson: campaign.lesson,
                open,
            });
        }
        Ok(views)
    }

    pub(crate) async fn activity(&self, request: ActivityRequest) -> Answer<Vec<ActivityView>> {
        let membership = self.member()?;
        let person = self.actor(&membership)?;
        let limit =
            usize::try_from(request.limit.clamp(1, ACTIVITY_LINES_MAX)).unwrap_or(RECENT_LINES);
        let mut views = Vec::new();
        let history = history(&membership, person).await?;
        let paid = stage::paid(&history);
        for line in history.into_iter().take(limit) {
            let mut view = convert::activity(&membership, line).await?;
            if view.stage == Some(ClaimStage::Credited) && paid.contains(&view.id) {
                view.stage = Some(ClaimStage::Paid);
            }
            views.push(view);
        }
        Ok(views)
    }

    pub(crate) async fn set_goal(&self, request: SetGoal) -> Answer<HomeView> {
        let membership = self.member()?;
        let actor = self.actor(&membership)?;
        let command = Command::GoalSet(GoalSet {
            reward: request.reward,
        });
        let outcome = membership
            .preview(&command, actor, None)
            .await
            .map_err(refused)?;
        if outcome.class != carrot_rules::Class::Accepted {
            return Err(convert::refusal(&outcome.code, &outcome.params));
        }
        membership
            .submit(command, actor, None, Vec::new())
            .await
            .map_err(refused)?;
        self.home(Nothing {}).await
    }
}

/// A person's history, newest first.
pub(crate) async fn history(membership: &Membership, person: Uuid) -> Answer<Vec<Activity>> {
    let all = membership.things::<Activity>().await.map_err(refused)?;
    let mut lines: Vec<Activity> = all
        .into_iter()
        .map(|(_, line)| line)
        .filter(|line| line.participant == person)
        .collect();
    lines.sort_by(|a, b| b.at_ms.cmp(&a.at_ms).then_with(|| b.id.cmp(&a.id)));
    Ok(lines)
}

async fn goal(membership: &Membership, person: Uuid, home: &HomeView) -> Answer<Option<GoalView>> {
    let goal = membership
        .thing::<Goal>(&person.to_string())
        .await
        .map_err(refused)?;
    let Some(code) = goal.and_then(|goal| goal.reward) else {
        return Ok(None);
    };
    let reward = membership.thing::<Reward>(&code).await.map_err(refused)?;
    Ok(reward.map(|reward| GoalView {
        have_points: home.active_points,
        pending_points: home.pending_points,
        missing_points: (reward.cost_points - home.active_points).max(0),
        reward: convert::reward(reward, Some(home.active_points), None),
    }))
}
