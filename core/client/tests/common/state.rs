//! What the server in memory keeps, and what a command does to it.

use std::collections::{BTreeMap, BTreeSet};

use carrot_client::transport::{Call, Method};
use carrot_rules::command::Cover;
use carrot_rules::entity::Goal;
use carrot_rules::{Account, Command, Scope};
use carrot_sync::pages::digest;
use carrot_wire::crypto;
use carrot_wire::envelope::Envelope;
use carrot_wire::limits::{BLOB_CALL_BYTES_MAX, BLOB_PART_BYTES_MAX};
use carrot_wire::notary::{Countersigned, Head};
use carrot_wire::pull::{Change, PullRequest, ScopePage};
use carrot_wire::trust::SignedTrust;
use carrot_wire::{Certificate, Verdict, VerdictClass};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use uuid::Uuid;

use super::server::{Fault, START_MS, Server};

/// Points that the server books for each goal.
const GOAL_POINTS: i64 = 10;

#[derive(Default)]
pub struct State {
    pub public: Option<ed25519_dalek::VerifyingKey>,
    pub certificate: Option<Certificate>,
    pub last_hash: String,
    pub records: Vec<(Envelope, Verdict)>,
    pub effects: BTreeMap<Uuid, u32>,
    pub logs: BTreeMap<Scope, Vec<String>>,
    pub epoch: String,
    pub points: i64,
    /// How far the server's clock is from where it began, milliseconds.
    pub later_ms: i64,
    pub tokens: BTreeSet<String>,
    pub blobs: BTreeMap<String, Vec<u8>>,
    /// What came in part.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// Bytes of all parts that were taken.
    pub part_bytes: usize,
    pub faults: Vec<(String, Fault)>,
    pub classes: BTreeMap<i64, (VerdictClass, &'static str)>,
    pub vouchers: Vec<String>,
    pub calls: Vec<String>,
    pub page_changes: usize,
    pub programme: Uuid,
    pub down: bool,
    pub gone: bool,
    pub flying: u32,
    /// How many countersignatures were given.
    pub countersigned: i64,
    pub trust: Option<SignedTrust>,
    pub pretended_head: Option<(i64, String)>,
    pub flying_max: u32,
}

impl State {
    /// A call about a blob, whole or in parts.
    pub fn blob(&mut self, call: &Call, path: &str) -> Result<Value, (u16, &'static str)> {
        let Some((sha256, rest)) = path.split_once("/part") else {
            return match call.method {
                Method::Put => {
                    assert!(call.body.len() <= BLOB_CALL_BYTES_MAX);
                    assert_eq!(crypto::hash(&[&call.body]), path);
                    self.blobs.insert(path.to_owned(), call.body.clone());
                    Ok(Value::Null)
                }
                _ if self.blobs.contains_key(path) => Ok(Value::Null),
                _ => Err((404, "blob_unknown")),
            };
        };
        let held = self.parts.entry(sha256.to_owned()).or_default();
        if let Some(rest) = rest.strip_prefix("?offset=") {
            let (offset, size) = rest.split_once("&size=").unwrap();
            if offset.parse() != Ok(held.len()) {
                return Err((409, "offset_conflict"));
            }
            assert!(call.body.len() <= BLOB_PART_BYTES_MAX);
            held.extend_from_slice(&call.body);
            self.part_bytes += call.body.len();
            if size.parse() == Ok(held.len()) {
                assert_eq!(crypto::hash(&[&*held]), sha256);
                self.blobs.insert(sha256.to_owned(), held.clone());
            }
        }
        let complete = self.blobs.contains_key(sha256);
        Ok(json!({"offset": held.len(), "complete": complete}))
    }

    pub fn log(&mut self, scope: Scope, change: &Change) {
        let text = serde_json::to_string(change).unwrap();
        self.logs.entry(scope).or_default().push(text);
    }

    pub fn page(&self, scope: Scope, request: &PullRequest, gone: bool) -> ScopePage {
        let log = self.logs.get(&scope).cloned().unwrap_or_default();
        let cursor = request.scopes.iter().find(|cursor| cursor.id == scope);
        let known = cursor.map_or(0, |cursor| cursor.after as usize);
        let reset = cursor.is_some_and(|c| c.epoch != self.epoch || known > log.len());
        let after = if reset { 0 } else { known };
        let end = (after + self.page_changes).min(log.len());
        ScopePage {
            id: scope,
            epoch: self.epoch.clone(),
            first: after as i64 + 1,
            last: end as i64,
            changes: log[after..end].to_vec(),
            high: log.len() as i64,
            digest_at_last: digest("", 1, &log[..end]),
            reset,
            gone,
            snapshot: false,
        }
    }

    pub fn command(&mut self, envelope: Envelope) -> Option<Verdict> {
        envelope.verify(&self.public.unwrap()).unwrap();
        let body = envelope.body().unwrap();
        let recorded = self.records.get(body.device_seq as usize - 1);
        if let Some((known, verdict)) = recorded {
            let (class, code) = (VerdictClass::Blocked, "forked".to_owned());
            return Some(match known == &envelope {
                true => verdict.clone(),
                false => Verdict {
                    command_id: body.command_id,
                    class,
                    code,
                    ..verdict.clone()
                },
            });
        }
        if body.device_seq != self.records.len() as i64 + 1 {
            return None;
        }
        assert_eq!(body.prev_hash, self.last_hash, "the chain");
        let usual = (VerdictClass::Accepted, "accepted");
        let (class, code) = self.classes.remove(&body.device_seq).unwrap_or(usual);
        let mut verdict = Verdict {
            device_seq: body.device_seq,
            command_id: body.command_id,
            class,
            code: code.to_owned(),
            params: BTreeMap::new(),
            scope_seqs: BTreeMap::new(),
            booked: BTreeMap::new(),
            recorded_at_ms: START_MS,
        };
        if class == VerdictClass::Accepted {
            *self.effects.entry(body.command_id).or_default() += 1;
            self.effect(&body.command().unwrap(), body.actor_id, &mut verdict);
        }
        if class.is_final() {
            self.last_hash = crypto::chain_hash(&envelope.bytes);
            self.records.push((envelope, verdict.clone()));
        }
        Some(verdict)
    }

    pub fn book(&mut self, scope: Scope, account: Account, delta: i64) {
        self.points += delta;
        let change = Change::Balance {
            account: account.to_string(),
            unit: "points".to_owned(),
            delta,
            balance: self.points,
        };
        self.log(scope, &change);
    }

    pub fn effect(&mut self, command: &Command, actor: Uuid, verdict: &mut Verdict) {
        let (scope, account, delta) = match command {
            Command::GoalSet(goal) => {
                let scope = Scope::Participant(actor);
                let goal = Goal {
                    reward: goal.reward.clone(),
                };
                self.log(scope, &Change::of(&actor.to_string(), &goal).unwrap());
                (scope, Account::active(actor), GOAL_POINTS)
            }
            Command::RewardRedeem(redeem) => {
                let Cover::Lease { lease_id } = redeem.cover else {
                    return;
                };
                let cost = -redeem.cost_points;
                (
                    Scope::Outlet(Server::OUTLET),
                    Account::Lease(lease_id),
                    cost,
                )
            }
            _ => return,
        };
        self.book(scope, account, delta);
        verdict.booked.insert(account.to_string(), delta);
        let seq = self.logs[&scope].len() as i64;
        verdict.scope_seqs.insert(scope.to_string(), seq);
    }

    /// The chain's head with a signature, at the server's next millisecond.
    pub fn countersign(&mut self, key: &SigningKey) -> Countersigned {
        self.countersigned += 1;
        let own = (self.records.len() as i64, self.last_hash.clone());
        let (last_seq, hash) = self.pretended_head.clone().unwrap_or(own);
        let head = Head {
            programme_id: self.programme,
            device_id: Server::DEVICE,
            last_seq,
            hash,
            server_ms: START_MS + self.countersigned,
        };
        head.countersign(key)
    }
}

impl Server {
    /// Writes a change into a scope's feed.
    pub fn log(&self, scope: Scope, change: &Change) {
        self.state.lock().unwrap().log(scope, change);
    }

    /// The vouchers that the next pull hands over.
    pub fn give_vouchers(&self, texts: Vec<String>) {
        self.state.lock().unwrap().vouchers = texts;
    }
}
