//! The line between devices and the server: a transport that calls the server's own router in this
//! process, and loses, doubles, delays and garbles on the way.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use carrot_client::transport::{Answer, Call, Method, NoAnswer, PieceOf};
use carrot_wire::pull::PullReply;
use carrot_wire::push::PushRequest;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::auditor::Auditor;
use crate::dice::Dice;
use crate::faults::{Fault, Tally};
use crate::store::ServerProbe;
use crate::swarm::smaller;
use crate::time::Time;

/// How long a device waits for an answer before it gives up, milliseconds.
const CALL_MS_MAX: i64 = 60_000;
/// A half-open or one-way line stays so for at most so many calls.
const BAD_CALLS_MAX: i64 = 4;
/// Requests that are held up at a time.
const HELD_MAX: usize = 8;

/// Faults of the line and how often each is drawn, weights.
const WEIGHTS: [(u64, Fault); 21] = [
    (3, Fault::Drop),
    (3, Fault::Delay),
    (3, Fault::Duplicate),
    (3, Fault::Reorder),
    (3, Fault::Truncate),
    (3, Fault::Corrupt),
    (3, Fault::HalfOpen),
    (4, Fault::OneWay),
    (3, Fault::Clog),
    (5, Fault::LostReply),
    (3, Fault::Status500),
    (3, Fault::Status503),
    (3, Fault::Status429),
    (3, Fault::Slow),
    (4, Fault::CrashBefore),
    (4, Fault::CrashAfter),
    (3, Fault::Deadlock),
    (3, Fault::Pool),
    (3, Fault::Versions),
    (2, Fault::Token),
    (0, Fault::Partition),
];

/// How one device's line is.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// Nothing passes.
    pub cut: bool,
    /// So many more calls get no answer, though they arrive.
    deaf_calls: i64,
    /// So many more calls do not arrive and get no answer.
    mute_calls: i64,
}

/// What all lines share.
pub struct Hub {
    time: Arc<Time>,
    probe: Arc<ServerProbe>,
    held: Mutex<Held>,
}

/// The changing part of a hub.
pub struct Held {
    /// The server, while it runs.
    pub router: Option<Router>,
    /// True when the server ended and must be started again.
    pub crashed: bool,
    /// Chance for faults of the line.
    pub dice: Dice,
    /// What happened.
    pub tally: Tally,
    /// How many calls of a thousand meet a fault.
    pub per_mille: u64,
    /// Kinds that are left out in this fleet.
    pub without: Vec<Fault>,
    /// Lines by device number.
    pub links: BTreeMap<usize, Link>,
    /// Who watches.
    pub auditor: Auditor,
    /// Calls so far, and bytes of their bodies both ways.
    pub calls: u64,
    /// Bytes of requests and answers.
    pub bytes: u64,
    /// Requests that arrive later.
    late: VecDeque<(usize, Call)>,
    /// When calls of each device's schedule left that found no line, true milliseconds since the start.
    pub unanswered: BTreeMap<usize, VecDeque<i64>>,
    /// The device whose schedule is at work: other calls are its person's wish.
    pub driven: Option<usize>,
    /// The most bytes of an answer's changes; none for the client's own choice.
    pub page_bytes: Option<i64>,
    /// Each device's last call that changed something, to be repeated.
    last: BTreeMap<usize, Call>,
}

impl Hub {
    /// A hub without a server yet.
    #[must_use]
    pub fn new(time: Arc<Time>, probe: Arc<ServerProbe>, dice: Dice, auditor: Auditor) -> Self {
        Self {
            time,
            probe,
            held: Mutex::new(Held {
                router: None,
                crashed: false,
                dice,
                tally: Tally::default(),
                per_mille: 0,
                without: Vec::new(),
                links: BTreeMap::new(),
                auditor,
                calls: 0,
                bytes: 0,
                late: VecDeque::new(),
                unanswered: BTreeMap::new(),
                driven: None,
                page_bytes: None,
                last: BTreeMap::new(),
            }),
        }
    }

    /// Its changing part; never held across a wait.
    pub fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws what happens to a call.
    fn fate(&self, device: usize) -> Option<Fault> {
        let mut held = self.held();
        let link = held.links.entry(device).or_default();
        if link.cut {
            if held.driven == Some(device) {
                let now_ms = self.time.since_start_ms();
                held.unanswered.entry(device).or_default().push_back(now_ms);
            }
            return Some(Fault::Partition);
        }
        if link.mute_calls > 0 {
            link.mute_calls -= 1;
            return Some(Fault::HalfOpen);
        }
        if link.deaf_calls > 0 {
            link.deaf_calls -= 1;
            return Some(Fault::OneWay);
        }
        let per_mille = held.per_mille;
        if !held.dice.chance(per_mille) {
            return None;
        }
        let fault = held.dice.weigh(&WEIGHTS)?;
        if held.without.contains(&fault) {
            return None;
        }
        held.tally.note(fault);
        let calls = held.dice.between(1, BAD_CALLS_MAX);
        let link = held.links.entry(device).or_default();
        match fault {
            Fault::HalfOpen => link.mute_calls = calls,
            Fault::OneWay => link.deaf_calls = calls,
            _ => {}
        }
        Some(fault)
    }

    /// Carries a call as the line is.
    pub(crate) async fn carry(&self, device: usize, call: Call) -> Result<Answer, NoAnswer> {
        let fate = self.fate(device);
        let lost = |why: &str| Err(NoAnswer::passing(why.to_owned()));
        let Some(fault) = fate else {
            let answer = self.deliver(device, &call).await;
            self.hear(device, &call, &answer);
            return answer;
        };
        match fault {
            Fault::Drop | Fault::Partition | Fault::HalfOpen => lost("lost on the way"),
            Fault::Clog => {
                let mut held = self.held();
                if held.late.len() < HELD_MAX {
                    held.late.push_back((device, call));
                }
                drop(held);
                self.time.pass(CALL_MS_MAX);
                lost("held up")
            }
            Fault::OneWay | Fault::LostReply => {
                let _lost = self.deliver(device, &call).await;
                lost("the answer was lost")
            }
            Fault::Slow => {
                let _late = self.deliver(device, &call).await;
                self.time.pass(CALL_MS_MAX);
                lost("too slow")
            }
            Fault::Delay => {
                let pause = self.held().dice.between(1_000, CALL_MS_MAX - 1);
                self.time.pass(pause / 2);
                let answer = self.deliver(device, &call).await;
                self.time.pass(pause / 2);
                answer
            }
            Fault::Duplicate => {
                let first = self.deliver(device, &call).await;
                let second = self.deliver(device, &call).await;
                if self.held().dice.chance(500) {
                    first
                } else {
                    second
                }
            }
            Fault::Reorder => {
                let old = self.held().last.get(&device).cloned();
                let answer = self.deliver(device, &call).await;
                if let Some(old) = old {
                    let _nobody = self.deliver(device, &old).await;
                }
                answer
            }
            Fault::Status500 => Ok(refused(500, None)),
            Fault::Status503 => Ok(refused(503, Some(self.pause_s()))),
            Fault::Status429 => Ok(refused(429, Some(self.pause_s()))),
            _ => self.carry_to_a_bad_server(device, call, fault).await,
        }
    }

    /// A schedule begins to count its attempts anew with each exchange that came to its end.
    fn hear(&self, device: usize, call: &Call, answer: &Result<Answer, NoAnswer>) {
        let done = answer.as_ref().is_ok_and(|answer| answer.status < 300);
        if done && matches!(call.path.as_str(), "/v1/commands" | "/v1/pull") {
            self.held().unanswered.remove(&device);
        }
    }

    async fn carry_to_a_bad_server(
        &self,
        device: usize,
        mut call: Call,
        fault: Fault,
    ) -> Result<Answer, NoAnswer> {
        match fault {
            Fault::Truncate => {
                let mut answer = self.deliver(device, &call).await?;
                let end = self.draw_below(answer.body.len());
                answer.body.truncate(end);
                Ok(answer)
            }
            Fault::Corrupt => {
                if self.held().dice.chance(300) {
                    self.garble(&mut call.body);
                    return self.deliver(device, &call).await;
                }
                let mut answer = self.deliver(device, &call).await?;
                if !self.swap_a_digit(&mut answer.body) {
                    self.garble(&mut answer.body);
                }
                Ok(answer)
            }
            Fault::CrashBefore => {
                self.probe.fail_commits(true);
                let _none = self.deliver(device, &call).await;
                self.probe.fail_commits(false);
                self.crash();
                Err(NoAnswer::passing("the server ended".to_owned()))
            }
            Fault::CrashAfter => {
                let _none = self.deliver(device, &call).await;
                self.crash();
                Err(NoAnswer::passing("the server ended".to_owned()))
            }
            Fault::Deadlock | Fault::Pool => {
                self.probe.refuse_once(fault == Fault::Pool);
                let answer = self.deliver(device, &call).await;
                self.probe.calm();
                answer
            }
            Fault::Versions => {
                let mut answer = self.deliver(device, &call).await?;
                crate::versions::enrich(&mut answer.body);
                Ok(answer)
            }
            _ => {
                call.bearer = call.bearer.map(|token| format!("{token}x"));
                self.deliver(device, &call).await
            }
        }
    }

    fn crash(&self) {
        let mut held = self.held();
        held.router = None;
        held.crashed = true;
    }

    fn pause_s(&self) -> u64 {
        self.held().dice.below(120)
    }

    fn draw_below(&self, end: usize) -> usize {
        let drawn = self.held().dice.below(u64::try_from(end).unwrap_or(0));
        usize::try_from(drawn).unwrap_or(0)
    }

    fn garble(&self, body: &mut [u8]) {
        let at = self.draw_below(body.len());
        if let Some(byte) = body.get_mut(at) {
            // Never part of a JSON text: the line's own checks would tell as surely.
            *byte = 1;
        }
    }

    /// Makes another digit of one in a page's changes: only the page's digest tells. False when the
    /// answer is no page with changes.
    fn swap_a_digit(&self, body: &mut Vec<u8>) -> bool {
        let Ok(mut reply) = serde_json::from_slice::<PullReply>(body) else {
            return false;
        };
        let mut changes: Vec<&mut String> = Vec::new();
        for page in &mut reply.scopes {
            changes.extend(page.changes.iter_mut());
        }
        let at = self.draw_below(changes.len());
        let Some(change) = changes.get_mut(at) else {
            return false;
        };
        let Some(digit) = change.rfind(|letter: char| letter.is_ascii_digit()) else {
            return false;
        };
        let other = if change.get(digit..=digit) == Some("7") {
            "8"
        } else {
            "7"
        };
        change.replace_range(digit..=digit, other);
        match serde_json::to_vec(&reply) {
            Ok(text) => {
                *body = text;
                true
            }
            Err(_) => false,
        }
    }

    /// Delivers what was held up, late and to nobody who waits.
    pub async fn deliver_late(&self) {
        loop {
            let next = self.held().late.pop_front();
            let Some((device, call)) = next else {
                return;
            };
            let _nobody = self.deliver(device, &call).await;
        }
    }

    /// Delivers a call to the server and tells the auditor.
    async fn deliver(&self, device: usize, call: &Call) -> Result<Answer, NoAnswer> {
        let page_bytes = self.held().page_bytes.filter(|_| call.path == "/v1/pull");
        let answer = match page_bytes {
            Some(bytes) => self.ask(&smaller(call, bytes)).await?,
            None => self.ask(call).await?,
        };
        let mut held = self.held();
        if call.path == "/v1/commands" {
            held.last.insert(device, call.clone());
        }
        held.auditor.saw(device, call, &answer);
        Ok(answer)
    }

    /// Calls the server's router.
    pub async fn ask(&self, call: &Call) -> Result<Answer, NoAnswer> {
        let router = {
            let mut held = self.held();
            held.calls += 1;
            held.bytes += u64::try_from(call.body.len()).unwrap_or(0);
            held.router.clone()
        };
        let router = router.ok_or_else(|| NoAnswer::passing("the server is down"))?;
        let request = request_of(call).map_err(|error| NoAnswer::passing(error.to_string()))?;
        let Ok(response) = router.oneshot(request).await;
        let status = response.status().as_u16();
        let pause = response.headers().get(header::RETRY_AFTER);
        let retry_after_s = pause.and_then(|value| value.to_str().ok()?.parse().ok());
        let of = PieceOf::read(|name| response.headers().get(name)?.to_str().ok());
        let body = response.into_body().collect().await;
        let body = body.map_err(|lost| NoAnswer::passing(lost.to_string()))?;
        let body = body.to_bytes();
        self.held().bytes += u64::try_from(body.len()).unwrap_or(0);
        Ok(Answer {
            status,
            retry_after_s,
            body: body.to_vec(),
            of,
        })
    }
}

fn request_of(call: &Call) -> Result<Request<Body>, axum::http::Error> {
    let method = match call.method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Post => "POST",
        Method::Put => "PUT",
    };
    let mut request = Request::builder().method(method).uri(call.path.as_str());
    if let Some(token) = &call.bearer {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if !call.mime.is_empty() {
        request = request.header(header::CONTENT_TYPE, call.mime.as_str());
    }
    for (name, value) in call.piece_headers() {
        request = request.header(name, value);
    }
    request.body(Body::from(call.body.clone()))
}

fn refused(status: u16, retry_after_s: Option<u64>) -> Answer {
    Answer {
        status,
        retry_after_s,
        body: b"<html>no</html>".to_vec(),
        of: None,
    }
}

impl Held {
    /// A device's last push, as it was sent.
    #[must_use]
    pub fn last_push(&self, device: usize) -> Option<(Call, PushRequest)> {
        let call = self.last.get(&device)?.clone();
        let request = serde_json::from_slice(&call.body).ok()?;
        Some((call, request))
    }
}
