//! Who watches the line and keeps its own books: what was promised to people, what the server has ever
//! answered, and which pages it has ever shown. It believes neither store.

use std::collections::{BTreeMap, BTreeSet};

use carrot_client::transport::{Answer, Call};
use carrot_wire::pull::PullReply;
use carrot_wire::push::PushReply;
use carrot_wire::{Verdict, VerdictClass};
use uuid::Uuid;

use crate::cast::{CANARY, Cast, PHONE_CANARY};

/// A command that fails inside the server may be sent back to its device so often before it is put aside:
/// the third failure is the last one.
const SENT_BACK_MAX: u32 = 2;

/// A law that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The invariant's name.
    pub law: &'static str,
    /// What was seen.
    pub detail: String,
}

/// A command of which a person was told that it is done.
#[derive(Debug, Clone)]
pub struct Promise {
    /// The device's number in the fleet.
    pub device: usize,
    /// Its number on the device.
    pub seq: i64,
    /// Kind by name.
    pub kind: &'static str,
}

/// What the auditor knows of a device.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its id.
    pub id: Uuid,
    /// Its programme.
    pub cast: Cast,
    /// Scopes that it may see.
    pub granted: BTreeSet<String>,
    /// Its rights were taken away.
    pub revoked: bool,
}

/// The auditor.
#[derive(Debug, Default)]
pub struct Auditor {
    /// What was found, in order.
    pub violations: Vec<Violation>,
    /// Promises by command.
    pub promises: BTreeMap<Uuid, Promise>,
    /// Promises that only the server still has: their device went on from an older folder.
    pub at_the_server_only: BTreeSet<Uuid>,
    /// Devices by number.
    pub subjects: BTreeMap<usize, Subject>,
    /// The first final answer to each number of a device, as text.
    answers: BTreeMap<(Uuid, i64), String>,
    /// Final answers by command, within the server's present history.
    pub classes: BTreeMap<Uuid, VerdictClass>,
    /// How often the running server sent a command back to be tried again, by device and number.
    sent_back: BTreeMap<(Uuid, i64), u32>,
    /// The digest behind each number of a scope's history that anybody was shown.
    digests: BTreeMap<(String, String, i64), String>,
    /// Final answers that were given for the first time.
    pub settled: u64,
    /// Pages that were looked at.
    pub pages: u64,
}

impl Auditor {
    /// Notes a broken law.
    pub fn broken(&mut self, law: &'static str, detail: impl Into<String>) {
        let detail = detail.into();
        self.violations.push(Violation { law, detail });
    }

    /// Looks at a call and its answer as the server gave it.
    pub fn saw(&mut self, device: usize, call: &Call, answer: &Answer) {
        if answer.status != 200 {
            return;
        }
        match call.path.as_str() {
            "/v1/commands" => self.saw_push(device, answer),
            "/v1/pull" => self.saw_pull(device, answer),
            _ => {}
        }
        self.look_for_canaries(device, answer);
    }

    fn saw_push(&mut self, device: usize, answer: &Answer) {
        let Ok(reply) = serde_json::from_slice::<PushReply>(&answer.body) else {
            self.broken("I3", "an answer to a push does not read");
            return;
        };
        let Some(subject) = self.subjects.get(&device).cloned() else {
            return;
        };
        for verdict in &reply.verdicts {
            self.patience(&subject, verdict);
            self.judge(&subject, verdict);
        }
    }

    /// L4: a command that the server cannot digest holds up the ones behind it a few times at most.
    fn patience(&mut self, subject: &Subject, verdict: &Verdict) {
        if verdict.class != VerdictClass::Retry {
            return;
        }
        let key = (subject.id, verdict.device_seq);
        let times = self.sent_back.entry(key).or_insert(0);
        *times += 1;
        if *times > SENT_BACK_MAX {
            let detail = format!("number {} was sent back {times} times", key.1);
            self.broken("L4", detail);
        }
    }

    /// A server that starts has not failed at anything yet.
    pub fn server_starts(&mut self) {
        self.sent_back.clear();
    }

    /// A final answer is the first one for its command, or the same again word for word.
    pub fn judge(&mut self, subject: &Subject, verdict: &Verdict) {
        let reused = verdict.code == "id_reused";
        if !verdict.class.is_final() || (reused && verdict.recorded_at_ms == 0) {
            return;
        }
        let key = (subject.id, verdict.device_seq);
        let text = serde_json::to_string(verdict).unwrap_or_default();
        match self.answers.get(&key) {
            Some(before) if *before == text => return,
            Some(before) => {
                let detail = format!("number {} was {before} and is {text}", key.1);
                return self.broken("I3", detail);
            }
            None => {}
        }
        if subject.revoked && verdict.class == VerdictClass::Accepted {
            let detail = format!("number {} of a revoked device was accepted", key.1);
            self.broken("I15", detail);
        }
        self.settled += 1;
        self.answers.insert(key, text);
        if reused {
            return;
        }
        let class = self.classes.insert(verdict.command_id, verdict.class);
        if class.is_some() {
            let detail = format!(
                "command {} was answered under two numbers",
                verdict.command_id
            );
            self.broken("I2", detail);
        }
    }

    fn saw_pull(&mut self, device: usize, answer: &Answer) {
        let Ok(reply) = serde_json::from_slice::<PullReply>(&answer.body) else {
            self.broken("I9", "an answer to a pull does not read");
            return;
        };
        let Some(subject) = self.subjects.get(&device).cloned() else {
            return;
        };
        if subject.revoked {
            self.broken("I15", "a revoked device was shown something");
        }
        for page in &reply.scopes {
            self.pages += 1;
            let scope = page.id.to_string();
            if page.gone {
                continue;
            }
            if !subject.granted.contains(&scope) {
                self.broken("I14", format!("device {device} was shown {scope}"));
            }
            let count = i64::try_from(page.changes.len()).unwrap_or(i64::MAX);
            if page.last.saturating_sub(page.first).saturating_add(1) != count {
                let told = (page.first, page.last);
                self.broken(
                    "I9",
                    format!("{scope}: {count} changes are numbered {told:?}"),
                );
            }
            if page.last == 0 {
                continue;
            }
            let key = (scope, page.epoch.clone(), page.last);
            let digest = self
                .digests
                .entry(key.clone())
                .or_insert_with(|| page.digest_at_last.clone());
            if *digest != page.digest_at_last {
                self.broken("I9", format!("{} has two histories up to {}", key.0, key.2));
            }
        }
    }

    fn look_for_canaries(&mut self, device: usize, answer: &Answer) {
        let Some(subject) = self.subjects.get(&device) else {
            return;
        };
        let text = String::from_utf8_lossy(&answer.body);
        let other = Cast {
            number: 1 - subject.cast.number,
        };
        let foreign = other.programme().to_string();
        let codes = format!("CRC{}MORGEN", other.number + 1);
        if text.contains(&foreign) || text.contains(&codes) {
            self.broken("R4", format!("device {device} saw the other programme"));
        }
        if text.contains(CANARY) || text.contains(PHONE_CANARY) {
            self.broken("R5", format!("device {device} was told who a manager is"));
        }
    }

    /// What the server keeps about a command is what it answered.
    pub fn stands(&mut self, subject: &Subject, verdict: &Verdict) {
        let key = (subject.id, verdict.device_seq);
        let text = serde_json::to_string(verdict).unwrap_or_default();
        match self.answers.get(&key) {
            Some(before) if *before != text => {
                let detail = format!(
                    "number {} was answered {before} and is kept as {text}",
                    key.1
                );
                self.broken("I3", detail);
            }
            Some(_) => {}
            None => self.recall(subject.id, verdict),
        }
    }

    /// The server goes on from an older copy: what it has is all that it ever answered. Its histories
    /// have new names, so what was shown of the old ones stands.
    pub fn forget_answers(&mut self) {
        self.answers.clear();
        self.classes.clear();
    }

    /// The digest that was shown behind a number of a history, whoever asked.
    #[must_use]
    pub fn digest(&self, scope: &str, epoch: &str, seq: i64) -> Option<&str> {
        let key = (scope.to_owned(), epoch.to_owned(), seq);
        self.digests.get(&key).map(String::as_str)
    }

    /// What a device that went back had told only the server, and the server set back has not either, is
    /// nowhere: nobody can keep it.
    pub fn drop_what_nobody_has(&mut self) {
        let (only, classes) = (&self.at_the_server_only, &self.classes);
        self.promises
            .retain(|id, _| !only.contains(id) || classes.contains_key(id));
    }

    /// Takes over what a restored server still has.
    pub fn recall(&mut self, device: Uuid, verdict: &Verdict) {
        let text = serde_json::to_string(verdict).unwrap_or_default();
        self.answers.insert((device, verdict.device_seq), text);
        if verdict.code != "id_reused" {
            self.classes.insert(verdict.command_id, verdict.class);
        }
    }
}
