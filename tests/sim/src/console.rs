//! What people do on the console while the fleet works.

use anyhow::{Result, bail};
use carrot_rules::command::AllowanceSet;
use carrot_rules::{Account, Command, RuleSet, Transfer};
use carrot_server::apply::console_command;
use carrot_server::publish::{Published, next_version, publish};
use uuid::Uuid;

use crate::cast::{self, Cast, REWARD_POINTS};
use crate::fleet::Fleet;
use crate::store::Server;
use crate::unit::Role;

/// What a till may hand over under its allowance, rewards.
const REWARDS_MAX: i64 = 3;

impl Fleet<'_> {
    /// Somebody works on the console.
    pub(crate) async fn console(&mut self) -> Result<String> {
        let Some(Server { store, .. }) = &self.server else {
            return Ok("down".to_owned());
        };
        let number = u128::from(self.dice.below(2));
        let cast = Cast { number };
        let tills = self.tills_of(cast);
        let mut tx = store.begin(cast.programme()).await?;
        let now_ms = tx.now_ms();
        self.next_id += 1;
        let told = match self.dice.below(4) {
            0 => {
                let cause = Uuid::from_u128(0xC0_0000_0000_0000_0000_0000 + self.next_id);
                let person = cast.buyer(u128::from(self.dice.below(3)));
                let points = self.dice.between(1, 200);
                let legs = [
                    (Account::Issuance, -points),
                    (Account::active(person), points),
                ];
                tx.book(cause, now_ms, &Transfer::points("opening", &legs)?)
                    .await?;
                format!("gave {points}")
            }
            1 => {
                let version = self.dice.between(1, 1_000);
                let all = [carrot_rules::Scope::Programme(cast.programme())];
                tx.put(cast::PRODUCT, &cast::product(version), &all).await?;
                format!("prices {version}")
            }
            2 => {
                let each_points = self.dice.between(0, REWARDS_MAX) * REWARD_POINTS;
                let set = AllowanceSet {
                    each_points,
                    bound_points: each_points * i64::try_from(tills.len())?,
                    terminals: tills,
                    reason: "a fair".to_owned(),
                };
                let command = Command::AllowanceSet(set);
                let verdict = console_command(&mut tx, cast.manager(), command).await?;
                format!("allowances {each_points} {}", verdict.code)
            }
            // A server that is set back does not know it any more, and no device sends it again.
            _ => {
                let task = cast::task(&format!("NEW-{}", self.next_id));
                let all = [carrot_rules::Scope::Programme(cast.programme())];
                tx.put(&task.code, &task, &all).await?;
                format!("task {}", task.code)
            }
        };
        tx.commit().await?;
        Ok(told)
    }

    fn tills_of(&self, cast: Cast) -> Vec<Uuid> {
        let tills = self.units.iter().filter(|unit| {
            unit.cast.number == cast.number && matches!(unit.role, Role::Terminal(_))
        });
        let open = tills.filter_map(|unit| unit.membership.as_ref());
        open.map(|membership| membership.device_id()).collect()
    }

    /// A manager publishes rules that are worth the same.
    pub(crate) async fn publish(&mut self) -> Result<()> {
        let Some(Server { store, .. }) = &self.server else {
            return Ok(());
        };
        let number = u128::from(self.dice.below(2));
        let mut tx = store.begin(Cast { number }.programme()).await?;
        let rules = RuleSet {
            version: next_version(&mut tx).await?,
            ..RuleSet::default()
        };
        let text = serde_json::to_vec(&rules)?;
        match publish(&mut tx, "manager", &text, "").await? {
            Published::Done(_) => Ok(tx.commit().await?),
            Published::Refused(problems) => bail!("rules are refused: {problems:?}"),
        }
    }
}
