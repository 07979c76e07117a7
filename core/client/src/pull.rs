//! Changes down: each answer is checked page by page, then applied with its cursors in one
//! transaction. A page that does not fit makes its scope suspect: it is asked for from its beginning,
//! once, and replaced in one step.

use std::collections::BTreeSet;

use carrot_rules::Scope;
use carrot_sync::Booked;
use carrot_sync::outbox::{Happening, State};
use carrot_sync::pages::{self, PageStep};
use carrot_wire::PROTO;
use carrot_wire::certificate::SignedCertificate;
use carrot_wire::limits::PULL_BYTES_MAX;
use carrot_wire::pull::{PullReply, PullRequest, ScopeCursor};

use crate::cache::{self, Cache, ScopeRow};
use crate::error::{ClientError, Result};
use crate::membership::Membership;
use crate::outbox::{self, NOTE_CERTIFICATE, Outbox};
use crate::sync::SyncReport;

/// What is to be done with one answer.
#[derive(Default)]
struct Plan {
    steps: Vec<(Scope, i64, PageStep)>,
    suspect: Vec<Scope>,
    /// A scope that was held starts anew.
    base_lost: bool,
    /// A scope's history was rebuilt: numbers in earlier verdicts are of the old one.
    rebuilt: bool,
    changes: usize,
}

/// One round.
struct Round {
    more: bool,
    progress: bool,
    rebuilt: bool,
    resend: bool,
    last_seq: i64,
}

impl Membership {
    /// Pulls until nothing is left. True when the server has lost commands that wait again now.
    pub(crate) async fn pull_all(&self, report: &mut SyncReport) -> Result<bool> {
        let mut refetched = BTreeSet::new();
        let mut rebuilt = false;
        loop {
            let round = self.pull_once(&mut refetched, report).await?;
            rebuilt |= round.rebuilt;
            if round.more {
                if round.progress {
                    continue;
                }
                let detail = "the server promises more and sends nothing";
                return Err(ClientError::Protocol(detail.to_owned()));
            }
            if rebuilt {
                self.outbox.settle_through(round.last_seq).await?;
            }
            self.cache()?.set_synced().await?;
            let reflected = self.mark_reflected().await?;
            self.outbox.prune(self.clock.now_ms()).await?;
            self.view.write().await.overlay = None;
            if reflected > 0 || rebuilt || round.resend {
                self.bump();
            }
            return Ok(round.resend);
        }
    }

    /// Asks the server whether it would serve this device; applies nothing of the answer.
    ///
    /// # Errors
    /// The server's refusal (`device_unknown`, `revoked`), or `server_unreachable`.
    pub async fn prove(&self) -> Result<()> {
        let held = match self.cache() {
            Ok(cache) => cache.scopes().await?,
            Err(_) => Vec::new(),
        };
        let request = PullRequest {
            proto: PROTO,
            scopes: held.iter().map(cursor_of).collect(),
            max_bytes: 1,
        };
        let _answer: PullReply = self.line.post("/v1/pull", &request).await?;
        Ok(())
    }

    async fn pull_once(
        &self,
        refetched: &mut BTreeSet<Scope>,
        report: &mut SyncReport,
    ) -> Result<Round> {
        let cache = self.cache()?;
        let held = cache.scopes().await?;
        let request = PullRequest {
            proto: PROTO,
            scopes: held
                .iter()
                .filter(|scope| !scope.suspect)
                .map(cursor_of)
                .collect(),
            max_bytes: PULL_BYTES_MAX,
        };
        let reply: PullReply = self.line.post("/v1/pull", &request).await?;
        self.renew(&reply.certificate).await?;
        let plan = plan(&reply, &held);
        for scope in &plan.suspect {
            if !refetched.insert(*scope) {
                let detail = format!("pages of {scope} do not fit together");
                return Err(ClientError::Protocol(detail));
            }
        }
        let resend = self.apply_plan(&cache, &plan, &reply).await?;
        let changes = u32::try_from(plan.changes).unwrap_or(u32::MAX);
        report.pulled_changes = report.pulled_changes.saturating_add(changes);
        if changes > 0 {
            self.bump();
        }
        Ok(Round {
            more: reply.more || !plan.suspect.is_empty(),
            progress: plan.changes > 0 || !plan.suspect.is_empty(),
            rebuilt: plan.rebuilt,
            resend,
            last_seq: reply.device_last_seq,
        })
    }

    /// Applies an answer. Returns true when commands must be sent again.
    async fn apply_plan(&self, cache: &Cache, plan: &Plan, reply: &PullReply) -> Result<bool> {
        let mut view = self.view.write().await;
        view.overlay = None;
        if plan.base_lost {
            // Before the base goes back: what was booked shows again until the base has caught up.
            self.happen(Happening::BaseLost, 0).await?;
        }
        let changing = cache.changing();
        let mut write = cache.db().write().await?;
        for (scope, high, step) in &plan.steps {
            match step {
                PageStep::Apply(page) => Cache::apply(&mut write, *scope, page, *high).await?,
                PageStep::Gone => Cache::drop_scope(&mut write, *scope).await?,
            }
        }
        for scope in &plan.suspect {
            Cache::suspect(&mut write, *scope).await?;
        }
        Cache::name(&mut write, &reply.people).await?;
        write.commit().await.map_err(cache::failed)?;
        drop(changing);
        self.compare(reply.device_last_seq.saturating_add(1)).await
    }

    /// Takes over a renewed certificate after checking it.
    async fn renew(&self, signed: &SignedCertificate) -> Result<()> {
        let fresh = signed
            .open(&self.trust)
            .map_err(|error| ClientError::Protocol(format!("certificate: {error}")))?;
        let held = self.certificate();
        if fresh == held || fresh.until_ms < held.until_ms {
            return Ok(());
        }
        let same = fresh.device_id == held.device_id
            && fresh.programme_id == held.programme_id
            && fresh.public_key == held.public_key;
        if !same {
            let detail = "the certificate is of another device";
            return Err(ClientError::Protocol(detail.to_owned()));
        }
        let text = serde_json::to_string(signed)?;
        self.outbox
            .set_notes(&[(NOTE_CERTIFICATE, Some(text))])
            .await?;
        self.view.write().await.overlay = None;
        let news = fresh.cashiers != held.cashiers
            || fresh.participant_id != held.participant_id
            || fresh.outlet_id != held.outlet_id;
        self.set_certificate(fresh);
        if news {
            self.bump();
        }
        Ok(())
    }

    /// Notes which accepted commands the base shows now, and returns how many.
    async fn mark_reflected(&self) -> Result<usize> {
        let cursors = self.cache()?.cursors().await?;
        let accepted = self.outbox.rows(&[State::Accepted], i64::MAX).await?;
        let shown = |row: &&outbox::Row| {
            row.verdict
                .as_ref()
                .is_some_and(|verdict| Booked::of(verdict).reflected(&cursors))
        };
        let shown: Vec<&outbox::Row> = accepted.iter().filter(shown).collect();
        let mut write = self.outbox.write().await?;
        for row in &shown {
            Outbox::set_state(&mut write, row.device_seq, State::Reflected).await?;
        }
        write.commit().await.map_err(outbox::failed)?;
        Ok(shown.len())
    }
}

fn cursor_of(scope: &ScopeRow) -> ScopeCursor {
    ScopeCursor {
        id: scope.id,
        epoch: scope.cursor.epoch.clone(),
        after: scope.cursor.after,
    }
}

/// Checks every page of an answer.
fn plan(reply: &PullReply, held: &[ScopeRow]) -> Plan {
    let mut plan = Plan::default();
    for page in &reply.scopes {
        let known = held.iter().find(|scope| scope.id == page.id);
        let asked = known.filter(|scope| !scope.suspect);
        match pages::check(page, asked.map(|scope| &scope.cursor)) {
            Ok(step) => {
                if let PageStep::Apply(verified) = &step {
                    plan.changes = plan.changes.saturating_add(verified.changes.len());
                    plan.base_lost |= verified.reset && known.is_some();
                    plan.rebuilt |= known.is_some_and(|scope| scope.cursor.epoch != page.epoch);
                }
                plan.steps.push((page.id, page.high, step));
            }
            Err(fault) => {
                tracing::warn!(scope = %page.id, %fault, "a page does not fit");
                plan.suspect.push(page.id);
            }
        }
    }
    plan
}
