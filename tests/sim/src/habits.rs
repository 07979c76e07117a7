//! What people do with their devices besides work: they put the app aside, sign out while something
//! waits, and bring a newer program to a device whose queue is full.

use anyhow::{Context as _, Result};
use carrot_client::db::Store;
use carrot_client::{ClientError, Leave};
use carrot_sync::Event;

use crate::faults::Fault;
use crate::fleet::Fleet;

/// An app that was put aside comes back within so long, milliseconds.
const AWAY_MS_MAX: i64 = 3_600_000;

impl Fleet<'_> {
    /// The app leaves the screen in the middle of what it does, and comes back.
    pub(crate) async fn put_aside(&mut self, at: usize) -> Result<String> {
        let away_ms = self.dice.between(1, AWAY_MS_MAX);
        let unit = self.unit(at)?;
        let closed = unit.device()?.suspend().await;
        self.fault(Fault::Suspend);
        self.time.pass(away_ms);
        let unit = self.unit(at)?;
        unit.device()?.wake();
        unit.tell(Event::Background(false));
        if !closed {
            self.broken(vec![(
                "L1",
                "files stayed open behind a suspension".to_owned(),
            )]);
        }
        Ok(format!("away for {away_ms}"))
    }

    /// Somebody signs out. What was not sent is kept, or signing out is refused.
    pub(crate) async fn sign_out(&mut self, at: usize) -> Result<String> {
        let keeps = self.dice.chance(500);
        let unit = self.unit(at)?;
        let programme = unit.cast.programme();
        let waits = match unit.open()?.unsent().await {
            Ok(unsent) => !unsent.nothing(),
            Err(error) => {
                self.mend(at, &error).await?;
                return Ok(error.code());
            }
        };
        self.fault(Fault::SignOut);
        let choice = if keeps {
            Leave::KeepQueue
        } else {
            Leave::WhenSent
        };
        let unit = self.unit(at)?;
        let left = unit.device()?.leave(programme, choice).await;
        let told = match left {
            Ok(()) if waits && !keeps => {
                let detail = format!("device {} signed out with a queue", unit.number);
                self.broken(vec![("I1", detail)]);
                "signed out".to_owned()
            }
            Ok(()) => "signed out".to_owned(),
            Err(ClientError::Unsent(_)) => return Ok("something waits".to_owned()),
            Err(error) => return Ok(error.code()),
        };
        let unit = self.unit(at)?;
        match unit.device()?.resume(programme).await {
            Ok(membership) => unit.goes_on(membership).await,
            // Who has no room makes some, starts again and is back.
            Err(error) if error.is_full() => {
                unit.pages_max = None;
                unit.kill().await?;
                self.start_unit(at).await?;
            }
            Err(error) => return Err(error).context("whoever signed out comes back"),
        }
        Ok(told)
    }

    /// A newer program comes to a device that ran an older one.
    pub(crate) async fn upgrade(&mut self, at: usize) -> Result<String> {
        let unit = self.unit(at)?;
        if unit.schema_max == u32::MAX {
            return Ok("new already".to_owned());
        }
        // One version after the other, as they come out.
        let newest = Store::Outbox.version().max(Store::Cache.version());
        unit.schema_max = match unit.schema_max.saturating_add(1) {
            next if next < newest => next,
            _ => u32::MAX,
        };
        self.fault(Fault::Upgrade);
        self.uncertain(at);
        self.unit(at)?.kill().await?;
        self.start_unit(at).await?;
        Ok("upgraded".to_owned())
    }
}
