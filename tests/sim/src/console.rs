//! What people do on the console while the fleet works.

use anyhow::{Result, bail};
use carrot_rules::{Account, RuleSet, Transfer};
use carrot_server::publish::{Published, next_version, publish};
use uuid::Uuid;

use crate::cast::{self, Cast};
use crate::fleet::Fleet;
use crate::store::Server;

impl Fleet<'_> {
    /// Somebody works on the console.
    pub(crate) async fn console(&mut self) -> Result<String> {
        let Some(Server { store, .. }) = &self.server else {
            return Ok("down".to_owned());
        };
        let number = u128::from(self.dice.below(2));
        let cast = Cast { number };
        let mut tx = store.begin(cast.programme()).await?;
        let now_ms = tx.now_ms();
        self.next_id += 1;
        let told = match self.dice.below(3) {
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
