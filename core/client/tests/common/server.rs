//! A server in memory: it checks signatures and chains, books each command once, repeats its verdicts
//! word for word, and fails where a test wants it to.

use std::collections::BTreeSet;
use std::sync::Mutex;

use carrot_client::transport::{Answer, Call, Method};
use carrot_rules::entity::{EntityKind, ONLY};
use carrot_rules::{Account, RuleSet, Scope};
use carrot_wire::certificate::SignedCertificate;
use carrot_wire::crypto::{self, DOMAIN_CHALLENGE, DOMAIN_ENROL};
use carrot_wire::enrol::*;
use carrot_wire::pull::{Change, PersonName, PullReply, PullRequest, ScopePage};
use carrot_wire::push::{PushReply, PushRequest};
use carrot_wire::resolve::{ResolveReply, ResolveRequest};
use carrot_wire::trust::SignedTrust;
use carrot_wire::{CashierGrant, Certificate, Envelope, PROTO, VerdictClass, member};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use uuid::Uuid;

use super::PERSON;
use super::state::State;

/// When every test begins, UTC milliseconds.
pub const START_MS: i64 = 1_700_000_000_000;

/// Which kind of device enrols.
#[derive(Clone, Copy, PartialEq)]
pub enum Role {
    Phone,
    Terminal,
}

/// What goes wrong with one call.
pub enum Fault {
    /// It does not arrive.
    LoseRequest,
    /// It has its effect, and the answer is lost.
    LoseReply,
    /// It is refused: status, code, `Retry-After` seconds.
    Refuse(u16, &'static str, Option<u64>),
    /// It has its effect, and the answer never comes.
    Hang,
    /// The answer is changed on its way.
    Change(fn(&mut Value)),
}

pub struct Server {
    key: SigningKey,
    role: Role,
    pub(super) state: Mutex<State>,
    /// The filter of used codes, and how often it was sent.
    burnt: Mutex<(Vec<u8>, u32)>,
    /// What goes out on the lines for hints; none where the server has no such line.
    pub(super) hints: Option<tokio::sync::broadcast::Sender<String>>,
    programme: Uuid,
    address: &'static str,
}

type Reply = Result<Value, (u16, &'static str)>;

impl Server {
    pub fn new(role: Role) -> Self {
        Self::of(role, Self::PROGRAMME, "https://carrot.example")
    }

    /// A server of another programme at another address.
    pub fn of(role: Role, id: Uuid, address: &'static str) -> Self {
        let mut state = State {
            programme: id,
            epoch: "e1".to_owned(),
            page_changes: 100,
            ..State::default()
        };
        let programme = Scope::Programme(id);
        let rules = RuleSet {
            version: 3,
            ..RuleSet::default()
        };
        state.log(programme, &Change::of(ONLY, &rules).unwrap());
        for code in ["tea", "cup"] {
            let body = json!({"code": code, "kind": "goods", "name": {}, "cost_points": 400,
                "cash_minor": 0, "currency": "EUR", "stock": null, "low_stock_at": 0,
                "at_till": true});
            state.log(programme, &Change::entity(EntityKind::Reward, code, body));
        }
        Self {
            key: SigningKey::from_bytes(&[42; 32]),
            role,
            state: Mutex::new(state),
            burnt: Mutex::default(),
            hints: None,
            programme: id,
            address,
        }
    }

    /// Nobody reaches it, or everybody does again.
    pub fn down(&self, down: bool) {
        self.with(|state| state.down = down);
    }

    /// The same with lines for hints.
    pub fn with_hints(role: Role) -> Self {
        Self {
            hints: Some(tokio::sync::broadcast::Sender::new(16)),
            ..Self::new(role)
        }
    }

    /// Says something on the open lines; true when somebody listens.
    pub fn say(&self, text: &str) -> bool {
        let hints = self.hints.as_ref().unwrap();
        hints.send(text.to_owned()).is_ok()
    }

    /// From now on this is the filter of used codes.
    pub fn set_burnt(&self, bytes: Vec<u8>) {
        self.burnt.lock().unwrap().0 = bytes;
    }

    /// How often the filter was sent.
    pub fn burnt_sent(&self) -> u32 {
        self.burnt.lock().unwrap().1
    }

    pub(super) fn burnt(&self, query: &str) -> Answer {
        let mut burnt = self.burnt.lock().unwrap();
        let newest = crypto::hash(&[&burnt.0]);
        let known = query.strip_prefix("?have=") == Some(newest.as_str());
        burnt.1 += u32::from(!known);
        Answer {
            status: if known { 204 } else { 200 },
            retry_after_s: None,
            body: if known { Vec::new() } else { burnt.0.clone() },
            of: None,
        }
    }

    pub const PROGRAMME: Uuid = Uuid::from_u128(100);
    pub const OUTLET: Uuid = Uuid::from_u128(101);
    pub const DEVICE: Uuid = Uuid::from_u128(102);

    pub fn programme(&self) -> Uuid {
        self.programme
    }

    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    pub(super) fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.state.lock().unwrap())
    }

    pub fn enrolment_code(&self) -> String {
        EnrolmentCode {
            server: self.address.to_owned(),
            trust: vec![crypto::encode(self.key.verifying_key().as_bytes())],
            secret: "once".to_owned(),
        }
        .to_text()
    }

    /// The next call of a path goes wrong.
    pub fn fault(&self, path: &str, fault: Fault) {
        self.with(|state| state.faults.push((path.to_owned(), fault)));
    }

    /// The next answer to a command with this number is of this class; only final ones are kept.
    pub fn class(&self, seq: i64, class: VerdictClass, code: &'static str) {
        self.with(|state| state.classes.insert(seq, (class, code)));
    }

    pub fn page_changes(&self, most: usize) {
        self.with(|state| state.page_changes = most);
    }

    /// Adds changes to a scope that come from elsewhere.
    pub fn change(&self, scope: Scope, change: &Change) {
        self.with(|state| state.log(scope, change));
    }

    /// Adds points to an account from elsewhere.
    pub fn grant_points(&self, scope: Scope, account: Account, delta: i64) {
        self.with(|state| state.book(scope, account, delta));
    }

    /// How often each accepted command had its effect.
    pub fn effects(&self) -> Vec<u32> {
        self.with(|state| state.effects.values().copied().collect())
    }

    pub fn calls(&self, path: &str) -> usize {
        self.with(|state| {
            state
                .calls
                .iter()
                .filter(|call| call.starts_with(path))
                .count()
        })
    }

    pub fn blob(&self, sha256: &str) -> Option<Vec<u8>> {
        self.with(|state| state.blobs.get(sha256).cloned())
    }

    /// The photos are gone, as after a restore from before they came.
    pub fn forget_blobs(&self) {
        self.with(|state| state.blobs.clear());
    }

    /// Bytes of all parts of blobs that were taken.
    pub fn part_bytes(&self) -> usize {
        self.with(|state| state.part_bytes)
    }

    /// What came in part is lost.
    pub fn forget_parts(&self) {
        self.with(|state| state.parts.clear());
    }

    /// The most calls that were under way at once.
    pub fn flying_max(&self) -> u32 {
        self.with(|state| state.flying_max)
    }

    pub fn drop_tokens(&self) {
        self.with(|state| state.tokens.clear());
    }

    /// The device may no longer see its own scope.
    pub fn take_scope_away(&self) {
        self.with(|state| state.gone = true);
    }

    /// An older backup took the place of the data: the last commands and their effects are lost.
    pub fn restore(&self, commands: usize, own_changes: usize) {
        self.with(|state| {
            state.records.truncate(commands);
            let last = state.records.last();
            state.last_hash = last.map_or_else(String::new, |(e, _)| crypto::chain_hash(&e.bytes));
            let kept: BTreeSet<Uuid> = state.records.iter().map(|(_, v)| v.command_id).collect();
            state.effects.retain(|id, _| kept.contains(id));
            let own = state.logs.entry(Scope::Participant(PERSON)).or_default();
            own.truncate(own_changes);
        });
    }

    /// The commands that it has, as they were pushed.
    pub fn pushed(&self) -> Vec<Envelope> {
        self.with(|state| state.records.iter().map(|(one, _)| one.clone()).collect())
    }

    /// A copy of a push comes in, and nobody waits for the answer.
    pub fn arrives_late(&self, commands: Vec<Envelope>) {
        self.commands(PushRequest { commands }).unwrap();
    }

    /// Time goes by on the server's clock, which stands otherwise.
    pub fn pass(&self, ms: i64) {
        self.with(|state| state.later_ms += ms);
    }

    /// The history of all scopes was rebuilt: in other pieces, and without the last reward.
    pub fn rebuild(&self) {
        self.with(|state| {
            state.epoch = "e2".to_owned();
            let own = state.logs.entry(Scope::Participant(PERSON)).or_default();
            let end = own.len().saturating_sub(2);
            *own = own.split_off(end);
            let all = state.logs.entry(Scope::Programme(state.programme));
            all.or_default().pop();
        });
    }

    pub fn edit_certificate(&self, edit: impl FnOnce(&mut Certificate)) {
        self.with(|state| edit(state.certificate.as_mut().unwrap()));
    }

    fn enrol(&self, request: EnrolRequest) -> Reply {
        let public = crypto::public_key(&request.public_key).unwrap();
        crypto::verify(
            &public,
            DOMAIN_ENROL,
            request.secret.as_bytes(),
            &request.proof,
        )
        .unwrap();
        let phone = self.role == Role::Phone;
        let pass = member::issue_pass(&self.key, "test", PERSON, &public, START_MS * 2);
        let certificate = Certificate {
            device_id: Self::DEVICE,
            programme_id: self.programme,
            programme_code: "test".to_owned(),
            role: if phone { "phone" } else { "terminal" }.to_owned(),
            outlet_id: (!phone).then_some(Self::OUTLET),
            participant_id: phone.then_some(PERSON),
            public_key: request.public_key,
            cashiers: Vec::<CashierGrant>::new(),
            contact_key: (!phone).then(|| "0a".repeat(32)),
            pin_key: (!phone).then(|| "0b".repeat(32)),
            member_pass: phone.then_some(pass),
            from_ms: 0,
            until_ms: START_MS * 2,
        };
        let reply = EnrolReply {
            device_id: Self::DEVICE,
            certificate: SignedCertificate::seal(&certificate, &self.key).unwrap(),
            trust: Vec::new(),
            server_ms: START_MS,
        };
        self.with(|state| {
            state.public = Some(public);
            state.certificate = Some(certificate);
        });
        Ok(json!(reply))
    }

    fn token(&self, request: TokenRequest) -> Reply {
        self.with(|state| {
            let public = state.public.unwrap();
            let challenge = request.challenge.as_bytes();
            crypto::verify(&public, DOMAIN_CHALLENGE, challenge, &request.signature).unwrap();
            let token = format!("token-{}", state.calls.len());
            state.tokens.insert(token.clone());
            let until_ms = START_MS * 2;
            Ok(json!(TokenReply {
                token,
                until_ms,
                server_ms: START_MS + state.later_ms
            }))
        })
    }

    fn commands(&self, request: PushRequest) -> Reply {
        self.with(|state| {
            let mut verdicts = Vec::new();
            for envelope in request.commands {
                match state.command(envelope) {
                    Some(verdict) => verdicts.push(verdict),
                    None => break,
                }
                let last = verdicts.last().unwrap().class;
                if !last.is_final() {
                    break;
                }
            }
            let expected_seq = state.records.len() as i64 + 1;
            Ok(json!(PushReply {
                verdicts,
                expected_seq,
                server_ms: START_MS + state.later_ms,
                countersigned: Some(state.countersign(&self.key)),
            }))
        })
    }

    pub fn trust(&self, list: SignedTrust) {
        self.with(|state| state.trust = Some(list));
    }

    pub fn pretend_head(&self, head: Option<(i64, String)>) {
        self.with(|state| state.pretended_head = head);
    }

    fn granted(&self) -> Vec<Scope> {
        let own = match self.role {
            Role::Phone => Scope::Participant(PERSON),
            Role::Terminal => Scope::Outlet(Self::OUTLET),
        };
        vec![Scope::Programme(self.programme), own]
    }

    fn pull(&self, request: PullRequest) -> Reply {
        let granted = self.granted();
        self.with(|state| {
            let gone = |scope: &&Scope| state.gone && !matches!(scope, Scope::Programme(_));
            let page = |scope: &Scope| state.page(*scope, &request, gone(&scope));
            // Nothing is said of what is not the device's, unless it asks.
            let asked = |scope: &&Scope| request.scopes.iter().any(|cursor| cursor.id == **scope);
            let named = |scope: &&Scope| !gone(scope) || asked(scope);
            let scopes: Vec<ScopePage> = granted.iter().filter(named).map(page).collect();
            let certificate = state.certificate.as_ref().unwrap();
            let person = PersonName {
                participant: PERSON,
                name: "Astrid".to_owned(),
                language: "da".to_owned(),
            };
            Ok(json!(PullReply {
                proto: PROTO,
                more: scopes
                    .iter()
                    .any(|page| !page.gone && page.last < page.high),
                scopes,
                people: vec![person],
                certificate: SignedCertificate::seal(certificate, &self.key).unwrap(),
                server_ms: START_MS + state.later_ms,
                device_last_seq: state.records.len() as i64,
                countersigned: Some(state.countersign(&self.key)),
                vouchers: state.vouchers.clone(),
                trust: state.trust.clone(),
            }))
        })
    }

    pub(super) fn answer(&self, call: &Call) -> Reply {
        fn read<T: serde::de::DeserializeOwned>(call: &Call) -> T {
            serde_json::from_slice(&call.body).unwrap()
        }
        let challenge = "challenge".to_owned();
        match call.path.as_str() {
            "/v1/enrol" => return self.enrol(read(call)),
            "/v1/challenge" => {
                return Ok(json!(ChallengeReply {
                    challenge,
                    server_ms: START_MS
                }));
            }
            "/v1/token" => return self.token(read(call)),
            _ => {}
        }
        let held = call.bearer.clone().unwrap_or_default();
        if !self.with(|state| state.tokens.contains(&held)) {
            return Err((401, "token_invalid"));
        }
        match call.path.as_str() {
            "/v1/commands" => self.commands(read(call)),
            "/v1/pull" => self.pull(read(call)),
            "/v1/members/resolve" => {
                let asked: ResolveRequest = read(call);
                let found = matches!(asked, ResolveRequest::Contact { hash } if hash.len() == 32);
                Ok(json!(ResolveReply { found }))
            }
            path => self.with(|state| state.blob(call, path.strip_prefix("/v1/blobs/").unwrap())),
        }
    }

    pub(super) fn take_fault(&self, path: &str) -> Option<Fault> {
        self.with(|state| {
            state.calls.push(path.to_owned());
            let found = state
                .faults
                .iter()
                .position(|(named, _)| path.starts_with(named))?;
            Some(state.faults.remove(found).1)
        })
    }
}
